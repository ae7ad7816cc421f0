"""The analyst's files: their content, and the messages about a wrong file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sunchi import lexicon, selfcheck, signals
from sunchi.alerts.rules import load_rules
from sunchi.errors import LexiconError
from sunchi.lexicon.patterns import compile_form
from tests.detecting import FOLDER, articles, house_lexicon
from tests.lexicon.editing import add

DOCS = FOLDER.parent / "docs" / "lexicon.md"


def test_the_shipped_files_are_right() -> None:
    found = house_lexicon()
    assert {"CN", "RU", "US", "KR", "JP", "CU", "VN"} <= found.partners
    assert found.label("CN") == "China"
    assert found.label("XX") == "XX"


def test_the_version_changes_with_any_byte_of_any_file(small_folder: Path) -> None:
    versions = {lexicon.load(small_folder).version}
    only_tried = {"examples.csv", "parallel.csv"}  # they find nothing
    files = [path.name for path in small_folder.glob("*.csv") if path.name not in only_tried]
    assert len(files) > 8
    for file in files:
        add(small_folder, file, "# a remark")
        versions.add(lexicon.load(small_folder).version)
    assert len(versions) == 1 + len(files)


def test_a_folder_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(LexiconError) as raised:
        lexicon.load(tmp_path / "lexikon")
    assert str(raised.value) == f"SUNCHI_LEXICON: {tmp_path}/lexikon: no such folder"


def test_files_of_which_no_byte_has_changed_are_not_read_again(small_folder: Path) -> None:
    assert lexicon.load(small_folder) is lexicon.load(small_folder)


def test_a_missing_required_standing_is_reported(small_folder: Path) -> None:
    path = small_folder / "standings.csv"
    path.write_text(path.read_text("utf-8").replace("US,patron\n", ""), "utf-8")
    with pytest.raises(LexiconError, match=r"standings\.csv:1: no state is the patron"):
        lexicon.load(small_folder)


def test_a_missing_file_is_named(small_folder: Path) -> None:
    (small_folder / "titles.csv").unlink()
    with pytest.raises(LexiconError, match=r"titles\.csv:1: can't be read .*SUNCHI_LEXICON"):
        lexicon.load(small_folder)


def test_a_file_in_another_encoding_is_named_with_the_line(small_folder: Path) -> None:
    line = add(small_folder, "partners.csv", "# a remark")
    with (small_folder / "partners.csv").open("ab") as file:
        file.write("CN,name,,중국몽,\n".encode("euc-kr"))
    with pytest.raises(LexiconError, match=rf"partners\.csv:{line + 1}: is not UTF-8"):
        lexicon.load(small_folder)


def test_a_spreadsheets_byte_order_mark_does_no_harm(small_folder: Path) -> None:
    path = small_folder / "titles.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert lexicon.load(small_folder).offices["en"]


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
    small_folder: Path, respelt: Callable[[str], bytes], line: int | None, says: str
) -> None:
    path = small_folder / "partners.csv"
    path.write_bytes(respelt(path.read_text(encoding="utf-8")))

    (fault,) = selfcheck.check_lexicon(small_folder)

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
def test_lines_may_end_as_any_program_ends_them(small_folder: Path, end: str) -> None:
    path = small_folder / "partners.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", end).encode())

    assert lexicon.load(small_folder).partners == house_lexicon().partners


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u00ad", "\x00", "\x1b", "\ue000", "\x85"])
def test_an_invisible_character_is_reported_since_no_text_would_match_it(small_folder: Path, sign: str) -> None:
    line = add(small_folder, "partners.csv", "CN,short,Cathay,,,") + 1
    with (small_folder / "partners.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"CN,short,Ca{sign}thai,,\n")

    with pytest.raises(LexiconError) as error:
        lexicon.load(small_folder)

    assert str(error.value).startswith(f"partners.csv:{line}: holds U+{ord(sign):04X} ")
    assert "after “CN,short,Ca”" in str(error.value)


def test_an_empty_file_says_what_its_first_row_must_be(folder: Path) -> None:
    (folder / "terms.csv").write_text("# nothing yet\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"terms\.csv:1: is empty; its first row must be id,partner"):
        lexicon.load(folder)


def test_the_shipped_files_do_what_their_examples_say() -> None:
    assert selfcheck.check_lexicon(FOLDER) == []


def test_a_check_reports_the_faults_of_the_files_before_trying_them(folder: Path) -> None:
    line = add(folder, "partners.csv", "China,name,Cathay,,,")
    (fault,) = selfcheck.check_lexicon(folder)
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


def matched(folder: Path, lang: str, *tried: tuple[str, str]) -> list[list[str]]:
    """Return what each form matches in its sentence, once an analyst has added them all for China."""
    header = (folder / "terms.csv").read_text(encoding="utf-8").splitlines()
    first = next(line for line in header if line.startswith("id,"))
    ids = {form: f"form_{number}" for number, form in enumerate(dict.fromkeys(form for form, _ in tried))}
    rows = [f"{id},CN,friendship,1,{lang},{form},S" for form, id in ids.items()]
    (folder / "terms.csv").write_text("\n".join([first, *rows, ""]), encoding="utf-8")
    found = signals.detect(articles(*(sentence for _, sentence in tried), lang=lang), lexicon.load(folder))
    return [
        found.filter(kind="formula", article=f"a{number}", code=ids[form])["quote"].to_list()
        for number, (form, _) in enumerate(tried)
    ]


def test_a_form_matches_as_the_files_header_says(folder: Path) -> None:
    cases = {
        ("warm ties", "The DPRK has warm ties with China."): "warm ties",
        ("warm ties", "The DPRK has Warm Ties with China."): "Warm Ties",
        ("(warm/cordial) ties", "The DPRK has cordial ties with China."): "cordial ties",
        ("[very] warm ties", "The DPRK has very warm ties with China."): "very warm ties",
        ("warm ties [of trust]", "The DPRK has warm ties of trust with China."): "warm ties of trust",
        ("warm * ties", "The DPRK has warm and very old ties with China."): "warm and very old ties",
        ("firm {pair} ties", "Both praised the firm DPRK-China ties."): "firm DPRK-China ties",
        ("firm {pair} ties", "Both praised the firm China - DPRK ties."): "firm China - DPRK ties",
        ("dear {partner} people", "The DPRK greets the dear Chinese people."): "dear Chinese people",
    }
    assert dict(zip(cases, matched(folder, "en", *cases), strict=True)) == {
        case: [found] for case, found in cases.items()
    }


def test_a_spanish_form_matches_with_and_without_accents(folder: Path) -> None:
    cases = {
        ("vínculos cordiales", "La RPDC y China tienen vínculos cordiales."): "vínculos cordiales",
        ("vínculos cordiales", "La RPDC y China tienen vinculos cordiales."): "vinculos cordiales",
        ("relaciones politicas", "La RPDC y China tienen Relaciones Políticas."): "Relaciones Políticas",
        ("vínculos * cordiales", "China tiene vínculos viejos y cordiales con la RPDC."): "vínculos viejos y cordiales",
        ("vínculos {pair}", "Se habló de los vínculos RPDC-China."): "vínculos RPDC-China",
        ("pueblo de {state}", "La RPDC saluda al pueblo de China."): "pueblo de China",
    }
    assert dict(zip(cases, matched(folder, "es", *cases), strict=True)) == {
        case: [found] for case, found in cases.items()
    }


def test_a_form_matches_nothing_else(folder: Path) -> None:
    cases = [
        ("warm ties", "The DPRK has lukewarm tiesa with China."),
        ("warm * ties", "The DPRK has warm, and it is said old, ties with China."),
        ("warm * ties", "The DPRK has warm and not very recent ties with China."),
        ("(warm/cordial) ties", "The DPRK has cold ties with China."),
        ("people of the {state}", "China greets the people of the DPRK."),
    ]
    assert dict(zip(cases, matched(folder, "en", *cases), strict=True)) == {case: [] for case in cases}


@pytest.mark.parametrize(
    ("lang", "words", "row"),
    [
        ("en", ("gift", "letter", "medal"), "gift, letter and medal"),
        ("es", ("regalo", "carta", "medalla"), "regalo, carta y medalla"),
        ("ko", ("선물", "편지", "훈장"), "선물과편지,훈장"),
        ("zh", ("礼物", "信件", "勋章"), "礼物和信件,勋章"),
    ],
)
def test_words_of_a_class_match_one_by_one_or_in_a_row(lang: str, words: tuple[str, ...], row: str) -> None:
    def whole(form: str, text: str) -> bool:
        return bool(re.fullmatch(compile_form(form, lang, (), {"thing": words}).pattern, text))

    assert [whole("{thing}", text) for text in (*words, row)] == [True, True, True, False]
    assert [whole("{thing}+", text) for text in (*words, row)] == [True] * 4


def test_of_two_words_of_a_class_the_longer_one_is_matched() -> None:
    form = compile_form("{thing}", "zh", (), {"thing": ("礼", "礼物")})
    found = re.search(form.pattern, "收到礼物")
    assert found
    assert found[0] == "礼物"


def test_the_guides_examples_do_what_it_says(folder: Path) -> None:
    guide = DOCS.read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- add to (\S+) -->\n```\w*\n(.*?)```", guide, re.DOTALL)
    assert {file for file, _ in blocks} >= {
        "partners.csv", "organizations.csv", "titles.csv", "terms.csv", "authority.csv", "stance.csv", "rules.toml",
    }  # fmt: skip
    for file, rows in blocks:
        add(folder, file, rows.strip("\n"))
    assert selfcheck.check_lexicon(folder) == []
    edited = lexicon.load(folder)
    assert load_rules(folder / "rules.toml", edited)
    checks = re.findall(r"^> (.+?)\n<!-- finds (\w+) of (\w\w) -->", guide, re.MULTILINE)
    assert checks
    for sentence, code, partner in checks:
        found = signals.detect(articles(sentence), edited)
        assert (code, partner) in set(found.select("code", "partner").iter_rows()), sentence
