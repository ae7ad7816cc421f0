"""Faults of the web: how each is reported, and that nothing is lost by it."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prefect.artifacts import Artifact
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run
from typer.testing import CliRunner

from demo import DAYS, DemoServer
from flows.poll import poll as poll_under_prefect
from sunchi.cli import app
from sunchi.ingest.lists import MAX_ENTRIES
from sunchi.ingest.summary import Summary
from sunchi.settings import Settings
from sunchi.store import Store
from tests.detecting import FOLDER
from tests.faults import FAULTS, RECOVERY, Fault, Front, Watch, crowded
from tests.flows.plain import poll
from tests.ingest.press import HOUR, evening
from tests.web import Web, serve

BEFORE, AFTER = DAYS[0], DAYS[2]
under_prefect = pytest.mark.usefixtures("prefect")

OF_EACH_SORT = {
    *("busy", "hang", "cut", "drift", "empty", "charset", "bomb", "edit", "gone", "one text", "two articles"),
    *("cut short", "two encodings", "to https"),
}
"""One fault of each sort: no answer, a bad answer, a bad list, a bad text, and news that looks like a fault."""

IN_PART = (
    *("busy", "cut", "drift", "empty", "edit", "gone", "one text", "two articles", "cut short", "another language"),
    *("two encodings", "soft 404", "sent home"),
)
"""Faults that may be taken for news where they strike in part, and two of those answers that are read by nobody.

`make faults` has every fault strike in part, on all four sites.
"""


ALL = FAULTS | {"100,000 links": replace(FAULTS["100,000 links"], trouble=crowded(MAX_ENTRIES))}
"""As many links as a list may show, before its own, are too many already."""


class Troubled:
    """One embedded site behind a proxy, polled without a fault on day one; and the expected result of day three."""

    def __init__(self, demo: DemoServer, web: Web, folder: Path, site: str, source: str, lang: str) -> None:
        self.demo, self.front = demo, Front(web, demo.mirrors[site])
        (folder / "before").mkdir()
        self.base = Watch(self.front, source, lang, folder / "before")

    async def poll_in_peace(self) -> None:
        self.demo.day = BEFORE
        await self.base.poll(evening(str(BEFORE)))
        self.demo.day = AFTER
        peace = self.base.copy(self.base.folder.parent / "peace")
        self.outcome = (await peace.poll(evening(str(AFTER)))).outcome  # some texts of the week are doubted for a day
        self.wanted = peace.texts()

    async def polls(self, folder: Path, fault: Fault, rate: float) -> tuple[Watch, list[Summary], list[str]]:
        """Poll twice with the fault, and return the incidents; then the site is healthy again."""
        watch = self.base.copy(folder)
        self.front.strike(fault, rate)
        tallies = [await watch.poll(evening(str(AFTER)) + number * HOUR) for number in range(2)]
        self.front.strike(None)
        return watch, tallies, watch.incidents()

    async def is_as_if_nothing_had_been(self, watch: Watch) -> bool:
        """Return whether the result is that of a run without a fault, by the last look at an article."""
        for later in RECOVERY:
            summary = await watch.poll(evening(str(AFTER)) + HOUR + later)
            if watch.texts() == self.wanted and summary.outcome == "ok" and not watch.incidents():
                return True
        return False


Trouble = Callable[[str, str, str], Awaitable[Troubled]]


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trouble]:
    """`await troubled("rodong", "rodong", "en")`: that site's edition, polled in peace once for all tests of it."""
    made: dict[str, Troubled] = {}
    with ExitStack() as stack:

        async def ready(site: str, source: str, lang: str) -> Troubled:
            if site not in made:
                # A server each: they stand at days of their own.
                demo, web = stack.enter_context(DemoServer()), stack.enter_context(serve())
                made[site] = Troubled(demo, web, tmp_path_factory.mktemp(site), site, source, lang)
                await made[site].poll_in_peace()
            return made[site]

        yield ready


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in OF_EACH_SORT else pytest.mark.drill) for name in ALL]
)
async def test_a_fault_is_reported_and_loses_nothing_once_the_site_recovers(
    name: str, troubled: Trouble, tmp_path: Path
) -> None:
    fault, site = ALL[name], await troubled("rodong", "rodong", "en")

    watch, polls, incidents = await site.polls(tmp_path, fault, 1.0)

    harmless = fault.outcome == "ok"
    for each, outcome in zip(polls, [fault.outcome, fault.later or fault.outcome], strict=True):
        # Some texts of the week wait for another look; and of wrong ones more or fewer are doubted, as they come.
        allowed = {"ok", "waiting"} if harmless else {"waiting", "noted", "failed"} if fault.stores else set()
        assert each.outcome in allowed | {outcome}
    assert fault.words in polls[0].words
    assert len(polls[0].words.splitlines()) <= 3
    assert len(polls[0].words) < 900
    assert any(fault.words in words for words in incidents) or harmless
    assert polls[0].count("new") == 0 or harmless or fault.stores
    assert await site.is_as_if_nothing_had_been(watch)


