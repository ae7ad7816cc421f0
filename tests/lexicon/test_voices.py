"""authority.csv and stance.csv: rows that an analyst adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sunchi import lexicon, signals
from tests.detecting import articles
from tests.lexicon.editing import add


def read(folder: Path, kind: str, *text: str, lang: str = "en") -> list[dict[str, Any]]:
    found = signals.detect(articles(text, lang=lang), lexicon.load(folder))
    return list(found.filter(kind=kind).iter_rows(named=True))


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


def test_a_document_may_also_have_words_with_any_ending(folder: Path) -> None:
    add(folder, "authority.csv", "press_statement,4.5,en,circula~ letter,Example Committee")
    (row,) = read(folder, "authority", "Japan", "The Example Committee released a circulating letter to Japan.")
    assert row["value"] == 4.5


def test_of_two_forms_that_begin_together_the_longer_counts(folder: Path) -> None:
    add(folder, "stance.csv", "posture,-1,en,perfidious")
    add(folder, "stance.csv", "posture,-2,en,perfidious beyond words")
    (row,) = read(folder, "stance", "Japan", "Japan's perfidious beyond words act is known.")
    assert (row["value"], row["detail"]["rests_on"]) == (-2, "“perfidious beyond words”")
