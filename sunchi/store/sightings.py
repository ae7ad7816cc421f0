"""Links: what the lists showed, what is to be fetched, and what came of it.

A link is known by its key within source and language, else by one of the addresses it was ever seen at; Rodong shows
one key under many addresses. Its row, the sighting, keeps the address to ask: the first, as long as that works, then
the newest listed. Nothing here is forgotten or given up: what fails is asked again, at the latest a day later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, case, exists, select, update

from sunchi.model import Alert, Link, Outcome, Validators
from sunchi.store import outbox
from sunchi.store.database import Database, batches, insert
from sunchi.store.records import ListRecord, Missing, Revision, Seen, State, Unread, Why, Work
from sunchi.store.revisions import standing
from sunchi.store.schema import articles, lists, sighting_urls, sightings, storable

Values = dict[str, Any]

RELOOKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""How long after its first text an article is looked at again: state media edit and delete quietly."""

RETRY_FIRST, RETRY_LAST = timedelta(minutes=15), timedelta(days=1)
MISS_APART = timedelta(minutes=15)
"""Two 404s within this time are of one poll, and count as one."""

MAX_IDENTITY = 2000
"""Bytes of a key or URL: Postgres indexes no more than 2,704. No site comes near; a broken or hostile page may."""

_WELL = (State.NEW, State.PASSED, State.READ)


