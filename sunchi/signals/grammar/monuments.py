"""Monuments at home that honour the soldiers of another state: what is laid there is laid for that state."""

from __future__ import annotations

from sunchi.signals.document import Document
from sunchi.text import Span

_OF_SOLDIERS = {"CN": "chinese_monument", "RU": "soviet_monument"}


def honoured_at(document: Document, *spans: Span) -> tuple[str, Span] | None:
    """Return whose soldiers the first monument of theirs in the spans honours, and where its name stands."""
    for span in spans:
        for state, monument in _OF_SOLDIERS.items():
            if named := document.word_of(monument).search(document.small, *span):
                return state, named.span()
    return None
