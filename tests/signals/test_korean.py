"""Korean texts, as Pyongyang's papers and Seoul's press write them: signals, and what only looks so."""

from __future__ import annotations

from functools import partial

import pytest

from tests import detecting
from tests.detecting import of_kind

Text = tuple[str, ...] | str
sent, contacts = partial(detecting.sent, lang="ko"), partial(detecting.contacts, lang="ko")


# --- messages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "경애하는 김정은동지께서는 건국절에 즈음하여 중화인민공화국 주석인 습근평동지에게 축전을 보내시였다.",
            ("congratulation", "out", "CN", "김정은", "습근평"),
        ),
        (
            "경애하는 김정은동지께서는 로씨야련방 대통령 뿌찐동지로부터 구두친서를 받으시였다.",
            ("verbal", "in", "RU", "뿌찐", "김정은"),
        ),
        ("시진핑 주석이 김정은 위원장에게 위문전문을 보내왔다.", ("sympathy", "in", "CN", "시진핑", "김정은")),
        (
            "조선로동당 대회에 꾸바공산당 중앙위원회에서 축전을 보내여왔다.",
            ("congratulation", "in", "CU", "꾸바공산당 중앙위원회", "조선로동당"),
        ),
        (
            "조선로동당 중앙위원회가 라오스인민혁명당 중앙위원회에 축전을 보내시였다.",
            ("congratulation", "out", "LA", "조선로동당 중앙위원회", "라오스인민혁명당 중앙위원회"),
        ),
        (
            "경애하는 김정은동지께서는 로씨야련방 대통령에게 축전을 보내시였다.",
            ("congratulation", "out", "RU", "김정은", "로씨야련방 대통령"),
        ),
        (
            "경애하는 김정은동지께서는 라오스인민혁명당 중앙위원회 총비서에게 축전을 보내시였다.",
            ("congratulation", "out", "LA", "김정은", "라오스인민혁명당 중앙위원회 총비서"),
        ),
        (
            "조선민주주의인민공화국 외무성은 꾸바 외무성에 축전을 보내였다.",
            ("congratulation", "out", "CU", "조선민주주의인민공화국 외무성", "꾸바 외무성"),
        ),
        ("김정은 위원장이 푸틴 대통령에게 답전을 보냈다.", ("reply", "out", "RU", "김정은", "푸틴")),
        ("최선희 외무상이 왕의에게 꽃바구니를 보내였다.", ("floral_basket", "out", "CN", "최선희", "왕의")),
        (
            "습근평동지가 우의탑에 꽃바구니를 진정하였다. 조선로동당의 일군들이 참가하였다.",
            ("floral_basket", "in", "CN", "습근평", ""),
        ),
        (
            "김정은 위원장은 푸틴 대통령에게 보낸 축전에서 성과를 축원했다.",
            ("congratulation", "out", "RU", "김정은", "푸틴"),
        ),
        ("김정은 총비서는 시진핑 주석이 친서를 보내준 것에 사의를 표했다.", ("letter", "in", "CN", "시진핑", "김정은")),
        ("김정은 위원장은 시진핑 국가 주석에게 서한을 보냈다.", ("letter", "out", "CN", "김정은", "시진핑")),
        ("김정은 위원장이 시진핑 주석에게 답전을 보내 사의를 표했다.", ("reply", "out", "CN", "김정은", "시진핑")),
        (
            "김정은동지께서는 습근평동지가 보내온 축전에 대하여 답전을 보내시였다.",
            ("reply", "out", "CN", "김정은", "습근평"),
        ),
        ("김정은 위원장이 푸틴 대통령의 생일을 맞아 축전을 보냈다.", ("congratulation", "out", "RU", "김정은", "푸틴")),
        (("김정은, 시진핑에 축전", "공장이 완공됐다."), ("congratulation", "out", "CN", "김정은", "시진핑")),
        (("푸틴, 김정은에 답전", "공장이 완공됐다."), ("reply", "in", "RU", "푸틴", "김정은")),
    ],
)
def test_the_particles_the_headline_and_the_participle_tell_who_wrote(text: Text, found: tuple[str, ...]) -> None:
    assert sent(text) == [found]


