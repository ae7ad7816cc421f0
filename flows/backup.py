"""Copies the database each night, and drops what the settings no longer keep."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.naming import run_name
from sunchi.archive.store import Archive
from sunchi.ingest.prune import HOW_TO_BE_SURE, prune
from sunchi.settings import load
from sunchi.store import DeliveryJournal, Store
from sunchi.store.backup import BackedUp, take_backup


@flow(name="backup", flow_run_name=run_name)
def backup() -> BackedUp:
    """Copy the database while it is in use, verify the copy, and keep the newest SUNCHI_BACKUPS copies.

    Then drop what SUNCHI_KEEP_… no longer keeps; by default that is nothing. If it is in doubt, since the clock may be
    wrong, nothing is dropped, and an incident says why.
    """
    settings, now = load(), datetime.now(UTC)
    journal = DeliveryJournal(settings.journal_folder())
    done = take_backup(settings.database(), settings.backup_folder(), journal, settings.backups, now)
    with Store.open(settings.database()) as store:
        pruned = prune(settings, Archive.open(settings.archive_address()), store, now)
        if pruned.doubt:
            store.open_incident("prune", "old files and records", f"{pruned.doubt}. {HOW_TO_BE_SURE}", now)
        else:
            store.close_incident("prune", "old files and records", now)
    dropped = f"nothing, since it is in doubt: {pruned.doubt}" if pruned.doubt else pruned.words or "nothing"
    create_markdown_artifact(
        key="backup",
        markdown=f"{done.backup.name}: {done.size:,} bytes, verified\n\n"
        f"Older copies deleted: {', '.join(each.name for each in done.deleted) or 'none'}\n\n"
        f"Dropped from the archive and the database: {dropped}",
        description="The last copy of the database",
    )
    return done
