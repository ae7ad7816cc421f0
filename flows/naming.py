"""The names of runs, as the Prefect UI lists them: `poll kcna 2026-11-27 09:00`, with the time in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect.runtime import flow_run

TAG = "sunchi"
"""The tag of our deployments and runs, since a Prefect server may have others."""


def run_name() -> str:
    """Return the flow's name, its source if it has one, and the time of the run."""
    given = flow_run.get_parameters()
    of = given.get("as_of") or flow_run.get_scheduled_start_time() or datetime.now(UTC)
    at = datetime.fromisoformat(of) if isinstance(of, str) else of
    words = (flow_run.get_flow_name(), given.get("source"), f"{at.astimezone(UTC):%Y-%m-%d %H:%M}")
    return " ".join(filter(None, words))
