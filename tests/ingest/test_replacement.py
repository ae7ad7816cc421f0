"""What a text is that a page shows in place of the stored one, and when it is believed: the two tables, row by row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sunchi.ingest.replacement import AT_ONCE, WHAT, WHEN, Replacement, kind_of, wait_for
from sunchi.ingest.trust import Kinship, Wait
from sunchi.store import RevisionKind

SOON, DAY = Wait(2, timedelta(minutes=15)), Wait(3, timedelta(hours=24))
ONCE = 1  # look at the stored text
BELIEVED = [
    ("a page's text for a file's", Replacement("related", is_of_file=True), AT_ONCE),
    ("the rest of a text that was cut", Replacement("completed", was_cut=True), AT_ONCE),
    ("doubted, and this is easier to believe", Replacement(is_doubted=True, is_better=True), AT_ONCE),
    ("doubted, and this is easier to believe", Replacement("part", is_doubted=True, is_better=True), AT_ONCE),
    ("doubted, and this is easier to believe",
     Replacement(is_doubted=True, is_better=True, is_thinner=True, keeps_paragraphs=True), AT_ONCE),
    ("harder to believe", Replacement(is_worse=True, is_uncertain=True), DAY),
    ("in place of an uncertain one", Replacement("part", is_uncertain=True), SOON),
    ("like a fault", Replacement(brings_foreign=True), DAY),
    ("like a fault", Replacement("part", is_doubted=True, is_uncertain=True, is_better=True, drops_own=True), DAY),
    ("like a fault", Replacement(is_doubted=True, is_uncertain=True, is_better=True, is_thinner=True), DAY),
    ("an old copy", Replacement(is_earlier=True), DAY),
    ("another text after one look", Replacement("unrelated", ONCE), SOON),
    ("another text", Replacement("unrelated"), DAY),
    ("a part", Replacement("part", ONCE), DAY),
    ("in another order", Replacement("moved"), DAY),
    ("other words", Replacement(), SOON),
    ("other words", Replacement("completed"), SOON),
]  # fmt: skip
KINDS: list[tuple[str, Replacement, RevisionKind]] = [
    ("a page's text for a file's", Replacement("unrelated", is_of_file=True, is_unheard=True), "mended"),
    ("nobody was told of the stored one", Replacement("unrelated", is_unheard=True, is_earlier=True), "settled"),
    ("another text, back again", Replacement("unrelated", is_earlier=True), "flicker"),
    ("another text after one look", Replacement("unrelated", ONCE), "settled"),
    ("another text", Replacement("unrelated", was_restless=True), "replaced"),
    ("the stored one was never settled", Replacement(looks=ONCE, was_restless=True), "completed"),
    ("more after one look", Replacement("completed", ONCE), "completed"),
    ("the rest of a text that was cut", Replacement("completed", was_cut=True), "completed"),
    ("other words", Replacement(is_earlier=True), "edit"),
    ("other words", Replacement("completed"), "edit"),
    ("other words", Replacement("part", was_cut=True), "edit"),
]


@pytest.mark.parametrize(("row", "known", "wait"), BELIEVED)
def test_a_text_is_believed_after(row: str, known: Replacement, wait: Wait) -> None:
    assert next(name for name, holds in WHEN if holds(known)) == row
    assert wait_for(known) == wait


@pytest.mark.parametrize(("row", "known", "kind"), KINDS)
def test_a_text_is(row: str, known: Replacement, kind: RevisionKind) -> None:
    assert next(name for name, holds in WHAT if holds(known)) == row
    assert kind_of(known) == kind


def test_each_row_has_an_example() -> None:
    assert {row for row, *_ in BELIEVED} == {name for name, _ in WHEN}
    assert {row for row, *_ in KINDS} == {name for name, _ in WHAT}


@pytest.mark.parametrize(
    ("known", "is_unsettled"),
    [
        (Replacement(thinned=2, had_signals=True), True),
        (Replacement(thinned=2, is_backlog=True), False),  # what an editor adds to it would alert nobody
        (Replacement(thinned=5, is_backlog=True), True),
        (Replacement(thinned=2, is_backlog=True, is_thinner=True), True),
        (Replacement(looks=ONCE, thinned=2, is_backlog=True), True),
        (Replacement(thinned=1), False),  # an editor may have added it
        (Replacement(thinned=1, was_lost_with_others=True), True),
        (Replacement("completed", is_earlier=True), True),
        (Replacement("completed", is_earlier=True, was_edit=True), False),  # some were told that this had gone
        (Replacement(is_earlier=True, was_brief=True, brings_foreign=True), True),  # it was another for some hours
        (Replacement(is_earlier=True, was_brief=True, was_edit=True), False),
        (Replacement(is_earlier=True), False),
        (Replacement(looks=ONCE, thinned=1, had_signals=True), True),  # words were put into it within the hour
        (Replacement("completed", ONCE, thinned=1), False),
        (Replacement(looks=ONCE, was_restless=True, had_signals=True), True),
        (Replacement(looks=ONCE, was_restless=True, had_signals=True, is_backlog=True), False),
        (Replacement(looks=ONCE, had_foreign=True), True),
        (Replacement(looks=ONCE, had_foreign=True, had_signals=True), False),
        (Replacement("part", ONCE), True),  # it had lines that were never seen again
        (Replacement("part", ONCE, had_signals=True), False),
        (Replacement("part"), False),
        (Replacement(looks=2, was_restless=True, had_foreign=True), False),
        (Replacement(looks=ONCE), False),
    ],
)
def test_a_stored_text_that_cannot_have_been_the_articles_was_never_settled(
    known: Replacement, is_unsettled: bool
) -> None:
    assert known.is_unsettled is is_unsettled


@pytest.mark.parametrize(
    ("kin", "thinned", "gains"), [("completed", 0, True), ("related", 1, True), ("part", 0, False)]
)
def test_a_text_that_only_gains(kin: Kinship, thinned: int, gains: bool) -> None:
    assert Replacement(kin, thinned=thinned).only_gains is gains
