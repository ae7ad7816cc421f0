"""`sunchi signals`: an analyst's queries of everything stored."""

from __future__ import annotations

import csv
from datetime import date
from operator import itemgetter
from pathlib import Path

import pytest

from sunchi.cli.options import partner_of
from sunchi.cli.signals import COLUMNS
from tests.cli.command import Done, Sunchi, keep, line
from tests.detecting import house_lexicon

BLOOD = "The DPRK and China are bound by a friendship sealed in blood."
TIES = "The traditional DPRK-Russia friendship goes on."


@pytest.fixture
def said(folder: Path) -> None:
    """Phrases of blood about China in January, twice, the second titled like a formula; Russia between them."""
    keep(
        folder,
        [
            ("kcna", "en", date(2021, 1, 8), "Friendship", BLOOD),
            ("rodong", "en", date(2021, 1, 9), "Neighbours", TIES),
            ("kcna", "en", date(2021, 1, 10), "=1+1", BLOOD),
        ],
    )


def test_signals_are_shown_by_date_in_words_with_their_article(sunchi: Sunchi, said: None) -> None:
    done = sunchi("signals", "--partner", "china", "--category", "blood")
    shown = [" ".join(line.split()) for line in done.out.splitlines()]

    assert shown[0] == "date source kind signal article"
    phrase = "formula China: “sealed in blood” (blood, +2), in Pyongyang's own voice"
    assert shown[1].startswith(f"2021-01-08 kcna/en {phrase} kcna-en-")
    assert shown[2] == "Friendship"
    assert shown[3].startswith(f"2021-01-10 kcna/en {phrase}")
    assert shown[-1] == "2 signals in 2 articles"
    assert sunchi("detect", "--explain", shown[1].split()[-1]).code == 0


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--kind", "formula"], ["bl_sealed", "tr_friendship", "bl_sealed"]),
        (["--category", "traditional"], ["tr_friendship"]),
        (["--family", "blood"], ["bl_sealed", "bl_sealed"]),
        (["--family", "friendship", "--partner", "RU"], ["tr_friendship"]),
        (["--kind", "stance", "--partner", "RU"], ["positive"]),
        (["--kind", "formula", "--since", "2021-01-09"], ["tr_friendship", "bl_sealed"]),
        (["--kind", "formula", "--until", "2021-01-09"], ["bl_sealed", "tr_friendship"]),
        (["--kind", "formula", "--source", "rodong"], ["tr_friendship"]),
        (["--kind", "formula", "--lang", "ko"], []),
        (["--kind", "attention", "--category", "blood"], []),
    ],
    ids=" ".join,
)
def test_signals_are_chosen_by_options(sunchi: Sunchi, said: None, options: list[str], codes: list[str]) -> None:
    assert [row["code"] for row in sunchi("signals", "--json", *options).rows] == codes


@pytest.mark.parametrize("level", ["1", "4", "10"])
def test_signals_are_chosen_by_the_level_of_the_voice_in_the_store_as_in_files(
    sunchi: Sunchi, folder: Path, level: str
) -> None:
    report = "The United States staged war drills against the DPRK again."
    statement = f"The spokesperson for the DPRK Foreign Ministry issued a press statement. {report}"
    keep(
        folder,
        [
            ("kcna", "en", date(2021, 1, 8), "War Drills", report),
            ("kcna", "en", date(2021, 1, 9), "Press Statement by Spokesperson for DPRK Foreign Ministry", statement),
        ],
    )
    Path("all.jsonl").write_text(sunchi("articles", "--json").out)
    wanted = ("--partner", "US", "--kind", "stance", "--level", level, "--json")
    found = [row["date"] for row in sunchi("signals", *wanted).rows]

    assert found == [row["date"] for row in sunchi("signals", "all.jsonl", *wanted).rows]
    assert found == {"1": ["2021-01-08", "2021-01-09"], "4": ["2021-01-09"], "10": []}[level]


def test_signals_of_the_store_are_written_as_detect_writes_those_of_files(sunchi: Sunchi, said: None) -> None:
    stored = sunchi("signals", "--json").rows
    Path("all.jsonl").write_text(sunchi("articles", "--json").out)
    read = [row for row in sunchi("detect", "all.jsonl").rows if row["kind"] != "placement"]

    by_place = itemgetter("article", "start", "kind", "code")
    assert sorted(stored, key=by_place) == sorted(read, key=by_place)


