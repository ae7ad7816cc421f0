"""All findings of an archive; pure."""

from __future__ import annotations

import polars as pl

from sunchi.history import (
    compare_articles,
    compare_bursts,
    compare_documents,
    compare_messages,
    compare_reports,
    compare_words,
)
from sunchi.history.articles import Articles
from sunchi.history.baseline import Archive
from sunchi.history.coverage import Coverage
from sunchi.history.due import silences
from sunchi.history.findings import Finding, merged, order
from sunchi.history.items import items_of
from sunchi.lexicon import Lexicon


def compare(
    signals: pl.DataFrame,
    articles: pl.DataFrame,
    coverage: Coverage,
    lexicon: Lexicon,
    texts: pl.DataFrame | None = None,
) -> list[Finding]:
    """Return what changed and what is missing, by day and weight.

    `signals` is a frame of model.SIGNALS, `articles` one of model.ARTICLES that holds at least those that report
    messages; new words are looked for in `texts`, all articles of some time, or else in `articles`. The findings of a
    day are the same whether or not the frames go on after it: `Finding.as_of`.
    """
    of_states = Articles(signals, coverage, lexicon)
    archive = Archive(items_of(signals, articles, lexicon))
    observed = [
        *compare_messages.observed(archive.items, archive),
        *compare_messages.first_to_mourn(archive.items),
        *compare_articles.observed(of_states),
        *compare_bursts.observed(of_states),
        *compare_documents.observed(of_states),
        *compare_reports.observed(signals, lexicon),
        *compare_words.observed(of_states, articles if texts is None else texts),
    ]
    return sorted([*merged(observed), *silences(archive, coverage, lexicon)], key=order)
