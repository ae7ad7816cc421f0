"""Signals by article: the states it is about, with share, voice and stance; computed by frames."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from sunchi.history.coverage import Coverage
from sunchi.lexicon import Lexicon

SHARE = 0.4
"""The least share of an article's words on states that makes it an article on one of them."""


@dataclass(frozen=True)
class Articles:
    """Signals by article, with the derived columns that the kinds of finding need."""

    signals: pl.DataFrame  # model.SIGNALS, dated
    coverage: Coverage
    lexicon: Lexicon

    @cached_property
    def about(self) -> pl.DataFrame:
        """Article, edition, date, partner, share, stance, height of the voice, headline."""
        dated = self.signals.filter(pl.col("date").is_not_null(), pl.col("language").is_null())  # no translations
        detail = pl.col("detail").struct
        about = dated.filter(pl.col("kind") == "attention", pl.col("code") == "about").select(
            "article",
            "date",
            "partner",
            pl.format("{}/{}", "source", "lang").alias("edition"),
            share=detail.field("share"),
        )
        stance = dated.filter(pl.col("kind") == "stance").select("article", "partner", stance="value")
        voice = dated.filter(pl.col("kind") == "authority").select(
            "article", voice="code", height="value", headline="quote", by=detail.field("by")
        )
        joined = about.join(stance, on=["article", "partner"], how="left").join(voice, on="article", how="left")
        return joined.unique(["article", "partner"], keep="first", maintain_order=True).sort(
            "edition", "partner", "date", "article"
        )

    @cached_property
    def of_messages(self) -> pl.Series:
        """The articles that report messages, which are compared within their series."""
        return self.signals.filter(pl.col("kind") == "message")["article"].unique()

    @cached_property
    def in_full(self) -> pl.Series:
        """The articles that print a message in full."""
        full = pl.col("detail").struct.field("full_text")
        return self.signals.filter(pl.col("kind") == "message", full)["article"].unique()

    @cached_property
    def _days(self) -> dict[tuple[str, str], list[date]]:
        found: dict[tuple[str, str], list[date]] = {}
        for edition, partner, day in self.about.select("edition", "partner", "date").sort("date").iter_rows():
            found.setdefault((edition, partner), []).append(day)
        return found

    @cached_property
    def states(self) -> dict[str, list[str]]:
        """The states that each article is about."""
        found: dict[str, list[str]] = {}
        for article, partner in self.about.select("article", "partner").iter_rows():
            found.setdefault(article, []).append(partner)
        return found

    def number(self, edition: str, partner: str, first: date, before: date) -> int:
        """Return how many articles of an edition are about a state, from one day until before another."""
        days = self._days.get((edition, partner), [])
        return bisect_left(days, before) - bisect_left(days, first)

    def label(self, partner: str) -> str:
        return self.lexicon.label(partner)
