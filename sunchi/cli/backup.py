"""`sunchi backup`, `sunchi restore`: copies the database, and puts a copy in its place."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson
from sunchi.cli.screen import escape, json_line, say
from sunchi.cli.stores import missing_database, note_command
from sunchi.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from sunchi.ingest.restore import Restored


@app.command(epilog="Examples: sunchi backup · sunchi backup --keep 30")
def backup(
    keep: Annotated[
        int | None, typer.Option(min=1, help="Copies to keep; older ones are deleted. Default: SUNCHI_BACKUPS.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Copy the database while it is in use, and verify the copy; the folder is `backups` in the data folder."""
    from datetime import UTC, datetime

    from sunchi.settings import load
    from sunchi.store import DeliveryJournal
    from sunchi.store.backup import take_backup

    settings = load()
    if words := missing_database(settings):
        raise StoreError(words)
    journal = DeliveryJournal(settings.journal_folder())
    note_command("backup", settings)
    done = take_backup(
        settings.database(), settings.backup_folder(), journal, keep or settings.backups, datetime.now(UTC)
    )
    if as_json:
        json_line(asdict(done))
        return
    say(escape(f"{done.backup}, {done.size:,} bytes, verified"))
    for each in done.deleted:
        say(escape(f"deleted: {each.name}"))


@app.command(epilog="Examples: sunchi restore latest · sunchi restore var/backups/sunchi-20261128T180000Z.db")
def restore(
    backup: Annotated[str, typer.Argument(metavar="FILE", help="A copy that `sunchi backup` made, or `latest`.")],
    as_json: AsJson = False,
) -> None:
    """Replace the database by a backup, completed from the archive; the present database is kept."""
    import asyncio
    import logging
    from datetime import UTC, datetime

    from parsers import SOURCES
    from sunchi.archive.store import Archive
    from sunchi.ingest.analysis import Analyzer
    from sunchi.ingest.restore import restore as restore_store
    from sunchi.settings import load
    from sunchi.store import DeliveryJournal, Store, migrate
    from sunchi.store.backup import LATEST, named_backup, replacement, why_latest

    logging.getLogger("sunchi").addHandler(logging.NullHandler())  # faults of the old polls were reported at the time
    settings, now = load(), datetime.now(UTC)
    analyzer, archive = Analyzer.open(settings), Archive.open(settings.archive_address())
    journal = DeliveryJournal(settings.journal_folder())
    file = named_backup(backup, settings.backup_folder())
    why = why_latest(settings.backup_folder()) if backup == LATEST else []
    with replacement(settings.database(), file, now) as prepared:
        migrate(prepared.url)
        with Store.open(prepared.url) as store:
            done = asyncio.run(
                restore_store(
                    [*SOURCES.values()], store, archive, analyzer, journal, file.name, settings.first_poll, now
                )
            )
    note_command(f"restore {file.name}", settings, analyzer.lexicon, analyzer.rules)
    if as_json:
        json_line(asdict(done) | {"backup": file, "why": why, "kept": prepared.kept})
    else:
        for words in why:
            say(escape(words))
        _say_restored(done, file, prepared.kept)


def _say_restored(done: Restored, file: Path, kept: Path | None) -> None:
    say(escape(f"Restored {file}, and {done.pages} pages of the archive since: {done.articles} articles."))
    if kept:
        say(escape(f"The database as it was before: {kept}"))
    if done.is_journal_whole:
        say(f"{done.sent} messages had been sent since; {done.waiting} pending, to go out with the next delivery.")
    else:
        say(
            "[yellow]The journal of deliveries does not know this backup, so it is unknown what was sent since:[/] "
            f"news since then alerts nobody; {done.waiting} messages that were pending may come twice."
        )
    if done.stray:
        say(f"{done.stray} pages are left out: no list in the archive leads to them.")
    for words in done.lost:
        say(f"[red]damaged: {escape(words)}[/]")
