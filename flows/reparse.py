"""Parses the archived pages again with today's parsers and lexicon; no network, no alerts."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.naming import run_name
from parsers import SOURCES
from sunchi.archive.store import Archive
from sunchi.errors import ArchiveError, ParseError, SettingsError, SunchiError
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.reparse import reparse_page
from sunchi.settings import load
from sunchi.store import ArchivedPage, Saved, Store

log = logging.getLogger("sunchi.reparse")


@dataclass(frozen=True)
class Reparsed:
    """What one run of `reparse` did, in pages."""

    read: int = 0
    amended: int = 0  # of these, texts that were corrected
    new: int = 0  # of these, articles that could not be read before
    unread: int = 0  # pages that are no article, as before; the log says why
    lost: tuple[str, ...] = ()  # pages that the archive can't give any more, in words


@flow(name="reparse", flow_run_name=run_name)
def reparse(source: str | None = None) -> Reparsed:
    """Parse every archived page of a source (or of all) again; no alerts are made.

    An article whose text comes out differently is corrected, and a page that could not be read before may become one.

    Each page is saved by itself: a run that is cut off is simply run again.
    """
    if source is not None and source not in SOURCES:
        raise SettingsError(f"{source}: there is no source of this name; there are {', '.join(SOURCES)}")
    settings = load()
    analyzer = Analyzer.open(settings)
    archive = Archive.open(settings.archive_address())
    kinds = Counter[str]()  # the outcome of each page: a kind of `Saved`, or "unread"
    lost = []
    with Store.open(settings.database()) as store:
        for archived in store.pages_to_reparse(source):
            saved = _reparse_page(archived, archive, store, analyzer)
            if isinstance(saved, Saved):
                kinds[saved.kind] += 1
                continue
            log.warning("%s: %s", archived.link.url, saved)
            if isinstance(saved, ArchiveError):
                lost.append(f"{archived.link.url}: {saved}")
            else:
                kinds["unread"] += 1
    read = kinds.total() - kinds["unread"]
    result = Reparsed(read, kinds["amended"], kinds["article"], kinds["unread"], tuple(lost))
    create_table_artifact(
        key="reparse",
        table=[
            {
                "read": result.read,
                "corrected": result.amended,
                "new": result.new,
                "no articles": result.unread,
                "lost": len(result.lost),
            }
        ],
        description=f"The last reparse, begun {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    )
    return result


def _reparse_page(
    archived: ArchivedPage, archive: Archive, store: Store, analyzer: Analyzer
) -> Saved | ArchiveError | str:
    """Reparse one page; return in words why it is no article, or the error where it is no longer there."""
    link = archived.link
    if link.source not in SOURCES:
        return f"there is no parser for {link.source} any more"
    try:
        saved = reparse_page(archived, archive.read, SOURCES[link.source], store, analyzer)
        return saved or "a poll is at it: run reparse again"
    except ArchiveError as error:
        return error
    except ParseError as error:
        return str(error)
    except SunchiError:  # the database: no page can be saved
        raise
    except Exception as error:  # a fault of our own in one page must not hold back the others
        log.exception("%s", link.url)
        return f"a fault of Sunchi's own: {error!r}"
