"""Alerts and their deliveries: an outbox, filled in the transaction that saves what the alert is about. Notices, too.

A delivery is claimed before it is sent, and marked after. A worker that dies between sending and marking leaves a claim
that lapses after 15 minutes, and the message is sent again: at least once, and twice only then, which its row says.
Nothing is given up.

The clock may have been set back: a time that lies further ahead than any pause reaches is one that has passed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from operator import eq, ge
from typing import Any

from sqlalchemy import Connection, case, func, or_, select, update

from sunchi.model import Alert, Recipient
from sunchi.store.database import Database, batches, insert, narrow
from sunchi.store.records import AlertRecord, Delivery, DeliveryRecord, DeliveryState, Notice
from sunchi.store.schema import alerts, deliveries, incidents, notices

CLAIM_LAPSES = timedelta(minutes=15)
RETRY_FIRST, RETRY_LAST = timedelta(minutes=1), timedelta(hours=6)

MAYBE_TWICE = "may have come twice: who sent it first died, or heard no answer, before it could be recorded"

_UNDELIVERED = (DeliveryState.PENDING, DeliveryState.UNKNOWN)
_MAYBE_SENT = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
_DELIVERY = [
    *(deliveries.c[name] for name in ("id", "recipient", "label", "attempts")),
    deliveries.c.alert_id.label("alert"),
    deliveries.c.notice_id.label("notice"),
    func.coalesce(alerts.c.severity, "high").label("severity"),
    func.coalesce(alerts.c.title, notices.c.title).label("title"),
    func.coalesce(alerts.c.body, notices.c.body).label("body"),
]
_RECORD = [deliveries.c[field.name] for field in fields(DeliveryRecord)]


class Outbox(Database):
    def add_alerts(self, made: Sequence[Alert], now: datetime) -> int:
        """Queues alerts about stored articles (a rescan that was told to alert); says how many are new."""
        with self._writing() as connection:
            return put(connection, made, now)

    def claim_deliveries(self, now: datetime, limit: int) -> list[Delivery]:
        """Takes up to `limit` deliveries that are due, oldest alert first; no other worker gets them for 15 minutes."""
        due = (
            select(deliveries.c.id)
            .where(
                or_(
                    deliveries.c.next_due_at <= now,
                    deliveries.c.next_due_at > now + RETRY_LAST,
                    deliveries.c.next_due_at.is_not(None) & (deliveries.c.attempts == 0),
                )
            )
            .order_by(deliveries.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with self._writing() as connection:
            ids = list(connection.execute(due).scalars())
            for some in batches(ids):
                connection.execute(
                    update(deliveries)
                    .where(deliveries.c.id.in_(some))
                    .values(
                        state=DeliveryState.SENDING,
                        attempts=deliveries.c.attempts + 1,
                        error=case((deliveries.c.state.in_(_MAYBE_SENT), MAYBE_TWICE), else_=deliveries.c.error),
                        next_due_at=now + CLAIM_LAPSES,
                    )
                )
            return [
                Delivery(**row._mapping)
                for some in batches(ids)
                for row in connection.execute(
                    select(*_DELIVERY)
                    .outerjoin(alerts, alerts.c.id == deliveries.c.alert_id)
                    .outerjoin(notices, notices.c.id == deliveries.c.notice_id)
                    .where(deliveries.c.id.in_(some))
                    .order_by(deliveries.c.id)
                )
            ]

    def sent(self, delivery: int, now: datetime) -> None:
        """The recipient's service took it."""
        error = case((deliveries.c.error == MAYBE_TWICE, MAYBE_TWICE), else_="")
        values = {"state": DeliveryState.SENT, "error": error, "next_due_at": None, "sent_at": now}
        with self._writing() as connection:
            connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(**values))

    def not_sent(self, delivery: int, error: str, now: datetime, *, unknown: bool = False) -> None:
        """It failed, or (`unknown`) nobody can say; tried again after 1 minute, 2, 4, … 6 hours.

        One that another worker has marked as sent meanwhile stays sent.
        """
        state = DeliveryState.UNKNOWN if unknown else DeliveryState.PENDING
        with self._writing() as connection:
            claimed = (deliveries.c.id == delivery) & (deliveries.c.state == DeliveryState.SENDING)
            attempts = connection.execute(select(deliveries.c.attempts).where(claimed)).scalar()
            if attempts is not None:
                pause = min(RETRY_FIRST * 2 ** min(attempts - 1, 16), RETRY_LAST)
                values = {"state": state, "error": error, "next_due_at": now + pause}
                connection.execute(update(deliveries).where(claimed).values(**values))

    def retry(self, now: datetime) -> int:
        """Makes everything undelivered due now, but what is being sent; says how many."""
        with self._writing() as connection:
            undelivered = deliveries.c.state.in_(_UNDELIVERED)
            return connection.execute(update(deliveries).where(undelivered).values(next_due_at=now)).rowcount

    def tell(self, notice: Notice, recipients: Sequence[Recipient], now: datetime) -> bool:
        """Queues a notice, and notes that its incidents are told; False, and nothing is done, where one is already."""
        with self._writing("notices") as connection:
            for ids, told_at in ((notice.open, incidents.c.told_at), (notice.over, incidents.c.end_told_at)):
                untold = incidents.c.id.in_(ids) & told_at.is_(None)
                if connection.execute(update(incidents).where(untold).values({told_at: now})).rowcount != len(ids):
                    connection.rollback()
                    return False
            said = {"source": notice.source, "title": notice.title, "body": notice.body, "made_at": now}
            notice_id = connection.execute(insert(connection, notices).values(**said).returning(notices.c.id)).scalar()
            _queue(connection, {"notice_id": notice_id}, recipients, now)
        return True

    def alerts(
        self,
        since: datetime | None = None,
        state: DeliveryState | None = None,
        *,
        article: str | None = None,
        limit: int | None = None,
    ) -> list[AlertRecord]:
        """Alerts with all their deliveries, newest first: made at `since` or later; with a delivery in `state`."""
        query = select(alerts).order_by(alerts.c.made_at.desc(), alerts.c.id.desc()).limit(limit)
        query = narrow(query, (ge, alerts.c.made_at, since), (eq, alerts.c.article_id, article))
        if state is not None:
            query = query.where(alerts.c.id.in_(select(deliveries.c.alert_id).where(deliveries.c.state == state)))
        with self._reading() as connection:
            rows = connection.execute(query).all()
            ledger = _ledger(connection, [row.id for row in rows])
        return [_record(row._mapping, ledger[row.id]) for row in rows]


