"""What is looked for in a text before its detectors read it: titles, set phrases, tone words, and detectors' own words.

Each is one pass over the text for all words at once (text/search.py); Python reads only where one was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sunchi.lexicon import Lexicon
from sunchi.lexicon.voices import Tone
from sunchi.text import WRITTEN_APART, Span
from sunchi.text.search import Search

CLASSES: Mapping[str, tuple[str, ...]] = {
    "en": ("gift_on_display", "press_item", "private_friend", "say_or_praise", "speech_stem"),
    "es": ("private_friend",),
    "ko": ("private_friend",),
}
"""By language, the classes of vocabulary.csv that detectors look for in the whole text; of a form with `~` its stem."""

Places = defaultdict[str, list[tuple[int, Any]]]
"""By class or file: where words begin, in order, each with what it stands for."""


class Sought(StrEnum):
    """The files of the lexicon whose words are looked for in the whole text."""

    DOCUMENTS = "authority.csv"
    FRAMES = "frames.csv"
    TERMS = "terms.csv"
    TITLES = "titles.csv"
    TONES = "stance.csv"


class Searches:
    """The searches for a lexicon's words in texts of one language, and what each word of them stands for."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self.lexicon = lexicon
        self.language = language
        names = lexicon.forms.get(language, {})
        self.names, self.may_name = Search(names), tuple(names.values())  # as they are written
        sought: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
        for name, words in _sought(lexicon, language):
            for word, means in words.items():
                sought[word].append((name, means))
        self.sought, self.stands_for = Search(sought, overlapping=True), tuple(sought.values())  # in small letters


searches_for = lru_cache(maxsize=64)(Searches)
"""The searches for a lexicon's words in a language, which are made ready once."""


def _sought(lexicon: Lexicon, language: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield, for whom words are looked for in the whole text, and each word with what it stands for."""
    for name in CLASSES.get(language, ()):
        stems = [form.rstrip("~") for form in lexicon.vocabulary.words(name, language)]
        yield name, dict(zip(stems, stems, strict=True))
    if language in lexicon.frames:
        yield Sought.FRAMES, lexicon.frames[language].groups_of
    yield Sought.TITLES, dict.fromkeys(lexicon.title_words.get(language, ()))
    heads = lexicon.tone_heads.get(language, {})  # beginnings
    yield Sought.TONES, {head: (n, len(head), tones) for n, (head, tones) in enumerate(heads.items())}
    if language in WRITTEN_APART:  # the others are matched without blanks
        yield Sought.DOCUMENTS, lexicon.anchored_voices[language].stands_for
        yield Sought.TERMS, lexicon.anchored_terms[language].stands_for


def find_sought(small: str, searches: Searches) -> Places:
    """Return where what detectors look for stands in a text of small letters."""
    found: Places = defaultdict(list)
    for n, start, _ in sorted(searches.sought.hits(small), key=itemgetter(1)):
        for name, means in searches.stands_for[n]:
            found[name].append((start, means))
    return found


def find_titles(plain: str, searched: Places, searches: Searches) -> Iterator[Span]:
    """Yield the full titles in a text, in order."""
    reached = 0
    for start, _ in searched[Sought.TITLES]:
        pattern = searches.lexicon.title_patterns[searches.language]
        if start < reached:
            continue
        if searches.language != "en":  # there the office closes a title
            after = plain.find("\n", start)
            begin, reached = plain.rfind("\n", 0, start) + 1, after if after >= 0 else len(plain)
            yield from (match.span() for match in pattern.finditer(plain, begin, reached))
        elif match := pattern.match(plain, start):
            yield match.span()
            reached = match.end()


def find_tones(small: str, searched: Places) -> Iterator[tuple[Span, Tone]]:
    """Yield where words of stance.csv stand in a text of small letters, the longest where several begin.

    None begins inside the beginning of one before.
    """
    reached = 0
    for start, (_, length, tones) in sorted(searched[Sought.TONES]):
        if start < reached:
            continue
        reached = start + length
        for tone in tones:
            if match := tone.pattern.match(small, start):
                yield match.span(), tone
                break
