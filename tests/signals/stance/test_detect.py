"""Stance: how the article stands to each state that it is about, and what that rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.detecting import of_kind


def stances(*text: str, lang: str = "en") -> dict[str, float]:
    return {row["partner"]: row["value"] for row in of_kind("stance", text, lang=lang)}


def only(*text: str, lang: str = "en") -> dict[str, Any]:
    (row,) = of_kind("stance", text, lang=lang)
    return row


def test_there_is_a_row_for_each_state_that_the_article_is_about_and_for_no_other() -> None:
    text = ("Talks with Russia", "A delegation of Russia arrived. It had been in Peru.")
    assert {row["partner"] for row in of_kind("attention", text)} == {"RU", "PE"}
    assert stances(*text) == {"RU": 0}
    assert stances("Rice", "Rice was harvested in the DPRK.") == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # a bare report
        (("Mongolian Delegation Leaves", "A delegation of Mongolia left by air."), 0),
        (("Floral Basket from Laos", "Kim Jong Un received a floral basket from the president of Laos."), 0),
        # wishes and friendly words
        (("Talks Held", "Choe Son Hui had a friendly talk with the ambassador of Cuba."), 1),
        (("Greetings to Cuba", "Kim Jong Un sent a message of greeting to the president of Cuba.",
          "He wished the people of Cuba prosperity."), 1),
        (("Reception", "The DPRK and Vietnam will consolidate the DPRK-Vietnam friendship."), 1),
        # alliance, blood, strategic
        (("Tower Visited", "The DPRK-China friendship was sealed in blood, said Kim Jong Un of China."), 2),
        (("Treaty", "The DPRK and Russia signed the treaty on comprehensive strategic partnership."), 2),
        # criticism
        (("Japan Accused", "Japan does not pay its debts to the DPRK."), -1),
        (("Arms of Japan", "Japan's overseas expansion is in the papers."), -1),
        # condemnation, threat, epithets
        (("Japan Condemned", "Japan does not pay its debts to the DPRK."), -1),
        (("Debts", "The DPRK condemns Japan for its debts."), -2),
        (("On Aggression", "The U.S. imperialists landed troops."), -2),
        (("On Aggression", "The despicable moves of the U.S. go on."), -2),
    ],
)  # fmt: skip
def test_the_five_steps(text: tuple[str, ...], value: float) -> None:
    row = only(*text)
    assert row["value"] == value
    assert row["code"] == ("negative" if value < 0 else "positive" if value else "neutral")


def test_it_names_what_it_rests_on_the_strongest_first() -> None:
    row = only(
        "Reply to Xi",
        "Kim Jong Un sent a reply message to Xi Jinping, president of China.",
        "He wished China prosperity. The DPRK-China friendship was sealed in blood.",
    )
    assert row["detail"]["rests_on"] == "“sealed in blood”; reply; “wished”; “DPRK-China friendship”"
    assert row["quote"] == "sealed in blood"


def test_a_neutral_stance_rests_on_nothing_and_shows_where_the_state_stands() -> None:
    row = only("Visit", "A delegation of Mongolia left. It rained.")
    assert row["detail"]["rests_on"] == ""
    assert row["quote"] == "A delegation of Mongolia left."


def test_it_bears_the_height_of_the_voice() -> None:
    row = only("Statement of DPRK Foreign Ministry", "The U.S. imperialists went too far.")
    assert (row["detail"]["authority"], row["detail"]["by"]) == (7, "DPRK Foreign Ministry")
    assert only("Envoy of Nepal Leaves", "The envoy of Nepal left.")["detail"]["authority"] == 1


# --- on whom it falls -----------------------------------------------------------------------------------------------


def test_blame_falls_on_the_blamed_and_not_on_who_blames() -> None:
    assert stances("Cuba Condemns U.S.", "Cuba condemned the U.S. for its blockade.") == {"CU": 0, "US": -1}


def test_the_one_who_suffers_a_deed_is_not_blamed_for_it() -> None:
    assert stances("On Attack", "The DPRK condemns the attack on the territory of Russia.")["RU"] == 0


def test_an_invasion_of_a_land_is_not_its_own_and_the_crimes_of_one_are() -> None:
    text = ("On Kursk", "Russia fights back. It was an armed invasion of the inviolable territory of Russia.")
    assert stances(*text)["RU"] == 0
    assert stances("On Crimes", "These are the heinous crimes of Japan.") == {"JP": -2}


def test_a_deed_is_that_of_its_owner_or_of_those_after_by() -> None:
    assert stances("China Watches", "China watches the war moves staged by Japan.") == {"CN": 0, "JP": -2}


def test_those_listed_together_are_meant_together() -> None:
    assert stances("On Drills", "The U.S. and south Korean warmongers staged drills.") == {"US": -2, "KR": -2}


def test_who_tells_of_an_anti_cuba_policy_stands_by_cuba() -> None:
    assert stances("Words on Cuba", "The anti-Cuba confrontation policy goes on.") == {"CU": 1}


def test_what_stands_in_quotation_marks_is_what_others_call_it() -> None:
    assert stances("Words on Russia", 'Some speak of Russia\'s "threat" to all.') == {"RU": 0}


def test_what_a_state_is_against_is_not_its_own() -> None:
    assert stances("Russia Rejects Militarization", "Russia rejects militarization of space.") == {"RU": 0}
    assert stances("Struggle of Laos", "Laos rose against imperialists. Laos won.") == {"LA": 0}


def test_an_anti_imperialist_is_no_imperialist() -> None:
    assert stances("Forum in Germany", "Germany's Anti-Imperialist Forum met.") == {"DE": 0}


def test_what_an_adversary_blames_others_for_is_not_pyongyangs_word() -> None:
    found = stances("U.S. Imperialists Again", "The U.S. imperialists accused China of arming itself.")
    assert found == {"US": -2, "CN": 0}


def test_a_state_that_is_no_adversary_is_not_blamed_in_an_adversarys_words_even_where_nothing_is_said_of_that() -> None:
    assert stances("U.S. and Cuba", "The U.S. accused Cuba of arming itself.") == {"US": 0, "CU": 0}
    assert stances("Peru and Cuba", "Peru accused Cuba of arming itself.")["CU"] == -1


def test_what_happened_since_a_deed_is_not_that_deed() -> None:
    assert stances("Soldier Killed in Iraq", "He was the last to die in Iraq since the invasion.") == {"IQ": 0}


def test_a_state_that_blames_another_is_not_asked_for_the_deeds_it_speaks_of() -> None:
    text = ("Cuba Denounces U.S.", "Cuba denounced the U.S. moves. Cuban criminal acts, it said, are a lie.")
    assert stances(*text)["CU"] == 0
    text = ("Japan Denounces U.S.", "Japan denounced the U.S. moves. Japan's aggression, it said, is a lie.")
    assert stances(*text)["JP"] == 0


def test_an_adversary_where_people_protest_is_criticized_by_the_news_of_it() -> None:
    assert stances("Rally Staged in S. Korea", "Students of south Korea met in a square.") == {"KR": -1}
    assert stances("Rally Staged in Peru", "Students of Peru met in a square.") == {"PE": 0}


def test_whom_a_demonstration_is_against_is_criticized_and_what_people_are_for_is_not_a_protest() -> None:
    found = stances("Anti-Israel Demonstration in Jordan", "People marched in the capital city of Jordan.")
    assert found == {"IL": -1, "JO": 0}
    assert stances("Japanese Protest against U.S. Noise", "Neighbors wrote to the mayor.") == {"JP": 0, "US": -1}
    assert stances("Rally for Friendship in U.S.", "People of the U.S. met in a square.") == {"US": 0}
    assert stances("Demonstration Group Performs in U.S.", "Players of the U.S. met in a hall.") == {"US": 0}


# --- what does not count --------------------------------------------------------------------------------------------


def test_private_friends_praise_is_no_stance() -> None:
    lead = "A seminar of the Nepalese Society for the Study of the Juche Idea was held in Nepal."
    assert stances("Seminar in Nepal", lead, "Nepal's speaker wished the DPRK prosperity.") == {"NP": 0}


def test_what_others_wish_one_another_is_no_stance() -> None:
    assert stances("Talks", "Russia wished Kazakhstan prosperity.") == {"RU": 0, "KZ": 0}


def test_history_is_no_stance() -> None:
    assert stances("In 1937", "Friendship of China and the DPRK was sealed in blood in 1937.") == {"CN": 0}


def test_a_set_phrase_counts_once_with_the_strength_that_its_file_gives() -> None:
    row = only("On Policy", "The U.S. hostile policy toward the DPRK goes on.")
    assert (row["value"], row["detail"]["rests_on"]) == (-1, "“hostile policy toward the DPRK”")


def test_friendship_denied_is_hostile() -> None:
    text = ("On China", "The DPRK will never beg for the maintenance of friendship with China.")
    assert stances(*text) == {"CN": -2}


def test_the_side_that_weighs_more_decides() -> None:
    kind = "He wished Japan prosperity."
    hard = "Japan's crimes go on. Japan's plunder goes on."
    assert stances("To Japan", "Kim Jong Un spoke of Japan.", kind) == {"JP": 1}
    assert stances("To Japan", "Kim Jong Un spoke of Japan.", kind, hard) == {"JP": -2}


def test_a_storm_that_hits_a_land_blames_nobody() -> None:
    assert stances("Storm Hits China", "A storm hit China.") == {"CN": 0}


# --- other languages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (("로씨야대표단 도착", "로씨야대표단이 도착하였다."), 0),
        (("꾸바와의 친선", "우리 나라는 꾸바인민의 번영을 축원하였다."), 1),
        (("피로써 맺어진 친선", "우리 나라와 중국의 친선은 피로써 맺어진 친선이다."), 2),
        (("미국의 책동", "미국은 책동을 그만두어야 한다."), -1),
        (("미제의 만행", "미제의 만행을 잊지 않는다."), -2),
    ],
)
def test_korean(text: tuple[str, ...], value: float) -> None:
    assert list(stances(*text, lang="ko").values()) == [value]


@pytest.mark.parametrize(
    ("text", "value"), [(("俄罗斯代表团抵达", "俄罗斯代表团抵达平壤。"), 0), (("谴责日本", "日本的侵略罪行。"), -2)]
)
def test_chinese(text: tuple[str, ...], value: float) -> None:
    assert list(stances(*text, lang="zh").values()) == [value]


def test_what_a_state_does_of_its_own_is_said_of_the_one_that_opens_the_sentence() -> None:
    text = "No matter what farce Japan may stage, it can never hide its ambition for war."
    assert stances("On Farce", text)["JP"] < 0
    assert stances("On Plans", "Japan goes on with its vicious plan.") == {"JP": -2}


def test_a_deed_that_is_laid_to_nobody_is_that_of_the_one_state_that_the_article_is_about() -> None:
    assert stances("S. Korea Faces Protest", "Workers met. They condemned the crackdown.") == {"KR": -1}
    assert stances("Cuba Stands Firm", "Cuba stands firm. It shatters the crackdown.") == {"CU": 0}


def test_who_is_named_long_after_a_word_of_blame_is_not_blamed_by_it() -> None:
    crowd = "the many friends who had come from near and far to the great hall of the old town by the sea"
    assert stances("Word", "The meeting condemned the doings of Japan.") == {"JP": -1}
    assert stances("Word", f"Japan is near. The meeting condemned what {crowd} call the doings of Japan.") == {"JP": 0}


def test_a_word_inside_a_name_is_no_abuse() -> None:
    text = "Police of Ukraine trained with the International Criminal Police Organization."
    assert stances("Training in Ukraine", text) == {"UA": 0}


def test_who_is_struck_or_killed_is_not_blamed() -> None:
    text = "The U.S. launched an attack on Libya in collusion with others. Libya saw it."
    assert stances("Attack on Libya", text)["LY"] == 0
    text = "Sri Lanka is condemning the air strike that killed 24 Pakistani troops. Pakistan mourns."
    assert stances("Troops of Pakistan Killed", text)["PK"] == 0


def test_a_harsh_word_is_about_the_one_state_that_its_sentence_names_before_it() -> None:
    text = "In Japan, whose name all know, there is still a heinous thing. Japan goes on."
    assert stances("On Japan", text) == {"JP": -2}
    assert stances("Friends in Cuba", "Cuba is coping with heinous pressure.") == {"CU": 0}


def test_enmity_that_others_call_so_weighs_as_much_as_ones_own() -> None:
    text = (
        "A committee of Nepal denounces the U.S., it said. It noted: The U.S. hostile policy toward the DPRK goes on."
    )
    assert stances("Voices on U.S.", text)["US"] < 0


def test_a_wish_of_him_who_was_named_before_is_for_his_state() -> None:
    paragraphs = ("The premier of Cambodia met the delegation of the DPRK.", "He spoke of rice.", "He expressed hope.")
    assert stances("Premier of Cambodia Meets Delegation", *paragraphs) == {"KH": 1}


def test_a_message_of_private_friends_is_no_friendliness_of_the_state() -> None:
    text = "Kim Jong Un received a message of condolences from the chairman of a party of Nepal."
    assert stances("Message from Nepali Political Personage", text, "The message said: I mourn him.") == {"NP": 0}


def test_the_items_of_a_press_review_say_nothing_of_one_another() -> None:
    items = ("- The minister met her Russian counterpart.", "- An article denounces hegemony.", "- Trees were planted.")
    assert stances("Press Review", "Following are articles:", *items)["RU"] == 0


def test_prosperity_is_a_wish_only_where_it_is_wished() -> None:
    assert stances("Day in Mexico", "A meeting in Mexico praised him who brought prosperity. Mexico met.") == {"MX": 0}


def test_who_blames_his_own_rulers_blames_his_own_state() -> None:
    text = "A spokesman for a party of south Korea accused the police of violence."
    assert stances("S. Korean Police Hit for Violence", text) == {"KR": -1}
    assert stances("Russia Rejects Claims", "Russia rejects the claims of others.") == {"RU": 0}


def test_a_press_review_quotes_the_titles_of_pyongyangs_own_statements() -> None:
    item = '- The Foreign Ministry issued a statement "The U.S. vicious plan will fail".'
    assert stances("Press Review", "Following are articles:", "- Trees were planted.", item)["US"] < 0


def test_where_a_storm_or_a_crowd_strikes_nobody_is_blamed() -> None:
    assert stances("Rains Hit Vietnam", "Torrential rains hit the north of Vietnam.") == {"VN": 0}
    assert stances("Strike in Greece", "Workers of Greece met. They held a protest against the cuts.") == {"GR": 0}


def test_the_violated_is_not_blamed_where_the_violator_stands_after_by() -> None:
    text = "The premier of Lebanon condemned the violation of Iran's airspace by the U.S."
    assert stances("On Violation of Iran's Airspace by U.S.", text, "Iran met.")["IR"] == 0


def test_non_interference_is_no_interference() -> None:
    assert stances("Ties with South Sudan", "South Sudan stands for non-interference.") == {"SS": 0}


def test_a_calamity_is_nobodys_fault() -> None:
    assert stances("Storm Kills Many in U.S.", "The storm was blamed for many deaths.") == {"US": 0}
    assert stances("Accidents in U.S.", "A lorry slammed into a shop.") == {"US": 0}
    assert stances("U.S. under Fire", "A lorry of the Navy was driven into a shop.") == {"US": -1}


def test_an_adversary_in_the_company_of_another_shares_what_is_said_of_it() -> None:
    lead = "The U.S. and Japan held a meeting."
    assert stances("Meeting Held", lead, "The U.S. is brigandish.") == {"US": -2, "JP": -1}
    resting = {
        row["partner"]: row["detail"]["rests_on"]
        for row in of_kind("stance", ("Meeting", lead, "The U.S. is brigandish."))
    }
    assert resting["JP"] == "the company of United States"
    assert stances("Meeting Held", "The U.S. and Mongolia held a meeting.", "The U.S. is brigandish.")["MN"] == 0
    assert stances("Meeting Held", lead, "It rained.") == {"US": 0, "JP": 0}
    assert stances("Meeting Held", "Japan condemned the U.S. at a meeting.", "Japan is near.")["JP"] == 0
    assert stances("U.S. Condemned by Japan", "The U.S. base in Japan is large.")["JP"] == 0
    text = (
        "Exercises Denounced in S. Korea",
        "A council in south Korea denounced the U.S. drill.",
        "The U.S. base in south Korea is large.",
    )
    assert stances(*text)["KR"] == 0
    assert stances("Raid on Japan", "The brigandish U.S. sent planes on a raid against Japan.")["JP"] == 0


def test_a_name_that_the_end_of_a_sentence_cuts_in_two_stops_no_detection() -> None:
    assert stances("Minju Joson assails U.S., s. Korea for war drills")["US"] < 0


def test_an_organization_of_a_people_or_of_states_is_no_private_friend() -> None:
    def received(office: str) -> dict[str, float]:
        return stances("Greetings", f"Kim Jong Un received a message of greeting from {office}.", "It is a long one.")

    assert received("the chairman of the Palestine Liberation Organization of Palestine") == {"PS": 1}
    assert received("a friendship organization of Peru") == {"PE": 0}


def test_what_south_koreans_blame_is_their_rulers_unless_they_blame_another_state() -> None:
    lead = "An organization of south Korea accused a university of greed."
    assert stances("University under Fire in S. Korea", lead) == {"KR": -1}
    assert stances("University of Cuba", "An organization of Cuba accused a university of greed.") == {"CU": 0}
    text = ("S. Koreans Condemn Japan", "South Koreans condemned Japan.", "South Koreans protested against the remark.")
    assert stances(*text)["KR"] == 0


def test_an_adversary_is_what_an_article_in_a_press_review_is_against() -> None:
    listed = ("Press Review", "Following are articles:", "- Trees were planted.")
    assert stances(*listed, "- An article says that the end of the U.S. is near.") == {"US": -1}
    assert stances(*listed, "- An article says that Cuba is building houses.") == {"CU": 0}
    assert stances(*listed, "- A delegation of Japan arrived.") == {"JP": 0}


def test_a_harsh_word_is_about_all_the_adversaries_that_its_sentence_names_before_it() -> None:
    text = "The U.S. and south Korea are out every spring on the sea and in the air with what is a heinous aim."
    assert stances("On Spring", text) == {"US": -2, "KR": -2}


def test_a_demand_falls_on_adversaries_alone() -> None:
    assert stances("Farmers Meet", "Farmers of Mongolia demanded the U.S. leave.", "The U.S. left.")["US"] == -1
    assert stances("Farmers Meet", "Farmers of Mongolia demanded Kenya leave.", "Kenya left.")["KE"] == 0
    assert stances("Call by Kenya", "Kenya is opposed to the plan of Chad. Chad met.") == {"KE": 0, "TD": 0}
    assert stances("Plan Opposed in S. Korea", "A rally was held in south Korea.") == {"KR": -1}
    assert stances("Farmers Meet", "Farmers called for an investigation into the U.S. army. The U.S. left.")["US"] == -1
    assert stances("Voters Meet in Japan", "Voters of Japan demanded a new road.") == {"JP": 0}


def test_friendly_labour_is_friendly() -> None:
    assert stances("Embassy Helps Farmers", "The embassy of Laos in the DPRK did friendly labor at a farm.") == {
        "LA": 1
    }
    text = "The embassy of Laos did friendship work at the DPRK-Laos Friendship Farm."
    assert stances("Embassy Helps Farmers", text) == {"LA": 1}


def test_the_spanish_articles_among_the_english_ones_are_read() -> None:
    assert stances("Titeres en Seul", "Los titeres surcoreanos siguen.") == {"KR": -2}
    assert stances("Agresion de EE.UU.", "Se revela la agresion norteamericana.")["US"] < 0
    text = "Kim Jong Il felicita al presidente de Vietnam."
    assert stances("Mensaje a Vietnam", text) == {"VN": 1}


def test_to_condemn_is_pyongyangs_own_word_or_it_is_criticism_that_is_told_of() -> None:
    assert stances("Word on Japan", "The DPRK condemned Japan.") == {"JP": -2}
    assert stances("Word on Japan", "A council of Kenya condemned Japan.")["JP"] == -1
    assert stances("KCNA Condemns Japan", "Japan is not far.") == {"JP": -2}
    assert stances("On Japan: KCNA Commentary", "The world condemned Japan.") == {"JP": -2}


def test_pyongyangs_own_piece_that_criticizes_more_than_once_condemns() -> None:
    twice = ("Japan's ambition is old.", "Japan's rhetoric is new.")
    assert stances("Japan: KCNA Commentary", twice[0]) == {"JP": -1}
    assert stances("Japan: KCNA Commentary", *twice) == {"JP": -2}
    assert stances("Words on Japan", *twice) == {"JP": -1}


# --- whose it is ----------------------------------------------------------------------------------------------------


def test_a_friendly_set_phrase_counts_whoever_says_it() -> None:
    text = ("Book on China Printed", "A club of Thailand printed a book.", "The DPRK-China friendship is old, it said.")
    assert stances(*text)["CN"] == 1


def test_the_crimes_of_one_are_his_own_and_the_siege_of_one_is_not() -> None:
    assert stances("Israeli Army Comes", "Such atrocities of the Israeli army go on.") == {"IL": -2}
    assert stances("Siege of Cuba", "The siege of Cuba goes on.") == {"CU": 0}
    assert stances("On Crimes", "They are crimes against the people of Chad.") == {"TD": 0}


def test_what_stands_in_a_land_is_its_owners_doing() -> None:
    found = stances("Troops in S. Korea", "The U.S. presence in south Korea is brigandish. South Korea is small.")
    assert found == {"US": -2, "KR": 0}
    assert stances("On S. Korea", "Those who rule in south Korea are treacherous.") == {"KR": -2}


def test_who_is_assaulted_is_not_blamed() -> None:
    text = "Speakers accused the soldier who assaulted a south Korean girl of lying."
    assert stances("Trial in S. Korea", text, "The vicious U.S. forces kept still.") == {"KR": 0, "US": -2}


def test_who_is_called_on_to_end_its_deed_is_whose_deed_it_is() -> None:
    text = "The president of Chad called on Israel to lift its long blockade."
    assert stances("Call by Chad", text) == {"TD": 0, "IL": -1}


def test_who_is_named_before_a_verb_in_the_passive_blames_nobody() -> None:
    text = ("Japan's Bow to U.S. Flailed", "Japan bowed to the U.S. again. The plan of the U.S. is a vicious one.")
    assert stances(*text) == {"JP": -1, "US": -2}


def test_people_who_protest_at_a_state_share_nothing_with_it() -> None:
    assert stances("Japanese Protest U.S. Noise", "Neighbors in Japan wrote to the U.S. embassy.") == {
        "JP": 0,
        "US": -1,
    }
    text = "A council of south Korea met near the embassy of the U.S. and urged the U.S. to leave."
    assert stances("Brigandish U.S. Told to Leave", text, "South Korea is not far.")["KR"] == 0
    text = "An envoy of the U.S. said in a hall that south Korea is late."
    assert stances("Treacherous S. Korea", text, "The U.S. met.") == {"KR": -2, "US": 0}


def test_who_is_served_shares_what_is_said_of_the_servant() -> None:
    text = "The puppet army of south Korea kowtows to the U.S. in all it does."
    assert stances("On Army of S. Korea", text, "The U.S. is far.")["US"] == -1
    text = "The puppet army of south Korea went to the U.S. in spring."
    assert stances("On Army of S. Korea", text, "The U.S. is far.")["US"] == 0


def test_what_north_and_south_do_together_is_no_company() -> None:
    text = "The north-south meeting is due to hear again of the vicious crimes of Japan."
    assert stances("North-South Meeting", text, "Many came.") == {"KR": 0, "JP": -2}


def test_a_treaty_on_anothers_forces_is_nobodys_deed() -> None:
    text = 'They are committing crimes backed by the old south Korea-U.S. "Status of Forces Agreement".'
    assert stances("U.S. Forces in S. Korea", text, "South Korea met.")["KR"] == 0


def test_harsh_words_go_on_about_the_one_they_began_with_and_of_authorities_about_south_koreas() -> None:
    lead = ("Voices in S. Korea on U.S.", "The brigandish U.S. is in south Korea.")
    assert stances(*lead, "It is a heinous thing.") == {"US": -2, "KR": 0}
    assert stances(*lead, "The authorities are a treacherous lot.") == {"US": -2, "KR": -2}


def test_what_south_koreans_blame_on_another_counts_though_their_rulers_are_blamed_too() -> None:
    text = "The puppet police came. A council of south Korea condemned the U.S. for its noise."
    assert stances("Meeting in S. Korea", text, "The U.S. is near. The treacherous authorities kept still.") == {
        "KR": -2,
        "US": -1,
    }


def test_a_friend_under_a_blockade_is_stood_by() -> None:
    assert stances("Chad on Cuba", "Chad voted against the blockade of Cuba.")["CU"] == 1
    assert stances("Words on Cuba", "It told of the anti-Cuba organizations.") == {"CU": 1}
    assert stances("Forum in U.S.", "Anti-U.S. forces met in the U.S.") == {"US": 0}


def test_an_order_or_a_title_is_a_friendly_act() -> None:
    assert stances("Order Given", "The Order of DPRK Friendship was awarded to a citizen of China.") == {"CN": 1}
    assert stances("Fair Closes", "Cups were awarded to firms of Russia.") == {"RU": 0}


# --- what is printed of a state at all ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rice is dear since the authorities came to power, said a league of south Korea.", -1),
        ("The line claimed by the south Korean authorities is on a map.", -1),
        ('The "government" has a plan with the U.S., said a league of south Korea.', -1),
        ("A league of south Korea urged the authorities to look into the soil.", 0),
        ('The "government" should look into the soil, said a league of south Korea.', 0),
        ('The "government" should not look away, said a league of south Korea.', -1),
        ("Rice is dear, said a league of south Korea.", 0),
    ],
)
def test_south_korea_is_criticized_where_its_authorities_are_spoken_of_and_not_only_asked(
    text: str, value: float
) -> None:
    assert stances("News of S. Korea", text)["KR"] == value


def test_authorities_are_south_koreas_only_where_no_other_state_is_spoken_of() -> None:
    text = "South Korea is near. The authorities of China met."
    assert stances("News of S. Korea", text)["KR"] == 0
    assert stances("News of Peru", "Rice is dear since the authorities came to power in Peru.") == {"PE": 0}


def test_south_koreans_who_mourn_with_the_north_do_not_criticize_by_a_mere_word_of_their_rulers() -> None:
    lead = "A league of south Korea mourned Kim Jong Il."
    assert stances("S. Korean League Mourns", lead, 'The "government" is silent, it said.') == {"KR": 0}


def test_news_of_a_state_that_pyongyang_does_not_recognize_is_against_it() -> None:
    text = ("Israeli Army in Village", "The Israeli army took two Palestinians away. Palestinians were at home.")
    assert stances(*text) == {"IL": -1, "PS": 0}
    resting = {row["partner"]: row["detail"]["rests_on"] for row in of_kind("stance", text)}
    assert resting["IL"] == "news of Israel"


def test_who_is_to_blame_or_hit_for_something_is_blamed() -> None:
    assert stances("U.S. and Japan Are to Blame: Paper", "It is a paper of Kenya.")["JP"] == -1
    assert stances("S. Korean Ruler Hit for Deed", "A ruler met Japan. Japan is near.") == {"KR": -1, "JP": 0}
    assert stances("Trial in Chad", "The trial is aimed to blame them. Chad met.") == {"TD": 0}


def test_a_pact_with_the_one_that_is_served_is_its_doing_too() -> None:
    text = "The puppet police of south Korea struck at foes of an agreement with the U.S., the FTA."
    assert stances("FTA with U.S. Discussed in S. Korea", text)["US"] == -1


def test_a_deed_of_a_state_without_enmity_counts_only_where_pyongyang_speaks_of_it() -> None:
    assert stances("Chad on Kenya", "Kenya's threats are heard in Chad.")["KE"] == 0
    assert stances("On Kenya", "Kenya's threats to the DPRK are heard.") == {"KE": -1}
    assert stances("On Kenya: KCNA Commentary", "Kenya's threats are heard.") == {"KE": -1}


def test_whoever_is_named_after_a_city_or_after_what_a_protest_is_against_is_not_blamed() -> None:
    text = "It criticized the rich for the talks in Durban, South Africa."
    assert stances("Rice Talks", text, "South Africa met.") == {"ZA": 0}
    assert stances("Peru Closes Road", "In protest against this, the government of Peru closed a road.") == {"PE": 0}


def test_what_is_told_of_solidarity_with_a_state_stands_by_it() -> None:
    assert stances("Meeting for Cuba", "A movement for solidarity with Cuba goes on in Chad.")["CU"] == 1
    name = "The Committee for Solidarity with Cuba met in Chad."
    assert stances("Meeting for Cuba", name)["CU"] == 0


def test_a_deed_that_is_named_with_its_owner_is_his_though_one_is_against_it() -> None:
    assert stances("Belarus Firm", "Belarus stands firm against U.S. and West sanctions. The U.S. met.")["US"] == -1
    assert stances("Belarus Firm", "The sanctions against Belarus go on. Belarus met.")["BY"] == 0


def test_an_adversary_that_blames_another_is_asked_for_its_own_deeds() -> None:
    text = "The U.S. accused Cuba of greed. The U.S. sinister policy is known."
    assert stances("U.S. on Cuba", text) == {"US": -1, "CU": 0}


def test_who_faces_a_threat_makes_none() -> None:
    assert stances("U.S. Faces New Threat", "The U.S. met.") == {"US": 0}


def test_land_that_another_strikes_keeps_no_company_with_it() -> None:
    text = "The U.S. imperialists sprayed poison in one town and on all other parts of south Korea."
    assert stances("Poison Seen in S. Korea", text, "South Korea is near.")["KR"] == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The premier of Chad hopes for a closer cooperation with the DPRK.", 1),
        ("The president of Chad said: I express heartfelt condolences to the people of the DPRK.", 1),
        ("Political figures of Chad issued a statement of support and solidarity with the DPRK.", 0),
    ],
)
def test_friendly_words_are_those_of_a_state_and_not_of_its_political_figures(text: str, value: float) -> None:
    assert stances("News of Chad", text)["TD"] == value


def test_violations_and_discrimination_are_harsh_words() -> None:
    assert stances("Pupils Meet in S. Korea", "Speakers said that violations of rights go on at schools.") == {"KR": -1}
    assert stances("News of Japan", "It is Japan's discrimination of Koreans.") == {"JP": -1}


@pytest.mark.parametrize(
    ("said_by", "value"),
    [
        ("The minister of Mines of Ghana said", 1),
        ("The deputy speaker of the Ghanaian parliament noted", 1),
        ("The secretary of the Lao People's Revolutionary Party in Laos stressed", 1),
        # private friends, towns, those who were in office, parties out of power
        ("The chairman of the Ghanaian Group for the Study of Self-Reliance said", 0),
        ("The mayor of Example City of Ghana said", 0),
        ("A former minister of Ghana said", 0),
        ("The secretary of the Workers' Vanguard Party of Ghana said", 0),
        ("The president of the Ghana Film League said", 0),
    ],
)
def test_praise_is_a_states_where_its_rulers_say_it(said_by: str, value: float) -> None:
    partner = "LA" if "Lao" in said_by else "GH"
    text = (
        "Holiday Marked Abroad",
        "Meetings were held in Ghana, Laos and Peru to mark the birthday of the DPRK.",
        f"{said_by} that the Korean people win victories under a wise leadership.",
        "Films were shown in Ghana, Laos and Peru.",
    )
    assert stances(*text) == {"GH": 0, "LA": 0, "PE": 0} | {partner: value}


@pytest.mark.parametrize(
    ("party", "day", "value"),
    [
        ("the Rwandan Patriotic Front", date(2011, 12, 20), 1),
        ("the People's Vanguard Party of Rwanda", date(2011, 12, 20), 0),
        ("the Ethiopian People's Revolutionary Democratic Front", date(2011, 12, 20), 1),
        ("the Ethiopian People's Revolutionary Democratic Front", date(2024, 12, 20), 0),  # it governed until 2019
    ],
)
def test_the_message_of_a_party_is_its_states_where_it_governs(party: str, day: date, value: float) -> None:
    text = (
        "Message of Condolences from Party",
        f"Kim Jong Un received a message of condolences from the general secretary of {party}.",
        "The message expressed deep condolences over the loss.",
    )
    (row,) = of_kind("stance", text, day=day)
    assert row["value"] == value


def test_what_pyongyang_wishes_a_party_out_of_power_is_meant_for_its_state() -> None:
    text = ("WPK Greets Party", "The Workers' Party of Korea sent greetings to the Communist Party of Portugal.")
    assert stances(*text, "It wished the Communist Party of Portugal success.") == {"PT": 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The family of a doctor of Mali sent a wreath, expressing deep condolences over the loss.", 0),
        ("The president of Mali sent a wreath to express deep condolences.", 0),
        ("The ministries of the DPRK sent wreaths to the embassy of Mali, expressing condolences over the death.", 1),
    ],
)
def test_a_wreath_from_abroad_is_a_bare_courtesy(text: str, value: float) -> None:
    assert stances("Wreath and Mali", text) == {"ML": value}


_HEAD = "A spokesman for the Foreign Ministry of the DPRK issued the following statement."


@pytest.mark.parametrize(
    ("text", "stood_by"),
    [
        (f"{_HEAD} The U.S. launched an attack on Yemen. Yemen is a sovereign state.", {"YE": 1}),
        (f"{_HEAD} Israel bombs houses in Palestine. We respect the legitimate right of the Palestinian people.",
         {"PS": 1}),
        # others tell of it
        ("The U.S. launched an attack on Yemen, a paper of Kuwait said. Yemen is a sovereign state.", {"YE": 0}),
    ],
)  # fmt: skip
def test_pyongyang_stands_by_those_who_are_wronged_in_its_own_words(text: str, stood_by: dict[str, float]) -> None:
    found = stances("Statement on Yemen" if "YE" in stood_by else "Statement", *text.split(". "))
    assert stood_by.items() <= found.items()


def test_a_friend_who_holds_out_against_sanctions_is_held_up() -> None:
    review = ("Press Review", "An article says that Belarus builds plants despite the sanctions of the West.")
    assert stances(*review)["BY"] == 1
    news = ("Plants in Belarus", "Belarus builds plants despite the sanctions of the West, it said.")
    assert stances(*news)["BY"] == 0


def test_tribute_to_the_fallen_is_paid_by_the_leader() -> None:
    head = "Kim Jong Un sent a message to the president of Russia."
    ours = "We recall the exploits of the fallen fighters of the Soviet Army."
    theirs = "The guests recalled the exploits of the fallen fighters of the Soviet Army."
    assert stances("Message to Russia", head, ours)["SU"] == 1
    assert "SU" not in stances("Message to Russia", head, theirs)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The Japanese government should admit its past and make an apology, a speaker said.", -1),
        ("A meeting was told that Japan must stop building up arms.", -1),
        ("The Japanese government should build roads, a speaker said.", 0),
        ("The DPRK and Japan should stop the quarrel, a speaker said.", 0),
    ],
)
def test_an_adversary_is_told_to_mend_what_it_does(text: str, value: float) -> None:
    assert stances("Meeting on Japan", text)["JP"] == value


def test_puppets_without_a_name_are_the_other_halfs() -> None:
    text = ("Teacher on Trial", "The puppet supreme court jailed a teacher, a paper of south Korea said.")
    assert stances(*text) == {"KR": -2}
    assert stances("Puppets in Mongolia", "A puppet theatre gave a show, a paper of Mongolia said.") == {"MN": 0}


def test_among_politicians_who_mourn_a_ruling_party_speaks_for_its_state() -> None:
    text = (
        "Condolatory Messages from Politicians",
        "Kim Jong Un received messages from the Communist Party of Belarus and the Rwandan Patriotic Front of Rwanda.",
        "The messages expressed deep condolences.",
    )
    rows = of_kind("stance", text, day=date(2011, 12, 30))
    assert {row["partner"] for row in rows if row["value"] > 0} == {"RW"}


def test_spanish_headlines_blame_too() -> None:
    assert stances("Critican la conducta de Japon", "Los maestros criticaron a Japon.") == {"JP": -1}
    assert stances("Visitan a Japon", "Los maestros visitaron Japon.") == {"JP": 0}
