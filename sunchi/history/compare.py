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
from sunchi.lexicon import Lexicon


def compare(
    signals: pl.DataFrame,
    archive: Archive,
    coverage: Coverage,
    lexicon: Lexicon,
    texts: pl.DataFrame,
) -> list[Finding]:
    """Return what changed and what is missing, by day and weight.

    `signals` is a frame of model.SIGNALS, and `archive` has its messages; new words are looked for in `texts`, a frame
    of model.ARTICLES. The findings of a day are the same whether or not the frames go on after it: `Finding.as_of`.
    """
    of_states = Articles(signals, coverage, lexicon)
    observed = [
        *compare_messages.observed(archive.items, archive),
        *compare_messages.first_to_mourn(archive.items),
        *compare_articles.observed(of_states),
        *compare_bursts.observed(of_states),
        *compare_documents.observed(of_states),
        *compare_reports.observed(signals, lexicon),
        *compare_words.observed(of_states, texts),
    ]
    return sorted([*merged(observed), *silences(archive, coverage, lexicon)], key=order)
