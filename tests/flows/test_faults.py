"""Faults of the web on the stand-ins that serve real texts: what each is called, and that nothing is lost by it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from prefect.artifacts import Artifact
from prefect.runtime import flow_run

from demo import DemoServer
from flows.poll import poll
from parsers import SOURCES
from sunchi.archive import Archive
from sunchi.fetch import Fetcher
from sunchi.settings import Settings
from sunchi.store import Store
from sunchi.tally import Tally
from sunchi.walk import Walk
from tests.flows.conftest import evening
from tests.flows.press import HOUR, desk
from tests.reading import FOLDER
from tests.replica import Replica

DAY, NEXT = "2022-03-10", "2022-03-12"

WORDS = {  # fault -> what a person reads of it
    "busy": "answers 503 Service Unavailable",
    "slow": "no answer from 127.0.0.1",
    "hang": "no answer from 127.0.0.1",
    "cut": "no whole answer from 127.0.0.1",
    "blocked": "Web Page Blocked",
    "drift": "looked for",
    "empty": "0 entries, where 5 or more are usual",
    "bomb": "is larger than 8,388,608 bytes",
    "loop": "redirects more than 5 times",
    "inward": "which is another site than www.rodong.rep.kp",
}


class Desk:
    """One store and archive that read a replica, without Prefect, with little patience."""

    def __init__(self, replica: Replica, folder: Path) -> None:
        self.replica, self.folder = replica, folder

    async def poll(self, at: datetime, source: str = "rodong") -> Tally:
        edition = next(each for each in SOURCES[source].editions if each.default)
        edition = replace(edition, lists=edition.lists[:1])
        mirror = self.replica.mirrors[edition.site]
        fetcher = Fetcher(edition, mirror=mirror, delay=0, timeout=1, attempts=1, clock=lambda: at)
        with ExitStack() as stack:
            store = stack.enter_context(self.store())
            writer = stack.enter_context(Archive.open(str(self.folder / "archive")).writer(edition.site))
            async with fetcher:
                walk = Walk(SOURCES[source], edition, fetcher, writer, store, desk(), 10, lambda: at)
                await walk.read_lists()
                await walk.read_articles()
        return walk.tally

    def store(self) -> Store:
        return Store.open(f"sqlite:///{self.folder / 'sunchi.db'}")

    def texts(self) -> list[tuple[Any, ...]]:
        with self.store() as store:
            rows = store.articles()
            return sorted((str(row["date"]), row["title"], tuple(row["paragraphs"]), row["revisions"]) for row in rows)

    def incidents(self) -> list[str]:
        with self.store() as store:
            return [f"{each.kind}: {each.message}" for each in store.incidents()]


@pytest.fixture(scope="module")
def rodong(shared: Path) -> Any:
    replica = Replica(shared)
    yield replica
    replica.stop()


@pytest.fixture
def well(rodong: Replica) -> Any:
    rodong.control("rodong", day=DAY, fault="")
    yield rodong
    rodong.control("rodong", fault="")


@pytest.fixture(scope="module")
def untroubled(rodong: Replica, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """What two polls of a site that is well come to."""
    made = Desk(rodong, tmp_path_factory.mktemp("untroubled"))
    for day in (DAY, NEXT):
        rodong.control("rodong", day=day, fault="")
        asyncio.run(made.poll(evening(day)))
    return made


@pytest.mark.parametrize("fault", WORDS)
async def test_a_fault_is_said_in_words_and_loses_nothing_once_the_site_is_well(
    fault: str, untroubled: Desk, well: Replica, tmp_path: Path
) -> None:
    desk = Desk(well, tmp_path)
    await desk.poll(evening(DAY))
    well.control("rodong", day=NEXT, fault=fault)
    during = await desk.poll(evening(NEXT))
    incidents = desk.incidents()
    well.control("rodong", fault="")
    after = await desk.poll(evening(NEXT) + HOUR)

    assert (during.outcome, during.stories) == ("failed", [])
    assert WORDS[fault] in during.words
    assert len(during.words.splitlines()) <= 3
    assert len(during.words) < 600
    assert any(WORDS[fault] in words for words in incidents)
    assert (after.outcome, desk.incidents()) == ("ok", [])
    assert desk.texts() == untroubled.texts()


async def test_one_site_that_fails_holds_up_no_other_and_its_poll_is_recorded(
    settle: Callable[..., Settings], well: Replica
) -> None:
    settings = settle(mirrors=well.mirrors, first_poll=5)
    well.control("kcna", fault="blocked")

    failed = await poll("kcna", evening(DAY), return_state=True)
    up = await poll("rodong", evening(DAY))

    assert failed.is_failed()
    assert "Web Page Blocked" in str(failed.message)
    assert (up.outcome, up.new) == ("ok", 5)
    with Store.open(settings.database()) as store:
        assert {each.source: each.outcome for each in store.polls()} == {"kcna": "failed", "rodong": "ok"}


async def test_a_lexicon_that_is_wrong_fails_the_run_with_file_and_line_and_the_poll_is_recorded(
    settle: Callable[..., Settings], sites: DemoServer, tmp_path: Path
) -> None:
    shutil.copytree(FOLDER, tmp_path / "lexicon")
    with (tmp_path / "lexicon" / "rules.toml").open("a") as rules:
        rules.write("[[rule]]\nid = 7\n")
    settings = settle(mirrors=sites.mirrors, lexicon=tmp_path / "lexicon")

    failed = await poll("kcna", return_state=True)

    assert failed.is_failed()
    assert "rules.toml" in str(failed.message)
    with Store.open(settings.database()) as store:
        [recorded] = store.polls("kcna")
    assert (recorded.outcome, recorded.error) == ("failed", failed.message)


async def test_a_source_that_is_unknown_is_said_with_those_that_are_known(settle: Callable[..., Settings]) -> None:
    settle()

    failed = await poll("kncna", return_state=True)

    assert failed.is_failed()
    assert "kncna: there is no source of this name; there are kcna, rodong, hani" in str(failed.message)


async def test_the_run_shows_what_was_new_with_its_link(settle: Callable[..., Settings], sites: DemoServer) -> None:
    settle(mirrors=sites.mirrors, first_poll=3)

    done = await poll("kcna", evening("2021-01-05"))

    shown = await Artifact.get("poll-kcna")
    assert shown is not None
    assert shown.type == "markdown"
    assert shown.data.startswith("# Korean Central News Agency, 2021")
    assert shown.data.count("](<http://www.kcna.kp/en/article/") == done.new > 0


async def test_late_runs_after_a_night_off_end_at_once_and_a_wrong_clock_stops_no_poll_for_good(
    settle: Callable[..., Settings], sites: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settle(mirrors=sites.mirrors, first_poll=3)
    at, week = evening("2021-01-05"), 7 * 24 * HOUR
    await poll("kcna", at)

    monkeypatch.setattr(flow_run, "get_scheduled_start_time", lambda: at - HOUR)
    late = await poll("kcna", at + HOUR, return_state=True)
    monkeypatch.setattr(flow_run, "get_scheduled_start_time", lambda: at - week)
    clock_put_right = await poll("kcna", at - week + HOUR, return_state=True)

    assert (late.name, late.message) == ("Overtaken", "kcna: a later poll has run already")
    assert clock_put_right.name == "Completed"
    with Store.open(settings.database()) as store:
        assert len(store.polls("kcna")) == 2
