"""Lists: the links that they showed, classified as new, known, or passed over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from itertools import pairwise
from operator import eq
from typing import Any

from sqlalchemy import Connection, Row, select, update

from sunchi.model import Link, Validators
from sunchi.store.database import Database, batches, in_edition, insert, narrow
from sunchi.store.link_rows import NO_VALIDATORS, add, add_link_urls, find_links, update_link
from sunchi.store.rechecks import RETRY_LAST
from sunchi.store.records import LinkState, ListReading, ListRecord, RecordedLinks, Watch
from sunchi.store.schema import known_links, lists, storable

MAX_IDENTITY = 2000
"""Bytes of a key or URL; Postgres indexes at most 2,704. Only a broken or hostile page comes near."""

DISORDER = 0.2
"""The share of a list's links from which, if each is newer than the one above it, the list is in no order."""

MOST_LATE = 3
"""How many entries of before the first poll may be posted late at once; if there are more, they are no news."""

_WELL = (LinkState.NEW, LinkState.PASSED, LinkState.READ)


class Lists(Database):
    def list_validators(self, list_url: str) -> Validators:
        """Return the validators for the next GET of a list; empty for a list never read."""
        with self._reading() as connection:
            row = connection.execute(
                select(lists.c.etag, lists.c.last_modified).where(lists.c.url == list_url)
            ).one_or_none()
        return Validators(row.etag, row.last_modified) if row else Validators()

    def lists(self, source: str | None = None, lang: str | None = None) -> list[ListRecord]:
        """Return every list ever read, by source, language and name."""
        columns = [lists.c[field.name] for field in fields(ListRecord)]
        query = select(*columns).order_by(lists.c.source, lists.c.lang, lists.c.name, lists.c.url)
        query = narrow(query, (eq, lists.c.source, source), (eq, lists.c.lang, lang))
        with self._reading() as connection:
            return [ListRecord(**row._mapping) for row in connection.execute(query)]

    def unknown(self, links: Iterable[Link]) -> list[Link]:
        """Return the links that no list has shown before, in order."""
        links = list(links)
        known: set[tuple[str, str, str]] = set()
        with self._reading() as connection:
            for source, lang in sorted({(link.source, link.lang) for link in links}):
                of_edition = [link for link in links if (link.source, link.lang) == (source, lang)]
                known.update((source, lang, key) for key in find_links(connection, source, lang, of_edition))
        return [link for link in links if (link.source, link.lang, storable(link.key)) not in known]

    def record_list(
        self,
        reading: ListReading,
        links: Sequence[Link],
        *,
        now: datetime,
        first_limit: int,
        ok_at: datetime | None = None,
        watch: Watch | None = None,
    ) -> RecordedLinks:
        """Record what a list showed in one transaction.

        Pass the links of all its pages together: after a crash between two pages, its validators would hide the
        second. When the edition's list of this name is read for the first time, its newest `first_limit` links are to
        be fetched and the rest are passed over; from then on every new link is to be fetched, even if the list moves
        to another address. `ok_at` is when the list was last read completely, if this time it was not.

        What is older than the watch of the edition is its backlog: everything that lists show in its first poll, which
        has no `watch` yet; what a list first read later shows from before `watch.horizon`; what is dated
        before the day of the first poll and stands below a known link that is not newer than that day, since the list
        may have lacked it then; and, if a list is read further down than before, everything below all known links, or
        anywhere if the list is in no order, that is not dated after that day; an undated entry only where it stands
        below all known ones.
        """
        source, lang = reading.source, reading.lang
        if stray := next((link for link in links if (link.source, link.lang) != (source, lang)), None):
            raise ValueError(f"{stray.url} belongs to {stray.source}/{stray.lang}, its list to {source}/{lang}")
        fit = [link for link in links if _fits(link)]
        unfit = tuple(link for link in links if not _fits(link))
        with self._writing(source, lang) as connection:
            known = find_links(connection, source, lang, fit)
            distinct = list({storable(link.key): link for link in reversed(fit)}.values())[::-1]
            of_name = in_edition(lists, source, lang) & (lists.c.name == reading.name)
            is_first = connection.execute(select(lists.c.url).where(of_name)).first() is None
            wanted = set(_newest(distinct, first_limit) if is_first else distinct)
            newest = wanted if is_first else set()
            seen = _sort(distinct, known, wanted, unfit)
            listed = {key for key, row in known.items() if row.list_name}
            backlog = _backlog(distinct, listed, watch, is_first=is_first)
            for state, some in (
                (LinkState.NEW, seen.new),
                (LinkState.PASSED, seen.passed),
                (LinkState.MEDIA_ONLY, seen.media),
            ):
                add(connection, some, state, reading.name, now, backlog)
            pairs = [(known[storable(link.key)], link) for link in seen.known]
            _see_again(connection, pairs, newest, backlog, watch, now)
            _look_at_imported(connection, pairs, wanted, reading.name, now)
            add_link_urls(connection, source, lang, fit, now)
            brought_new = len(seen.known) < len(distinct)
            _keep_list(connection, reading, len(distinct), brought_new=brought_new, now=now, ok_at=ok_at or now)
        return seen

    def count_renamed(self, links: Sequence[Link], list_name: str) -> int:
        """Return how many links of a list are new although it showed their title and date before under other keys."""
        if not links:
            return 0
        source, lang = links[0].source, links[0].lang
        with self._reading() as connection:
            known_keys = set(find_links(connection, source, lang, links))
            new = [link for link in links if storable(link.key) not in known_keys and link.title and link.date]
            days = {link.date for link in new}
            shown: set[tuple[str, Any]] = set()
            for some in batches([storable(link.title) for link in new]):
                query = select(known_links.c.title, known_links.c.date).where(
                    in_edition(known_links, source, lang),
                    known_links.c.list_name == list_name,
                    known_links.c.date.in_(days),
                )
                query = query.where(known_links.c.title.in_(some))
                shown |= {(row.title, row.date) for row in connection.execute(query)}
        return sum((storable(link.title), link.date) in shown for link in new)

    def count_unlisted(self, links: Sequence[Link], list_name: str, since: datetime) -> tuple[int, int]:
        """Return how many entries a list lacks that it showed since a time, and how many it showed then.

        Only entries newer than the day at its end count, on a list in order: what is older may be on its next page.
        """
        days = [link.date for link in links if link.date]
        if not days or not _is_in_order(links):
            return 0, 0
        source, lang = links[0].source, links[0].lang
        of_list = in_edition(known_links, source, lang) & (known_links.c.list_name == list_name)
        query = select(known_links.c.key).where(of_list, known_links.c.date > days[-1], known_links.c.misses == 0)
        with self._reading() as connection:
            before = set(connection.execute(query.where(known_links.c.last_seen_at >= since)).scalars())
        return len(before - {storable(link.key) for link in links}), len(before)

    def newest_listed(self, source: str, lang: str, list_name: str | None = None) -> date | None:
        """Return the newest day of the links that this list, or any, showed first; None if none of them has a day."""
        query = (
            select(known_links.c.date)
            .where(in_edition(known_links, source, lang), known_links.c.date.is_not(None))
            .order_by(known_links.c.date.desc())
            .limit(1)
        )
        query = narrow(query, (eq, known_links.c.list_name, list_name))
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def begin_watch(self, source: str, lang: str, now: datetime) -> None:
        """Record that the first poll of an edition is over: what its lists show from now on is news."""
        unwatched = in_edition(lists, source, lang) & lists.c.watched_at.is_(None)
        with self._writing() as connection:
            connection.execute(update(lists).where(unwatched).values(watched_at=now))

    def record_unchanged_list(self, list_url: str, now: datetime) -> None:
        """Record that the list answered 304: it has not changed. The next poll fetches it whole, since a cache may say
        so for ever."""
        with self._writing() as connection:
            connection.execute(update(lists).where(lists.c.url == list_url).values(last_ok_at=now, **NO_VALIDATORS))


