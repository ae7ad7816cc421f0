"""What the report shows as due and missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sunchi.history.coverage import Coverage
from sunchi.reports.outlook import outlook
from sunchi.reports.periods import Span
from tests.detecting import house_lexicon
from tests.history.making import item

FIRST = date(2020, 1, 1)
NORWAY = {
    "partner": "NO",
    "recipient": "King Harald",
    "to_id": "no_king",
    "occasion_id": "",
    "occasion": "his birthday",
}


def covered(*editions: str) -> Coverage:
    days = {FIRST + timedelta(days=n): 9 for n in range(366 * 5)}
    return Coverage(dict.fromkeys(editions, days))


def test_missing_messages_are_shown_and_received_ones_counted() -> None:
    items = [item(date(year, 5, 17), **NORWAY) for year in (2021, 2022, 2023)]
    span = Span(date(2023, 5, 1), date(2023, 6, 30))

    came = outlook(items, covered("kcna/en"), house_lexicon(), span)
    missing = outlook(items[:2], covered("kcna/en"), house_lexicon(), span)

    assert [each for each in came.missing if each.partner == "NO"] == []
    assert [each.came for each in came.others if each.partner == "NO"] == [items[2]]
    [norway] = [each for each in missing.missing if each.partner == "NO"]
    assert norway.in_words(house_lexicon()) == (
        "Pyongyang → Norway: no greeting by a leader (his birthday) until 2023-05-24; it came in 2021, 2022, last on "
        "2022-05-17"
    )


def test_what_came_in_one_edition_is_not_missing_in_another() -> None:
    korean = [item(date(year, 5, 17), **NORWAY, edition="kcna/ko") for year in (2021, 2022)]
    english = [item(date(year, 5, 17), **NORWAY) for year in (2021, 2022, 2023)]
    span = Span(date(2023, 5, 1), date(2023, 6, 30))

    found = outlook([*korean, *english], covered("kcna/en", "kcna/ko"), house_lexicon(), span)

    assert [each for each in found.missing if each.partner == "NO"] == []


@pytest.mark.parametrize(
    ("first", "last", "states"),
    [
        (date(2023, 5, 20), date(2023, 5, 22), ["awaited"]),
        (date(2023, 5, 24), date(2023, 5, 30), ["missing"]),
        (date(2023, 5, 26), date(2023, 5, 30), []),
    ],
)
def test_what_was_due_before_the_report_belongs_to_it_while_it_is_awaited(
    first: date, last: date, states: list[str]
) -> None:
    items = [item(date(year, 5, 17), **NORWAY) for year in (2021, 2022)]

    found = outlook(items, covered("kcna/en"), house_lexicon(), Span(first, last))

    assert [each.state for each in found.shown if each.partner == "NO" and each.day < first] == states
