"""Contacts: which kind, with whom, who took part, and how high they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sunchi import signals
from sunchi.alerts.rules import alerts, load_rules
from sunchi.model import ARTICLES
from tests.detecting import FOLDER, articles, contacts, house_lexicon, of_kind

KIM = "Kim Jong Un, general secretary of the Workers' Party of Korea and president of the State Affairs of the DPRK,"


def only(kind: str, *texts: tuple[str, ...] | str, **how: Any) -> dict[str, Any]:
    (row,) = [row for row in of_kind("contact", *texts, **how) if row["code"] == kind]
    return {**row, **row["detail"]}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("A delegation of the Ministry of Culture of Laos arrived here by air on Monday.", {("delegation_in", "LA")}),
        ("The Cuban trade delegation led by Ana Example left here for home.", {("delegation_in", "CU")}),
        ("A delegation of the WPK headed by Ri Example left here to visit Vietnam and Laos.",
         {("delegation_out", "VN"), ("delegation_out", "LA")}),
        ("A delegation of architects headed by Ri Example returned home after a visit to Mongolia.",
         {("delegation_out", "MN")}),
        ("Ri Example, minister of Public Health of the DPRK, and his party left here to visit Russia.",
         {("visit", "RU")}),
        ("Ana Example, minister of Education of Cuba, arrived here on Friday.", {("visit", "CU")}),
        ("Ana Example, minister of Education of Cuba, and her party arrived here.", {("delegation_in", "CU")}),
        ("Ana Example, minister of Education of Cuba, and her party arrived here to pay an official visit to the DPRK.",
         {("visit", "CU")}),
        ("Choe Son Hui, foreign minister of the DPRK, and her party left here for Russia to attend a forum.",
         {("delegation_out", "RU")}),
        ("A group of Chinese tourists headed by Li Example arrived here.", {("delegation_in", "CN")}),
        ("The Vienna Youth Orchestra of Austria led by Ana Example arrived here.", {("delegation_in", "AT")}),
        ("An elders' delegation headed by Ana Example, ex-president of Peru, arrived here.", {("delegation_in", "PE")}),
        ("A delegation of the Committee for the Cup led by Ana Example, president of a German union, arrived here.",
         {("delegation_in", "DE")}),
        ("The delegation of the Party for the Free Land of Brazil led by Ana Example visited Mangyongdae.",
         {("delegation_in", "BR")}),
        ("A tourist group headed by Li Example, director of a bureau of China, toured Mt. Kumgang.",
         {("delegation_in", "CN")}),
        ("The Wonsan Circus Troupe is making a performance tour of Mongolia.", {("delegation_out", "MN")}),
        ("Kim Jong Un received a gift from Ana Example, head of a firm of Egypt, on a visit to the DPRK.",
         {("visit", "EG")}),
        ("At the invitation of Kim Jong Un, To Lam, president of Vietnam, arrived in Pyongyang.", {("visit", "VN")}),
        (f"{KIM} met and had talks with Vladimir Putin, president of the Russian Federation.", {("summit", "RU")}),
        ("Choe Son Hui met and had a talk with Wang Yi, foreign minister of China.", {("talks", "CN")}),
        (("Talks between Pak Example, vice-minister of Foreign Affairs of the DPRK, and Li Example, vice-minister of "
         "Foreign Affairs of China, were held here."), {("talks", "CN")}),
        (f"{KIM} received a military delegation of Mongolia.", {("talks", "MN"), ("delegation_in", "MN")}),
        ("The Cambodian king received the delegation of the DPRK.", {("talks", "KH"), ("delegation_out", "KH")}),
        ("Kim Yong Il met and had a talk with Ana Example, chairwoman of a British party.", {("talks", "GB")}),
        ("The councilor of the DPRK embassy and the head of a Russian office met in Moscow and exchanged views.",
         {("talks", "RU")}),
        ("Pak Ui Chun separately had talks with heads of Namibian, Iranian and Algerian delegations in Indonesia.",
         {("talks", "NA"), ("talks", "IR"), ("talks", "DZ")}),
        ("Pak Ui Chun met with the foreign ministers of Laos and Vietnam separately.",
         {("talks", "LA"), ("talks", "VN")}),
        ("Talks between the delegations of the security organs of the DPRK and Vietnam were held here.",
         {("talks", "VN"), ("delegation_in", "VN")}),
        ("Choe Son Hui had a talk with the outgoing Lao ambassador to the DPRK.", {("courtesy_call", "LA")}),
        (f"{KIM} accepted the credentials of the Lao ambassador to the DPRK.", {("courtesy_call", "LA")}),
        ("The DPRK ambassador presented his credentials to the president of Uganda.", {("courtesy_call", "UG")}),
        ("The DPRK ambassador to Thailand paid a farewell call on the king of Thailand.", {("courtesy_call", "TH")}),
        ("The Russian ambassador to the DPRK hosted a reception at his embassy.", {("reception", "RU")}),
        ("The DPRK embassy in Beijing hosted a reception on February 14.", {("reception", "CN")}),
        ("The DPRK Foreign Ministry gave a reception for staff members of the Cuban embassy here.",
         {("reception", "CU")}),
        ("An agreement on fishery between the governments of the DPRK and Russia was signed here.",
         {("agreement", "RU")}),
        ("The Mongolian embassy here arranged a film show.", {("joint_event", "MN")}),
        ("A friendship meeting of DPRK and Chinese pupils took place here.", {("joint_event", "CN")}),
        ("Staff members of the Lao and Cuban embassies here did friendly labor on a DPRK farm.",
         {("joint_event", "LA"), ("joint_event", "CU")}),
        ("Staff members of the Lao embassy here visited the Mansudae Art Studio.", {("joint_event", "LA")}),
        ("The Chinese ambassador to the DPRK and his embassy officials toured a farm here.", {("joint_event", "CN")}),
        ("A branch of the bank is beside the Lao embassy here.", set()),
        ("High-ranking officials of Mongolia called at the DPRK embassy in Ulan Bator.", {("courtesy_call", "MN")}),
    ],
)  # fmt: skip
def test_each_kind_is_known_by_its_verb_or_noun_and_its_two_sides(sentence: str, found: set[tuple[str, str]]) -> None:
    assert contacts(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "The foreign ministers of China and Laos met in Vientiane.",
        "A delegation of the U.S. Congress toured Japan, and the DPRK was on its agenda.",
        "An agreement on gas was signed between Russia and Iran.",
        "The DPRK swimming team took part in a championship held in Qatar.",
        "A delegation of the DPRK Olympic Committee left here to attend a congress to be held in India.",
        "The chairman of the Japanese ruling party visited the Yasukuni Shrine.",
        "Kim Jong Un received a floral basket from the president of Syria.",
        "A seminar on the Juche idea met with a warm response from the masses in Peru.",
        "The General Association of Koreans in China sent a delegation here.",
        "The Russian tourists said that they would visit the DPRK again.",
        "The puppet authorities are barring a delegation of south Korea from coming here.",
        "A lawmaker of south Korea wishes to visit the north.",
        "A delegation of a Cambodian party visited the DPRK embassy in Phnom Penh.",
        "The DPRK team met the Uzbek team in the last match.",
        "The chairman of the German-Korean Parliamentary Friendship Group sent a book to the DPRK.",
        "Kim Il Sung visited the Soviet Union in 1949.",
        "The Central Committee of the WPK gave a banquet to celebrate the leader's journey to Russia.",
        "A book on Kim Il Sung's visit to the Soviet Union was given to the DPRK.",
        "Kim Jong Un received sympathy from the Russian president.",
        "Kim Jong Un receives the reply of the Chinese president.",
    ],
)
def test_what_is_no_contact_of_the_two_sides_is_none(sentence: str) -> None:
    assert contacts(sentence) == set()


def test_what_a_speech_recalls_further_down_is_no_contact() -> None:
    text = ("A Meeting", "A meeting of farmers was held.", "Choe Son Hui met and had talks with Wang Yi of China.")
    assert contacts(text) == set()


def test_an_anniversary_or_an_old_year_is_history() -> None:
    assert contacts("Choe Example, premier of the DPRK, left for a visit to Laos in 1996.") == set()
    assert contacts("The anniversary of the agreement signed between the DPRK and China was marked here.") == set()
    assert contacts(("Anniversary of Kim Il Sung's Visit to Mongolia Marked", "A film was shown here.")) == set()


def test_another_piece_of_news_in_the_same_article_is_read_as_a_lead_is() -> None:
    text = (
        "Visits",
        "A delegation of the DPRK Ministry of Post left here to visit Cuba.",
        "Meanwhile, arriving here were delegations of Germany, Sweden and France.",
        "Earlier, Pak Ui Chun met with the Lao ambassador to the DPRK.",
        "A delegation of a newspaper of Peru arrived here on the same day.",
    )
    came = {("delegation_in", "DE"), ("delegation_in", "SE"), ("delegation_in", "FR")}
    assert contacts(text) == {("delegation_out", "CU"), ("courtesy_call", "LA"), ("delegation_in", "PE"), *came}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The president of Benin said this when receiving credentials from DPRK Ambassador Ri Jong Example.",
         {("courtesy_call", "BJ")}),
        ("He said this on May 2 when meeting the DPRK ambassador to Benin, who took leave.", {("courtesy_call", "BJ")}),
        ("He said this when receiving Pak Jong Example, DPRK ambassador to Benin, who paid a farewell call.",
         {("courtesy_call", "BJ")}),
        ("The president of Benin said this when meeting with the WPK delegation led by Pak Jong Example.",
         {("talks", "BJ"), ("delegation_out", "BJ")}),
    ],
)  # fmt: skip
def test_on_what_occasion_words_were_spoken_is_told_after_them(sentence: str, found: set[tuple[str, str]]) -> None:
    words = "Benin hopes that the relations with the DPRK will develop."
    assert contacts(("Benin Hopes for Better Relations with DPRK", words, sentence)) == found


def test_a_first_sentence_that_breaks_off_after_an_abbreviation_goes_on_in_the_next_line() -> None:
    text = (
        "A Guest Met",
        "Kim Yong Il, secretary of the C.C.",
        "Workers' Party, met with Ana Example of a Cuban union.",
    )
    assert contacts(text) == {("talks", "CU")}


def test_what_the_headline_calls_a_visit_is_a_delegation_where_the_text_says_so() -> None:
    text = ("Mongolian Minister Leaves", "Od Example, minister of Mongolia, and his party left here for home.")
    assert contacts(text) == {("delegation_in", "MN")}


def test_a_delegation_of_ours_that_is_present_abroad_went_there() -> None:
    text = (
        "Seminar Held in Peru",
        "A seminar was held at a university of Peru.",
        "Present on invitation were teachers and a delegation of the Social Scientists Society of Korea.",
    )
    assert contacts(text) == {("delegation_out", "PE")}
    many = (*text[:2], "Attending it were parties of many countries including a delegation of the WPK.")
    assert contacts(many) == set()


def test_the_delegation_of_somebody_on_a_visit_is_told_of_once() -> None:
    text = (
        "Talks Held in Mongolia",
        "Pak Ui Chun, on a visit to Mongolia, held talks with the Mongolian minister Od Example.",
        "Present there were members of the DPRK delegation.",
    )
    assert contacts(text) == {("talks", "MN"), ("visit", "MN")}


def test_a_side_at_the_talks_is_no_journeys_end() -> None:
    text = (
        "Talks with Vietnam",
        "Talks between the DPRK and Vietnam were held here.",
        "Present from the DPRK side were members of the delegation of a ministry, and from the Vietnamese side all.",
    )
    assert contacts(text) == {("talks", "VN")}


def test_of_a_list_of_callers_at_an_embassy_those_count_who_hold_an_office_of_their_state() -> None:
    text = (
        "Personages Visit DPRK Missions",
        "Personages of various countries visited the DPRK missions to mourn his demise.",
        "They included the foreign minister of Pakistan, the head of a Romanian union and the Lao ambassador to Peru.",
        "Among them were a delegation of the Party of Guinea and other delegations.",
    )
    assert contacts(text) == {("courtesy_call", "PK"), ("courtesy_call", "LA")}


def test_a_leaders_visit_that_the_headline_names_counts_though_others_speak_of_it() -> None:
    text = ("Kim Jong Un's Visit to Russia Hailed", "Kim Jong Un's successful visit to Russia was hailed in Peru.")
    assert contacts(text) == {("visit", "RU")}
    lead = "Russians sang there for Kim Jong Un, president of the State Affairs of the DPRK, on a visit to Russia."
    row = only("visit", ("Russian Artistes Give Performance", lead))
    assert (row["partner"], row["who"]) == ("RU", "Kim Jong Un")


def test_who_speaks_is_named_without_his_words() -> None:
    text = "We hope for peace, said Bolivian President Ana Example when meeting DPRK Ambassador Pak Ui Chun."
    assert only("courtesy_call", text)["who"] == "Bolivian President Ana Example and DPRK Ambassador Pak Ui Chun"


def test_where_headline_and_lead_name_one_state_the_next_sentences_may_say_that_it_is_here() -> None:
    text = ("Lao Delegation Visits a Tower", "A delegation of Laos visited a tower.", "A wreath was laid for the KPA.")
    assert contacts(text) == {("delegation_in", "LA")}
    assert contacts(("A Tower Visited", *text[1:])) == set()


def test_a_delegation_that_ours_meets_abroad_has_not_come_here() -> None:
    text = "Talks between the delegation of the KPA and the delegation of the Lao Ministry of Defence were held there."
    assert contacts(text) == {("talks", "LA")}


def test_talks_at_a_courtesy_call_are_both() -> None:
    text = "Choe Son Hui had a talk with Wang Yi, foreign minister of China, who paid a courtesy call on her."
    assert contacts(text) == {("talks", "CN"), ("courtesy_call", "CN")}


def test_what_is_told_after_the_lead_of_those_who_are_here_counts() -> None:
    text = (
        "Agreement between DPRK and Russia",
        "An agreement between the DPRK and Russia was signed here.",
        "Present there were members of the Russian delegation led by a vice-minister.",
        "The minister met and had a talk with the Russian delegation.",
        "A reception in welcome of the delegation was given in the evening.",
    )
    assert contacts(text) == {("agreement", "RU"), ("delegation_in", "RU"), ("talks", "RU"), ("reception", "RU")}


def test_delegations_that_a_list_of_guests_holds_are_here_where_the_guests_are() -> None:
    text = (
        "Foreign Guests Pay Homage",
        "Foreign guests visited the Kumsusan Palace of the Sun.",
        "They included the delegation of a ministry of India and the delegation of a party of Chad.",
    )
    assert contacts(text) == {("delegation_in", "IN"), ("delegation_in", "TD")}


def test_a_state_of_the_past_has_no_contacts() -> None:
    assert contacts(("Kim Jong Un's Visit to the Soviet Union Hailed", "A meeting was held.")) == set()


def test_an_embassys_reception_is_the_embassys_whatever_it_is_for() -> None:
    text = "A reception in memory of a German poet was given at the Cuban embassy here."
    assert contacts(text) == {("reception", "CU")}


def test_a_region_of_a_state_is_a_journeys_end() -> None:
    assert contacts("Kim Jong Un will visit the Siberian and Far East regions of Russia.") == {("visit", "RU")}


def test_each_line_of_a_press_review_is_read() -> None:
    text = ("Press Review", "- Rice was harvested.", "- A DPRK delegation returned home after visiting India.")
    assert contacts(text) == {("delegation_out", "IN")}


def test_headline_and_first_sentence_tell_of_one_contact() -> None:
    text = ("Lao Delegation Arrives", "A delegation of the Lao Ministry of Justice arrived here on Monday.")
    row = only("delegation_in", text)
    assert row["quote"] == text[1]


@pytest.mark.parametrize(
    ("sentence", "kind", "rank", "who"),
    [
        (f"{KIM} met with Xi Jinping, president of China.", "summit", 1, "Kim Jong Un and Xi Jinping"),
        ("Choe Son Hui, foreign minister of the DPRK, met with Sergei Example, minister of Foreign Affairs of Russia.",
         "talks", 2, "Choe Son Hui and Sergei Example"),
        ("Kim Yong Nam, president of the Presidium of the SPA of the DPRK, met with the Lao delegation.",
         "talks", 2, "Kim Yong Nam and the Lao delegation"),
        (("Pak Example, vice-minister of Foreign Affairs of the DPRK, met with Li Example, deputy foreign minister of "
         "China."), "talks", 3, "Pak Example and Li Example"),
        ("President of the Cuban Friendship Institute Ana Example and her party arrived here.",
         "delegation_in", 3, "President of the Cuban Friendship Institute Ana Example and her party"),
        ("A delegation of Kim Il Sung University of the DPRK left here to visit China.",
         "delegation_out", 3, "A delegation of Kim Il Sung University of the DPRK"),
        ("To Lam, president of Vietnam, arrived in Pyongyang.", "visit", 1, "To Lam"),
    ],
)  # fmt: skip
def test_rank_is_read_from_posts_and_names_of_leaders(sentence: str, kind: str, rank: int, who: str) -> None:
    row = only(kind, sentence)
    assert (row["rank"], row["who"]) == (rank, who)


@pytest.mark.parametrize(
    "guest",
    [
        "a special envoy of President Putin of Russia",
        "Li Example, special representative of Xi Jinping, general secretary of the CPC and president of the PRC",
        "Li Example, special envoy of the Russian president",
    ],
)
def test_who_meets_a_leaders_envoy_has_met_no_leader(guest: str) -> None:
    assert {kind for kind, _ in contacts(f"Kim Jong Un met {guest} in Pyongyang.")} == {"talks"}


def test_the_foreign_ministers_journey_of_2024_is_found_stage_by_stage(shared: Path) -> None:
    rows = pl.read_ndjson(shared / "data" / "kcna_en.jsonl").with_columns(
        article=pl.col("url"), date=pl.col("date").str.to_date()
    )
    found = signals.detect(rows.select(ARTICLES.names()), house_lexicon()).filter(
        (pl.col("kind") == "contact") & (pl.col("date").dt.strftime("%Y-%m") == "2024-11")
    )
    told = {(row["code"], row["partner"], row["detail"]["rank"]) for row in found.iter_rows(named=True)}
    assert {("visit", "RU", 2), ("talks", "RU", 1)} <= told


def told(*texts: tuple[str, ...] | str) -> set[tuple[str, str]]:
    """The rule and title of each alert that the project's own rules make of contacts."""
    frame = articles(*texts)
    found = signals.detect(frame, house_lexicon()).filter(pl.col("kind") == "contact")
    return {(alert.rule, alert.title) for alert in alerts(found, frame, load_rules(FOLDER / "rules.toml"), [])}


