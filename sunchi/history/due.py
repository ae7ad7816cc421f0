"""What is due, by calendar.csv and by the archive, and whether it came, came late or is missing; pure.

The archive makes a message due if one like it came in two of the last three years, including last year, within five
days of the same day of the year. “Like it” means the same state, direction, level and class, and the same office or
person as the other side, or the same occasion; the words may differ. What did not come last year is not news this year.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

from sunchi.history.baseline import Archive
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Compared, Confidence, Finding, Part
from sunchi.history.items import Item
from sunchi.history.series import REPLIED, may_answer
from sunchi.lexicon import Lexicon
from sunchi.lexicon.calendar import CalendarEntry
from sunchi.lexicon.columns import ANY

YEARS = 3
SEEN = 2
"""The least number of years, of the last three, in which it came."""

APART = timedelta(days=5)
"""The most days between the days of one occasion in two years."""

GRACE = timedelta(days=7)
"""The time allowed after the latest day of earlier years."""

LATE = timedelta(days=14)
"""The time after the grace in which a message counts as the missing one, late."""

_ANY_WORDS = ("greet", "reply", "")
_WATCHED = "leader"  # the level whose messages should get a reply
_CLASSES = ("greet", "reply")  # classes that recur with the calendar; disasters and deaths do not
_ITEMS = {"message": ("greet", ""), "reply": ("reply",), "wreath": ("tribute",)}  # of calendar.csv, by class

AWAITED, CAME, CAME_LATE, MISSING, UNKNOWN = "awaited", "came", "came late", "missing", "not known"
STATES = (AWAITED, CAME, CAME_LATE, MISSING, UNKNOWN)
_WEIGHT = (CAME, CAME_LATE, AWAITED, MISSING, UNKNOWN)  # if editions differ, the first of these wins


@dataclass(frozen=True, slots=True)
class Due:
    """One message that is due, and what became of it."""

    edition: str
    partner: str
    direction: str
    level: str  # of the sender; "" if uncertain
    message_class: str
    occasion: str  # in words
    by: str  # calendar, archive
    first: date  # the first day on which it may come
    day: date  # on which it is expected
    last: date  # the day by which it must have come
    earlier: tuple[Item, ...]  # those of earlier years, newest first
    state: str
    came: Item | None = None
    trouble: str = ""  # why it is not known whether it came, or what came in its place

    @property
    def days_late(self) -> int:
        """Return by how many days it came after its day; 0 if it did not come."""
        return (self.came.date - self.day).days if self.came else 0


def due(archive: Archive, coverage: Coverage, lexicon: Lexicon, first: date, last: date, on: date) -> list[Due]:
    """Return what is due between two days, by day, as known `on` a day; `last` may be later than that."""
    learned = [each for each in learned_from(archive, coverage) if first <= each.day <= last]
    known = [*learned, *_by_calendar(archive, coverage, lexicon, first, last, learned)]
    known = [_out_of_sight(each, coverage) if each.state == AWAITED and each.last < on else each for each in known]
    return sorted(known, key=lambda each: (each.day, each.partner, each.direction, each.level, each.edition, each.by))


def _out_of_sight(due: Due, coverage: Coverage) -> Due:
    """Return it as not known: its time is over, and its edition ends before that."""
    return replace(due, state=UNKNOWN, trouble=f"the archive has {due.edition} until {coverage.last_day(due.edition)}")


def once(some: Iterable[Due]) -> list[tuple[Due, tuple[str, ...]]]:
    """Return each due message once for all editions, with the editions in the winning state: it came if one has it.

    If the archive of one edition makes a message due, the calendar's entry counts in no edition.
    """
    known = list(some)
    taught = [each for each in known if each.by == "archive"]
    same: dict[tuple[str, str, str, str, str, date], list[Due]] = defaultdict(list)
    for each in known:
        if each.by == "archive" or not any(_is_same(each, other) for other in taught):
            same[each.partner, each.direction, each.level, each.message_class, each.occasion, each.day].append(each)
    found = []
    for group in same.values():
        first = min(group, key=lambda each: (_WEIGHT.index(each.state), each.edition))
        found.append((first, tuple(sorted({each.edition for each in group if each.state == first.state}))))
    return found


def silences(archive: Archive, coverage: Coverage, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield a finding for each message that the archive makes due and that did not come, on its last day."""
    missed = [each for each in learned_from(archive, coverage) if each.state in (MISSING, CAME_LATE)]
    missed += unanswered(archive, coverage)
    said: dict[tuple[str, ...], list[Due]] = defaultdict(list)  # a reply may be missing by day and by letter
    for each in sorted(missed, key=lambda each: (each.last, each.edition, each.partner, each.direction, each.level)):
        before = said[each.edition, each.partner, each.direction] if each.message_class == "reply" else []
        if not any(abs(other.day - each.day) <= REPLIED for other in before):
            before.append(each)
            yield _silence(each, lexicon)