class Sightings(Database):
    def list_validators(self, list_url: str) -> Validators:
        """What makes the next GET of a list conditional; empty for a list never read."""
        with self._reading() as connection:
            row = connection.execute(
                select(lists.c.etag, lists.c.last_modified).where(lists.c.url == list_url)
            ).one_or_none()
        return Validators(row.etag, row.last_modified) if row else Validators()

    def knows_list(self, list_url: str) -> bool:
        """Whether the list was ever read; the next `see` of one that was not is its first."""
        with self._reading() as connection:
            return connection.execute(select(lists.c.url).where(lists.c.url == list_url)).first() is not None

    def lists(self, source: str | None = None) -> list[ListRecord]:
        """Every list ever read, by source, language and name."""
        columns = [column for column in lists.c if column.name not in ("etag", "last_modified")]
        query = select(*columns).order_by(lists.c.source, lists.c.lang, lists.c.name, lists.c.url)
        if source is not None:
            query = query.where(lists.c.source == source)
        with self._reading() as connection:
            return [ListRecord(**row._mapping) for row in connection.execute(query)]

    def unknown(self, links: Iterable[Link]) -> list[Link]:
        """Those that no list has shown before, in their order."""
        links = list(links)
        known: set[tuple[str, str, str]] = set()
        with self._reading() as connection:
            for source, lang in sorted({(link.source, link.lang) for link in links}):
                of_edition = [link for link in links if (link.source, link.lang) == (source, lang)]
                known.update((source, lang, key) for key in _find(connection, source, lang, of_edition))
        return [link for link in links if (link.source, link.lang, storable(link.key)) not in known]

    def see(
        self,
        links: Sequence[Link],
        *,
        list_url: str,
        list_name: str,
        source: str,
        lang: str,
        validators: Validators,
        now: datetime,
        first_limit: int,
    ) -> Seen:
        """Records what a list showed, and the validators of its first page, in one transaction.

        Hand in all its pages that were read together: after a crash between two of them the validators would hide the
        second. The first time that `list_url` is seen, its newest `first_limit` links become work and the rest are
        passed over; from then on every new link is work.
        """
        if stray := next((link for link in links if (link.source, link.lang) != (source, lang)), None):
            raise ValueError(f"{stray.url} is of {stray.source}/{stray.lang}, its list of {source}/{lang}")
        fit = [link for link in links if _fits(link)]
        unfit = tuple(link for link in links if not _fits(link))
        with self._writing(source, lang) as connection:
            known = _find(connection, source, lang, fit)
            distinct = list({storable(link.key): link for link in reversed(fit)}.values())[::-1]
            is_first = connection.execute(select(lists.c.url).where(lists.c.url == list_url)).first() is None
            wanted = set(_newest_first(distinct)[:first_limit] if is_first else distinct)
            newest = wanted if is_first else set()
            seen = _sort(distinct, known, wanted, unfit)
            _add(connection, seen, list_name, now)
            _see_again(connection, [(known[storable(link.key)], link) for link in seen.known], newest, now)
            _add_urls(connection, source, lang, fit, now)
            _keep_list(
                connection,
                {"url": list_url, "source": source, "lang": lang, "name": list_name, "links": len(distinct)}
                | {"etag": validators.etag, "last_modified": validators.last_modified},
                brought_new=len(seen.known) < len(distinct),
                now=now,
            )
        return seen

    def list_unchanged(self, list_url: str, now: datetime) -> None:
        """The list answered 304: it is well, and shows what it showed."""
        with self._writing() as connection:
            connection.execute(update(lists).where(lists.c.url == list_url).values(last_ok_at=now))

    def take_up(self, source: str, lang: str, now: datetime, since: date | None = None) -> int:
        """Makes work of links that a first poll passed over (dated `since` or later); says how many."""
        of_these = _in_edition(source, lang) & (sightings.c.state == State.PASSED)
        if since is not None:
            of_these &= sightings.c.date >= since
        with self._writing(source, lang) as connection:
            return connection.execute(
                update(sightings).where(of_these).values(state=State.NEW, next_due_at=now)
            ).rowcount

    def work(self, source: str, lang: str, now: datetime, limit: int | None = None) -> list[Work]:
        """What is to be fetched now: first what was never read, the newest first; then what was."""
        other = sightings.alias()
        one_is_missing = exists().where(other.c.article_id == sightings.c.article_id, other.c.misses > 0)
        query = (
            select(sightings, one_is_missing.label("one_is_missing"))
            .where(_in_edition(source, lang), sightings.c.next_due_at <= now)
            .order_by(
                case((sightings.c.article_id.is_(None), 0), else_=1),
                sightings.c.date.desc().nulls_last(),
                sightings.c.rank,
                sightings.c.id,
            )
            .limit(limit)
        )
        with self._reading() as connection:
            return [
                Work(link_of(row), row.article_id, _why(row), Validators(row.etag, row.last_modified), row.attempts)
                for row in connection.execute(query)
            ]

    def unchanged(self, link: Link, now: datetime) -> None:
        """The link's page answered 304: it is there, and shows what it showed."""
        with self._writing(link.source, link.lang) as connection:
            looked(connection, sighting(connection, link, now), now)

    def fail(self, link: Link, outcome: Outcome, error: str, now: datetime) -> None:
        """No article came; asked again after 15 minutes, twice that, … a day. A photo or video item is not asked again.

        A link that was read before stays read: the error stands beside it.
        """
        if outcome in (Outcome.READ, Outcome.UNCHANGED, Outcome.GONE):
            raise ValueError(f"{outcome} is no failure: see save, unchanged and missing")
        with self._writing(link.source, link.lang) as connection:
            row = sighting(connection, link, now)
            values: Values = {"error": error, "attempts": row.attempts + 1, "looked_at": now}
            values["next_due_at"] = now + _pause(row.attempts)
            if row.article_id is None:
                values["state"] = State(outcome.value)
                if outcome is Outcome.MEDIA_ONLY:
                    values["next_due_at"] = None
            _change(connection, row, values)

    def missing(self, link: Link, now: datetime, alerts: Sequence[Alert] = ()) -> Missing:
        """The link's page answered 404 or 410.

        The first time makes every other sighting of its article due, and says `first`. At a later poll the link is
        gone; when every sighting is, the article is deleted, and only then are `alerts` kept, in the same transaction.
        A gone link that a list still shows is asked once a day.
        """
        with self._writing(link.source, link.lang) as connection:
            row = sighting(connection, link, now)
            if row.misses == 0:
                _change(connection, row, _missed(row, now) | {"next_due_at": now + MISS_APART})
                _make_others_due(connection, row, now)
                return "first"
            if now - row.missed_at < MISS_APART:
                return "first" if row.misses == 1 else "known"
            deletes = _deletes(connection, row)
            _change(connection, row, _missed(row, now) | {"state": State.GONE, "next_due_at": None})
            if deletes:
                connection.execute(update(articles).where(articles.c.id == row.article_id).values(deleted_at=now))
                outbox.put(connection, alerts, now)
                return "deleted"
            return "known" if row.state == State.GONE else "gone"

    def will_delete(self, link: Link, now: datetime) -> Revision | None:
        """The text of the article that `missing(link, now)` would find deleted: what the alert is to be about."""
        with self._reading() as connection:
            row = known(connection, link)
            if row is None or row.misses == 0 or now - row.missed_at < MISS_APART or not _deletes(connection, row):
                return None
            return standing(connection, row.article_id)

    def outcomes(self, source: str | None = None) -> list[Unread]:
        """Links that were fetched, or marked as media by their list, and are no articles; newest first."""
        query = (
            select(sightings)
            .where(sightings.c.article_id.is_(None), sightings.c.state.not_in((State.NEW, State.PASSED)))
            .order_by(sightings.c.first_seen_at.desc(), sightings.c.id)
        )
        if source is not None:
            query = query.where(sightings.c.source == source)
        with self._reading() as connection:
            return [
                Unread(link_of(row), State(row.state), row.error, row.attempts, row.first_seen_at, row.next_due_at)
                for row in connection.execute(query)
            ]