def test_alerts_tell_meetings_of_leaders_and_of_ministers_with_the_three() -> None:
    assert told(f"{KIM} met with Xi Jinping, president of China.") == {
        ("leader-contact", "China: summit, Kim Jong Un and Xi Jinping (leaders' level)")
    }
    assert told("Ri Example, minister of Rail of the DPRK, left here to visit Russia.") == {
        ("minister-contact", "Russia: visit, Ri Example (ministers' level)")
    }


def test_receptions_lower_ranks_and_ministers_of_other_states_are_not_told() -> None:
    assert told("The Russian ambassador to the DPRK hosted a reception at his embassy.") == set()
    assert told("Pak Example, vice-minister of Rail of the DPRK, left here to visit Russia.") == set()
    assert told("Ri Example, minister of Rail of the DPRK, left here to visit Laos.") == set()


def test_each_ambassador_of_a_row_that_calls_at_an_embassy_abroad_calls() -> None:
    text = (
        "Personages Visit DPRK Embassy",
        "Personages of Pakistan mourned.",
        "Ambassadors of Russia, Myanmar and Nepal to Pakistan paid condolatory visits to the DPRK embassy there.",
    )
    assert {c for c in contacts(text) if c[0] == "courtesy_call"} == {
        ("courtesy_call", "RU"),
        ("courtesy_call", "MM"),
        ("courtesy_call", "NP"),
    }


