"""Grouping: which alerts are sent as one message, which one leads, and what the others add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sunchi.alerts.grouping import combined_text, group_by_event
from sunchi.model import Event
from sunchi.store import Delivery

DAY = date(2021, 1, 11)
POST, OTHER = Event("a director", DAY, once=True), Event("a minister", DAY, once=True)


def delivery(id: int, edition: str, title: str, body: str, *events: Event) -> Delivery:
    url = f"http://{edition.partition(' ')[0]}.example/{id}"
    return Delivery(id, id, None, "high", title, body, "desk-key", "json://desk/…", 0, edition, url, events)


ENGLISH = delivery(1, "kcna (en)", "A Director", "“He was appointed.”\n\nkcna (en), 2021-01-11\n\nRule: post.", POST)
REPRINT = delivery(
    2, "rodong (en)", "A Director", "“He was appointed.”\n\nrodong (en), 2021-01-11\n\nRule: post.", POST
)
KOREAN = delivery(3, "kcna (ko)", "부장", "“임명되였다.”\n\nkcna (ko), 2021-01-11\n\nRule: post.", POST)


def ids(*told: Delivery) -> list[list[int]]:
    return [[each.id for each in some] for some in group_by_event(told)]


def test_the_english_edition_leads_the_alerts_of_one_fact_and_the_rest_keep_their_order() -> None:
    assert ids(KOREAN, REPRINT, ENGLISH) == [[2, 1, 3]]


def test_an_alert_with_more_events_absorbs_one_with_fewer_and_not_the_reverse() -> None:
    more = delivery(4, "kcna (ko)", "부장과 상", "", POST, OTHER)
    other = delivery(5, "rodong (en)", "A Minister", "", OTHER)
    assert ids(ENGLISH, more, other) == [[4, 1, 5]]
    assert ids(ENGLISH, other) == [[1], [5]]


def test_an_alert_whose_events_two_others_cover_together_joins_the_first_only_if_both_are_present() -> None:
    full = Event("a director, in full", DAY)
    director = delivery(8, "kcna (en)", "", "", POST, full)
    minister = delivery(9, "kcna (en)", "", "", OTHER, replace(full, key="a minister, in full"))
    both, both_in_korean = (
        delivery(id, f"hani ({lang})", "", "", POST, OTHER) for id, lang in ((10, "en"), (11, "ko"))
    )
    assert ids(both_in_korean, director, minister, both) == [[8, 10, 11], [9]]
    assert ids(director, both) == [[8], [10]]


def test_an_alert_with_uncertain_events_is_sent_alone() -> None:
    assert ids(delivery(6, "kcna (en)", "", ""), delivery(7, "rodong (en)", "", "")) == [[6], [7]]


def test_the_caller_may_choose_the_leader() -> None:
    assert [each.id for each in group_by_event([ENGLISH, KOREAN], first=lambda each: each.id == 1)[0]] == [3, 1]


def test_a_single_alert_is_sent_unchanged() -> None:
    assert combined_text([KOREAN]) == (KOREAN.title, KOREAN.body)


def test_other_alerts_add_their_link_and_new_lines() -> None:
    title, body = combined_text([ENGLISH, REPRINT, KOREAN])
    assert title == "A Director"
    assert body == (
        f"{ENGLISH.body}\n\n"
        "Also in rodong (en):\nhttp://rodong.example/2\n\n"
        "Also in kcna (ko):\n부장\n“임명되였다.”\nhttp://kcna.example/3\n"
    )


def of_data(
    id: int, article: str, partner: str = "CN", finding: str = "", change: str = "contact", **said: object
) -> Delivery:
    """The alert of an article, with its data."""
    data = {
        "rule": "contact", "partner": partner, "change": "published", "kinds": ["contact"], "parties": [],
        "finding": {"id": finding, "kind": change} if finding else None, "articles": [{"date": "2021-01-11"}],
    }  # fmt: skip
    return replace(delivery(id, "kcna (en)", "", ""), article=article, data=data | said)


def test_alerts_of_one_finding_and_of_a_days_contacts_with_one_state_are_one_message() -> None:
    assert ids(of_data(1, "a"), of_data(2, "b"), of_data(3, "c", "RU")) == [[1, 2], [3]]
    of_finding = [of_data(n, "abc"[n], finding="f-1", kinds=["message"]) for n in (0, 1)]
    assert ids(*of_finding, of_data(2, "c", finding="f-2", kinds=["message"])) == [[0, 1], [2]]


def test_what_one_article_says_of_two_states_is_one_alert_and_begins_with_the_weightiest_change() -> None:
    statements = [of_data(n, "a", state, kinds=["stance"]) for n, state in enumerate(("KR", "US"))]
    assert ids(*statements, of_data(2, "b", "US", kinds=["stance"])) == [[0, 1], [2]]
    share, order = (of_data(n, "a", s, f"f-{n}", k) for n, s, k in ((3, "US", "share"), (4, "CN", "order")))
    assert ids(share, statements[0], order) == [[4, 3, 0]]


def test_what_one_speaker_says_of_a_state_on_a_day_is_one_alert() -> None:
    said = [of_data(n, "abc"[n], "KR", kinds=["stance"], speakers=[by]) for n, by in enumerate(("ndc", "ndc", "cprk"))]
    assert ids(*said) == [[0, 1], [2]]


def test_an_article_that_adds_to_two_events_does_not_make_one_of_them() -> None:
    news = [replace(ENGLISH, article="a"), replace(ENGLISH, id=2, article="b", events=(OTHER,))]
    digest = [of_data(n, "c", kinds=["appointment"]) for n in (3, 4)]
    digest = [replace(each, events=news[n].events, edition="hani (ko)") for n, each in enumerate(digest)]
    assert ids(*news, *digest) == [[1, 3], [2, 4]]


def test_of_two_papers_with_the_same_news_the_first_leads_even_in_a_list_with_the_newest_first() -> None:
    newest_first = group_by_event([REPRINT, ENGLISH], newest_first=True)
    assert [[each.id for each in some] for some in newest_first] == [[1, 2]]


def test_within_one_article_the_message_leads_the_phrase_in_it() -> None:
    phrase, letter = (of_data(n, "a", kinds=[kind]) for n, kind in enumerate(("formula", "message")))
    assert ids(phrase, letter) == [[1, 0]]
