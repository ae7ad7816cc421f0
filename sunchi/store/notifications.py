"""Alerts and notices with their deliveries, as the commands and the report list them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Column, CompoundSelect, Connection, Select, Table, func, select, text, union_all

from sunchi.store.database import Database, batches
from sunchi.store.events import EDITION, unambiguous
from sunchi.store.outbox import WAITS
from sunchi.store.records import AlertRecord, DeliveryRecord, DeliveryState, NoticeRecord, Provenance
from sunchi.store.revisions import provenance_of, with_page
from sunchi.store.schema import IS_GIVEN_UP, alerts, articles, deliveries, notices, revisions

_RECORD = [deliveries.c[field.name] for field in fields(DeliveryRecord)]


class Notifications(Database):
    def alerts(self) -> list[AlertRecord]:
        """Return every alert with its deliveries, newest first."""
        with self._reading() as connection:
            return _alerts(connection, _newest(alerts, None))

    def notifications(self, limit: int | None = None, *, waiting: bool = False) -> list[AlertRecord | NoticeRecord]:
        """Return alerts and notices with their deliveries, newest first; `waiting`: only those not sent to
        everybody."""
        of_alerts, of_notices = _newest(alerts, limit), _newest(notices, limit)
        if waiting:
            of_alerts = of_alerts.where(alerts.c.id.in_(_unsettled(deliveries.c.alert_id)))
            of_notices = of_notices.where(notices.c.id.in_(_unsettled(deliveries.c.notice_id)))
        with self._reading() as connection:
            found: list[AlertRecord | NoticeRecord] = [*_alerts(connection, of_alerts)]
            found += _notices(connection, of_notices)
        return sorted(found, key=lambda each: each.made_at, reverse=True)[:limit]

    def undelivered(self, made_until: datetime) -> int:
        """Return how many alerts and notices made until then have not reached everybody."""
        made_at = func.coalesce(alerts.c.made_at, notices.c.made_at)
        message = func.coalesce(deliveries.c.alert_id, -deliveries.c.notice_id)
        query = (
            select(func.count(message.distinct()))
            .select_from(deliveries)
            .outerjoin(alerts, alerts.c.id == deliveries.c.alert_id)
            .outerjoin(notices, notices.c.id == deliveries.c.notice_id)
            .where(WAITS, made_at <= made_until)
        )
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())


def _unsettled(column: Column[Any]) -> CompoundSelect[Any]:
    """Return a column of the deliveries that wait or were given up, each part by its index."""
    return union_all(select(column).where(WAITS), select(column).where(text(IS_GIVEN_UP)))


def _newest(table: Table, limit: int | None) -> Select[Any]:
    return select(table).order_by(table.c.made_at.desc(), table.c.id.desc()).limit(limit)


def _alerts(connection: Connection, query: Select[Any]) -> list[AlertRecord]:
    rows = connection.execute(query.add_columns(EDITION).join(articles, articles.c.id == alerts.c.article_id)).all()
    ids = [row.id for row in rows]
    ledger, events = _ledger(connection, deliveries.c.alert_id, ids), unambiguous(connection, ids)
    pages = _pages(connection, ids)
    found = []
    for row in rows:
        values = {name: value for name, value in row._mapping.items() if name != "article_id"}
        values |= {"article": row.article_id, "tags": tuple(row.tags), "deliveries": tuple(ledger[row.id])}
        values |= {"events": events.get(row.id, ()), "provenance": pages.get(row.id)}
        found.append(AlertRecord(**values))
    return found


def _pages(connection: Connection, ids: Sequence[int]) -> dict[int, Provenance | None]:
    """Return the page that each alert's text was read from, by the alert's id."""
    its_text = (revisions.c.article_id == alerts.c.article_id) & (revisions.c.number == alerts.c.revision)
    place = [revisions.c[name] for name in ("response_file", "response_offset", "response_length")]
    query = with_page(select(alerts.c.id, *place).join(revisions, its_text))
    return {
        row.id: provenance_of(row)
        for some in batches(ids)
        for row in connection.execute(query.where(alerts.c.id.in_(some)))
    }


def _notices(connection: Connection, query: Select[Any]) -> list[NoticeRecord]:
    rows = connection.execute(query).all()
    ledger = _ledger(connection, deliveries.c.notice_id, [row.id for row in rows])
    return [NoticeRecord(**row._mapping, deliveries=tuple(ledger[row.id])) for row in rows]


def _ledger(connection: Connection, of: Column[Any], ids: Sequence[int]) -> dict[int, list[DeliveryRecord]]:
    """Return the deliveries by the id of their alert or notice; `of` is the column that holds the id."""
    ledger = defaultdict(list)
    for some in batches(ids):
        query = select(*_RECORD, of.label("of")).where(of.in_(some)).order_by(deliveries.c.id)
        for row in connection.execute(query).mappings():
            values = {name: value for name, value in row.items() if name != "of"}
            ledger[row["of"]].append(DeliveryRecord(**values | {"state": DeliveryState(values["state"])}))
    return ledger
