"""Marked text: splits a text where signals begin and end, so that each piece can be shown with what covers it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sunchi.text import Span

_ORDER = ("attention", "placement", "authority", "stance", "appointment", "contact", "message", "formula")
"""Each kind has its colour; if several cover the same words, the last of these is shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One numbered place of the text."""

    span: Span
    number: int
    kind: str
    dropped: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text covered by the same marks, with the marks that begin and end at its edges, outermost first."""

    start: int
    text: str
    over: tuple[Mark, ...]
    opening: tuple[Mark, ...]
    closing: tuple[Mark, ...]

    @property
    def kind(self) -> str:
        """The kind of the shortest signal over it, of several the last in _ORDER; "" if there is none."""
        signals = [mark for mark in self.over if not mark.dropped]
        return min(signals, key=_narrowness).kind if signals else ""

    @property
    def dropped(self) -> bool:
        """Return whether a dropped candidate covers it."""
        return any(mark.dropped for mark in self.over)


def _narrowness(mark: Mark) -> tuple[int, int]:
    return mark.span[1] - mark.span[0], -_ORDER.index(mark.kind) if mark.kind in _ORDER else 1


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Split the text at every edge of a mark and at each line's end; joined, the pieces are the text."""
    marks = list(marks)
    edges = {0, len(text), *(edge for mark in marks for edge in mark.span)}
    edges |= {place for n, sign in enumerate(text) if sign == "\n" for place in (n, n + 1)}
    for start, end in pairwise(sorted(edges)):
        over = tuple(mark for mark in marks if mark.span[0] <= start and end <= mark.span[1])
        opening = tuple(mark for mark in over if mark.span[0] == start)
        closing = tuple(mark for mark in over if mark.span[1] == end)
        yield Piece(start, text[start:end], over, opening, closing)


def lines(text: str, marks: Iterable[Mark]) -> list[list[Piece]]:
    """Return the pieces line by line; an empty line has none."""
    found: list[list[Piece]] = [[]]
    for piece in pieces(text, marks):
        if piece.text == "\n":
            found.append([])
        else:
            found[-1].append(piece)
    return found
