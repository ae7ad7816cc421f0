"""One article's walk: list -> links -> pages -> archive -> articles -> signals and alerts -> store.

Knows no site (a `Source` is handed in) and no Prefect (`flows/` wraps what goes over the network). Everything that is
still to be done stands in the store, so a walk may be cut off anywhere and is taken up by the next one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sunchi import normal
from sunchi.desk import Desk
from sunchi.model import (
    SIGNALS,
    Alert,
    ArchiveError,
    Article,
    Drift,
    Edition,
    FetchError,
    Link,
    ListAddress,
    Listing,
    Location,
    Outcome,
    Overtaken,
    Page,
    ParseError,
    Request,
    Source,
    SunchiError,
    Validators,
)
from sunchi.paging import Found, Wanted, at_least, back_to, read_on
from sunchi.rereading import read_again
from sunchi.store import ListRecord, Reading, State, Store, Work
from sunchi.tally import Story, Tally
from sunchi.text import fingerprint

log = logging.getLogger(__name__)

OVERLAP = timedelta(days=2)
"""How far behind its last whole reading a list is read again: dates on lists are days, and can be late."""

BATCH = 10
"""Pages between two looks at the result: what is read is saved, and a site that no longer answers is left alone."""

SILENT = 2
"""Lists in a row without an answer, each after several attempts, after which the site is left alone."""

FEW = 3
"""Fewer pages than this that can't be read are not yet a poll that has failed."""

CROWDED = 1_000
"""Entries on one page of a list that no site shows; each would be asked for."""

_OF_A_LIST = ("list_short", "list_few", "list_cut", "list_entries")  # incidents: it was read, and not all of it
_ANSWERS = (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE, Outcome.MEDIA_ONLY)
_FAILURES = tuple(outcome for outcome in Outcome if outcome not in _ANSWERS)


class Asks(Protocol):
    """What pages come from: a `Fetcher`, or the archive."""

    async def get(self, request: Request, validators: Validators | None = None) -> Page: ...


class Keeps(Protocol):
    """What pages are kept with: a `Writer` of the archive."""

    def write(self, page: Page) -> Location: ...

    def read(self, location: Location) -> Page: ...


@dataclass(frozen=True)
class Look:
    """What came of one look at one link."""

    work: Work
    outcome: Outcome
    error: str = ""
    read: tuple[Page, Location, Article] | None = None  # where an article was


