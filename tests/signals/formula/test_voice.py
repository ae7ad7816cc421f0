"""Who speaks where a phrase stands: by his introduction, by his office, by what only one of two sides says so."""

from __future__ import annotations

import pytest

from tests.detecting import of_kind

_TITLE = "Evening of Friends"


def voices(*paragraphs: str, lang: str = "en") -> list[str]:
    return [row["detail"]["voice"] for row in of_kind("formula", (_TITLE, *paragraphs), lang=lang)]


_GUESTS = (
    "The DPRK embassy in Vientiane gave a dinner.",
    "Present there were Sample Keo, deputy head of a committee of Laos, and DPRK Ambassador Ri Pon Bo.",
)


@pytest.mark.parametrize(
    ("said", "voice"),
    [
        ("Sample Keo said that the traditional friendship between the two countries is dear to all.", "partner"),
        ("Keo in his speech stressed that the friendship between the two countries is dear.", "partner"),
        ("Ri Pon Bo said that the friendship between the two countries is dear to Laos.", "own"),
        ("Pak Kol Mo noted in a speech that the friendship between the two countries grows.", "own"),
        ("The friendship between the two countries grows, Sample Keo said.", "partner"),
        ("The ambassador said that the friendship between the two countries is dear to Laos.", "own"),
    ],
)
def test_who_was_introduced_with_his_state_speaks_for_it(said: str, voice: str) -> None:
    assert voices(*_GUESTS, said) == [voice]


def test_and_so_does_he_who_speaks_on() -> None:
    first = "Sample Keo said that the years had been good."
    assert voices(*_GUESTS, first, "He wished that the friendship between the two countries would grow, he noted.") == [
        "partner"
    ]
    ours = "Ri Pon Bo said that the Lao people had done well."
    assert voices(*_GUESTS, ours, "He stressed that the friendship with Laos would grow.") == ["own"]


@pytest.mark.parametrize(
    ("lead", "voice"),
    [
        ("The president of Laos met the vice-president of an assembly of the DPRK.", "partner"),
        ("The Lao president met a DPRK vice-president.", "partner"),
        ("The minister of Laos met the president of the DPRK.", "own"),
    ],
)
def test_an_office_alone_is_whose_it_was_said_to_be(lead: str, voice: str) -> None:
    said = "On the occasion the president said that the friendship between the two countries grows."
    assert voices(lead, said) == [voice]


def test_a_person_of_the_south_has_a_korean_name_and_speaks_for_the_south() -> None:
    lead = "Laos received Kim Sam Pyo, puppet minister of south Korea, and talked of the DPRK."
    assert voices(lead, "Kim Sam Pyo said that the friendship with Laos would grow.") == ["third"]


@pytest.mark.parametrize(
    ("said", "voice"),
    [
        ("The Laos-DPRK friendship would grow, said Sample Keo, deputy head of a committee of Laos.", "partner"),
        ("The DPRK people wish the friendship with Laos well, said Sample Keo, a deputy head of Laos.", "partner"),
        ("The friendship with Laos is growing, says Rodong Sinmun in an article.", "own"),
        (
            "Sample Keo, deputy head of a league of Laos, said the DPRK people treasure the friendship with Laos.",
            "partner",
        ),
    ],
)
def test_who_speaks_may_stand_after_the_verb(said: str, voice: str) -> None:
    assert set(voices("A dinner was given.", said)) == {voice}


def test_he_who_says_something_at_first_and_does_another_thing_after_is_one() -> None:
    lead = "Kim Jong Un said that all was well."
    told = "Saying that Laos was far, he praised the Lao guests for the friendship between the two countries and added:"
    assert voices(lead, told) == ["own"]


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [
        ("The Laos-DPRK friendship was in all the songs.", "partner"),
        ("The friendship between Laos and the DPRK was in all the songs.", "partner"),
        ("The DPRK-Laos friendship was in all the songs.", "own"),
        ("The friendship between the DPRK and Laos was in all the songs.", "own"),
        ("Kim Jong Un said that the Laos-DPRK friendship was in all the songs.", "own"),
    ],
)
def test_each_side_names_itself_first_where_nothing_else_shows_who_speaks(sentence: str, voice: str) -> None:
    assert voices("A song was sung.", sentence) == [voice]


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [("조중친선은 굳건하다.", "own"), ("중조친선은 굳건하다.", "partner")],
)
def test_and_so_it_is_in_korean(sentence: str, voice: str) -> None:
    assert voices("노래가 울렸다.", sentence, lang="ko") == [voice]


def test_a_basket_of_flowers_says_nothing() -> None:
    lead = "A delegation of Laos laid a floral basket before the statue of President Kim Il Sung."
    assert voices(lead, "They bowed to the President who did so much for the friendship with Laos.") == ["own"]


def test_the_statement_is_of_whom_the_text_says_that_he_made_it() -> None:
    made = "A league of Nepal issued a statement."
    blamed = "The U.S. should pull out its soldiers, the statement said."
    assert voices(made, blamed, "It has to drop its hostile policy toward the DPRK, it said.") == ["third"]


def test_whom_pyongyang_abuses_it_does_not_let_speak() -> None:
    told = "The south Korean puppet group has lost its wits, the commentary says, and goes on:"
    assert voices("Minju Joson observes in a commentary:", told, "It seeks confrontation with the DPRK.") == ["own"]
