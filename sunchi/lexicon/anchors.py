"""Anchors: the words without which a row of the lexicon matches no text, so that few rows are tried on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from sunchi.text.search import Search

Group = tuple[str, ...]
"""Words of which a text must have one."""

_Row = TypeVar("_Row", bound=Hashable)


class Anchored(Generic[_Row]):
    """Rows, each with its groups of anchors, the most selective one first: a text that matches has a word of each."""

    def __init__(self, groups_of: Mapping[_Row, Sequence[Group]]) -> None:
        self._groups_of = groups_of
        groups = dict.fromkeys(group for groups in groups_of.values() for group in groups)
        bits = {group: 1 << n for n, group in enumerate(groups)}
        self._stands_for: defaultdict[str, int] = defaultdict(int)  # word -> its groups, as bits
        for group, bit in bits.items():
            for word in group:
                self._stands_for[word] |= bit
        self.surest: defaultdict[str, list[tuple[_Row, int]]] = defaultdict(list)
        """Each word of a row's most selective group, with these rows and all groups that they need, as bits."""
        for row, (first, *others) in groups_of.items():
            needed = sum(bits[group] for group in {first, *others})
            for word in first:
                self.surest[word].append((row, needed))

    def rows_in(self, small: str) -> set[_Row]:
        """Return the rows that a text of small letters may match: it has a word of each of their groups."""
        words = self._search.held(small)
        held = 0
        for word in words:
            held |= self._stands_for[word]
        return {
            row for word in words if word in self.surest for row, needed in self.surest[word] if needed & held == needed
        }

    @cached_property
    def _search(self) -> Search:
        return Search(self._stands_for, overlapping=True)

    def __reduce__(self) -> tuple[object, ...]:
        return Anchored, (self._groups_of,)  # the search is made ready again
