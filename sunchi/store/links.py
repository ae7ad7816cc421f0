"""Links: what is to be fetched, and what came of it.

A link is known by its key within source and language, or else by any address it was ever seen at; Rodong shows one key
under many addresses. Its row keeps the address to fetch: the first one as long as that works, then the newest listed.
No link is given up: what failed is fetched again, at the latest a day later.

The clock may be set back. A link that was fetched in what is now the future is due.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from operator import eq
from typing import Any

from sqlalchemy import Connection, Row, Select, case, exists, func, or_, select, text, update

from sunchi.errors import Outcome
from sunchi.model import Alert, Link, Validators
from sunchi.store import outbox
from sunchi.store.database import LONG_AGO, Database, batches, insert, narrow, unindexed
from sunchi.store.records import LinkState, MissingOutcome, Pending, Revision, UnreadLink, Work, WorkReason
from sunchi.store.revisions import current
from sunchi.store.schema import articles, known_links, link_urls, lists, revisions, storable

RECHECKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""How long after its text was first seen an article is fetched again: state media edit and delete quietly."""

RETRY_FIRST, RETRY_LAST = timedelta(minutes=15), timedelta(days=1)
FOR_GOOD = 10
"""Failures in a row, some four days of them, after which a page counts as bad for good; it is fetched once a day."""

ABSENT, TEXTLESS = "absent", "textless"
"""What a link shows, in place of a text's fingerprint, whose page is not there, or has no text, though a list shows it
as an article."""

MISS_APART = timedelta(minutes=15)
"""Two 404s within this time are of one poll and count as one."""

WAS_LISTED = known_links.c.list_name != ""
"""The condition that a list has shown a link; others came from a file, or from an archive."""

_WAITS = known_links.c.next_due_at > LONG_AGO
"""Not `IS NOT NULL`, for which SQLite uses no index."""


