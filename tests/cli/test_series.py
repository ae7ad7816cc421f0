"""`sunchi series`: years side by side, as a table, CSV and JSON."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from sunchi.cli.series import COLUMNS
from tests.cli.command import Sunchi, keep
from tests.history.making import FRIENDSHIP, KINDRED, WISH, Written, letter


def _letters() -> list[Written]:
    usual = [letter(date(year, 10, 1), FRIENDSHIP, WISH) for year in (2021, 2022, 2023)]
    return [*usual, letter(date(2024, 10, 1), KINDRED, WISH, WISH)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    lines = [
        {"id": str(day), "source": "kcna", "lang": "en", "date": str(day), "title": title, "paragraphs": paragraphs}
        for day, title, paragraphs in _letters()
    ]
    path = tmp_path / "letters.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.fixture
def stored(folder: Path) -> None:
    keep(folder, [("kcna", "en", day, title, "\n".join(paragraphs)) for day, title, paragraphs in _letters()])


def test_a_series_has_one_row_per_year_with_gone_and_new_phrases(sunchi: Sunchi, file: Path) -> None:
    rows = sunchi("series", "China", "cn_day", str(file), "--json").rows

    assert [row["year"] for row in rows] == [2021, 2022, 2023, 2024]
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[-1]["compared_with"], rows[0]["gone"]) == (3, [])
    assert "traditional" in rows[0]["phrases"]
    assert rows[-1]["gone"]
    assert rows[-1]["words"] > rows[0]["words"]


def test_the_table_shows_years_side_by_side(sunchi: Sunchi, file: Path) -> None:
    shown = sunchi("series", "CN", "cn_day", str(file)).out.splitlines()

    assert shown[0].startswith("Pyongyang → China: greetings")
    assert shown[1].split() == ["2021", "2022", "2023", "2024"]
    rows = {line[:18].strip(): line[18:] for line in shown}
    assert "Kim Jong Un" in rows["sender"]
    assert "others" not in rows, "there are none"
    assert "○" in rows["traditional"]


def test_csv_has_the_same_rows(sunchi: Sunchi, file: Path) -> None:
    out = sunchi("series", "CN", "cn_day", str(file), "--csv").out

    assert [row["year"] for row in csv.DictReader(out.lstrip("\ufeff").splitlines())] == [
        "2021",
        "2022",
        "2023",
        "2024",
    ]


def test_stored_messages_are_compared_like_files(sunchi: Sunchi, stored: None) -> None:
    assert [row["year"] for row in sunchi("series", "CN", "cn_day", "--json").rows] == [2021, 2022, 2023, 2024]


def test_an_occasion_without_messages_is_reported_with_those_that_have_some(sunchi: Sunchi, file: Path) -> None:
    shown = sunchi("series", "CN", "birthday", str(file)).out

    assert shown.startswith(
        "The archive has no message between Pyongyang and China on “birthday”. It has messages on cn_day (4). "
        "The articles searched:\n  kcna/en: "
    )


def test_an_unknown_state_is_reported(sunchi: Sunchi, file: Path) -> None:
    done = sunchi("series", "Ruritania", "cn_day", str(file))

    assert done.code == 2