@pytest.mark.drill
@pytest.mark.parametrize("name", IN_PART)
async def test_a_fault_in_three_of_ten_responses_loses_nothing(name: str, troubled: Trouble, tmp_path: Path) -> None:
    site = await troubled("hani-ko", "hani", "ko")

    watch, _, _ = await site.polls(tmp_path, FAULTS[name], 0.3)

    assert await site.is_as_if_nothing_had_been(watch)


async def test_a_list_that_fails_from_its_second_page_is_read_up_to_there(troubled: Trouble, tmp_path: Path) -> None:
    site = await troubled("kcna", "kcna", "en")
    site.demo.day = DAYS[-1]  # the layout whose lists have pages

    watch, polls, incidents = await site.polls(tmp_path, FAULTS["502 in mid-paging"], 1.0)
    after = await watch.poll(evening(str(DAYS[-1])) + 2 * HOUR)

    assert polls[0].outcome == "noted"
    assert polls[0].count("new") == 10
    assert ["answers 502 Bad Gateway" in words for words in incidents] == [True]
    assert after.count("new") > 20
    assert (after.unread, watch.incidents()) == ([], []), "but for pages without text, which are looked at for a day"


@under_prefect
async def test_a_failing_site_delays_no_other_and_its_run_has_failed_and_is_recorded(
    settle: Callable[..., Settings], sites: DemoServer, web: Web
) -> None:
    Front(web, sites.mirrors["kcna"]).strike(FAULTS["blocked"])
    settings = settle(mirrors=sites.mirrors | {"kcna": web.origin}, first_poll=5)

    failed = await poll_under_prefect("kcna", evening(str(DAYS[0])), return_state=True)
    up: Any = await poll_under_prefect("rodong", evening(str(DAYS[0])))

    assert failed.is_failed()
    assert FAULTS["blocked"].words in str(failed.message)
    assert (up.outcome, up.new) == ("ok", 5)
    with Store.open(settings.database()) as store:
        assert {each.source: each.outcome for each in store.polls()} == {"kcna": "failed", "rodong": "ok"}


@pytest.mark.usefixtures("plainly")
@pytest.mark.parametrize("name", ["bomb", "403"])
async def test_the_poll_of_a_failing_site_is_recorded_and_delays_no_other(
    name: str, settle: Callable[..., Settings], sites: DemoServer, web: Web
) -> None:
    Front(web, sites.mirrors["kcna"]).strike(FAULTS[name])
    settings = settle(mirrors=sites.mirrors | {"kcna": web.origin}, first_poll=5)

    failed = await poll("kcna", evening(str(DAYS[0])))
    await poll("rodong", evening(str(DAYS[0])))

    assert failed.is_failed()
    assert FAULTS[name].words in str(failed.message)
    with Store.open(settings.database()) as store:
        polls = {each.source: (each.outcome, each.new) for each in store.polls()}
    assert polls == {"kcna": ("failed", 0), "rodong": ("ok", 5)}


