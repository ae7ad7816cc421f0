"""Texts under other articles' titles: nobody is alerted, and the poll reports that something is wrong."""

from __future__ import annotations

import pytest

from sunchi.ingest.crawl import BATCH
from tests.ingest.press import HOUR, LETTER, LETTER_TEXT, Paper
from tests.ingest.test_crawl import sent
from tests.web import Reply

WHOLE_LETTER = f"{LETTER_TEXT}\nIt wished him good health."
DAM = ("Dam Finished on River in North", "The dam on the river in the north is finished.\nIts builders were praised.")
FAIR = ("Book Fair Opens in Capital City", "The book fair in the capital city opens.\nReaders came to it from afar.")
RICE = ("Farmers Plant Rice in West Plain", "Farmers plant rice in the west plain.\nThe plan is kept in all counties.")
ROAD = ("Road to East Coast Repaired", "The road to the east coast is repaired.\nIt is wide now.")
SONG = ("New Song Heard in Theatre", "A new song is heard in the theatre.\nMany sing it by now.")
MILL = ("Flour Mill Built near Harbour", "A flour mill was built near the harbour.\nIt works day and night.")
SHIP = ("Cargo Vessel Launched at Shipyard", "A cargo vessel was launched at the shipyard.\nWelders stood by.")
GAME = ("Volleyball Final Won by Miners", "The miners won the final of the volleyball cup.\nThe hall was full.")
SNOW = ("Snow Falls on Hills in South", "Snow falls on the hills in the south.\nChildren were glad of it.")
REVIEW = (
    "All newspapers say today that Kim Jong Un sends a message of greeting to Xi Jinping.\nThey write of rain, too."
)
ADVERTISEMENT = "Our shop by the station has new stamps, books and paintings every week, at moderate prices."


def publish(paper: Paper) -> None:
    paper.has_been_polled()
    for key, (title, text) in {"letter": (LETTER, WHOLE_LETTER), "dam": DAM, "fair": FAIR, "rice": RICE}.items():
        paper.publish(key, title, text)


def show(paper: Paper, texts: dict[str, str]) -> None:
    """Make pages show other articles' texts from now on, each under its own title."""
    items = {item.key: item for item in paper.items}
    for here, there in texts.items():
        paper.answers[paper.path(here)] = Reply(f"ARTICLE\n{items[here].title}\n{items[there].text}")


async def test_two_articles_under_each_others_titles_alert_nobody_however_often_shown(
    paper: Paper,
) -> None:
    publish(paper)
    show(paper, {"letter": "dam", "dam": "letter"})

    wrong = [await paper.poll_later() for _ in range(4)]
    told = sent(paper)
    paper.answers.clear()
    well = await paper.poll_later()

    assert {each.outcome for each in wrong} == {"waiting"}
    assert told == set()
    assert (well.count("changed"), sent(paper)) == (2, {("published", 2)})
    assert set(paper.texts()) >= {f"{LETTER}\n{WHOLE_LETTER}", "\n".join(DAM)}


async def test_an_article_whose_text_another_page_shows_for_an_hour_alerts_once_that_page_is_right(
    paper: Paper,
) -> None:
    paper.has_been_polled()
    paper.publish("dam", *DAM)
    for number in range(BATCH):
        paper.publish(f"field{number}", f"Field {number} Is Sown", f"Field {number} is sown.\nIt has rained on it.")
    paper.publish("letter", "Greetings from Afar", WHOLE_LETTER)  # which does not say what the text is about
    show(paper, {"dam": "letter"})

    ill = await paper.poll_later()
    told = sent(paper)
    paper.answers.clear()
    for _ in range(3):
        await paper.poll_later()

    assert (ill.outcome, told) == ("noted", set())
    assert sent(paper) == {("published", 1)}


async def test_if_many_pages_show_another_article_the_rest_waits_for_another_look(paper: Paper) -> None:
    publish(paper)
    show(paper, {"dam": "fair", "fair": "rice", "rice": "dam"})

    ill = await paper.poll_later()
    assert sent(paper) == set(), "the letter's own text is there, but is it?"
    paper.answers.clear()
    for _ in range(2):
        await paper.poll_later()

    assert (ill.outcome, "show other articles than requested" in ill.words) == ("noted", True)
    assert sent(paper) == {("published", 1)}


