"""The version of the tables: created in a new database, checked on opening, changed by `migrate`."""

from __future__ import annotations

import sqlite3
from collections.abc import Set
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, inspect

from sunchi.errors import StoreError
from sunchi.store.database import MEND, SCHEMA, Database, address, engine, file_of, shown, stored_version
from sunchi.store.schema import metadata
from sunchi.system.atomic import unused
from sunchi.system.private import close_to_others

SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


@dataclass(frozen=True, slots=True)
class Migrated:
    """The result of `migrate`; nothing was done if `before == after` and there is no backup."""

    before: str | None  # None: the database was empty
    after: str
    backup: Path | None  # SQLite: the file as it was before


def ready(database: Database, url: URL) -> None:
    """Create the tables of an empty database; raises StoreError if the tables are not those of this program."""
    with database._reading() as connection:
        tables = set(inspect(connection).get_table_names())
        version = _version(connection, tables, url)
    if version is None:
        _upgrade(url)
    elif version != _head():
        first = "which keeps a copy of the file first" if file_of(url) else "after a copy with `pg_dump`"
        raise StoreError(
            f"{shown(url)}: its tables have version {version}, this program needs {_head()}: "
            f"run `sunchi migrate`, {first}"
        )
    elif lacking := sorted(set(metadata.tables) - tables):
        raise StoreError(f"{shown(url)}: damaged: {', '.join(lacking)} missing: {MEND}")
    database._version = _head()


def migrate(url: str) -> Migrated:
    """Bring the tables to this program's version in one transaction; raises StoreError and leaves them as they were.

    An SQLite file is copied first, to `<file>.<version>.bak` beside it.
    """
    return _upgrade(address(url))


def _upgrade(url: URL) -> Migrated:
    # Foreign keys are off meanwhile: SQLite alters a table by creating a new one and dropping the old one.
    made = engine(url, foreign_keys=False)
    try:
        with Database(made)._writing(SCHEMA) as connection:
            before = _version(connection, set(inspect(connection).get_table_names()), url)
            if before == _head():
                return Migrated(before, before, None)
            backup = _copy(url, before) if before else None
            command.upgrade(_config(connection), "head")
            _check_references(connection, url)
            return Migrated(before, _head(), backup)
    finally:
        made.dispose()


def _version(connection: Connection, tables: Set[str], url: URL) -> str | None:
    """Return the version of the tables, None if there are none; raises StoreError for another program's tables."""
    version = stored_version(connection) if "alembic_version" in tables else None
    if version is None:
        if tables:
            raise StoreError(
                f"{shown(url)}: not a database of Sunchi's, it has {', '.join(sorted(tables)[:5])}: name another"
            )
        return None
    if version not in {script.revision for script in _scripts().walk_revisions()}:
        raise StoreError(
            f"{shown(url)}: its tables have version {version}, which this program does not know: "
            "a newer Sunchi made them; use that one"
        )
    return version


def _copy(url: URL, version: str) -> Path | None:
    """Copy the last committed state of the file, never over an older copy; return the copy."""
    file = file_of(url)
    if file is None:
        return None
    backup = unused(file.with_name(f"{file.name}.{version}"), ".bak")
    part = backup.with_name(backup.name + ".part")
    for left_over in (part, part.with_name(part.name + "-journal")):  # by a crash in mid-copy
        left_over.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
        close_to_others(part)
        source.backup(target)
    part.replace(backup)
    return backup


def _check_references(connection: Connection, url: URL) -> None:
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise StoreError(
            f"{shown(url)}: {len(broken)} rows would have dangling references, the first in {broken[0][0]}; undone"
        )


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return _scripts_in(SCRIPTS)


@cache
def _scripts_in(folder: Path) -> ScriptDirectory:
    """Return the migrations of a folder, read once, since every opening of a store needs the newest version."""
    return ScriptDirectory(folder)


def _head() -> str:
    head = _scripts().get_current_head()
    assert head is not None  # noqa: S101  the package holds its migrations
    return head
