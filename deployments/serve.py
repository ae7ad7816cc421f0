"""All deployments with their schedules, in one process, for `sunchi serve` and the container."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.schedules import Cron
from prefect.server.schemas.schedules import CronSchedule as Dates
from prefect.types.entrypoint import EntrypointType

from flows.backup import backup
from flows.compare import compare
from flows.deliver import deliver
from flows.naming import TAG
from flows.poll import poll
from flows.reparse import reparse
from flows.sweep import sweep

SEOUL = "Asia/Seoul"

_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(sources: Sequence[str]) -> list[RunnerDeployment]:
    """Return all deployments.

    One `poll` per source, each hour at its own minute; `deliver` every five minutes, `sweep` every ten, `backup` each
    night, `compare` each morning, in Seoul's time; `reparse` only by hand.
    """
    polls = [
        _deployment(
            poll,
            source.replace("/", "-"),
            f"{(7 + 13 * place) % 60} * * * *",
            f"What is new, changed or gone at {source}",
            source=source,
        )
        for place, source in enumerate(sources)
    ]
    return [
        *polls,
        _deployment(deliver, "due", "*/5 * * * *", "Sends alerts that are due"),
        _deployment(sweep, "dead", "3-59/10 * * * *", "Ends runs whose process was killed, with the reason"),
        _deployment(backup, "nightly", "45 3 * * *", "Makes a verified copy of the database; keeps the newest few"),
        _deployment(compare, "daily", "20 6 * * *", "Finds what changed against the past, and what is missing"),
        _deployment(reparse, "archive", None, "Reads the archive again; started by hand"),
    ]


def _deployment(
    flow: Flow[..., Any], name: str, cron: str | None, description: str, **parameters: str
) -> RunnerDeployment:
    # Not `to_deployment`: in a running event loop it returns a coroutine, and nothing would be served.
    return RunnerDeployment.from_flow(
        flow,
        name=name,
        parameters=parameters or None,
        schedule=Cron(cron, timezone=SEOUL) if cron else None,
        concurrency_limit=_ONE_AT_A_TIME,
        description=description,
        tags=[TAG],
        entrypoint_type=EntrypointType.MODULE_PATH,  # imported from the program's own folder, on any machine
    )


async def next_polls(sources: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Return when each source is polled next, by the schedules of its deployment."""
    found: dict[str, datetime] = {}
    for each in deployments(sources):
        if each.flow_name == poll.name:
            [schedule] = [each.schedule for each in each.schedules or () if isinstance(each.schedule, CronSchedule)]
            dates = Dates(cron=schedule.cron, timezone=schedule.timezone)
            [found[each.parameters["source"]]] = await dates.get_dates(1, start=now)
    return found


def serve_all(sources: Sequence[str]) -> None:
    """Run all deployments until interrupted; their schedules stay active, so that they continue after a restart."""
    serve(*deployments(sources), pause_on_shutdown=False)


if __name__ == "__main__":
    from sunchi.settings import load

    serve_all(load().sources)
