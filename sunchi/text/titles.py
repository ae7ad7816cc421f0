"""Compares titles and texts by their words, to see whether they may belong to one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from sunchi.text.language import FUNCTION_WORDS
from sunchi.text.normal import normal

RELATED = 0.5
"""The share of the shorter text's words in the other one, above which the two are related."""

SPOKEN_OF, FEWEST = 0.2, 3
"""The least share of a title's words that its text contains, and the fewest words for which that is checked."""

_STEM = 5  # characters by which two forms of a word are recognized as one: Visits, visited

_WORD = re.compile(r"\w+")
_CUT = re.compile(r"\s*(?:…|\.{3})\s*$")


def same_title(listed: str, shown: str) -> bool:
    """Return whether two titles may belong to one article: one begins the other, or they share most of their words."""
    one, other = _bare(listed), _bare(shown)
    if not one or not other or one.startswith(other) or other.startswith(one):
        return True
    return shared_words(listed, shown) > RELATED


def story_of(title: str, day: date | None) -> tuple[date, str] | None:
    """Return the day and the bare title by which an edition's headline and its text are one; None without a day."""
    return (day, bare) if day and (bare := _bare(title)) else None


def is_cut_from(title: str, whole: str) -> bool:
    """Return whether a title is the beginning of another one, with the sign that there was more."""
    beginning = _CUT.sub("", title)
    return (
        beginning != title and len(_bare(beginning)) < len(_bare(whole)) and _bare(whole).startswith(_bare(beginning))
    )


def shared_words(one: str, other: str) -> float:
    """Return the share of the shorter text's words that are in the other one, 0 to 1.

    Long words (Korean, Chinese) count by their pairs of characters, since they are written without spaces.
    """
    first, second = _units(one), _units(other)
    least = min(first.total(), second.total())
    return (first & second).total() / least if least else 0.0


def speaks_of(title: str, text: str) -> bool:
    """Return whether a text contains some words of its title; a title of very few words proves nothing."""
    return len(stems(title)) < FEWEST or share_spoken_of(title, text) >= SPOKEN_OF


def share_spoken_of(title: str, text: str) -> float:
    """Return the share of a title's words that its text contains, 0 to 1."""
    return share_of(stems(title), stems(text))


def share_of(title: frozenset[str], text: frozenset[str]) -> float:
    """Return the same from the `stems` of a title and of a text."""
    return len(title & text) / len(title) if title else 0.0


def stems(text: str) -> frozenset[str]:
    """Return the stems of a text's content words."""
    return frozenset(_stems(text))


def _bare(title: str) -> str:
    return "".join(_WORD.findall(normal(title).casefold()))


def _units(text: str) -> Counter[str]:
    return Counter(unit for word in _WORD.findall(normal(text).casefold()) for unit in _units_of(word))


def _stems(text: str) -> Iterator[str]:
    """Yield the units of a text, without function words, with English words as stems."""
    for word in _WORD.findall(normal(text).casefold()):
        if not word.isascii():
            yield from _units_of(word)
        elif len(word) > 1 and word not in FUNCTION_WORDS:
            yield word[:_STEM]


def _units_of(word: str) -> Iterator[str]:
    if word.isascii() or len(word) < 3:
        yield word
    else:
        yield from (word[n : n + 2] for n in range(len(word) - 1))
