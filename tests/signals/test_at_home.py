"""Korean and Chinese as Pyongyang's papers write them: of their own they do not say whose they are, nor where they are.

And what such a text names only by the way: the place, to whom another's deed goes, what history is to teach.
"""

from __future__ import annotations

from functools import partial

import pytest

from tests import detecting
from tests.detecting import of_kind

Text = tuple[str, ...] | str
sent, contacts = partial(detecting.sent, lang="ko"), partial(detecting.contacts, lang="ko")
contacts_zh = partial(detecting.contacts, lang="zh")


def about(text: Text, lang: str = "ko") -> set[str]:
    return {row["partner"] for row in of_kind("attention", text, lang=lang) if row["code"] == "about"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("국가관광총국대표단이 로씨야를 방문하고 12일 귀국하였다.", {("delegation_out", "RU")}),
        ("꾸바직업동맹의 초청으로 꾸바를 방문하는 직업동맹대표단이 12일 출발하였다.", {("delegation_out", "CU")}),
        ("체육성 대표단이 로씨야에서 진행되는 회의에 참가하기 위하여 평양을 출발하였다.", {("delegation_out", "RU")}),
        ("조선로동당의 초청으로 방문하는 몽골인민당대표단이 평양에 도착하였다.", {("delegation_in", "MN")}),
        ("로씨야 연해변강 대표단이 라선시에 도착하였다.", {("delegation_in", "RU")}),
        ("로씨야 부수상일행이 12일 평양을 떠났다.", {("visit", "RU")}),
        ("중국문화대표단이 인민문화궁전에서 공연을 관람하였다.", {("delegation_in", "CN")}),
        ("보건성에서는 로씨야손님들을 위하여 12일 만찬을 마련하였다.", {("reception", "RU")}),
        ("외무성 부상이 신임 중국대사를 만나 담화를 하였다.", {("courtesy_call", "CN")}),
        ("철도성과 로씨야철도회사는 협조에 관한 량해각서를 조인하였다.", {("agreement", "RU")}),
        ("우리측과 윁남측은 조약의 비준서를 교환하였다.", {("agreement", "VN")}),
        (
            "당대표단이 중국과 몽골을 방문하기 위하여 평양을 출발하였다.",
            {("delegation_out", "CN"), ("delegation_out", "MN")},
        ),
        (
            "꾸바, 라오스주재 우리 나라 대사관들에서 연회를 마련하였다.",
            {("reception", "CU"), ("reception", "LA")},
        ),
    ],
)
def test_who_is_told_of_without_his_state_is_pyongyangs(text: Text, found: set[tuple[str, str]]) -> None:
    assert contacts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "유엔사무총장은 로씨야외무상과 회담하였다.",  # who is of no state
        "국제원자력기구 국장이 이란외무상을 만났다. 로동신문이 전하였다.",
        "로씨야대통령이 대사들을 접견하였다.",
        "외교부장이 중국대사를 만났다.",  # nothing shows whose paper it is
        ("외무상이 중국대사를 만났다.", "북한의 로동신문이 전하였다."),  # Seoul's
        "중국과 로씨야의 회담이 진행되였다고 조선중앙통신이 전하였다.",  # a list, and nobody of ours goes there
    ],
)
def test_what_others_do_among_themselves_is_no_contact(text: Text) -> None:
    assert contacts(text) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("应中国共产党邀请,由书记率领的朝鲜劳动党代表团12日启程。", {("delegation_out", "CN")}),
        ("朝鲜驻古巴、老挝大使馆分别举行招待会。", {("reception", "CU"), ("reception", "LA")}),
        ("外务省副相会见了蒙古大使。", {("courtesy_call", "MN")}),
        ("朝鲜和越南互换了条约的批准书。", {("agreement", "VN")}),
        ("日本外务省举行招待会。", set()),
    ],
)
def test_chinese_names_the_home_side_by_its_posts_and_hosts_by_invitations(
    text: Text, found: set[tuple[str, str]]
) -> None:
    assert contacts_zh(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            (
                "위원회 회의 진행",
                "우리 나라 정부와 몽골정부사이의 과학기술협조위원회 제3차회의가 평양에서 진행되였다.",
                "회의가 끝난 다음 의정서가 조인되였다.",
            ),
            {("talks", "MN"), ("agreement", "MN")},
        ),
        (
            ("최룡해위원장이 중국의 왕의부장을 만났다.", "왕의부장은 이날 평양을 출발하였다."),
            {("talks", "CN"), ("visit", "CN")},
        ),
        (("조선청년대표단 출발", "청년동맹대표단이 꾸바로 떠났다고 한다."), {("delegation_out", "CU")}),
        ("우리 나라 주재 라오스대사가 원산을 방문하였다.", set()),  # he lives here
    ],
)
def test_what_is_told_beside_the_lead_is_of_those_who_are_in_it(text: Text, found: set[tuple[str, str]]) -> None:
    assert contacts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "외무상은 김정은동지의 따뜻한 인사를 라오스주석에게 전하였다.",
            ("verbal", "out", "LA", "김정은"),
        ),
        ("뿌찐대통령은 김정은동지께 자기의 인사를 전해드릴것을 부탁하였다.", ("verbal", "in", "RU", "뿌찐")),
    ],
)
def test_greetings_that_are_passed_on_are_a_message_of_who_sends_them(text: Text, found: tuple[str, ...]) -> None:
    ((kind, direction, partner, sender, _),) = sent(text)
    assert (kind, direction, partner, sender) == found


