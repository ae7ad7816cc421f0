"""Pages that another program archived: archives them here, parses them with their sources' parsers, and stores them as
if polled when they were captured.

Several captures of one address are revisions of its article, in the order of capture. Nobody is alerted, and the
addresses are not due until a list shows them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sunchi.archive.store import Writer
from sunchi.errors import Overtaken, ParseError
from sunchi.ingest.analysis import Analyzer, record_faults
from sunchi.ingest.context import contain_faults
from sunchi.ingest.reparse import ATTEMPTS, check_page
from sunchi.ingest.replacement import kind_by_texts
from sunchi.model import Article, Edition, Link, Location, Page, Source
from sunchi.store import Parsed, Resolution, Store
from sunchi.text import fingerprint

log = logging.getLogger(__name__)

_SHOWN = 5  # pages that are not articles, with the reason


@dataclass
class Captured:
    """The results of storing pages."""

    kinds: Counter[str] = field(default_factory=Counter)  # new, known, revision; foreign, failed, list, no_article
    signals: int = 0
    no_articles: list[str] = field(default_factory=list)  # the first few, in words


@dataclass
class Captures:
    """Stores pages; `edition_of` returns the edition of an address, None if it belongs to no known edition."""

    store: Store
    analyzer: Analyzer
    edition_of: Callable[[str], tuple[Source, Edition] | None]
    writer_of: Callable[[str], Writer]  # the archive's writer for a site
    done: Captured = field(default_factory=Captured)
    _archived: tuple[Page, Location] | None = None  # the last page

    def add(self, page: Page) -> None:
        """Store the articles of a page."""
        found = self.edition_of(page.url)
        if found is None:
            self.done.kinds["foreign"] += 1
        elif page.status != 200:
            self.done.kinds["failed"] += 1
        elif is_list(page, found[1]):
            self.done.kinds["list"] += 1
        else:
            self._read(page, *found)

    def _read(self, page: Page, source: Source, edition: Edition) -> None:
        """Parse a page as one article or, failing that, as a day's articles, each at a place in it (#1, #2 …)."""
        link = self.store.link_at(edition.source, edition.lang, page.url) or _link(page, edition)
        try:
            self.done.kinds[self._store(page, link, source, edition)] += 1
        except ParseError as error:
            links = _links_within(page, source, edition)
            for each in links:
                with suppress(ParseError):
                    self.done.kinds[self._store(page, each, source, edition)] += 1
            if not links:
                self.done.kinds["no_article"] += 1
                if len(self.done.no_articles) < _SHOWN:
                    self.done.no_articles.append(str(error))

    def _store(self, page: Page, link: Link, source: Source, edition: Edition) -> str:
        """Archive and save an article; return its kind of result. Raises ParseError if the page has none there."""
        with contain_faults(link.url):
            article = source.parse_article(page, link)
            check_page(link, article, self.store)
        for _ in range(ATTEMPTS):
            text = self.store.resolve(link, fingerprint(article.title, article.paragraphs, article.date), article)
            if text.kind == "same" or self._is_older(text, page):
                return "known"
            parsed, faults = self._parsed(page, link, edition, article, text)
            try:
                self.store.save(parsed)
            except Overtaken:
                continue
            if text.kind == "link":
                return "known"
            record_faults(self.store, article, faults, page.fetched_at)
            self.done.signals += parsed.signals.height
            return "new" if text.kind == "article" else "revision"
        log.warning("%s: another process is working on it", link.url)
        return "known"

    def _parsed(
        self, page: Page, link: Link, edition: Edition, article: Article, text: Resolution
    ) -> tuple[Parsed, tuple[str, ...]]:
        """Return what to save, and why the signals are incomplete; the page is archived first."""
        if self._archived is None or self._archived[0] is not page:
            self._archived = (page, self.writer_of(edition.site).write(page))
            self.store.add_response(*self._archived, edition.site)
        version = self.analyzer.lexicon.version
        parsed = Parsed(link, article, page.fetched_at, self._archived[1], lexicon_version=version, is_past=True)
        if text.kind not in ("article", "revision"):
            return parsed, ()
        analysis = self.analyzer.analyze(text.article_id, article)
        kind = kind_by_texts(text.previous, article, looks=1) if text.previous else None  # one capture is one look
        return replace(parsed, signals=analysis.signals, kind=kind), analysis.faults

    def _is_older(self, text: Resolution, page: Page) -> bool:
        """Return whether an article has a text, more than a headline, that was seen after this one."""
        if text.kind != "revision" or not (text.previous and text.previous.paragraphs):
            return False
        return self.store.revisions(text.article_id)[-1].seen_at >= page.fetched_at


def is_list(page: Page, edition: Edition) -> bool:
    """Return whether a page is one of its edition's lists."""
    return any(page.url == request.url for known in edition.lists for request in known.requests)


def articles_on(page: Page, source: Source, edition: Edition) -> Iterator[Article]:
    """Yield the articles of a page: itself, or a day's articles, each at a place in it. Raises ParseError."""
    try:
        with contain_faults(page.url):
            yield source.parse_article(page, _link(page, edition))
    except ParseError:
        if not (links := _links_within(page, source, edition)):
            raise
        for link in links:
            with suppress(ParseError), contain_faults(link.url):
                yield source.parse_article(page, link)


def _link(page: Page, edition: Edition) -> Link:
    return Link(edition.source, edition.lang, page.url, page.url, "", None, position=0)


def _links_within(page: Page, source: Source, edition: Edition) -> Sequence[Link]:
    """Return the places of a day's articles in a page; none if it is not such a page."""
    try:
        with contain_faults(page.url):
            listed = source.parse_list(page, edition).links
    except ParseError:
        return ()
    return [each for each in listed if each.url.startswith(f"{page.url}#")]
