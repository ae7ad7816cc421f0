"""The engine below the store: one way to read and one way to write, on either database.

Writers queue. On SQLite every writing transaction starts with BEGIN IMMEDIATE, so there is one at a time. On Postgres a
transaction that decides by what is stored (is this text known? is every link gone?) first takes an advisory lock on its
edition, so there is one at a time for each edition. What is read inside `_writing` is therefore still true when it is
written. Uniqueness constraints are a second safeguard, not the first.

A migration has the tables to itself. Every other writer first checks that the tables still have the version that it
opened, so an older program that runs while a newer one migrates stops with a message and writes nothing.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from polars.exceptions import PolarsError
from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from sunchi.errors import StoreError
from sunchi.settings import without_secrets
from sunchi.system.private import close_to_others, private_folder

BUSY_SECONDS = 30
SCHEMA = "schema"  # the lock of a migration
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)  # earlier than any stored time
BATCH = 500  # rows or bound values in a statement; both databases allow far more
T = TypeVar("T")

_HOW_TO_WRITE_IT = "write sqlite:///folder/sunchi.db or postgresql://user:password@host/name in SUNCHI_DATABASE_URL"
MEND = "run `sunchi restore latest`; without a backup move it away and run `sunchi rebuild`, which reads the archive"
_ADVICE = {  # a part of the driver's message -> how to fix it
    "locked": f"another process has been writing for {BUSY_SECONDS} s: end it, or try again",
    "lock timeout": f"another process has been writing for {BUSY_SECONDS} s: end it, or try again",
    "disk is full": "make room on the disk; nothing was half written",
    "readonly": "the file or its folder can't be written: check its owner and permissions",
    "unable to open": "check that the folder exists, and its owner and permissions",
    "I/O error": "the disk can't be read or written: check whether it is full or failing",
    "not a database": "the file is damaged or is something else: name another file, or {mend}",
    "malformed": "the file is damaged: {mend}",
    "no such": "the tables are not this program's, or are damaged: run `sunchi check`",
    "connection failed": "check that Postgres runs there, and the user, password and name in SUNCHI_DATABASE_URL",
    "closed the connection": "Postgres went away: what was being written was not; try again",
}


def address(url: str) -> URL:
    """Parse the database's address and set its driver; raises StoreError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: the port is no number
        raise StoreError(f"the database's address can't be read: {_HOW_TO_WRITE_IT}") from None
    if parsed.drivername == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreError(f"{shown(parsed)}: not a database that Sunchi can keep its store in: {_HOW_TO_WRITE_IT}")


def shown(url: URL) -> str:
    """Return the address without its secrets."""
    return without_secrets(url.render_as_string(hide_password=False))


def file_of(url: URL) -> Path | None:
    """Return the file of an SQLite database; None for Postgres."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def keep_private(url: URL) -> None:
    """Close an SQLite file, and the files that SQLite keeps beside it, to everybody but the owner."""
    if file := file_of(url):
        for each in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
            with suppress(FileNotFoundError):
                close_to_others(each)


def make_folder(url: URL) -> None:
    """Create the folder of an SQLite file; raises StoreError."""
    if file := file_of(url):
        try:
            if not file.parent.is_dir():
                private_folder(file.parent)
        except OSError as error:
            raise StoreError(f"{shown(url)}: {file.parent} can't be created: {error.strerror}") from None


def engine(url: URL, *, foreign_keys: bool = True) -> Engine:
    """Return an engine whose transactions begin as the module's docstring says; it does not connect yet."""
    to_json = partial(json.dumps, ensure_ascii=False)
    if url.get_backend_name() == "postgresql":
        made = create_engine(url, json_serializer=to_json, pool_pre_ping=True, connect_args={"connect_timeout": 10})
        event.listen(made, "connect", _set_up_postgres)
        return made
    made = create_engine(url, json_serializer=to_json)
    event.listen(made, "connect", partial(_set_up_sqlite, foreign_keys=foreign_keys))
    event.listen(made, "begin", _begin_sqlite)
    return made


