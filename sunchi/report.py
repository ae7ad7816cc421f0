"""The picture: one HTML file that opens anywhere; charts, messages, formulas and alerts, each with its evidence."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from sunchi.lexicon import Lexicon
from sunchi.store import ArticleRow, Store
from sunchi.wording import web_address

MAIN = 6
"""Partners that the charts show, by words."""

DOCUMENT = 3
"""Partners that an article must name for its order of naming to say something."""

Row = dict[str, Any]


def write(store: Store, out: Path, *, since: date, until: date, lexicon: Lexicon) -> Path:
    """Writes the report over the articles of these days, both included; replaces `out` only when it is whole."""
    page = render(store, since=since, until=until, lexicon=lexicon)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=out.parent, suffix=".html", delete=False) as file:
        file.write(page)
    os.chmod(file.name, 0o644)  # noqa: PTH101 - a temporary file is private; a report is to be read
    return Path(file.name).replace(out)


def render(store: Store, *, since: date, until: date, lexicon: Lexicon) -> str:
    """The report as HTML."""
    if until < since:
        since, until = until, since
    articles = {row["id"]: row for row in store.articles(since=since, until=until)}
    signals = store.signals(since, until)
    attention = signals.filter(pl.col("kind") == "attention")
    partners = _main_partners(attention)
    alerts = [alert for alert in store.alerts() if alert.article in articles]
    environment = Environment(
        loader=PackageLoader("sunchi", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["partner"] = lexicon.label
    environment.filters["quotes"] = _quotes
    environment.filters["web"] = web_address
    environment.filters["moment"] = lambda moment: f"{moment:%Y-%m-%d %H:%M} UTC"
    return environment.get_template("report.html").render(
        since=since,
        until=until,
        made_at=datetime.now(UTC),
        articles=articles,
        sources=_sources(articles),
        shares=_shares(attention, partners),
        charts=[_per_day(attention, partner, since, until) for partner in partners],
        documents=_documents(attention, articles),
        messages=_rows(signals, "message", articles),
        formulas=_rows(signals, "formula", articles),
        alerts=alerts,
        edited=[row for row in articles.values() if row["revisions"] > 1 or row["outcome"] == "gone"],
        polls=_last_polls(store),
        incidents=store.incidents(),
        unread=store.outcomes(),
    )


def _quotes(body: str) -> list[str]:
    """The evidence of an alert, by its quotation marks."""
    return [line for line in body.splitlines() if line.startswith("“")]


def _sources(articles: Mapping[str, ArticleRow]) -> list[tuple[str, int]]:
    """Articles by edition."""
    counts: dict[str, int] = {}
    for row in articles.values():
        edition = f"{row['source']}/{row['lang']}"
        counts[edition] = counts.get(edition, 0) + 1
    return sorted(counts.items())


def _main_partners(attention: pl.DataFrame) -> list[str]:
    """The partners with the most words, most first."""
    words = attention.group_by("partner").agg(pl.col("value").sum()).sort("value", "partner", descending=[True, False])
    return words["partner"].head(MAIN).to_list()


def _shares(attention: pl.DataFrame, partners: Sequence[str]) -> list[Row]:
    """Words, articles and share of all words, by partner; words in English and in Korean are counted apart."""
    totals = attention.group_by("lang").agg(pl.col("value").sum().alias("all"))
    by_lang = (
        attention.filter(pl.col("partner").is_in(partners))
        .group_by("lang", "partner")
        .agg(pl.col("value").sum().alias("words"), pl.col("article").n_unique().alias("articles"))
        .join(totals, on="lang")
        .with_columns((pl.col("words") / pl.max_horizontal("all", 1)).alias("share"))
        .sort("lang", "words", "partner", descending=[False, True, False])
    )
    return by_lang.to_dicts()


@dataclass(frozen=True)
class Bar:
    """One day of a small chart, in its units: 280 wide, 80 high, the base line at 64."""

    day: date
    words: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """Words of one partner by day; each chart has its own scale."""

    partner: str
    total: int
    highest: int
    bars: tuple[Bar, ...]


def _per_day(attention: pl.DataFrame, partner: str, since: date, until: date) -> Chart:
    by_day = attention.filter(pl.col("partner") == partner).group_by("date").agg(pl.col("value").sum()).sort("date")
    words = {day: int(value) for day, value in by_day.iter_rows() if value}
    highest = max(words.values(), default=0)
    step = 270 / ((until - since).days + 1)
    bars = []
    for day, count in words.items():
        height = 50 * count / highest
        bars.append(Bar(day, count, 5 + step * ((day - since).days + 0.1), 64 - height, step * 0.8, height))
    return Chart(partner, sum(words.values()), highest, tuple(bars))


def _documents(attention: pl.DataFrame, articles: Mapping[str, ArticleRow]) -> list[Row]:
    """Articles that name several partners, longest first: who comes first, and at what length."""
    by_article = (
        attention.with_columns(pl.col("detail").struct.field("rank"), pl.col("detail").struct.field("share"))
        .sort("rank")
        .group_by("article", maintain_order=True)
        .agg("partner", "rank", "value", "share", pl.col("value").sum().alias("words"))
        .filter(pl.col("partner").list.len() >= DOCUMENT)
        .sort("words", descending=True)
        .head(12)
    )
    return [
        {
            "article": articles[row["article"]],
            "partners": [
                {"partner": partner, "rank": rank, "words": int(words), "share": share or 0}
                for partner, rank, words, share in zip(
                    row["partner"], row["rank"], row["value"], row["share"], strict=True
                )
            ],
        }
        for row in by_article.iter_rows(named=True)
        if row["article"] in articles
    ]


def _rows(signals: pl.DataFrame, kind: str, articles: Mapping[str, ArticleRow]) -> list[Row]:
    """The signals of one kind, each with its article."""
    return [
        row | {"of": articles[row["article"]]}
        for row in signals.filter(pl.col("kind") == kind).sort("date", "article", "start").iter_rows(named=True)
        if row["article"] in articles
    ]


def _last_polls(store: Store) -> list[Any]:
    """The last poll of each source."""
    newest: dict[str, Any] = {}
    for poll in store.polls():
        newest.setdefault(poll.source, poll)
    return [newest[source] for source in sorted(newest)]
