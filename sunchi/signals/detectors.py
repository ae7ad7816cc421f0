"""All detectors, and what they find in articles.

A detector takes a Document and gives rows of model.SIGNALS. A new one costs its file and its line here: in DETECTORS if
it reads the text, in CONCLUSIONS if it rests on what the others found there.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import polars as pl

from sunchi.lexicon import Lexicon, Name
from sunchi.model import SIGNALS
from sunchi.signals.appointment.detect import appointment
from sunchi.signals.attention.detect import attention
from sunchi.signals.authority.detect import authority
from sunchi.signals.contact.detect import contact
from sunchi.signals.document import Document, read
from sunchi.signals.formula.detect import formula
from sunchi.signals.mentions import explained
from sunchi.signals.message.detect import message
from sunchi.signals.placement import placement
from sunchi.signals.rationale import Deferred, Found, Reason, Rejected
from sunchi.signals.row import Row
from sunchi.signals.stance.detect import stance

Finding = Found | Rejected | Deferred

DETECTORS: tuple[Callable[[Document], Iterable[Finding]], ...] = (
    formula,
    message,
    contact,
    appointment,
    placement,
)

CONCLUSIONS: tuple[Callable[[Document, Sequence[Row]], Iterable[Finding]], ...] = (
    attention,
    authority,
    stance,
)
"""Each gets the rows of the article that the detectors and the conclusions before it gave."""


def kinds() -> tuple[str, ...]:
    """Return every kind of signal: each detector and conclusion is named as its kind."""
    return tuple(each.__name__ for each in (*DETECTORS, *CONCLUSIONS))


def detect(articles: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Return every signal of the articles (model.ARTICLES) as model.SIGNALS, sorted by article, start and kind."""
    with _uncollected():
        rows = [row for document in read(articles, lexicon) for row in _rows(document)]
        return in_order(pl.DataFrame(rows, schema=SIGNALS))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Suspend garbage collection: many small objects and no cycles are made, and looking for these takes a tenth."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def in_order(found: pl.DataFrame) -> pl.DataFrame:
    """Return signals sorted by article, start and kind."""
    return found.sort("article", "start", "kind", "partner", "code", maintain_order=True)


@dataclass(frozen=True, slots=True)
class Explained:
    """One article with all that its detectors found, in order, and rejected."""

    document: Document
    found: list[Found]
    rejected: list[Rejected]
    names: list[tuple[Name, Reason]]  # each place where a name counts, and why


def explain(articles: pl.DataFrame, lexicon: Lexicon) -> Iterator[Explained]:
    """Yield each article that names a state or the home side's leaders, with its signals and their reasons."""
    for document in read(articles, lexicon, explaining=True):
        findings = _findings(document)
        found = [each for each in findings if isinstance(each, Found)]
        rejected = list(_rejections(findings))
        named = [explained(read) for read in document.names]
        names = [each for taken, _ in named for each in taken]
        masked = [each for _, dropped in named for each in dropped]
        yield Explained(document, sorted(found, key=_place), [*masked, *rejected], names)


def _rejections(findings: Iterable[Finding]) -> Iterator[Rejected]:
    for each in findings:
        if isinstance(each, Deferred):
            yield from each.find()
        elif isinstance(each, Rejected):
            yield each


def _place(found: Found) -> tuple[Any, ...]:
    return tuple(found.row[column] for column in ("start", "kind", "partner", "code"))


def _rows(document: Document) -> list[Row]:
    return [each.row for each in _findings(document) if isinstance(each, Found)]


def _findings(document: Document) -> list[Finding]:
    """What the detectors found and rejected, then the conclusions from what was found."""
    findings = [finding for detector in DETECTORS for finding in detector(document)]
    rows = [each.row for each in findings if isinstance(each, Found)]
    for conclusion in CONCLUSIONS:
        concluded = list(conclusion(document, rows))
        findings += concluded
        rows += [each.row for each in concluded if isinstance(each, Found)]
    return findings
