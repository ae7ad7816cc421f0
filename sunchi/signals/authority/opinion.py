"""Unsigned opinion: an article that judges an adversary in its own name, and of nobody who spoke, met or wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sunchi.signals.document import Document
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.speech import verbs_of_speech
from sunchi.signals.row import Row
from sunchi.text import Span

_AT_LEAST = {"en": 6, "ko": 4, "zh": 4}  # sentences
_HARSH = 2  # words of stance.csv
_SPOKEN = "니다."  # how one speaks to others, and no article is written
_ONE_IN = 8  # sentences may tell of somebody who spoke

_REPORTS = re.compile(
    r"\b(?:reported|reports|according to|held|took place|issued|released|published|carried|statement|announced"
    r"|press conference|rally|sent|meeting|articles?|visited|visit|arrived|papers?|news|website|interview|media|survey"
    r"|seminar|events?|staged|denounced|organization|erected|received|produced|died)\b"
)
_TELLS_OF = {
    "ko": re.compile(
        "보도하였|보도했|보도되였|전하였|전했|밝혔|밝히였|말하였|말했|강조하였|강조했|지적하였|주장했|주장하였|웨치|웨쳤|진행되|열렸|열리였"
        "|도착|출발|귀국|방문|회담|담화|성명|대변인|집회|시위|대표단|축전|꽃바구니|모임|개막|조인|접견|만났|기자회견|발표하였|발표했"
    ),
    "zh": re.compile(
        "报道|指出|表示|强调|宣称|称,|说,|说:|举行|抵达|启程|离开|访问|会谈|会见|声明|谈话|发言人|集会|示威|代表团|贺电|花篮|发表|宣布"
        "|记者会|签署|开幕"
    ),
}


def is_opinion(document: Document, rows: Sequence[Row]) -> bool:
    """Whether an article is such a piece; `rows` are those of the other kinds."""
    language = document.language
    is_of_another = language != "en" and any(n.role == "outside" for n in document.home)
    if len(document.tones) < _HARSH or is_of_another or is_review(document):
        return False
    if sum(tone.strength < 0 for _, tone in document.tones) < _HARSH or any(n.role == "leader" for n in document.home):
        return False
    about = {r["partner"] for r in rows if r["kind"] == "attention" and r["code"] == "about"}
    body = document.body
    if len(body) < _AT_LEAST[language] or not about & document.lexicon.adversaries or _tells(document, body[0]):
        return False
    left = len(body) // _ONE_IN
    for span in body:
        left -= _tells(document, span)
        if left < 0:
            return False
    if language == "ko" and _SPOKEN in document.text:
        return False  # an address or a message
    return language != "en" or " the " in document.small  # KCNA's English pages hold Spanish articles


def _tells(document: Document, span: Span) -> bool:
    """Whether a sentence tells of somebody who spoke, met or wrote."""
    tells = _TELLS_OF.get(document.language)
    if tells:
        return bool(tells.search(document.text, *span))
    return span in verbs_of_speech(document) or bool(_REPORTS.search(document.small, *span))
