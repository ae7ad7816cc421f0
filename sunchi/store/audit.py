"""The audit: who changed what, and which passes over all sources were good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from sunchi.store.database import Database
from sunchi.store.records import AuditEntry
from sunchi.store.schema import audit, heartbeats, polls

_ENTRY = [audit.c[name] for name in AuditEntry.__dataclass_fields__]


class Audit(Database):
    def record_command(self, entry: AuditEntry, *, only_changes: bool = False) -> None:
        """Record a command; with `only_changes`, only if its inputs differ from those of the user's last poll."""
        last = select(*_ENTRY).where(audit.c.user == entry.user, audit.c.command.startswith("poll "))
        with self._writing("audit") as connection:
            row = connection.execute(last.order_by(audit.c.id.desc()).limit(1)).first() if only_changes else None
            if row is None or AuditEntry(**row._mapping).used != entry.used:
                connection.execute(insert(audit).values(**asdict(entry)))

    def audit_entries(self, limit: int) -> list[AuditEntry]:
        """Return the last entries, newest first."""
        with self._reading() as connection:
            rows = connection.execute(select(*_ENTRY).order_by(audit.c.id.desc()).limit(limit))
            return [AuditEntry(**row._mapping) for row in rows]

    def complete_pass(self, sources: Sequence[str], now: datetime) -> bool:
        """Return whether each source has been polled since the last good pass, its last poll without failure; True
        once per pass."""
        with self._writing("heartbeat") as connection:
            done = connection.execute(select(func.max(heartbeats.c.poll_id))).scalar() or 0
            last = select(polls.c.id, polls.c.outcome).where(polls.c.id > done).order_by(polls.c.id.desc()).limit(1)
            found = [connection.execute(last.where(polls.c.source == source)).first() for source in sources]
            ids = [row.id for row in found if row is not None and row.outcome != "failed"]
            if not sources or len(ids) < len(sources):
                return False
            connection.execute(delete(heartbeats))
            connection.execute(insert(heartbeats).values(poll_id=max(ids), at=now))
            return True
