"""Article -> signals and alerts, with the lexicon, the rules and the recipients of one run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl

from sunchi import signals
from sunchi.alerts import rules
from sunchi.alerts.comparison import Background
from sunchi.alerts.notify import Notifier
from sunchi.history.findings import Finding
from sunchi.ingest.trust import kinship
from sunchi.lexicon import Lexicon
from sunchi.lexicon import load as load_lexicon
from sunchi.model import ARTICLES, PLACE, Alert, Article, Location, Recipient
from sunchi.settings import Settings
from sunchi.store import RevisionKind, Store
from sunchi.text import article_id, fingerprint

AS_NEW: tuple[RevisionKind, ...] = ("first", "settled", "replaced", "flicker")
"""Kinds of texts that alert like a new article."""

INCOMPLETE = "incomplete_signals"
"""The kind of the incident of an article whose signals are not complete."""


@dataclass(frozen=True)
class Analysis:
    """What one article says, and why that is not all of it."""

    signals: pl.DataFrame  # in the schema `model.SIGNALS`
    faults: tuple[str, ...]

    def under(self, id: str) -> Analysis:
        """Return the same analysis with its signals under the id of the article that has the text."""
        return replace(self, signals=self.signals.with_columns(pl.lit(id).alias("article")))


@dataclass(frozen=True)
class Analyzer:
    """Detects an article's signals, and makes the alerts that the rules require."""

    lexicon: Lexicon
    rules: rules.Rules
    recipients: tuple[Recipient, ...] = ()
    notice: str = ""  # the first line of each alert

    @classmethod
    def open(cls, settings: Settings) -> Analyzer:
        """Load what the settings name; raises LexiconError or SettingsError that says what is wrong in the files."""
        return cls(
            lexicon := load_lexicon(settings.lexicon),
            rules.load_rules(settings.lexicon / "rules.toml", lexicon),
            Notifier(settings.recipients()).recipients,
            settings.notice(),
        )

    def analyze(self, id: str, article: Article) -> Analysis:
        """Return the analysis of an article, with its signals under that id. Never raises, whatever the text."""
        return self.analyze_all([article])[text_id(article)].under(id)

    def analyze_all(self, articles: Iterable[Article]) -> dict[str, Analysis]:
        """Return the analyses of articles, by `text_id`; reading them together costs far less than one by one."""
        texts = {text_id(article): article for article in articles}
        faults: list[signals.Fault] = []
        found = signals.detect(frame_of_all(texts.items()), self.lexicon, faults)
        by_text, nothing = found.partition_by("article", as_dict=True), found.clear()
        return {
            id: Analysis(by_text.get((id,), nothing), tuple(each.words for each in faults if each.article == id))
            for id in texts
        }

    def signals(self, id: str, article: Article) -> pl.DataFrame:
        """Return the signals of `analyze`."""
        return self.analyze(id, article).signals

    def alerts_of_new(
        self,
        id: str,
        article: Article,
        found: pl.DataFrame,
        revision: int = 1,
        *,
        past: Background | None = None,
        page: Location | None = None,
    ) -> list[Alert]:
        """Return the alerts of a new text; with its `past`, they say what changed."""
        made = rules.alerts(
            found, frame(id, article), self.rules, self.recipients, revision=revision, past=past, page=page
        )
        return self._with_notice(made)

    def alerts_of_text(
        self,
        kind: RevisionKind | None,
        id: str,
        revision: int,
        before: Article | None,
        after: Article,
        found: Analysis,
        *,
        page: Location | None = None,
        past: Background | None = None,
        lost: Collection[tuple[str, str]] = (),
    ) -> list[Alert]:
        """Return the alerts of a text of this kind; `before` is the text that it replaces.

        An edit that only moves paragraphs has none.
        """
        if kind == "mended":
            return []
        if before is None or kind in AS_NEW:
            return self.alerts_of_new(id, after, found.signals, revision, past=past, page=page)
        if kind == "completed":
            return self.alerts_of_completion(id, revision, before, after, found.signals, page, lost)
        return [] if kinship(before, after) == "moved" else self.alerts_of_edit(id, revision, before, after, found)

    def alerts_of_missing(self, findings: Sequence[Finding]) -> list[Alert]:
        """Return the alerts of messages that came in earlier years and have not come this time."""
        return self._with_notice(rules.missing_alerts(findings, self.rules, self.recipients))

    def alerts_of_edit(self, id: str, revision: int, before: Article, after: Article, found: Analysis) -> list[Alert]:
        """Return the alerts of an edit; `found` is from the new text. The earlier text is read with the same lexicon,
        so only the edit makes a difference.

        There are none if the signals of either text are incomplete, since the difference may be what was not found.
        """
        was = self.analyze(id, before)
        if was.faults or found.faults:
            return []
        texts = frame(id, before), frame(id, after)
        return self._with_notice(
            rules.edited_alerts(was.signals, found.signals, *texts, self.rules, self.recipients, revision=revision)
        )

    def alerts_of_completion(
        self,
        id: str,
        revision: int,
        before: Article,
        after: Article,
        found: pl.DataFrame,
        page: Location | None = None,
        lost: Collection[tuple[str, str]] = (),
    ) -> list[Alert]:
        """Return the alerts of a text of which a part, or a wrong version, was known, except those that this already
        raised. What was `lost` of them counts as not raised.

        `found` are the signals of the text.
        """
        made = rules.completed_alerts(
            self.signals(id, before),
            found,
            frame(id, after),
            self.rules,
            self.recipients,
            revision=revision,
            page=page,
            lost=lost,
        )
        return self._with_notice(made)

    def lost(self, id: str, before: Article, after: Article) -> set[tuple[str, str]]:
        """Return for which rules and partners a text raised an alert with words that another of its texts lacks."""
        signals = self.signals(id, before), self.signals(id, after)
        return rules.lost_signals(*signals, before.text, after.text, self.rules)

    def alerts_of_deletion(self, id: str, revision: int, article: Article) -> list[Alert]:
        found = self.signals(id, article)
        texts = frame(id, article)
        made = rules.alerts(found, texts, self.rules, self.recipients, change="deleted", revision=revision)
        return self._with_notice(made)

    def _with_notice(self, made: Sequence[Alert]) -> list[Alert]:
        return [replace(alert, body=f"{self.notice}\n\n{alert.body}".lstrip()) for alert in made]


