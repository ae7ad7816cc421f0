"""Whose a Spanish phrase is, and where something takes place. A text is read without its accents."""

from __future__ import annotations

import re

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import names_a_korean
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_OUR_OFFICE = Pattern(r"\b{state_office} (?:\w+ )?{korean}\b", "es")  # "el viceministro primero coreano"
_PAIR = re.compile(r"[ -]{0,3}")  # what joins the two of "Corea-China"
_PAIRED = 9  # characters in which "-Corea" stands


def foreign(document: Document, span: Span) -> list[Mention]:
    """Return the states that a span names, without those of a pair: "Corea-China" does not say whose a phrase is."""
    return [n for n in document.named_in(span) if not _is_of_a_pair(document, n)]


def is_place(document: Document, n: Mention) -> bool:
    """Return whether a state is named as a place: "en México"."""
    return document.small.endswith((" en ", " en la ", " en el "), 0, n.start)


def _is_of_a_pair(document: Document, n: Mention) -> bool:
    beside = document.home_in((max(0, n.start - _PAIRED), n.end + _PAIRED))
    return any(
        "-" in (gap := document.text[min(n.end, h.end) : max(n.start, h.start)]) and _PAIR.fullmatch(gap)
        for h in beside
    )


def whose(document: Document, span: Span) -> str:
    """Return the state that a phrase names first: HOME, another, or ""; a Korean with no state named is HOME's."""
    places = [(n.start, n.partner) for n in foreign(document, span)[:1]]
    places += [(n.start, HOME) for n in document.home_in(span)[:1]]
    korean = document.word_of("korean").search(document.small, *span)
    if korean:
        places.append((korean.start(), HOME))
    if places:
        return min(places)[1]
    return HOME if names_a_korean(document, span) else ""


def speaks_of_home(document: Document, span: Span) -> bool:
    """Return whether a phrase names the home side, a Korean by name, or an office that is Korean."""
    office = document.pattern(_OUR_OFFICE).search(document.small, *span)
    return bool(document.home_in(span) or office) or names_a_korean(document, span)


def only_state(document: Document) -> str:
    """Return the one state that the article names; "" if there is none, or several."""
    states = {n.partner for n in document.mentions}
    return states.pop() if len(states) == 1 else ""
