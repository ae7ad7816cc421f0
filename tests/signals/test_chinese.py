"""Chinese texts, as Pyongyang's Chinese pages and the Chinese press write them: signals, and what only looks so.

Their messages: test_chinese_messages.py.
"""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from sunchi import signals
from tests import detecting
from tests.detecting import articles, detect, house_lexicon, of_kind

Text = tuple[str, ...] | str
only = partial(detecting.only, lang="zh")
sent, contacts = partial(detecting.sent, lang="zh"), partial(detecting.contacts, lang="zh")


def partners(text: Text) -> set[str]:
    return {row["partner"] for row in of_kind("attention", text, lang="zh")}


# --- contacts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("敬爱的金正恩同志会见了中华人民共和国主席习近平同志。", {("summit", "CN")}),
        ("金正恩同志同普京总统举行会谈。", {("summit", "RU")}),
        ("金正恩同志接见了俄罗斯联邦军事代表团。", {("talks", "RU"), ("delegation_in", "RU")}),
        ("朝鲜劳动党代表团为访问中国离开了平壤。", {("delegation_out", "CN")}),
        ("以朴泰成总理为团长的朝鲜政府代表团前往俄罗斯。", {("delegation_out", "RU")}),
        ("俄罗斯政府代表团8日抵达平壤。", {("delegation_in", "RU")}),
        ("访问朝鲜的古巴代表团参观了平壤。", {("delegation_in", "CU")}),
        ("结束对中国的访问的朝鲜艺术团回国。", {("delegation_out", "CN")}),
        ("朝中友好协会代表团从中国回国。", {("delegation_out", "CN")}),
        ("普京总统结束对我国的国事访问离开平壤。", {("visit", "RU")}),
        ("崔善姬外务相对俄罗斯进行了正式访问。", {("visit", "RU")}),
        ("中国外交部长王毅抵达平壤，开始对朝鲜进行访问。", {("visit", "CN")}),
        ("金正恩访华", {("visit", "CN")}),
        ("习近平总书记访朝", {("visit", "CN")}),
        ("外务相崔善姬会见了中国驻朝大使王亚军。", {("courtesy_call", "CN")}),
        ("新任俄罗斯驻朝大使向崔龙海委员长递交国书。", {("courtesy_call", "RU")}),
        ("中国驻朝大使馆举行招待会。", {("reception", "CN")}),
        ("朝俄两国政府签署了文化合作协定。", {("agreement", "RU")}),
        ("朝中友好集会在平壤举行。", {("joint_event", "CN")}),
        ("中国人民志愿军参战纪念集会在平壤举行，中国大使应邀参加。", {("joint_event", "CN")}),
        ("朝中两国艺术家举行联合演出。", {("joint_event", "CN")}),
        ("中国国家交响乐团8日抵达平壤。", {("delegation_in", "CN")}),
        ("朝鲜艺术团离开平壤赴韩演出。", {("delegation_out", "KR")}),
        ("普京总统抵达平壤。普京总统和金正恩同志随后举行会谈。", {("visit", "RU"), ("summit", "RU")}),
        ("俄罗斯政府代表团抵达平壤。俄罗斯代表团出席了欢迎宴会。", {("delegation_in", "RU"), ("reception", "RU")}),
        ("中国代表团抵达平壤。当天，崔善姬外务相会见了俄罗斯客人。", {("delegation_in", "CN"), ("talks", "RU")}),
        ("王毅外长结束在朝鲜的三天行程。", {("visit", "CN")}),
        ("中国总理抵达平壤。他与崔善姬外务相举行会谈。", {("visit", "CN"), ("talks", "CN")}),
        ("中国总理抵达平壤。双方签署了合作文件。", {("visit", "CN"), ("agreement", "CN")}),
        ("中朝外交部门战略对话在平壤举行。", {("talks", "CN")}),
        ("俄罗斯外长展开朝鲜访问行程。", {("visit", "RU")}),
        ("崔善姬外务相会见中国总理。应王毅外长邀请，崔善姬于3月1日访问中国。", {("talks", "CN"), ("visit", "CN")}),
        ("朝俄首脑会晤在符拉迪沃斯托克举行。", {("summit", "RU")}),
        ("金正恩同志和普京总统在越南举行会谈。", {("summit", "RU")}),
        ("金正恩同志会见了抗日老战士的后代、中国客人。", {("talks", "CN")}),
        ("普京总统抵达平壤。习近平主席也来到平壤并同金正恩同志会晤。", {("visit", "RU"), ("summit", "CN")}),
        (
            "朝古团结集会15日在平壤举行。平壤市民参加。古巴驻朝大使在会上讲话。",
            {("joint_event", "CU")},
        ),
        ("金正恩为参加将于20日举行的第二次朝中首脑会谈，离开平壤前往中国。", {("visit", "CN")}),
    ],
)
def test_contacts_are_known_by_their_nouns_and_verbs(sentence: str, found: set[tuple[str, str]]) -> None:
    assert contacts(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "应朝鲜政府邀请，蒙古国总统将于5月访问平壤。",
        "朝美首脑会谈可能取消。",
        "朝鲜拒绝同美国会谈。",
        "韩国总统同美国总统举行会谈。",
        "朝鲜欢迎俄罗斯同中国举行会谈。",
        "习近平访问俄罗斯。",
        "金正恩同志访问了俄罗斯大使馆。",
        "朝鲜外务省发言人发表谈话谴责美国。",
        "朝鲜“同中国的会谈十分重要”",
        "中国外交部发言人就朝美会谈答记者问。",
        "朝鲜女足在亚洲杯上同中国队会面。",
        "金正恩同志会见了来自发展中国家的学生。",
        "金正恩访问俄罗斯一周年纪念活动在平壤开始。",
        "平壤市民谈到足球。去年10月中国大使在平壤设宴招待他们。",
        "中国总理将于10月9日至11日率代表团出席平壤的庆典，并对朝鲜进行访问。",
        "新任俄罗斯驻朝鲜大使抵达平壤。",
        "俄罗斯外长预计会见金正恩。",
        "俄罗斯总统将会见金正恩。",
        "中国人民志愿军参战纪念集会在平壤举行，青年学生参加。",
        "平壤下雪。去年普京总统同金正恩同志会晤。",
        "平壤下雪。金正恩同志说，普京总统愿意会晤。",
    ],
)
def test_talk_of_others_or_of_what_may_come_is_no_contact(sentence: str) -> None:
    assert contacts(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "rank", "who"),
    [
        ("金正恩同志同普京总统举行会谈。", 1, "金正恩 and 普京总统"),
        ("金正恩同志会见了普京总统特使。", 1, "金正恩 and 普京总统特使"),
        ("崔善姬外务相会见了王毅外长。", 2, "崔善姬外务相 and 王毅外长"),
        ("朝鲜副外务相会见了中国外交部副部长。", 3, "朝鲜副外务相会见了中国外交部副部长。"),
    ],
)
def test_posts_beside_the_name_give_the_rank(sentence: str, rank: int, who: str) -> None:
    row = only("contact", sentence)
    assert (row["rank"], row["who"]) == (rank, who)


