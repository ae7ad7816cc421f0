"""Checks whether a text or a paragraph ends at the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GOES_ON = frozenset(",，、·-–—")
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "…", '"', "”", "》")
_LEFT_OUT = re.compile(r"[\[(（]?(?:…|\.{3})[\])）]?\s*$")
"""The sign of a teaser that something was left out: “The two sides …”, “[...]”. No article of 11,450 ends so."""

_LEADS_ON = re.compile(
    r"(?:(?:click|tap|see|show|view|load|read|continue|keep)\b.{0,30}\b(?:more|reading|full|whole|rest|all|here)\b"
    r"|(?:더|전체|전문|계속) ?(?:보기|읽기)|阅读(?:全文|更多|原文)|(?:查看|展开|点击)\S{0,4}(?:全文|更多)).{0,30}"
    r"|(?:page )?\d+(?: ?(?: |/|of|\|) ?\d+)+(?: (?:next|다음|下一页))?|next(?: page)?|다음 ?(?:페이지|쪽)|下一页",
    re.IGNORECASE,
)
"""The words of a link to the rest of a text: “Read more”, “더보기”, “1 2 3 Next”. They would pass for an author's
name."""

_LAST_WORD = "(끝)"  # the end mark of KCNA's Korean pages
_END_MARK = re.compile(r"(?:-0-|\(끝\)|（完）)\s*$")  # of KCNA, in a text that no parser has read
_NAME = 60  # characters of a last line that may be the author's name
_SIGNATURE = 100  # characters of a line of a letter's signature, at most
_LINES = 6  # lines of a signature: a name, two offices, a place and a day


def is_ended(paragraphs: Sequence[str]) -> bool:
    """Return whether a text ends as sentences do: not in a letter, digit, ellipsis or a sign that more must follow.

    An author's name may follow, or the name and offices of a letter's writer above its place and day.
    """
    if not paragraphs:
        return False
    *rest, last = paragraphs
    if _END_MARK.search(last):
        return True
    if _LEFT_OUT.search(last) or _LEADS_ON.fullmatch(last.strip(" .…>»→")):
        return False
    if _ends_a_sentence(last):
        return True
    if not any(character.isdigit() for character in last):  # not a date
        return len(last) < _NAME and bool(rest) and _ends_a_sentence(rest[-1])
    for line in reversed(paragraphs[-_LINES:]):
        if _ends_a_sentence(line):
            return True
        if len(line) > _SIGNATURE:
            return False
    return False


def without_ellipsis(text: str) -> str:
    """Return a text without an ellipsis at its end."""
    return _LEFT_OUT.sub("", text).rstrip()


def _ends_a_sentence(paragraph: str) -> bool:
    last = paragraph.rstrip()[-1:]
    return bool(last) and not last.isalnum() and last not in _GOES_ON


def is_prose(paragraph: str) -> bool:
    """Return whether a paragraph ends as a sentence does, and so is not an address, signature, dateline or heading."""
    return paragraph.rstrip().removesuffix(_LAST_WORD).rstrip().endswith(_SENTENCE_ENDS)
