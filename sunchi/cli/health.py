"""`sunchi health`: the state of Sunchi, for containers and monitoring."""

from __future__ import annotations

from dataclasses import asdict

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson
from sunchi.cli.screen import escape, json_line, moment, say


@app.command(epilog="Examples: sunchi health · sunchi health --json | jq .faults")
def health(as_json: AsJson = False) -> None:
    """Last good polls, open incidents, undelivered alerts, disk and database. Exit code 1 if something is wrong."""
    from datetime import UTC, datetime

    from sunchi.reports.health import health as look
    from sunchi.settings import load
    from sunchi.text import counted

    found = look(load(), datetime.now(UTC))
    if as_json:
        json_line({"well": not found.faults, "faults": found.faults} | asdict(found))
    else:
        for each in found.sources:
            if each.well and each.last_good_at:
                say(f"[green]ok[/]     {escape(each.source)}: last good poll {moment(each.last_good_at)}")
        for fault in found.faults:
            say(f"[red]wrong[/]  {escape(fault)}")
        say(f"{counted(len(found.incidents), 'open incident')}, {found.disk_free // 2**20:,} MB free")
    if found.faults:
        raise typer.Exit(1)
