"""How the two sides of a Korean message are named: by person, organ or office, in the sentence or before it."""

from __future__ import annotations

import re
from functools import lru_cache

from sunchi.lexicon import HOME
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.korean import parsed
from sunchi.signals.korean_frames import parties
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.reported import Direction
from sunchi.text import Span


def named_before(document: Document, direction: Direction, sentence: Span) -> Mention | None:
    """Return Pyongyang's side where the sentence leaves it out: the first sender or recipient of the text before."""
    first = _first_of_ours(document).get("에게" if direction == "in" else "이")
    return first if first and first.start < sentence[0] else None


@per_document
def _first_of_ours(document: Document) -> dict[str, Mention]:
    """Return by case who of Pyongyang's side is the first in it, of a phrase a person first."""
    found: dict[str, Mention] = {}
    for sentence in dict.fromkeys(document.sentence_at(n.start) for n in document.home):
        for phrase in parsed(document, sentence).phrases:
            ours = [n for n in parties(document, phrase.span) if n.partner == HOME]
            if ours:
                found.setdefault(phrase.case, next((n for n in ours if is_person(n)), ours[-1]))
    return found


def name_of(document: Document, mention: Mention | None) -> tuple[str, bool]:
    """Return a person's name, and True; else the state or its organ in the text's words, and False."""
    if mention is None:
        return "", False
    person = is_person(mention)
    lexicon = document.lexicon
    begins = mention.end + 1 if document.text.startswith(" ", mention.end) else mention.start
    organ = None if person else _organ(lexicon.organs["ko"], lexicon.offices["ko"]).match(document.text, begins)
    return document.text[mention.start : max(mention.end, organ.end() if organ else 0)], person


@lru_cache(maxsize=8)
def _organ(organs: tuple[str, ...], offices: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds an organ or congress, and an office in it: 꾸바공산당 중앙위원회, 로씨야련방 대통령."""
    organ, office = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in (organs, offices))
    word = rf"(?:[가-힣]{{0,20}}(?:{organ})|제\d{{1,3}}차 ?대회)"
    return re.compile(rf"{word}(?: {word}){{0,4}}(?: ?(?:{office})(?!관))?|(?:{office})(?!관)")
