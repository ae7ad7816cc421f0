"""How much is read of a file that anybody may have made: a few kilobytes may unpack to any length."""

from __future__ import annotations

LONGEST = 8 * 2**20
"""Bytes of a line, a row or a page: far more than any real article has."""

_TIMES = 50  # articles and pages of the real sites unpack to 4 to 20 times their size
_ANY = 64 * 2**20


def most_unpacked(size: int) -> int:
    """Return how many bytes are read of what a file of `size` bytes unpacks to."""
    return max(_ANY, _TIMES * size)


def too_far(most: int) -> str:
    """Return what is wrong with a file that unpacks to more than `most_unpacked`."""
    return f"unpacks to more than {most:,} bytes, over {_TIMES} times its size; the rest is not read"
