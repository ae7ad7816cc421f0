"""The length of lists day by day, and the results of their links, from which ingest/usual.py learns what is usual."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from sqlalchemy import func, select

from sunchi.store.database import Database, in_edition, insert
from sunchi.store.link_rows import WAS_LISTED
from sunchi.store.records import Activity, LinkState
from sunchi.store.schema import known_links, list_days, lists


class ListHistory(Database):
    def record_list_length(
        self, url: str, entries: int | None, day: date, now: datetime, *, source: str, lang: str
    ) -> None:
        """Record how many entries a list's first page showed on a day of the site's clock; None: as many as before."""
        row = {"url": url, "day": day, "source": source, "lang": lang, "last_at": now}
        with self._writing(source, lang) as connection:
            if entries is None:
                last = select(list_days.c.entries).where(list_days.c.url == url).order_by(list_days.c.day.desc())
                entries = connection.execute(last.limit(1)).scalar()
            if entries is None:
                return
            today = (list_days.c.url == url) & (list_days.c.day == day)
            most = max(entries, connection.execute(select(list_days.c.entries).where(today)).scalar() or 0)
            connection.execute(
                insert(connection, list_days)
                .values(**row, entries=most)
                .on_conflict_do_update(
                    index_elements=[list_days.c.url, list_days.c.day], set_={"entries": most, "last_at": now}
                )
            )

    def list_lengths(self, url: str, before: date, since: date) -> list[int]:
        """Return the most entries that a list's first page showed on each day from `since` on, until `before`."""
        days = (list_days.c.url == url) & (list_days.c.day < before) & (list_days.c.day >= since)
        with self._reading() as connection:
            return list(connection.execute(select(list_days.c.entries).where(days).order_by(list_days.c.day)).scalars())

    def activity(self, source: str, lang: str, timezone: tzinfo, since: datetime) -> Activity:
        """Return what the edition brought since then; a link counts for its date, or else the day it was first seen."""
        links = (
            select(known_links.c.date, known_links.c.first_seen_at, known_links.c.state)
            .where(in_edition(known_links, source, lang), WAS_LISTED, known_links.c.first_seen_at >= since)
            .order_by(known_links.c.first_seen_at, known_links.c.id)
        )
        of_days = in_edition(list_days, source, lang) & (list_days.c.day >= since.date())
        read = select(list_days.c.day, func.max(list_days.c.last_at)).where(of_days).group_by(list_days.c.day)
        of_lists = in_edition(lists, source, lang)
        with self._reading() as connection:
            return Activity(
                links=tuple(
                    (row.date or row.first_seen_at.astimezone(timezone).date(), row.first_seen_at, LinkState(row.state))
                    for row in connection.execute(links)
                ),
                read_until={row[0]: row[1] for row in connection.execute(read)},
                last_new_at=connection.execute(select(func.max(lists.c.last_new_at)).where(of_lists)).scalar(),
            )
