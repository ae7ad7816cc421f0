"""The data of a report: from the store, or from files that the user names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sunchi.history.baseline import MessageHistory
from sunchi.history.compare import compare
from sunchi.history.findings import Finding, from_json, order
from sunchi.history.past import Past
from sunchi.lexicon import Lexicon
from sunchi.model import Row
from sunchi.reports.periods import Span
from sunchi.store import AlertRecord, ArticleRow, Completeness, Incident, Poll, Store, UnreadLink
from sunchi.text import primary_language

OF_THE_PAST = ("message", "formula", "placement")
"""Kinds of signals that a report also shows from before its days."""


@dataclass(frozen=True)
class Desk:
    """What is known only of a running Sunchi, not of files."""

    alerts: Sequence[tuple[AlertRecord, ArticleRow]] = ()
    polls: Sequence[Poll] = ()  # the last run of each source
    incidents: Sequence[Incident] = ()
    completeness: Sequence[Completeness] = ()
    unread: Sequence[UnreadLink] = ()  # links that are not articles


@dataclass(frozen=True)
class Material:
    """Articles, signals and findings of some days, with the past that they are compared with."""

    span: Span
    articles: Mapping[str, Row]  # of these days, by id
    signals: pl.DataFrame  # of these days
    past: Past
    findings: Sequence[Finding]  # of these days, the last day first, within a day the weightiest first
    headlines: frozenset[str]  # ids of the articles of which only the headline is known
    desk: Desk | None = None  # None for files


def of_store(store: Store, past: Past, span: Span) -> Material:
    """Return the store's data of some days; `past` is also the store's."""
    articles: dict[str, Any] = {row["id"]: row for row in store.articles(since=span.since, until=span.until)}
    findings = [from_json(each.finding) for each in store.findings(span.since, span.until)]
    desk = Desk(
        alerts=list(_alerts(store, articles, span)),
        polls=_last_polls(store),
        incidents=store.incidents(),
        completeness=_completeness(store, articles, span),
        unread=store.unread_links(),
    )
    headlines = frozenset(id for id, row in articles.items() if not row["paragraphs"])
    signals = store.signals(span.since, span.until)
    return Material(span, articles, signals, past, _newest_first(findings), headlines, desk)


def of_files(past: Past, lexicon: Lexicon, span: Span) -> Material:
    """Return the data of some days from files; all their articles are in `past`."""
    history = MessageHistory.of(past.signals, past.articles, lexicon)
    found = compare(past.signals, history, past.coverage, lexicon, past.articles)
    wanted = past.articles.filter(pl.col("date").is_between(span.since, span.until))
    return Material(
        span,
        {row["article"]: _as_stored(row) for row in wanted.drop("paragraphs").iter_rows(named=True)},
        past.signals.filter(pl.col("date").is_between(span.since, span.until)),
        past,
        _newest_first([each.as_of(span.until) for each in found if span.holds(each.day)]),
        frozenset(wanted.filter(pl.col("paragraphs").list.len() == 0)["article"]),
    )


def _as_stored(row: Row) -> Row:
    """Return an article of a file as the store would have it."""
    stored = {
        "language": primary_language(row["lang"]),
        "revisions": 1,
        "changes": [],
        "outcome": "read",
        "provenance": None,
    }
    return row | stored | {"id": row["article"]}


def _newest_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (-each.day.toordinal(), *order(each)[1:]))


def _alerts(store: Store, articles: Mapping[str, Any], span: Span) -> Iterator[tuple[AlertRecord, ArticleRow]]:
    """Yield the alerts about articles of these days, and those made in these days about undated articles."""
    for alert in store.alerts():
        of = articles.get(alert.article)
        if of is None and span.holds(alert.made_at.date()):
            of = store.article(alert.article)
            of = of if of and of["date"] is None else None
        if of:
            yield alert, of


def _completeness(store: Store, articles: Mapping[str, Row], span: Span) -> list[Completeness]:
    """Return what lists showed day by day and what of it is stored, for the editions of the report."""
    editions = sorted({(row["source"], row["lang"]) for row in articles.values()})
    days = (day for source, lang in editions for day in store.completeness(source, lang, span.since))
    return [day for day in days if day.day <= span.until]


def _last_polls(store: Store) -> list[Poll]:
    newest: dict[str, Poll] = {}
    for poll in store.polls():
        newest.setdefault(poll.source, poll)
    return [newest[source] for source in sorted(newest)]
