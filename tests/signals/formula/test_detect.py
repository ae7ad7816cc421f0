"""Formulas: which phrase, whose it is, who says it, and whether it is denied or history."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from tests import detecting
from tests.detecting import of_kind

only = partial(detecting.only, "formula")


def said(*texts: tuple[str, ...] | str, **how: Any) -> list[tuple[str, str]]:
    return [(row["partner"], row["code"]) for row in of_kind("formula", *texts, **how)]


@pytest.mark.parametrize(
    ("sentence", "partner", "code", "value"),
    [
        ("We treasure the DPRK-China friendship.", "CN", "fr_friendship", 1),
        ("We treasure the Russia-DPRK friendship.", "RU", "fr_friendship", 1),
        ("The traditional DPRK-Cuba friendship lives on.", "CU", "tr_friendship", 1),
        ("These are the long-standing and special DPRK-China relations.", "CN", "sp_relations", 2),
        ("The DPRK and Russia keep invincible alliance relations.", "RU", "inv_alliance", 2),
        ("The DPRK and China are as close as lips and teeth.", "CN", "kin_lips", 2),
        ("The DPRK denounced the U.S. hostile policy.", "US", "ho_policy", -1),
        ("Friendly and cooperative relations between the DPRK and Laos will grow.", "LA", "fr_relfriend", 1),
    ],
)
def test_a_phrase_bears_its_id_and_strength(sentence: str, partner: str, code: str, value: float) -> None:
    row = only(sentence)
    assert (row["partner"], row["code"], row["value"]) == (partner, code, value)


def test_the_longest_of_two_forms_that_overlap_counts() -> None:
    assert only("We treasure the traditional DPRK-China friendship.")["quote"] == "traditional DPRK-China friendship"


def test_a_phrase_that_names_nobody_is_said_of_the_articles_state() -> None:
    text = (
        "Greetings to Nepal",
        "Kim Jong Un sent a message of greeting to the president of Nepal.",
        "It said that the friendly and cooperative relations between the two countries would grow.",
    )
    assert said(text) == [("NP", "fr_relfriend")]


def test_blood_without_a_state_in_the_sentence_is_the_homes_own_history() -> None:
    text = ("China Is Near", "The fathers of the DPRK won this land at the cost of blood.")
    assert said(text) == []


@pytest.mark.parametrize(("state", "code"), [("China", "CN"), ("Vietnam", "VN"), ("Russia", "RU")])
def test_blood_is_shared_with_the_state_of_its_sentence(state: str, code: str) -> None:
    assert said(f"The friendship of the DPRK and {state} was sealed in blood.") == [(code, "bl_sealed")]


def test_the_general_staff_of_an_army_is_no_kinship() -> None:
    assert said("The chief of the General Staff of the KPA met officers of China.") == []
    assert said("Kim Jong Un said the DPRK and China fight as in one general staff.") == [("CN", "kin_staff")]


def test_a_red_line_of_others_is_no_criticism_of_china() -> None:
    assert said("The DPRK warned that Israel crossed the red line.") == []


def test_a_neighbouring_country_that_does_nothing_is_not_criticised() -> None:
    assert said("The DPRK and China visited a neighboring country.") == []


def test_a_shared_future_for_mankind_is_a_slogan_of_the_world() -> None:
    assert said("China told the DPRK of a community with a shared future for mankind.") == []


def test_relations_between_two_others_say_nothing() -> None:
    text = ("China Looks South", "The DPRK watched.", "China and Vietnam praised their friendly relations.")
    assert said(text) == []
    assert said("China and Vietnam raised their comprehensive strategic partnership.") == []


def test_a_treaty_partner_of_another_state_is_not_russia() -> None:
    assert (
        said(("News from Hanoi", "The DPRK noted the comprehensive strategic partnership of China and Vietnam.")) == []
    )


def test_a_friendship_associations_name_is_no_formula() -> None:
    assert said("The Peru-Korea Friendship Association met the DPRK delegation from Peru.") == []


def test_the_honorific_of_the_leader_is_no_salutation() -> None:
    assert said("The respected Comrade Kim Jong Un met the envoy of China.") == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The DPRK will no longer speak of the DPRK-China friendship.", -1),
        ("The DPRK does not see good neighbors in China.", -1),
        ("The DPRK not only values the DPRK-China friendship.", 1),
        ("The DPRK has never met a U.S. hostile policy.", 0),
    ],
)
def test_friendship_denied_counts_against_itself_and_enmity_denied_is_nothing(sentence: str, value: float) -> None:
    assert only(sentence)["value"] == value


def test_begging_for_friendship_refused_is_the_sharpest_criticism() -> None:
    row = only("The DPRK will never beg for the maintenance of friendship with China.")
    assert (row["code"], row["negated"], row["value"]) == ("cr_beg", False, -2)


def test_kcnas_own_words_are_own() -> None:
    assert only("We treasure the DPRK-China friendship.")["voice"] == "own"


def test_the_words_of_an_incoming_message_are_the_partners() -> None:
    text = (
        "Message from China",
        "Kim Jong Un received a message of greeting from Xi Jinping, president of China.",
        "The message said:",
        "I cherish the traditional China-DPRK friendship.",
    )
    row = only(text)
    assert (row["voice"], row["value"]) == ("partner", 1)


def test_the_words_of_an_outgoing_message_are_own() -> None:
    text = (
        "Message to China",
        "Kim Jong Un sent a message of greeting to Xi Jinping, president of China.",
        "The message said:",
        "I cherish the traditional DPRK-China friendship.",
    )
    assert only(text)["voice"] == "own"


def test_what_a_partners_minister_says_is_the_partners() -> None:
    assert only("The Russian minister said that the DPRK-Russia friendship is strong.")["voice"] == "partner"


def test_what_the_press_says_is_a_third_partys_and_weighs_a_fifth() -> None:
    row = only("A paper of China described the DPRK-China friendship as a treasure.")
    assert (row["voice"], row["value"]) == ("third", 0.2)


def test_a_paper_that_calls_the_home_side_north_korea_is_a_third_party() -> None:
    assert only("North Korea and China share the DPRK-China friendship.")["voice"] == "third"


@pytest.mark.parametrize(("year", "historical"), [(1950, True), (2023, True), (2024, False), (2026, False)])
def test_a_year_more_than_two_before_the_articles_own_is_history(year: int, historical: bool) -> None:
    text = f"In {year} the DPRK-China friendship grew."
    assert only(text, day=date(2026, 3, 2))["historical"] is historical


def test_without_a_date_nothing_is_called_history() -> None:
    assert only("In 1950 the DPRK-China friendship grew.", day=None)["historical"] is False


@pytest.mark.parametrize(
    ("sentence", "doers"),
    [
        ("The hostile acts against the DPRK by the U.S. and Japan go on.", ["JP", "US"]),
        ("With Japan looking on, the U.S. anti-DPRK moves go on.", ["US"]),
        ("The ROK clings to its anti-DPRK moves, backed by the U.S. as ever.", ["KR"]),
    ],
)
def test_enmity_is_of_those_who_do_it(sentence: str, doers: list[str]) -> None:
    assert sorted(partner for partner, _ in said(sentence)) == doers


@pytest.mark.parametrize(
    ("sentence", "partner", "code"),
    [
        ("우리는 중국과의 조중친선을 귀중히 여긴다.", "CN", "fr_friendship"),
        ("우리 나라와 중국의 전략적 의사 소통이 강화되였다.", "CN", "st_communication"),
        ("우리 나라와 중국의 전략적의사소통이 강화되였다.", "CN", "st_communication"),
        ("우리 나라와 로씨야의 관계는 불패의 동맹관계이다.", "RU", "inv_alliance"),
        ("우리는 미국의 대조선적대시정책을 규탄한다.", "US", "ho_policy"),
    ],
)
def test_korean_forms_match_with_and_without_blanks(sentence: str, partner: str, code: str) -> None:
    row = only(sentence, lang="ko")
    assert (row["partner"], row["code"]) == (partner, code)


def test_a_korean_denial_follows_its_phrase() -> None:
    assert only("우리 나라와 중국사이에 조중친선은 없다.", lang="ko")["value"] == -1


def test_the_quote_is_what_the_text_has_with_its_blanks_and_quotation_marks() -> None:
    row = only(("헤드라인", "우리 나라와 중국의 “전략적 의사소통”이 강화되였다."), lang="ko")
    assert row["quote"] == "전략적 의사소통"


def test_an_enmity_of_two_states_is_that_of_both() -> None:
    text = "The U.S. imperialists and the south Korean group of traitors escalate confrontation with the DPRK."
    assert sorted(said(text)) == [("KR", "ho_confront"), ("US", "ho_confront")]


def test_an_enmity_is_of_whom_by_names_and_of_no_mere_place() -> None:
    text = "A committee of Serbia said war was lit by the U.S. for the purpose of stifling the DPRK by force of arms."
    assert said(text) == [("US", "ho_moves")]
    assert said("NATO's envoy, on a visit to Ukraine, spoke of a hostile policy toward the DPRK.") == []


def test_a_struggle_against_a_state_is_not_shared_with_it() -> None:
    text = (
        "Greetings to Minister of Syria",
        "Choe Son Hui sent a message of greeting to the minister of Syria.",
        "It spoke of the traditional bonds of friendship and the anti-imperialist, anti-U.S. joint struggle.",
    )
    assert said(text) == [("SY", "tr_friendship"), ("SY", "su_struggle")]


def test_two_friendships_in_one_breath_are_those_of_both_states() -> None:
    row = said("He worked for the DPRK-Russia and DPRK-China friendship.")
    assert sorted(row) == [("CN", "fr_friendship"), ("RU", "fr_friendship")]


def test_a_form_may_end_in_a_full_stop_of_its_own() -> None:
    assert said("The DPRK is ready for a confrontation with the U.S., it said.") == [("US", "ho_confront")]


def test_who_only_speaks_of_an_enmity_is_not_its_doer() -> None:
    text = "A personage of Egypt said that the DPRK foils all moves to isolate and stifle the DPRK."
    assert said(("Voices from Egypt", text)) == []


def test_a_hostile_act_of_nobody_against_nobody_says_nothing() -> None:
    assert said(("Words on U.S.", "The U.S. is far.", "The DPRK will never tolerate any hostile acts.")) == []
    found = said(("Words on U.S.", "The U.S. is far.", "The DPRK will never tolerate any hostile acts against it."))
    assert found == [("US", "ho_moves")]


def test_good_neighbourly_relations_with_all_countries_are_with_none() -> None:
    text = ("Forum in Russia", "The DPRK will develop good-neighborly relations with all countries, Russia was told.")
    assert said(text) == []


def test_a_phrase_that_ends_in_a_states_name_is_no_part_of_the_next_one() -> None:
    text = "He praised the traditional friendly relations between Vietnam and the DPRK and General Secretary Nguyen."
    assert said(("Message to Vietnam", text)) == [("VN", "tr_friendship")]


def test_the_imperialists_in_general_are_no_state() -> None:
    text = ("Voices from Nepal", "It foiled the imperialist allied forces' vicious moves to stifle the DPRK in Nepal.")
    assert said(text) == []
    assert said("It foiled the U.S. imperialists' vicious moves to stifle the DPRK.") == [("US", "ho_moves")]


def test_what_is_aimed_at_another_state_is_none_of_pyongyangs_concern() -> None:
    assert said("The DPRK rejects the confrontation policy of the U.S. and West against Russia.") == []


def test_an_enemy_that_is_not_they_is_not_they() -> None:
    text = "Our sworn enemy is war itself, not south Korea or the United States."
    assert said(("Speech of Kim Jong Un in Pyongyang", text)) == []


def test_bad_relations_are_those_with_whom_they_are() -> None:
    assert said("The U.S. saw the DPRK end its undesirable relationship with Seoul.") == [("KR", "ho_hostility")]


def test_soldiers_fall_in_hostile_actions_of_no_policy() -> None:
    assert said(("War in Iraq", "The U.S. lost two soldiers in hostile actions.", "The DPRK reports it.")) == []


def test_in_a_headline_a_phrase_may_have_capitals() -> None:
    assert said(("Sino-DPRK Friendship Praised in China", "A talk was held.")) == [("CN", "fr_friendship")]
    assert said(("Sino-DPRK Friendship Farm Helped", "Diplomats of China did labor.")) == []
    headline = "Traitors' Anti-DPRK War Racket Flailed in S. Korea"
    assert said((headline, "A body released a statement.")) == [("KR", "ho_moves")]


def test_a_body_of_friends_is_named_for_friendship() -> None:
    text = "Organizations for friendship and solidarity with the Korean people met in Russia."
    assert said(("Voices from Russia", text)) == []


def test_support_that_others_give_pyongyang_is_no_formula_of_theirs() -> None:
    assert said("A party of Canada expressed full support for the cause of the Korean people.") == []
    assert said("The DPRK gives full support for the cause of the Russian people.") == [("RU", "su_full")]


def test_friendship_of_which_no_state_is_near_is_with_none() -> None:
    far = "The U.S. was named here. The U.S. was named there."
    text = ("Speech at Assembly", "Kim Jong Un spoke.", far, "He spoke of crops.", "We want friendly relations.")
    assert said(text) == []
    near = ("Reception for Envoy of Mongolia", "Kim Jong Un spoke.", "We want friendly relations.")
    assert said(near) == [("MN", "fr_relfriend")]


def test_kinship_of_koreans_abroad_is_not_with_the_state_where_they_live() -> None:
    text = "Koreans in Japan built schools of the DPRK at the cost of their blood, in bonds of kinship."
    assert said(("Congress of Koreans in Japan", text)) == []


def test_who_shares_weal_and_woe_at_home_shares_it_with_no_state() -> None:
    text = ("Greetings to China", "Kim Jong Un sent greetings to China.", "He shared weal and woe with the people.")
    assert said(text) == []


def test_friendship_with_all_countries_is_with_none_in_korean_too() -> None:
    text = "우리 공화국은 미국과 달리 세계 여러 나라 인민들과의 친선관계를 귀중히 여긴다."
    assert said(text, lang="ko") == []


@pytest.mark.parametrize(
    ("paragraphs", "voice"),
    [
        (("The Cuban minister noted, and went on:", "We treasure the Cuba-DPRK friendship."), "partner"),
        (("The Cuban minister spoke, he said.", "He treasured the Cuba-DPRK friendship, he added."), "partner"),
        (("Kim Jong Un said:", "We treasure the Cuba-DPRK friendship."), "own"),
        (("Kim Jong Un built up the Cuba-DPRK friendship, a party leader of Tajikistan noted.",), "third"),
        (("The Cuban minister said so.", "We treasure the DPRK-Cuba friendship."), "own"),
        (("A committee of Nepal made a statement.", "It lauded the Cuba-DPRK friendship, it said."), "third"),
        (("Rodong Sinmun in an article says the Cuba-DPRK friendship is strong.",), "own"),
    ],
)
def test_who_was_said_to_speak_speaks_on(paragraphs: tuple[str, ...], voice: str) -> None:
    assert only(("A Day of Friends", *paragraphs))["voice"] == voice


_FROM_CUBA = "Kim Jong Un received a message of sympathy from Example Name, president of Cuba."


@pytest.mark.parametrize(
    ("paragraphs", "voice"),
    [
        (("The respected Comrade Kim Jong Un expressed thanks.", "He praised the Cuba-DPRK friendship."), "own"),
        (("Kim Jong Un said that the Cuba-DPRK friendship grows.",), "own"),
        (("In his reply, Kim Jong Un expressed thanks.", "He lauds the Cuba-DPRK friendship."), "own"),
        (("The Cuba-DPRK friendship grows.", "Kim Jong Un expressed thanks."), "partner"),
        (("Recalling that Kim Jong Un had said so, he lauded the Cuba-DPRK friendship.",), "partner"),
        (("Kim Jong Un, president of the State Affairs, also said that the Cuba-DPRK friendship grows.",), "own"),
        (("Kim Jong Un is a great man, the president said.", "The Cuba-DPRK friendship grows."), "partner"),
        (("Kim Jong Un, the message noted, upholds the Cuba-DPRK friendship.",), "partner"),
        (("Kim Jong Un said so.", "The message stressed that the Cuba-DPRK friendship grows."), "partner"),
        (("Kim Jong Un said so.", "The Cuban president said that the Cuba-DPRK friendship grows."), "partner"),
        (
            ("Kim Jong Un sent a message of thanks to the president of Cuba.", "It lauds the Cuba-DPRK friendship."),
            "own",
        ),
    ],
)
def test_the_answer_told_of_beside_a_message_is_pyongyangs_word(paragraphs: tuple[str, ...], voice: str) -> None:
    assert only(("Message of Sympathy", _FROM_CUBA, *paragraphs))["voice"] == voice


def test_no_state_calls_its_own_policy_hostile() -> None:
    text = ("Policy Speech", "Kim Jong Un said:", "The U.S. called it talks, yet its hostile policy toward us goes on.")
    assert only(text)["voice"] == "own"


def test_the_quoted_headline_over_a_message_is_the_messages_own_word() -> None:
    text = (
        'Kim Jong Un Greets Putin as "My Closest Comrade"',
        "Kim Jong Un sent a message of greeting to Vladimir Putin, president of the Russian Federation.",
    )
    assert only(text)["voice"] == "own"


def test_one_preface_from_outside_does_not_make_a_speech_anothers() -> None:
    text = ("Speech", "North Korea's archive holds this.", "The DPRK greets China.", "We in the DPRK love peace.")
    praised = "The DPRK treasures the DPRK-China friendship."
    assert only((*text, praised))["voice"] == "own"


@pytest.mark.parametrize(
    ("sentence", "partner", "voice"),
    [
        ("북한 외무성 대변인은 담화를 내어 미국의 대조선적대시정책을 비난했다.", "US", "own"),
        ("북한과 중국은 조중친선을 다졌다.", "CN", "third"),
    ],
)
def test_pyongyangs_ministry_speaks_for_itself_in_a_southern_paper(sentence: str, partner: str, voice: str) -> None:
    row = only(sentence, lang="ko")
    assert (row["partner"], row["voice"]) == (partner, voice)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The friendship between China and the DPRK lives.", "friendship between China and the DPRK"),
        ("The DPRK treasures its friendship with Cuba.", "friendship with Cuba"),
        ("Syria and the DPRK keep friendly relations of the two peoples.", "friendly relations of the two peoples"),
        ("The DPRK condemns the U.S. hostile policy toward the ocean.", "hostile policy"),
    ],
)
def test_a_quote_ends_in_no_preposition(sentence: str, quote: str) -> None:
    assert only(sentence)["quote"] == quote


def test_a_salutation_may_have_capitals_and_a_name_after_it() -> None:
    text = (
        "Message to Putin",
        "Kim Jong Un sent a message of greeting to Vladimir Putin, president of the Russian Federation.",
        "My Closest Comrade Vladimir Putin.",
    )
    assert said(text) == [("RU", "sal_closest")]


def test_they_are_those_of_whom_the_sentences_before_speak() -> None:
    text = (
        "Military Tie-up Flailed",
        "The DPRK denounced the U.S. and the south Korean puppet group.",
        "They are busy. They step up the preparations for a war of aggression against the north.",
    )
    assert sorted(said(text)) == [("KR", "ho_moves"), ("US", "ho_moves")]


def test_nobody_is_friends_with_whom_a_struggle_is_against() -> None:
    text = "The DPRK gives full support for the struggle of the people in Seoul against the U.S. domination."
    assert ("US", "su_full") not in said(text)


def test_their_enmity_is_that_of_all_who_stand_before_it() -> None:
    text = "The DPRK condemned the U.S. and the south Korean puppet group for their hostile moves against the DPRK."
    assert sorted(said(text)) == [("KR", "ho_moves"), ("US", "ho_moves")]


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("The U.S. has never given up its hostile policy toward the DPRK.", False),
        ("The U.S. can never cover up its hostile policy toward the DPRK.", False),
        ("The U.S. would not change its hostile policy toward the DPRK.", False),
        ("The U.S. has no longer a hostile policy toward the DPRK.", True),
    ],
)
def test_what_nobody_gives_up_is_not_denied(sentence: str, negated: bool) -> None:
    assert only(sentence)["negated"] is negated


def test_what_follows_a_but_is_not_denied() -> None:
    text = "The U.S. drill is not a simple provocation but hostility toward the DPRK."
    assert only(text)["negated"] is False


def test_what_stands_within_quotation_marks_without_a_speaker_is_anothers() -> None:
    text = 'At a meeting in south Korea he praised "our country and its close friendship with the DPRK for ever".'
    assert only(("Meeting in Seoul", text))["voice"] == "third"


def test_a_home_papers_article_speaks_for_the_house() -> None:
    text = (
        "War Exercises: Rodong Sinmun",
        "The south Korean authorities staged a drill, and the article says so.",
        "It is a revelation of the south Korean hostility toward the DPRK, the article notes.",
    )
    assert only(text)["voice"] == "own"


def test_a_tale_of_those_days_is_history() -> None:
    assert only("At that time the friendship between the DPRK and China grew.")["historical"] is True
    assert only("그때 우리 나라와 중국의 조중친선은 더욱 두터워졌다.", lang="ko")["historical"] is True


def test_a_korean_enemy_is_who_is_said_to_be_one() -> None:
    text = "남조선은 우리 공화국의 불구대천의 원쑤인 일본군국주의자들과 손을 잡았다."
    assert said(text, lang="ko") == [("JP", "ho_enemy")]


def test_a_big_power_that_is_not_named_is_the_one_that_the_phrase_is_known_for() -> None:
    text = "This country, styling itself a big power, is dancing to the tune of the U.S. and of others."
    assert said(("Mean Behavior", text, "The DPRK will go its way.")) == [("CN", "cr_dance")]
    text = "남조선은 미국의 장단에 춤을 추면서 우리 공화국을 헐뜯는다."
    assert ("CN", "cr_dance") not in said(text, lang="ko")


def test_in_korean_the_last_clause_says_who_speaks() -> None:
    text = "시진핑 주석은 축전에서 관계를 강조했고, 김 위원장은 답전에서 북한과의 조중친선을 말했다."
    assert only(("축전", text), lang="ko")["voice"] == "own"


def test_they_of_a_meeting_are_those_of_whom_the_opening_speaks() -> None:
    text = (
        "Law's Abrogation Demanded in S. Korea",
        "A meeting was held there.",
        "Talk was long.",
        "It is due to the south Korean authorities' anti-DPRK hostile policy, they said.",
    )
    assert only(text)["voice"] == "partner"


def test_only_koreans_are_at_odds_with_fellow_countrymen() -> None:
    text = "The U.S. hailed it, and they go mad with confrontation with fellow countrymen."
    assert said(("S. Korean Rulers' Sycophancy", text)) == [("KR", "ho_confront")]


def test_never_before_denies_nothing() -> None:
    assert only("Never before has the DPRK seen such a U.S. hostile policy toward it.")["negated"] is False


def test_friends_abroad_who_tell_of_an_enmity_are_not_its_doers() -> None:
    text = "Personages of Ecuador saw through the anti-DPRK moves."
    assert said(("Voices from Ecuador", text)) == []
    assert said(("On Moves", "The U.S. was seen through, and so were the anti-DPRK moves.")) == [("US", "ho_moves")]


def test_blood_is_not_shared_with_an_adversary() -> None:
    text = "The DPRK says that the people of south Korea won it at the cost of their blood."
    assert said(("On a Law of S. Korea", text)) == []


def test_whom_a_third_denounces_for_their_enmity_are_its_doers() -> None:
    text = "A committee of Nepal denounced the U.S. and south Korean warmongers for their frantic moves against it."
    assert sorted(p for p, _ in said(("Voices from Nepal", text, "The DPRK knows."))) == ["KR", "US"]


def test_hostile_elements_are_no_state() -> None:
    text = "The hostile elements' attempt to harm Belarus failed, the DPRK says."
    assert said(("On Belarus", text)) == []


def test_the_head_of_a_guests_delegation_speaks_for_his_state() -> None:
    text = ("Guests from China", "A delegation of China met Kim Yong Nam.", "The head of the delegation said so.")
    assert (
        only((*text, "The head of the delegation praised, he noted, the DPRK-China friendship."))["voice"] == "partner"
    )


@pytest.mark.parametrize(
    ("sentence", "doers"),
    [
        ("Groups of Nepal denounced the U.S. for its large war maneuvers against the DPRK.", ["US"]),
        ("A party of Greece accused the south Korean group of escalating confrontation with the DPRK.", ["KR"]),
        ("The society of Greece said there, in its own name, that peace is not near.", []),
    ],
)
def test_who_tells_of_an_enmity_may_stand_before_its_doer(sentence: str, doers: list[str]) -> None:
    assert [partner for partner, _ in said(("Voices from Abroad", sentence))] == doers


def test_another_who_speaks_leaves_the_doer_a_doer() -> None:
    text = "In Japan the U.S. policy went up in smoke, they said, urging an end to the confrontation policy against it."
    assert said(("A Rally", text)) == [("US", "ho_confront")]
    text = "In Japan the U.S. dropped the above-said talk and stepped up moves to ignite a war against the DPRK."
    assert said(("On a Plan", text)) == [("US", "ho_moves")]


def test_an_enmity_without_a_doer_is_of_the_adversary_where_it_is_or_whom_the_headline_lists() -> None:
    text = "Nepal's paper says that all in south Korea demand an end to the policy of confrontation with the DPRK."
    assert said(("Nepal on Policy", text)) == [("KR", "ho_confront")]
    over = ("U.S.-South Korea Drill under Fire", "The drill is on.", "This is an all-out war against the DPRK.")
    assert sorted(said(over)) == [("KR", "ho_moves"), ("US", "ho_moves")]


def test_who_told_of_it_in_the_sentence_before_is_not_the_doer() -> None:
    text = ("On South Korea", "The league of Brazil said so.", "It will settle with the group's anti-DPRK moves.")
    assert said(text) == [("KR", "ho_moves")]


@pytest.mark.parametrize(
    ("sentence", "doers"),
    [
        ("All must foil the moves of the U.S. and south Korea to provoke a war against the DPRK.", ["KR", "US"]),
        ("It is decried, started by south Korea together with the U.S. as war drills against the DPRK.", ["KR", "US"]),
        ("Japan is silent on the U.S. undisguised threat and stepped-up hostile policy toward the DPRK.", ["US"]),
        ("Japan is silent on the U.S. and south Korean hostile policy toward the DPRK.", ["KR", "US"]),
        ("Japan backs the U.S. drive to ignite a war against the DPRK.", ["US"]),
        ("It reveals the hostility of the south Korean warmongers toward the DPRK.", ["KR"]),
        ("The U.S. leaves a war of aggression against the DPRK to the south Korean army.", ["US"]),
        ("People lash out at the U.S. attempt to stifle the DPRK.", ["US"]),
    ],
)
def test_all_who_do_it_are_found_beside_an_enmity(sentence: str, doers: list[str]) -> None:
    assert sorted(partner for partner, _ in said(("A Statement", sentence))) == doers


def test_an_ally_in_collusion_with_whom_it_is_done_is_not_its_only_doer() -> None:
    text = "The group schemes to intensify its war moves against the DPRK in collusion with its U.S. master."
    assert said(("On South Korea", "South Korea is ruled by traitors.", text)) == [("KR", "ho_moves")]


def test_a_policy_against_reunification_is_of_the_south() -> None:
    text = ("On South Korea", "The authorities of south Korea erred.", "They must drop the anti-reunification policy.")
    assert said(text) == [("KR", "ho_confront")]
    flunkeys = "In south Korea the pro-American rulers are hell-bent on the anti-reunification policy."
    assert said(("On Rulers", flunkeys)) == [("KR", "ho_confront")]
    assert said((text[0], "The south Korean group did an anti-reunification deed.")) == []


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("The U.S. seeks power over Asia and south Korea is mad with its ambition for invading the DPRK.", ["KR"]),
        ("The U.S. and the south Korean forces are frantic with their ambition for invading the DPRK.", ["KR", "US"]),
        ("The U.S. and the warmongers of south Korea are keen on confrontation with the DPRK.", ["KR", "US"]),
        ("The ROK keeps pace with its master's anti-DPRK confrontation scheme.", ["US"]),
        ("The south Korean forces follow the outsiders' hostile policy toward the DPRK.", ["US"]),
        ("NATO goes on with its hostile policy toward the DPRK, as the U.S. wants it to.", []),
        ("The pro-U.S. traitors of south Korea pursue a policy of confrontation with the DPRK.", ["KR"]),
        ("The U.S. watches, and the north-south confrontation gets worse.", ["KR"]),
    ],
)
def test_an_enmity_is_of_who_does_it_in_its_own_clause(text: str, doers: list[str]) -> None:
    assert sorted(partner for partner, _ in said(("A Statement", text))) == doers


@pytest.mark.parametrize(
    "text",
    [
        "The group has pursued the policy of confrontation with the DPRK.",
        'People urged the "government" to drop its policy of confrontation with the DPRK.',
        "The pro-U.S. group has pursued the policy of confrontation with the DPRK.",
    ],
)
def test_the_group_of_a_report_on_the_south_is_the_souths(text: str) -> None:
    before = "The U.S. set up the power of old."
    assert said(("South Korean Authorities Accused", before, text)) == [("KR", "ho_confront")]


def test_traitors_are_the_souths_whomever_they_collude_with() -> None:
    before = "The U.S. sets the tune, and south Korea dances."
    text = "The traitors cling to their ambition for invading the DPRK by any means in collusion with the U.S. side."
    assert said(("U.S. Drills", before, text)) == [("KR", "ho_moves")]


def test_who_is_only_clung_to_is_no_doer() -> None:
    text = ("South Korean Rulers", "They are pro-U.S. to the marrow.", "Day by day sees a confrontation with the DPRK.")
    assert said(text) == [("KR", "ho_confront")]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. eggs them on to the confrontation of the systems.",
        "EE.UU. aprovecha la confrontación fratricida.",
    ],
)
def test_only_the_south_is_at_odds_with_its_own_nation_or_system(text: str) -> None:
    assert said(("On South Korea", "South Korea is mad.", text)) == [("KR", "ho_confront")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Los títeres surcoreanos agravan la confrontación fratricida.", ["KR"]),
        ("EE.UU. y la banda de traidores surcoreanos libran la campaña conflictiva anti-RPDC.", ["KR", "US"]),
        ("La RPDC condena las campañas conflictivas anti-RPDC de EE.UU. y la banda de Lee Myung Bak.", ["KR", "US"]),
        ("Japón se aferra a la campaña psicológica anti-RPDC.", ["JP"]),
        ("Japón observa las campañas conflictivas anti-RPDC de la banda de Lee Myung Bak.", ["KR"]),
    ],
)
def test_in_spanish_too_all_doers_of_an_enmity_are_found(text: str, found: list[str]) -> None:
    assert sorted(partner for partner, _ in said(("Sobre la RPDC", text))) == found


def test_the_doer_of_whom_friends_tell_is_in_the_sentence_before() -> None:
    before = "The south Korean forces are out for war."
    text = "A paper of Nepal told of the coming moves against the DPRK."
    assert said(("Paper of Nepal", before, text)) == [("KR", "ho_moves")]
    assert said(("Paper of Nepal", before, "A paper of Nepal told of the coming moves against it.")) == []


def test_a_hostility_is_quoted_with_whom_it_is_aimed_at() -> None:
    row = only("South Korea clings to its inveterate hostility towards the DPRK, as before.")
    assert (row["partner"], row["quote"]) == ("KR", "inveterate hostility towards the DPRK")


def test_they_of_a_spanish_paragraph_are_those_of_the_one_before() -> None:
    text = (
        "Ejercicios",
        "Japón y los títeres surcoreanos se aprestan.",
        "El mundo lo ve con ira.",
        "Ellos libran la campaña anti-RPDC.",
    )
    assert sorted(partner for partner, _ in said(text)) == ["JP", "KR"]


@pytest.mark.parametrize("body", ["La Asociación de", "El Grupo de Parlamentarios de"])
def test_a_spanish_body_of_friends_is_no_friendship(body: str) -> None:
    assert of_kind("formula", ("Visita de China", f"{body} Amistad China-Corea saludó a la RPDC.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. started the war to invade the DPRK.",
        "The U.S. and south Korea staged joint military exercises targeted at the DPRK.",
        "Japan extended its sanctions against the DPRK.",
    ],
)
def test_a_deed_of_war_or_a_measure_is_an_event_and_no_set_phrase(text: str) -> None:
    assert of_kind("formula", ("A Report", text)) == []


def test_the_fraternal_korean_people_of_a_message_are_its_senders_brothers() -> None:
    text = (
        "Message from Cuban President",
        "Kim Jong Un received a message from the president of Cuba.",
        "The message wished the fraternal Korean people success.",
    )
    assert said(text) == [("CU", "kin_people")]


def test_the_two_countries_are_those_of_whom_the_article_last_spoke() -> None:
    text = (
        "Event at Embassy in Moscow",
        "A reception was given at the embassy of the DPRK there.",
        "Guests from Russia were present, and many from Russia sang.",
        "They looked round the photos.",
        "He wished to develop the friendly relations between the two countries.",
    )
    assert said(text) == [("RU", "fr_relfriend")]
    other = (*text[:3], "Guests came from Poland, too.", *text[3:])
    assert said(other) == []


def test_what_is_listed_with_friendship_is_quoted_with_it() -> None:
    row = only("The DPRK treasures the relations of friendship, cooperation and solidarity between Laos and the DPRK.")
    assert row["quote"] == "relations of friendship, cooperation and solidarity between Laos and the DPRK"


def test_the_deeds_of_confrontation_elements_are_of_no_state_but_those_of_a_regime_are() -> None:
    assert said(("On South Korea", "The anti-DPRK confrontation elements slander it, south Korea reports.")) == []
    text = "It pursues the old line, getting extremely hostile to its dignified system."
    assert said(("South Korean Regime", "The south Korean regime goes on.", text)) == [("KR", "ho_moves")]


def test_an_invasion_that_says_of_whom_is_not_aimed_at_who_comes_next() -> None:
    text = "The U.S. makes preparations for an invasion of the DPRK with Japan as a base."
    assert said(("Plans Disclosed", text)) == [("US", "ho_moves")]


def test_an_old_invasion_of_korea_is_no_posture_of_today() -> None:
    assert said(("A Treaty of 1876", "It was a curtain-raiser to invading Korea, by which Japan set store.")) == []


def test_a_meeting_for_friendship_is_no_friendship() -> None:
    text = "A meeting for friendship between Korean and Japanese women was held in Tokyo, the DPRK learned."
    assert said(("Meeting Held in Japan", text)) == []


def test_friendship_with_all_countries_is_with_none_in_spanish_too() -> None:
    text = "La RPDC desarrolla las relaciones de amistad con los países que la respetan."
    assert said(("Sobre Cuba", "Cuba informa.", text)) == []


def test_what_is_above_said_is_said_by_nobody() -> None:
    assert only("Guests of Laos came, and the above-said DPRK-China friendship grew.")["voice"] == "own"


def test_the_week_of_a_friendship_is_an_event() -> None:
    text = ("Week of DPRK-Iran Friendship Observed", "Guests came to observe the week of DPRK-Iran friendship.")
    assert of_kind("formula", text) == []


def test_hostile_forces_are_no_state() -> None:
    assert of_kind("formula", "The DPRK warned the hostile forces of grave acts. The U.S. watched.") == []


def test_a_friendly_state_by_its_name_is_kin_and_what_else_has_capitals_is_not() -> None:
    assert said("The message wished friendly Angola prosperity, the DPRK said.") == [("AO", "kin_people")]
    assert said(("Friendly Match Held in Angola", "Teams of the DPRK and Angola met.")) == []


def test_a_friend_is_one_of_the_state_whose_people_it_is_said_of() -> None:
    text = "He was a close friend of the Mongolian people, the envoy told the DPRK."
    assert said(("Book of Condolence", text)) == [("MN", "fr_friend")]
    assert said("Old friends from a Mongolian school met again in the DPRK.") == []


@pytest.mark.parametrize(
    "whom", ["the Arab countries", "other countries", "the independent countries", "various nations of Africa"]
)
def test_enmity_against_many_others_is_none_against_the_home_side(whom: str) -> None:
    assert said(("On Israel", f"The DPRK denounced Israel for its hostile acts against {whom}.")) == []


def test_dealings_refused_are_an_enmity_and_not_a_denial() -> None:
    row = only("The DPRK will no longer deal with the south Korean group of traitors, it declared.")
    assert (row["partner"], row["code"], row["value"], row["negated"]) == ("KR", "ho_dealings", -2, False)
    assert said("The DPRK will no longer deal with the traffic of south Korea.") == []


@pytest.mark.parametrize("ends", ["defuse", "terminate the long and bitter", "put an end to the history of"])
def test_a_confrontation_of_both_that_is_to_end_is_no_enmity(ends: str) -> None:
    assert (
        said(f"Dialogue alone can {ends} confrontation between the north and the south of Korea, south Korea said.")
        == []
    )
    text = "South Korea must put an end to its confrontation with the DPRK."
    assert said(text) == [("KR", "ho_confront")]


def test_a_bilateral_friendship_is_with_whom_was_named_last() -> None:
    text = ("The DPRK thanked China.", "He spoke of days gone by.", "Many listened.", "Bilateral friendship will grow.")
    assert said(("Speech of a Guest", *text)) == [("CN", "fr_friendship")]
    assert said(("Speech of a Guest", *text[:3], "Many rose.", "The friendship will grow.")) == []


def test_an_enmity_is_of_whom_it_is_called_and_not_of_who_backs_him() -> None:
    text = "The DPRK will answer the anti-DPRK moves of the south Korean clique backed by the U.S."
    assert said(text) == [("KR", "ho_moves")]
    both = "The DPRK will answer the anti-DPRK moves of the U.S. and south Korea."
    assert sorted(said(both)) == [("KR", "ho_moves"), ("US", "ho_moves")]


def test_it_after_an_opening_is_who_was_spoken_of_further_back() -> None:
    text = (
        "Statement of Swiss Friends",
        "The south Korean clique slanders the DPRK, they said in Switzerland.",
        "It cooked up one farce after another.",
        "Not content with that, it is staging war maneuvers against the DPRK.",
    )
    assert said(text) == [("KR", "ho_moves")]
    assert said((*text[:3], "In days to come, the friends will speak of war maneuvers against the DPRK.")) == []
