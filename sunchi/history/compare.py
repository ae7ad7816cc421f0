"""All findings of an archive; pure."""

from __future__ import annotations

import polars as pl

from sunchi.history import compare_articles, compare_messages
from sunchi.history.baseline import Archive
from sunchi.history.coverage import Coverage
from sunchi.history.due import silences
from sunchi.history.findings import Finding, merged, order
from sunchi.history.items import items_of
from sunchi.lexicon import Lexicon


def compare(signals: pl.DataFrame, articles: pl.DataFrame, coverage: Coverage, lexicon: Lexicon) -> list[Finding]:
    """Return what changed and what is missing, by day and weight.

    `signals` is a frame of model.SIGNALS, `articles` one of model.ARTICLES that holds at least those that report
    messages. The findings of a day are the same whether or not the frames go on after it: `Finding.as_of`.
    """
    archive = Archive(items_of(signals, articles, lexicon))
    observed = [
        *compare_messages.observed(archive.items, archive),
        *compare_articles.observed(compare_articles.Articles(signals, coverage, lexicon)),
    ]
    return sorted([*merged(observed), *silences(archive, coverage, lexicon)], key=order)
