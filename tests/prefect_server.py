"""Prefect for tests: one server per process, and a database for the servers that a test starts itself.

A start takes seven seconds of processor time, four of them to create the tables, which a copy of the file already has:
pytest keeps one in `.pytest_cache`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

MAKE = """
import asyncio
from prefect.server.database import provide_database_interface

asyncio.run(provide_database_interface().create_db())
"""


@pytest.fixture(scope="session")
def prefect_database(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prefect's own empty database, created once for each version of Prefect; once a run if pytest keeps no cache."""
    name = f"prefect-{version('prefect')}"
    cache = getattr(pytestconfig, "cache", None)
    folder = cache.mkdir(name) if cache else tmp_path_factory.mktemp(name)
    kept = folder / "prefect.db"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            home = tmp_path_factory.mktemp("prefect")
            clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
            made = clean | {"PREFECT_HOME": str(home)}
            subprocess.run([sys.executable, "-c", MAKE], env=made, check=True)  # noqa: S603 - our own words
            shutil.copyfile(home / "prefect.db", part := kept.with_suffix(".part"))
            part.replace(kept)
    return kept


@pytest.fixture(scope="session")
def prefect_home() -> Path:
    """The server's data folder; it is deleted when the process ends."""
    return Path(tempfile.mkdtemp(prefix="sunchi-prefect-"))


@pytest.fixture(scope="session")
def prefect(prefect_database: Path, prefect_home: Path) -> Iterator[str]:
    """The address of its API; flows that run in this process find it by themselves."""
    os.environ.setdefault("PREFECT_HOME", str(prefect_home))
    from prefect.settings import PREFECT_API_URL
    from prefect.testing import utilities

    shutil.copyfile(prefect_database, prefect_home / "prefect-test.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        patch.setattr(utilities, "mkdtemp", lambda: str(prefect_home))  # whose database it is, and who deletes it
        with utilities.prefect_test_harness(server_startup_timeout=120):
            yield str(PREFECT_API_URL.value())
