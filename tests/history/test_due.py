"""What is due, from earlier years or calendar.csv; and whether it came, came late, is missing, or cannot be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sunchi.history.baseline import MessageHistory
from sunchi.history.coverage import Coverage, Gap
from sunchi.history.due import due, learned_from, once, replies
from sunchi.history.items import Item
from sunchi.history.silences import silences
from tests.detecting import house_lexicon
from tests.history.making import item

DAY = date(2024, 5, 17)
FIRST = date(2020, 1, 1)
CHINA_DAY = date(2024, 9, 25), date(2024, 10, 5), date(2024, 9, 20)
"""The days around 1 October between which something is due, and the day on which that is asked."""


def greeting(day: date, **said: object) -> Item:
    usual = {"partner": "NO", "recipient": "King Harald", "to_id": "no_king", "occasion_id": "", "occasion": ""}
    return item(day, **(usual | said))


def covered(last: date, number: int = 9, thin: Iterable[date] = (), gaps: Iterable[Gap] = ()) -> Coverage:
    days = {FIRST + timedelta(days=n): number for n in range((last - FIRST).days + 1)}
    return Coverage({"kcna/en": days | dict.fromkeys(thin, 1)}, gaps)


def years(*numbers: int, **said: object) -> list[Item]:
    return [greeting(DAY.replace(year=number), **said) for number in numbers]


def state(items: Iterable[Item], coverage: Coverage) -> list[str]:
    found = learned_from(MessageHistory(items), coverage)
    return [each.state for each in found if each.day.year == DAY.year]


@pytest.mark.parametrize(
    ("seen", "last", "expected"),
    [
        ((2022, 2023, 2024), date(2024, 6, 30), ["came"]),
        ((2022, 2023), date(2024, 6, 30), ["missing"]),
        ((2021, 2023), date(2024, 6, 30), ["missing"]),
        ((2022, 2023), date(2024, 5, 20), ["awaited"]),
        ((2023,), date(2024, 6, 30), []),
        ((2021, 2022), date(2024, 6, 30), []),
    ],
    ids=["came", "did not", "of three years two", "there is time", "once is no rule", "nothing last year is no news"],
)
def test_what_came_in_two_of_three_years_is_due(seen: tuple[int, ...], last: date, expected: list[str]) -> None:
    assert state(years(*seen), covered(last)) == expected


def test_a_day_earlier_or_later_is_the_same_occasion() -> None:
    earlier = [*years(2022), greeting(date(2023, 5, 15)), greeting(date(2024, 5, 20))]

    assert state(earlier, covered(date(2024, 6, 30))) == ["came"]


def test_another_state_direction_or_level_does_not_count() -> None:
    others = years(2024, partner="SE") + years(2024, direction="in") + years(2024, level="ministry")

    assert state([*years(2022, 2023), *others], covered(date(2024, 6, 30))) == ["missing"]


def test_congratulations_to_two_offices_that_fell_near_one_day_make_nothing_due() -> None:
    premier = greeting(DAY.replace(year=2022), recipient="Prime Minister", to_id="no_premier")
    minister = greeting(DAY.replace(year=2023), recipient="Foreign Minister", to_id="no_foreign_minister")
    same_day = [replace(each, occasion_id="no_day") for each in (premier, minister)]

    assert state([premier, minister], covered(date(2024, 6, 30))) == []
    assert state(same_day, covered(date(2024, 6, 30))) == ["missing"]


def test_a_message_in_other_words_counts() -> None:
    assert state([*years(2022, 2023), *years(2024, message_class="", kind="letter")], covered(date(2024, 6, 30))) == [
        "came"
    ]


@pytest.mark.parametrize(
    ("coverage", "trouble"),
    [
        (
            covered(date(2024, 6, 30), gaps=[Gap("kcna", date(2024, 5, 10), date(2024, 5, 19), "no answer")]),
            "no answer",
        ),
        (covered(date(2024, 6, 30), thin=[DAY + timedelta(days=n) for n in range(-5, 8)]), "the source was thin"),
        (Coverage({"kcna/en": {DAY: 9, date(2024, 6, 30): 9}}), "the archive has not all days of that time"),
    ],
    ids=["unreachable", "thin", "not in the archive"],
)
def test_nothing_is_missing_while_the_source_failed_and_the_reason_is_given(coverage: Coverage, trouble: str) -> None:
    (found,) = [each for each in learned_from(MessageHistory(years(2022, 2023)), coverage) if each.day == DAY]

    assert found.state == "not known"
    assert found.trouble.startswith(trouble)
    assert list(silences(MessageHistory(years(2022, 2023)), coverage, house_lexicon())) == []


def test_a_silence_says_what_did_not_come_and_when_it_used_to() -> None:
    (finding,) = silences(MessageHistory(years(2021, 2022, 2023)), covered(date(2024, 6, 30)), house_lexicon())

    assert finding.day == date(2024, 5, 24)
    assert finding.first_line == (
        "Pyongyang → Norway: no greeting by a leader until 2024-05-24; it came in 2021, 2022, 2023, last on 2023-05-17"
    )
    assert finding.confidence == "high"
    assert [text.date.year for text in finding.compared] == [2023, 2022, 2021]


def test_a_silence_is_withdrawn_visibly_when_what_was_missing_comes() -> None:
    late = greeting(date(2024, 6, 3))
    (finding,) = silences(MessageHistory([*years(2022, 2023), late]), covered(date(2024, 6, 30)), house_lexicon())

    assert finding.withdrawn_on == late.date
    assert finding.first_line.startswith("Withdrawn, it came on 2024-06-03, 17 days after the day. Pyongyang → Norway")
    assert finding.as_of(date(2024, 6, 2)).withdrawn_on is None


def test_a_reply_to_a_second_occasion_does_not_withdraw_a_silence() -> None:
    national, birthday = years(2022, 2023), [greeting(date(year, 6, 10)) for year in (2022, 2023, 2024)]
    found = silences(MessageHistory([*national, *birthday]), covered(date(2024, 7, 30)), house_lexicon())

    assert [(each.day, each.withdrawn_on) for each in found] == [(date(2024, 5, 24), None)]


def test_a_calendar_entry_is_due_even_without_earlier_items() -> None:
    found = due(MessageHistory([]), covered(date(2024, 9, 20)), house_lexicon(), *CHINA_DAY)

    assert ("CN", "out", date(2024, 10, 1), "calendar", "awaited") in [
        (each.partner, each.direction, each.day, each.by, each.state) for each in found
    ]


def test_a_calendar_entry_is_missing_only_if_it_came_in_two_of_the_last_three_years() -> None:
    def states(*items: Item) -> set[str]:
        found = due(MessageHistory(items), covered(date(2024, 12, 1)), house_lexicon(), *CHINA_DAY)
        return {each.state for each in found if (each.partner, each.direction, each.by) == ("CN", "out", "calendar")}

    assert states() == {"not known"}
    assert states(item(date(2023, 10, 1))) == {"not known"}
    letters = [item(date(2022, 10, 1), level=""), item(date(2023, 10, 1), level="", message_class="")]
    assert states(*letters) == {"missing"}


def test_a_greeting_on_another_occasion_of_those_days_is_not_what_the_calendar_awaits() -> None:
    victory = item(date(2024, 8, 12), partner="RU", direction="in", occasion_id="kp_victory")
    liberation = item(date(2024, 8, 16), partner="RU", direction="in", occasion_id="kp_liberation")
    days = date(2024, 8, 10), date(2024, 8, 20), date(2024, 9, 1)
    found = due(MessageHistory([victory, liberation]), covered(date(2024, 9, 1)), house_lexicon(), *days)

    assert [each.came for each in found if (each.partner, each.direction) == ("RU", "in")] == [liberation]


def test_a_message_is_missing_though_a_reply_came_in_its_place_and_that_is_said() -> None:
    earlier = [
        item(date(year, 8, 15), partner="RU", occasion_id="kp_liberation", level=level)
        for year, level in ((2022, "leader"), (2023, "party"))
    ]
    answer = item(date(2024, 8, 16), partner="RU", message_class="reply", occasion_id="kp_liberation")
    days = date(2024, 8, 10), date(2024, 8, 20), date(2024, 9, 1)
    found = due(MessageHistory([*earlier, answer]), covered(date(2024, 9, 1)), house_lexicon(), *days)

    assert [(each.state, each.trouble) for each in found if (each.partner, each.direction) == ("RU", "out")] == [
        ("missing", "a reply came on 2024-08-16")
    ]


def test_a_message_due_by_archive_and_calendar_is_listed_once() -> None:
    items = [item(date(year, 10, 1)) for year in (2022, 2023)]
    days = date(2024, 9, 29), date(2024, 10, 2), date(2024, 9, 20)
    found = due(MessageHistory(items), covered(date(2024, 9, 20)), house_lexicon(), *days)

    assert [each.by for each in found if each.partner == "CN" and each.direction == "out"] == ["archive"]


def test_new_year_cards_around_the_turn_of_the_year_are_one_occasion() -> None:
    cards = [greeting(date(2021, 12, 31)), greeting(date(2023, 1, 2)), greeting(date(2023, 12, 30))]
    found = [each for each in learned_from(MessageHistory(cards), covered(date(2025, 2, 1))) if each.state == "missing"]

    assert [each.last.year for each in found] == [2025]


def letters(*numbers: int, answered_after: int = 9) -> list[Item]:
    """Greetings on China's day in some years, each with its reply."""
    sent = [item(date(number, 10, 1)) for number in numbers]
    swapped = {"direction": "in", "message_class": "reply", "kind": "reply", "from_id": "cn_xi_jinping"}
    replies = [item(each.date + timedelta(days=answered_after), **swapped, to_id="kp_kim_jong_un") for each in sent]
    return [*sent, *replies]