def test_an_exchange_is_two_messages() -> None:
    text = "김정은 위원장과 시진핑 주석이 수교 77돌을 맞아 축전을 교환했다."
    assert {way for _, way, *_ in sent(text)} == {"out", "in"}
    assert {r["detail"]["occasion"] for r in of_kind("message", text, lang="ko")} == {"수교 77돌"}


def test_two_nouns_are_two_messages() -> None:
    found = sent("김정은 위원장이 시진핑 주석에게 서한과 꽃바구니를 보냈다.")
    assert [(kind, way) for kind, way, *_ in found] == [("floral_basket", "out"), ("letter", "out")]


def test_who_writes_to_each_of_several_writes_several_messages() -> None:
    found = sent("최선희 외무상은 국경절에 즈음하여 중국외교부장과 라오스외무상에게 각각 축전을 보내였다.")
    assert [(kind, way, partner) for kind, way, partner, *_ in found] == [
        ("congratulation", "out", "CN"),
        ("congratulation", "out", "LA"),
    ]


def test_greetings_and_thanks_that_another_passes_on_are_told_apart() -> None:
    assert [kind for kind, *_ in sent("쇼이구서기장은 김정은동지께 뿌찐대통령의 인사와 친서를 전해드리였다.")] == [
        "letter",
        "verbal",
    ]
    (found,) = sent("김여정부부장은 김정은동지께서 뿌찐대통령에게 보내시는 감사의 인사를 로씨야측에 전하였다.")
    assert found[:3] == ("thanks", "out", "RU")


def test_a_list_of_senders_is_split_by_their_states() -> None:
    found = sent("김정일동지의 동상에 중국 단동시 무역회사, 적도기네공화국 농업성이 꽃바구니들을 보내여왔다.")
    assert [(way, partner) for _, way, partner, *_ in found] == [("in", "CN"), ("in", "GQ")]


def test_a_list_of_those_who_offered_gifts_is_split_too() -> None:
    found = sent("김정은동지께 나이제리아대통령과 중국 심양의 무역회사, 네팔의 한 인사가 선물을 드리였다.")
    assert [(kind, way, partner) for kind, way, partner, *_ in found] == [
        ("gift", "in", "CN"),
        ("gift", "in", "NG"),
        ("gift", "in", "NP"),
    ]


def test_who_says_something_in_a_message_has_sent_it() -> None:
    (found,) = sent(("조전", "라오스인민혁명당 중앙위원회는 조전에서 우리 나라 인민과 슬픔을 나눈다고 하였다."))
    assert found[:3] == ("condolence", "in", "LA")
    assert sent(("경축", "우리 나라의 축전에서 라오스예술단이 노래를 불렀다.")) == []


def test_greetings_that_somebody_is_asked_to_take_home_are_sent() -> None:
    (found,) = sent("김정은동지께서는 습근평주석에게 보내시는 인사를 부탁하시였다.")
    assert found[:3] == ("verbal", "out", "CN")


def test_a_telegram_printed_in_full_is_his_who_signs_it() -> None:
    sheet = (
        "라오스 국가주석에게 보내는 답전",
        "나는 당신의 축하에 사의를 표합니다.",
        "우리 나라 국무위원회 위원장 김 정 은",
    )
    (found,) = sent(sheet)
    assert found[:4] == ("reply", "out", "LA", "김정은")
    (height,) = of_kind("authority", sheet, lang="ko")
    assert height["code"] == "leader"


@pytest.mark.parametrize(
    "text",
    [
        "김정은동지께서는 학생들에게 선물을 보내시였다.",
        "왕의 외교부장과 최선희 외무상은 행사에 참석할 인사에 대해 의견을 교환하였다.",
        "뿌찐대통령이 습근평주석에게 축전을 보냈다. 조선중앙통신이 전하였다.",
        "로씨야주재 우리 나라 대사관 성원들이 영상미술작품에 꽃바구니를 진정하였다.",
        "중화인민공화국창건 70돐에 즈음하여 김정은동지께서는 영예군인들에게 선물을 보내시였다.",
        "김정은 위원장은 시진핑 주석에게 축전을 보내지 않았다.",
        "로씨야인사들이 조선의 현실을 전하였다.",
        "중국통신은 조선외무성 대변인담화의 전문을 전하였다.",
        ("주북 중국대사, 북한에 작별인사", "대사가 돌아간다."),
    ],
)
def test_what_is_no_message_between_the_two_sides_is_none(text: Text) -> None:
    assert sent(text) == []


