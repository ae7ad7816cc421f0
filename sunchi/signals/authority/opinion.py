"""Unsigned opinion: an article that judges an adversary in its own name, and of nobody who spoke, met or wrote."""

from __future__ import annotations

from collections.abc import Sequence

from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.english import holds_any, is_review
from sunchi.signals.grammar.speech import verbs_of_speech
from sunchi.signals.row import Row
from sunchi.text import Span

# Sentences of an unsigned piece. Spanish has none: "ATCC comenta" stands in the headline
_AT_LEAST = {"en": 6, "ko": 4, "zh": 4}
_HEATED = 2  # harsh words a sentence
_HARSH = 2  # words of stance.csv
_ONE_IN = 8  # sentences may report that somebody spoke


def is_opinion(document: Document, rows: Sequence[Row]) -> bool:
    """Return whether an article is such a piece; `rows` are those of the other kinds."""
    language = document.language
    if language not in _AT_LEAST:
        return False
    is_of_another = language in word_order.LANGUAGES and any(n.role == "outside" for n in document.home)
    if len(document.tones) < _HARSH or is_of_another or is_review(document):
        return False
    if sum(tone.strength < 0 for _, tone in document.tones) < _HARSH or any(n.role == "leader" for n in document.home):
        return False
    about = {r["partner"] for r in rows if r["kind"] == "attention" and r["code"] == "about"}
    body = document.body
    if len(body) < _AT_LEAST[language] or not about & document.lexicon.adversaries:
        return False
    if _is_heated(document):
        return True
    if _reports(document, body[0]):
        return False
    left = len(body) // _ONE_IN
    for sentence in body:
        left -= _reports(document, sentence)
        if left < 0:
            return False
    return not (language == "ko" and "니다." in document.text)  # how one speaks to others: an address or a message


def _is_heated(document: Document) -> bool:
    """Return whether a Korean text that speaks of "us" has two harsh words a sentence: it judges what it reports."""
    if document.language != "ko" or "니다." in document.text or not document.word_of("we").search(document.text):
        return False
    return sum(tone.strength < 0 for _, tone in document.tones) >= _HEATED * len(document.body)


def _reports(document: Document, sentence: Span) -> bool:
    """Return whether a sentence reports that somebody spoke, met or wrote."""
    if document.language == "en":
        return sentence in verbs_of_speech(document) or bool(document.word_of("news").search(document.small, *sentence))
    return holds_any(document.text[slice(*sentence)], document.class_words("news"))