def test_a_reply_is_missing_after_twice_the_longest_time() -> None:
    now = item(date(2024, 10, 1))
    found = list(replies(MessageHistory([*letters(2022, 2023), now]), covered(date(2024, 11, 30))))

    assert [(each.state, each.direction, each.last) for each in found] == [("missing", "in", date(2024, 10, 19))]


@pytest.mark.parametrize(
    ("earlier", "now", "last", "states"),
    [
        (letters(2022, 2023), letters(2024), date(2024, 11, 30), ["came"]),
        (letters(2022, 2023), [item(date(2024, 10, 1))], date(2024, 10, 15), ["awaited"]),
        (letters(2023), [item(date(2024, 10, 1))], date(2024, 11, 30), []),
        (letters(2022, 2023), [item(date(2024, 10, 1), level="ministry")], date(2024, 11, 30), []),
    ],
    ids=["it came", "there is time", "once is no rule", "no leader wrote"],
)
def test_no_reply_is_missing_if(earlier: list[Item], now: list[Item], last: date, states: list[str]) -> None:
    assert [each.state for each in replies(MessageHistory([*earlier, *now]), covered(last))] == states


def test_a_reply_missing_by_day_and_by_letter_is_one_silence() -> None:
    items = [*letters(2022, 2023), item(date(2024, 10, 1))]
    found = silences(MessageHistory(items), covered(date(2024, 11, 30)), house_lexicon())

    assert [(each.kind, each.day.year) for each in found if "no reply" in each.first_line] == [("silence", 2024)]