def test_the_paper_that_tells_of_a_message_is_not_whom_it_was_sent_to() -> None:
    (found,) = of_kind("message", "중국공산당 중앙위원회가 축전을 보냈다고 <노동신문>이 보도했다.", lang="ko")
    assert (found["detail"]["from"], found["detail"]["to"]) == ("중국공산당 중앙위원회", "")


def test_who_is_only_named_later_did_not_get_the_message() -> None:
    text = ("당대회 소식", "중국공산당 중앙위원회가 당대회에 축전을 보냈다. 김정은 위원장이 당대회에 참석했다.")
    assert sent(text) == [("congratulation", "in", "CN", "중국공산당 중앙위원회", "")]


def test_the_agency_that_tells_of_a_message_sends_none() -> None:
    text = ("김정은, 푸틴에 축전", "조선중앙통신에 따르면 위원장은 푸틴 대통령에게 보낸 축전에서 성과를 축원했다.")
    assert sent(text) == [("congratulation", "out", "RU", "김정은", "푸틴")]
    text = ("소식", "로동신문은 소식을 전했다. 시진핑 주석에게 축전을 보냈다.")
    assert sent(text) == [("congratulation", "out", "CN", "", "시진핑")]


# --- contacts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "김정은동지와 뿌찐대통령의 회담이 진행되였다. 우리 나라와 로씨야사이의 조약이 체결되였다.",
            {("summit", "RU"), ("agreement", "RU")},
        ),
        (
            "김정은동지와 뿌찐대통령의 회담이 진행되였다. 우리 나라와 로씨야사이에 체결된 조약은 귀중하다.",
            {("summit", "RU")},
        ),
        ("경애하는 김정은동지께서는 로씨야련방 군사대표단을 접견하시였다.", {("talks", "RU"), ("delegation_in", "RU")}),
        ("조선로동당대표단이 중국을 방문하기 위하여 평양을 출발하였다.", {("delegation_out", "CN")}),
        ("로씨야련방 정부대표단이 평양에 도착하였다.", {("delegation_in", "RU")}),
        ("최선희 외무상이 로씨야련방을 방문하고 귀국하였다.", {("visit", "RU")}),
        ("왕의 외교부장이 평양에 도착하였다.", {("visit", "CN")}),
        ("김정은동지께서 습근평동지와 회담을 하시였다.", {("summit", "CN")}),
        ("주조 중국대사가 최선희외무상을 만났다.", {("courtesy_call", "CN")}),
        ("주조 로씨야련방 대사관에서 연회를 차리였다.", {("reception", "RU")}),
        ("조로 정부사이의 협정이 조인되였다.", {("agreement", "RU")}),
        ("북-러 외교장관 회담이 열렸다.", {("talks", "RU")}),
        ("김정은 방중 마무리", {("visit", "CN")}),
        ("중국주재 조선대사관이 연회를 마련하였다.", {("reception", "CN")}),
        ("주북한 중국대사가 최룡해 위원장에게 작별인사를 했다.", {("courtesy_call", "CN")}),
        ("우리 나라 국립교향악단이 중국을 방문하고 귀국하였다.", {("delegation_out", "CN")}),
        (
            "우리 나라 대표단이 로씨야로 떠났다. 한편 중국 외교부대표단이 평양에 도착하였다.",
            {("delegation_out", "RU"), ("delegation_in", "CN")},
        ),
        (
            '중앙통신은 "조선로동당 친선참관단이 중국을 방문하기 위하여 14일 평양을 출발하였다고 알린다"고 전했다.',
            {("delegation_out", "CN")},
        ),
        (
            "중국 정부대표단이 평양에 도착하였다. 최선희외무상이 중국대표단을 위하여 연회를 마련하였다.",
            {("delegation_in", "CN"), ("reception", "CN")},
        ),
        (
            "중국대표단이 평양에 도착하였다. 그들은 최선희외무상과 회담하였다.",
            {("delegation_in", "CN"), ("talks", "CN")},
        ),
        ("우리 나라 정부는 중국대사관 성원들을 위하여 초대회를 마련하였다.", {("reception", "CN")}),
        ("우리 나라 대사가 중국 외교부에 국서부본을 제정하였다.", {("courtesy_call", "CN")}),
        (
            "우리 나라 대표단이 로씨야로 떠났다. 통신은 별도 기사에서 중국 대표단이 평양에 도착하였다고 알렸다.",
            {("delegation_out", "RU"), ("delegation_in", "CN")},
        ),
        ("북한 정부대표단이 북ㆍ중 회의에 참가하기 위해 평양을 출발했다.", {("delegation_out", "CN")}),
        (("주중 북한 대사 신임장 봉정", "북한 대사가 신임장을 봉정했다."), {("courtesy_call", "CN")}),
        (
            "최선희외무상이 왕의외교부장과 회담하였다. 최선희외무상은 초청에 따라 3월 1일 중국을 방문하였다.",
            {("talks", "CN"), ("visit", "CN")},
        ),
        (
            "중국 대표단이 평양을 떠났다. 2월 27일 최선희외무상이 중국손님들을 위하여 연회를 마련하였다.",
            {("delegation_in", "CN"), ("reception", "CN")},
        ),
        (
            "중국인민지원군 조선전선참전 74돐 기념모임이 평양에서 진행되였다. 중국대사관 성원들이 참가하였다.",
            {("joint_event", "CN")},
        ),
        (
            (
                "조중협의",
                "조중 실무협의가 있었다. 중국 국장을 단장으로 하는 대표단이 참가하였다. 쌍방은 합의서에 수표하였다.",
            ),
            {("talks", "CN"), ("delegation_in", "CN"), ("agreement", "CN")},
        ),
        (
            ("외무성대표단 몽골 방문", "외무성 부상 김철수를 단장으로 하는 대표단이 몽골외무성 차관과 회담하였다."),
            {("delegation_out", "MN"), ("talks", "MN")},
        ),
        (
            "트럼프 미국 대통령과 김정은 국무위원장이 베트남 하노이에서 정상회담을 했다.",
            {("summit", "US")},
        ),
        (
            "푸틴 러시아 대통령이 평양을 찾아 김정은 국무위원장과 공동선언에 서명했다.",
            {("visit", "RU"), ("agreement", "RU")},
        ),
    ],
)
def test_contacts_are_known_by_their_nouns_and_verbs(text: Text, found: set[tuple[str, str]]) -> None:
    assert contacts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "한미 정상회담이 열렸다.",
        "북-미 정상회담 가능성은?",
        "중국의 시진핑이 로씨야를 방문했다.",
        "북한은 중국과 로씨야의 회담을 환영했다.",
        '북한 "중국과의 회담에서 논의했다"',
        "중국, 조미회담에 주목",
        "조선녀자축구팀이 일본팀과 만났다.",
        "김정은동지께서 로씨야련방을 방문하신 1돐에 즈음하여 모임이 있었다.",
        "우리 나라와 로씨야사이의 협조에 관한 협정체결 75돐을 맞이하였다.",
        "공장이 조업하였다. 지난 5월 중국대사가 평양에서 연회를 마련하였다.",
        ("최선희 방중", "최선희 북한 외무상이 오는 27일 중국을 방문한다."),
        "최선희 외무상이 중국을 방문할 예정이다.",
        "최선희동지가 곧 중국을 방문하게 된다.",
        "신임 중국 대사가 평양에 도착했다.",
        "김정은 위원장은 중국에서 미국의 선수를 응원한 러시아 감독을 좋아한다.",
        "조선로동당창건 80돐 기념보고회가 평양에서 진행되였다. 중국대사관 성원들이 참가하였다.",
        "중국인민지원군 조선전선참전 74돐 기념모임이 평양에서 진행되였다. 청년학생들이 참가하였다.",
    ],
)
def test_what_is_recalled_or_to_come_or_of_others_is_no_contact(text: Text) -> None:
    assert contacts(text) == set()


