"""The report: one HTML file that opens anywhere, with charts, messages, formulas and alerts, each with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from sunchi.alerts.grouping import group_by_event, quotes
from sunchi.history.findings import Finding, from_json, order
from sunchi.identity import ledger
from sunchi.lexicon import Lexicon
from sunchi.reports.provenance import page_in_words
from sunchi.store import AlertRecord, ArticleRow, Completeness, Store
from sunchi.text import LANGUAGE_NAMES
from sunchi.text.safe import web_address

MAX_PARTNERS = 6
"""Partners that the table of words shows for each language."""

MAX_CHARTS = 3
"""Partners that get a chart in each language."""

MAX_ORDERS = 8
"""Articles whose order of naming is shown, the longest ones."""

MIN_NAMED = 3
"""Partners that an article must name for its order of naming to mean something."""

Row = dict[str, Any]


def render(store: Store, *, since: date, until: date, lexicon: Lexicon, notice: str = "") -> str:
    """Return the report on the articles from `since` to `until`, both included, as HTML; it says `notice` first."""
    articles = {row["id"]: row for row in store.articles(since=since, until=until)}
    signals = store.signals(since, until)
    attention = signals.filter(pl.col("kind") == "attention").with_columns(lang=pl.coalesce("language", "lang"))
    groups = _alert_groups(store, articles, since, until)
    shares = _shares(attention)
    environment = Environment(
        loader=PackageLoader("sunchi", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["partner"] = lexicon.label
    environment.filters["web"] = web_address
    environment.filters["page_in_words"] = page_in_words
    environment.filters["moment"] = lambda moment: f"{moment:%Y-%m-%d %H:%M} UTC"
    environment.globals["languages"] = LANGUAGE_NAMES
    return environment.get_template("report.html").render(
        since=since,
        until=until,
        notice=notice,
        made_at=datetime.now(UTC),
        articles=articles,
        sources=_sources(articles),
        changed=_by_month(_findings(store, since, until)),
        alerts=_by_month(groups),
        severities=Counter(each.severity for each in groups),
        shares=shares,
        charts=_charts(attention, shares, since, until),
        documents=_documents(attention, articles),
        messages=_by_month(ledger.messages(ledger.message_reports(signals, articles, lexicon), lexicon)),
        formulas=_by_month(_phrases(_rows(signals, "formula", articles))),
        edited=[row for row in articles.values() if row["revisions"] > 1 or row["outcome"] == "gone"],
        polls=_last_polls(store),
        incidents=store.incidents(),
        completeness=_completeness(store, articles, since, until),
        unread=store.unread_links(),
    )


def _completeness(store: Store, articles: Mapping[str, ArticleRow], since: date, until: date) -> list[Completeness]:
    """What lists showed day by day, and what of it is stored, of the editions that the report is about."""
    editions = sorted({(row["source"], row["lang"]) for row in articles.values()})
    days = (day for source, lang in editions for day in store.completeness(source, lang, since))
    return [day for day in days if day.day <= until]


def _findings(store: Store, since: date, until: date) -> list[Finding]:
    """Return what changed and what is missing in these days, the last day first, and within a day the weightiest."""
    found = [from_json(each.finding) for each in store.findings(since) if each.day <= until]
    return sorted(found, key=lambda each: (-each.day.toordinal(), *order(each)[1:]))


def _by_month(rows: Iterable[Any]) -> list[tuple[str, int, list[tuple[date | None, list[Any]]]]]:
    """Group rows, sorted by day, by month and then by day: the month in words, how many rows, the days."""
    days = _by_day(rows)
    months = groupby(days, lambda day: f"{day[0]:%B %Y}" if day[0] else "no date")
    return [(month, sum(len(rows) for _, rows in some), some) for month, some in ((m, list(d)) for m, d in months)]


def _by_day(rows: Iterable[Any]) -> list[tuple[date | None, list[Any]]]:
    """Group rows, sorted by day, by their day; undated ones under None."""

    def day(row: Any) -> date | None:
        found: date | None = row["date"] if isinstance(row, dict) else getattr(row, "date", None) or row.day
        return found

    return [(key, list(some)) for key, some in groupby(rows, day)]


# --- alerts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AlertGroup:
    """The alerts of one event; several editions may report it."""

    date: date  # the article's; the alert's for an edit or a deletion, and where the article has none
    title: str
    severity: str
    quotes: tuple[tuple[str, str], ...]  # the evidence in each language, with the language
    alerts: tuple[AlertRecord, ...]
    articles: tuple[ArticleRow, ...]  # of the alerts, each once


def _alert_groups(store: Store, articles: Mapping[str, ArticleRow], since: date, until: date) -> list[AlertGroup]:
    """Return the alerts about articles of these days, and those made in these days about undated articles.

    The last day comes first, and within a day the most urgent group.
    """
    found = list(_alerts(store, articles, since, until))
    article_of = {alert.id: of for alert, of in found}
    by_title: dict[tuple[date, str, str], list[tuple[AlertRecord, ArticleRow]]] = {}
    for some in group_by_event(alert for alert, _ in found):
        alert, of = some[0], article_of[some[0].id]
        day = of["date"] if of["date"] and alert.change == "published" else alert.made_at.date()
        same = by_title.setdefault((day, alert.title, of["language"]), [])
        same += [(each, article_of[each.id]) for each in some]
    groups = [_alert_group(day, title, some) for (day, title, _), some in by_title.items()]
    return sorted(groups, key=lambda each: (-each.date.toordinal(), _URGENCY.index(each.severity)))


def _alerts(
    store: Store, articles: Mapping[str, ArticleRow], since: date, until: date
) -> Iterator[tuple[AlertRecord, ArticleRow]]:
    for alert in store.alerts():
        of = articles.get(alert.article)
        if of is None and since <= alert.made_at.date() <= until:
            of = store.article(alert.article)
            of = of if of and of["date"] is None else None
        if of:
            yield alert, of


_URGENCY = ("high", "medium", "low")


def _alert_group(day: date, title: str, some: Sequence[tuple[AlertRecord, ArticleRow]]) -> AlertGroup:
    some = sorted(some, key=lambda each: (-len(each[0].events), each[1]["source"], each[1]["lang"], each[0].id))
    first_of = {of["language"]: alert for alert, of in reversed(some)}
    return AlertGroup(
        date=day,
        title=title,
        severity=min((alert.severity for alert, _ in some), key=_URGENCY.index),
        quotes=tuple((lang, quote) for lang in sorted(first_of) for quote in quotes(first_of[lang].body)),
        alerts=tuple(alert for alert, _ in some),
        articles=tuple({article["id"]: article for _, article in some}.values()),
    )


# --- words ----------------------------------------------------------------------------------------------------------


def _sources(articles: Mapping[str, ArticleRow]) -> list[tuple[str, int]]:
    """Return the number of articles of each edition."""
    counts: dict[str, int] = {}
    for row in articles.values():
        edition = f"{row['source']}/{row['lang']}"
        counts[edition] = counts.get(edition, 0) + 1
    return sorted(counts.items())


def _shares(attention: pl.DataFrame) -> list[Row]:
    """Return words, articles and share of all words by language and partner.

    Words of two languages are different measures, and are not added up.
    """
    by_lang = (
        attention.group_by("lang", "partner")
        .agg(pl.col("value").sum().alias("words"), pl.col("article").n_unique().alias("articles"))
        .with_columns((pl.col("words") / pl.max_horizontal(pl.col("words").sum().over("lang"), 1)).alias("share"))
        .sort("lang", "words", "partner", descending=[False, True, False])
        .group_by("lang", maintain_order=True)
        .head(MAX_PARTNERS)
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
    """Words of one partner by day, in one language; each chart has its own scale."""

    lang: str
    partner: str
    total: int
    highest: int
    bars: tuple[Bar, ...]


def _charts(attention: pl.DataFrame, shares: Sequence[Row], since: date, until: date) -> list[tuple[str, list[Chart]]]:
    """Return by language the charts of the partners with the most words."""
    charts = []
    for lang, rows in groupby(shares, lambda row: row["lang"]):
        of_lang = attention.filter(pl.col("lang") == lang)
        charts.append(
            (lang, [_per_day(of_lang, lang, row["partner"], since, until) for row in list(rows)[:MAX_CHARTS]])
        )
    return charts


def _per_day(attention: pl.DataFrame, lang: str, partner: str, since: date, until: date) -> Chart:
    by_day = attention.filter(pl.col("partner") == partner).group_by("date").agg(pl.col("value").sum()).sort("date")
    words = {day: int(value) for day, value in by_day.iter_rows() if value}
    highest = max(words.values(), default=0)
    step = 270 / ((until - since).days + 1)
    bars = []
    for day, count in words.items():
        height = 50 * count / highest
        bars.append(Bar(day, count, 5 + step * ((day - since).days + 0.1), 64 - height, step * 0.8, height))
    return Chart(lang, partner, sum(words.values()), highest, tuple(bars))


def _documents(attention: pl.DataFrame, articles: Mapping[str, ArticleRow]) -> list[Row]:
    """Return the articles that name several partners, longest first: who comes first, and at what length.

    The same text in two papers is listed once, with both.
    """
    by_article = (
        attention.with_columns(pl.col("detail").struct.field("order"), pl.col("detail").struct.field("share"))
        .sort("order")
        .group_by("article", maintain_order=True)
        .agg("partner", "order", "value", "share", pl.col("value").sum().alias("words"))
        .filter(pl.col("partner").list.len() >= MIN_NAMED)
        .sort("words", "article", descending=[True, False])
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


# --- messages, formulas, sources --------------------------------------------------------------------------------------


def _phrases(rows: Iterable[Row]) -> list[Row]:
    """Collect the formulas of each article and partner, in the order of the text."""
    collected: dict[tuple[str, str], Row] = {}
    for row in rows:
        one = collected.setdefault((row["article"], row["partner"]), row | {"phrases": []})
        if (phrase := _phrase(row)) not in one["phrases"]:
            one["phrases"].append(phrase)
    return list(collected.values())


def _phrase(row: Row) -> Row:
    detail = row["detail"]
    marks = [mark for mark in ("negated", "historical") if detail[mark]]
    return {"quote": row["quote"], "value": row["value"], "voice": ", ".join([detail["voice"] or "", *marks])}


def _rows(signals: pl.DataFrame, kind: str, articles: Mapping[str, ArticleRow]) -> list[Row]:
    """Return the signals of one kind, each with its article."""
    return [
        row | {"of": articles[row["article"]]}
        for row in signals.filter(pl.col("kind") == kind).sort("date", "article", "start").iter_rows(named=True)
        if row["article"] in articles
    ]


def _last_polls(store: Store) -> list[Any]:
    """Return the last poll of each source."""
    newest: dict[str, Any] = {}
    for poll in store.polls():
        newest.setdefault(poll.source, poll)
    return [newest[source] for source in sorted(newest)]
