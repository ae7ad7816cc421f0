"""The texts of articles: converts rows to `model.Article` and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from sunchi.model import IMPORTED, Article, Location
from sunchi.store.database import batches, in_edition
from sunchi.store.records import Parsed, Provenance, Revision
from sunchi.store.schema import IS_CURRENT, articles, responses, revisions
from sunchi.text import body_fingerprint, language_of, primary_language
from sunchi.text.titles import story_of

_FIELDS = [field.name for field in fields(Article) if field.name not in ("source", "lang", "dateline")]
TEXTS = select(revisions, articles.c.source, articles.c.lang).join(articles, articles.c.id == revisions.c.article_id)
"""Every text of every article, with the columns that `revision_of` needs."""

IS_HEADLINE = ((revisions.c.body == body_fingerprint(())) & (revisions.c.layout == IMPORTED)).label("is_headline")
"""Whether a text is a headline alone, from a file."""


def current(connection: Connection, article_id: str) -> Revision:
    """Return the current text of an article."""
    query = TEXTS.where(articles.c.id == article_id, IS_CURRENT)
    return revision_of(connection.execute(query).one())


def of_article(connection: Connection, article_id: str) -> list[Revision]:
    """Return every text that the article has had, first to last."""
    query = TEXTS.where(revisions.c.article_id == article_id).order_by(revisions.c.number)
    return [revision_of(row) for row in connection.execute(query)]


def stories(connection: Connection, source: str, lang: str, days: Collection[date]) -> dict[tuple[date, str], Row[Any]]:
    """Return the articles of an edition by day and bare title: id, current, link_id, and whether it `is_headline`, of
    which a file has no text. Of several, an article with a text is returned only if none is a headline."""
    found: dict[tuple[date, str], Row[Any]] = {}
    text = (revisions.c.title, revisions.c.date, revisions.c.link_id, IS_HEADLINE)
    for some in batches(sorted(days)):
        query = select(articles.c.id, articles.c.current, *text).join(articles, IS_CURRENT)
        query = query.where(in_edition(articles, source, lang, indexed=False), revisions.c.date.in_(some))
        for row in connection.execute(query.order_by(IS_HEADLINE, articles.c.id.desc())):
            if story := story_of(row.title, row.date):
                found[story] = row
    return found


def add(connection: Connection, parsed: Parsed, fingerprint: str, link_id: int, article_id: str, number: int) -> None:
    """Save a parsed text as one more revision of the article."""
    kind = "first" if number == 1 else parsed.kind
    values = text_values(parsed, fingerprint) | {"article_id": article_id, "number": number, "kind": kind}
    connection.execute(insert(revisions).values(**values, link_id=link_id, seen_at=parsed.now))
    if kind == "flicker":
        _mark_as_flickers(connection, article_id, fingerprint, number)


def _mark_as_flickers(connection: Connection, article_id: str, fingerprint: str, number: int) -> None:
    """Mark the texts that were shown between an earlier text and its return as that number."""
    mine = revisions.c.article_id == article_id
    same = mine & (revisions.c.fingerprint == fingerprint) & (revisions.c.number < number)
    earlier = select(func.max(revisions.c.number)).where(same).scalar_subquery()
    connection.execute(update(revisions).where(mine, revisions.c.number > earlier).values(kind="flicker"))


def text_values(parsed: Parsed, fingerprint: str) -> dict[str, Any]:
    """Return the columns of a text and of the response that it was read from."""
    return article_values(parsed.article, fingerprint) | {
        **location_values(parsed.response),
        "lexicon_version": parsed.lexicon_version,
    }


def article_values(article: Article, fingerprint: str) -> dict[str, Any]:
    """Return the columns of a text that follow from the article alone."""
    language = language_of(article.text, article.lang)
    read = {name: getattr(article, name) for name in _FIELDS}
    return read | {
        "links": list(article.links),
        "paragraphs": list(article.paragraphs),
        "fingerprint": fingerprint,
        "body": body_fingerprint(article.paragraphs),
        "language": None if language == primary_language(article.lang) else language,
    }


def location_values(location: Location | None) -> dict[str, Any]:
    """Return the columns of a place in the archive; null if there is none."""
    return {
        "response_file": location.file if location else None,
        "response_offset": location.offset if location else None,
        "response_length": location.length if location else None,
    }


def location_of(row: Row[Any]) -> Location | None:
    """Return the place in the archive that a row names."""
    if row.response_file is None:
        return None
    return Location(row.response_file, row.response_offset, row.response_length)


def with_page(query: Select[Any]) -> Select[Any]:
    """Add the columns of each text's archived page to a query of texts."""
    is_page = (responses.c.file == revisions.c.response_file) & (responses.c.offset == revisions.c.response_offset)
    columns = (responses.c.at.label("fetched_at"), responses.c.sha256.label("page_sha256"), responses.c.dropped_at)
    return query.add_columns(*columns).outerjoin(responses, is_page)


def provenance_of(row: Row[Any]) -> Provenance | None:
    """Return the page of a row of such a query."""
    if row.response_file is None:
        return None
    return Provenance(
        file=row.response_file,
        offset=row.response_offset,
        length=row.response_length,
        fetched_at=row.fetched_at,
        sha256=row.page_sha256 or None,
        dropped_at=row.dropped_at,
    )


def revision_of(row: Row[Any]) -> Revision:
    """Return a row of TEXTS as a Revision."""
    read: Mapping[str, Any] = {name: row._mapping[name] for name in _FIELDS}
    read = {**read, "links": tuple(row.links), "paragraphs": tuple(row.paragraphs)}
    return Revision(
        article_id=row.article_id,
        number=row.number,
        article=Article(source=row.source, lang=row.lang, **read),
        fingerprint=row.fingerprint,
        seen_at=row.seen_at,
        response=location_of(row),
        lexicon_version=row.lexicon_version,
        kind=row.kind,
    )
