"""One thing that a stance rests on."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sunchi.lexicon.voices import Tone
from sunchi.text import Span


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One thing that a stance rests on."""

    value: float
    span: Span
    words: str  # as `detail.rests_on` names it
    blamers: AbstractSet[str] = frozenset()  # the states that say so
    accusers: AbstractSet[str] = frozenset()  # and those in which somebody says so
    at: Span | None = None  # the words in the sentence
    tone: Tone | None = None  # the row of stance.csv
    faint: bool = False  # said of nobody in words, and of this state by what the article is about
