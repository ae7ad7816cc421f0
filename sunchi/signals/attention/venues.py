"""Articles on events in several states: "Events were held in Laos, Nepal and Peru on the day"."""

from __future__ import annotations

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.attention.incidental import is_place
from sunchi.signals.document import Document, per_document
from sunchi.text import Span

_SOON = 2  # sentences after the first in which a text says where the events took place

# "Meetings were held in Laos and Nepal", "They included …"
_EVENTS = Pattern(r"\b{event}\b[^.]*\b{take_place}\b|\b(?:there (?:took place|were)|they (?:included|were))\b")


def venues(document: Document) -> set[str]:
    """Return the states in which a day was celebrated, if the article reports several."""
    named = (n for sentence in venue_sentences(document) for n in document.named_in(sentence))
    return {n.partner for n in named if is_place(document, n)}


@per_document  # asked for every name
def venue_sentences(document: Document) -> frozenset[Span]:
    """Return the first sentences that list where a day was celebrated, in an article that names the home side."""
    if len({n.partner for n in document.mentions}) < 2:
        return frozenset()
    body = document.body[: _SOON + 1]
    several = [s for s in body if len({n.partner for n in document.named_in(s)}) > 1]
    telling = [s for s in several if document.pattern(_EVENTS).search(document.small, *s)]
    at_missions = any(document.word_of("missions").search(document.small, *s) for s in body) if telling else False
    cause = document.word_of("our_cause")
    is_ours = any(document.home_in(s) or cause.search(document.text, *s) for s in body[:2])
    if not telling or at_missions or not is_ours:
        return frozenset()  # missions are Pyongyang's, in many states
    return frozenset(s for s in telling if len({n.partner for n in document.named_in(s) if is_place(document, n)}) > 1)
