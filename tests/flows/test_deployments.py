"""Schedules: each source on its own, one run at a time, in Seoul's time; the file for workers says the same."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment

from deployments.serve import deployments
from flows.sweep import TAG
from sunchi.settings import Settings
from tests.conftest import ROOT

DEFAULT = Settings.model_fields["sources"].default


def facts(made: RunnerDeployment) -> dict[str, Any]:
    """What must be the same of a deployment, however it is made."""
    concurrency = made.concurrency_options
    schedules = [each.schedule for each in made.schedules or ()]
    assert all(isinstance(each, CronSchedule) for each in schedules)
    return {
        "entrypoint": made.entrypoint,
        "parameters": made.parameters,
        "schedules": [(each.cron, each.timezone) for each in schedules if isinstance(each, CronSchedule)],
        "limit": made.concurrency_limit,
        "collision": concurrency.collision_strategy.value if concurrency else None,
        "tags": made.tags,
    }


def test_each_source_is_polled_hourly_at_a_minute_of_its_own_one_run_at_a_time() -> None:
    made = {each.name: facts(each) for each in deployments(["kcna", "kcna/ko", "hani"])}

    polls = {name: made[name] for name in ("kcna", "kcna-ko", "hani")}
    assert [each["parameters"]["source"] for each in polls.values()] == ["kcna", "kcna/ko", "hani"]
    assert len({each["schedules"][0] for each in polls.values()}) == 3
    for each in (*polls.values(), made["due"], made["dead"], made["nightly"]):
        [(_, timezone)] = each["schedules"]
        assert timezone == "Asia/Seoul"
    assert made["archive"]["schedules"] == []
    for each in made.values():
        assert (each["limit"], each["collision"], each["tags"]) == (1, "CANCEL_NEW", [TAG])


async def test_they_are_all_made_where_an_event_loop_runs_too() -> None:
    assert {each.name for each in deployments(["kcna"])} == {"kcna", "due", "dead", "nightly", "archive"}


@pytest.fixture(scope="module")
def deployed(prefect: str) -> dict[str, Any]:
    """What `prefect deploy --all` makes of the file, as the server then has it."""
    environment = os.environ | {"PREFECT_API_URL": prefect, "PREFECT_LOGGING_LEVEL": "ERROR"}
    for command in (
        ["work-pool", "create", "sunchi", "--type", "process"],
        ["--no-prompt", "deploy", "--all", "--prefect-file", "deployments/prefect.yaml"],
    ):
        done = subprocess.run(  # noqa: S603  our own words
            [sys.executable, "-m", "prefect", *command], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr

    async def read() -> dict[str, Any]:
        async with get_client() as client:
            return {each.name: each for each in await client.read_deployments() if each.work_pool_name == "sunchi"}

    return asyncio.run(read())


def test_workers_are_given_the_same_deployments_as_serve_makes(deployed: dict[str, Any]) -> None:
    served = {each.name: facts(each) for each in deployments(DEFAULT)}

    assert set(deployed) == set(served)
    for name, each in deployed.items():
        concurrency = each.concurrency_options
        assert each.entrypoint == served[name]["entrypoint"]
        assert each.parameters == served[name]["parameters"]
        assert each.tags == served[name]["tags"]
        assert [(s.schedule.cron, s.schedule.timezone) for s in each.schedules] == served[name]["schedules"]
        assert (concurrency.collision_strategy.value if concurrency else None) == served[name]["collision"]


def test_workers_send_the_log_of_the_machinery_to_the_prefect_ui(deployed: dict[str, Any]) -> None:
    assert {each.job_variables["env"]["PREFECT_LOGGING_EXTRA_LOGGERS"] for each in deployed.values()} == {"sunchi"}
