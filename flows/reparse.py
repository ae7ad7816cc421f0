"""Parses the archived pages again with today's parsers and lexicon, without the network."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice
from operator import attrgetter

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.naming import run_name
from parsers import SOURCES, source_named
from sunchi.archive.store import Archive
from sunchi.errors import ArchiveError, Drift
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.reparse import AT_ONCE, Corrected, reparse_pages
from sunchi.ingest.summary import markdown_list
from sunchi.settings import load
from sunchi.store import ArchivedPage, Saved, Store
from sunchi.text.safe import in_markdown

log = logging.getLogger("sunchi.reparse")


@dataclass(frozen=True)
class Reparsed:
    """The result of one run of `reparse`, in pages."""

    read: int = 0
    amended: int = 0  # of these, texts that were corrected
    new: int = 0  # of these, articles that could not be read before
    unread: int = 0  # pages that are still not articles; the log says why
    lost: tuple[str, ...] = ()  # pages that the archive can no longer provide, in words


@flow(name="reparse", flow_run_name=run_name)
def reparse(source: str | None = None) -> Reparsed:
    """Parse every archived page of a source (or of all) again; alert only about articles that a bug had hidden.

    An article whose text is now different is corrected, and a page that could not be read before may become one.

    Each batch is one transaction; after an interruption, just run it again.
    """
    if source is not None:
        source_named(source)
    settings = load()
    analyzer = Analyzer.open(settings)
    archive = Archive.open(settings.archive_address())
    kinds = Counter[str]()  # the outcome of each page: a kind of `Saved`, or "unread"
    lost = []
    with Store.open(settings.database()) as store:
        for archived, saved in _reparse_all(store.pages_to_reparse(source), archive, store, analyzer):
            if isinstance(saved, Saved):
                kinds[saved.kind] += 1
                continue
            log.warning("%s: %s", archived.link.url, saved or "a poll is working on it: run reparse again")
            if isinstance(saved, ArchiveError):
                lost.append(f"{archived.link.url}: {saved}")
            else:
                kinds["unread"] += 1
    read = kinds.total() - kinds["unread"]
    result = Reparsed(read, kinds["amended"], kinds["article"], kinds["unread"], tuple(lost))
    create_markdown_artifact(
        key="reparse",
        markdown=_markdown(result),
        description=f"The last reparse, started {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    )
    return result


def _markdown(done: Reparsed) -> str:
    numbers = {
        "pages read": done.read,
        "texts corrected": done.amended,
        "new articles": done.new,
        "not articles": done.unread,
        "no longer in the archive": len(done.lost),
    }
    counts = "; ".join(f"{name}: {number:,}" for name, number in numbers.items())
    return "\n".join([counts, "", *markdown_list(list(map(in_markdown, done.lost)))])


def _reparse_all(
    pages: Sequence[ArchivedPage], archive: Archive, store: Store, analyzer: Analyzer
) -> Iterator[tuple[ArchivedPage, Corrected]]:
    """Yield each page, those of one edition in order, with its result."""
    of_edition = attrgetter("link.source", "link.lang")
    for (source, _), some in groupby(sorted(pages, key=of_edition), of_edition):
        rest = iter(some)
        while batch := list(islice(rest, AT_ONCE)):
            if source in SOURCES:
                now = datetime.now(UTC)
                done = reparse_pages(batch, archive.read, SOURCES[source], store, analyzer, now)
                yield from zip(batch, done, strict=True)
            else:
                error = Drift(f"there is no parser for {source} any more")
                yield from ((archived, error) for archived in batch)
