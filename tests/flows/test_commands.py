"""The commands that run flows, under Prefect."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS, temporary_settings

from demo import DAYS, DemoServer
from sunchi.settings import Settings
from tests.cli.command import Sunchi


def runs(prefect: str, name: str) -> list[dict[str, Any]]:
    """Return the latest runs of a flow, up to that many."""
    asked = {"flows": {"name": {"any_": [name]}}, "sort": "START_TIME_DESC"}
    return list(httpx.post(f"{prefect}/flow_runs/filter", json=asked).json())


def test_an_unreachable_source_is_a_row_with_its_error_and_exit_code_1(
    settle: Callable[..., Settings], sites: DemoServer, sunchi: Sunchi, prefect: str
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
        settle(mirrors=sites.mirrors | {"rodong": nowhere}, first_poll=1)

        done = sunchi("poll", "rodong", "kcna", "--json")

    assert done.code == 1
    down, up = done.rows
    assert (down["source"], down["outcome"], down["listed"]) == ("rodong", "failed", 0)
    assert "no connection to 127.0.0.1" in down["words"]
    assert (up["source"], up["outcome"]) == ("kcna", "ok")


@pytest.mark.drill
def test_an_evening_of_the_demo_runs_under_prefect_whatever_the_users_settings(
    sunchi: Sunchi, prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUNCHI_NOTIFY", "json://127.0.0.1:9/")
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setattr("demo.DAYS", DAYS[1:2])
    monkeypatch.setattr("sunchi.cli.demo.SOURCES", ("kcna", "kcna/ko"))
    monkeypatch.setattr("sunchi.cli.demo._import_past", lambda home: None)

    done = sunchi("demo")

    assert done.code == 0, done.err
    assert "▌" in done.out, "it tells the alerts itself"
    polls = [run for run in runs(prefect, "poll") if run["parameters"]["source"] in ("kcna", "kcna/ko")][:4]
    assert {run["parameters"]["as_of"][:10] for run in polls} == {"2021-01-04", "2021-01-06"}
    assert {run["state_type"] for run in [*polls, runs(prefect, "deliver")[0]]} == {"COMPLETED"}
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:9/api", "the user's settings are as they were"


def test_a_server_that_does_not_start_in_time_is_reported(
    settle: Callable[..., Settings], sunchi: Sunchi, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    from prefect.server.api.server import SubprocessASGIServer  # two seconds, which other processes need not spend

    servers: dict[int | None, SubprocessASGIServer] = {}
    monkeypatch.setattr(SubprocessASGIServer, "_instances", servers)

    with temporary_settings(
        updates={PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS: 1}, restore_defaults={PREFECT_API_URL}
    ):
        done = sunchi("poll", "rodong")
    for each in list(servers.values()):
        each.stop()

    assert done.code == 1
    assert "sunchi: Prefect's server did not start in time" in done.err
