"""What a walk over one edition is at work with, and how it says what is wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from sunchi.errors import Drift, SunchiError
from sunchi.ingest.analysis import Desk
from sunchi.ingest.summary import Tally
from sunchi.model import Edition, ListAddress, Location, Page, Request, Source, Validators
from sunchi.store import Store

log = logging.getLogger(__name__)


class Asks(Protocol):
    """What pages come from: a `Fetcher`, or the archive."""

    async def get(self, request: Request, validators: Validators | None = None) -> Page: ...


class Keeps(Protocol):
    """What pages are kept with: a `Writer` of the archive."""

    def write(self, page: Page) -> Location: ...

    def read(self, location: Location) -> Page: ...


@dataclass
class Visit:
    """One pass over one edition."""

    source: Source
    edition: Edition
    fetcher: Asks
    writer: Keeps
    store: Store
    desk: Desk
    first_poll: int  # links of a list that its first poll fetches, newest first
    clock: Callable[[], datetime]
    tally: Tally = field(default_factory=Tally)

    async def ask(self, request: Request, validators: Validators | None = None) -> tuple[Page, Location]:
        """A page, and where it is kept: what can't be read today is there when the parser has learned to.

        Raises FetchError, ArchiveError.
        """
        page = await self.fetcher.get(request, validators)
        location = self.writer.write(page)
        self.store.add_response(page, location, self.edition.site)
        return page, location

    def report(self, kind: str, words: str, address: ListAddress | None = None, *, fails: bool = False) -> None:
        """What is wrong goes to the tally and into an incident; no words: it is well, and the incident is closed."""
        subject = self.name(address)
        if not words:
            self.store.close_incident(kind, subject, self.clock())
            return
        (self.tally.fault if fails else self.tally.note)(subject, words)
        log.warning("%s: %s", subject, words)
        self.store.open_incident(kind, subject, words, self.clock(), source=self.edition.source)

    def name(self, address: ListAddress | None = None) -> str:
        """`kcna/en`, or `kcna/en Latest` for one of its lists."""
        edition = f"{self.edition.source}/{self.edition.lang}"
        return f"{edition} {address.name}" if address else edition

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.source.timezone)

    @property
    def today(self) -> date:
        """By the site's clock."""
        return self.clock().astimezone(self.zone).date()


@contextmanager
def in_words(subject: str) -> Iterator[None]:
    """A fault of our own in one page or list costs only that: it is said like any other, its trace is in the log."""
    try:
        yield
    except SunchiError:
        raise
    except Exception as error:
        log.exception("%s", subject)
        raise Drift(f"{subject}: a fault of Sunchi's own: {error!r}") from error


def waiting(number: int, what: str) -> str:
    return f"{number} {what}{'s wait' if number > 1 else ' waits'} for the next poll"
