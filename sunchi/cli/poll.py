"""`sunchi poll`, `sunchi reparse`, `sunchi rebuild`: runs in this process, once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson, Verbose, known_sources, parse_day
from sunchi.cli.runs import poll_all, prepare_prefect, run, say_delivered, table_of
from sunchi.cli.screen import escape, json_line, say, warn
from sunchi.cli.stores import note_command

if TYPE_CHECKING:
    from flows.deliver import Delivered
    from sunchi.ingest.rebuild import Rebuilt
    from sunchi.store import Poll


@app.command(epilog="Examples: sunchi poll · sunchi poll kcna hani · sunchi poll kcna/ko --json")
def poll(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE…", help="kcna, rodong, hani; or one edition: kcna/ko. Else SUNCHI_SOURCES."),
    ] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Poll the sources once, then deliver what is due. Exit code 1 if a source failed."""
    from sunchi.settings import load

    settings = load()
    named = known_sources(sources or settings.sources)
    prepare_prefect(settings, verbose=verbose)
    from flows.deliver import deliver

    async def one_pass() -> tuple[list[Poll], Delivered]:
        return await poll_all(named), await deliver()

    polls, delivered = run(one_pass())
    if as_json:
        for each in polls:
            json_line(asdict(each))
    else:
        say(table_of(polls))
    say_delivered(delivered, aside=as_json)
    if any(each.outcome == "failed" for each in polls):
        raise typer.Exit(1)


@app.command(epilog="Example: sunchi refetch kcna --since 2026-11-20")
def refetch(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="kcna, rodong or hani; or one edition: kcna/ko.")],
    since: Annotated[
        date, typer.Option(parser=parse_day, metavar="DATE", help="Pages that lists showed from this day on.")
    ],
    verbose: Verbose = False,
) -> None:
    """Fetch the pages of a source again, and correct what was stored from wrong ones."""
    from datetime import UTC, datetime

    from parsers import SOURCES
    from sunchi.settings import load
    from sunchi.store import Store

    settings = load()
    [named] = known_sources([source])
    outlet, _, lang = named.partition("/")
    with Store.open(settings.database()) as store:
        for edition in SOURCES[outlet].editions:
            if lang in ("", edition.lang):
                asked, wrong = store.refetch(outlet, edition.lang, since, datetime.now(UTC))
                say(
                    f"{outlet}/{edition.lang}: {asked} pages will be fetched again; {wrong} were stored wrongly before."
                )
    note_command(f"refetch {named} --since {since}", settings)
    poll([named], verbose=verbose)


@app.command(epilog="Examples: sunchi reparse · sunchi reparse rodong --json")
def reparse(
    source: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="kcna, rodong or hani; all of them if left out.")
    ] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Parse the archived pages again with today's parsers and lexicon; no network.

    Nobody is alerted, except about texts of the last two days that a fault of Sunchi's own had kept from being read.
    """
    from parsers import source_named
    from sunchi.ingest.analysis import Analyzer
    from sunchi.settings import load

    if source:
        source_named(source)
    settings = load()
    prepare_prefect(settings, verbose=verbose)
    from flows.reparse import Reparsed
    from flows.reparse import reparse as reparse_flow

    async def again() -> Reparsed:
        return reparse_flow(source)

    done = run(again())
    analyzer = Analyzer.open(settings)
    note_command(f"reparse {source or ''}".rstrip(), settings, analyzer.lexicon, analyzer.rules)
    if as_json:
        json_line(asdict(done))
        return
    say(
        f"{done.read} pages read: {done.amended} articles corrected, {done.new} that could not be read before; "
        f"{done.unread} pages are not articles."
    )
    for words in done.lost:
        say(f"[red]{escape(words)}[/]")
    if done.lost:
        say(f"{len(done.lost)} pages are damaged in the archive; what was read from them before is kept.")


@app.command(epilog="Example: sunchi rebuild")
def rebuild(as_json: AsJson = False) -> None:
    """Rebuild a lost database from the archive; no network, no alerts. Move a damaged one away first."""
    import asyncio
    import logging
    from datetime import UTC, datetime

    from parsers import SOURCES
    from sunchi.archive.store import Archive
    from sunchi.ingest.analysis import Analyzer
    from sunchi.ingest.rebuild import rebuild as rebuild_store
    from sunchi.settings import load
    from sunchi.store import Store
    from sunchi.system.alone import alone

    logging.getLogger("sunchi").addHandler(logging.NullHandler())  # faults of the old polls were reported at the time
    settings = load()
    analyzer, archive = Analyzer.open(settings), Archive.open(settings.archive_address())
    with alone(settings.data_dir), Store.open(settings.database()) as store:
        again = rebuild_store([*SOURCES.values()], archive, store, analyzer, settings.first_poll, datetime.now(UTC))
        done = asyncio.run(again)
    note_command("rebuild", settings, analyzer.lexicon)
    if as_json:
        json_line(asdict(done))
    else:
        _say_rebuilt(done)
    if not done.pages:
        warn("The archive has no pages: is it elsewhere? Set SUNCHI_ARCHIVE or SUNCHI_DATA_DIR.")
        raise typer.Exit(1)


def _say_rebuilt(done: Rebuilt) -> None:
    say(f"{done.pages} pages read, {done.articles} articles. Alerts that the lost database had not sent are not sent.")
    if done.stray:
        say(f"{done.stray} pages are left out: no list in the archive leads to them.")
    for words in done.lost:
        say(f"[red]damaged: {escape(words)}[/]")
