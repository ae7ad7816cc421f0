"""`sunchi due`: what is awaited, came, or did not come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.empty import say_nothing
from sunchi.cli.inputs import Files, select_past
from sunchi.cli.options import AsCsv, AsJson, Partner, one_output, parse_day, partner_of
from sunchi.cli.screen import exit_with_faults, json_line, say
from sunchi.cli.spreadsheet import csv_rows

if TYPE_CHECKING:
    from sunchi.history.coverage import Coverage
    from sunchi.history.due import Due
    from sunchi.lexicon import Lexicon

COLUMNS = (
    "day", "first", "last", "state", "partner", "direction", "level", "class", "occasion", "by", "came_on", "days_late",
    "earlier", "words", "trouble", "edition", "title", "url", "article",
)  # fmt: skip
AROUND = 30
"""Days before and after the day of `sunchi due`."""

_SIGNS = {"awaited": "…", "came": "✓", "came late": "~", "missing": "✗", "not known": "?"}
_COLOURS = {"awaited": "", "came": "green", "came late": "yellow", "missing": "bold red", "not known": "dim"}


@app.command(epilog="Examples: sunchi due · sunchi due --on 2024-10-09 · sunchi due --partner RU --days 90 --json")
def due(
    files: Files = None,
    on: Annotated[
        date | None,
        typer.Option(parser=parse_day, metavar="DATE", help="The day; default: the archive's last."),
    ] = None,
    days: Annotated[int, typer.Option(min=0, max=400, help="The number of days before and after it.")] = AROUND,
    partner: Partner = "",
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """What is due between Pyongyang and other states around a day: awaited …
    until a day, came ✓, came late ~, missing ✗, not known ?.

    A message, reply or wreath is due if calendar.csv has it for that state, or
    if one like it came in two of the last three years, including last year. It
    is "not known" whether it came if the archive lacks those days, or if the
    source brought less than usual then. The table shows each message once, with
    the editions in which this is so; --csv and --json have a row for each edition.
    """
    from datetime import UTC, datetime, timedelta

    from sunchi.history.baseline import MessageHistory
    from sunchi.history.due import due as due_between
    from sunchi.history.items import items_of
    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load

    one_output(as_csv=as_csv, as_json=as_json)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    state = partner_of(partner, lexicon)
    past = select_past(files, settings, lexicon)
    if past is None:
        return
    coverage = past.coverage.until(on) if on else past.coverage
    last_days = [day for edition in coverage.editions if (day := coverage.last_day(edition))]
    day = on or max(last_days, default=datetime.now(UTC).date())
    items = [item for item in items_of(past.signals, past.articles, lexicon) if item.date <= day]
    around = timedelta(days=days)
    found = [
        each
        for each in due_between(MessageHistory(items), coverage, lexicon, day - around, day + around, day)
        if state in ("", each.partner)
    ]
    if as_csv:
        csv_rows(COLUMNS, [_row(each, lexicon) for each in found])
    elif as_json:
        for each in found:
            json_line(_row(each, lexicon))
    else:
        _show(found, day, days, past.coverage, lexicon)
    exit_with_faults(past.faults)


def _row(due: Due, lexicon: Lexicon) -> dict[str, Any]:
    """Return the values of COLUMNS."""
    came = due.came
    return {
        "day": due.day,
        "first": due.first,
        "last": due.last,
        "state": due.state,
        "partner": due.partner,
        "direction": due.direction,
        "level": due.level,
        "class": due.message_class,
        "occasion": due.occasion,
        "by": due.by,
        "came_on": came.date if came else None,
        "days_late": due.days_late if came else None,
        "earlier": [str(item.date) for item in due.earlier],
        "words": due.in_words(lexicon),
        "trouble": due.trouble,
        "edition": due.edition,
        "title": came.title if came else "",
        "url": came.url if came else "",
        "article": came.article if came else "",
    }


def _show(found: Sequence[Due], day: date, days: int, coverage: Coverage, lexicon: Lexicon) -> None:
    from rich.table import Table
    from rich.text import Text

    from sunchi.history.due import AWAITED, once
    from sunchi.text.safe import visible

    shown = once(found)
    if not shown:
        say_nothing(f"Nothing is due in the {days} days before and after {day}.", coverage)
        return
    say(f"In the {days} days before and after {day}:")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("due", "state", "message", "in", "seen before", "by"):
        narrow = column in ("due", "state", "by")
        table.add_column(column, overflow="fold", no_wrap=narrow, min_width=18 if column == "message" else None)
    for each, editions in shown:
        came = (
            f" {each.came.date:%-d %b}" if each.came else f" until {each.last:%-d %b}" if each.state == AWAITED else ""
        )
        table.add_row(
            f"{each.day:%-d %b %Y}",
            Text(f"{_SIGNS[each.state]} {each.state}{came}", _COLOURS[each.state]),
            visible(each.in_words(lexicon)),
            "\n".join(editions),
            "\n".join(dict.fromkeys(f"{item.date:%-d %b %Y}" for item in each.earlier[:3])),
            each.by,
        )
    say(table)
    states = [each.state for each, _ in shown]
    say("\n" + ", ".join(f"{states.count(state)} {state}" for state in _SIGNS if state in states))
