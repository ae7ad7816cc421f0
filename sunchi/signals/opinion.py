"""Unsigned opinion: an article that judges an adversary in its own name, and of nobody who spoke, met or wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sunchi import text as texts
from sunchi.signals.reading import Reading
from sunchi.signals.row import Row
from sunchi.signals.sides_en import is_review
from sunchi.signals.speaker import SPEAKS

_AT_LEAST = 6  # sentences
_HARSH = 2  # words of stance.csv
_ONE_IN = 8  # sentences may tell of somebody who spoke

_REPORTS = re.compile(
    r"\b(?:reported|reports|according to|held|took place|issued|released|published|carried|statement|announced"
    r"|press conference|rally|sent|meeting|articles?|visited|visit|arrived|papers?|news|website|interview|media|survey"
    r"|seminar|events?|staged|denounced|organization|erected|received|produced|died)\b",
    re.IGNORECASE,
)


def is_opinion(reading: Reading, rows: Sequence[Row]) -> bool:
    """Whether an English article is such a piece; `rows` are those of the other kinds."""
    harsh = sum(tone.strength < 0 for _, tone in reading.tones)
    if harsh < _HARSH or texts.language(reading.lang) != "en" or is_review(reading):
        return False
    about = {r["partner"] for r in rows if r["kind"] == "attention" and r["code"] == "about"}
    if not about & reading.lexicon.adversaries or any(n.role == "leader" for n in reading.home):
        return False
    body = [span for span in reading.sentences if span[0] > reading.headline]
    if len(body) < _AT_LEAST:
        return False
    telling = [span for span in body if _REPORTS.search(reading.text, *span) or SPEAKS.search(reading.text, *span)]
    is_english = " the " in reading.small  # KCNA's English pages hold Spanish articles
    return is_english and body[0] not in telling and len(telling) * _ONE_IN <= len(body)
