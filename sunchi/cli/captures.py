"""WARC files for `sunchi import`: pages that another program archived, read by the parsers of their sources."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sunchi.cli.screen import escape, say
from sunchi.errors import SunchiError

if TYPE_CHECKING:
    from sunchi.archive.store import Writer
    from sunchi.ingest.captures import Captured
    from sunchi.model import Edition, Source
    from sunchi.settings import Settings


def is_warc(path: Path) -> bool:
    return (path.with_suffix("") if path.suffix == ".gz" else path).suffix.lower() == ".warc"


def import_warcs(paths: Sequence[Path], settings: Settings, faults: list[str]) -> Captured:
    """Store the articles among the pages of WARC files; `faults` gets what is damaged."""
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

        captures = Captures(store, Analyzer.open(settings), _edition_of, writer_of)
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


def _edition_of(url: str) -> tuple[Source, Edition] | None:
    from parsers import SOURCES
    from parsers.addresses import edition_of, host

    for source in SOURCES.values():
        for edition in source.editions:
            if any(host(origin) == host(url) for origin in edition.archived_origins):
                return source, edition
        if any(host(edition.origin) == host(url) for edition in source.editions):
            try:
                return source, edition_of(source, url)
            except SunchiError:  # a picture, or a page of no language
                return None
    return None


def say_pages(done: Captured) -> None:
    """Say what came of the pages."""
    kinds = done.kinds
    revisions = f", {kinds['revision']:,} later texts of such" if kinds["revision"] else ""
    articles = f"{kinds['new']:,} new articles{revisions} with {done.signals:,} signals"
    say(f"{kinds.total():,} archived pages: {articles}, {kinds['known']:,} known already.")
    others = {"list": "lists", "foreign": "of no known source", "failed": "answers other than 200"}
    if said := ", ".join(f"{kinds[kind]:,} {words}" for kind, words in others.items() if kinds[kind]):
        say(f"Left out: {said}.")
    if kinds["no_article"]:
        say(f"{kinds['no_article']:,} are no articles, such as:")
        for words in done.no_articles:
            say(escape(f"  {words}"))
