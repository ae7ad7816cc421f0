"""Ends runs that Prefect considers running although their process is gone."""

from __future__ import annotations

from prefect import flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.runtime import deployment as own_deployment
from prefect.runtime import flow_run as own_run
from prefect.states import Crashed

from flows.naming import TAG, run_name

GONE = "its process is gone: it was killed, or its machine went down; the next run continues its work"

_LIVING = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)


@flow(name="sweep", flow_run_name=run_name)
async def sweep() -> tuple[str, ...]:
    """End every run of ours whose process was killed before it could report its end; return their names.

    A live run holds the one concurrency slot of its deployment and renews its lease every few minutes, so the slot of a
    killed run is free after five minutes. A run that is running while nobody holds the slot is dead.
    """
    ended: list[str] = []
    async with get_client() as client:
        for each in await client.read_deployments(
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
        ):
            ended += [run.name for run in await _end_dead(client, each)]
    return tuple(ended)


async def _end_dead(client: PrefectClient, deployment: DeploymentResponse) -> list[FlowRun]:
    # In this order: a run that was alive before and after the slots were counted held one in between.
    before = {run.id for run in await _living(client, deployment)}
    if not before or await _slots_held(client, deployment):
        return []
    dead = [run for run in await _living(client, deployment) if run.id in before]
    for run in dead:
        await client.set_flow_run_state(run.id, Crashed(message=GONE), force=True)
    return dead


async def _living(client: PrefectClient, deployment: DeploymentResponse) -> list[FlowRun]:
    """Return the runs that are reported as running, except this one."""
    runs = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            deployment_id=FlowRunFilterDeploymentId(any_=[deployment.id]),
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(_LIVING))),
        )
    )
    return [run for run in runs if str(run.id) != own_run.id]


async def _slots_held(client: PrefectClient, deployment: DeploymentResponse) -> int:
    """Return how many slots of the deployment other runs hold; 1 without a limit, when it is not known."""
    limit = (await client.read_deployment(deployment.id)).global_concurrency_limit
    if limit is None:
        return 1
    mine = 1 if str(deployment.id) == own_deployment.id else 0
    return limit.active_slots - mine
