"""Stored articles: an article is identified by source, language and fingerprint, never by its address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import eq, ge, le
from typing import Any

from sqlalchemy import Connection, Row, exists, func, select, text

from sunchi.model import IMPORTED
from sunchi.store import revisions
from sunchi.store.database import Database, batches, in_edition, narrow, unindexed
from sunchi.store.records import BY_THE_SITE, ArticleRow, Revision, RevisionKind, Shape
from sunchi.store.schema import IS_CURRENT, IS_DELETED, IS_EDIT, articles, known_links, link_urls
from sunchi.store.schema import revisions as texts
from sunchi.text import body_fingerprint, primary_language
from sunchi.text.ending import is_ended
from sunchi.text.marks import is_long, is_unmarked
from sunchi.text.titles import speaks_of

KNOWN, NEWEST = 50, 500
"""How many articles of an edition must be known before their shape counts as usual, and how many tell it."""


class Articles(Database):
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
        """Return the id of the article last read at that address; None if none was."""
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
        """Return id, title and date of each article of an edition that has this text, except the article with the id
        `but`.

        Articles that are doubted, or whose page now shows another text, do not count: the text may never have been
        theirs.
        """
        is_pending = exists().where(known_links.c.article_id == articles.c.id, known_links.c.pending.is_not(None))
        query = (
            select(articles.c.id, texts.c.title, texts.c.date)
            .where(~is_pending)
            .join(articles, IS_CURRENT)
            .where(texts.c.body == body, in_edition(articles, source, lang, indexed=False))
            .distinct()
        )
        if but is not None:
            query = query.where(articles.c.id != but)
        with self._reading() as connection:
            return [(id, title, day) for id, title, day in connection.execute(query)]

    def usual_shape(self, source: str, lang: str) -> Shape | None:
        """Return the usual shape of the texts of an edition's newest articles; None if few are known."""
        query = (
            select(texts.c.title, texts.c.paragraphs, texts.c.date, known_links.c.date)
            .join(articles, IS_CURRENT)
            .outerjoin(known_links, known_links.c.id == texts.c.link_id)
            .where(in_edition(articles, source, lang), texts.c.layout != IMPORTED)
            .order_by(articles.c.first_seen_at.desc())
            .limit(NEWEST)
        )
        with self._reading() as connection:
            known = [row for row in map(tuple, connection.execute(query)) if row[1]]
        if len(known) < KNOWN:
            return None
        brief = sum(len(paragraphs) <= 1 for _, paragraphs, _, _ in known)
        unended = sum(not is_ended(paragraphs) for _, paragraphs, _, _ in known)
        astray = sum(not speaks_of(title, "\n".join(paragraphs)) for title, paragraphs, _, _ in known)
        redated = sum(listed not in (None, day) for _, _, day, listed in known)
        long = [is_unmarked(paragraphs) for _, paragraphs, _, _ in known if is_long(paragraphs)]
        shares = Shape(*(number / len(known) for number in (brief, unended, astray, redated)))
        return replace(shares, unmarked=sum(long) / max(len(long), 1))

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
            .join(texts, IS_CURRENT)
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
        """Return the current texts of the articles whose ids follow `article_id`, in order, including deleted ones."""
        query = revisions.TEXTS.where(articles.c.id > article_id, IS_CURRENT).order_by(articles.c.id).limit(limit)
        with self._reading() as connection:
            return [revisions.revision_of(row) for row in connection.execute(query)]

    def came_between(self, source: str, lang: str, since: datetime, until: datetime) -> dict[str, bool]:
        """Return the ids of the articles of an edition that were first seen in a time, with whether their text then was
        incomplete or never settled."""
        mine = texts.c.article_id == articles.c.id
        was_unsettled = exists().where(mine, text(IS_EDIT), texts.c.kind.in_(("completed", "settled")))
        query = select(articles.c.id, was_unsettled).where(
            in_edition(articles, source, lang), articles.c.first_seen_at.between(since, until)
        )
        with self._reading() as connection:
            return {id: bool(is_unsettled) for id, is_unsettled in connection.execute(query)}

    def knows_fewer(self, source: str, lang: str, number: int) -> bool:
        """Return whether fewer articles of an edition than that are known, deleted ones included."""
        query = select(articles.c.id).where(in_edition(articles, source, lang)).limit(number)
        with self._reading() as connection:
            return len(connection.execute(query).all()) < number

    def changed_texts(self, since: datetime) -> list[tuple[Revision, Revision | None, datetime]]:
        """Return the texts that a site changed or took down since a time: the text before, the one after, and when.

        Texts whose kind is not known are among them. An article that was taken down has no text after.
        """
        by_the_site = texts.c.kind.is_(None) | texts.c.kind.in_(BY_THE_SITE)
        edited = revisions.TEXTS.where(text(IS_EDIT), by_the_site, texts.c.seen_at >= since).order_by(texts.c.seen_at)
        deleted = revisions.TEXTS.add_columns(articles.c.deleted_at).where(
            text(IS_DELETED), articles.c.deleted_at >= since, IS_CURRENT
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

    def articles_a_day(self, *, with_text: bool = False) -> dict[str, dict[date, int]]:
        """Return the number of articles of each edition (`kcna/en`) per day, without deleted and undated ones.

        `with_text`: those of which more than the headline is known.
        """
        query = (
            select(articles.c.source, articles.c.lang, texts.c.date, func.count())
            .join(texts, IS_CURRENT)
            .where(texts.c.date.is_not(None), articles.c.deleted_at.is_(None))
            .group_by(articles.c.source, articles.c.lang, texts.c.date)
        )
        if with_text:
            query = query.where(texts.c.body != body_fingerprint(()))
        found: dict[str, dict[date, int]] = defaultdict(dict)
        with self._reading() as connection:
            for source, lang, day, number in connection.execute(query):
                found[f"{source}/{lang}"][day] = number
        return dict(found)


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
    query = revisions.with_page(select(articles, texts).join(texts, IS_CURRENT)).where(articles.c.id.in_(ids))
    found = {row.id: row for row in connection.execute(query)}
    changes = _changes(connection, [row.id for row in found.values() if row.current > 1])
    return [_article_row(found[each], urls[each], changes[each]) for each in ids if each in found]


def _changes(connection: Connection, ids: Sequence[str]) -> dict[str, list[RevisionKind | None]]:
    """Return the kinds of the texts after the first, by article."""
    changes: dict[str, list[RevisionKind | None]] = defaultdict(list)
    later = select(texts.c.article_id, texts.c.kind).where(texts.c.article_id.in_(ids), texts.c.number > 1)
    for id, kind in connection.execute(later.order_by(texts.c.article_id, texts.c.number)) if ids else ():
        changes[id].append(kind)
    return changes


def _article_row(row: Row[Any], urls: list[str], changes: list[RevisionKind | None]) -> ArticleRow:
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
        changes=changes,
        outcome="gone" if row.deleted_at else "read",
        provenance=revisions.provenance_of(row),
    )