def test_of_two_guests_of_a_kind_the_first_is_told() -> None:
    text = (
        "A party delegation of China led by Li Example arrived here Monday."
        " An army delegation of China led by Wang Example arrived here Monday."
    )
    assert [row["detail"]["who"] for row in of_kind("contact", ("Guests", text))] == [
        "A party delegation of China led by Li Example"
    ]


CALLS = "Personages of various countries visited the DPRK embassies to mourn his demise."


def test_envoys_in_many_lands_call_at_the_embassies_there() -> None:
    envoys = "Among them were diplomatic envoys of Brazil and Ghana in Ethiopia and those of Cuba in Peru."
    found = {("courtesy_call", state) for state in ("BR", "GH", "CU")}
    assert contacts(("Foreigners Visit DPRK Embassies", CALLS, envoys)) == found
    said = "The Cuban ambassador to Nepal said that he mourned."
    assert contacts(("Foreigners Visit DPRK Embassies", CALLS, said)) == {("courtesy_call", "CU")}
    assert contacts(("A Day of Mourning", "Many people mourned.", said)) == set()


def test_of_a_call_told_of_in_the_passive_the_envoys_are_callers() -> None:
    text = "Condolatory visits to the DPRK embassy were paid by writers and the ambassadors of Nepal and Laos to Peru."
    found = {("courtesy_call", state) for state in ("NP", "LA")}
    assert contacts(("Foreigners Visit DPRK Embassies", CALLS, text)) == found


