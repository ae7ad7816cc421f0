"""The Spanish articles among KCNA's English pages of 2011, about one in fifteen, with accents and without them."""

from __future__ import annotations

import re

from sunchi.lexicon import HOME
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.english import names_a_korean
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_BARE = tuple(zip("áéíóúüñ", "aeiouun", strict=True))
_THEIR_WORDS = (" de la ", " del ", " el ", "\nel ", " los ", " a la ")
_KOREAN = re.compile(r"\bcoreanos?\b|\bcoreanas?\b")
_OUR_OFFICE = re.compile(
    r"\b(?:embajador\w*|cancill\w+|vicecancill\w+|premier|vicepremier|(?:vice)?ministr\w+|delegacion|parte) (?:\w+ )?"
    r"corean[oa]s?\b"
)
_PAIR = re.compile(r"[ -]{0,3}")
_PAIRED = 9  # characters in which "-Corea" stands


def is_spanish(document: Document) -> bool:
    """Whether an article is Spanish, whatever its `lang` says."""
    small = document.small
    return " the " not in small and any(word in small for word in _THEIR_WORDS)


@per_document  # asked by two detectors, of one article after another
def bare(document: Document) -> str:
    """The text in small letters without accents, each letter in its place."""
    text = document.small
    for accented, letter in _BARE:  # a tenth of the time that a table of them takes
        text = text.replace(accented, letter)
    return text


def foreign(document: Document, span: Span) -> list[Mention]:
    """The states that a span names, but for those of a pair: "the Corea-China friendship" says nothing of whose."""
    return [n for n in document.named_in(span) if not _is_of_a_pair(document, n)]


def is_place(document: Document, n: Mention) -> bool:
    """Named as where something is: "en México"."""
    return document.small.endswith((" en ", " en la ", " en el "), 0, n.start)


def _is_of_a_pair(document: Document, n: Mention) -> bool:
    beside = document.home_in((max(0, n.start - _PAIRED), n.end + _PAIRED))
    return any(
        "-" in (gap := document.text[min(n.end, h.end) : max(n.start, h.start)]) and _PAIR.fullmatch(gap)
        for h in beside
    )


def whose(document: Document, span: Span) -> str:
    """Whose a phrase is, by whom it names first: HOME, a state, or ""; a Korean with no state named is HOME's."""
    places = [(n.start, n.partner) for n in foreign(document, span)[:1]]
    places += [(n.start, HOME) for n in document.home_in(span)[:1]]
    korean = _KOREAN.search(bare(document), *span)
    if korean:
        places.append((korean.start(), HOME))
    if places:
        return min(places)[1]
    return HOME if names_a_korean(document, span) else ""


def speaks_of_home(document: Document, span: Span) -> bool:
    """Whether a phrase names the home side, a Korean by name, or an office that is Korean."""
    office = _OUR_OFFICE.search(bare(document), *span)
    return bool(document.home_in(span) or office) or names_a_korean(document, span)


def only_state(document: Document) -> str:
    """The one state that the article names; "" where it is none, or several."""
    states = {n.partner for n in document.mentions}
    return states.pop() if len(states) == 1 else ""
