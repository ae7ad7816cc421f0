"""The state of Sunchi itself: incidents, open until they are closed, and polls."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from operator import eq

from sqlalchemy import insert as plain_insert
from sqlalchemy import select, text, update

from sunchi.errors import StoreError
from sunchi.store.database import Database, insert, narrow, shown
from sunchi.store.records import Incident, Poll
from sunchi.store.schema import INCIDENT_IS_OVER, incidents, known_links, metadata, polls

_REBUILD, _RESTORE, _CLOCK = "rebuild", "restore", "clock"  # kinds of incidents
_MACHINE = "this machine"

MIN_REPORTS = 2
"""The number of reports of an incident before the operators are told, since a single poll may fail."""


CONFIRMED_FOR = timedelta(days=1)
"""How long after a good poll the clock is believed to be right, if it was then."""


class Health(Database):
    def open_incident(
        self, kind: str, subject: str, message: str, now: datetime, *, source: str = "", times: int = 1
    ) -> Incident:
        """Record a problem: open an incident, or increase `times` of the open one with this kind and subject.

        `times` is how often it counts as reported at first; a problem that is certain counts as MIN_REPORTS.
        """
        first = {"kind": kind, "subject": subject, "source": source, "message": message}
        again = {"message": message, "last_at": now, "times": incidents.c.times + 1}
        with self._writing() as connection:
            row = connection.execute(
                insert(connection, incidents)
                .values(**first, opened_at=now, last_at=now, times=times)
                .on_conflict_do_update(
                    index_elements=[incidents.c.kind, incidents.c.subject],
                    index_where=incidents.c.closed_at.is_(None),
                    set_=again,
                )
                .returning(incidents)
            ).one()
        return Incident(**row._mapping)

    def close_incident(self, kind: str, subject: str, now: datetime) -> bool:
        """Record that a problem is over; return whether its incident was open."""
        return self.close_incidents([kind], subject, now) > 0

    def close_incidents(self, kinds: Collection[str], subject: str, now: datetime) -> int:
        """Record that problems of these kinds are over; return how many incidents were open.

        Mostly none is, so it looks first: whoever only reads waits for no writer.
        """
        are_open = incidents.c.kind.in_(kinds) & (incidents.c.subject == subject) & incidents.c.closed_at.is_(None)
        with self._reading() as connection:
            found = connection.execute(select(incidents.c.id).where(are_open)).scalars().all()
        if not found:
            return 0
        with self._writing() as connection:
            return connection.execute(update(incidents).where(are_open).values(closed_at=now)).rowcount

    def incidents(self, *, open_only: bool = True) -> list[Incident]:
        """Return incidents, the latest opened first."""
        query = select(incidents).order_by(incidents.c.opened_at.desc(), incidents.c.id.desc())
        if open_only:
            query = query.where(incidents.c.closed_at.is_(None))
        with self._reading() as connection:
            return [Incident(**row._mapping) for row in connection.execute(query)]

    def unreported_incidents(self) -> list[Incident]:
        """Return incidents that the operators should be told about, the oldest first.

        They are open and were reported MIN_REPORTS times, or they are over and the operators were told that they were
        open.
        """
        begun = incidents.c.closed_at.is_(None) & incidents.c.reported_at.is_(None) & (incidents.c.times >= MIN_REPORTS)
        with self._reading() as connection:
            found = [
                Incident(**row._mapping)
                for which in (begun, text(INCIDENT_IS_OVER))
                for row in connection.execute(select(incidents).where(which))
            ]
        return sorted(found, key=lambda each: (each.opened_at, each.id))

    # --- a database that is rebuilt from the archive

    def begin_rebuild(self, now: datetime) -> None:
        """Start a rebuild in an empty database, or start over after an interrupted one. Raises StoreError otherwise.

        An incident is open until `end_rebuild`.
        """
        is_open = (incidents.c.kind == _REBUILD) & incidents.c.closed_at.is_(None)
        with self._writing() as connection:
            begun = connection.execute(select(incidents.c.id).where(is_open)).first()
            if begun is None and connection.execute(select(known_links.c.id).limit(1)).first():
                raise StoreError(
                    f"{shown(self._engine.url)}: has articles: a rebuild fills an empty database. Move this one away "
                    "first; or, to read its pages again with a fixed parser, run `sunchi reparse`"
                )
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
            says = {"message": "started and not finished: run `sunchi rebuild` again", "source": "", "times": 1}
            opened = {"kind": _REBUILD, "subject": "database", "opened_at": now, "last_at": now}
            connection.execute(plain_insert(incidents).values(**opened, **says))

    def end_rebuild(self, now: datetime) -> None:
        """Record that the rebuild is complete."""
        self.close_incident(_REBUILD, "database", now)

    def refuse_half_rebuilt(self) -> None:
        """Raise StoreError while a rebuild is incomplete, since it would undo what a poll stores now."""
        self.refuse_half_restored()
        if any(each.kind == _REBUILD for each in self.incidents()):
            raise StoreError(
                f"{shown(self._engine.url)}: is being rebuilt from the archive: wait for `sunchi rebuild`, or run it "
                "again if it was interrupted"
            )

    def begin_restore(self, now: datetime) -> None:
        """Record that a backup is being brought up to date with the archive, until `end_restore`."""
        words = "started and not finished: restore the backup into another empty database"
        self.open_incident(_RESTORE, "database", words, now)

    def refuse_half_restored(self) -> None:
        """Raise StoreError while a restore is incomplete, since messages may have been sent before."""
        if any(each.kind == _RESTORE for each in self.incidents()):
            raise StoreError(
                f"{shown(self._engine.url)}: is being restored from a backup: wait for `sunchi restore`; if it was cut "
                "off, run it again, on Postgres with another empty database"
            )

    # --- this machine's clock, which polls compare with the sites'

    def note_clock(self, words: str, now: datetime) -> None:
        """Record that the clock is wrong, or, without words, that it is right."""
        if words:
            self.open_incident(_CLOCK, _MACHINE, words, now)
        else:
            self.close_incident(_CLOCK, _MACHINE, now)

    def clock_error(self, now: datetime) -> timedelta:
        """Return by how much this machine's clock, which says `now`, is ahead of the last poll's time, if it is known
        to be wrong; 0 if it is not, or has been set since."""
        last = self.polls(limit=1)
        error = now - last[0].ended_at if last and self._clock_incident() else timedelta(0)
        return error if abs(error) > CONFIRMED_FOR else timedelta(0)

    def unconfirmed_clock(self, sources: Collection[str], now: datetime) -> str:
        """Return why the clock, which says `now`, is not reliable enough to delete anything; "" if it is.

        A clock that is ahead looks like a long pause, so only a good poll within the last day confirms it.
        """
        if incident := self._clock_incident():
            return incident.message
        good = [poll.ended_at for poll in map(self.last_good_poll, sources) if poll]
        last = max((at for at in good if at <= now + CONFIRMED_FOR), default=None)
        if last is None:
            return "no good poll has compared this machine's clock with a site's yet"
        if now - last > CONFIRMED_FOR:
            since = f"{last:%Y-%m-%d %H:%M} UTC, and it is {now:%Y-%m-%d %H:%M} by this machine's clock"
            return f"the last good poll was at {since}: either none ran since, or the clock is ahead"
        return ""

    def _clock_incident(self) -> Incident | None:
        return next((each for each in self.incidents() if each.kind == _CLOCK), None)

    # --- polls

    def add_poll(self, poll: Poll) -> None:
        """Record one poll."""
        with self._writing() as connection:
            connection.execute(plain_insert(polls).values(**asdict(poll)))

    def polls(self, source: str | None = None, limit: int = 100) -> list[Poll]:
        """Return the last polls, in the reverse order of recording: the clock may have been set back."""
        columns = [polls.c[field.name] for field in fields(Poll)]
        query = select(*columns).order_by(polls.c.id.desc()).limit(limit)
        query = narrow(query, (eq, polls.c.source, source))
        with self._reading() as connection:
            return [Poll(**row._mapping) for row in connection.execute(query)]

    def last_good_poll(self, source: str) -> Poll | None:
        """Return the last poll of a source that did not fail; None if there is none."""
        columns = [polls.c[field.name] for field in fields(Poll)]
        good = (polls.c.source == source) & (polls.c.outcome != "failed")
        with self._reading() as connection:
            row = connection.execute(select(*columns).where(good).order_by(polls.c.id.desc()).limit(1)).first()
            return Poll(**row._mapping) if row else None
