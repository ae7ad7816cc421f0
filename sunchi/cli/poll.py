"""`sunchi poll`, `sunchi reparse`: flows, run once in this process."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli import app
from sunchi.cli.running import poll_all, prepare_prefect, say_delivered, screen, table_of

if TYPE_CHECKING:
    from flows.deliver import Delivered
    from sunchi.store import Poll

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's own log, too.")]


@app.command(epilog="Examples: sunchi poll · sunchi poll kcna hani · sunchi poll kcna/ko --json")
def poll(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]…", help="kcna, rodong, hani; or one edition: kcna/ko. Else SUNCHI_SOURCES."),
    ] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """One pass over the sources, then delivery of what is due. Exit code 1 where a source failed."""
    from sunchi.settings import load

    settings = load()
    prepare_prefect(settings, verbose=verbose)
    from flows.deliver import deliver

    async def run() -> tuple[list[Poll], Delivered]:
        return await poll_all(sources or settings.sources), await deliver()

    polls, delivered = asyncio.run(run())
    if as_json:
        for each in polls:
            typer.echo(json.dumps(asdict(each), default=str, ensure_ascii=False))
    else:
        screen.print(table_of(polls))
        say_delivered(delivered)
    if any(each.outcome == "failed" for each in polls):
        raise typer.Exit(1)


@app.command(epilog="Example: sunchi reparse rodong")
def reparse(
    source: Annotated[str | None, typer.Argument(help="kcna, rodong or hani; all of them if left out.")] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Read the archive again with today's parsers and lexicon: no network, no alerts."""
    from sunchi.settings import load

    prepare_prefect(load(), verbose=verbose)
    from flows.reparse import reparse as reparse_flow

    done = reparse_flow(source)
    if as_json:
        typer.echo(json.dumps(asdict(done)))
    else:
        screen.print(
            f"{done.read} pages read: {done.amended} articles corrected, {done.new} that could not be read before; "
            f"{done.unread} pages are no articles."
        )
