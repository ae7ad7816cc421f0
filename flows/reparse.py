"""The archive read again with today's parsers and lexicon: no network, no alerts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from parsers import SOURCES
from sunchi.archive import Archive
from sunchi.model import ArchiveError, ParseError
from sunchi.settings import load
from sunchi.store import Archived, Reading, Saved, Store
from sunchi.walk import Desk


@dataclass(frozen=True)
class Reparsed:
    """What one run of `reparse` did, in pages."""

    read: int = 0
    amended: int = 0  # of these, the text of an article was corrected
    new: int = 0  # of these, an article that could not be read before
    unread: int = 0  # no article can be read from these, as before


@flow(name="reparse")
def reparse(source: str | None = None) -> Reparsed:
    """Reads every kept page of a source (or of all) again. An article whose text comes out otherwise is corrected in
    its place, and a page that could not be read before may become one; nobody is alerted."""
    settings = load()
    log = get_run_logger()
    desk = Desk.open(settings)
    archive = Archive.open(settings.archive_address())
    result = Reparsed()
    with Store.open(settings.database()) as store:
        for archived in store.readings(source):
            saved = _read_again(archived, archive, store, desk)
            if isinstance(saved, str):
                log.info("%s: %s", archived.link.url, saved)
                result = replace(result, unread=result.unread + 1)
                continue
            result = replace(
                result,
                read=result.read + 1,
                amended=result.amended + (saved.kind == "amended"),
                new=result.new + (saved.kind == "article"),
            )
    create_table_artifact(
        key="reparse",
        table=[{"read": result.read, "amended": result.amended, "new": result.new, "unread": result.unread}],
        description=f"The last reparse, begun {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    )
    return result


def _read_again(archived: Archived, archive: Archive, store: Store, desk: Desk) -> Saved | str:
    """What one kept page gives today; words, where it is no article."""
    link = archived.link
    try:
        page = archive.read(archived.location)
        article = SOURCES[link.source].parse_article(page, link)
    except (ArchiveError, ParseError) as error:
        return str(error)
    # Its own id is known to the store alone; the signals are named after whatever article this text belongs to.
    return store.amend(
        Reading(
            link=link,
            article=article,
            now=archived.at,
            response=archived.location,
            validators=page.validators,
            signals=desk.signals([(archived.article or "", article)]),
            lexicon_version=desk.lexicon.version,
        )
    )
