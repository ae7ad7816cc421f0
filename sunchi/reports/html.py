"""Renders the report as one HTML file: what changed, then tone, phrases, messages, each with its evidence.

The other modules of this package compute its content from frames; the templates only lay it out. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter, itemgetter
from typing import Any

import polars as pl
from jinja2 import Environment

from sunchi.history.answers import REPLIED
from sunchi.history.findings import CONFIDENCES, OF_MANY, Finding
from sunchi.history.items import items_of
from sunchi.identity import ledger
from sunchi.lexicon import Lexicon
from sunchi.reports import attention, charts, exchanges, phrases
from sunchi.reports.alerts import alert_groups
from sunchi.reports.material import Desk, Material
from sunchi.reports.outlook import outlook
from sunchi.reports.periods import by_month
from sunchi.reports.provenance import page_in_words
from sunchi.reports.templates import environment
from sunchi.store import edits_in_words
from sunchi.text import LANGUAGE_NAMES
from sunchi.text.safe import web_address

WEIGHTIEST = 6
"""The number of findings at the head of the report."""

FEW = 24
"""The number of rows of a list shown at once; a longer list is folded by month."""


def render(material: Material, lexicon: Lexicon, notice: str = "") -> str:
    """Return the report as HTML, beginning with `notice`."""
    span, desk = material.span, material.desk or Desk()
    alerts = alert_groups(desk.alerts)
    return (
        _environment(lexicon)
        .get_template("report.html")
        .render(
            span=span,
            notice=notice,
            made_at=datetime.now(UTC),
            is_of_files=material.desk is None,
            articles=material.articles,
            headlines=material.headlines,
            sources=_editions(material.articles),
            findings=material.findings,
            weightiest=_weightiest(material.findings),
            changed=by_month((each for each in material.findings if each.kind not in OF_MANY), attrgetter("day")),
            changed_in_many=by_month((each for each in material.findings if each.kind in OF_MANY), attrgetter("day")),
            alerts=by_month(alerts, attrgetter("date")),
            severities=Counter(each.severity for each in alerts),
            documents=attention.documents(material.signals, material.articles, material.headlines),
            edited=_edited(material.articles.values()),
            desk=desk,
            **_courses(material, lexicon),
            **_phrases(material, lexicon),
            **_messages(material, lexicon),
        )
    )


def _edited(articles: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], str]]:
    """Return the articles that were edited or taken down, each with that in words."""
    words = ((row, "deleted" if row["outcome"] == "gone" else edits_in_words(row["changes"])) for row in articles)
    return [(row, what) for row, what in words if what]


def _environment(lexicon: Lexicon) -> Environment:
    """Return the environment of the report's template, with its filters."""
    found = environment()
    found.filters |= {
        "partner": lambda code: lexicon.label(code) if code else "no state",
        "person": lambda id: lexicon.person_name(id or ""),
        "due": lambda due: due.in_words(lexicon),
        "web": web_address,
        "page_in_words": page_in_words,
        "moment": lambda moment: f"{moment:%Y-%m-%d %H:%M} UTC",
        "day": lambda day: f"{day:%-d %b %Y}" if day else "no date",
        "tone": lambda tone: f"{tone:+.1f}".replace("-", "−"),
        "percent": lambda part: f"{part:.0%}",
    }
    found.globals |= {"languages": LANGUAGE_NAMES, "few": FEW}
    return found


def _editions(articles: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, int]]:
    """Return the number of articles of each edition."""
    return sorted(Counter(f"{row['source']}/{row['lang']}" for row in articles.values()).items())


def _weightiest(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that matter most, the newest first, without withdrawn ones."""
    standing = [each for each in findings if each.withdrawn_on is None]
    ranked = sorted(standing, key=lambda each: (-CONFIDENCES.index(each.confidence), each.rank, -each.day.toordinal()))
    return sorted(ranked[:WEIGHTIEST], key=lambda each: (-each.day.toordinal(), each.rank))


def _courses(material: Material, lexicon: Lexicon) -> dict[str, Any]:
    """Return attention and tone by language, with their charts."""
    found = attention.courses(material.signals, material.span, material.headlines)
    breaks = {lang: _breaks(material, lang) for lang, _ in found}
    return {
        "courses": found,
        "course_charts": {
            (each.lang, each.partner): charts.course(
                each, lexicon.label(each.partner), material.span, attention.highest(some), breaks[lang]
            )
            for lang, some in found
            for each in some
        },
        "has_breaks": any(breaks.values()),
    }


def _breaks(material: Material, lang: str = "") -> list[tuple[date, date]]:
    """Return the times of these days of which the archive has no article, in a language or in any."""
    editions = material.past.coverage.editions
    of_language = [each for each in editions if lang and each.endswith(f"/{lang}")]
    return material.past.coverage.breaks(of_language or editions, material.span.since, material.span.until)


def _phrases(material: Material, lexicon: Lexicon) -> dict[str, Any]:
    """Return the timeline of set phrases with its charts, and each use."""
    families = phrases.families(material.past, lexicon, material.span)
    partners = phrases.by_partner(families)
    shown = partners[: phrases.MAX_PARTNERS]
    breaks = _breaks(material)
    return {
        "families": [each for each in families if each.number],
        "phrase_partners": shown,
        "phrase_charts": {
            each.partner: charts.phrases(each, lexicon.label(each.partner), material.span, breaks) for each in shown
        },
        "formulas": by_month(phrases.quoted(material.signals, material.articles), itemgetter("date")),
    }


def _messages(material: Material, lexicon: Lexicon) -> dict[str, Any]:
    """Return the messages of these days as exchanges, and what is due and missing."""
    past, span = material.past, material.span
    items = items_of(past.signals, past.articles, lexicon)
    known = {row["article"]: row for row in past.articles.select("article", "title", "url").iter_rows(named=True)}
    about = {id: material.articles.get(id, row | {"outcome": "read"}) for id, row in known.items()}
    near = past.signals.filter(
        pl.col("kind") == "message", pl.col("date").is_null() | (pl.col("date") >= span.since - REPLIED)
    )
    messages = ledger.messages(ledger.message_reports(near, about, lexicon), lexicon)
    some = [each for each in exchanges.exchanges(messages, items, past.coverage) if each.is_in(span)]
    return {
        "exchanges": some,
        "came_back": [each for each in some if each.way in ("answered", "exchanged", "answer")],
        "unanswered": [each for each in some if each.way in exchanges.UNANSWERED],
        "exchange_months": by_month(some, attrgetter("date")),
        "correspondence": exchanges.by_partner(some),
        "outlook": outlook(items, past.coverage, lexicon, span),
    }
