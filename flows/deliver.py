"""What is waiting to be said, to the people who are to hear it: recipient by recipient, each result recorded."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import AwareDatetime

from sunchi.notices import notices
from sunchi.notify import Notifier, operators
from sunchi.settings import load
from sunchi.store import Delivery, Store

BATCH = 100
"""Deliveries claimed at once. A claim lapses after 15 minutes."""

PATIENCE = timedelta(minutes=10)
"""After this much of its claim a batch is let go: what is sent when the claim has lapsed, another may send too."""

STRIKES = 3
"""Failures in a row after which a recipient is left alone until the next run. More than one, since a service may refuse
a single message; few, since each may cost a time-out."""


@dataclass(frozen=True)
class Delivered:
    """What one run of `deliver` did."""

    sent: int = 0
    pending: int = 0  # failed, and to be tried again
    errors: tuple[str, ...] = ()  # one a recipient


@dataclass
class Queue:
    """What one recipient is to be told, and how that went."""

    label: str
    sent: int = 0
    pending: int = 0
    error: str = ""  # the last


@flow(name="deliver", flow_run_name="deliver")
async def deliver(as_of: AwareDatetime | None = None) -> Delivered:
    """Sends every alert that is due, and tells the operators what is wrong with the sources.

    A recipient that fails holds up nobody else: its alerts stay pending, and an incident is open until it is well.
    """
    clock: Callable[[], datetime] = (lambda: as_of) if as_of else (lambda: datetime.now(UTC))
    settings = load()
    notifier = Notifier(settings.recipients())
    queues: dict[str, Queue] = {}
    with Store.open(settings.database()) as store:
        _tell_operators(notifier, store, clock())
        while batch := store.claim_deliveries(clock(), limit=BATCH):
            due = defaultdict(list)
            for delivery in batch:
                queues.setdefault(delivery.recipient, Queue(delivery.label))
                due[delivery.recipient].append(delivery)
            results = await asyncio.gather(
                *(_send(notifier, store, queues[key], some, clock) for key, some in due.items()),
                return_exceptions=True,  # the others are done with first: a message that is sent must be recorded
            )
            if error := next((result for result in results if isinstance(result, BaseException)), None):
                raise error
        for queue in queues.values():
            if queue.error:
                store.open_incident("recipient", queue.label, queue.error, clock())
            else:
                store.close_incident("recipient", queue.label, clock())
    if queues:
        await acreate_table_artifact(
            key="deliver",
            table=[
                {"recipient": queue.label, "sent": queue.sent, "waiting": queue.pending, "error": queue.error}
                for queue in queues.values()
            ],
            description="The last alerts that were due",
        )
    return Delivered(
        sum(queue.sent for queue in queues.values()),
        sum(queue.pending for queue in queues.values()),
        tuple(f"{queue.label}: {queue.error}" for queue in queues.values() if queue.error),
    )


def _tell_operators(notifier: Notifier, store: Store, now: datetime) -> None:
    """Queues what the operators are to hear of: each incident once, when it has lasted, and once when it is over."""
    recipients = operators(notifier.recipients)
    for notice in notices(store.untold()) if recipients else ():
        store.tell(notice, recipients, now)  # where another run was first, it has told it


@task(name="recipient", cache_policy=NO_CACHE, persist_result=False)
async def _send(
    notifier: Notifier, store: Store, queue: Queue, due: Sequence[Delivery], clock: Callable[[], datetime]
) -> None:
    """One recipient's alerts, in order."""
    let_go_at = clock() + PATIENCE
    failures = 0
    for delivery in due:
        if failures == STRIKES or clock() > let_go_at:
            why = queue.error if failures == STRIKES else "the service is too slow for so many at once"
            store.not_sent(delivery.id, f"not tried: {why}", clock())
            queue.pending += 1
            continue
        # The apprise call blocks, and other recipients need not wait for it.
        result = await asyncio.to_thread(
            notifier.send,
            delivery.recipient,
            delivery.title,
            f"{delivery.body}\nTo: {delivery.label}",
            delivery.severity,
        )
        if result.state == "sent":
            store.sent(delivery.id, clock())
            queue.sent, failures = queue.sent + 1, 0
        else:
            store.not_sent(delivery.id, result.error, clock(), unknown=result.state == "unknown")
            queue.pending, queue.error, failures = queue.pending + 1, result.error, failures + 1
