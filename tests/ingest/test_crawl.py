"""One source, poll after poll: nothing is lost, stored or alerted twice, whatever happens in between."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from sqlite3 import connect
from typing import Any

import pytest

from sunchi.archive.store import Archive
from sunchi.errors import ArchiveError, MediaOnly, StoreError
from sunchi.ingest import pages
from sunchi.ingest.analysis import INCOMPLETE
from sunchi.ingest.reparse import reparse_page
from sunchi.ingest.trust import Kinship, kinship
from sunchi.model import Article, Link, Page
from sunchi.signals import detectors
from sunchi.signals.document import Document
from sunchi.store import BY_THE_SITE, ArticleRow, DeliveryState
from tests.ingest.press import (
    DAY,
    FRIENDSHIP,
    HOUR,
    LATEST,
    LETTER,
    LETTER_TEXT,
    NOON,
    TOP,
    Dying,
    Killed,
    Paper,
    parse,
)
from tests.web import Asked, Reply


def said(paper: Paper) -> list[tuple[str, bool]]:
    """Return the event of each alert, and whether it is about the letter."""
    return [(change, "Xi Jinping" in title) for change, title in paper.told()]


def sent(paper: Paper) -> set[tuple[str, int]]:
    """Return event and text of each alert that has been sent by now."""
    with paper.store() as store:
        while due := store.claim_deliveries(paper.now, limit=100):
            store.mark_sent(store.mark_sending([each.id for each in due], paper.now), paper.now)
        return {
            (alert.change, alert.revision)
            for alert in store.alerts()
            if any(each.state is DeliveryState.SENT for each in alert.deliveries)
        }


def stored(paper: Paper) -> list[ArticleRow]:
    with paper.store() as store:
        return list(store.articles())


# --- each article once ----------------------------------------------------------------------------------------------


async def test_everything_on_a_list_is_stored_and_alerted_once(paper: Paper) -> None:
    paper.lists = (LATEST, TOP)
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT, lists=(LATEST, TOP))
    paper.publish("talks", "Talks Held", "It was agreed.")

    first = await paper.poll()
    again = await paper.poll_later()

    assert (first.outcome, first.listed, first.count("new")) == ("ok", 2, 2)
    assert (again.outcome, again.listed, again.changes) == ("ok", 2, [])
    assert paper.titles() == [LETTER, "Talks Held"]
    assert ("published", True) in said(paper)
    assert len(paper.told()) == first.alerts


async def test_two_concurrent_polls_of_one_source_store_and_alert_once(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish_many(12)

    one, other = await asyncio.gather(*(asyncio.to_thread(asyncio.run, paper.poll()) for _ in range(2)))

    assert (one.outcome, other.outcome) == ("ok", "ok")
    assert one.count("new") + other.count("new") == len(paper.titles()) == 13
    assert one.alerts + other.alerts == len(paper.told()) == len(set(paper.told()))


# --- how far a list is read -----------------------------------------------------------------------------------------


async def test_the_first_poll_takes_the_newest_up_to_the_setting(paper: Paper) -> None:
    paper.first_poll = 15
    paper.publish_many(60)

    first = await paper.poll()
    again = await paper.poll_later()

    assert first.count("new") == 15
    assert again.count("new") == 0
    assert "Title item 59" in paper.titles()
    assert "Title item 44" not in paper.titles()


@pytest.mark.parametrize("dated", [True, False])
async def test_later_polls_do_not_go_back_before_the_first(dated: bool, paper: Paper) -> None:
    paper.first_poll, paper.dated = 10, dated
    paper.publish_many(100, NOON.date() - 3 * DAY, "old")
    paper.publish_many(20)
    await paper.poll()
    paper.publish_many(12, NOON.date(), "later")

    later = await paper.poll_later()

    assert later.count("new") == (30 if dated else 12), "whole pages, to the first that ends behind the horizon"
    assert len([title for title in paper.titles() if "old" in title]) == (8 if dated else 0)


async def test_after_an_empty_first_list_the_next_poll_is_the_first(paper: Paper) -> None:
    paper.first_poll = 5
    assert (await paper.poll()).outcome == "failed"
    paper.publish_many(60)

    assert (await paper.poll_later()).count("new") == 5


@pytest.mark.parametrize("dated", [True, False])
async def test_after_a_gap_the_list_is_read_back_to_what_is_known(dated: bool, paper: Paper) -> None:
    paper.dated = dated
    paper.publish_many(3)
    await paper.poll()
    paper.publish_many(35, paper.now.date() + 5 * DAY, "later")

    assert (await paper.poll_later(6 * DAY)).count("new") == 35


@pytest.mark.parametrize("dated", [True, False])
async def test_a_failed_list_page_is_caught_up_however_old_the_gap(dated: bool, paper: Paper) -> None:
    paper.dated = dated
    paper.publish_many(3)
    await paper.poll()
    paper.first_poll = 10 if dated else 40  # without dates it is this that bounds it
    for day in range(1, 8):
        paper.publish_many(5, paper.now.date() + day * DAY, f"day{day}")
    paper.answers[f"/new/list/{LATEST}?page=2"] = Reply(status=500)

    cut = await paper.poll_later(8 * DAY)
    still = await paper.poll_later()
    del paper.answers[f"/new/list/{LATEST}?page=2"]
    well = await paper.poll_later()

    assert (cut.count("new"), cut.outcome) == (10, "noted")
    assert "page 2 could not be read" in cut.words
    assert still.count("new") == 0
    assert (well.count("new"), well.outcome) == (25, "ok")
    assert "list_cut" not in paper.incidents()


async def test_a_list_that_repeats_its_last_page_for_ever_is_read_once(paper: Paper) -> None:
    paper.publish_many(4)

    def page(asked: Asked) -> Reply:
        return Reply(f"{paper.list_page(LATEST, 1)}\nMORE /new/list/{LATEST}?page=7")

    paper.answers[f"/new/list/{LATEST}"] = page
    summary = await paper.poll()

    assert (summary.outcome, summary.count("new")) == ("ok", 4)
    assert len([path for path in paper.web.paths() if "/list/Latest" in path]) == 2


async def test_a_page_that_repeats_the_first_is_not_the_end_if_there_is_more(paper: Paper) -> None:
    paper.publish_many(25)
    paper.answers[f"/new/list/{LATEST}?page=2"] = Reply(paper.list_page(LATEST, 1))

    summary = await paper.poll()
    paper.answers.clear()

    assert "page 2 shows nothing new, though the list has 25 entries" in summary.words
    assert (await paper.poll_later()).count("new") == 15


async def test_a_list_whose_further_pages_are_lost_after_a_gap_is_incomplete(paper: Paper) -> None:
    paper.publish_many(3)
    await paper.poll()
    paper.publish_many(15, paper.now.date() + DAY, "later")
    paper.answers[f"/new/list/{LATEST}"] = Reply("\n".join(["LIST 10", *paper.list_page(LATEST, 1).splitlines()[1:-1]]))

    lost = await paper.poll_later(DAY)
    paper.answers.clear()

    assert "ends before any entry that is known" in lost.words
    assert (lost.count("new"), (await paper.poll_later()).count("new")) == (10, 5)


async def test_after_days_of_an_old_copy_the_list_is_read_back_to_where_that_ended(paper: Paper) -> None:
    paper.publish_many(8)
    await paper.poll()
    kept, copy = paper.now.date(), paper.list_page(LATEST, 1)
    for day in range(1, 6):
        paper.publish_many(8, kept + day * DAY, f"day{day}")
    paper.answers[f"/new/list/{LATEST}"] = Reply(copy)
    for _ in range(5):
        await paper.poll_later(DAY)
    paper.answers.clear()

    assert (await paper.poll_later()).count("new") == 40


async def test_a_cache_that_says_for_ever_that_nothing_has_changed_is_not_believed_twice(paper: Paper) -> None:
    def cached(asked: Asked) -> Reply:
        is_conditional = "If-None-Match" in asked.headers
        return Reply(status=304) if is_conditional else Reply(paper.list_page(LATEST, 1), headers={"ETag": '"1"'})

    paper.publish("a", "Talks Held", "It was agreed.")
    paper.answers[f"/new/list/{LATEST}"] = cached
    await paper.poll()
    paper.publish("b", "More Talks Held", "Nothing was agreed.")

    assert [(await paper.poll_later()).count("new") for _ in range(2)] == [0, 1]


async def test_an_empty_further_page_is_not_the_end_if_there_is_more(paper: Paper) -> None:
    paper.publish_many(25)
    paper.answers[f"/new/list/{LATEST}?page=2"] = Reply("LIST 0")

    summary = await paper.poll()
    paper.answers.clear()

    assert "shows nothing, though the list has 25 entries" in summary.words
    assert (await paper.poll_later()).count("new") == 15


async def test_an_entry_that_cannot_be_read_is_not_hidden_by_304_and_does_not_make_polls_read_ever_further_back(
    paper: Paper,
) -> None:
    def page(asked: Asked) -> Reply:
        number = int(asked.path.partition("page=")[2] or 1)
        return Reply(f"{paper.list_page(LATEST, number)}\nBAD entry", headers={"ETag": '"1"'})

    paper.answers[f"/new/list/{LATEST}"] = page
    for day in range(8):
        paper.publish_many(10, paper.now.date(), f"day{day}")
        paper.web.asked.clear()
        summary = await paper.poll_later(DAY)

    asked = [each for each in paper.web.asked if "/list/" in each.path]
    assert "no address: BAD entry" in summary.words
    assert all("If-None-Match" not in each.headers for each in asked)
    assert len(asked) == 5, "the days since two days before the last known one, and a page that shows where they end"


async def test_a_list_without_a_link_to_its_other_pages_is_incomplete(paper: Paper) -> None:
    paper.publish_many(25)
    paper.answers[f"/new/list/{LATEST}"] = Reply(paper.list_page(LATEST, 1).replace("MORE", "LOST"))

    summary = await paper.poll()
    paper.answers.clear()

    assert "no link to a second page was found, though the list has 25 entries" in summary.words
    assert (await paper.poll_later()).count("new") == 15


# --- nothing empty is green -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2099, 1, 1)])
async def test_a_list_that_dates_all_entries_when_there_were_or_are_no_sites_is_read_as_undated(
    paper: Paper, day: date
) -> None:
    """Or reading would end with its first page, since it seems to reach back far enough."""
    paper.publish_many(3)
    await paper.poll()
    paper.publish_many(20, name="new")
    paper.read_list = lambda listing: replace(listing, links=tuple(replace(link, date=day) for link in listing.links))

    wrong = await paper.poll_later()

    assert (wrong.outcome, wrong.count("new")) == ("noted", 20)
    assert "entries with an impossible date" in wrong.words


async def test_a_list_page_that_breaks_off_is_incomplete(paper: Paper) -> None:
    paper.publish_many(3)
    paper.answers[f"/new/list/{LATEST}"] = lambda asked: Reply(f"{paper.list_page(LATEST, 1)}\n<html>")

    broken = await paper.poll()
    paper.answers.clear()
    whole = await paper.poll_later()

    assert (broken.outcome, broken.count("new"), whole.outcome) == ("noted", 3, "ok")
    assert "breaks off before its end" in broken.words


async def test_a_list_that_lacks_what_it_showed_before_is_incomplete_for_a_day(paper: Paper) -> None:
    for day in range(4):
        paper.publish_many(2, NOON.date() - (3 - day) * DAY, f"day{day}")
    await paper.poll()
    paper.shown = slice(None, None, 2)

    half = [await paper.poll_later(6 * HOUR) for _ in range(6)]

    assert [each.outcome for each in half] == ["noted"] * 4 + ["ok"] * 2
    assert "3 of 6 entries that it showed before are missing" in half[0].words


async def test_an_empty_list_fails_every_poll_until_it_recovers(paper: Paper) -> None:
    paper.publish("a", "Talks Held", "It was agreed.")
    await paper.poll()
    kept, paper.items = paper.items, []

    empty = [await paper.poll_later(), await paper.poll_later()]

    assert [each.outcome for each in empty] == ["failed", "failed"]
    assert empty[1].words == "paper/en Latest: 0 entries, where 1 or more are usual"
    assert "list_short" in paper.incidents()
    paper.items = kept
    assert (await paper.poll_later()).outcome == "ok"
    assert paper.incidents() == {}


async def test_a_failing_auxiliary_list_is_noted_and_delays_nothing(paper: Paper) -> None:
    paper.lists = (TOP, LATEST)
    paper.publish("a", "Talks Held", "It was agreed.", lists=(LATEST, TOP))
    paper.answers["/new/list/Top"] = Reply("<html>a new design</html>")

    summary = await paper.poll()

    assert (summary.outcome, summary.count("new")) == ("noted", 1)
    assert summary.words.splitlines()[0] == "paper/en Top: http://paper.example/new/list/Top: no LIST"


async def test_a_site_that_is_down_is_reported_once_and_left_alone(paper: Paper) -> None:
    paper.lists = (LATEST, TOP, "Home", "World")
    paper.publish("a", "Talks Held", "It was agreed.")
    await paper.poll()
    whole, paper.answers = paper.answers, {"/": Reply(raw=b"")}
    asked_before = len(paper.web.asked)

    down = await paper.poll_later()

    assert down.outcome == "failed"
    [line, waiting] = down.words.splitlines()
    assert (line.startswith("paper/en: cannot be read: paper: no complete answer "), line[-9:]) == (True, "; 4 lists")
    assert waiting == "paper/en: 1 page waits for the next poll"
    assert list(paper.incidents()) == ["site"]
    assert len(paper.web.asked) - asked_before <= 2
    paper.answers = whole
    assert "no complete answer" not in (await paper.poll_later()).words
    assert paper.incidents() == {}


@pytest.mark.parametrize("page", ["LIST 0", "LIST 12", "<html>a new design</html>"])
async def test_a_list_of_what_is_promoted_may_be_empty_if_its_page_says_so(page: str, paper: Paper) -> None:
    paper.lists = (LATEST, TOP)
    paper.publish("a", "Talks Held", "It was agreed.", lists=(LATEST, TOP))
    await paper.poll()
    whole, paper.answers = paper.answers, {f"/new/list/{TOP}": Reply(page)}

    polls = [await paper.poll_later(DAY) for _ in range(2)]

    wrong = {"LIST 0": {}, "LIST 12": {"list_short": "0 entries, though the list has 12"}}
    drift = {"list": "http://paper.example/new/list/Top: no LIST"}
    assert paper.incidents() == wrong.get(page, drift)
    assert [each.outcome for each in polls] == (["ok"] if page == "LIST 0" else ["noted"]) * 2
    paper.answers = whole
    await paper.poll_later()
    assert paper.incidents() == {}


async def test_a_site_that_stops_answering_in_mid_poll_is_left_alone_and_read_later(paper: Paper) -> None:
    paper.publish_many(25)
    paper.answers["/new/article/"] = Reply(raw=b"")

    down = await paper.poll()

    assert down.outcome == "failed"
    assert "15 pages wait for the next poll" in down.words
    assert len([path for path in paper.web.paths() if "/article/" in path]) == 10
    paper.answers.clear()
    assert (await paper.poll_later()).count("new") == 25


async def test_two_failing_pages_of_a_healthy_site_are_a_note(paper: Paper) -> None:
    paper.publish_many(2)
    paper.answers["/new/article/"] = Reply(status=500)

    summary = await paper.poll()

    assert summary.outcome == "noted"
    assert "2 of 2 pages could not be read (bad_status)" in summary.words
    assert "bad_status" in paper.incidents()


async def test_a_poll_fails_if_no_new_page_can_be_read(paper: Paper) -> None:
    paper.publish_many(4)
    paper.answers["/new/article/"] = Reply("<html>a new design</html>")

    summary = await paper.poll()

    assert summary.outcome == "failed"
    assert "4 of 4 pages could not be read (drift)" in summary.words


async def test_pages_that_are_bad_for_good_do_not_fail_every_poll(paper: Paper) -> None:
    paper.publish_many(4)
    paper.answers["/new/article/"] = Reply("<html>a new design</html>")
    await paper.poll()

    assert (await paper.poll_later()).outcome == "noted"


# --- one bad page among good ones -----------------------------------------------------------------------------------


def poisoned(page: Page, link: Link) -> Article:
    if link.title == "Title item 3":
        raise KeyError("what no parser should raise")
    return parse(page, link)


async def test_a_page_that_breaks_the_parser_costs_only_itself_and_is_read_once_the_parser_is_fixed(
    paper: Paper, caplog: pytest.LogCaptureFixture
) -> None:
    paper.publish_many(6)
    paper.parse_article = poisoned

    summary = await paper.poll()

    assert (summary.outcome, summary.count("new"), len(summary.unread)) == ("noted", 5, 1)
    assert "a fault of Sunchi's own: KeyError('what no parser should raise')" in summary.words
    assert "Traceback" in caplog.text
    paper.parse_article = parse
    assert (await paper.poll_later()).count("new") == 1
    assert paper.incidents() == {}


def broken(document: Document) -> Any:
    if "Xi Jinping" in document.text:
        raise ZeroDivisionError
    return ()


async def test_a_text_that_breaks_a_detector_is_stored_alerted_with_the_other_signals_and_an_incident(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish_many(3)
    monkeypatch.setattr(detectors, "DETECTORS", (*detectors.DETECTORS, broken))

    summary = await paper.poll()

    assert (summary.outcome, summary.count("new"), summary.unread) == ("noted", 4, [])
    assert "signals not complete: a fault of Sunchi's own in “broken”: ZeroDivisionError()" in summary.words
    assert ("published", True) in said(paper)
    assert paper.incidents()[INCOMPLETE].startswith("a fault of Sunchi's own in “broken”")


async def test_what_a_broken_detector_missed_is_found_by_a_reparse_that_ends_the_incident(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    with monkeypatch.context() as patch:
        patch.setattr(detectors, "DETECTORS", (broken, *detectors.DETECTORS[1:]))  # in place of the one for formulas
        await paper.poll()
    assert INCOMPLETE in paper.incidents()
    archive = Archive.open(str(paper.folder / "archive"))
    with paper.store() as store:
        assert "formula" not in set(store.signals()["kind"])
        for archived in list(store.pages_to_reparse(None)):
            reparse_page(archived, archive.read, paper.outlet(), store, paper.analyzer, paper.now)
        assert "formula" in set(store.signals()["kind"])
    assert INCOMPLETE not in paper.incidents()


@pytest.mark.parametrize(("later", "told"), [(HOUR, {"leader-message"}), (3 * DAY, set())])
async def test_signals_missed_by_a_broken_detector_alert_once_read_if_still_news(
    later: Any, told: set[str], paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT)
    with monkeypatch.context() as patch:
        patch.setattr(detectors, "DETECTORS", (detectors.DETECTORS[0], broken))  # none for messages
        await paper.poll()
    archive, now = Archive.open(str(paper.folder / "archive")), paper.now + later
    with paper.store() as store:
        before = {alert.rule for alert in store.alerts()}
        for _ in range(2):
            for archived in list(store.pages_to_reparse(None)):
                reparse_page(archived, archive.read, paper.outlet(), store, paper.analyzer, now)
        after = [alert.rule for alert in store.alerts()]

    assert set(after) - before == told
    assert len(after) == len(set(after)), "each once"


async def test_a_list_that_breaks_the_parser_fails_the_poll_and_the_pages_are_still_looked_at(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper.publish("a", "Talks Held", "It was agreed.")
    paper.answers[f"/new/list/{LATEST}"] = Reply("LIST many\n")

    summary = await paper.poll()

    assert summary.outcome == "failed"
    assert "a fault of Sunchi's own: ValueError" in summary.words


# --- edits and deletions --------------------------------------------------------------------------------------------


async def test_an_edit_of_a_signal_alerts_once_when_a_second_look_agrees(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()
    paper.items[0].text = LETTER_TEXT.replace("traditional friendship", "cooperation").replace("invincible", "useful")

    first = await paper.poll_later()
    second = await paper.poll_later()
    again = await paper.poll_later(6 * HOUR)

    assert [each.count("changed") for each in (first, second, again)] == [0, 1, 0]
    assert [change for change, _ in said(paper)].count("edited") == second.alerts == 1


WHOLE = f"{LETTER_TEXT}\nIt wished him good health."
WEAKER = WHOLE.replace("traditional friendship", "cooperation").replace("invincible", "useful")
CUT = LETTER_TEXT.removesuffix(" is invincible.")
RAIN = "Rain fell on the fields in the south of the country for a week.\nFarmers were glad to see it come."


@pytest.mark.parametrize(
    ("first", "then", "at_once", "later", "kind"),
    [
        (WHOLE, WEAKER, {("published", 1)}, {("published", 1), ("edited", 2)}, "edit"),
        (CUT, WEAKER, set(), {("published", 2)}, "settled"),  # it ended in mid-sentence
        (CUT.replace("sent a message", "had thought"), CUT, set(), {("published", 2)}, "settled"),  # and so does this
        (RAIN, WHOLE, set(), {("published", 2)}, "settled"),  # it did not speak of its title
        (f"{LETTER_TEXT}\nIt wished him", WHOLE, {("published", 1)}, {("published", 1)}, "completed"),  # nothing new
    ],
    ids=["an edit", "of half a text", "to half a text", "of another's text", "of its last sentence"],
)
async def test_an_edit_within_the_first_hour_alerts_once_whatever_the_first_alert_said(
    first: str, then: str, at_once: set[tuple[str, int]], later: set[tuple[str, int]], kind: str, paper: Paper
) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, first)
    await paper.poll()
    before, paper.items[0].text = sent(paper), then

    polls = [await paper.poll_later(step) for step in (*[HOUR / 3] * 9, *[HOUR] * 29)]

    assert (before, sent(paper)) == (at_once, later)
    assert [row["changes"] for row in stored(paper)] == [[kind]]
    assert sum(each.count("changed") for each in polls) == 1
    with paper.store() as store:
        deliveries = [each.state for alert in store.alerts() for each in alert.deliveries]
    assert deliveries.count(DeliveryState.SENT) == len(later)


COMPLETED = pytest.mark.parametrize(
    ("others", "whole", "change"),
    [(0, 3, "edited"), (11, 0, "published"), (0, 0, "published")],
    ids=["alone among whole ones", "with many others", "where no other is known"],
)


@COMPLETED
async def test_a_text_that_is_completed_was_no_edit_if_many_others_are_or_none_is_known(
    others: int, whole: int, change: str, paper: Paper
) -> None:
    def texts(middle: str) -> dict[str, str]:
        both = {f"report{n}": f"Report {n} was read.\n{middle}Report {n} was heard." for n in range(others)}
        return both | {"letter": f"A report was read.\n{middle}It was heard."}

    paper.has_been_polled()
    for key, text in texts("").items():
        paper.publish(key, f"{key} Read", text)
    paper.publish_many(whole)
    for _ in range(4):
        await paper.poll_later(HOUR)
    before = said(paper)

    for item in paper.items:
        item.text = texts(f"{FRIENDSHIP}\n").get(item.key, item.text)
    for _ in range(9):
        await paper.poll_later(HOUR * 6)

    assert (before, {change for change, _ in said(paper)}) == ([], {change})


@COMPLETED
async def test_a_text_that_is_completed_later_was_no_edit_if_it_came_with_many_incomplete_ones_or_alone(
    others: int, whole: int, change: str, paper: Paper
) -> None:
    paper.has_been_polled()
    paper.publish_many(whole)
    for number in range(others):
        paper.publish(f"report{number}", f"Report {number} Read", f"Report {number} was read.\nIt was heard.")
    paper.publish("letter", "Report Read", "A report was read.\nIt was heard.")
    await paper.poll()
    for number in range(others):
        paper.items[others - number].text = f"Report {number} was read.\n{FRIENDSHIP}\nIt was heard."
    for _ in range(6):
        await paper.poll_later(6 * HOUR)
    before = [change for change, _ in said(paper)]

    paper.items[0].text = f"A report was read.\n{FRIENDSHIP}\nIt was heard."
    for _ in range(9):
        await paper.poll_later(DAY)

    assert before == ["published"] * others
    assert [change for change, _ in said(paper)] == [*before, change]


@pytest.mark.parametrize(
    ("others", "at_first", "later"),
    [((), {"published"}, {"published"}), (("Rice", "Coal", "Steel"), set(), {"published"})],
)
async def test_a_new_text_waits_while_three_known_ones_of_its_site_lose_words(
    others: tuple[str, ...], at_first: set[str], later: set[str], paper: Paper
) -> None:
    paper.has_been_polled()
    for what in others:
        text = f"A report on {what.lower()} was read to all who came.\n{what} was spoken of by all for hours."
        paper.publish(what, f"Report on {what} Read", text)
    await paper.poll()
    await paper.poll_later()

    whole = f"{LETTER_TEXT}\nAll the people wish him good health."
    paper.publish("letter", LETTER, whole)
    well = {item.key: item.text for item in paper.items}
    for item in paper.items:
        item.text = item.text.replace("all ", "").replace("All the ", "The ")
    for step in (6 * HOUR, HOUR, HOUR):
        await paper.poll_later(step)
    before = {change for change, _ in sent(paper)}
    for item in paper.items:
        item.text = well[item.key]
    for step in (HOUR, HOUR, DAY, DAY):
        await paper.poll_later(step)

    assert (before, {change for change, _ in sent(paper)}) == (at_first, later)
    assert paper.texts()[-1].endswith("All the people wish him good health.")


async def test_what_is_taken_out_of_old_articles_for_good_does_not_delay_all_news_for_a_day(paper: Paper) -> None:
    paper.has_been_polled()
    for good in ("Rice", "Coal", "Steel", "Fish", "Salt", "Wood"):
        for what in (good, f"{good} and Silk", f"{good} and Iron"):
            text = f"A report on {what.lower()} was read to all by Pak Pong Ju.\n{what} was spoken of by all for hours."
            paper.publish(what.replace(" ", "-"), f"Report on {what} Read", text)
        await paper.poll()
        for step in (1, 6, 17):
            await paper.poll_later(step * HOUR)

    for item in paper.items:
        item.text = item.text.replace(" by Pak Pong Ju", "")
    waited: list[int] = []  # hours from its first look
    for day in range(5):
        paper.publish(f"letter{day}", f"{LETTER} {day}", f"{LETTER_TEXT}\nAll the people wish him well {day} times.")
        for hour in range(24):
            await paper.poll_later()
            sent(paper)
            with paper.store() as store:
                states = [alert.deliveries[0].state for alert in store.alerts() if f"letter{day}" in alert.url]
            if set(states) == {DeliveryState.SENT} and len(waited) == day:
                waited.append(hour)

    assert len(waited) == 5
    assert waited[1] < 24  # the articles that lack it are found bit by bit
    assert waited[2:] == [0, 0, 0]  # now it is known to be gone for good


NEIGHBOURS = f"{FRIENDSHIP}\nChina and the DPRK are good neighbours.\nThey have been so for many years, it is said."
SHARED = ("The two sides will go on as they have done before.", "All those who took part were of one mind.")


@pytest.mark.parametrize("lost", ["paragraphs", "words"])
async def test_a_doubted_text_does_not_give_way_to_what_is_left_of_it(lost: str, paper: Paper) -> None:
    """Both lack what made the text doubtful: paragraphs of another article."""
    one, other = SHARED
    whole = f"{LETTER_TEXT}\n{one}\n{NEIGHBOURS}\n{other}\n{LAST}"
    left = "\n".join(whole.split("\n")[::2])
    if lost == "words":
        left = whole.replace("two", "").replace("took part", "").replace("China", "")
    paper.has_been_polled()
    paper.publish("talks", "Sides of One Mind", f"The sides met and talked of the past.\n{one}\n{other}")
    await paper.poll()
    paper.publish("letter", LETTER, whole)
    await paper.poll_later()

    for text, polls in ((left, 4), (whole, 12)):
        paper.items[0].text = text
        for _ in range(polls):
            await paper.poll_later(3 * HOUR)

    assert "edited" not in {change for change, _ in said(paper)}
    assert [row["changes"] for row in stored(paper)] == [[], []]


@pytest.mark.parametrize(("hours", "change"), [(1, "published"), (30, "edited")])
async def test_a_doubted_text_that_gave_way_to_a_wrong_one_for_hours_comes_back_without_an_edit(
    hours: int, change: str, paper: Paper
) -> None:
    one, other = SHARED
    whole = f"{LETTER_TEXT}\n{one}\n{NEIGHBOURS}\n{other}\n{LAST}"
    paper.has_been_polled()
    paper.publish("talks", "Sides of One Mind", f"The sides met and talked of the past.\n{one}\n{other}")
    await paper.poll()
    paper.publish("letter", LETTER, whole)
    await paper.poll_later()

    paper.items[0].text = f"{LETTER}.\nIt is on all pages of the papers."
    for _ in range(hours):
        await paper.poll_later()
    before, paper.items[0].text = sent(paper), whole
    for step in (HOUR, *[12 * HOUR] * 20):
        await paper.poll_later(step)

    assert ({said for said, _ in before}, paper.texts()[-1].endswith(LAST)) == ({"published"}, True)
    assert said(paper)[0] == ("published", True)
    assert {said for said, _ in sent(paper)} == {"published", change}


LAST = "It wished him good health and success in his work."
WARES = ("stamps and books", "shoes and hats", "old clocks", "flights and hotels")


async def test_a_text_that_was_other_at_each_look_is_no_edit_once_it_settles(paper: Paper) -> None:
    """An advertisement that changes at each request stands in place of the paragraph that would have been news."""
    paper.has_been_polled()
    paper.publish("letter", LETTER, "")
    for wares in WARES:
        paper.items[0].text = f"{LETTER_TEXT}\nOur shop has new {wares} every week, at moderate prices.\n{LAST}"
        await paper.poll_later()
    before, paper.items[0].text = said(paper), f"{LETTER_TEXT}\n{FRIENDSHIP}\n{LAST}"

    well = [await paper.poll_later(6 * HOUR) for _ in range(6)]

    assert {change for change, _ in before} == {change for change, _ in said(paper)} == {"published"}
    assert (sum(each.count("changed") for each in well), well[-1].outcome) == (1, "ok")


async def test_what_only_the_first_of_many_texts_said_is_corrected_for_those_who_were_told(paper: Paper) -> None:
    """Nobody can know whether the site edited it twice within hours or showed what was never there."""
    paper.has_been_polled()
    paper.publish("letter", "A Day in January", "")
    told = []
    for middle in (FRIENDSHIP, "It was a cold day for all who walked there.", *["It was a warm day, as expected."] * 6):
        paper.items[0].text = f"The two sides met and talked of the past.\n{middle}\n{LAST}"
        await paper.poll_later(6 * HOUR)
        told.append({change for change, _ in sent(paper)})

    assert (told[0], told[-1]) == ({"published"}, {"published", "corrected"})


async def test_a_phrase_removed_from_a_text_that_was_seen_well_is_an_edit(paper: Paper) -> None:
    paper.has_been_polled()
    paper.publish("letter", "A Day in January", f"The two sides met and talked of the past.\n{FRIENDSHIP}\n{LAST}")
    await paper.poll()
    await paper.poll_later()
    for middle in ("It was a cold day for all who walked there.", *["It was a warm day, as was expected."] * 6):
        paper.items[0].text = f"The two sides met and talked of the past.\n{middle}\n{LAST}"
        await paper.poll_later(6 * HOUR)

    assert {change for change, _ in said(paper)} == {"published", "edited"}


@pytest.mark.parametrize("looks", [1, 3], ids=["seen once", "seen three times"])
async def test_letters_lost_in_several_paragraphs_come_back_without_an_edit(looks: int, paper: Paper) -> None:
    paper.has_been_polled()
    whole = f"{LETTER_TEXT}\n{FRIENDSHIP}\nChina and the DPRK are neighbours."
    paper.publish("letter", LETTER, whole.replace("China", ""))
    for _ in range(looks):
        await paper.poll_later(2 * HOUR)
    paper.items[0].text = whole

    for step in (DAY, *[6 * HOUR] * 3):
        await paper.poll_later(step)

    assert paper.texts()[-1].endswith("China and the DPRK are neighbours.")
    assert "edited" not in {change for change, _ in said(paper)}


@pytest.mark.parametrize(
    ("said_below", "change", "kind"), [("", "published", "completed"), (f"{FRIENDSHIP}\n", "edited", "edit")]
)
async def test_lines_that_only_the_first_look_showed_make_no_edit_unless_a_signal_went_with_them(
    said_below: str, change: str, kind: str, paper: Paper
) -> None:
    paper.has_been_polled()
    whole = f"{LETTER_TEXT}\nThe message spoke of the year that had begun."
    paper.publish(
        "letter", LETTER, f"{whole}\n{said_below}The message spoke of friendship between the two countries in the year."
    )
    await paper.poll()
    paper.items[0].text = whole

    for step in (HOUR, *[6 * HOUR] * 6):
        await paper.poll_later(step)
        sent(paper)

    assert paper.texts()[-1].endswith("had begun.")
    assert [row["changes"] for row in stored(paper)] == [[kind]]
    assert paper.told()[-1][0] == change


TODAY, OLDER = date(2021, 1, 8), date(2021, 1, 6)


@pytest.mark.parametrize(
    ("listed", "shown", "stored"),
    [
        pytest.param([TODAY] * 3, [OLDER, TODAY, TODAY], [TODAY] * 2, id="contradicted by its list at first"),
        pytest.param([None, TODAY, TODAY], [OLDER, TODAY, TODAY], [OLDER] * 2 + [TODAY], id="right later"),
        pytest.param([TODAY] * 4, [TODAY, OLDER, OLDER, TODAY], [TODAY] * 4, id="wrong for a while"),
        pytest.param([TODAY] * 6, [TODAY] + [OLDER] * 5, [TODAY] * 5 + [OLDER], id="wrong for a day"),
        pytest.param([None] * 6, [TODAY] + [OLDER] * 5, [TODAY] * 5 + [OLDER], id="dated by no list"),
        pytest.param([TODAY] * 3, [TODAY, None, None], [TODAY] * 3, id="no date any more"),
        pytest.param([OLDER] + [TODAY] * 5, [None] * 6, [OLDER] * 5 + [TODAY], id="dated by its list"),
        pytest.param([TODAY, OLDER, OLDER, TODAY], [None] * 4, [TODAY] * 4, id="a wrong list for a while"),
    ],
)
async def test_a_wrong_date_is_corrected_after_looks_that_agree(
    listed: list[date | None], shown: list[date | None], stored: list[date], paper: Paper
) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT)
    found, polls = [], []
    for by_list, by_page in zip(listed, shown, strict=True):
        paper.dated, paper.items[0].day = by_list is not None, by_list or TODAY
        paper.items[0].text = f"{by_page or ''}\n{LETTER_TEXT}"
        paper.parse_article = dated_by_its_first_line
        polls.append(await paper.poll_later(HOUR * 6))
        with paper.store() as store:
            found += [row["date"] for row in store.articles()]

    assert found == stored
    assert [change for change, _ in paper.told()] == ["published"]
    assert len(paper.texts()) == 1
    if stored[-1] != stored[0]:
        assert any(f"dated {stored[-1]} now, not {stored[0]}" in each.markdown("Paper") for each in polls)


async def test_pages_that_usually_have_another_date_than_their_list_are_believed_once_that_is_known(
    paper: Paper,
) -> None:
    paper.first_poll, paper.parse_article = 60, dated_by_its_first_line
    paper.publish_many(55, day=OLDER)
    for item in paper.items:
        item.text = f"{TODAY}\n{item.text}"
    at_first = await paper.poll()
    for _ in range(5):
        await paper.poll_later(HOUR * 6)
    paper.publish("letter", LETTER, f"{TODAY}\n{LETTER_TEXT}", day=OLDER)

    later = await paper.poll_later()

    assert (at_first.count("new"), later.count("new")) == (0, 1)


def dated_by_its_first_line(page: Page, link: Link) -> Article:
    article = parse(page, link)
    day, *paragraphs = article.paragraphs
    if not day:
        return replace(article, paragraphs=tuple(paragraphs))
    return replace(article, paragraphs=tuple(paragraphs), date=date.fromisoformat(day), date_basis="page")


async def test_a_reverted_edit_alerts_nobody(paper: Paper) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()
    paper.items[0].text = LETTER_TEXT.replace("invincible", "useful")
    await paper.poll_later()
    paper.items[0].text = LETTER_TEXT

    back = await paper.poll_later()

    assert back.flickers == [("http://paper.example/new/article/letter", LETTER)]
    assert "Changed, and changed back" in back.markdown("Paper")
    assert [change for change, _ in said(paper)] == ["published"]
    assert len(paper.texts()) == 1


async def test_a_notice_instead_of_every_article_decides_nothing_and_is_not_news(paper: Paper) -> None:
    """At a first look, in the site's own layout; and for articles that are known, at their second look."""
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish_many(8)
    notice = "ARTICLE\nNotice\nThe site is being renewed.\nWe ask for your patience."
    paper.answers[f"/{paper.layout}/article/"] = Reply(notice)

    troubled = await paper.poll()
    assert (troubled.count("new"), troubled.outcome) == (0, "failed")
    assert "not the page that was requested" in troubled.words

    paper.answers.clear()
    assert (await paper.poll_later()).count("new") == 9
    paper.answers[f"/{paper.layout}/article/"] = Reply(notice)
    known = await paper.poll_later()
    paper.answers.clear()
    well = await paper.poll_later()

    assert (known.count("changed"), known.outcome) == (0, "failed")
    assert (well.count("changed"), well.outcome) == (0, "ok")
    assert [change for change, _ in said(paper)] == ["published"]


