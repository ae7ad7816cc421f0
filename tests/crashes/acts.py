"""The tasks of a Sunchi process, and the numbered steps at which it can be killed or stopped.

Each task is the flow itself, in its own process, without Prefect's engine, which starts a server for each run and does
not touch our data. A step is a moment at which something outside the process has just changed or is about to: a
transaction begins, has written, commits, has committed; a file is created, half written, written, on the disk, renamed;
a request is sent, its response has arrived; a delivery is handed over, sent, accepted, recorded as sent.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine, default

from flows import deliver, poll, reparse
from parsers import SOURCES
from sunchi import settings
from sunchi.alerts.notify import Notifier
from sunchi.archive import store as archive
from sunchi.errors import SunchiError
from sunchi.fetch.client import Fetcher
from sunchi.ingest import analysis
from sunchi.ingest import rebuild as replay
from sunchi.store import Store, migrate, versions
from tests.detecting import house_lexicon
from tests.ingest.press import Paper, parse, with_a_footer
from tests.web import Web

LEXICON = house_lexicon()
"""Read once, before the processes are forked."""

Notifier("json://127.0.0.1:9/")  # apprise reads in its services at the first address that it is given

SAID = 3
"""The exit code of an act that ended with an error in words, which `Order.said` then holds."""

HANDED, SENDING, RECORDED = "about to hand over", "message goes out", "message is recorded"
"""A message is in flight between the first of these steps and the last."""

_WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP")


@dataclass(frozen=True)
class Order:
    """The task of one process. `<notes>.steps` gets its steps as they come, `<notes>.said` its result."""

    act: str  # poll, deliver, reparse, rebuild, migrate
    at: datetime  # what its clock says
    settings: dict[str, str]
    notes: Path
    footer: bool = False  # its parser takes the footer of a page for text
    scripts: Path | None = None  # the migrations of its version of Sunchi, where not this one's
    kill_at: int | None = None  # the step at which it dies
    stop_at: int | None = None  # the step at which it stands still until it is told to go on

    @property
    def steps(self) -> list[str]:
        """The steps it reached."""
        file = self.notes.with_suffix(".steps")
        return file.read_text().splitlines() if file.exists() else []

    @property
    def said(self) -> str:
        """Its result, or its error."""
        file = self.notes.with_suffix(".said")
        return file.read_text() if file.exists() else ""


def perform(order: Order) -> None:
    """Perform the task, in the child process."""
    log = os.open(order.notes.with_suffix(".log"), os.O_CREAT | os.O_WRONLY)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update({f"SUNCHI_{name}": value for name, value in order.settings.items()})
    _watch(_stepper(order))
    _furnish(order)
    try:
        said, code = _ACTS[order.act](order), 0
    except SunchiError as error:
        said, code = str(error), SAID
    except BaseException:  # noqa: BLE001  nothing may go up into the process that this one was forked from
        said, code = traceback.format_exc(), 1
    order.notes.with_suffix(".said").write_text(said)
    os._exit(code)  # at once: nothing of the process that it was forked from is tidied up here


# --- the acts -------------------------------------------------------------------------------------------------------


def _poll(order: Order) -> str:
    done = asyncio.run(poll.poll.fn("paper", order.at))
    return f"{done.name}: {done.message}"


def _deliver(order: Order) -> str:
    return repr(asyncio.run(deliver.deliver.fn(order.at)))


def _reparse(order: Order) -> str:
    return repr(reparse.reparse.fn("paper"))


def _rebuild(order: Order) -> str:
    chosen = settings.load()
    kept = archive.Archive.open(chosen.archive_address())
    with Store.open(chosen.database()) as store:
        again = replay.rebuild(
            [SOURCES["paper"]], kept, store, analysis.Analyzer.open(chosen), chosen.first_poll, order.at
        )
        return repr(asyncio.run(again))


def _migrate(order: Order) -> str:
    return repr(migrate(settings.load().database()))


_ACTS: dict[str, Callable[[Order], str]] = {
    "poll": _poll,
    "deliver": _deliver,
    "reparse": _reparse,
    "rebuild": _rebuild,
    "migrate": _migrate,
}


def _furnish(order: Order) -> None:
    """Set up the newspaper as a source, its parser and a lexicon that is already read; without Prefect."""
    analyzer = analysis.Analyzer(LEXICON, None)  # type: ignore[arg-type]
    outlet = Paper(Web(""), Path(), analyzer, parse_article=with_a_footer if order.footer else parse)
    SOURCES["paper"] = outlet.outlet()
    analysis.load_lexicon = lambda _: LEXICON
    poll._read_lists, poll._read_articles = poll._read_lists.fn, poll._read_articles.fn
    deliver._send = deliver._send.fn
    poll.acreate_markdown_artifact = deliver.acreate_markdown_artifact = _no_artifact
    reparse.create_markdown_artifact = lambda **_: None
    if order.scripts:
        versions.SCRIPTS = order.scripts


async def _no_artifact(**_: object) -> None:
    """Artifacts belong to Prefect and are skipped."""


# --- the steps ------------------------------------------------------------------------------------------------------


def _stepper(order: Order) -> Callable[[str], None]:
    """Record each step, and die or stop at the ordered one."""
    numbers = count()
    notes = os.open(order.notes.with_suffix(".steps"), os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def step(name: str) -> None:
        number = next(numbers)
        os.write(notes, f"{name}\n".encode())
        if number == order.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == order.stop_at:
            os.kill(os.getpid(), signal.SIGSTOP)

    return step


def _watch(step: Callable[[str], None]) -> None:
    _watch_database(step)
    _watch_files(step)
    Fetcher._once = _around_call(Fetcher._once, step, "request goes out", "answer came")
    send = Notifier.send

    def sending(*words: Any) -> Any:
        step(SENDING)
        result = send(*words)
        step("message was taken")
        return result

    Notifier.send = sending
    hand_over, sent = Store.mark_sending, Store.mark_sent

    def handing(*words: Any) -> set[int]:
        step(HANDED)
        return hand_over(*words)

    def recording(*words: Any) -> None:
        sent(*words)
        step(RECORDED)

    Store.mark_sending, Store.mark_sent = handing, recording


def _around_call(call: Any, step: Callable[[str], None], before: str, after: str) -> Any:
    async def watched(*words: Any) -> Any:
        step(before)
        result = await call(*words)
        step(after)
        return result

    return watched


def _watch_database(step: Callable[[str], None]) -> None:
    commit: Callable[[Any, Any], None] = default.DefaultDialect.do_commit

    def committing(self: Any, connection: Any) -> None:
        step("about to commit")
        commit(self, connection)
        step("committed")

    default.DefaultDialect.do_commit = committing
    event.listen(Engine, "begin", lambda connection: step("transaction begins"))

    @event.listens_for(Engine, "after_cursor_execute")
    def written(_: object, __: object, statement: str, *rest: object) -> None:
        verb = statement.split(maxsplit=1)[0].upper()
        if verb in _WRITES:
            step(f"wrote: {' '.join(statement.split()[:3])}")


def _watch_files(step: Callable[[str], None]) -> None:
    create, write, rename, fsync = archive._created, archive.write_all, Path.replace, os.fsync

    def created(path: Path) -> Any:
        file = create(path)
        step("file made")
        return file

    def in_halves(file: Any, content: bytes) -> None:
        write(file, content[: len(content) // 2])
        step("file half written")
        write(file, content[len(content) // 2 :])
        step("file written")

    def synced(handle: int) -> None:
        fsync(handle)
        step("file on the disk")

    def renamed(self: Path, target: Any) -> Path:
        step("about to rename")
        path = rename(self, target)
        step("renamed")
        return path

    archive._created, archive.write_all = created, in_halves
    os.fsync = synced
    Path.replace = renamed
    sqlite3.connect = partial(sqlite3.connect, factory=_copier(step))


def _copier(step: Callable[[str], None]) -> type[sqlite3.Connection]:
    """A connection whose copying of a database has a step after every few pages."""

    class Copier(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, **_: Any) -> None:
            super().backup(target, pages=8, progress=lambda *_: step("some pages copied"))

    return Copier
