"""Whose a Spanish phrase is, and where something takes place. A text is read without its accents."""

from __future__ import annotations

from sunchi.lexicon import HOME
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import first_state, names_a_korean
from sunchi.text import Span


def whose(document: Document, span: Span) -> str:
    """Return the state that a phrase names first: HOME, another, or ""; a Korean with no state named is HOME's."""
    return first_state(document, span) or (HOME if names_a_korean(document, span) else "")


def speaks_of_home(document: Document, span: Span) -> bool:
    """Return whether a phrase names the home side, or a Korean."""
    is_korean = document.word_of("korean").search(document.small, *span) or names_a_korean(document, span)
    return bool(document.home_in(span) or is_korean)
