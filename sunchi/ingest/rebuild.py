"""A lost database made anew from the archive: every kept page walked through once more, in the order in which it came.

The walk is that of a poll, with the archive in the site's place: what it asks for is given from the pages of the same
poll, and its clock shows when they came. So links, articles, revisions and deletions come out as they did, read with
today's parsers and lexicon. Who was told what stands in no page: there are no alerts, and nobody is told again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter

from sunchi.archive.store import Archive
from sunchi.errors import FetchError, Outcome
from sunchi.ingest.analysis import Desk
from sunchi.ingest.crawl import Visit, Walk
from sunchi.model import Edition, Location, Page, Request, Source, Validators
from sunchi.store import Store, Work

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Rebuilt:
    """What came out of the archive."""

    pages: int = 0
    articles: int = 0
    stray: int = 0  # pages that no list in the archive leads to
    lost: tuple[str, ...] = ()  # what of the archive is damaged, in words


@dataclass(frozen=True)
class _Kept:
    """One page of the archive, and where it is."""

    at: datetime
    request: Request
    location: Location


@dataclass
class _Session:
    """The pages of one poll of one edition: a fetcher that asks nobody, and a writer that has them already."""

    archive: Archive
    edition: Edition
    kept: list[_Kept] = field(default_factory=list)
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
        """Where the page is that was last given; the walk keeps each before it asks for the next."""
        assert self._location is not None  # noqa: S101  it can only have the page from `get`
        return self._location

    def read(self, location: Location) -> Page:
        return self.archive.read(location)


async def rebuild(
    sources: Sequence[Source], archive: Archive, store: Store, desk: Desk, first_poll: int, now: datetime
) -> Rebuilt:
    """Fills an empty database. One that was cut off is begun anew by the next; until one ends, no poll is run.

    Raises StoreError where the database holds something that no rebuild put there.
    """
    store.begin_rebuild(now)
    silent = replace(desk, rules=replace(desk.rules, rules=()))
    lost: list[str] = []
    pages = stray = 0
    for editions in _by_site(sources).values():
        kept = _in_order(archive, editions[0][1].site, lost.append)
        pages += len(kept)
        for source, edition, session in _sessions(archive, editions, kept):
            stray += await _replay(source, edition, session, store, silent, first_poll)
    store.end_rebuild(now)
    return Rebuilt(pages, sum(1 for _ in store.articles()), stray, tuple(lost))


def _by_site(sources: Sequence[Source]) -> dict[str, list[tuple[Source, Edition]]]:
    found = defaultdict(list)
    for source in sources:
        for edition in source.editions:
            found[edition.site].append((source, edition))
    return found


def _in_order(archive: Archive, site: str, report: Callable[[str], object]) -> list[_Kept]:
    """Every page of a site as it came; files do not stand in that order where two polls ran at once."""
    scanned = archive.scan(site, report=report)
    return sorted((_Kept(page.fetched_at, page.request, place) for page, place in scanned), key=attrgetter("at"))


def _sessions(
    archive: Archive, editions: Sequence[tuple[Source, Edition]], kept: Sequence[_Kept]
) -> Iterator[tuple[Source, Edition, _Session]]:
    """The pages poll by poll: a poll begins with a list of its edition, and asks for each list once."""
    of_list = {
        request: (source, edition)
        for source, edition in editions
        for address in edition.lists
        for request in address.requests
    }
    asked: set[Request] = set()
    source, edition = editions[0]
    session = _Session(archive, edition)
    for each in kept:
        if each.request in of_list and (each.request in asked or of_list[each.request][1] != edition):
            yield source, edition, session
            source, edition = of_list[each.request]
            session, asked = _Session(archive, edition), set()
        if each.request in of_list:
            asked.add(each.request)
        session.kept.append(each)
    yield source, edition, session


async def _replay(
    source: Source, edition: Edition, session: _Session, store: Store, desk: Desk, first_poll: int
) -> int:
    """One poll, from its pages; gives the number of those that no link leads to."""
    if not session.kept:
        return 0
    session.now = session.kept[0].at
    walk = Walk(Visit(source, edition, session, session, store, desk, first_poll, lambda: session.now))
    await walk.read_lists()
    stray = 0
    for each in list(session.kept):  # what the lists have left are articles, in the order in which they were asked for
        link = store.link_at(edition.source, edition.lang, each.request.url)
        if link is None:
            stray += 1
        else:
            await walk.look_at([Work(replace(link, url=each.request.url), None, "again", Validators(), 0)])
    return stray