async def test_one_text_under_many_titles_decides_nothing(paper: Paper) -> None:
    titles = ("Harvest Begins", "Premier Leaves", "Bridge Opened", "Snow in the North")
    for number, title in enumerate(titles):
        paper.publish(f"item{number}", title, f"{title}, it was said today.\nThat is all of “{title}”.")
        paper.answers[paper.path(f"item{number}")] = Reply(
            f"ARTICLE\n{title}\nThe site is being renewed.\nPlease wait."
        )

    troubled = await paper.poll()
    paper.answers.clear()
    well = await paper.poll_later()

    assert (troubled.count("new"), troubled.outcome) == (0, "failed")
    assert "show the same text" in troubled.words
    assert (well.count("new"), well.outcome) == (4, "waiting"), "what is new after such a crawl waits for another look"
    assert (await paper.poll_later()).outcome == "ok"


async def test_articles_stored_wrongly_by_an_older_program_are_reported_and_refetched(paper: Paper) -> None:
    paper.has_been_polled()
    paper.publish("dam", "Dam Finished on River", "The dam on the river is finished.\nIts builders were praised.")
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.answers[paper.path("letter")] = Reply("busy", 503)
    await paper.poll()
    paper.answers.clear()
    with connect(paper.folder / "sunchi.db") as database:  # the letter's link as a sighting of the other text
        read = "SELECT article_id, fingerprint FROM known_links WHERE article_id IS NOT NULL"
        dam = database.execute(read).fetchone()
        database.execute("UPDATE known_links SET article_id = ?, fingerprint = ?, state = 'read', looks = 1", dam)
    database.close()

    with paper.store() as store:
        [day] = store.completeness("paper", "en", paper.now.date())
        asked = store.refetch("paper", "en", paper.now.date(), paper.now)
    mended = await paper.poll_later()

    assert "another text is stored for it: Dam Finished on River" in day.words
    assert asked == (2, 1)
    assert (mended.count("new"), paper.titles()) == (1, ["Dam Finished on River", LETTER])
    assert sent(paper) == {("published", 1)}


