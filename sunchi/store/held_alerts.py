"""Alerts that are not due yet: held until their crawl ends or their text is believed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, select, tuple_, update

from sunchi.model import Alert, Recipient
from sunchi.store.database import Database, batches, in_edition
from sunchi.store.outbox import DOUBTED_FOR, HELD_FOR, WAITS, identity_of, queue, words_of
from sunchi.store.records import DeliveryState
from sunchi.store.schema import alerts, articles, deliveries, known_links


class HeldAlerts(Database):
    def release_alerts(self, source: str, lang: str, now: datetime) -> None:
        """Make due the alerts that an edition's crawl held until its end, except those of doubted texts.

        A text is doubted while its link shows another one, or has not shown it often enough.
        """
        its_alert = exists().where(
            alerts.c.id == deliveries.c.alert_id,
            articles.c.id == alerts.c.article_id,
            in_edition(articles, source, lang),
        )
        held = WAITS & (deliveries.c.state == DeliveryState.HELD) & its_alert
        doubted = exists().where(
            alerts.c.id == deliveries.c.alert_id,
            known_links.c.article_id == alerts.c.article_id,
            known_links.c.pending.is_not(None),
        )
        due = {"state": DeliveryState.PENDING, "next_due_at": now}
        with self._writing() as connection:
            connection.execute(update(deliveries).where(held, ~doubted).values(**due))
            connection.execute(update(deliveries).where(held).values(next_due_at=now + DOUBTED_FOR))

    def withdraw_alerts(self, article_id: str, only: Collection[tuple[str, str]] | None = None) -> list[Alert]:
        """Withdraw alerts of an article that prove false, or `only` those of some rules and partners: those that nobody
        has received are never sent.

        Returns the others, each with the recipients who have, or may have, received it.
        """
        named = [] if only is None else [tuple_(alerts.c.rule, alerts.c.partner).in_(sorted(only))]
        mine = _of(article_id, alerts.c.change != "corrected", *named)
        untold = (DeliveryState.HELD, DeliveryState.PENDING, DeliveryState.GIVEN_UP)
        waits = deliveries.c.state.in_(untold) & (deliveries.c.attempts == 0)
        withdrawn = {"state": DeliveryState.WITHDRAWN, "next_due_at": None}
        reached = deliveries.c.state.in_((DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNKNOWN)) | (
            (deliveries.c.state == DeliveryState.GIVEN_UP) & (deliveries.c.unsure > 0)
        )
        query = (
            select(alerts, deliveries.c.recipient, deliveries.c.label)
            .join(deliveries, deliveries.c.alert_id == alerts.c.id)
            .where(mine, reached)
            .order_by(alerts.c.id, deliveries.c.id)
        )
        with self._writing() as connection:
            connection.execute(update(deliveries).where(mine, waits).values(**withdrawn))
            found: dict[int, Alert] = {}
            for row in connection.execute(query):
                recipient = Recipient(row.recipient, row.label, frozenset(row.tags))
                alert = found.get(row.id) or _alert(row)
                found[row.id] = replace(alert, recipients=(*alert.recipients, recipient))
        return list(found.values())

    def was_corrected(self, article_id: str) -> bool:
        """Return whether an alert of an article was corrected for a recipient."""
        query = select(alerts.c.id).where(alerts.c.article_id == article_id, alerts.c.change == "corrected").limit(1)
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def has_held(self, article_id: str) -> bool:
        """Return whether alerts of an article are still held."""
        query = select(deliveries.c.id).where(_of(article_id), deliveries.c.state == DeliveryState.HELD).limit(1)
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def withdraw_unheard(self, article_id: str) -> bool:
        """Withdraw the alerts of an article if nobody has, or may have, received one; return whether that is so."""
        mine = _of(article_id)
        unheard = (DeliveryState.HELD, DeliveryState.PENDING, DeliveryState.WITHDRAWN)
        heard = deliveries.c.state.not_in(unheard) | (deliveries.c.attempts > 0)
        with self._writing() as connection:
            if connection.execute(select(deliveries.c.id).where(mine, heard).limit(1)).first():
                return False
            withdrawn = {"state": DeliveryState.WITHDRAWN, "next_due_at": None}
            connection.execute(update(deliveries).where(mine).values(**withdrawn))
            return True

    def reword_alerts(self, made: Sequence[Alert], now: datetime, articles_read: Collection[str] = ()) -> int:
        """Give alerts that are still held the text of `made`, and queue the new ones among these, held, too.

        Held alerts of `articles_read` that are not among `made` report nothing new compared with the past: they are
        kept, but not sent. An alert that somebody has, or may have, received keeps its text. Returns how many are new.
        """
        held = exists().where(deliveries.c.alert_id == alerts.c.id, deliveries.c.state == DeliveryState.HELD)
        touched = exists().where(deliveries.c.alert_id == alerts.c.id, deliveries.c.state != DeliveryState.HELD)
        with self._writing() as connection:
            kept: set[int] = set()
            for alert in made:
                same = [alerts.c[name] == value for name, value in identity_of(alert).items()]
                values = update(alerts).where(*same, held, ~touched).values(**words_of(alert)).returning(alerts.c.id)
                kept.update(connection.execute(values).scalars())
            for some in batches(sorted(articles_read)):
                _cover(connection, alerts.c.article_id.in_(some), kept)
            return queue(connection, made, now, held_for=HELD_FOR)


def _of(article_id: str, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition of the deliveries of an article's alerts, or of some of them."""
    return deliveries.c.alert_id.in_(select(alerts.c.id).where(alerts.c.article_id == article_id, *conditions))


def _cover(connection: Connection, of: ColumnElement[bool], kept: Collection[int]) -> None:
    """Settle the held deliveries of alerts, except those to be kept."""
    ids = set(connection.execute(select(alerts.c.id).where(of)).scalars()) - set(kept)
    still = deliveries.c.alert_id.in_(ids) & (deliveries.c.state == DeliveryState.HELD)
    connection.execute(update(deliveries).where(still).values(state=DeliveryState.COVERED, next_due_at=None))


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        rule=row.rule,
        rule_version=row.rule_version,
        article=row.article_id,
        partner=row.partner,
        change=row.change,
        revision=row.revision,
        severity=row.severity,
        title=row.title,
        body=row.body,
        url=row.url,
        data=row.data,
        tags=tuple(row.tags),
        recipients=(),
    )
