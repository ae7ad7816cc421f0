"""Edits and deletions that change what an article said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sunchi import signals
from sunchi.history.compare_revisions import Revised, observed
from tests.detecting import house_lexicon
from tests.history.making import FRIENDSHIP, WISH, Written, frame, letter

DAY = date(2024, 10, 1)


def said(written: Written) -> list[dict[str, Any]]:
    return signals.detect(frame([written]), house_lexicon()).rows(named=True)


def found(before: Written, after: Written | None) -> list[tuple[str, str]]:
    revised = Revised(
        "a", "kcna/en", before[1], "http://paper.example/a", before[0], DAY + timedelta(days=2), 2, said(before),
        None if after is None else said(after),
    )  # fmt: skip
    return [(each.part.kind, each.part.words) for each in observed([revised])]


def test_a_phrase_removed_by_an_edit_is_found_with_its_replacement() -> None:
    ((kind, words),) = found(letter(DAY, WISH, FRIENDSHIP), letter(DAY, WISH, "The weather is fine in both countries."))

    assert kind == "edited"
    assert words == (
        "an article of 2024-10-01 was edited; no longer there: greeting from Kim Jong Un to Xi Jinping, 35 words, "
        "“traditional friendship”; there now: greeting from Kim Jong Un to Xi Jinping, 29 words"
    )


def test_the_content_of_a_deleted_article_is_found() -> None:
    ((kind, words),) = found(letter(DAY, WISH, FRIENDSHIP), None)

    assert kind == "deleted"
    assert words.startswith("an article of 2024-10-01 was taken down, which said: greeting from Kim Jong Un to Xi")


@pytest.mark.parametrize("after", [letter(DAY, WISH, FRIENDSHIP, title="Kim Jong Un Greets President of China")])
def test_an_edit_without_a_change_of_signals_is_not_a_finding(after: Written) -> None:
    assert found(letter(DAY, WISH, FRIENDSHIP), after) == []
