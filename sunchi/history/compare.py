"""Computes all findings of an archive; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import polars as pl

from sunchi.history import (
    compare_articles,
    compare_bursts,
    compare_documents,
    compare_epithets,
    compare_messages,
    compare_outlets,
    compare_words,
)
from sunchi.history.answers import REPLIED
from sunchi.history.articles import Articles
from sunchi.history.baseline import MessageHistory
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Finding, Observation, merged, order
from sunchi.history.items import Item
from sunchi.history.silences import silences
from sunchi.lexicon import Lexicon


def compare(
    signals: pl.DataFrame,
    history: MessageHistory,
    coverage: Coverage,
    lexicon: Lexicon,
    texts: pl.DataFrame,
) -> list[Finding]:
    """Return what changed and what is missing, ordered by day and weight.

    `signals` is a frame of model.SIGNALS, and `history` has its messages; `texts`, a frame of model.ARTICLES, is
    searched for new words. The findings of a day do not depend on later rows of the frames: `Finding.as_of`.
    """
    of_states = Articles(signals, coverage, lexicon)
    observed = [
        *_observed(of_states, history, history.items),
        *compare_words.observed(of_states, texts),
        *compare_epithets.observed(texts, coverage, lexicon),
        *compare_outlets.observed(history.items, coverage),
    ]
    return sorted([*merged(observed), *silences(history, coverage, lexicon)], key=order)


def compare_new(
    signals: pl.DataFrame, articles: pl.DataFrame, coverage: Coverage, lexicon: Lexicon, new: Collection[str]
) -> tuple[MessageHistory, list[Finding]]:
    """Return the archive that new articles (ids) are compared with, and what changed in them, by day and weight.

    `signals` and `articles` are those of `compare`. Only what the new articles affect is compared, so the time grows
    with their number, and hardly with the length of the past. Silences and new words are found by `compare` alone.
    """
    own = signals.filter(pl.col("article").is_in(list(new)), pl.col("date").is_not_null())
    if own.is_empty():
        return MessageHistory(()), []
    first: date = own["date"].min()  # type: ignore[assignment]  # of a column of dates
    history = MessageHistory.of(_messages_for(own, signals, first), articles, lexicon)
    of_states = Articles(_signals_for(own, signals), coverage, lexicon)
    observed = _observed(of_states, history, history.since(first))
    return history, [each for each in sorted(merged(observed), key=order) if each.day >= first]


def _observed(articles: Articles, history: MessageHistory, items: Sequence[Item]) -> Iterator[Observation]:
    """Yield what changed in items, and in articles of any day."""
    yield from compare_messages.observed(items, history, articles.coverage)
    yield from compare_messages.first_to_mourn(history.items)
    yield from compare_articles.observed(articles)
    yield from compare_bursts.observed(articles)
    yield from compare_documents.observed(articles)


def _messages_for(own: pl.DataFrame, signals: pl.DataFrame, first: date) -> pl.DataFrame:
    """Return the signals that new messages are compared with.

    These are the signals of the same states, those of the preceding weeks, and all messages with a salutation, since
    they may have the same sender.
    """
    states = own.filter(pl.col("kind") == "message")["partner"].unique()
    if states.is_empty():
        return signals.clear()
    near = pl.col("date") >= first - REPLIED
    addressed = (pl.col("kind") == "message") & pl.col("detail").struct.field("salutation").is_not_null()
    return signals.filter(pl.col("partner").is_in(states.implode()) | near | addressed)


def _signals_for(own: pl.DataFrame, signals: pl.DataFrame) -> pl.DataFrame:
    """Return the signals that new articles are compared with: those of their states, or all if one is a document."""
    if compare_documents.may_have_documents(own):
        return signals
    states = own["partner"].unique()
    return signals.filter(pl.col("partner").is_in(states.implode()) | (pl.col("kind") == "authority"))
