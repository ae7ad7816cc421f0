"""Every deployment in one process, with its schedule: what `sunchi serve` runs, and the container."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron

from flows.deliver import deliver
from flows.poll import poll
from flows.reparse import reparse

SEOUL = "Asia/Seoul"

_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(sources: Sequence[str]) -> list[RunnerDeployment]:
    """One `poll` a source, each hour at a minute of its own; `deliver` every five minutes; `reparse` when asked."""
    # Not `to_deployment`: in a running event loop that is a coroutine, and nothing would be served.
    polls = [
        RunnerDeployment.from_flow(
            poll,
            name=source.replace("/", "-"),
            parameters={"source": source},
            schedule=Cron(f"{(7 + 13 * place) % 60} * * * *", timezone=SEOUL),
            concurrency_limit=_ONE_AT_A_TIME,
            description=f"What is new, changed or gone at {source}",
        )
        for place, source in enumerate(sources)
    ]
    due = RunnerDeployment.from_flow(
        deliver,
        name="due",
        schedule=Cron("*/5 * * * *", timezone=SEOUL),
        concurrency_limit=_ONE_AT_A_TIME,
        description="Alerts that are due, to the people who are to hear them",
    )
    archive = RunnerDeployment.from_flow(reparse, name="archive", description="The archive read again; started by hand")
    return [*polls, due, archive]


def serve_all(sources: Sequence[str]) -> None:
    """Runs them until interrupted; schedules stay on, so that a restart takes up where this leaves off."""
    serve(*deployments(sources), pause_on_shutdown=False)


if __name__ == "__main__":
    from sunchi.settings import load

    serve_all(load().sources)
