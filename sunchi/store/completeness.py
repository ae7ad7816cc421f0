"""Completeness: what lists showed, compared with what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, or_, select, update

from sunchi.store.database import Database, batches, in_edition
from sunchi.store.link_rows import NO_ARTICLE, NO_VALIDATORS, WAS_LISTED
from sunchi.store.records import Completeness, LinkState
from sunchi.store.schema import IS_CURRENT, articles, known_links
from sunchi.store.schema import revisions as texts
from sunchi.text.titles import same_title

_WANTED = known_links.c.state.not_in((LinkState.PASSED, LinkState.MEDIA_ONLY, LinkState.GONE))
"""States of links that should have an article: not those passed over, pictures, or gone."""


class CompletenessAudit(Database):
    def completeness(self, source: str, lang: str, since: date) -> list[Completeness]:
        """Return for each day since then what the edition's lists showed, and how much of it is stored; and for earlier
        days what was first shown since then, if some of it is not stored.

        The day is the list's own, or otherwise the one on which the link was first seen. A link whose article has
        another title than its list does not count as stored: it was read from a wrong page.
        """
        shown: defaultdict[date, list[Row[Any]]] = defaultdict(list)
        with self._reading() as connection:
            for row in connection.execute(_shown(source, lang, since)):
                shown[row.date or row.first_seen_at.date()].append(row)
        days = (
            Completeness(source, lang, day, len(rows), tuple(_waiting(rows))) for day, rows in sorted(shown.items())
        )
        return [each for each in days if each.day >= since or each.waiting]

    def refetch(self, source: str, lang: str, since: date, now: datetime) -> tuple[int, int]:
        """Make every link of those days due, or first shown on them, as if its page had never been fetched.

        Return how many, and how many were detached from an article that is not theirs. An article without links counts
        as deleted.
        """
        due = {"next_due_at": now, "attempts": 0} | NO_VALIDATORS
        with self._writing(source, lang) as connection:
            rows = connection.execute(_shown(source, lang, since)).all()
            wrong = [row for row in rows if row.article_id is not None and not _agrees(row)]
            for some in batches([row.id for row in rows]):
                connection.execute(update(known_links).where(known_links.c.id.in_(some)).values(**due))
            for some in batches([row.id for row in wrong]):
                connection.execute(update(known_links).where(known_links.c.id.in_(some)).values(**NO_ARTICLE))
            _delete_orphans(connection, {row.article_id for row in wrong}, now)
        return len(rows), len(wrong)


def _shown(source: str, lang: str, since: date) -> Select[Any]:
    first_seen = datetime.combine(since, time.min, UTC)
    return (
        select(known_links, texts.c.title.label("stored_title"))
        .outerjoin(articles, articles.c.id == known_links.c.article_id)
        .outerjoin(texts, IS_CURRENT)
        .where(in_edition(known_links, source, lang), WAS_LISTED, _WANTED)
        .where(or_(known_links.c.date >= since, known_links.c.first_seen_at >= first_seen))
        .order_by(known_links.c.id)
    )


def _agrees(row: Row[Any]) -> bool:
    return same_title(row.title, row.stored_title or "")


def _waiting(rows: Sequence[Row[Any]]) -> Iterator[tuple[str, str]]:
    """Yield the title of each link that has no article of its own, and why it is not stored."""
    for row in rows:
        if row.article_id is None:
            yield row.title, str(row.state)
        elif not _agrees(row):
            yield row.title, f"another text is stored for it: {row.stored_title}"


def _delete_orphans(connection: Connection, ids: set[str], now: datetime) -> None:
    """Mark those articles as deleted that no link shows any more."""
    is_shown = exists().where(known_links.c.article_id == articles.c.id)
    for some in batches(sorted(ids)):
        connection.execute(update(articles).where(articles.c.id.in_(some), ~is_shown).values(deleted_at=now))
