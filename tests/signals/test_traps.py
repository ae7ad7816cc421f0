"""What looks like a signal and is none, or another's: each trap that one text can show, in sentences of our own.

The traps of titles, of the CPC, of blood, of staffs and red lines stand with their detectors, in test_attention.py and
test_formula.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sunchi import signals, text
from tests.detecting import articles, house_lexicon, of_kind


def formulas(*texts: tuple[str, ...] | str, **how: Any) -> list[tuple[str, str]]:
    return [(row["partner"], row["code"]) for row in of_kind("formula", *texts, **how)]


def voices(*texts: tuple[str, ...] | str, **how: Any) -> list[str]:
    return [row["detail"]["voice"] for row in of_kind("formula", *texts, **how)]


# --- whose a phrase is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "signal"),
    [
        ("우리 나라와 로씨야의 관계는 오랜 력사적뿌리를 가진 관계이다.", ("RU", "tr_root")),
        ("우리 나라와 중국의 관계는 오랜 력사적뿌리를 가진 관계이다.", ("CN", "tr_root")),
        ("우리 나라와 꾸바의 불패의 친선은 영원하다.", ("CU", "inv_friend")),
    ],
)
def test_a_phrase_best_known_of_one_state_is_the_other_states_where_that_one_is_named(
    sentence: str, signal: tuple[str, str]
) -> None:
    assert formulas(sentence, lang="ko") == [signal]


@pytest.mark.parametrize(
    ("people", "partner"), [("Lao", "LA"), ("Cuban", "CU"), ("Vietnamese", "VN"), ("Syrian", "SY")]
)
def test_a_fraternal_people_is_any_that_the_dprk_calls_so(people: str, partner: str) -> None:
    assert formulas(f"The DPRK greets the fraternal {people} people.") == [(partner, "kin_people")]


def test_a_fraternal_korean_people_is_china_speaking_and_its_own_voice() -> None:
    received = ("来自中国的贺电", "中国向朝鲜发来贺电。", "中国代表团说，向兄弟的朝鲜人民致敬。")
    assert formulas(received, lang="zh") == [("CN", "kin_people")]


@pytest.mark.parametrize("sentence", ["China spoke to the DPRK of a community with a shared future for mankind."])
def test_a_slogan_for_all_mankind_says_nothing_of_the_two(sentence: str) -> None:
    assert formulas(sentence) == []
    assert formulas("中国向朝鲜介绍了人类命运共同体。", lang="zh") == []


def test_the_order_of_a_pair_does_not_change_whose_it_is() -> None:
    assert (
        formulas("朝鲜珍视朝中友谊。", lang="zh")
        == formulas("中国珍视中朝友谊，朝鲜也是。", lang="zh")
        == [("CN", "fr_friendship")]
    )


# --- what is counted ------------------------------------------------------------------------------------------------


def test_what_a_site_adds_below_the_article_is_no_part_of_it() -> None:
    text = ("Visit Ends", "The envoy of Laos left. -0-", "More From North Korea", "China and Russia hold talks")
    assert {row["partner"] for row in of_kind("attention", text)} == {"LA"}


@pytest.mark.parametrize("mark", [" -0-", "\n-0-", " -0- www.kcna.kp (Juche115.3.2.)"])
def test_words_are_counted_without_dateline_and_end_mark_and_raw_beside(mark: str) -> None:
    text = ("News", f"Pyongyang, March 2 (KCNA) -- The envoy of Laos went home by air.{mark}")
    (row,) = of_kind("attention", text)
    assert row["value"] == 8


def test_a_list_keeps_its_order_whatever_the_rank_of_those_it_names() -> None:
    text = "Baskets came from the leaders of Cuba, China, Russia and Laos."
    order = {row["partner"]: row["detail"]["order"] for row in of_kind("attention", text)}
    assert sorted(order, key=lambda partner: order[partner]) == ["CU", "CN", "RU", "LA"]


def test_ritual_words_of_every_message_are_no_formula_by_themselves() -> None:
    assert formulas("The DPRK and China will pass it on generation after generation as required by the times.") == []


# --- how a text is written ------------------------------------------------------------------------------------------


def test_names_glued_to_the_words_around_them_are_found() -> None:
    glued = "General SecretaryKim Jong Unin recent years raised the DPRK-Russia friendship."
    assert formulas(glued) == [("RU", "fr_friendship")]
    assert formulas("The respected ComradeKim Jong Unand China share friendly relations.") == [("CN", "fr_relfriend")]


@pytest.mark.parametrize(
    "written",
    [
        "The DPRK-China friendship grows.",
        "The DPRK–China friendship grows.",
        "The DPRK - China friendship grows.",
        "The China-DPRK friendship grows.",
        "The Sino-DPRK friendship grows.",
        "The ＤＰＲＫ-China friendship grows.",
    ],
)
def test_dashes_and_wide_letters_make_no_difference(written: str) -> None:
    assert [partner for partner, _ in formulas(written)] == ["CN"]


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("로씨야의 뿌찐대통령", "러시아의 푸틴 대통령"),
        ("꾸바대표단", "쿠바 대표단"),
        ("윁남의 손님", "베트남의 손님"),
        ("습근평동지", "시진핑 주석"),
        ("왕의동지", "왕이 외교부장"),
        ("조중관계", "북중 관계"),
        ("조로관계", "북러 관계"),
        ("북남관계", "남북 관계"),
    ],
)
def test_both_spellings_of_korean_name_one_state(north: str, south: str) -> None:
    def named(words: str) -> set[str]:
        return {row["partner"] for row in of_kind("attention", f"{words}를 론하였다.", lang="ko")}

    assert named(north) == named(south)
    assert len(named(north)) == 1


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("혈연적뉴대", "혈연적 유대"),
        ("전략적의사소통", "전략적 의사 소통"),
        ("핵심리익", "핵심 이익"),
        ("형제적중국인민", "형제적 중국 인민"),
        ("오랜 력사적뿌리를 가진", "오랜 역사적 뿌리를 가진"),
        ("대조선적대시정책", "대조선 적대시 정책"),
    ],
)
def test_both_spellings_of_korean_are_one_phrase(north: str, south: str) -> None:
    def found(words: str) -> list[tuple[str, str]]:
        return formulas(f"우리 나라와 중국의 일이다, {words} 말이다.", lang="ko")

    assert found(north) == found(south)
    assert found(north)


def test_what_is_quoted_is_spelled_as_the_text_spells_it() -> None:
    (row,) = of_kind("formula", "우리 나라와 중국의 혈연적 유대를 다진다.", lang="ko")
    assert row["quote"] == "혈연적 유대"
    (row,) = of_kind("formula", "朝鮮和中國脣齒相依。", lang="zh")
    assert row["quote"] == "脣齒相依"


@pytest.mark.parametrize(
    "written", ["习近平访问朝鲜。", "習近平訪問朝鮮。", "習(xí)近平訪問朝(chao)鮮。", "習 近 平訪問朝鮮。"]
)
def test_chinese_is_read_in_either_script_and_without_the_readings_a_page_puts_in(written: str) -> None:
    assert {row["partner"] for row in of_kind("attention", written, lang="zh")} == {"CN"}


def test_chaoxian_is_never_a_partner() -> None:
    assert of_kind("attention", "朝鲜半岛下雨了。朝方表示欢迎。", lang="zh") == []


# --- who speaks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ['"{}"', "“{}”", "«{}»"])
def test_a_phrase_alone_in_quotation_marks_is_what_others_call_it(sign: str) -> None:
    quoted = sign.format("true friendly relations")
    assert voices(f"The U.S. and the DPRK do not have {quoted}.") == ["third"]
    assert voices("조선중앙통신은 미국이 말하는 《전통적인 우의》를 우리 나라가 론박하였다고 하였다.", lang="ko") == [
        "third"
    ]


def test_a_quotation_that_holds_more_than_the_phrase_is_its_speakers() -> None:
    assert voices('Kim Jong Un said, "We treasure the DPRK-China friendship for ever."') == ["own"]


def test_what_a_report_of_a_foreign_paper_says_weighs_a_fifth() -> None:
    (row,) = of_kind("formula", "A newspaper of Russia wrote that the DPRK-Russia friendship is strong.")
    assert (row["detail"]["voice"], row["value"]) == ("third", 0.2)


# --- what is no tone ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The DPRK and China played a friendly match of football.",
        "A film show was held at the embassy of China in the DPRK.",
        "Snow fell on the DPRK and on the close hills of China.",
        "The DPRK rescued sailors of China after an accident.",
        "The DPRK-China Friendship Tower was mended.",
        "Children of the DPRK and Russia met at the Songdowon International Friendship Camp.",
    ],
)
def test_sports_culture_weather_and_accidents_are_no_formula(sentence: str) -> None:
    assert formulas(sentence) == []


def test_the_date_of_a_message_is_its_own_and_the_signals_date_the_articles() -> None:
    lead = "Kim Jong Un sent a message of greeting to Xi Jinping, president of China, on October 5."
    text = ("Message to China", f"Pyongyang, October 6 (KCNA) -- {lead}")
    (row,) = of_kind("message", text, day=date(2024, 10, 7))
    assert (row["date"], row["detail"]["dated"]) == (date(2024, 10, 7), "October 5")


@pytest.mark.parametrize("word", ["verbal", "oral"])
def test_outlets_word_for_one_message_makes_one_kind(word: str) -> None:
    text = ("Message", f"Kim Jong Un sent a {word} message to Xi Jinping, president of China.")
    assert [row["code"] for row in of_kind("message", text)] == ["verbal"]


def test_a_text_gives_the_same_signals_wherever_it_is_printed() -> None:
    frame = articles("The DPRK treasures the DPRK-China friendship.")
    elsewhere = signals.detect(frame.with_columns(source=frame["source"].replace("kcna", "rodong")), house_lexicon())
    columns = ["kind", "partner", "code", "value", "start", "end", "quote"]
    assert elsewhere.select(columns).equals(signals.detect(frame, house_lexicon()).select(columns))


def test_a_text_spelled_otherwise_is_the_same_text() -> None:
    assert text.fingerprint("A “B”", ["c – d"]) == text.fingerprint('A "B"', ["c - d"])
