"""Composes an alert as text and as data: the lines below its first line, and the data for programs; pure.

It takes only plain text from a page: no markup, no control characters, no mention that a chat service would expand, no
link except http(s).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sunchi.alerts.rules_file import Rule
from sunchi.alerts.wording import QUOTE_LENGTH, Wording
from sunchi.history.findings import Compared
from sunchi.identity.events import speakers
from sunchi.model import ALWAYS, Alert, Location, Recipient, Severity
from sunchi.text import cut, cut_clauses
from sunchi.text.safe import safe_text, web_address

_TITLE_LENGTH = 250


def compose(
    rule: Rule,
    article: Mapping[str, Any],
    partner: str,
    words: Wording,
    recipients: Sequence[Recipient],
    revision: int,
    page: Location | None = None,
) -> Alert:
    """Return the alert of a rule about one article and partner; `page` is the article's place in the archive.

    What came just as in earlier years is of low severity, whatever the rule says.
    """
    severity: Severity = "low" if words.against.is_usual else rule.severity
    said = _said(rule, article, partner, words, severity, page)
    first_line = " ".join(rule.title.format_map(said).split())
    title = cut_clauses(first_line, _TITLE_LENGTH)
    if title != first_line:
        said["change"] = safe_text(words.against.in_words(_left_out(first_line, title)))
    said["what"] = safe_text(words.what(title=title))
    return Alert(
        rule=rule.id,
        rule_version=rule.version,
        severity=severity,
        change=words.change,
        article=article["article"],
        revision=revision,
        partner=partner,
        title=title,
        body=re.sub(r"\n{3,}", "\n\n", rule.body.format_map(said)).strip(),
        url=said["url"],
        data=_data(rule, article, partner, words, said),
        tags=rule.tags,
        recipients=tuple(r for r in recipients if r.tags & {ALWAYS, *rule.tags}),
    )


def _left_out(first_line: str, title: str) -> list[str]:
    """Return the clauses of a first line that do not fit into the title."""
    return first_line.removeprefix(f"{title}; ").split("; ") if first_line.startswith(title) else []


def _said(
    rule: Rule, article: Mapping[str, Any], partner: str, words: Wording, severity: Severity, page: Location | None
) -> dict[str, str]:
    """Return the fields for a rule's templates, as safe text."""
    said = {
        "summary": words.summary(),
        "change": words.against.in_words(),
        "explained": f"Explained: sunchi detect --explain {article['article']}",
        "page": f"Stored page: {page.file}, byte {page.offset}" if page else "",
        "partner": words.lexicon.label(partner),
        "severity": severity,
        "date": article["date"].isoformat() if article["date"] else "no date",
        "source": f"{article['source']} ({article['lang']})",
        "headline": cut(" ".join((article["title"] or "").split()), QUOTE_LENGTH),
        "what": words.what(),
        "evidence": words.evidence(),
        "rule": rule.id,
        "why": rule.why,
    }
    return {key: safe_text(value) for key, value in said.items()} | {"url": web_address(article["url"] or "")}


def _data(
    rule: Rule, article: Mapping[str, Any], partner: str, words: Wording, said: Mapping[str, str]
) -> Mapping[str, Any]:
    """Return an alert as data for programs; words from pages are made as safe as in its text."""
    against = words.against
    found = against.finding
    return {
        "rule": rule.id,
        "severity": said["severity"],
        "partner": partner,
        "change": words.change,
        "kinds": sorted({signal["kind"] for signal in (*words.signals, *words.come)}),
        "finding": {
            "id": found.id,
            "kind": found.kind,
            "words": safe_text(found.first_line),
            "confidence": found.confidence,
            "numbers": found.numbers,
            "innocent": list(found.innocent),
        }
        if found
        else None,
        "parties": list(against.parties),
        "speakers": speakers(words.signals, words.lexicon),
        "new": list(against.new),
        "gone": list(against.gone),
        "compared": [_compared(text) for text in (*against.now, *against.before)],
        "articles": [
            {
                "id": article["article"],
                "edition": f"{article['source']}/{article['lang']}",
                "date": article["date"].isoformat() if article["date"] else None,
                "title": said["headline"],
                "url": said["url"],
            }
        ],
        "quotes": said["evidence"].splitlines(),
    }


def _compared(text: Compared) -> Mapping[str, Any]:
    return {
        "date": text.date.isoformat(),
        "what": safe_text(text.what),
        "words": text.words,
        "salutation": text.salutation,
        "phrases": None if text.phrases is None else list(text.phrases),
        "article": text.article,
        "url": web_address(text.url),
    }
