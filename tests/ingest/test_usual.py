"""What a source usually brings is learned, and less of it is an incident within two polls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sunchi.ingest.usual import short_list
from sunchi.model import Listing
from sunchi.store import LinkState
from tests.ingest.press import DAY, FRIDAY, HOUR, LATEST, ORIGIN, Paper, lived_through
from tests.web import Reply

LIST = f"{ORIGIN}/new/list/{LATEST}"


async def poll_twice(paper: Paper, step: timedelta = HOUR) -> list[str]:
    """Return the outcomes of the next two polls."""
    return [(await paper.poll_later(step)).outcome for _ in range(2)]


@pytest.fixture
def daily(paper: Paper) -> Paper:
    """The paper on a Friday evening, with a full list."""
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


async def test_a_quiet_sunday_is_not_an_incident(daily: Paper) -> None:
    daily.now += 2 * DAY
    lived_through(daily, 56)
    daily.now += 3 * HOUR

    assert (await daily.poll()).outcome == "ok"


async def test_in_the_first_four_weeks_only_the_parsers_minimum_counts(
    daily: Paper,
) -> None:
    lived_through(daily, 20, last=0)
    daily.now += 3 * HOUR
    assert (await daily.poll()).outcome == "ok"

    daily.daily = 1
    summary = await daily.poll_later()

    assert "0 articles on Friday, 8 January 2021, where 1 or more are usual on such a day" in summary.words


async def test_a_day_without_polls_is_not_judged(daily: Paper) -> None:
    daily.now -= DAY
    lived_through(daily, 56)
    daily.now += DAY + 3 * HOUR

    assert (await daily.poll()).outcome == "ok"


async def test_a_day_last_polled_in_the_afternoon_is_not_judged(daily: Paper) -> None:
    daily.now -= DAY
    lived_through(daily, 56)
    daily.now += DAY - 7 * HOUR
    lived_through(daily, 0, last=3)
    daily.now += 10 * HOUR

    assert "articles on" not in (await daily.poll()).words


# --- nothing new ----------------------------------------------------------------------------------------------------


async def test_a_list_unchanged_for_far_longer_than_usual_is_an_incident_until_it_changes(
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
async def test_a_wait_as_long_as_a_usual_weekend_is_not_an_incident(hours: int, daily: Paper) -> None:
    lived_through(daily, 56)
    await daily.poll()

    assert "nothing new" not in (await daily.poll_later(hours * HOUR)).words


async def test_unreadable_lists_are_not_also_reported_as_nothing_new(daily: Paper) -> None:
    lived_through(daily, 56)
    await daily.poll()
    daily.answers["/"] = Reply(status=500)

    summary = await daily.poll_later(4 * DAY)

    assert summary.outcome == "failed"
    assert "nothing new" not in summary.words


# --- what pages are -------------------------------------------------------------------------------------------------


async def test_links_that_are_not_articles_far_more_often_than_usual_are_an_incident(daily: Paper) -> None:
    lived_through(daily, 10)
    daily.publish_many(12, name="film")

    def films(listing: Listing) -> Listing:
        return replace(listing, links=tuple(replace(link, media=True) for link in listing.links))

    daily.read_list = films

    summary = await daily.poll()

    assert "20 of the last 20 links are not articles (20 media_only), where 0 are usual" in summary.words
    assert summary.outcome == "failed"


async def test_links_that_are_mostly_films_as_usual_are_not_an_incident(daily: Paper) -> None:
    lived_through(daily, 10, LinkState.MEDIA_ONLY)

    assert "are not articles" not in (await daily.poll_later()).words


# --- the length of a list -------------------------------------------------------------------------------------------


async def test_a_list_of_half_its_usual_length_is_an_incident_and_the_new_length_is_learned(daily: Paper) -> None:
    lived_through(daily, 20)
    daily.items = daily.items[:4]

    assert await poll_twice(daily) == ["failed", "failed"]
    assert daily.incidents()["list_few"] == "4 entries, where 10 are usual"

    polls = [(await daily.poll_later(DAY)).words for _ in range(20)]

    assert ["10 are usual" in words for words in polls] == sorted(["10 are usual" in words for words in polls])[::-1]
    assert "entries, where" not in polls[-1], "a site may have changed the length of its lists"


@pytest.mark.parametrize(("entries", "few"), [(4, True), (5, False), (10, False)])
def test_a_list_of_exactly_half_its_usual_length_is_not_yet_short(entries: int, few: bool) -> None:
    assert bool(short_list(entries, [10] * 20)) is few


async def test_a_list_known_for_three_days_has_no_usual_length(daily: Paper) -> None:
    lived_through(daily, 3)
    daily.items = daily.items[:4]

    assert (await daily.poll_later()).outcome == "ok"


async def test_an_empty_list_is_never_learned(daily: Paper) -> None:
    lived_through(daily, 20)
    daily.items = []

    polls = [await daily.poll_later(DAY) for _ in range(30)]

    assert {each.outcome for each in polls} == {"failed"}
    assert "0 entries, where 1 or more are usual" in polls[-1].words


async def test_a_problem_of_a_single_poll_notifies_nobody(paper: Paper) -> None:
    paper.publish("a", "Talks Held", "It was agreed.")
    await paper.poll()
    kept, paper.items = paper.items, []
    await paper.poll_later()
    paper.items = kept
    await paper.poll_later()

    with paper.store() as store:
        assert store.unreported_incidents() == []
