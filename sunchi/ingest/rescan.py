"""Analyses the stored texts again with today's lexicon and code, without parsing pages: first compare, then accept.

`compare` reads every article's current text on all processors, and writes the result to a folder, batch by batch, in
the order of the articles' ids; `accept` replaces the stored signals with it. Both continue where they were interrupted.
Nobody is alerted, except about articles that a bug of ours kept from being read when they were news (mended.py).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from sunchi.ingest.analysis import INCOMPLETE, Analyzer, frame_of_all
from sunchi.ingest.importing import signal_rows
from sunchi.ingest.mended import record_reading
from sunchi.lexicon import Lexicon
from sunchi.signals.faults import Fault
from sunchi.signals.parallel import detect_each
from sunchi.store import Revision, Store
from sunchi.store.signals import SignalRow
from sunchi.system.atomic import atomic_file
from sunchi.system.private import private_folder

AT_ONCE = 500
"""Texts that are read, and whose signals are replaced, together."""

_EXAMPLES = 3  # for the gains and for the losses of a kind
_READ_BY = ("signals", "lexicon", "text")  # packages whose code affects the signals


@dataclass
class Differences:
    """The gains and losses of the new reading."""

    texts: int = 0
    changed: int = 0  # of these, texts with a signal that differs
    gained: Counter[str] = field(default_factory=Counter)  # kind -> signals
    lost: Counter[str] = field(default_factory=Counter)
    altered: Counter[str] = field(default_factory=Counter)  # same words, different value or detail
    examples: list[Example] = field(default_factory=list)

    def add(self, other: Differences) -> None:
        self.texts += other.texts
        self.changed += other.changed
        self.gained += other.gained
        self.lost += other.lost
        self.altered += other.altered
        for each in other.examples:
            if sum((has.change, has.kind) == (each.change, each.kind) for has in self.examples) < _EXAMPLES:
                self.examples.append(each)

    @property
    def kinds(self) -> list[str]:
        return sorted(self.gained | self.lost | self.altered)


@dataclass(frozen=True)
class Example:
    """One signal that is gained, lost or altered."""

    change: str  # gained, lost, altered
    kind: str
    partner: str
    code: str
    quote: str
    article: str


def reading_of(lexicon: Lexicon) -> str:
    """Return what identifies a reading: the lexicon's version and a hash of the code that reads."""
    folder = Path(__file__).parents[1]
    code = hashlib.sha256()
    for room in _READ_BY:
        for file in sorted((folder / room).rglob("*.py")):
            code.update(file.read_bytes())
    return f"{lexicon.version[:16]}-{code.hexdigest()[:16]}"


def compare(
    store: Store,
    lexicon: Lexicon,
    folder: Path,
    *,
    note: Callable[[int], object] = lambda done: None,
    pool: ProcessPoolExecutor | None = None,
    processes: int | None = None,
) -> Differences:
    """Read every current text, and write the result to `folder`; return the differences from the stored signals.

    Results that another reading left in the folder are discarded.
    """
    private_folder(folder)
    reading = reading_of(lexicon)
    total, after = Differences(), ""
    for file in _batch_files(folder):
        batch = json.loads(file.read_text(encoding="utf-8"))
        if batch["reading"] != reading:
            file.unlink()
            continue
        total.add(_from_json(batch["differences"]))
        after = max(after, batch["last"])
    waiting: deque[Revision] = deque()
    faults: list[Fault] = []
    read = detect_each(
        _texts_after(store, after, waiting), lexicon, signal_rows, faults=faults, pool=pool, processes=processes
    )
    for ids, rows in read:
        texts = [waiting.popleft() for _ in ids]
        found, changed = _compare(texts, rows, store.signal_rows({each.article_id: each.number for each in texts}))
        total.add(found)
        _keep(folder, reading, texts, rows, changed, found, [each for each in faults if each.article in ids])
        note(total.texts)
    return total


