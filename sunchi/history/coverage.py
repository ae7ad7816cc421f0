"""Which days of an edition the archive has, and which of them are thin: there, nothing counts as missing; pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import polars as pl

MEMORY = timedelta(days=60)
"""The length of the time that gives the usual number of articles a day."""

_FEWEST_DAYS = 20  # of these, the days with articles that a usual number needs
_THIN = 0.5  # of the usual number: below it, a source is thin
_MOST_DAYS = 0.7  # of a span: the least part that must have articles
_DAY = timedelta(days=1)
_BREAK = timedelta(days=10)  # without any article: a longer gap ends the coverage


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which a source was not reliable: unreachable, changed, thin."""

    source: str
    first: date
    last: date
    reason: str


class Coverage:
    """The number of articles of each edition of the archive, day by day."""

    def __init__(
        self,
        counts: Mapping[str, Mapping[date, int]],
        gaps: Iterable[Gap] = (),
        texts: Mapping[str, Collection[date]] | None = None,
    ) -> None:
        """`texts` are the days of which more than headlines is known; by default all."""
        self._counts = {edition: dict(days) for edition, days in counts.items()}
        self._days = {edition: sorted(days) for edition, days in counts.items()}
        self._texts = {edition: sorted(days) for edition, days in (counts if texts is None else texts).items()}
        self._gaps = tuple(sorted(gaps, key=lambda gap: (gap.source, gap.first, gap.last, gap.reason)))

    @classmethod
    def of(cls, articles: pl.DataFrame, gaps: Iterable[Gap] = ()) -> Coverage:
        """Return the coverage of a frame of articles (model.ARTICLES)."""
        counts: dict[str, dict[date, int]] = defaultdict(dict)
        texts: dict[str, set[date]] = defaultdict(set)
        days = articles.filter(pl.col("date").is_not_null()).group_by("source", "lang", "date")
        has_body = (pl.col("paragraphs").list.len() > 0).any()
        for source, lang, day, number, is_text in days.agg(pl.len(), has_body.alias("text")).iter_rows():
            counts[f"{source}/{lang}"][day] = number
            texts[f"{source}/{lang}"] |= {day} if is_text else set()
        return cls(counts, gaps, texts)

    @property
    def editions(self) -> tuple[str, ...]:
        return tuple(sorted(self._counts))

    def extent(self, edition: str) -> tuple[int, date, date]:
        """Return the number of articles of an edition, their first day and their last."""
        days = self._days[edition]
        return sum(self._counts[edition].values()), days[0], days[-1]

    def last_day(self, edition: str) -> date | None:
        return next(iter(reversed(self._days.get(edition, ()))), None)

    def until(self, day: date) -> Coverage:
        """Return the coverage as it was at the end of a day."""
        counts = {
            edition: {each: number for each, number in days.items() if each <= day}
            for edition, days in self._counts.items()
        }
        texts = {edition: [each for each in days if each <= day] for edition, days in self._texts.items()}
        return Coverage(counts, (gap for gap in self._gaps if gap.first <= day), texts)

    def has(self, edition: str, first: date, last: date) -> bool:
        """Return whether the archive has most days of a span."""
        return len(self.days(edition, first, last)) >= _MOST_DAYS * ((last - first).days + 1)

    def since(self, edition: str, day: date, *, texts: bool = False) -> date:
        """Return the first day from which the archive has an edition without a break until a day.

        With `texts`, only days with more than headlines count.
        """
        days = (self._texts if texts else self._days).get(edition, [])
        first = day
        for each in reversed(days[: bisect_left(days, day)]):
            if first - each > _BREAK:
                break
            first = each
        return first

    def trouble(self, edition: str, first: date, last: date) -> str:
        """Return in words why nothing can be said to be missing in a span; "" if the edition came as usual.

        Only days up to the end of the span count.
        """
        source = edition.partition("/")[0]
        for gap in self._gaps:
            if gap.source == source and gap.first <= last and gap.last >= first:
                return gap.reason
        if not self.has(edition, first, last):
            return "the archive has not all days of that time"
        counts = self._counts[edition]
        before = [counts[day] for day in self.days(edition, first - MEMORY, first - _DAY)]
        now = [counts[day] for day in self.days(edition, first, last)]
        if len(before) < _FEWEST_DAYS:
            return "the archive has too few days before that time"
        if median(now) < _THIN * median(before):
            return f"the source was thin: {median(now):g} articles a day, where {median(before):g} are usual"
        return ""

    def breaks(self, editions: Iterable[str], first: date, last: date) -> list[tuple[date, date]]:
        """Return the first and last days of the times in a span, each of ten days or more, without any article."""
        known = sorted({day for edition in editions for day in self.days(edition, first, last)})
        around = [first - _DAY, *known, last + _DAY]
        return [(before + _DAY, after - _DAY) for before, after in pairwise(around) if after - before > _BREAK]

    def articles(self, edition: str, day: date) -> int:
        return self._counts.get(edition, {}).get(day, 0)

    def days(self, edition: str, first: date, last: date) -> list[date]:
        """Return the days of a span of which the archive has articles."""
        days = self._days.get(edition, [])
        return days[bisect_left(days, first) : bisect_left(days, last + _DAY)]
