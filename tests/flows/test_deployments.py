"""Schedules: each source by itself, one run at a time, in Seoul's time; served in one process, or run by workers."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment

from demo import DAYS, DemoServer
from deployments import prefect_yaml
from deployments.serve import deployments, next_polls
from deployments.workers import POOL, deploy
from flows.naming import TAG
from sunchi.settings import Settings
from tests.cli.command import Sunchi
from tests.conftest import ROOT

SOURCES = ("kcna", "kcna/ko", "hani")


def facts(made: RunnerDeployment) -> dict[str, Any]:
    """Return what must be the same for a deployment, however it is created."""
    concurrency = made.concurrency_options
    schedules = [each.schedule for each in made.schedules or ()]
    return {
        "entrypoint": made.entrypoint,
        "parameters": made.parameters,
        "schedules": [(each.cron, each.timezone) for each in schedules if isinstance(each, CronSchedule)],
        "limit": made.concurrency_limit,
        "collision": concurrency.collision_strategy.value if concurrency else None,
        "tags": made.tags,
    }


def test_each_source_is_polled_hourly_at_a_minute_of_its_own_one_run_at_a_time() -> None:
    made = {each.name: facts(each) for each in deployments(SOURCES)}

    polls = {name: made[name] for name in ("kcna", "kcna-ko", "hani")}
    assert [each["parameters"]["source"] for each in polls.values()] == list(SOURCES)
    assert len({each["schedules"][0] for each in polls.values()}) == 3
    for each in (*polls.values(), made["due"], made["dead"], made["nightly"], made["daily"]):
        [(_, timezone)] = each["schedules"]
        assert timezone == "Asia/Seoul"
    assert made["archive"]["schedules"] == []
    for each in made.values():
        assert (each["limit"], each["collision"], each["tags"]) == (1, "CANCEL_NEW", [TAG])


async def test_when_each_source_is_polled_next_is_what_its_schedule_says() -> None:
    now = datetime(2026, 12, 3, 9, 19, 30, tzinfo=UTC)

    found = await next_polls(SOURCES, now)

    assert {source: f"{at.astimezone(UTC):%H:%M}" for source, at in found.items()} == {
        "kcna": "10:07",
        "kcna/ko": "09:20",
        "hani": "09:33",
    }


async def test_all_deployments_can_be_made_inside_an_event_loop() -> None:
    assert {each.name for each in deployments(["kcna"])} == {"kcna", "due", "dead", "nightly", "daily", "archive"}


def deployed(pool: str) -> dict[str, DeploymentResponse]:
    with get_client(sync_client=True) as client:
        return {each.name: each for each in client.read_deployments() if each.work_pool_name == pool}


async def test_workers_are_given_what_serve_runs_of_all_editions_in_the_settings(prefect: str) -> None:
    await deploy(SOURCES, "these")

    registered = deployed("these")
    served = {each.name: facts(each) for each in deployments(SOURCES)}
    assert set(registered) == set(served)
    for name, each in registered.items():
        concurrency = each.concurrency_options
        assert each.entrypoint == served[name]["entrypoint"]
        assert each.parameters == served[name]["parameters"]
        assert each.tags == served[name]["tags"]
        schedules = [each.schedule for each in each.schedules]
        assert [(s.cron, s.timezone) for s in schedules if isinstance(s, CronSchedule)] == served[name]["schedules"]
        assert (concurrency.collision_strategy.value if concurrency else None) == served[name]["collision"]
        assert each.job_variables["env"]["PREFECT_LOGGING_EXTRA_LOGGERS"] == "sunchi"
        assert str(ROOT) not in each.model_dump_json(), "a worker may have the code elsewhere"


async def test_a_source_removed_from_the_settings_is_no_longer_deployed(prefect: str) -> None:
    await deploy(SOURCES, "fewer")
    again = await deploy(["kcna"], "fewer")

    assert set(again.deleted) == {"poll/kcna-ko", "poll/hani"}
    assert set(deployed("fewer")) == {"kcna", "due", "dead", "nightly", "daily", "archive"}


def test_prefect_yaml_is_what_the_code_says() -> None:
    assert prefect_yaml.OUT.read_text("utf-8") == prefect_yaml.document(), "make docs"


async def test_prefect_deploy_registers_what_sunchi_deploy_registers(prefect: str) -> None:
    def registered() -> dict[str, dict[str, Any]]:
        made_anew = {"id", "created", "updated", "created_by", "updated_by", "version_id", "version_info", "status"}
        found = {name: each.model_dump(exclude=made_anew) for name, each in deployed(POOL).items()}
        for each in found.values():
            for part in (*each["schedules"], each["global_concurrency_limit"]):
                for name in (*made_anew, "deployment_id"):
                    part.pop(name, None)
            assert each["global_concurrency_limit"].pop("name").startswith("deployment:")  # and its id
        return found

    await deploy(Settings().sources, POOL)
    ours = registered()
    with get_client(sync_client=True) as client:
        for each in deployed(POOL).values():
            client.delete_deployment(each.id)
    assert registered() == {}

    words = ["deploy", "--all", "--prefect-file", "deployments/prefect.yaml"]
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "prefect", *words],
        cwd=ROOT,
        env=os.environ | {"PREFECT_API_URL": prefect},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert registered() == ours
    assert {"kcna", "rodong", "hani", "due", "dead", "nightly", "daily", "archive"} == set(ours)
    assert all(each["pull_steps"] and each["global_concurrency_limit"]["limit"] == 1 for each in ours.values())


def test_without_a_server_deploy_names_the_missing_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    done = Sunchi(monkeypatch, capfd)("deploy")

    assert (done.code, done.err.startswith("sunchi: PREFECT_API_URL names no server")) == (2, True)


# --- two workers in two folders -------------------------------------------------------------------------------------


@pytest.fixture
def clones(tmp_path: Path) -> list[Path]:
    """Two copies of the program in separate folders, neither of them the one it was deployed from."""
    made = [tmp_path / name for name in ("first", "elsewhere/second")]
    for folder in made:
        for name in ("sunchi", "flows", "parsers", "demo", "deployments", "lexicon"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / ".env").write_text(f"SUNCHI_CONTACT={folder.name}@example.org\nSUNCHI_DELAY=0\nSUNCHI_FIRST_POLL=3\n")
    return made


Start = Callable[[Path], "subprocess.Popen[bytes]"]


@pytest.fixture
def start(prefect: str, tmp_path: Path) -> Iterator[Start]:
    """`start(clone)` starts a worker there, which takes one run at a time."""
    running: list[subprocess.Popen[bytes]] = []
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SUNCHI_")}
    with DemoServer(DAYS[-1]) as sites, (tmp_path / "log").open("wb") as log:
        mirrors = "{" + ", ".join(f'"{name}": "{origin}"' for name, origin in sites.mirrors.items()) + "}"

        def begin(clone: Path) -> subprocess.Popen[bytes]:
            words = ["worker", "start", "--pool", "two", "--name", clone.name, "--limit", "1"]
            settings = {"PREFECT_API_URL": prefect, "PREFECT_WORKER_QUERY_SECONDS": "1", "SUNCHI_MIRRORS": mirrors}
            running.append(
                subprocess.Popen(  # noqa: S603 - our own words
                    [sys.executable, "-m", "prefect", *words],
                    cwd=clone,
                    env=clean | settings | {"PYTHONPATH": str(clone)},
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            )
            return running[-1]

        yield begin
        for each in running:
            each.terminate()
        for each in running:
            each.wait(60)


def states(client: SyncPrefectClient, runs: list[Any]) -> list[str]:
    found = [client.read_flow_run(run.id).state for run in runs]
    return [state.type.value if state else "" for state in found]


@pytest.mark.long
def test_two_workers_with_the_code_in_two_folders_run_what_was_deployed_from_a_third(
    clones: list[Path], start: Start, tmp_path: Path
) -> None:
    asyncio.run(deploy(("kcna", "hani"), "two"))
    registered = deployed("two")
    for clone in clones:
        start(clone)

    with get_client(sync_client=True) as client:
        runs = [client.create_flow_run_from_deployment(registered[name].id) for name in ("kcna", "hani")]
        deadline = time.monotonic() + 240
        while not set(states(client, runs)) <= {"COMPLETED", "FAILED", "CRASHED"}:
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()[-3_000:]
            time.sleep(0.5)
        assert states(client, runs) == ["COMPLETED", "COMPLETED"], (tmp_path / "log").read_text()[-3_000:]

    stored = [sorted(path.name for path in (clone / "var").glob("sunchi.db")) for clone in clones]
    assert stored == [["sunchi.db"]] * 2, "each stands in its own folder, and reads the .env there"