async def test_many_changes_at_once_are_held_until_the_site_is_clear_or_a_day_has_passed(paper: Paper) -> None:
    paper.publish_many(9)
    await paper.poll()
    kept = [item.text for item in paper.items]
    for item in paper.items:
        item.text = item.text.replace("There is more", "On the whole, there was more")

    held = [await paper.poll_later() for _ in range(3)]
    assert [each.count("changed") for each in held] == [0, 0, 0]
    assert "another text" in held[0].words
    assert held[0].outcome == "noted"

    for item, text in zip(paper.items, kept, strict=True):
        item.text = text
    assert ((await paper.poll_later()).outcome, len(paper.texts())) == ("ok", 9)

    for item in paper.items:
        item.text = item.text.replace("There is more", "There was more")
    polls = [await paper.poll_later(13 * HOUR) for _ in range(3)]
    assert [each.count("changed") for each in polls] == [0, 0, 9]


async def test_a_text_that_could_not_be_decoded_is_fetched_again(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.answers[paper.path("letter")] = Reply(f"ARTICLE\n{LETTER}\nThe resp\ufffd\ufffdted {LETTER_TEXT}")

    damaged = await paper.poll()
    paper.answers.clear()
    well = await paper.poll_later()

    assert (damaged.count("new"), damaged.outcome) == (0, "noted")
    assert "could not be decoded whole" in damaged.words
    assert (well.count("new"), well.outcome) == (1, "ok")


async def test_a_page_that_breaks_off_is_asked_for_again(paper: Paper) -> None:
    """As where a proxy lost the connection, and says nothing of it: the text may end with a paragraph."""
    paper.has_been_polled()
    page = f"ARTICLE\n{LETTER}\n{LETTER_TEXT}"
    paper.publish("letter", LETTER, f"{LETTER_TEXT}\nIt wished him good health.\n<html></html>")
    paper.answers[paper.path("letter")] = Reply(f"{page}\n<html>")

    cut = await paper.poll()
    paper.answers.clear()
    well = await paper.poll_later()

    assert (cut.count("new"), cut.outcome) == (0, "noted")
    assert "breaks off" in cut.words
    assert (well.count("new"), well.outcome) == (1, "ok")


@pytest.mark.parametrize("opening", ["<!-- an advertisement", "<script>document.write("])
async def test_a_page_whose_text_is_swallowed_by_markup_without_end_is_asked_for_again(
    opening: str, paper: Paper
) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT)
    swallowed = f"{opening}\n<p>It wished him good health.</p>"
    paper.answers[paper.path("letter")] = Reply(
        f"ARTICLE\n{LETTER}\n{LETTER_TEXT}\n<!-- --><script></script>{swallowed}"
    )

    cut = await paper.poll()
    paper.answers.clear()
    well = await paper.poll_later()

    assert (cut.count("new"), cut.outcome) == (0, "noted")
    assert "which has no end" in cut.words
    assert (well.count("new"), well.outcome) == (1, "ok")


