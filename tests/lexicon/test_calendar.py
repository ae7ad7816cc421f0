"""calendar.csv: which day a message belongs to, and what is said of a row that is wrong."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from sunchi.errors import LexiconError
from sunchi.lexicon import load
from sunchi.lexicon.calendar import entry_for
from tests.detecting import FOLDER, house_lexicon


def name(partner: str, direction: str, item: str, day: date) -> str:
    found = entry_for(house_lexicon().calendar, partner, direction, item, day)
    return found.id if found else ""


def test_a_greeting_to_china_on_the_first_of_october_is_for_its_national_day() -> None:
    assert name("CN", "out", "message", date(2024, 10, 1)) == "cn_day"
    assert name("CN", "in", "reply", date(2024, 10, 16)) == "cn_day_reply"
    assert name("RU", "out", "message", date(2024, 10, 1)) == ""


def test_a_day_of_ones_own_goes_before_one_of_all_states() -> None:
    assert name("CN", "in", "message", date(2021, 7, 11)) == "cn_treaty"
    assert name("VN", "in", "message", date(2024, 10, 10)) == "party"


def test_what_is_due_each_fifth_year_is_due_in_no_other() -> None:
    assert name("CN", "out", "message", date(2021, 7, 11)) == "cn_treaty"
    assert name("CN", "out", "message", date(2022, 7, 11)) == ""


def test_new_year_letters_run_over_the_year() -> None:
    assert name("RU", "in", "message", date(2024, 12, 30)) == "ru_new_year"
    assert name("RU", "out", "message", date(2025, 1, 4)) == "ru_new_year"


def test_before_the_year_that_it_recalls_no_day_is_kept() -> None:
    assert name("RU", "out", "article", date(2023, 6, 19)) == ""
    assert name("RU", "out", "article", date(2025, 6, 19)) == "ru_treaty_2024"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("a_day,XX,10-01,1,out,message,1,1949,a day,O", "partner “XX” is not in partners.csv"),
        ("a_day,CN,13-01,1,out,message,1,1949,a day,O", "day “13-01” is no day"),
        ("a_day,CN,10-05..10-01,1,out,message,1,1949,a day,O", "ends before it begins"),
        ("a_day,CN,02-29,1,out,message,1,1949,a day,O", "is in one year of four"),
        ("a_day,CN,10-01,soon,out,message,1,1949,a day,O", "grace “soon” is not a whole number"),
        ("a_day,CN,10-01,1,out,message,0,1949,a day,O", "every “0” is not a whole number from 1 to 100"),
        ("a_day,CN,10-01,1000000000,out,message,1,1949,a day,O", "grace “1000000000” is not a whole number from 0 to"),
        (f"a_day,CN,10-01,1,out,message,1,{'9' * 5000},a day,O", "since “9+” is not a whole number from 1 to 9999"),
        ("a_day,CN,10-01,1,up,message,1,1949,a day,O", "direction “up” is unknown"),
        ("a_day,CN,10-01,1,out,parcel,1,1949,a day,O", "item “parcel” is unknown"),
        ("a_day,CN,10-01,1,out,message,1,1949,,O", "has no occasion"),
        ("cn_day,CN,10-01,1,out,message,1,1949,a day,O", "id “cn_day” stands on line"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    folder = tmp_path / "lexicon"
    shutil.copytree(FOLDER, folder)
    file = folder / "calendar.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"calendar.csv:{len(lines) + 1}: .*{says}"):
        load(folder)
