"""`sunchi compare`: two times side by side."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from sunchi.cli.compare import COLUMNS
from tests.cli.command import Sunchi
from tests.history.making import FRIENDSHIP, KINDRED, WISH, frame, letter, quiet

LAST_YEAR = quiet(date(2023, 9, 1), date(2023, 10, 31), number=1)
THIS_YEAR = quiet(date(2024, 9, 1), date(2024, 10, 31), number=1)
AUTUMN = ("--since", "2024-09-01", "--until", "2024-10-31")


@pytest.fixture
def file(folder: Path) -> Path:
    """Two autumns: last year's greeting to China speaks of neighbours, this year's of friendship."""
    old, new = letter(date(2023, 10, 1), KINDRED), letter(date(2024, 10, 1), FRIENDSHIP)
    rows = frame([*LAST_YEAR, old, *THIS_YEAR, new]).rename({"article": "id"}).to_dicts()
    (folder / "two.jsonl").write_text("".join(json.dumps(row, default=str) + "\n" for row in rows))
    return folder / "two.jsonl"


def plain(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_two_times_stand_side_by_side_and_what_one_alone_has_follows_with_its_words(sunchi: Sunchi, file: Path) -> None:
    done = sunchi("compare", "China", "two.jsonl", *AUTUMN)
    shown = plain(done.out)

    assert done.code == 0
    assert shown[0] == "China, kcna/en 1 Sep 2023 – 31 Oct 2023 1 Sep 2024 – 31 Oct 2024"
    assert shown[1] == "days in the archive 61 61"
    assert "messages from its leader 1 1" in shown
    assert "“traditional” 0 1 +" in shown
    assert "“neighbour” 1 0 ○" in shown
    new = shown.index("Set phrases of the later days alone, first said")
    gone = shown.index("Set phrases of the earlier days alone, last said")
    said = next(n for n, line in enumerate(shown) if line.startswith("2024-10-01 “traditional” “traditional friend"))
    assert new < said < gone
    assert shown[said + 1].startswith("Kim Jong Un Greets")  # the title, under the words
    assert any(line.startswith("2023-10-01 “neighbour” “") for line in shown[gone:])


def test_all_states_stand_in_one_table_by_their_words_in_the_later_days(sunchi: Sunchi, file: Path) -> None:
    praise = date(2024, 10, 5), "Cuba", ("Cuba fights on, and Cuba stands firm before the world. Laos does, too.",)
    (row,) = frame([praise]).rename({"article": "id"}).to_dicts()
    file.write_text(file.read_text() + json.dumps(row | {"date": "2024-10-05", "id": "cuba"}) + "\n")
    shown = plain(sunchi("compare", "all", "two.jsonl", *AUTUMN).out)
    rows = sunchi("compare", "all", "two.jsonl", *AUTUMN, "--json").rows

    assert shown[0] == "kcna/en: 1 Sep 2023 – 31 Oct 2023 → 1 Sep 2024 – 31 Oct 2024"
    assert shown[2].startswith("China 1 → 1 100.0 → ")
    assert shown[3].startswith("Cuba 0 → 1 0.0 → ")
    assert "? → 2" in shown[3]
    ranks = {row["partner"]: (row["before"], row["now"]) for row in rows if row["measure"] == "rank by words"}
    assert ranks == {"CN": (1, 1), "CU": (None, 2), "LA": (None, 3)}


def test_the_same_as_a_table_for_a_spreadsheet_and_as_json(sunchi: Sunchi, file: Path) -> None:
    header, first, *_ = csv.reader(sunchi("compare", "CN", "two.jsonl", *AUTUMN, "--csv").out[1:].splitlines())
    rows = {row["measure"]: row for row in sunchi("compare", "CN", "two.jsonl", *AUTUMN, "--json").rows}

    assert tuple(header) == COLUMNS
    assert first[:5] == ["kcna/en", "CN", "days in the archive", "61", "61"]
    assert (rows["“neighbour”"]["before"], rows["“neighbour”"]["now"]) == (1, 0)
    assert rows["“neighbour”"]["date"] == "2023-10-01"
    assert rows["“neighbour”"]["title"].startswith("Kim Jong Un Greets")
    assert rows["“neighbour”"]["url"].startswith("http://")


def test_the_earlier_time_may_be_any_that_ends_before_the_later_one(sunchi: Sunchi, file: Path) -> None:
    october = ("--since", "2024-10-01", "--until", "2024-10-31")
    shown = plain(sunchi("compare", "CN", "two.jsonl", *october, "--against", "2024-09-01").out)
    assert shown[0] == "China, kcna/en 1 Sep 2024 – 30 Sep 2024 1 Oct 2024 – 31 Oct 2024"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--since", "2024-10-01", "--until", "2024-10-31", "--against", "2024-10-01"), "is not before --since"),
        (("--since", "2024-10-31", "--until", "2024-10-01"), "is after --until"),
    ],
    ids=["the same days", "backwards"],
)
def test_times_that_cannot_be_compared_are_refused(
    sunchi: Sunchi, file: Path, options: Sequence[str], said: str
) -> None:
    done = sunchi("compare", "CN", "two.jsonl", *options)
    assert (done.code, said in done.err) == (2, True)


def test_a_time_of_which_the_archive_has_nothing_is_unknown_and_makes_nothing_new(sunchi: Sunchi, file: Path) -> None:
    shown = plain(sunchi("compare", "CN", "two.jsonl", "--since", "2023-09-01", "--until", "2023-10-31").out)

    assert "“neighbour” ? 1" in shown
    assert "The archive has none of the days 1 Sep 2022 – 31 Oct 2022." in shown
    assert not any(line.startswith("Set phrases") for line in shown)


def test_where_days_are_lacking_the_table_says_so(sunchi: Sunchi, file: Path) -> None:
    shown = sunchi("compare", "CN", "two.jsonl", "--since", "2024-08-01", "--until", "2024-12-31").out
    assert "The archive lacks days of 1 Aug 2024 – 31 Dec 2024: compare shares and ranks, not numbers." in shown


def test_a_state_that_is_not_named_is_said_to_be_so(sunchi: Sunchi, file: Path) -> None:
    assert sunchi("compare", "CU", "two.jsonl", *AUTUMN).out == (
        "The archive names Cuba in none of these days. The articles searched:\n"
        "  kcna/en: 124 articles from 2023-09-01 to 2024-10-31\n"
    )


def test_the_29th_of_february_is_compared_with_the_28th(sunchi: Sunchi, file: Path) -> None:
    file.write_text(file.read_text() + json.dumps(_february()) + "\n")
    out = sunchi("compare", "CN", "two.jsonl", "--since", "2024-02-29", "--until", "2024-03-01").out
    assert "28 Feb 2023 – 1 Mar 2023" in out


def _february() -> dict[str, object]:
    (row,) = frame([letter(date(2024, 2, 29), WISH)]).rename({"article": "id"}).to_dicts()
    return row | {"date": "2024-02-29"}
