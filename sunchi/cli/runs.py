"""Shared by the commands that run flows: Prefect's settings, polling several sources, the table of results."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sunchi.cli.screen import escape, say, warn
from sunchi.errors import SettingsError, SunchiError
from sunchi.system.private import close_to_others, private_folder, try_folder, write_private

if TYPE_CHECKING:
    import asyncio

    from rich.table import Table

    from flows.deliver import Delivered
    from sunchi.settings import Settings
    from sunchi.store import Poll

T = TypeVar("T")


def prepare_prefect(settings: Settings, *, verbose: bool = False) -> None:
    """Set where Prefect keeps its runs and what it prints. Call this before importing Prefect, which reads it once.

    Variables already in the environment are left alone; that is how an existing Prefect server is used.
    """
    for name, value in {
        "PREFECT_HOME": str((settings.data_dir / "prefect").absolute()),
        # By default Prefect writes the pages of its UI beside its code, where it may lack permission.
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str((settings.data_dir / "prefect" / "ui").absolute()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "sunchi",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "INFO" if verbose else "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        # Task runs are written once a second: concurrent writes on SQLite are refused, and Prefect retries them only
        # after two seconds or more.
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        # The lease of a deployment's one slot is kept on disk. By default it is kept in memory, and after a crash the
        # slot would stay taken and every later run would be cancelled.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        # Old runs and their logs are deleted.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 24 * 3600),
    }.items():
        os.environ.setdefault(name, value)
    _make_home(Path(os.environ["PREFECT_HOME"]))
    for name, value in _login(settings).items():
        os.environ.setdefault(name, value)


_ROOM = 16 * 2**20
"""Bytes that must be free on the disk; Prefect's own database takes about a megabyte."""


def _make_home(home: Path) -> None:
    """Create Prefect's own folder, closed to others; raise if it can't be written, or the disk is full."""
    try:
        private_folder(home)  # Prefect creates one folder, but not its parents
        if not (database := home / "prefect.db").exists():
            write_private(
                database, ""
            )  # SQLite accepts an empty file, and creates its companions with the same permissions
        for database in home.glob("prefect.db*"):
            close_to_others(database)
        free = shutil.disk_usage(home).free
    except OSError as error:
        raise SettingsError(f"SUNCHI_DATA_DIR: {home} can't be created: {error.strerror}") from None
    if free < _ROOM:  # Prefect's server would not start, without saying why
        raise SunchiError(f"{home}: the disk is full, {free // 2**20} MB are left: make room; nothing was run")
    try_folder(home, "SUNCHI_DATA_DIR")  # on a read-only one Prefect's server would not start either


def _login(settings: Settings) -> dict[str, str]:
    """Return the password in the form that Prefect's server and clients use; it appears in no command line.

    A server of the user's own, which PREFECT_API_URL names, receives no password but SUNCHI_PASSWORD.
    """
    if settings.password:
        password = settings.password.get_secret_value()
    elif os.environ.get("PREFECT_API_URL"):
        return {}
    else:
        password = _own_password(password_file(settings))
    from sunchi.system.guard import USER

    words = f"{USER}:{password}"
    return {"PREFECT_SERVER_API_AUTH_STRING": words, "PREFECT_API_AUTH_STRING": words}


def password_file(settings: Settings) -> Path:
    """Return the file with the password generated for a data folder."""
    return settings.data_dir / "prefect" / "password"


def _own_password(file: Path) -> str:
    """Return the password of a data folder, generated when first needed. Raises SettingsError."""
    try:
        private_folder(file.parent)
        with suppress(FileExistsError):  # another process made it
            write_private(file, secrets.token_urlsafe(24))
        close_to_others(file)
        password = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"SUNCHI_DATA_DIR: {file} can't be written: {error.strerror}") from None
    if not password:
        raise SettingsError(f"{file} is empty: delete it, and a new password will be made")
    return password


def run(flows: Coroutine[Any, Any, T]) -> T:
    """Run flows in this process; raises SunchiError if Prefect's server for them does not start."""
    import asyncio

    from prefect import tags

    from flows.naming import TAG

    try:
        with tags(TAG):
            return asyncio.run(flows)
    except KeyboardInterrupt:
        warn("Stopped. What was read is stored, and the next pass continues from there.")
        raise
    except RuntimeError as error:
        if "ephemeral Prefect API server" not in str(error):
            raise
        raise SunchiError(
            "Prefect's server did not start in time, so nothing was run; try again when the machine is less busy, or "
            "allow more time: PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS=300"
        ) from None


async def poll_all(sources: Sequence[str], as_of: datetime | None = None) -> list[Poll]:
    """Poll every source in a flow run of its own, all at the same time; a failure does not affect the others."""
    import asyncio

    runs = [await _begun(source, as_of) for source in sources]
    return [await _result(source, state) for source, state in zip(sources, await asyncio.gather(*runs), strict=True)]


async def _begun(source: str, as_of: datetime | None) -> asyncio.Task[Any]:
    """Start a run of `poll`; return once it is under way or has ended.

    Runs are started one after the other: Prefect's server on SQLite refuses runs created at the same moment, and its
    client waits two seconds or more before it retries.
    """
    import asyncio

    from flows.poll import poll

    begun = asyncio.Event()

    def next_may_begin(flow: object, flow_run: object, state: object) -> None:
        begun.set()

    flow = poll.with_options(on_running=[next_may_begin])
    run = asyncio.ensure_future(flow(source, as_of, return_state=True))
    waiting = asyncio.ensure_future(begun.wait())
    await asyncio.wait({run, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    return run


async def _result(source: str, state: Any) -> Poll:
    """Return the `Poll` in the last state of a run; for a run that failed, a `Poll` that says why."""
    from sunchi.store import Poll

    found = await state.aresult(raise_on_failure=False)
    if isinstance(found, Poll):
        return found
    outcome, words = "ok", str(state.message)
    if isinstance(found, SunchiError):
        outcome, words = "failed", str(found)
    elif isinstance(found, BaseException):
        outcome, words = "failed", f"aborted: {found!r}; the run's log in the Prefect UI has the rest"
    now = datetime.now(UTC)
    nothing = dict.fromkeys(("listed", "new", "changed", "gone", "failed", "signals", "alerts"), 0)
    return Poll(source, started_at=now, ended_at=now, outcome=outcome, words=words, **nothing)


def table_of(polls: Sequence[Poll]) -> Table:
    """Return a table with one row for each poll."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("source", no_wrap=True)
    for name in ("listed", "new", "changed", "gone", "signals", "alerts"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("outcome", overflow="fold")
    for each in polls:
        numbers = (each.listed, each.new, each.changed, each.gone, each.signals, each.alerts)
        colour = {"failed": "red", "noted": "yellow"}.get(each.outcome, "green")
        words = f"{each.outcome}: {each.words}" if each.words else each.outcome
        table.add_row(each.source, *map(str, numbers), f"[{colour}]{escape(words)}[/]")
    return table


def say_delivered(delivered: Delivered, *, aside: bool = False) -> None:
    """Show what was delivered; on standard error if `aside`, since standard output is then for a machine."""
    tell = warn if aside else say
    if (delivered.sent or delivered.pending) and not aside:
        say(f"\nalerts and notices sent: {delivered.sent}, waiting: {delivered.pending}")
    for error in delivered.errors:
        tell(f"[red]{escape(error)}[/]")
    if delivered.given_up:
        tell(f"given up after a week of failures: {delivered.given_up}; `sunchi alerts retry` sends them.")
    if delivered.pending:
        tell("The next pass retries what is waiting; `sunchi alerts retry` retries at once.")
