"""Documents that come round each year, as New Year addresses do: who is named first in them, and at what share; pure.

A document is the text of its day with the most words on states. It is held against those of the same day of the last
five years, at least three of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean, stdev

import polars as pl

from sunchi.history.articles import Articles
from sunchi.history.baseline import ENOUGH, LENGTH
from sunchi.history.findings import Compared, Observation, Part

WORDS = 150
"""Words on states that make a text a document."""

STATES = 3
"""States that it must be about, or name."""

FLOOR = 40
"""Words on a state, now or before, without which its share means nothing."""

_DEVIATIONS = 2
_POINTS = 0.10  # of the share, that a difference must have besides
_APART = 2  # days between the days of two years
_YEARS = 6  # of a baseline: one may be missing


@dataclass(frozen=True, slots=True)
class Document:
    """One text with the words on each state, and the state that it names first."""

    article: str
    edition: str
    day: date
    headline: str
    words: Mapping[str, float]
    first: str

    def share(self, partner: str) -> float:
        return self.words.get(partner, 0.0) / sum(self.words.values())


def observed(articles: Articles) -> Iterator[Observation]:
    """Yield what is otherwise in a document than in those of the years before."""
    by_edition: dict[str, list[Document]] = defaultdict(list)
    for document in _documents(articles):
        by_edition[document.edition].append(document)
    for documents in by_edition.values():
        for n, document in enumerate(documents):
            before = _baseline(document, documents[:n])
            if len(before) >= ENOUGH:
                yield from _compared(document, before, articles)


def _documents(articles: Articles) -> list[Document]:
    """Return the documents by day: of each edition and day the one with the most words on states."""
    detail = pl.col("detail").struct
    named = articles.signals.filter(pl.col("kind") == "attention", pl.col("date").is_not_null()).select(
        "article", "date", "partner", "value", order=detail.field("order"),
        edition=pl.format("{}/{}", "source", "lang"),
    )  # fmt: skip
    totals = named.group_by("edition", "date", "article").agg(pl.col("value").sum(), pl.len().alias("states"))
    large = totals.filter(pl.col("value") >= WORDS, pl.col("states") >= STATES)
    large = large.sort("value", "article", descending=[True, False]).unique(["edition", "date"], keep="first")
    headlines = articles.signals.filter(pl.col("kind") == "authority").select("article", headline="quote")
    rows = named.join(large.select("article"), on="article", how="semi").join(headlines, on="article", how="left")
    found = []
    for _, some in rows.sort("article", "order", "partner").group_by("article", maintain_order=True):
        first = some.row(0, named=True)
        words = dict(some.select("partner", "value").iter_rows())
        found.append(
            Document(
                first["article"], first["edition"], first["date"], first["headline"] or "", words, first["partner"]
            )
        )
    return sorted(found, key=lambda document: (document.day, document.article))


def _baseline(document: Document, earlier: Sequence[Document]) -> list[Document]:
    """Return the documents of the same day of the last five years, newest first."""
    found = []
    for years in range(1, _YEARS + 1):
        near = [each for each in earlier if abs((document.day - each.day).days - round(365.25 * years)) <= _APART]
        found += near[-1:]
    return found[:LENGTH]


def _compared(document: Document, before: Sequence[Document], articles: Articles) -> Iterator[Observation]:
    for part, partner in (*_order(document, before, articles), *_shares(document, before, articles)):
        compared = tuple(
            Compared(
                each.day,
                f"{articles.label(each.first)} first; {articles.label(partner)} {each.share(partner):.0%}",
                round(each.words.get(partner, 0)),
                article=each.article,
                title=each.headline,
            )
            for each in (document, *before)
        )
        subject = document.headline or document.article
        event = f"document {document.article}"
        yield Observation(document.edition, partner, document.day, event, subject, part, compared)


def _order(document: Document, before: Sequence[Document], articles: Articles) -> Iterator[tuple[Part, str]]:
    if all(each.first != document.first for each in before):
        firsts = ", ".join(f"{articles.label(each.first)} in {each.day.year}" for each in before)
        words = f"names {articles.label(document.first)} first; before, {firsts}"
        yield Part("order", words, {"of": float(len(before))}, "medium"), document.first


def _shares(document: Document, before: Sequence[Document], articles: Articles) -> Iterator[tuple[Part, str]]:
    for partner in sorted({*document.words, *(state for each in before for state in each.words)}):
        usual = [each.share(partner) for each in before]
        now, middle = document.share(partner), mean(usual)
        apart = abs(now - middle)
        most = max(each.words.get(partner, 0) for each in (document, *before))
        if apart > max(_DEVIATIONS * stdev(usual), _POINTS) and most >= FLOOR:
            words = (
                f"{now:.0%} of its words on states to {articles.label(partner)}, in the last {len(before)} "
                f"{min(usual):.0%} to {max(usual):.0%}"
            )
            yield Part("share", words, {"share": now, "mean": middle, "deviation": stdev(usual)}, "medium"), partner
