"""Articles that a bug of ours kept from being fully read when they came: makes their alerts once they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sunchi.ingest.analysis import Analyzer, record_faults
from sunchi.ingest.history import background
from sunchi.model import Alert
from sunchi.store import Revision, Store

NEWS_FOR = timedelta(days=2)
"""How long a text is news after it was first seen."""


def record_reading(store: Store, analyzer: Analyzer, text: Revision, faults: Sequence[str], now: datetime) -> None:
    """Record that a stored text was read again, with its signals stored. If an earlier fault is now fixed, queue the
    alerts that the text would have had, if it is still news."""
    if record_faults(store, text.article, faults, now) and now - text.seen_at <= NEWS_FOR:
        store.queue_alerts(_missed(store, analyzer, text, now), now)


def _missed(store: Store, analyzer: Analyzer, text: Revision, now: datetime) -> list[Alert]:
    article, id = text.article, text.article_id
    link = store.link_at(article.source, article.lang, article.url)
    work = store.work_at(link) if link else None
    if work is None or work.is_backlog or work.is_imported:
        return []
    analysis = analyzer.analyze(id, article)
    before = next((each for each in store.revisions(id) if each.number == text.number - 1), None)
    past = background(store, analyzer.lexicon, article.source, article.lang, now.date(), [id])
    replaced = before.article if before else None
    return analyzer.alerts_of_text(
        text.kind, id, text.number, replaced, article, analysis, page=text.response, past=past
    )