@pytest.mark.parametrize(
    "shown",
    [
        "{0}\n" + ADVERTISEMENT + "\n{1}",
        "We are back on Monday.\n{0}\n{1}",
        "{0}\nRead more",
        "{0}\n{1}\nSeen 1{2} times",
    ],
)
async def test_a_paragraph_in_several_new_texts_is_believed_of_none(shown: str, paper: Paper) -> None:
    paper.publish_many(3)
    await paper.poll()
    await paper.poll_later()
    publish(paper)
    for number, item in enumerate(paper.items[:-3]):
        first, _, rest = item.text.partition("\n")
        text = shown.format(first, rest, number)
        paper.answers[paper.path(item.key)] = Reply(f"ARTICLE\n{item.title}\n{text}")

    wrong = await paper.poll_later()
    paper.answers.clear()
    await paper.poll_later()
    await paper.poll_later()

    assert wrong.outcome == "noted"
    with paper.store() as store:
        assert {tuple(row["paragraphs"]) for row in store.articles()} == {
            tuple(i.text.split("\n")) for i in paper.items
        }
    assert {change for change, _ in sent(paper)} == {"published"}


async def test_a_line_in_all_texts_of_a_paper_causes_no_doubt(paper: Paper) -> None:
    publish(paper)
    footer = "Write to us for leave to print this text elsewhere, and name the paper that it is from."
    for item in paper.items:
        item.text += f"\n{footer}"
    for _ in range(4):
        await paper.poll_later(13 * HOUR)
    paper.publish("snow", "Snow Falls on Fields in East", f"Snow falls on the fields in the east.\n{footer}")

    assert (await paper.poll_later()).outcome == "ok"


@pytest.mark.parametrize(
    "text",
    [
        "발전소건설장에서 새로운 혁신이 일어나고있다.\n건설자들은 계획을 넘쳐 수행하였다.",
        f"{WHOLE_LETTER}\n발전소건설장에서 새로운 혁신이 일어나고있다.",
    ],
    ids=["all of it", "its end"],
)
async def test_a_text_in_another_language_than_its_title_alerts_nobody(text: str, paper: Paper) -> None:
    publish(paper)
    paper.answers[paper.path("letter")] = Reply(f"ARTICLE\n{LETTER}\n{text}")

    wrong = [await paper.poll_later() for _ in range(3)]

    assert {each.outcome for each in wrong} == {"waiting"}
    assert sent(paper) == set()


async def test_a_correct_text_beside_others_alerts_at_once(paper: Paper) -> None:
    publish(paper)

    assert (await paper.poll_later()).outcome == "ok"
    assert sent(paper) == {("published", 1)}


async def test_pages_that_later_also_show_each_others_texts_are_not_edits(paper: Paper) -> None:
    publish(paper)
    bridge = "The bridge over the river in the east was opened to all traffic today.\nMany people came to see it."
    paper.publish("bridge", "Joy of Country People", bridge)
    await paper.poll_later()
    told = sent(paper)
    paper.answers[paper.path("letter")] = Reply(f"ARTICLE\n{LETTER}\n{WHOLE_LETTER}\n{bridge}")
    paper.answers[paper.path("bridge")] = Reply(f"ARTICLE\nJoy of Country People\n{bridge}\n{WHOLE_LETTER}")

    mixed = [await paper.poll_later() for _ in range(5)]

    assert [(each.count("changed"), each.outcome == "ok") for each in mixed] == [(0, False)] * 5
    assert sent(paper) == told


async def test_while_a_site_is_ill_and_recovers_no_text_is_replaced_that_was_believed_before(paper: Paper) -> None:
    """Neither where a wrong page shows it, too, nor after a crawl of so few pages that none of them seems wrong."""
    publish(paper)
    await paper.poll_later()
    told = sent(paper)
    show(paper, {"dam": "rice", "fair": "letter", "rice": "dam"})
    paper.answers[paper.path("letter")] = Reply(f"ARTICLE\n{LETTER}\n{REVIEW}")

    wrong = [await paper.poll_later(hours * HOUR) for hours in (1, 1, 1, 5)]
    paper.answers.clear()
    well = [await paper.poll_later(6 * HOUR) for _ in range(5)]

    assert "ok" not in {each.outcome for each in wrong}
    assert (well[-1].outcome, sent(paper)) == ("ok", told)


