"""Imported texts in the store: identified by content, never stored twice, never replacing a page's text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sunchi.model import IMPORTED
from sunchi.store import ImportedText, Store
from sunchi.store.signals import rows_of
from sunchi.text import fingerprint
from tests.store.making import DAY, HOUR, NOW, article, due, id_of, link, parsed, see, signals

VERSION = "lexicon-1"


def imported(text: str, url: str = "", *partners: str, **changes: Any) -> ImportedText:
    made = article(link(), text, url=url or "http://old.example/page", layout=IMPORTED, **changes)
    id = id_of(text)
    urls = (url,) if url else ()
    found = rows_of(signals(id, *partners), {id: 1})
    return ImportedText(made, fingerprint(made.title, made.paragraphs, made.date), urls, found)


def headline(title: str, day: date) -> ImportedText:
    made = article(link(), "", title=title, paragraphs=(), date=day, layout=IMPORTED)
    return ImportedText(made, fingerprint(title, (), day))


def test_texts_are_saved_with_their_signals_under_the_same_ids_as_in_a_poll(store: Store) -> None:
    kinds = store.add_texts([imported("rice", "http://a", "CN", "RU"), imported("steel", "http://b")], VERSION, NOW)

    assert kinds == ["new", "new"]
    assert {row["id"] for row in store.articles()} == {id_of("rice"), id_of("steel")}
    assert store.signals()["partner"].to_list() == ["CN", "RU"]
    assert store.article_at("http://a") == id_of("rice")
    assert store.revisions(id_of("rice"))[0].lexicon_version == VERSION


def test_nothing_is_stored_twice(store: Store) -> None:
    texts = [imported("rice", "http://a", "CN"), imported("steel")]
    store.add_texts(texts, VERSION, NOW)

    assert store.stored_texts([*texts, imported("salt")]) == {text.identity for text in texts}
    assert store.add_texts(texts, VERSION, NOW + HOUR) == ["known", "known"]
    assert len(list(store.articles())) == 2
    assert store.signals().height == 1


def test_a_polled_text_gets_one_more_address_and_stays(store: Store) -> None:
    see(store, [link("a")])
    store.save(parsed(link("a"), "rice", signals=signals(id_of("rice"), "CN")))

    assert store.add_texts([imported("rice", "http://old.example/7", "CN")], VERSION, NOW + HOUR) == ["known"]
    (row,) = store.articles()
    assert row["urls"] == ["http://www.kcna.kp/en/a", "http://old.example/7"]
    assert store.signals().height == 1


def test_an_edited_article_is_recognized_by_each_of_its_texts(store: Store) -> None:
    see(store, [link("a")])
    store.save(parsed(link("a"), "rice"))
    store.save(parsed(link("a"), "steel", NOW + HOUR))
    texts = [imported("rice"), imported("steel")]

    assert store.add_texts(texts, VERSION, NOW + DAY) == ["known", "known"]
    assert len(list(store.articles())) == 1


def test_another_wording_at_an_address_that_was_read_is_the_same_article(store: Store) -> None:
    see(store, [link("a")])
    store.save(parsed(link("a"), "rice"))
    other = imported("rice", "http://www.kcna.kp/en/a", paragraphs=("It is said of rice.", "The meeting goes on."))

    assert store.add_texts([other], VERSION, NOW + HOUR) == ["reworded"]
    assert [row["paragraphs"] for row in store.articles()] == [["It is said of rice.", "The meeting went on."]]


def test_an_unrelated_text_at_an_address_that_was_read_is_an_article_of_its_own(store: Store) -> None:
    see(store, [link("a")])
    store.save(parsed(link("a"), "rice"))
    other = imported("steel", "http://www.kcna.kp/en/a", title="Steelworks Visited", paragraphs=("Furnaces glow.",))

    assert store.add_texts([other], VERSION, NOW + HOUR) == ["new"]
    assert store.article_at("http://www.kcna.kp/en/a") == id_of("rice")
    assert len(list(store.articles())) == 2


def test_the_same_headline_without_a_text_is_another_article_on_another_day(store: Store) -> None:
    greetings = [headline("Greetings to Lao President", date(year, 12, 2)) for year in (1998, 1999)]

    assert store.add_texts([*greetings, greetings[0]], VERSION, NOW) == ["new", "new", "known"]
    assert [row["date"].year for row in store.articles() if row["date"]] == [1998, 1999]


STORY = date(2011, 5, 26)
REVIEW = "Press Review"


def of_story(text: str, title: str = "Talks Held", day: date | None = STORY, url: str = "") -> ImportedText:
    """A text of that day, or its headline if there is none."""
    paragraphs = (f"{text} are held.", "They went well.") if text else ()
    made = article(link(), text, title=title, paragraphs=paragraphs, date=day, url=url or "u", layout=IMPORTED)
    named = ImportedText(made, fingerprint(title, paragraphs, day), (url,) if url else ())
    found = rows_of(signals(named.id, "CN"), {named.id: 1})
    return ImportedText(made, named.fingerprint, named.urls, found if text else ())


@pytest.mark.parametrize(
    ("first", "then", "kinds"),
    [
        ([of_story("")], [of_story("Talks")], ["new", "completed"]),
        ([of_story("Talks")], [of_story("")], ["new", "known"]),
        ([of_story(""), of_story("Talks")], [], ["known", "new"]),
        ([of_story("Talks"), of_story("")], [of_story("Talks"), of_story("")], ["new", "known", "known", "known"]),
        ([of_story("", url="http://a")], [of_story("Talks", url="http://a")], ["new", "completed"]),
        ([of_story("", url="http://a")], [of_story("Talks", url="http://b")], ["new", "completed"]),
        ([of_story("", url="http://a")], [of_story("Talks", day=None, url="http://a")], ["new", "completed"]),
        ([of_story("", "“Talks” held")], [of_story("Talks")], ["new", "completed"]),
        ([of_story("")], [of_story("Talks"), of_story("")], ["new", "completed", "known"]),
    ],
    ids=["headline first", "text first", "together", "again", "address", "addresses", "undated", "marks", "and again"],
)
def test_a_headline_and_its_text_are_one_article_in_any_order_under_any_address(
    store: Store, first: list[ImportedText], then: list[ImportedText], kinds: list[str]
) -> None:
    assert [*store.add_texts(first, VERSION, NOW), *store.add_texts(then, VERSION, NOW + HOUR)] == kinds

    (row,) = store.articles()
    assert row["paragraphs"] == ["Talks are held.", "They went well."]
    assert store.signals()["article"].to_list() == [row["id"]]
    assert set(row["changes"]) <= {"mended"}
    assert set(store.add_texts([*first, *then], VERSION, NOW + DAY)) == {"known"}


@pytest.mark.parametrize(
    "texts",
    [
        [of_story("", REVIEW), of_story("Talks", REVIEW), of_story("Games", REVIEW)],
        [of_story("", REVIEW), of_story("Talks", REVIEW, date(2011, 5, 27))],
        [of_story("", REVIEW), of_story("Talks", "Press Release")],
        [of_story("Talks", REVIEW), of_story("Games", REVIEW), of_story("", REVIEW)],
    ],
    ids=["two texts, a headline", "another day", "another title", "the headline last"],
)
def test_texts_of_one_title_and_others_stay_apart(store: Store, texts: list[ImportedText]) -> None:
    for text in texts:
        store.add_texts([text], VERSION, NOW)

    assert len(list(store.articles())) == 2


def test_a_link_that_was_listed_and_never_read_shows_the_imported_text(store: Store) -> None:
    see(store, [link("a"), link("b")], first_limit=1)
    store.add_texts([imported("rice", "http://www.kcna.kp/en/b")], VERSION, NOW)

    assert store.article_at("http://www.kcna.kp/en/b") == id_of("rice")
    assert due(store, NOW) == [("a", "new")]


def test_nothing_is_due_at_an_imported_address_until_a_list_shows_it(store: Store) -> None:
    see(store, [link("z")])
    store.add_texts([imported("rice", "http://www.kcna.kp/en/a")], VERSION, NOW)
    assert due(store, NOW + DAY) == [("z", "new")]

    see(store, [link("z"), link("a")], NOW + DAY)

    assert due(store, NOW + DAY) == [("z", "new"), ("http://www.kcna.kp/en/a", "relook")]
    store.save(parsed(link("a"), "rice", NOW + DAY))
    see(store, [link("z"), link("a")], NOW + DAY)
    assert due(store, NOW + DAY) == [("z", "new")]


def test_imported_links_count_neither_as_listed_nor_as_usual(store: Store) -> None:
    from datetime import UTC

    store.add_texts([headline(f"Headline {n}", date(2021, 1, 8)) for n in range(60)], VERSION, NOW)

    assert store.completeness("kcna", "en", date(2021, 1, 1)) == []
    assert store.activity("kcna", "en", UTC, NOW - DAY).links == ()
    assert store.usual_shape("kcna", "en") is None


@pytest.mark.parametrize("number", [1, 1200])
def test_a_batch_may_have_any_number_of_texts_of_several_editions(store: Store, number: int) -> None:
    texts = [imported(f"thing {n}", f"http://old.example/{n}", "CN") for n in range(number)]
    korean = imported("rice", "http://old.example/0", lang="ko")

    assert store.add_texts([*texts, korean], VERSION, NOW) == ["new"] * (number + 1)
    assert store.signals(lang="en").height == number
