"""Stores a page for the tests, and drafts the expected result of parsing it.

    python -m parsers.draft kcna http://www.kcna.kp/en/article/detail/0123…
    python -m parsers.draft hani https://www.hani.co.kr/arti/politics/defense/1161234.html --file saved.html

The draft is what the parser reads from the page today, right or wrong. The test of stored pages fails until a person
has compared the two, fixed the draft or the parser, and set `"reviewed": true`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from parsers import SOURCES
from parsers.addresses import addresses, edition_of
from parsers.stored import StoredPage, written
from sunchi.errors import Outcome, ParseError, SunchiError
from sunchi.model import Edition, Page, Request, Source
from sunchi.settings import ROOT, load

PAGES = ROOT / "tests" / "parsers" / "pages"


@dataclass(frozen=True, slots=True)
class Draft:
    """A stored page; `refusal` says why the parser reads nothing from it, if so."""

    stored: StoredPage
    refusal: str = ""


def draft(source: Source, page: Page, folder: Path = PAGES) -> Draft:
    """Store `page` under `folder` with what `source` reads from it.

    Raises SunchiError if the URL is not of the source, or if files of that name exist.
    """
    edition = edition_of(source, page.request.url)
    file = free_file(source, edition, page.request.url, folder)
    facts: dict[str, Any] = {"url": page.request.url, "lang": edition.lang, "kind": "article"}
    facts["fetched_at"] = page.fetched_at.isoformat(timespec="seconds")
    if content_type := page.header("Content-Type"):
        facts["headers"] = {"Content-Type": content_type}
    kind, answer, refusal = _read(source, page, edition, StoredPage(file, facts))
    facts |= {"kind": kind, "reviewed": False, **answer}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(page.body)
    file.with_suffix(".json").write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return Draft(StoredPage(file, facts), refusal)


def _read(source: Source, page: Page, edition: Edition, stored: StoredPage) -> tuple[str, dict[str, Any], str]:
    """Return the page's kind, what is read from it or its outcome, and the refusal in words.

    A list is recognized by its address; any other page is an article, unless it can be read only as a list.
    """
    listed = page.request.url in addresses(edition)
    refused: ParseError | None = None
    if not listed:
        try:
            return "article", {"expected": written(source.parse_article(page, stored.link))}, ""
        except ParseError as error:
            refused = error
    if refused is None or refused.outcome is Outcome.DRIFT:
        try:
            return "list", {"expected": written(source.parse_list(page, edition))}, ""
        except ParseError as error:
            refused = refused or error
    return "list" if listed else "article", {"outcome": str(refused.outcome)}, str(refused)


# --- where to store it ----------------------------------------------------------------------------------------------


def free_file(source: Source, edition: Edition, url: str, folder: Path = PAGES) -> Path:
    """Return where to store the page; raises SunchiError if the file exists."""
    file = folder / source.name / f"{_slug(edition.lang, url)}.html"
    for there in (file, file.with_suffix(".json")):
        if there.exists():
            raise SunchiError(f"{there}: already exists and is not overwritten; remove it or choose another name")
    return file


def _slug(lang: str, url: str) -> str:
    """Return a name like `en-arti-english-edition-e-northkorea-978654`; long ones and queries end in the URL's hash."""
    parts = urlsplit(url)
    words = re.sub(r"[^a-z0-9]+", "-", parts.path.removesuffix(".html").lower()).strip("-")
    if parts.query or len(words) > 60:
        words = f"{words[:48]}-{hashlib.sha256(url.encode()).hexdigest()[:8]}".lstrip("-")
    return f"{lang}-{words or 'home'}"


# --- the source of a page -------------------------------------------------------------------------------------------


def saved(file: Path, url: str) -> Page:
    """Return a page that a browser or an archive saved; the file's time counts as the time of fetching."""
    if not file.is_file():
        raise SunchiError(f"{file}: no such file; save the page there, or leave out --file to fetch it")
    changed_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return Page(Request(url), url, 200, (), file.read_bytes(), changed_at)


async def fetched(edition: Edition, url: str) -> Page:
    """Fetch the page as politely as a poll; raises FetchError, or SunchiError if it is gone."""
    from sunchi.fetch.client import Fetcher  # imported here: a saved page needs no client

    async with Fetcher.of(edition, load()) as fetcher:
        page = await fetcher.get(Request(url))
    if page.status != 200:
        raise SunchiError(f"{url}: the site answers {page.status}; there is no page to store")
    return page


# --- what to review -------------------------------------------------------------------------------------------------


def to_check(made: Draft) -> Iterator[str]:
    """Return in words what was stored, and what to compare with the page, line by line."""
    stored, facts = made.stored, made.stored.facts
    yield f"Stored   {stored.file}"
    yield f"Drafted  {stored.file.with_suffix('.json')}"
    yield ""
    if made.refusal:
        yield f"The parser refuses this page: {facts['outcome']}."
        yield f"  {made.refusal}"
        yield "If that is right, say so in the draft. If not, fix the parser, and draft the page again."
    else:
        yield f"Read as {facts['kind']}, layout {facts['expected']['layout']}. Compare with the page in a browser:"
        yield from _list_lines(facts["expected"]) if facts["kind"] == "list" else _article_lines(facts["expected"])
    yield ""
    yield 'Then set "reviewed": true in the draft. Until then the test of stored pages fails here.'


def _article_lines(read: dict[str, Any]) -> Iterator[str]:
    for name in ("title", "subtitle", "date", "byline", "section", "posted_at", "modified_at", "photos"):
        yield f"  {name:12} {read.get(name, '(none)')}"
    if read["date_basis"] == "none":
        yield f'  {"":12} if the list gave one, add "link": {{"date": "2026-07-19"}}, and the date to "expected"'
    paragraphs = read["paragraphs"]
    yield f"  {'paragraphs':12} {len(paragraphs)}, without anything of the page's frame"
    yield f"  {'first':12} {paragraphs[0][:80]}"
    yield f"  {'last':12} {paragraphs[-1][-80:]}"


def _list_lines(read: dict[str, Any]) -> Iterator[str]:
    links = read.get("links", [])
    yield f"  {'links':12} {len(links)}; none missing, none that is not an article"
    for name, link in zip(("first", "last"), (links[:1] + links[-1:]), strict=False):
        yield f"  {name:12} {link.get('date', '(no date)')}  {link['title'][:70]}"
    yield f"  {'next page':12} {read['more']['url'] if 'more' in read else '(none)'}"
    for words in read.get("skipped", []):
        yield f"  {'skipped':12} {words}"


def main(
    source: Annotated[str, typer.Argument(help=f"One of: {', '.join(SOURCES)}.")],
    url: Annotated[str, typer.Argument(help="The page's address on its site.")],
    file: Annotated[Path | None, typer.Option(help="A saved page, used instead of fetching.")] = None,
    into: Annotated[Path, typer.Option(help="The folder of stored pages.")] = PAGES,
) -> None:
    """Store a page for the tests, and draft the expected result of parsing it."""
    try:
        if source not in SOURCES:
            raise SunchiError(f"{source}: no source of that name; known are {', '.join(SOURCES)}")
        known = SOURCES[source]
        edition = edition_of(known, url)
        free_file(known, edition, url, into)  # before anything is fetched
        page = saved(file, url) if file else asyncio.run(fetched(edition, url))
        made = draft(known, page, into)
    except SunchiError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo("\n".join(to_check(made)))


if __name__ == "__main__":
    typer.run(main)
