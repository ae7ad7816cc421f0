"""What is looked for in a text before its detectors read it: titles, set phrases, tone words, and detectors' own words.

Each is one pass over the text for all words at once (text/search.py); Python reads only where one was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from sunchi.lexicon import Lexicon, Name
from sunchi.lexicon.voices import Tone
from sunchi.text import WRITTEN_APART, Span
from sunchi.text.search import Search

CLASSES: Mapping[str, tuple[str, ...]] = {
    "en": ("gift_on_display", "press_item", "private_friend", "ruling_in_seoul", "say_or_praise", "speech_stem"),
    "es": ("private_friend",),
    "ko": ("private_friend",),
    "zh": (),
}
"""By language, the classes of vocabulary.csv that detectors look for in the whole text; of a form with `~` its stem."""

FRAMES = "frames.csv"
DOCUMENTS = "authority.csv"
TERMS = "terms.csv"

Places = Mapping[str, Sequence[tuple[int, Any]]]
"""By class, FRAMES or DOCUMENTS: where words begin, in order, each with what it stands for."""

_start = itemgetter(1)


@lru_cache(maxsize=64)
def searches_for(lexicon: Lexicon, language: str) -> Searches:
    """Return the searches for the words of a lexicon in a language, which are made ready once."""
    return Searches(lexicon, language)


class Searches:
    """The searches for a lexicon's words in texts of one language."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self.lexicon = lexicon
        self.language = language

    @cached_property
    def names(self) -> tuple[Search, Sequence[tuple[Name, ...]]]:
        """Names of states, as they are written, each with those that it may be."""
        forms = self.lexicon.forms.get(self.language, {})
        return Search(forms), tuple(forms.values())

    @cached_property
    def offices(self) -> Search:
        """Offices, as they are written."""
        return Search(self.lexicon.offices.get(self.language, ()))

    @cached_property
    def tone_heads(self) -> tuple[Search, Sequence[tuple[Tone, ...]]]:
        """Beginnings of tone words, in small letters, each with the tones that may stand there."""
        heads = self.lexicon.tone_heads.get(self.language, {})
        return Search(heads), tuple(heads.values())

    @cached_property
    def term_anchors(self) -> Search:
        """The anchors of all set phrases."""
        return Search(self.lexicon.anchored.get(self.language, {}), overlapping=True)

    @cached_property
    def sought(self) -> tuple[Search, Sequence[Sequence[tuple[str, Any]]]]:
        """What is looked for in the whole text, in small letters; each word with what it stands for, and for whom."""
        stands_for: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
        for name, words in self._sought():
            for word, means in words.items():
                stands_for[word].append((name, means))
        return Search(stands_for, overlapping=True), tuple(stands_for.values())

    def _sought(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name in CLASSES.get(self.language, ()):
            stems = [form.rstrip("~") for form in self.lexicon.vocabulary.words(name, self.language)]
            yield name, dict(zip(stems, stems, strict=True))
        if self.language in self.lexicon.frames:
            yield FRAMES, self.lexicon.frames[self.language].groups_of
        if self.language in WRITTEN_APART:  # the others are matched without blanks
            yield DOCUMENTS, {anchor: anchor for anchor in self.lexicon.documents[self.language]}
            yield TERMS, {anchor: anchor for anchor, terms in self.lexicon.anchored[self.language].items() if terms}


def find_sought(small: str, searches: Searches) -> Places:
    """Return where what detectors look for stands in a text of small letters."""
    search, stands_for = searches.sought
    found: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)
    for n, start, _ in sorted(search.hits(small), key=_start):
        for name, means in stands_for[n]:
            found[name].append((start, means))
    return found


def find_titles(plain: str, searches: Searches) -> Iterator[Span]:
    """Yield the full titles in a text, in order."""
    pattern = searches.lexicon.title_patterns.get(searches.language)
    offices = searches.offices.hits(plain) if pattern else ()
    if not pattern or not offices:
        return
    if searches.language != "en":  # there the office closes a title
        yield from (match.span() for match in pattern.finditer(plain))
        return
    reached = 0
    for _, start, _ in offices:
        match = pattern.match(plain, start) if start >= reached else None
        if match:
            yield match.span()
            reached = match.end()


def find_tones(small: str, searches: Searches) -> Iterator[tuple[Span, Tone]]:
    """Yield where words of stance.csv stand in a text of small letters, the longest where several begin."""
    search, tones = searches.tone_heads
    for n, start, _ in search.hits(small):
        for tone in tones[n]:
            match = tone.pattern.match(small, start)
            if match:
                yield match.span(), tone
                break