async def test_teasers_instead_of_texts_are_reported_and_completed(paper: Paper) -> None:
    paper.brief = 0.0
    paper.publish_many(12)
    whole = [item.text for item in paper.items]
    for item in paper.items:
        item.text = item.text.partition("\n")[0]

    teasers = await paper.poll()
    for item, text in zip(paper.items, whole, strict=True):
        item.text = text
    well = await paper.poll_later()
    after = await paper.poll_later()

    assert "12 of 12 texts have a single paragraph" in teasers.words
    assert well.count("changed") == 12
    assert (after.outcome, paper.incidents()) == ("ok", {})


async def test_the_rest_of_a_teaser_alerts_as_published_not_as_an_edit(paper: Paper) -> None:
    paper.has_been_polled()
    paper.publish("letter", "A Day in January", f"It was a cold day.\n{LETTER_TEXT}")
    whole, paper.items[0].text = paper.items[0].text, "It was a cold day."
    await paper.poll()
    paper.items[0].text = whole

    completed = await paper.poll_later()

    assert completed.count("changed") == 1
    assert {change for change, _ in said(paper)} == {"published"}


async def test_a_paragraph_that_a_first_look_lacked_is_reported_as_published_and_not_as_an_edit(paper: Paper) -> None:
    paper.has_been_polled()
    last = "It wished him good health."
    paper.publish("letter", LETTER, f"{LETTER_TEXT}\n{last}")
    await paper.poll()
    paper.items[0].text = f"{LETTER_TEXT}\n{FRIENDSHIP}\n{last}"

    polls = [await paper.poll_later() for _ in range(2)]

    assert [each.count("changed") for each in polls] == [0, 1]
    assert {change for change, _ in said(paper)} == {"published"}


