"""Saves an article that a page shows, with its signals and alerts, in one transaction. Whether it is saved, pages.py
decides."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sunchi.alerts.wording import correction
from sunchi.errors import Overtaken, SunchiError
from sunchi.ingest.analysis import AS_NEW, Analysis, record_faults, text_id
from sunchi.ingest.changes import NewText, say_what_changed
from sunchi.ingest.context import CrawlContext
from sunchi.ingest.reparse import ATTEMPTS, reparse_page
from sunchi.ingest.replacement import kind_by_texts
from sunchi.ingest.summary import ArticleChange
from sunchi.model import Article, Link, Location, Page
from sunchi.store import Parsed, RevisionKind, Saved, Work
from sunchi.text import fingerprint

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sighting:
    """An article as the page of a link showed it."""

    work: Work
    page: Page
    location: Location  # of the page in the archive
    article: Article

    @property
    def link(self) -> Link:
        return self.work.link

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.article.title, self.article.paragraphs, self.article.date)


@dataclass
class Saver:
    """Saves the articles of one crawl of an edition."""

    context: CrawlContext
    saved: dict[str, str] = field(default_factory=dict)  # key of a link -> its article in this crawl
    _new: dict[str, NewText] = field(default_factory=dict)  # article -> its text, for articles with alerts
    _lost: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # article -> rules, partners taken back
    _analyses: dict[str, Analysis] = field(default_factory=dict)  # by text_id, for the pages being saved

    def analyze(self, sightings: Iterable[Sighting]) -> None:
        """Analyze together the texts that are new, or new at their links; they are saved next."""
        resolve = self.context.store.resolve
        new = (
            s.article for s in sightings if resolve(s.link, s.fingerprint, s.article).kind in ("article", "revision")
        )
        self._analyses = self.context.analyzer.analyze_all(new)

    def save(
        self,
        sighting: Sighting,
        *,
        kind: RevisionKind | None = None,
        is_backlog: bool = False,
        is_doubted: bool = False,
    ) -> str | None:
        """Save article, signals and alerts in one transaction; retry if another process was first.

        Return the article's id, or None if other processes were first each time; then it stays due. Backlog from before
        the first poll, and articles from files, are saved without alerts. The alerts of a doubted text wait for another
        look. `kind` says what a text is that replaces another; if it is not given, the two texts and the looks at the
        earlier one decide.
        """
        link, article = sighting.link, sighting.article
        for _ in range(ATTEMPTS):
            parsed, faults = self._parsed(sighting, kind)
            parsed = replace(parsed, alerts=() if is_backlog else parsed.alerts, is_doubted=is_doubted)
            try:
                saved = self.context.store.save(parsed)
            except Overtaken:
                continue
            self.saved[link.key] = saved.article_id
            if not is_backlog and saved.kind in ("article", "revision") and parsed.kind in AS_NEW:
                self._new[saved.article_id] = NewText(saved.article_id, article, saved.revision, sighting.location)
            self._report_incomplete(saved, article, faults)
            if is_backlog and saved.kind == "article":
                self.context.summary.record_backlog(self.context.name(), article.date)
            if saved.kind == "article":
                self.note(ArticleChange("new", article, len(parsed.signals), saved.alerts))
            elif saved.kind == "revision":
                self.note(ArticleChange("changed", article, len(parsed.signals), saved.alerts))
            return saved.article_id
        log.warning("%s: another process is working on it; it stays due", link.url)
        return None

    def redate(self, sighting: Sighting, stands: Article) -> None:
        """Correct the date of a known text; its alerts that are still held are worded anew."""
        context, article = self.context, sighting.article
        parsed, _ = self._parsed(sighting)
        analysis = context.analyzer.analyze(str(sighting.work.article), article)
        try:
            saved = context.store.redate(replace(parsed, signals=analysis.signals))
        except Overtaken:
            log.warning("%s: another process is working on it; it stays due", sighting.link.url)
            return
        context.summary.note(context.name(), f"dated {article.date} now, not {stands.date}: {sighting.link.url}")
        if context.store.has_held(saved.article_id):
            self._new[saved.article_id] = NewText(saved.article_id, article, saved.revision, sighting.location)

    def correct_parsing(self, link: Link) -> bool:
        """Return whether today's parser reads the archived earlier page differently; if so, correct what was stored.

        Alerts of an edit compare with the earlier text, and what a fixed parser changes is not an edit by the site.
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

    def take_back(self, article_id: str, why: str, only: Collection[tuple[str, str]] | None = None) -> None:
        """Withdraw the alerts of an article that nobody has received yet, and correct the others; or `only` those of
        some rules and partners."""
        store = self.context.store
        self._new.pop(article_id, None)
        corrections = [correction(alert, why) for alert in store.withdraw_alerts(article_id, only)]
        if corrections:
            store.queue_alerts(corrections, self.context.clock())

    def correct_lost(self, article_id: str, lost: set[tuple[str, str]]) -> None:
        """Take back the alerts of a stored text, by rule and partner, that the text in its place does not bear out."""
        self.take_back(article_id, "its page said so at one look, and then showed other texts", lost)
        self._lost[article_id] = lost

    def say_what_changed(self) -> None:
        """Compare the crawl's new texts with the past, and put the findings into their alerts."""
        say_what_changed(self.context, self._new.values())

    def note(self, change: ArticleChange) -> None:
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

    def _parsed(self, sighting: Sighting, kind: RevisionKind | None = None) -> tuple[Parsed, tuple[str, ...]]:
        """Return everything to save with an article, and why its signals are incomplete.

        A known text already has its signals and alerts.
        """
        context, analyzer, article, location = self.context, self.context.analyzer, sighting.article, sighting.location
        parsed = Parsed(
            link=sighting.link,
            article=article,
            now=sighting.page.fetched_at,
            response=location,
            validators=sighting.page.validators,
            lexicon_version=analyzer.lexicon.version,
            hold_alerts=True,
        )
        text = context.store.resolve(sighting.link, sighting.fingerprint, article)
        if text.kind not in ("article", "revision"):
            return parsed, ()
        known = self._analyses.get(text_id(article))
        analysis = known.under(text.article_id) if known else analyzer.analyze(text.article_id, article)
        if text.previous is None:
            kind = "first"
        elif kind is None:
            kind = kind_by_texts(text.previous, article, sighting.work.looks)
        lost = self._lost.get(text.article_id, ())
        alerts = analyzer.alerts_of_text(
            kind, text.article_id, text.revision, text.previous, article, analysis, page=location, lost=lost
        )
        return replace(parsed, signals=analysis.signals, alerts=alerts, kind=kind), analysis.faults

    def _report_incomplete(self, saved: Saved, article: Article, faults: Sequence[str]) -> None:
        """Report why the signals of an article are incomplete, or that they are complete now."""
        if saved.kind in ("article", "revision"):
            record_faults(self.context.store, article, faults, self.context.clock())
            for words in faults:
                self.context.summary.note(self.context.name(), f"signals not complete: {words}: {article.url}")
