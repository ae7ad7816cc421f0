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
    polls = [
        poll.to_deployment(
            name=source.replace("/", "-"),
            parameters={"source": source},
            schedule=Cron(f"{(7 + 13 * place) % 60} * * * *", timezone=SEOUL),
            concurrency_limit=_ONE_AT_A_TIME,
            description=f"What is new, changed or gone at {source}",
        )
        for place, source in enumerate(sources)
    ]
    made = [
        *polls,
        deliver.to_deployment(
            name="due",
            schedule=Cron("*/5 * * * *", timezone=SEOUL),
            concurrency_limit=_ONE_AT_A_TIME,
            description="Alerts that are due, to the people who are to hear them",
        ),
        reparse.to_deployment(name="archive", description="The archive read again; started by hand"),
    ]
    return [each for each in made if isinstance(each, RunnerDeployment)]  # a coroutine, only inside of a running loop


def serve_all(sources: Sequence[str]) -> None:
    """Runs them until interrupted; schedules stay on, so that a restart takes up where this leaves off."""
    serve(*deployments(sources), pause_on_shutdown=False)


if __name__ == "__main__":
    from sunchi.settings import load

    serve_all(load().sources)
