"""The state of an English speaker who is named without it: he was introduced with it before.

"Example Name, vice-chairman of a committee of China, was present." Sentences later only "Name said that …", or "the
vice-chairman".
"""

from __future__ import annotations

import re

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import names_a_korean
from sunchi.text import Span

# "Ana Example"
_NAME = Pattern(r"\b[A-Z][a-z]['\w-]*(?: [A-Z]['\w.-]+){0,4}")
_OFFICE = Pattern(r"\b[Tt]he (?:\w+ )?({office})\b")  # "the Lao president", "the vice-chairman"
_BEFORE_HIM = re.compile(r"(?:[\w.'&-]+ ){1,10}$")  # "Chinese Minister of Culture Example Name"
_AFTER_WORD = re.compile(r"\b(?:by|of|to|for|on|the) $")  # "of the | …": no subject of its sentence
_REACH = 300  # characters of an office and those beside it


def side_of_speaker(document: Document, subject: Span) -> str | None:
    """Return HOME or the state of a speaker whom the words before his verb name by name or office alone."""
    for name in document.pattern(_NAME).finditer(document.text, *subject):
        is_subject = not _AFTER_WORD.search(document.text, subject[0], name.start())
        if is_subject and (side := _side_of_name(document, name, subject[0])):
            return side
    office = document.pattern(_OFFICE).search(document.text, *subject)
    before = list(_alone(office[1]).finditer(document.small, 0, subject[0])) if office else []
    if not before:
        return None
    start, end = before[-1].span()  # "the president | of Laos", "the Lao | president"
    return _first(document, (end, end + 60) if document.text.startswith(" of ", end) else (start - 20, end))


def _alone(words: str) -> re.Pattern[str]:
    """Return what finds words that are no part of longer ones."""
    return re.compile(rf"(?<![\w-]){re.escape(words)}(?!\w)")


def _side_of_name(document: Document, name: re.Match[str], before: int) -> str | None:
    """Return whose somebody is, by the first place where his name stands; a Korean of no state named is HOME's."""
    first = _alone(name[0]).search(document.text, 0, before)
    full = document.pattern(_NAME).match(document.text, first.start(), before) if first else None
    side = _introduced(document, full.span()) if full else None
    other_half = document.lexicon.standings.other_half  # its people have Korean names, too
    return HOME if side != other_half and names_a_korean(document, (full or name).span()) else side


def _introduced(document: Document, name: Span) -> str | None:
    """Return the state that an office after or before a name is of: "Name, minister of Laos", "Lao Minister Name"."""
    sentence = document.sentence_at(name[0])
    if document.text.startswith(", ", name[1]):
        side = _first(document, (name[1], min(sentence[1], name[1] + _REACH)))
        if side:
            return side
    front = _BEFORE_HIM.search(document.text, max(sentence[0], name[0] - 120), name[0])
    return _first(document, front.span()) if front else None


def _first(document: Document, span: Span) -> str | None:
    """Return the state that a phrase names first."""
    named = (*document.named_in(span), *document.home_in(span))
    return min(named, key=lambda n: n.start).partner if named else None
