"""Unsigned opinion: an article that judges an adversary in its own name, and of nobody who spoke, met or wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sunchi.signals.reading import Reading
from sunchi.signals.row import Row
from sunchi.signals.sides_en import is_review
from sunchi.signals.speaker import SPEAKS
from sunchi.text import Span

_AT_LEAST = 6  # sentences
_HARSH = 2  # words of stance.csv
_ONE_IN = 8  # sentences may tell of somebody who spoke

_REPORTS = re.compile(
    r"\b(?:reported|reports|according to|held|took place|issued|released|published|carried|statement|announced"
    r"|press conference|rally|sent|meeting|articles?|visited|visit|arrived|papers?|news|website|interview|media|survey"
    r"|seminar|events?|staged|denounced|organization|erected|received|produced|died)\b"
)


def is_opinion(reading: Reading, rows: Sequence[Row]) -> bool:
    """Whether an English article is such a piece; `rows` are those of the other kinds."""
    if len(reading.tones) < _HARSH or reading.tongue != "en" or is_review(reading):
        return False
    if sum(tone.strength < 0 for _, tone in reading.tones) < _HARSH or any(n.role == "leader" for n in reading.home):
        return False
    about = {r["partner"] for r in rows if r["kind"] == "attention" and r["code"] == "about"}
    body = reading.body
    if len(body) < _AT_LEAST or not about & reading.lexicon.adversaries or _tells(reading, body[0]):
        return False
    left = len(body) // _ONE_IN
    for span in body:
        left -= _tells(reading, span)
        if left < 0:
            return False
    return " the " in reading.small  # KCNA's English pages hold Spanish articles


def _tells(reading: Reading, span: Span) -> bool:
    """Whether a sentence tells of somebody who spoke, met or wrote."""
    return bool(_REPORTS.search(reading.small, *span) or SPEAKS.search(reading.text, *span))
