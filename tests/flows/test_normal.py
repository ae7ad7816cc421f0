"""Nothing empty is green: what a source usually brings is learned, and less of it is an incident within two polls."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from prefect.artifacts import Artifact

from flows.deliver import deliver
from flows.poll import poll
from parsers import SOURCES
from sunchi.model import Link, Listing
from sunchi.settings import Settings
from sunchi.store import LinkState, Store
from sunchi.store.links import add
from tests.flows.press import DAY, HOUR, LATEST, ORIGIN, Paper
from tests.web import Reply, Web, serve

PYONGYANG = ZoneInfo("Asia/Pyongyang")
FRIDAY = datetime(2021, 1, 8, 22, tzinfo=PYONGYANG).astimezone(UTC)
LIST = f"{ORIGIN}/new/list/{LATEST}"
WEEKDAY, SUNDAY = 20, 2
"""Articles that the paper brings on a day."""


def lived_through(paper: Paper, days: int, state: LinkState = LinkState.READ, last: int | None = None) -> None:
    """So many days of the paper up to today, polled each evening, its list full; `last` is what today brought."""
    today = paper.now.astimezone(PYONGYANG).date()
    with paper.store() as store:
        for back in range(days, -1, -1):
            at, day = paper.now - back * DAY, today - back * DAY
            number = SUNDAY if day.weekday() == 6 else WEEKDAY
            brought(store, day, at, number if back or last is None else last, state)
            store.record_list_length(LIST, 10, day, at, source="paper", lang="en")


def brought(store: Store, day: date, at: datetime, number: int, state: LinkState) -> None:
    """That day's articles, as they were first seen from hour to hour until `at`."""
    with store._writing() as connection:
        for place in range(number):
            link = Link("paper", "en", f"{ORIGIN}/{day}/{place}", f"{day}-{place}", f"Of {day}", day, 1)
            add(connection, [link], state, LATEST, at - place * HOUR / 2)


async def poll_twice(paper: Paper, step: timedelta = HOUR) -> list[str]:
    """The outcomes of the next two polls."""
    return [(await paper.poll_later(step)).outcome for _ in range(2)]


@pytest.fixture
def daily(paper: Paper) -> Paper:
    """The paper on a Friday evening, its list full."""
    paper.now = FRIDAY
    paper.publish_many(12, FRIDAY.date() - 100 * DAY)
    return paper


# --- articles of a day ----------------------------------------------------------------------------------------------


async def test_a_day_with_far_fewer_articles_than_its_like_is_an_incident_until_a_day_is_as_usual(daily: Paper) -> None:
    lived_through(daily, 56, last=5)
    daily.now += 3 * HOUR  # Saturday has begun: Friday is over

    summary = await daily.poll()

    assert summary.outcome == "failed"
    assert "5 articles on Friday, 8 January 2021, where 20 are usual on such a day" in summary.words
    assert "few_articles" in daily.incidents()
    daily.now += DAY - 3 * HOUR
    lived_through(daily, 0)
    daily.now += 3 * HOUR
    assert "articles on" not in (await daily.poll()).words
    assert "few_articles" not in daily.incidents()


async def test_a_quiet_sunday_is_nothing_strange(daily: Paper) -> None:
    daily.now += 2 * DAY
    lived_through(daily, 56)
    daily.now += 3 * HOUR

    assert (await daily.poll()).outcome == "ok"


async def test_while_the_source_is_not_known_for_four_weeks_only_what_its_parser_states_is_asked_of_it(
    daily: Paper,
) -> None:
    lived_through(daily, 20, last=0)
    daily.now += 3 * HOUR
    assert (await daily.poll()).outcome == "ok"

    daily.daily = 1
    summary = await daily.poll_later()

    assert "0 articles on Friday, 8 January 2021, where 1 or more are usual on such a day" in summary.words


async def test_of_a_day_on_which_nobody_looked_nothing_is_said(daily: Paper) -> None:
    daily.now -= DAY
    lived_through(daily, 56)
    daily.now += DAY + 3 * HOUR

    assert (await daily.poll()).outcome == "ok"


async def test_of_a_day_that_was_last_looked_at_in_the_afternoon_nothing_is_said(daily: Paper) -> None:
    daily.now -= DAY
    lived_through(daily, 56)
    daily.now += DAY - 7 * HOUR
    lived_through(daily, 0, last=3)
    daily.now += 10 * HOUR

    assert "articles on" not in (await daily.poll()).words


# --- nothing new ----------------------------------------------------------------------------------------------------


async def test_a_list_that_shows_the_same_for_far_longer_than_usual_is_an_incident_until_it_brings_something(
    daily: Paper,
) -> None:
    lived_through(daily, 56)
    await daily.poll()
    daily.now += 3 * DAY  # a Monday evening; the longest usual wait is that from Sunday to Monday

    summary = await daily.poll()

    assert summary.outcome == "failed"
    assert "nothing new for 72 h, where 24 h are the longest usual wait" in summary.words
    daily.publish("fresh", "Fresh", "It is new.")
    assert "nothing new" not in (await daily.poll_later()).words
    assert "nothing_new" not in daily.incidents()


@pytest.mark.parametrize("hours", [24, 44])
async def test_a_wait_as_long_as_that_over_a_usual_weekend_is_nothing_strange(hours: int, daily: Paper) -> None:
    lived_through(daily, 56)
    await daily.poll()

    assert "nothing new" not in (await daily.poll_later(hours * HOUR)).words


