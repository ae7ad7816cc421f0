"""Whole articles in Korean and Chinese, as read by hand.

articles.jsonl has articles of our own, in the style of Pyongyang's press and of those who report on it: sixty in
Korean, forty in Chinese, each with its expected signals. A few labels differ from the result, where a reader may be in
doubt. The single sentences beside it, korean.md and chinese.md, must be read exactly as by hand.
"""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from sunchi import signals
from sunchi.model import ARTICLES
from tests.detecting import house_lexicon
from tests.signals.labels import FOLDER, f1, lines

Items = set[tuple[Any, ...]]


def sign(value: float) -> int:
    return (value > 0) - (value < 0)


def labelled_in(articles: list[dict[str, Any]]) -> dict[str, Items]:
    """Return the labels by field, each item with its article."""
    return {
        "mentions": {(a["id"], state) for a in articles for state in a["mentions"]},
        "about": {(a["id"], state) for a in articles for state in a["about"]},
        "message": {(a["id"], m["kind"], m["direction"], m["partner"]) for a in articles for m in a["messages"]},
        "contact": {(a["id"], c["kind"], c["partner"]) for a in articles for c in a["contacts"]},
        "formula": {(a["id"], f["partner"], place(a, f["text"]), f["text"]) for a in articles for f in a["formulas"]},
        "authority": {(a["id"], a["authority"]) for a in articles},
        "stance": {(a["id"], state, sign(value)) for a in articles for state, value in a["stance"].items()},
    }


def place(article: dict[str, Any], words: str) -> int:
    return "\n".join((article["title"], *article["paragraphs"])).find(words)


def found_in(articles: list[dict[str, Any]]) -> dict[str, Items]:
    frame = [(a["id"], "", a["lang"], "", None, a["title"], a["paragraphs"]) for a in articles]
    found = signals.detect(pl.DataFrame(frame, schema=ARTICLES, orient="row"), house_lexicon())
    of = {kind: list(found.filter(pl.col("kind") == kind).iter_rows(named=True)) for kind in signals.kinds()}
    return {
        "mentions": {(row["article"], row["partner"]) for row in of["attention"]},
        "about": {(row["article"], row["partner"]) for row in of["attention"] if row["code"] == "about"},
        "message": {(r["article"], r["code"], r["detail"]["direction"], r["partner"]) for r in of["message"]},
        "contact": {(row["article"], row["code"], row["partner"]) for row in of["contact"]},
        "formula": {(row["article"], row["partner"], row["start"], row["quote"]) for row in of["formula"]},
        "authority": {(row["article"], row["code"]) for row in of["authority"]},
        "stance": {(row["article"], row["partner"], sign(row["value"])) for row in of["stance"]},
    }


@pytest.mark.parametrize(("lang", "many"), [("ko", 60), ("zh", 40)])
def test_whole_articles_are_read_nearly_as_by_hand(lang: str, many: int) -> None:
    articles = [article for article in lines(FOLDER / "articles.jsonl") if article["lang"] == lang]
    assert len(articles) == many
    labelled, found = labelled_in(articles), found_in(articles)
    for field, least in {"mentions": 0.98, "about": 0.95, "message": 0.97, "contact": 0.97}.items():
        assert f1(found[field], labelled[field]) >= least, field
    for field, least in {"authority": 0.95, "stance": 0.93}.items():  # of those that are labelled
        assert len(found[field] & labelled[field]) / len(labelled[field]) >= least, field
    assert overlap(found["formula"], labelled["formula"]) >= 0.92


def overlap(found: Items, labelled: Items) -> float:
    """Return F1 of set phrases: one is found if one of the same state and article overlaps it."""

    def shared(one: tuple[Any, ...], others: Items) -> bool:
        return any(
            one[:2] == other[:2] and one[2] < other[2] + len(other[3]) and other[2] < one[2] + len(one[3])
            for other in others
        )

    hits, right = sum(shared(one, found) for one in labelled), sum(shared(one, labelled) for one in found)
    recall, precision = hits / len(labelled), right / len(found)
    return 2 * recall * precision / (recall + precision)
