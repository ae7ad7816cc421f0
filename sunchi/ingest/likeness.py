"""Likeness: texts that links with other titles also show, in the same crawl or before.

A faulty site shows one text under many titles, the text of another article, or two articles on one page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from math import log
from typing import Literal

from sunchi.errors import Outcome, Untrusted
from sunchi.ingest.trust import FIRST_CHANGE, OF_ANOTHER, UNTRUSTED, Doubt, alike, is_article_own
from sunchi.model import Article, Link
from sunchi.store import Store
from sunchi.text import body_fingerprint, normal
from sunchi.text.titles import FEWEST, same_title, share_of, share_spoken_of, stems

CLEARLY = 0.4
"""How much more of one title than of others, as a share of the title's words, a text must match to belong to it."""

ALL = 0.9
"""The share of another article's text from which this text is taken to contain all of it."""

USUAL = 3
"""The number of believed articles with a paragraph from which any article may have it: an address, a line of thanks."""

EVERYWHERE = 3
"""The number of articles from which an unusual line is taken for the site's: a banner, “Read more”.

Of 11,279 real articles, 28 share one with two others of their day and with fewer than three of the week before.
"""

ELSEWHERE = 0.4
"""The gain from which a text is taken to belong to another title.

The gain is how much better the text matches the other title than its own, and than the text shown under that title
does, in shares of the titles' words, with rare words weighted more.
"""

SLIGHTLY = 0.15
"""The gain from which that is possible; below it hardly any misplaced text is found."""

PLAINLY = 0.6
"""The share of a title's words from which a text plainly belongs to it, whatever else it matches."""

_NUMBER = re.compile(r"\d+")

NEAR, RECENT = timedelta(days=2), timedelta(days=7)
"""Days before and after an article whose articles are compared with it, within the last week."""


@dataclass(frozen=True, eq=False)
class _Shown:
    """One text: the title of its link or article, the paragraphs that should be its own, and the length of all."""

    title: str
    article_id: str | None
    link: Link | None  # None for stored articles
    own: frozenset[str]
    lines: frozenset[str]  # all paragraphs, whatever numbers they have
    length: int
    words: frozenset[str]

    @property
    def length_of_own(self) -> int:
        return sum(map(len, self.own))

    @cached_property
    def named(self) -> frozenset[str]:
        """The words of the title."""
        return stems(self.title)


Titles = dict[frozenset[str], list[frozenset[str]]]
"""The words of each title -> the words of each text shown under it."""