@pytest.mark.usefixtures("plainly")
async def test_a_lexicon_that_is_wrong_fails_the_run_with_file_and_line_and_the_poll_is_recorded(
    settle: Callable[..., Settings], sites: DemoServer, tmp_path: Path
) -> None:
    shutil.copytree(FOLDER, tmp_path / "lexicon")
    with (tmp_path / "lexicon" / "rules.toml").open("a") as rules:
        rules.write("[[rule]]\nid = 7\n")
    settings = settle(mirrors=sites.mirrors, lexicon=tmp_path / "lexicon")

    failed = await poll("kcna")

    assert failed.is_failed()
    assert "rules.toml" in str(failed.message)
    with Store.open(settings.database()) as store:
        [recorded] = store.polls("kcna")
    assert (recorded.outcome, recorded.words) == ("failed", failed.message)


@under_prefect
async def test_an_unknown_source_is_reported_with_the_known_ones(settle: Callable[..., Settings]) -> None:
    settle()

    failed = await poll_under_prefect("kncna", return_state=True)

    assert failed.is_failed()
    assert "kncna: no such source; known are kcna, rodong, hani" in str(failed.message)


@under_prefect
async def test_the_run_shows_what_was_new_with_its_link(settle: Callable[..., Settings], sites: DemoServer) -> None:
    settle(mirrors=sites.mirrors, first_poll=3)

    done: Any = await poll_under_prefect("kcna", evening("2021-01-05"))

    shown = await Artifact.aget("poll-kcna")
    assert shown is not None
    assert shown.type == "markdown"
    assert isinstance(shown.data, str)
    assert shown.data.startswith("# Korean Central News Agency, 2021")
    assert shown.data.count("](<http://www.kcna.kp/en/article/") == done.new > 0
    assert "\\-" not in shown.data


@under_prefect
async def test_runs_are_named_by_source_and_time_and_runs_of_a_command_have_the_tag_too(
    settle: Callable[..., Settings], sites: DemoServer
) -> None:
    settle(mirrors=sites.mirrors, first_poll=1)

    await poll_under_prefect("kcna", evening("2021-01-04"))
    before = datetime.now(UTC).replace(second=0, microsecond=0)
    done = await asyncio.to_thread(lambda: CliRunner().invoke(app, ["poll", "rodong"]))

    assert done.exit_code == 0, done.output
    async with get_client() as client:
        runs = {run.name: run for run in await client.read_flow_runs()}
    assert "poll kcna 2021-01-04 14:00" in runs
    of_command = [run for name, run in runs.items() if f"{before:%Y-%m-%d}" in name and "sunchi" in run.tags]
    assert {run.name.partition(f" {before:%Y-%m-%d}")[0] for run in of_command} >= {"poll rodong", "deliver"}


@pytest.mark.usefixtures("plainly")
async def test_late_runs_after_a_night_off_end_at_once_and_a_wrong_clock_stops_no_poll_permanently(
    settle: Callable[..., Settings], sites: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settle(mirrors=sites.mirrors, first_poll=3)
    at, week = evening("2021-01-05"), 7 * 24 * HOUR
    await poll("kcna", at)

    monkeypatch.setattr(flow_run, "get_run_count", lambda: 1)
    monkeypatch.setattr(flow_run, "get_scheduled_start_time", lambda: at - HOUR)
    late = await poll("kcna", at + HOUR)
    monkeypatch.setattr(flow_run, "get_scheduled_start_time", lambda: at - week)
    clock_put_right = await poll("kcna", at - week + HOUR)

    assert (late.name, late.message) == ("Overtaken", "kcna: a later poll has already run")
    assert clock_put_right.name == "Completed"
    with Store.open(settings.database()) as store:
        assert len(store.polls("kcna")) == 2


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254"])
@pytest.mark.usefixtures("plainly")
async def test_a_site_whose_name_resolves_inside_the_network_is_not_requested_and_the_run_says_so(
    inside: str, settle: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settle()
    honest = socket.getaddrinfo

    def poisoned(host: Any, *more: Any, **named: Any) -> Any:
        if "kcna" in str(host):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (inside, 80))]
        return honest(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", poisoned)
    failed = await poll("kcna")

    words = f"leads to {inside}, which is not a public address; nothing was sent there"
    assert failed.is_failed()
    assert words in str(failed.message)
    with Store.open(settings.database()) as store:
        incidents = [each.message for each in store.incidents() if each.kind == "site"]
        assert list(store.articles()) == []
    assert incidents
    assert all(words in message for message in incidents)
