"""Spelling for matching: words spaced or spelled differently become equal, and every position is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sunchi.text.language import primary_language
from sunchi.text.segment import Span, blank


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for matching, with the original position of each character."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return a non-empty span of the folded text as a span of the original."""
        return self.places[start], self.places[end - 1] + 1


def squeeze(text: str) -> tuple[str, list[int]]:
    """Return `text` without its spaces, and the position in `text` of each remaining character.

    Korean is matched this way: Pyongyang omits spaces that Seoul writes (전략적의사소통, 전략적 의사소통).
    """
    places = list(chain.from_iterable(range(*run.span()) for run in _RUN.finditer(text)))
    return "".join(text.split()), places


def as_it_is(text: str) -> Folded:
    """Return a text that is matched unchanged."""
    return Folded(text, range(len(text)))


class Spelling:
    """How the words of a language are folded for matching.

    Korean is matched without spaces, since Pyongyang omits some that Seoul writes (전략적의사소통), and in
    Northern spelling (역사 as 력사). Chinese is matched without spaces and without the readings that some pages
    put in brackets (習(xí)近平).
    """

    def __init__(self, pairs: Mapping[str, str]) -> None:
        """`pairs`: Southern spelling -> Northern spelling; the longest match is used."""
        self._pairs = dict(pairs)
        either = "|".join(re.escape(south) for south in sorted(pairs, key=lambda s: (-len(s), s)))
        self._south = re.compile(either)

    def fold(self, text: str, lang: str) -> Folded:
        """Return a plain text folded for matching."""
        language = primary_language(lang)
        if language not in ("ko", "zh"):
            return as_it_is(text)
        bare, places = squeeze(_without_readings(text) if language == "zh" else text)
        return self._respelled(bare, places) if self._pairs else Folded(bare, places)

    def folded(self, text: str, lang: str) -> str:
        """Return a plain text folded for matching, without positions, which take ten times as long."""
        language = primary_language(lang)
        if language not in ("ko", "zh"):
            return text
        bare = "".join((_without_readings(text) if language == "zh" else text).split())
        return self._south.sub(lambda south: self._pairs[south[0]], bare) if self._pairs else bare

    def _respelled(self, bare: str, places: list[int]) -> Folded:
        pieces: list[str] = []
        kept: list[int] = []
        done = 0
        for match in self._south.finditer(bare):
            north = self._pairs[match[0]]
            last = match.end() - 1
            pieces += (bare[done : match.start()], north)
            kept += places[done : match.start()]
            kept += [places[min(match.start() + n, last)] for n in range(len(north) - 1)]
            kept.append(places[last])
            done = match.end()
        return Folded("".join([*pieces, bare[done:]]), kept + places[done:])


def _without_readings(text: str) -> str:
    """Return Chinese text with spaces in place of readings in brackets."""
    return blank(text, [reading.span() for reading in _READING.finditer(text)])


_RUN = re.compile(r"\S+")
_READING = re.compile(r"(?<=[\u4e00-\u9fff]) ?\([A-Za-z\u00c0-\u01dc]{1,8}\)")
