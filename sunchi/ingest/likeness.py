"""Likeness: texts that links with other titles show, too, in the same crawl or before.

A site that is ill shows one text under many titles, the text of another article, or two articles on one page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sunchi.errors import Outcome, Untrusted
from sunchi.ingest.trust import LONG, OF_ANOTHER, alike
from sunchi.model import Article, Link
from sunchi.store import Store
from sunchi.text import body_fingerprint, normal
from sunchi.text.titles import same_title, share_spoken_of

CLEARLY = 0.4
"""By so much more, as a share of the title's words, a text must speak of one title than of others to be that one's."""

ALL = 0.9
"""The share of another article's text from which on that one is whole, and this one has more than its own."""

NEAR, RECENT = timedelta(days=2), timedelta(days=7)
"""Articles of so many days before and after are compared, where these are of the last week."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """One text: the title of its link or article, and its long paragraphs with the length of all."""

    title: str
    article_id: str | None
    link: Link | None
    own: frozenset[str]
    length: int

    @property
    def length_of_own(self) -> int:
        return sum(map(len, self.own))


@dataclass
class Likeness:
    """The texts that a crawl has shown, and those that are stored of the same days."""

    store: Store
    source: str
    lang: str
    today: date
    _bodies: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    _by_paragraph: dict[str, list[_Shown]] = field(default_factory=lambda: defaultdict(list))
    _days: set[date] = field(default_factory=set)  # whose stored articles are known

    def add(self, link: Link, article: Article, article_id: str | None) -> None:
        """Add what a link shows in this crawl."""
        self._bodies[body_fingerprint(article.paragraphs)].append(link)
        self._remember(_shown(link.title or article.title, article.paragraphs, article_id, link))

    def find(self, link: Link, article: Article, article_id: str | None) -> tuple[Untrusted | None, list[Link]]:
        """Return the error where a text is another article's, and the links of this crawl to be doubted for it."""
        body, title = body_fingerprint(article.paragraphs), link.title or article.title
        text = "\n".join(article.paragraphs)
        others = [other for other in self._bodies[body] if not same_title(other.title, title)]
        stored = self.store.bodies_like(self.source, self.lang, body, article_id)
        names = [name for name in _names(others, stored) if not same_title(name, title)]
        if names and share_spoken_of(title, text) < max(share_spoken_of(name, text) for name in names) + CLEARLY:
            return alike(link, title, names[0]), others
        if names:
            return None, others
        if article.date and (day := next((day for _, day in stored if day and day != article.date), None)):
            words = f"{link.url}: of {article.date}, with the very text of {day}"
            return Untrusted(Outcome.MISMATCH, words), []
        return None, []

    def find_mixed(self, link: Link, article: Article, article_id: str | None) -> tuple[Untrusted | None, list[Link]]:
        """Return the same where a text has a part of another article's in it, as a page with two articles has."""
        self._read_stored(article.date)
        mine = _shown(link.title or article.title, article.paragraphs, article_id, link)
        shared = Counter[_Shown]()
        for paragraph in mine.own:
            for other in {*self._by_paragraph.get(paragraph, ())}:
                shared[other] += len(paragraph)
        for other, length in shared.most_common():
            is_same = other.article_id is not None and other.article_id == article_id
            whole = length >= ALL * other.length_of_own
            is_much = length >= OF_ANOTHER * mine.length or (whole and len(other.own) > 1)
            if is_same or same_title(other.title, mine.title) or not is_much:
                continue
            if length >= ALL * mine.length_of_own and other.length >= mine.length:  # the other has this text, and more
                return None, [other.link] if other.link else []
            words = f"{link.url}: “{mine.title[:80]}” has text of “{other.title[:80]}” in it"
            return Untrusted(Outcome.MISMATCH, words), [other.link] if other.link and not whole else []
        return None, []

    def _read_stored(self, day: date | None) -> None:
        """Read the stored articles of the days around one."""
        if day is None or day in self._days or day < self.today - RECENT:
            return
        self._days.add(day)
        for row in self.store.articles(self.source, day - NEAR, day + NEAR, self.lang):
            self._remember(_shown(row["title"], row["paragraphs"], row["id"], None))

    def _remember(self, shown: _Shown) -> None:
        for paragraph in shown.own:
            if shown not in self._by_paragraph[paragraph]:
                self._by_paragraph[paragraph].append(shown)


def _names(links: Sequence[Link], stored: Sequence[tuple[str, date | None]]) -> Iterator[str]:
    yield from (link.title for link in links)
    yield from (title for title, _ in stored)


def _shown(title: str, paragraphs: Sequence[str], article_id: str | None, link: Link | None) -> _Shown:
    every = [normal(paragraph) for paragraph in paragraphs]
    own = frozenset(paragraph for paragraph in every if len(paragraph.encode("utf-8", "replace")) >= LONG)
    return _Shown(title, article_id, link, own, sum(map(len, every)))
