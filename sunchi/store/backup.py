"""Backups of the database: taken while it is in use, verified, limited in number; and restored.

SQLite is copied by its own online backup, Postgres by `pg_dump`. A copy is written whole or not at all, and only its
owner can read it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path

from sqlalchemy import URL, inspect, text

from sunchi.errors import StoreError
from sunchi.store.database import LONG_AGO, MEND, Database, address, engine, file_of, shown, translate_errors
from sunchi.store.delivery_journal import DeliveryJournal
from sunchi.system.alone import alone
from sunchi.system.atomic import atomic_file, sync, unused
from sunchi.system.private import close_to_others, private_folder
from sunchi.text import counted

LATEST = "latest"
_NAME = re.compile(r"sunchi-\d{8}T\d{6}Z\.(db|dump)")
_COUNTS = "SELECT (SELECT max(at) FROM responses), (SELECT count(*) FROM articles), (SELECT count(*) FROM revisions)"
_NAME_ANOTHER = "name another backup; nothing was changed"
_WAIT = 2.0
"""Seconds that a restore waits for others to close the database."""

_POSTGRES_TOOLS = "install the PostgreSQL client programs (Debian: postgresql-client), of the server's version or newer"


def backup_name(url: str, now: datetime) -> str:
    """Return the name for a copy taken now: `sunchi-20261128T030000Z.db`, of Postgres `….dump`."""
    suffix = "db" if file_of(address(url)) else "dump"
    return f"sunchi-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.{suffix}"


def back_up(url: str, backup: Path) -> None:
    """Write a verified copy of the database to a file. Raises StoreError, and leaves no file, if that fails."""
    at = address(url)
    try:
        private_folder(backup.parent)
        with atomic_file(backup) as part:
            close_to_others(part)
            if file := file_of(at):
                with translate_errors(at):
                    _copy_sqlite(file, part)
            else:
                _run_postgres(at, "pg_dump", "--format=custom", f"--file={part}")
                _run_postgres(at, "pg_restore", "--list", str(part), connects=False)
            sync(part)
        if not file:
            _note_contents(at, backup)
        sync(backup.parent)
    except OSError as error:
        raise StoreError(f"{backup}: can't be written: {error.strerror or error}") from error


@dataclass(frozen=True, order=True)
class Contents:
    """How far a copy goes. Copies are ordered by it, since their names tell only what the clock said."""

    newest: datetime = LONG_AGO  # when its newest page came
    articles: int = 0
    texts: int = 0

    @property
    def words(self) -> str:
        came = f"{self.newest:%Y-%m-%d %H:%M} UTC" if self.newest > Contents.newest else "none"
        return f"newest page {came}, {counted(self.articles, 'article')}, {counted(self.texts, 'text')}"


@dataclass(frozen=True)
class Copy:
    """A copy in the folder of backups."""

    file: Path
    contents: Contents | None  # None if unknown: it is damaged, or a dump that an earlier version made

    @property
    def place(self) -> tuple[bool, Contents, str]:
        """The key that orders copies; one of unknown contents comes before all others."""
        return self.contents is not None, self.contents or Contents(), self.file.name

    @property
    def words(self) -> str:
        return f"{self.file.name}: {self.contents.words if self.contents else 'its contents are unknown'}"

    @property
    def reaches(self) -> datetime:
        """When its newest page came, or otherwise when it was taken, by its name or the file's own time."""
        if self.contents is not None:
            return self.contents.newest
        try:
            return datetime.strptime(self.file.stem, "sunchi-%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            return datetime.fromtimestamp(self.file.stat().st_mtime, UTC)


@dataclass(frozen=True)
class BackedUp:
    """The result of `take_backup`."""

    backup: Path
    size: int  # bytes
    deleted: tuple[Path, ...]  # older copies, which were deleted


def take_backup(url: str, folder: Path, journal: DeliveryJournal, keep: int, now: datetime) -> BackedUp:
    """Copy the database into a folder and keep the newest `keep` copies there; raise StoreError."""
    backup = folder / backup_name(url, now)
    journal.mark_backup(backup.name, now)  # first, so that every later delivery is in the journal or in the copy
    back_up(url, backup)
    deleted = keep_newest(folder, keep, backup)
    journal.forget_before({copy.file.name for copy in backups(folder)})
    return BackedUp(backup, backup.stat().st_size, tuple(deleted))


def backups(folder: Path) -> list[Copy]:
    """Return the copies in a folder, the oldest first, by what is in them."""
    files = (file for file in folder.glob("sunchi-*") if _NAME.fullmatch(file.name))
    return sorted((Copy(file, _contents(file)) for file in files), key=attrgetter("place"))


def keep_newest(folder: Path, keep: int, made: Path) -> list[Path]:
    """Delete all but the newest `keep` copies and return those deleted; the one just made always stays."""
    others = [copy.file for copy in backups(folder) if copy.file != made]
    old = others[: max(len(others) - (keep - 1), 0)]
    for file in old:
        file.unlink(missing_ok=True)
        _beside(file).unlink(missing_ok=True)
    return old


def named_backup(name: str, folder: Path) -> Path:
    """Return the file of a copy: a path, the name of one in the folder, or `latest`; raise StoreError."""
    if name == LATEST:
        if there := backups(folder):
            return there[-1].file
        raise StoreError(f"{folder}: no backup yet: `sunchi backup` makes one")
    found = next((file for file in (Path(name), folder / name) if file.is_file()), None)
    if found is None:
        raise StoreError(f"{name}: no such file, here or in {folder}")
    return found


def why_latest(folder: Path) -> list[str]:
    """Return in words why the latest copy is the latest, and each copy of a later name, which is not."""
    *others, latest = backups(folder)
    later = [f"passed over, though its name is later: {each.words}" for each in others if each.file > latest.file]
    return [f"the latest by what is in it: {latest.words}", *later]


def _contents(file: Path) -> Contents | None:
    """Return what is in a copy, without opening a dump: it has a file beside it that says so."""
    try:
        if file.suffix == ".dump":
            newest, *counts = json.loads(_beside(file).read_text(encoding="utf-8"))
        else:
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
                newest, *counts = copy.execute(_COUNTS).fetchone()
        at = datetime.fromisoformat(newest) if newest else Contents.newest
        return Contents(at if at.tzinfo else at.replace(tzinfo=UTC), *map(int, counts))
    except (OSError, sqlite3.Error, ValueError, TypeError):
        return None


def _note_contents(url: URL, dump: Path) -> None:
    """Write beside a dump of Postgres what is in the database."""
    made = engine(url)
    try:
        with Database(made)._reading() as connection:
            newest, *counts = connection.execute(text(_COUNTS)).one()
    finally:
        made.dispose()
    said = json.dumps([newest.astimezone(UTC).isoformat() if newest else None, *counts])
    with atomic_file(_beside(dump)) as part:
        close_to_others(part)
        part.write_text(said, encoding="utf-8")


def _beside(dump: Path) -> Path:
    return dump.with_name(f"{dump.name}.json")


# --- putting one in its place ---------------------------------------------------------------------------------------


@dataclass
class PreparedDatabase:
    """A database being prepared to replace the present one."""

    url: str  # of the database being prepared
    kept: Path | None = None  # the former database, once it has been replaced


@contextmanager
def replacement(url: str, backup: Path, now: datetime) -> Iterator[PreparedDatabase]:
    """Prepare a copy of a backup, which replaces the database if the block ends without an error.

    An SQLite database is locked meanwhile, and kept beside the new one. A Postgres database must be empty, since other
    programs cannot be kept out of it. Raises StoreError if the database is in use, or the backup is damaged.
    """
    at = address(url)
    if (file := file_of(at)) is None:
        _fill_postgres(at, backup)
        yield PreparedDatabase(url)
        return
    with alone(file.parent), _locked(file) as present, _part_beside(file) as part:
        with translate_errors(at.set(database=str(backup)), _NAME_ANOTHER):
            _copy_sqlite(backup, part, _NAME_ANOTHER)
            _must_be_ours(backup, part)
        prepared = PreparedDatabase(f"sqlite:///{part.absolute()}")
        yield prepared
        with translate_errors(at):
            _to_one_file(part)
            prepared.kept = _keep(file, present, now)
            if present is None:
                part.replace(file)
            else:  # into the same file, so that whoever waits for the lock finds the new database
                with closing(sqlite3.connect(part)) as source:
                    source.backup(present)
        sync(file)
        sync(file.parent)


@contextmanager
def _part_beside(file: Path) -> Iterator[Path]:
    """Yield the path of a temporary file beside another, and remove it with its SQLite companions."""
    part = file.with_name(f".{file.name}-restore")
    _remove(part)  # left by a restore that was killed
    try:
        yield part
    finally:
        _remove(part)


@contextmanager
def _locked(file: Path) -> Iterator[sqlite3.Connection | None]:
    """Lock an SQLite database against all readers and writers; None if there is none, or no valid one any more.

    Raises StoreError if another process has it open.
    """
    if not file.exists():
        yield None
        return
    with closing(sqlite3.connect(file, timeout=_WAIT, isolation_level=None)) as connection:
        is_database = True
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()  # refused while another connection is open
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")  # the lock stays
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreError(
                    f"{file}: it is in use: stop `sunchi serve` and every other command, then try again"
                ) from None
            is_database = False
        except sqlite3.DatabaseError:
            is_database = False
        yield connection if is_database else None


def _keep(file: Path, present: sqlite3.Connection | None, now: datetime) -> Path | None:
    """Keep the present database: a copy if it is locked, the file itself if it is damaged."""
    if not file.exists():
        return None
    kept = unused(file.with_name(f"{file.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
    if present is None:
        file.replace(kept)
        for suffix in ("-wal", "-shm"):  # which must not be mistaken for those of the new file
            with suppress(FileNotFoundError):
                file.with_name(file.name + suffix).replace(kept.with_name(kept.name + suffix))
        return kept
    kept.touch(0o600)
    with closing(sqlite3.connect(kept)) as target:
        present.backup(target)
    sync(kept)
    return kept


def _copy_sqlite(file: Path, copy: Path, mend: str = MEND) -> None:
    """Copy the last committed state of an SQLite database, and verify the copy. Raises StoreError if it is damaged."""
    if not file.exists():
        raise StoreError(f"{file}: no database yet, so there is nothing to copy")
    copy.touch(0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    _to_one_file(copy)
    with closing(sqlite3.connect(copy)) as target:
        said = [row[0] for row in target.execute("PRAGMA integrity_check(3)")]
    if said != ["ok"]:
        raise StoreError(f"{file}: {'; '.join(said).splitlines()[-1]}: {mend}")


def _must_be_ours(backup: Path, copy: Path) -> None:
    """Raise StoreError if the copy of a backup has no version of the tables: to SQLite, an empty file is a database."""
    with closing(sqlite3.connect(copy)) as made:
        if not made.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            raise StoreError(f"{backup}: is empty, or no database of Sunchi's: {_NAME_ANOTHER}")


def _to_one_file(file: Path) -> None:
    """Move everything of a database into its main file, from those that SQLite keeps beside it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def _remove(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):  # and with the copies that migrations made of it
        each.unlink(missing_ok=True)


# --- Postgres -------------------------------------------------------------------------------------------------------


def _fill_postgres(url: URL, backup: Path) -> None:
    made = engine(url)
    try:
        with Database(made)._reading() as connection:
            if inspect(connection).get_table_names():
                raise StoreError(
                    f"{shown(url)}: is not empty. A copy goes into an empty database, and the present one stays as it "
                    "is: make one with `createdb`, name it in SUNCHI_DATABASE_URL, and run this again"
                )
    finally:
        made.dispose()
    _run_postgres(
        url,
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--dbname=",  # that of the environment
        str(backup),
    )


def _postgres_environment(url: URL) -> dict[str, str]:
    """Return the address with all that its query says (a socket's folder, sslmode …), in libpq's variables."""
    from psycopg.pq import Conninfo

    _, given = url.get_dialect()().create_connect_args(url)
    variables = {each.keyword.decode(): each.envvar.decode() for each in Conninfo.get_defaults() if each.envvar}
    return {variables[name]: str(value) for name, value in given.items() if name in variables}


def _run_postgres(url: URL, program: str, *words: str, connects: bool = True) -> None:
    """Run a Postgres program on the database, without its password on the command line. Raises StoreError."""
    found = shutil.which(program)
    if found is None:
        raise StoreError(f"{shown(url)}: `{program}`, which copies a Postgres database, is missing: {_POSTGRES_TOOLS}")
    environment = os.environ | (_postgres_environment(url) if connects else {})
    done = subprocess.run([found, *words], env=environment, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if done.returncode:
        said = done.stderr.strip().splitlines()[:1] or [f"ended with {done.returncode}"]
        raise StoreError(f"{shown(url)}: {said[0]}: if the versions differ, {_POSTGRES_TOOLS}")
