"""Attention: who is named, in what order, at what length, and what the article is about."""

from __future__ import annotations

from typing import Any

import pytest

from sunchi import signals
from tests.detecting import house_lexicon, of_kind


def named(*texts: tuple[str, ...] | str, **how: Any) -> set[str]:
    return {row["partner"] for row in of_kind("attention", *texts, **how)}


def table(text: str, **how: Any) -> list[dict[str, Any]]:
    return list(signals.attention_table(text, house_lexicon(), **how).iter_rows(named=True))


REPORT = (
    "The report reviewed foreign relations. "
    "Our Party gave priority to its long-standing ties with China and opened a new page in them. "
    "Several meetings with the leader of China deepened trust between the two parties. "
    "Relations with Russia were also developed anew. "
    "Solidarity with Cuba and Vietnam grew. "
    "Whoever takes office in the United States, its policy towards us will not change at all, "
    "the report said with emphasis."
)


def test_a_congress_report_is_read_as_the_founding_article_read_it() -> None:
    rows = table(REPORT)
    assert [row["partner"] for row in rows] == ["CN", "RU", "CU", "VN", "US"]
    assert [row["order"] for row in rows] == [1, 2, 3, 4, 5]
    words = {row["partner"]: row["words"] for row in rows}
    assert words == {"CN": 17 + 13, "RU": 7, "CU": 6, "VN": 0, "US": 21}
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert rows[0]["name"] == "China"


def test_a_text_that_names_no_state_gives_an_empty_table() -> None:
    assert table("Rice was harvested in the western plain.") == []


def test_a_sentence_belongs_to_the_state_it_names_most() -> None:
    rows = table("China, said China's envoy, had told Russia so.")
    assert {row["partner"]: row["words"] for row in rows} == {"CN": 8, "RU": 0}


def test_a_tie_goes_to_the_state_of_the_sentence_before() -> None:
    rows = table("Moscow spoke first. China and Russia then signed.")
    assert {row["partner"]: row["words"] for row in rows} == {"RU": 8, "CN": 0}


def test_a_tie_without_such_a_state_goes_to_the_one_named_first() -> None:
    rows = table("Rain fell. China and Russia then signed.")
    assert {row["partner"]: row["words"] for row in rows} == {"CN": 5, "RU": 0}


def test_dateline_and_end_mark_are_no_words() -> None:
    (row,) = table("Pyongyang, March 2 (KCNA) -- The envoy of Mongolia left. -0-")
    assert row["words"] == row["words_raw"] == 5


def test_full_titles_are_no_words_and_stand_in_the_raw_count() -> None:
    title = "general secretary of the Central Committee of the Communist Party of China"
    (row,) = table(f"He met Xi Jinping, {title}.")
    assert (row["words"], row["words_raw"]) == (4, 16)


def test_full_titles_do_not_decide_the_order() -> None:
    rows = table("The president of the Republic of Cuba heard that Russia agreed. Cuba did too.")
    assert [row["partner"] for row in rows] == ["RU", "CU"]


def test_a_state_that_only_a_title_names_comes_last_and_has_no_words() -> None:
    rows = table("The ambassador of Nepal was there. Russia sent nobody.")
    assert [(row["partner"], row["words"]) for row in rows] == [("RU", 3), ("NP", 0)]


def test_the_headline_is_no_part_of_the_count() -> None:
    (row,) = of_kind("attention", ("China China China", "China was there."))
    assert row["value"] == 3


def test_a_headline_alone_counts_for_want_of_anything_else() -> None:
    (row,) = of_kind("attention", ("Envoy of China Arrives in China",))
    assert (row["code"], row["value"]) == ("about", 6)


