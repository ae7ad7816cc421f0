"""Generates prefect.yaml, beside this file, from serve.py: the same deployments, for Prefect's own command.

python -m deployments.prefect_yaml    rewrites it
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment

from deployments.serve import deployments
from deployments.workers import JOB_VARIABLES, POOL, PULL
from sunchi.settings import Settings

OUT = Path(__file__).resolve().parent / "prefect.yaml"

_HEAD = f"""\
# The deployments of `sunchi serve`, for workers. `make docs` writes this file from deployments/serve.py. In the clone:
#   prefect work-pool create --type process {POOL}
#   prefect deploy --all --prefect-file deployments/prefect.yaml
#   prefect worker start --pool {POOL}          on each machine, with its own clone: deployments/workers.py
# It has the sources that are polled by default. `sunchi deploy` registers those of SUNCHI_SOURCES instead, creates the
# pool, and deletes the deployments of other sources.
"""


def document() -> str:
    """Return the file's text, for the default sources."""
    sources = Settings.model_fields["sources"].default
    content = {"name": "sunchi", "pull": [PULL], "deployments": [_entry(each) for each in deployments(sources)]}
    each_anew = json.loads(json.dumps(content))  # or what occurs several times would be written as a reference
    text: str = yaml.safe_dump(each_anew, sort_keys=False, width=120)
    return _HEAD + text


def _entry(made: RunnerDeployment) -> dict[str, Any]:
    limit = made.concurrency_options
    return {
        "name": made.name,
        "entrypoint": made.entrypoint,
        "description": made.description,
        "tags": made.tags,
        "parameters": made.parameters,
        "schedules": [
            {"cron": each.schedule.cron, "timezone": each.schedule.timezone}
            for each in made.schedules or ()
            if isinstance(each.schedule, CronSchedule)
        ],
        "concurrency_limit": {
            "limit": made.concurrency_limit,
            "collision_strategy": limit.collision_strategy.value if limit else None,
        },
        "work_pool": {"name": POOL, "job_variables": JOB_VARIABLES},
    }


if __name__ == "__main__":
    OUT.write_text(document(), encoding="utf-8")
