"""The past as the store has it, for comparing years."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from sunchi.history.coverage import Coverage, Gap
from sunchi.model import ARTICLES
from sunchi.store import Store

_LONG = timedelta(hours=18)  # an incident of less cost no day


def stored_past(store: Store, since: date | None = None) -> tuple[pl.DataFrame, pl.DataFrame, Coverage]:
    """Return the signals since a day, the articles that report messages, and which days are known."""
    signals = store.signals(since)
    ids = signals.filter(pl.col("kind") == "message")["article"].unique().to_list()
    rows = [
        (row["id"], row["source"], row["lang"], row["url"], row["date"], row["title"], row["paragraphs"])
        for row in store.articles_by_id(ids).values()
    ]
    return signals, pl.DataFrame(rows, schema=ARTICLES, orient="row"), Coverage(store.articles_a_day(), gaps(store))


def gaps(store: Store) -> list[Gap]:
    """Return the times in which a source could not be relied on, by the incidents."""
    return [
        Gap(each.source, each.opened_at.date(), (each.closed_at or each.last_at).date(), each.message)
        for each in store.incidents(open_only=False)
        if each.source and (each.closed_at or each.last_at) - each.opened_at >= _LONG
    ]
