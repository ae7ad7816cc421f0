"""Alerts, notices and their deliveries: a transactional outbox, filled when the alert's article is saved.

A worker claims a delivery, marks it as being sent, sends it at once, and marks it as sent or failed. A dead worker's
claims lapse after 15 minutes. Only a delivery that it had marked as being sent may have gone out and may come twice,
which its row says. A delivery that fails for a week is given up until somebody retries it.

An alert whose events the recipient knows from another edition's alert is not sent; its row says so.

The clock may have been set back, so a due time further ahead than any pause counts as past.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, delete, func, literal, or_, select, text, update

from sunchi.model import Alert, Recipient
from sunchi.store import events
from sunchi.store.database import Database, batches, insert
from sunchi.store.records import Delivery, DeliveryState, Notice
from sunchi.store.schema import IS_GIVEN_UP, alerts, articles, deliveries, incidents, notices

CLAIM_LAPSES = timedelta(minutes=15)
RETRY_FIRST, RETRY_LAST = timedelta(minutes=1), timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=7)
"""How long a delivery is retried: longer than a long weekend during which nobody mends a mail account."""

HELD_FOR = timedelta(minutes=15)
"""How long an alert waits for the end of its crawl at most, since a crawl may be killed."""

DOUBTED_FOR = timedelta(days=2)
"""The same for an alert of a text that is doubted; each crawl of its edition prolongs it."""

WAITS = deliveries.c.next_due_at.is_not(None)
"""The condition that a delivery is not settled: sent, covered or withdrawn ones are never due."""

_UNDELIVERED = (DeliveryState.PENDING, DeliveryState.UNKNOWN)
_MAYBE_SENT = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
_DELIVERY = [
    *(deliveries.c[name] for name in ("id", "recipient", "label", "attempts")),
    deliveries.c.alert_id.label("alert"),
    deliveries.c.notice_id.label("notice"),
    func.coalesce(alerts.c.severity, "high").label("severity"),
    func.coalesce(alerts.c.title, notices.c.title).label("title"),
    func.coalesce(alerts.c.body, notices.c.body).label("body"),
    func.coalesce(alerts.c.url, "").label("url"),
    func.coalesce(alerts.c.article_id, "").label("article"),
    func.coalesce(alerts.c.partner, "").label("partner"),
    alerts.c.data,
    func.coalesce(events.EDITION, "").label("edition"),
]
_UNTOUCHED = (deliveries.c.state == DeliveryState.PENDING) & (deliveries.c.attempts == 0) & (deliveries.c.error == "")
"""Neither tried nor released yet: due whatever the clock says."""


class Outbox(Database):
    def claim_deliveries(self, now: datetime, limit: int) -> list[Delivery]:
        """Claim up to `limit` deliveries that are due; no other worker gets them for 15 minutes.

        Those tried least come first, so a message that a service never accepts holds up no other. Deliveries whose
        events the recipient has already been sent are settled, and those whose events are being sent wait.
        """
        due = (
            select(deliveries.c.id)
            .where(
                WAITS,
                or_(
                    deliveries.c.next_due_at <= now,
                    (deliveries.c.next_due_at > now + RETRY_LAST) & (deliveries.c.state != DeliveryState.HELD),
                    deliveries.c.next_due_at > now + DOUBTED_FOR,
                    _UNTOUCHED,
                ),
            )
            .order_by(deliveries.c.attempts, deliveries.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claim = {
            "state": DeliveryState.CLAIMED,
            "unsure": deliveries.c.unsure + case((deliveries.c.state.in_(_MAYBE_SENT), 1), else_=0),
            "next_due_at": now + CLAIM_LAPSES,
        }
        with self._writing() as connection:
            while ids := list(connection.execute(due).scalars()):
                for some in batches(ids):
                    connection.execute(update(deliveries).where(deliveries.c.id.in_(some)).values(**claim))
                claimed = [each for some in batches(ids) for each in _claimed(connection, some)]
                if to_send := _to_send(connection, claimed, now):
                    return to_send
        return []

    def mark_sending(self, claimed: Collection[int], now: datetime) -> set[int]:
        """Mark claimed deliveries as being sent; return those, and only those, that must now be sent.

        A lapsed claim still counts: of two workers that have claimed a delivery, the first to mark it sends it.
        """
        handed = {
            "state": DeliveryState.SENDING,
            "attempts": deliveries.c.attempts + 1,
            "next_due_at": now + CLAIM_LAPSES,
        }
        still = deliveries.c.id.in_(claimed) & (deliveries.c.state == DeliveryState.CLAIMED)
        with self._writing() as connection:
            marked = update(deliveries).where(still).values(**handed).returning(deliveries.c.id)
            return set(connection.execute(marked).scalars())

    def release(self, claimed: Collection[int], why: str, now: datetime) -> set[int]:
        """Release deliveries that were claimed but not sent, since others to their recipient fail; due after a minute.

        Returns those that are given up instead.
        """
        with self._writing() as connection:
            _release(connection, claimed, why, now)
            still = deliveries.c.id.in_(claimed) & (deliveries.c.state == DeliveryState.PENDING)
            return {row.id for row in _failing(connection, still, now) if _fails_too_long(connection, row, now)}

    def mark_sent(self, handed: Collection[int], now: datetime) -> None:
        """Record that the recipient's service accepted the deliveries."""
        values = {"state": DeliveryState.SENT, "error": "", "next_due_at": None, "sent_at": now}
        with self._writing() as connection:
            connection.execute(update(deliveries).where(deliveries.c.id.in_(handed)).values(**values))

    def mark_failed(self, handed: Collection[int], error: str, now: datetime, *, unknown: bool = False) -> set[int]:
        """Record that deliveries failed, or that the result is `unknown`; due again after 1 minute, 2, 4, … 6 hours.

        Returns those that are given up instead. What another worker has marked as sent meanwhile stays sent.
        """
        state = DeliveryState.UNKNOWN if unknown else DeliveryState.PENDING
        still = deliveries.c.id.in_(handed) & (deliveries.c.state == DeliveryState.SENDING)
        given_up = set()
        with self._writing() as connection:
            for row in _failing(connection, still, now):
                pause = min(RETRY_FIRST * 2 ** min(row.attempts - 1, 16), RETRY_LAST)
                values = {"state": state, "error": error, "next_due_at": now + pause}
                connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(**values))
                if _fails_too_long(connection, row, now, unknown=unknown):
                    given_up.add(row.id)
        return given_up

    def retry(self, now: datetime) -> int:
        """Make everything undelivered due now, also what was given up, except what is being sent; return how many."""
        pending = {"state": DeliveryState.PENDING, "failing_since": None}
        with self._writing() as connection:
            connection.execute(update(deliveries).where(text(IS_GIVEN_UP)).values(**pending, next_due_at=now))
            undelivered = WAITS & deliveries.c.state.in_(_UNDELIVERED)
            return connection.execute(update(deliveries).where(undelivered).values(next_due_at=now)).rowcount

    def given_up(self, recipient: str) -> int:
        """Return how many deliveries to a recipient are given up."""
        query = select(func.count()).where(deliveries.c.recipient == recipient, text(IS_GIVEN_UP))
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def rename_recipients(self, recipients: Sequence[Recipient]) -> None:
        """Give deliveries under a key from before version 0017 to the recipients who had that key together.

        What is not settled is due to each of them. What was sent was sent to all targets of the first address that had
        the key, and to nobody else. Whoever comes second finds nothing to do.
        """
        heirs: dict[str, list[Recipient]] = defaultdict(list)
        for each in recipients:
            heirs[each.former_key].append(each)
        with self._reading() as connection:
            found = select(deliveries.c.recipient).where(deliveries.c.recipient.in_(sorted(heirs))).distinct()
            former = list(connection.execute(found).scalars())
        if former:
            with self._writing("recipients") as connection:
                for key in former:
                    _inherit(connection, key, heirs[key])

    def queue_alerts(self, made: Sequence[Alert], now: datetime) -> int:
        """Queue alerts that come without a new article, each once; return how many are new."""
        with self._writing() as connection:
            return queue(connection, made, now)

    def queue_notice(self, notice: Notice, recipients: Sequence[Recipient], now: datetime) -> bool:
        """Queue a notice and record that its incidents were reported; return False if one of them was already."""
        with self._writing("notices") as connection:
            reported = ((notice.open, incidents.c.reported_at), (notice.over, incidents.c.end_reported_at))
            for ids, reported_at in reported:
                unreported = incidents.c.id.in_(ids) & reported_at.is_(None)
                changed = connection.execute(update(incidents).where(unreported).values({reported_at: now})).rowcount
                if changed != len(ids):
                    connection.rollback()
                    return False
            said = {"source": notice.source, "title": notice.title, "body": notice.body, "made_at": now}
            notice_id = connection.execute(insert(connection, notices).values(**said).returning(notices.c.id)).scalar()
            _queue(connection, {"notice_id": notice_id}, recipients, now)
        return True


