"""Persons in every language and spelling: who is certainly the same, and who only seems to be."""

from __future__ import annotations

import pytest

from sunchi.identity.people import _sound, person_key
from sunchi.lexicon import HOME
from tests.detecting import house_lexicon


def who(name: str, lang: str) -> str:
    return person_key(name, lang, house_lexicon())


@pytest.mark.parametrize(
    "same",
    [
        {"Kim Song Nam": "en", "Kim Song-nam": "en", "김성남": "ko", "金成男": "zh"},
        {"Kim Tok Hun": "en", "Kim Dok-hun": "en", "김덕훈": "ko", "金德训": "zh"},
        {"Xi Jinping": "en", "시진핑": "ko", "습근평": "ko", "习近平": "zh"},
        {"Ri Kyong Gwon": "en", "Ri Kyong-kwon": "en", "리경권": "ko", "이경권": "ko"},
        {"Kim Thae Phyo": "en", "Kim Tae-pyo": "en", "김태표": "ko"},
        {"Ro Pyong Chol": "en", "로병철": "ko", "노병철": "ko"},
        {"Ryu Ok": "en", "류옥": "ko", "유옥": "ko"},
    ],
    ids=lambda same: next(iter(same)),
)
def test_one_person_is_one_in_every_language_and_spelling(same: dict[str, str]) -> None:
    assert len({who(name, lang) for name, lang in same.items()} - {""}) == 1
    assert all(who(name, lang) for name, lang in same.items())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Song Nam", "Kim Sung Nam"),
        ("Kim Song Won", "Kim Son Gwon"),
        ("Ri Example", "Pak Example"),
        ("Kim Ok", "Kim O"),
    ],
)
def test_names_that_sound_different_are_two_persons(one: str, other: str) -> None:
    assert who(one, "en") != who(other, "en")


def test_a_foreigner_without_a_row_has_no_key_in_other_languages() -> None:
    assert [
        who(name, lang) for name, lang in (("Jan Example", "en"), ("얀 견본", "ko"), ("", "en"), ("某某", "zh"))
    ] == [""] * 4
    assert who("Kim Song Nam", "ja") == ""


def test_korean_letters_sound_as_the_rows_of_partners_have_them_in_english() -> None:
    lexicon = house_lexicon()
    people_named = {name.line for name in lexicon.names if name.partner == HOME and name.role == "official"}
    assert len(people_named) > 15
    for line in people_named:
        english, korean = (
            next(name.form for name in lexicon.names if (name.line, name.lang) == (line, lang)) for lang in ("en", "ko")
        )
        sounds = _sound(english, "en", lexicon.vocabulary), _sound(korean, "ko", lexicon.vocabulary)
        assert sounds[0] == sounds[1] != "", english