def _set_up_postgres(connection: Any, record: object) -> None:
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _set_up_sqlite(connection: sqlite3.Connection, record: object, *, foreign_keys: bool) -> None:
    connection.isolation_level = None  # sqlite3 begins no transaction of its own; _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _use_wal(connection)
    connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, and retry if two processes do so at once: SQLite refuses one of them despite busy_timeout."""
    give_up_at = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up_at:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """An engine with the two ways to use it. The driver's errors become StoreErrors."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._version: str | None = None  # of the tables when they were opened
        self._together = _Together()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Join this thread's reads and writes within the block into one transaction.

        A write that raises is undone alone; an exception that leaves the block undoes all of them.
        """
        outer = self._together.connection
        with self._writing() as connection:
            self._together.connection = connection
            try:
                yield
            finally:
                self._together.connection = outer

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._together.connection is not None:
            yield self._together.connection
            return
        try:
            with translate_errors(self._engine.url), self._engine.connect() as connection:
                yield connection
        except (ValueError, PolarsError) as error:  # a damaged time, number or JSON
            words = f"contains data that Sunchi did not write ({str(error).partition(chr(10))[0]})"
            raise StoreError(f"{shown(self._engine.url)}: {words}: it is damaged: {MEND}") from error

    @contextmanager
    def _writing(self, *lock: str) -> Iterator[Connection]:
        """Open a transaction that is rolled back on any exception. `lock` is what other writers must wait for."""
        if (outer := self._together.connection) is not None:
            with translate_errors(self._engine.url), outer.begin_nested():
                if lock:
                    take_lock(outer, *lock)
                yield outer
            return
        with translate_errors(self._engine.url), self._writer.begin() as connection:
            if self._version is not None:
                take_lock(connection, SCHEMA, shared=True)
                self._check_version(connection)
            if lock:
                take_lock(connection, *lock)
            yield connection

    def damage(self) -> str:
        """Return what SQLite finds wrong with its file; "" if nothing, and on Postgres."""
        if self._engine.dialect.name != "sqlite":
            return ""
        with self._reading() as connection:
            said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        return "" if said == "ok" else f"{shown(self._engine.url)}: {str(said).splitlines()[-1]}: {MEND}"

    def _check_version(self, connection: Connection) -> None:
        found = stored_version(connection)
        if found != self._version:
            raise StoreError(
                f"{shown(self._engine.url)}: its tables went from version {self._version} to {found} meanwhile: "
                "start again, with the program that migrated them"
            )


def stored_version(connection: Connection) -> str | None:
    """Return the version of the tables, which Alembic keeps in one of its own."""
    version: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return version


class _Together(threading.local):
    """The open transaction that a thread's reads and writes join; usually none."""

    connection: Connection | None = None


def take_lock(connection: Connection, *lock: str, shared: bool = False) -> None:
    """Wait for a lock and hold it to the end of the transaction; a shared one waits only for an exclusive one.

    On SQLite nothing is done, since it has one writer at a time.
    """
    if connection.dialect.name == "postgresql":
        name = func.hashtextextended("sunchi/" + "/".join(lock), 0)
        take = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
        connection.execute(select(take(name)))


@contextmanager
def translate_errors(url: URL, mend: str = MEND) -> Iterator[None]:
    """Turn the driver's errors into StoreErrors with advice; a violated constraint is our bug and passes through.

    `mend`: what to do about a damaged file.
    """
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()[0]
        advice = next((words for part, words in _ADVICE.items() if part in said), "see the database's own log")
        raise StoreError(f"{shown(url)}: {said}: {advice.format(mend=mend)}") from error


def insert(connection: Connection, table: Table) -> Any:
    """Return an insert with `on_conflict_do_nothing` and `on_conflict_do_update`, which both databases have."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def narrow(
    query: Select[Any], *conditions: tuple[Callable[[Any, Any], Any], ColumnElement[Any], object]
) -> Select[Any]:
    """Add the conditions `(operator, column, value)` to a query, except those whose value is None."""
    return query.where(*(compare(column, value) for compare, column, value in conditions if value is not None))


def unindexed(column: ColumnElement[str]) -> ColumnElement[str]:
    """Return a text column for which no index is used, because another condition matches far fewer rows.

    SQLite has no statistics, and would prefer equality with a value that all rows have.
    """
    return column.concat("")


def in_edition(table: Table, source: str, lang: str, *, indexed: bool = True) -> ColumnElement[bool]:
    """Return the condition that a row is of the edition; `indexed=False`: see `unindexed`."""
    of_source, of_lang = (table.c.source, table.c.lang) if indexed else map(unindexed, (table.c.source, table.c.lang))
    return (of_source == source) & (of_lang == lang)


def batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the items, BATCH at a time."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
