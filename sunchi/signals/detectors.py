"""All detectors, and what they find in articles.

A detector takes a Document and gives rows of model.SIGNALS. A new one costs its file and its name here: in DETECTORS if
it reads the text, in CONCLUSIONS if it rests on what the others found there.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import Any

import polars as pl

from sunchi.errors import SunchiError
from sunchi.lexicon import Lexicon, Name
from sunchi.model import SIGNALS, Row
from sunchi.signals.appointment.detect import appointment
from sunchi.signals.attention.detect import attention
from sunchi.signals.authority.detect import authority
from sunchi.signals.contact.detect import contact
from sunchi.signals.document import Document, read
from sunchi.signals.faults import SECONDS, Fault, faults_of_length
from sunchi.signals.formula.detect import formula
from sunchi.signals.mentions import explained
from sunchi.signals.message.detect import message
from sunchi.signals.placement import placement
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.signals.stance.detect import stance

log = logging.getLogger(__name__)

Finding = Found | Rejected

Detector = Callable[[Document], Iterable[Finding]]
DETECTORS: tuple[Detector, ...] = (formula, message, contact, appointment, placement)

Conclusion = Callable[[Document, Sequence[Row]], Iterable[Finding]]
CONCLUSIONS: tuple[Conclusion, ...] = (attention, authority, stance)
"""Each gets the rows of the article that the detectors and the conclusions before it gave."""


def kinds() -> tuple[str, ...]:
    """Return every kind of signal: each detector and conclusion is named as its kind."""
    return tuple(each.__name__ for each in (*DETECTORS, *CONCLUSIONS))


def detect(articles: pl.DataFrame, lexicon: Lexicon, faults: list[Fault] | None = None) -> pl.DataFrame:
    """Return every signal of the articles (model.ARTICLES) as model.SIGNALS, sorted by article, start and kind.

    With a list for `faults` no text ends the run: the list gets what a detector raised, what took too long and what was
    cut, and the rest goes on. Without one, what a detector raises is raised.
    """
    collects = gc.isenabled()
    gc.disable()  # many small objects and no cycles are made, and looking for these takes a tenth of the time
    try:
        rows = [row for each in _read(_documents(articles, lexicon, faults), faults) for row in each.rows]
        columns = zip(*map(itemgetter(*SIGNALS), rows), strict=True)  # faster than row by row
        found = pl.DataFrame(dict(zip(SIGNALS, columns, strict=False)), schema=SIGNALS)  # no rows have no columns
        return found.sort("article", "start", "kind", "partner", "code", maintain_order=True)
    finally:
        if collects:
            gc.enable()


def _documents(
    articles: pl.DataFrame, lexicon: Lexicon, faults: list[Fault] | None, *, explaining: bool = False
) -> list[Document]:
    """Return the articles as documents; where together they can't be read, one by one, without those that can't be."""
    try:
        documents = read(articles, lexicon, explaining=explaining)
    except Exception as error:  # noqa: BLE001 - it is noted, or raised again
        if faults is None or articles.height == 1:
            return _contained(error, articles["article"][0], "can't be read", faults)
        each = (_documents(one, lexicon, faults, explaining=explaining) for one in articles.iter_slices(1))
        return list(chain.from_iterable(each))
    if faults is not None:
        faults += faults_of_length(articles)
    return documents


@dataclass(slots=True)
class Explained:
    """One article with what its detectors found and rejected, and the rows of all."""

    document: Document
    findings: list[Finding] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    seconds: float = 0.0  # of processor time that this took

    @property
    def found(self) -> list[Found]:
        """The signals with their reasons, in order."""
        place = itemgetter("start", "kind", "partner", "code")
        return sorted((one for one in self.findings if isinstance(one, Found)), key=lambda one: place(one.row))

    @property
    def rejected(self) -> list[Rejected]:
        """What only looked like a name or a signal."""
        names = [name for read in self.document.names for name in explained(read)[1]]
        return names + [one for one in self.findings if isinstance(one, Rejected)]

    @property
    def names(self) -> list[tuple[Name, Reason]]:
        """Each place where a name counts, and why."""
        return [name for read in self.document.names for name in explained(read)[0]]


def explain(articles: pl.DataFrame, lexicon: Lexicon, faults: list[Fault] | None = None) -> Iterator[Explained]:
    """Yield each article that names a state or the home side's leaders; `faults` is as in `detect`."""
    yield from _read(_documents(articles, lexicon, faults, explaining=True), faults)


def _read(documents: Iterable[Document], faults: list[Fault] | None) -> list[Explained]:
    """Return what all detectors found in each document.

    One detector reads all documents before the next one does: its words and patterns stay in the processor's caches,
    which saves a seventh of the time. With `faults`, a detector that raises costs what it would have found, and one
    that takes too long those after it.
    """
    every = in_time = [Explained(document) for document in documents]
    clock = time.thread_time if faults is not None else float  # a look at the clock costs as much as a short detector
    in_turn: tuple[Callable[..., Iterable[Finding]], ...] = (*DETECTORS, *CONCLUSIONS)
    for n, find in enumerate(in_turn):
        if faults is not None:
            words = f"took longer than {SECONDS:g} s: not read for {find.__name__} and what follows"
            faults += [Fault(each.document.article, words) for each in in_time if each.seconds > SECONDS]
            in_time = [each for each in in_time if each.seconds <= SECONDS]
        concludes, words = n >= len(DETECTORS), f"a fault of Sunchi's own in “{find.__name__}”"
        for each in in_time:
            begun = clock()
            try:
                found = list(find(each.document, each.rows) if concludes else find(each.document))
            except Exception as error:  # noqa: BLE001 - it is noted, or raised again
                found = _contained(error, each.document.article, words, faults)
            each.findings += found
            each.rows += [one.row for one in found if isinstance(one, Found)]
            each.seconds += clock() - begun
    return every


def _contained(error: Exception, article: str, words: str, faults: list[Fault] | None) -> list[Any]:
    """Return nothing in place of what was raised, and add a fault; without a list for faults, raise it."""
    if faults is None or isinstance(error, SunchiError):
        raise error
    log.exception("%s: %s", article, words)
    faults.append(Fault(article, f"{words}: {error!r}"))
    return []
