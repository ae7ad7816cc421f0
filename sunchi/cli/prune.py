"""`sunchi prune`: drop what the settings no longer keep."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson
from sunchi.cli.screen import escape, json_line, say, warn
from sunchi.cli.stores import open_store


@app.command(epilog="Examples: sunchi prune --dry-run · SUNCHI_KEEP_PAGES_DAYS=365 sunchi prune")
def prune(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be dropped, and drop nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Drop it even if that is in doubt.")] = False,
    as_json: AsJson = False,
) -> None:
    """Drop what SUNCHI_KEEP_PAGES_DAYS, SUNCHI_KEEP_EVIDENCE_DAYS and SUNCHI_KEEP_RECORDS_DAYS no longer keep.

    The nightly backup does the same. Without these settings everything is kept. If the clock may be wrong, or if it is
    more than a few days' worth, nothing is dropped and the exit code is 1: then say --yes.
    """
    from datetime import UTC, datetime

    from sunchi.archive.store import Archive
    from sunchi.ingest.prune import HOW_TO_BE_SURE
    from sunchi.ingest.prune import prune as prune_stores
    from sunchi.settings import load

    settings = load()
    archive = Archive.open(settings.archive_address())
    with open_store(settings) as store:
        done = prune_stores(settings, archive, store, datetime.now(UTC), dry_run=dry_run, sure=yes)
    stops = bool(done.doubt) and not dry_run
    if as_json:
        json_line(asdict(done))
        raise typer.Exit(stops)
    would_be = dry_run or stops
    words = f"{'Would be dropped' if would_be else 'Dropped'}: {done.words}." if done.words else "Nothing to drop."
    say(escape(words))
    if done.kept:
        say(f"{done.kept} files are old enough but stay: stored texts were read from them.")
    if done.doubt:
        warn(escape(f"In doubt: {done.doubt}. {HOW_TO_BE_SURE}."))
    raise typer.Exit(stops)
