"""Leaders whom a sentence names though they are not there: "习近平总书记特别代表", "푸틴대통령의 초청에 따라".

What stands right after the name says so, in English what stands before it: "a special envoy of President Putin".
"""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_HONOURS_ZH = "(?:同志|阁下|先生|总书记|总统|国家主席|主席|国务委员长|委员长|第一书记)*"
_HONOURS_KO = "(?: ?(?:[가-힣]{1,6} )?(?:동지|각하|(?:국가 ?)?주석|대통령|총서기|총비서|(?:국무)?위원장|제1비서))*"
_MEETS_ZH = "会谈|会晤|会见|会面|访问|到访"
_WORD_KO = "(?:[가-힣0-9]+ ){0,2}[가-힣]{0,2}"
_MEETS_KO = "회담|상봉|면담|접견|방문|만남|회동|방[중러북미]"
_WORDS_OF_HIS_ZH = "(?:口信|亲笔信|信件|贺电)"
_WORDS_OF_HIS_KO = "(?:메시지|친서|구두친서|서한|축전)"
# An envoy and a letter need no particle; the rest that is a leader's own does, and a meeting of his is where he is
_OWNS = {
    "zh": re.compile(
        rf"{_HONOURS_ZH}(?:的?(?P<envoy>特别代表|特使|专使|私人代表|个人代表)|{_WORDS_OF_HIS_ZH}"
        rf"|的(?![^,;。\n]{{0,8}}(?:{_MEETS_ZH})))"
    ),
    "ko": re.compile(
        rf"{_HONOURS_KO}(?:의? ?(?P<envoy>특사|특별대표)| ?{_WORDS_OF_HIS_KO}|의(?! ?{_WORD_KO}(?:{_MEETS_KO})))"
    ),
}
_TITLE_EN = r"(?:[A-Z][\w.'-]*|of|the|general|secretary|president|chairman|premier|prime|minister|king|first)[ ,]+"
_SENT_BY_EN = re.compile(rf"\b(?:[Ee]nvoy|[Rr]epresentative|[Ee]missary) of (?:{_TITLE_EN})*$")
_WHO_IS_EN = re.compile(rf"[ ,]+(?:{_TITLE_EN}|and |concurrently )*")
_TITLES_LENGTH = 120  # characters


def owned(document: Document, end: int) -> re.Match[str] | None:
    """What says that he whose name or post ends at `end` is not there himself, and whether an envoy of his is."""
    owns = _OWNS.get(document.language)
    return owns.match(document.text, end) if owns else None


def is_absent(document: Document, mention: Mention) -> bool:
    """Whether a leader is named for his envoy, his word or his invitation alone."""
    return mention.role == "leader" and (
        owned(document, mention.end) is not None or _is_sent_by(document, mention.start)
    )


def is_unseen(document: Document, mention: Mention) -> bool:
    """Whether neither a leader nor an envoy of his is there."""
    owns = owned(document, mention.end) if mention.role == "leader" else None
    return owns is not None and not owns["envoy"]


def is_post_of_absent(document: Document, post: Span, absent: list[Mention]) -> bool:
    """Whether a post is that of somebody who is not there: "中国国家主席胡锦涛的特别代表"."""
    if owned(document, post[1]) or _is_sent_by(document, post[0]):
        return True
    return any(post[1] == n.start or _is_beside(document, n, post[0]) for n in absent)


def _is_sent_by(document: Document, start: int) -> bool:
    """Whether an English name or post is that of him whose envoy is told of before it."""
    if document.language != "en":
        return False
    return bool(_SENT_BY_EN.search(document.text, max(0, start - _TITLES_LENGTH), start))


def _is_beside(document: Document, mention: Mention, post: int) -> bool:
    """Whether a post that begins at `post` is told of with a name before it."""
    owns = owned(document, mention.end)
    if owns:
        return mention.end <= post < owns.end()
    return mention.end <= post <= mention.end + _TITLES_LENGTH and bool(
        _WHO_IS_EN.fullmatch(document.text, mention.end, post)
    )