def test_a_dateline_on_a_line_of_its_own_is_no_first_sentence() -> None:
    told = ("(평양 6월 12일발 조선중앙통신)", "로씨야대표단이 12일 평양에 도착하였다.")
    assert contacts(told) == {("delegation_in", "RU")}


@pytest.mark.parametrize(
    ("sentence", "partner"),
    [
        ("조선로동당 중앙위원회의 명의로 된 화환이 우의탑에 진정되였다.", "CN"),
        ("공화국정부의 명의로 된 꽃바구니가 해방탑에 진정되였다. 조선인민군 장병들이 참가하였다.", ""),
        ("조선인민군 장병들이 해방탑에 꽃바구니를 진정하였다.", "RU"),
    ],
)
def test_a_tower_stands_for_the_state_whose_soldiers_it_honours(sentence: str, partner: str) -> None:
    found = [(row["partner"], row["detail"]["direction"]) for row in of_kind("message", sentence, lang="ko")]
    assert found == ([(partner, "out")] if partner else [])


@pytest.mark.parametrize(
    ("lang", "text", "found", "value"),
    [
        ("ko", "조로 두 나라의 친선은 피로써 맺어졌다.", "피로써 맺어졌", 2),
        ("ko", "우리 나라와 꾸바사이의 친선은 변함없다.", "우리 나라와 꾸바사이의 친선", 1),
        ("ko", "우리 당은 라오스와의 친선을 귀중히 여긴다.", "라오스와의 친선", 1),
        ("ko", "우리 당은 라오스와의 전통적인 친선을 귀중히 여긴다.", "전통적인 친선", 1),
        ("ko", "우리 당과 중국공산당은 동지적단결과 협조를 강화한다.", "동지적단결과 협조", 1),
        ("ko", "윁남은 우리 나라의 형제적인 린방이다.", "형제적인 린방", 1),
        ("ko", "우리 나라는 로씨야와의 전략적이고 전통적인 관계를 중시한다.", "전략적이고 전통적인 관계", 1),
        ("ko", "조로 두 나라는 혈맹관계이다.", "혈맹관계", 2),
        ("zh", "朝鲜与俄罗斯之间的友谊日益巩固。", "与俄罗斯之间的友谊", 1),
        ("zh", "越南与中国的友谊得到了朝鲜报纸的报道。", "", 0),
    ],
)
def test_set_phrases_name_the_state_before_them(lang: str, text: Text, found: str, value: float) -> None:
    rows = [(row["quote"], row["value"]) for row in of_kind("formula", text, lang=lang)]
    assert rows == ([(found, value)] if found else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("외무성 부상이 몽골대표단과 담화를 하였다.", "report"),
        ("외무성 부상은 12일 미국의 위협에 대하여 담화를 발표하였다.", "press_statement"),
    ],
)
def test_to_have_a_talk_is_not_to_issue_a_statement(text: Text, code: str) -> None:
    (row,) = of_kind("authority", text, lang="ko")
    assert row["code"] == code


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("ko", "손님들이 중국의 베이징을 거쳐 떠나갔다. 조선대사가 나왔다.", set()),
        ("ko", "우리 나라 학자가 몽골에서 강연을 하였다.", set()),
        ("ko", "우리는 수리아와 리비아의 교훈을 잊지 말아야 한다.", set()),
        ("ko", "미국은 교훈을 찾아야 한다. 우리는 참지 않을것이다.", {"US"}),
        ("ko", "물가가 미국의 딸라로 정해졌다고 우리 나라 신문이 썼다.", set()),
        ("ko", "우리 나라 신문이 썼다. 최근 미국이 이라크를 침략하였다.", {"US"}),
        ("zh", "代表团在蒙古参加会议,途经中国。朝鲜记者作了报道。", set()),
        ("zh", "我们不能忘记利比亚的悲剧。", set()),
        ("zh", "我国报纸写道。当年美国入侵了伊拉克。", {"US"}),
    ],
)
def test_a_place_an_object_a_lesson_and_a_currency_are_only_mentioned(lang: str, text: Text, found: set[str]) -> None:
    assert about(text, lang) == found