def record_faults(store: Store, article: Article, faults: Sequence[str], now: datetime) -> bool:
    """Open an incident for an article whose signals are incomplete, or close it if they are. Return whether it was
    open."""
    if faults:
        store.open_incident(INCOMPLETE, article.url, "; ".join(faults), now, source=article.source)
        return False
    return store.close_incident(INCOMPLETE, article.url, now)


def text_id(article: Article) -> str:
    """Return the id of an article's text, which a new article gets as its own."""
    return article_id(article.source, article.lang, fingerprint(article.title, article.paragraphs, article.date))


def frame(id: str, article: Article) -> pl.DataFrame:
    """Return one article as a frame of `model.ARTICLES`, with the columns of `model.PLACE` that its page fills."""
    return frame_of_all([(id, article)])


def frame_of_all(articles: Iterable[tuple[str, Article]]) -> pl.DataFrame:
    """Return articles, each under its id, as a frame like that of `frame`."""
    rows = [
        {
            "article": id,
            "source": article.source,
            "lang": article.lang,
            "url": article.url,
            "date": article.date,
            "title": article.title,
            "paragraphs": list(article.paragraphs),
            "page": article.printed_page,
            "photos": article.photos,
        }
        for id, article in articles
    ]
    return pl.DataFrame(rows, schema=pl.Schema({**ARTICLES, **PLACE}))