def unanswered(archive: Archive, coverage: Coverage) -> Iterator[Due]:
    """Yield the replies that did not come in twice the longest time of the last three, of which two or more came."""
    for item in archive.items:
        if item.level != _WATCHED or item.message_class != "greet" or not item.from_id or not item.to_id:
            continue
        replies = [reply for each in archive.baseline(item)[-YEARS:] if (reply := answer(each, archive))]
        if len(replies) < SEEN or item.damage:
            continue
        longest = max(days for _, days in replies)
        last = item.date + min(max(2 * longest, GRACE), REPLIED)
        came = answer(item, archive)
        end = coverage.last_day(item.edition)
        in_time = came is not None and came[0].date <= last
        if in_time or end is None or end < last or coverage.trouble(item.edition, item.date, last):
            continue
        newest = tuple(reply for reply, _ in reversed(replies))
        back = "in" if item.direction == "out" else "out"
        yield Due(
            item.edition, item.partner, back, newest[0].level, "reply", item.occasion, "archive", item.date,
            item.date + longest, last, newest, CAME_LATE if came else MISSING, came[0] if came else None,
        )  # fmt: skip


def answer(item: Item, archive: Archive) -> tuple[Item, timedelta] | None:
    """Return the first reply to an item, and how long it took."""
    until = archive.between(item.date, item.date + REPLIED)
    reply = next((each for each in until if each.message_class == "reply" and may_answer(each, item)), None)
    return (reply, reply.date - item.date) if reply else None


def learned_from(archive: Archive, coverage: Coverage) -> Iterator[Due]:
    """Yield what earlier years make due, until a year after the end of the archive."""
    series: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    ways: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in archive.items:
        way = (item.edition, item.partner, item.direction)
        if item.message_class in _ANY_WORDS:
            ways[way].append(item)
        if item.message_class in _CLASSES and not item.damage:
            series[(*way, item.level, item.message_class)].append(item)
    expected = {key: [group for group in _expected(items) if _is_due(group)] for key, items in series.items()}
    windows: dict[tuple[str, ...], list[tuple[date, date]]] = defaultdict(list)
    for key, groups in expected.items():
        windows[key[:3]] += [_window(group) for group in groups]
    for key, groups in expected.items():
        for group in groups:
            others = [window for window in windows[key[:3]] if window != _window(group)]
            yield _due(group, [item for item in ways[key[:3]] if _may_be(item, group[0][2])], others, coverage)


def _may_be(item: Item, expected: Item) -> bool:
    """Return whether an item may be the expected one, by level and class where they are certain."""
    levels = (item.level, expected.level)
    is_reply = (item.message_class == "reply") == (expected.message_class == "reply") or not item.message_class
    return is_reply and ("" in levels or levels[0] == levels[1])


_Expected = list[tuple[date, int, Item]]
"""The days on which items of earlier years would recur, with the number of years and the items."""