def test_a_partys_head_calls_at_an_embassy_and_its_members_do_not() -> None:
    text = "Ana Example, chairwoman of the C.C., Workers' Party of Peru, visited the DPRK embassy in Lima to mourn."
    assert contacts(text) == {("courtesy_call", "PE")}
    assert contacts("Personages of the Workers' Party of Peru visited the DPRK embassy in Lima to mourn.") == set()


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Kim Jong Un passed through Sample Province, China, on Monday.", {("visit", "CN")}),
        ("The Wonsan Art Troupe of the DPRK made a performance tour of local areas of Mongolia.",
         {("delegation_out", "MN")}),
        ("Kim Jong Un arrived at Ulan-Ude, the capital city of a republic of Russia.", {("visit", "RU")}),
        ("Kim Jong Un sent a message of thanks to Vladimir Putin on his way home after winding up his visit to Russia.",
         {("visit", "RU")}),
        ("The people are waiting for news of Kim Jong Un on a visit to Russia.", {("visit", "RU")}),
        ("A demonstration group of the Korean Chess Committee staged shows in Sample State, the U.S., on Monday.",
         {("delegation_out", "US")}),
        ("A demonstration group of the Korean Chess Committee staged shows at home and is known in the U.S.", set()),
        ("Ana Example, a writer of Peru, spoke to KCNA while staying in the DPRK.", {("visit", "PE")}),
        ("Ana Example, envoy of the president of Peru, visited the mourning station of the DPRK in Lima.", set()),
        ("Members of the Korean youth delegation on a visit to China met in Beijing.", {("delegation_out", "CN")}),
        ("A friendly gathering between a delegation of a DPRK school and pupils of a school of China took place.",
         {("joint_event", "CN")}),
        ("Staff members of the Russian embassy here did friendship labour at a farm.", {("joint_event", "RU")}),
        ("Ana Example, Peruvian ambassador to the DPRK, and her embassy officials visited an art studio.",
         {("joint_event", "PE")}),
        ("Staff members of the DPRK embassy in Peru visited an art studio here.", set()),
        ("Staff members of the Russian embassy here visited Kumsusan.", set()),
        ("Writers of south Korea met with Minister of Unification Kim Exam Ple and spoke of a north-south dialogue.",
         set()),
    ],
)  # fmt: skip
def test_a_visit_is_known_by_the_way_somebody_takes_and_by_what_he_does_there(
    sentence: str, found: set[tuple[str, str]]
) -> None:
    assert contacts(sentence) == found


