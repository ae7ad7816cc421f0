"""What is looked for in a text before its detectors read it: titles, set phrases, tone words, and detectors' own words.

polars finds all words of a batch of texts in one pass (text/search.py); Python reads only where one was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
        self.may_name = lexicon.forms.get(language, {})
        self.names = Search(self.may_name)  # as they are written
        self.stands_for = dict(_sought(lexicon, language))  # by class or file, what each of its words stands for
        folded = () if language in WRITTEN_APART else (Sought.DOCUMENTS, Sought.TERMS)
        together = [name for name in self.stands_for if name not in folded]
        words = dict.fromkeys(word for name in together for word in self.stands_for[name])
        self.sought = Search(words, overlapping=True)  # in small letters
        # in Korean and Chinese, what is looked for in sentences without blanks
        self.folded = {name: Search(self.stands_for[name], overlapping=True) for name in folded}
        self.placed: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)  # the words whose places are asked for
        for name in (Sought.TITLES, Sought.TONES, *CLASSES.get(language, ())):
            for word, means in self.stands_for[name].items():
                self.placed[word].append((name, means))


searches_for = lru_cache(maxsize=64)(Searches)
"""The searches for a lexicon's words in a language, which are made ready once."""


def _sought(lexicon: Lexicon, language: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield, for whom words are looked for in the whole text, and each word with what it stands for."""
    for name in CLASSES.get(language, ()):
        stems = [form.rstrip("~") for form in lexicon.vocabulary.words(name, language)]
        yield name, dict(zip(stems, stems, strict=True))
    yield Sought.FRAMES, lexicon.frames[language].groups_of if language in lexicon.frames else {}
    yield Sought.TITLES, dict.fromkeys(lexicon.title_words.get(language, ()))
    heads = lexicon.tone_heads.get(language, {})  # beginnings
    yield Sought.TONES, {head: (n, len(head), tones) for n, (head, tones) in enumerate(heads.items())}
    yield Sought.DOCUMENTS, lexicon.voices_by_word.get(language, {})
    yield Sought.TERMS, lexicon.terms_by_word.get(language, {})


def find_sought(
    small: Sequence[str], sentences: Sequence[Sequence[Span]], searches: Searches
) -> Iterator[dict[Span, list[str]]]:
    """Yield, of each of several texts of small letters, its sentences with the words sought that stand in them."""
    found = searches.sought.words_in(
        [text[start:end] for text, spans in zip(small, sentences, strict=True) for start, end in spans]
    )
    for spans in sentences:
        yield {span: words for span, words in zip(spans, found, strict=False) if words}


def find_places(small: str, words_in: Mapping[Span, Sequence[str]], searches: Searches) -> Places:
    """Return where the words stand whose places are asked for; a word that comes again stands at its next place."""
    found: Places = defaultdict(list)
    placed = searches.placed
    for (start, _), words in words_in.items():
        after: dict[str, int] = {}
        for word in words:
            if word in placed:
                place = small.index(word, after.get(word, start))
                after[word] = place + 1
                for name, means in placed[word]:
                    found[name].append((place, means))
    for places in found.values():
        places.sort(key=itemgetter(0))  # overlapping words come in the order of their ends
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
