"""An article is deleted if all its links are missing at two polls."""

from __future__ import annotations

from sunchi.errors import Outcome
from sunchi.store import Store
from tests.store.making import DAY, HOUR, NOW, alert, article, due, id_of, link, parsed, see

A, B = link("a"), link("b")
DELETED = alert(id_of("talks"), "deleted")


def outcome(store: Store) -> list[str]:
    return [row["outcome"] for row in store.articles()]


def test_one_404_deletes_nothing_and_is_checked_at_the_next_poll(store: Store) -> None:
    store.save(parsed(A, "talks"))
    assert store.would_delete(A) is None
    assert store.record_missing(A, NOW + HOUR, [DELETED]) == "first"
    assert (outcome(store), store.alerts()) == (["read"], [])
    assert due(store, NOW + HOUR) == []
    assert due(store, NOW + 2 * HOUR) == [("a", "missing")]


def test_a_404_at_two_polls_deletes_the_article_and_alerts_in_one_transaction(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.record_missing(A, NOW + HOUR)
    doomed = store.would_delete(A)
    assert doomed is not None
    assert (doomed.article_id, doomed.number, doomed.article) == (id_of("talks"), 1, article(A, "talks"))
    assert store.record_missing(A, NOW + 2 * HOUR, [DELETED]) == "deleted"
    assert outcome(store) == ["gone"]
    assert [record.change for record in store.alerts()] == ["deleted"]
    assert due(store, NOW + 100 * DAY) == []


def test_two_404s_of_one_poll_count_once(store: Store) -> None:
    store.save(parsed(A, "talks"))
    assert [store.record_missing(A, NOW), store.record_missing(A, NOW)] == ["first", "first"]
    assert outcome(store) == ["read"]


def test_a_deletion_alerts_once(store: Store) -> None:
    store.save(parsed(A, "talks"))
    meanings = [store.record_missing(A, NOW + hours * HOUR, [DELETED]) for hours in range(1, 5)]
    assert meanings == ["first", "deleted", "known", "known"]
    assert len(store.alerts()) == 1
    assert store.would_delete(A) is None


def test_the_first_404_makes_other_links_due_and_one_that_works_keeps_the_article(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.save(parsed(B, "talks"))
    store.record_missing(A, NOW + HOUR)
    assert due(store, NOW + HOUR) == [("b", "missing")]
    store.record_unchanged(B, NOW + HOUR)
    assert store.record_missing(A, NOW + 2 * HOUR, [DELETED]) == "gone"
    assert (outcome(store), store.alerts()) == (["read"], [])
    assert due(store, NOW + 6 * HOUR) == [("b", "relook")]


def test_an_article_is_deleted_with_the_last_of_its_links(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.save(parsed(B, "talks"))
    said = [store.record_missing(at, NOW + hours * HOUR, [DELETED]) for hours, at in enumerate((A, B, A, B, A), 1)]
    assert said == ["first", "first", "gone", "deleted", "known"]
    assert outcome(store) == ["gone"]


def test_a_failure_between_two_404s_is_ignored(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.record_missing(A, NOW + HOUR)
    store.record_failure(A, Outcome.UNREACHABLE, "time-out", NOW + 2 * HOUR)
    assert store.record_missing(A, NOW + 3 * HOUR) == "deleted"


def test_a_page_that_is_back_between_two_404s_was_never_gone(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.record_missing(A, NOW + HOUR)
    store.record_unchanged(A, NOW + 2 * HOUR)
    assert store.record_missing(A, NOW + 3 * HOUR) == "first"
    store.save(parsed(A, "talks", NOW + 4 * HOUR))
    assert store.record_missing(A, NOW + 5 * HOUR) == "first"


def test_a_deleted_article_that_a_list_shows_again_is_fetched_daily_and_can_come_back(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.record_missing(A, NOW)
    store.record_missing(A, NOW + HOUR)
    see(store, [A], NOW + 2 * HOUR)
    assert due(store, NOW + 24 * HOUR) == []
    assert due(store, NOW + 25 * HOUR) == [("a", "missing")]
    assert store.record_missing(A, NOW + 25 * HOUR, [DELETED]) == "known"
    see(store, [A], NOW + 26 * HOUR)
    store.save(parsed(A, "talks", NOW + 50 * HOUR))
    assert (outcome(store), store.alerts()) == (["read"], [])


def test_a_new_link_to_a_deleted_text_brings_its_article_back(store: Store) -> None:
    store.save(parsed(A, "talks"))
    store.record_missing(A, NOW)
    store.record_missing(A, NOW + HOUR)
    assert store.save(parsed(B, "talks", NOW + DAY)).kind == "link"
    assert outcome(store) == ["read"]
    assert due(store, NOW + 7 * DAY) == [("b", "relook")]


def test_a_link_that_was_never_an_article_can_be_gone(store: Store) -> None:
    see(store, [A])
    assert [store.record_missing(A, NOW, [DELETED]), store.record_missing(A, NOW + HOUR, [DELETED])] == [
        "first",
        "gone",
    ]
    assert [(one.link.key, one.state) for one in store.unread_links()] == [("a", "gone")]
    assert store.alerts() == []


def test_a_second_404_counts_also_where_the_clock_was_set_back_in_between(store: Store) -> None:
    store.save(parsed(link(), "talks", NOW - 400 * DAY))
    assert store.record_missing(link(), NOW) == "first"
    assert store.record_missing(link(), NOW - 300 * DAY) == "deleted"
