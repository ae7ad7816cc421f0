"""Searches over all texts at once: for titles, set phrases, words of stance.csv, and detectors' own words.

Each is one Aho-Corasick search in polars; searching the texts one by one would take ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sunchi.lexicon import Lexicon, Term
from sunchi.lexicon.voices import Tone
from sunchi.text import WRITTEN_APART, Folded, Span, in_small_letters


class Batch:
    """Texts that are read together: what a detector asks of the first one is searched for in all of them at once."""

    def __init__(self, plain: Sequence[str]) -> None:
        self.small = [in_small_letters(text) for text in plain]
        self._column = pl.Series(self.small, dtype=pl.String)
        self._places: dict[tuple[str, ...], list[list[int]]] = {}
        self._words: dict[tuple[str, ...], list[list[tuple[int, str]]]] = {}
        self._held: dict[tuple[str, ...], list[frozenset[str]]] = {}

    def places(self, words: tuple[str, ...]) -> list[list[int]]:
        """Return, for each text, where one of `words` stands."""
        if words not in self._places:
            found = self._column.str.find_many(list(words), leftmost=True).to_list()
            self._places[words] = [_characters(text, at or []) for text, at in zip(self.small, found, strict=True)]
        return self._places[words]

    def words(self, words: tuple[str, ...]) -> list[list[tuple[int, str]]]:
        """Return, for each text, where each of `words` stands, in order, also those that lie over one another."""
        if words not in self._words:
            begins = self._column.str.find_many(list(words), overlapping=True).to_list()
            found = self._column.str.extract_many(list(words), overlapping=True).to_list()
            each = [sorted(zip(at or (), some or (), strict=True)) for at, some in zip(begins, found, strict=True)]
            self._words[words] = [
                list(zip(_characters(text, [at for at, _ in some]), [word for _, word in some], strict=True))
                for text, some in zip(self.small, each, strict=True)
            ]
        return self._words[words]

    def held(self, words: tuple[str, ...]) -> list[frozenset[str]]:
        """Return, for each text, which of `words` it holds."""
        if words not in self._held:
            found = self._column.str.extract_many(list(words), overlapping=True).to_list()
            self._held[words] = [frozenset(some or ()) for some in found]
        return self._held[words]


@dataclass(frozen=True, slots=True)
class Formulaic:
    """A sentence or line that may hold terms of the lexicon: where it starts, how it is matched, and those terms."""

    start: int
    line: Folded
    terms: tuple[Term, ...]


def find_formulaic(
    plain: Sequence[str],
    small: Sequence[str],
    sentences: Sequence[Sequence[Span]],
    languages: Sequence[str],
    lexicon: Lexicon,
) -> list[list[Formulaic]]:
    """Return, for each text, the sentences that hold a term's anchors, with those terms.

    Korean and Chinese, which are matched without blanks, are looked at line by line.
    """
    found: list[list[Formulaic]] = [[] for _ in plain]
    for lang, anchored in lexicon.anchored.items():
        fold = lexicon.spelling[lang].fold
        rows = [n for n, language in enumerate(languages) if language == lang and plain[n]]
        if not rows or not anchored:
            continue
        if lang in WRITTEN_APART:
            places = [(n, *sentence) for n in rows for sentence in sentences[n]]
            matched = [small[n][start:end] for n, start, end in places]
            folded = {}
        else:
            places = [(n, *line) for n in rows for line in _lines(plain[n])]
            folded = {place: fold(plain[place[0]][place[1] : place[2]], lang) for place in places}
            matched = [in_small_letters(folded[place].text) for place in places]
        column = pl.Series(matched, dtype=pl.String)
        surest = [anchor for anchor, terms in anchored.items() if terms]
        holding = column.str.contains_any(surest).arg_true()  # and of these few each anchor
        held = column.gather(holding).str.extract_many(list(anchored), overlapping=True)
        for k, anchors in zip(holding.to_list(), held.to_list(), strict=True):
            terms = lexicon.terms_that_may_stand_by(anchors, lang)
            if terms:
                n, start, end = places[k]
                line = folded.get(places[k]) or fold(plain[n][start:end], lang)
                found[n].append(Formulaic(start, line, terms))
    return found


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def find_titles(plain: Sequence[str], languages: Sequence[str], lexicon: Lexicon) -> list[list[Span]]:
    """Return, for each text, the full titles in it, in order."""
    found: list[list[Span]] = [[] for _ in plain]
    for lang, pattern in lexicon.title_patterns.items():
        rows = [n for n, language in enumerate(languages) if language == lang and plain[n]]
        if not rows:
            continue
        column = pl.Series([plain[n] for n in rows], dtype=pl.String)
        if lang != "en":  # there the office closes a title
            held = column.str.contains_any(list(lexicon.offices[lang]))
            for n in (rows[k] for k in held.arg_true().to_list()):
                found[n] = [match.span() for match in pattern.finditer(plain[n])]
            continue
        starts = column.str.find_many(list(lexicon.offices[lang]), leftmost=True).to_list()
        for n, at in zip(rows, starts, strict=True):
            text, reached = plain[n], 0
            for start in _characters(text, at):
                match = pattern.match(text, start) if start >= reached else None
                if match:
                    found[n].append(match.span())
                    reached = match.end()
    return found


def find_tones(small: Sequence[str], languages: Sequence[str], lexicon: Lexicon) -> list[list[tuple[Span, Tone]]]:
    """Return where words of stance.csv stand in each text of small letters, the longest where several begin."""
    found: list[list[tuple[Span, Tone]]] = [[] for _ in small]
    for lang, heads in lexicon.tone_heads.items():
        rows = [n for n, language in enumerate(languages) if language == lang and small[n]]
        if not rows or not heads:
            continue
        column = pl.Series([small[n] for n in rows], dtype=pl.String)
        held = column.str.extract_many(list(heads), leftmost=True).to_list()
        for n, begun in zip(rows, held, strict=True):
            text, end = small[n], 0
            for head in begun or ():
                start = text.index(head, end)  # what was found next is where it next stands
                end = start + len(head)
                for tone in heads[head]:
                    match = tone.pattern.match(text, start)
                    if match:
                        found[n].append((match.span(), tone))
                        break
    return found


def _characters(text: str, places: list[int]) -> list[int]:
    """Return places in characters for ascending places in bytes."""
    if not places or text.isascii():
        return places
    content = text.encode("utf-8", "replace")
    counted, before, at = [], 0, 0
    for place in places:
        at += len(content[before:place].decode("utf-8", "replace"))
        before = place
        counted.append(at)
    return counted