@pytest.mark.parametrize(
    "guest",
    [
        "푸틴 러시아 대통령의 특사를",
        "시진핑 국가주석의 특별대표인 중국 대표를",
        "습근평동지의 초청을 전한 중국 대표를",
        "푸틴 대통령의 특별 지시를 받은 러시아 서기를",
        "푸틴 메시지를 전한 러시아 서기를",
    ],
)
def test_a_leader_who_has_sent_somebody_or_something_was_not_there_himself(guest: str) -> None:
    assert {kind for kind, _ in contacts(f"김정은 위원장이 평양에서 {guest} 만났다.")} == {"talks"}


def test_a_leaders_own_meeting_is_a_summit() -> None:
    assert contacts("김정은 위원장과 푸틴 대통령의 두번째 회담이 열렸다.") == {("summit", "RU")}


def test_posts_give_the_rank() -> None:
    (row,) = of_kind("contact", "최선희 외무상이 로씨야련방을 방문하고 귀국하였다.", lang="ko")
    assert (row["detail"]["rank"], row["detail"]["who"]) == (2, "최선희 외무상")


def test_a_post_that_begins_as_a_lower_one_does_is_read_whole() -> None:
    (row,) = of_kind("contact", "김정은 국무위원장이 왕이 중국 외교부장을 접견했다.", lang="ko")
    assert row["detail"]["rank"] == 1, "국무위원장 is no 국무위원"