class Links(Database):
    def work(self, source: str, lang: str, now: datetime, limit: int | None = None) -> list[Work]:
        """Return the links to fetch now: first those never read, the newest first; then those to check again."""
        other = known_links.alias("other")
        is_missing = text("other.misses > 0 AND other.state <> 'gone'")  # as the index has it
        one_is_missing = exists().where(other.c.article_id == known_links.c.article_id, is_missing)
        query = (
            select(known_links, one_is_missing.label("one_is_missing"))
            .where(in_edition(source, lang), _WAITS, or_(known_links.c.next_due_at <= now, _is_ahead(now)))
            .order_by(
                case((known_links.c.article_id.is_(None), 0), else_=1),
                known_links.c.date.desc().nulls_last(),
                known_links.c.position,
                known_links.c.id,
            )
            .limit(limit)
        )
        with self._reading() as connection:
            return [_work(row, _why(row), _validators(row)) for row in connection.execute(query)]

    def work_at(self, link: Link) -> Work:
        """Return what is to be fetched where a link is asked for out of turn."""
        with self._reading() as connection:
            row = known(connection, link)
        if row is None or row.article_id is None:
            return Work(link, None, "again", Validators(), 0, is_backlog=row is not None and row.backlog)
        return _work(row, "again", Validators())

    def pend(self, link: Link, fingerprint: str, now: datetime, pause: timedelta) -> Pending:
        """Count a look at a text that is not believed yet; the link is due again after `pause`.

        Looks of one poll count once. Says since when, and how often, the link has shown that text, and whether another
        link shows it, too.
        """
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            since, looks = now, 1
            if row.pending == fingerprint:
                apart = row.looked_at is None or abs(now - row.looked_at) >= MISS_APART
                since, looks = min(row.pending_since, now), row.pending_looks + apart
            shows = {"pending": fingerprint, "pending_since": since, "pending_looks": looks, "misses": 0}
            update_link(connection, row, shows | {"looked_at": now, "next_due_at": now + pause})
            other = (known_links.c.id != row.id) & or_(
                known_links.c.fingerprint == fingerprint, known_links.c.pending == fingerprint
            )
            of_edition = (unindexed(known_links.c.source) == link.source) & (unindexed(known_links.c.lang) == link.lang)
            alone = connection.execute(select(known_links.c.id).where(of_edition, other).limit(1)).first()
            return Pending(since, looks, alone is None)

    def pend_absent(self, link: Link, now: datetime) -> Pending:
        """Count a look at a page that is not there, though its list shows it; it is due again at the next poll."""
        with self._writing(link.source, link.lang) as connection:
            _forget_lists(connection, link)
        return self.pend(link, ABSENT, now, MISS_APART)

    def doubt(self, article_ids: Sequence[str], now: datetime) -> None:
        """Doubt the texts of articles that were stored in this crawl: their links show what is not believed yet."""
        once = {"pending": known_links.c.fingerprint, "pending_since": now, "pending_looks": 1}
        with self._writing() as connection:
            for some in batches(article_ids):
                undoubted = known_links.c.article_id.in_(some) & known_links.c.pending.is_(None)
                connection.execute(update(known_links).where(undoubted).values(**once, next_due_at=now + MISS_APART))

    def doubted(self, source: str, lang: str) -> list[str]:
        """Return the addresses of an edition's links whose pages last showed what is not believed yet.

        Links that have failed FOR_GOOD times in a row do not count.
        """
        query = (
            select(known_links.c.url)
            .where(text("pending IS NOT NULL"), known_links.c.pending > "")
            .where(known_links.c.next_due_at.is_not(None), known_links.c.attempts < FOR_GOOD)
            .where(unindexed(known_links.c.source) == source, unindexed(known_links.c.lang) == lang)
        )
        with self._reading() as connection:
            return sorted(connection.execute(query).scalars())

    def doubted_articles(self, source: str, lang: str) -> list[str]:
        """Return the ids of an edition's articles whose stored texts are doubted.

        An article whose page shows another text, which is not believed yet, is none of them.
        """
        query = (
            select(known_links.c.article_id)
            .distinct()
            .where(text("pending IS NOT NULL"), known_links.c.pending > "")
            .where(known_links.c.pending == unindexed(known_links.c.fingerprint))
            .where(unindexed(known_links.c.source) == source, unindexed(known_links.c.lang) == lang)
        )
        with self._reading() as connection:
            return sorted(connection.execute(query).scalars())

    def look_again(self, links: Sequence[Link], now: datetime) -> None:
        """Make links due at once, whatever they showed; their pages are asked for whole."""
        for source, lang in {(link.source, link.lang) for link in links}:
            some = [link for link in links if (link.source, link.lang) == (source, lang)]
            with self._writing(source, lang) as connection:
                for row in find_links(connection, source, lang, some).values():
                    update_link(connection, row, {"next_due_at": now, "etag": "", "last_modified": ""})

    def part(self, link: Link, now: datetime) -> None:
        """Take a link from the article whose text it once showed, since it shows another article now."""
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            none = {"article_id": None, "fingerprint": None, "looks": 0, "state": LinkState.NEW, "next_due_at": now}
            place = dict.fromkeys(("response_file", "response_offset", "response_length"))
            update_link(connection, row, none | place | {"etag": "", "last_modified": ""})

    def is_first(self, link: Link) -> bool:
        """Return whether no other link showed the link's article before it did."""
        with self._reading() as connection:
            row = known(connection, link)
            return row is not None and row.article_id is not None and _watches(connection, row.article_id, row.id)

    def record_unchanged(self, link: Link, now: datetime) -> None:
        """Record that the link's page answered 304: it has not changed."""
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            if row.article_id is not None:
                record_success(connection, row, now)
                return
            failed = {"error": "304, though it was never read", "attempts": row.attempts + 1, "looked_at": now}
            update_link(connection, row, failed | {"next_due_at": now + _pause(row.attempts)})

    def record_failure(self, link: Link, outcome: Outcome, error: str, now: datetime) -> None:
        """Record that no article came; the link is due again after 15 minutes, 30 minutes, … a day.

        A photo or video item is not fetched again. A link that was read before stays read, with the error noted.
        """
        if outcome in (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE):
            raise ValueError(f"{outcome} is no failure: see save, unchanged and missing")
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            values: dict[str, Any] = {"error": error, "attempts": row.attempts + 1, "looked_at": now}
            values["next_due_at"] = now + _pause(row.attempts)
            if row.article_id is None:
                values["state"] = LinkState(outcome.value)
                if outcome is Outcome.MEDIA_ONLY:
                    values |= {"next_due_at": None, "pending": None, "pending_looks": 0}
            update_link(connection, row, values)

    def failing(self, source: str, lang: str) -> dict[LinkState, int]:
        """Return by state how many links failed when they were last fetched; `read` are those that were read before.

        Links that have failed FOR_GOOD times in a row do not count.
        """
        query = (
            select(known_links.c.state, func.count())
            .where(in_edition(source, lang), text("attempts > 0"), known_links.c.attempts < FOR_GOOD)
            .where(known_links.c.misses == 0, known_links.c.state.not_in((LinkState.MEDIA_ONLY, LinkState.GONE)))
            .group_by(known_links.c.state)
        )
        with self._reading() as connection:
            return {LinkState(state): number for state, number in connection.execute(query)}

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
            _forget_lists(connection, link)
            if row.misses == 0 and not is_certain:
                update_link(connection, row, _missed(row, now) | {"next_due_at": now + MISS_APART})
                _make_others_due(connection, row, now)
                return "first"
            if not is_certain and abs(now - row.missed_at) < MISS_APART:
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
        """Return the current text of the article that is deleted if `link` is missing once more; else None."""
        with self._reading() as connection:
            row = known(connection, link)
            if row is None or (row.misses == 0 and not is_certain) or not _deletes(connection, row, moved_at):
                return None
            return current(connection, row.article_id)

    def link_at(self, source: str, lang: str, url: str) -> Link | None:
        """Return the link that was seen at that address; None where none was."""
        with self._reading() as connection:
            row = connection.execute(_by_url(source, lang, [url])).first()
        return link_of(row) if row else None

    def looked_at(self, link: Link) -> datetime | None:
        """Return when what came of the link was last recorded; None where it never was."""
        with self._reading() as connection:
            row = known(connection, link)
            return row.looked_at if row else None

    def unread_links(self, source: str | None = None) -> list[UnreadLink]:
        """Return links that are no articles, because of how they answered or as media by their list; newest first."""
        query = (
            select(known_links)
            .where(known_links.c.article_id.is_(None), known_links.c.state.not_in((LinkState.NEW, LinkState.PASSED)))
            .order_by(known_links.c.first_seen_at.desc(), known_links.c.id)
        )
        query = narrow(query, (eq, known_links.c.source, source))
        with self._reading() as connection:
            return [
                UnreadLink(
                    link_of(row), LinkState(row.state), row.error, row.attempts, row.first_seen_at, row.next_due_at
                )
                for row in connection.execute(query)
            ]


