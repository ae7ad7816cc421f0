"""Does a text end where a sentence does?"""

from __future__ import annotations

_GOES_ON = frozenset(",，、·-–—")


def is_ended(text: str) -> bool:
    """Return whether a text ends as sentences do: not in a letter, a digit, or a sign after which more must come."""
    last = text.rstrip()[-1:]
    return bool(last) and not last.isalnum() and last not in _GOES_ON
