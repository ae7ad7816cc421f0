"""Links: what to fetch, and the result of each fetch.

A link keeps the address to fetch: the first one as long as it works, then the newest listed. The clock may be set back,
so a link whose last fetch now lies in the future is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, exists, func, or_, select, text

from sunchi.errors import Outcome
from sunchi.model import Link, Validators
from sunchi.store.database import LONG_AGO, Database, in_edition
from sunchi.store.link_rows import (
    NO_ARTICLE,
    NO_VALIDATORS,
    ensure_link,
    find_links,
    known,
    link_of,
    links_at,
    update_link,
)
from sunchi.store.rechecks import FOR_GOOD, pause, record_success, watches
from sunchi.store.records import LastListed, LinkState, UnreadLink, Work, WorkReason
from sunchi.store.schema import known_links

_WAITS = known_links.c.next_due_at > LONG_AGO
"""Not `IS NOT NULL`, for which SQLite uses no index."""


class Links(Database):
    def work(self, source: str, lang: str, now: datetime) -> list[Work]:
        """Return the links to fetch now: first those never read, newest first; then those to check again."""
        other = known_links.alias("other")
        is_missing = text("other.misses > 0 AND other.state <> 'gone'")  # as the index has it
        one_is_missing = exists().where(other.c.article_id == known_links.c.article_id, is_missing)
        query = (
            select(known_links, one_is_missing.label("one_is_missing"))
            .where(in_edition(known_links, source, lang), _WAITS, or_(known_links.c.next_due_at <= now, _is_ahead(now)))
            .order_by(
                case((known_links.c.article_id.is_(None), 0), else_=1),
                known_links.c.date.desc().nulls_last(),
                known_links.c.position,
                known_links.c.id,
            )
        )
        with self._reading() as connection:
            return [_work(row, _why(row), _validators(row)) for row in connection.execute(query)]

    def work_at(self, link: Link) -> Work:
        """Return the work for a link that is fetched out of turn."""
        with self._reading() as connection:
            row = known(connection, link)
        if row is None or row.article_id is None:
            return Work(link, None, "again", Validators(), 0, is_backlog=row is not None and row.backlog)
        return _work(row, "again", Validators())

    def look_again(self, links: Sequence[Link], now: datetime) -> None:
        """Make links due at once, whatever they showed; their pages are fetched whole."""
        for source, lang in {(link.source, link.lang) for link in links}:
            some = [link for link in links if (link.source, link.lang) == (source, lang)]
            with self._writing(source, lang) as connection:
                for row in find_links(connection, source, lang, some).values():
                    update_link(connection, row, {"next_due_at": now} | NO_VALIDATORS)

    def part(self, link: Link, now: datetime) -> None:
        """Detach a link from the article whose text it once showed, since it now shows another article."""
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            update_link(connection, row, NO_ARTICLE | NO_VALIDATORS | {"next_due_at": now})

    def is_first(self, link: Link) -> bool:
        """Return whether no other link showed the link's article before it did."""
        with self._reading() as connection:
            row = known(connection, link)
            return row is not None and row.article_id is not None and watches(connection, row.article_id, row.id)

    def last_listed(self, link: Link) -> LastListed | None:
        """Return which list brought the link, and when a list last showed it; None for one never seen."""
        with self._reading() as connection:
            row = known(connection, link)
            return row and LastListed(row.list_name, row.last_seen_at)

    def record_unchanged(self, link: Link, now: datetime) -> None:
        """Record that the link's page answered 304: it has not changed. The next look fetches it whole, since a cache
        may say so for ever."""
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            if row.article_id is not None:
                record_success(connection, row, now, **NO_VALIDATORS)
                return
            failed = {"error": "304, but it was never read", "attempts": row.attempts + 1, "looked_at": now}
            update_link(connection, row, failed | {"next_due_at": now + pause(row.attempts)})

    def record_failure(self, link: Link, outcome: Outcome, error: str, now: datetime) -> None:
        """Record that no article came; the link is due again after 15 minutes, 30 minutes, … a day.

        A photo or video item is not fetched again. A link that was read before stays read, with the error noted.
        """
        if outcome in (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE):
            raise ValueError(f"{outcome} is not a failure: see save, record_unchanged and record_missing")
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            values: dict[str, Any] = {"error": error, "attempts": row.attempts + 1, "looked_at": now}
            values["next_due_at"] = now + pause(row.attempts)
            if row.article_id is None:
                values["state"] = LinkState(outcome.value)
                if outcome is Outcome.MEDIA_ONLY:
                    values |= {"next_due_at": None, "pending": None, "pending_looks": 0}
            update_link(connection, row, values)

    def failing(self, source: str, lang: str) -> dict[LinkState, int]:
        """Return the number of links whose last fetch failed, by state; `read` counts those that were read before.

        Links that have failed FOR_GOOD times in a row do not count.
        """
        query = (
            select(known_links.c.state, func.count())
            .where(in_edition(known_links, source, lang), text("attempts > 0"), known_links.c.attempts < FOR_GOOD)
            .where(known_links.c.misses == 0, known_links.c.state.not_in((LinkState.MEDIA_ONLY, LinkState.GONE)))
            .group_by(known_links.c.state)
        )
        with self._reading() as connection:
            return {LinkState(state): number for state, number in connection.execute(query)}

    def link_at(self, source: str, lang: str, url: str) -> Link | None:
        """Return the link that was seen at that address; None if none was."""
        with self._reading() as connection:
            row = connection.execute(links_at(source, lang, [url])).first()
        return link_of(row) if row else None

    def looked_at(self, link: Link) -> datetime | None:
        """Return when an outcome of the link was last recorded; None if never."""
        with self._reading() as connection:
            row = known(connection, link)
            return row.looked_at if row else None

    def unread_links(self) -> list[UnreadLink]:
        """Return links that are not articles, by their response or, for media, by their list; newest first."""
        query = (
            select(known_links)
            .where(known_links.c.article_id.is_(None), known_links.c.state.not_in((LinkState.NEW, LinkState.PASSED)))
            .order_by(known_links.c.first_seen_at.desc(), known_links.c.id)
        )
        with self._reading() as connection:
            return [
                UnreadLink(
                    link_of(row), LinkState(row.state), row.error, row.attempts, row.first_seen_at, row.next_due_at
                )
                for row in connection.execute(query)
            ]


def _is_ahead(now: datetime) -> Any:
    """Return the condition that the clock was set back after a link was fetched."""
    return func.coalesce(known_links.c.looked_at, known_links.c.first_seen_at) > now


def _work(row: Row[Any], why: WorkReason, validators: Validators) -> Work:
    return Work(
        link_of(row),
        row.article_id,
        why,
        validators,
        row.attempts,
        is_pending=bool(row.pending),
        is_doubted=bool(row.pending) and row.pending == row.fingerprint,
        looks=row.looks,
        flickers=row.flickers,
        is_backlog=row.backlog,
    )


def _validators(row: Row[Any]) -> Validators:
    """Return the validators for the next GET; none while the link's text was seen once only, or is not believed yet."""
    return Validators("", "") if row.pending or row.looks <= 1 else Validators(row.etag, row.last_modified)


def _why(row: Row[Any]) -> WorkReason:
    if row.misses > 0 or row.one_is_missing:
        return "missing"
    if row.article_id is not None:
        return "relook"
    return "new" if row.state == LinkState.NEW else "again"