NOTICE = "The site is being renewed.\nWe ask for your patience."


async def test_a_text_that_does_not_match_its_title_is_stored_and_alerts_nobody_before_a_day_of_looks(
    paper: Paper,
) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, NOTICE)

    doubted = [await paper.poll_later() for _ in range(3)]
    assert sent(paper) == set()
    paper.items[0].text = LETTER_TEXT
    well = await paper.poll_later()

    assert [each.outcome for each in doubted] == ["waiting"] * 3
    assert "waits for another look" in doubted[0].words
    assert paper.texts() == [f"{LETTER}\n{NOTICE}", f"{LETTER}\n{LETTER_TEXT}"]
    assert well.count("changed") == 1
    assert sent(paper) == {("published", 2)}
    assert (await paper.poll_later()).outcome == "ok"


async def test_a_notice_at_a_second_look_is_not_an_edit_however_often_it_appears_on_a_day(paper: Paper) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()
    paper.items[0].text = NOTICE

    polls = [await paper.poll_later() for _ in range(5)]

    assert {each.outcome for each in polls} == {"waiting"}
    assert paper.texts() == [f"{LETTER}\n{LETTER_TEXT}"]
    assert {change for change, _ in sent(paper)} == {"published"}


async def test_what_was_taken_back_is_told_again_when_it_holds_after_all(paper: Paper) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, WHOLE)
    await paper.poll()
    first, paper.items[0].text = sent(paper), RAIN
    for _ in range(6):
        await paper.poll_later(6 * HOUR)
    taken_back, paper.items[0].text = sent(paper), WHOLE
    for step in (7 * DAY, *[6 * HOUR] * 6):
        await paper.poll_later(step)

    assert (first, taken_back) == ({("published", 1)}, {("published", 1), ("corrected", 1)})
    assert sent(paper) == {*taken_back, ("published", 3)}


