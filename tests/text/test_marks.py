"""Quotation marks and apostrophes of a text."""

from __future__ import annotations

import pytest

from sunchi.text.marks import is_unmarked, stands_unquoted


@pytest.mark.parametrize(
    ("paragraph", "unmarked"),
    [("The premiers left.", True), ("The premier’s car left.", False), ("He said: “Well.”", False), ("《뜻》", False)],
)
def test_a_text_without_marks_is_recognized(paragraph: str, unmarked: bool) -> None:
    assert is_unmarked(("It rained.", paragraph)) is unmarked


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("The hostile policy goes on.", True),
        ("The “hostile policy” goes on.", False),
        ("They call it a “hostile policy”: the hostile policy goes on.", True),
        ("“A quotation without an end\nThe hostile policy goes on.", True),
        ("“A quotation without an end.\nOf a hostile policy”, it says, and goes on.", True),
        ("The policy goes on.", False),
    ],
)
def test_words_outside_quotation_marks_are_found(text: str, stands: bool) -> None:
    assert stands_unquoted("hostile policy", text) is stands
