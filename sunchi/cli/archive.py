"""`sunchi archive verify|enter`: checks that the archive is unchanged."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson
from sunchi.cli.screen import escape, json_line, say
from sunchi.cli.stores import missing_database, note_command, open_store
from sunchi.errors import ArchiveError

if TYPE_CHECKING:
    from sunchi.archive.verify import Verified

archive = typer.Typer(help="Whether the archive is what was stored.", no_args_is_help=True)
app.add_typer(archive, name="archive")


@archive.command(epilog="Examples: sunchi archive verify · sunchi archive verify --json | jq 'select(.kind)'")
def verify(
    head: Annotated[
        str, typer.Option(metavar="SHA256", help="The head that an earlier verification printed; it must be there.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Compare every page of the archive with the manifest, and with the database. Exit code 1 if something is wrong.

    Reports page by page what was altered, cut, inserted or is missing.
    """
    from contextlib import ExitStack

    from sunchi.archive.store import Archive
    from sunchi.archive.verify import Verification
    from sunchi.settings import load

    settings = load()
    with ExitStack() as stack:
        store = None if missing_database(settings) else stack.enter_context(open_store(settings))
        look = Verification(Archive.open(settings.archive_address()), store.responses() if store else (), head.lower())
        try:
            for discrepancy in look.discrepancies():
                if as_json:
                    json_line(asdict(discrepancy))
                else:
                    say(f"[red]{discrepancy.kind.replace('_', ' ')}[/]  {escape(str(discrepancy))}")
        except OSError as error:
            raise ArchiveError(f"the archive can't be read: {error}") from None
    found = look.verified
    if as_json:
        json_line(asdict(found))
    else:
        _say(found)
    if found.discrepancies:
        raise typer.Exit(1)


def _say(found: Verified) -> None:
    say(f"{found.intact} of {found.pages} pages in {found.files} files are as they were stored.")
    for why, number in found.dropped.items():
        say(escape(f"{number} files were dropped by {why}."))
    if found.late:
        say(f"{found.late} files were entered late; the manifest can't show whether they were changed before.")
    if found.writing:
        say(f"{found.writing} files are being written, or wait for the next poll to enter them.")
    if number := found.unknown_to_database:
        say(f"{number} pages are not in the database; `sunchi restore` and `sunchi rebuild` read them again.")
    say(f"Head of the manifest: entry {found.entries}, SHA-256 {found.head or 'none'}")


@archive.command(epilog="Example: sunchi archive enter")
def enter() -> None:
    """Enter files that the manifest does not name, marked as late: older than the manifest, or put back."""
    from sunchi.archive.store import Archive
    from sunchi.settings import load

    settings = load()
    try:
        entered = Archive.open(settings.archive_address()).enter_strangers(datetime.now(UTC))
    except OSError as error:
        raise ArchiveError(f"the manifest can't be written: {error}") from None
    if entered and not missing_database(settings):
        note_command(f"archive enter: {entered} files", settings)
    say(f"{entered} files were entered.")