def test_what_the_lead_says_is_still_to_come_the_headline_has_only_in_short() -> None:
    title = "朝鲜外务相崔善姬访俄"
    assert of_kind("contact", (title, "朝中社报道，朝鲜外务相崔善姬将于明天访问俄罗斯。"), lang="zh") == []
    assert of_kind("contact", (title, "朝鲜外务相崔善姬昨天开始访问俄罗斯。"), lang="zh") != []


@pytest.mark.parametrize(
    "guest",
    [
        "普京总统特使",
        "习近平总书记特别代表",
        "中国国家主席习近平的特别代表",
        "转交普京总统的口信的俄罗斯外长",
        "转交普京口信的俄罗斯外长",
    ],
)
def test_a_leader_who_has_sent_somebody_or_something_was_not_there_himself(guest: str) -> None:
    assert {kind for kind, _ in contacts(f"金正恩同志会见了{guest}。")} == {"talks"}


def test_a_leader_who_was_not_there_gives_a_meeting_no_rank() -> None:
    assert only("contact", "副相会见了普京总统特使，朝鲜说。")["rank"] == 3
    assert only("contact", "副相会见了普京总统，朝鲜说。")["rank"] == 1


def test_a_leaders_own_meeting_is_a_summit() -> None:
    assert ("summit", "RU") in contacts("金正恩同志和普京总统的会谈在平壤举行。")


