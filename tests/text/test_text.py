"""Positions in a text: sentences, words and the frame around them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunchi import text as texts

ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("A.b! \n「。중国'’U.S-0")), max_size=200)
KOREAN = texts.Spelling(
    {"역사": "력사", "노동": "로동", "영도": "령도", "러시아": "로씨야", "쿠바": "꾸바", "베트남": "윁남"}
)
CHINESE = texts.Spelling({})
LANGUAGES = st.sampled_from(["en", "es", "ko", "zh", "ja", "xx", ""])


def held(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in texts.sentences(text, lang)]


def test_an_english_sentence_ends_at_its_full_stop() -> None:
    assert held("It rained. The envoy left! Did he?", "en") == ["It rained.", "The envoy left!", "Did he?"]


def test_a_short_word_is_not_an_abbreviation_whatever_comes_next() -> None:
    assert held("It came by sea. Trade grew.", "en") == ["It came by sea.", "Trade grew."]


def test_the_full_stops_of_an_abbreviation_end_nothing() -> None:
    text = "The U.S. Army and Secy. Kim met on Oct. 5. The C.C. Office was told."
    assert held(text, "en") == ["The U.S. Army and Secy. Kim met on Oct. 5.", "The C.C. Office was told."]


def test_an_abbreviation_of_any_length_may_be_anywhere_in_a_text() -> None:
    assert held("A. Kim told Prof. Ri on Sept. 9.", "en") == ["A. Kim told Prof. Ri on Sept. 9."]
    assert held("A. B", "en") == ["A. B"]
    assert held("Moves in s. Korea go on.", "en") == ["Moves in s. Korea go on."]


def test_an_abbreviation_may_end_a_sentence_if_the_next_word_opens_one() -> None:
    assert held("They blamed the U.S. The talks broke up.", "en") == ["They blamed the U.S.", "The talks broke up."]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("A talk\nThe envoy of the\nministry left", "A talk\nThe envoy of the ministry left"),
        ("A gift\nSample Trading Co.\nLtd. gave it.\nIt left.", "A gift\nSample Trading Co. Ltd. gave it.\nIt left."),
        ("Visits\nThe envoy of Laos\n; the envoy of Peru", "Visits\nThe envoy of Laos ; the envoy of Peru"),
        ("A talk\nIt met the U.S.\nIran met.\nOf Sample Co.\nThe rest", None),
        ("a talk\nthe envoy left\nwww.kcna.kp", None),
    ],
)
def test_a_sentence_goes_on_over_a_line_that_a_page_broke(text: str, whole: str | None) -> None:
    assert texts.unbroken(text) == (whole or text)


@pytest.mark.parametrize(("text", "small"), [("Kim MET", "kim met"), ("İzmir MET Ri", "İzmir met ri"), ("ẞ İ", "ß İ")])
def test_in_lower_case_every_letter_keeps_its_position(text: str, small: str) -> None:
    assert texts.in_small_letters(text) == small


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("¿Llegó él? «Sí», dijo. ¡Qué bien!", ["¿Llegó él?", "«Sí», dijo.", "¡Qué bien!"]),
        ("El Sr. Ejemplo salió de EE.UU. Órgano dijo que volvió.",
         ["El Sr. Ejemplo salió de EE.UU. Órgano dijo que volvió."]),
        ("Se fue de EE.UU. La RPDC lo saludó.", ["Se fue de EE.UU.", "La RPDC lo saludó."]),
        ("Habló M. Y. Ejemplo. África escuchó.", ["Habló M. Y. Ejemplo.", "Africa escucho."]),
    ],
)  # fmt: skip
def test_spanish_sentences_support_spanish_punctuation_and_abbreviations(text: str, sentences: list[str]) -> None:
    plain = texts.plain(text, "es")
    assert held(plain, "es") == [texts.plain(sentence, "es") for sentence in sentences]


def test_a_line_ends_a_sentence_in_every_language() -> None:
    for lang in ("en", "es", "ko", "zh"):
        assert held("one\ntwo", lang) == ["one", "two"]


def test_korean_sentences_end_before_a_space_and_not_inside_a_number() -> None:
    assert held("성장률은 1.5프로이다. 대표단이 떠났다.", "ko") == ["성장률은 1.5프로이다.", "대표단이 떠났다."]


def test_chinese_sentences_need_no_space() -> None:
    assert held("代表团到达。会谈开始了！", "zh") == ["代表团到达。", "会谈开始了！"]


def test_words_are_separated_by_spaces_and_dashes_are_not_words() -> None:
    assert texts.count_words("The DPRK-China talks -- in 2026 -- went on", "en") == 7
    assert texts.count_words("조중 두 나라 사이의 친선은 - 영원하다", "ko") == 6


def test_chinese_is_counted_by_characters() -> None:
    assert texts.count_words("中朝友谊 KCNA 2026", "zh") == 6


@pytest.mark.parametrize(
    "text",
    [
        "Pyongyang, March 2 (KCNA) -- The talks were held. -0-",
        "(평양 3월 2일발 조선중앙통신)회담이 진행되였다.(끝)",
        "The talks were held. -0-\nwww.kcna.kp (2026.03.02.)",
    ],
)
def test_datelines_end_marks_and_the_sites_own_line_are_frame(text: str) -> None:
    rest = texts.blank(text, texts.frame(text)).strip()
    assert rest in ("The talks were held.", "회담이 진행되였다.")


def test_a_plain_text_keeps_every_characters_position() -> None:
    text = "the “Workers’ Party”\u00a0– here"
    assert texts.plain(text) == 'the "Workers\' Party" - here'


@pytest.mark.parametrize("dot", ["·", "ㆍ", "・"])
def test_all_dots_between_two_states_are_equal(dot: str) -> None:
    assert texts.plain(f"북{dot}중", "ko") == "북·중"


def test_squeezing_keeps_each_characters_position() -> None:
    bare, places = texts.squeeze("전략적 의사 소통")
    assert bare == "전략적의사소통"
    assert places == [0, 1, 2, 4, 5, 7, 8]


@pytest.mark.parametrize(
    ("written", "matched"),
    [
        ("전략적 의사 소통", "전략적의사소통"),
        ("역사적 뿌리", "력사적뿌리"),
        ("노동당의 영도", "로동당의령도"),
        ("러시아와 쿠바", "로씨야와꾸바"),
        ("력사적뿌리", "력사적뿌리"),
    ],
)
def test_korean_is_matched_without_spaces_and_in_northern_spelling(written: str, matched: str) -> None:
    assert KOREAN.fold(written, "ko").text == matched


def test_a_word_spelled_longer_for_matching_keeps_its_position() -> None:
    folded = KOREAN.fold("또 러시아는", "ko")
    start = folded.text.index("로씨야")
    assert folded.span(start, start + 3) == (2, 5)
    folded = KOREAN.fold("또 베트남은", "ko")
    start = folded.text.index("윁남")
    assert folded.span(start, start + 2) == (2, 5)


def test_traditional_characters_are_matched_as_simplified_ones_only_in_chinese() -> None:
    assert texts.plain("習近平訪問朝鮮", "zh") == "习近平访问朝鲜"
    assert texts.plain("習近平訪問朝鮮", "ko") == "習近平訪問朝鮮"


def test_readings_in_brackets_do_not_split_a_chinese_name() -> None:
    folded = CHINESE.fold("見習(xí)近平。", "zh")
    assert folded.text == "見習近平。"
    assert folded.span(1, 4) == (1, 8)


def test_full_width_digits_and_letters_become_plain_ones() -> None:
    assert texts.plain("２０２４年，ＫＣＮＡ") == "2024年,KCNA"


def test_characters_that_would_grow_longer_are_unchanged() -> None:
    assert texts.plain("…㈜½") == "…㈜½"


def test_text_after_more_from_is_frame() -> None:
    text = "The envoy left. -0-\nMore From the site\nOther news"
    assert texts.blank(text, texts.frame(text)).split() == ["The", "envoy", "left."]


@given(ANY_TEXT, st.sampled_from(["en", "ko", "zh"]))
def test_every_span_of_a_folded_text_is_a_span_of_the_text(text: str, lang: str) -> None:
    plain = texts.plain(text, lang)
    folded = KOREAN.fold(plain, lang)
    assert len(folded.places) == len(folded.text)
    assert all(before <= after for before, after in pairwise(folded.places))
    for start in range(0, len(folded.text), 7):
        a, b = folded.span(start, min(start + 3, len(folded.text)))
        assert 0 <= a < b <= len(text)


@given(
    st.one_of(ANY_TEXT, st.text(alphabet="역사 적노동러시아베트남習近平(xí)", max_size=60)),
    st.sampled_from(["en", "ko", "zh"]),
)
def test_a_text_is_folded_the_same_with_and_without_positions(text: str, lang: str) -> None:
    plain = texts.plain(text, lang)
    for spelling in (KOREAN, CHINESE):
        assert spelling.folded(plain, lang) == spelling.fold(plain, lang).text


@given(st.text(alphabet="역사 적노동러시아베트남가나다.", max_size=60))
def test_folded_text_is_already_northern(text: str) -> None:
    once = KOREAN.fold(text, "ko").text
    assert KOREAN.fold(once, "ko").text == once


@given(ANY_TEXT)
def test_frames_are_in_order_and_disjoint(text: str) -> None:
    spans = texts.frame(texts.plain(text))
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_plain_spanish_text_has_no_accents_and_other_texts_keep_theirs() -> None:
    assert texts.plain("Japón envió una señal al Perú", "es") == "Japon envio una senal al Peru"
    assert texts.plain("Türkiye, São Paulo", "en") == "Türkiye, São Paulo"


@given(ANY_TEXT, LANGUAGES)
def test_a_plain_text_is_plain(text: str, lang: str) -> None:
    assert texts.plain(texts.plain(text, lang), lang) == texts.plain(text, lang)


@given(ANY_TEXT, LANGUAGES)
def test_sentences_are_in_order_disjoint_and_lose_only_spaces(text: str, lang: str) -> None:
    spans = texts.sentences(texts.plain(text), lang)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    lost = texts.blank(texts.plain(text), spans)
    assert not lost.strip()


@given(ANY_TEXT, LANGUAGES)
def test_the_count_of_words_equals_the_words_found(text: str, lang: str) -> None:
    spans = texts.words(text, lang)
    assert texts.count_words(text, lang) == len(spans)
    assert all(not text[a:b].isspace() and a < b for a, b in spans)


@given(ANY_TEXT, LANGUAGES)
def test_plain_and_blanked_texts_are_as_long_as_the_original(text: str, lang: str) -> None:
    plain = texts.plain(text, lang)
    assert len(plain) == len(text)
    assert len(texts.blank(plain, texts.frame(plain))) == len(text)


@given(ANY_TEXT)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert texts.normal(texts.normal(text)) == texts.normal(text)


def test_an_endless_sentence_is_cut_at_a_space_so_that_no_text_takes_unlimited_time() -> None:
    endless = "friendship " * 1_000 + "x" * 12_000
    pieces = [endless[start:end] for start, end in texts.sentences(endless, "en")]
    assert all(0 < len(piece) <= texts.LONGEST and piece == piece.strip() for piece in pieces)
    assert "".join(pieces).replace(" ", "") == endless.replace(" ", "")
    assert {word for piece in pieces[:2] for word in piece.split()} == {"friendship"}


@pytest.mark.parametrize(
    ("length", "short"),
    [(40, "strategic communications and…"), (24, "strategic…"), (41, "strategic communications and coordination")],
)
def test_a_shortened_text_ends_with_a_word(length: int, short: str) -> None:
    assert texts.cut("strategic communications and coordination", length) == short


def test_a_text_without_spaces_is_cut_at_the_limit() -> None:
    assert texts.cut("友" * 50, 40) == "友" * 39 + "…"
    assert texts.cut("Look: " + "x" * 50, 40) == "Look: " + "x" * 33 + "…"


def test_blanked_spans_may_overlap_and_come_in_any_order() -> None:
    assert texts.blank("0123456789", [(6, 8), (1, 4), (2, 5)]) == "0    5  89"


def test_a_text_with_other_quotation_marks_and_dashes_is_the_same_text() -> None:
    assert texts.fingerprint("A “B”", ["c – d"]) == texts.fingerprint('A "B"', ["c - d"])
