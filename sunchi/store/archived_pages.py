"""Archived pages that can be parsed again, each with the link that it answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, select

from sunchi.model import Link
from sunchi.store.database import Database
from sunchi.store.link_rows import known, link_of
from sunchi.store.records import ArchivedPage
from sunchi.store.revisions import location_of
from sunchi.store.schema import known_links, link_urls, responses
from sunchi.store.schema import revisions as texts


class ArchivedPages(Database):
    def last_shown(self, link: Link) -> ArchivedPage | None:
        """Return the response in which a link last showed its article; None if none is archived."""
        with self._reading() as connection:
            row = known(connection, link)
            location = location_of(row) if row is not None and row.article_id is not None else None
            return ArchivedPage(link_of(row), location, row.looked_at, row.article_id) if row and location else None

    def pages_to_reparse(self, source: str | None = None) -> list[ArchivedPage]:
        """Return every archived response that a reparse reads again, in the order in which they came.

        These are the response of each text, the last response of each link, and the newest page of each link that is
        not an article.
        """
        queries = (_archived_texts(), _archived_looks(), _archived_unread())
        with self._reading() as connection:
            found = [_archived(row) for query in queries for row in connection.execute(query)]
        return sorted((each for each in found if source in (None, each.link.source)), key=lambda each: each.at)


_LINK = [known_links.c[name] for name in ("source", "lang", "key", "title", "date", "position", "section", "media")]


def _archived_texts() -> Select[Any]:
    """Return each text with the response that it was read from."""
    place = [texts.c.response_file, texts.c.response_offset, texts.c.response_length]
    was_dropped = exists().where(
        responses.c.file == texts.c.response_file,
        responses.c.offset == texts.c.response_offset,
        responses.c.dropped_at.is_not(None),
    )
    return (
        select(*_LINK, *place, texts.c.url, texts.c.seen_at.label("at"), texts.c.article_id)
        .join(known_links, known_links.c.id == texts.c.link_id)
        .where(texts.c.response_file.is_not(None), ~was_dropped)
    )


def _archived_looks() -> Select[Any]:
    """Return each link with the response in which it last showed its article, unless a text was read from it."""
    place = [known_links.c.response_file, known_links.c.response_offset, known_links.c.response_length]
    read_from_it = exists().where(
        texts.c.response_file == known_links.c.response_file, texts.c.response_offset == known_links.c.response_offset
    )
    return select(
        *_LINK, *place, known_links.c.url, known_links.c.looked_at.label("at"), known_links.c.article_id
    ).where(known_links.c.response_file.is_not(None), ~read_from_it)


def _archived_unread() -> Select[Any]:
    """Return each link that is not an article, with its newest page."""
    newest = func.row_number().over(partition_by=known_links.c.id, order_by=responses.c.at.desc())
    pages = (
        select(
            *_LINK,
            responses.c.file.label("response_file"),
            responses.c.offset.label("response_offset"),
            responses.c.length.label("response_length"),
            responses.c.url,
            responses.c.at,
            known_links.c.article_id,
            newest.label("place"),
        )
        .join(link_urls, link_urls.c.link_id == known_links.c.id)
        .join(responses, and_(responses.c.url == link_urls.c.url, responses.c.status == 200))
        .where(known_links.c.article_id.is_(None))
        .subquery()
    )
    return select(pages).where(pages.c.place == 1)


def _archived(row: Row[Any]) -> ArchivedPage:
    location = location_of(row)
    assert location is not None  # noqa: S101  the queries above leave out what has none
    return ArchivedPage(link_of(row), location, row.at, row.article_id)
