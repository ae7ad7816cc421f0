"""Does a text end where a sentence does?"""

from __future__ import annotations

from collections.abc import Sequence

_GOES_ON = frozenset(",，、·-–—")
_BYLINE = 60  # characters of a last line that may be the author's name


def is_ended(paragraphs: Sequence[str]) -> bool:
    """Return whether a text ends as sentences do: not in a letter, a digit, or a sign after which more must come.

    An author's name may follow.
    """
    if not paragraphs:
        return False
    *rest, last = paragraphs
    return _ends_a_sentence(last) or (len(last) < _BYLINE and bool(rest) and _ends_a_sentence(rest[-1]))


def _ends_a_sentence(paragraph: str) -> bool:
    last = paragraph.rstrip()[-1:]
    return bool(last) and not last.isalnum() and last not in _GOES_ON
