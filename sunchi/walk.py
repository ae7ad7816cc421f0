"""One article's walk: list -> links -> pages -> archive -> articles -> signals and alerts -> store.

Knows no site (a `Source` is handed in) and no Prefect (`flows/` wraps what goes over the network). Everything that is
still to be done stands in the store, so a walk may be cut off anywhere and is taken up by the next one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import polars as pl

from sunchi import rules, signals
from sunchi.archive import Writer
from sunchi.fetch import Fetcher
from sunchi.lexicon import Lexicon
from sunchi.lexicon import load as load_lexicon
from sunchi.model import (
    ARTICLES,
    SIGNALS,
    Alert,
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
    Recipient,
    Request,
    Source,
    Validators,
)
from sunchi.notify import Notifier
from sunchi.settings import Settings
from sunchi.store import ListRecord, Reading, Store, Work
from sunchi.text import fingerprint

log = logging.getLogger(__name__)

MAX_PAGES = 40
"""Pages of one list in one poll; further ones wait for the next, and an incident says so."""

OVERLAP = timedelta(days=2)
"""How far behind the last good poll a list is read again after a gap: dates on lists are days, and can be late."""

BATCH = 10
"""Pages between two looks at the result: what is read is saved, and a site that no longer answers is left alone."""


# --- reading a text -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Desk:
    """What an article is read with, and who is told."""

    lexicon: Lexicon
    rules: rules.Rules
    recipients: tuple[Recipient, ...] = ()

    @classmethod
    def open(cls, settings: Settings) -> Desk:
        """As the settings say; raises LexiconError or SettingsError that names what is wrong in the analyst's files."""
        return cls(
            lexicon := load_lexicon(settings.lexicon),
            rules.load_rules(settings.lexicon / "rules.toml", lexicon),
            Notifier(settings.recipients()).recipients,
        )

    def signals(self, articles: Sequence[tuple[str, Article]]) -> pl.DataFrame:
        """The signals of articles under their ids; one that no detector can bear costs only its own."""
        try:
            return signals.detect(frame(articles), self.lexicon)
        except Exception:  # a fault of ours in one text must not hold back the others, nor the text itself
            if len(articles) == 1:
                log.exception("no signals of %s (%s): a detector broke on it", articles[0][0], articles[0][1].url)
                return SIGNALS.to_frame()
            return pl.concat(self.signals([article]) for article in articles)

    def alerts_of_new(self, id: str, article: Article, found: pl.DataFrame) -> list[Alert]:
        return rules.alerts(found, frame([(id, article)]), self.rules, self.recipients)

    def alerts_of_edit(self, id: str, revision: int, before: Article, after: Article) -> list[Alert]:
        """Both texts are read with the same lexicon, so that only the edit makes a difference."""
        return rules.edited_alerts(
            self.signals([(id, before)]),
            self.signals([(id, after)]),
            frame([(id, after)]),
            self.rules,
            self.recipients,
            revision=revision,
        )

    def alerts_of_deletion(self, id: str, revision: int, article: Article) -> list[Alert]:
        found = self.signals([(id, article)])
        return rules.deleted_alerts(found, frame([(id, article)]), self.rules, self.recipients, revision=revision)


def frame(articles: Sequence[tuple[str, Article]]) -> pl.DataFrame:
    """Articles under their ids, as `model.ARTICLES`."""
    return pl.DataFrame(
        [(id, a.source, a.lang, a.url, a.date, a.title, list(a.paragraphs)) for id, a in articles],
        schema=ARTICLES,
        orient="row",
    )


# --- one pass over one edition --------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What a pass did, counted, and what went wrong, in words."""

    listed: set[tuple[str, str]] = field(default_factory=set)  # language and key of each link
    new: int = 0
    changed: int = 0
    gone: int = 0
    failed: int = 0
    signals: int = 0
    alerts: int = 0
    faults: list[str] = field(default_factory=list)  # these fail the run
    notes: list[str] = field(default_factory=list)  # these do not


@dataclass(frozen=True)
class Look:
    """What came of one look at one link."""

    work: Work
    outcome: Outcome
    error: str = ""
    read: tuple[Page, Location, Article] | None = None  # where an article was


