"""`sunchi rescan`: analyses the stored texts again with a changed lexicon, and shows the difference before keeping
it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson
from sunchi.cli.progress import progress
from sunchi.cli.screen import escape, json_line, say
from sunchi.cli.stores import open_store

if TYPE_CHECKING:
    from sunchi.ingest.rescan import Differences

_QUOTE = 90  # characters of an example
_FEW = 300  # texts that this process reads before a worker has started


@app.command(epilog="Examples: sunchi rescan · sunchi rescan --yes · sunchi rescan --json")
def rescan(
    yes: Annotated[bool, typer.Option("--yes", help="Accept all changes without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read all stored texts again with today's lexicon and code; show what is gained and lost, and ask first.

    No page is parsed. Nobody is alerted, except about texts of the last two days that a fault of Sunchi's own had kept
    from being read. An interrupted rescan continues where it stopped. Without a terminal, nothing is accepted without
    --yes.
    """
    from sunchi.ingest.analysis import Analyzer
    from sunchi.ingest.audit import audit_entry
    from sunchi.ingest.rescan import accept, compare
    from sunchi.settings import load
    from sunchi.system.workers import processors, worker_processes

    settings = load()
    analyzer = Analyzer.open(settings)
    folder = settings.data_dir / "rescan"
    with open_store(settings) as store:
        store.refuse_half_rebuilt()
        number = store.count_articles()
        processes = processors() if number > _FEW else 1
        with (
            worker_processes(processes - 1, ready="sunchi.ingest.importing") as pool,
            progress("reading", "texts", number) as note,
        ):
            found = compare(store, analyzer.lexicon, folder, note=note, pool=pool, processes=processes)
        _show(found, as_json=as_json)
        if not (yes or _is_accepted(found, as_json=as_json)):
            return
        store.record_command(audit_entry("rescan", settings, datetime.now(UTC), analyzer.lexicon, analyzer.rules))
        with progress("writing", "texts", number) as note:
            accept(store, analyzer, folder, datetime.now(UTC), note=note)
    if not as_json:
        say(f"The signals of {found.changed:,} texts were replaced.")


def _show(found: Differences, *, as_json: bool) -> None:
    from rich.table import Table

    from sunchi.text import cut

    if as_json:
        kinds = {
            kind: {"gained": found.gained[kind], "lost": found.lost[kind], "altered": found.altered[kind]}
            for kind in found.kinds
        }
        examples = [asdict(each) for each in found.examples]
        json_line({"texts": found.texts, "changed": found.changed, "kinds": kinds, "examples": examples})
        return
    say(f"{found.texts:,} texts were read; {found.changed:,} of them now have other signals.")
    if not found.kinds:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("kind")
    for column in ("gained", "lost", "altered"):
        table.add_column(column, justify="right")
    for kind in found.kinds:
        table.add_row(kind, *(f"{each[kind]:,}" for each in (found.gained, found.lost, found.altered)))
    say(table)
    for each in sorted(found.examples, key=lambda each: (each.kind, each.change)):
        quote = cut(each.quote, _QUOTE)
        say(escape(f"{each.change}: {each.kind} {each.partner} {each.code} “{quote}” {each.article}"))


def _is_accepted(found: Differences, *, as_json: bool) -> bool:
    if not found.changed:
        return True
    if as_json or not sys.stdin.isatty():
        if not as_json:
            say("Nothing was changed: `sunchi rescan --yes` accepts this without reading the texts again.")
        return False
    return typer.confirm("Replace the stored signals?")
