"""Brings a restored backup up to date with the archive: crawls the later pages again, and sends nothing twice.

The crawl is that of a rebuild, but starts at the last poll that the backup knows and applies the rules, so it makes the
alerts that were made when the pages came. The journal of deliveries then says which of them were sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sunchi.archive.store import Archive
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.rebuild import (
    ArchivedPoll,
    KeptPage,
    archived_polls,
    crawl_again,
    editions_by_site,
    pages_in_order,
)
from sunchi.model import Edition, Link, Location, Source
from sunchi.store import DeliveryJournal, Store

Poll = tuple[Source, Edition, ArchivedPoll]


@dataclass(frozen=True)
class Restored:
    """The result of bringing a backup up to date with the archive."""

    pages: int  # not in the backup
    articles: int  # not in the backup
    sent: int  # messages sent after the backup
    waiting: int  # messages still to be sent
    stray: int  # pages that no list leads to
    is_journal_whole: bool  # otherwise it is unknown what was sent since the backup, and news since then alerts nobody
    lost: tuple[str, ...] = ()  # damaged parts of the archive, in words


async def restore(
    sources: Sequence[Source],
    store: Store,
    archive: Archive,
    analyzer: Analyzer,
    journal: DeliveryJournal,
    backup: str,
    first_poll: int,
    now: datetime,
) -> Restored:
    """Bring the store, which is a copy of the backup of that name, up to date with the archive; sends nothing."""
    is_journal_whole = journal.knows(backup)
    if not is_journal_whole:
        analyzer = replace(analyzer, rules=replace(analyzer.rules, rules=()))
    incidents, articles = store.incidents(open_only=False), _count(store)
    store.begin_restore(now)
    lost: list[str] = []
    pages = stray = sent = 0
    store.rename_recipients(analyzer.recipients)
    handed = journal.handed(analyzer.recipients)
    for site, editions in editions_by_site(sources).items():
        known = {response.location for response in store.responses(site)}
        kept = pages_in_order(archive, site, lost.append)
        pages += sum(page.location not in known for page in kept)
        is_recorded = partial(_is_recorded, store)
        for source, edition, poll in _polls_since(list(archived_polls(archive, editions, kept)), known):
            # What was sent until then: a poll that finds an alert false sends its recipients a correction.
            earlier = {key: each for key, each in handed.items() if each.at <= poll.kept[0].at}
            sent += store.record_handed(earlier, now)
            left_out = await crawl_again(source, edition, poll, store, analyzer, first_poll, is_recorded)
            stray += sum(page.location not in known for page in left_out)  # a known list's page may not be read again
    sent += store.record_handed(handed, now)
    if not is_journal_whole:
        store.doubt_pending(now)
    store.end_restore(incidents)
    waiting = store.undelivered(now)
    return Restored(pages, _count(store) - articles, sent, waiting, stray, is_journal_whole, tuple(lost))


def _polls_since(polls: Sequence[Poll], known: set[Location]) -> list[Poll]:
    """Return the polls with a page unknown to the backup, and for each edition the poll before these.

    Of that one, the backup may have a page without its result.
    """
    first: dict[Edition, int] = {}  # edition -> place of the first poll to crawl
    is_fresh: set[Edition] = set()
    for place, (_, edition, poll) in enumerate(polls):
        if edition not in is_fresh:
            if any(page.location not in known for page in poll.kept):
                is_fresh.add(edition)
                first.setdefault(edition, place)
            else:
                first[edition] = place
    return [each for place, each in enumerate(polls) if place >= first[each[1]]]


def _is_recorded(store: Store, link: Link, page: KeptPage) -> bool:
    """Return whether the store has the result of a page: a 404 counted twice would be a deletion."""
    looked_at = store.looked_at(link)
    return looked_at is not None and looked_at >= page.at


def _count(store: Store) -> int:
    return sum(1 for _ in store.articles())
