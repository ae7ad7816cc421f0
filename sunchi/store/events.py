"""The facts that alerts tell of, and which of them each recipient has had already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, Row, select

from sunchi.model import Fact
from sunchi.store.database import batches, insert
from sunchi.store.records import DeliveryState
from sunchi.store.schema import alerts, articles, deliveries, facts

EDITION = (articles.c.source + " (" + articles.c.lang + ")").label("edition")
_ON_THE_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.SENT)


def covers(told: Iterable[Fact], wanted: Sequence[Fact]) -> bool:
    """Whether all that is wanted, which is something, has been told."""
    known = list(told)
    return bool(wanted) and all(any(fact.is_same(other) for other in known) for fact in wanted)


def put(connection: Connection, alert_id: int, found: Iterable[Fact]) -> None:
    """Keeps what a new alert tells of."""
    rows = [{"alert_id": alert_id, "key": fact.key, "day": fact.day, "once": fact.once} for fact in found]
    if rows:
        connection.execute(insert(connection, facts), rows)


def certain(connection: Connection, alert_ids: Collection[int]) -> dict[int, tuple[Fact, ...]]:
    """The facts of each alert that has some, where they are surely those of another edition that tells of the same.

    What can come twice a day and an edition does tell of twice, nobody knows which of the two another edition means.
    """
    own = _of_alerts(connection, alert_ids)
    tellings = _with_keys(connection, {fact.key for found in own.values() for fact in found})
    times = Counter((row.key, row.day, row.edition) for row in tellings if not row.once)
    twice = {(key, day) for (key, day, _), number in times.items() if number > 1}
    return {id: found for id, found in own.items() if twice.isdisjoint((fact.key, fact.day) for fact in found)}


class Had:
    """What the recipients of some deliveries have had of facts, and what is on its way to them."""

    def __init__(self, connection: Connection, wanted: Iterable[Fact], claimed: Collection[int]) -> None:
        """`claimed` are the deliveries that are ours to send: they are not under way yet."""
        self._sent: Mapping[str, list[Fact]] = defaultdict(list)
        self._under_way: Mapping[str, list[Fact]] = defaultdict(list)
        by_alert = defaultdict(list)
        for row in _with_keys(connection, {fact.key for fact in wanted}):
            by_alert[row.alert_id].append(Fact(row.key, row.day, row.once))
        for some in batches(sorted(by_alert)):
            query = select(deliveries).where(deliveries.c.alert_id.in_(some), deliveries.c.state.in_(_ON_THE_WAY))
            for row in connection.execute(query):
                if row.state == DeliveryState.SENT:
                    self._sent[row.recipient].extend(by_alert[row.alert_id])
                elif row.id not in claimed:
                    self._under_way[row.recipient].extend(by_alert[row.alert_id])

    def told(self, recipient: str, wanted: Sequence[Fact]) -> bool:
        """Whether the recipient has had all of them."""
        return covers(self._sent.get(recipient, ()), wanted)

    def under_way(self, recipient: str, wanted: Sequence[Fact]) -> bool:
        """Whether what the recipient has not had of them is being sent by another worker just now."""
        return covers([*self._sent.get(recipient, ()), *self._under_way.get(recipient, ())], wanted)


def _of_alerts(connection: Connection, alert_ids: Collection[int]) -> dict[int, tuple[Fact, ...]]:
    found: dict[int, tuple[Fact, ...]] = defaultdict(tuple)
    for some in batches(sorted(alert_ids)):
        for row in connection.execute(select(facts).where(facts.c.alert_id.in_(some)).order_by(facts.c.key)):
            found[row.alert_id] += (Fact(row.key, row.day, row.once),)
    return found


def _with_keys(connection: Connection, keys: Collection[str]) -> list[Row[tuple[object, ...]]]:
    """Every telling of facts with these keys, with its edition."""
    query = (
        select(facts, EDITION)
        .join(alerts, alerts.c.id == facts.c.alert_id)
        .join(articles, articles.c.id == alerts.c.article_id)
        .order_by(facts.c.alert_id)
    )
    return [
        row for some in batches(sorted(keys)) for row in connection.execute(query.where(facts.c.key.in_(some))).all()
    ]