def test_of_a_korean_whom_nothing_calls_the_norths_it_is_not_guessed_that_he_is() -> None:
    met = "Writers of south Korea met with Kim Exam Ple, minister{}, in Kaesong."
    assert contacts(met.format(" of Unification")) == set()
    assert contacts(met.format(" of Culture of the DPRK")) == {("talks", "KR")}


def test_whom_a_delegation_has_met_it_visits() -> None:
    lead = "Talks were held between Choe Son Hui, foreign minister of the DPRK, and her Lao counterpart."
    leads = "Choe is leading the DPRK delegation on a visit to {}."
    assert contacts(("Talks Held", lead, leads.format("Laos"))) == {("talks", "LA"), ("delegation_out", "LA")}
    assert contacts(("Talks Held", lead, leads.format("Peru"))) == {("talks", "LA")}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("A delegation led by Ri Example left here to take part in a forum to be held in Peru.",
         {("delegation_out", "PE")}),
        ("A delegation led by Ri Example returned home after taking part in the Olympic Games held in Peru.", set()),
        ("Ana Example, chairwoman of a party of Peru who visited the DPRK as head of its delegation, spoke to KCNA.",
         {("delegation_in", "PE")}),
        ("The visiting Orchestra of the Old Town of Peru played in Pyongyang.", {("delegation_in", "PE")}),
        ("The visiting vice-director of a federation of Peru spoke to KCNA.", {("visit", "PE")}),
        ("An inter-Korean working contact for the study of Mt. Paektu was held in Kaesong.", {("talks", "KR")}),
        ("A north-south Buddhist joint mass was held in Kaesong.", {("joint_event", "KR")}),
        ("A meeting of north-south religionists for peace took place in Pyongyang.", {("joint_event", "KR")}),
        ("A north-south Buddhist joint mass could not be celebrated in Kaesong.", set()),
    ],
)  # fmt: skip
def test_who_goes_to_a_forum_visits_its_host_and_what_north_and_south_hold_is_a_contact(
    sentence: str, found: set[tuple[str, str]]
) -> None:
    assert contacts(sentence) == found


