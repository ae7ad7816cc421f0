"""Leaders whom a sentence names though they are not there: "习近平总书记特别代表", "푸틴대통령의 초청에 따라".

What stands right after the name says so. In English it stands before it, where meetings_en.py reads who met whom.
"""

from __future__ import annotations

import re

from sunchi import text as texts
from sunchi.signals.naming import Naming
from sunchi.signals.reading import Reading

_HONOURS_ZH = "(?:同志|阁下|先生|总书记|总统|国家主席|主席|国务委员长|委员长|第一书记)*"
_HONOURS_KO = "(?: ?(?:[가-힣]{1,6} )?(?:동지|각하|(?:국가 ?)?주석|대통령|총서기|총비서|(?:국무)?위원장|제1비서))*"
_MEETS_ZH = "会谈|会晤|会见|会面|访问|到访"
_WORD_KO = "(?:[가-힣0-9]+ ){0,2}[가-힣]{0,2}"
_MEETS_KO = "회담|상봉|면담|접견|방문|만남|회동|방[중러북미]"
# An envoy needs no particle; the rest that is a leader's own does, and a meeting of his is where he is
_OWNS = {
    "zh": re.compile(
        rf"{_HONOURS_ZH}(?:的?(?P<envoy>特别代表|特使|专使|私人代表|个人代表)|的(?![^,;。\n]{{0,8}}(?:{_MEETS_ZH})))"
    ),
    "ko": re.compile(rf"{_HONOURS_KO}(?:(?:의)? ?(?P<envoy>특사|특별대표)|의(?! ?{_WORD_KO}(?:{_MEETS_KO})))"),
}


def owned(reading: Reading, end: int) -> re.Match[str] | None:
    """What says that he whose name or post ends at `end` is not there himself, and whether an envoy of his is."""
    owns = _OWNS.get(texts.language(reading.lang))
    return owns.match(reading.text, end) if owns else None


def is_absent(reading: Reading, naming: Naming) -> bool:
    """Whether a leader is named for his envoy, his word or his invitation alone."""
    return naming.role == "leader" and owned(reading, naming.end) is not None


def is_unseen(reading: Reading, naming: Naming) -> bool:
    """Whether neither a leader nor an envoy of his is there."""
    owns = owned(reading, naming.end) if naming.role == "leader" else None
    return owns is not None and not owns["envoy"]
