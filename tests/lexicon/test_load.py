"""The analyst's files: what they say, and what is said of a file that is wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from sunchi import lexicon, signals
from sunchi.alerts.rules import load_rules
from sunchi.errors import LexiconError
from sunchi.selfcheck import check_lexicon
from tests.detecting import FOLDER, articles, house_lexicon

DOCS = FOLDER.parent / "docs" / "lexicon.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's files, to be edited."""
    copy = tmp_path / "lexicon"
    shutil.copytree(FOLDER, copy)
    return copy


def add(folder: Path, file: str, row: str) -> int:
    """Appends a row; returns its line."""
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + row + "\n", encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_shipped_files_are_right() -> None:
    found = house_lexicon()
    assert {"CN", "RU", "US", "KR", "JP", "CU", "VN"} <= found.partners
    assert found.label("CN") == "China"
    assert found.label("XX") == "XX"


def test_the_version_changes_with_any_byte_of_any_file(folder: Path) -> None:
    versions = {lexicon.load(folder).version}
    files = [path.name for path in folder.glob("*.csv") if path.name != "examples.csv"]  # these find nothing
    assert len(files) > 8
    for file in files:
        add(folder, file, "# a remark")
        versions.add(lexicon.load(folder).version)
    assert len(versions) == 1 + len(files)


@pytest.mark.parametrize(
    ("file", "row", "says"),
    [
        ("partners.csv", "China,name,Cathay,,", "“China” is not an ISO 3166 alpha-2 code"),
        ("partners.csv", "CN,nickname,Cathay,,", "role “nickname” is unknown; it is one of name"),
        ("partners.csv", "CN,name,,,", "has no form in any language"),
        ("partners.csv", "CN,name,Cathay", "has 3 columns, not 5"),
        ("partners.csv", "JP,name,China,,", "“China” is CN's already"),
        ("partners.csv", 'CN,name,"Cathay,,', "close every double quote"),
        (
            "organizations.csv",
            "XX,,Party of Examples,,",
            "partner “XX” is not in partners.csv; add it there, or write ANY",
        ),
        ("organizations.csv", "RU,,,,", "has no form in any language"),
        ("organizations.csv", "RU,since 2001,Party of Examples,,", "rules “since 2001” is no span of years"),
        ("organizations.csv", "ANY,,,외무성,", "stands on line"),
        ("standings.csv", "XX,past", "partner “XX” is not in partners.csv"),
        ("standings.csv", "CN,neighbour", "standing “neighbour” is unknown; it is one of other_half"),
        ("standings.csv", "SU,past", "SU has the standing past already"),
        ("standings.csv", "CN,patron", "US is the patron already, and only one state can be"),
        ("titles.csv", "nobility,en,duke", "kind “nobility” is unknown"),
        ("titles.csv", "office,fr,duc", "lang “fr” is unknown"),
        ("titles.csv", "mask,en,", "has no form"),
        ("vocabulary.csv", "Warm,en,cosy", "class “Warm” must be small letters"),
        ("vocabulary.csv", "pair,en,cosy", "neither pair nor partner"),
        ("vocabulary.csv", "cosy,fr,chaud", "lang “fr” is unknown"),
        ("vocabulary.csv", "cosy,en,", "has no form"),
        ("vocabulary.csv", "cosy,en,snug|{later}", "class “later” is not on a line above"),
        ("spelling.csv", "양당,", "wants a Southern and a Northern spelling"),
        ("spelling.csv", "노동,로력", "“노동” stands above already, for “로동”"),
        ("terms.csv", "Warm,ANY,friendship,1,en,warm ties,S", "id “Warm” must be small letters"),
        ("terms.csv", "warm,XX,friendship,1,en,warm ties,S", "partner “XX” is not in partners.csv"),
        ("terms.csv", "warm,ANY,warmth,1,en,warm ties,S", "category “warmth” is unknown"),
        ("terms.csv", "warm,ANY,friendship,3,en,warm ties,S", "strength “3” is not a whole number from -2 to 2"),
        ("terms.csv", "warm,ANY,friendship,1,fr,liens,S", "lang “fr” is unknown"),
        ("terms.csv", "warm,ANY,friendship,1,en,(warm/cordial ties,S", "“(” is never closed; add “)”"),
        ("terms.csv", "warm,ANY,friendship,1,en,warm ties),S", "each ( and [ is closed once"),
        ("terms.csv", "warm,ANY,friendship,1,en,(warm] ties,S", "“]” closes what “(” opened"),
        ("terms.csv", "warm,ANY,friendship,1,en,[warm] [ties],S", "at least one word in it must be one that can't be"),
        ("terms.csv", f"warm,ANY,friendship,1,en,{'warm ' * 120}ties,S", "it has more than 500 characters"),
        ("terms.csv", f"warm,ANY,friendship,1,en,{'(warm ' * 9}ties{')' * 9},S", "brackets stand more than 8 deep"),
        ("terms.csv", "warm,ANY,friendship,1,en,{pair},S", "at least one word of its own must stand in it"),
        ("terms.csv", "warm,ANY,friendship,1,en,{city} ties,S", "“{city}” is unknown; there are {pair} and {partner}"),
        ("terms.csv", "warm,ANY,friendship,1,ko,따뜻한 * 관계,S", "“*” is for English"),
        ("terms.csv", "tr_root,ANY,traditional,1,ko,오랜 역사적 뿌리를 가진,S", "stands on line"),
        ("terms.csv", "warm,CN,kinship,2,en,[as close as] lips and teeth,S", "stands on line"),
    ],
)
def test_a_wrong_row_is_named_with_file_line_and_how_to_mend_it(folder: Path, file: str, row: str, says: str) -> None:
    line = add(folder, file, row)
    with pytest.raises(LexiconError) as error:
        lexicon.load(folder)
    assert str(error.value).startswith(f"{file}:{line}: ")
    assert says in str(error.value)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    add(folder, "partners.csv", "China,name,Cathay,,")
    add(folder, "terms.csv", "warm,ANY,warmth,1,en,warm ties,S")
    with pytest.raises(LexiconError) as error:
        lexicon.load(folder)
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == ["partners.csv", "terms.csv"]


