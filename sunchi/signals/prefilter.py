"""Searches over all texts at once: for titles, set phrases, words of stance.csv, and detectors' own words.

Each is one Aho-Corasick search in polars; searching the texts one by one would take ten times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sunchi.lexicon import Lexicon, Term
from sunchi.lexicon.voices import Tone
from sunchi.text import WRITTEN_APART, Folded, Span, in_small_letters

_FURTHER_BLANK = re.compile("(?<= ) ")


def _with_single_blanks(text: str) -> str:
    return _FURTHER_BLANK.sub("", text) if "  " in text else text


def _further_blanks(text: str) -> list[int]:
    """Return where blanks that follow a blank are missing in the text with single blanks."""
    return [blank.start() - missing for missing, blank in enumerate(_FURTHER_BLANK.finditer(text))]


class Batch:
    """Texts that are read together: what a detector asks of the first one is searched for in all of them at once.

    Words that one blank parts are found where a text has more blanks between them, too.
    """

    def __init__(self, plain: Sequence[str]) -> None:
        self.small = [in_small_letters(text) for text in plain]
        self._searched = [_with_single_blanks(text) for text in self.small]
        self._further = {n: _further_blanks(text) for n, text in enumerate(self.small) if "  " in text}
        self._column = pl.Series(self._searched, dtype=pl.String)
        self._places: dict[tuple[str, ...], list[list[int]]] = {}
        self._words: dict[tuple[str, ...], list[list[tuple[int, str]]]] = {}

    def places(self, words: tuple[str, ...]) -> list[list[int]]:
        """Return, for each text, where one of `words` stands."""
        if words not in self._places:
            found = self._column.str.find_many(list(words), leftmost=True).to_list()
            self._places[words] = [
                self._in_text(n, _characters(self._searched[n], at)) if at else [] for n, at in enumerate(found)
            ]
        return self._places[words]

    def words(self, words: tuple[str, ...]) -> list[list[tuple[int, str]]]:
        """Return, for each text, where each of `words` stands, in order, also those that lie over one another."""
        if words not in self._words:
            found = self._column.str.extract_many(list(words), overlapping=True).to_list()
            self._words[words] = [self._placed(n, some) if some else [] for n, some in enumerate(found)]
        return self._words[words]

    def _placed(self, n: int, found: Iterable[str]) -> list[tuple[int, str]]:
        """Return the words found in a text, which come in the order of their ends, with where each begins, in order."""
        text, end = self._searched[n], 0
        placed: list[tuple[int, str]] = []
        after: dict[str, int] = {}
        for word in found:
            start = text.index(word, max(after.get(word, 0), end - len(word)))
            end, after[word] = start + len(word), start + 1
            placed.append((start, word))
        placed.sort()
        if n not in self._further:
            return placed
        return list(zip(self._in_text(n, [start for start, _ in placed]), [word for _, word in placed], strict=True))

    def _in_text(self, n: int, places: list[int]) -> list[int]:
        """Return where ascending places in what is searched lie in a text."""
        further = self._further.get(n)
        return [place + bisect_right(further, place) for place in places] if further else places


@dataclass(frozen=True, slots=True)
class Formulaic:
    """A sentence or line that may hold terms of the lexicon: where it starts, how it is matched, and those terms."""

    start: int
    line: Folded
    terms: tuple[Term, ...]


def find_formulaic(
    plain: Sequence[str],
    batch: Batch,
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
        surest = tuple([anchor for anchor, terms in anchored.items() if terms])
        if lang in WRITTEN_APART:
            at = batch.places(surest)
            places = [(n, *sentence) for n in rows for sentence in _that_hold(at[n], sentences[n])]
            lines = [fold(plain[n][start:end], lang) for n, start, end in places]
            matched = [_with_single_blanks(batch.small[n][start:end]) for n, start, end in places]
        else:
            every = [(n, *line) for n in rows for line in _lines(plain[n])]
            folded = [fold(plain[n][start:end], lang) for n, start, end in every]
            small = [in_small_letters(line.text) for line in folded]
            holding = pl.Series(small, dtype=pl.String).str.contains_any(list(surest)).arg_true().to_list()
            places, lines, matched = ([some[k] for k in holding] for some in (every, folded, small))
        held = pl.Series(matched, dtype=pl.String).str.extract_many(list(anchored), overlapping=True)
        for (n, start, _), line, anchors in zip(places, lines, held.to_list(), strict=True):
            terms = lexicon.terms_that_may_stand_by(anchors, lang)
            if terms:
                found[n].append(Formulaic(start, line, terms))
    return found


def _that_hold(places: Sequence[int], sentences: Sequence[Span]) -> Iterable[Span]:
    """Return the sentences that hold one of the places, in order."""
    starts = [start for start, _ in sentences] if places else []
    return dict.fromkeys([sentences[max(0, bisect_right(starts, place) - 1)] for place in places] if starts else ())


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