def _expected(items: Sequence[Item]) -> Iterator[_Expected]:
    """Yield groups of days, at most five days apart, on which items of the last three years recur."""
    days = sorted(
        ((_years_later(item.date, years), years, item) for item in items for years in range(1, YEARS + 1)),
        key=lambda each: (each[0], each[1], each[2].order),
    )
    group = days[:1]
    for before, after in pairwise(days):
        if after[0] - before[0] > APART:
            yield group
            group = []
        group.append(after)
    yield group


def _is_due(expected: _Expected) -> bool:
    """Return whether messages with one other side, or on one occasion, came often enough, including last year.

    Two congratulations on elections that happen to fall near one day of the year make nothing due.
    """
    seen: dict[str, set[int]] = defaultdict(set)
    for _, years, item in expected:
        for name in _theirs(item):
            seen[name] |= {years}
    return any(len(years) >= SEEN and 1 in years for years in seen.values())


def _theirs(item: Item) -> set[str]:
    """Return what identifies an item in a yearly row: the other side, by identity or words, and the occasion."""
    id, words = (item.to_id, item.recipient) if item.direction == "out" else (item.from_id, item.sender)
    return {id, words.casefold(), item.occasion_id} - {""}


def _window(expected: _Expected) -> tuple[date, date]:
    return expected[0][0] - APART, expected[-1][0] + GRACE


def _due(expected: _Expected, items: Sequence[Item], others: Sequence[tuple[date, date]], coverage: Coverage) -> Due:
    """Return what a group of days makes due; `others` are the spans in which other items are due."""
    newest = tuple(sorted({item for _, _, item in expected}, key=lambda item: item.order, reverse=True))
    item = newest[0]
    first, last = _window(expected)
    state, came, trouble = _state(items, item.edition, first, last, others, coverage)
    return Due(
        item.edition, item.partner, item.direction, item.level, item.message_class,
        next((each.occasion for each in newest if each.occasion), ""), "archive",
        first, median_low([day for day, _, _ in expected]), last, newest, state, came, trouble,
    )  # fmt: skip


def _state(
    items: Sequence[Item],
    edition: str,
    first: date,
    last: date,
    others: Sequence[tuple[date, date]],
    coverage: Coverage,
) -> tuple[str, Item | None, str]:
    """Return what became of an item that is due in a span, the item that came, and why that is not known."""
    after = items[bisect_left(items, first, key=lambda item: item.date) :]
    if after and after[0].date <= last:
        return CAME, after[0], ""
    end = coverage.last_day(edition)
    if end is None or end < last:
        return AWAITED, None, ""
    if trouble := coverage.trouble(edition, first, last):
        return UNKNOWN, None, trouble
    late = next((item for item in after if not any(begin <= item.date <= end for begin, end in others)), None)
    if late and late.date <= last + LATE:
        return CAME_LATE, late, ""
    return MISSING, None, ""


def _by_calendar(
    archive: Archive, coverage: Coverage, lexicon: Lexicon, first: date, last: date, learned: Sequence[Due]
) -> Iterator[Due]:
    """Yield what calendar.csv makes due for a state between two days, except what the archive makes due.

    If some editions print messages in full, the others, such as Seoul's, are not expected to.
    """
    printing = {item.edition for item in archive.items if item.full_text}
    editions = [each for each in coverage.editions if each in printing] or coverage.editions
    for entry in lexicon.calendar:
        if entry.partner == ANY or entry.item not in _ITEMS:
            continue
        for year in range(first.year - 1, last.year + 2):
            window = entry.window(year)
            if window is None or not first <= date(year, *entry.first) <= last:
                continue
            for direction in ("out", "in") if entry.direction == "both" else (entry.direction,):
                for edition in editions:
                    day = date(year, *entry.first)
                    found = _entry(entry, direction, edition, window, day, archive, coverage, lexicon)
                    if not any(found.edition == each.edition and _is_same(found, each) for each in learned):
                        yield found


