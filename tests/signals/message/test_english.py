"""Messages: kind, sides, occasion, length and text."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from sunchi import signals
from sunchi.model import ARTICLES
from tests import detecting
from tests.detecting import house_lexicon, of_kind, sent

XI = "Xi Jinping, general secretary of the Central Committee of the Communist Party of China and president of the PRC"
KIM = "Kim Jong Un, general secretary of the Workers' Party of Korea and president of the State Affairs of the DPRK"

only = partial(detecting.only, "message")


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("a message of greeting", "greeting"),
        ("a message of greetings", "greeting"),
        ("a New Year card", "greeting"),
        ("a congratulatory message", "congratulation"),
        ("a congratulatory letter", "congratulation"),
        ("a reply message", "reply"),
        ("a message of condolence", "condolence"),
        ("a message of sympathy", "sympathy"),
        ("a message of thanks", "thanks"),
        ("a verbal message", "verbal"),
        ("a personal letter", "letter"),
        ("a message of solidarity", "solidarity"),
        ("a floral basket", "floral_basket"),
        ("a wreath", "wreath"),
        ("a gift", "gift"),
    ],
)
def test_each_kind_is_known_by_its_noun(noun: str, kind: str) -> None:
    assert sent(f"{KIM}, sent {noun} to {XI}.") == [(kind, "out", "CN", "Kim Jong Un", "Xi Jinping")]
    assert sent(f"{KIM}, received {noun} from {XI}.") == [(kind, "in", "CN", "Xi Jinping", "Kim Jong Un")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Choe Son Hui, foreign minister of the DPRK, received a letter from Wang Yi, foreign minister of China.",
            ("letter", "in", "CN", "Wang Yi", "Choe Son Hui"),
        ),
        (
            "Russian President Vladimir Putin sent a message of sympathy to Kim Jong Un over the flood.",
            ("sympathy", "in", "RU", "Vladimir Putin", "Kim Jong Un"),
        ),
        (
            "The Central Committee of the WPK sent a congratulatory message to the Communist Party of Vietnam.",
            ("congratulation", "out", "VN", "Central Committee of the WPK", "Communist Party of Vietnam"),
        ),
        (
            "Kim Jong Un received a floral basket from the president of the Lao People's Democratic Republic.",
            ("floral_basket", "in", "LA", "president of the Lao People's Democratic Republic", "Kim Jong Un"),
        ),
        (
            "Kim Jong Un was presented with a gift by the visiting delegation of Mongolia.",
            ("gift", "in", "MN", "delegation of Mongolia", "Kim Jong Un"),
        ),
        (
            "Choe Son Hui sent on Friday a congratulatory message to Ali Example upon his election as premier of Iran.",
            ("congratulation", "out", "IR", "Choe Son Hui", "Ali Example"),
        ),
        (
            "The envoy conveyed the warm greetings of Vladimir Putin, president of Russia, to Kim Jong Un.",
            ("verbal", "in", "RU", "Vladimir Putin", "Kim Jong Un"),
        ),
        (
            "Old pages lose blanks: ComradeKim Jong Unreceived a message of greeting from the president of Syria.",
            ("greeting", "in", "SY", "president of Syria", "Kim Jong Un"),
        ),
    ],
)
def test_both_sides_are_named_short_and_without_titles(sentence: str, found: tuple[str, ...]) -> None:
    assert sent(sentence) == [found]


@pytest.mark.parametrize(
    ("sentence", "senders"),
    [
        (
            "Kim Jong Un received a letter from the Lao ambassador and a floral basket from the Cuban embassy here.",
            ["Lao ambassador", "Cuban embassy"],
        ),
        (
            "Kim Jong Un received a letter from the head of the Labour Party, the chairman of the Party of Ireland.",
            ["chairman of the Party of Ireland"],
        ),
        (
            "Kim Jong Un received a letter from Thongloun Sisoulith, the president of Laos, and the president of Cuba.",
            ["Thongloun Sisoulith", "president of Cuba"],
        ),
        (
            "Kim Jong Un received a letter from Thongloun Sisoulith and the premier of Laos.",
            ["Thongloun Sisoulith", "premier of Laos"],
        ),
    ],
    ids=["a gift in between", "another's office before", "a name before its office", "a name, and another's office"],
)
def test_each_sender_of_a_list_is_named_alone(sentence: str, senders: list[str]) -> None:
    assert sorted(found[3] for found in sent(sentence)) == sorted(senders)


@pytest.mark.parametrize(
    ("sentence", "recipient"),
    [
        ("The premier of Laos sent a message to the Women's Union of Korea.", "Women's Union of Korea"),
        ("He received a letter from the premier of Laos.", "Kim Jong Un"),
        ("A letter from the ambassador of Laos was conveyed to an official concerned.", "official concerned"),
    ],
    ids=["an organ", "him", "an official"],
)
def test_a_recipient_is_whom_the_sentence_names_and_the_leader_only_where_he_is_meant(
    sentence: str, recipient: str
) -> None:
    found = sent(("Report", "Kim Jong Un went to a farm in the east of the DPRK.", sentence))
    assert [each[4] for each in found] == [recipient]
    assert found[0][3] in ("premier of Laos", "ambassador of Laos")


def test_they_are_nobody_in_particular() -> None:
    found = sent(("Report", "Officials went to the hill.", "They sent a wreath to the president of Russia."))
    assert found == [("wreath", "out", "RU", "", "president of Russia")]


def test_a_long_office_is_named_whole_and_the_longest_ends_with_a_word() -> None:
    office = "secretary of the Central Committee of the Lao People's Revolutionary Party and chairman of the {} of Laos"
    (found,) = sent(f"Kim Jong Un received a gift from the {office.format('State Council')}.")
    assert found[3] == office.format("State Council")
    (found,) = sent(f"Kim Jong Un received a gift from the {office.format('Friendship ' * 20)}.")
    assert len(found[3]) <= 200
    assert found[3].endswith(" Friendship…")


@pytest.mark.parametrize(
    "sentence",
    [
        "Kim Jong Un sent gifts to the children of the flooded villages.",
        "Vladimir Putin sent a message of greeting to Xi Jinping.",
        "The message said that Kim Jong Un sent warm greetings to the people of China.",
        "Kim Jong Un was away, and the floral basket was handed by the Chinese ambassador to an official.",
        "The mayor of Paris received a letter from pupils of Peru.",
        "Kim Jong Un received a letter from workers of the steel mill.",
        "The Association of Koreans in China laid a wreath at the statue of Kim Il Sung.",
    ],
)
def test_what_is_no_message_between_the_two_sides_is_none(sentence: str) -> None:
    assert sent(sentence) == []


def test_a_list_of_senders_gives_one_message_for_each_state() -> None:
    text = (
        "Kim Jong Un received messages of greeting from the president of the Syrian Arab Republic, "
        "the president of Nicaragua and the chairman of a party of Russia."
    )
    rows = of_kind("message", text)
    assert [(r["partner"], r["detail"]["from"]) for r in rows] == [
        ("NI", "president of Nicaragua"),
        ("RU", "chairman of a party of Russia"),
        ("SY", "president of the Syrian Arab Republic"),
    ]
    assert all(r["detail"]["grouped"] and not r["detail"]["named"] for r in rows)


def test_messages_adopted_at_meetings_come_from_the_meetings_states() -> None:
    text = "Congratulatory messages to Kim Jong Un were adopted at the meetings held in Nepal and Peru."
    assert {(kind, way, state) for kind, way, state, *_ in sent(text)} == {
        ("congratulation", "in", "NP"),
        ("congratulation", "in", "PE"),
    }


def test_an_ambassador_is_sent_by_his_own_state_and_not_by_the_one_he_is_sent_to() -> None:
    text = "Ambassadors of Nepal and Peru to Cuba paid condolatory visits to the DPRK embassy."
    assert {state for _, _, state, *_ in sent(text)} == {"NP", "PE"}


def test_an_enemy_in_a_fighters_name_is_no_side() -> None:
    assert sent("Officials laid a wreath at the bust of the anti-Japanese fighter Kim Jong Suk.") == []


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("on the demise of his father", "condolence"),
        ("thanking him for the rice", "thanks"),
        ("to congratulate him", "congratulation"),
        ("on his election", "congratulation"),
        ("on Friday", "letter"),
    ],
)
def test_a_bare_message_is_of_the_kind_that_its_sentence_tells(rest: str, kind: str) -> None:
    assert [kind for kind, *_ in sent(f"Kim Jong Un received a message from the president of Peru {rest}.")] == [kind]


def test_the_messages_are_of_the_kind_told_of_before() -> None:
    text = (
        "Kim Jong Un received messages of sympathy from abroad, one from the president of Peru. "
        "The messages came from the king of Cambodia, too."
    )
    assert {(kind, state) for kind, _, state, *_ in sent(text)} == {("sympathy", "PE"), ("sympathy", "KH")}


def test_they_are_told_by_the_name_of_their_state() -> None:
    text = ("News", "A delegation of Peru visited the hill.", "They laid wreaths before the statue of Kim Il Sung.")
    assert sent(text) == [("wreath", "in", "PE", "Peru", "Kim Il Sung")]


FULL = (
    "Kim Jong Un Sends Message",
    f"Pyongyang, March 2 (KCNA) -- {KIM}, sent a message of greeting to {XI}, on March 1.",
    "The message said:",
    "Respected Comrade General Secretary,",
    "I congratulate you on the occasion of the 77th founding anniversary of the PRC.",
    "I wish you good health. -0-",
)


def test_a_text_that_is_given_whole_is_counted_without_its_frame() -> None:
    row = only(FULL)
    assert (row["full_text"], row["value"]) == (True, 4 + 14 + 5)


@pytest.mark.parametrize(
    ("why", "words", "kind"),
    [
        ("", "Please accept my sincere congratulations on the birthday of the Republic.", "congratulation"),
        ("", "I was saddened by the news, and send you my condolences.", "condolence"),
        ("", "Thank you for the congratulations that you sent me.", "thanks"),
        ("", "Our two peoples will build the bridge together.", "letter"),
        (", in reply to his message of greeting", "I congratulate you once more.", "reply"),
    ],
)
def test_a_mere_message_is_what_its_sentence_or_its_first_words_say(why: str, words: str, kind: str) -> None:
    lead = f"Pyongyang, March 2 (KCNA) -- {KIM}, received a message from {XI}{why}."
    assert only(("Message to Kim Jong Un", lead, "The message said:", "Respected Comrade,", words))["code"] == kind


def test_a_letter_stays_one_whatever_it_says() -> None:
    lead = f"Pyongyang, March 2 (KCNA) -- {KIM}, received a personal letter from {XI}."
    text = ("Letter to Kim Jong Un", lead, "The letter said:", "Respected Comrade,", "I congratulate you.")
    assert only(text)["code"] == "letter"


def test_the_occasion_is_looked_for_in_the_messages_first_lines_too() -> None:
    assert only(FULL)["occasion"] == "77th founding anniversary of the PRC"


def test_the_date_stands_as_the_article_writes_it() -> None:
    assert only(FULL)["dated"] == "March 1"


@pytest.mark.parametrize(
    ("line", "salutation"),
    [
        ("General Secretary,", 0),
        ("Respected Comrade General Secretary,", 1),
        ("Dear Comrade President,", 1),
        ("My closest comrade,", 2),
    ],
)
def test_a_salutation_is_classed(line: str, salutation: int) -> None:
    assert only((*FULL[:3], line, *FULL[4:]))["salutation"] == salutation


def test_a_message_that_calls_nobody_has_no_salutation() -> None:
    assert "salutation" not in only((*FULL[:3], *FULL[4:]))


def test_a_text_that_is_only_reported_is_counted_and_not_full() -> None:
    row = only(
        (
            "Greetings",
            "Pak Thae Song sent a message of greeting to Li Qiang, premier of China, on its national day.",
            "The message wished him success in his work.",
        )
    )
    assert (row["full_text"], row["value"], row["occasion"]) == (False, 8, "its national day")


def test_a_gift_has_no_words() -> None:
    row = only(("Gift", "Kim Jong Un received a gift from the president of China.", "It was handed over today."))
    assert row["value"] == 0


def test_a_message_told_twice_counts_once() -> None:
    again = "Kim Jong Un sent a message of greeting to Xi Jinping."
    assert len(sent((f"{again}", again, again))) == 1


def test_the_evidence_is_the_sentence_that_reports_it() -> None:
    row = only(FULL)
    assert row["quote"].startswith("Pyongyang, March 2")
    assert row["quote"].endswith("on March 1.")


def test_the_exchanges_of_october_2024_are_read_whole(shared: Path) -> None:
    rows = pl.read_ndjson(shared / "data" / "kcna_en.jsonl").with_columns(
        article=pl.col("url"), date=pl.col("date").str.to_date()
    )
    week = rows.filter(pl.col("date").is_between(date(2024, 10, 1), date(2024, 10, 8))).select(ARTICLES.names())
    found = signals.detect(week, house_lexicon()).filter(
        (pl.col("kind") == "message") & pl.col("partner").is_in(["CN", "RU"])
    )
    told = {
        (str(r["date"]), r["code"], r["detail"]["from"], r["detail"]["to"], int(r["value"]), r["detail"]["full_text"])
        for r in found.iter_rows(named=True)
    }
    assert {
        ("2024-10-01", "greeting", "Kim Jong Un", "Xi Jinping", 236, True),
        ("2024-10-06", "greeting", "Kim Jong Un", "Xi Jinping", 263, True),
        ("2024-10-06", "greeting", "Xi Jinping", "Kim Jong Un", 332, True),
        ("2024-10-07", "greeting", "Choe Son Hui", "Wang Yi", 110, False),
        ("2024-10-07", "greeting", "Wang Yi", "Choe Son Hui", 126, False),
        ("2024-10-08", "greeting", "Kim Jong Un", "Vladimir Vladimirovich Putin", 273, True),
    } <= told
    occasions = " ".join(r["detail"]["occasion"] for r in found.iter_rows(named=True))
    assert "75th anniversary of the establishment of diplomatic relations" in occasions
    assert "your birthday" in occasions


def test_messages_that_two_sides_exchanged_are_one_each_way() -> None:
    text = (
        "Foreign News",
        "The DPRK minister exchanged messages of greeting with her South African counterpart.",
    )
    rows = of_kind("message", text)
    assert sorted((row["partner"], row["code"], row["detail"]["direction"]) for row in rows) == [
        ("ZA", "greeting", "in"),
        ("ZA", "greeting", "out"),
    ]


def test_they_came_from_speaks_of_the_messages_just_told_of() -> None:
    text = (
        "Greetings from Abroad",
        "Kim Jong Un received congratulatory messages from different countries.",
        "They came from the chairman of the Motherland Party of Turkiye and the Front for the Liberation of Chad.",
    )
    assert {(row["partner"], row["code"]) for row in of_kind("message", text)} == {
        ("TR", "congratulation"),
        ("TD", "congratulation"),
    }


def test_a_wreath_before_a_monument_of_ours_is_for_the_home_side() -> None:
    (row,) = of_kind("message", ("Wreath", "The delegation of Russia laid a wreath before the Liberation Tower."))
    assert (row["partner"], row["code"], row["detail"]["direction"]) == ("RU", "wreath", "in")


def kinds(*texts: tuple[str, ...] | str) -> set[tuple[str, str, str]]:
    """kind, direction and partner."""
    return {(row["code"], row["detail"]["direction"], row["partner"]) for row in of_kind("message", *texts)}


def test_a_call_of_condolence_at_an_embassy_is_a_message() -> None:
    text = "Ana Example, president of Cuba, visited the DPRK embassy in Havana to express condolences on his demise."
    assert kinds(text) == {("condolence", "in", "CU")}
    assert kinds(text.replace("to express condolences on his demise", "to see a film")) == set()


LAO_CONDOLENCE = "The Lao prime minister expressed deep condolences over the demise of leader Kim Jong Il."


def test_whoever_condoles_has_written_to_pyongyang_wherever_the_text_tells_of_it() -> None:
    found = {("condolence", "in", "LA")}
    assert kinds(("Lao PM Mourns", LAO_CONDOLENCE)) == found
    assert kinds(("Mourners", "Many people mourned.", LAO_CONDOLENCE)) == found
    his = "He extended sincere sympathy to the Korean people."
    assert kinds(("Mourners", "Kim Jong Il died.", "A peasant of Laos spoke.", his)) == found
    assert kinds(("Mourners", "Kim Jong Il died.", "A peasant of Laos and one of Cuba spoke.", his)) == set()
    assert kinds("A society of Laos issued on Friday a condolatory statement on the demise of Kim Jong Il.") == found


def test_words_of_condolence_are_no_second_message_and_those_for_another_state_are_none() -> None:
    wreath = "Kim Jong Un received a wreath from the Lao prime minister."
    assert kinds(("Wreath", wreath, LAO_CONDOLENCE)) == {("wreath", "in", "LA")}
    text = LAO_CONDOLENCE.replace("of leader Kim Jong Il", "of the Cuban president")
    assert kinds(("Lao PM Mourns", text, "Kim Jong Un was told.")) == set()
    assert kinds(("Mourners", "Many people mourned.", text, "Kim Jong Un was told.")) == set()


def test_a_list_after_the_sentence_names_those_whom_it_left_unnamed() -> None:
    lead = "Personages of various countries paid condolatory visits to the DPRK embassies on the demise of the leader."
    listed = "They included the foreign minister of Pakistan and the chairman of a Romanian union."
    more = "Among them were a delegation of the C.C.", "Workers' Party of Mexico.", "Among them were Peruvian priests."
    states = {("condolence", "in", state) for state in ("PK", "RO", "MX", "PE")}
    assert kinds(("Personages Mourn", lead, listed, *more, "Chile was hit by a flood.")) == states

    lead = "Foreign parties and personages sent floral baskets to the statues of Kim Il Sung and Kim Jong Il."
    baskets = {("floral_basket", "in", state) for state in ("PK", "RO")}
    assert kinds(("Floral Tribute Paid", lead, listed)) == baskets


def test_envoys_condole_for_the_states_that_sent_them_and_not_for_where_they_are() -> None:
    lead = "Many foreigners paid condolatory visits to the DPRK missions on the demise of the leader."
    listed = "Among them were diplomatic envoys of Brazil and Ghana in Ethiopia."
    assert kinds(("Mourners", lead, listed)) == {("condolence", "in", "BR"), ("condolence", "in", "GH")}
    text = "The ambassadors of Nepal and Algeria to Pakistan visited the DPRK embassy there to express condolences."
    assert kinds(("Mourners", text)) == {("condolence", "in", "NP"), ("condolence", "in", "DZ")}


def test_envoys_in_many_lands_condole_by_the_words_that_are_told_of_them() -> None:
    lead = "Diplomats paid condolatory visits to the DPRK missions on the demise of the leader."
    told = ("They were silent for a moment.", "The Cuban ambassador to Nepal said that he mourned.")
    assert kinds(("Mourners", lead, *told, "A teacher in Peru said so, too.")) == {("condolence", "in", "CU")}


def test_callers_who_leave_wreaths_sent_wreaths_and_the_envoys_beside_them_condole() -> None:
    lead = "Personages of Peru visited the DPRK embassy in Lima to mourn the demise of the leader."
    wreaths = "They laid wreaths before his portrait."
    envoys = "The ambassadors of Nepal and Laos to Peru paid condolatory visits to the DPRK embassy."
    condoled = {("condolence", "in", state) for state in ("NP", "LA")}
    assert kinds(("Mourners", lead, envoys)) == {("condolence", "in", "PE"), *condoled}
    assert kinds(("Mourners", lead, wreaths, envoys)) == {("wreath", "in", "PE"), *condoled}


@pytest.mark.parametrize(
    "call",
    [
        "The DPRK embassy in Lima was visited on Dec. 2 by the chairmen of two parties of Peru.",
        "Condolatory visits to the DPRK embassy in Lima were paid by two ministers of Peru.",
        "A minister of Peru visited the mourning station of a medical group in Lima to express condolences.",
    ],
)
def test_a_call_told_of_in_the_passive_or_at_a_mourning_station_is_one(call: str) -> None:
    lead = "Personages of Chile visited the DPRK embassy in Santiago to mourn the demise of the leader."
    assert kinds(("Mourners", lead, call)) == {("condolence", "in", "CL"), ("condolence", "in", "PE")}


def test_the_list_may_go_on_in_other_words() -> None:
    lead = "Organizations of different countries sent floral baskets to the DPRK missions."
    lists = ("They included a ministry of Iran.", "Also among them were a party of Peru and the Lao embassy in Chile.")
    more = "The personages included a vice-president of Syria."
    found = {("floral_basket", "in", state) for state in ("IR", "PE", "LA", "SY")}
    assert kinds(("Floral Baskets", lead, *lists, more)) == found
    lead = "Kim Jong Un received messages of condolences from party leaders of different countries."
    assert kinds(("Messages", lead, "They included the secretary of a party of Peru.")) == {("condolence", "in", "PE")}


def test_a_wreath_in_the_name_of_the_delegation_is_of_the_state_that_the_first_sentence_tells_of() -> None:
    lead = "A delegation of Laos visited a memorial palace."
    text = "A floral basket in the name of the delegation was laid before the statue of Kim Il Sung."
    assert kinds(("Lao Delegation Pays Tribute", lead, text)) == {("floral_basket", "in", "LA")}
    assert kinds(("Delegation Pays Tribute", lead.replace(" of Laos", ""), text)) == set()


def test_a_wreath_speaks_for_the_one_whose_name_it_bears() -> None:
    ours = ("Kim Jong Un at the Friendship Tower", "A wreath in the name of Kim Jong Un was laid.", "China's fell.")
    assert kinds(ours) == {("wreath", "out", "CN")}
    (row,) = of_kind("message", ours)
    assert (row["detail"]["from"], row["detail"]["to"]) == ("Kim Jong Un", "Friendship Tower")
    at_home = ("Kim Jong Un at a Cemetery", "A wreath in the name of Kim Jong Un was laid.", "China was silent.")
    assert kinds(at_home) == set()
    theirs = ("At the Bier", "Placed before the bier were wreaths in the name of the Cambodian and Iranian embassies.")
    assert kinds(theirs) == {("wreath", "in", "KH"), ("wreath", "in", "IR")}


def test_what_is_laid_at_a_monument_is_for_the_monument_and_not_for_the_leader() -> None:
    text = (
        "At a Tower",
        "Kim Jong Un spoke.",
        "Staff of the Russian embassy laid a wreath before the Liberation Tower.",
    )
    (row,) = of_kind("message", text)
    assert (row["partner"], row["detail"]["to"]) == ("RU", "Liberation Tower")


def test_who_hands_a_message_over_is_no_part_of_the_name_of_its_recipient() -> None:
    (row,) = of_kind("message", "A letter from Kim Jong Un was conveyed to President Putin by the ambassador.")
    assert (row["detail"]["to"], row["detail"]["named"]) == ("Putin", True)


def test_a_call_of_condolence_is_for_the_embassy_and_has_no_words() -> None:
    text = (
        "Nepali PM Visits DPRK Embassy",
        "The prime minister of Nepal paid a condolatory visit to the DPRK embassy on the demise of leader Kim Jong Il.",
        "He wrote in the book of condolences that the people of Nepal mourn him.",
    )
    (row,) = of_kind("message", text)
    assert (row["code"], row["value"], row["detail"]["to"]) == ("condolence", 0, "DPRK embassy")


def test_a_similar_message_is_of_the_kind_told_of_before() -> None:
    text = (
        "Greetings to Latvia",
        "Choe Yong Rim sent a message of greeting to the prime minister of Latvia on his reappointment.",
        "Pak Ui Chun also sent a similar message to the Lao minister to congratulate him.",
    )
    assert kinds(text) == {("greeting", "out", "LV"), ("greeting", "out", "LA")}
    assert [row["detail"]["to"] for row in of_kind("message", text)][1] == "Lao minister"


def test_organs_of_korea_and_the_north_are_pyongyangs_side() -> None:
    text = "The Syrian Women's Union sent a message to the Democratic Women's Union of Korea to mourn the demise."
    assert kinds(text) == {("condolence", "in", "SY")}
    assert kinds("A lawyer of south Korea paid a condolatory visit to the north.") == {("condolence", "in", "KR")}


def test_koreans_abroad_write_for_no_state() -> None:
    text = "A letter from the Central Association of Korean Nationals in Russia was conveyed to Kim Jong Un."
    assert kinds(("A Letter from Russia", text)) == set()
    text = "A union of Koreans in Sample City of East Province of China sent a wreath to the DPRK embassy."
    assert kinds(("Koreans Mourn", text, "They laid wreaths before the portrait of Kim Jong Il.")) == set()


def test_a_family_writes_for_no_state() -> None:
    text = "Kim Jong Un received a floral basket from the family of Ana Example, a doctor of Laos."
    assert kinds(("Floral Basket from Lao Family", text)) == set()
    text = "Kim Jong Un received a floral basket from the ministry of Family Affairs of Laos."
    assert kinds(("Floral Basket from Laos", text)) == {("floral_basket", "in", "LA")}


def test_what_only_the_headline_says_to_have_come_is_a_message() -> None:
    text = "Ana Example of Laos visited a mourning centre and bowed to Kim Jong Il."
    assert kinds(("Wreath from Lao President", text)) == {("wreath", "in", "LA")}
    assert kinds(("Wreath from Lao Family", text)) == set()
    assert kinds(("Wreath to Cuba from Lao President", text)) == set()
    (row,) = of_kind("message", ("Wreath from Lao President", "Kim Jong Un received a wreath from the Lao president."))
    assert row["detail"]["to"] == "Kim Jong Un"


def test_a_guest_is_of_the_state_that_the_first_sentence_tells_of() -> None:
    lead = "Kim Jong Un saw a concert of an art group of Laos."
    gift = "The head of the art group presented to Kim Jong Un a gift prepared with sincerity."
    assert kinds(("A Concert", lead, gift)) == {("gift", "in", "LA")}
    assert kinds(("A Concert", lead.replace(" of Laos", ""), gift, "Laos is far.")) == set()
    lead = "Kim Jong Un passed through Sample Province of China."
    gift = "He was presented with a gift by the provincial government."
    assert kinds(("On the Way", lead, gift)) == {("gift", "in", "CN")}
    assert kinds(("On the Way", lead.replace("Kim Jong Un", "The Lao president, with Kim Jong Un,"), gift)) == set()


def test_a_gift_beside_a_letter_is_a_second_message() -> None:
    text = "Kim Jong Un received a personal letter and a gift from the president of Laos."
    assert kinds(text) == {("letter", "in", "LA"), ("gift", "in", "LA")}
    text = "Kim Jong Un received a floral basket and a congratulatory card from the president of Laos."
    assert kinds(text) == {("floral_basket", "in", "LA")}  # its card


def test_a_letter_to_him_is_one_to_the_leader_told_of_before() -> None:
    text = ("A Meeting in Laos", "A meeting was held in Laos on the works of Kim Jong Un.")
    assert kinds((*text, "A letter to him was adopted at the meeting.")) == {("letter", "in", "LA")}


def test_a_meeting_may_be_said_by_the_headline_alone_to_be_abroad() -> None:
    text = ("A seminar was held in Sampletown.", "A letter to Kim Jong Un was adopted at the seminar.")
    assert kinds(("Seminar Held in Laos", *text)) == {("letter", "in", "LA")}
    assert kinds(("Seminar Held", *text, "Laos is far.")) == set()


def test_greetings_that_are_exchanged_when_people_meet_are_no_message() -> None:
    text = "Kim Jong Un exchanged warm greetings with the president of Laos{}."
    assert kinds(text.format("")) == set()
    assert kinds(text.format(" on the anniversary of the ties")) == {("greeting", d, "LA") for d in ("in", "out")}


def test_a_meeting_of_many_states_writes_for_none_of_them() -> None:
    held = "took place in Mexico.", "A letter to Kim Jong Un was adopted at the seminar."
    assert kinds(("A Seminar", f"A national seminar {held[0]}", held[1])) == {("letter", "in", "MX")}
    assert kinds(("A Seminar", f"A Latin American regional Juche idea seminar {held[0]}", held[1])) == set()


def test_messages_that_came_to_somebody_are_for_him() -> None:
    text = "Messages of greeting came to the Eighth Congress of the WPK from the Communist Party of Vietnam."
    (row,) = of_kind("message", text)
    assert (row["detail"]["to"], row["partner"]) == ("Eighth Congress of the WPK", "VN")


def test_a_gift_may_be_presented_jointly() -> None:
    text = "Kim Jong Un received a gift jointly presented by a centre of Egypt and a firm of China."
    assert kinds(text) == {("gift", "in", "EG"), ("gift", "in", "CN")}


def test_a_state_of_the_past_writes_no_more() -> None:
    text = "Kim Jong Un received a letter from the Communist Party of the Soviet Union."
    assert kinds(text) == set()


def test_in_a_list_each_sender_of_one_state_has_a_row_of_his_own() -> None:
    text = (
        "Greetings from Abroad",
        (
            "Kim Jong Un received messages of greeting from the president of the Russian Federation, the chairman of "
            "the Communist Party of the Russian Federation and the president of Mongolia."
        ),
    )
    senders = [(row["partner"], row["detail"]["from"]) for row in of_kind("message", text)]
    assert sorted(senders) == [
        ("MN", "president of Mongolia"),
        ("RU", "chairman of the Communist Party of the Russian Federation"),
        ("RU", "president of the Russian Federation"),
    ]


def test_an_office_of_several_matters_is_not_cut_and_a_person_opens_an_item() -> None:
    text = (
        "Floral Tribute",
        "Many foreign personages sent floral baskets to the statue of President Kim Il Sung.",
        (
            "They included the deputy minister of Labour and Trade of Nepal, an advisor of the Peruvian Ministry of "
            "Forests and Rivers, Example Person, manager of a trading company of Cuba, and Another Person, editor of a "
            "paper of Laos."
        ),
    )
    senders = {partner: sender for _, _, partner, sender, _ in sent(text)}
    assert senders == {
        "NP": "deputy minister of Labour and Trade of Nepal",
        "PE": "advisor of the Peruvian Ministry of Forests and Rivers",
        "CU": "Example Person",
        "LA": "Another Person",
    }


def test_an_organ_with_a_word_before_it_opens_no_item() -> None:
    text = (
        "Greetings",
        (
            "Kim Jong Un received messages of greeting from the king of Nepal, a secretary of the C.C., Workers Front, "
            "from Brazil, and the chairman of the school, Example Committee, founded in Peru."
        ),
    )
    senders = {partner: sender for _, _, partner, sender, _ in sent(text)}
    assert senders["BR"].startswith("secretary of the C.C.")
    assert senders["PE"].startswith("chairman of the school")


def test_one_person_with_two_offices_is_one_sender() -> None:
    text = (
        "Kim Jong Un received a message of greeting from Xi Jinping, general secretary of the C.C., Communist Party of "
        "China and president of the People's Republic of China."
    )
    (row,) = of_kind("message", ("Greetings", text))
    assert row["detail"]["from"] == "Xi Jinping"


def test_personages_of_many_countries_by_no_name_are_senders_all_the_same() -> None:
    text = (
        "Kim Jong Un received congratulatory letters from the chairman of a party of Nepal and other high-ranking "
        "personages of political and social circles in China, Laos and Peru."
    )
    assert {(state, who) for _, _, state, who, _ in sent(("Greetings", text))} == {
        ("NP", "chairman of a party of Nepal"),
        *((state, f"high-ranking personages of {name}") for state, name in (("CN", "China"), ("LA", "Laos"))),
        ("PE", "high-ranking personages of Peru"),
    }


def test_letters_told_of_by_their_words_alone_have_those_who_say_them_as_senders() -> None:
    text = (
        "Voices from Abroad",
        "In congratulatory messages and letters on the occasion of the New Year foreign figures praised Kim Jong Un.",
        "The chairman of a party of Hungary said that all is well.",
        "The head of the Sweden-Korea Society and the leader of a party of Mexico expressed belief in more.",
    )
    rows = of_kind("message", text)
    assert {(row["code"], row["partner"], row["detail"]["to"]) for row in rows} == {
        ("congratulation", "HU", "Kim Jong Un"),
        ("congratulation", "SE", "Kim Jong Un"),
        ("congratulation", "MX", "Kim Jong Un"),
    }


def test_what_pyongyang_answers_is_no_word_of_the_message() -> None:
    told = ("Message", "Kim Jong Un received a message of sympathy from the president of Cuba.", "He offered his help.")
    answer = "Kim Jong Un expressed thanks for the help."
    (row,) = of_kind("message", (*told, answer, "He spoke of friends."))
    assert row["value"] == 4  # the words of its one sentence


def test_two_messages_of_a_kind_are_grouped_and_one_is_not() -> None:
    one = "Kim Jong Un received a letter from the president of Cuba."
    two = f"{one} Kim Jong Un received a letter from the president of Laos."
    assert [row["detail"]["grouped"] for row in of_kind("message", one)] == [False]
    assert [row["detail"]["grouped"] for row in of_kind("message", two)] == [True, True]


@pytest.mark.parametrize(
    ("headline", "found"),
    [
        ("Greetings to Lao President", ("greeting", "out", "LA")),
        ("Ri Example Greets FM of Laos", ("greeting", "out", "LA")),
        ("Ri Example Congratulates Lao FM", ("congratulation", "out", "LA")),
        ("Ri Example Sends Message of Sympathy to Lao FM", ("sympathy", "out", "LA")),
        ("Ri Example Receives Reply Message from Lao FM", ("reply", "in", "LA")),
        ("Floral Basket to Ri Example from Lao FM", ("floral_basket", "in", "LA")),
        ("Letter from Laos", None),  # by whom it was read, nothing says
        ("Greetings to Koreans in Laos", None),
    ],
)
def test_a_headline_tells_what_its_text_says_in_words_that_nobody_knows(
    headline: str, found: tuple[str, str, str] | None
) -> None:
    text = "Ri Example, premier of the DPRK, on Monday sent his best to Ana Example."
    assert kinds((headline, text)) == ({found} if found else set())


def test_a_headline_tells_of_no_message_of_another_state() -> None:
    assert kinds(("Greetings to Lao President", "The Cuban premier sent his best to him.", "The DPRK is far.")) == set()


def test_what_came_from_many_lands_is_named_later() -> None:
    listed = "They included a front of Ghana and a union of Peru."
    states = ("GH", "PE")
    came = "Wreaths came from political parties of different countries on the demise of leader Kim Jong Il."
    assert kinds(("Wreaths", came, listed)) == {("wreath", "in", state) for state in states}
    were = "Floral baskets were sent to the DPRK missions in the names of parties of several countries."
    baskets = {("floral_basket", "in", state) for state in states}
    assert kinds(("Baskets", were, "They stood there.", "They were from a front of Ghana.")) == set()
    assert kinds(("Baskets", were, "They were from a front of Ghana and a union of Peru.")) == baskets
    laid = "Laid before the portrait of Kim Il Sung were floral baskets from a front of Ghana and a union of Peru."
    assert kinds(("Baskets", laid)) == baskets
    ours = "Laid before the portrait of the deceased were wreaths from the Korean Committee for Friends of Cuba."
    assert kinds(("Wreaths at an Embassy", ours)) == set()


def test_who_calls_at_an_embassy_with_floral_baskets_on_a_day_of_joy_has_sent_them() -> None:
    lead = "Personages of {} paid congratulatory visits to the DPRK missions on its birthday."
    laid = "They laid floral baskets before the portraits."
    listed = "Among them were a minister of Ghana and a priest of Peru."
    baskets = {("floral_basket", "in", state) for state in ("GH", "PE")}
    assert kinds(("Visits", lead.format("Ghana and Peru"), laid)) == baskets
    assert kinds(("Visits", lead.format("different countries"), laid, listed)) == baskets
    assert kinds(("Visits", lead.format("different countries"), listed)) == set()


def test_a_floral_basket_for_the_artistes_is_one_between_the_states() -> None:
    lead = "Kim Jong Un saw a performance of an art group of Laos."
    basket = "Kim Jong Un conveyed a floral basket to the artistes."
    assert kinds(("A Concert", lead, basket)) == {("floral_basket", "out", "LA")}
    assert kinds(("A Concert", lead.replace("of Laos", "here"), basket, "Laos is far.")) == set()
    theirs = "Staff members of the Lao embassy here handed a floral basket to the performers."
    assert kinds(("A Concert", "Kim Jong Un saw a concert.", theirs)) == {("floral_basket", "in", "LA")}


def test_a_wreath_may_be_told_of_after_the_bier_before_which_it_is_laid() -> None:
    text = "The attache of the Lao embassy here laid before the bier of Kim Jong Il a wreath in the name of his office."
    assert kinds(text) == {("wreath", "in", "LA")}


def test_a_sentence_that_a_page_breaks_off_is_read_whole() -> None:
    text = "Kim Jong Un received a message of condolences from the leader of the C.C.", "Communist Party of Canada."
    assert kinds(("Message", *text)) == {("condolence", "in", "CA")}
    lead = "Personages of various countries paid condolatory visits to the DPRK embassies on the demise of the leader."
    listed = "They included a minister of Peru and a director of the Union of Bra", "zil and a doctor of Nepal."
    assert kinds(("Visits", lead, *listed)) == {("condolence", "in", state) for state in ("PE", "NP")}
    assert kinds(("A Letter", "Kim Jong Un received a letter from the ministry", "Laos is far.")) == set()


def test_what_was_also_laid_is_told_of() -> None:
    text = (
        "Kim Jong Un bowed.",
        "A wreath sent from the Hungarian Workers' Party was also laid before the bier of Kim Jong Il.",
    )
    assert kinds(("Wreaths", *text)) == {("wreath", "in", "HU")}


def test_greetings_that_an_ambassador_passes_on_are_a_verbal_message_each_way_though_no_state_is_named_there() -> None:
    text = (
        "DPRK Ambassador Takes Leave of King",
        "The DPRK ambassador to Thailand paid a farewell call on the king of Thailand.",
        "The ambassador conveyed the greetings from Kim Jong Un to King Rama.",
        "The king expressed thanks for it and asked the ambassador to convey his best wishes to Kim Jong Un.",
    )
    found = [("verbal", "out", "TH", "Kim Jong Un", "Rama"), ("verbal", "in", "TH", "Rama", "Kim Jong Un")]
    assert sent(text) == found
    at_home = "The ambassador conveyed the greetings from Kim Jong Un to officials of the DPRK embassy."
    assert sent((*text[:2], at_home)) == []


def test_what_is_said_as_regards_something_greets_nobody() -> None:
    text = ("Answer", "A spokesman for a committee of the DPRK gave an answer to a question as regards south Korea.")
    assert sent(text) == []


def test_a_message_sent_by_somebody_is_received_from_him() -> None:
    text = "The WPK Central Committee received a message of condolences sent by Ana Example, leader of a party of Peru."
    assert sent(text) == [("condolence", "in", "PE", "Ana Example", "WPK Central Committee")]


def test_senders_of_many_countries_are_named_in_the_next_sentence() -> None:
    lead = (
        "Kim Jong Un received messages expressing deep condolences from party leaders and personages of many countries."
    )
    names = "They are the chairman of a party of Nepal, the leader of a party of Peru and the ministry of Rwanda."
    assert kinds(("Messages Received", lead, names)) == {("condolence", "in", state) for state in ("NP", "PE", "RW")}


def test_the_headline_says_the_kind_of_a_mere_message() -> None:
    lead = "Kim Jong Un received a message from Ana Example, president of Peru."
    assert kinds(("Kim Jong Un Receives Reply Message from Peruvian President", lead)) == {("reply", "in", "PE")}
    assert kinds(("Kim Jong Un Receives Message from Peruvian President", lead)) == {("letter", "in", "PE")}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["The Ministry of Education of Peru donated books to a university of the DPRK."], {("gift", "in", "PE")}),
        (["Ana Example, vice-premier of Laos, visited a farm here.", "At the end of the visit, she donated materials."],
         {("gift", "in", "LA")}),
        (["Ana Example, vice-premier of Laos, visited a farm of Chile.", "She donated materials."], set()),
        (["A bank of Peru donated money to a school of Chile."], set()),
        (["Kim Exam Ple, a worker of Nampho, donated his blood, the paper of Peru told the DPRK."], set()),
    ],
)  # fmt: skip
def test_what_another_state_donates_is_a_gift(lines: list[str], found: set[tuple[str, str, str]]) -> None:
    assert kinds(("Books", *lines)) == found


def test_a_delegation_of_which_the_lead_tells_lays_its_basket() -> None:
    lead = "A delegation of a society of Peru visited the statue of President Kim Il Sung here."
    assert kinds(("Tribute Paid", lead, "It laid a floral basket before the statue.")) == {
        ("floral_basket", "in", "PE")
    }
    wreaths = "Laid before the statue were wreaths in the name of the delegations."
    assert kinds(("Tribute Paid", lead, wreaths)) == {("wreath", "in", "PE")}


def test_koreans_abroad_are_of_no_state() -> None:
    lead = "Kim Exam Ple of an institute in Peru issued a condolatory statement over the demise of leader Kim Jong Il."
    assert sent(("Koreans in Peru Mourn Demise", lead)) == []
    assert kinds(("Peruvians Mourn Demise", lead)) == {("condolence", "in", "PE")}


def test_a_message_adopted_on_a_day_of_joy_congratulates() -> None:
    adopted = "A message to Kim Jong Un was adopted at the meeting in Peru."
    lead = "A meeting took place in Peru on the {} of the leader."
    assert kinds(("Day Marked", lead.format("birthday"), adopted)) == {("congratulation", "in", "PE")}
    assert kinds(("Day Marked", lead.format("anniversary of the demise"), adopted)) == {("letter", "in", "PE")}


def test_what_is_on_display_as_a_gift_was_one() -> None:
    lead = "On display at the exhibition house in the DPRK is a lamp."
    gift = "It is a gift presented to {} by Ana Example, wife of a Peruvian prime minister."
    assert kinds(("Table Lamp", lead, gift.format("leader Kim Jong Il"))) == {("gift", "in", "PE")}
    assert kinds(("Table Lamp", lead, gift.format("a king"))) == set()


def test_who_writes_in_the_book_of_condolence_condoles_beside_his_wreath() -> None:
    lead = "Ana Example, prime minister of Peru, visited the DPRK embassy in Lima to mourn the demise of the leader."
    wreath, wrote = "They laid wreaths before the portrait.", "She wrote in the condolence book: I am sad."
    assert kinds(("Call", lead, wreath, wrote)) == {("wreath", "in", "PE"), ("condolence", "in", "PE")}
    assert kinds(("Call", lead, wreath, "She was sad.")) == {("wreath", "in", "PE")}


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("the Ministry of Culture, Sports and Tourism of Laos", "Ministry of Culture, Sports and Tourism of Laos"),
        ("President of the Republic of Peru Ana Example", "Ana Example"),
        ("a delegation of a party of Peru led by Ana Example, member of its committee",
         "delegation of a party of Peru led by Ana Example"),
        ("a delegation of a party of Peru led by the head for culture, arts and sports",
         "delegation of a party of Peru led by the head for culture, arts and sports"),
        ("the chairman of a party of Peru and other personages", "chairman of a party of Peru"),
        ("the people of Peru in their work for peace and progress", "people of Peru"),
        ("the president of New Zealand", "president of New Zealand"),
        ("the China Example Federation", "China Example Federation"),
        ("the Committee of the Youth C.C.", ""),
    ],
)  # fmt: skip
def test_a_sender_is_named_whole_and_without_what_is_told_of_him(sender: str, name: str) -> None:
    assert [who for *_, who, _ in sent(f"Kim Jong Un received a gift from {sender}.")] == [name] * bool(name)


def test_of_a_list_each_state_has_its_own_sender_though_no_word_opens_an_item() -> None:
    lead = "Kim Jong Un received a gift from Chairman of a party of Peru Ana Example, Secretary of a party of Laos and"
    assert {(state, who) for _, _, state, who, _ in sent(f"{lead} others.")} == {
        ("PE", "Ana Example"),
        ("LA", "Secretary of a party of Laos and others"),
    }
    lead = "Envoys of Nepal, Yemen, United Arab Emirates and Cuba to Peru paid condolatory visits to the DPRK embassy."
    assert {state: who for _, _, state, who, _ in sent(lead)}["AE"] == "United Arab Emirates"
    world = "Kim Jong Un received gifts from the International Union of Example, the committee of a party of Laos."
    assert [who for *_, who, _ in sent(world)] == ["committee of a party of Laos"]


def test_the_leader_by_his_office_alone_is_the_one_whom_the_article_names() -> None:
    text = "The envoy of Peru met Kim Jong Un. He conveyed the greetings of Ana Example, king of Peru, to the {}."
    assert sent(text.format("DPRK leader")) == [("verbal", "in", "PE", "Ana Example", "Kim Jong Un")]


def test_the_occasion_may_be_told_before_the_senders_are() -> None:
    lead = "Kim Jong Un received floral baskets from many countries on the occasion of the 10th birthday of a hall."
    names = "They came from the king of Nepal and the president of Peru."
    rows = of_kind("message", ("Baskets", lead, names))
    assert {row["detail"]["occasion"] for row in rows} == {"10th birthday of a hall"}
    review = ("Press Review", f"- {lead.replace('many countries', 'the king of Nepal')}", "- He sent a gift to Peru.")
    assert [row["detail"]["occasion"] for row in of_kind("message", review) if row["code"] == "gift"] == [""]


def test_what_is_mourned_is_the_occasion() -> None:
    lead = "Kim Jong Un received a message of condolence from the king of Nepal."
    row = only(("Message", lead, "The message said that the passing of leader Exam Ple was a loss."))
    assert row["occasion"] == "passing of leader Exam Ple"


def test_a_day_that_is_part_of_a_name_is_no_date() -> None:
    assert only("Kim Jong Un received a gift from the head of the May 26 Movement of Peru.")["dated"] == ""
    assert only("Kim Jong Un received a gift from the head of a party of Peru on May 26.")["dated"] == "May 26"


def test_a_letter_that_is_adopted_on_a_day_of_joy_is_a_letter() -> None:
    lead = "A meeting took place in Peru on the birthday of the leader."
    adopted = "A {} to Kim Jong Un was adopted at the meeting in Peru."
    assert kinds(("Day Marked", lead, adopted.format("letter"))) == {("letter", "in", "PE")}
    assert kinds(("Day Marked", lead, adopted.format("message"))) == {("congratulation", "in", "PE")}


def test_two_rulers_of_one_state_write_two_messages() -> None:
    two = "Kim Jong Un received messages of greeting from Peruvian President Ana Example and Prime Minister Ali Exam."
    assert [who for *_, who, _ in sent(two)] == ["Ana Example", "Ali Exam"]
    one = "Kim Jong Un received a message of greeting from Ana Example, president and prime minister of Peru."
    assert [who for *_, who, _ in sent(one)] == ["Ana Example"]


def test_a_letter_beside_a_basket_is_a_second_message_and_a_card_is_its_card() -> None:
    text = "Kim Jong Un received a floral basket and a congratulatory {} from the Peruvian ambassador."
    basket = ("floral_basket", "in", "PE")
    assert kinds(("Day", text.format("letter"))) == {basket, ("congratulation", "in", "PE")}
    assert kinds(("Day", text.format("card"))) == {basket}
    handed = "Ana Example, ambassador of Peru, handed the basket and letter to Choe Son Hui."
    assert kinds(("Day", text.format("letter"), handed)) == {basket, ("congratulation", "in", "PE")}


def test_a_basket_in_the_name_of_the_guests_is_theirs() -> None:
    lead = "A delegation of a party of Peru on a visit to the DPRK visited the palace."
    basket = "A floral basket was placed before the {} in the name of the delegation."
    assert kinds(("Tribute Paid", lead, basket.format("statue of the President"))) == {("floral_basket", "in", "PE")}
    assert kinds(("Tribute Paid", lead, basket.format("hall"))) == set()


def test_a_gift_that_an_exhibition_shows_was_sent_long_ago() -> None:
    lead = "On display at the exhibition house in the DPRK is a lamp."
    shown = only(("Lamp", lead, "It is a gift presented to leader Kim Jong Il by Ana Example, wife of a king of Peru."))
    assert shown["historical"] is True
    assert only("Kim Jong Un received a gift from the king of Peru.")["historical"] is False


@pytest.mark.parametrize(("year", "historical"), [(1996, True), (2025, False)])
def test_what_a_sentence_says_of_a_year_that_is_long_over_is_history(year: int, historical: bool) -> None:
    text = f"In {year} Kim Jong Il received a message of greeting from the king of Peru."
    assert only(text, day=date(2026, 3, 2))["historical"] is historical
    assert (
        only(f"Kim Jong Il received a message from the king of Peru on the {year} revolution.")["historical"] is False
    )


def test_a_reply_to_a_message_that_somebody_sent_is_two_messages() -> None:
    text = "The paper printed the text of the WPK Congress' reply to a congratulatory message sent by a party of Peru."
    assert set(sent(("Letters", "Kim Jong Un spoke.", text))) == {
        ("reply", "out", "PE", "WPK Congress", "party of Peru"),
        ("congratulation", "in", "PE", "party of Peru", "WPK Congress"),
    }
    alone = "The paper printed a congratulatory message sent by a party of Peru."
    assert sent(("Letters", "Kim Jong Un spoke.", alone)) == [("congratulation", "in", "PE", "party of Peru", "")]


def test_greetings_that_are_passed_back_are_of_him_to_whom_they_were_passed_on() -> None:
    out = "Our envoy conveyed the greetings of Kim Jong Un to Ana Example, president of Peru."
    back = "The president expressed thanks for it and asked him to convey her greetings to Kim Jong Un."
    assert sent(("Envoy Received", "The envoy of the DPRK visited Peru.", out, back)) == [
        ("verbal", "out", "PE", "Kim Jong Un", "Ana Example"),
        ("verbal", "in", "PE", "Ana Example", "Kim Jong Un"),
    ]


@pytest.mark.parametrize(
    ("answer", "thanked"),
    [
        ("Kim Jong Un expressed his sincere thanks to President Ana Example for it.", True),
        ("Ana Example expressed thanks to Kim Jong Un for reading it.", False),
        ("Kim Jong Un expressed thanks to the king of Nepal for it.", False),
        ("Kim Jong Un expressed thanks to the workers of a farm.", False),
    ],
)
def test_thanks_that_are_spoken_for_a_message_answer_it(answer: str, thanked: bool) -> None:
    lead = "Kim Jong Un received a message of sympathy from Ana Example, president of Peru."
    rows = sent(("Message", lead, answer.replace("President Ana", "Peruvian President Ana")))
    assert [row for row in rows if row[0] == "thanks"] == [
        ("thanks", "out", "PE", "Kim Jong Un", "Ana Example")
    ] * thanked
    told = sent(("Talk", "Kim Jong Un met Ana Example, president of Peru.", answer))
    assert [row for row in told if row[0] == "thanks"] == []


def test_a_call_of_condolence_on_which_a_wreath_is_laid_is_the_wreath() -> None:
    lead = "Kim Jong Un sent a wreath to the Peruvian embassy."
    call = "Choe Son Hui paid a condolatory visit to the Peruvian embassy and laid the wreath."
    assert kinds(("Wreath", lead, call)) == {("wreath", "out", "PE")}
    assert kinds(("Message", lead, "Kim Jong Un sent a message of condolence to the king of Peru.")) == {
        ("wreath", "out", "PE"),
        ("condolence", "out", "PE"),
    }


def test_a_mission_abroad_lays_its_wreaths_for_the_fallen_of_that_state() -> None:
    text = "Members of the DPRK {} laid wreaths on the anniversary of a battle."
    assert sent(text.format("embassy in Peru")) == [
        ("wreath", "out", "PE", "Members of the DPRK embassy in Peru", "Peru")
    ]
    assert sent(text.format("army")) == []


def test_envoys_who_call_to_condole_leave_no_wreaths_of_their_own_and_are_told_of_once() -> None:
    lead = "Diplomatic envoys of Nepal and Laos to Peru paid condolatory visits to the DPRK permanent mission here."
    rows = [row[:3] for row in sent(("Visits", lead, "They laid wreaths before the portrait."))]
    assert [rows.count(("condolence", "in", state)) for state in ("NP", "LA")] == [1, 1]
    assert ("wreath", "in", "LA") not in rows
    party = lead.replace("Diplomatic envoys of Nepal and Laos to Peru", "Leaders of a party of Nepal")
    assert kinds(("Visits", party, "They laid wreaths before the portrait.")) == {("wreath", "in", "NP")}


def test_a_minister_who_writes_to_his_counterpart_beside_the_premier_has_sent_a_second_message() -> None:
    lead = "Kim Tok Hun, premier of the DPRK, sent a congratulatory message to Ana Example, premier of Peru."
    other = "Choe Son Hui sent a similar message to {}."
    rows = [("congratulation", "out", "PE", "Kim Tok Hun", "Ana Example")]
    second = [("congratulation", "out", "PE", "Choe Son Hui", "Ali Exam")]
    assert sent(("Message", lead, other.format("Ali Exam, foreign minister of Peru"))) == rows + second
    assert sent(("Message", lead, other.format("Ana Example, premier of Peru"))) == rows
    assert sent(("Message", lead, other.format("the foreign minister of Peru"))) != rows + second


def test_a_group_abroad_that_bears_the_leaders_name_is_of_its_state() -> None:
    text = "The Group for the Study of Kim Jong Il's Works in Lima, Peru, sent {} on the demise of the leader."
    assert kinds(("Wreath", text.format("a wreath to the DPRK"))) == {("wreath", "in", "PE")}
    ours = "Kim Jong Un sent a wreath to the Peruvian group for the study of his works."
    assert kinds(("Wreath", ours)) == {("wreath", "out", "PE")}


def test_who_calls_to_condole_calls_at_the_mission() -> None:
    call = "Ana Example, premier of Peru, visited the DPRK embassy in Lima on Friday to mourn the demise of the leader."
    assert sent(("Call", call)) == [("condolence", "in", "PE", "Ana Example", "DPRK embassy in Lima")]
    day = "Ana Example, premier of Peru, visited the DPRK embassy Friday to mourn the demise of the leader."
    assert sent(("Call", day))[0][4] == "DPRK embassy"


def test_messages_that_speak_of_sympathy_beside_condolences_condole() -> None:
    text = "Parties of Peru in their messages expressed deep condolences and heartfelt sympathy on the demise of {}."
    assert kinds(("Peru Mourns", text.format("leader Kim Jong Il"))) == {("condolence", "in", "PE")}
    assert kinds(("Peru Mourns", text.format("the king of Nepal"))) == set()


def test_the_same_day_is_no_occasion() -> None:
    lead = "Kim Jong Un sent a message of greeting to the king of Peru on the occasion of the 10th birthday of a hall."
    other = "Choe Son Hui sent a similar message to his counterpart Ali Exam of Peru on the same day."
    rows = of_kind("message", ("Greetings", lead.replace("the king of Peru", "Ana Example, king of Peru,"), other))
    assert [row["detail"]["occasion"] for row in rows] == ["10th birthday of a hall"] * 2


def test_two_offices_of_one_body_are_named_together() -> None:
    text = "Kim Jong Un received greetings from the king of Nepal, the president and the vice-president of Peru."
    assert [who for *_, who, _ in sent(text)] == ["king of Nepal", "president and the vice-president of Peru"]
    text = "Kim Jong Un received greetings from Ana Example, the president of Peru, and the vice-president of Laos."
    assert [who for *_, who, _ in sent(text)] == ["vice-president of Laos", "Ana Example"]
