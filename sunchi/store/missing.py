"""Missing pages: when a link is gone, and when its article is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from sunchi.model import Alert, Link
from sunchi.store import outbox
from sunchi.store.database import Database
from sunchi.store.link_rows import ensure_link, known, update_link
from sunchi.store.lists import forget_list_validators
from sunchi.store.rechecks import LOOKS_APART
from sunchi.store.records import LinkState, MissingOutcome, Revision
from sunchi.store.revisions import current
from sunchi.store.schema import articles, known_links


class Missing(Database):
    def record_missing(
        self,
        link: Link,
        now: datetime,
        alerts: Sequence[Alert] = (),
        moved_at: datetime | None = None,
        *,
        is_certain: bool = False,
    ) -> MissingOutcome:
        """Record that the link's page answered 404 or 410.

        The first time returns `first` and makes every other link of its article due. At a later poll, or where it
        `is_certain`, the link is gone; when all links of the article are, the article is deleted, and only then are
        `alerts` saved, in the same transaction. A gone link that a list still shows is fetched once a day. Where the
        site moved all its pages at `moved_at`, links of before that say nothing about whether an article still
        exists.
        """
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            forget_list_validators(connection, link.source, link.lang)
            if row.misses == 0 and not is_certain:
                update_link(connection, row, _missed(row, now) | {"next_due_at": now + LOOKS_APART})
                _make_others_due(connection, row, now)
                return "first"
            if not is_certain and abs(now - row.missed_at) < LOOKS_APART:
                return "first" if row.misses == 1 else "known"
            deletes = _deletes(connection, row, moved_at)
            update_link(connection, row, _missed(row, now) | {"state": LinkState.GONE, "next_due_at": None})
            if deletes:
                connection.execute(update(articles).where(articles.c.id == row.article_id).values(deleted_at=now))
                outbox.queue(connection, alerts, now)
                return "deleted"
            return "known" if row.state == LinkState.GONE else "gone"

    def would_delete(
        self, link: Link, moved_at: datetime | None = None, *, is_certain: bool = False
    ) -> Revision | None:
        """Return the current text of the article that is deleted if `link` is missing once more; otherwise None."""
        with self._reading() as connection:
            row = known(connection, link)
            if row is None or (row.misses == 0 and not is_certain) or not _deletes(connection, row, moved_at):
                return None
            return current(connection, row.article_id)


def _missed(row: Row[Any], now: datetime) -> dict[str, Any]:
    return {"misses": row.misses + 1, "missed_at": now, "looked_at": now, "error": "404 or 410"}


def _make_others_due(connection: Connection, row: Row[Any], now: datetime) -> None:
    if row.article_id is not None:
        others = (
            (known_links.c.article_id == row.article_id) & (known_links.c.id != row.id) & (known_links.c.misses == 0)
        )
        connection.execute(update(known_links).where(others).values(next_due_at=now))


def _deletes(connection: Connection, row: Row[Any], moved_at: datetime | None) -> bool:
    """Return whether the article is deleted with this link: it still exists, and all its other links since the move
    are gone."""
    if row.article_id is None or (moved_at is not None and row.first_seen_at < moved_at):
        return False
    deleted_at = connection.execute(select(articles.c.deleted_at).where(articles.c.id == row.article_id)).scalar()
    stands = (
        (known_links.c.article_id == row.article_id)
        & (known_links.c.id != row.id)
        & (known_links.c.state != LinkState.GONE)
    )
    if moved_at is not None:
        stands &= known_links.c.first_seen_at >= moved_at
    return deleted_at is None and connection.execute(select(known_links.c.id).where(stands)).first() is None
