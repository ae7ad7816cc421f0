"""What is due, by calendar.csv and by the archive, and whether it came, came late or is missing; pure.

The archive makes a message due if one like it came in two of the last three years, including last year, within five
days of the same day of the year. “Like it” means the same state, direction, level and class, and the same office or
person as the other side, or the same occasion; the words may differ. What did not come last year is not news this year.
An entry of calendar.csv is missing under the same condition. A reply is due after a leader's letter, too, if two of the
last three were answered.

What `sunchi due`, the report, the findings and the alerts call missing is computed and worded here alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

from sunchi.history.answers import REPLIED, may_answer
from sunchi.history.baseline import MessageHistory, years_before
from sunchi.history.coverage import Coverage
from sunchi.history.items import Item
from sunchi.identity.occasions import is_of_another_day
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

_WATCHED = "leader"  # the level whose messages should get a reply
_ANY_WORDS = ("greet", "reply", "")
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

    def ends(self, lexicon: Lexicon) -> str:
        """Return whose message it is and to whom it goes: "China → Pyongyang"."""
        ends = ("Pyongyang", lexicon.label(self.partner))
        return " → ".join(ends if self.direction == "out" else reversed(ends))

    @property
    def message(self) -> str:
        """Return what is due: "greeting by a leader (his birthday)"."""
        what = {"reply": "reply", "tribute": "wreath"}.get(self.message_class, "greeting")
        level = f" by a{'n' if self.level[:1] in 'aeiou' else ''} {self.level}" if self.level else ""
        return what + level + (f" ({self.occasion})" if self.occasion else "")

    @property
    def absence(self) -> str:
        """Return until when it did not come, and when it used to."""
        years = ", ".join(map(str, sorted({item.date.year for item in self.earlier})))
        reason = f"; {self.trouble}" if self.trouble else ""
        return f"no {self.message} until {self.last}; it came in {years}, last on {self.earlier[0].date}{reason}"

    def in_words(self, lexicon: Lexicon) -> str:
        """Return which message is due, and, if it is missing, since when; with the reason if that is not known."""
        reason = f"; {self.trouble}" if self.trouble else ""
        return f"{self.ends(lexicon)}: {self.absence if self.state == MISSING else self.message + reason}"


def due(history: MessageHistory, coverage: Coverage, lexicon: Lexicon, first: date, last: date, on: date) -> list[Due]:
    """Return what is due between two days, by day, as known `on` a day; `last` may be later than that."""
    learned = [*learned_from(history, coverage)]
    for each in replies(history, coverage):
        if not any(_way(each) == _way(other) and abs(other.day - each.day) <= REPLIED for other in learned):
            learned.append(each)  # it is due by its day alone, if both
    found = [each for each in learned if first <= each.day <= last]
    found += _by_calendar(history, coverage, lexicon, first, last, learned)
    found = [_unknown(each, coverage) if each.state == AWAITED and each.last < on else each for each in found]
    return sorted(found, key=lambda each: (each.day, each.partner, each.direction, each.level, each.edition, each.by))


def _way(due: Due) -> tuple[str, ...]:
    return (due.edition, due.partner, due.direction, due.message_class)


def _unknown(awaited: Due, coverage: Coverage) -> Due:
    """Return an awaited message as not known, since the archive has no day of its edition after its time."""
    trouble = f"the archive has {awaited.edition} until {coverage.last_day(awaited.edition)}"
    return replace(awaited, state=UNKNOWN, trouble=trouble)


def once(some: Iterable[Due]) -> list[tuple[Due, tuple[str, ...]]]:
    """Return each due message once for all editions, with the editions in the winning state: it came if one has it."""
    found = []
    for group in by_message(some):
        first = min(group, key=lambda each: (_WEIGHT.index(each.state), each.edition))
        found.append((first, tuple(sorted({each.edition for each in group if each.state == first.state}))))
    return found


def by_message(some: Iterable[Due]) -> list[list[Due]]:
    """Return what is due in several editions by message: of one state, direction, level and class, near one day.

    If the archive of one edition makes a message due, the calendar's entry counts in no edition.
    """
    known = list(some)
    learned = [each for each in known if each.by == "archive"]
    groups: list[list[Due]] = []
    for each in known:
        if each.by != "archive" and any(_is_same(each, other) for other in learned):
            continue
        same = (
            group
            for group in reversed(groups)
            if _is_same(each, group[0])
            and (each.level, each.by) == (group[0].level, group[0].by)
            and all(each.edition != other.edition for other in group)
        )
        group = next(same, None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return groups


def replies(history: MessageHistory, coverage: Coverage) -> Iterator[Due]:
    """Yield the replies to leaders' greetings that are due, since two or more of the last three were answered: in twice
    the longest time."""
    for item in history.items:
        if item.level != _WATCHED or item.message_class != "greet" or not item.from_id or not item.to_id or item.damage:
            continue
        answers = [answer for each in history.baseline(item)[-YEARS:] if (answer := _answer(each, history))]
        if len(answers) < SEEN:
            continue
        longest = max(days for _, days in answers)
        last = item.date + min(max(2 * longest, GRACE), REPLIED)
        answer, end, trouble = _answer(item, history), coverage.last_day(item.edition), ""
        if answer and answer[0].date <= last:
            state = CAME
        elif end is None or end < last:
            state, answer = AWAITED, None
        elif trouble := coverage.trouble(item.edition, item.date, last):
            state, answer = UNKNOWN, None
        else:
            state = CAME_LATE if answer else MISSING
        newest = tuple(each for each, _ in reversed(answers))
        back = "in" if item.direction == "out" else "out"
        yield Due(
            item.edition, item.partner, back, newest[0].level, "reply", item.occasion, "archive", item.date,
            item.date + longest, last, newest, state, answer[0] if answer else None, trouble,
        )  # fmt: skip


def _answer(item: Item, history: MessageHistory) -> tuple[Item, timedelta] | None:
    """Return the first reply to an item, and how long it took."""
    until = history.between(item.date, item.date + REPLIED)
    reply = next((each for each in until if each.message_class == "reply" and may_answer(each, item)), None)
    return (reply, reply.date - item.date) if reply else None


def is_missing(year: int, seen: Mapping[int, Item], may_be: Sequence[Item], coverage: Coverage) -> bool:
    """Return whether what was `seen` in earlier years did not come in a later one near the same days, nor anything that
    `may_be` it, and the archive has those days."""
    before = [each for each in seen if each < year]
    recent = [each for each in before if each >= year - YEARS] or before[-1:]
    days = [(years_before(seen[each].date, each - year), year - each, seen[each]) for each in recent]
    expected = sorted(days, key=lambda each: each[0])
    return _state(may_be, seen[recent[0]].edition, *_window(expected), (), coverage)[0] in (MISSING, CAME_LATE)


def learned_from(history: MessageHistory, coverage: Coverage) -> Iterator[Due]:
    """Yield what earlier years make due, until a year after the end of the archive."""
    series: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    ways: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in history.items:
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
            yield _due(group, [item for item in ways[key[:3]] if may_be_same(item, group[0][2])], others, coverage)


def may_be_same(item: Item, expected: Item) -> bool:
    """Return whether an item may be the expected one, by level and class where they are certain."""
    levels = (item.level, expected.level)
    return item.message_class in ("", expected.message_class) and ("" in levels or levels[0] == levels[1])


_Expected = list[tuple[date, int, Item]]
"""The days on which items of earlier years would recur, with the number of years and the items."""


def _expected(items: Sequence[Item]) -> Iterator[_Expected]:
    """Yield groups of days, at most five days apart, on which items of the last three years recur."""
    days = sorted(
        ((years_before(item.date, -years), years, item) for item in items for years in range(1, YEARS + 1)),
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
    late = next((item for item in after if not any(begin <= item.date <= close for begin, close in others)), None)
    if late and late.date <= last + LATE:
        return CAME_LATE, late, ""
    return MISSING, None, ""


def _by_calendar(
    history: MessageHistory, coverage: Coverage, lexicon: Lexicon, first: date, last: date, learned: Sequence[Due]
) -> Iterator[Due]:
    """Yield what calendar.csv makes due for a state between two days, except what the archive makes due."""
    editions = _printing(history, coverage)
    ways: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in history.items:
        ways[item.edition, item.partner, item.direction].append(item)
    for entry, day, window in _occasions(lexicon, first, last):
        for direction in ("out", "in") if entry.direction == "both" else (entry.direction,):
            for edition in editions:
                of_way = ways[edition, entry.partner, direction]
                found = _entry(entry, direction, edition, window, day, of_way, coverage, lexicon)
                if not any(found.edition == each.edition and _is_same(found, each) for each in learned):
                    yield found


def _printing(history: MessageHistory, coverage: Coverage) -> Sequence[str]:
    """Return the editions that should print a message: if some print them in full, not the others, such as Seoul's."""
    printing = {item.edition for item in history.items if item.full_text}
    return [each for each in coverage.editions if each in printing] or coverage.editions


