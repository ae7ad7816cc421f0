"""Site health: how far to believe the pages of one edition, judging by everything this and earlier crawls show.

trust.py judges a single text, and likeness.py a text beside other articles. If too many texts of a crawl are hard to
believe, or belong to other articles, the site is ill: everything else it shows is doubted, too, until it recovers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sunchi.ingest.context import CrawlContext
from sunchi.ingest.likeness import Likeness
from sunchi.ingest.trust import BREAKER_LASTS, Doubt, are_many, are_many_strays, days_apart, doubt, many_doubted
from sunchi.model import Article, Link
from sunchi.store import Shape, Work

CRAWL_LASTS = timedelta(minutes=30)
"""How long before its end a crawl that finds a site ill may have begun."""

CHANGED = "relooks_changed"
"""The kind of incident for an edition in which too many second looks show another text, or none."""

LOSING = "relooks_lack"
"""The same if many show known texts without some of their paragraphs, words or marks, and nothing else new."""

DOUBTED = "doubted_texts"
"""The same if far more texts than usual are hard to believe by themselves."""

STRAYS = "other_articles"
"""The same if pages show other articles than requested."""


@dataclass
class SiteHealth:
    """What one crawl of an edition shows: `add` each text first, then ask."""

    context: CrawlContext
    untrusted: int = 0  # pages of this crawl that were not the ones requested
    likeness: Likeness = field(init=False)
    _hard_to_believe: list[bool] = field(default_factory=list)  # of each text of this crawl
    _usual: Shape = field(init=False)  # the usual properties of the edition's texts
    _is_usual_known: bool = field(init=False)
    _believed: Shape = field(init=False)  # the usual properties while the site is healthy; needed for every text
    _ill_since: datetime | None = field(init=False)  # when the edition began to show texts that are hard to believe

    def __post_init__(self) -> None:
        edition, store = self.context.edition, self.context.store
        self.likeness = Likeness(store, edition.source, edition.lang, self.context.today)
        usual = store.usual_shape(edition.source, edition.lang)
        self._usual, self._is_usual_known = usual or Shape(brief=edition.brief), usual is not None
        incidents = self.context.incidents()
        since = [incidents[kind].opened_at for kind in (DOUBTED, STRAYS) if kind in incidents]
        self._ill_since = min(since, default=None)
        self._believed = Shape() if DOUBTED in incidents else self._usual

    @property
    def days_apart(self) -> int:
        """The number of days by which a page's date may differ from its list's."""
        return days_apart(self._usual)

    def add(self, work: Work, article: Article) -> None:
        """Add what a link shows in this crawl."""
        self.likeness.add(work.link, article, work.article)
        self._hard_to_believe.append(bool(doubt(article, Shape())))

    # --- one text

    def doubt(self, work: Work, article: Article) -> Doubt:
        """Return how hard a text is to believe, by itself and beside other articles."""
        return doubt(article, self._believed) | self.likeness.doubt(work.link, article, work.article)

    def _doubt_beside_stored(self, work: Work, article: Article) -> Doubt:
        """Return the same without the texts of this crawl, which may be wrong."""
        found = self.likeness.doubt(work.link, article, work.article, beside="stored")
        return doubt(article, self._believed) | found

    def is_better(self, work: Work, one: Article, other: Article) -> bool:
        """Return whether one text of a link is more easily believed than another."""
        return self.doubt(work, one).weight < self.doubt(work, other).weight

    def is_uncertain(self, work: Work) -> bool:
        """Return whether the stored text of a link was never certain: it is doubted, or was until its page showed
        another one, or came while the site was ill, as it may still be."""
        if work.is_doubted or work.article is None:
            return work.is_doubted
        was_doubted = work.is_pending and work.looks <= 1  # a text seen again without doubt has more looks
        if not was_doubted and self._ill_since is None:
            return False
        stands = self.context.store.revisions(work.article)[-1]
        if was_doubted and self._doubt_beside_stored(work, stands.article):
            return True
        return self._ill_since is not None and stands.seen_at >= self._ill_since - CRAWL_LASTS

    # --- the crawl

    @property
    def was_ill(self) -> bool:
        """Whether the site was ill before this crawl, and is not known to have recovered."""
        return self._ill_since is not None

    @property
    def is_recovering(self) -> bool:
        """Whether the site fell ill less than 24 hours ago and is not known to have recovered, which a short crawl does
        not show."""
        return self._ill_since is not None and self.context.clock() - self._ill_since < BREAKER_LASTS

    def is_ill(self, strays: int) -> bool:
        """Return whether this crawl shows that the site is ill. What it shows for 24 hours is believed nevertheless."""
        return strays > 0 or self._are_many_doubted()

    def count_strays(self, shown: Iterable[tuple[Link, Article, str | None]]) -> tuple[int, int]:
        """Return how many of a crawl's pages are not, or seem not to be, the ones requested, and of how many.

        `shown` are links with their texts and the articles that these are stored as. The first number is 0 if they are
        few, unless the site fell ill less than 24 hours ago.
        """
        titles, strays = set[str](), set[str]()  # one article may have many links
        for link, article, article_id in shown:
            titles.add(article.title)
            if self.likeness.doubt(link, article, article_id).weight > 1:
                strays.add(article.title)
        number, pages = len(strays) + self.untrusted, len(titles) + self.untrusted
        return number if self.is_recovering or are_many_strays(number, pages) else 0, pages

    def report_changes(self, changed: int, second_looks: int) -> bool:
        """Report if too many second looks changed to be news; return whether that is so."""
        is_incident = are_many(changed, second_looks)
        words = f"{changed} of {second_looks} articles checked again show another text or are gone"
        self._report_looks(CHANGED, f"{words}: held back until the site is clear" if is_incident else "", second_looks)
        return is_incident

    def is_losing(self, losing: int, second_looks: int) -> bool:
        """Report if many second looks lack parts of known texts; return whether a new text may lack as much.

        What articles still lack after 24 hours is gone for good, as when an editor takes a name out of all of them.
        """
        is_losing = are_many_strays(losing, second_looks)
        words = f"{losing} of {second_looks} articles checked again lack a part of their text" if is_losing else ""
        self._report_looks(LOSING, words, second_looks)
        return is_losing and self.context.clock() - self.context.incidents()[LOSING].opened_at < BREAKER_LASTS

    def _report_looks(self, kind: str, words: str, second_looks: int) -> None:
        """Report what second looks show; without words the incident is over, if there was any such look."""
        if words or second_looks:
            self.context.report(kind, words)

    def report(self, strays: int, shown: int, *, is_over: bool) -> None:
        """Report a crawl with far more texts that are hard to believe than usual, or with `strays` among those `shown`.

        It `is_over` when no text is doubted any more, or 24 hours after the last crawl that showed the site ill: some
        texts may be doubted at any time.
        """
        number, is_doubted = len(self._hard_to_believe), self._are_many_doubted()
        if is_doubted:
            words = "texts have a single paragraph, end in mid-sentence or do not match their titles: teasers, notices?"
            self.context.report(DOUBTED, f"{sum(self._hard_to_believe)} of {number} {words}")
        if strays:
            words = "show other articles than requested, text of such articles, or a text that fits their titles better"
            self.context.report(STRAYS, f"{strays} of {shown} new or changed pages {words}")
        self.context.clear(
            [
                kind
                for kind, is_on in ((DOUBTED, is_doubted), (STRAYS, strays))
                if not is_on and (is_over or self._is_long_ago(kind))
            ]
        )

    def _is_long_ago(self, kind: str) -> bool:
        incident = self.context.incidents().get(kind)
        return incident is not None and self.context.clock() - incident.last_at >= BREAKER_LASTS

    def _are_many_doubted(self) -> bool:
        usual = max(self._usual.brief, self._usual.unended, self._usual.astray)
        return many_doubted(self._hard_to_believe, usual if self._is_usual_known else None)