def queue(connection: Connection, made: Sequence[Alert], now: datetime, *, held_for: timedelta | None = None) -> int:
    """Queue alerts for their recipients, a known alert only for new ones; return the number of new alerts.

    `held_for`: they are due when released, at the latest after this time.
    """
    added = 0
    for alert in made:
        identity = identity_of(alert)
        words = words_of(alert)
        query = insert(connection, alerts).values(**identity, **words, tags=list(alert.tags), made_at=now)
        alert_id = connection.execute(query.on_conflict_do_nothing().returning(alerts.c.id)).scalar()
        if alert_id is None:
            same = (alerts.c[name] == value for name, value in identity.items())
            alert_id = connection.execute(select(alerts.c.id).where(*same)).scalar_one()
        else:
            added += 1
            events.add(connection, alert_id, alert.events)
        _queue(connection, {"alert_id": alert_id}, alert.recipients, now, held_for=held_for)
    return added


def identity_of(alert: Alert) -> dict[str, Any]:
    """Return the columns that identify an alert."""
    return {
        "rule": alert.rule,
        "rule_version": alert.rule_version,
        "article_id": alert.article,
        "partner": alert.partner,
        "change": alert.change,
        "revision": alert.revision,
    }


def words_of(alert: Alert) -> dict[str, Any]:
    """Return the columns with the text of an alert."""
    return {name: getattr(alert, name) for name in ("severity", "title", "body", "url", "data")}


