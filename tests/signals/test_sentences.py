"""Korean and Chinese, as read by hand.

traps.jsonl holds sentences of our own, one article a line with its labels: what a keyword would get wrong, in both
spellings of Korean and both scripts of Chinese. turns.jsonl holds turns of speech that real reports taught, again in
sentences of our own, with every kind of signal labelled. articles.jsonl holds whole articles of our own, in the
manner of Pyongyang's press and of those who report on it: sixty in Korean, forty in Chinese, each with what is to be
found in it. A few labels differ from what is found, where a reader may doubt. korean_texts.jsonl labels headlines and
passages that are not ours: it gives the first 16 hex digits of the text's SHA-256, and the states that it names and is
about.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sunchi import signals
from sunchi.model import ARTICLES
from tests.detecting import house_lexicon

FOLDER = Path(__file__).parent / "sentences"


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


TRAPS = lines(FOLDER / "traps.jsonl")
TURNS = lines(FOLDER / "turns.jsonl")
ARTICLES_OF_OURS = lines(FOLDER / "articles.jsonl")


def found_in(texts: list[dict[str, Any]]) -> pl.DataFrame:
    rows = [(t["id"], "", t["lang"], "", None, t["title"], t["paragraphs"]) for t in texts]
    return signals.detect(pl.DataFrame(rows, schema=ARTICLES, orient="row"), house_lexicon())


@cache
def found_in_traps() -> pl.DataFrame:
    return found_in(TRAPS)


@cache
def found_in_turns() -> pl.DataFrame:
    return found_in(TURNS)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["paragraphs"][0][:24])
def test_each_sentence_is_read_as_by_hand(trap: dict[str, Any]) -> None:
    found = found_in_traps().filter(pl.col("article") == trap["id"])
    attention = found.filter(pl.col("kind") == "attention")
    assert set(attention["partner"]) == set(trap["mentions"])
    assert set(attention.filter(pl.col("code") == "about")["partner"]) == set(trap["about"])
    formulas = found.filter(pl.col("kind") == "formula").select("partner", "quote").rows()
    assert formulas == [(formula["partner"], formula["text"]) for formula in trap["formulas"]]


def test_half_of_the_sentences_have_no_formula_and_a_fifth_no_state() -> None:
    assert len(TRAPS) == 60
    assert sum(not trap["formulas"] for trap in TRAPS) >= 30
    assert sum(not trap["mentions"] for trap in TRAPS) >= 12


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: (turn["title"] or turn["paragraphs"][0])[:24])
def test_each_turn_of_speech_gives_the_signals_beside_it_and_no_other(turn: dict[str, Any]) -> None:
    rows = list(found_in_turns().filter(pl.col("article") == turn["id"]).iter_rows(named=True))
    kinds = {kind: [row for row in rows if row["kind"] == kind] for kind in {row["kind"] for row in rows}}
    attention = kinds.get("attention", [])
    assert {row["partner"] for row in attention} == set(turn["mentions"])
    assert {row["partner"] for row in attention if row["code"] == "about"} == set(turn["about"])
    messages = {(row["code"], row["detail"]["direction"], row["partner"]) for row in kinds.get("message", [])}
    assert messages == {(m["kind"], m["direction"], m["partner"]) for m in turn["messages"]}
    contacts = {(row["code"], row["partner"]) for row in kinds.get("contact", [])}
    assert contacts == {(contact["kind"], contact["partner"]) for contact in turn["contacts"]}
    appointments = {(row["detail"]["person"], row["detail"]["post"]) for row in kinds.get("appointment", [])}
    assert appointments == {(a["person"], a["post"]) for a in turn["appointments"]}
    formulas = sorted((row["partner"], row["quote"]) for row in kinds.get("formula", []))
    assert formulas == sorted((formula["partner"], formula["text"]) for formula in turn["formulas"])
    assert [row["code"] for row in kinds.get("authority", [])] in ([turn["authority"]], [])
    stance = {row["partner"]: (row["value"] > 0) - (row["value"] < 0) for row in kinds.get("stance", [])}
    assert stance == {partner: (value > 0) - (value < 0) for partner, value in turn["stance"].items()}


Items = set[tuple[Any, ...]]


def items_labelled(articles: list[dict[str, Any]]) -> dict[str, Items]:
    """By field what the labels say, each item with its article."""
    found: dict[str, Items] = {
        "mentions": set(),
        "about": set(),
        "messages": set(),
        "contacts": set(),
        "formulas": set(),
    }
    found |= {"authority": set(), "stance": set()}
    for one in articles:
        id = one["id"]
        found["mentions"] |= {(id, state) for state in one["mentions"]}
        found["about"] |= {(id, state) for state in one["about"]}
        found["messages"] |= {(id, m["kind"], m["direction"], m["partner"]) for m in one["messages"]}
        found["contacts"] |= {(id, c["kind"], c["partner"]) for c in one["contacts"]}
        text = "\n".join((one["title"], *one["paragraphs"]))
        found["formulas"] |= {(id, f["partner"], text.find(f["text"]), f["text"]) for f in one["formulas"]}
        found["authority"].add((id, one["authority"]))
        found["stance"] |= {(id, state, (value > 0) - (value < 0)) for state, value in one["stance"].items()}
    return found


def items_found(rows: list[dict[str, Any]]) -> dict[str, Items]:
    of = {kind: [row for row in rows if row["kind"] == kind] for kind in signals.kinds()}
    return {
        "mentions": {(row["article"], row["partner"]) for row in of["attention"]},
        "about": {(row["article"], row["partner"]) for row in of["attention"] if row["code"] == "about"},
        "messages": {(r["article"], r["code"], r["detail"]["direction"], r["partner"]) for r in of["message"]},
        "contacts": {(row["article"], row["code"], row["partner"]) for row in of["contact"]},
        "formulas": {(row["article"], row["partner"], row["start"], row["quote"]) for row in of["formula"]},
        "authority": {(row["article"], row["code"]) for row in of["authority"]},
        "stance": {(row["article"], row["partner"], (row["value"] > 0) - (row["value"] < 0)) for row in of["stance"]},
    }


@pytest.mark.parametrize("lang", ["ko", "zh"])
def test_whole_articles_are_read_nearly_as_by_hand(lang: str) -> None:
    articles = [article for article in ARTICLES_OF_OURS if article["lang"] == lang]
    assert len(articles) == {"ko": 60, "zh": 40}[lang]
    labelled, found = items_labelled(articles), items_found(list(found_in(articles).iter_rows(named=True)))
    for field, least in {"mentions": 0.98, "about": 0.95, "messages": 0.97, "contacts": 0.97}.items():
        assert agreement(found[field], labelled[field]) >= least, field
    for field, least in {"authority": 0.95, "stance": 0.93}.items():  # of those that are labelled
        assert len(found[field] & labelled[field]) / len(labelled[field]) >= least, field
    assert overlap(found["formulas"], labelled["formulas"]) >= 0.92


def overlap(found: Items, labelled: Items) -> float:
    """F1 of set phrases: one is found where one of the same state and article shares words with it."""

    def shared(one: tuple[Any, ...], others: Items) -> bool:
        return any(
            one[:2] == other[:2] and one[2] < other[2] + len(other[3]) and other[2] < one[2] + len(one[3])
            for other in others
        )

    hits, right = sum(shared(one, found) for one in labelled), sum(shared(one, labelled) for one in found)
    recall, precision = hits / len(labelled), right / len(found)
    return 2 * recall * precision / (recall + precision)


def texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Headline and passage by passage, whatever may be labelled: title, paragraph; one of the two is empty."""
    with gzip.open(shared / "data" / "hani_ko_headlines.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from ((json.loads(line)["title"], "") for line in file)
    with gzip.open(shared / "data" / "new_year_ko.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from (("", paragraph) for line in file for paragraph in json.loads(line)["paragraphs"])


def test_the_korean_texts_labelled_by_hand_are_read_nearly_as_well(shared: Path) -> None:
    labels = {label["id"]: label for label in lines(FOLDER / "korean_texts.jsonl")}
    rows = {}
    for title, paragraph in texts(shared):
        id = hashlib.sha256((title or paragraph).encode()).hexdigest()[:16]
        if id in labels:
            rows[id] = (id, "", "ko", "", None, title, [paragraph] if paragraph else [])
    assert set(rows) == set(labels)
    assert len(labels) >= 60
    frame = pl.DataFrame(list(rows.values()), schema=ARTICLES, orient="row")
    found = signals.detect(frame, house_lexicon()).filter(pl.col("kind") == "attention")
    named = set(found.select("article", "partner").rows())
    about = set(found.filter(pl.col("code") == "about").select("article", "partner").rows())
    assert agreement(named, {(id, state) for id, label in labels.items() for state in label["mentions"]}) >= 0.94
    assert agreement(about, {(id, state) for id, label in labels.items() for state in label["about"]}) >= 0.82


def agreement(found: set[Any], labelled: set[Any]) -> float:
    """F1: 1 where both say the same, 0 where they share nothing."""
    return 2 * len(found & labelled) / (len(found) + len(labelled))
