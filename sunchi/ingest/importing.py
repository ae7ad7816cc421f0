"""Imports articles of the past from files: analyses and stores them in batches; nobody is alerted.

Articles stored already are skipped before they are analysed, so an interrupted import continues where it stopped, and a
polled article is not stored twice. Each batch is one transaction.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import polars as pl

from sunchi.ingest.analysis import INCOMPLETE, frame_of_all
from sunchi.lexicon import Lexicon
from sunchi.model import Article
from sunchi.signals.faults import Fault
from sunchi.signals.parallel import detect_each
from sunchi.store import ImportedText, Store
from sunchi.store.signals import SignalRow, rows_of
from sunchi.text import fingerprint

READ = ("new", "completed")
"""Kinds of result (store.ImportKind) of texts whose signals are stored."""

AT_ONCE = 500
"""Texts that are looked up, read and saved together, if they are not very long."""

_MAX_BATCH = 2 * 2**20  # characters, several batches are held at a time


@dataclass(frozen=True, slots=True)
class FileText:
    """One article of a file."""

    article: Article
    urls: tuple[str, ...] = ()  # its addresses that no other text of the files has


@dataclass
class Imported:
    """What an import did so far."""

    kinds: Counter[str] = field(default_factory=Counter)  # store.ImportKind -> texts
    signals: int = 0
    incomplete: list[Fault] = field(default_factory=list)  # articles whose signals are incomplete

    @property
    def texts(self) -> int:
        return self.kinds.total()


def import_texts(
    texts: Iterable[FileText],
    store: Store,
    lexicon: Lexicon,
    *,
    note: Callable[[Imported], object] = lambda so_far: None,
    pool: ProcessPoolExecutor | None = None,
    processes: int | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Imported:
    """Read and store texts; `note` gets the progress after each batch. `pool` and `processes` are `detect_each`'s."""
    done = Imported()
    waiting: deque[ImportedText] = deque()  # texts that are being read for signals, in order
    repeated: list[ImportedText] = []
    frames = _unread(texts, store, lexicon, waiting, done, repeated, clock)
    read = detect_each(frames, lexicon, signal_rows, faults=done.incomplete, pool=pool, processes=processes)
    reported = 0
    for ids, rows in read:
        batch = [replace(waiting.popleft(), signals=rows.get(id, ())) for id in ids]
        now = clock()
        _report(store, batch, done.incomplete[reported:], now)
        reported = len(done.incomplete)
        kinds = store.add_texts(batch, lexicon.version, now)
        done.kinds.update(kinds)
        done.signals += sum(len(text.signals) for text, kind in zip(batch, kinds, strict=True) if kind in READ)
        note(done)
    for start in range(0, len(repeated), AT_ONCE):
        some = repeated[start : start + AT_ONCE]
        done.kinds.update(store.add_texts(some, lexicon.version, clock()))
    return done


def _unread(
    texts: Iterable[FileText],
    store: Store,
    lexicon: Lexicon,
    waiting: deque[ImportedText],
    done: Imported,
    repeated: list[ImportedText],
    clock: Callable[[], datetime],
) -> Iterator[pl.DataFrame]:
    """Yield frames of texts that are not stored, and put these into `waiting`; save the addresses of the others.

    Texts that occur twice in a batch go to `repeated`.
    """
    for some in _batches(texts):
        batch = [_identified(text) for text in some]
        stored = store.stored_texts(batch)
        known = [text for text in batch if text.identity in stored]
        new: dict[str, ImportedText] = {}
        unknown = [text for text in batch if text.identity not in stored]
        repeated += [text for text in unknown if new.setdefault(text.id, text) is not text]
        if known:
            done.kinds.update(store.add_texts(known, lexicon.version, clock()))
        if new:
            waiting.extend(new.values())
            yield frame_of_all((text.id, text.article) for text in new.values())
        elif known:
            yield frame_of_all(())  # so that `note` hears of it


def _batches(texts: Iterable[FileText]) -> Iterator[list[FileText]]:
    batch: list[FileText] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text.article.title) + sum(map(len, text.article.paragraphs))
        if len(batch) == AT_ONCE or size > _MAX_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _identified(text: FileText) -> ImportedText:
    article = text.article
    return ImportedText(article, fingerprint(article.title, article.paragraphs, article.date), text.urls)


def signal_rows(articles: pl.DataFrame, found: pl.DataFrame) -> tuple[list[str], dict[str, list[SignalRow]]]:
    """Return the ids of articles, and by id their signals as rows of the table; run by a worker."""
    ids = articles["article"].to_list()
    by_id: dict[str, list[SignalRow]] = {}
    for row in rows_of(found, dict.fromkeys(ids, 1)):
        by_id.setdefault(row["article_id"], []).append(row)
    return ids, by_id


def _report(store: Store, batch: Iterable[ImportedText], faults: Iterable[Fault], now: datetime) -> None:
    """Open an incident for each article whose signals are incomplete."""
    by_id = {text.id: text.article for text in batch}
    for fault in faults:
        if article := by_id.get(fault.article):
            store.open_incident(INCOMPLETE, article.url, fault.words, now, source=article.source)
