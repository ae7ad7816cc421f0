"""`sunchi attention`: which states a text names, in which order, and at what length."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson
from sunchi.cli.screen import escape, exit_with_faults, json_line, say
from sunchi.cli.stores import stored_article
from sunchi.errors import FetchError, Outcome, SettingsError

if TYPE_CHECKING:
    import polars as pl

    from sunchi.model import Article, Edition, Page, Source
    from sunchi.settings import Settings

Named = tuple[str, "Article"]
"""A text, and the name to show it under."""


@app.command(
    epilog="Examples: sunchi attention report.txt --lang en · sunchi attention articles.csv · "
    "sunchi attention kcna-en-1f0c2d3e4a5b6c7d · "
    "sunchi attention saved.html --url http://www.kcna.kp/en/article/detail/…"
)
def attention(
    text: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL|ID",
            help="A file: articles (JSON lines, CSV or WARC, packed (.gz) or not, or Parquet), a plain text (.txt) "
            "or a saved page (.html); or the address or id of an article.",
        ),
    ],
    lang: Annotated[str, typer.Option(help="Of a plain text file: en, ko or zh.")] = "",
    url: Annotated[str, typer.Option(help="Of a saved page: the address that it was at.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show which partners a text names, in which order, and with how many words.

    An address that is not stored is fetched, if it is of a known source.
    """
    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load
    from sunchi.signals import attention_table

    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    for name, article in _texts(text, lang, url, settings):
        rows = attention_table("\n".join(article.paragraphs), lexicon, lang=article.lang, title=article.title)
        if as_json:
            for row in rows.iter_rows(named=True):
                json_line({"article": name, **row})
        else:
            _show(article, rows)


def _show(article: Article, rows: pl.DataFrame) -> None:
    from rich.table import Table

    say(f"[bold]{escape(article.title)}[/]")
    edition = f"{article.source}/{article.lang}" if article.source else article.lang
    # A dateline has no year, so it gives no date without the list that showed the page.
    day = article.date if article.date_basis != "dateline" else None
    said = [edition, str(day or "no date")]
    say(f"[dim]{escape(', '.join(said))}[/]")
    if rows.is_empty():
        say("No other state is named.\n")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("partner")
    for column in ("order", "words", "share"):
        table.add_column(column, justify="right")
    for row in rows.iter_rows(named=True):
        table.add_row(escape(row["name"]), str(row["order"]), str(row["words"]), f"{row['share']:.0%}")
    say(table)
    say()


# --- reading the text -----------------------------------------------------------------------------------------------


def _texts(text: str, lang: str, url: str, settings: Settings) -> Iterator[Named]:
    """Yield the text, or the texts of a file of articles."""
    path = Path(text)
    if "://" in text:
        found = stored_article(text, settings)
        yield (found.article_id, found.article) if found else _fetched(text, settings)
    elif path.is_file():
        yield from _reader(path)(path, lang=lang, url=url)
    elif found := stored_article(text, settings):
        yield found.article_id, found.article
    elif path.suffix or "/" in text:
        raise SettingsError(f"{text}: {'is not a file' if path.exists() else 'there is no such file'}")
    else:
        raise SettingsError(
            f"{text}: neither a file nor the id of a stored article; `sunchi articles` lists what is stored"
        )


def _reader(path: Path) -> Callable[..., Iterator[Named]]:
    """Return the reader for a file, by its name; plain text by default."""
    from sunchi.cli.article_files import kind_of

    kinds = {".json": _articles, ".gz": _articles, ".html": _page, ".htm": _page}
    return _articles if kind_of(path) else kinds.get(path.suffix.lower(), _plain)


def _plain(path: Path, *, lang: str, url: str) -> Iterator[Named]:
    from sunchi.lexicon.columns import LANGUAGES
    from sunchi.model import Article

    if lang not in LANGUAGES:
        raise SettingsError(f"{path}: name its language: --lang {', '.join(LANGUAGES)}")
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    title, *paragraphs = [line for line in lines if line] or [""]
    yield path.name, Article("", lang, url, path.name, "", title, tuple(paragraphs), None, "none")


def _articles(path: Path, *, lang: str, url: str) -> Iterator[Named]:
    from sunchi.cli.article_files import frames
    from sunchi.model import Article

    faults: list[str] = []
    for frame in frames([path], faults):
        for row in frame.iter_rows(named=True):
            day: date | None = row["date"]
            said = {"date": day, "date_basis": "list" if day else "none", "layout": "", "key": row["article"]}
            same = {name: row[name] for name in ("source", "lang", "url", "title")}
            yield row["article"], Article(paragraphs=tuple(row["paragraphs"]), **same, **said)
    exit_with_faults(faults)


def _page(path: Path, *, lang: str, url: str) -> Iterator[Named]:
    """Yield the article of a page that a browser saved."""
    from parsers.draft import saved

    if not url:
        raise SettingsError(f"{path}: name the address of the saved page: --url http://…")
    source, edition = _edition_at(url)
    yield path.name, _read(saved(path, url), source, edition)


def _fetched(url: str, settings: Settings) -> Named:
    """Fetch the article at an address of a known source; nothing is stored."""
    from sunchi.cli.runs import run
    from sunchi.fetch.client import Fetcher
    from sunchi.model import Request

    logging.getLogger("stamina").addHandler(logging.NullHandler())  # a failure is reported once, at the end
    source, edition = _edition_at(url)

    async def fetch() -> Page:
        async with Fetcher.of(edition, settings) as fetcher:
            return await fetcher.get(Request(url))

    page = run(fetch())
    if page.status != 200:
        raise FetchError(Outcome.GONE, f"{url}: is not stored, and the site answers {page.status}: not found")
    return url, _read(page, source, edition)


def _edition_at(url: str) -> tuple[Source, Edition]:
    from parsers import SOURCES
    from parsers.addresses import edition_of, source_of

    if source := source_of(url):
        return source, edition_of(source, url)
    raise SettingsError(f"{url}: neither stored nor an address of {', '.join(each.title for each in SOURCES.values())}")


def _read(page: Page, source: Source, edition: Edition) -> Article:
    from sunchi.model import Link

    link = Link(edition.source, edition.lang, page.request.url, page.request.url, "", None, position=1)
    return source.parse_article(page, link)
