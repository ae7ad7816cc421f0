"""WARC files: pages that another program archived, parsed by the parsers of their sources, to be stored or only
read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sunchi.cli.screen import escape, say
from sunchi.errors import ParseError, SunchiError

if TYPE_CHECKING:
    from sunchi.archive.store import Writer
    from sunchi.ingest.captures import Captured
    from sunchi.model import Article, Edition, Page, Source
    from sunchi.settings import Settings


def warc_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Yield the place, the object and the length of each article, as `jsonlines.objects` does; each text once.

    A place is the number of a page in the file. Omits pages of unknown sources, lists, and responses other than 200.
    Raises OSError if the file can be read no further.
    """
    from sunchi.archive.foreign import pages
    from sunchi.archive.warc import Damage

    seen: set[int] = set()
    with path.open("rb") as file:
        for number, page in enumerate(pages(file), 1):
            if isinstance(page, Damage):
                yield number, f"byte {page.offset}: {page.words}", 0
                continue
            try:
                for article in _articles(page):
                    text = hash((article.source, article.lang, article.title, article.paragraphs, article.date))
                    if text not in seen:
                        seen.add(text)
                        yield number, _object(article), sum(map(len, article.paragraphs))
            except ParseError as error:
                yield number, f"no article: {error}", 0


def _articles(page: Page) -> Iterator[Article]:
    from sunchi.ingest.captures import articles_on, is_list

    owner = _owner_of(page.url)
    if owner is not None and page.status == HTTPStatus.OK and not is_list(page, owner[1]):
        yield from articles_on(page, *owner)


def _object(article: Article) -> dict[str, Any]:
    return {
        "source": article.source,
        "lang": article.lang,
        "url": article.url,
        "date": article.date and str(article.date),
        "title": article.title,
        "paragraphs": list(article.paragraphs),
        "page": article.printed_page,
        "photos": article.photos,
    }


def import_warcs(paths: Sequence[Path], settings: Settings, faults: list[str]) -> Captured:
    """Store the articles among the pages of WARC files; `faults` receives what is damaged."""
    from sunchi.archive.foreign import pages
    from sunchi.archive.store import Archive
    from sunchi.archive.warc import Damage
    from sunchi.cli.progress import progress
    from sunchi.ingest.analysis import Analyzer
    from sunchi.ingest.captures import Captured, Captures
    from sunchi.store import Store

    if not paths:
        return Captured()
    archive = Archive.open(settings.archive_address())
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(settings.database()))

        @cache
        def writer_of(site: str) -> Writer:
            return stack.enter_context(archive.writer(site))

        captures = Captures(store, Analyzer.open(settings), _owner_of, writer_of)
        note = stack.enter_context(progress("reading", "bytes", sum(path.stat().st_size for path in paths)))
        before = 0
        for path in paths:
            with path.open("rb") as file:
                for found in pages(file):
                    if isinstance(found, Damage):
                        faults.append(f"{path}: byte {found.offset}: {found.words}")
                    else:
                        captures.add(found)
                    note(before + file.tell())
            before += path.stat().st_size
    return captures.done


def _owner_of(url: str) -> tuple[Source, Edition] | None:
    """Return the source and edition that an address belongs to or once belonged to; None if it is no article's."""
    from parsers.addresses import edition_of, source_of

    owner = source_of(url)
    if owner is None:
        return None
    try:
        return owner, edition_of(owner, url)
    except SunchiError:  # a picture, or a page without a language
        return None


def say_pages(done: Captured) -> None:
    """Print the result for the pages."""
    kinds = done.kinds
    revisions = f", {kinds['revision']:,} later texts of such" if kinds["revision"] else ""
    articles = f"{kinds['new']:,} new articles{revisions} with {done.signals:,} signals"
    say(f"{kinds.total():,} archived pages: {articles}, {kinds['known']:,} already known.")
    others = {"list": "lists", "foreign": "of unknown sources", "failed": "with a status other than 200"}
    if said := ", ".join(f"{kinds[kind]:,} {words}" for kind, words in others.items() if kinds[kind]):
        say(f"Left out: {said}.")
    if kinds["no_article"]:
        say(f"{kinds['no_article']:,} are not articles, such as:")
        for words in done.no_articles:
            say(escape(f"  {words}"))
