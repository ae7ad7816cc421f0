"""What keeps one text from holding up the others, or from ending a run: bounds of length and time, and named faults.

A fault names an article whose signals are not complete. Whoever reads many texts gives a list for them to
`signals.detect`, and says what it holds; the articles are stored as they are, and read again when the fault is mended.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

LONGEST = 200_000
"""Characters of a text that are read; the longest of 61,829 real ones has 62,350."""

SECONDS = 30.0
"""Seconds of processor time after which no further detector reads a text; the longest text takes some.

Processor time, so that a busy machine changes no signal.
"""


class Fault(NamedTuple):
    """Why the signals of one article are not complete."""

    article: str
    words: str


def faults_of_length(articles: pl.DataFrame) -> list[Fault]:
    """Return a fault for each article (model.ARTICLES) of which only the beginning is read."""
    paragraphs = pl.col("paragraphs").list.eval(pl.element().str.len_chars() + 1).list.sum().fill_null(0)
    length = pl.col("title").str.len_chars().fill_null(0) + paragraphs
    long = articles.select("article", length=length).filter(pl.col("length") > LONGEST)
    words = "{:,} characters long: only the first {:,} are read"
    return [Fault(article, words.format(length, LONGEST)) for article, length in long.iter_rows()]
