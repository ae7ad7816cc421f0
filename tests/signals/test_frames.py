"""Where frames of frames.csv match a sentence, whatever they report."""

from __future__ import annotations

import pytest

from sunchi.signals.document import read
from sunchi.signals.frames import matches
from tests.detecting import articles, house_lexicon


def fitting(text: str) -> list[tuple[str, str, str]]:
    """Return the words and sides of each frame that matches a text."""
    found = []
    for document in read(articles(("Headline", text)), house_lexicon()):
        for match in matches(document, "message"):
            slots = [match.words, match.side1 or (0, 0), match.side2 or (0, 0)]
            words, one, other = (document.text[slice(*slot)].strip(" .") for slot in slots)
            found.append((words, one, other))
    return found


@pytest.mark.parametrize(
    ("text", "words", "one", "other"),
    [
        ("Laos sent a letter to Kim Jong Un.", "sent a letter to", "Laos", "Kim Jong Un"),
        ("Laos sent, too, a long letter to Kim Jong Un.", "sent, too, a long letter to", "Laos", "Kim Jong Un"),
        ("Letters came to Kim Jong Un from Laos.", "Letters came to Kim Jong Un from", "Laos", "Kim Jong Un"),
        ("The leader Kim Jong Unsent a letter to Laos.", "sent a letter to", "The leader Kim Jong Un", "Laos"),
    ],
)  # fmt: skip
def test_sides_may_be_before_between_and_after_the_words(text: str, words: str, one: str, other: str) -> None:
    assert (words, one, other) in fitting(text)


def test_a_side_ends_where_the_next_event_begins() -> None:
    text = "Laos sent a letter to Kim Jong Un, Cuba sent a gift to Kim Jong Il."
    assert ("sent a letter to", "Laos", "Kim Jong Un, Cuba") in fitting(text)
    assert ("sent a gift to", "Kim Jong Un, Cuba", "Kim Jong Il") in fitting(text)


def test_a_second_verb_has_the_subject_of_the_first() -> None:
    text = "The minister of Laos sent a letter to Kim Jong Un and presented gifts to Kim Jong Il."
    assert ("presented gifts to", "The minister of Laos", "Kim Jong Il") in fitting(text)


@pytest.mark.parametrize(
    "text",
    [
        "Laos sent. A letter to Kim Jong Un was lost.",  # two sentences
        f"Laos sent {'very ' * 40}many words and the letter to Kim Jong Un.",  # too far away
    ],
)
def test_words_that_belong_to_something_else_complete_no_frame(text: str) -> None:
    assert not [other for _, one, other in fitting(text) if one.startswith("Laos") and other]
