"""The first part of a crawl: read an edition's lists as far as needed, and store the links that they show."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from sunchi.errors import Drift, FetchError, Outcome, ParseError
from sunchi.ingest import usual
from sunchi.ingest.context import CrawlContext, contain_faults, waiting
from sunchi.ingest.paging import ListContents, WantsMore, at_least, back_to, read_pages
from sunchi.ingest.trust import breaks_off, is_possible
from sunchi.model import FIRST_DAY, Link, ListAddress, Listing, Page, Request, Validators
from sunchi.store import ListReading, ListRecord, Watch
from sunchi.text import counted

log = logging.getLogger(__name__)

OVERLAP = timedelta(days=2)
"""A list is read back to this long before its last complete reading, since its dates are days and articles appear
late."""

FIRST_POLL_LASTS = timedelta(days=1)
"""How long the first poll of an edition lasts at most, if its lists can't be read completely."""

MAX_SILENT = 2
"""Lists in a row without an answer, each after several attempts, after which the crawl gives up on the site."""

MAX_ENTRIES = 1_000
"""Entries on one page of a list; a page with more is refused, since every link would be fetched."""

MANY_IDS, CHANGED_IDS = 10, 0.8
"""The number of entries, and the share of them under new ids, from which a list is reported to change its ids."""

FEW_LACKING, SHARE_LACKING, LACKS_FOR = 3, 0.3, timedelta(days=1)
"""The number and share of recent entries that a list must lack to be incomplete, and how long that is held against
it."""

SITE_DOWN, DOWN = "site", {Outcome.UNREACHABLE, Outcome.BAD_STATUS, Outcome.BLOCKED, Outcome.REFUSED}
"""The kind of incident for a site that gives none of its lists, and what it answers then."""

SKIPPED = 3
"""Unreadable entries that an incident lists one by one."""

_INCIDENTS = ("list_short", "list_few", "list_cut", "list_entries")  # a list was read, but not all of it


