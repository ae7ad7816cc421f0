"""calendar.csv: the days on which messages and other items between Pyongyang and another state are due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sunchi.lexicon.columns import ANY, LEAP_DAY, Rows, day_of_year, no_state, not_among, spans_of_years

COLUMNS = ("id", "partner", "day", "grace", "direction", "item", "every", "since", "kept", "occasion", "seen")
ITEMS = ("message", "reply", "wreath", "article", "reception")
DIRECTIONS = ("out", "in", "both")
_EARLY = timedelta(days=3)  # some messages are sent and printed shortly before the day
_OF_A_NAME = re.compile(r"[^\W\d_]{3,}")
_ANY_DAY = frozenset(("the", "and", "for", "with", "day", "dprk", "china", "russia", "birthday", "anniversary"))
_NUMBERS = {"grace": (0, 366), "every": (1, 100), "since": (1, 9999)}  # days, years, a year


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An item that is due between Pyongyang and another state on a day of the year, or in a span of days."""

    id: str
    partner: str  # or ANY
    first: tuple[int, int]  # month, day
    last: tuple[int, int]
    grace: timedelta
    direction: str  # of DIRECTIONS
    item: str  # of ITEMS
    every: int  # years
    since: int
    kept: tuple[tuple[int, int], ...]  # the years in which it was sent, as inclusive spans; empty means all
    occasion: str

    def window(self, year: int) -> tuple[date, date] | None:
        """Return the first and last day on which the item may be published in a year; None if none is due that year."""
        if year < self.since or (year - self.since) % self.every:
            return None
        if self.kept and not any(first <= year <= last for first, last in self.kept):
            return None
        return date(year, *self.first) - _EARLY, date(year, *self.last) + self.grace

    def holds(self, partner: str, direction: str, day: date) -> bool:
        """Return whether something published on a day may be the item that is due."""
        if self.partner not in (ANY, partner) or self.direction not in ("both", direction):
            return False
        windows = filter(None, (self.window(day.year - 1), self.window(day.year), self.window(day.year + 1)))
        return any(first <= day <= last for first, last in windows)

    def is_certain(self, day: date, said: str) -> bool:
        """Return whether an item published on a day certainly belongs here: at most three days off, or named in it.

        A party's congress in January is not New Year, though New Year cards arrive until the 22nd.
        """
        years = range(day.year - 1, day.year + 2)
        if any(date(y, *self.first) - _EARLY <= day <= date(y, *self.last) + _EARLY for y in years):
            return True
        return bool(_words(self.occasion) & _words(said))

    def distance(self, day: date) -> int:
        """Return the number of days between a day and the nearest occurrence of the entry."""
        days = [date(year, *end) for year in range(day.year - 1, day.year + 2) for end in (self.first, self.last)]
        return min(abs((day - each).days) for each in days)


def entry_for(
    calendar: Iterable[CalendarEntry], partner: str, direction: str, item: str, day: date
) -> CalendarEntry | None:
    """Return the entry that an item belongs to: the nearest matching one, one of its own state before ANY."""
    found = [each for each in calendar if each.item == item and each.holds(partner, direction, day)]
    return min(found, key=lambda each: (each.distance(day), each.partner == ANY, each.id), default=None)


def _words(said: str) -> set[str]:
    return set(_OF_A_NAME.findall(said.casefold())) - _ANY_DAY


def calendar_entries(file: Rows, partners: frozenset[str]) -> Iterator[CalendarEntry]:
    """Yield the rows of calendar.csv without the faulty ones, whose faults are added to the file's."""
    first_line: dict[str, int] = {}
    for line, row in file.rows():
        wrong = list(_wrong(row, partners))
        earlier = first_line.setdefault(row["id"], line)
        if earlier != line:
            wrong.append(f"id “{row['id']}” is already on line {earlier}; give each day and item its own id")
        file.fault(line, *wrong)
        first, last = _days(row["day"])
        if wrong or first is None or last is None:
            continue
        yield CalendarEntry(
            id=row["id"],
            partner=row["partner"],
            first=first,
            last=last,
            grace=timedelta(days=int(row["grace"])),
            direction=row["direction"],
            item=row["item"],
            every=int(row["every"]),
            since=int(row["since"]),
            kept=tuple(spans_of_years(row["kept"]) or ()),
            occasion=row["occasion"],
        )


def _days(written: str) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the first and last day of `10-01` or `12-18..12-31`; None for what is not a day."""
    first, dots, last = written.partition("..")
    return day_of_year(first), day_of_year(last if dots else first)


def _wrong(row: dict[str, str], partners: frozenset[str]) -> Iterator[str]:
    if not re.fullmatch("[a-z0-9_]+", row["id"]):
        yield f"id “{row['id']}” may contain only lower-case letters, digits and _, as in cn_day"
    yield from no_state(row, "partner", partners)
    first, last = _days(row["day"])
    if first is None or last is None:
        yield f"day “{row['day']}” is not a day; write month-day, as in 10-01, or two of them, as in 12-18..12-31"
    elif last < first:
        yield f"day “{row['day']}” ends before it begins; split a span over New Year into two rows"
    elif LEAP_DAY in (first, last):
        yield "day 02-29 exists only in leap years; write 02-28 with a day of grace"
    for column, (least, most) in _NUMBERS.items():
        if not re.fullmatch("[0-9]{1,4}", row[column]) or not least <= int(row[column]) <= most:
            yield f"{column} “{row[column]}” is not a whole number from {least} to {most}"
    if spans_of_years(row["kept"]) is None:
        yield f"kept “{row['kept']}” is not a span of years, as in 2020- or 2001-2023"
    yield from not_among(row, "direction", DIRECTIONS)
    yield from not_among(row, "item", ITEMS)
    if not row["occasion"]:
        yield "has no occasion; name what the day commemorates"
