"""Anchors: the words without which a row of the lexicon matches no text, so that few rows are tried on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import or_
from typing import TypeVar

Group = tuple[str, ...]
"""Words of which a text must have one."""

_Row = TypeVar("_Row", bound=Hashable)

Needed = tuple[int, tuple[tuple[_Row, int], ...]]
"""What a word stands for: its groups, as bits, and the rows whose most selective group it is of, with all they need."""


def rows_by_word(groups_of: Mapping[_Row, Sequence[Group]]) -> dict[str, Needed[_Row]]:
    """Return each word to search for, with what it stands for.

    `groups_of`: of each row its groups, the most selective one first; a text that matches has a word of each.
    """
    bits = {group: 1 << n for n, group in enumerate(dict.fromkeys(chain.from_iterable(groups_of.values())))}
    groups: defaultdict[str, int] = defaultdict(int)
    for group, bit in bits.items():
        for word in shortest(group):
            groups[word] |= bit
    rows: defaultdict[str, list[tuple[_Row, int]]] = defaultdict(list)
    for row, needed in groups_of.items():
        for word in shortest(needed[0]):
            rows[word].append((row, reduce(or_, map(bits.__getitem__, needed))))
    return {word: (held, tuple(rows[word])) for word, held in groups.items()}


def rows_of(words: Collection[Needed[_Row]]) -> set[_Row]:
    """Return the rows that a text may match, by what the words in it stand for."""
    held = reduce(or_, [groups for groups, _ in words], 0)
    return {row for _, rows in words for row, needed in rows if needed & held == needed}


def shortest(group: Group) -> list[str]:
    """Return the words of a group that contain no other word of it: a text with "messages" also has "message"."""
    return [word for word in group if not any(other in word for other in group if other != word)]


def is_telling(group: Group, lang: str) -> bool:
    """Return whether few sentences contain a word of a group."""
    return sureness(group) >= _TELLING[lang]


def sureness(group: Group) -> int:
    """Return how selective a group is: how many letters its shortest word has outside common words."""
    return min(sum(len(word) for word in anchor.split() if word not in _COMMON) for anchor in group)


_TELLING = {"en": 3, "es": 4, "ko": 2, "zh": 2}  # letters: "to" and "by" are in most sentences
_COMMON = frozenset(
    {"and", "are", "dprk", "for", "from", "had", "her", "here", "his", "its", "korean", "made", "people", "said", "the",
     "their", "them", "there", "was", "were", "with"}
)  # fmt: skip
"""Words that many English sentences contain."""