def test_a_standing_that_one_state_must_have_is_missed(folder: Path) -> None:
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
        (lambda words: words.replace(",", ";").encode(), None, "it is not divided by commas: save the file as"),
        (
            lambda words: words.replace("partner,role,en,ko,zh", "partner,role,en,zh").encode(),
            None,
            "the first row must be",
        ),
        (lambda words: words.encode() + b"CN,short,Cathay,,\n" * 10_000, 10_001, "has more than 10,000 lines"),
    ],
    ids=["UTF-16", "CP949", "half a character", "semicolons", "a column that is missing", "a hundred thousand rows"],
)
def test_a_file_that_cannot_be_read_is_the_one_fault_and_what_follows_from_it_none(
    folder: Path, respelt: Callable[[str], bytes], line: int | None, says: str
) -> None:
    path = folder / "partners.csv"
    path.write_bytes(respelt(path.read_text(encoding="utf-8")))

    (fault,) = check_lexicon(folder)

    assert re.match(rf"partners\.csv:{line or '[0-9]+'}: ", fault)
    assert says in fault


def test_a_file_that_a_spreadsheet_has_saved_says_the_same(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        saved = []
        for line in path.read_text(encoding="utf-8").splitlines():
            remark = line.startswith("#") and set(line) & set(',"')
            saved.append(('"' + line.replace('"', '""') + '"' if remark else line) + ",,,")
        path.write_bytes(("\ufeff" + "\r\n".join([*saved, ",,,,,,"]) + "\r\n").encode())

    assert check_lexicon(folder) == []
    assert lexicon.load(folder).names == house_lexicon().names


def test_a_first_row_that_is_another_is_shown(folder: Path) -> None:
    path = folder / "terms.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("id,partner,category", "Id,partner,category"), "utf-8")
    with pytest.raises(LexiconError, match=r"must be id,partner,category,.*; there stands “Id,partner,category,"):
        lexicon.load(folder)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_may_end_as_any_program_ends_them(folder: Path, end: str) -> None:
    path = folder / "partners.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", end).encode())

    assert lexicon.load(folder).partners == house_lexicon().partners


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u00ad", "\x00", "\x1b", "\ue000", "\x85"])
def test_a_sign_that_nobody_sees_is_named_since_no_text_would_match_it(folder: Path, sign: str) -> None:
    line = add(folder, "partners.csv", "CN,short,Cathay,,") + 1
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


