"""Copies the database each night."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.naming import run_name
from sunchi.settings import load
from sunchi.store import DeliveryJournal
from sunchi.store.backup import BackedUp, take_backup


@flow(name="backup", flow_run_name=run_name)
def backup() -> BackedUp:
    """Copy the database while it is in use, verify the copy, and keep the newest SUNCHI_BACKUPS copies."""
    settings = load()
    journal = DeliveryJournal(settings.journal_folder())
    done = take_backup(settings.database(), settings.backup_folder(), journal, settings.backups, datetime.now(UTC))
    create_table_artifact(
        key="backup",
        table=[{"backup": done.backup.name, "bytes": done.size, "older copies deleted": len(done.deleted)}],
        description="The last copy of the database",
    )
    return done
