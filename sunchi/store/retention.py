"""Retention: which files of the archive nothing rests on any more, and records of Sunchi's own work that are old."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, func, or_, select, update

from sunchi.store.database import BATCH, Database, batches
from sunchi.store.link_rows import NO_PAGE
from sunchi.store.outbox import WAITS
from sunchi.store.records import LinkState
from sunchi.store.schema import deliveries, incidents, known_links, link_urls, list_days, notices, polls, responses
from sunchi.store.schema import revisions as texts

_MAY_BE_READ_YET = (LinkState.DRIFT, LinkState.DAMAGED, LinkState.MISMATCH, LinkState.ALIKE)
"""A page that a mended parser may read: nothing else has its text."""


class Retention(Database):
    def old_files(self, before: datetime) -> Iterator[tuple[list[str], list[tuple[str, datetime]]]]:
        """Yield files of the archive whose newest page is older: those on which nothing rests, and the others.

        On a file rests each text that was read from it, each link that last showed its article there, and each page
        that could not be read and may be some day. The others come with the time of their newest page.
        """
        after = ""
        while True:
            query = (
                select(responses.c.file, func.max(responses.c.at).label("newest"))
                .where(responses.c.file > after, responses.c.dropped_at.is_(None))
                .group_by(responses.c.file)
                .order_by(responses.c.file)
                .limit(BATCH)
            )
            with self._reading() as connection:
                found = {row.file: row.newest for row in connection.execute(query)}
                old = [file for file, newest in found.items() if newest < before]
                needed = _needed(connection, old)
            yield [file for file in old if file not in needed], [(file, found[file]) for file in old if file in needed]
            if len(found) < BATCH:
                return
            after = max(found)

    def mark_dropped(self, files: Sequence[str], now: datetime) -> None:
        """Record that the archive no longer has these files; of pages that texts were read from, the hash is kept."""
        is_read = exists().where(
            texts.c.response_file == responses.c.file, texts.c.response_offset == responses.c.offset
        )
        for some in batches(files):
            of_files = responses.c.file.in_(some)
            with self._writing() as connection:
                connection.execute(update(known_links).where(known_links.c.response_file.in_(some)).values(**NO_PAGE))
                connection.execute(delete(responses).where(of_files, ~is_read))
                connection.execute(update(responses).where(of_files).values(dropped_at=now))

    def count_old_records(self, before: datetime) -> dict[str, int]:
        """Return how many records `drop_old_records` would delete, by table."""
        with self._reading() as connection:
            count = {
                table.name: select(func.count()).select_from(table).where(is_old)
                for table, is_old in _old_records(before).items()
            }
            return {name: connection.execute(query).scalar_one() for name, query in count.items()}

    def drop_old_records(self, before: datetime) -> dict[str, int]:
        """Delete polls, incidents that are over, notices that reached all, and lengths of lists of before that time.

        Articles, signals, alerts, their deliveries and the audit stay. Returns how many were deleted, by table.
        """
        with self._writing() as connection:
            old = _old_records(before)
            of_notices = select(notices.c.id).where(old[notices])
            connection.execute(delete(deliveries).where(deliveries.c.notice_id.in_(of_notices)))
            return {
                table.name: connection.execute(delete(table).where(is_old)).rowcount for table, is_old in old.items()
            }


def _old_records(before: datetime) -> dict[Any, Any]:
    """Return the tables of which old rows are dropped, each with the condition that a row is one."""
    waits = exists().where(deliveries.c.notice_id == notices.c.id, WAITS)
    is_told = or_(incidents.c.reported_at.is_(None), incidents.c.end_reported_at.is_not(None))
    return {
        polls: polls.c.ended_at < before,
        incidents: (incidents.c.closed_at < before) & is_told,
        list_days: list_days.c.day < before.date(),
        notices: (notices.c.made_at < before) & ~waits,
    }


def _needed(connection: Connection, files: Collection[str]) -> set[str]:
    """Return the files on which something rests."""
    may_be_read = (
        select(responses.c.file)
        .join(link_urls, link_urls.c.url == responses.c.url)
        .join(known_links, known_links.c.id == link_urls.c.link_id)
        .where(responses.c.status == 200, responses.c.file.in_(files))
        .where(known_links.c.article_id.is_(None), known_links.c.state.in_(_MAY_BE_READ_YET))
    )
    queries = (
        select(texts.c.response_file).where(texts.c.response_file.in_(files)),
        select(known_links.c.response_file).where(known_links.c.response_file.in_(files)),
        may_be_read,
    )
    return {file for query in queries for file in connection.execute(query).scalars()} if files else set()
