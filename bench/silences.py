"""Finds states that were greeted near the same day in each of five years, and then not: see docs/history.md.

    python -m bench.silences kcna_en_headlines.jsonl.gz

Reads articles, with or without a body. A year counts as one without a greeting only if the edition has the days.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from sunchi.cli.article_files import named
from sunchi.cli.inputs import past_of_files
from sunchi.history.coverage import Coverage
from sunchi.history.items import Item, items_of
from sunchi.lexicon import load
from sunchi.settings import ROOT

YEARS = 5
APART = timedelta(days=4)  # between two days of one occasion
AROUND = timedelta(days=10)  # days around it that the archive must cover
_ANY = 2000  # a leap year, to which all days are mapped


@dataclass(frozen=True, slots=True)
class Gap:
    """A year without a greeting after years with one."""

    edition: str
    partner: str
    first: date  # the day, in the year without
    last: date
    years: tuple[int, ...]  # consecutive years with a greeting before the gap
    later: tuple[int, ...]  # later years with one


def gaps(items: Iterable[Item], coverage: Coverage) -> Iterator[Gap]:
    """Yield the gaps of each edition and state, by the day of the year."""
    greetings: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.direction == "out" and item.message_class in ("greet", "") and item.partner:
            greetings[item.edition, item.partner].append(item)
    for (edition, partner), some in sorted(greetings.items()):
        for group in _groups(some):
            yield from _gaps(edition, partner, group, coverage)


_Group = list[tuple[date, int]]
"""Days of the year, mapped to one year, each with its original year."""


def _groups(items: Iterable[Item]) -> Iterator[_Group]:
    """Yield the days of one occasion; those before New Year belong to those after it."""
    days = sorted((date(_ANY, item.date.month, item.date.day), item.date.year) for item in items)
    groups = [days[:1]]
    for before, after in pairwise(days):
        if after[0] - before[0] > APART:
            groups.append([])
        groups[-1].append(after)
    first, last = groups[0], groups[-1]
    if len(groups) > 1 and first[0][0].replace(year=_ANY + 1) - last[-1][0] <= APART:
        groups[0] = [*((day.replace(year=_ANY - 1), year + 1) for day, year in groups.pop()), *first]
    yield from groups


def _gaps(edition: str, partner: str, group: _Group, coverage: Coverage) -> Iterator[Gap]:
    years = sorted({year for _, year in group})
    first, last = group[0][0], group[-1][0]
    for year in range(years[0], years[-1] + 2):
        before = tuple(range(year - YEARS, year))
        if year in years or not set(before) <= set(years):
            continue
        begin, end = _in_year(first, year), _in_year(last, year)
        if coverage.has(edition, begin - AROUND, end + AROUND):
            later = tuple(each for each in years if each > year)
            in_a_row = next(each for each in range(year - 1, 0, -1) if each - 1 not in years)
            yield Gap(edition, partner, begin, end, tuple(range(in_a_row, year)), later)


def _in_year(day: date, year: int) -> date:
    return date(year + day.year - _ANY, day.month, min(day.day, 28) if day.month == 2 else day.day)


def main(files: list[str]) -> None:
    lexicon = load(ROOT / "lexicon")
    past = past_of_files(named([Path(file) for file in files]), lexicon)
    found = list(gaps(items_of(past.signals, past.articles, lexicon), past.coverage))
    for gap in sorted(found, key=lambda gap: (gap.first, gap.partner)):
        came = f"{gap.years[0]}–{gap.years[-1]}"
        again = f"again in {', '.join(map(str, gap.later))}" if gap.later else "not again"
        print(f"{gap.last}  {lexicon.label(gap.partner):24} {came}, then {again}")  # noqa: T201 -- what it is for
    print(f"{len(found)} gaps after {YEARS} years or more")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
