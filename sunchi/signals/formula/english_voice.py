"""Who speaks in the course of an English article, where a sentence says only "he noted" or "the statement added"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sunchi.signals.document import Reading
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


def speaker_before(reading: Reading, sentence: Span) -> str | None:
    """Who spoke last before a sentence, or else whom the one before it or the opening speaks of."""
    spoken = course(reading).before.get(sentence[0])
    if spoken:
        return spoken
    if is_of_the_house(reading):
        return OWN
    return _of_whom(reading, sentence, sentence)


def _of_whom(reading: Reading, sentence: Span, told: Span) -> str | None:
    """Whom the sentence before one speaks of, or the one that tells of "the statement"; or else the opening."""
    if _DOCUMENT.search(reading.text, *told):
        told_of = _where_issued(reading, sentence)
    else:
        before = reading.sentence_before(sentence)
        while _OPENS_WITH_SAME.match(reading.text, *before) and before[0] > reading.opening[-1][0]:
            before = reading.sentence_before(before)
        told_of = [before]
    told_of += reversed(reading.opening)
    return next((who for who in (who_of(reading, span) for span in told_of if span != sentence) if who), None)


def _where_issued(reading: Reading, sentence: Span) -> list[Span]:
    """The nearest sentence before one that says who made a statement or wrote an article."""
    before = sentence
    for _ in range(_BACK):
        before = reading.sentence_before(before)
        if _ISSUED.search(reading.text, *before):
            return [before]
    return []


@dataclass(frozen=True, slots=True)
class Course:
    """Who speaks in the course of an article, by the place where a sentence starts; None is for nobody."""

    before: Mapping[int, str | None]  # who was said to speak last before it
    carried: Mapping[int, str | None]  # whose words it is, for "he noted, and went on:"


@lru_cache(maxsize=1)  # asked of every phrase of an article
def course(reading: Reading) -> Course:
    before: dict[int, str | None] = {}
    carried: dict[int, str | None] = {}
    if reading.tongue != "en":
        return Course(before, carried)
    verbs = spoken(reading)
    last: str | None = None
    going_on: str | None = None
    for sentence in reading.sentences:
        before[sentence[0]], carried[sentence[0]] = last, going_on
        if sentence not in verbs or sentence[0] < reading.headline:
            continue
        told = subject_of(reading, sentence, verbs[sentence].span())
        same = goes_on_speaking(reading, told)
        said = last if same else who_of(reading, told)
        if same and said is None:
            said = OWN if is_of_the_house(reading) else None
        if same and said is None:
            said = _of_whom(reading, sentence, told)
        last = said or last
        if _GOES_ON.search(reading.text[max(sentence[0], sentence[1] - 4) : sentence[1]]):
            going_on = last
        elif not same:
            going_on = None
    return Course(before, carried)
