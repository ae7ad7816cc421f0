"""The kind of a text: a new article, one more link, a revision, or nothing new."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sunchi.errors import Overtaken
from sunchi.model import Article
from sunchi.store import Saved, Store
from sunchi.text import fingerprint
from tests.store.making import (
    DAY,
    HOUR,
    NOW,
    alert,
    article,
    fingerprint_of,
    id_of,
    link,
    parsed,
    place,
    see,
    signals,
)

A, B, C = link("a"), link("b"), link("c")


def texts(store: Store, text: str) -> list[str]:
    return [revision.article.title for revision in store.revisions(id_of(text))]


def test_an_article_comes_back_as_it_was_read(store: Store) -> None:
    read = Article(
        source="kcna",
        lang="en",
        url=A.url,
        key="a",
        layout="detail",
        title="조중친선 “friend”",
        paragraphs=("하나", "둘 \N{PARTY POPPER}"),
        date=date(2021, 1, 8),
        date_basis="dateline",
        subtitle="sub",
        byline="by",
        section="World",
        printed_page=2,
        photos=3,
        links=("http://www.kcna.kp/en/b",),
        posted_at=datetime(2021, 1, 8, 9, tzinfo=UTC),
        modified_at=datetime(2021, 1, 8, 10, 30, 15, 250, tzinfo=UTC),
    )
    saved = store.save(parsed(A, "", article=read, response=place(7), lexicon_version="v1"))
    [revision] = store.revisions(saved.article_id)
    assert revision.article == read
    assert (revision.number, revision.seen_at, revision.response, revision.lexicon_version) == (1, NOW, place(7), "v1")
    assert revision.fingerprint == fingerprint(read.title, read.paragraphs)
    assert store.article(saved.article_id) == {
        "id": saved.article_id,
        "source": "kcna",
        "lang": "en",
        "language": "ko",
        "date": date(2021, 1, 8),
        "title": "조중친선 “friend”",
        "paragraphs": ["하나", "둘 \N{PARTY POPPER}"],
        "url": A.url,
        "urls": [A.url],
        "page": 2,
        "revisions": 1,
        "changes": [],
        "outcome": "read",
        "provenance": {
            "file": place(7).file,
            "offset": 7,
            "length": 100,
            "fetched_at": None,
            "sha256": None,
            "dropped_at": None,
        },
    }


def test_a_new_text_is_a_new_article_with_the_id_of_its_text(store: Store) -> None:
    assert store.resolve(A, fingerprint_of("talks")).kind == "article"
    assert store.save(parsed(A, "talks")) == Saved("article", id_of("talks"), 1)


def test_a_known_text_at_another_link_is_one_more_link_of_its_article(store: Store) -> None:
    store.save(parsed(A, "talks"))
    assert store.resolve(B, fingerprint_of("talks")).kind == "link"
    assert store.save(parsed(B, "talks", NOW + HOUR)) == Saved("link", id_of("talks"), 1)
    [row] = store.articles()
    assert (row["url"], row["urls"], row["revisions"]) == (A.url, [A.url, B.url], 1)


def test_a_text_that_differs_only_in_spaces_and_quotes_is_the_same(store: Store) -> None:
    store.save(parsed(A, "the 'red line'"))
    assert store.save(parsed(B, "the  ‘red line’")).kind == "link"
    assert store.save(parsed(A, "the ‘red line’", NOW + HOUR)).kind == "same"


def test_the_same_text_in_another_source_or_language_is_another_article(store: Store) -> None:
    store.save(parsed(A, "talks"))
    assert store.save(parsed(link("a", source="rodong"), "talks")).kind == "article"
    assert store.save(parsed(link("a", lang="ko"), "talks")).kind == "article"
    assert [(row["source"], row["lang"]) for row in store.articles()] == [
        ("kcna", "en"),
        ("kcna", "ko"),
        ("rodong", "en"),
    ]


def test_another_text_at_a_known_link_is_a_revision(store: Store) -> None:
    store.save(parsed(A, "talks"))
    resolution = store.resolve(A, fingerprint_of("failed talks"))
    assert (resolution.kind, resolution.article_id, resolution.revision) == ("revision", id_of("talks"), 2)
    assert resolution.previous == article(A, "talks")
    assert store.save(parsed(A, "failed talks", NOW + HOUR)) == Saved("revision", id_of("talks"), 2)
    assert texts(store, "talks") == ["About talks", "About failed talks"]
    assert store.article(id_of("talks"))["title"] == "About failed talks"  # type: ignore[index]
    assert store.article(id_of("failed talks")) is None


def test_a_text_that_goes_back_to_an_earlier_one_is_a_revision_too(store: Store) -> None:
    for hours, text in enumerate(("talks", "failed talks", "talks")):
        store.save(parsed(A, text, NOW + hours * HOUR))
    assert texts(store, "talks") == ["About talks", "About failed talks", "About talks"]


def test_a_second_link_that_still_shows_the_old_text_is_not_a_revision(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.save(parsed(B, "talks"))
    store.save(parsed(A, "failed talks", NOW + HOUR))
    assert store.save(parsed(B, "talks", NOW + 2 * HOUR)).kind == "same"
    assert store.save(parsed(B, "failed talks", NOW + 3 * HOUR)).kind == "same"
    assert store.save(parsed(B, "talks", NOW + 4 * HOUR)) == Saved("revision", id_of("talks"), 3)


def test_a_new_link_to_any_text_that_an_article_has_had_is_one_of_its_links(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.save(parsed(A, "failed talks", NOW + HOUR))
    assert store.save(parsed(B, "talks", NOW + 2 * HOUR)) == Saved("link", id_of("talks"), 2)
    assert store.save(parsed(C, "failed talks", NOW + 2 * HOUR)) == Saved("link", id_of("talks"), 2)
    assert len(list(store.articles())) == 1


def test_a_text_revised_to_that_of_another_article_leaves_two_articles_with_one_text(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.save(parsed(B, "visit"))
    assert store.save(parsed(A, "visit", NOW + HOUR)) == Saved("revision", id_of("talks"), 2)
    assert store.save(parsed(C, "visit", NOW + 2 * HOUR)).article_id == id_of("visit")
    assert [row["title"] for row in store.articles()] == ["About visit", "About visit"]


def test_saving_a_reading_again_changes_nothing(store: Store) -> None:
    new = parsed(A, "talks", signals=signals(id_of("talks"), "CN"), alerts=[alert(id_of("talks"))])
    assert store.save(new).alerts == 1
    before = (list(store.articles()), store.alerts(), store.signals().rows(), store.work("kcna", "en", NOW + DAY))
    assert store.save(new) == Saved("same", id_of("talks"), 1)
    assert (
        list(store.articles()),
        store.alerts(),
        store.signals().rows(),
        store.work("kcna", "en", NOW + DAY),
    ) == before


def test_resolving_changes_nothing(store: Store) -> None:
    store.resolve(A, fingerprint_of("talks"))
    assert store.unknown([A]) == [A]
    assert list(store.articles()) == []


def test_alerts_about_another_text_than_the_one_saved_are_refused_with_all_that_came_with_them(store: Store) -> None:
    store.save(parsed(A, "talks"))
    late = parsed(A, "failed talks", NOW + HOUR, alerts=[alert(id_of("failed talks"))])
    with pytest.raises(Overtaken, match=rf"are about text 1 of {id_of('failed talks')}, and it is text 2 of"):
        store.save(late)
    strange = parsed(A, "failed talks", NOW + HOUR, signals=signals(id_of("failed talks"), "CN"))
    with pytest.raises(Overtaken):
        store.save(strange)
    assert texts(store, "talks") == ["About talks"]


def test_characters_that_postgres_cannot_store_become_one_replacement_each(store: Store) -> None:
    bad = link("a\x00", title="x\ud800")
    see(store, [bad])
    assert store.unknown([bad]) == []
    read = article(bad, "talks", title="a\x00b", paragraphs=("c\udc80\ud83dd",), links=("\x00",))
    saved = store.save(parsed(bad, "", article=read))
    row = store.article(saved.article_id)
    assert row is not None
    assert (row["title"], row["paragraphs"]) == ("a\ufffdb", ["c\ufffd\ufffdd"])
    assert store.save(parsed(bad, "", article=read)).kind == "same"


def test_articles_are_selected_by_source_language_and_day(store: Store) -> None:
    for number, day in enumerate((date(2021, 1, 5), date(2021, 1, 6), None, date(2021, 1, 7))):
        at = link(str(number), date=day)
        store.save(parsed(at, f"day {number}"))

    def titles(**asked: Any) -> list[str]:
        return [row["title"][-1] for row in store.articles(**asked)]

    assert titles() == ["2", "0", "1", "3"]
    assert titles(since=date(2021, 1, 6)) == ["1", "3"]
    assert titles(until=date(2021, 1, 6)) == ["0", "1"]
    assert titles(source="hani") == titles(lang="ko") == []


def test_more_articles_than_one_batch_are_returned_completely_and_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sunchi.store.database.BATCH", 10)
    for number in range(25):
        store.save(parsed(link(str(number)), f"number {number}"))
    assert sorted(row["id"] for row in store.articles()) == sorted(id_of(f"number {number}") for number in range(25))


def test_any_number_of_articles_is_selected_by_id(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sunchi.store.database.BATCH", 2)
    for number in range(5):
        store.save(parsed(link(str(number)), f"number {number}"))
    ids = [id_of(f"number {number}") for number in range(5)]

    found = store.articles_by_id([*ids, ids[0], "unknown"])

    assert sorted(found) == sorted(ids)
    assert all(found[id] == store.article(id) for id in ids)


def test_an_article_is_found_by_any_address_it_was_read_at(store: Store) -> None:
    see(store, [A, B, C])
    store.save(parsed(A, "x"))
    store.save(parsed(B, "x"))

    assert store.article_at(A.url) == store.article_at(B.url) == id_of("x")
    assert store.article_at(C.url) is None, "listed, and never read"
    assert store.article_at("http://www.kcna.kp/nowhere") is None