@pytest.mark.parametrize(
    ("said_on", "found"),
    [("2月27日", {"delegation_in", "reception"}), ("2月8日", {"delegation_in"}), ("2月", {"delegation_in"})],
)
def test_what_was_done_within_the_week_is_news_and_what_is_older_is_recalled(said_on: str, found: set[str]) -> None:
    text = f"中国代表团离开平壤。{said_on}，金正恩同志为中国客人举行了招待会。"
    assert {kind for kind, _ in contacts(text)} == found


def test_in_january_the_last_days_of_december_are_news() -> None:
    text = "中国代表团离开平壤。12月30日，金正恩同志为中国客人举行了招待会。"
    assert ("reception", "CN") in contacts(text, day=date(2026, 1, 3))
    assert ("reception", "CN") not in contacts(text, day=date(2026, 1, 30))


def test_an_invitation_told_of_after_the_lead_is_of_the_state_that_the_lead_tells_of() -> None:
    text = "崔善姬外务相会见中国总理。应俄罗斯外长邀请，崔善姬于3月1日访问俄罗斯。"
    assert contacts(text) == {("talks", "CN")}


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "朝鲜同发展中国家合作。",
        "金正恩在会谈中国际问题上表明立场。",
        "金正恩在会议中共同讨论了农业。",
        "8日朝鲜外务省发表谈话。",
        "同日朝鲜报纸刊登社论。",
        "访问中朝鲜代表作了发言。",
        "朝鲜总联的代表访问平壤。",
        "朝鲜东海就是所谓日本海。",
        "平壤的春天万象更新。",
    ],
)
def test_signs_that_only_meet_by_chance_name_no_state(text: str) -> None:
    assert partners(text) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8日中国外长抵达平壤。", {"CN"}),
        ("朝鲜同日本的关系没有改变。", {"JP"}),
        ("南朝鲜军队举行演习，金正恩视察前线。", {"KR"}),
        ("用中朝鲜血凝成的友谊永存。", {"CN"}),
        ("朝俄关系和中朝关系都在发展。", {"CN", "RU"}),
        ("马里、尼日尔和寮国的代表发言。", {"ML", "NE", "LA"}),
        ("黄海地区的农民在马里亚纳海沟的展板前合影。", set()),
        ("俄外长和越共代表出席。", {"RU", "VN"}),
        ("朝古两国的合作在加深。", {"CU"}),
        ("王朝古墓和古朝鲜的文物在博物馆展出。", set()),
        ("抗日和抗美的老战士在座谈。", {"JP", "US"}),
    ],
)
def test_names_are_told_from_dates_and_from_the_home_side(text: str, found: set[str]) -> None:
    assert partners(text) - {""} == found


def test_a_full_title_gives_its_state_no_words() -> None:
    text = "朝鲜劳动党总书记金正恩会见了中国共产党中央委员会总书记、中华人民共和国主席习近平。俄罗斯表示欢迎。"
    china, russia = of_kind("attention", text, lang="zh")
    assert (china["partner"], china["value"], china["detail"]["words_raw"]) == ("CN", 9.0, 39)
    assert (russia["partner"], russia["value"]) == ("RU", 7.0)


@pytest.mark.parametrize(
    "dateline",
    ["朝中社平壤10月8日电 ", "新华社北京10月8日电（记者某）", "平壤10月8日朝中社电 -- ", "（平壤10月8日电 朝中社）"],
)
def test_a_dateline_is_none_of_the_articles_words(dateline: str) -> None:
    (row,) = of_kind("attention", dateline + "朝鲜代表团访问俄罗斯。", lang="zh")
    assert (row["partner"], row["value"]) == ("RU", 10.0)


def test_a_telegram_of_a_day_is_no_dateline() -> None:
    assert sent("习近平10月1日电贺金正恩当选。") == [("congratulation", "in", "CN", "习近平", "金正恩")]


