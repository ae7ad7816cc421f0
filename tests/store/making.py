"""Builds links, articles and alerts to store, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from sunchi.model import SIGNALS, Alert, Article, Change, Link, Location, Page, Recipient, Request
from sunchi.store import ListReading, Parsed, RecordedLinks, Store, Watch
from sunchi.text import article_id, fingerprint

NOW = datetime(2021, 1, 8, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LATEST = "http://www.kcna.kp/en/latest"
DESK = Recipient("desk-key", "json://desk/…", frozenset({"desk"}))
EDITOR = Recipient("editor-key", "mailto://e…", frozenset({"desk"}))


def link(key: str = "a", **changes: Any) -> Link:
    plain = Link(
        source="kcna",
        lang="en",
        url=f"http://www.kcna.kp/en/{key}",
        key=key,
        title=f"Title of {key}",
        date=date(2021, 1, 8),
        position=1,
        section="Latest",
    )
    return replace(plain, **changes)


def article(at: Link, text: str, **changes: Any) -> Article:
    plain = Article(
        source=at.source,
        lang=at.lang,
        url=at.url,
        key=at.key,
        layout="detail",
        title=f"About {text}",
        paragraphs=(f"It is said of {text}.", "The meeting went on."),
        date=at.date,
        date_basis="list",
    )
    return replace(plain, **changes)


def id_of(text: str) -> str:
    """Return the id of the article that began with this text."""
    made = article(link(), text)
    return article_id("kcna", "en", fingerprint(made.title, made.paragraphs))


def fingerprint_of(text: str) -> str:
    made = article(link(), text)
    return fingerprint(made.title, made.paragraphs)


def signals(article_id: str, *partners: str) -> pl.DataFrame:
    rows = [
        {
            "article": article_id,
            "source": "kcna",
            "lang": "en",
            "date": date(2021, 1, 8),
            "kind": "attention",
            "partner": partner,
            "code": "mention",
            "value": 12.0,
            "start": 3,
            "end": 9,
            "quote": "friend",
            "detail": {"share": 0.5, "order": 1, "sentences": 2},
        }
        for partner in partners
    ]
    return pl.DataFrame(rows, schema=SIGNALS)


def alert(article_id: str, change: Change = "published", revision: int = 1, **changes: Any) -> Alert:
    plain = Alert(
        rule="first-named",
        rule_version="1",
        severity="high",
        change=change,
        article=article_id,
        revision=revision,
        partner="CN",
        title="China is named first",
        body="“friend”",
        url="http://www.kcna.kp/en/a",
        tags=("desk",),
        recipients=(DESK, EDITOR),
    )
    return replace(plain, **changes)


def parsed(at: Link, text: str, now: datetime = NOW, **changes: Any) -> Parsed:
    return replace(Parsed(link=at, article=article(at, text), now=now), **changes)


def see(
    store: Store,
    links: Sequence[Link],
    now: datetime = NOW,
    *,
    first_limit: int = 40,
    ok_at: datetime | None = None,
    watch: Watch | None = None,
    **reading: Any,
) -> RecordedLinks:
    read = ListReading(**{"source": "kcna", "lang": "en", "name": "latest", "url": LATEST} | reading)
    return store.record_list(read, links, now=now, first_limit=first_limit, ok_at=ok_at, watch=watch)


def due(store: Store, now: datetime) -> list[tuple[str, str]]:
    """Return what is to be fetched, and why."""
    return [(work.link.key, work.why) for work in store.work("kcna", "en", now)]


def page(url: str, at: datetime = NOW, status: int = 200) -> Page:
    return Page(Request(url), url, status, (), b"", at)


def place(offset: int) -> Location:
    return Location("kcna/2021-01.warc.gz", offset, 100)