async def test_an_advertisement_at_a_second_look_is_not_an_edit_however_often_it_appears_on_a_day(paper: Paper) -> None:
    paper.publish("letter", LETTER, f"{LETTER_TEXT}\nIt wished him good health and success in his work.")
    await paper.poll()
    whole = paper.items[0].text
    paper.items[0].text = f"{LETTER_TEXT}\nOur shop by the station has new stamps every week, at moderate prices."

    shown = [await paper.poll_later() for _ in range(4)]
    paper.items[0].text = whole
    well = await paper.poll_later(6 * HOUR)

    assert [(each.outcome, each.count("changed")) for each in (*shown, well)] == [("waiting", 0)] * 4 + [("ok", 0)]


@pytest.mark.parametrize("shown", [(0, 2), (2, 1, 0)], ids=["one paragraph is lost", "they are in another order"])
async def test_lost_or_moved_paragraphs_at_a_second_look_are_an_edit_only_after_a_day_of_looks(
    shown: tuple[int, ...], paper: Paper
) -> None:
    paragraphs = [LETTER_TEXT, "The message spoke of the year that had begun.", "It wished him good health."]
    paper.publish("letter", LETTER, "\n".join(paragraphs))
    await paper.poll()
    await paper.poll_later()
    paper.items[0].text = "\n".join(paragraphs[place] for place in shown)

    within_a_day = [await paper.poll_later(6 * HOUR) for _ in range(4)]
    later = await paper.poll_later(6 * HOUR)

    assert [(each.outcome, each.count("changed")) for each in within_a_day] == [("waiting", 0)] * 4
    assert later.count("changed") == 1
    assert ("edited" in {change for change, _ in paper.told()}) == (len(shown) < len(paragraphs)), (
        "nothing is said anew"
    )


