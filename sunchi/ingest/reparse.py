"""Read an archived page again with today's parser and lexicon, and correct what is stored; without alerts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sunchi.errors import Overtaken
from sunchi.ingest.analysis import Analyzer, record_faults
from sunchi.ingest.trust import alike, check
from sunchi.model import Article, Link, Location, Page, Source
from sunchi.store import ArchivedPage, Parsed, Saved, Store
from sunchi.text import body_fingerprint, fingerprint
from sunchi.text.titles import same_title

ATTEMPTS = 3  # a poll may store the link meanwhile


def reparse_page(
    archived: ArchivedPage, read: Callable[[Location], Page], source: Source, store: Store, analyzer: Analyzer
) -> Saved | None:
    """Parse an archived page and correct what is stored; None where another process stored the link each time.

    Raises ArchiveError where the page is no longer there, ParseError where it is no article.
    """
    link, page = archived.link, read(archived.location)
    article = source.parse_article(page, link)
    if archived.article is None:
        check_page(link, article, store)
    for _ in range(ATTEMPTS):
        text = store.resolve(link, fingerprint(article.title, article.paragraphs, article.date))
        analysis = analyzer.analyze(archived.article or text.article_id, article)
        parsed = Parsed(
            link=link,
            article=article,
            now=archived.at,
            response=archived.location,
            validators=page.validators,
            signals=analysis.signals,
            lexicon_version=analyzer.lexicon.version,
        )
        try:
            saved = store.amend(parsed)
        except Overtaken:
            continue
        record_faults(store, article, analysis.faults, datetime.now(UTC))
        return saved
    return None


def check_page(link: Link, article: Article, store: Store) -> None:
    """Raise Untrusted where a page that gave no article is not what its list says, or is what other links show, too."""
    check(link, article)
    titles = store.titles_of_body(link.source, link.lang, body_fingerprint(article.paragraphs))
    if other := next((title for title in titles if not same_title(title, article.title)), ""):
        raise alike(link, article.title, other)