def _queue(
    connection: Connection,
    what: Mapping[str, object],
    recipients: Sequence[Recipient],
    now: datetime,
    *,
    held_for: timedelta | None = None,
) -> None:
    """Add a delivery for each recipient that has none."""
    waiting = {**what, "state": DeliveryState.PENDING, "attempts": 0, "error": "", "next_due_at": now}
    if held_for is not None:
        waiting |= {"state": DeliveryState.HELD, "next_due_at": now + held_for}
    for some in batches(recipients):
        rows = [waiting | {"recipient": recipient.key, "label": recipient.label} for recipient in some]
        connection.execute(insert(connection, deliveries).on_conflict_do_nothing(), rows)


def _failing(connection: Connection, these: ColumnElement[bool], now: datetime) -> Sequence[Row[Any, Any, Any]]:
    """Return deliveries with the time since which they fail, which is recorded."""
    since = deliveries.c.failing_since
    connection.execute(update(deliveries).where(these, or_(since.is_(None), since > now)).values(failing_since=now))
    return connection.execute(select(deliveries.c.id, deliveries.c.attempts, since).where(these)).all()


def _fails_too_long(connection: Connection, row: Row[Any, Any, Any], now: datetime, *, unknown: bool = False) -> bool:
    """Return whether a delivery has failed for so long that it is given up, which is recorded."""
    if now - row.failing_since < GIVE_UP_AFTER:
        return False
    values = {"state": DeliveryState.GIVEN_UP, "next_due_at": None, "unsure": deliveries.c.unsure + int(unknown)}
    connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(**values))
    return True