def test_a_host_whose_words_the_lead_gives_talked_with_whom_the_next_sentence_names() -> None:
    lead = "Friendship is a treasure, said Ana Example, vice-president of Peru, on Monday."
    talk = "In a talk with Ri Example, minister of Electronics of the DPRK, she said that it grows."
    assert contacts(("Vice-President of Peru on Friendship", lead, talk)) == {("talks", "PE")}
    assert contacts(("Vice-President of Peru on Friendship", lead, talk.replace(" of the DPRK", ""))) == set()


def test_delegations_named_beside_koreans_from_abroad_are_guests_here() -> None:
    lead = "Foreign guests and overseas Koreans visited the Kumsusan Palace."
    listed = (
        "Among them were a delegation of a party of Nepal led by Ana Example and a delegation of Korean youth in Japan."
    )
    assert contacts(("Homage Paid", lead, listed)) == {("delegation_in", "NP")}


def test_a_cabinet_that_meets_on_a_matter_meets_nobody() -> None:
    assert contacts(("Thai Cabinet Meets on Demise of Kim Jong Il", "It met in Bangkok.")) == set()


def test_a_farewell_visit_is_a_call_and_no_visit() -> None:
    text = (
        "DPRK Ambassador Pays Farewell Visit to Thai King",
        "The DPRK ambassador to Thailand paid a farewell call on the king of Thailand.",
    )
    assert contacts(text) == {("courtesy_call", "TH")}


def test_an_anniversary_may_be_the_mere_occasion_of_what_is_told() -> None:
    lead = "Talks between the DPRK and China were held here on the anniversary of the treaty."
    assert contacts(lead) == {("talks", "CN")}
    lead = "On the anniversary of the founding of the Party, Ana Example, president of Peru, arrived here."
    assert contacts(lead) == {("visit", "PE")}
    lead = "Ana Example, minister of Peru, arrived here to attend the celebrations of an anniversary."
    assert contacts(lead) == {("visit", "PE")}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Kim Jong Un received a gift from the visiting ensemble of a ministry of Peru.", {("delegation_in", "PE")}),
        ("Visiting Peruvian Vice-President Ana Example spoke to KCNA.", {("visit", "PE")}),
        ("The visiting group of Korean pupils of Peru saw the DPRK.", set()),
        ("The cabinet of Peru met the visiting minister of Laos.", set()),
        ("Ana Example, governor of a region of Peru, gave her impressions of the recent visit to the DPRK.",
         {("visit", "PE")}),
        ("I was pleased to visit the DPRK, said Ana Example, minister of Peru.", {("visit", "PE")}),
        ("Ana Example, vice-premier of Laos, made public a written address on her arrival in Pyongyang.",
         {("visit", "LA")}),
        ("Head of the delegation of a union of Peru Ana Example spoke to KCNA before its departure from the DPRK.",
         {("delegation_in", "PE")}),
        ("The Party gave a reception to welcome the DPRK visit by Ana Example, president of Peru.",
         {("reception", "PE"), ("visit", "PE")}),
        ("Arriving here were Ana Example, manager of a firm of Peru, and her party.", {("delegation_in", "PE")}),
        ("Tourists of Peru led by Ana Example of a travel agency arrived at Wonsan Port.", {("delegation_in", "PE")}),
        (("The tourist group led by Kim Exam Ple, director of a bureau of the Korean Autonomous County of China, "
          "toured Mt. Kumgang."), {("delegation_in", "CN")}),
        ("Ana Example, vice-minister of Peru, and her party laid bouquets before the Liberation Tower.",
         {("delegation_in", "PE")}),
        ("Ana Example, president of Peru, enjoyed a performance at the May Day Stadium in Pyongyang.",
         {("visit", "PE")}),
        ("Staff members of the Peruvian embassy laid a wreath before the Liberation Tower.", set()),
        ("Kim Jong Un laid a wreath before the tower for the fallen of China.", set()),
        ("Kim Exam Ple, premier of the DPRK, enjoyed a performance of artistes from Russia.", set()),
    ],
)  # fmt: skip
def test_guests_are_known_by_what_they_are_called_say_and_do_here(sentence: str, found: set[tuple[str, str]]) -> None:
    assert contacts(sentence) == found


