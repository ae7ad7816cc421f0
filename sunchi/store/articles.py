"""Articles: a text is identified by source, language and fingerprint, never by its address.

What a text at a link is:

- The link has shown no article yet. A text that no article has ever had is a new article. A known text makes
  the link one more of its article: of the one that had it first as its first text, or else that changed to it first.
- The link has shown an article. The text that it showed last, or the article's current text, is nothing new. Any other
  text is a revision, even if it goes back to an earlier text, and even if another article has it: then there are two
  articles with the same text.

So if one link was edited and another still shows the old text, the article is not taken for edited back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import eq, ge, le
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, select, text, update

from sunchi.errors import Overtaken
from sunchi.model import IMPORTED, Link
from sunchi.store import outbox, revisions, signals
from sunchi.store.database import Database, batches, insert, narrow, unindexed
from sunchi.store.links import MISS_APART, ensure_link, known, link_of, record_success
from sunchi.store.outbox import DOUBTED_FOR, HELD_FOR
from sunchi.store.records import ArchivedPage, ArticleRow, Parsed, Resolution, Revision, Saved, Shape
from sunchi.store.revisions import location_of, location_values
from sunchi.store.schema import IS_DELETED, IS_EDIT, articles, known_links, link_urls, responses
from sunchi.store.schema import revisions as texts
from sunchi.text import article_id as name_of
from sunchi.text import fingerprint as fingerprint_of
from sunchi.text import primary_language
from sunchi.text.ending import is_ended
from sunchi.text.titles import speaks_of

KNOWN = 50
"""Articles that must be known before their lengths count as usual."""


class Articles(Database):
    def resolve(self, link: Link, fingerprint: str) -> Resolution:
        """Return what saving a text of that fingerprint at that link would do. Changes nothing."""
        with self._reading() as connection:
            return _resolve(connection, link, known(connection, link), fingerprint)

    def save(self, parsed: Parsed) -> Saved:
        """Save a parsed article with its signals, its alerts and their deliveries in one transaction.

        Signals and alerts are saved with a new article and with a revision; a known text has them already. Raises
        Overtaken and saves nothing where they belong to another article or revision than is being saved.
        """
        with self._writing(parsed.link.source, parsed.link.lang) as connection:
            return _save(connection, parsed)

    def amend(self, parsed: Parsed) -> Saved:
        """Correct what was read before from the same archived response, `parsed.response`, with a mended parser.

        The text is replaced in its own revision; the article keeps its id, and no alerts are made. A response that gave
        nothing before is saved. When the link is due stays as it is. Raises Overtaken like `save`.
        """
        parsed = replace(parsed, alerts=())
        with self._writing(parsed.link.source, parsed.link.lang) as connection:
            row = known(connection, parsed.link)
            if row is None or row.article_id is None:
                return _save(connection, parsed)
            return _amend(connection, parsed, row)

    def article(self, article_id: str) -> ArticleRow | None:
        """Return the current text of an article; None for an unknown id."""
        with self._reading() as connection:
            return next(iter(_rows(connection, [article_id])), None)

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, ArticleRow]:
        """Return the current texts of articles, by id; unknown ids are left out."""
        found: dict[str, ArticleRow] = {}
        for some in batches(sorted(set(ids))):
            with self._reading() as connection:
                found |= {row["id"]: row for row in _rows(connection, some)}
        return found

    def article_at(self, url: str) -> str | None:
        """Return the id of the article last read at that address; None where none was."""
        query = (
            select(known_links.c.article_id)
            .join(link_urls, link_urls.c.link_id == known_links.c.id)
            .where(link_urls.c.url == url, known_links.c.article_id.is_not(None))
            .order_by(known_links.c.looked_at.desc())
            .limit(1)
        )
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def bodies_like(
        self, source: str, lang: str, body: str, but: str | None = None
    ) -> list[tuple[str, str, date | None]]:
        """Return id, title and date of each article of an edition, but for the one of the id `but`, that has this text.

        One that is doubted, or whose page shows another text by now, does not count: it may never have been its own.
        """
        is_pending = exists().where(known_links.c.article_id == articles.c.id, known_links.c.pending.is_not(None))
        query = (
            select(articles.c.id, texts.c.title, texts.c.date)
            .where(~is_pending)
            .join(articles, articles.c.id == texts.c.article_id)
            .where(texts.c.body == body, texts.c.number == articles.c.current)
            .where(unindexed(articles.c.source) == source, unindexed(articles.c.lang) == lang)
            .distinct()
        )
        if but is not None:
            query = query.where(articles.c.id != but)
        with self._reading() as connection:
            return [(id, title, day) for id, title, day in connection.execute(query)]

    def usual_shape(self, source: str, lang: str, among: int = 500) -> Shape | None:
        """Return what is usual of the texts of an edition's newest articles; None where few are known."""
        query = (
            select(texts.c.title, texts.c.paragraphs)
            .join(articles, _STANDS)
            .where(articles.c.source == source, articles.c.lang == lang, texts.c.layout != IMPORTED)
            .order_by(articles.c.first_seen_at.desc())
            .limit(among)
        )
        with self._reading() as connection:
            known = [(title, paragraphs) for title, paragraphs in connection.execute(query) if paragraphs]
        if len(known) < KNOWN:
            return None
        brief = sum(len(paragraphs) <= 1 for _, paragraphs in known)
        unended = sum(not is_ended(paragraphs) for _, paragraphs in known)
        astray = sum(not speaks_of(title, "\n".join(paragraphs)) for title, paragraphs in known)
        return Shape(brief / len(known), unended / len(known), astray / len(known))

    def revisions(self, article_id: str) -> list[Revision]:
        """Return every text of an article, first to last; empty for an unknown id."""
        with self._reading() as connection:
            return revisions.of_article(connection, article_id)

    def articles(
        self,
        source: str | None = None,
        since: date | None = None,
        until: date | None = None,
        lang: str | None = None,
    ) -> Iterator[ArticleRow]:
        """Yield current articles by date, then in the order in which they came.

        `since` and `until` compare with the article's own date, both included; with either, undated articles are left
        out.
        """
        query = (
            select(articles.c.id)
            .join(texts, _STANDS)
            .order_by(texts.c.date.nulls_first(), articles.c.first_seen_at, articles.c.id)
        )
        query = narrow(
            query,
            (eq, unindexed(articles.c.source), source),
            (eq, unindexed(articles.c.lang), lang),
            (ge, texts.c.date, since),
            (le, texts.c.date, until),
        )
        with self._reading() as connection:
            ids = connection.execute(query).scalars().all()
        for some in batches(ids):
            with self._reading() as connection:
                rows = _rows(connection, some)
            yield from rows

    def texts_after(self, article_id: str, limit: int) -> list[Revision]:
        """Return the current texts of articles by id, from the one that follows `article_id` on; deleted ones, too."""
        query = (
            revisions.TEXTS.where(articles.c.id > article_id, texts.c.number == articles.c.current)
            .order_by(articles.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return [revisions.revision_of(row) for row in connection.execute(query)]

    def changed_texts(self, since: datetime) -> list[tuple[Revision, Revision | None, datetime]]:
        """Return the texts that were edited or taken down since a time: the text before, the one after, and when.

        There is none after one that was taken down.
        """
        edited = revisions.TEXTS.where(text(IS_EDIT), texts.c.seen_at >= since).order_by(texts.c.seen_at)
        deleted = revisions.TEXTS.add_columns(articles.c.deleted_at).where(
            text(IS_DELETED), articles.c.deleted_at >= since, texts.c.number == articles.c.current
        )
        with self._reading() as connection:
            after = [revisions.revision_of(row) for row in connection.execute(edited)]
            old: dict[tuple[str, int], Revision] = {}
            for some in batches(sorted({each.article_id for each in after})):
                earlier = connection.execute(revisions.TEXTS.where(texts.c.article_id.in_(some)))
                old |= {(row.article_id, row.number): revisions.revision_of(row) for row in earlier}
            gone = [(revisions.revision_of(row), None, row.deleted_at) for row in connection.execute(deleted)]
        return [*((old[each.article_id, each.number - 1], each, each.seen_at) for each in after), *gone]

    def count_articles(self) -> int:
        """Return how many articles are stored, deleted ones too."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(articles)).scalar_one()

    def articles_a_day(self) -> dict[str, dict[date, int]]:
        """Return how many articles each edition (`kcna/en`) has of each day; deleted and undated ones do not count."""
        query = (
            select(articles.c.source, articles.c.lang, texts.c.date, func.count())
            .join(texts, _STANDS)
            .where(texts.c.date.is_not(None), articles.c.deleted_at.is_(None))
            .group_by(articles.c.source, articles.c.lang, texts.c.date)
        )
        found: dict[str, dict[date, int]] = defaultdict(dict)
        with self._reading() as connection:
            for source, lang, day, number in connection.execute(query):
                found[f"{source}/{lang}"][day] = number
        return dict(found)

    def last_shown(self, link: Link) -> ArchivedPage | None:
        """Return the response in which a link last showed its article; None where none is archived."""
        with self._reading() as connection:
            row = known(connection, link)
            location = location_of(row) if row is not None and row.article_id is not None else None
            return ArchivedPage(link_of(row), location, row.looked_at, row.article_id) if row and location else None

    def pages_to_reparse(self, source: str | None = None) -> list[ArchivedPage]:
        """Return every archived response that a reparse reads again, in the order in which they came.

        These are the response of each text, the last response of each link, and the newest page of each link that is no
        article.
        """
        queries = (_archived_texts(), _archived_looks(), _archived_unread())
        with self._reading() as connection:
            found = [_archived(row) for query in queries for row in connection.execute(query)]
        return sorted((each for each in found if source in (None, each.link.source)), key=lambda each: each.at)


# --- what a text is, and keeping it ---------------------------------------------------------------------------------


def _resolve(connection: Connection, link: Link, row: Row[Any] | None, fingerprint: str) -> Resolution:
    if row is not None and row.article_id is not None:
        stands = revisions.current(connection, row.article_id)
        if fingerprint in (row.fingerprint, stands.fingerprint):
            return Resolution("same", row.article_id, stands.number, stands.article)
        return Resolution("revision", row.article_id, stands.number + 1, stands.article)
    owner = _owner(connection, link.source, link.lang, fingerprint)
    if owner is None:
        return Resolution("article", name_of(link.source, link.lang, fingerprint), 1, None)
    stands = revisions.current(connection, owner)
    return Resolution("link", owner, stands.number, stands.article)


def _owner(connection: Connection, source: str, lang: str, fingerprint: str) -> str | None:
    """Return the article that a known text belongs to, at a link that has shown no article yet."""
    in_edition = and_(articles.c.source == source, articles.c.lang == lang)
    first = select(articles.c.id).where(in_edition, articles.c.fingerprint == fingerprint)
    later = (
        select(articles.c.id)
        .join(texts, texts.c.article_id == articles.c.id)
        .where(in_edition, texts.c.fingerprint == fingerprint)
        .order_by(texts.c.seen_at, articles.c.id)
        .limit(1)
    )
    return connection.execute(first).scalar() or connection.execute(later).scalar()


def _save(connection: Connection, parsed: Parsed) -> Saved:
    link, now = parsed.link, parsed.now
    fingerprint = fingerprint_of(parsed.article.title, parsed.article.paragraphs, parsed.article.date)
    row = ensure_link(connection, link, now)
    text = _resolve(connection, link, row, fingerprint)
    alerts = 0
    if text.kind in ("article", "revision"):
        _check_up_to_date(parsed, text.article_id, text.revision)
        _keep(connection, parsed, text, fingerprint, row.id)
        signals.add(connection, parsed.signals, {text.article_id: text.revision})
        held_for = DOUBTED_FOR if parsed.is_doubted else HELD_FOR if parsed.hold_alerts else None
        alerts = outbox.queue(connection, parsed.alerts, now, held_for=held_for)
    showed = {"article_id": text.article_id, "fingerprint": fingerprint} | location_values(parsed.response)
    validators = {"etag": parsed.validators.etag, "last_modified": parsed.validators.last_modified}
    due: dict[str, Any] = {"next_due_at": row.next_due_at} if parsed.is_past else {}
    if parsed.is_doubted and text.kind in ("article", "revision"):
        due |= {"pending": fingerprint, "pending_since": now, "pending_looks": 1, "next_due_at": now + MISS_APART}
    record_success(connection, row, now, **showed, **validators, **due)
    return Saved(text.kind, text.article_id, text.revision, alerts)


def _keep(connection: Connection, parsed: Parsed, text: Resolution, fingerprint: str, link_id: int) -> None:
    if text.kind == "article":
        connection.execute(
            insert(connection, articles).values(
                id=text.article_id,
                source=parsed.link.source,
                lang=parsed.link.lang,
                fingerprint=fingerprint,
                current=text.revision,
                first_seen_at=parsed.now,
            )
        )
    else:
        connection.execute(update(articles).where(articles.c.id == text.article_id).values(current=text.revision))
    revisions.add(connection, parsed, fingerprint, link_id, text.article_id, text.revision)


def _check_up_to_date(parsed: Parsed, article_id: str, revision: int) -> None:
    """Raise Overtaken if signals or alerts are of another text: another process stored the link after `resolve`."""
    about = {(alert.article, alert.revision) for alert in parsed.alerts}
    about |= {(article, revision) for article in parsed.signals["article"].unique()}
    if strangers := about - {(article_id, revision)}:
        article, number = min(strangers)
        raise Overtaken(
            f"{parsed.link.url}: its signals or alerts are about text {number} of {article or 'no article'}, "
            f"and it is text {revision} of {article_id}: resolve it again"
        )


def _amend(connection: Connection, parsed: Parsed, row: Row[Any]) -> Saved:
    fingerprint = fingerprint_of(parsed.article.title, parsed.article.paragraphs, parsed.article.date)
    if parsed.response is not None and location_of(row) == parsed.response:
        connection.execute(update(known_links).where(known_links.c.id == row.id).values(fingerprint=fingerprint))
    read_from_it = [
        text
        for text in revisions.of_article(connection, row.article_id)
        if parsed.response is not None and text.response == parsed.response
    ]
    if not read_from_it:
        return Saved("same", row.article_id, revisions.current(connection, row.article_id).number)
    text = read_from_it[-1]
    _check_up_to_date(parsed, text.article_id, text.number)
    this = and_(texts.c.article_id == text.article_id, texts.c.number == text.number)
    connection.execute(update(texts).where(this).values(**revisions.text_values(parsed, fingerprint)))
    signals.replace(connection, parsed.signals, {text.article_id: text.number}, parsed.lexicon_version)
    return Saved("same" if fingerprint == text.fingerprint else "amended", text.article_id, text.number)


# --- as they stand --------------------------------------------------------------------------------------------------

_STANDS = and_(texts.c.article_id == articles.c.id, texts.c.number == articles.c.current)


def _rows(connection: Connection, ids: Sequence[str]) -> list[ArticleRow]:
    urls = defaultdict(list)
    seen_at = (
        select(known_links.c.article_id, link_urls.c.url)
        .join(link_urls, link_urls.c.link_id == known_links.c.id)
        .where(known_links.c.article_id.in_(ids))
        .order_by(link_urls.c.first_seen_at, known_links.c.id, link_urls.c.url)
    )
    for row in connection.execute(seen_at):
        urls[row.article_id].append(row.url)
    query = revisions.with_page(select(articles, texts).join(texts, _STANDS)).where(articles.c.id.in_(ids))
    found = {row.id: row for row in connection.execute(query)}
    return [_article_row(found[each], urls[each]) for each in ids if each in found]


def _article_row(row: Row[Any], urls: list[str]) -> ArticleRow:
    return ArticleRow(
        id=row.id,
        source=row.source,
        lang=row.lang,
        language=row.language or primary_language(row.lang),
        date=row.date,
        title=row.title,
        paragraphs=row.paragraphs,
        url=row.url,
        urls=urls,
        page=row.printed_page,
        revisions=row.current,
        outcome="gone" if row.deleted_at else "read",
        provenance=revisions.provenance_of(row),
    )


# --- what can be read again -----------------------------------------------------------------------------------------

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
    """Return each link with the response in which it last showed its article, unless a text was read from that one."""
    place = [known_links.c.response_file, known_links.c.response_offset, known_links.c.response_length]
    read_from_it = exists().where(
        texts.c.response_file == known_links.c.response_file, texts.c.response_offset == known_links.c.response_offset
    )
    return select(
        *_LINK, *place, known_links.c.url, known_links.c.looked_at.label("at"), known_links.c.article_id
    ).where(known_links.c.response_file.is_not(None), ~read_from_it)


def _archived_unread() -> Select[Any]:
    """Return each link that is no article with its newest page."""
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
