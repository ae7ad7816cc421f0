"""The language of a text: by its letters and function words, else its edition's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunchi.text import LANGUAGE_NAMES, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The envoy of China met with the minister.", "en"),
        ("El enviado de China se reunió con la ministra y su comitiva.", "es"),
        ("El enviado de China se reunio con la ministra y su comitiva.", "es"),  # many pages leave out the accents
        ("L'envoyé de la Chine est reçu par le ministre dans la capitale.", "fr"),
        ("Der Gesandte ist von dem Minister und der Delegation empfangen worden.", "de"),
        ("O enviado da China e os seus colegas falaram com a ministra em Lisboa.", "pt"),
        ("Il governo della Cina e il ministro che è di Roma parlano con gli altri.", "it"),
        ("Посланник Китая и его коллеги прибыли в Пхеньян на встречу.", "ru"),
        ("التقى المبعوث مع الوزير في العاصمة من أجل السلام", "ar"),
        ("중국특사가 평양에 도착하였다.", "ko"),
        ("中国特使抵达平壤。", "zh"),
        ("中国の特使が平壌に到着した。", "ja"),
    ],
)
@pytest.mark.parametrize("edition", ["en", "ko"])
def test_a_text_is_in_the_language_that_it_shows_whatever_its_edition(text: str, language: str, edition: str) -> None:
    assert language_of(text, edition) == language


@pytest.mark.parametrize("words", ["un de que", "un le el", "des una de", "los del les au", "su dans la"])
def test_a_text_whose_words_are_as_much_spanish_as_french_is_spanish(words: str) -> None:
    assert language_of(words, "en") == "es"


@pytest.mark.parametrize("edition", ["en", "en-US", "ko", "zh", "es", ""])
@pytest.mark.parametrize("text", ["", "2021. 1. 12.", "Kim Jong Un, Xi Jinping", "KCNA"])
def test_a_text_without_a_recognizable_language_is_in_its_editions(text: str, edition: str) -> None:
    assert language_of(text, edition) == edition.partition("-")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Il Meets Kim Yong Il in Los Angeles",  # names, not the words il and los
        "Colombian police seized a ton of cocaine in Valle del Cauca, says El Tiempo in Bogota, la capital",
        "We will do what we should do",
        "UN delegation here",
    ],
)
def test_a_few_foreign_words_leave_an_english_text_english(text: str) -> None:
    assert language_of(text, "en") == "en"


def test_the_letters_of_most_words_decide_in_a_text_of_several_scripts() -> None:
    assert language_of("조선중앙통신사 보도 KCNA, 朝中社", "en") == "ko"
    assert language_of("The KCNA (조선중앙통신) is the agency of the DPRK", "ko") == "en"
    assert (
        language_of(
            "中国特使(カン・エグザム)抵达平壤并会见了外务省官员及其随行人员一行,双方就共同关心的问题深入交换了意见",
            "en",
        )
        == "ja"
    )


def test_japanese_and_chinese_without_kana_are_distinguished_only_by_the_edition() -> None:
    assert language_of("金正恩総書記演説", "ja") == "zh"


@given(st.text(max_size=200), st.sampled_from(["en", "ko", "xx", ""]))
def test_any_text_has_a_known_language_or_its_editions(text: str, edition: str) -> None:
    assert language_of(text, edition) in {*LANGUAGE_NAMES, edition}
