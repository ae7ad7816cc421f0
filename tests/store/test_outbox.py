"""Alerts wait in the outbox until each recipient has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sunchi.model import Recipient
from sunchi.store import AlertRecord, Notice, NoticeRecord, Store
from sunchi.store.outbox import RETRY_LAST
from tests.store.making import DESK, EDITOR, HOUR, NOW, alert, id_of, link, parsed

MINUTE = timedelta(minutes=1)
TALKS = id_of("talks")


def queue(store: Store, *, recipients: tuple[Recipient, ...] = (DESK,), text: str = "talks") -> None:
    at = link(text)
    store.save(parsed(at, text, alerts=[alert(id_of(text), recipients=recipients)]))


def states(store: Store) -> list[tuple[str, str, int, str]]:
    return [(one.recipient, one.state, one.attempts, one.error) for one in store.alerts()[0].deliveries]


def doubts(store: Store) -> dict[int, int]:
    """Return for each delivery how often its result is unknown."""
    return {each.id: each.unsure for record in store.alerts() for each in record.deliveries}


def claimed(store: Store, now: datetime) -> list[int]:
    return [delivery.id for delivery in store.claim_deliveries(now, 10)]


def handed(store: Store, now: datetime) -> list[int]:
    """Claim deliveries and hand them over to the services at once."""
    ids = claimed(store, now)
    assert store.mark_sending(ids, now) == set(ids)
    return ids


def test_an_alert_goes_to_each_of_its_recipients_in_full(store: Store) -> None:
    queue(store, recipients=(DESK, EDITOR))
    desk, editor = store.claim_deliveries(NOW, 10)
    assert (desk.recipient, desk.label, editor.recipient) == ("desk-key", "json://desk/…", "editor-key")
    [alert] = store.alerts()
    assert (desk.alert, desk.notice, desk.severity) == (alert.id, None, "high")
    assert (desk.title, desk.body, desk.attempts) == ("China is named first", "“friend”", 0)


def test_a_claimed_delivery_is_not_claimed_again_until_the_claim_lapses(store: Store) -> None:
    queue(store)
    [first] = claimed(store, NOW)
    assert claimed(store, NOW + 14 * MINUTE) == []
    assert claimed(store, NOW + 15 * MINUTE) == [first]
    assert states(store) == [("desk-key", "claimed", 0, "")]


def test_a_delivery_in_flight_is_not_claimed_again_until_the_claim_lapses_and_then_may_come_twice(store: Store) -> None:
    queue(store)
    [first] = claimed(store, NOW)
    store.mark_sending([first], NOW + 10 * MINUTE)
    assert claimed(store, NOW + 24 * MINUTE) == []
    assert handed(store, NOW + 25 * MINUTE) == [first]
    assert states(store) == [("desk-key", "sending", 2, "")]
    assert doubts(store) == {first: 1}


def test_after_a_sender_died_only_deliveries_in_flight_may_have_come_twice(store: Store) -> None:
    for text in ("sent", "in flight", "claimed", "claimed too"):
        queue(store, text=text)
    sent, in_flight, *waiting = claimed(store, NOW)
    store.mark_sending([sent], NOW)
    store.mark_sent([sent], NOW)
    store.mark_sending([in_flight], NOW)

    assert sorted(handed(store, NOW + HOUR)) == [in_flight, *waiting]

    store.mark_sent([in_flight, *waiting], NOW + HOUR)
    assert doubts(store) == {sent: 0, in_flight: 1} | dict.fromkeys(waiting, 0)
    remarks = {each.id: each.doubt for record in store.alerts() for each in record.deliveries}
    assert remarks[in_flight].startswith("may have come twice: its sender died")
    assert {remarks[each] for each in (sent, *waiting)} == {""}


def test_if_two_workers_have_claimed_a_delivery_only_one_sends_it(store: Store) -> None:
    queue(store)
    [one] = claimed(store, NOW)
    assert claimed(store, NOW + HOUR) == [one]
    assert store.mark_sending([one], NOW + HOUR) == {one}
    assert store.mark_sending([one], NOW + HOUR) == set()
    store.mark_sent([one], NOW + HOUR)
    assert store.mark_sending([one], NOW + HOUR) == set()
    store.release([one], "not tried", NOW + HOUR)
    assert states(store) == [("desk-key", "sent", 1, "")]


def test_a_delivery_that_may_have_come_twice_always_says_so(store: Store) -> None:
    for text in ("handed over by one who died", "not answered in time", "refused"):
        queue(store, text=text)
    died, silent, refused = handed(store, NOW)
    store.mark_failed([silent], "time-out", NOW, unknown=True)
    store.mark_failed([refused], "answered 500", NOW)
    for one in handed(store, NOW + HOUR):
        store.mark_failed([one], "answered 500", NOW + HOUR)
    store.release(claimed(store, NOW + 2 * HOUR), "not tried", NOW + 2 * HOUR)
    for one in handed(store, NOW + 3 * HOUR):
        store.mark_sent([one], NOW + 3 * HOUR)
    assert doubts(store) == {died: 1, silent: 1, refused: 0}


def test_a_released_delivery_is_due_again_after_a_minute_without_an_attempt(store: Store) -> None:
    queue(store)
    store.release(claimed(store, NOW), "not tried: answered 500", NOW)
    assert states(store) == [("desk-key", "pending", 0, "not tried: answered 500")]
    assert claimed(store, NOW) == []
    assert len(claimed(store, NOW + MINUTE)) == 1


def test_a_message_that_is_never_accepted_delays_no_other(store: Store) -> None:
    for text in ("refused", "new"):
        queue(store, text=text)
    refused, new = claimed(store, NOW)
    store.mark_sending([refused], NOW)
    store.mark_failed([refused], "answered 400", NOW)
    store.release([new], "not tried", NOW)
    assert claimed(store, NOW + HOUR) == [new, refused]


@pytest.mark.parametrize("back", [HOUR, 24 * HOUR, 365 * 24 * HOUR])
def test_a_clock_set_back_delays_no_alert_for_longer_than_the_longest_pause(store: Store, back: timedelta) -> None:
    for text in ("its sender died", "refused"):
        queue(store, text=text)
    _, refused = handed(store, NOW)
    store.mark_failed([refused], "answered 500", NOW)
    queue(store, text="new")
    now = NOW - back

    at_once = claimed(store, now)
    for one in at_once:
        store.mark_sent([one], now)
    later = claimed(store, now + RETRY_LAST)

    assert len(at_once) == (1 if back == HOUR else 3)
    assert len({*at_once, *later}) == len(at_once) + len(later) == 3


def test_a_sent_delivery_is_never_claimed_again(store: Store) -> None:
    queue(store)
    [one] = claimed(store, NOW)
    store.mark_sent([one], NOW + MINUTE)
    assert claimed(store, NOW + 1000 * HOUR) == []
    assert store.retry(NOW) == 0
    [record] = store.alerts()
    assert (record.deliveries[0].state, record.deliveries[0].sent_at) == ("sent", NOW + MINUTE)


def test_a_failed_delivery_waits_longer_each_time_up_to_six_hours(store: Store) -> None:
    queue(store)
    now = NOW
    for minutes in (1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360):
        [one] = handed(store, now)
        store.mark_failed([one], "answered 500", now)
        assert claimed(store, now + (minutes - 0.1) * MINUTE) == []
        now += minutes * MINUTE
    assert states(store) == [("desk-key", "pending", 11, "answered 500")]


def test_a_failing_recipient_delays_no_other(store: Store) -> None:
    queue(store, recipients=(DESK, EDITOR))
    desk, editor = handed(store, NOW)
    store.mark_sent([desk], NOW)
    store.mark_failed([editor], "answered 500", NOW)
    assert states(store) == [("desk-key", "sent", 1, ""), ("editor-key", "pending", 1, "answered 500")]
    assert claimed(store, NOW + HOUR) == [editor]


def test_a_delivery_without_a_result_is_unknown_and_retried(store: Store) -> None:
    queue(store)
    [one] = handed(store, NOW)
    store.mark_failed([one], "time-out", NOW, unknown=True)
    assert states(store) == [("desk-key", "unknown", 1, "time-out")]
    assert claimed(store, NOW + MINUTE) == [one]


def test_retry_makes_everything_undelivered_due_but_not_what_is_being_sent(store: Store) -> None:
    for text in ("failed", "unknown", "sending", "sent"):
        queue(store, text=text)
    failed, unknown, sending, sent = handed(store, NOW)
    store.mark_failed([failed], "answered 500", NOW)
    store.mark_failed([unknown], "time-out", NOW, unknown=True)
    store.mark_sent([sent], NOW)
    assert store.retry(NOW) == 2
    assert claimed(store, NOW) == [failed, unknown]
    assert sending not in claimed(store, NOW)


def test_a_late_failure_does_not_undo_what_another_worker_sent(store: Store) -> None:
    queue(store)
    [one] = handed(store, NOW)
    handed(store, NOW + 20 * MINUTE)
    store.mark_sent([one], NOW + 20 * MINUTE)
    store.mark_failed([one], "time-out", NOW + 21 * MINUTE)
    assert states(store) == [("desk-key", "sent", 2, "")]
    assert doubts(store) == {one: 1}


def test_a_claim_takes_at_most_its_limit_and_the_oldest_first(store: Store) -> None:
    for text in ("one", "two", "three"):
        queue(store, text=text)
    article_of = {each.id: each.article for each in store.alerts()}
    claims = [[article_of[each.alert or 0] for each in store.claim_deliveries(NOW, 2)] for _ in range(2)]
    assert claims == [[id_of("one"), id_of("two")], [id_of("three")]]


def test_an_alert_is_one_by_rule_version_article_partner_event_and_revision(store: Store) -> None:
    first = alert(TALKS, recipients=(DESK,))
    others = [
        replace(first, rule="other"),
        replace(first, rule_version="2"),
        replace(first, partner="RU"),
        replace(first, change="edited"),
    ]
    again = [replace(each, title="said otherwise") for each in (first, *others)]
    assert store.save(parsed(link(), "talks", alerts=[first, *others, *again])).alerts == 5
    later = replace(first, revision=2)
    assert store.save(parsed(link(), "failed talks", NOW + HOUR, alerts=[later, later])).alerts == 1
    assert len(claimed(store, NOW + HOUR)) == 6


def test_a_new_recipient_gets_an_alert_made_again_and_the_others_not_twice(store: Store) -> None:
    store.save(parsed(link(), "talks"))
    told = []
    for hours, recipients in ((1, (DESK,)), (4, (DESK, EDITOR))):  # deleted, there again, and deleted again
        deleted = alert(TALKS, "deleted", recipients=recipients)
        assert [store.record_missing(link(), NOW + h * HOUR, [deleted]) for h in (hours, hours + 1)] == [
            "first",
            "deleted",
        ]
        due = store.claim_deliveries(NOW + (hours + 1) * HOUR, 10)
        store.mark_sent(store.mark_sending([each.id for each in due], NOW), NOW)
        told += [each.recipient for each in due]
        store.record_unchanged(link(), NOW + (hours + 2) * HOUR)
    assert told == ["desk-key", "editor-key"]


def test_alerts_are_listed_newest_first_all_of_them_or_those_that_have_not_reached_everybody(store: Store) -> None:
    queue(store, text="one")
    store.save(parsed(link("two"), "two", NOW + HOUR, alerts=[alert(id_of("two"), recipients=(DESK, EDITOR))]))
    store.save(parsed(link("quiet"), "quiet", NOW, alerts=[alert(id_of("quiet"), recipients=())]))
    [first] = store.claim_deliveries(NOW, 1)
    store.mark_sent([first.id], NOW)

    def articles(limit: int | None = None, *, waiting: bool = False) -> list[str]:
        return [told.article for told in store.notifications(limit, waiting=waiting) if isinstance(told, AlertRecord)]

    assert [record.article for record in store.alerts()] == [id_of("two"), id_of("quiet"), id_of("one")]
    assert articles() == [id_of("two"), id_of("quiet"), id_of("one")]
    assert articles(waiting=True) == articles(1) == [id_of("two")]
    assert [len(record.deliveries) for record in store.alerts()] == [2, 0, 1]


# --- retries end -----------------------------------------------------------------------------------------------------

DAY = timedelta(days=1)


def test_a_delivery_that_fails_for_a_week_is_given_up_until_it_is_retried(store: Store) -> None:
    queue(store)
    [one] = handed(store, NOW)
    assert store.mark_failed([one], "answered 500", NOW) == set()
    assert handed(store, NOW + 6 * DAY) == [one]
    assert store.mark_failed([one], "answered 500", NOW + 6 * DAY) == set()
    assert handed(store, NOW + 7 * DAY) == [one]

    assert store.mark_failed([one], "answered 503", NOW + 7 * DAY) == {one}

    assert states(store) == [("desk-key", "given_up", 3, "answered 503")]
    assert claimed(store, NOW + 400 * DAY) == []
    assert (store.given_up("desk-key"), store.given_up("editor-key")) == (1, 0)
    assert len(store.notifications(waiting=True)) == 1
    assert store.retry(NOW + 30 * DAY) == 1
    assert handed(store, NOW + 30 * DAY) == [one]
    assert store.mark_failed([one], "answered 500", NOW + 30 * DAY) == set(), "it has another week"
    assert store.given_up("desk-key") == 0


def test_what_waits_behind_a_failing_recipient_for_a_week_is_given_up_too(store: Store) -> None:
    queue(store)
    assert store.release(claimed(store, NOW), "not tried: answered 500", NOW) == set()
    [one] = claimed(store, NOW + 7 * DAY)
    assert store.release([one], "not tried: answered 500", NOW + 7 * DAY) == {one}
    assert states(store) == [("desk-key", "given_up", 0, "not tried: answered 500")]


def test_a_delivery_given_up_without_a_result_may_have_come(store: Store) -> None:
    queue(store)
    for days in (0, 7):
        [one] = handed(store, NOW + days * DAY)
        store.mark_failed([one], "time-out", NOW + days * DAY, unknown=True)
    assert states(store) == [("desk-key", "given_up", 2, "time-out")]
    assert doubts(store) == {one: 2}
    [corrected] = store.withdraw_alerts(TALKS)
    assert [each.key for each in corrected.recipients] == ["desk-key"]


def test_a_clock_set_back_gives_a_delivery_its_week(store: Store) -> None:
    queue(store)
    [one] = handed(store, NOW + 400 * DAY)
    store.mark_failed([one], "answered 500", NOW + 400 * DAY)
    handed(store, NOW + DAY)
    assert store.mark_failed([one], "answered 500", NOW + DAY) == set()
    handed(store, NOW + 8 * DAY)
    assert store.mark_failed([one], "answered 500", NOW + 8 * DAY) == {one}


# --- recipients before version 0017 ----------------------------------------------------------------------------------

OLD = Recipient("old-key", "mailto://u:****@h.example/a/b", frozenset({"desk"}))
A, B = (Recipient(f"{name}-key", f"mailto://{name}", frozenset(), former_key="old-key") for name in "ab")
C = replace(A, key="c-key", label="mailto://c", heard=False)
"""`mailto://…?to=a,b`, and `…?to=c` of the same account, who was never told."""


def test_deliveries_under_a_former_key_go_to_all_who_had_it_and_who_was_told_is_not_told_again(store: Store) -> None:
    for text in ("sent", "refused by one", "waits"):
        queue(store, recipients=(OLD, EDITOR), text=text)
    mine = [each for each in store.claim_deliveries(NOW, 10) if each.recipient == OLD.key]
    sent, refused, waits = (each.id for each in mine)
    store.mark_sending([sent, refused], NOW)
    store.mark_sent([sent], NOW)
    store.mark_failed([refused], "b refused", NOW)
    store.release([waits], "", NOW)

    for _ in range(2):
        store.rename_recipients((A, B, C, EDITOR))

    ledger = {
        record.article: {each.recipient: (each.state, each.unsure) for each in record.deliveries}
        for record in store.alerts()
    }
    assert all(named.pop("editor-key") for named in ledger.values())
    assert ledger == {
        id_of("sent"): {"a-key": ("sent", 0), "b-key": ("sent", 0)},
        id_of("refused by one"): {"a-key": ("pending", 1), "b-key": ("pending", 1), "c-key": ("pending", 1)},
        id_of("waits"): {"a-key": ("pending", 0), "b-key": ("pending", 0), "c-key": ("pending", 0)},
    }


def test_an_alert_queued_again_under_a_new_key_is_not_sent_again(store: Store) -> None:
    queue(store, recipients=(OLD,))
    [sent] = handed(store, NOW)
    store.mark_sent([sent], NOW)
    store.queue_alerts([alert(TALKS, recipients=(A,))], NOW + HOUR)

    store.rename_recipients((A, B))

    assert states(store) == [("a-key", "sent", 0, ""), ("b-key", "sent", 1, "")]
    assert claimed(store, NOW + 8 * DAY) == []


# --- notices to the operators ---------------------------------------------------------------------------------------


def notice(*, open: tuple[int, ...] = (), over: tuple[int, ...] = ()) -> Notice:  # noqa: A002 - as the record has it
    return Notice("kcna", "Sunchi: kcna: 1 problem", "No entries.", open, over)


def test_an_incident_needs_a_notice_once_reported_twice_and_again_when_it_is_over(store: Store) -> None:
    store.open_incident("list", "kcna/en", "no entries", NOW, source="kcna")
    assert store.unreported_incidents() == []
    incident = store.open_incident("list", "kcna/en", "no entries", NOW + HOUR, source="kcna")
    assert store.unreported_incidents() == [incident]

    assert store.queue_notice(notice(open=(incident.id,)), (DESK, EDITOR), NOW)

    assert not store.queue_notice(notice(open=(incident.id,)), (DESK, EDITOR), NOW), "another process has told it"
    assert store.unreported_incidents() == []
    assert [(each.recipient, each.title, each.body) for each in store.claim_deliveries(NOW, 10)] == [
        ("desk-key", "Sunchi: kcna: 1 problem", "No entries."),
        ("editor-key", "Sunchi: kcna: 1 problem", "No entries."),
    ]
    store.close_incident("list", "kcna/en", NOW + 2 * HOUR)
    [over] = store.unreported_incidents()
    assert store.queue_notice(notice(over=(over.id,)), (DESK,), NOW + 2 * HOUR)
    assert store.unreported_incidents() == []


def test_a_notice_about_two_incidents_one_already_reported_queues_nothing_and_leaves_the_other(
    store: Store,
) -> None:
    for _ in range(2):
        one = store.open_incident("list", "kcna/en", "", NOW)
        other = store.open_incident("drift", "kcna/en", "", NOW)
    assert store.queue_notice(notice(open=(one.id,)), (DESK,), NOW)

    assert not store.queue_notice(notice(open=(other.id, one.id)), (DESK,), NOW)

    assert len(store.claim_deliveries(NOW, 10)) == 1
    assert [each.kind for each in store.unreported_incidents()] == ["drift"]


def test_a_notice_is_listed_among_the_alerts_with_its_recipients(store: Store) -> None:
    queue(store)
    for _ in range(2):
        incident = store.open_incident("list", "kcna/en", "", NOW)
    store.queue_notice(notice(open=(incident.id,)), (DESK, EDITOR), NOW + HOUR)
    *_, desk, _ = handed(store, NOW + HOUR)
    store.mark_sent([desk], NOW + HOUR)

    told, alert = store.notifications()

    assert isinstance(told, NoticeRecord)
    assert (told.title, told.body, told.source) == ("Sunchi: kcna: 1 problem", "No entries.", "kcna")
    assert [(each.recipient, each.state) for each in told.deliveries] == [
        ("desk-key", "sent"),
        ("editor-key", "sending"),
    ]
    assert store.notifications(1, waiting=True) == [told]
    assert alert == store.alerts()[0]


def test_an_alert_without_news_against_the_past_is_kept_and_not_sent(store: Store) -> None:
    usual, news = alert(TALKS, recipients=(DESK,)), alert(TALKS, recipients=(DESK,), rule="news")
    store.save(parsed(link("talks"), "talks", alerts=[usual, news], hold_alerts=True))

    store.reword_alerts([replace(news, title="The first in 90 days")], NOW, [TALKS])
    store.release_alerts("kcna", "en", NOW)

    assert [each.title for each in store.claim_deliveries(NOW, 10)] == ["The first in 90 days"]
    assert {one.state for record in store.alerts() if record.rule == "first-named" for one in record.deliveries} == {
        "covered"
    }
