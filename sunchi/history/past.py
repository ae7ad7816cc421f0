"""The past that a day is compared with: signals, the articles that report messages, and which days are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sunchi.history.coverage import Coverage
from sunchi.text.titles import story_of


def without_told_headlines(articles: pl.DataFrame) -> pl.DataFrame:
    """Return articles (model.ARTICLES) without the headlines whose text, of that edition, day and title, is there."""
    of_day = ["source", "lang", "date"]
    is_headline = pl.col("paragraphs").list.len() == 0
    headlines, texts = articles.filter(is_headline), articles.filter(~is_headline)
    both = [
        some.join(others, on=of_day, how="semi").with_columns(
            story=pl.struct("title", "date").map_elements(lambda of: str(story_of(of["title"], of["date"])), pl.String)
        )
        for some, others in ((headlines, texts), (texts, headlines))
    ]
    told = both[0].join(both[1], on=[*of_day, "story"], how="semi")
    return articles.join(told, on="article", how="anti", maintain_order="left")


@dataclass(frozen=True)
class Past:
    """The basis of a comparison of years, from the store or from files."""

    signals: pl.DataFrame  # model.SIGNALS
    articles: pl.DataFrame  # model.ARTICLES; if from files, also PLACE
    coverage: Coverage
    faults: Sequence[str] = ()  # what could not be read from the files, in words
