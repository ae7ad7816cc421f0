"""How Sunchi itself is: incidents that are open until they are closed, and the polls."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from operator import eq

from sqlalchemy import insert as plain_insert
from sqlalchemy import select, update

from sunchi.store.database import Database, insert, narrow
from sunchi.store.records import Incident, Poll
from sunchi.store.schema import incidents, polls


class Health(Database):
    def open_incident(self, kind: str, subject: str, message: str, now: datetime, *, source: str = "") -> Incident:
        """Notes that something is wrong. Of one kind and subject one is open at a time: a repeat counts up `times`.

        `times == 1` says that it is new, and somebody should be told.
        """
        first = {"kind": kind, "subject": subject, "source": source, "message": message}
        again = {"message": message, "last_at": now, "times": incidents.c.times + 1}
        with self._writing() as connection:
            row = connection.execute(
                insert(connection, incidents)
                .values(**first, opened_at=now, last_at=now, times=1)
                .on_conflict_do_update(
                    index_elements=[incidents.c.kind, incidents.c.subject],
                    index_where=incidents.c.closed_at.is_(None),
                    set_=again,
                )
                .returning(incidents)
            ).one()
        return Incident(**row._mapping)

    def close_incident(self, kind: str, subject: str, now: datetime) -> bool:
        """It is well again; says whether it was open."""
        is_it = (incidents.c.kind == kind) & (incidents.c.subject == subject) & incidents.c.closed_at.is_(None)
        with self._writing() as connection:
            return connection.execute(update(incidents).where(is_it).values(closed_at=now)).rowcount > 0

    def incidents(self, *, open_only: bool = True) -> list[Incident]:
        """Incidents, the latest opened first."""
        query = select(incidents).order_by(incidents.c.opened_at.desc(), incidents.c.id.desc())
        if open_only:
            query = query.where(incidents.c.closed_at.is_(None))
        with self._reading() as connection:
            return [Incident(**row._mapping) for row in connection.execute(query)]

    def add_poll(self, poll: Poll) -> None:
        """Notes one pass over a source."""
        with self._writing() as connection:
            connection.execute(plain_insert(polls).values(**asdict(poll)))

    def polls(self, source: str | None = None, limit: int = 100) -> list[Poll]:
        """The last polls, newest first."""
        columns = [polls.c[field.name] for field in fields(Poll)]
        query = select(*columns).order_by(polls.c.started_at.desc(), polls.c.id.desc()).limit(limit)
        query = narrow(query, (eq, polls.c.source, source))
        with self._reading() as connection:
            return [Poll(**row._mapping) for row in connection.execute(query)]
