"""The state of an English speaker who is named without it: he was introduced with it before.

"Example Name, vice-chairman of a committee of China, was present." Sentences later only "Name said that …", or "the
vice-chairman".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.text import Span

# "Ana bin Example"
_NAME = Pattern(r"(?<![\w-])(?!{no_name}\b)[A-Z][a-z]['\w-]*(?: (?:(?:al|bin|de|el|van) )?[A-Z]['\w.-]+){0,4}")
_OFFICE = Pattern(r"\b[Tt]he (?:\w+ )?({office})\b(?!-)")  # "the Lao president", "the vice-chairman"
# Who stands next in a list: "…, Other Name, minister of …", "… and officials of"
_NEXT = re.compile(r"(?<!C\.C\.), (?:and )?(?=[A-Z])|;| as well as | and (?=[A-Z]\w+ [A-Z])")
_BEFORE_HIM = re.compile(r"(?:[\w.'&-]+ ){1,10}$")  # "Chinese Minister of Culture Example Name"
_AT_ONCE = re.compile(r" (?:[A-Z]?[a-z]+ )?")  # between a state and its office: "Russian Prime Minister"
# "against the | …": no subject of its sentence
_AFTER_WORD = re.compile(r"\b(?:by|of|to|with|for|in|on|at|from|between|against|under|towards?|the) $")
_FRONT, _BETWEEN = 40, 60  # characters that may stand before a subject, and between him and his verb
_TRIES = 20  # places at which a name or an office is looked for
_REACH = 300  # characters of an office and those beside it


def side_of_speaker(document: Document, subject: Span) -> str | None:
    """Return HOME or the state of a speaker whom the words before his verb name by name or office alone."""
    for name in document.pattern(_NAME).finditer(document.text, *subject):
        is_subject = _is_subject(name, subject) and not _AFTER_WORD.search(document.text, subject[0], name.start())
        side = _side_of_name(document, name.group(), subject[0]) if is_subject else None
        if side:
            return side
    office = document.pattern(_OFFICE).search(document.text, *subject)
    return _side_of_office(document, office[1], subject[0]) if office and _is_subject(office, subject) else None


def _is_subject(name: re.Match[str], subject: Span) -> bool:
    return name.start() - subject[0] <= _FRONT or subject[1] - name.end() <= _BETWEEN


def _side_of_name(document: Document, name: str, before: int) -> str | None:
    """Return whose somebody is, by the first place where his name stands; a Korean of no state named is HOME's."""
    first = next(_places(document.text, name, before), None)
    full = document.pattern(_NAME).match(document.text, first, before) if first is not None else None
    side = _introduced(document, full.span()) if full else None
    other_half = document.lexicon.standings.other_half  # its people have Korean names, too
    return HOME if side != other_half and _is_korean(document, full.group() if full else name) else side


def _is_korean(document: Document, name: str) -> bool:
    return name.count(" ") == 2 and bool(_korean(document.lexicon.posts.surnames["en"]).fullmatch(name))


@lru_cache(maxsize=8)
def _korean(surname: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{surname}) [A-Z][a-z]{{1,5}} [A-Z][a-z]{{1,6}}")


def _places(text: str, word: str, before: int, *, last: bool = False) -> Iterator[int]:
    """Yield where a word stands before a place, from the first place on, or from the last one back."""
    place = text.rfind(word, 0, before) if last else text.find(word, 0, before)
    for _ in range(_TRIES):
        if place < 0:
            return
        end = place + len(word)
        if not (text[place - 1 : place].isalnum() or text[place - 1 : place] == "-" or text[end : end + 1].isalnum()):
            yield place
        place = text.rfind(word, 0, place) if last else text.find(word, place + 1, before)


def _introduced(document: Document, name: Span) -> str | None:
    """Return the state that an office after or before a name is of: "Name, minister of Laos", "Lao Minister Name"."""
    sentence = document.sentence_at(name[0])
    end = min(sentence[1], name[1] + _REACH)
    if document.text.startswith(", ", name[1]):
        following = _NEXT.search(document.text, name[1] + 2, end)
        side = _first(document, (name[1], following.start() if following else end))
        if side:
            return side
    front = _BEFORE_HIM.search(document.text, max(sentence[0], name[0] - 120), name[0])
    return _first(document, front.span()) if front else None


def _side_of_office(document: Document, office: str, before: int) -> str | None:
    """Return the state whose officer of this office was named last: "the Lao president", "president of Laos"."""
    for place in _places(document.small, office, before, last=True):
        named = (*document.named_in((max(0, place - 60), place)), *document.home_in((max(0, place - 60), place)))
        his = [n.partner for n in named if _AT_ONCE.fullmatch(document.text, n.end, place)]
        if not his and document.text.startswith(" of ", place + len(office)):
            end = min(document.sentence_at(place)[1], place + len(office) + 120)
            comma = document.text.find(",", place, end)
            side = _first(document, (place, comma if comma >= 0 else end))
            his = [side] if side else []
        if his:
            return his[0]
    return None


def _first(document: Document, span: Span) -> str | None:
    """Return the state that a phrase names first."""
    named = (*document.named_in(span), *document.home_in(span))
    return min(named, key=lambda n: n.start).partner if named else None
