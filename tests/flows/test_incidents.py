"""Who is notified of an incident, and how often: through the flows, to a desk and to the operators."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest
from prefect.artifacts import Artifact

from flows.poll import poll as poll_under_prefect
from parsers import SOURCES
from sunchi.settings import Settings
from sunchi.store import Store
from tests.flows.plain import deliver, poll
from tests.ingest.press import DAY, FRIDAY, HOUR, Paper, lived_through
from tests.web import Reply, Web, serve


def file_of(web: Web, operators: bool) -> str:
    scheme = web.origin.replace("http", "json")
    tags = "operators" if operators else "ministry"
    return f"urls:\n  - {scheme}/desk:\n    - tag: desk\n  - {scheme}/keeper:\n    - tag: {tags}\n"


def told(web: Web, path: str) -> list[str]:
    asked = [json.loads(each.body) for each in web.asked if each.path.partition("?")[0] == path]
    return [f"{message['title']}\n{message['message']}" for message in asked]


@pytest.fixture
def polled_for_weeks(paper: Paper, settle: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch) -> Paper:
    """The paper as a source of Sunchi's, on a Friday with far fewer articles than its Fridays have."""
    paper.now = FRIDAY
    paper.publish_many(12, FRIDAY.date() - 100 * DAY)
    settings = settle(mirrors={"paper": paper.web.origin})
    monkeypatch.setattr(paper, "store", lambda: Store.open(settings.database()))
    monkeypatch.setitem(SOURCES, "paper", paper.outlet())
    lived_through(paper, 56, last=5)
    paper.now += 3 * HOUR
    return paper


@pytest.mark.usefixtures("prefect")
async def test_a_day_with_too_few_articles_fails_the_run_which_shows_it(polled_for_weeks: Paper) -> None:
    state = await poll_under_prefect("paper", polled_for_weeks.now, return_state=True)

    assert state.is_failed()
    assert "5 articles on Friday" in str(state.message)
    shown = await Artifact.aget("poll-paper")
    assert shown is not None
    assert isinstance(shown.data, str)
    assert "5 articles on Friday" in shown.data


@pytest.mark.usefixtures("plainly")
@pytest.mark.parametrize("operators", [True, False])
async def test_operators_are_notified_of_an_incident_once_after_two_polls_and_once_when_it_is_over(
    operators: bool, polled_for_weeks: Paper, settle: Callable[..., Settings]
) -> None:
    paper = polled_for_weeks
    with serve() as desk:
        desk.on("/desk", Reply())
        desk.on("/keeper", Reply())
        recipients = paper.folder / "notify.yaml"
        recipients.write_text(file_of(desk, operators))
        settle(mirrors={"paper": paper.web.origin}, notify=recipients)

        told_so_far = []
        for _ in range(3):
            await poll("paper", paper.now)
            await deliver(paper.now)
            told_so_far.append(len(told(desk, "/keeper")))
            paper.now += HOUR
        paper.now += DAY - 6 * HOUR
        lived_through(paper, 0)
        paper.now += 3 * HOUR
        await poll("paper", paper.now)
        await deliver(paper.now)

        assert told_so_far == [0, 1, 1]
        begun, over = told(desk, "/keeper")
        assert begun.startswith("Sunchi: paper: 1 problem\nOpen since 2021-01-08 16:00 UTC: paper/en: 5 articles")
        assert over.startswith("Sunchi: paper: 1 resolved\nResolved at 2021-01-09 16:00 UTC: paper/en: 5 art")
        assert len(told(desk, "/desk")) == (0 if operators else 2)


@pytest.mark.usefixtures("plainly")
async def test_a_site_that_is_down_is_one_incident_of_all_its_editions_and_told_once(
    settle: Callable[..., Settings],
) -> None:
    with serve() as site, serve() as desk:
        site.otherwise = lambda asked: Reply(status=404 if asked.path == "/robots.txt" else 403)
        desk.on("/desk", Reply())
        settings = settle(
            mirrors={"kcna": site.origin},
            sources="kcna kcna/ko",
            notify=f"{desk.origin.replace('http', 'json')}/desk",
        )
        for hour in range(3):
            for source in ("kcna", "kcna/ko"):
                failed = await poll(source, FRIDAY + hour * HOUR)
                assert failed.is_failed()
                assert str(failed.message).endswith("; 4 lists")
                await deliver(FRIDAY + hour * HOUR)

        with Store.open(settings.database()) as store:
            assert [(each.kind, each.subject, each.times) for each in store.incidents()] == [("site", "kcna/en", 3)]
        [notice] = told(desk, "/desk")
        assert notice.startswith("Sunchi: kcna: 1 problem\nOpen since 2021-01-08 13:00 UTC: kcna/en: cannot be read: ")


@pytest.mark.usefixtures("plainly")
async def test_incidents_of_what_is_no_longer_read_or_set_are_over_at_the_next_poll(
    paper: Paper, settle: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settle(mirrors={"paper": paper.web.origin}, sources="paper")
    monkeypatch.setitem(SOURCES, "paper", paper.outlet())
    paper.publish("a", "Talks Held", "It was agreed.")
    with Store.open(settings.database()) as store:
        for subject in ("kcna/ko", "paper/en World", "paper/en"):
            store.open_incident("few_articles", subject, "…", FRIDAY, source=subject.partition("/")[0])
        store.open_incident("heartbeat", "SUNCHI_HEARTBEAT", "it did not answer", FRIDAY)

        await poll("paper", FRIDAY)

        assert [each.subject for each in store.incidents()] == ["paper/en"]


@pytest.mark.usefixtures("plainly")
async def test_two_concurrent_deliveries_report_an_incident_once(
    paper: Paper, settle: Callable[..., Settings], web: Web
) -> None:
    with serve() as desk:
        desk.on("/desk", Reply())
        settings = settle(notify=f"{desk.origin.replace('http', 'json')}/desk")
        with Store.open(settings.database()) as store:
            for _ in range(2):
                store.open_incident("list", "paper/en", "@everyone [here](http://evil.example) <b>no</b>", FRIDAY)

        await asyncio.gather(deliver(FRIDAY), deliver(FRIDAY))
        await deliver(FRIDAY + HOUR)

        [notice] = told(desk, "/desk")
        assert "@everyone" not in notice
        assert "<b>" not in notice