@dataclass
class Lists:
    """The lists of one edition. No page makes `read` raise; only ArchiveError and StoreError pass through."""

    context: CrawlContext
    site_answers: bool = True
    are_healthy: bool = True  # every list that is never empty was read and is long enough
    _shown: set[str] = field(default_factory=set)  # keys of the links on the lists that had changed
    _unchanged_since: dict[str, datetime] = field(default_factory=dict)  # name of each other list -> when it was read
    _are_complete: bool = True  # no such list was left before its end
    watch: Watch | None = None  # None in the first poll of the edition

    async def read(self) -> None:
        context, addresses = self.context, self.context.edition.lists
        self.watch = self._watched()
        silent = 0  # in a row
        read, errors = 0, dict[ListAddress, FetchError | ParseError]()
        for address in addresses:
            if silent == MAX_SILENT:
                break
            try:
                with contain_faults(context.name(address)):
                    await self._read(address)
            except (FetchError, ParseError) as error:
                silent = silent + 1 if error.outcome is Outcome.UNREACHABLE else 0
                self.are_healthy = self.are_healthy and not address.minimum
                errors[address] = error
                log.info("%s: %s", context.name(address), error)
            else:
                read, silent = read + 1, 0
                context.clear(["list"], address)
        self.site_answers = silent < min(MAX_SILENT, len(addresses)) or not addresses
        if errors and not read:
            self._report_none_read(list(errors.values()))
        else:
            context.clear(["list", SITE_DOWN])
            for address, why in errors.items():
                context.report("list", str(why), address, fails=address.minimum > 0)
            if left := len(addresses) - read - len(errors):
                context.summary.note(context.name(), waiting(left, "list"))
        self._begin_watch()

    def _report_none_read(self, errors: Sequence[FetchError | ParseError]) -> None:
        """Report that no list could be read, as one incident: the site is down, or has another layout.

        If several editions of a site find it down, the first one opens the incident.
        """
        context, edition = self.context, self.context.edition
        causes: dict[Outcome, str] = {}
        for error in errors:
            causes.setdefault(error.outcome, str(error))
        words = f"cannot be read: {'; '.join(causes.values())}; {counted(len(edition.lists), 'list')}"
        is_down = causes.keys() <= DOWN
        others = {f"{each.source}/{each.lang}" for each in context.source.editions if each.site == edition.site}
        others -= {context.name()}
        if is_down and any(each.kind == SITE_DOWN and each.subject in others for each in context.store.incidents()):
            context.summary.fault(context.name(), words)
        else:
            context.report(SITE_DOWN if is_down else "list", words, fails=True)

    def show(self, link: Link) -> bool:
        """Return whether a list shows the link at present; of the unchanged ones, the list that brought it."""
        if link.key in self._shown:
            return True
        listed = self.context.store.last_listed(link) if self._unchanged_since else None
        if listed is None or listed.list_name not in self._unchanged_since:
            return False
        return listed.at >= self._unchanged_since[listed.list_name]

    def _watched(self) -> Watch | None:
        """Return since when the edition is watched, None in its first poll."""
        context = self.context
        records = context.store.lists(context.edition.source, context.edition.lang)
        begun = [record.watched_at for record in records if record.watched_at]
        if not begun:
            return None
        read_at = max(record.last_ok_at for record in records)
        # The clock may have been ahead then, or be behind now.
        newest = context.store.newest_listed(context.edition.source, context.edition.lang)
        today = max(context.today, newest or FIRST_DAY)
        return Watch(min(today, context.day(min(begun))), min(today, context.day(read_at)) - OVERLAP)

    def _begin_watch(self) -> None:
        """End the first poll of the edition when its lists were read completely, or have not been for too long."""
        context, edition, now = self.context, self.context.edition, self.context.clock()
        records = context.store.lists(edition.source, edition.lang)
        if all(record.watched_at for record in records):
            return
        is_complete = self.site_answers and self.are_healthy and self._are_complete
        if is_complete or now - min(record.first_ok_at for record in records) >= FIRST_POLL_LASTS:
            context.store.begin_watch(edition.source, edition.lang, now)

    async def _read(self, address: ListAddress) -> None:
        before = self._before(address)
        request, page = await self._first_page(address)
        if page.status == 304:
            self._unchanged(address, request.url, before)
            return
        first = self._parse(page, address)
        wanted = self._wanted(address, request.url, before, first)
        found = await read_pages(first, wanted, lambda more: self._next_page(more, address))
        if found.is_over and not found.cut and self._is_all_new(found, request.url, address, before):
            found = replace(found, cut="it ends before any entry that is known: is part of it missing?")
        if not found.cut:
            broken = "the page breaks off before its end" if breaks_off(page) else ""
            found = replace(found, cut=broken or self._lacking(found, address, before))
        wrong = {"list_short": _short(first, address), "list_cut": found.cut, "list_entries": _few_of(found.skipped)}
        is_short = bool(wrong["list_short"]) and address.minimum > 0
        is_few = self._is_fewer_than_usual(address, request.url, first)
        self.are_healthy = self.are_healthy and not is_short
        self._are_complete = self._are_complete and not (found.cut and address.minimum)
        # Report before the links are stored: after a crash in between, the next poll must know that some are missing.
        for kind in filter(wrong.get, wrong):
            self.context.report(kind, wrong[kind], address, fails=is_short and kind == "list_short")
        if found.links:  # a list that shows nothing counts as not read
            is_whole = not (wrong["list_short"] or found.cut)
            # Without validators the next poll reads a faulty list again, instead of getting "304, unchanged".
            validators = page.validators if is_whole and not (is_few or found.skipped) else Validators()
            self._record(address, request.url, validators, found, before, is_whole=is_whole)
        self.context.clear([kind for kind in wrong if not wrong[kind]], address)

    # --- pages of a list

    async def _first_page(self, address: ListAddress) -> tuple[Request, Page]:
        """Fetch the list at the first of its addresses, newest layout first, that does not answer 404."""
        for request in address.requests:
            page, _ = await self.context.fetch(request, self.context.store.list_validators(request.url))
            if page.status not in (404, 410):
                return request, page
        raise FetchError(Outcome.GONE, f"not found at any known address: {address.requests[0].url}")

    async def _next_page(self, more: Request, address: ListAddress) -> Listing | None:
        """Fetch a further page of a list; None past its last."""
        page, _ = await self.context.fetch(more)
        return None if page.status in (404, 410) else self._parse(page, address)

    def _parse(self, page: Page, address: ListAddress) -> Listing:
        if page.status != 200:
            raise FetchError(Outcome.BAD_STATUS, f"{page.url} answered {page.status}", status=page.status)
        with contain_faults(page.url):
            listing = self.context.source.parse_list(page, self.context.edition)
        if (entries := len(listing.links) + len(listing.skipped)) > MAX_ENTRIES:
            raise Drift(f"{page.url}: {entries:,} entries on one page, more than any list shows: {MAX_ENTRIES:,}")
        return replace(listing, links=self._dated(listing.links, address))

    # --- how far a list is read

    def _before(self, address: ListAddress) -> list[ListRecord]:
        """Return the stored records of a list, one for each address it was read at; empty before its first poll."""
        records = self.context.store.lists(self.context.edition.source, self.context.edition.lang)
        return [record for record in records if record.name == address.name]

    def _wanted(self, address: ListAddress, url: str, before: Sequence[ListRecord], first: Listing) -> WantsMore:
        """Return how far to read: at the first poll as far as the setting says, later back to known links."""
        store = self.context.store
        if not before:
            return at_least(self.context.first_poll)
        horizon = (self._last_read(address, before, first) - OVERLAP).date()
        # A known link on this page means that the next page is known too, only if both were read last time.
        open_incidents = {(each.kind, each.subject) for each in store.incidents()}
        was_whole = not open_incidents & {(kind, self.context.name(address)) for kind in ("list_short", "list_cut")}
        if was_whole and any(record.url == url for record in before):
            return back_to(horizon, 0, lambda link: bool(store.unknown([link])))
        return back_to(horizon, self.context.first_poll, lambda link: False)

    def _is_all_new(self, found: ListContents, url: str, address: ListAddress, before: Sequence[ListRecord]) -> bool:
        """Return whether a list that had entries before shows none that is known."""
        had_entries = address.minimum > 0 and any(record.url == url and record.entries for record in before)
        return had_entries and len(self.context.store.unknown(found.links)) == len(found.links)

    def _lacking(self, found: ListContents, address: ListAddress, before: Sequence[ListRecord]) -> str:
        """Return a message that a list lacks entries that it showed not long ago, though it shows older ones."""
        if not before or not address.minimum:
            return ""
        since = max(max(record.last_ok_at for record in before), self.context.clock() - LACKS_FOR)
        lacking, shown = self.context.store.count_unlisted(found.links, address.name, since)
        is_much = lacking >= FEW_LACKING and lacking >= SHARE_LACKING * shown
        return f"{lacking} of {shown} entries that it showed before are missing between others" if is_much else ""

    def _last_read(self, address: ListAddress, before: Sequence[ListRecord], first: Listing) -> datetime:
        """Return when the list was last read completely, and not later than the newest day that it showed then: it may
        have been an old copy.

        The clock may have been wrong, then or now, so the result is not before the list's first reading, and not after
        now or the newest day on the list, whichever is later.
        """
        days = [datetime.combine(link.date, time.min, UTC) for link in first.links if link.date]
        read_at = max(max(record.first_ok_at, record.last_ok_at) for record in before)
        read_at = min(read_at, max([self.context.clock(), *days]))
        newest = self.context.store.newest_listed(self.context.edition.source, self.context.edition.lang, address.name)
        if newest is None or not address.minimum:  # what other lists show, too, is not known to be from this one
            return read_at
        return min(read_at, datetime.combine(newest, time.min, UTC))

    # --- the content of a list

    def _record(
        self,
        address: ListAddress,
        url: str,
        validators: Validators,
        found: ListContents,
        before: Sequence[ListRecord],
        *,
        is_whole: bool,
    ) -> None:
        context = self.context
        self._report_changing_ids(found.links, address)
        seen = context.store.record_list(
            ListReading(context.edition.source, context.edition.lang, address.name, url, validators),
            [replace(link, position=position) for position, link in enumerate(found.links, 1)],
            now=context.clock(),
            first_limit=len(found.links) if before else context.first_poll,
            ok_at=None if is_whole else max((record.last_ok_at for record in before), default=None),
            watch=self.watch,
        )
        self._shown.update(link.key for link in found.links)
        context.summary.list_read(context.name(), (link.key for link in found.links))
        if seen.unfit:
            context.summary.note(context.name(address), f"address too long: {seen.unfit[0].url[:200]}…")
        log.info("%s: %d entries, %d new", context.name(address), len(found.links), len(seen.new))

    def _dated(self, links: Sequence[Link], address: ListAddress) -> tuple[Link, ...]:
        """Return the links without impossible dates, and report these.

        If most dates are in the future, this machine's clock is wrong, unless it would be more than a year slow.
        """
        wrong = [link for link in links if link.date and not is_possible(link.date, self.context.today)]
        latest = self.context.today + timedelta(days=366)
        never = [link for link in wrong if link.date and not FIRST_DAY <= link.date <= latest]
        if 2 * (len(wrong) - len(never)) > len(links):
            wrong = never
        if wrong:
            words = f"{len(wrong)} entries with an impossible date, such as {wrong[0].date}: taken as undated"
            self.context.summary.note(self.context.name(address), words)
        return tuple(replace(link, date=None) if link in wrong else link for link in links)

    def _report_changing_ids(self, links: Sequence[Link], address: ListAddress) -> None:
        """Report a list that shows known entries under new ids, since every poll would fetch all of them again."""
        if len(links) < MANY_IDS:
            return
        other = self.context.store.count_renamed(links, address.name)
        words = f"{other} of {len(links)} entries were listed before under other ids: does the site generate new ones?"
        self.context.report("changing_ids", words if other >= CHANGED_IDS * len(links) else "", address)

    def _unchanged(self, address: ListAddress, url: str, before: Sequence[ListRecord]) -> None:
        context = self.context
        context.store.record_unchanged_list(url, context.clock())
        record = next(record for record in before if record.url == url)  # it answers 304 only to what it said before
        self._unchanged_since[address.name] = record.last_ok_at  # read then, since no two answers in a row are 304
        context.summary.list_unchanged(context.name(), record.entries)
        self._note_entries(url, None)
        context.clear(_INCIDENTS, address)  # a list that had one of these has no validators, so it never answers 304
        log.info("%s: unchanged", context.name(address))

    def _is_fewer_than_usual(self, address: ListAddress, url: str, first: Listing) -> bool:
        """Return whether a list's first page shows fewer entries than usual, though not too few; report it."""
        today, entries = self.context.today, len(first.links)
        earlier = self.context.store.list_lengths(url, today, today - usual.LIST_DAYS)
        is_judged = address.minimum > 0 and not _short(first, address)
        words = usual.short_list(entries, earlier) if is_judged else ""
        self.context.report("list_few", words, address, fails=True)
        self._note_entries(url, entries)
        return bool(words)

    def _note_entries(self, url: str, entries: int | None) -> None:
        """Record the length of a list. Short readings count, too, since the site may have changed its lists for
        good."""
        source, lang = self.context.edition.source, self.context.edition.lang
        self.context.store.record_list_length(
            url, entries, self.context.today, self.context.clock(), source=source, lang=lang
        )


def _short(listing: Listing, address: ListAddress) -> str:
    """Return a message that a list is shorter than its minimum, or empty though it says otherwise; "" if it is not."""
    entries = len(listing.links)
    if entries < address.minimum:
        return f"{entries} entries, where {address.minimum} or more are usual"
    return f"0 entries, though the list has {listing.total}" if listing.total and not entries else ""


def _few_of(words: Sequence[str]) -> str:
    more = len(words) - SKIPPED
    return "; ".join(words[:SKIPPED]) + (f"; and {more} more" if more > 0 else "")