async def test_an_old_copy_of_a_page_is_not_a_reverting_edit(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()
    paper.items[0].text = LETTER_TEXT.replace("invincible", "useful")
    edited = [await paper.poll_later() for _ in range(2)]
    paper.items[0].text = LETTER_TEXT

    old = [await paper.poll_later(6 * HOUR) for _ in range(3)]

    assert [each.count("changed") for each in (*edited, *old)] == [0, 1, 0, 0, 0]


STORM = "The message spoke of a storm in spring.\nIt wished him good health."


@pytest.mark.parametrize(
    ("shown", "kinds"),
    [
        ([WHOLE, WEAKER], ["edit"]),
        ([WHOLE, WEAKER, f"{WEAKER}\nHe thanked him."], ["edit", "edit"]),
        ([LETTER_TEXT, f"{LETTER_TEXT}\n{STORM}"], ["completed"]),
        ([WHOLE, RAIN], ["replaced"]),
        ([WHOLE, RAIN, WHOLE], ["flicker", "flicker"]),
    ],
    ids=["an edit", "two", "the rest", "another text", "which was taken back"],
)
async def test_each_text_says_what_it_is_and_only_what_the_site_did_is_a_change(
    shown: list[str], kinds: list[str], paper: Paper
) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, "")
    for text in shown:
        paper.items[0].text = text
        for step in (7 * DAY, *[6 * HOUR] * 7):
            await paper.poll_later(step)
            sent(paper)

    with paper.store() as store:
        [row] = store.articles()
        changed = store.changed_texts(NOON)
    assert row["changes"] == kinds
    assert [after.kind for _, after, _ in changed if after] == [each for each in kinds if each in BY_THE_SITE]


async def test_a_page_with_two_articles_is_neither_of_them(paper: Paper) -> None:
    long = "The bridge over the river in the north was opened to all traffic today."
    paper.publish("bridge", "Bridge Opened in North", f"{long}\nMany people came to see its opening.")
    paper.publish("rain", "Rain Falls on Fields in South", "Rain fell on the fields.\nIt was welcome.")
    whole, paper.items[0].text = paper.items[0].text, f"{paper.items[0].text}\n{paper.items[1].text}"

    mixed = await paper.poll()
    paper.items[0].text = whole
    well = await paper.poll_later()

    assert "contains text of “Bridge Opened in North”" in mixed.words
    assert (mixed.count("new"), well.count("new")) == (1, 1)
    assert (well.outcome, paper.titles()) == ("ok", ["Bridge Opened in North", "Rain Falls on Fields in South"])


async def test_an_article_without_a_text_is_fetched_again_until_a_day_has_passed(paper: Paper) -> None:
    def only_photos(page: Page, link: Link) -> Article:
        raise MediaOnly(f"{link.url}: has no text of its own")

    paper.parse_article = only_photos
    paper.publish("letter", LETTER, LETTER_TEXT)

    empty = [await paper.poll_later() for _ in range(3)]
    paper.parse_article = None
    well = await paper.poll_later()

    assert {each.outcome for each in empty} == {"waiting"}
    assert (well.count("new"), well.outcome) == (1, "ok")


async def test_a_look_that_shows_only_the_beginning_waits_for_another(paper: Paper) -> None:
    paper.publish("talks", "Talks Held", "It was agreed.\nNobody was against it.")
    await paper.poll()
    paper.items[0].text = "It was agreed."

    short = await paper.poll_later()

    assert (short.outcome, short.count("changed")) == ("waiting", 0)
    assert paper.path("talks") in short.words


