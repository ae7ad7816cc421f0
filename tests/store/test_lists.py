"""How the store records what a list shows."""

from __future__ import annotations

from datetime import date

import pytest

from sunchi.model import Validators
from sunchi.store import RecordedLinks, Store
from tests.store.making import DAY, HOUR, LATEST, NOW, due, link, page, parsed, place, see


def test_a_first_poll_takes_the_newest_links_and_passes_over_the_rest(store: Store) -> None:
    old, undated, new, newest = (
        link("old", date=date(2021, 1, 5)),
        link("undated", date=None),
        link("new", date=date(2021, 1, 7)),
        link("newest", date=date(2021, 1, 8)),
    )
    seen = see(store, [old, undated, new, newest], first_limit=2)
    assert (seen.new, seen.passed) == ((new, newest), (old, undated))
    assert due(store, NOW) == [("newest", "new"), ("new", "new")]


def test_links_without_dates_are_newest_at_the_top_of_their_list(store: Store) -> None:
    links = [link(key, date=None, position=position) for position, key in enumerate("abc", 1)]
    assert see(store, links, first_limit=2).new == tuple(links[:2])


def test_photo_and_video_items_do_not_use_up_the_first_poll(store: Store) -> None:
    seen = see(store, [link("photo", media=True), link("a"), link("b")], first_limit=1)
    assert (seen.media, seen.new, seen.passed) == ((link("photo", media=True),), (link("a"),), (link("b"),))


def test_skipped_links_stay_skipped_at_the_next_poll_and_every_new_link_is_taken(store: Store) -> None:
    see(store, [link("a"), link("b")], first_limit=1)
    seen = see(store, [*(link(f"new{i}") for i in range(3)), link("a"), link("b")], NOW + HOUR, first_limit=1)
    assert len(seen.new) == 3
    assert seen.known == (link("a"), link("b"))
    assert ("b", "new") not in due(store, NOW + HOUR)


def test_a_list_that_moves_to_another_address_is_not_polled_for_the_first_time_again(store: Store) -> None:
    see(store, [link("a")], first_limit=1)
    moved = see(store, [link("b"), link("c")], NOW + HOUR, url=LATEST + "/detail", first_limit=1)
    assert len(moved.new) == 2


def test_the_first_poll_of_another_list_takes_links_that_the_first_list_skipped(store: Store) -> None:
    see(store, [link("a"), link("b")], first_limit=1)
    see(store, [link("b")], url=LATEST + "/top", name="top", first_limit=1)
    assert due(store, NOW) == [("a", "new"), ("b", "new")]


def test_a_key_that_is_twice_on_a_list_is_one_link_with_two_addresses(store: Store) -> None:
    once, again = link("a"), link("a", url="http://www.kcna.kp/en/a?from=top")
    assert see(store, [once, again]) == RecordedLinks(new=(once,))
    store.save(parsed(once, "talks"))
    assert [row["urls"] for row in store.articles()] == [[once.url, again.url]]


def test_a_link_whose_key_changed_is_recognized_by_an_earlier_address(store: Store) -> None:
    see(store, [link("a")])
    see(store, [link("a", url="http://www.kcna.kp/en/a?2")])
    renamed = link("2021-01-08-a", url="http://www.kcna.kp/en/a?2")
    assert store.unknown([renamed, link("b")]) == [link("b")]
    assert see(store, [renamed]).known == (renamed,)
    assert due(store, NOW) == [("a", "new")]


def test_a_link_is_known_only_within_its_source_and_language(store: Store) -> None:
    see(store, [link("a")])
    others = [link("a", lang="ko"), link("a", source="rodong")]
    assert store.unknown([link("a"), *others]) == others


def test_a_link_of_another_edition_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="rodong/en, its list to kcna/en"):
        see(store, [link("a"), link("b", source="rodong")])
    assert store.unknown([link("a")]) == [link("a")]


def test_an_item_listed_as_a_video_is_not_fetched_until_the_list_changes(store: Store) -> None:
    see(store, [link("v", media=True)])
    assert due(store, NOW + DAY) == []
    assert [(one.link.key, one.state) for one in store.unread_links()] == [("v", "media_only")]
    see(store, [link("v")], NOW + HOUR)
    assert due(store, NOW + HOUR) == [("v", "new")]


def test_an_address_too_long_for_the_index_is_left_out_and_reported(store: Store) -> None:
    long = link("x" * 5000)
    seen = see(store, [link("a"), long])
    assert (seen.new, seen.unfit) == ((link("a"),), (long,))


def test_two_thousand_links_are_one_list(store: Store) -> None:
    links = [link(str(number)) for number in range(2000)]
    assert len(see(store, links, first_limit=3000).new) == 2000
    assert store.unknown([*links, link("new")]) == [link("new")]


def test_the_validators_of_a_list_make_its_next_get_conditional(store: Store) -> None:
    assert store.list_validators(LATEST) == Validators()
    see(store, [], validators=Validators('"1"', "Fri, 08 Jan 2021 03:00:00 GMT"))
    assert store.list_validators(LATEST) == Validators('"1"', "Fri, 08 Jan 2021 03:00:00 GMT")
    see(store, [])
    assert store.list_validators(LATEST) == Validators()


def test_a_list_records_when_it_was_last_complete_and_last_had_something_new(store: Store) -> None:
    see(store, [link("a"), link("b")])
    see(store, [link("b")], NOW + HOUR)
    store.record_unchanged_list(LATEST, NOW + 2 * HOUR)
    [record] = store.lists("kcna", "en")
    assert (record.name, record.entries) == ("latest", 1)
    assert (record.first_ok_at, record.last_ok_at, record.last_new_at) == (NOW, NOW + 2 * HOUR, NOW)
    assert store.lists("hani") == store.lists("kcna", "ko") == []


def test_a_list_corrects_the_title_and_date_of_a_link(store: Store) -> None:
    see(store, [link("a", date=None)])
    see(store, [link("a", title="Better title", date=date(2021, 1, 9), position=7)], NOW + HOUR)
    [work] = store.work("kcna", "en", NOW)
    assert work.link == link("a", title="Better title", date=date(2021, 1, 9), position=1)


def test_the_address_that_works_is_kept_and_one_that_fails_gives_way_to_the_newest(store: Store) -> None:
    other = link("a", url="http://www.kcna.kp/en/a?2")
    see(store, [link("a")])
    see(store, [other])
    assert store.work("kcna", "en", NOW)[0].link.url == link("a").url
    store.record_missing(link("a"), NOW)
    see(store, [other])
    assert store.work("kcna", "en", NOW + HOUR)[0].link.url == other.url


def test_the_index_of_the_archive_lists_each_response_once(store: Store) -> None:
    for hours in (0, 2, 4):
        store.add_response(page(LATEST, NOW + hours * HOUR), place(hours), "kcna")
    store.add_response(page("http://english.hani.co.kr/", NOW), place(9), "hani-en")
    store.add_response(page("http://english.hani.co.kr/", NOW), place(9), "hani-en")
    assert [response.location.offset for response in store.responses()] == [0, 2, 4, 9]
    assert [response.url for response in store.responses("hani-en")] == ["http://english.hani.co.kr/"]


def test_a_long_index_is_read_to_its_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sunchi.store.archive.BATCH", 10)
    for number in range(30):
        store.add_response(page(LATEST, NOW), place(number), "kcna")
    assert [response.location.offset for response in store.responses("kcna")] == list(range(30))
