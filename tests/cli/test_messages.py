"""`sunchi messages`: the ledger as a table, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunchi.cli.messages import COLUMNS
from sunchi.cli.spreadsheet import cell, csv_rows
from tests.cli.command import Done, Sunchi, keep
from tests.history.making import WISH, frame, letter, quiet, reply

XI = "Kim Jong Un sent a congratulatory message to Xi Jinping on the occasion of the National Day of China."
LAO = "Thongloun Sisoulith, president of Laos, sent a floral basket to Kim Jong Un."


@pytest.fixture
def exchanged(folder: Path) -> None:
    """A message to China in two papers, a day apart, and a basket from Laos in one, titled like a formula."""
    told = [
        ("kcna", "en", date(2021, 1, 8), "Message", f"Pyongyang, January 8 (KCNA) -- {XI}"),
        ("rodong", "en", date(2021, 1, 9), "Message Sent", XI),
        ("kcna", "en", date(2021, 1, 9), "=cmd|' /C calc'!A0", LAO),
    ]
    keep(folder, told)


def test_messages_are_the_ledger_by_date_with_one_row_per_message(sunchi: Sunchi, exchanged: None) -> None:
    china, laos = sunchi("messages", "--json").rows

    assert list(china) == list(laos) == list(COLUMNS)
    assert china["seen"] == ["kcna/en", "rodong/en"]
    assert {key: china[key] for key in ("date", "partner", "direction", "kind", "from", "to", "occasion", "words")} == {
        "date": "2021-01-08",
        "partner": "CN",
        "direction": "out",
        "kind": "congratulation",
        "from": "Kim Jong Un",
        "to": "Xi Jinping",
        "occasion": "National Day of China",
        "words": None,
    }
    assert (china["full_text"], china["salutation"], china["grouped"]) == (False, "", False)
    assert china["named_by"] == "person"
    assert (china["title"], china["url"]) == ("Message", "http://kcna.example/0")
    assert (laos["date"], laos["direction"], laos["from"]) == ("2021-01-09", "in", "Thongloun Sisoulith")


def test_a_message_identifies_its_parties_by_ids(sunchi: Sunchi, exchanged: None) -> None:
    china, laos = sunchi("messages", "--json").rows

    assert (china["from_id"], china["to_id"], china["level"]) == ("kp_kim_jong_un", "cn_xi_jinping", "leader")
    assert (laos["from_id"], laos["class"], laos["occasion_id"]) == ("la_thongloun_sisoulith", "tribute", "")


def test_messages_are_shown_to_people_as_a_table(sunchi: Sunchi, exchanged: None) -> None:
    shown = [" ".join(line.split()) for line in sunchi("messages").out.splitlines()]

    assert shown[0] == "date partner message words text, answer seen"
    sides = "Kim Jong Un → Xi Jinping: congratulation on the National Day of China"
    assert shown[1] == f"2021-01-08 China {sides} reported kcna/en"
    assert shown[2] == "Message no answer yet, 1 day on rodong/en"
    assert shown[-1] == "2 messages in 3 reports"


@pytest.fixture
def answered(folder: Path) -> Path:
    """A greeting to China with its reply 13 days later, and one to Laos without; the archive has all days."""
    years = quiet(date(2024, 9, 1), date(2024, 12, 31), number=1)
    sent = [letter(date(2024, 10, 1), WISH), letter(date(2024, 10, 2), WISH, to="Thongloun Sisoulith", land="Laos")]
    rows = frame([*years, *sent, reply(date(2024, 10, 14))]).rename({"article": "id"}).to_dicts()
    (folder / "in.jsonl").write_text("".join(json.dumps(row, default=str) + "\n" for row in rows))
    return folder / "in.jsonl"


def test_a_message_says_whether_and_when_it_was_answered(sunchi: Sunchi, answered: Path) -> None:
    rows = sunchi("messages", "in.jsonl", "--json").rows

    assert [(row["answer"], row["answer_words"], row["answer_date"]) for row in rows] == [
        ("answered", "answered after 13 days", "2024-10-14"),
        ("unanswered", "no answer in 45 days", None),
        ("answer", "answers that of 2024-10-01", "2024-10-01"),
    ]


def test_an_answer_outside_the_days_asked_for_is_known(sunchi: Sunchi, answered: Path) -> None:
    days = ("--since", "2024-10-01", "--until", "2024-10-01")
    assert [row["answer_words"] for row in sunchi("messages", "in.jsonl", *days, "--json").rows] == [
        "answered after 13 days"
    ]


def test_messages_without_an_answer_can_be_listed_alone(sunchi: Sunchi, answered: Path) -> None:
    assert [row["partner"] for row in sunchi("messages", "in.jsonl", "--unanswered", "--json").rows] == ["LA"]


def test_a_person_named_in_korean_has_the_english_name_as_well(sunchi: Sunchi, folder: Path) -> None:
    keep(folder, [("kcna", "ko", date(2021, 1, 8), "축전", "김정은동지께서 습근평주석에게 축전을 보내시였다.")])

    assert "Kim Jong Un (김정은) → Xi Jinping (습근평): congratulation" in sunchi("messages").out
    assert [row["from"] for row in sunchi("messages", "--json").rows] == ["김정은"]


def test_a_report_without_names_is_marked_in_the_ledger(sunchi: Sunchi, folder: Path) -> None:
    keep(folder, [("hani", "ko", date(2021, 1, 8), "편지", "중국이 북한에 편지를 보냈다.")])
    shown = [" ".join(line.split()) for line in sunchi("messages").out.splitlines()]

    assert shown[1:3] == ["2021-01-08 China 중국 → 북한: letter reported hani/ko", "편지 names nobody"]
    (row,) = sunchi("messages", "--json").rows
    assert (row["named_by"], row["words"]) == ("state", None)


@pytest.mark.parametrize(
    ("options", "partners"),
    [
        (["--partner", "CN"], ["CN"]),
        (["--partner", "laos"], ["LA"]),
        (["--direction", "in"], ["LA"]),
        (["--kind", "congratulation"], ["CN"]),
        (["--source", "rodong"], ["CN"]),
        (["--level", "leader"], ["CN", "LA"]),
        (["--occasion", "cn_day"], []),
        (["--from", "통룬"], ["LA"]),
        (["--to", "cn_xi_jinping"], ["CN"]),
        (["--since", "2021-01-09"], ["LA"]),
        (["--until", "2021-01-08"], ["CN"]),
        (["--from", "kim"], ["CN"]),
        (["--to", "KIM JONG"], ["LA"]),
        (["--to", "시진핑"], ["CN"]),
        (["--from", "金正恩"], ["CN"]),
        (["--from", "nobody"], []),
        (["--direction", "in", "--partner", "China"], []),
    ],
    ids=" ".join,
)
def test_messages_are_chosen_by_options(
    sunchi: Sunchi, exchanged: None, options: list[str], partners: list[str]
) -> None:
    assert [row["partner"] for row in sunchi("messages", "--json", *options).rows] == partners


def test_a_message_keeps_the_papers_that_reported_it_on_other_days(sunchi: Sunchi, exchanged: None) -> None:
    (china,) = sunchi("messages", "--json", "--source", "rodong", "--since", "2021-01-08", "--until", "2021-01-08").rows
    assert china["seen"] == ["kcna/en", "rodong/en"]


@pytest.mark.parametrize("options", [[], ["--partner", "CN", "--since", "2021-01-08", "--until", "2021-01-08"]])
def test_the_ledger_of_files_is_that_of_the_store(sunchi: Sunchi, exchanged: None, options: list[str]) -> None:
    Path("all.jsonl").write_text(sunchi("articles", "--json").out)
    assert sunchi("messages", "all.jsonl", *options) == sunchi("messages", *options)
    assert sunchi("messages", "all.jsonl", "--json", *options) == sunchi("messages", "--json", *options)


def test_the_ledger_of_files_reports_what_it_could_not_read(sunchi: Sunchi, folder: Path) -> None:
    Path("in.jsonl").write_text("no article\n")
    done = sunchi("messages", "in.jsonl")
    assert (done.code, done.out) == (1, "No message matches. There are no articles with a date.\n")
    assert done.err.startswith("in.jsonl:1: not JSON")


def test_messages_as_csv_run_nothing_in_a_spreadsheet(sunchi: Sunchi, exchanged: None) -> None:
    header, china, laos = csv.reader(sunchi("messages", "--csv").out.removeprefix("\ufeff").splitlines())

    assert tuple(header) == COLUMNS
    assert dict(zip(header, china, strict=True))["seen"] == "kcna/en; rodong/en"
    assert dict(zip(header, china, strict=True))["full_text"] == "no"
    assert dict(zip(header, laos, strict=True))["title"] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_words_that_a_spreadsheet_would_run_stay_words(start: str) -> None:
    shown = {"\t": " ", "\r": "�"}.get(start, start)
    assert cell(f"{start}1+1") == f"'{shown}1+1"
    assert cell((f"{start}1", "x")) == f"'{shown}1; x"
    assert cell(f"a{start}1") == f"a{shown}1"


@pytest.mark.parametrize("text", ["a;=1+1", "a; -1+1", 'a;"=1+1', "a\n@SUM(A1)", 'a;\n "+1', ' ="1"', "a;＝1"])
@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
def test_words_run_nothing_in_a_spreadsheet_with_another_delimiter(
    text: str, divider: str, capsys: pytest.CaptureFixture[str]
) -> None:
    csv_rows(["first", "second"], [{"first": text, "second": text}])

    written = capsys.readouterr().out.removeprefix("\ufeff")
    for row in csv.reader(io.StringIO(written), delimiter=divider):
        for each in row:
            assert not each.lstrip(' \n"').startswith(("=", "+", "-", "@", "＝")), row


@given(st.lists(st.text("=+-@;,\"' \n\t\rax1", max_size=8), min_size=2, max_size=3), st.sampled_from(",;\t|"))
def test_no_text_makes_a_cell_that_is_a_formula(texts: list[str], divider: str) -> None:
    names = [str(number) for number in range(len(texts))]
    with redirect_stdout(io.StringIO()) as written:
        csv_rows(names, [dict(zip(names, texts, strict=True))])

    for row in csv.reader(io.StringIO(written.getvalue().removeprefix("\ufeff"), newline=""), delimiter=divider):
        for each in row:
            assert not each.lstrip(' \n"').startswith(("=", "+", "-", "@")), row


def test_control_characters_are_made_visible_in_a_spreadsheet() -> None:
    assert cell("\x1b[31mred \u202eback") == "�[31mred �back"


def test_numbers_and_missing_values_are_unchanged_in_a_spreadsheet() -> None:
    assert [cell(value) for value in (-2, -0.5, 0, None, True, "")] == ["-2", "-0.5", "0", "", "yes", ""]


def test_the_absence_of_messages_is_reported(sunchi: Sunchi, stored: str) -> None:
    assert sunchi("messages").out.startswith("No message matches. The articles searched:\n  kcna/en: ")
    assert sunchi("messages", "--json") == Done(0, "", "")
    # with the mark by which Excel knows UTF-8, and so Korean
    assert sunchi("messages", "--csv").out == "\ufeff" + ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--partner", "Ruritania"], "--partner Ruritania: partners.csv has no such state"),
        (["--direction", "up"], "--direction up: unknown; known are out, in"),
        (["--kind", "parcel"], "--kind parcel: unknown; known are congratulation, greeting"),
        (["--occasion", "picnic"], "--occasion picnic: occasions.csv has no such id"),
        (["--level", "duke"], "--level duke: unknown; known are leader, party"),
        (["--source", "bbc"], "--source bbc: unknown; known are kcna"),
        (["--csv", "--json"], "one of the two"),
        (["--since", "2021-01-09", "--until", "2021-01-08"], "--since 2021-01-09 is after --until 2021-01-08"),
    ],
    ids=" ".join,
)
def test_an_unknown_filter_value_is_reported(sunchi: Sunchi, words: list[str], fault: str) -> None:
    done = sunchi("messages", *words)
    assert done.code == 2
    assert fault in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.err).split())
