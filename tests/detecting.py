"""Articles and lexicons for the tests of detection: texts of our own, read with the project's files."""

from __future__ import annotations

import gc
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from sunchi import lexicon, signals
from sunchi.lexicon import Lexicon
from sunchi.model import ARTICLES

FOLDER = Path(__file__).resolve().parent.parent / "lexicon"


@cache
def house_lexicon() -> Lexicon:
    """Return the lexicon that the project ships; the garbage collector is spared it."""
    loaded = lexicon.load(FOLDER)
    gc.freeze()
    return loaded


def articles(*texts: tuple[str, ...] | str, lang: str = "en", day: date | None = date(2026, 3, 2)) -> pl.DataFrame:
    """Return a frame of articles `a0`, `a1` …; each text is a headline and paragraphs, or only one paragraph."""
    rows = []
    for n, text in enumerate(texts):
        title, *paragraphs = text if isinstance(text, tuple) else ("", text)
        rows.append(("a" + str(n), "kcna", lang, f"http://paper.example/{n}", day, title, paragraphs))
    return pl.DataFrame(rows, schema=ARTICLES, orient="row")


def detect(
    *texts: tuple[str, ...] | str, lang: str = "en", day: date | None = date(2026, 3, 2)
) -> list[dict[str, Any]]:
    """Return all signals of the texts, as rows whose `detail` has only the kind's own fields."""
    found = signals.detect(articles(*texts, lang=lang, day=day), house_lexicon())
    rows = list(found.iter_rows(named=True))
    for row in rows:
        row["detail"] = {key: value for key, value in row["detail"].items() if value is not None}
    return rows


def of_kind(kind: str, *texts: tuple[str, ...] | str, **how: Any) -> list[dict[str, Any]]:
    return [row for row in detect(*texts, **how) if row["kind"] == kind]


def only(kind: str, *texts: tuple[str, ...] | str, **how: Any) -> dict[str, Any]:
    """Return the only row of a kind, with the fields of its `detail` among the others."""
    (row,) = of_kind(kind, *texts, **how)
    return {**row, **row["detail"]}


def sent(*texts: tuple[str, ...] | str, **how: Any) -> list[tuple[str, str, str, str, str]]:
    """Return the messages of the texts: kind, direction, partner, from, to."""
    rows = of_kind("message", *texts, **how)
    return [(r["code"], r["detail"]["direction"], r["partner"], r["detail"]["from"], r["detail"]["to"]) for r in rows]


def contacts(*texts: tuple[str, ...] | str, **how: Any) -> set[tuple[str, str]]:
    """Return the contacts of the texts: kind and partner."""
    return {(row["code"], row["partner"]) for row in of_kind("contact", *texts, **how)}
