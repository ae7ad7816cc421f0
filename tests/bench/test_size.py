"""What counts as a line of code, and as one of a pattern literal."""

from __future__ import annotations

from bench.size import sizes

MODULE = '''"""What it is for,
in two lines."""

import re

# a comment
_WORD = re.compile(
    r"friend|foe"
)


def read(text: str) -> bool:
    """Return whether a word is in it."""

    return bool(_WORD.search(text))  # "friend"
'''


def test_blank_lines_comments_and_docstrings_are_no_code() -> None:
    assert sizes(MODULE) == {"lines": 15, "lines of code": 6, "pattern literals": 3}
