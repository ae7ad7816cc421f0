"""Messages as exchanges: who wrote when, and after how many days it was answered, or that it was not; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import Literal

from sunchi.history.answers import REPLIED, may_answer
from sunchi.history.coverage import Coverage
from sunchi.history.items import Item
from sunchi.identity.ledger import Message, MessageReport
from sunchi.reports.periods import Span
from sunchi.text import counted

CROSSED = timedelta(days=3)
"""The most time between two messages of one exchange, such as those on an anniversary of relations."""

_WATCHED = "leader"  # the level of senders whose greetings and letters are listed if no answer came
_WRITTEN = ("congratulation", "greeting", "letter")

Way = Literal["answered", "exchanged", "answer", "open", "unanswered", "unknown", ""]

UNANSWERED = ("unanswered", "open")
"""The ways of messages that got no answer, or none yet."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message, and what came back."""

    message: Message
    way: Way
    back: Message | None = None  # the reply; in an exchange the other side's message
    days: int | None = None  # from the message to the answer; without one, to the end of its edition

    @property
    def date(self) -> date | None:
        return self.message.date

    @property
    def partner(self) -> str:
        return self.message.fullest.partner

    @property
    def level(self) -> str:
        return str(self.message.fullest.identity["level"] or "")

    @property
    def messages(self) -> tuple[Message, ...]:
        """The message, and what came back, if anything did."""
        return (self.message, self.back) if self.back else (self.message,)

    def is_in(self, span: Span) -> bool:
        """Return whether it belongs to some days, by either of its messages; undated ones always do."""
        return any(message.date is None or span.holds(message.date) for message in self.messages)

    @property
    def is_certain(self) -> bool:
        """Return whether the answer names no occasion that the message does not name: it may mean an unknown one."""
        own, answered = (of.fullest.identity["occasion_id"] if of else "" for of in (self.message, self.back))
        return not answered or own == answered

    @property
    def in_words(self) -> str:
        """Return what came back, and when."""
        if self.way == "answered":
            return ("answered " if self.is_certain else "perhaps answered ") + _after(self.days)
        if self.way == "exchanged":
            return "exchanged, theirs " + _after(self.days)
        if self.way == "unanswered":
            return f"no answer in {REPLIED.days} days"
        if self.way == "open":
            return f"no answer yet, {counted(self.days or 0, 'day')} on"
        if self.way == "unknown":
            return "answer not known: the archive lacks days"
        return "answers a message that is not in the archive" if self.way == "answer" else ""

    def in_words_of(self, message: Message) -> str:
        """Return what came back for one of the two messages, or, for the second one, to what it is the answer."""
        if message is not self.back:
            return self.in_words
        certainly = "" if self.is_certain else "perhaps "
        return (
            f"{certainly}answers that of {self.date}"
            if self.way == "answered"
            else f"exchanged with that of {self.date}"
        )


def _after(days: int | None) -> str:
    return f"after {counted(days, 'day')}" if days else "the same day"


def exchanges(messages: Sequence[Message], items: Iterable[Item], coverage: Coverage) -> list[Exchange]:
    """Return the messages, the newest first, each with its answer.

    A reply is shown with the message that it answers, and one of two messages that crossed with the other. No answer is
    called missing unless an edition that reported the message has the days in which it would have come.
    """
    place = {_name(report): number for number, message in enumerate(messages) for report in message.reports}
    backs = _replies(items, place)
    crossed = _crossed(messages, {*backs, *backs.values()})
    answers = {reply: number for number, reply in backs.items()}
    seconds = set(crossed.values())
    found = []
    for number, message in enumerate(messages):
        if number in answers or number in seconds:
            continue
        if number in backs or number in crossed:
            back = messages[backs.get(number, crossed.get(number, 0))]
            way: Way = "answered" if number in backs else "exchanged"
            found.append(Exchange(message, way, back, _apart(message, back)))
        else:
            found.append(_alone(message, coverage))
    return sorted(found, key=lambda each: (each.date or date.min, each.partner), reverse=True)


def _alone(message: Message, coverage: Coverage) -> Exchange:
    """Return a message without an answer."""
    identity = message.fullest.identity
    if identity["class"] == "reply":
        return Exchange(message, "answer")
    is_watched = identity["level"] == _WATCHED and message.fullest.kind in _WRITTEN
    if not is_watched or message.date is None:
        return Exchange(message, "")
    last = message.date + REPLIED
    ends = [(each, end) for each in message.editions if (end := coverage.last_day(each))]
    seen = [end for edition, end in ends if coverage.has(edition, message.date, min(end, last))]
    if not seen:
        return Exchange(message, "unknown")
    return Exchange(message, "unanswered" if max(seen) > last else "open", None, (max(seen) - message.date).days)