def _occasions(lexicon: Lexicon, first: date, last: date) -> Iterator[tuple[CalendarEntry, date, tuple[date, date]]]:
    """Yield the entries of calendar.csv for one state's messages, with their day between two days and their window."""
    for entry in lexicon.calendar:
        if entry.partner == ANY or entry.item not in _ITEMS:
            continue
        for year in range(first.year - 1, last.year + 2):
            window = entry.window(year)
            if window and first <= (day := date(year, *entry.first)) <= last:
                yield entry, day, window


def _entry(
    entry: CalendarEntry, direction: str, edition: str, window: tuple[date, date], day: date,
    of_way: Sequence[Item], coverage: Coverage, lexicon: Lexicon,
) -> Due:  # fmt: skip
    """Return what became of one entry in one direction and edition; `of_way` are that edition's messages that way."""
    begin = bisect_left(of_way, years_before(window[0], YEARS + 1), key=lambda item: item.date)
    own = [each for each in of_way[begin:] if not is_of_another_day(each.occasion_id, each.date, entry, lexicon)]
    items = [item for item in own if item.message_class in _ITEMS[entry.item]]
    certain = [item for item in items if entry.is_certain(item.date, f"{item.title} {item.occasion}")]
    earlier = [item for item in certain if item.date < window[0] and entry.holds(item.partner, direction, item.date)]
    ages = [(round((day - item.date) / timedelta(days=365.25)), item) for item in earlier]
    earlier = [item for years, item in ages if years <= YEARS]
    seen = {years for years, _ in ages if years <= YEARS}
    is_usual = len(seen) >= SEEN and 1 in seen
    state, came, trouble = _state(certain, edition, *window, (), coverage)
    if state == CAME_LATE and not is_usual:
        state = CAME  # on a day of its own
    if state == MISSING:
        there = [item for item in own if window[0] <= item.date <= window[1]]
        other = next((item for item in there if item in items), None)
        reply = next((item for item in there if item.message_class == "reply" and item.occasion_id), None)
        if other:
            state, trouble = UNKNOWN, f"what came on {other.date} does not say that it is for this"
        elif not is_usual:
            number = len(seen) or "none"
            state, trouble = UNKNOWN, f"by the calendar alone: it came in {number} of the last {YEARS} years"
        elif reply and entry.item == "message":
            trouble = f"a reply came on {reply.date}"
    return Due(
        edition, entry.partner, direction, "", _ITEMS[entry.item][0], entry.occasion, "calendar",
        window[0], day, window[1], tuple(reversed(earlier)), state, came, trouble,
    )  # fmt: skip


def _is_same(one: Due, other: Due) -> bool:
    """Return whether two rows are about one message, in any edition."""
    same = (one.partner, one.direction, one.message_class)
    is_near = abs(one.day - other.day) <= APART
    return same == (other.partner, other.direction, other.message_class) and is_near
