"""Time in the report: the steps of its charts, and long lists by month and day; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Generic, Literal, TypeVar

import polars as pl

Unit = Literal["day", "week", "month"]

_DAYS = 62  # the most that a chart shows by day
_WEEKS = 800  # days: the most that it shows by week

_EVERY: dict[Unit, str] = {"day": "1d", "week": "1w", "month": "1mo"}


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a report, both included, and the steps of its charts."""

    since: date
    until: date

    @property
    def unit(self) -> Unit:
        days = (self.until - self.since).days + 1
        return "day" if days <= _DAYS else "week" if days <= _WEEKS else "month"

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.until + timedelta(days=1)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.until

    def step(self, column: str = "date") -> pl.Expr:
        """Return the first day of a day's step, not before the span's own."""
        return pl.max_horizontal(pl.col(column).dt.truncate(_EVERY[self.unit]), pl.lit(self.since))

    def step_end(self, column: str) -> pl.Expr:
        """Return the day after the last one of a day's step, not after the span's own end."""
        begins = pl.col(column).dt.truncate(_EVERY[self.unit])
        return pl.min_horizontal(begins.dt.offset_by(_EVERY[self.unit]), pl.lit(self.end))


Dated = TypeVar("Dated")


@dataclass(frozen=True)
class Month(Generic[Dated]):
    """The rows of one month, by day."""

    name: str  # "October 2024", "no date"
    days: list[tuple[date | None, list[Dated]]]

    @property
    def number(self) -> int:
        return sum(len(rows) for _, rows in self.days)


def by_month(rows: Iterable[Dated], day_of: Callable[[Dated], date | None]) -> list[Month[Dated]]:
    """Group rows, sorted by day, by month and then by day; undated ones under None."""
    days = [(day, list(some)) for day, some in groupby(rows, day_of)]
    months = groupby(days, lambda each: f"{each[0]:%B %Y}" if each[0] else "no date")
    return [Month(name, list(some)) for name, some in months]
