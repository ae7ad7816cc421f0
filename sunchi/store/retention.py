"""Retention: archive files that nothing depends on any more, and old records of Sunchi's own work."""

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
"""The condition of a page that a fixed parser may be able to read: nothing else has its text."""


class Retention(Database):
    def old_files(self, before: datetime) -> Iterator[tuple[list[str], list[tuple[str, datetime]]]]:
        """Yield files of the archive whose newest page is older: those that nothing depends on, and the others.

        Each text depends on the file that it was read from, each link on the file with its article's last page, and
        each page that could not be read on its own file, since it may be readable some day. The others come with the
        time of their newest page.
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

    def most_of_a_day(self) -> dict[str, int]:
        """Return how many files the archive received on its fullest day, and how many polls there were on theirs."""
        day, ended = func.date(responses.c.at), func.date(polls.c.ended_at)
        files = select(func.count(responses.c.file.distinct())).where(responses.c.dropped_at.is_(None)).group_by(day)
        of_polls = select(func.count()).select_from(polls).group_by(ended)
        with self._reading() as connection:
            return {
                what: max(connection.execute(query).scalars(), default=0)
                for what, query in (("files", files), ("polls", of_polls))
            }

    def mark_dropped(self, files: Sequence[str], now: datetime) -> None:
        """Record that the archive no longer has these files; for pages that texts were read from, the hash is kept."""
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
        """Delete polls, closed incidents, notices that reached everybody, and lengths of lists older than that time.

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
    """Return the tables whose old rows are dropped, each with the condition for a row to be old."""
    waits = exists().where(deliveries.c.notice_id == notices.c.id, WAITS)
    is_told = or_(incidents.c.reported_at.is_(None), incidents.c.end_reported_at.is_not(None))
    return {
        polls: polls.c.ended_at < before,
        incidents: (incidents.c.closed_at < before) & is_told,
        list_days: list_days.c.day < before.date(),
        notices: (notices.c.made_at < before) & ~waits,
    }


def _needed(connection: Connection, files: Collection[str]) -> set[str]:
    """Return the files that something depends on."""
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