def test_a_check_tells_the_faults_of_the_files_before_it_tries_them(folder: Path) -> None:
    line = add(folder, "partners.csv", "China,name,Cathay,,")
    (fault,) = check_lexicon(folder)
    assert fault.startswith(f"partners.csv:{line}: partner “China”")


@pytest.mark.parametrize(
    ("file", "row", "says"),
    [
        ("examples.csv", "kin_twins,en,yes,The DPRK and China are twins.", "no form in “en” has the id “kin_twins”"),
        ("examples.csv", "kin_lips,en,maybe,The DPRK and China.", "expected “maybe” is neither yes nor no"),
        ("examples.csv", "kin_lips,en,yes,The DPRK and China are twins.", "kin_lips is not found in the sentence"),
        ("examples.csv", "kin_lips,en,yes,The DPRK-China friendship.", "what is found there is fr_friendship"),
        (
            "examples.csv",
            "kin_lips,en,no,The DPRK and China are lips and teeth.",
            "is found in the sentence, and should",
        ),
        (
            "terms.csv",
            "kin_twins,CN,kinship,2,en,twin brothers in arms,S",
            "kin_twins has no example in “en” with expected yes",
        ),
        (
            "terms.csv",
            "kin_old,ANY,kinship,1,en,traditional {pair} friendship,S",
            "is never found: what it matches is taken for",
        ),
        ("terms.csv", "kin_old,ANY,kinship,1,ko,전통적인 {pair}친선,S", "is never found: what it matches is taken for"),
        ("partners.csv", "CN,short,South China Sea,,", "“South China Sea” is a mask in titles.csv, too"),
        ("partners.csv", "CN,short,,,华", "“华” is one letter, which stands inside other words"),
        ("partners.csv", "JP,name,,,友谊", "which does not speak of JP; write more of the name"),
        (
            "terms.csv",
            "kin_x,CN,kinship,2,en,brother * * * * * * * * * * * * twin,S",
            "can be read in so many ways that one sentence may take for ever",
        ),
    ],
)
def test_a_check_names_what_only_shows_in_use(folder: Path, file: str, row: str, says: str) -> None:
    line = add(folder, file, row)
    faults = check_lexicon(folder)
    assert any(fault.startswith(f"{file}:{line}: ") and says in fault for fault in faults), faults


def test_an_example_is_read_as_the_detector_reads_it(folder: Path) -> None:
    line = add(folder, "examples.csv", "kin_lips,en,yes,China and Vietnam are lips and teeth.")
    assert [fault.split(": ")[0] for fault in check_lexicon(folder)] == [f"examples.csv:{line}"]


@pytest.mark.parametrize("lang", ["en", "ko", "zh"])
def test_of_a_name_inside_another_state_s_name_nothing_is_found(lang: str) -> None:
    plain = ("name", "adjective", "leader")
    names = [name for name in house_lexicon().names if name.lang == lang and name.role in plain]
    traps = [(a, b) for a in names for b in names if a.form != b.form and a.form in b.form and a.partner != b.partner]
    assert traps or lang == "en"
    for inner, outer in traps:
        words = {"en": f"{outer.form} it is.", "ko": f"{outer.form} 인민이다.", "zh": f"{outer.form}人民。"}[lang]
        found = signals.detect(articles(words, lang=lang), house_lexicon())
        assert inner.partner not in found["partner"].to_list(), (inner.form, outer.form)


def matched(folder: Path, form: str, sentence: str) -> list[str]:
    """What of a sentence a form matches, once an analyst has added it for China."""
    header = (folder / "terms.csv").read_text(encoding="utf-8").splitlines()
    first = next(line for line in header if line.startswith("id,"))
    (folder / "terms.csv").write_text(f"{first}\nnew_term,CN,friendship,1,en,{form},S\n", encoding="utf-8")
    found = signals.detect(articles(sentence), lexicon.load(folder))
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
