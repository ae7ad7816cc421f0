"""The first poll of an edition records what is there, says how much, and alerts nobody; alerts begin after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sunchi.archive.store import Archive
from sunchi.ingest.rebuild import rebuild
from sunchi.model import DateBasis
from sunchi.store import Store
from tests.ingest.press import DAY, HOUR, LATEST, LETTER, LETTER_TEXT, NOON, TOP, Dying, Killed, Paper, parse
from tests.web import Reply

TALKS = "Wang Yi Sends Message of Greeting to Choe Son Hui"
TALKS_TEXT = (
    "Wang Yi, foreign minister of China, sent a message of greeting to Choe Son Hui, foreign minister of the DPRK."
)
LONG_AGO = NOON.date() - 60 * DAY


def published(paper: Paper) -> list[str]:
    return [title.partition(":")[0] for change, title in paper.told() if change == "published"]


XI, WANG = "Kim Jong Un → Xi Jinping", "Wang Yi → Choe Son Hui"


async def test_it_records_reports_the_number_and_alerts_from_the_next_poll_on(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT, LONG_AGO)
    paper.publish_many(3)

    first = await paper.poll()
    paper.publish("talks", TALKS, TALKS_TEXT)
    second = await paper.poll_later()

    assert (first.outcome, first.count("new"), first.alerts) == ("ok", 4, 0)
    assert first.signals > 0
    assert first.words == "paper/en: first poll: recorded 4 articles from 2020-11-09 on; alerts from the next poll on"
    assert (second.words, published(paper)) == ("", [WANG])


async def test_an_interrupted_first_poll_continues_until_it_is_done(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish_many(11)  # the letter is of the second batch
    saved = 0

    def step(name: str) -> None:
        nonlocal saved
        saved += name == "after save"
        if saved == 5:
            raise Killed

    paper.store_of = lambda store: Dying(store, step)
    with pytest.raises(Killed):
        await paper.poll()
    paper.store_of = lambda store: store
    paper.publish("talks", TALKS, TALKS_TEXT)

    rest = await paper.poll_later()

    assert "recorded 12 articles" in rest.words, "of a batch that was killed nothing is kept"
    assert LETTER in paper.titles()
    assert published(paper) == [WANG], "what came after the lists were read is news"


async def test_a_list_that_cannot_be_read_to_its_end_is_still_in_its_first_poll(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT, LONG_AGO)
    paper.publish_many(12)
    paper.answers[f"/new/list/{LATEST}?page=2"] = Reply(status=500)
    assert (await paper.poll()).count("new") == 10
    paper.answers.clear()

    assert (await paper.poll_later()).count("new") == 3
    assert published(paper) == []
    paper.publish("talks", TALKS, TALKS_TEXT)
    await paper.poll_later()
    assert published(paper) == [WANG]


async def test_on_a_list_in_no_order_what_is_not_younger_alerts_nobody(paper: Paper) -> None:
    paper.publish_many(3)
    await paper.poll()
    paper.publish("letter", LETTER, LETTER_TEXT)
    for day in range(6):  # each older than the one below it
        paper.publish_many(1, NOON.date() - day * DAY, f"day{day}")

    assert (await paper.poll_later()).count("new") == 7
    assert published(paper) == []


@pytest.mark.parametrize(("others", "told"), [(0, [XI]), (4, [])])
async def test_an_article_posted_late_alerts_but_not_with_many_old_ones_which_a_list_has_turned_up(
    others: int, told: list[str], paper: Paper
) -> None:
    paper.publish_many(6, NOON.date() - DAY, "yesterday")
    paper.publish_many(6)
    await paper.poll()
    paper.publish_many(others, NOON.date() - 3 * DAY, "late")
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date() - 3 * DAY)

    assert (await paper.poll_later()).count("new") == 1 + others
    assert published(paper) == told


async def test_a_list_of_few_days_that_is_turned_round_alerts_of_nothing_old(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date() - 2 * DAY)
    paper.publish_many(11, NOON.date() - DAY, "yesterday")
    paper.first_poll = 10
    await paper.poll()
    paper.items.reverse()

    await paper.poll_later()

    assert LETTER in paper.titles()
    assert published(paper) == []


async def test_with_incomplete_lists_it_lasts_a_day_at_most(paper: Paper) -> None:
    paper.publish_many(12)
    paper.answers[f"/new/list/{LATEST}?page=2"] = Reply(status=500)
    await paper.poll()
    await paper.poll_later(DAY)
    paper.publish("letter", LETTER, LETTER_TEXT)

    await paper.poll_later()

    assert published(paper) == [XI]


async def test_a_list_that_is_empty_at_first_later_alerts_about_news_and_not_old_items(paper: Paper) -> None:
    paper.lists = (TOP, LATEST)
    paper.publish_many(3)
    await paper.poll()
    paper.publish("letter", LETTER, LETTER_TEXT, LONG_AGO, lists=(TOP,))
    paper.publish("talks", TALKS, TALKS_TEXT, NOON.date() + DAY, lists=(TOP,))

    await paper.poll_later(DAY)

    assert {LETTER, TALKS} <= set(paper.titles())
    assert published(paper) == [WANG]


async def test_entries_further_down_a_list_than_at_first_are_not_news(paper: Paper) -> None:
    paper.first_poll = 10
    paper.publish_many(3, LONG_AGO, "old")
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date() - 3 * DAY)
    paper.publish_many(16)
    await paper.poll()
    paper.publish("talks", TALKS, TALKS_TEXT)

    await paper.poll_later()

    assert LETTER in paper.titles()
    assert published(paper) == [WANG]


async def test_a_page_unreadable_in_the_first_poll_is_not_news_later(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish_many(3)
    paper.answers[paper.path("letter")] = Reply(status=500)
    await paper.poll()
    paper.answers.clear()

    later = await paper.poll_later(2 * HOUR)

    assert (later.count("new"), published(paper)) == (1, [])


async def test_edits_and_deletion_of_a_recorded_article_alert(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish_many(3)
    await paper.poll()
    paper.items[-1].text = LETTER_TEXT.replace("invincible", "useful").replace("Xi Jinping", "Li Qiang")
    await paper.poll_later()
    await paper.poll_later()
    edited = [change for change, _ in paper.told()]
    paper.items = paper.items[:-1]
    for _ in range(3):
        await paper.poll_later(DAY)

    assert set(edited) == {"edited"}
    assert "deleted" in [change for change, _ in paper.told()]


async def test_a_recorded_teaser_is_completed_without_an_alert(paper: Paper) -> None:
    paper.publish("letter", LETTER, "Kim Jong Un sent a message.")
    paper.publish_many(3)
    await paper.poll()
    paper.items[-1].text += "\n" + LETTER_TEXT

    assert (await paper.poll_later()).count("changed") == 1
    assert paper.told() == []


async def test_a_source_added_later_has_its_own_first_poll(paper: Paper) -> None:
    paper.publish_many(3)
    await paper.poll()
    other = replace(paper, source="journal", items=[])
    paper.web.otherwise = other.answer
    other.publish("letter", LETTER, LETTER_TEXT)

    first = await other.poll()
    other.publish("talks", TALKS, TALKS_TEXT)
    await other.poll_later()

    assert "journal/en: first poll: recorded 1 article" in first.words
    assert published(paper) == [WANG]


async def test_alerts_continue_after_a_rebuild_and_a_lost_database_without_one_starts_over(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT, LONG_AGO)
    paper.publish_many(3)
    await paper.poll()
    lose(paper.folder)
    with Store.open(f"sqlite:///{paper.folder / 'sunchi.db'}") as store:
        archive = Archive.open(str(paper.folder / "archive"))
        await rebuild([paper.outlet()], archive, store, paper.analyzer, 40, datetime.now(UTC))
    paper.publish("talks", TALKS, TALKS_TEXT)
    await paper.poll_later()
    assert published(paper) == [WANG]

    lose(paper.folder)
    again = await paper.poll_later()

    assert "first poll: recorded 5 articles" in again.words
    assert published(paper) == []


def lose(folder: Path) -> None:
    for file in folder.glob("sunchi.db*"):
        file.unlink()


async def test_what_the_first_poll_did_not_show_is_recorded_if_it_is_older(paper: Paper) -> None:
    """A list that shows every second of its entries at first, and all of them the next day."""
    paper.publish_many(4, NOON.date() - DAY, "before")
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date() - DAY)
    paper.publish_many(4, NOON.date() - DAY, "after")
    paper.shown = slice(1, None, 2)
    await paper.poll()
    paper.shown = slice(None)
    paper.publish("talks", TALKS, TALKS_TEXT)

    await paper.poll_later(DAY)

    assert LETTER in paper.titles()
    assert published(paper) == [WANG]


@pytest.mark.parametrize(("shown", "alerted"), [(NOON.date() + DAY, [XI]), (LONG_AGO, [])], ids=["new", "old"])
async def test_the_date_of_the_page_decides_where_the_list_has_an_old_one(
    shown: date, alerted: list[str], paper: Paper
) -> None:
    paper.publish_many(1)
    await paper.poll()
    paper.items.reverse()
    paper.publish("letter", LETTER, LETTER_TEXT, LONG_AGO)
    paper.items.reverse()  # it stands below what was known
    paper.parse_article = lambda page, link: replace(parse(page, link), date=shown, date_basis="page")

    for _ in range(6):
        await paper.poll_later(6 * HOUR)

    assert LETTER in paper.titles()
    assert published(paper) == alerted


@pytest.mark.parametrize(("is_dated", "basis"), [(True, "page"), (False, "dateline")], ids=["dated as new", "undated"])
async def test_old_news_whose_list_does_not_say_so_is_recorded(is_dated: bool, basis: DateBasis, paper: Paper) -> None:
    paper.publish_many(1)
    await paper.poll()
    paper.dated = is_dated
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date() + DAY)
    shown = NOON.date() - DAY
    paper.parse_article = lambda page, link: replace(parse(page, link), date=shown, date_basis=basis)

    for _ in range(6):
        await paper.poll_later(6 * HOUR)

    assert LETTER in paper.titles()
    assert published(paper) == []


async def test_old_news_that_a_list_first_dates_as_new_is_recorded(paper: Paper) -> None:
    paper.publish_many(2, NOON.date() - DAY)
    await paper.poll()
    paper.items.reverse()
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date() + DAY)
    paper.items.reverse()
    paper.answers[paper.path("letter")] = Reply(status=500)
    await paper.poll_later(DAY)
    paper.answers.clear()
    paper.items[-1].day = LONG_AGO

    await paper.poll_later(2 * HOUR)

    assert LETTER in paper.titles()
    assert published(paper) == []


async def test_a_list_that_loses_its_dates_alerts_of_nothing_older_than_the_first_poll(paper: Paper) -> None:
    """Below what the first poll reached, its entries are new, and nothing says how old they are."""
    old = paper.now.date() - 40 * DAY
    paper.publish_many(20, old, name="older")
    paper.publish("letter", LETTER, LETTER_TEXT, old)
    paper.publish_many(8, old)
    paper.shown = slice(5)
    await paper.poll()
    paper.publish("dam", "Dam Finished on River", "The dam on the river is finished.\nIts builders were praised.")
    paper.shown, paper.dated = slice(None), False

    polls = [await paper.poll_later() for _ in range(2)]

    assert [each.count("new") for each in polls] == [5, 0], "its first page, which ends with the letter"
    with paper.store() as store:
        assert store.alerts() == []