# --- authority ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (("[정세론해설] 조중친선의 력사는 흐른다", "중국과 우리 나라는 이웃이다."), "commentary"),
        (("론평 어리석은 꿈을 버리라", "일본반동들이 우리 나라를 헐뜯는다."), "commentary"),
        (("노동신문, 일본 비난", "노동신문은 논설에서 일본의 책동을 규탄했다. 북한이 거듭 밝혔다."), "commentary"),
        (("정론 백두의 봄", "일본반동들이 우리 나라를 헐뜯는다."), "commentary"),
        (("중국과의 친선", "노동신문은 특집기사를 통해 중국과의 친선을 강조했다. 북한이 밝혔다."), "commentary"),
        (("중국 환구시보 론평", "신문은 조선반도정세를 론하였다. 우리 나라가 언급되였다."), "report"),
        (("조선외무성 대변인담화를 여러 나라에서 보도", "조선외무성 대변인담화를 로씨야가 보도하였다."), "report"),
        (("일본을 비난", "조선외무성 대변인의 담화를 11월 25일부터 29일까지 로씨야에서 보도하였다."), "report"),
        (("조선외무성 대변인담화", "조선외무성 대변인은 미국에 대하여 담화를 발표하였다."), "press_statement"),
        (
            ("조선로동당 중앙군사위원회 립장문", "조선로동당 중앙군사위원회는 로씨야에 대한 립장문을 발표하였다."),
            "government",
        ),
        (("전쟁을 부추기는 미국의 무기 군사론평원", "미국이 무기를 보내였다. 우리 나라가 지켜본다."), "commentary"),
        (("[사설] 미국은 대화하라", "미국이 북한을 만나야 한다."), "commentary"),
        (("외무성 일본연구소 연구사 글 발표", "조선외무성 일본연구소 연구사는 글을 발표하였다."), "commentary"),
        (("중국 연구사 글 발표", "중국 연구사가 글을 발표하였다. 우리 나라가 전하였다."), "report"),
        (("중국의 통제", "중국이 문을 닫았다. 북한은 노동신문 논평에서 중국을 비난한 바 있다."), "report"),
    ],
)
def test_a_commentary_is_known_by_its_rubric_and_a_relay_is_a_report(text: tuple[str, ...], code: str) -> None:
    (row,) = of_kind("authority", text, lang="ko")
    assert row["code"] == code


