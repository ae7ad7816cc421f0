"""A fact that several editions report is sent once to each recipient."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from sunchi.alerts.grouping import group_by_event
from sunchi.alerts.wording import correction
from sunchi.model import Event, Recipient
from sunchi.store import Store
from tests.store.making import DAY, DESK, EDITOR, HOUR, NOW, alert, fingerprint_of, link, parsed

LETTER = Event("Xi to Kim", date(2021, 1, 8))
REPLY = Event("Kim to Xi", date(2021, 1, 8))
POST = Event("a new director", date(2021, 1, 8), once=True)


def tell(
    store: Store,
    text: str,
    edition: str,
    *events: Event,
    recipients: tuple[Recipient, ...] = (DESK,),
    now: datetime = NOW,
) -> None:
    """Save an article of the edition, "kcna en", with an alert about the facts."""
    source, lang = edition.split()
    at = link(text, source=source, lang=lang, url=f"http://www.{source}.kp/{lang}/{text}")
    id = store.resolve(at, fingerprint_of(text)).article_id
    told = alert(id, events=events, title=f"{text} {edition}", url=at.url, recipients=recipients)
    store.save(parsed(at, text, now, alerts=[told]))


def messages(store: Store, now: datetime = NOW) -> list[list[str]]:
    """Return the claimed titles, by message."""
    return [[each.title for each in some] for some in group_by_event(store.claim_deliveries(now, 10))]


def send(store: Store, now: datetime = NOW) -> list[list[str]]:
    """The same, and all of them arrive."""
    claimed = store.claim_deliveries(now, 10)
    store.mark_sent(store.mark_sending([each.id for each in claimed], now), now)
    return [[each.title for each in some] for some in group_by_event(claimed)]


def hand_over(store: Store) -> int:
    """Start sending the one that is due."""
    [one] = store.claim_deliveries(NOW, 10)
    assert store.mark_sending([one.id], NOW) == {one.id}
    return one.id


def states(store: Store) -> dict[str, str]:
    return {f"{told.title} to {each.recipient}": each.state for told in store.alerts() for each in told.deliveries}


def test_a_fact_in_two_editions_is_one_message_with_the_english_first(store: Store) -> None:
    tell(store, "letter", "kcna ko", LETTER)
    tell(store, "talks", "kcna en")
    tell(store, "letter", "rodong en", LETTER)
    assert messages(store) == [["letter rodong en", "letter kcna ko"], ["talks kcna en"]]


def test_the_alert_with_more_events_leads_whatever_its_language(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    tell(store, "letters", "kcna ko", LETTER, REPLY)
    assert messages(store) == [["letters kcna ko", "letter kcna en"]]


def test_an_event_already_sent_is_not_sent_again_and_its_row_says_so(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    send(store)
    tell(store, "letter", "kcna ko", LETTER)
    tell(store, "talks", "kcna ko")
    assert send(store) == [["talks kcna ko"]], "it holds up nothing that is due with it"
    assert states(store)["letter kcna ko to desk-key"] == "covered"
    assert store.notifications(waiting=True) == []
    assert store.retry(NOW) == 0


def test_what_a_correction_took_back_is_told_by_the_next_edition(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    send(store)
    [told] = store.alerts()
    store.queue_alerts([correction(store.withdraw_alerts(told.article)[0], "its page now shows another text")], NOW)
    assert send(store) == [["Correction: letter kcna en"]]
    tell(store, "letter", "rodong en", LETTER)
    assert send(store) == [["letter rodong en"]]


def test_a_batch_already_sent_hides_nothing_behind_it(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    send(store)
    for source in ("rodong", "hani"):
        tell(store, "letter", f"{source} en", LETTER)
    tell(store, "talks", "kcna ko")
    assert [each.title for each in store.claim_deliveries(NOW, 2)] == ["talks kcna ko"]


def test_an_alert_with_one_more_event_is_sent(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    send(store)
    tell(store, "letters", "rodong en", LETTER, REPLY)
    assert send(store) == [["letters rodong en"]]
    tell(store, "reply", "kcna ko", REPLY)
    assert send(store) == []


def test_two_messages_together_may_cover_a_third(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    tell(store, "reply", "kcna en", REPLY)
    assert len(send(store)) == 2
    tell(store, "letters", "rodong en", LETTER, REPLY)
    assert send(store) == []


def test_a_failed_delivery_covers_nothing(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    one = hand_over(store)
    store.mark_failed([one], "refused", NOW)
    tell(store, "letter", "kcna ko", LETTER)
    assert send(store, NOW) == [["letter kcna ko"]]
    assert send(store, NOW + HOUR) == [], "and what failed need not be tried again"


def test_an_event_that_another_worker_is_sending_is_waited_for(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    one = hand_over(store)
    tell(store, "letter", "kcna ko", LETTER)
    assert messages(store) == []
    store.mark_failed([one], "refused", NOW)
    assert send(store, NOW + HOUR) == [["letter kcna en", "letter kcna ko"]]


def test_a_recipient_who_did_not_get_it_gets_it(store: Store) -> None:
    tell(store, "letter", "kcna en", LETTER)
    send(store)
    tell(store, "letter", "kcna ko", LETTER, recipients=(DESK, EDITOR))
    assert [each.recipient for each in store.claim_deliveries(NOW, 10)] == ["editor-key"]


def test_an_event_that_one_edition_reports_twice_is_joined_with_nothing(
    store: Store,
) -> None:
    for text, edition in (("letter", "kcna en"), ("another letter", "kcna en"), ("letter", "kcna ko")):
        tell(store, text, edition, LETTER)
    alone = [["letter kcna en"], ["another letter kcna en"], ["letter kcna ko"]]
    assert send(store) == alone
    tell(store, "letter", "rodong en", LETTER)
    assert send(store) == [["letter rodong en"]]


@pytest.mark.parametrize(
    ("days", "sent"),
    [(0, []), (1, ["letter"]), (3, ["letter"]), (4, ["letter", "director"])],
)
def test_a_daily_event_is_new_each_day_and_a_single_event_is_sent_once_in_three_days(
    store: Store, days: int, sent: list[str]
) -> None:
    for edition, later in (("kcna en", 0), ("rodong en", days)):
        for text, event in (("letter", LETTER), ("director", POST)):
            tell(store, text, edition, replace(event, day=event.day + later * DAY))
        told = send(store)
    assert told == [[f"{text} rodong en"] for text in sent]


def test_a_second_report_of_a_single_event_is_not_news(store: Store) -> None:
    tell(store, "director", "kcna en", POST)
    tell(store, "more of the director", "kcna en", POST)
    assert send(store) == [["director kcna en", "more of the director kcna en"]]
