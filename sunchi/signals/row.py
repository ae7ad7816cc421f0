"""One signal on its way into the frame."""

from __future__ import annotations

from typing import Any

from sunchi.model import KINDS
from sunchi.model import Row as Row
from sunchi.signals.document import Document
from sunchi.text import Span, primary_language


def row(document: Document, kind: str, partner: str, code: str, value: float, span: Span, **detail: Any) -> Row:
    """Return a row of the signals frame; `span` is the evidence, `detail` every field that model.KINDS gives the kind.

    A kind that is not in model.KINDS has no fields.
    """
    fields = KINDS[kind].detail.keys() if kind in KINDS else frozenset[str]()
    if detail.keys() != fields:
        wrong = ", ".join(sorted(detail.keys() ^ fields))
        raise TypeError(f"a row of kind “{kind}” must fill the fields that model.KINDS gives it: look at {wrong}")
    return {
        "article": document.article,
        "source": document.source,
        "lang": document.lang,
        "language": document.language if document.language != primary_language(document.lang) else None,
        "date": document.date,
        "kind": kind,
        "partner": partner,
        "code": code,
        "value": value,
        "start": span[0],
        "end": span[1],
        "quote": document.quote(span),
        "detail": detail,
    }