@pytest.mark.parametrize(
    ("sentence", "partner"),
    [
        ("Xi Jinping spoke.", "CN"),
        ("The Russians agreed.", "RU"),
        ("Moscow will answer.", "RU"),
        ("An anti-U.S. rally was held.", "US"),
        ("US troops left.", "US"),
        ("The puppet military fired.", "KR"),
        ("The south Korean authorities lied.", "KR"),
        ("The Soviet army helped.", "SU"),
        ("The Macedonian president spoke.", "MK"),
        ("The Nigerien ambassador spoke.", "NE"),
        ("The Equatorial Guinean army marched.", "GQ"),
        ("Papua New Guinea voted.", "PG"),
        ("Equatorial Guinea voted.", "GQ"),
        ("The DPRK–China border opened.", "CN"),
        ("The People’s Republic of China voted.", "CN"),
    ],
)
def test_a_state_is_known_by_all_its_names(sentence: str, partner: str) -> None:
    assert named(sentence) == {partner}


@pytest.mark.parametrize(
    "sentence",
    [
        "Ships crossed the South China Sea.",
        "The General Association of Korean Residents in Japan met.",
        "Koreans in Japan sang.",
        "Delegates of Latin America voted.",
        "The Olympics were held in Moscow.",
        "He told us and let us go.",
        "The woman spoke of romance.",
        "The Chinatown of the north grew.",
        "The DPRK and Pyongyang agreed.",
        "The cooperation among S. American countries grew, and a fire broke out in New Mexico.",
    ],
)
def test_what_only_sounds_like_a_state_is_none(sentence: str) -> None:
    assert named(sentence) == set()


def test_the_cpc_is_cubas_where_the_article_speaks_of_cuba() -> None:
    assert named(("Kim Jong Un Greets First Secretary of CPC", "He wished the people of Cuba well.")) == {"CU"}


def test_the_cpc_is_chinas_where_the_article_speaks_of_china() -> None:
    assert named(("WPK Sends Floral Basket to CPC", "The Chinese embassy took it.")) == {"CN"}


def test_the_cpc_is_nobodys_where_nothing_says_whose() -> None:
    assert named("The CPC was founded a long time ago.") == set()


@pytest.mark.parametrize(
    ("sentence", "partner"),
    [
        ("습근평동지가 말하였다.", "CN"),
        ("시진핑 주석이 말했다.", "CN"),
        ("로씨야의 대표단이 왔다.", "RU"),
        ("러시아 대표단이 왔다.", "RU"),
        ("미국은 대답하지 않았다.", "US"),
        ("윁남의 벗들이 왔다.", "VN"),
        ("베트남 대표단이 왔다.", "VN"),
        ("북-중 관계가 깊어졌다.", "CN"),
        ("조로관계가 강화되였다.", "RU"),
        ("조선인도네시아외교관계설정 60돐을 맞이하였다.", "ID"),
        ("조선몽골친선협회가 모임을 가졌다.", "MN"),
    ],
)
def test_northern_and_southern_spelling_name_the_same_state(sentence: str, partner: str) -> None:
    assert named(sentence, lang="ko") == {partner}


@pytest.mark.parametrize(
    "sentence",
    [
        "인도주의협조가 진행되였다.",
        "재일본조선인들이 왔다.",
        "남중국해의 섬들이다.",
        "조선이란 이름이다.",
        "인디아태평양전략은 위험하다.",
        "조선인도 그자리에 있었다.",
        "인도·태평양 지역이다.",
    ],
)
def test_korean_words_that_hold_a_name_are_none(sentence: str) -> None:
    assert named(sentence, lang="ko") == set()


def test_korean_titles_are_masked() -> None:
    text = "그는 중국공산당 중앙위원회 총서기이며 중화인민공화국 주석인 습근평동지를 만났다."
    (row,) = table(text, lang="ko")
    assert row["words"] < row["words_raw"]


def test_chinese_names_the_state_and_counts_characters() -> None:
    rows = of_kind("attention", "习近平访问朝鲜。俄罗斯表示欢迎。", lang="zh")
    assert {(row["partner"], row["value"]) for row in rows} == {("CN", 7.0), ("RU", 7.0)}


def test_an_article_is_about_the_state_of_its_headline() -> None:
    found = of_kind("attention", ("Mongolian Delegation Leaves", "It left by plane."))
    assert [(row["partner"], row["code"]) for row in found] == [("MN", "about")]


def test_a_place_in_passing_is_a_mention() -> None:
    text = "The team of the DPRK won. Its next match will be held in Peru after a rest of ten days."
    assert [(row["partner"], row["code"]) for row in of_kind("attention", text)] == [("PE", "mention")]


