"""The second part of a crawl: each page, from the request to the stored article with its signals and alerts."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sunchi.errors import FetchError, Outcome, ParseError, Untrusted
from sunchi.ingest.context import CrawlContext, contain_faults
from sunchi.ingest.lists import Lists
from sunchi.ingest.missing import MissingPages
from sunchi.ingest.replacement import AT_ONCE, Replacement, kind_of, wait_for
from sunchi.ingest.saver import Saver, Sighting
from sunchi.ingest.site_health import SiteHealth
from sunchi.ingest.trust import (
    BREAKER_LASTS,
    FEW_STRAYS,
    FIRST_CHANGE,
    TEXTLESS,
    UNTRUSTED,
    are_many_strays,
    brings_foreign,
    check,
    check_whole,
    contradicts_dateline,
    drops_own,
    is_absent,
    is_sent_home,
    keeps_paragraphs,
    kinship,
    lost_words,
    seems_cut,
    thinned,
)
from sunchi.model import Article, Link, Request, Validators
from sunchi.store import BY_THE_SITE, TextKind, Work
from sunchi.store.doubts import DATED
from sunchi.store.doubts import TEXTLESS as NO_TEXT
from sunchi.store.rechecks import LOOKS_APART, RECHECKS
from sunchi.text import fingerprint

log = logging.getLogger(__name__)

ANSWERS = (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE, Outcome.MEDIA_ONLY)
"""Outcomes that are not failures."""

TOGETHER = timedelta(hours=6)
"""The time within which articles come while their site is in the same state."""

AGAIN, RETRY = timedelta(hours=1), timedelta(hours=6)
"""The waits before another look at a stored text that is doubted, and at one that is hard to believe."""


@dataclass(frozen=True)
class FetchResult:
    """The result of fetching one link."""

    work: Work
    outcome: Outcome
    error: str = ""
    sighting: Sighting | None = None  # if the page is an article


@dataclass
class Pages:
    """The pages of one edition: `fetch` any number of them concurrently, `record` the results, and `settle` at the end.

    The content of a page is stored if it agrees with its list (trust.py). Changed texts and missing pages are decided
    at the end of the crawl, since many at once are not news but an incident.
    """

    context: CrawlContext
    lists: Lists  # as they were read in this crawl
    _changed: list[tuple[Sighting, Replacement]] = field(default_factory=list)
    _looked_again: set[str] = field(default_factory=set)  # articles whose stored text was certain
    _unsettled: list[tuple[Sighting, str]] = field(default_factory=list)  # texts that were just saved or believed
    _saver: Saver = field(init=False)
    _missing: MissingPages = field(init=False)
    _health: SiteHealth = field(init=False)

    def __post_init__(self) -> None:
        self._saver, self._health = Saver(self.context), SiteHealth(self.context)
        self._missing = MissingPages(self.context, self.lists, self._saver.note)

    async def fetch(self, work: Work) -> FetchResult:
        """Fetch, archive and parse a page, in this order."""
        try:
            with contain_faults(work.link.url):
                validators = work.validators if work.why == "relook" else Validators()
                page, location = await self.context.fetch(Request(work.link.url), validators)
                if page.status == 304:
                    return FetchResult(work, Outcome.UNCHANGED)
                if page.status in (404, 410) or is_sent_home(page, self.context.edition):
                    return FetchResult(work, Outcome.GONE)
                article = self.context.source.parse_article(page, work.link)
                if is_absent(work.link, article):
                    return FetchResult(work, Outcome.GONE)
                return FetchResult(work, Outcome.READ, sighting=Sighting(work, page, location, article))
        except (FetchError, ParseError) as error:
            return FetchResult(work, error.outcome, str(error))

    def record(self, results: Sequence[FetchResult]) -> list[FetchResult]:
        """Store the results of pages that were fetched together; if one can't be stored, its result says why."""
        for result in results:
            if result.sighting:
                self._health.add(result.work, result.sighting.article)
        with self.context.store.together():
            self._saver.analyze(result.sighting for result in results if result.sighting)
            return [self._record(result) for result in results]

    def _record(self, result: FetchResult) -> FetchResult:
        work, store, link = result.work, self.context.store, result.work.link
        is_known = work.article is not None and not work.is_imported and not self._health.is_uncertain(work)
        if is_known and result.outcome in ANSWERS:
            self._looked_again.add(str(work.article))
        try:
            with contain_faults(link.url):
                if result.sighting:
                    self._take(result.sighting)
                elif result.outcome is Outcome.GONE:
                    self._missing.add(work)
                elif result.outcome is Outcome.UNCHANGED:
                    store.record_unchanged(link, self.context.clock())
                elif result.outcome is Outcome.MEDIA_ONLY and not self._is_textless(result):
                    return result
        except ParseError as error:  # left due, with its signals and alerts
            self._health.untrusted += isinstance(error, Untrusted)
            result = FetchResult(work, error.outcome, str(error))
        if result.outcome not in (Outcome.READ, Outcome.GONE, Outcome.UNCHANGED):
            self._record_failure(result)
        return result

    def _record_failure(self, result: FetchResult) -> FetchResult:
        """Record that a page could not be read, or has no text; it is due again later."""
        link, context = result.work.link, self.context
        context.store.record_failure(link, result.outcome, result.error, context.clock())
        if result.outcome not in ANSWERS:
            context.summary.unread.append((link.url, result.error))
            log.warning("%s: %s", result.outcome, result.error)
        return result

    def settle(self) -> list[FetchResult]:
        """Decide on changed and missing pages, and release the crawl's alerts; return the pages where this failed."""
        context, now = self.context, self.context.clock()
        strays, shown = self._health.count_strays(self._texts_shown())
        is_ill = self._health.is_ill(strays)
        differing = [sighting.work for sighting, _ in self._changed if not self._health.is_uncertain(sighting.work)]
        changed = {str(work.article) for work in (*differing, *self._missing.of_articles)}
        looked_again = self._looked_again | changed  # so that no part of it is larger than the whole
        is_incident = self._health.report_changes(len(changed), len(looked_again)) or is_ill
        is_held = is_incident or self._health.is_recovering
        losses = [sighting for sighting, it in self._changed if it.shows_loss and not it.is_uncertain]
        is_losing = self._health.is_losing(len(self._newly_losing(losses) & looked_again), len(looked_again))
        whole = {str(sighting.work.article) for sighting, known in self._changed if known.only_gains}
        is_repaired = are_many_strays(len(whole), len(looked_again))  # the site had lost the rest
        failed: list[FetchResult] = []
        for sighting, _ in self._changed:
            with self._settling(sighting.work, failed):
                id = str(sighting.work.article)
                was_lost_with_others = id in whole and (is_repaired or self._came_with_incomplete(id, whole))
                known = self._known(sighting, was_lost_with_others=was_lost_with_others)
                self._settle_change(sighting, known, is_held=is_held, is_ill=is_ill, is_losing=is_losing)
        for work in self._missing.of_articles:
            with self._settling(work, failed):
                self._missing.settle(work, is_held=is_held)
        self._doubt_unsettled(is_ill=is_ill or is_losing)
        doubted = context.store.doubted(context.edition.source, context.edition.lang)
        self._health.report(strays, shown, is_over=not doubted)
        if doubted and not is_incident:
            pages = "1 page shows" if len(doubted) == 1 else f"{len(doubted)} pages show"
            words = "text that waits for another look" + (", such as" if len(doubted) > 1 else ":")
            context.summary.wait(context.name(), f"{pages} {words} {doubted[0]}")
        self._saver.say_what_changed()
        context.store.release_alerts(context.edition.source, context.edition.lang, now)
        return failed

    @contextmanager
    def _settling(self, work: Work, failed: list[FetchResult]) -> Iterator[None]:
        """Decide on one page in one transaction: a look that was counted, and not used, would be missing next time.

        If that fails, the page alone stays due, and joins the `failed`.
        """
        try:
            with contain_faults(work.link.url), self.context.store.together():
                yield
        except ParseError as error:
            failed.append(self._record_failure(FetchResult(work, error.outcome, str(error))))

    # --- an article

    def _take(self, sighting: Sighting) -> None:
        """Save an article that agrees with its list; postpone a change. Raises Untrusted if it does not agree."""
        store, health, work, link = self.context.store, self._health, sighting.work, sighting.link
        text = store.resolve(link, sighting.fingerprint, sighting.article)
        is_believed = self._is_believed_in_spite(sighting, text.kind)
        is_of_headline = text.kind == "revision" and work.article is None  # from a file
        is_past = is_of_headline or work.is_imported
        is_backlog = is_past or (work.looks <= 1 and self._is_backlog(work, sighting.article))
        if text.kind == "revision" and self._saver.correct_parsing(link):
            text = store.resolve(link, sighting.fingerprint, sighting.article)
        if text.kind == "revision" and text.previous and not is_of_headline:
            self._take_another_text(sighting)
            return
        if text.kind == "same" and text.previous and self._must_wait(sighting, text.previous):
            return
        is_doubted = text.kind == "article" and not is_believed and bool(health.doubt(work, sighting.article))
        saved = self._saver.save(sighting, is_backlog=is_backlog, is_doubted=is_doubted)
        if saved and not is_believed and (text.kind == "article" or health.is_uncertain(work)):
            self._unsettled.append((sighting, saved))

    def _is_believed_in_spite(self, sighting: Sighting, kind: TextKind) -> bool:
        """Return whether a page is believed, since it has been shown for so long, although it does not match its list.

        Raises Untrusted if it has not been shown long enough.
        """
        context, link = self.context, sighting.link
        try:
            self._check(sighting, kind)
        except Untrusted as error:
            now = context.clock()
            pending = context.store.pend(link, sighting.fingerprint, now, RETRY)
            if error.outcome is Outcome.ALIKE or not (pending.is_its_own and UNTRUSTED.is_over(pending, now)):
                raise
            context.summary.note(context.name(), f"believed after {pending.looks} looks: {error}")
            return True
        return False

    def _must_wait(self, sighting: Sighting, stands: Article) -> bool:
        """Return whether a text that is stored already is not settled by this look."""
        work = sighting.work
        if self._take_another_date(sighting, stands):
            return True
        is_uncertain = work.is_pending and self._health.is_uncertain(work)
        if is_uncertain and self._is_doubted_still(sighting):
            return True
        if work.is_pending and not is_uncertain:  # it showed another text meanwhile
            self.context.summary.flickers.append((sighting.link.url, sighting.article.title))
        return False

    def _take_another_text(self, sighting: Sighting) -> None:
        """Save a text at once that is easier to believe than the stored one; postpone any other."""
        known, work = self._known(sighting), sighting.work
        if wait_for(known) > AT_ONCE:
            self._changed.append((sighting, known))
            return
        if not work.is_imported:
            words = "only a part" if known.kin == "completed" else "another text, which was doubted,"
            self.context.summary.note(
                self.context.name(), f"showed {words} when it was first read: {sighting.link.url}"
            )
        saved = self._replace(sighting, known, is_doubted=bool(self._health.doubt(work, sighting.article)))
        if saved:
            self._unsettled.append((sighting, saved))

    def _take_another_date(self, sighting: Sighting, stands: Article) -> bool:
        """Return whether a known text has another date now; correct the stored one once enough looks agree.

        Only the page that the article was first read from counts, since another may have been posted on another day. A
        date that not both page and list have must be seen for a day.
        """
        context, link, article = self.context, sighting.link, sighting.article
        is_as_good = article.date_basis in ("page", stands.date_basis)
        if article.date in (None, stands.date) or not is_as_good or not context.store.is_first(link):
            return False
        if contradicts_dateline(article, self._health.days_apart):
            return False
        if fingerprint(stands.title, stands.paragraphs, stands.date) != sighting.fingerprint:
            return False
        is_confirmed = article.date_basis == "page" and article.date == link.date
        wait = FIRST_CHANGE if is_confirmed else UNTRUSTED
        if self._health.is_uncertain(sighting.work):
            wait = max(wait, self._health.doubt(sighting.work, article).wait)
        now, pause = context.clock(), LOOKS_APART if wait.time <= LOOKS_APART else RETRY
        if wait.is_over(context.store.pend(link, f"{DATED}{article.date}", now, pause), now):
            self._saver.redate(sighting, stands)
        return True

    def _is_doubted_still(self, sighting: Sighting) -> bool:
        """Count a look at a doubted text; return whether it has not yet been seen often and long enough."""
        found, now = self._health.doubt(sighting.work, sighting.article), self.context.clock()
        if not found:
            return False
        return not found.wait.is_over(self.context.store.pend(sighting.link, sighting.fingerprint, now, AGAIN), now)

    def _is_textless(self, result: FetchResult) -> bool:
        """Return whether a page has been without text often and long enough. Raises Untrusted if it had one before."""
        work, now = result.work, self.context.clock()
        if work.article:
            raise Untrusted(Outcome.MISMATCH, f"{work.link.url}: no longer shows a text: {result.error}")
        return TEXTLESS.is_over(self.context.store.pend(work.link, NO_TEXT, now, LOOKS_APART), now)

    def _check(self, sighting: Sighting, kind: TextKind) -> None:
        """Raise Untrusted if the page is incomplete, does not match its list, or shows what other links also show."""
        work, link, article = sighting.work, sighting.link, sighting.article
        if kind != "same":
            check_whole(sighting.page)
            self._check_list(work, article)
        error, others = self._health.likeness.find(link, article, work.article)
        if error is None and kind != "same":
            error, others = self._health.likeness.find_mixed(link, article, work.article)
        self._doubt(others)
        if error is not None:
            if work.attempts == 0:  # a look at both may show which of them is wrong
                self.context.store.doubt(self._health.likeness.stored_like(article, work.article), self.context.clock())
            raise error

    def _check_list(self, work: Work, article: Article) -> None:
        """Raise Untrusted if a page does not match its list."""
        try:
            check(work.link, article, self._health.days_apart)
        except Untrusted:
            known = self.context.store.article(work.article) if work.article else None
            if known is None:
                raise
            named = replace(work.link, title=known["title"])  # its list may have another headline
            check(named, article, self._health.days_apart)

    def _doubt(self, links: Sequence[Link]) -> None:
        """Look again at links that were stored in this crawl; their alerts wait until their texts are believed."""
        saved = {link.key: self._saver.saved.pop(link.key) for link in links if link.key in self._saver.saved}
        self.context.store.look_again([link for link in links if link.key in saved], self.context.clock())
        self.context.store.doubt(list(saved.values()), self.context.clock())

    # --- a text in place of another

    def _known(self, sighting: Sighting, *, was_lost_with_others: bool = False) -> Replacement:
        """Return what is known of a text and of the stored one that it would replace."""
        work, article, health = sighting.work, sighting.article, self._health
        texts = self.context.store.revisions(str(work.article))
        stands = texts[-1].article
        before, now = health.doubt(work, stands), health.doubt(work, article)
        return Replacement(
            kin=kinship(stands, article),
            looks=work.looks,
            is_of_file=work.is_imported,
            is_doubted=work.is_doubted,
            is_uncertain=health.is_uncertain(work),
            was_edit=texts[-1].kind in (None, *BY_THE_SITE),
            was_cut=seems_cut(stands),
            thinned=thinned(stands, article),
            was_lost_with_others=was_lost_with_others,
            was_restless=work.flickers > 0,
            had_foreign=brings_foreign(article, stands),
            is_backlog=work.is_backlog,
            is_better=now.weight < before.weight,
            is_worse=now.weight > before.weight,
            is_thinner=thinned(article, stands) > 0,
            keeps_paragraphs=keeps_paragraphs(stands, article),
            brings_foreign=brings_foreign(stands, article),
            drops_own=drops_own(stands, article),
            is_earlier=any(each.fingerprint == sighting.fingerprint for each in texts),
        )

    def _newly_losing(self, losses: Sequence[Sighting]) -> set[str]:
        """Return the articles that lack what is not known to be gone for good.

        That are words which several others of the edition lost, with nothing else, and still lacked after a day, as
        where an editor takes a name out of all articles.
        """
        store, edition = self.context.store, self.context.edition
        losing = {str(sighting.work.article): sighting.article for sighting in losses}
        if len(losing) < FEW_STRAYS:
            return set(losing)
        gone = Counter[str]()
        for before, after, _ in store.changed_texts(self.context.clock() - RECHECKS[-1]):
            text = before.article
            is_of_edition = (text.source, text.lang) == (edition.source, edition.lang)
            if after is not None and is_of_edition and thinned(after.article, text):
                gone.update(lost_words(text, after.article))
        for_good = {word for word, times in gone.items() if times >= FEW_STRAYS}
        lost = {id: lost_words(store.revisions(id)[-1].article, article) for id, article in losing.items()}
        return {id for id, words in lost.items() if not words or not words <= for_good}

    def _came_with_incomplete(self, id: str, whole: Collection[str]) -> bool:
        """Return whether many of the articles that came at about the same time as one were incomplete then.

        `whole`: those that show more in this crawl. An article's first text is taken for incomplete, too, if hardly any
        other is known: then nothing tells a text that its site had cut from one to which an editor added.
        """
        store, edition, known = self.context.store, self.context.edition, self.context.store.revisions(id)
        if len(known) == 1 and store.knows_fewer(edition.source, edition.lang, FEW_STRAYS):
            return True
        came_at = known[0].seen_at
        came = store.came_between(edition.source, edition.lang, came_at - TOGETHER, came_at + TOGETHER)
        return are_many_strays(sum(was_unsettled or each in whole for each, was_unsettled in came.items()), len(came))

    def _settle_change(
        self, sighting: Sighting, known: Replacement, *, is_held: bool, is_ill: bool, is_losing: bool
    ) -> None:
        """Save a text that replaces another, once enough looks agree.

        None gives way in a crawl in which the site `is_ill`, and while changes are held only an uncertain one; but what
        a page has shown for 24 hours is held no longer. While the site `is_losing` parts of its texts, the next poll
        looks again, since only that shows when it is well.
        """
        link, now, wait = sighting.link, self.context.clock(), max(wait_for(known), FIRST_CHANGE)
        pause = LOOKS_APART if is_losing or wait.time <= LOOKS_APART else RETRY
        pending = self.context.store.pend(link, sighting.fingerprint, now, pause)
        is_blocked = (is_ill or (is_held and not known.is_uncertain)) and now - pending.since < BREAKER_LASTS
        if is_blocked or not wait.is_over(pending, now):
            log.info("%s: another text (%s), look %d", link.url, known.kin, pending.looks)
            return
        stood = pending.since - self.context.store.revisions(str(sighting.work.article))[-1].seen_at
        self._replace(sighting, replace(known, was_brief=stood < TOGETHER))

    def _replace(self, sighting: Sighting, known: Replacement, *, is_doubted: bool = False) -> str | None:
        """Save a text in place of the stored one, as what it is; return the article's id.

        What a text lacks that takes the place of one that was never settled is corrected for those who were told.
        """
        work, link, store, id = sighting.work, sighting.link, self.context.store, str(sighting.work.article)
        if known.kin == "unrelated" and not store.is_first(link):  # it showed another article's text at first
            store.part(link, self.context.clock())
        elif known.kin == "unrelated":
            self._saver.take_back(id, "its page now shows another text")
        lost = set[tuple[str, str]]()
        if known.may_be_unsettled:
            stands = store.revisions(id)[-1].article
            lost = self.context.analyzer.lost(id, stands, sighting.article)
            known = replace(known, had_signals=bool(lost))
        if known.is_uncertain or known.is_unsettled or store.has_held(id):
            known = replace(known, is_unheard=store.withdraw_unheard(id))
        kind = kind_of(known)
        if kind == "completed" and known.is_unsettled:
            self._saver.correct_lost(id, lost)
        is_backlog = kind not in BY_THE_SITE and self._is_backlog(work, sighting.article)
        if kind == "flicker":  # alerted, unless nobody received an alert or it was taken back
            is_backlog |= not (store.withdraw_unheard(id) or store.was_corrected(id))
        return self._saver.save(sighting, kind=kind, is_backlog=is_backlog, is_doubted=is_doubted)

    def _is_backlog(self, work: Work, article: Article) -> bool:
        """Return whether an article is backlog from before the first poll.

        The date of its page decides, if its list has another; so does a dateline, which counts only without these.
        """
        watch, basis, day = self.lists.watch, article.date_basis, article.date
        if watch is None or day is None or basis not in ("page", "dateline"):
            return work.is_backlog
        is_old = day < watch.first_day and (basis == "dateline" or work.link.date not in (None, day))
        is_news = day > watch.first_day and day >= watch.horizon
        return is_old or (work.is_backlog and not is_news)

    # --- the crawl as a whole

    def _texts_shown(self) -> Iterator[tuple[Link, Article, str | None]]:
        """Yield the texts just saved or believed, and those that would replace another text."""
        yield from ((sighting.link, sighting.article, article_id) for sighting, article_id in self._unsettled)
        yield from ((sighting.link, sighting.article, sighting.work.article) for sighting, _ in self._changed)

    def _doubt_unsettled(self, *, is_ill: bool) -> None:
        """Doubt texts just saved or believed, judging by everything the crawl showed; all of them if the site `is_ill`,
        or loses parts of older texts.

        New texts wait for another look until nothing suggests a fault of the site any more.
        """

        def is_suspect(sighting: Sighting, article_id: str) -> bool:
            if is_ill or sighting.work.article is not None:
                first = self.context.store.revisions(article_id)[0]
                return is_ill and self.context.clock() - first.seen_at < BREAKER_LASTS
            return self._health.was_ill or bool(
                self._health.likeness.doubt(sighting.link, sighting.article, article_id)
            )

        doubted = [
            article_id
            for sighting, article_id in self._unsettled
            if sighting.link.key in self._saver.saved and is_suspect(sighting, article_id)
        ]
        self.context.store.doubt(doubted, self.context.clock())
