"""Silences: messages and replies that should have come, and did not, as findings; pure.

A silence is found on the last day on which the message could come, if it is missing (due.py) and no edition has it. It
is withdrawn, visibly, if the message comes late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sunchi.history.baseline import MessageHistory
from sunchi.history.coverage import Coverage
from sunchi.history.due import CAME_LATE, MISSING, YEARS, Due, by_message, due
from sunchi.history.findings import Compared, Confidence, Finding, Part
from sunchi.history.items import Item
from sunchi.lexicon import Lexicon

_INNOCENT = (
    "a day that is kept on another date or no longer",
    "a new holder of the office, whom nobody knew yet",
    "a report in a list, or in another edition alone",
)


def silences(history: MessageHistory, coverage: Coverage, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield a finding for each message that was due and did not come, on its last day."""
    if not history.items:
        return
    days = history.items[0].date, max(filter(None, map(coverage.last_day, coverage.editions)), default=date.min)
    for group in by_message(due(history, coverage, lexicon, *days, date.max)):
        missed = min(
            (each for each in group if each.state in (MISSING, CAME_LATE)), key=lambda each: each.last, default=None
        )
        came = sorted((each.came for each in group if each.came), key=lambda item: item.order)
        if missed and not (came and came[0].date <= missed.last):
            yield _silence(missed, came[0] if came else None, lexicon)


def _silence(missed: Due, late: Item | None, lexicon: Lexicon) -> Finding:
    years = len({item.date.year for item in missed.earlier})
    confidence: Confidence = "high" if years >= YEARS else "medium"
    return Finding(
        missed.edition,
        missed.partner,
        missed.last,
        f"silence {missed.direction} {missed.level} {missed.message_class} {missed.day}",
        missed.ends(lexicon),
        (Part("silence", missed.absence, {"years": years, "of": YEARS}, confidence, _INNOCENT),),
        tuple(Compared.of(item) for item in missed.earlier),
        late.date if late else None,
        f"it came on {late.date}, {(late.date - missed.day).days} days after the day" if late else "",
    )
