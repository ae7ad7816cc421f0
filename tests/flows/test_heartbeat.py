"""The dead man's switch: pinged after each good pass over all sources, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from flows.poll import _report_pass
from sunchi.settings import Settings
from sunchi.store import Poll, Store
from tests.web import Reply, Web, serve

NOW = datetime(2021, 1, 8, 3, tzinfo=UTC)
PATH = "/ping/8d2f0c1e-geheim"


@pytest.fixture
def switch() -> Iterator[Web]:
    """A stand-in for the dead man's switch."""
    with serve() as web:
        web.on(PATH, Reply("OK"))
        yield web


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'sunchi.db'}") as opened:
        yield opened


async def poll(store: Store, address: str, source: str, outcome: str = "ok") -> None:
    """Record a poll, and report the pass, as the flow does."""
    settings = Settings(sources=["kcna", "hani"], heartbeat=SecretStr(address))
    store.add_poll(Poll(source, NOW, NOW, 1, 0, 0, 0, 0, 0, 0, outcome))
    await _report_pass(settings, store, NOW)


async def test_each_good_pass_of_all_sources_pings_once_and_a_failed_one_does_not(store: Store, switch: Web) -> None:
    address, pings = f"{switch.origin}{PATH}", []
    for source, outcome in (
        ("kcna", "ok"),
        ("hani", "noted"),
        ("kcna", "ok"),
        ("hani", "failed"),
        ("kcna", "ok"),
        ("hani", "ok"),
        ("hani", "ok"),
        ("kcna", "failed"),
        ("hani", "ok"),
    ):
        await poll(store, address, source, outcome)
        pings.append(len(switch.asked))

    assert pings == [0, 1, 1, 1, 1, 2, 2, 2, 2]
    assert {(asked.method, asked.path) for asked in switch.asked} == {("GET", PATH)}


async def test_a_failed_ping_is_reported_without_the_address_and_the_next_one_closes_it(
    store: Store, switch: Web
) -> None:
    switch.on(PATH, Reply(status=500))
    for source in ("kcna", "hani"):
        await poll(store, f"{switch.origin}{PATH}", source)
    assert [each.message for each in store.incidents()] == ["127.0.0.1: answered 500 to the heartbeat"]

    for source in ("kcna", "hani"):
        await poll(store, f"http://127.0.0.1:9{PATH}", source)
    [incident] = store.incidents()
    assert incident.message.startswith("127.0.0.1: the heartbeat did not arrive")
    assert "geheim" not in incident.message

    switch.on(PATH, Reply("OK"))
    for source in ("kcna", "hani"):
        await poll(store, f"{switch.origin}{PATH}", source)
    assert store.incidents() == []
