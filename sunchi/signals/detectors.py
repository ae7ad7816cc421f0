"""All detectors, and what they find in articles.

A detector takes a Document and gives rows of model.SIGNALS. A new one costs its file and its line here: in DETECTORS if
it reads the text, in CONCLUSIONS if it rests on what the others found there.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter

import polars as pl

from sunchi.lexicon import Lexicon
from sunchi.model import SIGNALS
from sunchi.signals.appointment.detect import appointment
from sunchi.signals.attention.detect import attention
from sunchi.signals.authority.detect import authority
from sunchi.signals.contact.detect import contact
from sunchi.signals.document import Document, read
from sunchi.signals.formula.detect import formula
from sunchi.signals.message.detect import message
from sunchi.signals.placement import placement
from sunchi.signals.row import Row
from sunchi.signals.stance.detect import stance

DETECTORS: tuple[Callable[[Document], Iterable[Row]], ...] = (
    formula,
    message,
    contact,
    appointment,
    placement,
)

CONCLUSIONS: tuple[Callable[[Document, Sequence[Row]], Iterable[Row]], ...] = (
    attention,
    authority,
    stance,
)
"""Each gets the rows of the article that the detectors and the conclusions before it gave."""


def kinds() -> tuple[str, ...]:
    """Every kind of signal: each detector and conclusion bears the name of its own."""
    return tuple(each.__name__ for each in (*DETECTORS, *CONCLUSIONS))


def detect(articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Every signal of the articles (model.ARTICLES) as model.SIGNALS, sorted by article, start and kind."""
    with _uncollected():
        rows = [row for document in read(articles, lexicon) for row in _rows(document)]
        return in_order(pl.DataFrame(rows, schema=SIGNALS))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Many small objects are made here and no cycles: looking for cycles takes a tenth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def in_order(found: pl.DataFrame) -> pl.DataFrame:
    """Signals sorted by article, start and kind."""
    return found.sort("article", "start", "kind", "partner", "code", maintain_order=True)


def explain(articles: pl.DataFrame, lexicon: Lexicon) -> Iterator[tuple[Document, list[Row]]]:
    """Each article that `detect` would read closer, with its signals; the document bears the detectors' notes."""
    for document in read(articles, lexicon, noting=True):
        yield document, sorted(_rows(document), key=itemgetter("start", "kind", "partner", "code"))


def _rows(document: Document) -> list[Row]:
    rows = [row for detector in DETECTORS for row in detector(document)]
    for conclusion in CONCLUSIONS:
        rows += list(conclusion(document, rows))
    return rows
