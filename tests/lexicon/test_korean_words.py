"""Korean words match at their beginning: no form of the lexicon is found inside another word."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from sunchi.model import ARTICLES
from sunchi.signals.document import Document, read
from tests.detecting import house_lexicon

WORDS = Path(__file__).parent / "korean_words.csv"


def rows() -> list[tuple[str, str, str]]:
    with WORDS.open(encoding="utf-8") as file:
        lines = csv.DictReader(line for line in file if not line.startswith("#"))
        return [(row["word"], row["holds"], row["sentence"]) for row in lines]


def document_of(sentence: str) -> Document:
    """Return a document that also names a state, since others are not read."""
    article = ("one", "", "ko", "", None, "", [sentence, "몽골은 북쪽에 있다."])
    (document,) = read(pl.DataFrame([article], schema=ARTICLES, orient="row"), house_lexicon())
    return document


@pytest.mark.parametrize(("word", "holds", "sentence"), rows())
def test_nothing_is_found_inside_another_word(word: str, holds: str, sentence: str) -> None:
    document = document_of(sentence)
    start = document.text.index(word)
    end = start + len(word)
    found = [(n.start, n.end) for n in document.mentions if document.text[n.start : n.end] != word]
    found += [place for place, _ in document.tones]
    assert holds in word
    assert [document.text[a:b] for a, b in found if a < end and b > start] == []


def test_the_forms_themselves_are_found() -> None:
    for sentence, names in (("일본은 바다를 건넜다.", 2), ("타이는 남쪽에 있다.", 2), ("꽁고와 오만국에서 왔다.", 3)):
        assert len(document_of(sentence).mentions) == names
    for sentence in ("미국을 축하한다.", "호전세력이 날뛴다.", "역적들이 모였다.", "미국이 제재를 가한다."):
        assert document_of(sentence).tones
