"""Search for many words at once: every word is found in one pass over a text (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

Hit = tuple[int, int, int]  # index of the word, start, end


class Search:
    """Words to search for together, also inside other words; case and every character count.

    Of overlapping words, the first is found; of those that start together, the one that comes first in `words`. With
    `overlapping`, all are found, in the order of their ends.
    """

    def __init__(self, words: Iterable[str], *, overlapping: bool = False) -> None:
        self.words = tuple(words)
        self._overlapping = overlapping
        kind = MatchKind.Standard if overlapping else MatchKind.LeftmostFirst
        self._automaton = AhoCorasick(self.words, matchkind=kind, implementation=Implementation.DFA)

    def hits(self, text: str) -> list[Hit]:
        """Return the places of words in a text."""
        found: list[Hit] = self._automaton.find_matches_as_indexes(text, overlapping=self._overlapping)
        return found

    def held(self, text: str) -> frozenset[str]:
        """Return the words that a text contains."""
        return frozenset(self._automaton.find_matches_as_strings(text, overlapping=self._overlapping))
