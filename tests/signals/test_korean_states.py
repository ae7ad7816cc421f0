"""Every state, under each of its names in Korean, is written to, met and received like any other."""

from __future__ import annotations

import pytest

from sunchi.lexicon import HOME
from tests.detecting import detect, house_lexicon

NAMES = [name for name in house_lexicon().names if name.role == "name" and name.lang == "ko" and name.partner != HOME]
IN_LISTS = house_lexicon().vocabulary.words("state_in_lists", "ko")


def with_a_post(name: str) -> bool:
    """Return whether a form is no name alone: 가나|대통령, as words that are no names begin so, too: 가나다."""
    return any(name != other and name.startswith(other) for other in IN_LISTS)


@pytest.mark.parametrize(
    ("sentence", "kind", "code"),
    [
        ("경애하는 김정은동지께서 {}대통령에게 축전을 보내시였다.", "message", "congratulation"),
        ("경애하는 김정은동지께 {} 수상이 15일 답전을 보내여왔다.", "message", "reply"),
        ("외무상을 단장으로 하는 {}대표단이 11일 평양에 도착하였다.", "contact", "delegation_in"),
        ("우리 나라 주재 {}대사관에서 국경절에 즈음하여 연회를 마련하였다.", "contact", "reception"),
    ],
)
def test_a_state_is_found_under_each_of_its_names(sentence: str, kind: str, code: str) -> None:
    past = house_lexicon().standings.past
    names = [n for n in NAMES if n.partner not in past and n.form not in IN_LISTS and not with_a_post(n.form)]
    found = {
        (row["article"], row["partner"])
        for row in detect(*[("보도", sentence.format(name.form)) for name in names], lang="ko")
        if row["kind"] == kind and row["code"] == code
    }
    missing = [name.form for n, name in enumerate(names) if (f"a{n}", name.partner) not in found]
    assert missing == []


def test_each_state_of_a_list_is_found_even_if_its_name_is_a_word_as_well() -> None:
    names = [name for name in NAMES if name.form in IN_LISTS]
    texts = [("보도", f"경애하는 김정은동지께 중국,{name.form},꾸바의 인사들이 축전을 보내여왔다.") for name in names]
    states = {(row["article"], row["partner"]) for row in detect(*texts, lang="ko") if row["kind"] == "message"}
    assert {(f"a{n}", name.partner) for n, name in enumerate(names)} <= states


def test_such_a_word_alone_is_no_state() -> None:
    rows = detect(("보도", "중국은 모든 수단과 방법을 다하였다. 그것은 미국의 오만, 독선이다."), lang="ko")
    assert {row["partner"] for row in rows if row["kind"] == "attention"} == {"CN", "US"}