def _new_year(came: Item, last: date) -> list[tuple[str, str]]:
    """Return the state of Russia's New Year letters to Pyongyang, with the reason, at the end of a day."""
    found = due(MessageHistory([came]), covered(last), house_lexicon(), date(2020, 12, 1), date(2021, 1, 31), last)
    return [(each.state, each.trouble) for each in found if (each.partner, each.direction) == ("RU", "in")]


def test_a_message_to_a_congress_in_january_is_not_a_new_year_letter() -> None:
    sent = {
        "partner": "RU",
        "direction": "in",
        "kind": "solidarity",
        "message_class": "",
        "occasion": "",
        "occasion_id": "",
    }
    congress = item(date(2021, 1, 10), **sent, title="Message from Communist Party of Russian Federation")
    letter = item(date(2021, 1, 10), **(sent | {"occasion": "the New Year 2021"}))

    assert _new_year(congress, date(2021, 1, 13)) == [("awaited", "")]
    assert _new_year(congress, date(2021, 1, 31)) == [
        ("not known", "what came on 2021-01-10 does not say that it is for this")
    ]
    assert _new_year(letter, date(2021, 1, 13)) == [("came", "")]


def test_nothing_is_awaited_after_its_time_even_if_its_edition_ends_earlier() -> None:
    found = due(
        MessageHistory([]),
        covered(date(2024, 6, 30)),
        house_lexicon(),
        date(2024, 9, 1),
        date(2024, 10, 5),
        date(2025, 1, 12),
    )
    assert {(each.state, each.trouble) for each in found} == {("not known", "the archive has kcna/en until 2024-06-30")}


def test_nothing_is_due_in_a_paper_that_prints_no_messages() -> None:
    days = {FIRST + timedelta(days=n): 9 for n in range(1700)}
    both = Coverage({"kcna/en": days, "hani/ko": days})
    told = item(date(2023, 10, 1), edition="hani/ko", full_text=False)
    day = date(2024, 8, 20)

    def editions(*items: Item) -> set[str]:
        found = due(MessageHistory(items), both, house_lexicon(), date(2024, 9, 25), date(2024, 10, 5), day)
        return {each.edition for each in found if each.by == "calendar"}

    assert editions(item(date(2023, 10, 1)), told) == {"kcna/en"}
    assert editions(told) == {"kcna/en", "hani/ko"}


def test_a_message_due_in_two_editions_is_listed_once_and_the_archive_overrides_the_calendar() -> None:
    days = {FIRST + timedelta(days=n): 9 for n in range(1700)}
    both = Coverage({"kcna/en": days, "kcna/ko": days})
    span = (date(2024, 9, 25), date(2024, 10, 5), date(2024, 8, 20))

    def shown(*items: Item) -> list[tuple[str, tuple[str, ...]]]:
        found = once(due(MessageHistory(items), both, house_lexicon(), *span))
        return [(each.by, editions) for each, editions in found if (each.partner, each.direction) == ("CN", "out")]

    assert shown() == [("calendar", ("kcna/en", "kcna/ko"))]
    assert shown(*(item(date(year, 10, 1)) for year in (2022, 2023))) == [("archive", ("kcna/en",))]