def _is_ahead(now: datetime) -> Any:
    """Return the condition that the clock was set back since a link was fetched."""
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
        is_backlog=row.backlog,
    )


def _validators(row: Row[Any]) -> Validators:
    """Return the validators for the next GET; none while the link shows a text that is not believed yet."""
    return Validators("", "") if row.pending else Validators(row.etag, row.last_modified)


def _why(row: Row[Any]) -> WorkReason:
    if row.misses > 0 or row.one_is_missing:
        return "missing"
    if row.article_id is not None:
        return "relook"
    return "new" if row.state == LinkState.NEW else "again"


# --- one link -------------------------------------------------------------------------------------------------------


def link_of(row: Row[Any]) -> Link:
    """Return the link of a row of `known_links`."""
    return Link(row.source, row.lang, row.url, row.key, row.title, row.date, row.position, row.section, row.media)


def known(connection: Connection, link: Link) -> Row[Any] | None:
    """Return the link's row, None for one never seen."""
    return find_links(connection, link.source, link.lang, [link]).get(storable(link.key))


def ensure_link(connection: Connection, link: Link, now: datetime) -> Row[Any]:
    """Return the link's row; make one where no list has shown the link (an import, a page of an archive)."""
    if row := known(connection, link):
        return row
    add(connection, [link], LinkState.PASSED, "", now)
    add_link_urls(connection, link.source, link.lang, [link], now)
    return connection.execute(
        select(known_links).where(in_edition(link.source, link.lang), known_links.c.key == link.key)
    ).one()


def record_success(connection: Connection, row: Row[Any], now: datetime, **showed: Any) -> None:
    """Record that the link's page shows its article; when it is due next depends on the age of the article's text."""
    article_id = showed.get("article_id", row.article_id)
    of_text = (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.current)
    query = select(articles.c.deleted_at, revisions.c.seen_at).join(revisions, of_text)
    article = connection.execute(query.where(articles.c.id == article_id)).one()
    if article.deleted_at is not None:
        connection.execute(update(articles).where(articles.c.id == article_id).values(deleted_at=None))
    well = {"state": LinkState.READ, "error": "", "attempts": 0, "misses": 0, "missed_at": None, "looked_at": now}
    if _watches(connection, article_id, row.id):
        next_due_at = _next_recheck(article.seen_at, now)
    else:
        next_due_at = now + RECHECKS[0] if row.looks == 0 else None  # each address is looked at twice
    apart = row.looks == 0 or row.looked_at is None or abs(now - row.looked_at) >= MISS_APART
    seen = {"looks": row.looks + apart, "next_due_at": next_due_at, "pending": None, "pending_looks": 0}
    if row.pending is not None and row.article_id is not None and showed.get("fingerprint") != row.pending:
        seen["flickers"] = row.flickers + 1
    update_link(connection, row, well | seen | showed)


