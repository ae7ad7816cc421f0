"""The facts that alerts tell of, and which of them each recipient has had already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, Row, select

from sunchi.model import Event, covers
from sunchi.store.database import batches, insert
from sunchi.store.records import DeliveryState
from sunchi.store.schema import alerts, articles, deliveries, events

EDITION = (articles.c.source + " (" + articles.c.lang + ")").label("edition")
_ON_THE_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.SENT)


def put(connection: Connection, alert_id: int, found: Iterable[Event]) -> None:
    """Keeps what a new alert tells of."""
    rows = [{"alert_id": alert_id, "key": event.key, "day": event.day, "once": event.once} for event in found]
    if rows:
        connection.execute(insert(connection, events), rows)


def unambiguous(connection: Connection, alert_ids: Collection[int]) -> dict[int, tuple[Event, ...]]:
    """The facts of each alert that has some, where they are surely those of another edition that tells of the same.

    What can come twice a day and an edition does tell of twice, nobody knows which of the two another edition means.
    """
    own = _of_alerts(connection, alert_ids)
    tellings = _with_keys(connection, {event.key for found in own.values() for event in found})
    times = Counter((row.key, row.day, row.edition) for row in tellings if not row.once)
    twice = {(key, day) for (key, day, _), number in times.items() if number > 1}
    return {id: found for id, found in own.items() if twice.isdisjoint((event.key, event.day) for event in found)}


class Receipts:
    """What the recipients of some deliveries have had of facts, and what is on its way to them."""

    def __init__(self, connection: Connection, wanted: Iterable[Event], claimed: Collection[int]) -> None:
        """`claimed` are the deliveries that are ours to send: they are not under way yet."""
        self._sent: Mapping[str, list[Event]] = defaultdict(list)
        self._under_way: Mapping[str, list[Event]] = defaultdict(list)
        by_alert = defaultdict(list)
        for row in _with_keys(connection, {event.key for event in wanted}):
            by_alert[row.alert_id].append(Event(row.key, row.day, row.once))
        for some in batches(sorted(by_alert)):
            query = select(deliveries).where(deliveries.c.alert_id.in_(some), deliveries.c.state.in_(_ON_THE_WAY))
            for row in connection.execute(query):
                if row.state == DeliveryState.SENT:
                    self._sent[row.recipient].extend(by_alert[row.alert_id])
                elif row.id not in claimed:
                    self._under_way[row.recipient].extend(by_alert[row.alert_id])

    def told(self, recipient: str, wanted: Sequence[Event]) -> bool:
        """Whether the recipient has had all of them."""
        return covers(self._sent.get(recipient, ()), wanted)

    def under_way(self, recipient: str, wanted: Sequence[Event]) -> bool:
        """Whether what the recipient has not had of them is being sent by another worker just now."""
        return covers([*self._sent.get(recipient, ()), *self._under_way.get(recipient, ())], wanted)


def _of_alerts(connection: Connection, alert_ids: Collection[int]) -> dict[int, tuple[Event, ...]]:
    found: dict[int, tuple[Event, ...]] = defaultdict(tuple)
    for some in batches(sorted(alert_ids)):
        for row in connection.execute(select(events).where(events.c.alert_id.in_(some)).order_by(events.c.key)):
            found[row.alert_id] += (Event(row.key, row.day, row.once),)
    return found


def _with_keys(connection: Connection, keys: Collection[str]) -> list[Row[tuple[object, ...]]]:
    """Every telling of facts with these keys, with its edition."""
    query = (
        select(events, EDITION)
        .join(alerts, alerts.c.id == events.c.alert_id)
        .join(articles, articles.c.id == alerts.c.article_id)
        .order_by(events.c.alert_id)
    )
    return [
        row for some in batches(sorted(keys)) for row in connection.execute(query.where(events.c.key.in_(some))).all()
    ]
