"""Set phrases in Korean and Chinese: whole as they stand, whose they are, and the names that only hold such words."""

from __future__ import annotations

import pytest

from tests.detecting import of_kind


def phrases(text: str, lang: str) -> list[tuple[str, str, str]]:
    """State, id, words."""
    return [(row["partner"], row["code"], row["quote"]) for row in of_kind("formula", text, lang=lang)]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("zh", "朝鲜和越南的代表团在亲切、友好的气氛中谈话。", ("VN", "fr_friendship", "亲切、友好的气氛")),
        ("zh", "金正恩同志致兄弟的老挝人民以问候。", ("LA", "kin_people", "兄弟的老挝人民")),
        ("zh", "朝鲜把支持俄罗斯看作兄弟间的义务。", ("RU", "kin_people", "兄弟间的义务")),
        ("zh", "朝俄同盟正在加强。", ("RU", "inv_alliance", "朝俄同盟")),
        ("zh", "朝鲜战士同俄罗斯战士在同一条战壕里战斗。", ("RU", "mil_friend", "同一条战壕")),
        ("zh", "朝中兩國人民生死與共。", ("CN", "kin_weal", "生死與共")),
        ("zh", "朝鲜谴责美国露骨的对朝鲜的对抗野心。", ("US", "ho_moves", "对朝鲜的对抗野心")),
        ("zh", "日本是朝鲜人民的千年宿敌。", ("JP", "ho_enemy", "千年宿敌")),
        (
            "ko",
            "우리 나라와 라오스의 회담은 동지적이며 친선적인 분위기속에서 진행되였다.",
            ("LA", "fr_friendship", "동지적이며 친선적인 분위기"),
        ),
        ("ko", "우리 나라와 로씨야는 진정한 전우관계이다.", ("RU", "mil_friend", "진정한 전우관계")),
        ("ko", "우리는 로씨야를 돕는것을 형제적의무로 여긴다.", ("RU", "kin_people", "형제적의무")),
        ("ko", "미국이 우리 공화국을 고립압살하려 한다.", ("US", "ho_moves", "우리 공화국을 고립압살하려")),
        ("ko", "일본반동들의 대조선재침야망은 변하지 않는다.", ("JP", "ho_moves", "대조선재침야망")),
        ("ko", "일본은 조선인민의 천년숙적이다.", ("JP", "ho_enemy", "천년숙적")),
        ("ko", "우리 나라와 중국은 떼려야 뗄 수 없는 유대로 이어져있다.", ("CN", "kin_weal", "떼려야 뗄 수 없는 유대")),
        ("ko", "북한과 중국은 조-중 친선을 다졌다.", ("CN", "fr_friendship", "조-중 친선")),
        ("ko", "우리 당은 형제적인 라오스와 손잡고 나간다.", ("LA", "kin_people", "형제적인 라오스")),
        (
            "ko",
            "우리 나라와 꾸바는 혁명적이며 동지적인 뉴대를 귀중히 여긴다.",
            ("CU", "fr_friendship", "혁명적이며 동지적인 뉴대"),
        ),
        (
            "ko",
            "일본은 우리 나라에 대한 로골적인 적대감을 드러냈다.",
            ("JP", "ho_moves", "우리 나라에 대한 로골적인 적대감"),
        ),
        ("ko", "미국은 반공화국 《인권》모략극을 벌렸다.", ("US", "ho_moves", "반공화국 《인권》모략극")),
        (
            "ko",
            "우리 나라를 압살하려는 미국의 흉계는 드러났다.",
            ("US", "ho_moves", "우리 나라를 압살하려는 미국의 흉계"),
        ),
        ("zh", "朝鲜和古巴的会谈在同志般的热烈气氛中进行。", ("CU", "fr_friendship", "同志般的热烈气氛")),
        ("ko", "일본은 반공화국군사적대결에 광분하고있다.", ("JP", "ho_moves", "반공화국군사적대결")),
        (
            "ko",
            "한국은 들으라. 우리를 적대시하는 괴뢰들의 대결정책은 망한다.",
            ("KR", "ho_moves", "우리를 적대시하는 괴뢰들의 대결정책"),
        ),
        ("ko", "미국은 들으라. 적대시정책은 파산되였다.", ("US", "ho_policy", "적대시정책")),
        ("zh", "朝鲜谴责日本的对朝人权闹剧。", ("JP", "ho_moves", "对朝人权闹剧")),
    ],
)
def test_a_set_phrase_is_found_whole(lang: str, text: str, found: tuple[str, str, str]) -> None:
    assert phrases(text, lang) == [found]