# --- the content of a list ------------------------------------------------------------------------------------------


def _fits(link: Link) -> bool:
    return all(len(part.encode("utf-8", "replace")) <= MAX_IDENTITY for part in (link.key, link.url))


def _newest(links: Sequence[Link], limit: int) -> list[Link]:
    """Return the newest links by the list's own dates, undated ones last, then by position; without media items."""
    written = [link for link in links if not link.media]
    return sorted(written, key=lambda link: -(link.date or date.min).toordinal())[:limit]


def _sort(
    links: Sequence[Link], known: Mapping[str, Row[Any]], wanted: set[Link], unfit: tuple[Link, ...]
) -> RecordedLinks:
    unseen = [link for link in links if storable(link.key) not in known]
    return RecordedLinks(
        new=tuple(link for link in unseen if not link.media and link in wanted),
        known=tuple(link for link in links if storable(link.key) in known),
        passed=tuple(link for link in unseen if not link.media and link not in wanted),
        media=tuple(link for link in unseen if link.media),
        unfit=unfit,
    )


def _backlog(links: Sequence[Link], known: Collection[str], watch: Watch | None, *, is_first: bool) -> frozenset[Link]:
    """Return the links of a list that are older than the watch of its edition; `known`: keys that lists showed
    before."""
    if watch is None:
        return frozenset(links)
    if is_first:
        return frozenset(link for link in links if link.date is None or link.date < watch.horizon)
    places = [place for place, link in enumerate(links) if storable(link.key) in known]
    if not places:
        return frozenset()
    is_in_order, first_day = _is_in_order(links), watch.first_day
    below_all = places[-1] if is_in_order else -1
    below_old = next((place for place in places if (links[place].date or date.max) <= first_day), len(links))

    def is_old(place: int, day: date | None) -> bool:
        if day is None:
            return is_in_order and place > below_all
        return day <= first_day if place > below_all else day < first_day and place > below_old

    old = frozenset(link for place, link in enumerate(links) if is_old(place, link.date))
    unseen = [link for link in links if storable(link.key) not in known]
    late = old.union(link for link in unseen if link.date and link.date < first_day)
    return late if len(late - old) > MOST_LATE else old


