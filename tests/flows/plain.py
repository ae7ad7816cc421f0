"""The flows as plain functions: half of the work that they are under Prefect, and no server.

Prefect's part (runs, states, artifacts) is tested by the tests that use the fixture `prefect`.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from prefect.client.schemas.objects import State

from flows import compare as comparing
from flows import deliver as delivering
from flows import poll as polling
from flows import reparse as reparsing
from flows.deliver import Delivered
from flows.reparse import Reparsed
from sunchi.history.findings import Finding
from sunchi.store import Poll


async def poll(source: str, at: datetime | None = None) -> State[Poll]:
    return await polling.poll.fn(source, at)


async def deliver(at: datetime) -> Delivered:
    return await delivering.deliver.fn(at)


def compare(at: datetime) -> list[Finding]:
    return list(comparing.compare.fn(at))


def reparse(source: str) -> Reparsed:
    return reparsing.reparse.fn(source)


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    call_tasks_directly(monkeypatch)


def call_tasks_directly(patch: pytest.MonkeyPatch) -> None:
    """Also make the flows' tasks plain functions; Prefect's artifacts are not created."""
    for module, tasks in ((polling, ("_read_lists", "_read_articles")), (delivering, ("_send",))):
        for task in tasks:
            patch.setattr(module, task, getattr(module, task).fn)
    for module in (polling, delivering):
        patch.setattr(module, "acreate_markdown_artifact", _no_artifact)
    for module in (comparing, reparsing):
        patch.setattr(module, "create_markdown_artifact", lambda **_: None)


async def _no_artifact(**_: object) -> None:
    return None
