"""Finds when an edition last said about a state what a rule matches; pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from sunchi.alerts.comparison import Background
from sunchi.alerts.matching import matches
from sunchi.alerts.rules_file import Rule
from sunchi.history.coverage import A_YEAR
from sunchi.lexicon import Lexicon
from sunchi.model import Signal
from sunchi.text import counted

_LIKES = {
    "stance": "at this level",
    "formula": "",
    "contact": "at this level",
    "appointment": "to such a post",
}
"""What a signal has in common with the earlier ones, in words, by its kind."""
_LONG = timedelta(days=14)  # a pause worth mentioning


class EarlierDays:
    """The days on which an edition said about a state what a rule matches, so that what it says daily alerts once."""

    def __init__(self, rule: Rule, new: pl.DataFrame, past: Background | None, lexicon: Lexicon) -> None:
        self._rule, self._new, self._past, self._lexicon = rule, new, past, lexicon

    @cached_property
    def _days(self) -> Mapping[tuple[object, ...], Sequence[date]]:
        days: dict[tuple[object, ...], list[date]] = defaultdict(list)
        first = self._new["date"].min()
        if self._past is None or not isinstance(first, date):
            return days
        earlier = self._past.signals.filter(
            pl.col("date") >= first - max(A_YEAR, timedelta(days=self._rule.quiet or 0)),
            pl.col("kind").is_in(list(self._rule.kinds or self._new["kind"].unique())),
            *(pl.col(name).is_in(self._new[name].unique().implode()) for name in ("partner", "code")),
            pl.col("detail").struct.field("authority").fill_null(math.inf) >= (self._rule.authority or 0),
        )
        for signal in earlier.iter_rows(named=True):
            if matches(self._rule, signal, self._lexicon):
                days[_like(signal)].append(signal["date"])
        return days

    def are_rare(self, signal: Signal) -> bool:
        """Return whether no such signal came in the preceding days that the rule requires to be quiet."""
        if not self._rule.quiet:
            return True
        last = self._last(signal)
        return last is None or signal["date"] - last > timedelta(days=self._rule.quiet)

    def standing(self, signals: Sequence[Signal]) -> tuple[str, str]:
        """Return a clause on when something similar was last said, and a sentence on why that is unknown."""
        if self._past is None or not signals or signals[0]["date"] is None:
            return "", ""
        day, like = signals[0]["date"], self._likeness(signals[0])
        said, last_one = (" ".join(filter(None, (which, like))) for which in ("first", "the last"))
        days = sorted({each for signal in signals for each in self._days.get(_like(signal), ()) if each < day})
        coverage, edition = self._past.coverage, self._past.edition
        if first := coverage.first(edition, day, days, _LONG):
            return f"{said} {first[0]}", ""
        if days:
            return f"{last_one} was {counted((day - days[-1]).days, 'day')} before", ""
        return "", self._past.little_known(day)

    def _likeness(self, signal: Signal) -> str:
        """Return in words what a signal has in common with earlier ones."""
        if signal["kind"] == "appointment" and signal["partner"]:
            return f"that concerns {self._lexicon.in_a_sentence(signal['partner'])}"
        return _LIKES.get(signal["kind"], "of its kind")

    def _last(self, signal: Signal) -> date | None:
        """Return the last day before a signal's own on which something similar was said."""
        day = signal["date"]
        if day is None:
            return None
        return max((each for each in self._days.get(_like(signal), ()) if each < day), default=None)


def _like(signal: Signal) -> tuple[object, ...]:
    """Return what similar signals have in common."""
    detail = signal["detail"]
    return (signal["kind"], signal["code"], signal["partner"], detail["direction"], detail["authority"])
