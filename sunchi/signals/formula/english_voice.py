"""Who speaks in the course of an English article, where a sentence says only "he noted" or "the statement added"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.speech import (
    OWN,
    goes_on_speaking,
    is_of_own_press,
    speaker_in,
    subject_of,
    verbs_of_speech,
)
from sunchi.text import Span

_BACK = 4  # sentences in which he who goes on to speak was named
# "The joint statement noted"
_DOCUMENT = Pattern(r"\bthe (?:\w+ )?(?:{document}|{author})\b")
# "issued a statement", "in its signed commentary"
_ISSUED = Pattern(r"\b(?:an?|its|his|her|their|public) (?:[\w-]+ ){0,3}{document}\b")


def speaker_before(document: Document, sentence: Span) -> str | None:
    """Return who spoke last before a sentence, else the subject of the one before it or of the opening."""
    speaker = speakers(document).before.get(sentence[0])
    if speaker:
        return speaker
    if is_of_own_press(document):
        return OWN
    return _spoken_of(document, sentence, sentence)


def _spoken_of(document: Document, sentence: Span, subject: Span) -> str | None:
    """Return the subject of the sentence before, or who issued "the statement", else whom the opening names."""
    if document.pattern(_DOCUMENT).search(document.small, *subject):
        earlier = _where_issued(document, sentence)
    else:
        before = document.sentence_before(sentence)
        while _opens_with_same(document, before) and before[0] > document.opening[-1][0]:
            before = document.sentence_before(before)
        earlier = [before]
    earlier += reversed(document.opening)
    return next((who for who in (speaker_in(document, span) for span in earlier if span != sentence) if who), None)


def _opens_with_same(document: Document, sentence: Span) -> bool:
    """Return whether a sentence goes on about what was named before: "The commentary …"."""
    return bool(document.pattern(_DOCUMENT).match(document.small, *sentence))


def _where_issued(document: Document, sentence: Span) -> list[Span]:
    """Return the nearest sentence before one that says who made a statement or wrote an article."""
    before = sentence
    for _ in range(_BACK):
        before = document.sentence_before(before)
        if document.pattern(_ISSUED).search(document.text, *before):
            return [before]
    return []


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks in the course of an article, by the place where a sentence starts; None is for nobody."""

    before: Mapping[int, str | None]  # who was said to speak last before it
    carried: Mapping[int, str | None]  # whose words it is, for "he noted, and went on:"


@per_document  # asked of every phrase of an article
def speakers(document: Document) -> Speakers:
    """Return who speaks in the course of an English article."""
    before: dict[int, str | None] = {}
    carried: dict[int, str | None] = {}
    if document.language != "en":
        return Speakers(before, carried)
    verbs = verbs_of_speech(document)
    last: str | None = None
    going_on: str | None = None
    for sentence in document.sentences:
        before[sentence[0]], carried[sentence[0]] = last, going_on
        if sentence not in verbs or sentence[0] < document.headline:
            continue
        subject = subject_of(document, sentence, verbs[sentence].span())
        is_same = goes_on_speaking(document, subject)
        speaker = last if is_same else speaker_in(document, subject)
        if is_same and speaker is None:
            speaker = OWN if is_of_own_press(document) else _spoken_of(document, sentence, subject)
        last = speaker or last
        if document.text[max(sentence[0], sentence[1] - 4) : sentence[1]].rstrip('" ').endswith(":"):
            going_on = last
        elif not is_same:
            going_on = None
    return Speakers(before, carried)