@dataclass
class Likeness:
    """The texts that a crawl has shown, and the stored ones of the same days."""

    store: Store
    source: str
    lang: str
    today: date
    _bodies: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    _by_paragraph: dict[str, list[_Shown]] = field(default_factory=lambda: defaultdict(list))
    _by_line: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # titles; of texts not yet believed
    _usual_lines: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # of believed texts
    _titles: Titles = field(default_factory=dict)  # of texts shown in this crawl
    _stored_titles: Titles = field(default_factory=dict)
    _days: set[date] = field(default_factory=set)  # whose stored articles are known
    _read: set[str] = field(default_factory=set)  # ids of these

    def add(self, link: Link, article: Article, article_id: str | None) -> None:
        """Add what a link shows in this crawl."""
        self._bodies[body_fingerprint(article.paragraphs)].append(link)
        self._remember(_shown(link.title or article.title, article.paragraphs, article_id, link))

    def find(self, link: Link, article: Article, article_id: str | None) -> tuple[Untrusted | None, list[Link]]:
        """Return the error if a text is another article's, and the links of this crawl to doubt because of it."""
        body, title = body_fingerprint(article.paragraphs), link.title or article.title
        text = "\n".join(article.paragraphs)
        others = [other for other in self._bodies[body] if not same_title(other.title, title)]
        stored = [each[1:] for each in self.store.bodies_like(self.source, self.lang, body, article_id)]
        names = [name for name in _names(others, stored) if not same_title(name, title)]
        if names and share_spoken_of(title, text) < max(share_spoken_of(name, text) for name in names) + CLEARLY:
            return alike(link, title, names[0]), others
        if names:
            return None, others
        if article.date and (day := next((day for _, day in stored if day and day != article.date), None)):
            words = f"{link.url}: of {article.date}, with the same text as one of {day}"
            return Untrusted(Outcome.MISMATCH, words), []
        return None, []

    def stored_like(self, article: Article, article_id: str | None) -> list[str]:
        """Return the ids of other articles with the same text."""
        body = body_fingerprint(article.paragraphs)
        return [id for id, _, _ in self.store.bodies_like(self.source, self.lang, body, article_id)]

    def find_mixed(self, link: Link, article: Article, article_id: str | None) -> tuple[Untrusted | None, list[Link]]:
        """Return the same if a text contains part of another article's, as a page with two articles does."""
        self._read_stored(article.date)
        mine = _shown(link.title or article.title, article.paragraphs, article_id, link)
        for other, paragraphs in self._shared(mine):
            length = sum(map(len, paragraphs))
            whole = length >= ALL * other.length_of_own
            is_much = length >= OF_ANOTHER * mine.length or (whole and len(other.own) > 1)
            if not is_much or _is_clearly_own(mine, other, paragraphs):
                continue
            if length >= ALL * mine.length_of_own and other.length >= mine.length:  # the other has this text, and more
                return None, [other.link] if other.link else []
            words = f"{link.url}: “{mine.title[:80]}” contains text of “{other.title[:80]}”"
            return Untrusted(Outcome.MISMATCH, words), [other.link] if other.link and not whole else []
        return None, []

    def doubt(
        self, link: Link, article: Article, article_id: str | None, *, beside: Literal["all", "stored"] = "all"
    ) -> Doubt:
        """Return how hard it is to believe that a text belongs to its title, given the other articles known so far:
        all of them, or those that are stored."""
        self._read_stored(article.date)
        mine = _shown(link.title or article.title, article.paragraphs, article_id, link)
        gain = self._gain_elsewhere(mine, self._titles if beside == "all" else {})
        by_title = Doubt(2, UNTRUSTED) if gain > ELSEWHERE else Doubt(int(gain > SLIGHTLY), FIRST_CHANGE)
        return by_title | self._doubt_of_shared(mine, beside) | self._doubt_of_lines(mine)

    def _gain_elsewhere(self, mine: _Shown, shown: Titles) -> float:
        """Return how much better a text matches another title than its own, and than the text shown there does.

        The gain is 0 if the text clearly belongs to its own title.
        """
        titles = self._stored_titles | shown  # what is shown now takes precedence over what is stored
        titles.setdefault(mine.named, [])
        number = Counter(word for title in titles for word in title)
        weight = {word: log(1 + len(titles) / times) for word, times in number.items()}

        def spoken_of(title: frozenset[str], words: frozenset[str]) -> float:
            return sum(weight[word] for word in title & words) / sum(weight[word] for word in title)

        if len(mine.named) < FEWEST or (own := spoken_of(mine.named, mine.words)) >= PLAINLY:
            return 0
        best = 0.0
        for title, texts in titles.items():
            if len(title) >= FEWEST and title != mine.named and (there := spoken_of(title, mine.words)) > own:
                stands = max((spoken_of(title, words) for words in texts), default=0.0)
                best = max(best, there - own + max(there - stands, 0))
        return best

    def _doubt_of_shared(self, mine: _Shown, beside: str) -> Doubt:
        """Return how hard a text is to believe because of paragraphs that other articles have, too.

        A single paragraph of another article may be a set phrase of both, and waits for a second look. Several, or one
        found in several articles, may be an advertisement or a mixed page, and wait for a day.
        """
        alien: set[str] = set()
        titles: set[str] = set()
        for other, paragraphs in self._shared(mine):
            if other.link is not None and beside == "stored":
                continue
            unusual = [paragraph for paragraph in paragraphs if not self._is_usual(paragraph)]
            if unusual and not _is_clearly_own(mine, other, unusual):
                alien.update(unusual)
                titles.add(other.title)
        if not alien:
            return Doubt(0, FIRST_CHANGE)
        is_much = len(alien) > 1 or sum(map(len, alien)) >= OF_ANOTHER * mine.length
        return Doubt(2, UNTRUSTED) if is_much or len(titles) > 1 else Doubt(1, FIRST_CHANGE)

    def _doubt_of_lines(self, mine: _Shown) -> Doubt:
        """Return how hard a text is to believe because of a line, however short, that several articles show now, and
        hardly any believed one has, if some are known."""
        if not self._is_usual_known:
            return Doubt(0, UNTRUSTED)
        is_sites = any(
            len(self._by_line[line] | {mine.title}) >= EVERYWHERE and len(self._usual_lines[line]) < USUAL
            for line in mine.lines & self._by_line.keys()
        )
        return Doubt(2 * is_sites, UNTRUSTED)

    def _shared(self, mine: _Shown) -> list[tuple[_Shown, list[str]]]:
        """Return the texts of other titles with the paragraphs that they share with this one, most first."""
        shared: dict[_Shown, list[str]] = defaultdict(list)
        for paragraph in mine.own:
            for other in self._by_paragraph.get(paragraph, ()):
                is_same = other.article_id is not None and other.article_id == mine.article_id
                if not is_same and not same_title(other.title, mine.title):
                    shared[other].append(paragraph)
        return sorted(shared.items(), key=lambda each: -sum(map(len, each[1])))

    @cached_property
    def _is_usual_known(self) -> bool:
        return self.store.has_believed(self.source, self.lang, USUAL)

    def _is_usual(self, paragraph: str) -> bool:
        stored = {other.title for other in self._by_paragraph.get(paragraph, ()) if other.link is None}
        return len(stored) >= USUAL

    def _read_stored(self, day: date | None) -> None:
        """Read the stored articles of the days around an article's."""
        if day is None or day in self._days or day < self.today - RECENT:
            return
        self._days.add(day)
        doubted = set(self.store.doubted_articles(self.source, self.lang))
        for row in self.store.articles(self.source, day - NEAR, day + NEAR, self.lang):
            if row["id"] not in self._read:
                self._read.add(row["id"])
                is_believed = row["id"] not in doubted
                self._remember(_shown(row["title"], row["paragraphs"], row["id"], None), is_believed=is_believed)

    def _remember(self, shown: _Shown, *, is_believed: bool = True) -> None:
        """Compare others with this text: with its paragraphs, unless it is doubted, and how it speaks of its title."""
        if is_believed:
            for paragraph in shown.own:
                self._by_paragraph[paragraph].append(shown)
        for line in shown.lines:
            (self._usual_lines if is_believed and shown.link is None else self._by_line)[line].add(shown.title)
        titles = self._titles if shown.link else self._stored_titles
        titles.setdefault(shown.named, []).append(shown.words)


def _names(links: Sequence[Link], stored: Sequence[tuple[str, date | None]]) -> Iterator[str]:
    yield from (link.title for link in links)
    yield from (title for title, _ in stored)


def _shown(title: str, paragraphs: Sequence[str], article_id: str | None, link: Link | None) -> _Shown:
    every = [normal(paragraph) for paragraph in paragraphs]
    own = frozenset(compared for shown, compared in zip(paragraphs, every, strict=True) if is_article_own(shown))
    lines = frozenset(_NUMBER.sub("0", line.casefold()) for line in every)
    return _Shown(title, article_id, link, own, lines, sum(map(len, every)), stems("\n".join(every)))


def _is_clearly_own(mine: _Shown, other: _Shown, paragraphs: Sequence[str]) -> bool:
    """Return whether the paragraphs that two texts share match this text's title, and not the other's."""
    words = stems("\n".join(paragraphs))
    return share_of(mine.named, words) >= share_of(other.named, words) + CLEARLY