def test_of_a_list_in_the_lead_the_states_that_the_text_comes_back_to_count() -> None:
    text = (
        "Events Held",
        "Events were held in Nepal, Peru and Mali.",
        "The chairman of a party of Nepal spoke.",
        "A society of Peru sent a letter.",
    )
    codes = {row["partner"]: row["code"] for row in of_kind("attention", text)}
    assert codes == {"NP": "about", "PE": "about", "ML": "mention"}


def test_the_evidence_is_the_first_sentence_that_belongs_to_the_state() -> None:
    rows = of_kind("attention", ("News", "Russia agreed. China was silent."))
    assert {row["partner"]: row["quote"] for row in rows} == {"RU": "Russia agreed.", "CN": "China was silent."}


def about(*texts: tuple[str, ...] | str, **how: Any) -> set[str]:
    return {row["partner"] for row in of_kind("attention", *texts, **how) if row["code"] == "about"}


def test_an_article_is_about_the_state_whose_ruler_wrote_and_about_no_party_in_a_long_list() -> None:
    text = (
        "Kim Jong Un received New Year's cards from the president of the Republic of Serbia, the president of "
        "Mongolia, the prime minister of the Republic of India, the Communist Party of Spain and that of Italy."
    )
    assert about(("Cards from Abroad", text)) == {"RS", "MN", "IN"}


def test_koreans_in_japan_and_the_rulers_of_old_make_no_article_on_japan() -> None:
    assert about(("Forum Held", "Koreans in Japan held a forum. Koreans in Japan spoke.")) == set()
    assert about(("On the General", "He led the anti-Japanese war. The Japanese imperialists fell.")) == set()


def test_each_item_of_a_press_review_is_an_article_of_its_own() -> None:
    text = ("Press Review", "Following are major news items:", "- Houses were built.", "- The U.S. is in decline.")
    assert about(text) == {"US"}


def test_who_is_sold_arms_is_not_what_a_sentence_is_about() -> None:
    text = ("On Arms", "The U.S. sells arms. The U.S. is busy. Its sale of arms to Japan grows.")
    assert about(text) == {"US"}


def test_a_rival_on_the_field_is_not_what_an_article_is_about() -> None:
    text = ("DPRK Wins at Asian Cup", "The DPRK team beat its rival of Jordan. It then beat China, a strong rival.")
    assert named(text) == {"JO", "CN"}
    assert about(text) == set()


def test_where_all_that_is_told_takes_place_is_what_an_article_is_about() -> None:
    assert about(("Violence Rampant in Japan", "Cases grew to tens of thousands, the police of Japan said.")) == {"JP"}


def test_whoever_has_dealings_with_pyongyang_there_is_what_an_article_is_about() -> None:
    text = (
        "Guests Pay Homage",
        "Foreign guests visited the Kumsusan Palace of the Sun.",
        "They included delegations of a party of India, one of Chad, a union of Peru, one of Mali and a firm of Oman.",
    )
    assert "IN" in about(text)


BRAZIL = ("Brazil Can Grow", "Brazil has good prospects, its president said.", "Brazil trusts itself.")


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("It will spend 127 billion U.S. dollars on roads.", "US"),
        ("Present there on invitation were officials and the consul general of Russia.", "RU"),
        ("The Cuban attache, doyen of the diplomatic corps, handed a basket over.", "CU"),
        ("The people who defeated the U.S. in the Fatherland Liberation War are strong.", "US"),
        ("After the crisis of Ukraine, prices rose at the markets of the capital and in all of the provinces.", "UA"),
        ("A road that is as long as the whole coast of the south was built by China.", "CN"),
    ],
)
def test_a_state_named_by_the_way_is_not_what_an_article_is_about(sentence: str, state: str) -> None:
    assert state in named((*BRAZIL, sentence))
    assert about((*BRAZIL, sentence)) == {"BR"}
    assert about((*BRAZIL, "China built a road.")) == {"BR", "CN"}


