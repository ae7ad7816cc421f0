"""Series for display: the messages on one occasion, year by year; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sunchi.history.baseline import ENOUGH, MessageHistory, phrases_gone, phrases_new
from sunchi.history.coverage import Coverage
from sunchi.history.items import Item
from sunchi.lexicon import HOME, Lexicon

REPLIED = timedelta(days=45)
"""The time within which a message in the other direction may be a reply."""

_AROUND = timedelta(days=10)  # days around an anniversary that the archive must cover
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
    nothing: tuple[int, ...]  # years that the archive covers, without such an item
    unknown: tuple[int, ...]  # years between the first and the last that the archive does not cover

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
    unclear: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for (*way, of_class, _, level), some in grouped.items():
        unclear[(*way, of_class)] |= set() if level else {_year_of(item) for item in some}
    lines = [_line(some, history, coverage, lexicon, unclear) for some in grouped.values()]
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
    items: Sequence[Item],
    history: MessageHistory,
    coverage: Coverage,
    lexicon: Lexicon,
    unclear: Mapping[tuple[str, ...], Collection[int]],
) -> Line:
    """Return a line; in the `unclear` years a message came that may be of its level, so none counts as missing."""
    first = items[0]
    by_year: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_year[_year_of(item)].append(item)
    entries = tuple(
        _entry(year, some, history, day_of(first.occasion_id, lexicon)) for year, some in sorted(by_year.items())
    )
    missing = [year for year in range(entries[0].year, _last_year(first, coverage) + 1) if year not in by_year]
    key = (first.edition, first.language, first.partner, first.direction, first.message_class)
    may_be = unclear.get(key, ()) if first.level else ()
    known = {year for year in missing if year not in may_be and _is_known(first, year, coverage)}
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


def reply_after(item: Item, history: MessageHistory) -> int | None:
    """Return how many days after the message that it answers a reply came; None if no such message is known."""
    if item.message_class != "reply":
        return None
    answered = [each for each in history.before_day(item.date) if may_answer(item, each)]
    return (item.date - answered[-1].date).days if answered else None


def may_answer(reply: Item, message: Item) -> bool:
    """Return whether a reply may answer a message: sides swapped, at most 45 days later, no other occasion."""
    return (
        message.edition == reply.edition
        and message.partner == reply.partner
        and message.direction != reply.direction
        and message.message_class not in ("reply", "tribute")
        and timedelta(0) <= reply.date - message.date <= REPLIED
        and _may_be((message.from_id, message.sender), (reply.to_id, reply.recipient))
        and _may_be((message.to_id, message.recipient), (reply.from_id, reply.sender))
        and _is_answered(message.occasion_id, reply.occasion_id)
    )


def _is_answered(occasion: str, of_reply: str) -> bool:
    """Return whether a reply may answer a message on an occasion; one that names no occasion may answer any."""
    return not of_reply or occasion == of_reply


def _may_be(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two parties, each by its id and its name, may be the same.

    Somebody who is named, but whom the lexicon does not know, is none of those whom it knows. In the same words two
    parties are the same: an office may have got a new holder in between.
    """
    (id, name), (other_id, other_name) = one, other
    if name and name == other_name:
        return True
    if id and other_id:
        return id == other_id
    return not (name if other_id else other_name if id else "")


def day_of(occasion_id: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return month and day of an occasion; None if it has none."""
    return next((row.day for row in lexicon.occasions if row.id == occasion_id), None)


def _last_year(item: Item, coverage: Coverage) -> int:
    last = coverage.last_day(item.edition)
    return last.year if last else item.date.year


def _is_known(item: Item, year: int, coverage: Coverage) -> bool:
    """Return whether the archive covers the days around an item's day in another year."""
    middle = date(year, item.date.month, min(item.date.day, 28))
    return coverage.has(item.edition, middle - _AROUND, middle + _AROUND)
