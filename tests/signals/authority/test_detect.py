"""Authority: how high the voice of an article stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.detecting import of_kind


def voice(*text: str, lang: str = "en") -> tuple[str, float]:
    row = spoken(*text, lang=lang)
    return row["code"], row["value"]


def spoken(*text: str, lang: str = "en") -> dict[str, Any]:
    (row,) = of_kind("authority", text, lang=lang)
    assert row["partner"] == ""
    return row


@pytest.mark.parametrize(
    ("title", "lead", "code", "level"),
    [
        # the leader's own words
        ("Kim Jong Un Greets Xi Jinping", "Kim Jong Un sent a message of greeting to Xi Jinping.", "leader", 10),
        ("Kim Jong Un Makes Speech at Parade", "Kim Jong Un made a speech about China.", "leader", 10),
        ("Speech of Kim Jong Il at Banquet", "Dear comrades of China!", "leader", 10),
        ("Kim Jong Un's Letter to Those Attending Congress in Japan", "They met.", "leader", 10),
        ("Kim Jong Un Sends Letter to Participants in Women's Congress", "The U.S. was named.", "leader", 10),
        ("On Report Made by Comrade Kim Jong Un at Congress", "It tells of China.", "leader", 10),
        # party and government
        ("Greetings to Lao Party", "The Workers' Party of Korea sent a message of greeting to Laos.", "government", 8),
        ("Message of Thanks of C.C., WPK", "Miners of the DPRK dug more than Japan's.", "government", 8),
        ("Statement of DPRK Government", "The world has seen what Japan did.", "government", 8),
        # the ministry, by its forms
        ("Statement of DPRK Foreign Ministry", "The U.S. went too far.", "foreign_ministry_statement", 7),
        (
            "U.S. Warned",
            "A spokesman for the Foreign Ministry of the DPRK on Monday issued the following statement on the U.S.:",
            "foreign_ministry_statement",
            6,
        ),
        (
            "Press Statement of Vice Foreign Minister of DPRK",
            "Ri Example released this on Japan.",
            "press_statement",
            5,
        ),
        (
            "Press Statement of Spokesperson for DPRK Foreign Ministry",
            "A spokesperson for the Foreign Ministry released this on Japan.",
            "press_statement",
            4,
        ),
        (
            "Press Statement of Kim Yo Jong, Vice Department Director of C.C., WPK",
            "The ROK should be quiet.",
            "press_statement",
            5.5,
        ),
        (
            "Truth about Drones Uncovered: Spokesperson for DPRK Ministry of National Defence",
            "A spokesperson for the ministry said on Monday that the ships came from Japan.",
            "press_statement",
            4,
        ),
        ("Notice to U.S.", "The General Staff of the KPA issued the following statement:", "press_statement", 5),
        (
            "Question of Japan's Debts",
            "A spokesman for the DPRK Foreign Ministry gave the following answer to a question put by KCNA Friday:",
            "spokesperson_answer",
            3,
        ),
        (
            "KPA Mission on Exercises",
            "The U.S. is at it. In this regard, the Panmunjom mission of the KPA released the following statement:",
            "press_statement",
            5,
        ),
        # the press
        ("Papers on Day", "Leading papers here Monday carry editorials on China.", "commentary", 6),
        ("Debts of Japan", "Japan has to pay. The papers say this in bylined articles.", "commentary", 2),
        ("Japan Forgets Its Past: Rodong Sinmun", "The past does not go away.", "commentary", 2),
        ("Japan Forgets Its Past: KCNA", "The past does not go away.", "commentary", 2),
        ("KCNA Commentary on Japan's Debts", "Debts must be paid.", "commentary", 2),
        ("KCNA Slams Japan for Its Debts", "Debts must be paid.", "commentary", 2),
        ("KCNA on Japan's Debts", "Debts must be paid.", "commentary", 2),
        ("Debts Must Be Paid", "Japan has to pay, says Minju Joson Friday in a bylined article.", "commentary", 2),
        ("Marking of Day", "Rodong Sinmun Monday in an editorial speaks of Russia.", "commentary", 6),
        (
            "Article of Int'l Affairs Analyst",
            "Kim Example, an international affairs analyst, issued the following article on the U.S.",
            "commentary",
            1.5,
        ),
        # all the rest
        ("Russian Delegation Arrives", "A delegation of Russia arrived here by air.", "report", 1),
    ],
)
def test_the_document_and_its_speaker_say_how_high(title: str, lead: str, code: str, level: float) -> None:
    assert voice(title, lead) == (code, level)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        # another state's ministry
        ("Moves Condemned", "The Turkish Foreign Ministry issued a statement against Israel."),
        ("Greetings", "A spokesman for the Chinese foreign ministry released a press statement."),
        ("Regrets", "The Foreign Ministry of Syria made public a statement."),
        # somebody else's organ, that speaks of ours
        ("Backing", "A party of Mexico issued a statement on the anniversary of the Workers' Party of Korea."),
        # what others make of a document
        ("Statement of DPRK Foreign Ministry Supported in Peru", "Peruvians spoke."),
        ("Kim Jong Un's Letter Studied in Nepal", "Nepalese read the letter."),
        ("Letter to Kim Jong Un from Peru", "Kim Jong Un received a letter from Peruvians."),
        ("Chinese Papers on U.S.", "Chinese papers carry bylined articles as regards the U.S."),
        ("Told in Passing", "Japan went too far. The Foreign Ministry of the DPRK released a statement on it in May."),
        ("Fury in Country", "The people are angry with Japan after the DPRK government issued a statement."),
        (
            "Kim Jong Il's Speech Studied in Nepal",
            "Kim Jong Il said much. Kim Jong Il noted more. Kim Jong Il told all.",
        ),
        # a message to the leader, a minister's message, and what has no words
        ("Greetings to Kim Jong Un", "Kim Jong Un received a message of greeting from the president of Cuba."),
        ("Greetings to Lao PM", "Premier Choe Yong Rim sent a message of greeting to the prime minister of Laos."),
        # relays and reviews
        ("Review of Rodong Sinmun", "Following are major articles: - Japan was criticized."),
        ("Roads to ROK Blocked: KCNA Report", "The roads were closed."),
        ("KCNA Delegation Leaves for China", "It left here on Monday."),
        ("Syrian Paper on U.S.", "A Syrian paper carried a commentary as regards the U.S."),
        # history
        ("Decision", "On October 10, Juche 34 (1945), Kim Il Sung made a speech on Japan."),
    ],
)
def test_what_only_speaks_of_a_document_is_a_report(title: str, lead: str) -> None:
    assert voice(title, lead) == ("report", 1)


WORDS = (
    "Kim Jong Unexpressed thanks for it.",
    "Kim Jong Un stressed that the two armies are friends.",
    "He said that they would remain so.",
)


def test_the_leaders_own_words_at_length_make_an_audience_his() -> None:
    title = "Respected Comrade Kim Jong Un Receives Russian Delegation"
    lead = "Kim Jong Un received a delegation of Russia."
    assert voice(title, lead, *WORDS) == ("leader", 10)
    assert voice(title, lead, *WORDS[:2]) == ("report", 1)
    assert voice("Russian Delegation Here", lead, *WORDS) == ("report", 1)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (("U.S. Warned", "A spokesman for the DPRK Foreign Ministry Monday issued a statement:"),
         "spokesman for the DPRK Foreign Ministry"),
        (("Press Statement of Vice-Minister", "Kim Example, vice-minister of the DPRK, released this press statement:"),
         "Kim Example"),
        (("Press Statement of DPRK Permanent Mission", "Japan went too far."), "DPRK Permanent Mission"),
        (("Kim Jong Un Greets Xi", "Kim Jong Un sent a message of greeting to Xi Jinping."), "Kim Jong Un"),
        (("Japan's Debts: Rodong Sinmun", "Debts must be paid."), "Rodong Sinmun"),
        (("Russians Arrive", "A delegation of Russia arrived."), ""),
    ],
)  # fmt: skip
def test_it_says_who_speaks(text: tuple[str, ...], by: str) -> None:
    assert spoken(*text)["detail"]["by"] == by


def test_the_evidence_is_the_sentence_that_says_so() -> None:
    assert spoken("U.S. Warned", "The DPRK Foreign Ministry issued a statement. It was long.")["quote"] == (
        "The DPRK Foreign Ministry issued a statement."
    )
    assert spoken("Russians Arrive", "A delegation of Russia arrived.")["quote"] == "Russians Arrive"


@pytest.mark.parametrize(
    ("title", "lead", "code", "level"),
    [
        ("김정은동지께서 축전을 보내시였다", "김정은동지께서 습근평동지에게 축전을 보내시였다.", "leader", 10),
        ("조선민주주의인민공화국 정부 성명", "일본은 들으라.", "government", 8),
        ("공화국 정부 성명", "일본은 들으라.", "government", 8),
        ("외무성 성명", "미국은 들으라.", "foreign_ministry_statement", 7),
        ("외무성 대변인성명", "미국은 들으라.", "foreign_ministry_statement", 6),
        ("외무성 미국담당국장 담화", "미국은 들으라.", "press_statement", 5),
        ("외무성 대변인 담화", "미국은 들으라.", "press_statement", 4),
        ("김여정부부장 담화", "한국은 들으라.", "press_statement", 5.5),
        ("외무성 대변인대답", "미국은 들으라.", "spokesperson_answer", 3),
        ("조선중앙통신사 론평", "일본은 들으라.", "commentary", 2),
        ("김정은동지께서 대회에서 하신 연설", "미국은 들으라.", "leader", 10),
        ("조선인민군 총참모부 발표", "미국은 들으라.", "press_statement", 5),
        ("총참모부 훈련", "인민군 총참모부가 미국을 겨누어 훈련을 했다고 조선중앙통신이 보도했다.", "report", 1),
        ("국가보위성 대변인성명", "미국은 들으라.", "press_statement", 5),
        ("조선중앙통신사 상보", "미국은 들으라.", "commentary", 2),
        ("신년을 맞으며", "당보, 군보, 청년보 공동사설. 미국은 들으라.", "commentary", 6),
        ("로씨야외무성 성명", "로씨야가 말하였다.", "report", 1),
        ("중국외교부 대변인 담화", "중국이 말하였다.", "report", 1),
        ("로씨야대표단 도착", "로씨야대표단이 도착하였다.", "report", 1),
        ("꾸바의 립장", "꾸바공화국 외무성이 성명을 발표하여 미국을 규탄하였다.", "report", 1),
        ("죄악은 덮을수 없다", "로동신문에 실린 글. 일본은 과거를 잊었다.", "commentary", 2),
        ("전쟁의 머슴", "조선민주주의인민공화국 외무성 홈페지에 실린 글. 일본은 들으라.", "commentary", 2),
    ],
)
def test_korean_forms(title: str, lead: str, code: str, level: float) -> None:
    assert voice(title, lead, lang="ko") == (code, level)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("朝鲜外务省声明", "foreign_ministry_statement"),
        ("朝鲜外务省发言人发表谈话", "press_statement"),
        ("朝中社评论", "commentary"),
        ("朝鲜外务省发言人答朝中社记者问", "spokesperson_answer"),
        ("中国外交部发言人答记者问", "report"),
        ("俄罗斯代表团抵达平壤", "report"),
    ],
)
def test_chinese_forms(title: str, code: str) -> None:
    assert voice(title, "美国应该听。", lang="zh")[0] == code


def test_a_talk_of_two_is_no_chinese_statement() -> None:
    assert voice("崔善姬会见古巴大使", "外务相崔善姬会见古巴大使,并同大使进行了谈话。", lang="zh")[0] == "report"


JUDGES = (
    "최근 미국이 일본과 함께 위험한 전쟁연습을 벌려놓았다.",
    "이것은 우리 국가를 겨눈 로골적인 도발이다.",
    "미국의 무모한 망동은 지역을 위험에 빠뜨리고있다.",
    "침략자들은 대가를 치르게 될것이다.",
)


def test_an_unsigned_korean_piece_that_judges_is_a_commentary() -> None:
    assert voice("위험한 불장난", *JUDGES, lang="ko") == ("commentary", 1.5)
    assert voice("위험한 불장난", *JUDGES[:3], lang="ko")[0] == "report", "too short to judge"


@pytest.mark.parametrize(
    "lead",
    [
        "미국에서 전쟁연습을 반대하는 시위가 있었다.",
        "북한은 미국의 전쟁연습을 비난해왔다.",
        "여러분, 미국은 전쟁연습을 벌리고있습니다.",
    ],
)
def test_who_tells_of_others_or_speaks_to_others_writes_no_commentary(lead: str) -> None:
    assert voice("위험한 불장난", lead, *JUDGES, lang="ko")[0] == "report"


def test_an_unsigned_chinese_piece_that_judges_is_a_commentary() -> None:
    judges = (
        "最近美国疯狂进行侵略战争演习。",
        "这是对我国的公然挑衅。",
        "美国的鲁莽行径破坏和平。",
        "侵略者必将失败。",
    )
    assert voice("危险的玩火", *judges, lang="zh") == ("commentary", 1.5)
    assert voice("危险的玩火", "中国外交部发言人指出,美国在挑衅。", *judges, lang="zh")[0] == "report"


def test_an_inspection_at_which_the_leader_speaks_at_length_is_his() -> None:
    title = "Kim Jong Un Inspects Base"
    told = "Kim Jong Un inspected a base near the border with China. Kim Jong Un said that it was fine."
    assert voice(title, f"{told} He noted that more was wanted. He called for new strength.")[0] == "leader"
    assert voice(title, f"{told} The soldiers were moved. They sang.")[0] == "report"


def test_a_wreath_of_the_leader_abroad_is_his_and_a_premiers_is_a_report() -> None:
    assert voice("Wreath Sent", "Kim Jong Un sent a wreath to the Chinese embassy.")[0] == "leader"
    assert voice("Wreath Sent", "The premier of the DPRK sent a wreath to the Chinese embassy.")[0] == "report"


def test_a_paper_that_speaks_in_the_second_sentence_is_a_commentary() -> None:
    text = (
        "The warmongers of south Korea are at it again. This is a provocation, Rodong Sinmun says in a bylined article."
    )
    assert voice("War Frenzy Slashed", text)[0] == "commentary"


def test_a_paper_may_be_said_to_speak_as_late_as_in_the_third_sentence() -> None:
    lead = "The warmongers of south Korea are at it again. This is a provocation."
    says = "Their drills are a provocation, Rodong Sinmun says in a bylined article."
    assert voice("War Frenzy Slashed", f"{lead} {says}")[0] == "commentary"
    assert voice("War Frenzy Slashed", f"{lead} It will fail. {says}")[0] == "report"


@pytest.mark.parametrize(
    "says",
    [
        "Rodong Sinmun says this in a bylined article.",
        "In this regard Minju Joson Friday carries a by-lined commentary, which says:",
        "Commenting on this, a news analyst of Rodong Sinmun Sunday says:",
    ],
)
def test_a_short_sentence_brings_in_a_papers_words_later_still(says: str) -> None:
    lead = "A minister of Japan visited a shrine. He bowed. He spoke of the islands. His party clapped."
    assert voice("Japan's Ambition Flayed", f"{lead} {says} Japan has to pay.")[0] == "commentary"
    assert voice("Japan's Ambition Flayed", f"{lead * 3} {says} Japan has to pay.")[0] == "report"
    long = f"Japan has to pay for {'this and for ' * 20}that, and {says}"
    assert voice("Japan's Ambition Flayed", f"{lead} {long} Japan has to pay.")[0] == "report"


def test_an_answer_may_be_brought_in_after_what_it_is_about() -> None:
    lead = "Leaflets flew over the line. The weather was fair. Nobody was hurt. It was the third time."
    gives = "In this regard, the commander gave the following answer to a question put by KCNA on Wednesday:"
    assert voice("Leaflets of south Korea", f"{lead} {gives}", "The army is ready.")[0] == "spokesperson_answer"


def test_a_headline_in_which_document_and_speaker_stand_far_apart_is_no_document() -> None:
    far = "Statement of Koreans on Sufferings of Victims of Crime in Japan Received at Foreign Ministry"
    assert voice(far, "They came.") == ("report", 1)


def test_an_article_is_the_leaders_only_if_its_headline_opens_with_him() -> None:
    said = "Kim Jong Un said that China is near. Kim Jong Un noted more. Kim Jong Un stressed it."
    assert voice("Kim Jong Un Speaks on China", said)[0] == "leader"
    assert voice("\ufeffRespected Comrade Kim Jong Un Speaks on China", said)[0] == "leader"
    assert voice("Kim Jong Un and Bridge to China", said)[0] == "report"
    assert voice("Women Hear What Kim Jong Un Said", said)[0] == "report"
    assert (
        voice("Envoys of China Mourn Kim Jong Un", "They came. He said this. He noted that. He stressed it.")[0]
        == "report"
    )


def test_his_words_at_length_need_not_bear_his_name() -> None:
    told = "Kim Jong Un inspected a base near the border with China."
    saying = "Saying that it was fine, he looked on. Water is all, he stressed. The General Secretary called for more."
    assert voice("Kim Jong Un Inspects Base", f"{told} {saying}") == ("leader", 10)
    assert voice("Kim Jong Un Inspects Base", f"{told} Saying that it was fine, he left.") == ("report", 1)


def test_the_leaders_words_at_length_in_korean_and_chinese_need_not_bear_his_name() -> None:
    korean = "김정은동지께서는 미국의 책동을 보시였다. 힘이 있어야 한다고 말씀하시였다. 과업도 강조하시였다."
    chinese = "金正恩同志视察了靠近中国的工厂。他指出要自力更生。他还强调要加强国防。"
    assert voice("김정은동지께서 시험사격을 지도하시였다", korean, lang="ko")[0] == "leader"
    assert voice("金正恩同志视察工厂", chinese, lang="zh")[0] == "leader"
    assert voice("金正恩同志视察工厂", "金正恩同志视察了靠近中国的工厂。工人们很高兴。", lang="zh")[0] == "report"


@pytest.mark.parametrize(
    ("title", "by"),
    [
        ("북한 김여정 “미국 도발” 담화", "북한 김여정"),
        ("조선외무성 대변인 조선중앙통신사 기자가 제기한 질문에 대답", "조선외무성 대변인"),
        ("경애하는 김정은동지께서 시정연설을 하시였다", "김정은"),
    ],
)
def test_a_korean_headline_says_who_speaks_and_no_more(title: str, by: str) -> None:
    assert spoken(title, "미국은 들으라.", lang="ko")["detail"]["by"] == by


@pytest.mark.parametrize(
    ("title", "below", "code"),
    [
        ("Missile Test-fired", "Respected Comrade Kim Jong Un Guides Test-fire", "leader"),
        ("Missile Test-fired under Guidance of Respected Comrade Kim Jong Un", "It flew far.", "leader"),
        ("Missile Test-fired", "Kim Jong Un watched the test-fire.", "report"),
        ("Missile Test-fired", "Envoys of Laos Meet Kim Jong Un", "report"),
    ],
    ids=["the line below", "under his guidance", "a sentence below", "others in the line below"],
)
def test_an_event_is_his_where_headline_or_the_line_below_says_that_he_led_it(
    title: str, below: str, code: str
) -> None:
    said = "He said that the U.S. is near. He noted more. He stressed it."
    (row,) = of_kind("authority", (title, below, said))
    assert row["code"] == code


_PIECE = (
    "The brigandish ways of Japan are known to all.",
    "It took the land of others in the past.",
    "It dug for gold there.",
    "Its aggression cost the lives of many.",
    "It felled the woods.",
    "It has not paid for the coal.",
)


def test_an_unsigned_piece_that_judges_an_adversary_is_a_commentary() -> None:
    assert voice("Land Taken by Japan", *_PIECE) == ("commentary", 1.5)


@pytest.mark.parametrize(
    "piece",
    [
        (*_PIECE[:2], *_PIECE[:2]),  # a few lines of news
        ("A rally was held in the streets of Tokyo.", *_PIECE),
        ("The professor said so.", *_PIECE),  # it opens with who speaks
        (*_PIECE, "The paper reported the case.", "The professor noted the case."),
        (*(line.replace("brigandish", "old").replace("aggression", "growth") for line in _PIECE),),
        (*(line.replace("Japan", "Chad") for line in _PIECE),),  # no adversary
        ("Kim Il Sung fought against it in the woods.", *_PIECE),  # a tale of the leaders
    ],
)
def test_what_only_looks_like_a_piece_of_opinion_is_a_report(piece: tuple[str, ...]) -> None:
    assert voice("Land Taken by Chad" if "Chad" in piece[0] else "Land Taken by Japan", *piece) == ("report", 1)


def test_a_press_review_and_a_spanish_article_are_no_piece_of_opinion() -> None:
    assert voice("Press Review on Japan", *_PIECE) == ("report", 1)
    spanish = ("Es vieja la provocacion de Japon.", "Japon no cesa.", "Es una invasion de tierras.", "Llueve.")
    assert voice("Provocacion de Japon", *spanish, "Nieva.", "Japon calla.") == ("report", 1)


def test_a_statement_that_the_second_sentence_tells_of_is_the_articles_if_the_rest_quotes_it() -> None:
    told = ("The U.S. went too far.", "A spokesman for the National Defence Commission of the DPRK issued a statement.")
    assert voice("U.S. Warned", *told, "The statement said: Stop it.")[0] == "government"
    assert voice("U.S. Warned", *told, "It rained.")[0] == "report"
    recalled = "The statement recalled that a spokesman for the Foreign Ministry of the DPRK issued a statement."
    lead = "A committee of Nepal spoke of the U.S. in a statement."
    assert voice("Voices on U.S.", lead, recalled, "The statement said: Stop it.")[0] == "report"


def test_a_lead_that_a_page_breaks_off_after_an_abbreviation_is_read_on() -> None:
    lead = "A spokesman for the DPRK Guidance Bureau of the Tour of Mt."
    text = (
        "S. Korean Ministry Accused",
        lead,
        "Kumgang gave the following answer to a question raised by KCNA Thursday:",
    )
    assert voice(*text)[0] == "spokesperson_answer"


def test_a_ministry_a_bureau_and_the_north_side_committee_speak_as_in_a_press_statement() -> None:
    for who in ("the Ministry of Posts of the DPRK", "the DPRK General Bureau", "the North Side Committee"):
        assert (
            voice("S. Korea Hit", f"A spokesman for {who} issued a statement on south Korea.")[0] == "press_statement"
        )
    assert voice("S. Korea Hit", "A spokesman for the Ministry of Posts of Laos issued a statement.")[0] == "report"


def test_a_state_committees_statement_is_a_governments_and_its_bulletin_a_report() -> None:
    issued = "The {}Committee for the Peaceful Reunification of Korea issued {} on Friday. It is angry."
    assert voice("S. Korea Slammed", issued.format("", "a statement condemning the south")) == ("government", 5)
    assert voice("S. Korea Slammed", issued.format("Secretariat of the ", "information bulletin No. 12"))[0] == "report"
    answered = "A spokesman for the Committee for the Peaceful Reunification of Korea gave an answer to a question."
    assert voice("S. Korea Slammed", answered)[0] == "spokesperson_answer"


def test_what_others_say_of_the_leaders_answers_is_a_report() -> None:
    text = ("Russian Organization on Kim Jong Il's Answers", "A Russian organization made public a statement.")
    assert voice(*text)[0] == "report"


def test_a_long_headline_may_end_with_the_leaders_speech() -> None:
    title = (
        "Kim Jong Un Meets Miners, Congratulates Them on the Day of Coal and Iron of the Whole Land and Makes Speech"
    )
    assert voice(title, "Coal of Japan is bad.")[0] == "leader"


def test_kcna_is_atcc_in_its_spanish_articles() -> None:
    assert voice("ATCC comenta la ambicion de Japon", "Japon no cesa.") == ("commentary", 2)
    assert voice("Un periodista de Japon visita la ATCC", "Japon no cesa.")[0] == "report"
