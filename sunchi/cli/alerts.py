"""`sunchi alerts list|test|retry`."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.empty import say_nothing
from sunchi.cli.options import AsJson, Verbose
from sunchi.cli.runs import prepare_prefect, run, say_delivered
from sunchi.cli.screen import escape, json_line, moment, say
from sunchi.cli.stores import lacks_database, missing_database, note_command, open_store
from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from sunchi.store import AlertRecord, DeliveryRecord, NoticeRecord

alerts = typer.Typer(help="The alerts with their deliveries, and what is still pending.", no_args_is_help=True)
app.add_typer(alerts, name="alerts")

_NONE = "Nothing waits."


@alerts.command(
    "list", epilog="Examples: sunchi alerts list · sunchi alerts list --waiting · sunchi alerts list --json"
)
def list_alerts(
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that have not reached everybody.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many to show, newest first.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List alerts and notices to the operators, newest first, with the state of each recipient's delivery.

    An alert of another edition on the same event is listed below the one that was sent.
    """
    from sunchi.alerts.grouping import group_by_event
    from sunchi.history.coverage import Coverage
    from sunchi.settings import load
    from sunchi.store import AlertRecord, NoticeRecord

    settings = load()
    if lacks_database(settings):
        return
    with open_store(settings) as store:
        found = store.notifications(limit, waiting=waiting)
        if not found and not as_json:
            if waiting:
                say(_NONE)
            else:
                say_nothing("No alerts yet.", Coverage(store.articles_a_day()))
    made = (each for each in found if isinstance(each, AlertRecord))
    groups = group_by_event(made, first=_is_covered, newest_first=True)
    others = {some[0].id: some[1:] for some in groups}
    for each in found:
        if as_json:
            json_line({"notice": isinstance(each, NoticeRecord)} | asdict(each))
        elif isinstance(each, NoticeRecord):
            _say(each)
        elif each.id in others:
            _say(each, others[each.id])


def _is_covered(alert: AlertRecord) -> bool:
    """Return whether it was sent to nobody, since all recipients had the same news from another edition."""
    from sunchi.store import DeliveryState

    return bool(alert.deliveries) and all(each.state is DeliveryState.COVERED for each in alert.deliveries)


def _say(record: AlertRecord | NoticeRecord, others: Sequence[AlertRecord] = ()) -> None:
    """Show one alert, with those of other editions on the same event; or a notice."""
    from sunchi.alerts.grouping import severity_of
    from sunchi.store import AlertRecord

    say(f"[bold]{escape(record.title)}[/]")
    if isinstance(record, AlertRecord):
        say(f"  [dim]{severity_of((record, *others))}, {record.rule}, {record.edition}, {moment(record.made_at)}[/]")
        say(f"  {escape(record.url)}")
        for other in others:
            title = "" if other.title == record.title else f": {other.title}"
            if not title and other.url == record.url:
                say(f"  also by the rule {other.rule}")
                continue
            say(f"  also in {other.edition}{escape(title)}")
            say(f"  {escape(other.url)}")
    else:
        say(f"  [dim]to the operators, {moment(record.made_at)}[/]")
        for line in record.body.splitlines():
            say(f"  {escape(line)}")
    by_recipient = {delivery.recipient: delivery for one in (*reversed(others), record) for delivery in one.deliveries}
    for delivery in by_recipient.values():
        _say_delivery(delivery)
    if not by_recipient:
        say("  to nobody: SUNCHI_NOTIFY named no recipient for this rule")


def _say_delivery(delivery: DeliveryRecord) -> None:
    sent = delivery.sent_at
    words = f"sent {moment(sent)}" if sent else delivery.status
    if delivery.state not in ("sent", "covered", "held"):
        words += f", {_times(delivery.attempts)}"
    why = "; ".join(filter(None, (delivery.error, delivery.doubt)))
    say(f"  to {escape(delivery.label)}: {words}" + (f": [red]{escape(why)}[/]" if why else ""))


def _times(number: int) -> str:
    return {0: "not tried yet", 1: "tried once"}.get(number, f"tried {number} times")


@alerts.command(epilog="Example: sunchi alerts test")
def test() -> None:
    """Send a trial message to each recipient of SUNCHI_NOTIFY. Exit code 1 if one failed."""
    from sunchi.alerts.notify import Notifier
    from sunchi.settings import load

    notifier = Notifier(load().recipients())
    if not notifier.recipients:
        raise SettingsError("there are no recipients: set SUNCHI_NOTIFY (see .env.example)")
    failed = False
    body = "If you can read this, Sunchi's alerts reach you."
    with ThreadPoolExecutor() as threads:  # at once: each may take as long as a service may
        send = partial(notifier.send, title="Sunchi: a trial message", body=body, severity="low")
        results = list(threads.map(send, [recipient.key for recipient in notifier.recipients]))
    for recipient, result in zip(notifier.recipients, results, strict=True):
        failed |= result.state != "sent"
        say(f"{escape(recipient.label)}: {result.state}" + (f": {escape(result.error)}" if result.error else ""))
    if failed:
        raise typer.Exit(1)


@alerts.command(epilog="Example: sunchi alerts retry")
def retry(verbose: Verbose = False) -> None:
    """Send now what has not reached everybody, also what was given up. Exit code 1 if anything still has not."""
    from sunchi.settings import load

    settings = load()
    if missing_database(settings):
        say(_NONE)
        return
    with open_store(settings) as store:
        due = store.retry(datetime.now(UTC))
        held = 0 if due else len(store.notifications(waiting=True))
    if not due:
        say(f"Nothing to retry; {held} held back, which `sunchi alerts list --waiting` shows." if held else _NONE)
        return
    note_command("alerts retry", settings)
    prepare_prefect(settings, verbose=verbose)
    from flows.deliver import deliver

    delivered = run(deliver())
    say_delivered(delivered)
    if delivered.pending or delivered.given_up:
        raise typer.Exit(1)
