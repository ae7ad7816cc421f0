"""`sunchi report`: the report as one HTML file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.output import out_file
from sunchi.cli.screen import Since, Until, check_days, escape, say
from sunchi.cli.stores import open_store


@app.command(epilog="Example: sunchi report --since 2024-10-01 --out october.html")
def report(
    since: Since = None,
    until: Until = None,
    out: Annotated[Path, typer.Option(dir_okay=False, help="One HTML file that opens anywhere.")] = Path("report.html"),
) -> None:
    """Write a report with charts, messages, formulas and alerts; of the last 30 days unless days are given."""
    from sunchi.lexicon import load as load_lexicon
    from sunchi.reports.html import render
    from sunchi.settings import load

    last = until or datetime.now(UTC).date()
    first = since or last - timedelta(days=29)
    check_days(first, last)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    with open_store(settings) as store, out_file(out) as file:
        page = render(store, since=first, until=last, lexicon=lexicon, notice=settings.notice())
        file.write_text(page, encoding="utf-8")
    say(escape(f"{first} to {last}, written: {out}"))
