"""One signal on its way into the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sunchi.model import KINDS
from sunchi.text import Span

if TYPE_CHECKING:
    from sunchi.signals.document import Document

Row = dict[str, Any]  # the columns of model.SIGNALS

_FIELDS = {name: kind.detail.keys() for name, kind in KINDS.items()}


def row(document: Document, kind: str, partner: str, code: str, value: float, span: Span, **detail: Any) -> Row:
    """Return a row of the signals frame; `span` is the evidence, `detail` the fields that model.KINDS gives the kind.

    A kind that is not in model.KINDS has no fields.
    """
    if detail and not detail.keys() <= _FIELDS.get(kind, frozenset()):
        strange = ", ".join(sorted(detail.keys() - _FIELDS.get(kind, frozenset())))
        raise TypeError(f"model.KINDS gives the kind “{kind}” no field {strange}")
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
