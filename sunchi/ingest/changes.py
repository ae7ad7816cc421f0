"""The end of a crawl: compares its new texts with the past of their edition, and puts the result into their alerts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import polars as pl

from sunchi.errors import Drift
from sunchi.ingest.context import CrawlContext, contain_faults
from sunchi.ingest.history import background, record
from sunchi.model import Article, Location

NOT_COMPARED = "not_compared"
"""The kind of the incident of an edition whose new texts could not be compared with its past."""


@dataclass(frozen=True, slots=True)
class NewText:
    """One text that is new in a crawl, and is not backlog from before the first poll."""

    id: str
    article: Article
    revision: int
    page: Location


def say_what_changed(context: CrawlContext, new: Collection[NewText]) -> None:
    """Compare new texts with their edition's past, store the findings, and put them into the alerts, which are still
    held.

    If that fails, the alerts go out as they are, and an incident says so.
    """
    if not new:
        return
    try:
        with contain_faults(context.name()):
            _say(context, new)
    except Drift as error:
        context.report(NOT_COMPARED, f"alerts could not say what changed: {error}")
    else:
        context.report(NOT_COMPARED, "")


def _say(context: CrawlContext, new: Collection[NewText]) -> None:
    store, edition, analyzer = context.store, context.edition, context.analyzer
    ids = [text.id for text in new]
    past = background(store, analyzer.lexicon, edition.source, edition.lang, context.today, ids)
    past = replace(past, findings=[each for each in past.findings if each.day <= context.today])
    own = past.signals.filter(pl.col("article").is_in(ids)).partition_by("article", as_dict=True)
    made = []
    for text in new:
        of_text = own.get((text.id,), past.signals.clear())
        made += analyzer.alerts_of_new(text.id, text.article, of_text, text.revision, past=past, page=text.page)
    now = context.clock()
    store.save_findings([record(each) for each in past.findings], now)
    store.reword_alerts(made, now, ids)