# --- one sighting ---------------------------------------------------------------------------------------------------


def link_of(row: Row[Any]) -> Link:
    """The link of a row of `sightings`."""
    return Link(row.source, row.lang, row.url, row.key, row.title, row.date, row.rank, row.section, row.media)


def known(connection: Connection, link: Link) -> Row[Any] | None:
    """The link's row, None for one never seen."""
    return _find(connection, link.source, link.lang, [link]).get(storable(link.key))


def sighting(connection: Connection, link: Link, now: datetime) -> Row[Any]:
    """The link's row; made for one that no list has shown (an import, a page of an archive)."""
    if row := known(connection, link):
        return row
    _add(connection, Seen(passed=(link,)), "", now)
    _add_urls(connection, link.source, link.lang, [link], now)
    return connection.execute(
        select(sightings).where(_in_edition(link.source, link.lang), sightings.c.key == link.key)
    ).one()


def looked(connection: Connection, row: Row[Any], now: datetime, **values: Any) -> None:
    """The link's page is there and was read: nothing is wrong with it, and the next look is as its article wants it."""
    article_id = values.get("article_id", row.article_id)
    well = {"error": "", "attempts": 0, "misses": 0, "missed_at": None, "looked_at": now, "next_due_at": None}
    if article_id is not None:
        well["state"] = State.READ
    _change(connection, row, well | values)
    if article_id is None:
        return
    article = connection.execute(select(articles).where(articles.c.id == article_id)).one()
    if article.deleted_at is not None:
        connection.execute(update(articles).where(articles.c.id == article_id).values(deleted_at=None))
    if article.watched and _watches(connection, article_id) == row.id:
        _change(connection, row, {"next_due_at": _next_relook(article.first_seen_at, now)})


def _watches(connection: Connection, article_id: str) -> int | None:
    """The sighting by which an article is looked at again: the first that is there."""
    there = select(sightings.c.id).where(sightings.c.article_id == article_id, sightings.c.misses == 0)
    return connection.execute(there.order_by(sightings.c.id).limit(1)).scalar()


def _next_relook(first_seen_at: datetime, now: datetime) -> datetime | None:
    return next((first_seen_at + step for step in RELOOKS if first_seen_at + step > now), None)


def _pause(failures_before: int) -> timedelta:
    return min(RETRY_FIRST * 2 ** min(failures_before, 10), RETRY_LAST)


def _change(connection: Connection, row: Row[Any], values: Mapping[str, Any]) -> None:
    connection.execute(update(sightings).where(sightings.c.id == row.id).values(**values))


# --- what is due ----------------------------------------------------------------------------------------------------


def _in_edition(source: str, lang: str) -> Any:
    return (sightings.c.source == source) & (sightings.c.lang == lang)


def _why(row: Row[Any]) -> Why:
    if row.misses > 0 or row.one_is_missing:
        return "missing"
    if row.article_id is not None:
        return "relook"
    return "new" if row.state == State.NEW else "again"


# --- what is missing ------------------------------------------------------------------------------------------------


def _missed(row: Row[Any], now: datetime) -> Values:
    return {"misses": row.misses + 1, "missed_at": now, "looked_at": now, "error": "404 or 410"}


def _make_others_due(connection: Connection, row: Row[Any], now: datetime) -> None:
    if row.article_id is not None:
        others = (sightings.c.article_id == row.article_id) & (sightings.c.id != row.id) & (sightings.c.misses == 0)
        connection.execute(update(sightings).where(others).values(next_due_at=now))


def _deletes(connection: Connection, row: Row[Any]) -> bool:
    """Whether the article goes with this sighting: it is not gone yet, and every other sighting is."""
    if row.article_id is None:
        return False
    deleted_at = connection.execute(select(articles.c.deleted_at).where(articles.c.id == row.article_id)).scalar()
    stands = (sightings.c.article_id == row.article_id) & (sightings.c.id != row.id) & (sightings.c.state != State.GONE)
    return deleted_at is None and connection.execute(select(sightings.c.id).where(stands)).first() is None


# --- what a list shows ----------------------------------------------------------------------------------------------


def _fits(link: Link) -> bool:
    return all(len(part.encode("utf-8", "replace")) <= MAX_IDENTITY for part in (link.key, link.url))


def _newest_first(links: Sequence[Link]) -> list[Link]:
    """By the list's own dates, undated ones last, then as they stand on the list."""
    return sorted(links, key=lambda link: -(link.date or date.min).toordinal())


