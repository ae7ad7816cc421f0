"""Whose a Spanish phrase is, and where something takes place. A text is read without its accents."""

from __future__ import annotations

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import names_a_korean
from sunchi.text import Span

_OUR_OFFICE = Pattern(r"\b{state_office} (?:\w+ )?{korean}\b", "es")  # "el viceministro primero coreano"


def whose(document: Document, span: Span) -> str:
    """Return the state that a phrase names first: HOME, another, or ""; a Korean with no state named is HOME's."""
    places = [(n.start, n.partner) for n in document.named_in(span)[:1]]
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