# --- stance -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("조선대사는 중국과의 쌍무관계를 폭넓게 발전시키기 위해 노력할것이라고 말하였다.", 1),
        ("최선희외무상이 로씨야외무상을 열렬히 환영하였다.", 1),
        ("일본외상의 나발은 섬나라족속의 푸념질이다.", -2),
        ("중국측이 조선대사를 위하여 강연을 마련하였다.", 0),
        ("왜나라족속들은 또다시 흉계를 꾸미고있다.", -2),
        ("이란은 서방의 제재가 두렵지 않다고 우리 나라에 말하였다.", 0),
    ],
)
def test_plain_words_tell_the_stance(sentence: str, stance: int) -> None:
    (row,) = of_kind("stance", sentence, lang="ko")
    assert row["value"] == stance


@pytest.mark.parametrize(
    ("sentence", "stances"),
    [
        ("일본은 먼저 사죄하여야 한다.", {"JP": -1}),
        ("일본당국은 피해자들에게 배상해야 한다.", {"JP": -1}),
        ("미국과 일본은 훈련을 중지하여야 한다.", {"US": -1, "JP": -1}),
        ("일본은 우리가 시험을 중지해야 한다고 말하였다.", {"JP": 0}),
        ("일본과의 회담에 대해 말하면 그것을 중지하여야 한다.", {"JP": 0}),
        ("네팔은 공사를 중지하여야 한다.", {"NP": 0}),
    ],
)
def test_what_an_adversary_ought_to_do_is_asked_of_it(sentence: str, stances: dict[str, float]) -> None:
    assert {row["partner"]: row["value"] for row in of_kind("stance", sentence, lang="ko")} == stances


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        (("중국의 립장", "미국은 들으라. 중국은 이 행위를 강하게 규탄하고있다."), {"CN": 0, "US": 0}),
        (("중국의 행태", "중국은 세계의 규탄을 받고있다."), {"CN": -1}),
        (("일본의 행태", "일본은 미국에 맹종하고있다."), {"JP": -1}),
        (("일본의 행태", "일본은 재무장을 다그치면서 미국과 함께 벌리는 훈련을 중지하여야 한다."), {"JP": -1}),
        (("미국의 훈련", "미국이 훈련을 하였다. 우리는 모든 나라들과의 관계를 발전시킬것이다."), {"US": 0}),
        (("련대성집회", "뻬루의 주체사상연구조직은 조선인민에게 지지와 련대성을 표시하였다."), {"PE": 0}),
        (("지지", "꾸바공산당은 조선인민에게 지지와 련대성을 표시하였다."), {"CU": 1}),
        (("카나다의 행태", "카나다는 미국의 장단에 놀아나며 떠들어대고있다."), {"CA": -1}),
        (("우크라이나", "미국이 우크라이나에 돈을 준것은 로씨야와의 대리전쟁이다."), {"US": -1, "UA": 0}),
        (("우크라이나", "미국은 우크라이나를 내세워 음모를 꾸미고있다."), {"US": -1, "UA": 0}),
    ],
)
def test_who_blames_follows_or_is_put_forward_is_not_who_is_blamed(
    text: tuple[str, ...], stances: dict[str, float]
) -> None:
    found = {row["partner"]: row["value"] for row in of_kind("stance", text, lang="ko")}
    assert {state: found.get(state, 0) for state in stances} == stances


# --- who speaks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "voice"),
    [
        (('김정은 위원장은 푸틴 대통령에게 축전을 보냈다. 김 위원장은 "조로친선은 영원하다"고 말했다.',), "own"),
        (('김정은 위원장은 푸틴 대통령을 만났다. 이어 "로씨야와 조로친선은 영원하다"고 말했다.',), "own"),
        (('푸틴 대통령은 김정은 위원장에게 "조로친선은 영원하다"고 말했다.',), "partner"),
        (('조선중앙통신이 회담을 보도했다. 통신은 "조로친선은 영원하다"고 전했다.',), "own"),
        (('남측 신문은 "조로친선은 영원하다"고 전했다. 조선로동당이 반박하였다.',), "third"),
    ],
)
def test_who_speaks_stands_before_the_words_that_are_quoted(paragraphs: tuple[str, ...], voice: str) -> None:
    (row,) = of_kind("formula", ("", *paragraphs), lang="ko")
    assert row["detail"]["voice"] == voice
