"""The events of alerts, and which of them each recipient has already been sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, Row, exists, select

from sunchi.model import Event, covers
from sunchi.store.database import batches, insert
from sunchi.store.records import DeliveryState
from sunchi.store.schema import alerts, articles, deliveries, events

EDITION = (articles.c.source + " (" + articles.c.lang + ")").label("edition")
_CORRECTION = alerts.alias("correction")
_IS_CORRECTED = exists().where(
    _CORRECTION.c.change == "corrected",
    *(_CORRECTION.c[name] == alerts.c[name] for name in ("article_id", "rule", "rule_version", "partner", "revision")),
)
"""The condition that an alert was corrected for its recipients."""

_ON_THE_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.SENT)


def add(connection: Connection, alert_id: int, found: Iterable[Event]) -> None:
    """Save the events of a new alert."""
    rows = [{"alert_id": alert_id, "key": event.key, "day": event.day, "once": event.once} for event in found]
    if rows:
        connection.execute(insert(connection, events), rows)


def unambiguous(connection: Connection, alert_ids: Collection[int]) -> dict[int, tuple[Event, ...]]:
    """Return the events of each alert, without alerts whose events can't be matched with other editions'.

    If one edition reports two similar events on one day, it is unknown which of them another edition means.
    """
    own = _of_alerts(connection, alert_ids)
    reported = _with_keys(connection, {event.key for found in own.values() for event in found})
    times = Counter((row.key, row.day, row.edition) for row in reported if not row.once)
    twice = {(key, day) for (key, day, _), number in times.items() if number > 1}
    return {id: found for id, found in own.items() if twice.isdisjoint((event.key, event.day) for event in found)}


class Receipts:
    """Which events the recipients of some deliveries have been sent, and which are being sent.

    Events of an alert that was corrected do not count as sent.
    """

    def __init__(self, connection: Connection, wanted: Iterable[Event], claimed: Collection[int]) -> None:
        """`claimed` holds the deliveries that this worker claimed: they do not count as being sent."""
        self._sent: Mapping[str, list[Event]] = defaultdict(list)
        self._under_way: Mapping[str, list[Event]] = defaultdict(list)
        by_alert = defaultdict(list)
        for row in _with_keys(connection, {event.key for event in wanted}):
            by_alert[row.alert_id].append(Event(row.key, row.day, row.once))
        for some in batches(sorted(by_alert)):
            query = (
                select(deliveries)
                .join(alerts, alerts.c.id == deliveries.c.alert_id)
                .where(alerts.c.id.in_(some), deliveries.c.state.in_(_ON_THE_WAY), ~_IS_CORRECTED)
            )
            for row in connection.execute(query):
                if row.state == DeliveryState.SENT:
                    self._sent[row.recipient].extend(by_alert[row.alert_id])
                elif row.id not in claimed:
                    self._under_way[row.recipient].extend(by_alert[row.alert_id])

    def has_all(self, recipient: str, wanted: Sequence[Event]) -> bool:
        """Return whether the recipient has been sent all of these events."""
        return covers(self._sent.get(recipient, ()), wanted)

    def under_way(self, recipient: str, wanted: Sequence[Event]) -> bool:
        """Return whether other workers are sending the recipient the rest of these events."""
        return covers([*self._sent.get(recipient, ()), *self._under_way.get(recipient, ())], wanted)


def _of_alerts(connection: Connection, alert_ids: Collection[int]) -> dict[int, tuple[Event, ...]]:
    found: dict[int, tuple[Event, ...]] = defaultdict(tuple)
    for some in batches(sorted(alert_ids)):
        for row in connection.execute(select(events).where(events.c.alert_id.in_(some)).order_by(events.c.key)):
            found[row.alert_id] += (Event(row.key, row.day, row.once),)
    return found


def _with_keys(connection: Connection, keys: Collection[str]) -> list[Row[tuple[object, ...]]]:
    """Return every stored event with one of these keys, with the edition of its alert."""
    query = (
        select(events, EDITION)
        .join(alerts, alerts.c.id == events.c.alert_id)
        .join(articles, articles.c.id == alerts.c.article_id)
        .order_by(events.c.alert_id)
    )
    return [
        row for some in batches(sorted(keys)) for row in connection.execute(query.where(events.c.key.in_(some))).all()
    ]
