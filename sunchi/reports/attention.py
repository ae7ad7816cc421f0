"""Attention and tone: how many words each state gets, with what stance, and who is named first; pure.

Word counts of different languages are not comparable and never added up. A headline without a text counts with its
words, but has no tone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from sunchi.model import Row
from sunchi.reports.periods import Span

MAX_PARTNERS = 6
"""The number of partners shown per language."""

MAX_ORDERS = 6
"""The number of articles whose order of naming is shown: the leader's, then the longest ones."""

MIN_NAMED, MIN_NAMED_BY_LEADER = 3, 2
"""The least number of partners an article must name for its order of naming to mean something."""


@dataclass(frozen=True)
class Course:
    """The attention to one partner in one language: words and tone, step by step."""

    lang: str
    partner: str
    words: int
    articles: int
    share: float  # of the words on all states
    steps: tuple[Step, ...]

    @property
    def most_words(self) -> int:
        return max((step.words for step in self.steps), default=0)

    @property
    def tone(self) -> float | None:
        """The mean stance of the articles about it; None if there are none."""
        judged = sum(step.judged for step in self.steps)
        return sum((step.tone or 0) * step.judged for step in self.steps) / judged if judged else None


@dataclass(frozen=True, slots=True)
class Step:
    """A day, week or month of a course."""

    first: date
    end: date  # the day after its last
    words: int
    articles: int
    tone: float | None  # the mean stance, -2 to 2; None if no article is about the partner
    judged: int  # articles about it


def courses(signals: pl.DataFrame, span: Span, headlines: Collection[str] = ()) -> list[tuple[str, list[Course]]]:
    """Return the courses of the partners with the most words, by language, the one with most articles first.

    `headlines` are the articles without a text.
    """
    found = signals.with_columns(lang=pl.coalesce("language", "lang"))
    attention = found.filter(pl.col("kind") == "attention")
    languages = (
        attention.group_by("lang").agg(pl.col("article").n_unique()).sort(["article", "lang"], descending=[True, False])
    )
    shares = _shares(attention)
    steps = _steps(found, span, headlines)
    return [
        (lang, [Course(lang, *share, tuple(steps.get((lang, share[0]), ()))) for share in shares.get(lang, ())])
        for lang in languages["lang"]
    ]


def _shares(attention: pl.DataFrame) -> dict[str, list[tuple[str, int, int, float]]]:
    """Return the partners with the most words, by language: words, articles, share of the words on all states."""
    rows = (
        attention.group_by("lang", "partner")
        .agg(pl.col("value").sum().alias("words"), pl.col("article").n_unique().alias("articles"))
        .with_columns((pl.col("words") / pl.max_horizontal(pl.col("words").sum().over("lang"), 1)).alias("share"))
        .sort("lang", "words", "partner", descending=[False, True, False])
        .group_by("lang", maintain_order=True)
        .head(MAX_PARTNERS)
    )
    found: dict[str, list[tuple[str, int, int, float]]] = {}
    for lang, partner, words, articles, share in rows.iter_rows():
        found.setdefault(lang, []).append((partner, int(words), articles, share))
    return found


def _steps(signals: pl.DataFrame, span: Span, headlines: Collection[str]) -> dict[tuple[str, str], list[Step]]:
    """Return the steps by language and partner, without those that have no words."""
    dated = signals.filter(pl.col("date").is_not_null()).with_columns(step=span.step())
    by = ("lang", "partner", "step")
    words = (
        dated.filter(pl.col("kind") == "attention")
        .group_by(by)
        .agg(words=pl.col("value").sum(), articles=pl.col("article").n_unique())
    )
    tone = (
        dated.filter(pl.col("kind") == "stance", ~pl.col("article").is_in(list(headlines)))
        .unique(["article", "partner"], keep="first", maintain_order=True)
        .group_by(by)
        .agg(tone=pl.col("value").mean(), judged=pl.len())
    )
    joined = words.join(tone, on=by, how="left").with_columns(end=span.step_end("step")).sort(by)
    found: dict[tuple[str, str], list[Step]] = {}
    for row in joined.iter_rows(named=True):
        step = Step(row["step"], row["end"], int(row["words"]), row["articles"], row["tone"], row["judged"] or 0)
        found.setdefault((row["lang"], row["partner"]), []).append(step)
    return found


def documents(signals: pl.DataFrame, articles: Mapping[str, Row], headlines: Collection[str] = ()) -> list[Row]:
    """Return the articles that name several partners, to show who comes first and at what length.

    What the leader says himself, except in messages, comes first; then the longest. The same text in two papers is
    listed once, with both; translations within an edition and headlines without a text are left out.
    """
    said = signals.filter(pl.col("kind") == "authority", pl.col("code") == "leader")
    messages = signals.filter(pl.col("kind") == "message").select("article")
    leaders = said.join(messages, on="article", how="anti")["article"].implode()
    named = pl.col("partner").list.len()
    by_article = (
        signals.filter(pl.col("kind") == "attention", pl.col("language").is_null())
        .filter(~pl.col("article").is_in(list(headlines)))
        .with_columns(pl.col("detail").struct.field("order"), pl.col("detail").struct.field("share"))
        .sort("order")
        .group_by("article", maintain_order=True)
        .agg("partner", "order", "value", "share", pl.col("value").sum().alias("words"))
        .with_columns(by_leader=pl.col("article").is_in(leaders))
        .filter((named >= MIN_NAMED) | (pl.col("by_leader") & (named >= MIN_NAMED_BY_LEADER)))
        .sort("by_leader", "words", "article", descending=[True, True, False])
    )
    found: dict[tuple[Any, ...], Row] = {}
    for row in by_article.iter_rows(named=True):
        if (of := articles.get(row["article"])) is None:
            continue
        columns = zip(row["partner"], row["order"], row["value"], row["share"], strict=True)
        partners = [{"partner": p, "order": n, "words": int(w), "share": s or 0} for p, n, w, s in columns]
        same = (of["date"], of["title"], *((each["partner"], each["words"]) for each in partners))
        found.setdefault(same, {"articles": [], "partners": partners})["articles"].append(of)
    return list(found.values())[:MAX_ORDERS]


def highest(some: Sequence[Course]) -> int:
    """Return the most words in any step of all courses: the end of their common scale."""
    return max((course.most_words for course in some), default=0)
