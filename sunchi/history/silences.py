"""Silences: messages and replies that should have come, and did not, as findings; pure.

A silence is found on the last day on which the message could come. It is withdrawn, visibly, if the message comes late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from sunchi.history.baseline import MessageHistory
from sunchi.history.coverage import Coverage
from sunchi.history.due import CAME_LATE, GRACE, MISSING, SEEN, YEARS, Due, learned_from
from sunchi.history.findings import Compared, Confidence, Finding, Part
from sunchi.history.items import Item
from sunchi.history.series import REPLIED, may_answer
from sunchi.lexicon import Lexicon

_WATCHED = "leader"  # the level whose messages should get a reply
_INNOCENT = (
    "a day that is kept on another date or no longer",
    "a new holder of the office, whom nobody knew yet",
    "a report in a list, or in another edition alone",
)


def silences(history: MessageHistory, coverage: Coverage, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield a finding for each message that the archive makes due and that did not come, on its last day."""
    missed = [each for each in learned_from(history, coverage) if each.state in (MISSING, CAME_LATE)]
    missed += unanswered(history, coverage)
    replies: dict[tuple[str, ...], list[Due]] = defaultdict(list)  # one may be missing by its day and by its letter
    for each in sorted(missed, key=lambda each: (each.last, each.edition, each.partner, each.direction, each.level)):
        before = replies[each.edition, each.partner, each.direction] if each.message_class == "reply" else []
        if not any(abs(other.day - each.day) <= REPLIED for other in before):
            before.append(each)
            yield _silence(each, lexicon)


def unanswered(history: MessageHistory, coverage: Coverage) -> Iterator[Due]:
    """Yield the replies that did not come in twice the longest time of the last three, of which two or more came."""
    for item in history.items:
        if item.level != _WATCHED or item.message_class != "greet" or not item.from_id or not item.to_id:
            continue
        replies = [reply for each in history.baseline(item)[-YEARS:] if (reply := _answer(each, history))]
        if len(replies) < SEEN or item.damage:
            continue
        longest = max(days for _, days in replies)
        last = item.date + min(max(2 * longest, GRACE), REPLIED)
        came = _answer(item, history)
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


def _answer(item: Item, history: MessageHistory) -> tuple[Item, timedelta] | None:
    """Return the first reply to an item, and how long it took."""
    until = history.between(item.date, item.date + REPLIED)
    reply = next((each for each in until if each.message_class == "reply" and may_answer(each, item)), None)
    return (reply, reply.date - item.date) if reply else None


def _silence(missed: Due, lexicon: Lexicon) -> Finding:
    years = sorted({item.date.year for item in missed.earlier})
    what = "reply" if missed.message_class == "reply" else "greeting"
    words = (
        f"no {what} until {missed.last}; it came in {', '.join(map(str, years))}, last on {missed.earlier[0].date}"
        + (f" ({missed.occasion})" if missed.occasion else "")
    )
    confidence: Confidence = "high" if len(years) >= YEARS else "medium"
    part = Part("silence", words, {"years": len(years), "of": YEARS}, confidence, _INNOCENT)
    late = missed.came
    return Finding(
        missed.edition,
        missed.partner,
        missed.last,
        f"silence {missed.direction} {missed.level} {missed.message_class} {missed.day}",
        f"{missed.ends(lexicon)}{' (' + missed.level + ')' if missed.level else ''}",
        (part,),
        tuple(Compared.of(item) for item in missed.earlier),
        late.date if late else None,
        f"it came on {late.date}, {missed.days_late} days after the day" if late else "",
    )
