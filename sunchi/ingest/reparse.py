"""Read an archived page again with today's parser and lexicon, and correct what is stored; without alerts."""

from __future__ import annotations

from collections.abc import Callable

from sunchi.errors import Overtaken
from sunchi.ingest.analysis import Analyzer
from sunchi.model import Location, Page, Source
from sunchi.store import ArchivedPage, Parsed, Saved, Store
from sunchi.text import fingerprint

ATTEMPTS = 3  # a poll may store the link meanwhile


def reparse_page(
    archived: ArchivedPage, read: Callable[[Location], Page], source: Source, store: Store, analyzer: Analyzer
) -> Saved | None:
    """Parse an archived page and correct what is stored; None where another process stored the link each time.

    Raises ArchiveError where the page is no longer there, ParseError where it is no article.
    """
    link, page = archived.link, read(archived.location)
    article = source.parse_article(page, link)
    for _ in range(ATTEMPTS):
        text = store.resolve(link, fingerprint(article.title, article.paragraphs))
        parsed = Parsed(
            link=link,
            article=article,
            now=archived.at,
            response=archived.location,
            validators=page.validators,
            signals=analyzer.signals(archived.article or text.article_id, article),
            lexicon_version=analyzer.lexicon.version,
        )
        try:
            return store.amend(parsed)
        except Overtaken:
            continue
    return None