@pytest.mark.parametrize(
    ("lang", "text", "states"),
    [
        ("ko", "중국의 통신은 미국이 대조선적대시정책을 버려야 한다는 우리 나라의 담화를 전하였다.", ["US"]),
        ("ko", "우리 나라는 미국과 일본의 반공화국대결소동을 규탄한다.", ["JP", "US"]),
        ("ko", "카나다외무상의 망발은 미국의 극단적인 대조선적대시정책을 두둔한다.", ["US"]),
        ("zh", "中国媒体报道说，朝鲜谴责美国的对朝敌视政策。", ["US"]),
        ("zh", "朝鲜谴责美国和韩国的对朝敌对行为。", ["KR", "US"]),
        ("zh", "美韩暴露出同朝鲜的军事对抗立场。", ["KR", "US"]),
        ("zh", "美国和傀儡韩国变本加厉地推行对朝敌视政策。", ["KR", "US"]),
        ("ko", "미국과 괴뢰한국의 북침전쟁연습이 계속되고있다고 우리 나라 신문이 썼다.", ["KR", "US"]),
    ],
)
def test_enmity_is_of_whoever_stands_nearest_before_it(lang: str, text: str, states: list[str]) -> None:
    assert sorted(found[0] for found in phrases(text, lang)) == states


def test_a_korean_enmity_may_stand_before_whose_it_is() -> None:
    text = "한국은 들으라. 우리 공화국을 고립압살하려는 미국의 앞날은 뻔하다."
    assert [found[0] for found in phrases(text, "ko")] == ["US"]


@pytest.mark.parametrize(
    "sentence",
    [
        "우리 인민은 우리를 적대시하는 제국주의자들을 용서하지 않는다.",
        "적대세력들의 악랄한 반공화국책동은 파산되였다.",
        "제국주의자들과 온갖 반동들은 우리식 사회주의를 압살하려고 날뛰였다.",
    ],
)
def test_the_enmity_of_imperialists_in_general_is_no_states_in_korean_too(sentence: str) -> None:
    assert phrases(f"한국에서 시위가 있었다. {sentence}", "ko") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "조중친선협회 위원장이 중국대사를 만났다."),
        ("ko", "조로친선예술대표단이 로씨야로 떠났다."),
        ("ko", "조중친선설명절행사가 중국대사관에서 진행되였다. 우리 나라 손님들이 왔다."),
        ("ko", "우리 나라와 중국은 조중우호, 협조 및 호상원조에 관한 조약을 맺었다."),
        ("zh", "李示例向平壤的朝中友谊塔献花，中国大使在场。"),
        ("zh", "朝中友好协会委员长会见了中国大使。"),
        ("zh", "朝鲜和中国纪念朝中友好合作互助条约签订日。"),
    ],
)
def test_the_name_of_a_body_a_tower_or_a_treaty_is_no_phrase(lang: str, text: str) -> None:
    assert phrases(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [("zh", "朝鲜报纸谈到了中俄友好关系。"), ("ko", "우리 나라 신문은 중러 친선관계를 전하였다.")],
)
def test_a_pair_without_the_home_side_speaks_of_others(lang: str, text: str) -> None:
    assert phrases(text, lang) == []


def test_a_partnership_stays_one_in_the_name_of_its_treaty() -> None:
    assert phrases("朝鲜和俄罗斯履行全面战略伙伴关系条约。", "zh") == [("RU", "st_partnership", "全面战略伙伴关系")]


# --- plain words ----------------------------------------------------------------------------------------------------


