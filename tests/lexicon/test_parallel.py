"""The same statement in four languages: parallel.csv, row by row."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from sunchi import signals
from sunchi.model import ARTICLES
from tests.detecting import FOLDER, house_lexicon

LANGUAGES = ("en", "ko", "zh", "es")


def meanings() -> list[dict[str, str]]:
    with (FOLDER / "parallel.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.mark.parametrize("meaning", meanings(), ids=lambda meaning: str(meaning["id"]))
def test_a_meaning_has_one_sign_in_all_languages(meaning: dict[str, str]) -> None:
    articles = [(lang, "", lang, "", None, "", [meaning[lang]]) for lang in LANGUAGES]
    found = signals.detect(pl.DataFrame(articles, schema=ARTICLES, orient="row"), house_lexicon())
    stance = found.filter(pl.col("kind") == "stance").select("article", "partner", pl.col("value").sign())
    signs = {(lang, partner): "-0+"[int(sign) + 1] for lang, partner, sign in stance.iter_rows()}
    expected = {(word[:2], word[2]) for word in meaning["stance"].split()}
    for lang in LANGUAGES:
        assert {(partner, signs.get((lang, partner), "0")) for partner, _ in expected} == expected, meaning[lang]


def test_there_are_two_hundred_meanings_of_all_kinds() -> None:
    kinds = {meaning["id"].rpartition("_")[0] for meaning in meanings()}
    assert len(meanings()) >= 200
    assert kinds >= {
        "plain",
        "negated",
        "strengthened",
        "condemned",
        "victim",
        "quoted",
        "demanded",
        "recalled",
        "owner",
    }
