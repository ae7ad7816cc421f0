"""Whether a text ends where a sentence does, and so may be complete."""

from __future__ import annotations

import pytest

from sunchi.text.ending import is_ended


@pytest.mark.parametrize(
    ("paragraphs", "ended"),
    [
        pytest.param(["It was agreed.", "They met."], True, id="a sentence"),
        pytest.param(["회담이 진행되였다."], True, id="a Korean sentence"),
        pytest.param(["It was agreed.", "They met and"], True, id="one short line after a sentence may be a name"),
        pytest.param(["It was agreed.", "Jo Example"], True, id="the author's name"),
        pytest.param(["It was agreed.", "Jo Example", "March 2, 2026, Example City"], True, id="name, day and place"),
        pytest.param(["잘되기를 바란다.", "대통령", "조 아무개", "2026년 3월 2일"], True, id="offices, name, day"),
        pytest.param(["It was agreed.", "Both sides said", "that they would go on with the"], False, id="cut twice"),
        pytest.param(["It was agreed.", "They met for the second time in 2026 and " * 3], False, id="a long line, cut"),
        pytest.param(["It was agreed.", "They met for …"], False, id="an ellipsis"),
        pytest.param(["It was agreed.", "[...]"], False, id="an ellipsis in brackets"),
        pytest.param(["It was agreed.", "They said: “We will see …”"], True, id="an ellipsis in what is quoted"),
        pytest.param(["They met on March"], False, id="nothing before it ends"),
        pytest.param([], False, id="no text"),
        pytest.param(["He left.", "Read more"], False, id="a link to the rest"),
        pytest.param(["He left.", "1 2 3 Next"], False, id="links to other pages"),
        pytest.param(["He left.", "Next Year Yet"], True, id="a name like such a link"),
        pytest.param(["He left.", "Continue reading →"], False, id="a link to the rest, with a sign"),
        pytest.param(["그는 떠났다.", "더보기"], False, id="a Korean one"),
        pytest.param(["他离开了。", "阅读全文"], False, id="a Chinese one"),
    ],
)
def test_a_text_ends_with_a_sentence_or_with_a_signature_below_one(paragraphs: list[str], ended: bool) -> None:
    assert is_ended(paragraphs) is ended
