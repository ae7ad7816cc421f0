"""Incidents stay open until they are closed; polls are recorded."""

from __future__ import annotations

from sunchi.store import Poll, Store
from tests.store.making import HOUR, NOW


def test_an_incident_reported_again_is_counted_and_stays_one(store: Store) -> None:
    first = store.open_incident("list", "kcna/en latest", "2 entries", NOW, source="kcna")
    assert (first.times, first.opened_at, first.source) == (1, NOW, "kcna")
    again = store.open_incident("list", "kcna/en latest", "no entries", NOW + HOUR, source="kcna")
    assert (again.id, again.times, again.message) == (first.id, 2, "no entries")
    assert (again.opened_at, again.last_at) == (NOW, NOW + HOUR)
    assert store.incidents() == [again]


def test_incidents_of_another_kind_or_subject_are_separate(store: Store) -> None:
    store.open_incident("list", "kcna/en latest", "", NOW)
    store.open_incident("drift", "kcna/en latest", "", NOW)
    store.open_incident("list", "kcna/en top", "", NOW)
    assert len(store.incidents()) == 3


def test_an_incident_closes_once_and_a_later_one_is_new(store: Store) -> None:
    store.open_incident("list", "kcna/en", "no entries", NOW)
    assert store.close_incident("list", "kcna/en", NOW + HOUR)
    assert not store.close_incident("list", "kcna/en", NOW + 2 * HOUR)
    assert store.incidents() == []
    assert store.open_incident("list", "kcna/en", "no entries", NOW + 3 * HOUR).times == 1
    assert [one.closed_at for one in store.incidents(open_only=False)] == [None, NOW + HOUR]


def test_polls_are_listed_newest_first(store: Store) -> None:
    polls = [
        Poll(source, NOW + hours * HOUR, NOW + (hours + 1) * HOUR, 10, 3, 1, 0, 2, 7, 1, "noted", "2 pages: drift")
        for hours, source in enumerate(("kcna", "hani", "kcna"))
    ]
    for poll in polls:
        store.add_poll(poll)
    assert store.polls() == polls[::-1]
    assert store.polls("kcna", limit=1) == [polls[2]]