async def test_of_a_site_whose_lists_cannot_be_read_it_is_not_said_too_that_nothing_came(daily: Paper) -> None:
    lived_through(daily, 56)
    await daily.poll()
    daily.answers["/"] = Reply(status=500)

    summary = await daily.poll_later(4 * DAY)

    assert summary.outcome == "failed"
    assert "nothing new" not in summary.words


# --- what pages are -------------------------------------------------------------------------------------------------


async def test_links_that_are_no_articles_far_more_often_than_usual_are_an_incident(daily: Paper) -> None:
    lived_through(daily, 10)
    daily.publish_many(12, name="film")

    def films(listing: Listing) -> Listing:
        return replace(listing, links=tuple(replace(link, media=True) for link in listing.links))

    daily.read_list = films

    summary = await daily.poll()

    assert "20 of the last 20 links are no articles (20 media_only), where 0 are usual" in summary.words
    assert summary.outcome == "failed"


async def test_where_most_links_are_always_films_it_is_nothing_strange(daily: Paper) -> None:
    lived_through(daily, 10, LinkState.MEDIA_ONLY)

    assert "are no articles" not in (await daily.poll_later()).words


# --- the length of a list -------------------------------------------------------------------------------------------


async def test_a_list_of_half_its_usual_length_is_an_incident_and_the_new_length_is_learned(daily: Paper) -> None:
    lived_through(daily, 20)
    daily.items = daily.items[:4]

    assert await poll_twice(daily) == ["failed", "failed"]
    assert daily.incidents()["list_few"] == "4 entries, where 10 are usual"

    polls = [(await daily.poll_later(DAY)).words for _ in range(20)]

    assert ["10 are usual" in words for words in polls] == sorted(["10 are usual" in words for words in polls])[::-1]
    assert "entries, where" not in polls[-1], "a site may have changed the length of its lists"


async def test_a_list_that_is_known_for_three_days_has_no_usual_length(daily: Paper) -> None:
    lived_through(daily, 3)
    daily.items = daily.items[:4]

    assert (await daily.poll_later()).outcome == "ok"


async def test_an_empty_list_is_never_learned(daily: Paper) -> None:
    lived_through(daily, 20)
    daily.items = []

    polls = [await daily.poll_later(DAY) for _ in range(30)]

    assert {each.outcome for each in polls} == {"failed"}
    assert "0 entries, where 1 or more are usual" in polls[-1].words


# --- who hears of it ------------------------------------------------------------------------------------------------


def file_of(web: Web, operators: bool) -> str:
    scheme = web.origin.replace("http", "json")
    tags = "operators" if operators else "ministry"
    return f"urls:\n  - {scheme}/desk:\n    - tag: desk\n  - {scheme}/keeper:\n    - tag: {tags}\n"


def told(web: Web, path: str) -> list[str]:
    asked = [json.loads(each.body) for each in web.asked if each.path.partition("?")[0] == path]
    return [f"{message['title']}\n{message['message']}" for message in asked]


@pytest.mark.parametrize("operators", [True, False])
async def test_an_incident_is_told_to_the_operators_once_after_two_polls_and_once_when_it_is_over(
    operators: bool, daily: Paper, settle: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as desk:
        desk.on("/desk", Reply())
        desk.on("/keeper", Reply())
        recipients = daily.folder / "notify.yaml"
        recipients.write_text(file_of(desk, operators))
        settings = settle(mirrors={"paper": daily.web.origin}, notify=recipients)
        monkeypatch.setattr(daily, "store", lambda: Store.open(settings.database()))
        monkeypatch.setitem(SOURCES, "paper", daily.outlet())
        lived_through(daily, 56, last=5)
        daily.now += 3 * HOUR

        states, told_so_far = [], []
        for _ in range(3):
            states.append(await poll("paper", daily.now, return_state=True))
            await deliver(daily.now)
            told_so_far.append(len(told(desk, "/keeper")))
            daily.now += HOUR
        shown = await Artifact.aget("poll-paper")
        daily.now += DAY - 6 * HOUR
        lived_through(daily, 0)
        daily.now += 3 * HOUR
        await poll("paper", daily.now)
        await deliver(daily.now)

        assert all(state.is_failed() for state in states)
        assert "5 articles on Friday" in str(states[0].message)
        assert shown is not None
        assert isinstance(shown.data, str)
        assert "5 articles on Friday" in shown.data
        assert told_so_far == [0, 1, 1]
        begun, over = told(desk, "/keeper")
        assert begun.startswith(
            "Sunchi: paper: 1 thing is wrong\nWrong since 2021-01-08 16:00 UTC: paper/en: 5 articles"
        )
        assert over.startswith("Sunchi: paper: 1 is well again\nWell again since 2021-01-09 16:00 UTC: paper/en: 5 art")
        assert len(told(desk, "/desk")) == (0 if operators else 2)


async def test_what_one_poll_meets_and_the_next_does_not_is_told_to_nobody(paper: Paper) -> None:
    paper.publish("a", "Talks Held", "It was agreed.")
    await paper.poll()
    kept, paper.items = paper.items, []
    await paper.poll_later()
    paper.items = kept
    await paper.poll_later()

    with paper.store() as store:
        assert store.unreported_incidents() == []


async def test_two_deliveries_at_once_tell_an_incident_once(
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
