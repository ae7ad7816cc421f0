"""A real Prefect, a separate folder for each test, and the stand-in sites."""

from __future__ import annotations

import gc
import json
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from demo import DemoServer
from sunchi.settings import Settings, load
from sunchi.store import Store
from tests.cli.command import sunchi  # noqa: F401  a fixture
from tests.flows.plain import plainly  # noqa: F401  a fixture
from tests.ingest.press import paper  # noqa: F401  a fixture
from tests.replica import Replica


@pytest.fixture
def settle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """`settle(mirrors=…, notify=…)` sets only these settings, with all data in the test's folder."""
    for name in os.environ:
        if name.startswith("SUNCHI_") and name != "SUNCHI_SHARED":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def set_up(**settings: Any) -> Settings:
        monkeypatch.setenv("SUNCHI_DATA_DIR", str(tmp_path / "var"))
        monkeypatch.setenv("SUNCHI_DELAY", "0")
        for name, value in settings.items():
            words = json.dumps(value) if isinstance(value, Mapping) else str(value)
            monkeypatch.setenv(f"SUNCHI_{name.upper()}", words)
        return load()

    return set_up


@pytest.fixture
def sites() -> Iterator[DemoServer]:
    """The embedded sites."""
    with DemoServer() as server:
        yield server


@pytest.fixture
def replica(shared: Path) -> Iterator[Callable[..., Replica]]:
    """`replica("--kcna-era", "q")` starts the stand-ins that serve real texts, until the test ends."""
    running: list[Replica] = []

    def start(*options: str) -> Replica:
        running.append(Replica(shared, *options))
        return running[-1]

    yield start
    for each in running:
        each.stop()


def stored(settings: Settings, source: str | None = None) -> list[dict[str, Any]]:
    with Store.open(settings.database()) as store:
        return [dict(row) for row in store.articles(source)]


@pytest.fixture(autouse=True, scope="module")
def nothing_left_over() -> Iterator[None]:
    """Collect the garbage of a module's runs with them, not in another test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ignore warnings of sockets that Prefect's client leaves to the garbage collector, which come at any time."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            item.add_marker(
                pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
            )