def test_signals_of_files_are_chosen_and_shown_as_those_of_the_store(sunchi: Sunchi, said: None) -> None:
    stored = sunchi("articles", "--json").out.splitlines()
    Path("all.jsonl").write_text("\n".join([*reversed(stored), "no article"]))
    options = ["--category", "blood", "--lang", "en", "--source", "kcna", "--until", "2021-01-09"]

    done = sunchi("signals", "all.jsonl", *options)

    assert sunchi("signals", "all.jsonl").out == sunchi("signals").out, "by date, however they stand in the file"
    assert done.out == sunchi("signals", *options).out
    assert "1 signal\n" in done.out
    assert done.code == 1
    assert done.err.startswith("all.jsonl:4: not JSON")


def test_signals_of_files_need_no_database(sunchi: Sunchi, folder: Path) -> None:
    Path("in.jsonl").write_text(line())
    assert {row["article"] for row in sunchi("signals", "in.jsonl", "--json").rows} == {"a"}
    assert not (folder / "var").exists()


def test_signals_as_csv_run_nothing_in_a_spreadsheet(sunchi: Sunchi, said: None) -> None:
    done = sunchi("signals", "--csv", "--kind", "formula", "--since", "2021-01-10")
    header, row = csv.reader(done.out.removeprefix("\ufeff").splitlines())

    cells = dict(zip(header, row, strict=True))
    assert tuple(header) == COLUMNS
    assert (cells["title"], cells["voice"], cells["historical"]) == ("'=1+1", "own", "no")


def test_a_recalled_phrase_is_marked_as_past(sunchi: Sunchi, folder: Path) -> None:
    story = (
        "1938년 겨울 조선인민혁명군의 한 소부대가 중국 동북의 눈덮인 밀림을 헤쳐갔다.",
        "중국의 농민들이 부상자들을 숨겨주었으니 그 나날의 친선은 피로써 맺어진것이였다.",
    )
    Path("in.jsonl").write_text(line(lang="ko", title="눈덮인 밀림의 이야기", paragraphs=story))

    assert "(blood, +2, of the past), in Pyongyang's own voice" in sunchi("signals", "in.jsonl").out


@pytest.mark.parametrize("name", ["CN", "cn", "China", "prc", "the People's Republic of China", "중국", "Beijing"])
def test_a_state_may_be_given_by_any_of_its_names(name: str) -> None:
    assert partner_of(name, house_lexicon()) == "CN"


def test_the_absence_of_matching_signals_is_reported_with_what_was_searched(sunchi: Sunchi, said: None) -> None:
    assert sunchi("signals", "--partner", "Laos").out == (
        "No signal matches. The articles searched:\n"
        "  kcna/en: 2 articles from 2021-01-08 to 2021-01-10\n"
        "  rodong/en: 1 article of 2021-01-09\n"
    )
    assert sunchi("signals", "--partner", "Laos", "--json") == Done(0, "", "")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--kind", "formulas"], "--kind formulas: unknown; known are appointment, attention"),
        (["--category", "friend"], "--category friend: unknown; known are friendship, traditional"),
        (["--family", "friend"], "--family friend: unknown; known are aid, alliance"),
        (["--source", "bbc"], "--source bbc: unknown; known are kcna"),
        (["--lang", "fr"], "--lang fr: unknown; known are en, ko, zh"),
        (["--partner", "Atlantis"], "--partner Atlantis: partners.csv has no such state"),
        (["--partner", "North Korea"], "--partner North Korea: this is North Korea itself; name the other state"),
        (["--partner", "CPC"], "--partner CPC: means CN or CU; give one of these codes"),
        (["--since", "2021-01-09", "--until", "2021-01-08"], "--since 2021-01-09 is after --until 2021-01-08"),
        (["--csv", "--json"], "one of the two"),
        (["missing.jsonl"], "missing.jsonl: there is no such file"),
    ],
    ids=" ".join,
)
def test_wrong_options_for_signals_are_reported(sunchi: Sunchi, folder: Path, words: list[str], fault: str) -> None:
    done = sunchi("signals", *words)
    assert done.code == 2
    assert fault in " ".join(done.err.split())