def put(connection: Connection, made: Sequence[Alert], now: datetime) -> int:
    """Queues alerts, each for its recipients; one that is there already gets only recipients it did not have."""
    added = 0
    for alert in made:
        identity = {
            "rule": alert.rule,
            "rule_version": alert.rule_version,
            "article_id": alert.article,
            "partner": alert.partner,
            "event": alert.event,
            "revision": alert.revision,
        }
        words = {name: getattr(alert, name) for name in ("severity", "title", "body", "url")}
        query = insert(connection, alerts).values(**identity, **words, tags=list(alert.tags), made_at=now)
        alert_id = connection.execute(query.on_conflict_do_nothing().returning(alerts.c.id)).scalar()
        if alert_id is None:
            same = (alerts.c[name] == value for name, value in identity.items())
            alert_id = connection.execute(select(alerts.c.id).where(*same)).scalar_one()
        else:
            added += 1
        _queue(connection, {"alert_id": alert_id}, alert.recipients, now)
    return added


def _queue(connection: Connection, what: Mapping[str, object], recipients: Sequence[Recipient], now: datetime) -> None:
    """A delivery for each recipient that has none."""
    waiting = {**what, "state": DeliveryState.PENDING, "attempts": 0, "error": "", "next_due_at": now}
    for some in batches(recipients):
        rows = [waiting | {"recipient": recipient.key, "label": recipient.label} for recipient in some]
        connection.execute(insert(connection, deliveries).on_conflict_do_nothing(), rows)


def _ledger(connection: Connection, alert_ids: Sequence[int]) -> dict[int, list[DeliveryRecord]]:
    ledger = defaultdict(list)
    for some in batches(alert_ids):
        query = select(*_RECORD, deliveries.c.alert_id).where(deliveries.c.alert_id.in_(some)).order_by(deliveries.c.id)
        for row in connection.execute(query).mappings():
            values = {name: value for name, value in row.items() if name != "alert_id"}
            ledger[row["alert_id"]].append(DeliveryRecord(**values | {"state": DeliveryState(values["state"])}))
    return ledger


def _record(row: Any, sent_to: Sequence[DeliveryRecord]) -> AlertRecord:
    values = {name: value for name, value in row.items() if name != "article_id"}
    changed = {"article": row["article_id"], "tags": tuple(row["tags"]), "deliveries": tuple(sent_to)}
    return AlertRecord(**values | changed)
