"""The second part of a crawl: each page, from the request to the stored article with its signals and alerts."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sunchi.errors import ArchiveError, FetchError, Outcome, Overtaken, ParseError
from sunchi.ingest.context import CrawlContext, contain_faults
from sunchi.ingest.lists import Lists
from sunchi.ingest.reparse import ATTEMPTS, reparse_page
from sunchi.ingest.summary import ArticleChange
from sunchi.model import Alert, Article, Link, Location, Page, Request, Validators
from sunchi.store import Parsed, Work
from sunchi.text import fingerprint

log = logging.getLogger(__name__)

ANSWERS = (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE, Outcome.MEDIA_ONLY)
"""Outcomes that are no failure."""


@dataclass(frozen=True)
class FetchResult:
    """What came of fetching one link."""

    work: Work
    outcome: Outcome
    error: str = ""
    read: tuple[Page, Location, Article] | None = None  # where the page is an article


@dataclass
class Pages:
    """The pages of one edition: `fetch` any number of them concurrently, then `record` each."""

    context: CrawlContext
    lists: Lists  # as they were read in this crawl

    async def fetch(self, work: Work) -> FetchResult:
        """Fetch, archive and parse a page, in this order."""
        try:
            with contain_faults(work.link.url):
                validators = work.validators if work.why == "relook" else Validators()
                page, location = await self.context.fetch(Request(work.link.url), validators)
                if page.status == 304:
                    return FetchResult(work, Outcome.UNCHANGED)
                if page.status in (404, 410):
                    return FetchResult(work, Outcome.GONE)
                article = self.context.source.parse_article(page, work.link)
                return FetchResult(work, Outcome.READ, read=(page, location, article))
        except (FetchError, ParseError) as error:
            return FetchResult(work, error.outcome, str(error))

    def record(self, result: FetchResult) -> FetchResult:
        """Store what came of it; where that fails, the link stays due and the returned result says why."""
        link, store, summary = result.work.link, self.context.store, self.context.summary
        try:
            with contain_faults(link.url):
                if result.read:
                    self._save(link, *result.read)
                elif result.outcome is Outcome.GONE:
                    self._missing(link)
                elif result.outcome is Outcome.UNCHANGED:
                    store.record_unchanged(link, self.context.clock())
        except ParseError as error:  # left due, with its signals and alerts
            result = FetchResult(result.work, error.outcome, str(error))
        if result.outcome not in (Outcome.READ, Outcome.GONE, Outcome.UNCHANGED):
            store.record_failure(link, result.outcome, result.error, self.context.clock())
        if result.outcome not in ANSWERS:
            summary.unread.append((link.url, result.error))
            log.warning("%s: %s", result.outcome, result.error)
        return result

    # --- an article

    def _save(self, link: Link, page: Page, location: Location, article: Article) -> None:
        """Save article, signals and alerts in one transaction; start again where another process was first."""
        for attempt in range(ATTEMPTS):
            parsed = self._read(link, page, location, article, is_first=attempt == 0)
            try:
                saved = self.context.store.save(parsed)
            except Overtaken:
                continue
            if saved.kind == "article":
                self._note_change(ArticleChange("new", article, len(parsed.signals), saved.alerts))
            elif saved.kind == "revision":
                self._note_change(ArticleChange("changed", article, len(parsed.signals), saved.alerts))
            return
        log.warning("%s: another process is at it; it stays due", link.url)

    def _read(self, link: Link, page: Page, location: Location, article: Article, *, is_first: bool) -> Parsed:
        """Return all that is to be saved with an article; a known text already has its signals and alerts."""
        context, analyzer = self.context, self.context.analyzer
        parsed = Parsed(
            link=link,
            article=article,
            now=page.fetched_at,
            response=location,
            validators=page.validators,
            lexicon_version=analyzer.lexicon.version,
        )
        text = context.store.resolve(link, fingerprint(article.title, article.paragraphs))
        if text.kind == "revision" and is_first and self._corrected(link):
            text = context.store.resolve(link, fingerprint(article.title, article.paragraphs))
        if text.kind not in ("article", "revision"):
            return parsed
        found, alerts = analyzer.signals(text.article_id, article), list[Alert]()
        if text.kind == "article":
            alerts = analyzer.alerts_of_new(text.article_id, article, found)
        elif text.previous:
            alerts = analyzer.alerts_of_edit(text.article_id, text.revision, text.previous, article)
        return replace(parsed, signals=found, alerts=alerts)

    def _corrected(self, link: Link) -> bool:
        """Return whether today's parser reads the archived earlier page differently; if so, correct what was stored.

        Alerts of an edit compare with the earlier text. What a mended parser changes is no edit by the site.
        """
        context = self.context
        archived = context.store.last_shown(link)
        if archived is None:
            return False
        try:
            saved = reparse_page(archived, context.writer.read, context.source, context.store, context.analyzer)
        except (ArchiveError, ParseError) as error:
            log.warning("%s: what it showed before can't be read again: %s", link.url, error)
            return False
        return saved is not None and saved.kind == "amended"

    # --- no article

    def _missing(self, link: Link) -> None:
        """Record a 404. The second one is a deletion, if the lists are well and the site has not moved meanwhile."""
        store, analyzer, now = self.context.store, self.context.analyzer, self.context.clock()
        if not self.lists.are_healthy:
            store.record_failure(link, Outcome.BAD_STATUS, "404, while the lists could not be read: says nothing", now)
            return
        moved_at = self._moved_at()
        deleted = store.would_delete(link, moved_at)
        alerts = analyzer.alerts_of_deletion(deleted.article_id, deleted.number, deleted.article) if deleted else []
        if store.record_missing(link, now, alerts, moved_at) == "deleted" and deleted:
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
