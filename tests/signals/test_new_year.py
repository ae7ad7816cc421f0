"""The New Year addresses, of which five years were counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import new_year
from tests.detecting import house_lexicon

COUNTED = {
    1946: [("DE", 19), ("JP", 54), ("SU", 0), ("KR", 20), ("US", 0)],
    1953: [("CN", 75), ("US", 5), ("KR", 0)],
    1977: [("US", 93), ("KR", 83), ("JP", 26), ("FR", 0), ("BE", 0)],
    1985: [("SU", 40), ("CN", 54), ("US", 51), ("KR", 116)],
    2000: [("KR", 29), ("US", 0)],
}


def test_states_order_and_words_are_those_counted_by_hand(shared: Path) -> None:
    addresses = new_year.measured(shared / "data" / "new_year_ko.jsonl.gz", house_lexicon())
    found = {a.year: [(p.partner, p.words) for p in a.partners] for a in addresses if a.year in COUNTED}
    assert found == COUNTED


def test_the_page_shows_what_is_measured(shared: Path) -> None:
    addresses = list(new_year.measured(shared / "data" / "new_year_ko.jsonl.gz", house_lexicon()))
    docs = new_year.ROOT / "docs"
    assert (docs / "new-year.md").read_text(encoding="utf-8").endswith(new_year.table(addresses, house_lexicon()))
    assert (docs / "new-year.svg").read_text(encoding="utf-8") == new_year.chart(addresses, house_lexicon())


@pytest.mark.parametrize(
    ("paragraphs", "spoken"),
    [
        (["- 1950년", "해 제", "편집자의 말", "원 문", "동포여러분!", "새해입니다."], ["동포여러분!", "새해입니다."]),
        (["로동신문 공동사설", "새해입니다."], ["새해입니다."]),
    ],
)
def test_what_an_editor_put_before_an_address_is_left_out(paragraphs: list[str], spoken: list[str]) -> None:
    assert new_year.spoken(paragraphs) == spoken