@dataclass
class Walk:
    """One pass over one edition: `read_lists`, then `read_articles`, then `take_stock`. All count in `tally`.

    They raise for no page, whatever it is; only where nothing can be kept: ArchiveError, StoreError.
    """

    source: Source
    edition: Edition
    fetcher: Asks
    writer: Keeps
    store: Store
    desk: Desk
    first_poll: int  # links of a list that its first poll fetches, newest first
    clock: Callable[[], datetime]
    tally: Tally = field(default_factory=Tally)
    _answers: bool = field(default=True, init=False)  # the site does, as far as its lists show
    _lists_well: bool = field(default=True, init=False)  # those that are never empty

    # --- lists

    async def read_lists(self) -> None:
        silent = 0  # in a row
        for place, address in enumerate(self.edition.lists):
            if silent == SILENT:
                self.tally.note(self._name(), _waiting(len(self.edition.lists) - place, "list"))
                break
            try:
                with _in_words(self._name(address)):
                    await self._read_list(address)
            except (FetchError, ParseError) as error:
                silent = silent + 1 if error.outcome is Outcome.UNREACHABLE else 0
                self._lists_well = self._lists_well and not address.minimum
                self._report("list", str(error), address, fails=address.minimum > 0)
            else:
                silent = 0
                self._report("list", "", address)
        self._answers = silent < min(SILENT, len(self.edition.lists)) or not self.edition.lists

    async def _read_list(self, address: ListAddress) -> None:
        before = self._before(address)
        request, page = await self._first_page(address)
        if page.status == 304:
            self.store.list_unchanged(request.url, self.clock())
            entries = next((record.links for record in before if record.url == request.url), 0)
            self.tally.list_unchanged(self._name(), entries)
            self._note_entries(request.url, None)
            for kind in _OF_A_LIST:  # validators are kept only of a list that had none of these
                self._report(kind, "", address)
            log.info("%s: unchanged", self._name(address))
            return
        first = self._parse_list(page)
        found = await read_on(first, self._wanted(address, request.url, before, first), self._turn)
        wrong = {"list_short": _short(first, address), "list_cut": found.cut, "list_entries": _first_of(found.skipped)}
        is_short = bool(wrong["list_short"]) and address.minimum > 0
        few = self._fewer_than_usual(address, request.url, first)
        self._lists_well = self._lists_well and not is_short
        # Said before the links are stored: after a crash in between, the next poll must know that some are missing.
        for kind in filter(wrong.get, wrong):
            self._report(kind, wrong[kind], address, fails=is_short and kind == "list_short")
        if found.links:  # a list that shows nothing is as good as not read: what was known of it stands
            is_whole = not (wrong["list_short"] or found.cut)
            # What is wrong must be seen again next time, not as "304, unchanged".
            validators = page.validators if is_whole and not (few or found.skipped) else Validators()
            self._see(address, request.url, validators, found, before, is_whole=is_whole)
        for kind in wrong:
            if not wrong[kind]:
                self._report(kind, "", address)

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
        seen = self.store.see(
            [replace(link, rank=rank) for rank, link in enumerate(found.links, 1)],
            list_url=url,
            list_name=address.name,
            source=self.edition.source,
            lang=self.edition.lang,
            validators=validators,
            now=self.clock(),
            first_limit=len(found.links) if before else self.first_poll,
            ok_at=None if is_whole else max((record.last_ok_at for record in before), default=None),
        )
        self.tally.list_read(self._name(), (link.key for link in found.links))
        if seen.unfit:
            self.tally.note(self._name(address), f"address too long: {seen.unfit[0].url[:200]}…")
        log.info("%s: %d entries, %d new", self._name(address), len(found.links), len(seen.new))

    async def _first_page(self, address: ListAddress) -> tuple[Request, Page]:
        """The list at the first of its addresses, newest layout first, that does not answer 404."""
        for request in address.requests:
            page, _ = self._keep(await self.fetcher.get(request, self.store.list_validators(request.url)))
            if page.status not in (404, 410):
                return request, page
        raise FetchError(Outcome.GONE, f"not found at any known address: {address.requests[0].url}")

    def _parse_list(self, page: Page) -> Listing:
        if page.status != 200:
            raise FetchError(Outcome.BAD_STATUS, f"{page.url} answered {page.status}", status=page.status)
        with _in_words(page.url):
            listing = self.source.parse_list(page, self.edition)
        if (entries := len(listing.links) + len(listing.skipped)) > CROWDED:
            raise Drift(f"{page.url}: {entries:,} entries on one page, where no list shows more than {CROWDED:,}")
        return listing

    def _wanted(self, address: ListAddress, url: str, before: Sequence[ListRecord], first: Listing) -> Wanted:
        """How far a list is read: at its first poll as far as the setting says, later to what is known."""
        if not before:
            return at_least(self.first_poll)
        horizon = (self._last_read(before, first) - OVERLAP).date()
        # That this page's links are known says something of the next page only where both were read last time.
        open_incidents = {(each.kind, each.subject) for each in self.store.incidents()}
        was_whole = not open_incidents & {(kind, self._name(address)) for kind in ("list_short", "list_cut")}
        is_known = was_whole and any(record.url == url for record in before)
        if is_known:
            return back_to(horizon, 0, lambda link: bool(self.store.unknown([link])))
        return back_to(horizon, self.first_poll, lambda link: False)

    def _last_read(self, before: Sequence[ListRecord], first: Listing) -> datetime:
        """When the list was last read whole. The clock may have been wrong, then or now: it was not before its first
        reading, and not later than now or the newest day on the list."""
        days = [datetime.combine(link.date, time.min, UTC) for link in first.links if link.date]
        read_at = max(max(record.first_ok_at, record.last_ok_at) for record in before)
        return min(read_at, max([self.clock(), *days]))

    async def _turn(self, more: Request) -> Listing | None:
        """A further page of a list; None past its last."""
        page, _ = self._keep(await self.fetcher.get(more))
        return None if page.status in (404, 410) else self._parse_list(page)

    def _before(self, address: ListAddress) -> list[ListRecord]:
        """What is known of a list, under any of its addresses; nothing before its first poll."""
        records = self.store.lists(self.edition.source, self.edition.lang)
        return [record for record in records if record.name == address.name]

    def _fewer_than_usual(self, address: ListAddress, url: str, first: Listing) -> str:
        """What is wrong where a list's first page shows fewer entries than it used to, though not too few."""
        today, entries = self.clock().astimezone(self._zone).date(), len(first.links)
        earlier = self.store.list_entries(url, today, today - normal.LIST_DAYS)
        words = "" if _short(first, address) else normal.short_list(entries, earlier)
        self._report("list_few", words, address, fails=address.minimum > 0)
        self._note_entries(url, entries)
        return words

    def _note_entries(self, url: str, entries: int | None) -> None:
        """What is usual for a list is learned from all readings, also the short ones: a site may have changed it."""
        now = self.clock()
        today = now.astimezone(self._zone).date()
        self.store.list_showed(url, entries, today, now, source=self.edition.source, lang=self.edition.lang)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.source.timezone)

    # --- articles

    async def read_articles(self) -> None:
        """Every page that is due, newest first; what is read is saved before the next batch is asked for."""
        due = self.store.work(self.edition.source, self.edition.lang, self.clock())
        if not self._answers:
            if due:
                self.tally.note(self._name(), _waiting(len(due), "page"))
            return
        looks: list[Look] = []
        for batch in _batches(due):
            some = await self.look_at(batch)
            looks += some
            if len(some) >= FEW and all(look.outcome is Outcome.UNREACHABLE for look in some):
                break
        self._judge(looks, left=len(due) - len(looks))

    async def look_at(self, batch: Sequence[Work]) -> list[Look]:
        """Looks at pages side by side, and records what came of each; raises when all are done."""
        looks = await asyncio.gather(*map(self._look, batch), return_exceptions=True)
        recorded = [self._record(look) for look in looks if isinstance(look, Look)]
        if error := next((look for look in looks if isinstance(look, BaseException)), None):
            raise error
        return recorded

    async def _look(self, work: Work) -> Look:
        """Fetch, keep, parse, in this order: what cannot be read today is there when the parser has learned to."""
        try:
            with _in_words(work.link.url):
                page = await self.fetcher.get(
                    Request(work.link.url), work.validators if work.why == "relook" else Validators()
                )
                page, location = self._keep(page)
                if page.status == 304:
                    return Look(work, Outcome.UNCHANGED)
                if page.status in (404, 410):
                    return Look(work, Outcome.GONE)
                return Look(work, Outcome.READ, read=(page, location, self.source.parse_article(page, work.link)))
        except (FetchError, ParseError) as error:
            return Look(work, error.outcome, str(error))

    def _keep(self, page: Page) -> tuple[Page, Location]:
        location = self.writer.write(page)
        self.store.add_response(page, location, self.edition.site)
        return page, location

    def _record(self, look: Look) -> Look:
        link, now = look.work.link, self.clock()
        try:
            with _in_words(link.url):
                if look.read:
                    self._save(link, *look.read)
                elif look.outcome is Outcome.GONE:
                    self._missing(link, now)
                elif look.outcome is Outcome.UNCHANGED:
                    self.store.unchanged(link, now)
        except ParseError as error:  # left due, with its signals and alerts
            look = Look(look.work, error.outcome, str(error))
        if look.outcome not in (Outcome.READ, Outcome.GONE, Outcome.UNCHANGED):
            self.store.fail(link, look.outcome, look.error, now)
        if look.outcome not in _ANSWERS:
            self.tally.unread.append((link.url, look.error))
            log.warning("%s: %s", look.outcome, look.error)
        return look

    def _save(self, link: Link, page: Page, location: Location, article: Article) -> None:
        """Article, signals and alerts in one transaction; again from the start, where another process was first."""
        for attempt in range(3):
            text = self.store.resolve(link, fingerprint(article.title, article.paragraphs))
            if text.kind == "revision" and attempt == 0 and self._corrected(link):
                text = self.store.resolve(link, fingerprint(article.title, article.paragraphs))
            found, told = SIGNALS.to_frame(), list[Alert]()
            if text.kind in ("article", "revision"):
                found = self.desk.signals(text.article_id, article)
            if text.kind == "article":
                told = self.desk.alerts_of_new(text.article_id, article, found)
            elif text.kind == "revision" and text.previous:
                told = self.desk.alerts_of_edit(text.article_id, text.revision, text.previous, article)
            reading = Reading(
                link=link,
                article=article,
                now=page.fetched_at,
                response=location,
                validators=page.validators,
                signals=found,
                alerts=told,
                lexicon_version=self.desk.lexicon.version,
            )
            try:
                saved = self.store.save(reading)
            except Overtaken:
                continue
            if saved.kind == "article":
                self._tell(Story("new", article, len(found), saved.alerts))
            elif saved.kind == "revision":
                self._tell(Story("changed", article, len(found), saved.alerts))
            return
        log.warning("%s: another process is at it; it stays due", link.url)

    def _corrected(self, link: Link) -> bool:
        """Whether the page that an edit is to be told against reads otherwise today, by a mended parser.

        Then what was stored of it is corrected first, as `reparse` does: only the site's own edits are told.
        """
        archived = self.store.last_shown(link)
        if archived is None:
            return False
        try:
            saved = read_again(archived, self.writer.read, self.source, self.store, self.desk)
        except (ArchiveError, ParseError) as error:
            log.warning("%s: what it showed before can't be read again: %s", link.url, error)
            return False
        return saved is not None and saved.kind == "amended"

    def _missing(self, link: Link, now: datetime) -> None:
        """A 404. Twice it is a deletion: if the site is as it was, and the address is one of its present layout."""
        if not self._lists_well:
            self.store.fail(link, Outcome.BAD_STATUS, "404, while the lists could not be read: says nothing", now)
            return
        moved_at = self._moved_at()
        doomed = self.store.would_delete(link, moved_at)
        told = self.desk.alerts_of_deletion(doomed.article_id, doomed.number, doomed.article) if doomed else []
        if self.store.missing(link, now, told, moved_at) == "deleted" and doomed:
            self._tell(Story("gone", doomed.article, 0, len(told)))

    def _moved_at(self) -> datetime | None:
        """When the lists were first read at the address that they have now, if they had another: pages of before have
        other addresses now, if any."""
        records = self.store.lists(self.edition.source, self.edition.lang)
        names = [record.name for record in records]
        moves = [record.first_ok_at for record in records if names.count(record.name) > 1]
        return max(moves, default=None)

    def _tell(self, story: Story) -> None:
        self.tally.stories.append(story)
        article = story.article
        log.info("%s: %s (%s), signals %d, alerts %d", story.event, article.title, article.url, *story.counts)

    # --- what is wrong

    def take_stock(self) -> None:
        """Holds what the edition brought lately against what it usually brings; where its lists say anything at all."""
        if not (self._answers and self._lists_well):
            return
        now = self.clock()
        past = self.store.past(self.edition.source, self.edition.lang, self._zone, now - normal.MEMORY)
        for kind, words in normal.strange(past, self.edition, self._zone, now).items():
            if words is not None:
                self._report(kind, words, fails=True)

    def _judge(self, looks: Sequence[Look], left: int) -> None:
        """One bad page is a note. Where no page could be read, the poll has failed; unless all of them are old ones,
        which have failed before and are tried again now and then."""
        lost = [look for look in looks if look.outcome not in _ANSWERS]
        is_lost = len(lost) == len(looks) >= FEW and any(look.work.attempts == 0 for look in lost)
        failing = self.store.failing(self.edition.source, self.edition.lang)
        for outcome in _FAILURES:
            bad = [look for look in lost if look.outcome is outcome]
            if bad:
                words = f"{len(bad)} of {len(looks)} pages could not be read ({outcome}): {bad[0].error}"
                self._report(outcome, words, fails=is_lost or left > 0)
            elif not failing.keys() & {State(outcome), State.READ}:  # why a page fails that was read before is not kept
                self._report(outcome, "")
        if left:
            self.tally.fault(self._name(), f"the site no longer answers; {_waiting(left, 'page')}")

    def _report(self, kind: str, words: str, address: ListAddress | None = None, *, fails: bool = False) -> None:
        """What is wrong goes to the tally and into an incident; no words: it is well, and the incident is closed."""
        subject = self._name(address)
        if not words:
            self.store.close_incident(kind, subject, self.clock())
            return
        (self.tally.fault if fails else self.tally.note)(subject, words)
        log.warning("%s: %s", subject, words)
        self.store.open_incident(kind, subject, words, self.clock(), source=self.edition.source)

    def _name(self, address: ListAddress | None = None) -> str:
        """`kcna/en`, or `kcna/en Latest` for one of its lists."""
        edition = f"{self.edition.source}/{self.edition.lang}"
        return f"{edition} {address.name}" if address else edition


@contextmanager
def _in_words(subject: str) -> Iterator[None]:
    """A fault of our own in one page or list costs only that: it is said like any other, its trace is in the log."""
    try:
        yield
    except SunchiError:
        raise
    except Exception as error:
        log.exception("%s", subject)
        raise Drift(f"{subject}: a fault of Sunchi's own: {error!r}") from error


def _short(listing: Listing, address: ListAddress) -> str:
    """What is wrong where a list shows less than it should."""
    entries, usual = len(listing.links), max(address.minimum, 1)
    return f"{entries} entries, where {usual} or more are usual" if entries < usual else ""


def _waiting(number: int, what: str) -> str:
    return f"{number} {what}{'s wait' if number > 1 else ' waits'} for the next poll"


def _first_of(words: Sequence[str], most: int = 3) -> str:
    more = len(words) - most
    return "; ".join(words[:most]) + (f"; and {more} more" if more > 0 else "")


def _batches(due: Sequence[Work]) -> Iterator[Sequence[Work]]:
    for start in range(0, len(due), BATCH):
        yield due[start : start + BATCH]
