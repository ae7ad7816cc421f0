"""Output of the commands on the screen, and as lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sunchi.model import Salutation

_WIDE = 10_000
"""Columns without a terminal: nothing is cut or wrapped in a file or a pipe."""


def say(what: RenderableType = "") -> None:
    """Print text or a table: on a terminal with colours and at its width, in a pipe plain and uncut.

    Brackets in `what` are rich's own markup: `escape` text from a page, a file or an error.
    """
    _print(what, sys.stdout)


def warn(what: RenderableType) -> None:
    """Print on standard error, for messages that must not go into a pipe."""
    _print(what, sys.stderr)


def exit_with_faults(faults: Sequence[str]) -> None:
    """Print faults on standard error; if there are any, end the command with exit code 1."""
    for fault in faults:
        warn(escape(fault))
    if faults:
        raise typer.Exit(1)


def escape(text: str) -> str:
    """Return text of a page, a file or an error for `say`, without markup or terminal control characters."""
    from rich.markup import escape as escape_markup

    from sunchi.text.safe import visible

    return escape_markup(visible(text))


def _print(what: RenderableType, to: Any) -> None:
    from rich.console import Console

    width = None if to.isatty() else _WIDE
    Console(file=to, width=width, highlight=False).print(what, soft_wrap=isinstance(what, str))


def salutation_of(said: Salutation | None) -> str:
    """Return the salutation of a message in one word; "" without one."""
    return "" if said is None else said.word


def json_line(row: object) -> None:
    """Print one object on a line of its own; times are ISO 8601."""
    typer.echo(as_json(row))


def as_json(row: object) -> str:
    """Return one object in one line; invisible and terminal control characters are written as `\\u009b`."""
    from sunchi.text.safe import escape_json

    return escape_json(_written(row))


def _iso(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


_written = json.JSONEncoder(ensure_ascii=False, default=_iso).encode


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