def _is_in_order(links: Sequence[Link]) -> bool:
    """Return whether a list shows the newest links first, except for some that are pinned; otherwise their places say
    nothing."""
    days = [link.date for link in links if link.date]
    rises = sum(above < below for above, below in pairwise(days))
    falls = sum(above > below for above, below in pairwise(days))
    return rises <= min(falls, DISORDER * len(days))  # few days, turned round, have few rises, and fewer falls


def _see_again(
    connection: Connection,
    pairs: Sequence[tuple[Row[Any], Link]],
    newest: set[Link],
    backlog: Collection[Link],
    watch: Watch | None,
    now: datetime,
) -> None:
    for some in batches([row.id for row, _ in pairs]):
        connection.execute(update(known_links).where(known_links.c.id.in_(some)).values(last_seen_at=now))
    for row, link in pairs:
        changes = _changes(row, link, link in newest, now)
        if "date" in changes and row.article_id is None and watch is not None:  # its list had dated it wrongly
            changes["backlog"] = link in backlog or (row.backlog and changes["date"] <= watch.first_day)
        if changes:
            update_link(connection, row, changes)


def _look_at_imported(
    connection: Connection, pairs: Sequence[tuple[Row[Any], Link]], wanted: set[Link], list_name: str, now: datetime
) -> None:
    """Make due the links whose articles came from a file, now that a list shows them: their pages were never
    fetched."""
    imported = [
        (row, link) for row, link in pairs if row.article_id and not row.list_name and row.state != LinkState.GONE
    ]
    for some in batches([row.id for row, _ in imported]):
        connection.execute(update(known_links).where(known_links.c.id.in_(some)).values(list_name=list_name))
    for some in batches([row.id for row, link in imported if link in wanted]):
        connection.execute(update(known_links).where(known_links.c.id.in_(some)).values(next_due_at=now))


def _changes(row: Row[Any], link: Link, is_newest: bool, now: datetime) -> dict[str, Any]:
    """Return the columns to change when a list shows a known link again."""
    changes: dict[str, Any] = {}
    if storable(link.title) != row.title and link.title:
        changes["title"] = link.title
    if link.date not in (None, row.date):
        changes |= {"date": link.date} | NO_VALIDATORS
        if row.state == LinkState.READ:  # its article may be dated by its list
            changes["next_due_at"] = now
    if storable(link.url) != row.url and (row.misses > 0 or row.state not in _WELL):
        changes |= {"url": link.url} | NO_VALIDATORS
    if row.state == LinkState.GONE and row.next_due_at is None:
        changes["next_due_at"] = row.missed_at + RETRY_LAST
    is_text_after_all = row.state == LinkState.MEDIA_ONLY and row.media and not link.media
    if is_text_after_all or (is_newest and row.state == LinkState.PASSED):
        changes |= {"state": LinkState.NEW, "next_due_at": now, "media": False}
    return changes


def _keep_list(
    connection: Connection, reading: ListReading, entries: int, *, brought_new: bool, now: datetime, ok_at: datetime
) -> None:
    changes = {name: getattr(reading, name) for name in ("url", "source", "lang", "name")}
    changes |= asdict(reading.validators) | {"entries": entries, "last_ok_at": ok_at}
    changes |= {"last_new_at": now} if brought_new else {}
    connection.execute(
        insert(connection, lists)
        .values(**changes, first_ok_at=now)
        .on_conflict_do_update(index_elements=[lists.c.url], set_={k: v for k, v in changes.items() if k != "url"})
    )


def forget_list_validators(connection: Connection, source: str, lang: str) -> None:
    """Make the next poll fetch the edition's lists whole, since a 304 does not say whether a link is still listed."""
    connection.execute(update(lists).where(in_edition(lists, source, lang)).values(**NO_VALIDATORS))
