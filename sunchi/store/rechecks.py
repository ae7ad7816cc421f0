"""When a link is fetched again: soon after a failure, at longer and longer intervals after a success.

No link is given up: a page that failed is fetched again at the latest a day later.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from sunchi.store.link_rows import update_link
from sunchi.store.records import LinkState
from sunchi.store.schema import IS_CURRENT, articles, known_links, revisions

RECHECKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""How long after its text was first seen an article is fetched again: state media edit and delete quietly."""

RETRY_FIRST, RETRY_LAST = timedelta(minutes=15), timedelta(days=1)
FOR_GOOD = 10
"""Failures in a row, over some four days, after which a page counts as permanently bad and is fetched once a day."""

LOOKS_APART = timedelta(minutes=15)
"""Two looks at a page within this time belong to one poll and count as one."""


def record_success(connection: Connection, row: Row[Any], now: datetime, **showed: Any) -> None:
    """Record that the link's page shows its article; when it is due next depends on the age of the article's text."""
    article_id = showed.get("article_id", row.article_id)
    query = select(articles.c.deleted_at, revisions.c.seen_at).join(revisions, IS_CURRENT)
    article = connection.execute(query.where(articles.c.id == article_id)).one()
    if article.deleted_at is not None:
        connection.execute(update(articles).where(articles.c.id == article_id).values(deleted_at=None))
    well = {"state": LinkState.READ, "error": "", "attempts": 0, "misses": 0, "missed_at": None, "looked_at": now}
    if watches(connection, article_id, row.id):
        next_due_at = _next_recheck(article.seen_at, now)
    else:
        next_due_at = now + RECHECKS[0] if row.looks == 0 else None  # each address is looked at twice
    apart = row.looks == 0 or row.looked_at is None or abs(now - row.looked_at) >= LOOKS_APART
    seen = {"looks": row.looks + apart, "next_due_at": next_due_at, "pending": None, "pending_looks": 0}
    if row.pending is not None and row.article_id is not None and showed.get("fingerprint") != row.pending:
        seen["flickers"] = row.flickers + 1
    update_link(connection, row, well | seen | showed)


def watches(connection: Connection, article_id: str, link_id: int) -> bool:
    """Return whether this is the link through which its article is checked again: the first one that is not missing."""
    before = (known_links.c.article_id == article_id) & (known_links.c.misses == 0) & (known_links.c.id < link_id)
    return connection.execute(select(known_links.c.id).where(before).limit(1)).first() is None


def _next_recheck(seen_at: datetime, now: datetime) -> datetime | None:
    if seen_at > now + RECHECKS[0]:  # the clock was set back
        return now + RETRY_LAST
    return next((seen_at + step for step in RECHECKS if seen_at + step > now), None)


def pause(failures_before: int) -> timedelta:
    """Return how long after a failure a link is due again: 15 minutes, twice as long after each more, a day at most."""
    doubled: int = 2 ** min(failures_before, 10)
    return min(RETRY_FIRST * doubled, RETRY_LAST)
