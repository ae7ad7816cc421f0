"""`sunchi alerts list|test|retry`."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape

from sunchi.cli import app
from sunchi.cli.poll import AsJson, Verbose
from sunchi.cli.running import prepare_prefect, say_delivered, screen
from sunchi.model import SunchiError

alerts = typer.Typer(help="What was said to whom, and what still waits.", no_args_is_help=True)
app.add_typer(alerts, name="alerts")


@alerts.command(
    "list", epilog="Examples: sunchi alerts list · sunchi alerts list --waiting · sunchi alerts list --json"
)
def list_alerts(
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what has not reached everybody.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Alerts, newest first, and how each recipient's delivery stands."""
    from sunchi.settings import load
    from sunchi.store import DeliveryState, Store

    with Store.open(load().database()) as store:
        found = store.alerts(limit=None if waiting else limit)
    if waiting:
        found = [a for a in found if any(each.state is not DeliveryState.SENT for each in a.deliveries)][:limit]
    for alert in found:
        if as_json:
            typer.echo(json.dumps(asdict(alert), default=str, ensure_ascii=False))
            continue
        screen.print(f"[bold]{escape(alert.title)}[/]  [dim]{alert.rule}, {alert.severity}, {_at(alert.made_at)}[/]")
        screen.print(f"  {escape(alert.url)}", soft_wrap=True)
        for each in alert.deliveries:
            sent = f"sent {_at(each.sent_at)}" if each.sent_at else f"{each.state}, {each.attempts} tries"
            screen.print(f"  {escape(each.label)}: {sent}" + (f": [red]{escape(each.error)}[/]" if each.error else ""))
        if not alert.deliveries:
            screen.print("  nobody was to be told: SUNCHI_NOTIFY named no recipient for this rule")
    if not found and not as_json:
        screen.print("No alerts wait." if waiting else "No alerts yet.")


@alerts.command(epilog="Example: sunchi alerts test")
def test() -> None:
    """A trial message to each recipient of SUNCHI_NOTIFY. Exit code 1 where one failed."""
    from sunchi.notify import Notifier
    from sunchi.settings import load

    notifier = Notifier(load().recipients())
    if not notifier.recipients:
        raise SunchiError("there is nobody to tell: set SUNCHI_NOTIFY (see .env.example)")
    failed = False
    for recipient in notifier.recipients:
        body = f"If you can read this, Sunchi's alerts reach you.\nTo: {recipient.label}"
        result = notifier.send(recipient.key, "Sunchi: a trial message", body, "low")
        failed |= result.state != "sent"
        screen.print(
            f"{escape(recipient.label)}: {result.state}" + (f": {escape(result.error)}" if result.error else "")
        )
    if failed:
        raise typer.Exit(1)


@alerts.command(epilog="Example: sunchi alerts retry")
def retry(verbose: Verbose = False) -> None:
    """Send what has not reached everybody, now. Exit code 1 where something still waits."""
    from sunchi.settings import load
    from sunchi.store import Store

    settings = load()
    with Store.open(settings.database()) as store:
        due = store.retry(datetime.now(UTC))
    if not due:
        screen.print("Nothing waits.")
        return
    prepare_prefect(settings, verbose=verbose)
    from flows.deliver import deliver

    delivered = asyncio.run(deliver())
    say_delivered(delivered)
    if delivered.pending:
        raise typer.Exit(1)


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
