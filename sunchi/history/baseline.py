"""Baselines: the earlier items that an item is compared with, and what is usual in them; pure.

A baseline is the last five items of the series, none older than three years, none of the item's own event. With fewer
than three, no finding is made, or the finding says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median

import polars as pl

from sunchi.history.items import Item, SeriesKey, items_of
from sunchi.lexicon import Lexicon

LENGTH = 5
ENOUGH = 3
YEARS = 3

_DAY = timedelta(days=1)
_SLACK = timedelta(days=10)  # three years and some days: an anniversary may be printed a few days earlier or later
_OWN_EVENT = timedelta(days=30)  # before an item: items within this time belong to its own event


class MessageHistory:
    """All messages, as items by series; every method that takes a day uses only what came before that day."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(sorted(items, key=lambda item: item.order))
        self._series: dict[SeriesKey, list[Item]] = defaultdict(list)
        for item in self.items:
            self._series[item.key].append(item)

    @classmethod
    def of(cls, signals: pl.DataFrame, articles: pl.DataFrame, lexicon: Lexicon) -> MessageHistory:
        """Return the history of the messages in frames (model.SIGNALS, model.ARTICLES)."""
        return cls(items_of(signals, articles, lexicon))

    def before(self, item: Item) -> Sequence[Item]:
        """Return the earlier items of an item's series, except those of its own event."""
        return _until(self._series[item.key], item.date - _OWN_EVENT)

    def baseline(self, item: Item) -> tuple[Item, ...]:
        """Return the last five earlier items of an item's series, none older than three years, none damaged."""
        oldest = years_before(item.date, YEARS) - _SLACK
        return tuple(each for each in self.before(item) if each.date >= oldest and not each.damage)[-LENGTH:]

    def comparable(self, item: Item) -> tuple[Item, ...]:
        """Return the items of the baseline whose words can be compared with the item's."""
        return tuple(each for each in self.baseline(item) if each.is_comparable)

    def between(self, first: date, last: date) -> tuple[Item, ...]:
        """Return all items from one day to another."""
        begin, end = (bisect_left(self.items, day, key=lambda item: item.date) for day in (first, last + _DAY))
        return self.items[begin:end]

    def since(self, day: date) -> tuple[Item, ...]:
        """Return all items of a day and later."""
        return self.items[bisect_left(self.items, day, key=lambda item: item.date) :]

    def before_day(self, day: date) -> tuple[Item, ...]:
        """Return all items before a day."""
        return self.items[: bisect_left(self.items, day, key=lambda item: item.date)]


def years_before(day: date, years: int) -> date:
    """Return the same day of an earlier year, or of a later one if `years` is negative; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def phrases_gone(item: Item, baseline: Sequence[Item], least: int = ENOUGH) -> dict[str, int]:
    """Return, with counts, the families of set phrases that an item lacks and `least` or more of a baseline have."""
    if item.families is None:
        return {}
    times = Counter(family for each in baseline for family in each.families or ())
    return {
        family: number for family, number in sorted(times.items()) if number >= least and family not in item.families
    }


def phrases_new(item: Item, baseline: Sequence[Item]) -> tuple[str, ...]:
    """Return the families of set phrases that an item has and no item of its baseline has."""
    known = {family for each in baseline for family in each.families or ()}
    return tuple(sorted((item.families or frozenset()) - known))


def usual_words(baseline: Iterable[Item]) -> tuple[int, int, float] | None:
    """Return the fewest, the most and the median number of words in a baseline; None if no item gives its text."""
    words = [each.words for each in baseline if each.words]
    return (min(words), max(words), median(words)) if words else None


def _until(items: Sequence[Item], day: date) -> Sequence[Item]:
    return items[: bisect_left(items, day, key=lambda item: item.date)]
