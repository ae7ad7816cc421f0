"""Finds new pairs of adjacent words in several articles of a day: an event has a name before any list has it.

Pure, and by frames.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import polars as pl
from scipy.special import pdtrc

from sunchi.history.articles import Articles
from sunchi.history.findings import Compared, Observation, Part

FEWEST = 4
"""The least number of articles of a day with a pair of words."""

RARE = 1e-6
"""The probability below which a pair counts as new; it is small because there are many pairs."""

KNOWN = timedelta(days=60)
"""The number of earlier days that the archive must have."""

_OPENING = 2  # paragraphs that are read: they say what an article is about
_NAMED = 4  # pairs named in a finding
_WORD = r"\p{L}[\p{L}'’-]+"
_LONG = 4  # least letters of both words: "of the" is not news
_DATELINE = r"^\p{L}+, \p{L}+\.? \d+ |\((?:KCNA|Xinhua|Yonhap|NNN)\)[ –—-]*"
_END = " xx "  # between paragraphs: too short for a pair, so no pair spans two paragraphs
_CHUNK = 20_000  # articles whose words are in memory at a time
_PAIR = ["edition", "pair"]


def observed(articles: Articles, texts: pl.DataFrame) -> Iterator[Observation]:
    """Yield the pairs that are new on a day in `texts` (model.ARTICLES), one observation for each day and partner."""
    new = _first_days(texts)
    if new.is_empty():
        return
    first = texts["date"].drop_nulls().sort()[0]
    a_day = texts.group_by(pl.format("{}/{}", "source", "lang").alias("edition"), "date").len("articles")
    new = new.join(a_day, on=["edition", "date"])
    for (edition, _), some in new.sort("edition", "date", "pair").group_by("edition", "date", maintain_order=True):
        yield from _of_day(articles, str(edition), some["date"][0], first, some, texts)


def _first_days(texts: pl.DataFrame) -> pl.DataFrame:
    """Return each pair with its first day and the articles of that day that have it, if there are several."""
    dated = texts.filter(pl.col("date").is_not_null()).sort("date", "article")
    found = [_days_of_pairs(some) for some in dated.iter_slices(_CHUNK)]
    if not found:
        return pl.DataFrame()
    days = pl.concat(found)
    first = days.group_by(_PAIR).agg(pl.col("date").min())
    return (
        days.join(first, on=[*_PAIR, "date"], how="semi")
        .group_by(*_PAIR, "date")
        .agg(pl.col("found_in").list.explode(keep_nulls=False, empty_as_null=False).sort())
        .filter(pl.col("found_in").list.len() >= FEWEST)
    )


def _days_of_pairs(texts: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with the days and articles in which they appear."""
    paragraphs = pl.col("paragraphs").list.head(_OPENING).list.eval(pl.element().str.replace_all(_DATELINE, ""))
    opening = pl.concat_list("title", paragraphs).list.join(_END)
    words = texts.select(
        "article", "date", edition=pl.format("{}/{}", "source", "lang"),
        word=opening.str.to_lowercase().str.extract_all(_WORD),
    ).explode("word")  # fmt: skip
    pairs = words.with_columns(next=pl.col("word").shift(-1).over("article"))
    pairs = pairs.filter(*(pl.col(name).str.len_chars() >= _LONG for name in ("word", "next")))
    pairs = pairs.select("article", "date", "edition", pair=pl.format("{} {}", "word", "next")).unique()
    return pairs.group_by(*_PAIR, "date").agg(pl.col("article").sort().alias("found_in"))


def _of_day(
    articles: Articles, edition: str, day: date, first: date, new: pl.DataFrame, texts: pl.DataFrame
) -> Iterator[Observation]:
    """Yield the pairs of one edition that are new on a day, one observation for each partner.

    `first` is the first day of all texts.
    """
    since = max(articles.coverage.since(edition, day, texts=True), first)
    if day - since < KNOWN:
        return
    before = sum(articles.coverage.articles(edition, each) for each in articles.coverage.days(edition, since, day))
    by_partner: dict[str, list[tuple[int, str, Sequence[str]]]] = {}
    for row in new.iter_rows(named=True):
        number = len(row["found_in"])
        if chance_of_new(number, row["articles"], before) < RARE:
            by_partner.setdefault(_partner(articles, row["found_in"]), []).append(
                (-number, row["pair"], row["found_in"])
            )
    for partner, pairs in by_partner.items():
        pairs.sort()
        named = "; ".join(f"“{pair}” in {-number}" for number, pair, _ in pairs[:_NAMED])
        more = f", and {len(pairs) - _NAMED} more pairs" if len(pairs) > _NAMED else ""
        none = f"side by side in none of the {(day - since).days} days before"
        one = texts.filter(pl.col("article") == pairs[0][2][0]).row(0, named=True)
        yield Observation(
            edition, partner, day, "articles", f"New words, {articles.label(partner)}" if partner else "New words",
            Part("words", f"{named}{more} articles of the day, {none}",
                 {"pairs": float(len(pairs)), "articles": float(-pairs[0][0])}, "medium"),
            (Compared(day, one["title"], article=one["article"], title=one["title"], url=one["url"]),),
        )  # fmt: skip


def chance_of_new(number: int, of: int, before: int) -> float:
    """Return the probability that so many articles of a day have a pair that no earlier article has."""
    return float(pdtrc(number - 1, of * 0.5 / (before + 1)))  # the tail of a Poisson distribution


def _partner(articles: Articles, found_in: Sequence[str]) -> str:
    """Return the state that most of the articles are about; "" if there is none."""
    states = Counter(state for article in found_in for state in articles.states.get(article, ()))
    state, number = min(states.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
    return state if number > len(found_in) / 2 else ""