@pytest.mark.parametrize(
    ("states", "code"),
    [("China, Laos, Cuba and Vietnam", "about"), ("China, Laos, Cuba, Mongolia and Vietnam", "mention")],
)
def test_a_list_of_five_states_or_more_speaks_of_none_of_them(states: str, code: str) -> None:
    rows = of_kind("attention", ("Word", f"The minister spoke of relations with {states}."))
    assert {row["code"] for row in rows} == {code}


def test_a_state_named_once_and_by_the_way_is_only_mentioned_even_where_no_other_is_named() -> None:
    def is_about(*text: str) -> bool:
        (row,) = of_kind("attention", text)
        return bool(row["code"] == "about")

    late = "Trees, flowers and benches were brought to the pavilion, which had been hit by the planes of the U.S."
    assert not is_about("Pavilion on Hill", "A pavilion stands on the hill.", late)
    early = "The U.S. planes that hit the pavilion came in the night, when nobody but an old watchman was there."
    assert is_about("Pavilion on Hill", "A pavilion stands on the hill.", early)
    again = (late, "The planes of the U.S. came back.")
    assert is_about("Pavilion on Hill", "A pavilion stands on the hill.", *again)


def test_a_set_phrase_in_pyongyangs_own_words_makes_an_article_about_that_state() -> None:
    friends = "Beside friends in Cuba, Peru, Laos, Syria, Mali and Nepal"
    phrase = _codes(f"{friends} we will foil the hostile policy of the U.S. toward the DPRK.")
    then = _codes(f"{friends} in 1953 we foiled the hostile policy of the U.S. toward the DPRK.")
    film = _codes(f"{friends} we saw a film of the U.S. and heard songs of the DPRK.")
    assert (phrase["US"], phrase["PE"]) == ("about", "mention")
    assert (then["US"], film["US"]) == ("mention", "mention")


def _codes(text: str) -> dict[str, str]:
    return {row["partner"]: row["code"] for row in of_kind("attention", text)}


def test_a_headline_that_lists_places_is_about_each_of_them() -> None:
    body = ("Rain fell in Laos.", "Meanwhile, a fire broke out in Cuba.", "It rained on in Laos.")
    assert about(("Natural Disasters in Laos, Cuba", *body)) == {"LA", "CU"}
    assert about(("Natural Disasters in Laos", *body)) == {"LA"}


def test_the_places_where_a_day_of_pyongyang_was_kept_are_what_an_article_is_about() -> None:
    title = "Anniversary Marked Abroad"
    lead = "Events were held {} to mark the founding anniversary of the DPRK."
    there = "in Laos, South Africa and Mexico"
    assert about((title, lead.format(there))) == {"LA", "ZA", "MX"}
    included = f"They included seminars and film shows {there}."
    assert about((title, lead.format("abroad"), included)) == {"LA", "ZA", "MX"}
    assert about((title, lead.format(f"at its missions {there}"))) == set()
    assert about((title, f"Events were held {there} to mark the founding of a bank.")) == set()


def test_where_koreans_live_is_not_what_an_article_is_about() -> None:
    text = ("Meeting of Koreans in Peru Held", "A meeting took place in Lima, Peru.", "They spoke in Peru of the DPRK.")
    assert about(text) == set()
    assert about(("Meeting Held in Peru", *text[1:])) == {"PE"}


def test_a_side_that_somebody_takes_and_a_war_of_old_are_named_by_the_way() -> None:
    assert about(("Traitor Flayed", "The traitor of south Korea is a pro-U.S. maniac.")) == {"KR"}
    assert about(("Wars", "The Vietnam War brought suffering to the DPRK.")) == set()


@pytest.mark.parametrize(
    ("closing", "is_about"),
    [
        ("We strongly denounce Israel, Israel's raids and the terrorist acts of the U.S.", True),
        ("We strongly denounce Israel and Israel's raids on U.S. citizens.", False),
        ("We think of Israel, Israel's raids and the acts of the U.S.", False),
        ("The Arab League denounces Israel, Israel's raids and the acts of the U.S.", False),
    ],
)
def test_a_statement_is_about_the_adversary_that_it_denounces_beside_another(closing: str, is_about: bool) -> None:
    text = (
        "Spokesperson on Israel",
        "Israel raided Lebanon.",
        "Israel, of Israel's own will, and the U.S. are to blame.",
    )
    about = {row["partner"] for row in of_kind("attention", (*text, closing)) if row["code"] == "about"}
    assert ("US" in about) == is_about