def stances(text: tuple[str, ...], lang: str) -> dict[str, float]:
    return {row["partner"]: row["value"] for row in of_kind("stance", text, lang=lang)}


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("zh", ("朝鲜外务省发表谈话", "朝鲜对美国的行径表示强烈谴责和反对。"), {"US": -2}),
        ("zh", ("朝鲜外务省发表谈话", "朝鲜谴责美国和日本的军演。"), {"US": -2, "JP": -2}),
        ("zh", ("朝鲜越南友谊", "越南人民抗击外来侵略的岁月令人难忘，朝鲜表示祝贺。"), {"VN": 1}),
        ("zh", ("古巴的斗争", "美国对古巴的封锁是犯罪，朝鲜表示声援古巴人民。"), {"US": -2, "CU": 1}),
        ("zh", ("中国的立场", "朝鲜谴责外部势力的行为，并对中国政府的正义立场表示支持。"), {"CN": 1}),
        ("ko", ("외무성 대변인대답", "미국의 책동을 우리 공화국은 단호히 규탄한다."), {"US": -2}),
        ("ko", ("외무성 대변인대답", "카나다외무상의 망발은 우리를 건드린것이다."), {"CA": -1}),
        ("ko", ("꾸바의 투쟁", "미국은 꾸바에 대한 간섭책동에 매달리고있다."), {"US": -1, "CU": 0}),
        ("ko", ("꾸바의 투쟁", "미국은 꾸바의 제도를 말살하려 한다고 우리 나라가 밝혔다."), {"US": -1, "CU": 0}),
        ("ko", ("중국의 립장", "중국은 미국을 비난하였다. 우리 나라는 중국을 지지한다."), {"CN": 1, "US": -1}),
        ("ko", ("꽃바구니", "중국 영생기원회가 동상에 꽃바구니를 보내여왔다. 조선로동당이 받았다."), {"CN": 0}),
    ],
)
def test_blame_deeds_and_wishes_fall_on_whom_the_order_of_words_says(
    lang: str, text: tuple[str, ...], found: dict[str, float]
) -> None:
    assert stances(text, lang) == found


# --- what a text is about -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text", "about"),
    [
        ("zh", ("古巴的斗争", "美国对古巴的封锁是犯罪，朝鲜声援古巴人民。"), {"CU", "US"}),
        ("zh", ("朝鲜外务省谈话", "朝鲜谴责美国。俄罗斯塔斯社作了报道。"), {"US"}),
        ("zh", ("朝鲜女足", "朝鲜女足战胜了中国队。"), set()),
        ("ko", ("담화", "우리는 미국을 규탄한다. 미국은 들으라. 로씨야의 따쓰통신은 이렇게 보도하였다."), {"US"}),
        ("ko", ("조선 녀자축구팀", "우리 나라 선수들이 중국을 이겼다."), set()),
        ("ko", ("외무성 중국담당 부상 담화", "한국은 우리 나라를 헐뜯었다. 한국은 후회할것이다."), {"KR"}),
        (
            "ko",
            ("혁명렬사 추모모임", "일제를 반대하여 중국 동북의 산야에서 싸운 우리 나라 렬사들을 추모하였다."),
            set(),
        ),
        (
            "ko",
            ("총련학생들의 조국방문", "총련학생들은 우리 나라를 돌아보며 일본땅에서도 애국의 대를 잇겠다고 하였다."),
            set(),
        ),
        (
            "ko",
            (
                "새해의 과업",
                "미국과 함께 미국의 무기를 늘이는 훈련에 대해 우리는 안다. 남조선당국은 그것을 멈춰야 한다.",
            ),
            {"US", "KR"},
        ),
        ("zh", ("革命烈士追悼会", "平壤市民追悼在中国东北同日本帝国主义战斗的烈士。"), set()),
    ],
)
def test_the_press_that_relays_and_the_rivals_on_the_field_are_no_subject(
    lang: str, text: tuple[str, ...], about: set[str]
) -> None:
    rows = of_kind("attention", text, lang=lang)
    assert {row["partner"] for row in rows if row["code"] == "about"} == about
