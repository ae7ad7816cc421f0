"""Article -> signals and alerts, with the lexicon, the rules and the recipients of one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from sunchi import signals
from sunchi.alerts import rules
from sunchi.alerts.notify import Notifier
from sunchi.lexicon import Lexicon
from sunchi.lexicon import load as load_lexicon
from sunchi.model import ARTICLES, PLACE, Alert, Article, Recipient
from sunchi.settings import Settings


@dataclass(frozen=True)
class Analyzer:
    """Detects an article's signals, and makes the alerts that the rules call for."""

    lexicon: Lexicon
    rules: rules.Rules
    recipients: tuple[Recipient, ...] = ()
    notice: str = ""  # what each alert says first

    @classmethod
    def open(cls, settings: Settings) -> Analyzer:
        """Load what the settings name; raises LexiconError or SettingsError that says what is wrong in the files."""
        return cls(
            lexicon := load_lexicon(settings.lexicon),
            rules.load_rules(settings.lexicon / "rules.toml", lexicon),
            Notifier(settings.recipients()).recipients,
            settings.notice(),
        )

    def signals(self, id: str, article: Article) -> pl.DataFrame:
        """Return the article's signals, in the schema `model.SIGNALS`, under that id."""
        return signals.detect(frame(id, article), self.lexicon)

    def alerts_of_new(self, id: str, article: Article, found: pl.DataFrame, revision: int = 1) -> list[Alert]:
        made = rules.alerts(found, frame(id, article), self.rules, self.recipients, revision=revision)
        return self._with_notice(made)

    def alerts_of_edit(self, id: str, revision: int, before: Article, after: Article) -> list[Alert]:
        """Return the alerts of an edit; both texts are read with one lexicon, so only the edit makes a difference."""
        was, found = self.signals(id, before), self.signals(id, after)
        texts = frame(id, before), frame(id, after)
        return self._with_notice(
            rules.edited_alerts(was, found, *texts, self.rules, self.recipients, revision=revision)
        )

    def alerts_of_deletion(self, id: str, revision: int, article: Article) -> list[Alert]:
        found = self.signals(id, article)
        texts = frame(id, article)
        made = rules.alerts(found, texts, self.rules, self.recipients, change="deleted", revision=revision)
        return self._with_notice(made)

    def _with_notice(self, made: Sequence[Alert]) -> list[Alert]:
        return [replace(alert, body=f"{self.notice}\n\n{alert.body}".lstrip()) for alert in made]


def frame(id: str, article: Article) -> pl.DataFrame:
    """Return one article as a frame of `model.ARTICLES`, with the columns of `model.PLACE` that its page fills."""
    row = {
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
    return pl.DataFrame([row], schema=pl.Schema({**ARTICLES, **PLACE}))
