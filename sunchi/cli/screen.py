"""What the commands share of the screen: how things are shown, and the options that several of them have."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from rich.console import RenderableType

_WIDE = 10_000
"""Columns where there is no terminal: a file or a pipe takes lines of any length, and nothing is cut."""


def say(what: RenderableType = "") -> None:
    """Shows text or a table: on a terminal with colours, to its width; into a pipe plain and whole.

    Brackets in `what` are rich's own markup: `escape` what comes from a page, a file or an error.
    """
    _print(what, sys.stdout)


def warn(what: RenderableType) -> None:
    """The same on standard error: for what is to be seen where the output goes into another program."""
    _print(what, sys.stderr)


def exit_with_faults(faults: Sequence[str]) -> None:
    """Says what could not be read, on standard error; where there is something, the command ends with exit code 1."""
    for fault in faults:
        warn(escape(fault))
    if faults:
        raise typer.Exit(1)


def escape(text: str) -> str:
    """Text of a page, a file or an error as `say` may show it: nothing in it is taken for markup or for a command to
    the terminal."""
    from rich.markup import escape as escape_markup

    from sunchi.text.safe import visible

    return escape_markup(visible(text))


def _print(what: RenderableType, to: Any) -> None:
    from rich.console import Console

    width = None if to.isatty() else _WIDE
    Console(file=to, width=width, highlight=False).print(what, soft_wrap=isinstance(what, str))


def json_line(row: object) -> None:
    """One object on a line of its own; times as ISO 8601."""
    typer.echo(as_json(row))


def as_json(row: object) -> str:
    """One object in one line, its texts whole; what a terminal obeys, or nobody sees, is written as `\\u009b`."""
    from sunchi.text.safe import escape_json

    return escape_json(_written(row))


def _iso(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


_written = json.JSONEncoder(ensure_ascii=False, default=_iso).encode


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def parse_day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2024-10-06") from None


def check_days(since: date | None, until: date | None) -> None:
    """Raises SettingsError where the days asked for are none."""
    if since and until and since > until:
        raise SettingsError(f"--since {since} is after --until {until}")


AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
AsCsv = Annotated[
    bool,
    typer.Option(
        "--csv",
        help="A table for a spreadsheet, in UTF-8; an apostrophe stands before what would run there as a formula.",
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's own log, too.")]
Partner = Annotated[str, typer.Option(help="A state, by code or name: CN, China.")]
Paper = Annotated[str, typer.Option(help="kcna, rodong or hani.")]
Language = Annotated[str, typer.Option(help="en, ko or zh.")]
Since = Annotated[date | None, typer.Option(parser=parse_day, metavar="DATE", help="First day, as 2024-10-06.")]
Until = Annotated[date | None, typer.Option(parser=parse_day, metavar="DATE", help="Last day.")]
