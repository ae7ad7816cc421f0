"""Signals, as frames of `model.SIGNALS`. Signals of an article's earlier texts are kept, but not returned."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import eq, ge, le
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select, tuple_, update

from sunchi.model import DETAIL, SIGNALS
from sunchi.store.database import Database, batches, narrow, unindexed
from sunchi.store.schema import IS_CURRENT, articles, revisions, signals

_OWN = ("kind", "partner", "code", "value", "start", "end", "quote")
SignalRow = dict[str, Any]
_AT_THE_TEXT = and_(revisions.c.article_id == signals.c.article_id, revisions.c.number == signals.c.revision)


class Signals(Database):
    def signals(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        kinds: Collection[str] | None = None,
        partner: str | None = None,
        source: str | None = None,
        lang: str | None = None,
        article: str | None = None,
    ) -> pl.DataFrame:
        """Return the signals of current texts, in the schema `model.SIGNALS`, by date, article and place in the text.

        `since` and `until` compare with the article's own date, both included; with either, undated articles are left
        out.
        """
        query = (
            select(signals, articles.c.source, articles.c.lang, revisions.c.language, revisions.c.date)
            .join(revisions, _AT_THE_TEXT)
            .join(articles, IS_CURRENT)
            .order_by(revisions.c.date.nulls_first(), signals.c.article_id, signals.c.id)
        )
        # Days and an article match few signals; kind and partner do if they are the only conditions.
        by_kind = unindexed if since or until or article else _as_it_is
        query = narrow(
            query,
            (ge, revisions.c.date, since),
            (le, revisions.c.date, until),
            (_one_of, by_kind(signals.c.kind), kinds),
            (eq, by_kind(signals.c.partner), partner),
            (eq, unindexed(articles.c.source), source),
            (eq, unindexed(articles.c.lang), lang),
            (eq, signals.c.article_id, article),
        )
        with self._reading() as connection:
            return _frame(connection.execute(query).mappings().all())

    def signal_rows(self, texts: Mapping[str, int]) -> dict[str, list[SignalRow]]:
        """Return the stored signals of these texts (article id -> number of the revision), as rows by article."""
        columns = [*(signals.c[name] for name in (*_OWN, "article_id", "revision", "detail"))]
        found: dict[str, list[SignalRow]] = {id: [] for id in texts}
        with self._reading() as connection:
            for some in batches(list(texts.items())):
                these = tuple_(signals.c.article_id, signals.c.revision).in_(some)
                for row in connection.execute(select(*columns).where(these).order_by(signals.c.id)).mappings():
                    found[row["article_id"]].append(dict(row))
        return found

    def mark_read(self, texts: Sequence[tuple[str, int]], lexicon_version: str) -> None:
        """Record that these texts (article id, number of the revision) give the same signals with another lexicon."""
        with self._writing() as connection:
            for some in batches(texts):
                these = tuple_(revisions.c.article_id, revisions.c.number).in_(some)
                connection.execute(update(revisions).where(these).values(lexicon_version=lexicon_version))

    def replace_signals(self, rows: Sequence[SignalRow], texts: Mapping[str, int], lexicon_version: str) -> None:
        """Replace all signals of these texts by `rows`, in one transaction; makes no alerts."""
        with self._writing() as connection:
            clear(connection, texts, lexicon_version)
            add_rows(connection, rows)


def _as_it_is(column: ColumnElement[str]) -> ColumnElement[str]:
    return column


def _one_of(column: ColumnElement[str], values: Collection[str]) -> ColumnElement[bool]:
    return column.in_(values)


def replace(connection: Connection, found: pl.DataFrame, texts: Mapping[str, int], lexicon_version: str) -> None:
    """Replace all signals of these texts by `found`; `texts`: article id -> number of the revision."""
    clear(connection, texts, lexicon_version)
    add(connection, found, texts)


def clear(connection: Connection, texts: Mapping[str, int], lexicon_version: str) -> None:
    """Delete the signals of these texts, which are read again with this lexicon."""
    for some in batches(list(texts.items())):
        connection.execute(delete(signals).where(tuple_(signals.c.article_id, signals.c.revision).in_(some)))
        these = tuple_(revisions.c.article_id, revisions.c.number).in_(some)
        connection.execute(update(revisions).where(these).values(lexicon_version=lexicon_version))


def add(connection: Connection, found: pl.DataFrame, texts: Mapping[str, int]) -> None:
    """Add the signals found in these texts."""
    add_rows(connection, rows_of(found, texts))


def rows_of(found: pl.DataFrame, texts: Mapping[str, int]) -> list[SignalRow]:
    """Return the signals found in these texts as rows of the table."""
    return [
        {name: row[name] for name in _OWN}
        | {"article_id": row["article"], "revision": texts[row["article"]], "detail": _to_json(row["detail"])}
        for row in found.iter_rows(named=True)
        if row["article"] in texts
    ]


def add_rows(connection: Connection, rows: Sequence[SignalRow]) -> None:
    """Add rows of signals."""
    for some in batches(rows):
        connection.execute(insert(signals), some)


def _to_json(detail: Mapping[str, Any] | None) -> str:
    filled = {name: value for name, value in (detail or {}).items() if value is not None}
    return json.dumps(filled, ensure_ascii=False) if filled else ""


def _frame(rows: Sequence[RowMapping]) -> pl.DataFrame:
    columns: dict[str, Any] = {
        name: [row[name] for row in rows] for name in (*_OWN, "source", "lang", "language", "date")
    }
    columns["article"] = [row["article_id"] for row in rows]
    details = pl.Series("detail", [row["detail"] or None for row in rows], dtype=pl.String)
    columns["detail"] = details.str.json_decode(DETAIL)
    return pl.DataFrame({name: columns[name] for name in SIGNALS}, schema=SIGNALS)
