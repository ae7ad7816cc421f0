"""The time of a poll: of two clocks that disagree, which is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from sunchi.fetch.clock import TOLERANCE, SiteClock

NOW = datetime(2026, 12, 3, 3, tzinfo=UTC)
DAY = timedelta(days=1)
STORED = NOW - DAY / 24
NOTHING_STORED = datetime.min.replace(tzinfo=UTC) + TOLERANCE


def date(at: datetime) -> httpx.Headers:
    return httpx.Headers({"Date": format_datetime(at, usegmt=True)})


@pytest.mark.parametrize(
    ("own", "site", "stored", "time", "words"),
    [
        (NOW, NOW, STORED, NOW, ""),
        (NOW, NOW + DAY / 2, STORED, NOW, ""),
        (NOW, NOW - DAY / 2, STORED, NOW, ""),
        (NOW + 30 * DAY, NOW, STORED, NOW, "this machine's clock is 30 days ahead: it says 2027-01-02 03:00 UTC"),
        (NOW + 400 * DAY, NOW, STORED, NOW, "this machine's clock is 400 days ahead"),
        (NOW + 400 * DAY, NOW, NOTHING_STORED, NOW, "400 days ahead"),
        (NOW - 30 * DAY, NOW, STORED, NOW, "this machine's clock is 30 days behind"),
        # The machine was off for three weeks.
        (NOW, NOW, NOW - 21 * DAY, NOW, ""),
        # The site's clock is slow or fast, or a cache sends an old time: what is stored is newer, or neither is known.
        (NOW, NOW - 3 * DAY, STORED, NOW, "this machine's clock or the site's is wrong"),
        (NOW, NOW + 3 * DAY, STORED, NOW, "this machine's clock or the site's is wrong"),
        (NOW - 30 * DAY, NOW, NOTHING_STORED, NOW - 30 * DAY, "this machine's clock or the site's is wrong"),
        # What is stored is from a night with a wrong clock, whose sites did not say what time it was.
        (NOW, NOW, NOW + 30 * DAY, NOW, ""),
    ],
)
def test_the_clock_that_what_is_stored_contradicts_is_wrong_and_otherwise_the_later_one(
    own: datetime, site: datetime, stored: datetime, time: datetime, words: str
) -> None:
    clock = SiteClock(lambda: own, stored - TOLERANCE)
    clock.hear(date(site))
    assert clock() == time
    assert words in clock.words if words else clock.words == ""


def test_an_answer_from_a_cache_does_not_outweigh_a_later_one() -> None:
    clock = SiteClock(lambda: NOW)
    for age in (20 * DAY, timedelta(0), 5 * DAY):
        clock.hear(date(NOW - age))
    assert (clock(), clock.words, clock.agrees) == (NOW, "", True)


@pytest.mark.parametrize("headers", [{}, {"Date": "yesterday"}, {"Date": "Thu, 99 Dec 2026 03:00:00 GMT"}])
def test_without_an_answer_that_says_the_time_the_error_is_what_the_last_polls_found(headers: dict[str, str]) -> None:
    clock = SiteClock(lambda: NOW + 30 * DAY, STORED, error=30 * DAY)
    clock.hear(httpx.Headers(headers))
    assert (clock(), clock.words, clock.agrees) == (NOW, "", False)


def test_a_replay_hears_no_site() -> None:
    clock = SiteClock(lambda: NOW - 2000 * DAY, is_replay=True)
    clock.hear(date(NOW))
    assert (clock(), clock.words) == (NOW - 2000 * DAY, "")