def _find(connection: Connection, source: str, lang: str, links: Sequence[Link]) -> dict[str, Row[Any]]:
    """The rows of the links that are known, by the links' keys."""
    found: dict[str, Row[Any]] = {}
    for some in batches(links):
        keys = [link.key for link in some]
        by_key = select(sightings).where(_in_edition(source, lang), sightings.c.key.in_(keys))
        found.update((row.key, row) for row in connection.execute(by_key))
    rest = [link for link in links if storable(link.key) not in found]
    for some in batches(rest):
        rows = {row.seen_at_url: row for row in connection.execute(_by_url(source, lang, [link.url for link in some]))}
        found.update(
            (storable(link.key), rows[storable(link.url)]) for link in some if storable(link.url) in rows
        )
    return found


def _by_url(source: str, lang: str, urls: Sequence[str]) -> Select[Any]:
    return (
        select(sightings, sighting_urls.c.url.label("seen_at_url"))
        .join(sighting_urls, sighting_urls.c.sighting_id == sightings.c.id)
        .where(sighting_urls.c.source == source, sighting_urls.c.lang == lang, sighting_urls.c.url.in_(urls))
    )


def _sort(links: Sequence[Link], known: Mapping[str, Row[Any]], wanted: set[Link], unfit: tuple[Link, ...]) -> Seen:
    unseen = [link for link in links if storable(link.key) not in known]
    return Seen(
        new=tuple(link for link in unseen if not link.media and link in wanted),
        known=tuple(link for link in links if storable(link.key) in known),
        passed=tuple(link for link in unseen if not link.media and link not in wanted),
        media=tuple(link for link in unseen if link.media),
        unfit=unfit,
    )


def _add(connection: Connection, seen: Seen, list_name: str, now: datetime) -> None:
    """Makes the rows of links never seen before."""
    states = ((State.NEW, seen.new), (State.PASSED, seen.passed), (State.MEDIA_ONLY, seen.media))
    rows = [
        {
            "source": link.source,
            "lang": link.lang,
            "key": link.key,
            "url": link.url,
            "title": link.title,
            "date": link.date,
            "rank": link.rank,
            "section": link.section,
            "list_name": list_name,
            "media": link.media,
            "first_seen_at": now,
            "last_seen_at": now,
            "state": state,
            "error": "",
            "attempts": 0,
            "misses": 0,
            "next_due_at": now if state is State.NEW else None,
            "etag": "",
            "last_modified": "",
        }
        for state, links in states
        for link in links
    ]
    for some in batches(rows):
        connection.execute(insert(connection, sightings), some)


def _see_again(
    connection: Connection, pairs: Sequence[tuple[Row[Any], Link]], newest: set[Link], now: datetime
) -> None:
    for some in batches([row.id for row, _ in pairs]):
        connection.execute(update(sightings).where(sightings.c.id.in_(some)).values(last_seen_at=now))
    for row, link in pairs:
        if news := _news(row, link, link in newest, now):
            _change(connection, row, news)


def _news(row: Row[Any], link: Link, is_newest: bool, now: datetime) -> Values:
    """What a list that shows a known link again says of it that is new."""
    news: Values = {}
    if storable(link.title) != row.title and link.title:
        news["title"] = link.title
    if link.date not in (None, row.date):
        news["date"] = link.date
    if storable(link.url) != row.url and (row.misses > 0 or row.state not in _WELL):
        news |= {"url": link.url, "etag": "", "last_modified": ""}
    if row.state == State.GONE and row.next_due_at is None:
        news["next_due_at"] = row.missed_at + RETRY_LAST
    is_text_after_all = row.state == State.MEDIA_ONLY and row.media and not link.media
    if is_text_after_all or (is_newest and row.state == State.PASSED):
        news |= {"state": State.NEW, "next_due_at": now, "media": False}
    return news


def _add_urls(connection: Connection, source: str, lang: str, links: Sequence[Link], now: datetime) -> None:
    ids = {key: row.id for key, row in _find(connection, source, lang, links).items()}
    rows = [
        {"source": source, "lang": lang, "url": link.url, "sighting_id": ids[storable(link.key)], "first_seen_at": now}
        for link in links
    ]
    for some in batches(rows):
        connection.execute(insert(connection, sighting_urls).on_conflict_do_nothing(), some)


def _keep_list(connection: Connection, values: Values, *, brought_new: bool, now: datetime) -> None:
    changes = values | {"last_ok_at": now} | ({"last_new_at": now} if brought_new else {})
    connection.execute(
        insert(connection, lists)
        .values(**changes, first_ok_at=now)
        .on_conflict_do_update(index_elements=[lists.c.url], set_={k: v for k, v in changes.items() if k != "url"})
    )
