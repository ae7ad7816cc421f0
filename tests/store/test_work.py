"""When a link is fetched: at once, again after a failure, again to look for edits."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sunchi.errors import Outcome
from sunchi.model import Validators
from sunchi.store import Store
from tests.store.making import DAY, HOUR, NOW, due, id_of, link, parsed, see

MINUTE = timedelta(minutes=1)


def is_due_after(store: Store, now: datetime, pause: timedelta) -> bool:
    """Return whether the only link is due then, and not a minute before."""
    return not store.work("kcna", "en", now + pause - MINUTE) and bool(store.work("kcna", "en", now + pause))


def test_unread_links_come_first_and_the_newest_of_them(store: Store) -> None:
    old, new, read = link("old", date=None), link("new", position=2), link("read")
    see(store, [old, new, read, link("top", position=1)])
    store.save(parsed(read, "talks"))
    assert due(store, NOW + HOUR) == [("top", "new"), ("new", "new"), ("old", "new"), ("read", "relook")]
    assert store.work("kcna", "ko", NOW) == []


def test_an_article_is_looked_at_again_after_an_hour_six_hours_a_day_a_week_and_thirty_days(store: Store) -> None:
    see(store, [link()])
    store.save(parsed(link(), "talks"))
    looks = [HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY]
    for look in looks:
        assert due(store, NOW + look - MINUTE) == []
        assert due(store, NOW + look) == [("a", "relook")]
        store.record_unchanged(link(), NOW + look)
    assert due(store, NOW + 1000 * DAY) == []


def test_missed_looks_are_replaced_by_one(store: Store) -> None:
    store.save(parsed(link(), "talks"))
    store.record_unchanged(link(), NOW + 2 * DAY)
    assert due(store, NOW + 7 * DAY - MINUTE) == []
    assert due(store, NOW + 7 * DAY) == [("a", "relook")]


def test_each_address_of_an_article_is_fetched_twice_and_the_first_one_repeatedly(store: Store) -> None:
    see(store, [link("a"), link("b")])
    store.save(parsed(link("a"), "talks"))
    store.save(parsed(link("b"), "talks"))
    assert due(store, NOW + HOUR) == [("a", "relook"), ("b", "relook")]
    for name in ("a", "b"):
        store.save(parsed(link(name), "talks", now=NOW + HOUR))
    assert due(store, NOW + 30 * DAY) == [("a", "relook")]


def test_looks_after_the_second_are_conditional_but_not_after_a_304(store: Store) -> None:
    now, validators = NOW, Validators('"1"', "yesterday")
    store.save(parsed(link(), "talks", validators=validators))
    offered = []
    for hours in (1, 6, 24):
        now = NOW + hours * HOUR
        [work] = store.work("kcna", "en", now)
        offered.append(work.validators)
        if hours == 1:
            store.save(parsed(link(), "talks", now=now, validators=validators))
        else:
            store.record_unchanged(link(), now)
    assert offered == [Validators(), validators, Validators()]


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.BLOCKED, Outcome.DRIFT, Outcome.BAD_STATUS])
def test_a_failure_is_retried_at_growing_intervals_up_to_a_day_and_never_dropped(
    store: Store, outcome: Outcome
) -> None:
    see(store, [link()])
    now = NOW
    for minutes in (15, 30, 60, 120, 240, 480, 960, 1440, 1440):
        store.record_failure(link(), outcome, "no answer in 120 s", now)
        assert is_due_after(store, now, minutes * MINUTE)
        now += minutes * MINUTE
    assert due(store, now) == [("a", "again")]
    [unread] = store.unread_links()
    assert (unread.state, unread.error, unread.attempts) == (outcome.value, "no answer in 120 s", 9)


def test_a_link_that_failed_for_months_is_still_fetched_once_a_day(store: Store) -> None:
    for _ in range(70):
        store.record_failure(link(), Outcome.UNREACHABLE, "", NOW)
    assert is_due_after(store, NOW, DAY)


def test_a_successful_read_resets_failures(store: Store) -> None:
    see(store, [link()])
    store.record_failure(link(), Outcome.DRIFT, "no title", NOW)
    store.save(parsed(link(), "talks", NOW + HOUR))
    assert store.unread_links() == []
    [work] = store.work("kcna", "en", NOW + 2 * HOUR)
    assert (work.why, work.attempts) == ("relook", 0)


def test_an_article_stays_read_when_a_later_look_fails(store: Store) -> None:
    store.save(parsed(link(), "talks"))
    store.record_failure(link(), Outcome.BLOCKED, "a filter's notice", NOW + HOUR)
    assert store.unread_links() == []
    assert [row["outcome"] for row in store.articles()] == ["read"]
    assert is_due_after(store, NOW + HOUR, 15 * MINUTE)


def test_a_photo_item_is_not_fetched_again(store: Store) -> None:
    see(store, [link()])
    store.record_failure(link(), Outcome.MEDIA_ONLY, "", NOW)
    assert due(store, NOW + 1000 * DAY) == []
    assert [one.state for one in store.unread_links()] == ["media_only"]


def test_unchanged_for_a_page_that_was_never_read_does_not_drop_it(store: Store) -> None:
    see(store, [link()])
    for pause in (15 * MINUTE, 30 * MINUTE, 60 * MINUTE):
        store.record_unchanged(link(), NOW)
        assert is_due_after(store, NOW, pause)


@pytest.mark.parametrize("outcome", [Outcome.READ, Outcome.UNCHANGED, Outcome.GONE])
def test_outcomes_with_their_own_method_are_not_failures(store: Store, outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="is not a failure"):
        store.record_failure(link(), outcome, "", NOW)


def test_the_store_refuses_a_time_without_a_zone(store: Store) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        see(store, [link()], NOW.replace(tzinfo=None))
    assert store.unknown([link()]) == [link()]


def test_a_link_that_is_fetched_out_of_turn_is_known_with_its_article_and_looks(store: Store) -> None:
    see(store, [link("read"), link("unread")])
    store.save(parsed(link("read"), "talks"))

    read, unread, unknown = (store.work_at(link(key)) for key in ("read", "unread", "unknown"))

    assert (read.article, read.looks, read.why) == (id_of("talks"), 1, "again")
    assert [(each.article, each.looks) for each in (unread, unknown)] == [(None, 0)] * 2