def accept(
    store: Store,
    analyzer: Analyzer,
    folder: Path,
    now: datetime,
    *,
    note: Callable[[int], object] = lambda done: None,
) -> None:
    """Replace the stored signals with the result of `compare`; delete each batch when it is done."""
    done = 0
    incomplete = {each.subject for each in store.incidents() if each.kind == INCOMPLETE}
    version = analyzer.lexicon.version
    for file in _batch_files(folder):
        batch = json.loads(file.read_text(encoding="utf-8"))
        texts: dict[str, int] = batch["texts"]
        changed = {id: texts[id] for id in batch["rows"]}
        store.replace_signals([row for rows in batch["rows"].values() for row in rows], changed, version)
        store.mark_read([(id, number) for id, number in texts.items() if id not in changed], version)
        _report(store, analyzer, batch, incomplete, now)
        file.unlink()
        done += len(texts)
        note(done)


def _texts_after(store: Store, after: str, waiting: deque[Revision]) -> Iterator[pl.DataFrame]:
    while texts := store.texts_after(after, AT_ONCE):
        waiting.extend(texts)
        after = texts[-1].article_id
        yield frame_of_all((each.article_id, each.article) for each in texts)


# --- one batch ------------------------------------------------------------------------------------------------------


def _compare(
    texts: Sequence[Revision], found: Mapping[str, list[SignalRow]], stored: Mapping[str, list[SignalRow]]
) -> tuple[Differences, set[str]]:
    """Return the differences, and the ids of the articles that have any."""
    differences, changed = Differences(texts=len(texts)), set[str]()
    for id in (each.article_id for each in texts):
        new, old = Counter(map(_same, found.get(id, ()))), Counter(map(_same, stored[id]))
        if new == old:
            continue
        changed.add(id)
        gained, lost = Counter(map(_about, (new - old).elements())), Counter(map(_about, (old - new).elements()))
        each = Differences(changed=1)
        for change, rows in (("gained", gained - lost), ("lost", lost - gained), ("altered", gained & lost)):
            getattr(each, change).update(kind for kind, *_ in rows.elements())
            each.examples += [Example(change, *row, article=id) for row in rows]
        differences.add(each)
    return differences, changed


def _same(row: SignalRow) -> tuple[Any, ...]:
    """Return what two readings of one signal share if they do not differ."""
    detail = json.dumps(json.loads(row["detail"] or "{}"), sort_keys=True)
    return (row["kind"], row["partner"], row["code"], row["quote"], row["start"], row["end"], row["value"], detail)


def _about(same: tuple[Any, ...]) -> tuple[str, str, str, str]:
    kind, partner, code, quote, *_ = same
    return kind, partner, code, quote


def _keep(
    folder: Path,
    reading: str,
    texts: Sequence[Revision],
    rows: Mapping[str, list[SignalRow]],
    changed: set[str],
    found: Differences,
    faults: Sequence[Fault],
) -> None:
    numbers = {each.article_id: each.number for each in texts}
    urls = {each.article_id: (each.article.url, each.article.source) for each in texts}
    batch = {
        "reading": reading,
        "last": texts[-1].article_id,
        "texts": numbers,
        "rows": {id: [row | {"revision": numbers[id]} for row in rows.get(id, ())] for id in sorted(changed)},
        "urls": urls,
        "faults": [list(each) for each in faults],
        "differences": _to_json(found),
    }
    with atomic_file(folder / f"{texts[-1].article_id}.json") as file:
        file.write_text(json.dumps(batch, ensure_ascii=False), encoding="utf-8")


def _batch_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[!.]*.json"))


def _to_json(found: Differences) -> dict[str, Any]:
    return {**vars(found), "examples": [list(vars(each).values()) for each in found.examples]}


def _from_json(data: Mapping[str, Any]) -> Differences:
    counters = {name: Counter(data[name]) for name in ("gained", "lost", "altered")}
    return Differences(data["texts"], data["changed"], **counters, examples=[Example(*row) for row in data["examples"]])


def _report(store: Store, analyzer: Analyzer, batch: Mapping[str, Any], incomplete: set[str], now: datetime) -> None:
    """Open an incident for each article whose signals are incomplete, and close those of complete ones."""
    faults = dict(batch["faults"])
    for id, (url, source) in batch["urls"].items():
        if words := faults.get(id):
            store.open_incident(INCOMPLETE, url, words, now, source=source)
        elif url in incomplete:
            record_reading(store, analyzer, store.revisions(id)[-1], (), now)
