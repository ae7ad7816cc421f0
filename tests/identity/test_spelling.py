"""All spellings of one name have one key; other names have other keys."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sunchi.identity.people import People
from sunchi.identity.spelling import may_be_one_person, name_key, title_key, words_of_name
from tests.detecting import house_lexicon

STATES = st.sampled_from(["RU", "CN", "KP", "SY", "LA", "CU"])
NAMES = st.text(
    st.characters(categories=("Lu", "Ll", "Zs"), include_characters="-.'", max_codepoint=0x17F), max_size=40
)
PLAIN = st.text("ABCDEabcdeiyhkn -", max_size=30)


@given(NAMES, STATES)
def test_the_key_of_a_key_is_the_key(name: str, state: str) -> None:
    assert name_key(name_key(name, state), state) == name_key(name, state)


@given(PLAIN, STATES)
def test_case_spaces_and_hyphens_do_not_matter(name: str, state: str) -> None:
    others = (name.upper(), name.lower(), f"  {name} ", name.replace("-", " "), name.replace(" ", "  "))
    assert {words_of_name(other, state) for other in others} == {words_of_name(name, state)}


@given(st.text(max_size=60))
@example("A_")
@example("the_Office of a-Minister")
@example("0:OF:0")
@example("0 of of of 0")
def test_a_title_key_is_its_own_key_and_knows_no_case(title: str) -> None:
    assert title_key(title_key(title)) == title_key(title)
    assert title_key(f" {title} ") == title_key(title)


@given(PLAIN, PLAIN)
def test_may_be_one_person_is_symmetric(one: str, other: str) -> None:
    first, second = words_of_name(one, "RU"), words_of_name(other, "RU")
    assert may_be_one_person(first, second) == may_be_one_person(second, first)


@given(st.integers(min_value=0), STATES)
def test_nobody_is_found_in_another_state(number: int, state: str) -> None:
    people, persons = People(house_lexicon()), house_lexicon().persons
    person = persons[number % len(persons)]  # to draw one from all of them takes long, in which other threads draw, too
    for lang, forms in person.forms:
        for form in forms:
            found = people.find(form, lang, state)
            assert found is None or found.state == state
            assert (found is person) == (person.state == state)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Foreign Affairs of Cuba", "Cuba Foreign Ministry"),
        ("Association for Friendship of Cuba", "Cuba Association for Friendship"),
        ("C.C., the Example Party", "Central Committee of the Example Party"),
        ("Example Defense Center", "the Example Defence Centre"),
    ],
)
def test_one_organization_has_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Workers' Communist Party", "Communist Workers' Party"),
        ("Ministry of Trade", "Ministry of Foreign Trade"),
        ("Example Party", "Example Party (Marxist-Leninist)"),
        ("chairman of the Example Party", "Example Party"),
    ],
)
def test_two_organizations_have_two_keys(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)
