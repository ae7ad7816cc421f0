"""The past that a day is compared with: signals, the articles that report messages, and which days are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sunchi.history.coverage import Coverage


@dataclass(frozen=True)
class Past:
    """The basis of a comparison of years, from the store or from files."""

    signals: pl.DataFrame  # model.SIGNALS
    articles: pl.DataFrame  # model.ARTICLES; if from files, also PLACE
    coverage: Coverage
    faults: Sequence[str] = ()  # what could not be read from the files, in words
