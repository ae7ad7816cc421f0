"""Placement: the page of an article, its place on a list, and whether it is more than a line."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from sunchi import signals
from sunchi.model import PLACE
from tests.detecting import articles, house_lexicon

TALKS = ("Talks with Mongolia", "A delegation of Mongolia arrived.")
ENTRY = ("Envoy of Mongolia Leaves",)


def placed(text: tuple[str, ...], **place: int) -> list[dict[str, Any]]:
    frame = articles(text).with_columns(pl.lit(place.get(name), kind).alias(name) for name, kind in PLACE.items())
    return list(signals.detect(frame, house_lexicon()).filter(kind="placement").iter_rows(named=True))


@pytest.mark.parametrize(
    ("text", "place", "code", "value"),
    [
        (TALKS, {"page": 1, "pages": 6}, "front_page", 1),
        (TALKS, {"page": 2, "pages": 6}, "page", 2),
        (TALKS, {"page": 4, "pages": 6, "position": 2}, "page", 4),
        (TALKS, {"position": 7, "entries": 30}, "listed", 7),
        (ENTRY, {"position": 7, "entries": 30}, "list_only", 7),
        (ENTRY, {"position": 7, "photos": 5}, "media_only", 7),
        (ENTRY, {"photos": 5}, "media_only", 0),
        (ENTRY, {"page": 3}, "page", 3),
    ],
)
def test_an_article_is_placed_by_page_or_list(
    text: tuple[str, ...], place: dict[str, int], code: str, value: float
) -> None:
    (row,) = placed(text, **place)
    assert (row["code"], row["value"], row["partner"]) == (code, value, "")
    assert row["quote"] == text[0]
    fields = ("pages", "position", "entries", "photos")
    assert {name: row["detail"][name] for name in fields} == {name: place.get(name) for name in fields}


def test_without_either_there_is_no_row() -> None:
    assert placed(TALKS) == []
    assert placed(TALKS, pages=6, entries=30, photos=2) == []


def test_a_frame_without_these_columns_is_read_as_unknown() -> None:
    bare = articles(TALKS)
    known = bare.with_columns(pl.lit(None, kind).alias(name) for name, kind in PLACE.items())
    assert signals.detect(bare, house_lexicon()).equals(signals.detect(known, house_lexicon()))


def test_an_article_without_headline_gives_its_first_sentence_as_evidence() -> None:
    (row,) = placed(("", "China agreed. Russia was silent."), page=2)
    assert row["quote"] == "China agreed."


def test_an_article_that_names_nobody_has_no_placement() -> None:
    assert placed(("Rice", "Rice was harvested."), page=1) == []
