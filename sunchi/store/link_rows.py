"""Links as rows of `known_links`: finding, creating and changing them.

A link is identified by its key within source and language, or otherwise by any address at which it was ever seen;
Rodong shows one key at many addresses.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from sunchi.model import Link
from sunchi.store.database import batches, in_edition, insert
from sunchi.store.records import LinkState
from sunchi.store.schema import known_links, link_urls, storable

WAS_LISTED = known_links.c.list_name != ""
"""The condition that a list has shown a link; other links came from a file or an archive."""

NO_VALIDATORS = {"etag": "", "last_modified": ""}
"""Validator values of a page or list that must be fetched whole."""

NO_PAGE = dict.fromkeys(("response_file", "response_offset", "response_length"))
"""Values of a link or text whose page is not in the archive."""

NO_ARTICLE = {"article_id": None, "fingerprint": None, "looks": 0, "flickers": 0, "state": LinkState.NEW} | NO_PAGE
"""Values of a link that no longer shows an article, and must be read as if it were new."""


def link_of(row: Row[Any]) -> Link:
    """Return the link of a row of `known_links`."""
    return Link(row.source, row.lang, row.url, row.key, row.title, row.date, row.position, row.section, row.media)


def known(connection: Connection, link: Link) -> Row[Any] | None:
    """Return the link's row; None for one never seen."""
    return find_links(connection, link.source, link.lang, [link]).get(storable(link.key))


def find_links(connection: Connection, source: str, lang: str, links: Sequence[Link]) -> dict[str, Row[Any]]:
    """Return the rows of known links, by the links' keys."""
    found: dict[str, Row[Any]] = {}
    for some in batches(links):
        keys = [link.key for link in some]
        by_key = select(known_links).where(in_edition(known_links, source, lang), known_links.c.key.in_(keys))
        found.update((row.key, row) for row in connection.execute(by_key))
    rest = [link for link in links if storable(link.key) not in found]
    for some in batches(rest):
        rows = {row.seen_at_url: row for row in connection.execute(links_at(source, lang, [link.url for link in some]))}
        found.update((storable(link.key), rows[storable(link.url)]) for link in some if storable(link.url) in rows)
    return found


def links_at(source: str, lang: str, urls: Sequence[str]) -> Select[Any]:
    """Return the query of the links that were seen at some addresses, each row with its address as `seen_at_url`."""
    return (
        select(known_links, link_urls.c.url.label("seen_at_url"))
        .join(link_urls, link_urls.c.link_id == known_links.c.id)
        .where(in_edition(link_urls, source, lang), link_urls.c.url.in_(urls))
    )


def ensure_link(connection: Connection, link: Link, now: datetime) -> Row[Any]:
    """Return the link's row; create it if no list has shown the link (an import, a page of an archive)."""
    if row := known(connection, link):
        return row
    add(connection, [link], LinkState.PASSED, "", now)
    add_link_urls(connection, link.source, link.lang, [link], now)
    return connection.execute(
        select(known_links).where(in_edition(known_links, link.source, link.lang), known_links.c.key == link.key)
    ).one()


def add(
    connection: Connection,
    links: Sequence[Link],
    state: LinkState,
    list_name: str,
    now: datetime,
    backlog: Collection[Link] = (),
) -> None:
    """Insert links never seen before; those in `backlog` are older than the first poll of their list."""
    due_at = now if state is LinkState.NEW else None
    never_fetched = {"state": state, "next_due_at": due_at, "error": "", "attempts": 0, "misses": 0} | NO_VALIDATORS
    shared = {"list_name": list_name, "first_seen_at": now, "last_seen_at": now} | never_fetched
    rows = [
        {field.name: getattr(link, field.name) for field in fields(Link)} | shared | {"backlog": link in backlog}
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


def update_link(connection: Connection, row: Row[Any], values: Mapping[str, Any]) -> None:
    """Set columns of one link."""
    connection.execute(update(known_links).where(known_links.c.id == row.id).values(**values))
