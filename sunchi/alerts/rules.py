"""Makes alerts from signals, by the rules of lexicon/rules.toml; pure.

An alert is worded as an analyst would word it and quotes its evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from sunchi.alerts.comparison import Background, Comparison
from sunchi.alerts.compose import compose
from sunchi.alerts.matching import concerns, matching
from sunchi.alerts.rules_file import Rule, Rules, load_rules
from sunchi.alerts.standing import EarlierDays
from sunchi.alerts.wording import Wording
from sunchi.history.compare_revisions import difference
from sunchi.history.findings import CONFIDENCES, Confidence, Finding
from sunchi.identity.events import events_of
from sunchi.model import Alert, Change, Event, Location, Recipient, Signal
from sunchi.text import normal
from sunchi.text.marks import stands_unquoted

__all__ = ["Rule", "Rules", "alerts", "completed_alerts", "edited_alerts", "load_rules", "missing_alerts"]


def alerts(
    signals: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    change: Change = "published",
    revision: int = 1,
    past: Background | None = None,
    page: Location | None = None,
) -> list[Alert]:
    """Return the alerts for the articles' signals: one for each rule, article and partner, in this order.

    `change` says whether the articles are new or were taken down; `revision` is the number of their text. Rules with
    conditions on findings hold only with a `past`. `page` is the place of the page in the archive.
    """
    by_id = {row["article"]: row for row in articles.iter_rows(named=True)}
    signals = signals.filter(pl.col("language").is_null())  # a translation repeats the original
    rows = signals.to_dicts()
    made = []
    for rule in rules:
        if change not in rule.changes:
            continue
        earlier = EarlierDays(rule, signals, past, rules.lexicon)
        for (article, partner), found in matching(rows, rule, rules.lexicon).items():
            kinds = {signal["kind"] for signal in found}
            against = past.of(article, partner, rule.kinds or kinds) if past else Comparison()
            if not against.finding:
                found = [signal for signal in found if earlier.are_rare(signal)]
            if article in by_id and found and _finds(rule, against):
                if not against.finding and not against.standing:
                    standing, note = earlier.standing(found)
                    against = replace(against, standing=standing, note="" if standing else against.note or note)
                words = Wording(rules.lexicon, _telling(rule, found), _text(by_id[article]), change, against=against)
                alert = compose(rule, by_id[article], partner, words, recipients, revision, page)
                made.append(replace(alert, events=_events(rule, by_id[article], words, rows)))
    return made


def missing_alerts(findings: Iterable[Finding], rules: Rules, recipients: Sequence[Recipient]) -> list[Alert]:
    """Return the alerts of what did not come, each under the article of the last year in which it came."""
    silences = [each for each in findings if each.kind == "silence" and each.compared and not each.withdrawn_on]
    return [
        _missing_alert(rule, silence, rules, recipients)
        for rule in rules
        if "silence" in (rule.findings or ())
        for silence in silences
        if concerns(rule, silence.partner) and _is_confident(rule, silence.confidence)
    ]


def _missing_alert(rule: Rule, silence: Finding, rules: Rules, recipients: Sequence[Recipient]) -> Alert:
    last = silence.compared[0]
    source, _, lang = silence.edition.partition("/")
    article = {
        "article": last.article,
        "source": source,
        "lang": lang,
        "title": last.title,
        "date": last.date,
        "url": last.url,
    }
    words = Wording(rules.lexicon, (), against=Comparison(silence, before=silence.compared))
    event = Event(f"{rule.id}: {silence.event}", silence.day, once=True)
    return replace(compose(rule, article, silence.partner, words, recipients, 1), events=(event,))


def edited_alerts(
    before: pl.DataFrame,
    after: pl.DataFrame,
    was: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    revision: int,
) -> list[Alert]:
    """Return the alerts for new texts of known articles, about the signals that are gone, new or changed.

    `before` and `after` are the signals of the two texts, `was` and `articles` the texts, `revision` the new one's
    number.
    """
    by_id = {row["article"]: row for row in articles.iter_rows(named=True)}
    old_texts = {row["article"]: _text(row) for row in was.iter_rows(named=True)}
    rows_before, rows_after = before.to_dicts(), after.to_dicts()
    made = []
    for rule in rules:
        if "edited" not in rule.changes:
            continue
        old, new = matching(rows_before, rule, rules.lexicon), matching(rows_after, rule, rules.lexicon)
        for article, partner in sorted({*old, *new}):
            gone, come = difference(old.get((article, partner), []), new.get((article, partner), []))
            if article in by_id and (gone or come):
                words = Wording(rules.lexicon, gone, _text(by_id[article]), "edited", come, old_texts.get(article, ""))
                made.append(compose(rule, by_id[article], partner, words, recipients, revision))
    return made


def completed_alerts(
    before: pl.DataFrame,
    after: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    revision: int,
    page: Location | None = None,
    lost: Collection[tuple[str, str]] = (),
) -> list[Alert]:
    """Return the alerts for the whole texts of articles of which only an incomplete or wrong text was known.

    Those that it raised already are left out, except what was `lost` of them, by rule and partner. The site has edited
    nothing, so they are alerts of new articles.
    """
    untold = set[tuple[str, str, str]]()
    rows_before, rows_after = before.to_dicts(), after.to_dicts()
    for rule in rules:
        old = matching(rows_before, rule, rules.lexicon)
        for (article, partner), found in matching(rows_after, rule, rules.lexicon).items():
            _, come = difference(old.get((article, partner), []), found, is_cut=True)
            untold.update({(rule.id, article, partner)} if come or (rule.id, partner) in lost else ())
    made = alerts(after, articles, rules, recipients, revision=revision, page=page)
    return [alert for alert in made if (alert.rule, alert.article, alert.partner) in untold]


def lost_signals(before: pl.DataFrame, after: pl.DataFrame, was: str, text: str, rules: Rules) -> set[tuple[str, str]]:
    """Return the rules and partners whose alert about one text of an article another text of it does not bear out.

    `before` and `after` are the signals of the two, `was` and `text` all of them. The other text bears out a signal if
    it has one of the same kind and code, in whatever words, or contains the words that the signal quotes; but not if it
    says them of other states or in another voice, or has them between quotation marks alone, as what others say.
    """
    lost, words = set[tuple[str, str]](), normal(text)
    rows_before, rows_after = before.to_dicts(), after.to_dicts()
    read = {normal(signal["quote"]) for signal in rows_after}

    def contains(quote: str, found: Sequence[Signal]) -> bool:
        if normal(quote) in read:
            return any(normal(signal["quote"]) == normal(quote) for signal in found)
        return normal(quote) in words and (stands_unquoted(quote, text) or not stands_unquoted(quote, was))

    for rule in rules:
        new = matching(rows_after, rule, rules.lexicon)
        for (article, partner), found in matching(rows_before, rule, rules.lexicon).items():
            there = new.get((article, partner), ())
            still = {(signal["kind"], signal["code"]) for signal in there}
            gone = (signal for signal in found if (signal["kind"], signal["code"]) not in still)
            lost.update((rule.id, partner) for signal in gone if not contains(signal["quote"], there))
    return lost


def _finds(rule: Rule, against: Comparison) -> bool:
    """Return whether an article's findings match the rule, if it has conditions on findings."""
    parts = [part for finding in against.findings for part in finding.parts]
    return rule.findings is None or any(
        part.kind in rule.findings and _is_confident(rule, part.confidence) for part in parts
    )


