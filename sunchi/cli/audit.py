"""`sunchi audit`: who changed what."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.screen import AsJson, escape, json_line, moment, say
from sunchi.cli.stores import open_store

if TYPE_CHECKING:
    from sunchi.store import AuditEntry


@app.command(epilog="Examples: sunchi audit · sunchi audit --limit 500 --json")
def audit(limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50, as_json: AsJson = False) -> None:
    """Who ran which writing command and when, and what had changed in program, lexicon, rules or settings; newest
    first."""
    from sunchi.settings import load

    with open_store(load()) as store:
        found = store.audit_entries(limit)
    for place, each in enumerate(found):
        if as_json:
            json_line(asdict(each) | {"settings": json.loads(each.settings)})
            continue
        say(f"{moment(each.at)}  [bold]{escape(each.command)}[/]  {escape(each.user)}")
        before = next((other for other in found[place + 1 :] if other.user == each.user), None)
        for words in _changes(before, each) if before else ():
            say(f"  {escape(words)}")
    if not found and not as_json:
        say("Nothing yet.")


def _changes(before: AuditEntry, after: AuditEntry) -> list[str]:
    """Return what changed since an earlier entry; a command that reads no lexicon shows no change of it."""
    was, now = json.loads(before.settings), json.loads(after.settings)
    for name in ("program_version", "lexicon_version", "rules_version"):
        if getattr(before, name) and getattr(after, name):
            was[name], now[name] = getattr(before, name), getattr(after, name)
    return [
        f"{name}: {was.get(name)} → {now.get(name)}" for name in sorted(was | now) if was.get(name) != now.get(name)
    ]
