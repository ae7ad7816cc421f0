"""What is waiting to be said, to the people who are to hear it: recipient by recipient, each result recorded."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE

from sunchi.notify import Notifier
from sunchi.settings import load
from sunchi.store import Delivery, Store

BATCH = 100
"""Deliveries claimed at once. A claim lapses after 15 minutes, so a batch must be done with before."""

STRIKES = 3
"""Failures in a row after which a recipient is left alone until the next run. More than one, since a service may refuse
a single message; few, since each may cost a time-out."""


@dataclass(frozen=True)
class Delivered:
    """What one run of `deliver` did."""

    sent: int = 0
    pending: int = 0  # failed, and to be tried again
    errors: tuple[str, ...] = ()  # one a recipient


@flow(name="deliver", flow_run_name="deliver")
async def deliver(as_of: datetime | None = None) -> Delivered:
    """Sends every alert that is due. A recipient that fails holds up nobody else, and its alerts stay pending."""
    clock: Callable[[], datetime] = (lambda: as_of) if as_of else (lambda: datetime.now(UTC))
    settings = load()
    notifier = Notifier(settings.recipients())
    sent = pending = 0
    errors: dict[str, str] = {}
    with Store.open(settings.database()) as store:
        while batch := store.claim_deliveries(clock(), limit=BATCH):
            queues = defaultdict(list)
            for delivery in batch:
                queues[delivery.recipient].append(delivery)
            results = await asyncio.gather(*(_send(notifier, store, queue, clock) for queue in queues.values()))
            for good, bad, label, error in results:
                sent, pending = sent + good, pending + bad
                errors.update({label: error} if error else {})
    result = Delivered(sent, pending, tuple(f"{label}: {error}" for label, error in errors.items()))
    if sent or pending:
        await acreate_table_artifact(
            key="deliver",
            table=[{"sent": sent, "pending": pending, "errors": "\n".join(result.errors)}],
            description="The last alerts that were due",
        )
    return result


@task(name="recipient", cache_policy=NO_CACHE, persist_result=False)
async def _send(
    notifier: Notifier, store: Store, queue: Sequence[Delivery], clock: Callable[[], datetime]
) -> tuple[int, int, str, str]:
    """One recipient's alerts, in order. Returns how many were sent, how many stay pending, the recipient, its error."""
    sent, failures, error = 0, 0, ""
    for delivery in queue:
        if failures == STRIKES:
            store.not_sent(delivery.id, f"not tried: {error}", clock())
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
            sent, failures = sent + 1, 0
        else:
            store.not_sent(delivery.id, result.error, clock(), unknown=result.state == "unknown")
            failures, error = failures + 1, result.error
    return sent, len(queue) - sent, queue[0].label, error
