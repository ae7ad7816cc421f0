"""Archived pages are read again with a fixed parser, and stored texts are corrected in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sunchi.errors import Outcome, Overtaken
from sunchi.store import Saved, Store
from tests.store.making import DAY, HOUR, NOW, alert, due, id_of, link, page, parsed, place, see, signals

A, B = link("a"), link("b")


def titles(store: Store, text: str) -> list[str]:
    return [revision.article.title for revision in store.revisions(id_of(text))]


def test_every_text_and_every_last_look_is_reparsed_in_order(store: Store) -> None:
    store.save(parsed(A, "talks", NOW, response=place(1)))
    store.save(parsed(B, "talks", NOW + HOUR, response=place(2)))
    store.save(parsed(A, "failed talks", NOW + 2 * HOUR, response=place(3)))
    store.save(parsed(A, "failed talks", NOW + 3 * HOUR, response=place(4)))
    again = store.pages_to_reparse()
    assert [(each.link.key, each.location.offset, each.at) for each in again] == [
        ("a", 1, NOW),
        ("b", 2, NOW + HOUR),
        ("a", 3, NOW + 2 * HOUR),
        ("a", 4, NOW + 3 * HOUR),
    ]
    assert {each.article for each in again} == {id_of("talks")}
    assert store.pages_to_reparse("hani") == []


def test_the_newest_page_of_an_unreadable_link_is_reparsed(store: Store) -> None:
    see(store, [A, B])
    for hours, status in ((0, 200), (1, 200), (2, 503)):
        store.add_response(page(A.url, NOW + hours * HOUR, status), place(hours), "kcna")
    store.record_failure(A, Outcome.DRIFT, "no title", NOW)
    [again] = store.pages_to_reparse()
    assert (again.link, again.location, again.at, again.article) == (A, place(1), NOW + HOUR, None)


def test_a_page_that_could_not_be_read_before_is_saved_and_looked_at_again(store: Store) -> None:
    see(store, [A])
    store.record_failure(A, Outcome.DRIFT, "no title", NOW)
    found = signals(id_of("talks"), "CN")
    mended = parsed(A, "talks", NOW, response=place(1), signals=found, alerts=[alert(id_of("talks"))])
    assert store.amend(mended) == Saved("article", id_of("talks"), 1)
    assert store.alerts() == []
    assert store.signals().height == 1
    assert due(store, NOW + HOUR) == [("a", "relook")]


def test_a_fixed_parser_corrects_the_text_in_place(store: Store) -> None:
    store.save(parsed(A, "talks -0-", response=place(1), signals=signals(id_of("talks -0-"), "CN", "RU")))
    mended = parsed(A, "talks", response=place(1), signals=signals(id_of("talks -0-"), "CN"), lexicon_version="2")
    assert store.amend(mended) == Saved("amended", id_of("talks -0-"), 1)
    [revision] = store.revisions(id_of("talks -0-"))
    assert (revision.article.title, revision.lexicon_version) == ("About talks", "2")
    assert store.signals()["partner"].to_list() == ["CN"]


def test_a_date_is_corrected_in_the_text_that_has_it(store: Store) -> None:
    store.save(parsed(A, "talks", response=place(1), signals=signals(id_of("talks"), "CN", "RU")))
    known = parsed(A, "talks", NOW + HOUR, response=place(2), signals=signals(id_of("talks"), "CN"))
    other = replace(known, article=replace(known.article, date=date(2021, 1, 5)), alerts=[alert(id_of("talks"))])
    assert store.redate(other) == Saved("amended", id_of("talks"), 1)
    [revision] = store.revisions(id_of("talks"))
    assert (revision.article.date, revision.response) == (date(2021, 1, 5), place(2))
    assert (store.signals()["partner"].to_list(), store.alerts()) == (["CN"], [])


def test_a_date_is_not_corrected_in_a_text_that_was_replaced_meanwhile(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.save(parsed(A, "failed talks", NOW + HOUR))
    with pytest.raises(Overtaken):
        store.redate(parsed(A, "talks", NOW + DAY))
    assert titles(store, "talks") == ["About talks", "About failed talks"]


def test_after_an_amendment_the_same_page_is_nothing_new_at_any_link(store: Store) -> None:
    store.save(parsed(A, "talks -0-", response=place(1)))
    store.amend(parsed(A, "talks", response=place(1)))
    assert store.save(parsed(A, "talks", NOW + HOUR, response=place(2))).kind == "same"
    assert store.save(parsed(B, "talks", NOW + HOUR)) == Saved("link", id_of("talks -0-"), 1)


def test_amending_again_changes_nothing(store: Store) -> None:
    store.save(parsed(A, "talks -0-", response=place(1)))
    mended = parsed(A, "talks", response=place(1))
    store.amend(mended)
    before = store.revisions(id_of("talks -0-"))
    assert store.amend(mended) == Saved("same", id_of("talks -0-"), 1)
    assert store.revisions(id_of("talks -0-")) == before


def test_each_text_is_corrected_from_its_own_page(store: Store) -> None:
    store.save(parsed(A, "talks -0-", response=place(1)))
    store.save(parsed(A, "failed talks -0-", NOW + HOUR, response=place(2)))
    store.amend(parsed(A, "talks", response=place(1)))
    assert titles(store, "talks -0-") == ["About talks", "About failed talks -0-"]
    store.amend(parsed(A, "failed talks", NOW + HOUR, response=place(2)))
    assert titles(store, "talks -0-") == ["About talks", "About failed talks"]
    assert store.save(parsed(A, "failed talks", NOW + DAY)).kind == "same"


def test_a_second_link_whose_page_now_reads_differently_makes_no_revision(store: Store) -> None:
    store.save(parsed(A, "talks", response=place(1)))
    store.save(parsed(B, "talks", response=place(2)))
    assert store.amend(parsed(B, "talks, with a footer", response=place(2))).kind == "same"
    assert store.save(parsed(B, "talks, with a footer", NOW + DAY)).kind == "same"
    assert titles(store, "talks") == ["About talks"]


def test_a_text_corrected_to_that_of_another_article_leaves_both(store: Store) -> None:
    store.save(parsed(A, "talks", response=place(1)))
    store.save(parsed(B, "talks -0-", response=place(2)))
    assert store.amend(parsed(B, "talks", response=place(2))) == Saved("amended", id_of("talks -0-"), 1)
    assert sorted(row["id"] for row in store.articles()) == sorted([id_of("talks"), id_of("talks -0-")])


def test_a_reparse_does_not_change_what_is_due(store: Store) -> None:
    store.save(parsed(A, "talks -0-", response=place(1)))
    store.record_missing(A, NOW + HOUR)
    store.amend(parsed(A, "talks", response=place(1)))
    assert due(store, NOW + 2 * HOUR) == [("a", "missing")]
    assert store.record_missing(A, NOW + 2 * HOUR) == "deleted"


def test_a_page_that_still_reads_as_before_the_amendment_is_one_more_link_of_the_article(store: Store) -> None:
    store.save(parsed(A, "talks -0-", response=place(1)))
    store.amend(parsed(A, "talks", response=place(1)))
    assert store.save(parsed(B, "talks -0-", NOW + HOUR)) == Saved("link", id_of("talks -0-"), 1)


def test_signals_of_another_article_are_refused_and_nothing_is_corrected(store: Store) -> None:
    store.save(parsed(A, "talks -0-", response=place(1)))
    with pytest.raises(Overtaken):
        store.amend(parsed(A, "talks", response=place(1), signals=signals("", "CN")))
    assert titles(store, "talks -0-") == ["About talks -0-"]
