"""Compares titles and texts by their words: may they be of one article?"""

from __future__ import annotations

import re
from collections import Counter

from sunchi.text.normal import normal

RELATED = 0.5
"""The share of the words of the shorter text that the other one has, above which the two are related."""

_WORD = re.compile(r"\w+")


def same_title(listed: str, shown: str) -> bool:
    """Return whether two titles may be of one article: one begins the other, or they share most of their words."""
    one, other = _bare(listed), _bare(shown)
    if not one or not other or one.startswith(other) or other.startswith(one):
        return True
    return shared_words(listed, shown) > RELATED


def shared_words(one: str, other: str) -> float:
    """Return which share of the words of the shorter text the other one has, 0 to 1.

    Long words (Korean, Chinese) count by their pairs of characters, since they are written in one.
    """
    first, second = _units(one), _units(other)
    least = min(first.total(), second.total())
    return (first & second).total() / least if least else 0.0


def _bare(title: str) -> str:
    return "".join(_WORD.findall(normal(title).casefold()))


def _units(text: str) -> Counter[str]:
    units: Counter[str] = Counter()
    for word in _WORD.findall(normal(text).casefold()):
        is_short = word.isascii() or len(word) < 3
        units.update([word] if is_short else (word[n : n + 2] for n in range(len(word) - 1)))
    return units
