"""A leader's message that one outlet has, and another lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sunchi.history.compare_outlets import GRACE, observed
from sunchi.history.coverage import Coverage
from sunchi.history.items import Item
from tests.history.making import item

DAY = date(2024, 10, 1)
AGENCY = [item(date(year, 10, 1)) for year in (2021, 2022, 2023)]
PAPER = [item(each.date + timedelta(days=1), edition="rodong/en") for each in AGENCY]


def found(items: Iterable[Item], last: date = DAY + GRACE) -> list[tuple[str, date, str]]:
    days = {DAY - timedelta(days=n): 9 for n in range(-(last - DAY).days, 1200)}
    known = Coverage({"kcna/en": days, "rodong/en": days})
    return [(each.edition, each.day, each.part.words) for each in observed(items, known)]


def test_a_message_missing_from_a_paper_that_prints_such_messages_is_found_after_its_days() -> None:
    assert found([*AGENCY, *PAPER, item(DAY)]) == [
        (
            "rodong/en",
            DAY + GRACE,
            "in kcna/en on 2024-10-01, and not in rodong/en until 2024-10-04, which had 3 of the last 3 such messages",
        )
    ]


def test_nothing_is_missing_while_the_paper_may_still_print_it_or_if_it_never_did() -> None:
    assert found([*AGENCY, *PAPER, item(DAY)], DAY + GRACE - timedelta(days=1)) == []
    assert found([*AGENCY, item(DAY)]) == []
    assert found([*AGENCY, *PAPER, item(DAY), item(DAY + timedelta(days=2), edition="rodong/en")]) == []
