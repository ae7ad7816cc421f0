"""The first part of the walk: an edition's lists, read as far as is wanted; what they show goes into the store."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sunchi.errors import Drift, FetchError, Outcome, ParseError
from sunchi.ingest import usual as normal
from sunchi.ingest.context import Visit, in_words, waiting
from sunchi.ingest.paging import Found, Wanted, at_least, back_to, read_on
from sunchi.model import ListAddress, Listing, Page, Request, Validators
from sunchi.store import ListRecord

log = logging.getLogger(__name__)

OVERLAP = timedelta(days=2)
"""How far behind its last whole reading a list is read again: dates on lists are days, and can be late."""

SILENT = 2
"""Lists in a row without an answer, each after several attempts, after which the site is left alone."""

CROWDED = 1_000
"""Entries on one page of a list that no site shows; each would be asked for."""

SKIPPED = 3
"""Entries that can't be read which an incident tells one by one."""

_INCIDENTS = ("list_short", "list_few", "list_cut", "list_entries")  # a list was read, and not all of it


@dataclass
class Lists:
    """The lists of one edition. `read` raises for no page, whatever it is; ArchiveError, StoreError."""

    visit: Visit
    answer: bool = True  # the site does, as far as its lists show
    are_well: bool = True  # those that are never empty

    async def read(self) -> None:
        visit, addresses = self.visit, self.visit.edition.lists
        silent = 0  # in a row
        for place, address in enumerate(addresses):
            if silent == SILENT:
                visit.tally.note(visit.name(), waiting(len(addresses) - place, "list"))
                break
            try:
                with in_words(visit.name(address)):
                    await self._read(address)
            except (FetchError, ParseError) as error:
                silent = silent + 1 if error.outcome is Outcome.UNREACHABLE else 0
                self.are_well = self.are_well and not address.minimum
                visit.report("list", str(error), address, fails=address.minimum > 0)
            else:
                silent = 0
                visit.report("list", "", address)
        self.answer = silent < min(SILENT, len(addresses)) or not addresses

    async def _read(self, address: ListAddress) -> None:
        before = self._before(address)
        request, page = await self._first_page(address)
        if page.status == 304:
            self._unchanged(address, request.url, before)
            return
        first = self._parse(page)
        found = await read_on(first, self._wanted(address, request.url, before, first), self._turn)
        wrong = {"list_short": _short(first, address), "list_cut": found.cut, "list_entries": _few_of(found.skipped)}
        is_short = bool(wrong["list_short"]) and address.minimum > 0
        is_few = self._is_fewer_than_usual(address, request.url, first)
        self.are_well = self.are_well and not is_short
        # Said before the links are stored: after a crash in between, the next poll must know that some are missing.
        for kind in filter(wrong.get, wrong):
            self.visit.report(kind, wrong[kind], address, fails=is_short and kind == "list_short")
        if found.links:  # a list that shows nothing is as good as not read: what was known of it stands
            is_whole = not (wrong["list_short"] or found.cut)
            # What is wrong must be seen again next time, not as "304, unchanged".
            validators = page.validators if is_whole and not (is_few or found.skipped) else Validators()
            self._see(address, request.url, validators, found, before, is_whole=is_whole)
        for kind in wrong:
            if not wrong[kind]:
                self.visit.report(kind, "", address)

    # --- from page to page

    async def _first_page(self, address: ListAddress) -> tuple[Request, Page]:
        """The list at the first of its addresses, newest layout first, that does not answer 404."""
        for request in address.requests:
            page, _ = await self.visit.ask(request, self.visit.store.list_validators(request.url))
            if page.status not in (404, 410):
                return request, page
        raise FetchError(Outcome.GONE, f"not found at any known address: {address.requests[0].url}")

    async def _turn(self, more: Request) -> Listing | None:
        """A further page of a list; None past its last."""
        page, _ = await self.visit.ask(more)
        return None if page.status in (404, 410) else self._parse(page)

    def _parse(self, page: Page) -> Listing:
        if page.status != 200:
            raise FetchError(Outcome.BAD_STATUS, f"{page.url} answered {page.status}", status=page.status)
        with in_words(page.url):
            listing = self.visit.source.parse_list(page, self.visit.edition)
        if (entries := len(listing.links) + len(listing.skipped)) > CROWDED:
            raise Drift(f"{page.url}: {entries:,} entries on one page, where no list shows more than {CROWDED:,}")
        return listing

    # --- how far

    def _before(self, address: ListAddress) -> list[ListRecord]:
        """What is known of a list, under any of its addresses; nothing before its first poll."""
        records = self.visit.store.lists(self.visit.edition.source, self.visit.edition.lang)
        return [record for record in records if record.name == address.name]

    def _wanted(self, address: ListAddress, url: str, before: Sequence[ListRecord], first: Listing) -> Wanted:
        """How far a list is read: at its first poll as far as the setting says, later to what is known."""
        store = self.visit.store
        if not before:
            return at_least(self.visit.first_poll)
        horizon = (self._last_read(before, first) - OVERLAP).date()
        # That this page's links are known says something of the next page only where both were read last time.
        open_incidents = {(each.kind, each.subject) for each in store.incidents()}
        was_whole = not open_incidents & {(kind, self.visit.name(address)) for kind in ("list_short", "list_cut")}
        if was_whole and any(record.url == url for record in before):
            return back_to(horizon, 0, lambda link: bool(store.unknown([link])))
        return back_to(horizon, self.visit.first_poll, lambda link: False)

    def _last_read(self, before: Sequence[ListRecord], first: Listing) -> datetime:
        """When the list was last read whole. The clock may have been wrong, then or now: it was not before its first
        reading, and not later than now or the newest day on the list."""
        days = [datetime.combine(link.date, time.min, UTC) for link in first.links if link.date]
        read_at = max(max(record.first_ok_at, record.last_ok_at) for record in before)
        return min(read_at, max([self.visit.clock(), *days]))

    # --- what it showed

    def _see(
        self,
        address: ListAddress,
        url: str,
        validators: Validators,
        found: Found,
        before: Sequence[ListRecord],
        *,
        is_whole: bool,
    ) -> None:
        visit = self.visit
        seen = visit.store.see(
            [replace(link, rank=rank) for rank, link in enumerate(found.links, 1)],
            list_url=url,
            list_name=address.name,
            source=visit.edition.source,
            lang=visit.edition.lang,
            validators=validators,
            now=visit.clock(),
            first_limit=len(found.links) if before else visit.first_poll,
            ok_at=None if is_whole else max((record.last_ok_at for record in before), default=None),
        )
        visit.tally.list_read(visit.name(), (link.key for link in found.links))
        if seen.unfit:
            visit.tally.note(visit.name(address), f"address too long: {seen.unfit[0].url[:200]}…")
        log.info("%s: %d entries, %d new", visit.name(address), len(found.links), len(seen.new))

    def _unchanged(self, address: ListAddress, url: str, before: Sequence[ListRecord]) -> None:
        visit = self.visit
        visit.store.list_unchanged(url, visit.clock())
        entries = next((record.links for record in before if record.url == url), 0)
        visit.tally.list_unchanged(visit.name(), entries)
        self._note_entries(url, None)
        for kind in _INCIDENTS:  # validators are kept only of a list that had none of these
            visit.report(kind, "", address)
        log.info("%s: unchanged", visit.name(address))

    def _is_fewer_than_usual(self, address: ListAddress, url: str, first: Listing) -> bool:
        """Whether a list's first page shows fewer entries than it used to, though not too few; says so."""
        today, entries = self.visit.today, len(first.links)
        earlier = self.visit.store.list_entries(url, today, today - normal.LIST_DAYS)
        words = "" if _short(first, address) else normal.short_list(entries, earlier)
        self.visit.report("list_few", words, address, fails=address.minimum > 0)
        self._note_entries(url, entries)
        return bool(words)

    def _note_entries(self, url: str, entries: int | None) -> None:
        """What is usual for a list is learned from all readings, also the short ones: a site may have changed it."""
        source, lang = self.visit.edition.source, self.visit.edition.lang
        self.visit.store.list_showed(url, entries, self.visit.today, self.visit.clock(), source=source, lang=lang)


def _short(listing: Listing, address: ListAddress) -> str:
    """What is wrong where a list shows less than it should."""
    entries, usual = len(listing.links), max(address.minimum, 1)
    return f"{entries} entries, where {usual} or more are usual" if entries < usual else ""


def _few_of(words: Sequence[str]) -> str:
    more = len(words) - SKIPPED
    return "; ".join(words[:SKIPPED]) + (f"; and {more} more" if more > 0 else "")
