"""Series for display: the messages on one occasion, year by year; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sunchi.history.answers import reply_after
from sunchi.history.baseline import ENOUGH, MessageHistory, phrases_gone, phrases_new
from sunchi.history.coverage import Coverage
from sunchi.history.due import is_missing, may_be_same
from sunchi.history.items import Item
from sunchi.lexicon import HOME, Lexicon

_NEAR = 5  # days around a national day
_LEVELS = ("leader", "party", "government", "ministry", "organ", "", "other")


@dataclass(frozen=True, slots=True)
class YearOfLine:
    """One year of a line: the fullest item, and what it has and lacks compared with earlier ones."""

    year: int
    item: Item
    others: int  # items of the same year and line
    days_after: int | None  # the occasion's day; negative before it
    reply_after: int | None  # days after the message that it may answer
    compared_with: int  # items of the baseline whose words are known
    gone: tuple[str, ...]  # families of set phrases that were in at least three of the baseline
    new: tuple[str, ...]  # families that no item of the baseline has


@dataclass(frozen=True, slots=True)
class Line:
    """The items of one edition on one occasion, from one level or party in one direction, by year."""

    edition: str
    language: str
    partner: str
    direction: str
    message_class: str
    level: str  # of the sender; "" if uncertain
    occasion_id: str
    entries: tuple[YearOfLine, ...]  # by year
    nothing: tuple[int, ...]  # years in which it is missing (due.py)
    unknown: tuple[int, ...]  # years between the first and the last of which that is not known

    @property
    def families(self) -> tuple[str, ...]:
        """The families of set phrases of all entries, the most frequent first."""
        times: dict[str, int] = defaultdict(int)
        for entry in self.entries:
            for family in entry.item.families or ():
                times[family] += 1
        return tuple(sorted(times, key=lambda family: (-times[family], family)))


def is_on(item: Item, occasion: str, lexicon: Lexicon) -> bool:
    """Return whether an item is for an occasion, given by its id or by words of its name in a text."""
    wanted = occasion.casefold()
    if wanted == item.occasion_id or (not item.has_body and _is_around(item, wanted, lexicon)):
        return True
    called = [entry.occasion for entry in lexicon.calendar if entry.id == item.occasion_id]
    rows = [form for row in lexicon.occasions if row.id == item.occasion_id for _, forms in row.forms for form in forms]
    return any(wanted in words.casefold() for words in (item.occasion, *called, *rows))


def _is_around(item: Item, occasion_id: str, lexicon: Lexicon) -> bool:
    """Return whether a greeting of which only the headline is known came within days of a national day."""
    row = next((row for row in lexicon.occasions if row.id == occasion_id and row.kind == "day"), None)
    if row is None or item.message_class != "greet" or item.occasion_id:
        return False
    apart = row.days_from(item.date)
    owner = item.partner if item.direction == "out" else HOME
    return row.state == owner and apart is not None and abs(apart) <= _NEAR


def lines_of(items: Iterable[Item], history: MessageHistory, coverage: Coverage, lexicon: Lexicon) -> list[Line]:
    """Return the lines of items, the highest level and the longest first."""
    grouped: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        of = (
            item.edition,
            item.language,
            item.partner,
            item.direction,
            item.message_class,
            item.occasion_id,
            item.level,
        )
        grouped[of].append(item)
    ways: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in history.items:
        ways[item.edition, item.partner, item.direction].append(item)
    lines = [_line(some, history, ways[way[0], way[2], way[3]], coverage, lexicon) for way, some in grouped.items()]
    return sorted(
        lines,
        key=lambda line: (
            line.edition, line.language, _LEVELS.index(line.level), -len(line.entries), line.direction,
            line.message_class, line.entries[0].item.order,
        ),
    )  # fmt: skip


def _year_of(item: Item) -> int:
    """Return the year that an item belongs to; a New Year's message of December belongs to the next year."""
    return item.date.year + ("new_year" in item.occasion_id and item.date.month == 12)


def _line(
    items: Sequence[Item], history: MessageHistory, of_way: Sequence[Item], coverage: Coverage, lexicon: Lexicon
) -> Line:
    """Return a line; `of_way` are all items of its edition, state and direction, any of which may be of the line."""
    first = items[0]
    by_year: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_year[_year_of(item)].append(item)
    entries = tuple(
        _entry(year, some, history, day_of(first.occasion_id, lexicon)) for year, some in sorted(by_year.items())
    )
    missing = [year for year in range(entries[0].year, _last_year(first, coverage) + 1) if year not in by_year]
    may_be = [item for item in of_way if may_be_same(item, first)]
    seen = {entry.year: entry.item for entry in entries}
    known = {year for year in missing if is_missing(year, seen, may_be, coverage)}
    return Line(
        first.edition, first.language, first.partner, first.direction, first.message_class, first.level,
        first.occasion_id, entries, tuple(sorted(known)), tuple(sorted(set(missing) - known)),
    )  # fmt: skip


def _entry(year: int, items: Sequence[Item], history: MessageHistory, day: tuple[int, int] | None) -> YearOfLine:
    item = min(items, key=lambda each: (not each.full_text, -(each.words or 0), each.order))
    baseline = history.comparable(item)
    enough = len(baseline) >= ENOUGH
    return YearOfLine(
        year,
        item,
        len(items) - 1,
        (item.date - date(year, *day)).days if day else None,
        reply_after(item, history),
        len(baseline),
        tuple(phrases_gone(item, baseline)) if enough and item.is_comparable else (),
        phrases_new(item, baseline) if enough else (),
    )


def day_of(occasion_id: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return month and day of an occasion; None if it has none."""
    return next((row.day for row in lexicon.occasions if row.id == occasion_id), None)


def _last_year(item: Item, coverage: Coverage) -> int:
    last = coverage.last_day(item.edition)
    return last.year if last else item.date.year
