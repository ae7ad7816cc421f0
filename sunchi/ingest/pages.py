"""The second part of a crawl: each page, from the request to the stored article with its signals and alerts."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sunchi.alerts.wording import correction
from sunchi.errors import FetchError, Outcome, Overtaken, ParseError, SunchiError, Untrusted
from sunchi.ingest.analysis import Analysis, record_faults, text_id
from sunchi.ingest.changes import NewText, say_what_changed
from sunchi.ingest.context import CrawlContext, contain_faults
from sunchi.ingest.likeness import Likeness
from sunchi.ingest.lists import Lists
from sunchi.ingest.reparse import ATTEMPTS, reparse_page
from sunchi.ingest.summary import ArticleChange
from sunchi.ingest.trust import (
    BREAKER_LASTS,
    FIRST_CHANGE,
    STILL_LISTED,
    TEXTLESS,
    UNTRUSTED,
    WAITS,
    Doubt,
    Kinship,
    Wait,
    are_many,
    are_many_strays,
    check,
    doubt,
    is_absent,
    is_completed,
    is_sent_home,
    kinship,
    many_doubted,
    seems_cut,
)
from sunchi.model import Alert, Article, Link, Location, Page, Request, Validators
from sunchi.store import Parsed, Saved, Shape, TextKind, Work
from sunchi.store.links import MISS_APART
from sunchi.store.links import TEXTLESS as NO_TEXT
from sunchi.text import fingerprint

log = logging.getLogger(__name__)

ANSWERS = (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE, Outcome.MEDIA_ONLY)
"""Outcomes that are no failure."""

AGAIN, RETRY = timedelta(hours=1), timedelta(hours=6)
"""When a stored text that is doubted is looked at again, and one that is hard to believe."""


CRAWL_LASTS = timedelta(minutes=30)
"""A crawl that finds a site ill, at its end, may have begun so long before."""

DOUBTED = "doubted_texts"
"""The kind of the incident of an edition that shows far more texts than usual that are hard to believe."""

STRAYS = "other_articles"
"""The same of one whose pages show other articles than were asked for."""


@dataclass(frozen=True)
class FetchResult:
    """What came of fetching one link."""

    work: Work
    outcome: Outcome
    error: str = ""
    read: tuple[Page, Location, Article] | None = None  # where the page is an article


@dataclass
class Pages:
    """The pages of one edition: `fetch` any number of them concurrently, `record` what came, and `settle` at the end.

    What a page shows is stored when it agrees with its list (trust.py). A text that takes the place of another, and a
    page that is gone, are decided on at the end of the crawl: many at once are no news but an incident.
    """

    context: CrawlContext
    lists: Lists  # as they were read in this crawl
    _saved: dict[str, str] = field(default_factory=dict)  # key of a link -> the article that it gave in this crawl
    _new: dict[str, NewText] = field(default_factory=dict)  # article -> its text, of those that alert
    _changed: list[tuple[FetchResult, Kinship]] = field(default_factory=list)
    _missing: list[FetchResult] = field(default_factory=list)
    _second_looks: int = 0
    _is_contradicted: bool = False  # a page that a list shows is not there
    _shown: list[bool] = field(default_factory=list)  # of each text that was shown, whether it is hard to believe
    _analyses: dict[str, Analysis] = field(default_factory=dict)  # by text_id, of the pages that are being recorded
    _likeness: Likeness = field(init=False)
    _usual: Shape = field(init=False)  # what the edition usually prints
    _is_usual_known: bool = field(init=False)
    _believed: Shape = field(init=False)  # what is usual, as far as the site is well: asked of every text
    _ill_since: datetime | None = field(init=False)  # when the edition began to show what is hard to believe
    _untrusted: int = 0
    _unsettled: list[tuple[FetchResult, str]] = field(default_factory=list)  # texts that were just saved or believed

    def __post_init__(self) -> None:
        edition, store = self.context.edition, self.context.store
        self._likeness = Likeness(store, edition.source, edition.lang, self.context.today)
        usual = store.usual_shape(edition.source, edition.lang)
        self._usual, self._is_usual_known = usual or Shape(brief=edition.brief), usual is not None
        incidents = [incident for kind in (DOUBTED, STRAYS) if (incident := self.context.incident(kind))]
        self._ill_since = min((incident.opened_at for incident in incidents), default=None)
        self._believed = Shape() if self.context.incident(DOUBTED) else self._usual

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
                return FetchResult(work, Outcome.READ, read=(page, location, article))
        except (FetchError, ParseError) as error:
            return FetchResult(work, error.outcome, str(error))

    def record(self, results: Sequence[FetchResult]) -> list[FetchResult]:
        """Store what came of pages that were fetched together; where one can't be stored, its result says why."""
        for result in results:
            if result.read:
                article = result.read[2]
                self._likeness.add(result.work.link, article, result.work.article)
                self._shown.append(bool(doubt(article, Shape())))
        with self.context.store.together():
            self._analyses = self.context.analyzer.analyze_all(self._unknown(results))
            return [self._record(result) for result in results]

    def _unknown(self, results: Sequence[FetchResult]) -> Iterator[Article]:
        """Yield what pages show that is new, or new at their links."""
        for result in results:
            if result.read:
                article = result.read[2]
                shown = fingerprint(article.title, article.paragraphs, article.date)
                if self.context.store.resolve(result.work.link, shown).kind in ("article", "revision"):
                    yield article

    def _record(self, result: FetchResult) -> FetchResult:
        work, store, summary = result.work, self.context.store, self.context.summary
        link = work.link
        is_known = work.article is not None and not work.is_imported and not self._is_uncertain(work)
        self._second_looks += is_known and result.outcome in ANSWERS
        self._is_contradicted |= result.outcome is Outcome.GONE and link.key in self.lists.shown
        try:
            with contain_faults(link.url):
                if result.read:
                    self._take(result, *result.read)
                elif result.outcome is Outcome.GONE and work.article is not None:
                    self._missing.append(result)
                elif result.outcome is Outcome.GONE:
                    self._record_missing(link)
                elif result.outcome is Outcome.UNCHANGED:
                    store.record_unchanged(link, self.context.clock())
                elif result.outcome is Outcome.MEDIA_ONLY and not self._is_textless(result):
                    return result
        except ParseError as error:  # left due, with its signals and alerts
            self._untrusted += isinstance(error, Untrusted)
            result = FetchResult(work, error.outcome, str(error))
        if result.outcome not in (Outcome.READ, Outcome.GONE, Outcome.UNCHANGED):
            store.record_failure(link, result.outcome, result.error, self.context.clock())
        if result.outcome not in ANSWERS:
            summary.unread.append((link.url, result.error))
            log.warning("%s: %s", result.outcome, result.error)
        return result

    def settle(self) -> None:
        """Decide on changed and missing pages, and let the crawl's alerts go."""
        context, now = self.context, self.context.clock()
        strays = self._count_strays()
        is_ill = (strays > 0 or self._are_many_doubted()) and not self._was_ill_for_long()
        changed = sum(not self._is_uncertain(result.work) for result, _ in self._changed)
        is_held = self._is_incident(changed + len(self._missing)) or is_ill
        for result, kin in self._changed:
            with contain_faults(result.work.link.url):
                self._settle_change(result, kin, is_held=is_held, is_ill=is_ill)
        for result in self._missing:
            if is_held:
                words = "not there, with many others at once: says nothing yet"
                context.store.record_failure(result.work.link, Outcome.BAD_STATUS, words, now)
            else:
                with contain_faults(result.work.link.url):
                    self._record_missing(result.work.link)
        self._doubt_unsettled(is_ill=is_ill)
        doubted = context.store.doubted(context.edition.source, context.edition.lang)
        self._report_doubted(strays, is_over=not doubted)
        if doubted and not is_held:
            words = "pages show what is not believed before they have shown it again"
            context.summary.wait(context.name(), f"{len(doubted)} {words}: {doubted[0]}")
        say_what_changed(context, self._new.values())
        context.store.release_alerts(context.edition.source, context.edition.lang, now)

    # --- an article

    def _take(self, result: FetchResult, page: Page, location: Location, article: Article) -> None:
        """Save an article that agrees with its list; put off a change; raise Untrusted where it does not agree."""
        work, context = result.work, self.context
        link, now = work.link, context.clock()
        shown = fingerprint(article.title, article.paragraphs, article.date)
        text, is_believed = context.store.resolve(link, shown), False
        try:
            self._check(work, article, text.kind)
        except Untrusted as error:
            pending = context.store.pend(link, shown, now, RETRY)
            if error.outcome is Outcome.ALIKE or not (pending.is_its_own and UNTRUSTED.is_over(pending, now)):
                raise
            context.summary.note(context.name(), f"believed after {pending.looks} looks: {error}")
            is_believed = True
        is_backlog = work.is_imported or _is_backlog(work)
        if text.kind == "revision" and self._corrected(link):
            text = context.store.resolve(link, shown)
        if text.kind == "revision" and text.previous:
            kin = kinship(text.previous, article)
            is_doubted = bool(self._doubt_of(work, article))
            is_whole_now = kin == "completed" and seems_cut(text.previous)
            was_mixed = self._doubt_of(work, text.previous).weight > 1  # and its beginning may be all of it
            is_better = work.is_doubted and self._is_better(work, article, text.previous)
            is_right_now = is_better and (kin != "beginning" or was_mixed)
            if not (is_whole_now or is_right_now) and not (work.is_imported and kin in ("related", "completed")):
                self._changed.append((result, kin))
                return
            if not work.is_imported:
                words = "only its beginning" if kin == "completed" else "another text, which was doubted,"
                context.summary.note(context.name(), f"showed {words} when it was first read: {link.url}")
            is_another, is_backlog = self._was_never_told(work), is_backlog or work.is_backlog
            self._save(
                work, page, location, article, is_another=is_another, is_backlog=is_backlog, is_doubted=is_doubted
            )
            self._unsettled.append((result, self._saved[link.key]))
            return
        if text.kind == "same" and work.is_pending:
            if self._is_uncertain(work) and self._is_doubted_still(work, article, shown):
                return
            if not self._is_uncertain(work):
                context.summary.flickers.append((link.url, article.title))
        is_doubted = text.kind == "article" and not is_believed and bool(self._doubt_of(work, article))
        self._save(work, page, location, article, is_backlog=is_backlog, is_doubted=is_doubted)
        if not is_believed and (text.kind == "article" or self._is_uncertain(work)):
            self._unsettled.append((result, self._saved[link.key]))

    def _is_uncertain(self, work: Work) -> bool:
        """Return whether the text that stands at a link was never certain: it is doubted, or came while the site was
        ill, as it may be still."""
        if work.is_doubted or work.article is None or self._ill_since is None:
            return work.is_doubted
        return self.context.store.revisions(work.article)[-1].seen_at >= self._ill_since - CRAWL_LASTS

    def _is_held_back(self, work: Work) -> bool:
        """Return whether nobody was told of a text whose alerts are held; if so, nobody is any more."""
        store, article = self.context.store, work.article
        return article is not None and store.has_held(article) and store.withdraw_unheard(article)

    def _was_never_told(self, work: Work) -> bool:
        """Return whether nobody has had an alert of a text that was doubted; if so, none of them is sent any more."""
        return bool(work.article) and work.is_doubted and self.context.store.withdraw_unheard(str(work.article))

    def _is_doubted_still(self, work: Work, article: Article, shown: str) -> bool:
        """Count a look at a text that is doubted; return whether it was not seen often and long enough."""
        found, now = self._doubt_of(work, article), self.context.clock()
        return bool(found) and not found.wait.is_over(self.context.store.pend(work.link, shown, now, AGAIN), now)

    def _is_better(self, work: Work, one: Article, other: Article) -> bool:
        """Return whether one text of a link is more easily believed than another."""
        return self._doubt_of(work, one).weight < self._doubt_of(work, other).weight

    def _doubt_of(self, work: Work, article: Article) -> Doubt:
        """Return how hard a text is to believe, by itself and beside other articles."""
        return doubt(article, self._believed) | self._likeness.doubt(work.link, article, work.article)

    def _is_textless(self, result: FetchResult) -> bool:
        """Return whether a page without text has been so often and long enough; raise Untrusted where it had one."""
        work, now = result.work, self.context.clock()
        if work.article:
            raise Untrusted(Outcome.MISMATCH, f"{work.link.url}: shows no text any more: {result.error}")
        return TEXTLESS.is_over(self.context.store.pend(work.link, NO_TEXT, now, MISS_APART), now)

    def _check(self, work: Work, article: Article, kind: TextKind) -> None:
        """Raise Untrusted where the page is not what the list says of it, or is what other links show, too."""
        link = work.link
        if kind != "same":
            self._check_list(work, article)
        error, others = self._likeness.find(link, article, work.article)
        if error is None and kind != "same":
            error, others = self._likeness.find_mixed(link, article, work.article)
        self._doubt(others)
        if error is not None:
            if work.attempts == 0:  # which of the two is wrong, a look at both may show
                self.context.store.doubt(self._likeness.stored_like(article, work.article), self.context.clock())
            raise error

    def _check_list(self, work: Work, article: Article) -> None:
        """Raise Untrusted where a page is not what its list says."""
        try:
            check(work.link, article)
        except Untrusted:
            known = self.context.store.article(work.article) if work.article else None
            if known is None:
                raise
            check(replace(work.link, title=known["title"]), article)  # its list may have another headline

    def _doubt(self, links: Sequence[Link]) -> None:
        """Look again at links that were stored in this crawl, and take back what their alerts tell."""
        saved = {link.key: self._saved.pop(link.key) for link in links if link.key in self._saved}
        self.context.store.look_again([link for link in links if link.key in saved], self.context.clock())
        for article_id in saved.values():
            if article_id in self._new:  # what was told before may be right: other pages may show its text
                self._correct(article_id, "its page showed a text that other pages show, too")

    def _settle_change(self, result: FetchResult, kin: Kinship, *, is_held: bool, is_ill: bool) -> None:
        """Save a text that takes the place of another, once enough looks agree.

        Where changes are held, only what is uncertain gives way, and what comes is doubted in turn.
        """
        assert result.read is not None  # noqa: S101 - only results with an article are put off
        link, now, store = result.work.link, self.context.clock(), self.context.store
        article, is_uncertain = result.read[2], self._is_uncertain(result.work)
        shown = fingerprint(article.title, article.paragraphs, article.date)
        wait = self._wait_for(result.work, kin, article, shown)
        pause = MISS_APART if wait.time <= MISS_APART else RETRY
        pending = store.pend(link, shown, now, pause)
        if (is_held and not is_uncertain) or not wait.is_over(pending, now):
            log.info("%s: another text (%s), look %d", link.url, kin, pending.looks)
            return
        self._replace(result, kin, shown, is_uncertain=is_uncertain, is_doubted=is_ill)

    def _replace(self, result: FetchResult, kin: Kinship, shown: str, *, is_uncertain: bool, is_doubted: bool) -> None:
        """Save a text in the place of the one that stands: as another one, where that was not its article's or was
        told to nobody, and else as an edit."""
        assert result.read is not None  # noqa: S101 - only results with an article are put off
        link, store, (page, location, article) = result.work.link, self.context.store, result.read
        stands = store.revisions(result.work.article) if result.work.article else []
        if kin == "unrelated" and not store.is_first(link):  # it showed another article's text when it was first read
            store.part(link, self.context.clock())
        elif kin == "unrelated" and result.work.article:
            self._correct(result.work.article, "its page shows another text now")
        is_better = bool(stands) and self._is_better(result.work, article, stands[-1].article)
        was_never_told = (is_better and self._is_held_back(result.work)) or (
            is_uncertain and store.withdraw_unheard(str(result.work.article))
        )
        is_another = kin == "unrelated" or was_never_told
        is_return = is_another and any(each.fingerprint == shown for each in stands)
        is_backlog = result.work.is_imported or (is_another and _is_backlog(result.work))
        if was_never_told or is_return:
            is_backlog |= result.work.is_backlog
        if is_return and not was_never_told:  # it was told, unless nobody has had an alert of the article
            is_backlog |= not store.withdraw_unheard(str(result.work.article))
        self._save(
            result.work,
            page,
            location,
            article,
            is_another=is_another,
            is_backlog=is_backlog,
            is_doubted=is_doubted,
        )

    def _wait_for(self, work: Work, kin: Kinship, article: Article, shown: str) -> Wait:
        """Return how often and long a text must be seen.

        It is less easily believed than the one that it follows, or an earlier one: that may be an old copy of the page.
        """
        known = self.context.store.revisions(work.article) if work.article else []
        is_worse = bool(known) and self._is_better(work, known[-1].article, article)
        if not is_worse and self._is_uncertain(work):
            return FIRST_CHANGE
        if is_worse or any(each.fingerprint == shown for each in known):
            return WAITS["unrelated"]
        return FIRST_CHANGE if kin == "unrelated" and work.looks <= 1 else WAITS[kin]

    def _save(
        self,
        work: Work,
        page: Page,
        location: Location,
        article: Article,
        *,
        is_another: bool = False,
        is_backlog: bool = False,
        is_doubted: bool = False,
    ) -> None:
        """Save article, signals and alerts in one transaction; start again where another process was first.

        What stood there before the first poll, or came from a file, is saved without alerts; those of a text that is
        doubted wait for another look.
        """
        link = work.link
        for _ in range(ATTEMPTS):
            parsed, faults = self._parsed(work, page, location, article, is_another=is_another)
            parsed = replace(parsed, alerts=() if is_backlog else parsed.alerts, is_doubted=is_doubted)
            try:
                saved = self.context.store.save(parsed)
            except Overtaken:
                continue
            self._saved[link.key] = saved.article_id
            if not is_backlog and (saved.kind == "article" or (is_another and saved.kind == "revision")):
                self._new[saved.article_id] = NewText(saved.article_id, article, saved.revision, location)
            self._report_incomplete(saved, article, faults)
            if is_backlog and saved.kind == "article":
                self.context.summary.record_backlog(self.context.name(), article.date)
            if saved.kind == "article":
                self._note_change(ArticleChange("new", article, len(parsed.signals), saved.alerts))
            elif saved.kind == "revision":
                self._note_change(ArticleChange("changed", article, len(parsed.signals), saved.alerts))
            return
        log.warning("%s: another process is at it; it stays due", link.url)

    def _report_incomplete(self, saved: Saved, article: Article, faults: Sequence[str]) -> None:
        """Report why the signals of an article are not complete, or that now they are."""
        if saved.kind in ("article", "revision"):
            record_faults(self.context.store, article, faults, self.context.clock())
            for words in faults:
                self.context.summary.note(self.context.name(), f"signals not complete: {words}: {article.url}")

    def _parsed(
        self, work: Work, page: Page, location: Location, article: Article, *, is_another: bool
    ) -> tuple[Parsed, tuple[str, ...]]:
        """Return all that is to be saved with an article, and why its signals are not complete.

        A known text already has its signals and alerts.
        """
        context, analyzer, link = self.context, self.context.analyzer, work.link
        parsed = Parsed(
            link=link,
            article=article,
            now=page.fetched_at,
            response=location,
            validators=page.validators,
            lexicon_version=analyzer.lexicon.version,
            hold_alerts=True,
        )
        text = context.store.resolve(link, fingerprint(article.title, article.paragraphs, article.date))
        if text.kind not in ("article", "revision"):
            return parsed, ()
        known = self._analyses.get(text_id(article))
        analysis = known.under(text.article_id) if known else analyzer.analyze(text.article_id, article)
        found, alerts = analysis.signals, list[Alert]()
        if text.kind == "article" or is_another:
            alerts = analyzer.alerts_of_new(text.article_id, article, found, revision=text.revision, page=location)
        elif text.previous and is_completed(text.previous, article, work.looks):
            texts = (text.previous, article)
            alerts = analyzer.alerts_of_completion(text.article_id, text.revision, *texts, found, location)
        elif text.previous:
            alerts = analyzer.alerts_of_edit(text.article_id, text.revision, text.previous, article, analysis)
        return replace(parsed, signals=found, alerts=alerts), analysis.faults

    def _corrected(self, link: Link) -> bool:
        """Return whether today's parser reads the archived earlier page differently; if so, correct what was stored.

        Alerts of an edit compare with the earlier text. What a mended parser changes is no edit by the site.
        """
        context = self.context
        archived = context.store.last_shown(link)
        if archived is None:
            return False
        saved = reparse_page(
            archived, context.writer.read, context.source, context.store, context.analyzer, context.clock()
        )
        if isinstance(saved, SunchiError):
            log.warning("%s: what it showed before can't be read again: %s", link.url, saved)
        return isinstance(saved, Saved) and saved.kind == "amended"

    def _correct(self, article_id: str, why: str) -> None:
        """Withdraw the alerts of an article that nobody has had yet, and correct the others."""
        store = self.context.store
        self._new.pop(article_id, None)
        corrections = [correction(alert, why) for alert in store.withdraw_alerts(article_id)]
        if corrections:
            store.add_corrections(corrections, self.context.clock())

    # --- what many pages show at once

    def _is_incident(self, changed: int) -> bool:
        """Return whether so many second looks changed that it is an incident, for as long as it holds them up."""
        context, kind = self.context, "relooks_changed"
        if not are_many(changed, self._second_looks):
            if self._second_looks:
                context.report(kind, "")
            return False
        words = f"{changed} of {self._second_looks} articles that were looked at again show another text, or are gone"
        context.report(kind, f"{words}: held back until the site is clear")
        incident = context.incident(kind)
        return incident is None or context.clock() - incident.opened_at < BREAKER_LASTS

    def _doubt_unsettled(self, *, is_ill: bool) -> None:
        """Doubt texts that were just saved or believed, by all that is shown; all of them where the site `is_ill`.

        What is new waits for another look as long as anything of an illness is left.
        """
        was_ill = self._ill_since is not None
        doubted = []
        for result, article_id in self._unsettled:
            is_new = result.work.article is None
            is_suspect = is_ill or (is_new and (was_ill or bool(self._likeness_of(result, article_id))))
            if is_suspect and result.work.link.key in self._saved:
                doubted.append(article_id)
        self.context.store.doubt(doubted, self.context.clock())

    def _count_strays(self) -> int:
        """Return how many of a crawl's pages are not, or seem not to be, what was asked for.

        That is 0 where they are few, unless there were many in a crawl before and the site is not well yet.
        """
        shown = [*self._unsettled, *((result, result.work.article) for result, _ in self._changed)]
        titles, strays = set[str](), set[str]()  # one article may have many links
        for result, article_id in shown:
            if result.read:
                titles.add(result.read[2].title)
                if self._likeness_of(result, article_id).weight > 1:
                    strays.add(result.read[2].title)
        number = len(strays) + self._untrusted
        return number if self._ill_since or are_many_strays(number, len(titles) + self._untrusted) else 0

    def _likeness_of(self, result: FetchResult, article_id: str | None) -> Doubt:
        assert result.read is not None  # noqa: S101 - only texts are asked about
        return self._likeness.doubt(result.work.link, result.read[2], article_id)

    def _was_ill_for_long(self) -> bool:
        """Return whether the edition has shown doubtful texts for so long that what stands is believed."""
        return self._ill_since is not None and self.context.clock() - self._ill_since >= BREAKER_LASTS

    def _report_doubted(self, strays: int, *, is_over: bool) -> None:
        """Report a crawl with far more texts that are hard to believe than usual, as where a site shows teasers.

        It `is_over` when no text is doubted any more.
        """
        if self._are_many_doubted():
            words = (
                "texts have one paragraph alone, end in mid-sentence or do not speak of their titles: teasers, notices?"
            )
            self.context.report(DOUBTED, f"{sum(self._shown)} of {len(self._shown)} {words}")
        elif is_over:
            self.context.report(DOUBTED, "")
        if strays:
            words = "show other articles than were asked for, text of these, or what speaks more of their titles"
            self.context.report(STRAYS, f"{strays} of {len(self._shown)} pages {words}")
        elif is_over:
            self.context.report(STRAYS, "")

    def _are_many_doubted(self) -> bool:
        usual = max(self._usual.brief, self._usual.unended, self._usual.astray)
        return many_doubted(self._shown, usual if self._is_usual_known else None)

    # --- no article

    def _record_missing(self, link: Link) -> None:
        """Record a 404. The second one is a deletion, if the lists are well and the site has not moved meanwhile.

        While a list still shows the article, list or page is wrong: which of them, a day of looks decides. Where that
        is so of another page, the site may be wrong of this one, too.
        """
        store, analyzer, now = self.context.store, self.context.analyzer, self.context.clock()
        if not self.lists.are_healthy:
            store.record_failure(link, Outcome.BAD_STATUS, "404, while the lists could not be read: says nothing", now)
            return
        is_doubtful = self._is_contradicted
        if is_doubtful and not STILL_LISTED.is_over(store.pend_absent(link, now), now):
            return
        moved_at = self._moved_at()
        deleted = store.would_delete(link, moved_at, is_certain=is_doubtful)
        alerts = analyzer.alerts_of_deletion(deleted.article_id, deleted.number, deleted.article) if deleted else []
        outcome = store.record_missing(link, now, alerts, moved_at, is_certain=is_doubtful)
        if outcome == "deleted" and deleted:
            self._note_change(ArticleChange("gone", deleted.article, 0, len(alerts)))

    def _moved_at(self) -> datetime | None:
        """Return when the lists moved to their present address, None if they never did.

        After a move the old addresses of pages say nothing about whether an article still exists.
        """
        records = self.context.store.lists(self.context.edition.source, self.context.edition.lang)
        names = [record.name for record in records]
        moves = [record.first_ok_at for record in records if names.count(record.name) > 1]
        return max(moves, default=None)

    def _note_change(self, change: ArticleChange) -> None:
        self.context.summary.changes.append(change)
        article = change.article
        log.info(
            "%s: %s (%s), signals %d, alerts %d",
            change.kind,
            article.title,
            article.url,
            change.signals,
            change.alerts,
        )


def _is_backlog(work: Work) -> bool:
    """Return whether a text that comes at once, and makes no edit, stood there before the first poll: what was seen
    twice since then is no backlog any more."""
    return work.is_backlog and work.looks <= 1
