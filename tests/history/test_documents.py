"""Documents that recur each year: who is named first, and at what share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from sunchi.history.articles import Articles
from sunchi.history.compare_documents import observed
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Observation
from sunchi.model import SIGNALS
from tests.detecting import house_lexicon

USUAL = {"US": 100.0, "KR": 60.0, "CN": 40.0}


def address(
    year: int, words: Mapping[str, float], day: int = 1, title: str = "New Year Address"
) -> list[dict[str, Any]]:
    """The signals of a New Year address with that many words on each state, in the order of first mention."""
    plain = dict.fromkeys(SIGNALS) | {"source": "kcna", "lang": "en", "article": f"address-{year}"}
    plain |= {"date": date(year, 1, day), "quote": title, "partner": "", "code": "leader", "value": 10.0}
    named = [
        plain | {"kind": "attention", "code": "mention", "partner": partner, "value": value, "detail": {"order": n}}
        for n, (partner, value) in enumerate(words.items(), 1)
    ]
    return [plain | {"kind": "authority", "detail": {}}, *named]


def found(*addresses: Iterable[dict[str, Any]]) -> list[Observation]:
    rows = [row for each in addresses for row in each]
    signals = pl.DataFrame(rows, schema=SIGNALS, orient="row")
    return list(observed(Articles(signals, Coverage({}), house_lexicon())))


def years(*numbers: int) -> list[list[dict[str, Any]]]:
    return [address(number, USUAL) for number in numbers]


def test_a_state_newly_named_first_is_found_with_those_of_earlier_years() -> None:
    (order,) = found(*years(2021, 2022, 2023), address(2024, {"KR": 60.0, "US": 100.0, "CN": 40.0}))

    assert (order.partner, order.part.kind) == ("KR", "order")
    assert order.part.words == (
        "South Korea is named first, "
        "while before it came United States in 2023, United States in 2022, United States in 2021"
    )


def test_a_share_far_from_those_of_earlier_years_is_found_with_both() -> None:
    shares = found(*years(2021, 2022, 2023), address(2024, {"US": 20.0, "KR": 60.0, "CN": 120.0}))

    assert {each.partner: each.part.words for each in shares} == {
        "CN": "120 words on China, 60% of the words on states, while the last 3 of its kind had 20%",
        "US": "20 words on United States, 10% of the words on states, while the last 3 of its kind had 50%",
    }
    assert [text.words for text in shares[0].compared] == [120, 40, 40, 40]


def test_a_document_of_another_day_a_short_one_or_two_earlier_ones_are_not_compared() -> None:
    now = {"KR": 60.0, "US": 100.0, "CN": 40.0}

    assert found(*years(2021, 2022, 2023), address(2024, now, day=9)) == []
    assert found(*years(2021, 2022, 2023), address(2024, {"KR": 5.0, "US": 2.0, "CN": 1.0})) == []
    assert found(*years(2022, 2023), address(2024, now)) == []


def test_reports_that_differ_in_a_number_of_their_headline_are_of_one_type_years_apart() -> None:
    report = "Report to the {} Congress"
    before = address(2016, {"US": 67.0, "KR": 33.0, "CN": 0.0}, day=8, title=report.format("Seventh"))
    now = address(2021, {"CN": 60.0, "US": 130.0, "KR": 10.0}, day=9, title=report.format("Eighth"))

    words = {each.partner: each.part.words for each in found(before, now) if each.part.kind in ("order", "share")}

    assert set(words) == {"CN", "KR"}
    assert words["KR"] == (
        "10 words on South Korea, 5% of the words on states, "
        "while the last of its type, on 2016-01-08, had 33 words, 33%"
    )


def test_statements_under_one_headline_without_a_number_are_not_compared() -> None:
    statement = {"title": "Statement of the Foreign Ministry"}
    before = address(2023, {"US": 60.0, "KR": 30.0, "CN": 10.0}, day=8, **statement)

    assert found(before, address(2024, {"CN": 60.0, "US": 30.0, "KR": 10.0}, day=20, **statement)) == []


def test_one_document_is_one_event_per_state() -> None:
    numbered = [address(year, USUAL, title=f"Address of {year}") for year in (2021, 2022, 2023)]
    now = address(2024, {"CN": 120.0, "US": 20.0, "KR": 60.0}, title="Address of 2024")

    events = {(each.partner, each.event) for each in found(*numbered, now)}

    assert events == {("CN", "document address-2024"), ("US", "document address-2024")}


def test_a_state_missing_from_the_last_document_of_its_type_is_reported_as_such() -> None:
    report = "Report to the {} Congress"
    before = address(2016, {"US": 67.0, "KR": 33.0, "JP": 10.0}, day=8, title=report.format("Seventh"))
    now = address(2021, {"CN": 60.0, "US": 130.0, "KR": 10.0}, day=9, title=report.format("Eighth"))

    words = {each.partner: each.part.words for each in found(before, now) if each.part.kind == "share"}

    assert (
        words["CN"]
        == "60 words on China, 30% of the words on states, while the last of its type, on 2016-01-08, had none"
    )


@pytest.mark.parametrize(
    ("first", "was"), [("KR", "had it as number 2"), ("CN", "did not name it")], ids=["named then", "not named then"]
)
def test_a_state_newly_named_first_is_found_with_its_place_in_the_last_document_of_its_type(
    first: str, was: str
) -> None:
    report = "Report to the {} Congress"
    before = address(2016, {"US": 60.0, "KR": 40.0, "JP": 10.0}, day=8, title=report.format("Seventh"))
    now = address(2021, {first: 80.0, "US": 120.0, "JP": 20.0}, day=9, title=report.format("Eighth"))

    [order] = [each for each in found(before, now) if each.part.kind == "order"]

    assert order.partner == first
    assert order.part.words.endswith(
        f" is named first, while the last of its type, on 2016-01-08, {was} (United States was first)"
    )
