"""Compares deliveries with the journal: how a restored database learns what was sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, text, union_all, update

from sunchi.store.database import Database, batches
from sunchi.store.delivery_journal import Handed, Handover
from sunchi.store.link_rows import NO_VALIDATORS
from sunchi.store.outbox import WAITS
from sunchi.store.records import DeliveryKey, DeliveryState, Incident
from sunchi.store.schema import IS_GIVEN_UP, alerts, deliveries, incidents, lists, notices

_IDENTITY = [
    alerts.c.rule,
    alerts.c.partner,
    alerts.c.change,
    alerts.c.revision,
    alerts.c.article_id,
    alerts.c.url,
    notices.c.title,
    notices.c.body,
]
_KEYS = (
    select(deliveries.c.id, deliveries.c.recipient, deliveries.c.state, deliveries.c.alert_id, *_IDENTITY)
    .outerjoin(alerts, alerts.c.id == deliveries.c.alert_id)
    .outerjoin(notices, notices.c.id == deliveries.c.notice_id)
)
_IN_DOUBT = "in flight when the database was lost"


class Handovers(Database):
    def delivery_keys(self, ids: Sequence[int]) -> list[DeliveryKey]:
        """Return what identifies each delivery in any database."""
        with self._reading() as connection:
            return [
                _key(row)
                for some in batches(ids)
                for row in connection.execute(_KEYS.where(deliveries.c.id.in_(some)).order_by(deliveries.c.id))
            ]

    def record_handed(self, handed: Mapping[DeliveryKey, Handed], now: datetime) -> int:
        """Settle each unsent delivery by the journal; return how many had been sent.

        A delivery that was in flight is in doubt, and due. One that is not in the journal was never handed over.
        """
        known = {name: what for key, what in handed.items() for name in _names(key)}
        sent = 0
        with self._writing() as connection:
            for row in connection.execute(union_all(_KEYS.where(WAITS), _KEYS.where(text(IS_GIVEN_UP)))).all():
                what = next((known[name] for name in _names(_key(row)) if name in known), None)
                if what is not None and (row.state != DeliveryState.GIVEN_UP or what.state is Handover.SENT):
                    this = update(deliveries).where(deliveries.c.id == row.id)
                    connection.execute(this.values(**_settled(what, now)))
                    sent += what.state is Handover.SENT
        return sent

    def doubt_pending(self, now: datetime) -> None:
        """Note on each pending delivery that it may have been sent since the database was copied."""
        values = {"state": DeliveryState.UNKNOWN, "error": _IN_DOUBT, "next_due_at": now}
        with self._writing() as connection:
            connection.execute(update(deliveries).where(WAITS).values(**values))

    def end_restore(self, before: Collection[Incident]) -> None:
        """Reset the incidents, since a repeated poll says nothing about the present, and forget validators.

        The next poll then reads every list whole.
        """
        rows = [asdict(each) for each in before]
        with self._writing() as connection:
            connection.execute(delete(incidents))
            for some in batches(rows):
                connection.execute(insert(incidents), some)
            connection.execute(update(lists).values(**NO_VALIDATORS))


def _key(row: Row[Any]) -> DeliveryKey:
    if row.alert_id is None:
        return DeliveryKey(row.recipient, ("notice", row.title, row.body))
    about = (row.rule, row.partner, row.change, str(row.revision), row.article_id, row.url)
    return DeliveryKey(row.recipient, ("alert", *about))


def _names(key: DeliveryKey) -> list[tuple[str, ...]]:
    """Return the names of a message, each of which identifies it: an alert is identified by its article or its address.

    A fixed parser may have given the article another text, and so another id.
    """
    kind, *about = key.identity
    if kind != "alert" or len(about) != 6:
        return [(key.recipient, *key.identity)]
    *what, article, url = about
    return [(key.recipient, *what, "article", article), (key.recipient, *what, "url", url)]


def _settled(what: Handed, now: datetime) -> dict[str, Any]:
    if what.state is Handover.SENT:
        return {"state": DeliveryState.SENT, "error": "", "next_due_at": None, "sent_at": what.at}
    if what.state is Handover.SENDING:
        return {"state": DeliveryState.UNKNOWN, "error": _IN_DOUBT, "next_due_at": now}
    return {"state": DeliveryState.PENDING, "next_due_at": now}