def test_who_speaks_when_meeting_is_named_after_his_words() -> None:
    said = "The DPRK under Kim Jong Un is strong, said Ana Example, chairwoman of a party of Peru, when meeting {}."
    assert contacts(said.format("a delegation of the WPK")) == {("talks", "PE"), ("delegation_out", "PE")}
    assert ("talks", "PE") not in contacts(said.format("a delegation of a party of Chile"))
    lead = "A party of Peru will stand by the WPK, said Ana Example."
    then = "Strong is Kim Jong Un, she said when meeting a delegation of the WPK."
    assert contacts(("Words", lead, then)) == {("talks", "PE"), ("delegation_out", "PE")}


def test_our_own_ambassador_abroad_talks_unless_he_comes_or_goes() -> None:
    met = "Ana Example, president of Peru, met the {}DPRK ambassador to Peru{}."
    assert contacts(met.format("", "")) == {("talks", "PE")}
    assert contacts(met.format("outgoing ", "")) == {("courtesy_call", "PE")}
    assert contacts(met.format("", " who paid a farewell visit to her")) == {("courtesy_call", "PE")}


def test_nobody_meets_a_leader_who_is_no_more() -> None:
    assert contacts("Ana Example, president of Peru, met President Kim Il Sung in Pyongyang.") == set()


def test_what_an_embassy_attends_here_is_an_event_of_both() -> None:
    lead = "A film show was held at the Diplomatic Corps Club here on the national day of Bulgaria."
    present = "Present there on invitation were officials of the Ministry of Culture and {} of the Bulgarian embassy."
    assert contacts(("Day Marked", lead, present.format("staff members"))) == {("joint_event", "BG")}
    assert contacts(("Day Marked", lead, "Many people saw it.")) == set()
    abroad = "A film show was held in Ulan Bator on the national day of Bulgaria."
    assert contacts(("Day Marked", abroad, present.format("staff members"))) == set()
    assert (
        contacts(("Order Given", "The Order of Friendship went to a Bulgarian here.", present.format("staff"))) == set()
    )
    gift = "The Bulgarian Ministry of Health donated aid to the DPRK Red Cross."
    took_place = "A donating ceremony took place in Pyongyang."
    found = contacts(("Aid Donated", gift, took_place, present.format("officials")))
    assert found == {("joint_event", "BG")}


def test_an_agreement_that_the_next_sentence_calls_signed_is_one_of_the_two_sides() -> None:
    lead = "Nampho City of the DPRK and Quito City of Ecuador established friendship relations."
    assert contacts(("Cities", lead, "An agreement on it was signed in Quito.")) == {("agreement", "EC")}
    assert contacts(("Cities", lead, "An agreement was signed in 1986 for the first time.")) == set()


def test_a_visit_is_his_who_does_not_live_there() -> None:
    text = "Kim Jong Un was seen off by Ana Example, president of Peru, after his historic visit to Peru."
    assert contacts(("Kim Jong Un Seen off by Peruvian President", text)) == {("visit", "PE")}
    text = "Kim Jong Un sent a message to Ana Example, president of Peru, after her visit to Chile."
    assert contacts(("Kim Jong Un Sends Message to Peruvian President in Chile", text)) == set()


def test_a_mass_of_north_and_south_need_not_name_the_state() -> None:
    lead = "A mass of Buddhists of the north and the south was held in a temple."
    assert contacts(("Mass Held", lead, "Priests of south Korea came.")) == {("joint_event", "KR")}