def _watches(connection: Connection, article_id: str, link_id: int) -> bool:
    """Return whether this is the link by which its article is checked again: the first one that is not missing."""
    before = (known_links.c.article_id == article_id) & (known_links.c.misses == 0) & (known_links.c.id < link_id)
    return connection.execute(select(known_links.c.id).where(before).limit(1)).first() is None


def _next_recheck(seen_at: datetime, now: datetime) -> datetime | None:
    if seen_at > now + RECHECKS[0]:  # the clock was set back
        return now + RETRY_LAST
    return next((seen_at + step for step in RECHECKS if seen_at + step > now), None)


def _pause(failures_before: int) -> timedelta:
    doubled: int = 2 ** min(failures_before, 10)
    return min(RETRY_FIRST * doubled, RETRY_LAST)


def update_link(connection: Connection, row: Row[Any], values: Mapping[str, Any]) -> None:
    """Set columns of one link."""
    connection.execute(update(known_links).where(known_links.c.id == row.id).values(**values))


# --- what is missing ------------------------------------------------------------------------------------------------


def _missed(row: Row[Any], now: datetime) -> dict[str, Any]:
    return {"misses": row.misses + 1, "missed_at": now, "looked_at": now, "error": "404 or 410"}


def _forget_lists(connection: Connection, link: Link) -> None:
    """Make the next poll read the lists: one that answers 304 does not show whether a link is still listed."""
    of_edition = (lists.c.source == link.source) & (lists.c.lang == link.lang)
    connection.execute(update(lists).where(of_edition).values(etag="", last_modified=""))


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


# --- finding and making rows ----------------------------------------------------------------------------------------


def in_edition(source: str, lang: str) -> Any:
    """Return the condition that a link is of the edition."""
    return (known_links.c.source == source) & (known_links.c.lang == lang)


def find_links(connection: Connection, source: str, lang: str, links: Sequence[Link]) -> dict[str, Row[Any]]:
    """Return the rows of the links that are known, by the links' keys."""
    found: dict[str, Row[Any]] = {}
    for some in batches(links):
        keys = [link.key for link in some]
        by_key = select(known_links).where(in_edition(source, lang), known_links.c.key.in_(keys))
        found.update((row.key, row) for row in connection.execute(by_key))
    rest = [link for link in links if storable(link.key) not in found]
    for some in batches(rest):
        rows = {row.seen_at_url: row for row in connection.execute(_by_url(source, lang, [link.url for link in some]))}
        found.update((storable(link.key), rows[storable(link.url)]) for link in some if storable(link.url) in rows)
    return found


def _by_url(source: str, lang: str, urls: Sequence[str]) -> Select[Any]:
    return (
        select(known_links, link_urls.c.url.label("seen_at_url"))
        .join(link_urls, link_urls.c.link_id == known_links.c.id)
        .where(link_urls.c.source == source, link_urls.c.lang == lang, link_urls.c.url.in_(urls))
    )


def add(
    connection: Connection,
    links: Sequence[Link],
    state: LinkState,
    list_name: str,
    now: datetime,
    backlog: Collection[Link] = (),
) -> None:
    """Insert links never seen before; those in `backlog` stood there before the first poll of their list."""
    due_at = now if state is LinkState.NEW else None
    about_none = {"error": "", "attempts": 0, "misses": 0, "etag": "", "last_modified": ""}
    rows = [
        {field.name: getattr(link, field.name) for field in fields(Link)}
        | {"list_name": list_name, "first_seen_at": now, "last_seen_at": now, "state": state, "next_due_at": due_at}
        | {"backlog": link in backlog}
        | about_none
        for link in links
    ]
    for some in batches(rows):
        connection.execute(insert(connection, known_links), some)


def add_link_urls(connection: Connection, source: str, lang: str, links: Sequence[Link], now: datetime) -> None:
    """Record the address of each link; an address that belongs to another link stays with it."""
    ids = {key: row.id for key, row in find_links(connection, source, lang, links).items()}
    rows = [
        {"source": source, "lang": lang, "url": link.url, "link_id": ids[storable(link.key)], "first_seen_at": now}
        for link in links
    ]
    for some in batches(rows):
        connection.execute(insert(connection, link_urls).on_conflict_do_nothing(), some)
