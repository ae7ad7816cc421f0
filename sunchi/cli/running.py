"""What the commands that run flows share: where Prefect lives, one pass over several sources, its table."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sunchi.model import SettingsError, SunchiError
from sunchi.settings import Settings

if TYPE_CHECKING:
    from flows.deliver import Delivered
    from sunchi.store import Poll

screen = Console()


def prepare_prefect(settings: Settings, *, verbose: bool = False) -> None:
    """Settles where Prefect keeps its runs and what it prints; before its first import, since it reads this only once.

    What stands in the environment already is left alone: that is how an existing Prefect server is used.
    """
    for name, value in {
        "PREFECT_HOME": str((settings.data_dir / "prefect").absolute()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # a new database on a slow machine takes a while
        "PREFECT_LOGGING_EXTRA_LOGGERS": "sunchi",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "INFO" if verbose else "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    }.items():
        os.environ.setdefault(name, value)
    home = Path(os.environ["PREFECT_HOME"])
    try:
        home.mkdir(parents=True, exist_ok=True)  # Prefect makes one folder, and not those that it lies in
    except OSError as error:
        raise SettingsError(f"SUNCHI_DATA_DIR: {home} cannot be made: {error.strerror}") from None


APART = 0.3
"""Seconds between the beginnings of runs: Prefect on SQLite refuses those of one moment, and its client waits 2 s."""


async def poll_all(sources: Sequence[str], as_of: datetime | None = None) -> list[Poll]:
    """Every source in a flow run of its own, at the same time: none waits for another, none fails another."""
    from flows.poll import poll

    async def begin(place: int, source: str) -> Any:
        await asyncio.sleep(APART * place)
        return await poll(source, as_of, return_state=True)

    states = await asyncio.gather(*(begin(place, source) for place, source in enumerate(sources)))
    return [await _result(source, state) for source, state in zip(sources, states, strict=True)]


async def _result(source: str, state: Any) -> Poll:
    """The `Poll` in the last state of a run; of a run that broke off, one that says why."""
    from sunchi.store import Poll

    found = await state.aresult(raise_on_failure=False)
    if isinstance(found, Poll):
        return found
    now = datetime.now(UTC)
    outcome, words = "ok", str(state.message)
    if isinstance(found, SunchiError):
        outcome, words = "failed", str(found)
    elif isinstance(found, BaseException):
        outcome, words = "failed", f"broke off: {found!r}; the run's log in the Prefect UI has the rest"
    return Poll(source, now, now, 0, 0, 0, 0, 0, 0, 0, outcome, words)


def table_of(polls: Sequence[Poll]) -> Table:
    """The table by source that every pass ends with."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("source")
    for name in ("listed", "new", "changed", "gone", "signals", "alerts"):
        table.add_column(name, justify="right")
    table.add_column("outcome", overflow="fold")
    for each in polls:
        numbers = (each.listed, each.new, each.changed, each.gone, each.signals, each.alerts)
        word, colour = {"failed": ("failed", "red"), "noted": ("ok", "yellow")}.get(each.outcome, ("ok", "green"))
        words = f"{word}: {each.error}" if each.error else word
        table.add_row(each.source, *map(str, numbers), f"[{colour}]{escape(words)}[/]")
    return table


def say_delivered(delivered: Delivered) -> None:
    """What became of the alerts that were due."""
    if delivered.sent or delivered.pending:
        screen.print(f"\nalerts sent: {delivered.sent}, waiting: {delivered.pending}")
    for error in delivered.errors:
        screen.print(f"[red]{escape(error)}[/]")
    if delivered.pending:
        screen.print("What waits is tried again by the next pass; `sunchi alerts retry` makes it due now.")
