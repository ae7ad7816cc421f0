"""Opening and migrating a database: created if new, and never used if it is something else."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from sunchi.errors import StoreError
from sunchi.store import Store, migrate, versions
from sunchi.store.database import address, engine
from tests.store.making import id_of, link, parsed

HEAD = versions._head()
NEXT = f'''"""A table more."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "{HEAD}"


def upgrade():
    op.create_table("more", sa.Column("id", sa.Integer, primary_key=True))
    {{then}}
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A later Sunchi with one more migration; returns that migration's file, to be written."""
    scripts = tmp_path / "migrations"
    shutil.copytree(versions.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(versions, "SCRIPTS", scripts)
    monkeypatch.setattr(versions, "_scripts_in", ScriptDirectory)  # read again: a file is added
    return scripts / "versions" / "next.py"


def tables(url: str) -> list[str]:
    with Store(engine(address(url))) as store, store._reading() as connection:
        return sorted(inspect(connection).get_table_names())


def execute(url: str, statement: str) -> None:
    with Store(engine(address(url))) as store, store._writing() as connection:
        connection.execute(text(statement))


def test_an_empty_database_gets_its_tables_and_opens_again(database: str) -> None:
    with Store.open(database) as store:
        store.save(parsed(link(), "talks"))
    with Store.open(database) as store:
        assert [row["id"] for row in store.articles()] == [id_of("talks")]


def test_the_migrations_create_the_tables_of_the_program(database: str) -> None:
    with Store.open(database) as store, store._writing("schema") as connection:
        command.check(versions._config(connection))


def test_alembic_by_hand_uses_the_database_of_the_settings(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUNCHI_DATABASE_URL", database)
    command.upgrade(versions._config(), "head")
    command.check(versions._config())
    Store.open(database).close()


def test_a_missing_folder_is_created(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'a' / 'b' / 'sunchi.db'}").close()
    assert (tmp_path / "a" / "b" / "sunchi.db").is_file()


def test_a_postgres_address_may_be_written_the_three_usual_ways(database: str) -> None:
    for scheme in ("postgres://", "postgresql+psycopg://"):
        Store.open(database.replace("postgresql://", scheme)).close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://root:secret@host/x", r"mysql://…@host/x: not a database that Sunchi can keep"),
        ("sqlite://", "not a database that Sunchi can keep"),
        ("var/sunchi.db", "address can't be read: write sqlite:///"),
        ("postgresql://u:secret@127.0.0.1:none/x", "address can't be read"),
        ("postgresql://u:secret@127.0.0.1:1/x", r"//…@127.0.0.1:1/x: .*: check that Postgres runs there"),
        ("postgresql://u@127.0.0.1:1/x?password=secret", "//…@127.0.0.1:1/x.*: .*: check that Postgres runs there"),
    ],
)
def test_an_unreachable_address_is_reported_without_its_password(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as error:
        Store.open(url)
    assert "secret" not in str(error.value)


def test_a_file_that_is_not_a_database_is_reported_as_damaged_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "sunchi.db"
    file.write_text("not a database, but a letter of some length" * 100)
    before = file.read_bytes()
    with pytest.raises(StoreError, match="file is not a database: the file is damaged or is something else"):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file can't be created"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'sunchi.db'}")


def test_the_database_of_another_program_is_left_alone(database: str) -> None:
    execute(database, "CREATE TABLE customers (id INTEGER)")
    with pytest.raises(StoreError, match="not a database of Sunchi's, it has customers: name another"):
        Store.open(database)
    with pytest.raises(StoreError, match="not a database of Sunchi's"):
        migrate(database)
    assert tables(database) == ["customers"]


def test_a_database_without_one_of_its_tables_is_reported_as_damaged(database: str) -> None:
    Store.open(database).close()
    execute(database, "DROP TABLE polls")
    with pytest.raises(StoreError, match="damaged: polls missing"):
        Store.open(database)


def test_the_database_of_a_newer_program_is_left_alone(database: str) -> None:
    Store.open(database).close()
    execute(database, "UPDATE alembic_version SET version_num = 'f00'")
    for use in (Store.open, migrate):
        with pytest.raises(StoreError, match="version f00, which this program does not know: a newer Sunchi"):
            use(database)


def test_an_older_database_names_the_command_that_migrates_it(database: str, later: Path) -> None:
    with Store.open(database) as store:
        store.save(parsed(link(), "talks"))
    later.write_text(NEXT.format(then=""))
    first = "keeps a copy of the file first" if database.startswith("sqlite") else "after a copy with `pg_dump`"
    with pytest.raises(
        StoreError, match=f"have version {HEAD}, this program needs next: run `sunchi migrate`, .*{first}"
    ):
        Store.open(database)
    migrated = migrate(database)
    assert (migrated.before, migrated.after) == (HEAD, "next")
    with Store.open(database) as store:
        assert [row["id"] for row in store.articles()] == [id_of("talks")]
    assert migrate(database).backup is None


def test_a_running_program_whose_database_is_migrated_stops_with_a_message_and_writes_nothing(
    database: str, later: Path
) -> None:
    with Store.open(database) as under_way:
        later.write_text(NEXT.format(then=""))
        migrate(database)
        with pytest.raises(StoreError, match=f"tables went from version {HEAD} to next meanwhile: start again"):
            under_way.save(parsed(link(), "talks"))
    with Store.open(database) as store:
        assert list(store.articles()) == []


def test_an_sqlite_file_is_copied_before_it_is_migrated_and_no_copy_is_overwritten(tmp_path: Path, later: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sunchi.db'}"
    with Store.open(url) as store:
        store.save(parsed(link(), "talks"))
    (tmp_path / f"sunchi.db.{HEAD}.bak").write_text("of last year")
    later.write_text(NEXT.format(then=""))
    assert migrate(url).backup == tmp_path / f"sunchi.db.{HEAD}-2.bak"
    with sqlite3.connect(tmp_path / f"sunchi.db.{HEAD}-2.bak") as copy:
        assert copy.execute("SELECT id FROM articles").fetchall() == [(id_of("talks"),)]
        assert copy.execute("SELECT * FROM alembic_version").fetchall() == [(HEAD,)]
    copy.close()
    assert (tmp_path / f"sunchi.db.{HEAD}.bak").read_text() == "of last year"


def test_the_copy_includes_commits_still_in_the_write_ahead_log(tmp_path: Path, later: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sunchi.db'}"
    with Store.open(url) as store, store._reading() as reader:
        reader.exec_driver_sql("SELECT 1 FROM articles")  # so that nothing is moved
        store.save(parsed(link(), "talks"))
        assert (tmp_path / "sunchi.db-wal").stat().st_size > 0
        later.write_text(NEXT.format(then=""))
        backup = migrate(url).backup
    with sqlite3.connect(f"{backup}") as copy:
        assert copy.execute("SELECT id FROM articles").fetchall() == [(id_of("talks"),)]
    copy.close()


def test_a_copy_left_incomplete_by_a_crash_is_made_again(tmp_path: Path, later: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sunchi.db'}"
    Store.open(url).close()
    (tmp_path / f"sunchi.db.{HEAD}.bak.part").write_bytes(b"half a copy" * 1000)
    later.write_text(NEXT.format(then=""))
    assert migrate(url).backup == tmp_path / f"sunchi.db.{HEAD}.bak"
    assert not (tmp_path / f"sunchi.db.{HEAD}.bak.part").exists()


def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(database: str, later: Path) -> None:
    Store.open(database).close()
    before = tables(database)
    later.write_text(NEXT.format(then='op.execute("DROP TABLE polls"); op.execute("DROP TABLE nonsense")'))
    with pytest.raises(StoreError, match="nonsense"):
        migrate(database)
    assert tables(database) == before


def test_a_migration_that_would_break_references_is_undone(tmp_path: Path, later: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sunchi.db'}"
    with Store.open(url) as store:
        store.save(parsed(link(), "talks"))
    later.write_text(NEXT.format(then='op.execute("DELETE FROM articles")'))
    with pytest.raises(StoreError, match="would have dangling references, the first in "):
        migrate(url)
    assert "more" not in tables(url)


def test_sqlite_waits_for_its_turn_keeps_references_and_lets_readers_read(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'sunchi.db'}") as store, store._reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_database_that_another_process_writes_to_is_reported_as_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sunchi.store.database.BUSY_SECONDS", 0)
    with Store.open(f"sqlite:///{tmp_path / 'sunchi.db'}") as store, store._writing():
        with pytest.raises(StoreError, match="database is locked: another process has been writing"):
            store.save(parsed(link(), "talks"))
        assert list(store.articles()) == []
