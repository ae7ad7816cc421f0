"""One signal on its way into the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sunchi.text import Span

if TYPE_CHECKING:
    from sunchi.signals.document import Document

Row = dict[str, Any]  # the columns of model.SIGNALS


def row(document: Document, kind: str, partner: str, code: str, value: float, span: Span, **detail: Any) -> Row:
    """A row of the signals frame; `span` is the evidence, `detail` the fields of model.DETAIL that the kind fills."""
    return {
        "article": document.article,
        "source": document.source,
        "lang": document.lang,
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
