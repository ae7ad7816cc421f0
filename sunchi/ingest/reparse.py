"""One kept page read again with today's parser and lexicon: what was stored of it is corrected, and nobody is told."""

from __future__ import annotations

from collections.abc import Callable

from sunchi.errors import Overtaken
from sunchi.ingest.analysis import Desk
from sunchi.model import Location, Page, Source
from sunchi.store import Archived, Parsed, Saved, Store
from sunchi.text import fingerprint

ATTEMPTS = 3  # again, where a poll stored the link meanwhile


def read_again(
    archived: Archived, read: Callable[[Location], Page], source: Source, store: Store, desk: Desk
) -> Saved | None:
    """What became of it; None where another process was at it each time.

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
            signals=desk.signals(archived.article or text.article_id, article),
            lexicon_version=desk.lexicon.version,
        )
        try:
            return store.amend(parsed)
        except Overtaken:
            continue
    return None
