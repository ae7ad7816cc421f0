"""Rebuilds a lost database from the archive: crawls every archived page again, in the original order.

It runs the crawl of a poll on the archive instead of the site: each request is answered from the pages of the same
poll, and the clock shows when they were fetched. So links, articles, revisions and deletions are the same as before,
read with today's parsers and lexicon. The archive does not know which alerts were sent, so no alerts are made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter

from sunchi.archive.store import Archive
from sunchi.errors import FetchError, Outcome
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.context import CrawlContext
from sunchi.ingest.crawl import Crawl
from sunchi.model import Edition, Link, Location, Page, Request, Source, Validators
from sunchi.store import Store

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Rebuilt:
    """The result of a rebuild."""

    pages: int = 0
    articles: int = 0
    stray: int = 0  # pages that no list in the archive leads to
    lost: tuple[str, ...] = ()  # damaged parts of the archive, in words


@dataclass(frozen=True)
class KeptPage:
    """One page of the archive, and where it is."""

    at: datetime
    request: Request
    location: Location


@dataclass
class ArchivedPoll:
    """The archived pages of one poll of one edition, as the `PageFetcher` and `PageArchive` of a crawl."""

    archive: Archive
    edition: Edition
    kept: list[KeptPage] = field(default_factory=list)
    now: datetime = _NEVER
    _location: Location | None = None

    async def get(self, request: Request, validators: Validators | None = None) -> Page:
        found = next((each for each in self.kept if each.request == request), None)
        if found is None:
            raise FetchError(Outcome.UNREACHABLE, f"{request.url}: the archive has no page of that time")
        self.kept.remove(found)
        self.now = max(self.now, found.at)
        self._location = found.location
        return self.archive.read(found.location)

    def write(self, page: Page) -> Location:
        """Return where the page from the last `get` is; the crawl archives each page before it fetches the next."""
        assert self._location is not None  # noqa: S101  it can only have the page from `get`
        return self._location

    def read(self, location: Location) -> Page:
        return self.archive.read(location)


async def rebuild(
    sources: Sequence[Source], archive: Archive, store: Store, analyzer: Analyzer, first_poll: int, now: datetime
) -> Rebuilt:
    """Fill an empty database. After an interrupted rebuild, the next one starts over; no poll runs in between.

    Raises StoreError if the database contains anything that no rebuild put there.
    """
    store.begin_rebuild(now)
    silent = replace(analyzer, rules=replace(analyzer.rules, rules=()))
    lost: list[str] = []
    pages = stray = 0
    for editions in editions_by_site(sources).values():
        kept = pages_in_order(archive, editions[0][1].site, lost.append)
        pages += len(kept)
        for source, edition, poll in archived_polls(archive, editions, kept):
            stray += len(await crawl_again(source, edition, poll, store, silent, first_poll))
    store.end_rebuild(now)
    return Rebuilt(pages, sum(1 for _ in store.articles()), stray, tuple(lost))


def editions_by_site(sources: Sequence[Source]) -> dict[str, list[tuple[Source, Edition]]]:
    found = defaultdict(list)
    for source in sources:
        for edition in source.editions:
            found[edition.site].append((source, edition))
    return found


def pages_in_order(archive: Archive, site: str, report: Callable[[str], object]) -> list[KeptPage]:
    """Return every page of a site in the order of fetching; two simultaneous polls may mix theirs in a file."""
    scanned = archive.scan(site, report=report)
    return sorted((KeptPage(page.fetched_at, page.request, place) for page, place in scanned), key=attrgetter("at"))


def archived_polls(
    archive: Archive, editions: Sequence[tuple[Source, Edition]], kept: Sequence[KeptPage]
) -> Iterator[tuple[Source, Edition, ArchivedPoll]]:
    """Split the pages into polls, none of them empty: one begins with a list of its edition, and has each list once."""
    of_list = {
        request: (source, edition)
        for source, edition in editions
        for address in edition.lists
        for request in address.requests
    }
    asked: set[Request] = set()
    source, edition = editions[0]
    poll = ArchivedPoll(archive, edition)
    for each in kept:
        if each.request in of_list and (each.request in asked or of_list[each.request][1] != edition):
            if poll.kept:
                yield source, edition, poll
            source, edition = of_list[each.request]
            poll, asked = ArchivedPoll(archive, edition), set()
        if each.request in of_list:
            asked.add(each.request)
        poll.kept.append(each)
    if poll.kept:
        yield source, edition, poll


async def crawl_again(
    source: Source,
    edition: Edition,
    poll: ArchivedPoll,
    store: Store,
    analyzer: Analyzer,
    first_poll: int,
    is_recorded: Callable[[Link, KeptPage], bool] = lambda link, page: False,
) -> list[KeptPage]:
    """Crawl the pages of one poll, except those whose outcome is recorded; return those that no link leads to."""
    poll.now = poll.kept[0].at
    crawl = Crawl(CrawlContext(source, edition, poll, poll, store, analyzer, first_poll, lambda: poll.now))
    await crawl.read_lists()
    stray = []
    for each in list(poll.kept):  # what remains after the lists are articles, in the order in which they were fetched
        link = store.link_at(edition.source, edition.lang, each.request.url)
        if link is None:
            stray.append(each)
        elif is_recorded(link, each):
            poll.kept.remove(each)
        else:
            await crawl.fetch_pages([store.work_at(replace(link, url=each.request.url))])
    crawl.settle()
    return stray