async def test_while_a_site_is_visibly_ill_no_uncertain_text_gives_way_either(paper: Paper) -> None:
    """Its pages show other articles' texts, another one each time; one shows a text that seems to be its own."""
    publish(paper)
    paper.publish("road", *ROAD)
    paper.publish("song", *SONG)
    keys = ["dam", "fair", "rice", "road", "song"]

    def show_others(places: int) -> None:
        show(paper, {key: (keys * 2)[place + places] for place, key in enumerate(keys)})

    show_others(1)
    await paper.poll_later()
    paper.answers[paper.path("letter")] = Reply(f"ARTICLE\n{LETTER}\n{REVIEW}")

    ill = []
    for places in (2, 3, 4):
        show_others(places)
        ill.append(await paper.poll_later())
    texts, told = paper.texts(), sent(paper)
    paper.answers.clear()
    well = [await paper.poll_later(6 * HOUR) for _ in range(5)]

    assert "ok" not in {each.outcome for each in ill}
    assert (f"{LETTER}\n{WHOLE_LETTER}" in texts, f"{LETTER}\n{REVIEW}" in texts, told) == (True, False, set())
    assert (well[-1].outcome, sent(paper)) == ("ok", {("published", 1)})


async def test_on_the_second_day_that_a_site_is_ill_new_texts_wait_as_on_the_first(paper: Paper) -> None:
    paper.has_been_polled()
    for key, article in {"dam": DAM, "fair": FAIR, "rice": RICE}.items():
        paper.publish(key, *article)
    show(paper, {"dam": "fair", "fair": "rice", "rice": "dam"})
    for _ in range(5):
        await paper.poll_later(6 * HOUR)
    for key, article in {"letter": (LETTER, WHOLE_LETTER), "road": ROAD, "song": SONG, "snow": SNOW}.items():
        paper.publish(key, *article)
    show(paper, {"road": "song", "song": "snow", "snow": "road"})
    ill = [await paper.poll_later()]
    for key, article in {"mill": MILL, "ship": SHIP, "game": GAME}.items():
        paper.publish(key, *article)
    show(paper, {"mill": "ship", "ship": "game", "game": "mill"})

    ill.append(await paper.poll_later())
    told = sent(paper)
    paper.answers.clear()
    for _ in range(5):
        await paper.poll_later(6 * HOUR)

    assert "ok" not in {each.outcome for each in ill}
    assert (told, sent(paper)) == (set(), {("published", 1)})


async def test_an_illness_ends_although_a_text_is_still_doubted_and_the_next_one_is_recognized(paper: Paper) -> None:
    publish(paper)
    show(paper, {"dam": "fair", "fair": "rice", "rice": "dam"})
    await paper.poll_later()
    paper.answers.clear()
    for day in range(4):  # each day brings a text under another title
        paper.publish(f"road{day}", f"Road No. {day} to East Coast Repaired", SONG[1].replace("new", f"song{day}"))
        await paper.poll_later(24 * HOUR)
    assert not paper.incidents()
    for key, article in {"road": ROAD, "song": SONG, "snow": SNOW}.items():
        paper.publish(key, *article)
    show(paper, {"road": "song", "song": "snow", "snow": "road"})

    assert (await paper.poll_later()).outcome == "noted"
    assert any("show other articles" in each for each in paper.incidents().values())


async def test_while_lists_show_missing_pages_no_other_absence_is_a_deletion_that_day(
    paper: Paper,
) -> None:
    publish(paper)
    await paper.poll_later()
    paper.items = [item for item in paper.items if item.key != "letter"]  # the list shows it no more
    for key in ("letter", "dam"):
        paper.answers[paper.path(key)] = Reply("gone", 404)

    absent = [await paper.poll_later() for _ in range(3)]

    assert [each.count("gone") for each in absent] == [0, 0, 0]