def _apart(message: Message, back: Message) -> int | None:
    return (back.date - message.date).days if message.date and back.date else None


def _replies(items: Iterable[Item], place: Mapping[tuple[str, ...], int]) -> dict[int, int]:
    """Return which message each reply answers, by position; a reply answers one message."""
    before: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
    found: dict[int, int] = {}
    for item in items:
        if item.message_class == "reply":
            back = "in" if item.direction == "out" else "out"
            answered = [each for each in before[item.edition, item.partner, back] if _is_answered(each, item)]
            numbers = [(_fit(item, each), place[_name(each)]) for each in answered if _name(each) in place]
            free = [(fit, number) for fit, number in numbers if number not in found]
            reply = place.get(_name(item))
            if free and reply is not None and reply not in found.values():
                found[max(free)[1]] = reply
        else:
            before[item.edition, item.partner, item.direction].append(item)
    return found


def _is_answered(message: Item, reply: Item) -> bool:
    """Return whether a reply answers a message: by its occasion, or by both parties if the message names none.

    A reply on an occasion answers a greeting, not what an envoy brought from the same person.
    """
    on_occasion = bool(reply.occasion_id) and reply.occasion_id == message.occasion_id
    same_parties = _is_same((reply.to_id, message.from_id), (reply.recipient, message.sender)) and _is_same(
        (reply.from_id, message.to_id), (reply.sender, message.recipient)
    )
    if same_parties and not message.occasion_id and (message.message_class == "greet" or not reply.occasion_id):
        return may_answer(reply, replace(message, occasion_id=reply.occasion_id))
    return (on_occasion or same_parties) and may_answer(reply, message)


def _is_same(ids: tuple[str, str], names: tuple[str, str]) -> bool:
    """Return whether two parties are certainly the same, by their identities or by the words for them."""
    return _is_known(ids) or _is_known(names)


def _is_known(pair: tuple[str, str]) -> bool:
    """Return whether two identities or names are known and the same."""
    return bool(pair[0]) and pair[0] == pair[1]


def _fit(reply: Item, message: Item) -> tuple[int, date]:
    """Return how well a message fits a reply: by occasion and parties, then the latest."""
    same = (
        (reply.occasion_id, message.occasion_id),
        (reply.to_id, message.from_id),
        (reply.from_id, message.to_id),
    )
    return sum(map(_is_known, same)), message.date


def _crossed(messages: Sequence[Message], taken: set[int]) -> dict[int, int]:
    """Return which two messages are one exchange: same occasion and level, within days, one in each direction."""
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    for number, message in enumerate(messages):
        report = message.fullest
        level, occasion = report.identity["level"], report.identity["occasion_id"]
        if number in taken or report.identity["class"] != "greet" or not level or not occasion or message.date is None:
            continue
        back = "in" if report.direction == "out" else "out"
        others = waiting[report.partner, occasion, level, back]
        other = next((each for each in reversed(others) if _is_near(messages[each], message)), None)
        if other is None:
            waiting[report.partner, occasion, level, report.direction].append(number)
        else:
            others.remove(other)
            found[other] = number
    return found


def _is_near(one: Message, other: Message) -> bool:
    return one.date is not None and other.date is not None and other.date - one.date <= CROSSED


def _name(of: Item | MessageReport) -> tuple[str, ...]:
    return (of.article, of.partner, of.kind, of.direction, of.sender, of.recipient)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The messages between Pyongyang and one partner, in numbers."""

    partner: str
    sent: int  # messages from Pyongyang
    received: int
    replies: int  # certain answers, in both directions
    days: float | None  # until an answer, the median
    unanswered: int  # leaders' messages without an answer

    @property
    def number(self) -> int:
        return self.sent + self.received


def by_partner(some: Iterable[Exchange]) -> list[Correspondence]:
    """Return the correspondence with each partner, the most active first."""
    grouped: dict[str, list[Exchange]] = defaultdict(list)
    for each in some:
        grouped[each.partner].append(each)
    found = []
    for partner, mine in grouped.items():
        ways = [message.fullest.direction for each in mine for message in each.messages]
        lags = [each.days for each in mine if each.way == "answered" and each.is_certain and each.days is not None]
        unanswered = sum(each.way == "unanswered" for each in mine)
        middle = median(lags) if lags else None
        found.append(Correspondence(partner, ways.count("out"), ways.count("in"), len(lags), middle, unanswered))
    return sorted(found, key=lambda each: (-each.number, each.partner))
