"""Finds bursts: many more articles on a state, or hostile ones, than the preceding days predict; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import polars as pl
from scipy.special import betaincc, pdtrc

from sunchi.history.articles import SHARE, Articles
from sunchi.history.baseline import years_before
from sunchi.history.findings import Compared, Observation, Part

MEMORY = timedelta(days=180)
"""The length of the preceding time that a burst is measured against."""

RARE = 0.001
"""The probability below which a number of articles is a burst."""

_FEWEST = 60  # days that must be known before a number can be a burst
_SHOWN = 5  # articles of a burst that are shown
_LEAST = 5  # articles of a burst
_LEAST_HOSTILE = 6  # some are printed every day
_ONE_EVENT = timedelta(days=10)  # within which further bursts belong to the same event
_LAST_YEAR = timedelta(days=2)  # around the day of last year
_DAY = timedelta(days=1)


def observed(articles: Articles) -> Iterator[Observation]:
    """Find many more articles on a state, or hostile ones, than the preceding days predict."""
    all_about = articles.about.filter(pl.col("share") >= SHARE)
    hostile = articles.about.filter(pl.col("stance") < 0)
    for of, words, least in ((all_about, "articles", _LEAST), (hostile, "hostile articles", _LEAST_HOSTILE)):
        counts = of.group_by("edition", "partner", "date", maintain_order=True).agg(
            pl.len().alias("number"), pl.col("article").head(_SHOWN), pl.col("headline").head(_SHOWN)
        )
        for (edition, partner), some in counts.group_by("edition", "partner", maintain_order=True):
            yield from _bursts(articles, str(edition), str(partner), words, some.sort("date"), least)


def _bursts(
    articles: Articles, edition: str, partner: str, words: str, counts: pl.DataFrame, least: int
) -> Iterator[Observation]:
    """Yield the bursts in one edition's numbers of articles on one state, the first of each event.

    A day is no burst if one around the same date of last year had at least half as many: both are anniversaries.
    """
    number = {row["date"]: row["number"] for row in counts.iter_rows(named=True)}
    last: date | None = None
    for row in counts.filter(pl.col("number") >= least).iter_rows(named=True):
        day = row["date"]
        since = max(day - MEMORY, articles.coverage.since(edition, day))
        days = articles.coverage.days(edition, since, day - _DAY)
        before = [number.get(each, 0) for each in days]
        if len(before) < _FEWEST:
            continue
        chance = exceedance(row["number"], before)
        if chance >= RARE:
            continue
        if last and day - last < _ONE_EVENT:
            last = day
            continue
        year_ago = years_before(day, 1)
        around = (year_ago + _DAY * n for n in range(-_LAST_YEAR.days, _LAST_YEAR.days + 1))
        if max(number.get(each, 0) for each in around) >= row["number"] / 2:
            continue
        last = day
        mean = sum(before) / len(before)
        said = f"{row['number']} {words}, where {mean:.1f} a day were usual in {len(before)} days"
        yield Observation(
            edition, partner, day, "articles", f"{articles.label(partner)} in {edition}",
            Part("burst", said, {"number": row["number"], "mean": mean, "chance": chance}, "medium"),
            tuple(
                Compared(day, headline or "", article=article, title=headline or "")
                for article, headline in zip(row["article"], row["headline"], strict=True)
            ),
        )  # fmt: skip


def exceedance(number: int, before: Sequence[int]) -> float:
    """Return the probability of so many or more, by a negative binomial fitted to the numbers of the days before.

    The tails are those of scipy.stats, which takes longer to import than all of Sunchi.
    """
    mean = (sum(before) + 0.5) / (len(before) + 1)
    variance = sum((each - mean) ** 2 for each in before) / max(len(before) - 1, 1)
    if variance <= mean:
        return float(pdtrc(number - 1, mean))
    successes = mean**2 / (variance - mean)
    return float(betaincc(successes, number, successes / (successes + mean)))
