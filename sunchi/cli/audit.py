"""`sunchi audit`: who changed what."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson
from sunchi.cli.screen import escape, json_line, moment, say
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
    for each, changes in zip(found, reversed(_changes(reversed(found))), strict=True):
        if as_json:
            json_line(asdict(each) | {"settings": json.loads(each.settings)})
            continue
        say(f"{moment(each.at)}  [bold]{escape(each.command)}[/]  {escape(each.user)}")
        for words in changes:
            say(f"  {escape(words)}")
    if not found and not as_json:
        say("Nothing yet.")


_VERSIONS = ("program_version", "lexicon_version", "rules_version")


def _changes(entries: Iterable[AuditEntry]) -> list[list[str]]:
    """Return for each entry, the oldest first, what has changed since the same user's entries before it.

    A command that reads no lexicon has no version of it: the next one that does is compared with the last that did.
    """
    last: dict[str, dict[str, object]] = {}  # user -> settings and versions
    changes = []
    for each in entries:
        before = last.get(each.user, {})
        versions = {name: getattr(each, name) or before.get(name) for name in _VERSIONS}
        now = last[each.user] = json.loads(each.settings) | versions
        changes.append(
            [
                f"{name}: {before.get(name)} → {now.get(name)}"
                for name in sorted(before | now if before else ())
                if before.get(name) != now.get(name) and (before.get(name) or name not in _VERSIONS)
            ]
        )
    return changes
