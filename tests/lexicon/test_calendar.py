"""calendar.csv: which day a message belongs to."""

from __future__ import annotations

from datetime import date

from sunchi.lexicon.calendar import entry_for
from tests.detecting import house_lexicon


def name(partner: str, direction: str, item: str, day: date) -> str:
    found = entry_for(house_lexicon().calendar, partner, direction, item, day)
    return found.id if found else ""


def test_a_greeting_to_china_on_the_first_of_october_is_for_its_national_day() -> None:
    assert name("CN", "out", "message", date(2024, 10, 1)) == "cn_day"
    assert name("CN", "in", "reply", date(2024, 10, 16)) == "cn_day_reply"
    assert name("RU", "out", "message", date(2024, 10, 1)) == ""


def test_a_states_own_day_precedes_one_of_all_states() -> None:
    assert name("CN", "in", "message", date(2021, 7, 11)) == "cn_treaty"
    assert name("VN", "in", "message", date(2024, 10, 10)) == "party"


def test_what_is_due_each_fifth_year_is_due_in_no_other() -> None:
    assert name("CN", "out", "message", date(2021, 7, 11)) == "cn_treaty"
    assert name("CN", "out", "message", date(2022, 7, 11)) == ""


def test_new_year_letters_span_the_turn_of_the_year() -> None:
    assert name("RU", "in", "message", date(2024, 12, 30)) == "ru_new_year"
    assert name("RU", "out", "message", date(2025, 1, 4)) == "ru_new_year"


def test_no_day_is_due_before_the_year_of_its_event() -> None:
    assert name("RU", "out", "article", date(2023, 6, 19)) == ""
    assert name("RU", "out", "article", date(2025, 6, 19)) == "ru_treaty_2024"


def test_in_years_in_which_it_was_not_sent_nothing_is_due() -> None:
    assert name("RU", "out", "message", date(2024, 10, 8)) == "ru_putin_birth"
    assert name("RU", "out", "message", date(2005, 10, 8)) == ""
