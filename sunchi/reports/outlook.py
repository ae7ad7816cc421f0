"""What is due or missing in the days of a report, and what is awaited after them; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sunchi.history.baseline import MessageHistory
from sunchi.history.coverage import Coverage
from sunchi.history.due import AWAITED, CAME, CAME_LATE, MISSING, STATES, Due, due, once
from sunchi.history.items import Item
from sunchi.lexicon import Lexicon
from sunchi.reports.periods import Span

AHEAD = timedelta(days=30)
"""How far after the last day awaited messages are listed."""

BACK = timedelta(days=60)
"""How long before the first day a message may have been due that is still awaited, or that did not come in time."""


@dataclass(frozen=True)
class Outlook:
    """What was due, each message once for all editions."""

    shown: tuple[Due, ...]  # missing, late or awaited, by day
    others: tuple[Due, ...]  # came, or not known
    numbers: Counter[str]  # of each state

    @property
    def in_words(self) -> str:
        return ", ".join(f"{self.numbers[state]} {state}" for state in STATES if self.numbers[state])

    @property
    def missing(self) -> list[Due]:
        return [each for each in self.shown if each.state == MISSING]


def outlook(items: Iterable[Item], coverage: Coverage, lexicon: Lexicon, span: Span) -> Outlook:
    """Return what was due in a span of days, as known at the end of its last day, and what was then awaited.

    A message whose day was before the span belongs to it if its time ended in the span or later, and it had not come.
    """
    history = MessageHistory(item for item in items if item.date <= span.until)
    until = coverage.until(span.until)
    found = [
        each
        for each, _ in once(due(history, until, lexicon, span.since - BACK, span.until + AHEAD, span.until))
        if (each.day >= span.since or (each.last >= span.since and each.state != CAME))
        and (each.day <= span.until or each.state in (AWAITED, CAME))
    ]
    shown = tuple(each for each in found if each.state in (MISSING, CAME_LATE, AWAITED))
    others = tuple(each for each in found if each not in shown)
    return Outlook(shown, others, Counter(each.state for each in found))
