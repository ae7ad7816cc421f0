"""What a crawl of one edition works with, and how it reports problems."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from sunchi.errors import Drift, SunchiError
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.summary import Summary
from sunchi.model import Edition, ListAddress, Location, Page, Request, Source, Validators
from sunchi.store import Incident, Store

log = logging.getLogger(__name__)


class PageFetcher(Protocol):
    """The source of pages: a `Fetcher`, or the archive when the database is rebuilt."""

    async def get(self, request: Request, validators: Validators | None = None) -> Page: ...


class PageArchive(Protocol):
    """The destination of pages: a `Writer` of the archive."""

    def write(self, page: Page) -> Location: ...

    def read(self, location: Location) -> Page: ...


@dataclass
class CrawlContext:
    """One crawl of one edition: its source, where pages come from and go to, and the summary that it fills."""

    source: Source
    edition: Edition
    fetcher: PageFetcher
    writer: PageArchive
    store: Store
    analyzer: Analyzer
    first_poll: int  # links of a list that its first poll fetches, newest first
    clock: Callable[[], datetime]
    summary: Summary = field(default_factory=Summary)

    async def fetch(self, request: Request, validators: Validators | None = None) -> tuple[Page, Location]:
        """Fetch a page and archive it before anything parses it, so that a fixed parser can read it again.

        Raises FetchError, ArchiveError.
        """
        page = await self.fetcher.get(request, validators)
        location = self.writer.write(page)
        self.store.add_response(page, location, self.edition.site)
        return page, location

    def report(self, kind: str, words: str, address: ListAddress | None = None, *, fails: bool = False) -> None:
        """Add a problem to the summary and open an incident; without words, close the incident."""
        if not words:
            self.clear([kind], address)
            return
        subject = self.name(address)
        (self.summary.fault if fails else self.summary.note)(subject, words)
        log.warning("%s: %s", subject, words)
        self.store.open_incident(kind, subject, words, self.clock(), source=self.edition.source)

    def clear(self, kinds: Collection[str], address: ListAddress | None = None) -> None:
        """Close the incidents of these kinds, whose problems are over."""
        self.store.close_incidents(kinds, self.name(address), self.clock())

    def incidents(self) -> dict[str, Incident]:
        """Return the open incidents for this edition by kind."""
        subject = self.name()
        return {each.kind: each for each in self.store.incidents() if each.subject == subject}

    def name(self, address: ListAddress | None = None) -> str:
        """Return `kcna/en`, or `kcna/en Latest` for one of its lists."""
        edition = f"{self.edition.source}/{self.edition.lang}"
        return f"{edition} {address.name}" if address else edition

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.source.timezone)

    @property
    def today(self) -> date:
        """The date in the site's time zone."""
        return self.day(self.clock())

    def day(self, at: datetime) -> date:
        """Return the date of a time in the site's time zone."""
        return at.astimezone(self.zone).date()


@contextmanager
def contain_faults(subject: str) -> Iterator[None]:
    """Turn an unexpected exception into Drift, so that a bug of our own costs only the page or list concerned.

    The traceback goes to the log.
    """
    try:
        yield
    except SunchiError:
        raise
    except Exception as error:
        log.exception("%s", subject)
        raise Drift(f"{subject}: a fault of Sunchi's own: {error!r}") from error


def waiting(number: int, what: str) -> str:
    return f"{number} {what}{'s wait' if number > 1 else ' waits'} for the next poll"
