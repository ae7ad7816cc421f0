"""The stored past: reads it, compares it, and stores the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl

from sunchi.alerts.comparison import Background
from sunchi.history import compare_revisions
from sunchi.history.baseline import MessageHistory
from sunchi.history.compare import compare, compare_new
from sunchi.history.compare_revisions import Revised
from sunchi.history.coverage import Coverage, Gap
from sunchi.history.findings import Finding, from_json, merged, to_json
from sunchi.ingest.analysis import Analyzer, frame_of_all
from sunchi.ingest.replacement import kind_by_texts
from sunchi.lexicon import Lexicon
from sunchi.model import ARTICLES
from sunchi.signals import detect
from sunchi.store import BY_THE_SITE, ArticleRow, FindingRecord, Revision, Store

MEMORY = timedelta(days=6 * 366)
"""How far back the past is read: a party congress comes every five years; plus the year that is examined."""

AGAIN = timedelta(days=120)
"""How far back findings are computed again, since texts come late, and missing messages may still come."""

TEXTS = timedelta(days=400)
"""How far back all texts are read to find new words."""

RECENT = timedelta(days=7)
"""How long after its last day a missing message is news; an import of the past alerts nobody."""

_LONG = timedelta(hours=18)  # a shorter incident affects no day


def stored_past(
    store: Store,
    since: date | None = None,
    source: str | None = None,
    lang: str | None = None,
    kinds: Collection[str] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame, Coverage]:
    """Return the signals since a day, the articles that report messages, and which days are known.

    `source` and `lang` select one edition, `kinds` some kinds of signals.
    """
    signals = store.signals(since, source=source, lang=lang, kinds=kinds)
    ids = signals.filter(pl.col("kind") == "message")["article"].unique().to_list()
    articles = _frame(store.articles_by_id(ids).values())
    return signals, articles, coverage_of(store, since)


def coverage_of(store: Store, since: date | None = None) -> Coverage:
    """Return which days are known; `since` is the first day of what is compared with it."""
    counts, texts = store.articles_a_day(), store.articles_a_day(with_text=True)
    return Coverage(counts, gaps(store), texts, since or date.min)


def background(store: Store, lexicon: Lexicon, source: str, lang: str, today: date, new: Collection[str]) -> Background:
    """Return what an edition had printed until a day, and how its new articles (ids) compare with that."""
    signals, articles, coverage = stored_past(store, today - MEMORY, source, lang)
    history, found = compare_new(signals, articles, coverage, lexicon, new)
    return Background(history, found, coverage, f"{source}/{lang}", signals)


def _frame(articles: Iterable[ArticleRow]) -> pl.DataFrame:
    rows = [
        (row["id"], row["source"], row["lang"], row["url"], row["date"], row["title"], row["paragraphs"])
        for row in articles
    ]
    return pl.DataFrame(rows, schema=ARTICLES, orient="row")


def gaps(store: Store) -> list[Gap]:
    """Return the times in which a source was not reliable, according to its incidents."""
    return [
        Gap(each.source, each.opened_at.date(), (each.closed_at or each.last_at).date(), each.message)
        for each in store.incidents(open_only=False)
        if each.source and (each.closed_at or each.last_at) - each.opened_at >= _LONG
    ]


def compare_and_alert(store: Store, analyzer: Analyzer, now: datetime, since: date | None = None) -> list[Finding]:
    """Compare what is stored with its past, queue alerts about what has not come, and return the new findings."""
    store.refuse_half_rebuilt()
    new = compare_stored(store, analyzer.lexicon, now, since)
    recent = [each for each in new if each.day >= now.date() - RECENT]
    store.queue_alerts(analyzer.alerts_of_missing(recent), now)
    return new


def compare_stored(store: Store, lexicon: Lexicon, now: datetime, since: date | None = None) -> list[Finding]:
    """Compare what is stored with its past, store the findings, and return the new ones.

    The days since `since`, by default the last four months, are computed again. A finding that is no longer supported,
    because a text, the lexicon or the program changed, is withdrawn.
    """
    today = now.date()
    first = since or today - AGAIN
    texts = _frame(store.articles(since=first + AGAIN - TEXTS))
    signals, articles, coverage = stored_past(store, first + AGAIN - MEMORY)
    made = compare(signals, MessageHistory.of(signals, articles, lexicon), coverage, lexicon, texts)
    made += merged(compare_revisions.observed(revised(store, lexicon, first)))
    found = {each.id: each for each in made if each.day >= first}
    known = {each.id: from_json(each.finding) for each in store.findings(first)}
    gone = [
        replace(each, withdrawn_on=today, withdrawn="what it was based on has changed")
        for id, each in known.items()
        if id not in found and each.withdrawn_on is None
    ]
    store.save_findings([record(each) for each in (*found.values(), *gone)], now)
    return [each for id, each in found.items() if id not in known]


def revised(store: Store, lexicon: Lexicon, since: date) -> list[Revised]:
    """Return the articles that their outlets edited or took down since a day, with the signals of both texts.

    If it is not known what a text is, it counts as an edit unless it completes a teaser.
    """
    changed = [
        (before, after, at)
        for before, after, at in store.changed_texts(datetime.combine(since, time.min, UTC))
        if after is None or (after.kind or kind_by_texts(before.article, after.article)) in BY_THE_SITE
    ]
    texts = {_name(text): text.article for before, after, _ in changed for text in (before, after) if text}
    if not texts:
        return []
    found = detect(frame_of_all(texts.items()), lexicon, [])
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for signal in found.iter_rows(named=True):
        said[signal["article"]].append(signal)
    return [
        Revised(
            before.article_id, f"{before.article.source}/{before.article.lang}", before.article.title,
            before.article.url, before.article.date, at.date(), (after or before).number,
            said[_name(before)], said[_name(after)] if after else None,
        )
        for before, after, at in changed
    ]  # fmt: skip


def _name(text: Revision) -> str:
    return f"{text.article_id}/{text.number}"


def record(finding: Finding) -> FindingRecord:
    return FindingRecord(finding.id, finding.edition, finding.partner, finding.day, finding.kind, to_json(finding))
