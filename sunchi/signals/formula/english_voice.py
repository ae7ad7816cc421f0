"""Who speaks in the course of an English article, where a sentence says only "he noted" or "the statement added"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.speech import OWN, goes_on_speaking, is_of_the_house, spoken, subject_of, who_of
from sunchi.text import Span

_BACK = 4  # sentences in which he who goes on to speak was named
_DOCUMENT = re.compile(
    r"\b[Tt]he (?:\w+ )?(?:statement|appeal|article|message|letter|declaration|resolution|document|commentary"
    r"|paper|news analyst|essay|editorial|author|bulletin)\b"
)
_ISSUED = re.compile(
    r"\b(?:an?|its|his|her|their|[a-z]+lined|signed|public) (?:[\w-]+ ){0,3}"
    r"(?:statement|appeal|article|commentary|editorial|letter|message|declaration|resolution|bulletin|essay)\b"
)
_OPENS_WITH_SAME = re.compile(rf"(?:He|She|It|Its|They|Their|His|Her|{_DOCUMENT.pattern})\b")
_GOES_ON = re.compile(r":[\"\s]*$")


def speaker_before(document: Document, sentence: Span) -> str | None:
    """Who spoke last before a sentence, or else whom the one before it or the opening speaks of."""
    spoken = course(document).before.get(sentence[0])
    if spoken:
        return spoken
    if is_of_the_house(document):
        return OWN
    return _of_whom(document, sentence, sentence)


def _of_whom(document: Document, sentence: Span, told: Span) -> str | None:
    """Whom the sentence before one speaks of, or the one that tells of "the statement"; or else the opening."""
    if _DOCUMENT.search(document.text, *told):
        told_of = _where_issued(document, sentence)
    else:
        before = document.sentence_before(sentence)
        while _OPENS_WITH_SAME.match(document.text, *before) and before[0] > document.opening[-1][0]:
            before = document.sentence_before(before)
        told_of = [before]
    told_of += reversed(document.opening)
    return next((who for who in (who_of(document, span) for span in told_of if span != sentence) if who), None)


def _where_issued(document: Document, sentence: Span) -> list[Span]:
    """The nearest sentence before one that says who made a statement or wrote an article."""
    before = sentence
    for _ in range(_BACK):
        before = document.sentence_before(before)
        if _ISSUED.search(document.text, *before):
            return [before]
    return []


@dataclass(frozen=True, slots=True)
class Course:
    """Who speaks in the course of an article, by the place where a sentence starts; None is for nobody."""

    before: Mapping[int, str | None]  # who was said to speak last before it
    carried: Mapping[int, str | None]  # whose words it is, for "he noted, and went on:"


@per_document  # asked of every phrase of an article
def course(document: Document) -> Course:
    before: dict[int, str | None] = {}
    carried: dict[int, str | None] = {}
    if document.language != "en":
        return Course(before, carried)
    verbs = spoken(document)
    last: str | None = None
    going_on: str | None = None
    for sentence in document.sentences:
        before[sentence[0]], carried[sentence[0]] = last, going_on
        if sentence not in verbs or sentence[0] < document.headline:
            continue
        told = subject_of(document, sentence, verbs[sentence].span())
        same = goes_on_speaking(document, told)
        said = last if same else who_of(document, told)
        if same and said is None:
            said = OWN if is_of_the_house(document) else None
        if same and said is None:
            said = _of_whom(document, sentence, told)
        last = said or last
        if _GOES_ON.search(document.text[max(sentence[0], sentence[1] - 4) : sentence[1]]):
            going_on = last
        elif not same:
            going_on = None
    return Course(before, carried)
