"""The analyst's files: their content, and the messages about a wrong file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from sunchi import lexicon, signals
from sunchi.alerts.rules import load_rules
from sunchi.errors import LexiconError
from sunchi.selfcheck import check_lexicon
from tests.detecting import FOLDER, articles, house_lexicon
from tests.lexicon.editing import add

DOCS = FOLDER.parent / "docs" / "lexicon.md"


def test_the_shipped_files_are_right() -> None:
    found = house_lexicon()
    assert {"CN", "RU", "US", "KR", "JP", "CU", "VN"} <= found.partners
    assert found.label("CN") == "China"
    assert found.label("XX") == "XX"


def test_the_version_changes_with_any_byte_of_any_file(folder: Path) -> None:
    versions = {lexicon.load(folder).version}
    only_tried = {"examples.csv", "parallel.csv"}  # they find nothing
    files = [path.name for path in folder.glob("*.csv") if path.name not in only_tried]
    assert len(files) > 8
    for file in files:
        add(folder, file, "# a remark")
        versions.add(lexicon.load(folder).version)
    assert len(versions) == 1 + len(files)


def test_a_folder_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(LexiconError) as raised:
        lexicon.load(tmp_path / "lexikon")
    assert str(raised.value) == f"SUNCHI_LEXICON: {tmp_path}/lexikon: no such folder"


def test_files_of_which_no_byte_has_changed_are_not_read_again(folder: Path) -> None:
    assert lexicon.load(folder) is lexicon.load(folder)


def test_a_missing_required_standing_is_reported(folder: Path) -> None:
    path = folder / "standings.csv"
    path.write_text(path.read_text("utf-8").replace("US,patron\n", ""), "utf-8")
    with pytest.raises(LexiconError, match=r"standings\.csv:1: no state is the patron"):
        lexicon.load(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "titles.csv").unlink()
    with pytest.raises(LexiconError, match=r"titles\.csv:1: can't be read .*SUNCHI_LEXICON"):
        lexicon.load(folder)


def test_a_file_in_another_encoding_is_named_with_the_line(folder: Path) -> None:
    line = add(folder, "partners.csv", "# a remark")
    with (folder / "partners.csv").open("ab") as file:
        file.write("CN,name,,중국몽,\n".encode("euc-kr"))
    with pytest.raises(LexiconError, match=rf"partners\.csv:{line + 1}: is not UTF-8"):
        lexicon.load(folder)


def test_a_spreadsheets_byte_order_mark_does_no_harm(folder: Path) -> None:
    path = folder / "titles.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert lexicon.load(folder).offices["en"]


@pytest.mark.parametrize(
    ("respelt", "line", "says"),
    [
        (lambda words: words.encode("utf-16"), 1, "is not UTF-8; save the file as “CSV UTF-8”"),
        (lambda words: words.encode("cp949", "replace"), None, "is not UTF-8"),
        (lambda words: words.encode() + b"CN,short,Ca\xed\xa0\x80thay,,\n", None, "is not UTF-8"),
        (lambda words: words.replace(",", ";").encode(), None, "its columns are not separated by commas: save"),
        (
            lambda words: words.replace("partner,role,en,ko,zh,es", "partner,role,en,zh,es").encode(),
            None,
            "the first row must be",
        ),
        (lambda words: words.encode() + b"CN,short,Cathay,,\n" * 10_000, 10_001, "has more than 10,000 lines"),
    ],
    ids=["UTF-16", "CP949", "half a character", "semicolons", "a column that is missing", "a hundred thousand rows"],
)
def test_an_unreadable_file_is_the_only_fault_without_its_consequences(
    folder: Path, respelt: Callable[[str], bytes], line: int | None, says: str
) -> None:
    path = folder / "partners.csv"
    path.write_bytes(respelt(path.read_text(encoding="utf-8")))

    (fault,) = check_lexicon(folder)

    assert re.match(rf"partners\.csv:{line or '[0-9]+'}: ", fault)
    assert says in fault


def test_a_file_saved_by_a_spreadsheet_has_the_same_content(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        saved = []
        for line in path.read_text(encoding="utf-8").splitlines():
            remark = line.startswith("#") and set(line) & set(',"')
            saved.append(('"' + line.replace('"', '""') + '"' if remark else line) + ",,,")
        path.write_bytes(("\ufeff" + "\r\n".join([*saved, ",,,,,,"]) + "\r\n").encode())

    saved_by_it, house = lexicon.load(folder), house_lexicon()
    for part in ("names", "persons", "occasions", "families"):
        assert getattr(saved_by_it, part) == getattr(house, part), part
    assert [term.form for term in saved_by_it.terms] == [term.form for term in house.terms]


def test_a_wrong_first_row_is_shown(folder: Path) -> None:
    path = folder / "terms.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("id,partner,category", "Id,partner,category"), "utf-8")
    with pytest.raises(LexiconError, match=r"must be id,partner,category,.*; it is “Id,partner,category,"):
        lexicon.load(folder)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_may_end_as_any_program_ends_them(folder: Path, end: str) -> None:
    path = folder / "partners.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", end).encode())

    assert lexicon.load(folder).partners == house_lexicon().partners


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u00ad", "\x00", "\x1b", "\ue000", "\x85"])
def test_an_invisible_character_is_reported_since_no_text_would_match_it(folder: Path, sign: str) -> None:
    line = add(folder, "partners.csv", "CN,short,Cathay,,,") + 1
    with (folder / "partners.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"CN,short,Ca{sign}thai,,\n")

    with pytest.raises(LexiconError) as error:
        lexicon.load(folder)

    assert str(error.value).startswith(f"partners.csv:{line}: holds U+{ord(sign):04X} ")
    assert "after “CN,short,Ca”" in str(error.value)


def test_an_empty_file_says_what_its_first_row_must_be(folder: Path) -> None:
    (folder / "terms.csv").write_text("# nothing yet\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"terms\.csv:1: is empty; its first row must be id,partner"):
        lexicon.load(folder)


def test_the_shipped_files_do_what_their_examples_say() -> None:
    assert check_lexicon(FOLDER) == []


def test_a_check_reports_the_faults_of_the_files_before_trying_them(folder: Path) -> None:
    line = add(folder, "partners.csv", "China,name,Cathay,,,")
    (fault,) = check_lexicon(folder)
    assert fault.startswith(f"partners.csv:{line}: partner “China”")


@pytest.mark.parametrize("lang", ["en", "es", "ko", "zh"])
def test_a_name_inside_another_states_name_is_not_found(lang: str) -> None:
    plain = ("name", "adjective", "leader")
    names = [name for name in house_lexicon().names if name.lang == lang and name.role in plain]
    traps = [(a, b) for a in names for b in names if a.form != b.form and a.form in b.form and a.partner != b.partner]
    assert traps or lang == "en"
    for inner, outer in traps:
        words = {
            "en": f"{outer.form} it is.",
            "es": f"{outer.form} es.",
            "ko": f"{outer.form} 인민이다.",
            "zh": f"{outer.form}人民。",
        }[lang]
        found = signals.detect(articles(words, lang=lang), house_lexicon())
        assert inner.partner not in found["partner"].to_list(), (inner.form, outer.form)


def matched(folder: Path, form: str, sentence: str, lang: str = "en") -> list[str]:
    """Return what a form matches in a sentence, once an analyst has added it for China."""
    header = (folder / "terms.csv").read_text(encoding="utf-8").splitlines()
    first = next(line for line in header if line.startswith("id,"))
    (folder / "terms.csv").write_text(f"{first}\nnew_term,CN,friendship,1,{lang},{form},S\n", encoding="utf-8")
    found = signals.detect(articles(sentence, lang=lang), lexicon.load(folder))
    return found.filter(pl.col("kind") == "formula")["quote"].to_list()


@pytest.mark.parametrize(
    ("form", "sentence", "found"),
    [
        ("warm ties", "The DPRK has warm ties with China.", "warm ties"),
        ("warm ties", "The DPRK has Warm Ties with China.", "Warm Ties"),
        ("(warm/cordial) ties", "The DPRK has cordial ties with China.", "cordial ties"),
        ("[very] warm ties", "The DPRK has very warm ties with China.", "very warm ties"),
        ("warm ties [of trust]", "The DPRK has warm ties of trust with China.", "warm ties of trust"),
        ("warm * ties", "The DPRK has warm and very old ties with China.", "warm and very old ties"),
        ("warm {pair} ties", "Both praised the warm DPRK-China ties.", "warm DPRK-China ties"),
        ("warm {pair} ties", "Both praised the warm China - DPRK ties.", "warm China - DPRK ties"),
        ("dear {partner} people", "The DPRK greets the dear Chinese people.", "dear Chinese people"),
    ],
)
def test_a_form_matches_as_the_files_header_says(folder: Path, form: str, sentence: str, found: str) -> None:
    assert matched(folder, form, sentence) == [found]


@pytest.mark.parametrize(
    ("form", "sentence", "found"),
    [
        ("vínculos cordiales", "La RPDC y China tienen vínculos cordiales.", "vínculos cordiales"),
        ("vínculos cordiales", "La RPDC y China tienen vinculos cordiales.", "vinculos cordiales"),
        ("vinculos cordiales", "La RPDC y China tienen Vínculos Cordiales.", "Vínculos Cordiales"),
        ("vínculos * cordiales", "China tiene vínculos viejos y cordiales con la RPDC.", "vínculos viejos y cordiales"),
        ("vínculos {pair}", "Se habló de los vínculos RPDC-China.", "vínculos RPDC-China"),
        ("pueblo de {state}", "La RPDC saluda al pueblo de China.", "pueblo de China"),
    ],
)
def test_a_spanish_form_matches_with_and_without_accents(folder: Path, form: str, sentence: str, found: str) -> None:
    assert matched(folder, form, sentence, "es") == [found]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("warm ties", "The DPRK has lukewarm tiesa with China."),
        ("warm * ties", "The DPRK has warm, and it is said old, ties with China."),
        ("warm * ties", "The DPRK has warm and not very recent ties with China."),
        ("(warm/cordial) ties", "The DPRK has cold ties with China."),
    ],
)
def test_a_form_matches_nothing_else(folder: Path, form: str, sentence: str) -> None:
    assert matched(folder, form, sentence) == []


def test_the_guides_examples_do_what_it_says(folder: Path) -> None:
    guide = DOCS.read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- add to (\S+) -->\n```\w*\n(.*?)```", guide, re.DOTALL)
    assert {file for file, _ in blocks} >= {
        "partners.csv", "organizations.csv", "titles.csv", "terms.csv", "authority.csv", "stance.csv", "rules.toml",
    }  # fmt: skip
    for file, rows in blocks:
        add(folder, file, rows.strip("\n"))
    assert check_lexicon(folder) == []
    edited = lexicon.load(folder)
    assert load_rules(folder / "rules.toml", edited)
    checks = re.findall(r"^> (.+?)\n<!-- finds (\w+) of (\w\w) -->", guide, re.MULTILINE)
    assert checks
    for sentence, code, partner in checks:
        found = signals.detect(articles(sentence), edited)
        assert (code, partner) in set(found.select("code", "partner").iter_rows()), sentence