# --- formulas, stance, authority, appointments, placement -----------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [
        ("金正恩同志强调，朝中友谊万古长青。", "own"),
        ("习近平说，中国珍视朝中友谊。", "partner"),
        ("中国外交部发言人表示，中朝友谊不会改变。", "partner"),
        ("新华社报道，朝中友谊得到加强。", "third"),
        ("韩国专家认为，朝中友谊不如从前。", "third"),
        ("朝鲜中央通讯社报道，朝中友谊得到加强。", "own"),
        ("韩国小说描写了朝中友谊，朝鲜报纸转载。", "own"),
    ],
)
def test_who_speaks_is_read_from_the_verb_of_saying(sentence: str, voice: str) -> None:
    (row,) = of_kind("formula", sentence, lang="zh")
    assert row["detail"]["voice"] == voice


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("朝鲜和中国没有传统友谊。", True),
        ("金正恩否认朝鲜同俄罗斯是同盟关系。", True),
        ("朝鲜和中国的传统友谊已荡然无存。", True),
        ("没有任何力量能破坏朝鲜和中国的传统友谊。", False),
        ("朝鲜和中国的传统友谊绝不会改变。", False),
        ("美国从未放弃对朝敌视政策。", False),
    ],
)
def test_a_denied_phrase_is_told_from_an_unchanging_one(sentence: str, negated: bool) -> None:
    (row,) = of_kind("formula", sentence, lang="zh")
    assert row["detail"]["negated"] is negated


def test_what_others_call_a_deed_of_pyongyangs_is_no_enmity_of_theirs() -> None:
    assert of_kind("formula", "韩国政府说，朝鲜发射卫星是严重的军事挑衅。", lang="zh") == []
    for sentence in ("朝鲜认为韩国的军演是严重的军事挑衅。", "朝鲜把韩国的军演视为军事挑衅。"):
        (row,) = of_kind("formula", sentence, lang="zh")
        assert (row["partner"], row["code"]) == ("KR", "ho_moves")


def test_a_phrase_of_long_ago_is_history_and_a_pair_speaks_of_the_home_side() -> None:
    (row,) = of_kind("formula", "在1961年朝鲜和中国的传统友谊得到加强。", lang="zh")
    assert row["detail"]["historical"] is True
    (row,) = of_kind("formula", "朝俄建立了全面战略伙伴关系。", lang="zh")
    assert (row["partner"], row["code"]) == ("RU", "st_partnership")
    assert of_kind("formula", "中俄建立了全面战略伙伴关系。", lang="zh") == []
    assert of_kind("formula", "朝鲜和中国举办朝中友好年活动。", lang="zh") == []


@pytest.mark.parametrize(
    ("title", "lead", "code", "level", "by"),
    [
        ("金正恩致贺电", "金正恩同志向习近平同志致贺电。", "leader", 10, "金正恩"),
        ("朝鲜政府声明", "美国应该听。", "government", 8, "朝鲜政府"),
        ("朝鲜外务省发言人发表声明", "美国应该听。", "foreign_ministry_statement", 6, "朝鲜外务省发言人"),
        ("朝鲜外务省就美国的挑衅发表声明", "美国应该听。", "foreign_ministry_statement", 7, "朝鲜外务省"),
        ("金与正副部长发表谈话", "美国应该听。", "press_statement", 5.5, "金与正副部长"),
        ("朝鲜外务省发言人发表谈话", "美国应该听。", "press_statement", 4, "朝鲜外务省发言人"),
        ("朝鲜外务省发言人答记者问", "美国应该听。", "spokesperson_answer", 3, "朝鲜外务省发言人"),
        ("劳动新闻社论", "中国是友邦。", "commentary", 6, "劳动新闻"),
        ("中国外交部发言人发表谈话", "中国外交部发言人发表谈话。", "report", 1, ""),
        ("俄罗斯外交部声明", "俄罗斯外交部发表声明。", "report", 1, ""),
        ("谴责美国", "劳动新闻发表题为《梦》的文章。", "commentary", 2, "劳动新闻"),
        ("谴责韩国", "副部长金与正发表一份声明，谴责韩国。", "press_statement", 5.5, "金与正"),
        ("国务委员会委员长声明", "金正恩同志发表声明，美国应该听。", "leader", 10, "金正恩"),
        ("谈日本的历史", "朝鲜外务省日本研究所研究员发表文章。", "commentary", 2, "外务省"),
        ("谴责美国", "朝鲜常驻联合国代表发表新闻声明，驳斥美国。", "press_statement", 5, ""),
        ("控诉日本", "朝鲜中央通讯社发表详报，控诉日本。", "commentary", 2, "朝鲜中央通讯社"),
        ("述评：美国的军演", "美国举行军演。", "commentary", 2, ""),
        ("外交部发言人答记者问", "外交部发言人就朝鲜半岛局势答记者问。", "report", 1, ""),
        ("外电报道美韩军演", "据外电报道，美国举行军演。朝鲜外务省发言人发表谈话。", "report", 1, ""),
        ("谴责美国", "劳动新闻17日刊登署名文章。", "commentary", 2, "劳动新闻"),
        ("谴责美国", "劳动新闻在第六版发表一篇题为《梦》的社评。", "commentary", 2, "劳动新闻"),
    ],
)
def test_the_height_of_a_voice_and_whose_it_is(title: str, lead: str, code: str, level: float, by: str) -> None:
    row = only("authority", (title, lead))
    assert (row["code"], row["value"], row["by"]) == (code, level, by)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("朝鲜外务省发言人14日发表谈话威胁说，美国应该听。", "press_statement"),
        ("朝鲜外务省发言人在回答朝中社记者提问时说，美国应该听。", "spokesperson_answer"),
        ("朝鲜外务省发言人的谈话没有提到美国。", "report"),
        ("中国外交部发言人14日发表谈话。", "report"),
    ],
)
def test_a_document_that_another_press_tells_of_after_its_lead_is_the_articles(second: str, code: str) -> None:
    assert only("authority", ("朝鲜谴责美国", "美国举行军事演习。" + second))["code"] == code


