"""The past that days are seen against: signals, the articles that report messages, and which days are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sunchi.history.coverage import Coverage


@dataclass(frozen=True)
class Past:
    """What a comparison of years rests on, from the store or from files."""

    signals: pl.DataFrame  # model.SIGNALS
    articles: pl.DataFrame  # model.ARTICLES, and of files PLACE, too
    coverage: Coverage
    faults: Sequence[str] = ()  # what could not be read of the files, in words