def _is_confident(rule: Rule, confidence: Confidence) -> bool:
    """Return whether a finding has at least the confidence that the rule requires."""
    return CONFIDENCES.index(confidence) >= CONFIDENCES.index(rule.confidence or "low")


def _telling(rule: Rule, signals: Sequence[Signal]) -> Sequence[Signal]:
    """Return the signals that an alert of a finding quotes if its rule does not name their kind."""
    if rule.findings is None or rule.kinds is not None:
        return signals
    for kinds in (("message", "contact"), ("formula",), ("stance",), ("authority",)):
        if found := [signal for signal in signals if signal["kind"] in kinds]:
            return found
    return signals


def _text(article: Mapping[str, Any]) -> str:
    """Return the text to which the offsets of signals refer."""
    return "\n".join([article["title"] or "", *(article["paragraphs"] or ())])


def _events(rule: Rule, article: Mapping[str, Any], words: Wording, signals: Iterable[Signal]) -> tuple[Event, ...]:
    """Return the events of a new article under this rule; none for an edit or deletion, which is about one article."""
    if words.change != "published":
        return ()
    of_article = [signal for signal in signals if signal["article"] == article["article"]]
    found = events_of(words.signals, of_article, words.text, article["date"], words.lexicon)
    return tuple(replace(event, key=f"{rule.id}: {event.key}") for event in found)