def _entry(
    entry: CalendarEntry, direction: str, edition: str, window: tuple[date, date], day: date,
    archive: Archive, coverage: Coverage, lexicon: Lexicon,
) -> Due:  # fmt: skip
    items = [
        item
        for item in archive.items
        if item.edition == edition
        and item.partner == entry.partner
        and item.direction == direction
        and item.message_class in _ITEMS[entry.item]
        and not _is_of_another_day(item, entry, lexicon)
    ]
    certain = [item for item in items if entry.is_certain(item.date, f"{item.title} {item.occasion}")]
    earlier = [item for item in certain if item.date < window[0] and entry.holds(item.partner, direction, item.date)]
    state, came, trouble = _state(certain, edition, *window, (), coverage)
    other = next((item for item in items if item not in certain and window[0] <= item.date <= window[1]), None)
    if state == MISSING and other:
        state, trouble = UNKNOWN, f"what came on {other.date} does not say that it is for this"
    elif state == MISSING and (reply := _reply(entry, direction, edition, window, archive, lexicon)):
        trouble = f"a reply came on {reply.date}"
    elif state == MISSING and not earlier:
        state, trouble = UNKNOWN, "by the calendar alone: the archive has it in no earlier year"
    return Due(
        edition, entry.partner, direction, "", _ITEMS[entry.item][0], entry.occasion, "calendar",
        window[0], day, window[1], tuple(reversed(earlier)), state, came, trouble,
    )  # fmt: skip


def _is_of_another_day(item: Item, entry: CalendarEntry, lexicon: Lexicon) -> bool:
    """Return whether a greeting or reply names an occasion whose own day is not near the entry's.

    What replies are for is past when they are due.
    """
    row = next((row for row in lexicon.occasions if row.id == item.occasion_id), None)
    if row is None or row.day is None or entry.item != "message":
        return False
    return entry.distance(date(item.date.year, *row.day)) > APART.days


def _reply(
    entry: CalendarEntry, direction: str, edition: str, window: tuple[date, date], archive: Archive, lexicon: Lexicon
) -> Item | None:
    """Return a reply that came in place of a message: an answer to the other side's on the same day."""
    came = (
        item
        for item in archive.between(*window)
        if (item.edition, item.partner, item.direction) == (edition, entry.partner, direction)
        and item.message_class == "reply"
        and item.occasion_id
        and not _is_of_another_day(item, entry, lexicon)
    )
    return next(came, None) if entry.item == "message" else None


def _is_same(one: Due, other: Due) -> bool:
    """Return whether two rows are about one message, in any edition."""
    same = (one.partner, one.direction, one.message_class)
    apart = abs(one.day - other.day) <= APART
    return same == (other.partner, other.direction, other.message_class) and apart


def _silence(missed: Due, lexicon: Lexicon) -> Finding:
    years = sorted({item.date.year for item in missed.earlier})
    what = "reply" if missed.message_class == "reply" else "greeting"
    state = lexicon.label(missed.partner)
    ends = f"{state} → Pyongyang" if missed.direction == "in" else f"Pyongyang → {state}"
    words = (
        f"no {what} until {missed.last}; it came in {', '.join(map(str, years))}, last on {missed.earlier[0].date}"
        + (f" ({missed.occasion})" if missed.occasion else "")
    )
    innocent = (
        "a day that is kept on another date or no longer", "a new holder of the office, whom nobody knew yet",
        "a report in a list, or in another edition alone",
    )  # fmt: skip
    part = Part("silence", words, {"years": len(years), "of": YEARS}, _confidence(missed), innocent)
    late = missed.came
    return Finding(
        missed.edition,
        missed.partner,
        missed.last,
        f"silence {missed.direction} {missed.level} {missed.message_class} {missed.day}",
        f"{ends}{' (' + missed.level + ')' if missed.level else ''}",
        (part,),
        tuple(Compared.of(item) for item in missed.earlier),
        late.date if late else None,
        f"it came on {late.date}, {missed.days_late} days after the day" if late else "",
    )


def _confidence(missed: Due) -> Confidence:
    return "high" if len({item.date.year for item in missed.earlier}) >= YEARS else "medium"


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
