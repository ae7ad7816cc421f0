"""Parses archived pages again with today's parser and lexicon, and corrects what is stored.

Nobody is alerted, except about articles that a bug of ours kept from being read when they were news (mended.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sunchi.errors import ArchiveError, Overtaken, ParseError
from sunchi.ingest.analysis import Analysis, Analyzer, text_id
from sunchi.ingest.context import contain_faults
from sunchi.ingest.mended import record_reading
from sunchi.ingest.replacement import kind_by_texts
from sunchi.ingest.trust import alike, check
from sunchi.model import Article, Link, Location, Page, Source
from sunchi.store import ArchivedPage, Parsed, Saved, Store
from sunchi.text import body_fingerprint, fingerprint
from sunchi.text.titles import same_title

ATTEMPTS = 3  # a poll may store the link meanwhile

AT_ONCE = 100
"""Pages that are parsed, read and saved together."""

Corrected = Saved | None | ArchiveError | ParseError
"""The result for an archived page: None if another process stored the link each time, an error if the page is no longer
there, or is not an article."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An archived page that was parsed again."""

    archived: ArchivedPage
    page: Page
    article: Article


def reparse_page(
    archived: ArchivedPage,
    read: Callable[[Location], Page],
    source: Source,
    store: Store,
    analyzer: Analyzer,
    now: datetime,
) -> Corrected:
    """Parse an archived page and correct what is stored."""
    [result] = reparse_pages([archived], read, source, store, analyzer, now)
    return result


def reparse_pages(
    pages: Sequence[ArchivedPage],
    read: Callable[[Location], Page],
    source: Source,
    store: Store,
    analyzer: Analyzer,
    now: datetime,
) -> list[Corrected]:
    """Parse archived pages of one edition and correct what is stored, in one transaction; return each result."""
    parsed = [_parse(archived, read, source) for archived in pages]
    analyses = analyzer.analyze_all(each.article for each in parsed if isinstance(each, _Read))
    with store.together():
        return [_correct(each, store, analyzer, analyses, now) if isinstance(each, _Read) else each for each in parsed]


def _parse(
    archived: ArchivedPage, read: Callable[[Location], Page], source: Source
) -> _Read | ArchiveError | ParseError:
    try:
        with contain_faults(archived.link.url):
            page = read(archived.location)
            return _Read(archived, page, source.parse_article(page, archived.link))
    except (ArchiveError, ParseError) as error:
        return error


def _correct(
    read: _Read, store: Store, analyzer: Analyzer, analyses: Mapping[str, Analysis], now: datetime
) -> Saved | ParseError | None:
    archived, article = read.archived, read.article
    link = archived.link
    try:
        if archived.article is None:
            check_page(link, article, store)
    except ParseError as error:
        return error
    analysis = analyses[text_id(article)]
    for _ in range(ATTEMPTS):
        text = store.resolve(link, fingerprint(article.title, article.paragraphs, article.date), article)
        parsed = Parsed(
            link=link,
            article=article,
            now=archived.at,
            response=archived.location,
            validators=read.page.validators,
            signals=analysis.under(archived.article or text.article_id).signals,
            lexicon_version=analyzer.lexicon.version,
            kind=kind_by_texts(text.previous, article, looks=1) if text.previous else None,
        )
        try:
            saved = store.amend(parsed)
        except Overtaken:
            continue
        current = store.revisions(saved.article_id)[-1]
        if current.article.title == article.title and current.article.paragraphs == article.paragraphs:
            record_reading(store, analyzer, current, analysis.faults, now)
        return saved
    return None


def check_page(link: Link, article: Article, store: Store) -> None:
    """Raise Untrusted if a page that gave no article does not match its list, or shows what other links show, too."""
    check(link, article)
    known = store.bodies_like(link.source, link.lang, body_fingerprint(article.paragraphs))
    if other := next((title for _, title, _ in known if not same_title(title, article.title)), ""):
        raise alike(link, article.title, other)
