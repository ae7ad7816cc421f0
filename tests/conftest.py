"""Fixtures for all tests."""

from __future__ import annotations

import gc
import importlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import URL, Dialect, Engine, create_engine

from sunchi.store import versions
from sunchi.store.database import file_of
from tests.post import post  # noqa: F401  a fixture
from tests.postgres import postgres  # noqa: F401  a fixture
from tests.prefect_server import prefect, prefect_database, prefect_home  # noqa: F401  fixtures
from tests.web import Web, serve

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # the texts are short, and there is a process for each processor

settings.register_profile("sunchi", settings(), deadline=None)  # no test depends on how fast the machine is
settings.load_profile("sunchi")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Run the tests of a file in one process, and all flow tests in the same one: one Prefect server is enough."""
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    class Scheduling(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return "flows" if nodeid.startswith("tests/flows/") else super()._split_scope(nodeid)

    return Scheduling(config, log)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what has been imported, and stays."""
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts and stand-in sites that some checks compare with; it is not part of the project."""
    folder = Path(os.environ.get("SUNCHI_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs the folder of real texts: none at {folder} (set SUNCHI_SHARED)")
    return folder


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run coroutine tests on asyncio, as the flows do."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def house_lexicon_is_tried_once() -> Iterator[None]:
    """Try the examples of the project's own files only once for all commands in this process."""
    home = ROOT / "lexicon"
    trying = importlib.import_module("sunchi.selfcheck")
    check = trying.check_lexicon
    faults = cache(lambda: check(home))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trying, "check_lexicon", lambda folder: faults() if folder == home else check(folder))
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_are_compiled_once() -> Iterator[None]:
    """Share compiled statements between SQLite engines: each would compile its own, and every test opens several."""
    dialects: dict[str, Dialect] = {}
    compiled: dict[Any, Any] = {}

    def shared(url: URL, **options: Any) -> Engine:
        made = create_engine(url, **options)
        if made.dialect.name == "sqlite":
            made.dialect = dialects.setdefault("sqlite", made.dialect)
            made.update_execution_options(compiled_cache=compiled)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sunchi.store.database.create_engine", shared)
        yield


@pytest.fixture(scope="session")
def making_tables(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The statements that create the tables of a new SQLite file, recorded from one run of the migrations."""
    file = tmp_path_factory.mktemp("tables") / "empty.db"
    versions.migrate(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as made:
        return [statement for statement in made.iterdump() if statement not in ("BEGIN TRANSACTION;", "COMMIT;")]


@pytest.fixture(scope="session", autouse=True)
def tables_are_made_once(making_tables: list[str]) -> Iterator[Callable[[URL], versions.Migrated]]:
    """Create the tables of new SQLite files by these statements: all migrations take fifty times as long.

    Yields the migrations, for tests of them.
    """
    upgrade, scripts = versions._upgrade, versions.SCRIPTS

    def make(url: URL) -> versions.Migrated:
        file = file_of(url)
        if file is None or scripts != versions.SCRIPTS:
            return upgrade(url)
        with closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as new:
            new.execute("BEGIN IMMEDIATE")
            if is_new := not new.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in making_tables:
                    new.execute(statement)
            new.execute("COMMIT")
        return versions.Migrated(None, versions._head(), None) if is_new else upgrade(url)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "_upgrade", make)
        yield upgrade


@pytest.fixture
def web() -> Iterator[Web]:
    """A server that answers as the test says."""
    with serve() as running:
        yield running
