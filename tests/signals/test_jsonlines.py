"""A signal's JSON line equals its row, whatever the quoted text."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

from sunchi import signals
from sunchi.model import SIGNALS
from sunchi.signals.jsonlines import signal_lines
from tests.detecting import articles, house_lexicon

FOUND = signals.detect(
    articles(
        "The DPRK treasures the DPRK-Cuba friendship.\nIt opposes the U.S.",
        "La RPDC y Cuba desarrollan las relaciones de amistad.",
    ),
    house_lexicon(),
)


def _lines(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return [json.loads(line) for line in signal_lines(frame).splitlines()]


def test_each_row_is_a_line_with_every_column_and_what_its_kind_fills_of_the_detail() -> None:
    rows = FOUND.rows(named=True)
    for row in rows:
        row["detail"] = {name: value for name, value in row["detail"].items() if value is not None}
        row["date"] = row["date"].isoformat() if row["date"] else None
        if row["language"] is None:
            del row["language"]
    assert _lines(FOUND) == rows
    assert {row["kind"] for row in rows} >= {"formula", "attention", "stance", "authority"}
    assert {row.get("language") for row in rows} == {None, "es"}


@pytest.mark.parametrize(
    "quote",
    [
        'says "from":null, and so',
        '"by":null}',
        "a back\\slash, a\ttab",
        "전통적인 우의 “传统友谊”",
        "🏳 a line\u2028or two",
    ],
)
def test_a_quoted_text_comes_back_as_it_is(quote: str) -> None:
    row = FOUND.head(1).with_columns(quote=pl.lit(quote), detail=pl.col("detail").struct.with_fields(by=pl.lit(quote)))
    (told,) = _lines(row.match_to_schema(SIGNALS))
    assert (told["quote"], told["detail"]["by"]) == (quote, quote)


def test_a_kind_that_fills_nothing_of_the_detail_has_an_empty_one() -> None:
    nothing = {field.name: None for field in SIGNALS["detail"].fields}  # type: ignore[attr-defined]
    row = FOUND.head(1).with_columns(detail=pl.lit(nothing, SIGNALS["detail"]), date=pl.lit(None, pl.Date))
    (told,) = _lines(row)
    assert told["detail"] == {}
    assert told["date"] is None


def test_control_characters_are_escaped() -> None:
    row = FOUND.head(1).with_columns(quote=pl.lit("\x9b31m red, \u202eturned"))
    assert r"\u009b31m red, \u202eturned" in signal_lines(row)


def test_no_signals_are_no_lines() -> None:
    assert signal_lines(SIGNALS.to_frame()) == ""