def test_each_guest_of_a_list_is_one_whatever_the_others_names_say() -> None:
    lead = "Foreign guests visited the Kumsusan Palace to pay tribute to President Kim Il Sung."
    listed = (
        "They included Ana Example, minister of Uganda, and her party, the delegation of a league of Peru led by Ana "
        "Sample, the delegation of a council of Laos for the friendship with Japan led by Eva Example and the "
        "delegation of a front of Nepal here on the 63rd anniversary of the DPRK."
    )
    assert contacts(("Homage Paid", lead, listed)) == {("delegation_in", state) for state in ("UG", "PE", "LA", "NP")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (("Tourist Group Arrives", "A trial tourist group arrived in Pyongyang by air.",
          "The group was headed by Ana Example, member of a congress of Peru."), {("delegation_in", "PE")}),
        (("Sojourn of Seamen", "Seamen of Peru who are on a long way visited the Tower of the Juche Idea."),
         {("delegation_in", "PE")}),
        (("Mourners from Peru Leave", "Mourners from Peru left here on Saturday."), {("delegation_in", "PE")}),
        (("Peruvian Guests Here", "Ana Example, member of a forum of Peru, and her companion arrived here."),
         {("delegation_in", "PE")}),
        (("Kim Jong Un's China Visit Hailed in Peru", "A party of Peru posted an article on its homepage."),
         {("visit", "CN")}),
        (("New Stamps Issued", "Stamps were issued in commemoration of Kim Jong Un's visit to Russia."),
         {("visit", "RU")}),
        (("DPRK Delegations Leave for Different Countries",
          "A DPRK delegation led by Kim Example left here to attend the meeting of a union in Peru."),
         {("delegation_out", "PE")}),
        (("Talks Held", "Talks between delegations of the KPA and Laos were held at the Lao Defence Ministry."),
         {("talks", "LA")}),
        (("Kim Jong Un in China", "Kim Jong Un passed through Sample Province of China.",
          "The government of the province hosted a grand banquet in honor of him."),
         {("visit", "CN"), ("reception", "CN")}),
        (("Spokesman on Talks", "A spokesman for the Foreign Ministry of the DPRK answered a question.",
          "The talks were held in Geneva between the DPRK delegation and the U.S. delegation."), {("talks", "US")}),
        (("South Accused", "After the failed talks between the DPRK and south Korea, people were angry."), set()),
        (("Head of Peruvian Delegation Interviewed",
          "Ana Example, chairwoman of a union of Peru, said that she was pleased to visit the DPRK."),
         {("delegation_in", "PE")}),
        (("Kim Jong Un in China", "Kim Jong Un passed through Sample Province of China.",
          "The embassy of Laos gave a reception."), {("visit", "CN")}),
        (("Peruvian Delegation Mourns",
          "A delegation led by the premier of Peru visited the DPRK embassy in Lima to mourn."),
         {("courtesy_call", "PE")}),
        (("Peruvians Mourn", "Delegations of a ministry of Peru visited the DPRK embassy in Lima to mourn.",
          "Meanwhile, the Lao and Cuban ambassadors to this country laid wreaths."),
         {("courtesy_call", "LA"), ("courtesy_call", "CU")}),
    ],
)  # fmt: skip
def test_what_a_text_tells_of_a_journey_here_and_there(text: tuple[str, ...], found: set[tuple[str, str]]) -> None:
    assert contacts(text) == found


@pytest.mark.parametrize(
    ("call", "is_call"),
    [
        (
            "Choe Son Hui, foreign minister of the DPRK, paid a condolatory visit to the Peruvian embassy on Friday.",
            True,
        ),
        ("Officials of the DPRK visited the embassy of Peru to express deep condolences over his death.", True),
        ("Diplomats of Nepal visited the Peruvian embassy to express deep condolences over his death.", False),
        ("Officials of the DPRK visited a school of Peru to express condolences.", False),
    ],
)
def test_a_call_of_condolence_at_an_embassy_here_is_a_contact(call: str, is_call: bool) -> None:
    lead = "The head of a party of Peru died in Lima, the DPRK was told."
    found = contacts(("Death", lead, "He was old.", call))
    assert found == ({("courtesy_call", "PE")} if is_call else set())


def test_who_sends_wreaths_to_an_embassy_here_and_mourns_there_has_called() -> None:
    lead = "{} sent wreaths to the Peruvian embassy here on Friday."
    mourned = "They paid a silent tribute and expressed condolences."
    assert contacts(("Wreaths", lead.format("Ministries of the DPRK"), mourned)) == {("courtesy_call", "PE")}
    assert contacts(("Wreaths", lead.format("Ministries and institutions"), mourned)) == {("courtesy_call", "PE")}
    assert contacts(("Wreaths", lead.format("Ministries of the DPRK"), "Condolences were expressed.")) == set()
    assert contacts(("Wreaths", lead.format("Foreign diplomats"), mourned)) == set()


def test_words_said_when_receiving_credentials_tell_of_the_call() -> None:
    lead = "The president of Peru spoke highly of the DPRK."
    said = "She said, when receiving {} from the DPRK ambassador to Peru: all is well."
    assert contacts(("President Speaks", lead, said.format("credentials"))) == {("courtesy_call", "PE")}
    assert contacts(("President Speaks", lead, said.format("flowers"))) == set()


def test_visits_of_the_leader_that_somebody_abroad_praises_are_his() -> None:
    lead = "Ana Example of a party of Nepal congratulated leader Kim Jong Un on his visits to Peru and Laos."
    visits = {("visit", "PE"), ("visit", "LA")}
    assert contacts(("Kim Jong Un's Visits to Foreign Countries Hailed by Nepali Politician", lead)) == visits
    assert contacts(("Kim Jong Un Hailed by Nepali Politician", lead)) == set()


def test_diplomatic_envoys_call_at_a_mission_as_ambassadors_do() -> None:
    call = "{} paid condolatory visits to the DPRK permanent mission on Friday."
    envoys = {("courtesy_call", "NP"), ("courtesy_call", "LA")}
    assert contacts(("Visits", call.format("Diplomatic envoys of Nepal and Laos to Peru"))) == envoys
    assert contacts(("Visits", call.format("Artists of Nepal and diplomatic envoys of many countries"))) == set()
