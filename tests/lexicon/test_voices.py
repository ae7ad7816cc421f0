"""authority.csv and stance.csv: what an analyst adds, and what is said of a row that is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from sunchi import lexicon, signals
from sunchi.errors import LexiconError
from tests.detecting import FOLDER, articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's files, to be edited."""
    return Path(shutil.copytree(FOLDER, tmp_path / "lexicon"))


def add(folder: Path, file: str, row: str) -> int:
    """Appends a row; returns its line."""
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + row + "\n", encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())


def read(folder: Path, kind: str, *text: str, lang: str = "en") -> list[dict[str, Any]]:
    found = signals.detect(articles(text, lang=lang), lexicon.load(folder))
    return list(found.filter(kind=kind).iter_rows(named=True))


@pytest.mark.parametrize(
    ("file", "row", "says"),
    [
        ("authority.csv", "king,5,en,statement,King", "code “king” is unknown; it is one of leader, government"),
        ("authority.csv", "leader,eleven,en,statement,King", "level “eleven” is not a number from 1 to 10"),
        ("authority.csv", "leader,11,en,statement,King", "level “11” is not a number from 1 to 10"),
        ("authority.csv", "leader,5,fr,statement,King", "lang “fr” is unknown"),
        ("authority.csv", "leader,5,en,statement,", "needs both a document and a speaker; write ANY"),
        ("authority.csv", "leader,5,en,statement", "has 4 columns, not 5"),
        ("stance.csv", "sneer,-1,en,pooh", "manner “sneer” is unknown; it is one of blame"),
        ("stance.csv", "blame,-3,en,pooh", "strength “-3” is not -2, -1, 1 or 2"),
        ("stance.csv", "blame,1,en,pooh", "a wish is above 0, and all else below it"),
        ("stance.csv", "wish,-1,en,pooh", "a wish is above 0, and all else below it"),
        ("stance.csv", "blame,-1,fr,bah", "lang “fr” is unknown"),
        ("stance.csv", "blame,-1,en,", "has no form"),
        ("stance.csv", "blame,-1,en,Condemn~", "“Condemn~” stands on line "),
        ("stance.csv", "blame,-1,en,*", "“*” does not begin with a word"),
        ("stance.csv", "blame,-1,en,~", "“~” does not begin with a word"),
        ("stance.csv", "blame,-1,en,* pooh", "“* pooh” does not begin with a word"),
        ("stance.csv", "blame,-1,ko,규*탄", "“규*탄”: * and ~ are for English alone"),
        ("authority.csv", "leader,5,en,*,King", "“*” holds no word"),
        ("authority.csv", "leader,5,en,statement,~", "“~” holds no word"),
    ],
)
def test_a_wrong_row_is_named_with_file_line_and_how_to_mend_it(folder: Path, file: str, row: str, says: str) -> None:
    line = add(folder, file, row)
    with pytest.raises(LexiconError) as error:
        lexicon.load(folder)
    assert str(error.value).startswith(f"{file}:{line}: ")
    assert says in str(error.value)


@pytest.mark.parametrize("file", ["authority.csv", "stance.csv"])
def test_the_version_changes_with_any_byte(folder: Path, file: str) -> None:
    before = lexicon.load(folder).version
    add(folder, file, "# a remark")
    assert lexicon.load(folder).version != before


def test_a_new_kind_of_document_is_a_row(folder: Path) -> None:
    text = ("Circular on Japan", "The Example Committee issued a circular on Japan.")
    assert [row["code"] for row in read(folder, "authority", *text)] == ["report"]
    add(folder, "authority.csv", "press_statement,4.5,en,circular|round * letter,Example Committee")
    (row,) = read(folder, "authority", *text)
    assert (row["code"], row["value"], row["detail"]["by"]) == ("press_statement", 4.5, "Example Committee")
    (row,) = read(folder, "authority", "Japan", "The Example Committee released a round and very long letter to Japan.")
    assert row["value"] == 4.5


@pytest.mark.parametrize(
    ("form", "sentence", "value"),
    [
        ("perfidious", "The perfidious moves of Japan go on.", -2),
        ("perfid~", "Japan's perfidy goes on.", -2),
        ("perfid", "Japan's perfidy goes on.", 0),
        ("snub~ at", "Japan's snubbing at its neighbours goes on.", -2),
        ("cloak * dagger", "Japan's cloak and its dagger are known.", -2),
    ],
)
def test_a_new_word_of_abuse_is_a_row(folder: Path, form: str, sentence: str, value: float) -> None:
    add(folder, "stance.csv", f"posture,-2,en,{form}")
    (row,) = read(folder, "stance", "Japan", sentence)
    assert row["value"] == value


def test_of_a_document_too_any_ending_of_a_word_is_read(folder: Path) -> None:
    add(folder, "authority.csv", "press_statement,4.5,en,circula~ letter,Example Committee")
    (row,) = read(folder, "authority", "Japan", "The Example Committee released a circulating letter to Japan.")
    assert row["value"] == 4.5


def test_of_two_forms_that_begin_together_the_longer_counts(folder: Path) -> None:
    add(folder, "stance.csv", "posture,-1,en,perfidious")
    add(folder, "stance.csv", "posture,-2,en,perfidious beyond words")
    (row,) = read(folder, "stance", "Japan", "Japan's perfidious beyond words act is known.")
    assert (row["value"], row["detail"]["rests_on"]) == (-2, "“perfidious beyond words”")
