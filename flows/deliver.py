"""Sends alerts and notices that are due, recipient by recipient, and records each result."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from prefect import flow, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import AwareDatetime

from flows.naming import run_name
from sunchi.alerts.grouping import combined_data, combined_text, group_by_event, severity_of
from sunchi.alerts.incidents import notices
from sunchi.alerts.notify import Notifier, operators
from sunchi.alerts.transport import Result
from sunchi.errors import StoreError
from sunchi.ingest.summary import markdown_list
from sunchi.settings import load
from sunchi.store import Delivery, DeliveryJournal, Handover, Store
from sunchi.store.health import MIN_REPORTS
from sunchi.text import counted
from sunchi.text.safe import in_markdown, web_address

BATCH = 100
"""The number of deliveries claimed at once. A claim lapses after 15 minutes."""

STRIKES = 3
"""The failures in a row after which a recipient is skipped until the next run: more than one, since a service may
refuse a single message."""


GIVEN_UP = "given_up"
"""The kind of the incident of a recipient to whom messages were given up."""


@dataclass(frozen=True)
class Delivered:
    """The result of one run of `deliver`."""

    sent: int = 0
    pending: int = 0  # failed, to be retried
    given_up: int = 0  # failed for a week
    errors: tuple[str, ...] = ()  # one per recipient


@dataclass
class Queue:
    """The deliveries to one recipient, and their results."""

    recipient: str  # Recipient.key
    label: str
    sent: int = 0
    waiting: set[int] = field(default_factory=set)  # deliveries that failed or were not tried
    given_up: set[int] = field(default_factory=set)
    failures: int = 0  # in a row
    error: str = ""  # the last error
    messages: list[str] = field(default_factory=list)  # those that were sent or failed, in Markdown

    def put_off(self, ids: Iterable[int], given_up: set[int]) -> None:
        """Note deliveries that failed or were not tried, and which of them were given up."""
        self.given_up |= given_up
        self.waiting |= {*ids} - given_up


class Sending:
    """What every delivery of a run needs: the notifier, the records of what was sent, and the time.

    No dataclass: Prefect would search one that a task is given.
    """

    def __init__(
        self, notifier: Notifier, store: Store, journal: DeliveryJournal, clock: Callable[[], datetime]
    ) -> None:
        self.notifier, self.store, self.journal, self.clock = notifier, store, journal, clock


@flow(name="deliver", flow_run_name=run_name)
async def deliver(as_of: AwareDatetime | None = None) -> Delivered:
    """Send every alert that is due, and notices to the operators about problems.

    A recipient that fails delays nobody else: its alerts stay pending, and an incident stays open until it works again
    or is no longer named. What fails for a week is given up, which is an incident until it is retried.
    """
    settings = load()
    notifier, journal = Notifier(settings.recipients()), DeliveryJournal(settings.journal_folder())
    with Store.open(settings.database()) as store:
        store.refuse_half_restored()
        store.rename_recipients(notifier.recipients)
        error = store.clock_error(datetime.now(UTC)) if as_of is None else timedelta(0)
        clock: Callable[[], datetime] = (lambda: as_of) if as_of else (lambda: datetime.now(UTC) - error)
        _tell_operators(notifier, store, clock())
        queues = await _send_all(Sending(notifier, store, journal, clock))
        _record_incidents(notifier, store, queues, clock())
    if queues:
        await acreate_markdown_artifact(
            key="deliver",
            markdown="\n\n".join(map(_markdown, queues)),
            description="The last alerts and notices that were due",
        )
    return Delivered(
        sum(queue.sent for queue in queues),
        sum(len(queue.waiting) for queue in queues),
        sum(len(queue.given_up) for queue in queues),
        tuple(f"{queue.label}: {queue.error}" for queue in queues if queue.error),
    )


def _record_incidents(notifier: Notifier, store: Store, queues: Sequence[Queue], now: datetime) -> None:
    """Open and close the incidents of recipients; one that is no longer named has none."""
    named = {each.label for each in notifier.recipients}
    for queue in queues:
        if queue.label in named and queue.error:
            store.open_incident("recipient", queue.label, queue.error, now)
        elif queue.sent:
            store.close_incident("recipient", queue.label, now)
    for recipient in notifier.recipients:
        number = store.given_up(recipient.key)
        error = next((each.error for each in queues if each.recipient == recipient.key and each.given_up), "")
        if error:
            words = f"given up after a week of failures: {counted(number, 'message')} (last: {error}); "
            words += "`sunchi alerts retry` sends what was given up"
            store.open_incident(GIVEN_UP, recipient.label, words, now, times=MIN_REPORTS)
        elif not number:
            store.close_incident(GIVEN_UP, recipient.label, now)
    for incident in store.incidents():
        if incident.kind in ("recipient", GIVEN_UP) and incident.subject not in named:
            store.close_incident(incident.kind, incident.subject, now)


def _markdown(queue: Queue) -> str:
    """Return what one recipient got, and what waits and why."""
    heading = f"## {in_markdown(queue.label)}: {queue.sent} sent, {len(queue.waiting)} waiting"
    heading += f", {len(queue.given_up)} given up" if queue.given_up else ""
    why = [in_markdown(queue.error)] if queue.error else []
    return "\n".join([heading, *markdown_list([*why, *queue.messages])])


def _line(sent: Delivery) -> str:
    url = web_address(sent.url)
    edition = f", {in_markdown(sent.edition)}" if sent.edition else ""
    return f"{in_markdown(sent.title)}{edition}" + (f", [page](<{url}>)" if url else "")


def _tell_operators(notifier: Notifier, store: Store, now: datetime) -> None:
    """Queue notices to the operators: for each incident, one when it has lasted and one when it is over."""
    recipients = operators(notifier.recipients)
    for notice in notices(store.unreported_incidents()) if recipients else ():
        store.queue_notice(notice, recipients, now)  # otherwise another run was first and has sent it


async def _send_all(sending: Sending) -> list[Queue]:
    """Send everything that is due, batch by batch, to all recipients at the same time."""
    queues: dict[str, Queue] = {}
    while batch := sending.store.claim_deliveries(sending.clock(), limit=BATCH):
        due = defaultdict(list)
        for delivery in batch:
            queues.setdefault(delivery.recipient, Queue(delivery.recipient, delivery.label))
            due[delivery.recipient].append(delivery)
        results = await asyncio.gather(
            *(_send(sending, queues[key], some) for key, some in due.items()),
            return_exceptions=True,  # let the others finish first: a message that was sent must be recorded
        )
        if error := next((result for result in results if isinstance(result, BaseException)), None):
            raise error
    return list(queues.values())


@task(name="recipient", cache_policy=NO_CACHE, persist_result=False)
async def _send(sending: Sending, queue: Queue, due: Sequence[Delivery]) -> None:
    """Send one recipient's alerts, in order."""
    store, clock = sending.store, sending.clock
    for claimed in group_by_event(due):
        ids = [delivery.id for delivery in claimed]
        if queue.failures == STRIKES:
            queue.put_off(ids, store.release(ids, f"not tried: {queue.error}", clock()))
            continue
        handed = store.mark_sending(ids, clock())
        some = [delivery for delivery in claimed if delivery.id in handed]
        if not some:  # the claim lapsed, and another run was first
            continue
        started = time.monotonic()
        result = await _hand_over(sending, some)
        if result.state == "sent":
            store.mark_sent(handed, clock())
            queue.sent, queue.failures = queue.sent + len(handed), 0
            queue.messages.append(_line(some[0]))
        else:
            is_slow = time.monotonic() - started > sending.notifier.patience / 3
            unknown = result.state == "unknown"
            queue.put_off(handed, store.mark_failed(handed, result.error, clock(), unknown=unknown))
            # A slow failure ends its turn: a recipient costs a run less than a minute.
            queue.error, queue.failures = result.error, STRIKES if is_slow else queue.failures + 1
            queue.messages.append(f"waiting: {_line(some[0])}")


async def _hand_over(sending: Sending, some: Sequence[Delivery]) -> Result:
    """Send one message, and record the result in the journal; a message that can't be recorded there is not sent."""
    journal, clock = sending.journal, sending.clock
    title, body = combined_text(some)
    first, keys = some[0], sending.store.delivery_keys([delivery.id for delivery in some])
    try:
        journal.write(keys, Handover.SENDING, clock())
    except StoreError as error:
        return Result("failed", str(error))
    # The apprise call blocks; a thread keeps other recipients from waiting for it.
    result = await asyncio.to_thread(
        sending.notifier.send, first.recipient, title, body, severity_of(some), combined_data(some)
    )
    if result.state != "unknown":
        with suppress(StoreError):  # the database has the result; a restore would treat it as in flight
            journal.write(keys, Handover.SENT if result.state == "sent" else Handover.FAILED, clock())
    return result
