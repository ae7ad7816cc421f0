"""Finds the terms of the lexicon in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sunchi.lexicon.terms import Term
from sunchi.text import Span, in_small_letters

Match = tuple[int, int, Term]  # start, end


def find(text: str, terms: Iterable[Term], start: int = 0, end: int | None = None) -> list[Match]:
    """Return the places of `terms` in `text`, in order; of overlapping ones the first, then the longest.

    Of two terms that cover the same words, the stronger one is chosen, then the one that comes first in terms.csv.
    `text` is plain, and folded if its language requires it.
    """
    stop = len(text) if end is None else end
    small = in_small_letters(text)
    found = [(*span, term) for term in terms for span in _places(text, small, term, start, stop)]
    found.sort(key=lambda m: (m[0], -m[1], -m[2].precedence[0], -m[2].precedence[1]))
    kept: list[Match] = []
    for match in found:
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept


def _places(text: str, small: str, term: Term, start: int, end: int) -> Iterator[Span]:
    """Yield the places of a term in order; `small` is the text in lower case, which is faster to search."""
    if not term.case_sensitive:
        yield from (match.span() for match in term.in_small_letters.finditer(small, start, end))
        return
    near = term.in_small_letters.search(small, start, end)
    while near:
        match = term.pattern.match(text, near.start(), end)
        if match:
            yield match.span()
        near = term.in_small_letters.search(small, match.end() if match else near.start() + 1, end)
