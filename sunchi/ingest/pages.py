"""The second part of the walk: one page looked at, from the request to the article with its signals and alerts."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sunchi.errors import ArchiveError, FetchError, Outcome, Overtaken, ParseError
from sunchi.ingest.context import Visit, in_words
from sunchi.ingest.lists import Lists
from sunchi.ingest.reparse import ATTEMPTS, read_again
from sunchi.ingest.summary import Story
from sunchi.model import Alert, Article, Link, Location, Page, Request, Validators
from sunchi.store import Parsed, Work
from sunchi.text import fingerprint

log = logging.getLogger(__name__)

ANSWERS = (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE, Outcome.MEDIA_ONLY)
"""Outcomes of a page that is as it should be."""


@dataclass(frozen=True)
class Look:
    """What came of one look at one link."""

    work: Work
    outcome: Outcome
    error: str = ""
    read: tuple[Page, Location, Article] | None = None  # where an article was


@dataclass
class Pages:
    """The pages of one edition: `look` at any number of them side by side, then `record` each."""

    visit: Visit
    lists: Lists  # as they were read in this pass

    async def look(self, work: Work) -> Look:
        """Fetch, keep, parse, in this order."""
        try:
            with in_words(work.link.url):
                validators = work.validators if work.why == "relook" else Validators()
                page, location = await self.visit.ask(Request(work.link.url), validators)
                if page.status == 304:
                    return Look(work, Outcome.UNCHANGED)
                if page.status in (404, 410):
                    return Look(work, Outcome.GONE)
                article = self.visit.source.parse_article(page, work.link)
                return Look(work, Outcome.READ, read=(page, location, article))
        except (FetchError, ParseError) as error:
            return Look(work, error.outcome, str(error))

    def record(self, look: Look) -> Look:
        """Stores what came of it; where that can't be done the link stays due, and the look says why."""
        link, store, tally = look.work.link, self.visit.store, self.visit.tally
        try:
            with in_words(link.url):
                if look.read:
                    self._save(link, *look.read)
                elif look.outcome is Outcome.GONE:
                    self._missing(link)
                elif look.outcome is Outcome.UNCHANGED:
                    store.unchanged(link, self.visit.clock())
        except ParseError as error:  # left due, with its signals and alerts
            look = Look(look.work, error.outcome, str(error))
        if look.outcome not in (Outcome.READ, Outcome.GONE, Outcome.UNCHANGED):
            store.fail(link, look.outcome, look.error, self.visit.clock())
        if look.outcome not in ANSWERS:
            tally.unread.append((link.url, look.error))
            log.warning("%s: %s", look.outcome, look.error)
        return look

    # --- an article

    def _save(self, link: Link, page: Page, location: Location, article: Article) -> None:
        """Article, signals and alerts in one transaction; again from the start, where another process was first."""
        for attempt in range(ATTEMPTS):
            parsed = self._read(link, page, location, article, is_first=attempt == 0)
            try:
                saved = self.visit.store.save(parsed)
            except Overtaken:
                continue
            if saved.kind == "article":
                self._tell(Story("new", article, len(parsed.signals), saved.alerts))
            elif saved.kind == "revision":
                self._tell(Story("changed", article, len(parsed.signals), saved.alerts))
            return
        log.warning("%s: another process is at it; it stays due", link.url)

    def _read(self, link: Link, page: Page, location: Location, article: Article, *, is_first: bool) -> Parsed:
        """All that is to be kept with an article; of a text that is known its signals and alerts are kept already."""
        visit, desk = self.visit, self.visit.desk
        parsed = Parsed(
            link=link,
            article=article,
            now=page.fetched_at,
            response=location,
            validators=page.validators,
            lexicon_version=desk.lexicon.version,
        )
        text = visit.store.resolve(link, fingerprint(article.title, article.paragraphs))
        if text.kind == "revision" and is_first and self._corrected(link):
            text = visit.store.resolve(link, fingerprint(article.title, article.paragraphs))
        if text.kind not in ("article", "revision"):
            return parsed
        found, told = desk.signals(text.article_id, article), list[Alert]()
        if text.kind == "article":
            told = desk.alerts_of_new(text.article_id, article, found)
        elif text.previous:
            told = desk.alerts_of_edit(text.article_id, text.revision, text.previous, article)
        return replace(parsed, signals=found, alerts=told)

    def _corrected(self, link: Link) -> bool:
        """Whether the page that an edit is to be told against reads otherwise today, by a mended parser.

        Then what was stored of it is corrected first, as `reparse` does: only the site's own edits are told.
        """
        visit = self.visit
        archived = visit.store.last_shown(link)
        if archived is None:
            return False
        try:
            saved = read_again(archived, visit.writer.read, visit.source, visit.store, visit.desk)
        except (ArchiveError, ParseError) as error:
            log.warning("%s: what it showed before can't be read again: %s", link.url, error)
            return False
        return saved is not None and saved.kind == "amended"

    # --- no article

    def _missing(self, link: Link) -> None:
        """A 404. Twice it is a deletion: if the site is as it was, and the address is one of its present layout."""
        store, desk, now = self.visit.store, self.visit.desk, self.visit.clock()
        if not self.lists.are_well:
            store.fail(link, Outcome.BAD_STATUS, "404, while the lists could not be read: says nothing", now)
            return
        moved_at = self._moved_at()
        doomed = store.would_delete(link, moved_at)
        told = desk.alerts_of_deletion(doomed.article_id, doomed.number, doomed.article) if doomed else []
        if store.missing(link, now, told, moved_at) == "deleted" and doomed:
            self._tell(Story("gone", doomed.article, 0, len(told)))

    def _moved_at(self) -> datetime | None:
        """When the lists were first read at the address that they have now, if they had another: pages of before have
        other addresses now, if any."""
        records = self.visit.store.lists(self.visit.edition.source, self.visit.edition.lang)
        names = [record.name for record in records]
        moves = [record.first_ok_at for record in records if names.count(record.name) > 1]
        return max(moves, default=None)

    def _tell(self, story: Story) -> None:
        self.visit.tally.stories.append(story)
        article = story.article
        log.info(
            "%s: %s (%s), signals %d, alerts %d", story.event, article.title, article.url, story.signals, story.alerts
        )