async def test_lists_are_compared_with_what_is_stored(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("talks", "Talks Held", "It was agreed.\nNobody was against it.")
    paper.answers[paper.path("talks")] = Reply(status=500)

    summary = await paper.poll()

    assert summary.completeness == [f"paper/en {NOON.date()}: listed 2, stored 1, 1 waits: “Talks Held” (bad_status)"]


async def test_an_entry_that_is_not_stored_is_named_whatever_day_its_list_gives_it(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT, NOON.date() - 20 * DAY)
    paper.publish("talks", "Talks Held", "It was agreed.\nNobody was against it.", NOON.date() - 30 * DAY)
    paper.answers[paper.path("talks")] = Reply(status=500)

    summary = await paper.poll()

    day = NOON.date() - 30 * DAY
    assert summary.completeness == [f"paper/en {day}: listed 1, stored 0, 1 waits: “Talks Held” (bad_status)"]


async def test_ids_that_change_at_each_poll_are_reported(paper: Paper) -> None:
    paper.publish_many(12)
    await paper.poll()
    for item in paper.items:
        item.key = f"again-{item.key}"

    changed = await paper.poll_later()

    assert "were listed before under other ids" in changed.words
    assert changed.count("new") == 0


async def test_an_edit_without_a_change_of_signals_is_stored_and_does_not_alert(paper: Paper) -> None:
    paper.has_been_polled()
    paper.publish("talks", "Talks Held", FRIENDSHIP)
    await paper.poll()
    paper.items[0].text += "\nIt was raining."

    assert (await paper.poll_later()).count("changed") == 1
    assert [change for change, _ in said(paper)] == ["published"]


async def test_a_page_missing_at_two_polls_is_a_deletion_and_alerts_once(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("talks", "Talks Held", "It was agreed.")
    await paper.poll()
    paper.items = paper.items[:1]

    polls = [await paper.poll_later() for _ in range(4)]

    assert [each.count("gone") for each in polls] == [0, 1, 0, 0]
    assert [change for change, _ in said(paper)].count("deleted") == 1


async def test_a_page_missing_once_is_not_a_deletion(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("talks", "Talks Held", "It was agreed.")
    await paper.poll()
    paper.answers[paper.path("letter")] = Reply(status=404)
    await paper.poll_later()
    paper.answers.clear()

    assert [(await paper.poll_later()).count("gone") for _ in range(3)] == [0, 0, 0]


@pytest.mark.parametrize("absent", [Reply(status=404), Reply("ARTICLE\nNot Found\nThere is no such page.")])
async def test_a_missing_page_that_its_list_still_shows_is_deleted_only_after_a_day_of_looks(
    absent: Reply, paper: Paper
) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("talks", "Talks Held", "It was agreed.")
    await paper.poll()
    paper.answers[paper.path("letter")] = absent

    hours = [await paper.poll_later() for _ in range(6)]
    day_after = await paper.poll_later(DAY)

    assert sum(each.count("gone") for each in hours) == 0
    assert {each.outcome for each in hours} == {"noted"}
    assert day_after.count("gone") == 1


async def test_a_list_without_the_article_has_not_changed_and_delays_no_deletion(paper: Paper) -> None:
    paper.lists = (LATEST, TOP)
    paper.publish("talks", "Talks Held", "It was agreed.", lists=(TOP,))
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("other", "Other Talks Held", "Nothing was agreed.")
    await paper.poll()
    paper.items = [item for item in paper.items if item.key != "letter"]

    polls = [await paper.poll_later() for _ in range(3)]

    assert [each.count("gone") for each in polls] == [0, 1, 0]


async def test_an_unreadable_redesign_is_not_a_deletion(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()
    paper.move("a-layout-that-nobody-knows")

    polls = [await paper.poll_later() for _ in range(5)]

    assert {each.outcome for each in polls} == {"failed"}
    assert sum(each.count("gone") for each in polls) == 0
    assert "not found at any known address" in polls[0].words


async def test_a_new_layout_in_mid_week_loses_nothing_and_alerts_nothing_again(paper: Paper) -> None:
    paper.layout = "old"
    paper.publish("ages", "Ages Ago", "It was long ago.", NOON.date() - 20 * DAY)
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish_many(30, NOON.date() - 3 * DAY)
    paper.items.sort(key=lambda item: item.day, reverse=True)
    await paper.poll()
    told = paper.told()
    paper.first_poll = 5  # so that the new list is not read back to all that the old one showed
    paper.items.insert(0, replace(paper.items[0], key="fresh", title="Fresh", text="It is new.", day=NOON.date() + DAY))
    paper.move("new")

    polls = [await paper.poll_later(step) for step in (DAY, HOUR, HOUR, 7 * DAY, HOUR, 30 * DAY, HOUR)]

    assert [each.count("new") for each in polls] == [1, 0, 0, 0, 0, 0, 0]
    assert [each.count("gone") for each in polls] == [0] * 7
    assert len(paper.titles()) == 33
    assert paper.told() == told


async def test_an_article_missing_at_its_new_address_after_a_move_is_a_deletion_and_alerts_once(
    paper: Paper,
) -> None:
    paper.layout = "old"
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("talks", "Talks Held", "It was agreed.")
    await paper.poll()
    paper.move("new")
    await paper.poll_later()
    paper.items = [item for item in paper.items if item.key != "letter"]

    polls = [await paper.poll_later(step) for step in (HOUR, HOUR, HOUR, DAY, 7 * DAY)]

    assert sum(each.count("gone") for each in polls) == 1
    assert [change for change, _ in said(paper)].count("deleted") == 1


# --- what can't be kept ---------------------------------------------------------------------------------------------


class FullDisk:
    """A writer whose disk is full after that many pages."""

    def __init__(self, writer: Any, room: int) -> None:
        self._writer, self._room = writer, count(room, -1)

    def write(self, page: Page) -> Any:
        if next(self._room) <= 0:
            raise ArchiveError(f"{page.url} can't be kept in the archive: No space left on device")
        return self._writer.write(page)


async def test_a_full_disk_ends_the_poll_and_loses_nothing(paper: Paper) -> None:
    paper.publish_many(8)
    paper.writer_of = lambda writer: FullDisk(writer, room=5)
    with pytest.raises(ArchiveError, match="No space left"):
        await paper.poll()
    assert len(paper.titles()) == 4, "what could be kept was read and saved"
    paper.writer_of = lambda writer: writer

    assert (await paper.poll_later()).count("new") == 4


async def test_a_locked_database_ends_the_poll_and_blames_no_page(paper: Paper) -> None:
    paper.publish_many(3)

    def locked(step: str) -> None:
        if step == "before save":
            raise StoreError("database is locked: another process has been writing for 30 s")

    paper.store_of = lambda store: Dying(store, locked)
    with pytest.raises(StoreError, match="locked"):
        await paper.poll()
    paper.store_of = lambda store: store

    assert (await paper.poll_later()).count("new") == 3


async def test_a_fault_in_judging_one_changed_page_does_not_stop_the_others(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper.publish_many(12)
    paper.publish("talks", "Talks Held", "It was agreed.\nMore talks will follow.")
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()

    def broken(before: Article, after: Article) -> Kinship:
        if after.title == "Talks Held" and next(faults, False):
            raise ValueError("what no text should raise")
        return kinship(before, after)

    for item in paper.items[:2]:
        item.text = item.text.replace("traditional friendship", "cooperation").replace("More", "No more")
    await paper.poll_later()
    faults = iter([False, True])  # when the page is read, and when it is judged
    monkeypatch.setattr(pages, "kinship", broken)
    summary = await paper.poll_later()
    later = await paper.poll_later()

    assert summary.count("changed") == later.count("changed") == 1
    assert "a fault of Sunchi's own: ValueError('what no text should raise')" in summary.words
    assert [change for change, _ in said(paper)].count("edited") == summary.alerts == 1


# --- a process that is killed (tests/crashes does it at every kind of step) -----------------------------------------


@pytest.mark.parametrize(
    ("change", "looks", "decides"),
    [("edited", [HOUR], "before save"), ("deleted", [HOUR, 12 * HOUR, DAY], "before record_missing")],
)
async def test_a_poll_killed_between_a_look_and_what_it_decides_decides_at_the_next_start(
    change: str, looks: list[timedelta], decides: str, paper: Paper
) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()
    if change == "edited":
        paper.items[0].text = LETTER_TEXT.replace("traditional friendship", "cooperation")
    else:
        paper.answers[paper.path("letter")] = Reply(status=404)  # its list shows it
    for step in looks:
        await paper.poll_later(step)

    def die(step: str) -> None:
        if step == decides:
            raise Killed(step)

    paper.store_of = lambda store: Dying(store, die)
    with pytest.raises(Killed):
        await paper.poll_later(DAY)
    paper.store_of = lambda store: store
    await paper.poll_later(timedelta(minutes=1))

    assert [event for event, _ in said(paper)].count(change) == 1


async def test_a_poll_killed_after_the_first_page_of_a_cut_list_does_not_hide_the_others(paper: Paper) -> None:
    paper.publish_many(3)
    await paper.poll()
    paper.publish_many(25, NOON.date() + 5 * DAY, "later")
    paper.answers[f"/new/list/{LATEST}?page=2"] = Reply(status=500)

    def step(name: str) -> None:
        if name == "after record_list":
            raise Killed(name)

    paper.store_of = lambda store: Dying(store, step)
    with pytest.raises(Killed):
        await paper.poll_later(8 * DAY)
    paper.store_of = lambda store: store
    paper.answers.clear()
    await paper.poll_later()

    assert len(paper.titles()) == 28