def test_a_statement_is_not_about_the_victim_of_what_it_denounces() -> None:
    closing = "We strongly denounce Israel, Israel's raids and the killing of people of Lebanon."
    raid = "Israel, of Israel's own will, raided Lebanon."
    text = ("Spokesperson on Israel", "Israel is at war.", raid, closing)
    assert [row["partner"] for row in of_kind("attention", text) if row["code"] == "about"] == ["IL"]


def test_in_a_list_of_senders_a_ruler_by_name_is_one_as_by_office() -> None:
    text = (
        "Floral Tribute",
        "Many foreign personages sent floral baskets to the statue of President Kim Il Sung.",
        (
            "They included the chairman of a party of Peru, Example Person, president of Nepal, Another Person, "
            "president of the Workers Party of Laos, and the family of somebody in Cuba."
        ),
    )
    about = {row["partner"] for row in of_kind("attention", text) if row["code"] == "about"}
    assert {"NP", "LA"} & about == {"NP"}


def test_what_private_friends_or_parties_out_of_power_say_of_pyongyang_is_about_none_of_their_states() -> None:
    text = (
        "Holiday Praised by World Public",
        "Voices praising the WPK are heard in many lands.",
        "The chairman of the Finland-Korea Society said that the WPK wins victories.",
        "The secretary of the Vanguard Party of Togo said that the WPK is strong.",
        "The minister of Culture of Benin said that the DPRK wins victories under a wise leadership.",
    )
    assert about(text) == {"BJ"}


def test_in_a_press_review_what_private_friends_do_is_only_named() -> None:
    head = "Following are major news items in Rodong Sinmun:"
    friends = "- A delegation of the Bulgarian Society for the Study of the Juche Idea arrived here."
    assert about(("Press Review", head, friends)) == set()
    assert about(("Press Review", head, "- A delegation of the Bulgarian government arrived here.")) == {"BG"}


def test_places_of_a_holiday_of_the_war_and_of_agreements_of_one_day() -> None:
    war = "Events were held in different countries to mark the victory in the Fatherland Liberation War."
    assert about(("Victory Day Marked", war, "They included meetings in Benin and Togo.")) == {"BJ", "TG"}
    deals = ("Cooperation", "China and Peru agreed on trade.", "On the same day China and Niger agreed on schools.")
    assert about(deals) == {"CN", "PE", "NE"}


def test_where_anothers_ambassador_speaks_is_only_a_place() -> None:
    text = ("Cuban Ambassador to Panama on Trade", "Cuba trades with many, the Cuban ambassador to Panama said.")
    assert about(text) == {"CU"}


def test_israel_is_spoken_of_by_what_it_does() -> None:
    text = (
        "Kuwaiti Minister Speaks",
        "Our brothers live under Israel's illegal occupation, the Kuwaiti minister said.",
    )
    assert about(text) == {"KW", "IL"}
    text = ("Kuwaiti Minister Speaks", "They met in Israel, the Kuwaiti minister said. Kuwait is small.")
    assert about(text) == {"KW"}


def test_the_press_that_a_report_leans_on_is_no_subject() -> None:
    text = ("Soldier Assaults Driver", "A U.S. soldier in Pusan beat a driver, according to south Korea's Yonhap News.")
    assert about(text) == {"US"}
    text = ("Fire in Pusan", "A fire broke out in Pusan, according to south Korea's Yonhap News.")
    assert about(text) == {"KR"}


def test_a_state_that_sentence_after_sentence_names_is_spoken_of() -> None:
    lead = "The U.S. arms industry thrives, as reported by the U.S. press."
    sale = [f"The U.S. will sell the U.S. helicopter No. {n} to Japan." for n in range(5)]
    assert about(("Sale of U.S. Arms", lead, *sale)) == {"US", "JP"}
    assert about(("Sale of U.S. Arms", lead, *sale[:2])) == {"US"}
