"""The same deployments for a work pool, whose workers run on one or more machines; `sunchi deploy` registers them.

    PREFECT_API_URL=https://…/api PREFECT_API_AUTH_STRING=user:password     at `sunchi deploy` and at each worker
    sunchi deploy          (or, with the sources polled by default, `prefect deploy`: prefect.yaml)
    prefect worker start --pool sunchi                                      on each machine, with its own clone

A worker may have the code in any folder: a run imports it from there, with that as its working directory, so that it
reads the `.env` of its machine. All workers need the same SUNCHI_DATABASE_URL (Postgres) and SUNCHI_ARCHIVE (a shared
folder or s3://…). The server needs
PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE=prefect.server.concurrency.lease_storage.filesystem, or a Redis, as `sunchi ui`
sets it: with Prefect's default, memory, a source whose worker was killed is never polled again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags, WorkPoolFilter, WorkPoolFilterName
from prefect.exceptions import ObjectAlreadyExists
from prefect.runner.storage import LocalStorage

from deployments.serve import deployments
from flows.naming import TAG
from sunchi.settings import ROOT

POOL = "sunchi"
"""The work pool, if no other is named."""

JOB_VARIABLES = {"env": {"PREFECT_LOGGING_EXTRA_LOGGERS": "sunchi"}}
"""So that what was read, and what could not be read, is in the log of the run."""


def enter_folder() -> dict[str, str]:
    """Change to the folder where the worker of this run has the code: the pull step of each deployment."""
    os.chdir(ROOT)
    return {"directory": str(ROOT)}


PULL: dict[str, Any] = {f"{enter_folder.__module__}.{enter_folder.__name__}": {}}


class _WorkersFolder(LocalStorage):
    """The code is already on each worker, in a folder that only the worker knows."""

    def to_pull_step(self) -> dict[str, Any]:
        return PULL


@dataclass(frozen=True)
class Deployed:
    """The result of `deploy`; names as Prefect shows them, `poll/kcna`."""

    names: tuple[str, ...]
    deleted: tuple[str, ...]  # of sources no longer in the settings


async def deploy(sources: Sequence[str], pool: str) -> Deployed:
    """Register all deployments with the server in PREFECT_API_URL, and delete those of other sources.

    The work pool is created if it is missing, for processes on the worker's machine.
    """
    async with get_client() as client:
        with suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
        made = deployments(sources)
        for each in made:
            each.storage = _WorkersFolder(str(ROOT))
            each.work_pool_name = pool
            each.job_variables = JOB_VARIABLES
            await each.aapply()
        names = tuple(each.full_name for each in made)
        of_pool = await client.read_deployments(
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG])),
            work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[pool])),
        )
        flows = {each.id: await client.read_flow(each.flow_id) for each in of_pool}
        known = {f"{flows[each.id].name}/{each.name}": each.id for each in of_pool}
        deleted = tuple(name for name in known if name not in names)
        for name in deleted:
            await client.delete_deployment(known[name])
    return Deployed(names, deleted)
