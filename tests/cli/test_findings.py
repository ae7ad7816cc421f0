"""`sunchi findings` and `sunchi due`: what changed, what is missing, and what is due."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sunchi.cli.due import COLUMNS as DUE_COLUMNS
from sunchi.cli.findings import COLUMNS
from sunchi.history.findings import KINDS, Compared, Finding, Part
from sunchi.ingest import history
from sunchi.ingest.history import compare_stored
from sunchi.store import Store
from tests.cli.command import Sunchi, keep
from tests.detecting import house_lexicon
from tests.history.making import FRIENDSHIP, KINDRED, WISH, Written, headline, letter, quiet

LONG_AGO = date(2024, 10, 8)


def _letters() -> list[Written]:
    """Greetings of four years; the last one lacks the friendship that the others have."""
    years = (2021, 2022, 2023)
    usual = [letter(date(year, 10, 1), FRIENDSHIP, WISH, WISH, WISH, WISH) for year in years]
    return [*usual, letter(date(2024, 10, 1), KINDRED, WISH, WISH, WISH, WISH)]


def _silent() -> list[Written]:
    """Greetings to Norway in two years, and a third year without one."""
    greetings = [headline(date(year, 5, 17), "Greetings to King of Norway") for year in (2022, 2023)]
    return [*quiet(date(2024, 3, 1), date(2024, 6, 1)), *greetings]


def _file(folder: Path, written: Sequence[Written]) -> str:
    lines = [
        {"id": f"a{n}", "source": "kcna", "lang": "en", "date": str(day), "title": title, "paragraphs": paragraphs}
        for n, (day, title, paragraphs) in enumerate(written)
    ]
    path = folder / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return str(path)


def test_a_finding_has_words_compared_texts_numbers_and_innocent_explanations(sunchi: Sunchi, tmp_path: Path) -> None:
    rows = sunchi("findings", _file(tmp_path, _letters()), "--json").rows

    (row,) = [row for row in rows if row["kind"] == "omission"]
    assert list(row) == list(COLUMNS)
    assert (row["day"], row["partner"], row["edition"]) == ("2024-10-01", "CN", "kcna/en")
    assert "without “traditional”, which was in 3 of the last 3" in row["words"]
    assert row["numbers"]["omission.of"] == 3
    assert [text["date"][:4] for text in row["compared"]] == ["2024", "2023", "2022", "2021"]
    assert any("round anniversary" in words for words in row["innocent"])


def test_findings_are_shown_with_the_texts_side_by_side(sunchi: Sunchi, tmp_path: Path) -> None:
    shown = sunchi("findings", _file(tmp_path, _letters()), "--partner", "China").out

    assert shown.startswith("2024-10-01  China  omission")
    assert "▸ 2024-10-01" in shown
    assert "or else: a translation" in shown
    assert shown.endswith("1 finding\n")


def test_findings_are_chosen_by_day_partner_and_kind(sunchi: Sunchi, tmp_path: Path) -> None:
    file = _file(tmp_path, _letters())

    for chosen in (("--since", "2024-10-02"), ("--until", "2024-09-30"), ("--partner", "RU"), ("--kind", "silence")):
        assert sunchi("findings", file, *chosen).out.startswith("No finding matches. The articles searched:\n")
    assert sunchi("findings", file, "--kind", "gossip").code == 2


def test_findings_as_csv_open_in_a_spreadsheet(sunchi: Sunchi, tmp_path: Path) -> None:
    out = sunchi("findings", _file(tmp_path, _letters()), "--csv").out

    (row,) = csv.DictReader(out.lstrip("\ufeff").splitlines())
    assert (row["kind"], row["parts"][:8]) == ("omission", "omission")


def test_what_did_not_come_is_a_silence_and_due_shows_it_as_missing(sunchi: Sunchi, tmp_path: Path) -> None:
    file = _file(tmp_path, _silent())

    (silence,) = sunchi("findings", file, "--kind", "silence", "--json").rows
    (missing,) = [row for row in sunchi("due", file, "--json").rows if row["partner"] == "NO"]

    assert "no greeting until 2024-05-24" in silence["words"]
    assert list(missing) == list(DUE_COLUMNS)
    assert (missing["state"], missing["earlier"]) == ("missing", ["2023-05-17", "2022-05-17"])
    assert "✗ missing" in sunchi("due", file).out


def test_due_states_its_days_and_shows_a_message_once_for_all_editions(sunchi: Sunchi, tmp_path: Path) -> None:
    file = _file(tmp_path, _letters())
    second = tmp_path / "korean.jsonl"
    second.write_text(
        Path(file).read_text("utf-8").replace('"kcna"', '"rodong"').replace('"id": "a', '"id": "r'), "utf-8"
    )

    shown = sunchi("due", file, str(second), "--partner", "CN", "--on", "2024-09-20", "--days", "15").out

    assert shown.startswith("In the 15 days before and after 2024-09-20:\n")
    assert shown.count("founding of the") == 1
    assert "kcna/en" in shown
    assert "rodong/en" in shown
    nothing = sunchi("due", file, "--partner", "NO", "--on", "2024-09-20", "--days", "15").out
    assert nothing.startswith("Nothing is due in the 15 days before and after 2024-09-20. The articles searched:\n")


def test_due_on_an_earlier_day_knows_nothing_of_what_came_later(sunchi: Sunchi, tmp_path: Path) -> None:
    written = [*_silent(), headline(date(2024, 5, 18), "Greetings to King of Norway")]
    file = _file(tmp_path, written)

    states = {
        day: [row["state"] for row in sunchi("due", file, "--on", day, "--json").rows if row["partner"] == "NO"]
        for day in ("2024-05-16", "2024-05-19")
    }

    assert states == {"2024-05-16": ["awaited"], "2024-05-19": ["came"]}
    assert "… awaited until 24 May" in sunchi("due", file, "--on", "2024-05-16").out


def test_stored_findings_are_those_of_the_last_comparison(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(folder, [("kcna", "en", day, title, "\n".join(paragraphs)) for day, title, paragraphs in _letters()])
    now = datetime(2024, 10, 20, tzinfo=UTC)

    assert sunchi("findings").out.endswith(
        "`sunchi findings --anew` compares now; `sunchi serve` does so each morning.\n"
    )
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        new, again = compare_stored(store, house_lexicon(), now), compare_stored(store, house_lexicon(), now)
        stored = sunchi("findings", "--json").rows
        monkeypatch.setattr(history, "compare", lambda *_: [])
        compare_stored(store, house_lexicon(), now)

    assert ([each.kind for each in new], again) == (["omission"], [])
    assert [row["id"] for row in stored] == [new[0].id]
    (withdrawn,) = sunchi("findings", "--json").rows
    assert (withdrawn["withdrawn_on"], withdrawn["withdrawn"]) == ("2024-10-20", "what it was based on has changed")


def test_what_a_comparison_on_demand_finds_missing_alerts_as_in_the_morning(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(folder, [("kcna", "en", day, title, "\n".join(paragraphs)) for day, title, paragraphs in _letters()])
    part, today = Part("silence", "no greeting; it came in 2023, 2024", {}, "medium"), datetime.now(UTC).date()
    last = Compared(date(2023, 10, 1), "a greeting", article=sunchi("articles", "--json").rows[0]["id"])
    missing = [Finding("kcna/en", "CN", day, f"silence {day}", "China", (part,), (last,)) for day in (today, LONG_AGO)]
    monkeypatch.setattr(history, "compare", lambda *_: missing)

    sunchi("findings", "--anew", "--since", str(LONG_AGO))

    (alert,) = sunchi("alerts", "list", "--json").rows
    assert alert["title"] == "China: no greeting; it came in 2023, 2024"


def test_the_help_names_every_kind_of_finding(sunchi: Sunchi) -> None:
    said = sunchi("findings", "--help").out
    assert [kind for kind in KINDS if not re.search(rf"\b{kind}\b", said)] == []


def test_an_imported_past_is_compared_on_demand(sunchi: Sunchi, folder: Path) -> None:
    keep(folder, [("kcna", "en", day, title, "\n".join(paragraphs)) for day, title, paragraphs in _letters()])

    assert sunchi("findings", "--anew").out.startswith("No finding matches. The articles searched:\n")
    (row,) = sunchi("findings", "--anew", "--since", "2024-01-01", "--json").rows
    assert row["kind"] == "omission"