def test_the_leaders_words_at_length_make_an_article_his() -> None:
    text = ("金正恩视察中国援建的工厂", "金正恩同志指出了成就。金正恩同志强调了任务。")
    assert only("authority", text)["code"] == "leader"
    text = ("普京同金正恩举行会谈", "金正恩指出了成就。金正恩强调了任务。")
    assert only("authority", text)["code"] == "report"
    text = ("金正恩同志会见俄罗斯客人", "客人向金正恩同志表示感谢。金正恩同志强调了友谊。")
    assert only("authority", text)["code"] == "report"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (("谴责美国", "朝鲜痛斥美国的核讹诈。"), -2),
        (("警告日本", "朝鲜警告日本。"), -1),
        (("会谈", "朝鲜和中国的会谈在友好的气氛中进行。"), 1),
        (("代表团抵达", "越南代表团抵达平壤。"), 0),
        (("谈话", "朝鲜痛批韩国的白日梦。"), -2),
        (("谈话", "朝鲜讥讽美国的建议。"), -1),
        (("谈话", "日本就应首先向朝鲜人民谢罪。"), -1),
        (("谈话", "朝鲜要求美国放人。"), -1),
        (("谈话", "美国听着，我们应当加强国防。"), 0),
        (("谈话", "美国必将付出代价，朝鲜说。"), -2),
        (("谈话", "朝鲜说美国这伙战争贩子在做梦。"), -2),
        (("会谈", "朝鲜和越南的部长就经验交流达成共识。"), 1),
        (("会谈", "朝鲜同意和中国推动两国关系向前发展。"), 1),
    ],
)
def test_stance(text: tuple[str, ...], value: float) -> None:
    assert only("stance", text)["value"] == value


def test_pyongyangs_words_are_its_own_though_another_press_quotes_them() -> None:
    text = ("朝鲜谈话", "朝鲜外务省说：“美国对我国采取最严厉的制裁和施压，我们决不容忍。”朝鲜谈到所谓“核威胁”。")
    assert only("stance", text)["value"] < 0
    (row,) = of_kind("formula", "金正恩同志表示“全力支持”俄罗斯的事业。", lang="zh")
    assert row["detail"]["voice"] == "own"


def test_an_appointment_ends_at_the_comma() -> None:
    row = only("appointment", "朝鲜政府任命李龙男为驻中国大使，接替池在龙。")
    assert (row["person"], row["post"], row["partner"]) == ("李龙男", "驻中国大使", "CN")


def test_traditional_and_simplified_signs_give_the_same_signals() -> None:
    simplified, traditional = "金正恩会见了中国外长王毅。", "金正恩會見了中國外長王毅。"
    told = [
        [(r["kind"], r["partner"], r["code"], r["value"]) for r in detect(text, lang="zh")]
        for text in (simplified, traditional)
    ]
    assert told[0] == told[1]
    assert ("contact", "CN", "talks", 1.0) in told[0]


def test_why_a_message_is_one_and_why_another_is_none_is_told() -> None:
    frame = articles("金正恩向习近平致贺电。习近平没有向金正恩送礼物。", lang="zh")
    (explained,) = signals.explain(frame, house_lexicon())
    assert "the noun that says its kind, and its verb" in [r.why for each in explained.found for r in each.reasons]
    assert "denied, asked for or still to come: none was sent" in [each.why for each in explained.rejected]