@dataclass
class Walk:
    """One pass over one edition: `read_lists`, then `read_articles`. Both count in `tally`, and raise for no page."""

    source: Source
    edition: Edition
    fetcher: Fetcher
    writer: Writer
    store: Store
    desk: Desk
    first_poll: int  # links of a list that its first poll fetches, newest first
    clock: Callable[[], datetime]
    tally: Tally = field(default_factory=Tally)

    # --- lists

    async def read_lists(self) -> None:
        for address in self.edition.lists:
            try:
                await self._read_list(address)
            except (FetchError, ParseError) as error:
                self._report("list", address, str(error), fails=address.minimum > 0)
            else:
                self._report("list", address, "")

    async def _read_list(self, address: ListAddress) -> None:
        request, page = await self._first_page(address)
        if page.status == 304:
            self.store.list_unchanged(request.url, self.clock())
            return
        first = self._parse_list(page)
        listings, cut = await self._read_on(first, self._wanted(address, request.url))
        links = [link for listing in listings for link in listing.links]
        seen = self.store.see(
            [replace(link, rank=rank) for rank, link in enumerate(links, 1)],
            list_url=request.url,
            list_name=address.name,
            source=self.edition.source,
            lang=self.edition.lang,
            # A list that was not read to the end must come whole next time, not as "304, unchanged".
            validators=Validators() if cut else page.validators,
            now=self.clock(),
            first_limit=len(links) if self._before(address) else self.first_poll,
        )
        self.tally.listed |= {(link.lang, link.key) for link in links}
        unfit = [f"address too long: {link.url[:200]}…" for link in seen.unfit]
        skipped = [*(words for listing in listings for words in listing.skipped), *unfit]
        self._report("list_cut", address, cut)
        self._report("list_entries", address, "; ".join(skipped[:3]))
        if len(first.links) < address.minimum:  # what it shows is taken all the same
            raise Drift(f"{len(first.links)} entries on {request.url}, where {address.minimum} or more are usual")

    async def _read_on(self, listing: Listing, wanted: Callable[[Listing, int], bool]) -> tuple[list[Listing], str]:
        """The pages of a list as far as they are wanted; and, where one could not be had, why."""
        listings = [listing]
        while listing.more and wanted(listing, sum(len(each.links) for each in listings)):
            if len(listings) == MAX_PAGES:
                return listings, f"left off after {MAX_PAGES} pages: the next poll reads on"
            try:
                listing = self._parse_list(self._keep(await self.fetcher.get(listing.more))[0])
            except (FetchError, ParseError) as error:
                return listings, f"page {len(listings) + 1} could not be read: {error}"
            listings.append(listing)
        return listings, ""

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
        return self.source.parse_list(page, self.edition)

    def _wanted(self, address: ListAddress, url: str) -> Callable[[Listing, int], bool]:
        """Whether a further page of a list is wanted, by the last one read and the number of links up to there."""
        before = self._before(address)
        if not before:
            return lambda listing, count: count < self.first_poll
        cut = [
            each for each in self.store.incidents() if (each.kind, each.subject) == ("list_cut", self._name(address))
        ]
        if cut or all(record.url != url for record in before):
            # After a cut, links on this page that are known say nothing of the next page; under a new address, none is
            # known. So read back by the dates, to before the gap.
            since = cut[0].opened_at if cut else max(record.last_ok_at for record in before)
            horizon = (since - OVERLAP).date()
            return lambda listing, count: _reaches(listing, horizon)
        return lambda listing, count: bool(self.store.unknown(listing.links))

    def _before(self, address: ListAddress) -> list[ListRecord]:
        """What is known of a list, under any of its addresses; nothing before its first poll."""
        lang = self.edition.lang
        return [
            each for each in self.store.lists(self.edition.source) if (each.lang, each.name) == (lang, address.name)
        ]

    def _report(self, kind: str, address: ListAddress | None, words: str, *, fails: bool = False) -> None:
        """What is wrong goes to the tally and into an incident; no words: it is well, and the incident is closed."""
        if not words:
            self.store.close_incident(kind, self._name(address), self.clock())
            return
        subject = self._name(address)
        (self.tally.faults if fails else self.tally.notes).append(f"{subject}: {words}")
        self.store.open_incident(kind, subject, words, self.clock(), source=self.edition.source)

    def _name(self, address: ListAddress | None = None) -> str:
        """`kcna/en`, or `kcna/en Latest` for one of its lists."""
        edition = f"{self.edition.source}/{self.edition.lang}"
        return f"{edition} {address.name}" if address else edition

    # --- articles

    async def read_articles(self) -> None:
        """Every page that is due, newest first; what is read is saved before the next batch is asked for."""
        due = self.store.work(self.edition.source, self.edition.lang, self.clock())
        looks: list[Look] = []
        for batch in _batches(due):
            some = await asyncio.gather(*map(self._look, batch))
            self._settle(some)
            looks += some
            if all(look.outcome is Outcome.UNREACHABLE for look in some):
                left = len(due) - len(looks)
                self.tally.faults.append(
                    f"{self._name()}: the site no longer answers ({some[-1].error})"
                    + (f"; {left} pages wait for the next poll" if left else "")
                )
                break
        self._judge(looks)

    async def _look(self, work: Work) -> Look:
        """Fetch, keep, parse, in this order: what cannot be read today is there when the parser has learned to."""
        try:
            page = await self.fetcher.get(
                Request(work.link.url), work.validators if work.why == "relook" else Validators()
            )
        except FetchError as error:
            return Look(work, error.outcome, str(error))
        page, location = self._keep(page)
        if page.status == 304:
            return Look(work, Outcome.UNCHANGED)
        if page.status in (404, 410):
            return Look(work, Outcome.GONE)
        try:
            return Look(work, Outcome.READ, read=(page, location, self.source.parse_article(page, work.link)))
        except ParseError as error:
            return Look(work, error.outcome, str(error))

    def _keep(self, page: Page) -> tuple[Page, Location]:
        location = self.writer.write(page)
        self.store.add_response(page, location, self.edition.site)
        return page, location

    def _settle(self, looks: Sequence[Look]) -> None:
        for look in looks:
            link, now = look.work.link, self.clock()
            if look.read:
                self._save(link, *look.read)
            elif look.outcome is Outcome.UNCHANGED:
                self.store.unchanged(link, now)
            elif look.outcome is Outcome.GONE:
                self._missing(link, now)
            else:
                self.store.fail(link, look.outcome, look.error, now)
                self.tally.failed += look.outcome is not Outcome.MEDIA_ONLY

    def _save(self, link: Link, page: Page, location: Location, article: Article) -> None:
        """Article, signals and alerts in one transaction; again from the start, where another process was first."""
        for last in (False, False, True):
            text = self.store.resolve(link, fingerprint(article.title, article.paragraphs))
            found, told = SIGNALS.to_frame(), list[Alert]()
            if text.kind in ("article", "revision"):
                found = self.desk.signals([(text.article_id, article)])
            if text.kind == "article":
                told = self.desk.alerts_of_new(text.article_id, article, found)
            elif text.kind == "revision" and text.previous:
                told = self.desk.alerts_of_edit(text.article_id, text.revision, text.previous, article)
            try:
                saved = self.store.save(
                    Reading(
                        link=link,
                        article=article,
                        now=page.fetched_at,
                        response=location,
                        validators=page.validators,
                        signals=found,
                        alerts=told,
                        lexicon_version=self.desk.lexicon.version,
                    )
                )
                break
            except Overtaken:
                if last:
                    raise
        self.tally.new += saved.kind == "article"
        self.tally.changed += saved.kind == "revision"
        self.tally.signals += len(found)
        self.tally.alerts += saved.alerts

    def _missing(self, link: Link, now: datetime) -> None:
        told = list[Alert]()
        if doomed := self.store.would_delete(link):
            told = self.desk.alerts_of_deletion(doomed.article_id, doomed.number, doomed.article)
        if self.store.missing(link, now, told) == "deleted":
            self.tally.gone += 1
            self.tally.alerts += len(told)

    def _judge(self, looks: Sequence[Look]) -> None:
        """One bad page is a note; where no page could be read, the run has failed."""
        for outcome in (Outcome.DRIFT, Outcome.BLOCKED):
            bad = [look for look in looks if look.outcome is outcome]
            if bad:
                words = f"{len(bad)} of {len(looks)} pages: {bad[0].error} ({bad[0].work.link.url})"
                self._report(outcome, None, words)
            elif any(look.outcome is Outcome.READ for look in looks):
                self._report(outcome, None, "")
        lost = [look for look in looks if look.outcome not in _ANSWERS]
        if len(lost) == len(looks) >= 3:
            self.tally.faults.append(f"{self._name()}: none of {len(lost)} pages could be read: {lost[0].error}")


_ANSWERS = (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE, Outcome.MEDIA_ONLY)


def _reaches(listing: Listing, horizon: date) -> bool:
    """Whether a page of a list is still this side of the horizon; a page without dates is, an empty one is not."""
    dates = [link.date for link in listing.links if link.date]
    return bool(listing.links) and (not dates or min(dates) >= horizon)


def _batches(due: Sequence[Work]) -> Iterator[Sequence[Work]]:
    for start in range(0, len(due), BATCH):
        yield due[start : start + BATCH]