def _inherit(connection: Connection, former: str, heirs: Sequence[Recipient]) -> None:
    """Replace deliveries under a former key by one to each heir."""
    old, mine = deliveries.alias(), deliveries.c.recipient == former
    copied = [name for name in deliveries.c.keys() if name not in ("id", "recipient", "label", "unsure")]  # noqa: SIM118
    # While one of several targets refused, the others were told, and the message stayed pending.
    doubt = case((WAITS & (deliveries.c.attempts > 0), 1), else_=0) if sum(each.heard for each in heirs) > 1 else 0
    for heir in heirs:
        same = or_(old.c.alert_id == deliveries.c.alert_id, old.c.notice_id == deliveries.c.notice_id)
        sent_at = select(old.c.sent_at).where(same, old.c.recipient == former, old.c.state == DeliveryState.SENT)
        if heir.heard:  # a poll may have queued an alert again, under the new key
            again = (deliveries.c.recipient == heir.key) & WAITS & sent_at.exists()
            values = {"state": DeliveryState.SENT, "error": "", "next_due_at": None}
            settled = update(deliveries).where(again).values(**values, sent_at=sent_at.scalar_subquery())
            connection.execute(settled)
        row = [deliveries.c[name] for name in copied]
        new = select(literal(heir.key), literal(heir.label), deliveries.c.unsure + doubt, *row)
        query = insert(connection, deliveries).from_select(
            ["recipient", "label", "unsure", *copied], new.where(mine if heir.heard else mine & WAITS)
        )
        connection.execute(query.on_conflict_do_nothing())
    connection.execute(delete(deliveries).where(mine))


# --- what a worker has to send ---------------------------------------------------------------------------------------


def _claimed(connection: Connection, ids: Sequence[int]) -> list[Delivery]:
    query = (
        select(*_DELIVERY)
        .outerjoin(alerts, alerts.c.id == deliveries.c.alert_id)
        .outerjoin(articles, articles.c.id == alerts.c.article_id)
        .outerjoin(notices, notices.c.id == deliveries.c.notice_id)
        .where(deliveries.c.id.in_(ids))
        .order_by(deliveries.c.attempts, deliveries.c.id)
    )
    return [Delivery(**{**row._mapping, "data": row.data or {}}) for row in connection.execute(query)]


def _to_send(connection: Connection, claimed: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """Return the deliveries that report something new, with their events; settle the others, or let them wait."""
    unambiguous = events.unambiguous(connection, {each.alert for each in claimed if each.alert is not None})
    known = [replace(each, events=unambiguous.get(each.alert or 0, ())) for each in claimed]
    wanted = [event for each in known for event in each.events]
    receipts = events.Receipts(connection, wanted, {each.id for each in claimed})
    covered = {each.id for each in known if receipts.has_all(each.recipient, each.events)}
    waiting = {each.id for each in known if receipts.under_way(each.recipient, each.events)}
    values = {"state": DeliveryState.COVERED, "error": "", "next_due_at": None}
    connection.execute(update(deliveries).where(deliveries.c.id.in_(covered)).values(**values))
    _release(connection, waiting, "another edition's alert of the same event is being sent", now)
    return [each for each in known if each.id not in covered | waiting]


def _release(connection: Connection, claimed: Collection[int], why: str, now: datetime) -> None:
    still = deliveries.c.id.in_(claimed) & (deliveries.c.state == DeliveryState.CLAIMED)
    values = {"state": DeliveryState.PENDING, "error": why, "next_due_at": now + RETRY_FIRST}
    connection.execute(update(deliveries).where(still).values(**values))
