"""A document: where the words stand that a detector looks for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sunchi.signals.document import read
from tests.detecting import articles, house_lexicon

ANY_SIGNS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@settings(deadline=None)
@given(ANY_SIGNS, ANY_SIGNS)
def test_words_are_found_in_small_letters_whatever_signs_stand_around_them(before: str, after: str) -> None:
    (document,) = read(articles(f"The DPRK and China. {before} GIFTS {after}"), house_lexicon())
    assert len(document.small) == len(document.text)
    assert document.places(("gift",)), document.text
    for place in document.places(("gift",)):
        assert document.text[place : place + 4].lower() == "gift"


def test_a_sentence_that_holds_several_of_the_words_is_named_once_and_others_not() -> None:
    text = "The DPRK and China. A gift and a letter came. Nothing else. In İzmir a Letter went."
    (document,) = read(articles(text), house_lexicon())
    held = [document.quote(span) for span in document.holding(("gift", "letter"))]
    assert held == ["A gift and a letter came.", "In İzmir a Letter went."]


def test_each_of_several_texts_has_places_of_its_own() -> None:
    texts = ("China sent a gift.", "The harvest is good.", "A gift of Cuba.", "Peru sends 꽃 and a gift.")
    documents = read(articles(*(("News", text) for text in texts)), house_lexicon())
    found = {r.text: r.places(("gift",)) for r in documents}
    assert found == {f"News\n{text}": [5 + text.index("gift")] for text in (texts[0], texts[2], texts[3])}


def test_a_headlines_state_is_the_foremost_though_the_text_names_another_twice() -> None:
    text = "China is near. The Chinese came. China is large. The Russians sang."
    foremost = [
        document.foremost
        for document in read(articles(("Evening of Russia", text), ("Evening", text)), house_lexicon())
    ]
    assert foremost == ["RU", "CN"]
