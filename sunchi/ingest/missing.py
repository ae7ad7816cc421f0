"""Pages that are missing (404, or what amounts to it): a deletion, a fault of the site, or not known yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sunchi.errors import Outcome
from sunchi.ingest.context import CrawlContext
from sunchi.ingest.lists import Lists
from sunchi.ingest.summary import ArticleChange
from sunchi.ingest.trust import STILL_LISTED
from sunchi.model import Link
from sunchi.store import Work


@dataclass
class MissingPages:
    """The missing pages of one crawl: those of stored articles are decided at its end, since many at once are not news
    but an incident."""

    context: CrawlContext
    lists: Lists  # as they were read in this crawl
    note: Callable[[ArticleChange], None]
    of_articles: list[Work] = field(default_factory=list)
    _is_doubtful: bool = False  # a list shows one of them, or there are too many to be news

    def add(self, work: Work) -> None:
        """Record a missing page, or keep it for the end of the crawl."""
        self._is_doubtful |= self.lists.show(work.link)
        if work.article is None:
            self._record(work.link)
        else:
            self.of_articles.append(work)

    def settle(self, work: Work, *, is_held: bool) -> None:
        """Decide on the page of a stored article; while an incident holds changes back, it is not soon believed
        missing."""
        self._is_doubtful |= is_held
        self._record(work.link)

    def _record(self, link: Link) -> None:
        """Record a 404. The second one is a deletion, if the lists are healthy and the site has not moved meanwhile.

        While a list still shows the article, or many pages are missing or wrong at once, a day of looks decides. If
        another page is in that state, the site may be wrong about this one, too.
        """
        store, analyzer, now = self.context.store, self.context.analyzer, self.context.clock()
        if not self.lists.are_healthy:
            store.record_failure(link, Outcome.BAD_STATUS, "404 while the lists could not be read: not counted", now)
            return
        if self._is_doubtful and not STILL_LISTED.is_over(store.pend_absent(link, now), now):
            return
        moved_at = self._moved_at()
        deleted = store.would_delete(link, moved_at, is_certain=self._is_doubtful)
        alerts = analyzer.alerts_of_deletion(deleted.article_id, deleted.number, deleted.article) if deleted else []
        outcome = store.record_missing(link, now, alerts, moved_at, is_certain=self._is_doubtful)
        if outcome == "deleted" and deleted:
            self.note(ArticleChange("gone", deleted.article, 0, len(alerts)))

    def _moved_at(self) -> datetime | None:
        """Return when the lists moved to their present address; None if they never did.

        After a move, the old addresses of pages do not show whether an article still exists.
        """
        records = self.context.store.lists(self.context.edition.source, self.context.edition.lang)
        names = [record.name for record in records]
        moves = [record.first_ok_at for record in records if names.count(record.name) > 1]
        return max(moves, default=None)
