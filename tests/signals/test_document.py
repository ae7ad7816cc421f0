"""A document: the places of the words that detectors look for."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sunchi import signals
from sunchi.signals.document import read
from sunchi.signals.prefilter import CLASSES
from tests.detecting import articles, house_lexicon

ANY_SIGNS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(ANY_SIGNS, ANY_SIGNS)
def test_words_are_found_in_lower_case_whatever_characters_surround_them(before: str, after: str) -> None:
    (document,) = read(articles(f"The DPRK and China. {before} GIFTS SENT {after}"), house_lexicon())
    assert len(document.small) == len(document.text)
    assert document.searched["gift_on_display"], document.text
    for place, _ in document.searched["gift_on_display"]:
        assert document.text[place : place + 4].lower() == "gift"


def test_a_sentence_with_several_of_the_words_is_returned_once_and_others_not() -> None:
    text = "The DPRK and China. A gift sent and a gift given came. Nothing else. In İzmir a Gift given went."
    (document,) = read(articles(text), house_lexicon())
    held = [document.quote(span) for span in document.by_sentence("gift_on_display")]
    assert held == ["A gift sent and a gift given came.", "In İzmir a Gift given went."]


def test_each_of_several_texts_has_its_own_places() -> None:
    texts = ("China saw a gift sent.", "The harvest is good.", "A gift sent by Cuba.", "Peru saw 꽃 and a gift sent.")
    documents = read(articles(*(("News", text) for text in texts)), house_lexicon())
    found = {r.text: [place for place, _ in r.searched["gift_on_display"]] for r in documents}
    assert found == {f"News\n{text}": [5 + text.index("gift")] for text in (texts[0], texts[2], texts[3])}


def test_each_class_that_a_detector_looks_for_is_declared() -> None:
    asked = {
        name
        for path in Path(signals.__file__).parent.rglob("*.py")
        for call in re.findall(r"\.(?:searched\[|by_sentence\(|is_in\()([^()\[\]]*)[)\]]", path.read_text("utf-8"))
        for name in re.findall(r'"(\w+)"', call)
    }
    assert asked == {name for names in CLASSES.values() for name in names}


def test_a_headlines_state_is_the_foremost_though_the_text_names_another_twice() -> None:
    text = "China is near. The Chinese came. China is large. The Russians sang."
    foremost = [
        document.foremost
        for document in read(articles(("Evening of Russia", text), ("Evening", text)), house_lexicon())
    ]
    assert foremost == ["RU", "CN"]
