"""Messages as exchanges: what was answered, after how many days, and what is reported as unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sunchi.history.coverage import Coverage
from sunchi.history.items import items_of
from sunchi.identity import ledger
from sunchi.reports.exchanges import Exchange, by_partner, exchanges
from tests.detecting import house_lexicon
from tests.history.making import WISH, Written, frame, letter, read, reply

DAY = date(2024, 10, 1)
LATER = date(2025, 3, 1)
FIRST = date(2023, 9, 1)


def of(written: Sequence[Written], end: date = LATER, missing: Sequence[date] = ()) -> list[Exchange]:
    signals, articles = read(written)
    about = {row["article"]: row | {"outcome": "read"} for row in frame(written).iter_rows(named=True)}
    messages = ledger.messages(ledger.message_reports(signals, about, house_lexicon()), house_lexicon())
    days = (FIRST + timedelta(days=n) for n in range((end - FIRST).days + 1))
    coverage = Coverage({"kcna/en": {day: 9 for day in days if day not in missing}})
    return exchanges(messages, items_of(signals, articles, house_lexicon()), coverage)


def sympathy(day: date) -> Written:
    lead = (
        f"Pyongyang, {day:%B} {day.day} (KCNA) -- Kim Jong Un received a message of sympathy from Xi Jinping, "
        "president of China."
    )
    return day, "Message of Sympathy from Xi Jinping", (lead, "The message reads:", WISH)


def from_xi(day: date) -> Written:
    lead = (
        f"Pyongyang, {day:%B} {day.day} (KCNA) -- Kim Jong Un received a message of greeting from Xi Jinping, "
        "president of China, on the 75th anniversary of the founding of the People's Republic of China."
    )
    return day, "Xi Jinping Greets Kim Jong Un", (lead, "The message reads:", WISH)


def test_a_reply_is_shown_with_the_message_that_it_answers_and_the_days_between() -> None:
    [found] = of([letter(DAY, WISH), reply(DAY + timedelta(days=13))])

    assert (found.way, found.days) == ("answered", 13)
    assert found.in_words == "answered after 13 days"
    assert found.message.fullest.sender == "Kim Jong Un"
    assert found.back is not None
    assert found.back.fullest.kind == "reply"


def test_an_office_that_got_a_new_holder_answers_in_the_same_words() -> None:
    office = "president of the Socialist Republic of Vietnam"
    sent = date(2024, 10, 12), "Congratulations", (f"Kim Jong Un sent a congratulatory message to the {office}.",)
    came = date(2024, 11, 5), "Reply Message", (f"Kim Jong Un received a reply message from the {office}.",)
    [found] = of([sent, came])

    assert found.in_words == "answered after 24 days"


def test_a_reply_answers_the_message_on_its_own_occasion_not_the_last_one() -> None:
    [answered] = [
        each
        for each in of([letter(DAY, WISH), sympathy(DAY + timedelta(days=2)), reply(DAY + timedelta(days=5))])
        if each.back
    ]

    assert answered.message.fullest.kind in ("greeting", "congratulation")


def test_each_reply_answers_one_message() -> None:
    found = of([letter(DAY, WISH), letter(DAY.replace(year=2023), WISH), reply(DAY + timedelta(days=3))])

    assert [each.way for each in found] == ["answered", "unanswered"]


def test_a_reply_to_an_unknown_message_says_so() -> None:
    [found] = of([reply(DAY)])

    assert found.in_words == "answers a message that is not in the archive"


def test_a_leader_s_letter_is_unanswered_only_when_the_time_for_an_answer_is_over() -> None:
    assert [each.in_words for each in of([letter(DAY, WISH)])] == ["no answer in 45 days"]
    assert [each.in_words for each in of([letter(DAY, WISH)], DAY + timedelta(days=1))] == ["no answer yet, 1 day on"]


def test_nothing_is_unanswered_where_the_archive_lacks_the_days() -> None:
    lost = [DAY + timedelta(days=n) for n in range(2, 40)]

    assert [each.in_words for each in of([letter(DAY, WISH)], missing=lost)] == [
        "answer not known: the archive lacks days"
    ]


def test_a_reply_on_an_occasion_that_the_message_does_not_name_is_only_perhaps_its_answer() -> None:
    day, title, (lead, *text) = from_xi(DAY)
    unnamed = (day, title, (lead.partition(", on the")[0] + ".", *text))
    later = DAY + timedelta(days=13)
    sent = f"Pyongyang, {later:%B} {later.day} (KCNA) -- Kim Jong Un sent a reply message to President Xi Jinping."
    thanks = "I express thanks to you for extending congratulations on the occasion of the 76th birthday of the DPRK."
    [found] = of([unnamed, (later, "Kim Jong Un Sends Reply", (sent, "The message said:", thanks, WISH))])

    assert found.in_words == "perhaps answered after 13 days"
    assert [(each.replies, each.days) for each in by_partner([found])] == [(0, None)]

    verbal = "Kim Jong Un received a verbal message from Xi Jinping, president of China."
    by_envoy = (DAY, "Verbal Message", (f"Pyongyang, {DAY:%B} {DAY.day} (KCNA) -- {verbal}",))
    replied, _ = of([by_envoy, (later, "Kim Jong Un Sends Reply", (sent, "The message said:", thanks, WISH))])
    assert replied.in_words == "answers a message that is not in the archive"


def test_two_letters_on_one_day_are_an_exchange() -> None:
    [found] = of([letter(DAY, WISH), from_xi(DAY)])

    assert found.in_words == "exchanged, theirs the same day"


def test_sympathy_is_never_reported_as_unanswered() -> None:
    assert [each.in_words for each in of([sympathy(DAY)])] == [""]


def test_the_newest_comes_first_and_each_partner_is_counted() -> None:
    found = of([letter(DAY.replace(year=2023), WISH), letter(DAY, WISH), reply(DAY + timedelta(days=4))])

    assert [each.date for each in found] == [DAY, DAY.replace(year=2023)]
    [china] = by_partner(found)
    assert (china.partner, china.sent, china.received, china.replies, china.days, china.unanswered) == (
        "CN", 2, 1, 1, 4, 1,
    )  # fmt: skip
