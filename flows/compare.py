"""Compares what is stored with its past: what changed, and what is missing."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from pydantic import AwareDatetime

from flows.naming import run_name
from sunchi.history.findings import Finding
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.history import compare_and_alert
from sunchi.settings import load
from sunchi.store import Store
from sunchi.text.safe import in_markdown


@flow(name="compare", flow_run_name=run_name)
def compare(as_of: AwareDatetime | None = None) -> list[Finding]:
    """Store the findings of the last four months, alert about what has not come, and return the new findings.

    `as_of` sets the clock.
    """
    settings = load()
    with Store.open(settings.database()) as store:
        now = as_of or datetime.now(UTC) - store.clock_error(datetime.now(UTC))
        new = compare_and_alert(store, Analyzer.open(settings), now)
    lines = [f"- {each.day} {each.partner}: {in_markdown(each.first_line)}" for each in new]
    create_markdown_artifact(  # not a table, in which Prefect's first UI interprets what the pages' words contain
        key="findings",
        markdown="\n".join(lines or ["Nothing new."]),
        description="What changed, and what is missing, since the last comparison",
    )
    return new
