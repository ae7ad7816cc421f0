"""A wrong clock that is corrected: due links are still fetched, and nothing is stored or alerted twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ingest.press import DAY, HOUR, LETTER, LETTER_TEXT, NOON, Paper

STEPS = pytest.mark.parametrize("step", [HOUR, 365 * DAY], ids=["an hour", "a year"])


@STEPS
async def test_after_a_clock_was_ahead_everything_is_read_and_alerted_once(step: timedelta, paper: Paper) -> None:
    paper.publish("talks", "Talks Held", "It was agreed.", NOON.date())
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date())
    paper.now = NOON + step
    paper.has_been_polled()
    await paper.poll()
    told = paper.told()
    assert [change for change, _ in told] == ["published"]

    paper.now = NOON + HOUR / 2
    paper.publish_many(25)
    first = await paper.poll()
    paper.items[-1].text = "It was not agreed."
    edited = [await paper.poll_later(pause) for pause in (2 * HOUR, DAY, HOUR)]  # believed at a second look
    paper.items = [item for item in paper.items if item.key != "letter"]
    gone = [await paper.poll_later(DAY) for _ in range(9)]

    assert (first.count("new"), first.alerts) == (25, 0)
    assert sum(each.count("changed") for each in edited) == 1
    assert sum(each.count("gone") for each in gone) == 1
    assert sorted(change for change, _ in paper.told()) == ["deleted", "published"]
    assert len(paper.titles()) == 27


@STEPS
async def test_after_a_clock_was_behind_nothing_is_new_or_alerted_again(step: timedelta, paper: Paper) -> None:
    paper.first_poll = 15
    paper.publish_many(60, NOON.date() - 3 * DAY, "old")
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date())
    await paper.poll()
    titles, told = paper.titles(), paper.told()

    for hours in (1, 2):
        paper.now = NOON - step + hours * HOUR
        paper.publish(f"news{hours}", f"News {hours}", f"It is {hours}.", NOON.date())
        titles.append(f"News {hours}")
        behind = await paper.poll()
        assert (behind.count("new"), len(behind.changes), behind.outcome) == (1, 1, "ok")
    for hours in (3, 4, 30):
        paper.now = NOON + hours * HOUR
        assert (await paper.poll()).changes == []

    assert paper.titles() == sorted(titles)
    assert paper.told() == told
    paper.publish("talks", "Talks Held", "It was agreed.", NOON.date() + DAY)
    assert (await paper.poll_later()).count("new") == 1
