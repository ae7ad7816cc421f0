"""Every test of the store runs on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from sunchi.store import Store, versions
from sunchi.store.schema import metadata
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgres"])
def database(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tables_are_made_once: Callable[[URL], versions.Migrated],
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """The address of an empty database, whose tables the migrations create."""
    monkeypatch.setattr(versions, "_upgrade", tables_are_made_once)
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sunchi.db'}"
    running: Server = request.getfixturevalue("postgres")
    return running.new_database()


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sunchi.db'}"
    emptied: str = request.getfixturevalue("empty_tables")
    return emptied


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with Store.open(address) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_tables(postgres: Server) -> Iterator[tuple[str, Store]]:
    """The one Postgres database that these tests share, and a store of it that stays connected."""
    address = postgres.new_database()
    with Store.open(address) as kept:
        yield address, kept


@pytest.fixture
def empty_tables(shared_tables: tuple[str, Store]) -> str:
    """The address of the shared database, emptied: faster than one for each test."""
    address, kept = shared_tables
    with kept._writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    return address
