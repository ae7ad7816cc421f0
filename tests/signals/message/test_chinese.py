"""Messages in Chinese: who wrote to whom, and what only looks like it."""

from __future__ import annotations

from functools import partial

import pytest

from tests import detecting
from tests.detecting import of_kind

Text = tuple[str, ...] | str
only, sent = partial(detecting.only, lang="zh"), partial(detecting.sent, lang="zh")


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("贺电", "congratulation"),
        ("贺信", "congratulation"),
        ("慰问电", "sympathy"),
        ("唁电", "condolence"),
        ("答电", "reply"),
        ("感谢信", "thanks"),
        ("贺年卡", "greeting"),
        ("声援电", "solidarity"),
        ("口信", "verbal"),
        ("亲笔信", "letter"),
        ("花篮", "floral_basket"),
        ("花圈", "wreath"),
        ("礼物", "gift"),
        ("复函", "reply"),
        ("答谢电", "thanks"),
        ("唁信", "condolence"),
        ("亲署函", "letter"),
        ("救灾物资", "gift"),
    ],
)
def test_each_kind_is_known_by_its_noun_in_both_directions(noun: str, kind: str) -> None:
    assert sent(f"金正恩同志向习近平同志送去了{noun}。") == [(kind, "out", "CN", "金正恩", "习近平")]
    assert sent(f"金正恩同志收到了来自习近平同志的{noun}。") == [(kind, "in", "CN", "习近平", "金正恩")]
    assert sent(f"习近平致金正恩的{noun}昨天到达平壤。") == [(kind, "in", "CN", "习近平", "金正恩")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "敬爱的金正恩同志10月3日向中国共产党中央委员会总书记、中华人民共和国主席习近平同志致贺电。",
            ("congratulation", "out", "CN", "金正恩", "习近平"),
        ),
        ("俄罗斯联邦总统普京给金正恩同志发来贺电。", ("congratulation", "in", "RU", "普京", "金正恩")),
        ("习近平致电祝贺金正恩当选朝鲜国务委员长。", ("congratulation", "in", "CN", "习近平", "金正恩")),
        ("金正恩复电普京，感谢他的祝贺。", ("reply", "out", "RU", "金正恩", "普京")),
        ("普京致电金正恩，对国庆贺电表示感谢。", ("thanks", "in", "RU", "普京", "金正恩")),
        ("普京迎接新年，给金正恩发来贺信。", ("greeting", "in", "RU", "普京", "金正恩")),
        ("绍伊古转交了普京致金正恩的礼品。", ("gift", "in", "RU", "普京", "金正恩")),
        ("金正恩向习近平提供了支援金。", ("gift", "out", "CN", "金正恩", "习近平")),
        ("普京致电金正恩，就水灾表示慰问。", ("sympathy", "in", "RU", "普京", "金正恩")),
        ("王毅致函朝鲜外务相崔善姬。", ("letter", "in", "CN", "王毅", "崔善姬")),
        (
            "崔善姬外务相向蒙古国外长乌云其其格发去贺信。",
            ("congratulation", "out", "MN", "崔善姬", "乌云其其格"),
        ),
        ("叙利亚总统给朝鲜领导人发来唁电。", ("condolence", "in", "SY", "叙利亚总统", "朝鲜领导人")),
        (
            "朝鲜劳动党中央委员会向越南共产党中央委员会致贺电。",
            ("congratulation", "out", "VN", "朝鲜劳动党中央委员会", "越南共产党中央委员会"),
        ),
        ("普京总统的礼物转交给了金正恩同志。", ("gift", "in", "RU", "普京", "金正恩")),
        ("普京总统赠送金正恩同志的礼物3日转交给有关部门。", ("gift", "in", "RU", "普京", "金正恩")),
        (
            "以金正恩同志的名义向俄罗斯大使馆赠送花篮。",
            ("floral_basket", "out", "RU", "金正恩", "俄罗斯大使馆"),
        ),
        ("习近平总书记给金正恩同志的贺电昨天到达。", ("congratulation", "in", "CN", "习近平", "金正恩")),
        (
            "俄罗斯驻朝鲜大使馆向金日成同志铜像敬献花篮。",
            ("floral_basket", "in", "RU", "俄罗斯驻朝鲜大使馆", "金日成同志铜像"),
        ),
        ("金正恩的亲笔信4日在莫斯科转交给普京总统。", ("letter", "out", "RU", "金正恩", "普京")),
        ("普京总统通过国防部长向金正恩同志转交了亲笔信。", ("letter", "in", "RU", "普京", "金正恩")),
        ("访问朝鲜的俄罗斯代表团向金正恩同志赠送礼物。", ("gift", "in", "RU", "俄罗斯代表团", "金正恩")),
        ("普京总统10日来电祝贺朝鲜国庆。", ("congratulation", "in", "RU", "普京", "朝鲜")),
        ("中国驻朝大使王亚军向友谊塔敬献花圈。", ("wreath", "in", "CN", "王亚军", "友谊塔")),
        (
            "金正恩同志向中国人民志愿军烈士陵园敬献花圈。",
            ("wreath", "out", "CN", "金正恩", "中国人民志愿军烈士陵园"),
        ),
        ("宋涛转达了习近平同志给金正恩同志的口信。", ("verbal", "in", "CN", "习近平", "金正恩")),
        ("宋涛向金正恩同志转达了习近平总书记的亲切问候。", ("verbal", "in", "CN", "习近平", "金正恩")),
        ("金正恩同志请绍伊古转达他对普京总统的问候。", ("verbal", "out", "RU", "金正恩", "普京")),
        ("崔善姬转达了金正恩同志对普京总统的谢意。", ("thanks", "out", "RU", "金正恩", "普京")),
        ("崔善姬转达了金正恩同志对普京总统的问候。", ("verbal", "out", "RU", "金正恩", "普京")),
        ("金正恩收到消息后，立即向普京致唁电。", ("condolence", "out", "RU", "金正恩", "普京")),
        ("我国政府向古巴政府致慰问电。", ("sympathy", "out", "CU", "我国政府", "古巴政府")),
        ("8日朝鲜外务省收到了俄罗斯外交部的感谢信。", ("thanks", "in", "RU", "俄罗斯外交部", "朝鲜外务省")),
        ("習近平總書記向金正恩總書記致賀電。", ("congratulation", "in", "CN", "习近平", "金正恩")),
        (
            "据日本媒体报道，劳动新闻刊发了金正恩就地震向日本首相岸田文雄发出的慰问电。",
            ("sympathy", "out", "JP", "金正恩", "岸田"),
        ),
        ("以金正恩同志名义敬献的花圈被安置在友谊塔前。", ("wreath", "out", "CN", "金正恩", "友谊塔")),
        (
            "中国军人扫墓日之际，仪式在友谊塔举行。以金正恩同志名义的花圈敬献在塔前。",
            ("wreath", "out", "CN", "金正恩", "友谊塔"),
        ),
        ("金正恩同志向解放塔敬献花篮。", ("floral_basket", "out", "RU", "金正恩", "解放塔")),
        ("金正恩收到普廷總統的賀電。", ("congratulation", "in", "RU", "普廷", "金正恩")),
        ("绍伊古向金正恩转交了普京总统的信件。", ("letter", "in", "RU", "普京", "金正恩")),
        (
            "劳动新闻26日报道，在金正恩访问俄罗斯一周年之际，俄罗斯联邦共产党主席久加诺夫向金正恩发去贺电。",
            ("congratulation", "in", "RU", "久加诺夫", "金正恩"),
        ),
        ("习近平请代表转达对金正恩同志的诚挚问候。", ("verbal", "in", "CN", "习近平", "金正恩")),
        ("绍伊古转交给金正恩同志一封普京总统的亲笔信。", ("letter", "in", "RU", "普京", "金正恩")),
        ("劳动新闻指出，金正恩向普京致贺电。", ("congratulation", "out", "RU", "金正恩", "普京")),
        (
            "金日成金正日基金理事会的中国客人向金日成同志铜像敬献花篮。",
            ("floral_basket", "in", "CN", "中国客人", "金日成同志铜像"),
        ),
        ("金正恩10月1日，并通过俄罗斯大使向普京致贺电。", ("congratulation", "out", "RU", "金正恩", "普京")),
        ("金正恩收到许多新年贺卡，包括来自中国国家主席。", ("greeting", "in", "CN", "中国国家主席", "金正恩")),
    ],
)
def test_both_sides_of_a_message_are_named_short(sentence: str, found: tuple[str, ...]) -> None:
    assert sent(sentence) == [found]


@pytest.mark.parametrize(
    "sentence",
    [
        "普京向习近平致贺电。",
        "日本首相收到了韩国总统的亲笔信。",
        "金正恩没有向习近平致贺电。",
        "金正恩同志将于下月向普京致贺电。",
        "金正恩同志向灾区儿童赠送礼物。",
        "平壤市民给前线战士寄去慰问信。",
        "习近平在贺电中说，他向金正恩同志致以节日问候并送去花篮。",
        "普京总统说，俄罗斯致力于向朝鲜提供电报设备。",
        "中国和俄罗斯的领导人互致贺电，朝鲜报纸没有提到。",
        "旅日朝鲜人总联合会向金正恩同志致贺电。",
        "中国委员长强调，习近平总书记同金正恩总书记互致贺电。",
        "金正恩同志向大城山革命烈士陵园敬献花圈。",
        "劳动新闻刊发了俄罗斯总统的文章和礼物的照片，金正恩没有出席。",
        "中国人民志愿军参战纪念日之际，敬献花圈仪式在友谊塔举行。",
    ],
)
def test_what_is_no_message_between_the_two_sides_is_none(sentence: str) -> None:
    assert sent(sentence) == []


def test_an_ambassador_without_his_states_name_speaks_for_the_articles_own() -> None:
    text = ("中国大使递交国书", "中国驻朝鲜大使递交国书。", "之后，某大使率使馆外交官向金日成同志铜像敬献花篮。")
    assert sent(text) == [("floral_basket", "in", "CN", "某大使", "金日成同志铜像")]
    assert sent((*text[:2], "之后，某大使率使馆外交官向学生赠送礼物。")) == []


def test_an_exchange_is_two_messages() -> None:
    both = [("congratulation", "out", "CN", "金正恩", "习近平"), ("congratulation", "in", "CN", "习近平", "金正恩")]
    assert sent("金正恩同志和习近平同志互致贺电。") == both
    assert sent("习近平同朝鲜劳动党总书记金正恩互致贺电。") == both


def test_an_exchange_of_wires_is_two_messages_and_thanks_name_who_wired_first() -> None:
    both = [("congratulation", "in", "RU", "普京", "金正恩"), ("congratulation", "out", "RU", "金正恩", "普京")]
    assert sorted(sent("金正恩与俄罗斯总统普京相互致电，庆祝解放日。")) == both
    assert sorted(sent("金正恩复电普京，感谢普京致电祝贺朝鲜国庆。")) == [
        ("congratulation", "in", "RU", "普京", "金正恩"),
        ("reply", "out", "RU", "金正恩", "普京"),
    ]


def test_an_exchange_with_an_office_names_the_office() -> None:
    rows = of_kind("message", "金正恩同志与中国国家主席交换新年贺卡。", lang="zh")
    assert [(r["detail"]["to"], r["detail"]["named"], r["detail"]["occasion"]) for r in rows] == [
        ("中国国家主席", False, "新年"),
        ("金正恩", False, "新年"),
    ]
    assert [found[3] for found in sent("朝中两国最高领导人互致贺电。")] == ["朝中两国最高领导人"] * 2


def test_lists_of_senders_and_of_recipients_are_split() -> None:
    assert sent("金正恩同志收到俄罗斯总统普京、越南国家主席苏林和尼加拉瓜总统的贺电。") == [
        ("congratulation", "in", "NI", "尼加拉瓜总统", "金正恩"),
        ("congratulation", "in", "RU", "普京", "金正恩"),
        ("congratulation", "in", "VN", "苏林", "金正恩"),
    ]
    assert [found[2:] for found in sent("金正恩同志分别向老挝国家主席和尼加拉瓜总统致贺电。")] == [
        ("LA", "金正恩", "老挝国家主席"),
        ("NI", "金正恩", "尼加拉瓜总统"),
    ]


@pytest.mark.parametrize(
    ("sentence", "occasion"),
    [
        ("值此中华人民共和国成立75周年之际，金正恩向习近平致贺电。", "中华人民共和国成立75周年"),
        ("金正恩就中国西部的地震向习近平致慰问电。", "中国西部的地震"),
        ("金正恩向普京致贺电，祝贺俄罗斯国庆日。", "俄罗斯国庆日"),
        ("金正恩收到普京的新年贺卡。", "新年"),
    ],
)
def test_the_occasion_is_read_and_whom_it_names_sends_nothing(sentence: str, occasion: str) -> None:
    row = only("message", sentence)
    assert (row["occasion"], row["from"] == "金正恩" or row["to"] == "金正恩") == (occasion, True)


def test_a_full_text_is_measured_and_its_salutation_read() -> None:
    text = (
        "金正恩致习近平的贺电",
        "金正恩同志10月1日向习近平同志致贺电。",
        "贺电全文如下：",
        "尊敬的习近平总书记同志：",
        "祝贺贵国的节日。",
    )
    row = only("message", text)
    assert (row["full_text"], row["value"], row["salutation"], row["dated"]) == (True, 18.0, 1, "10月1日")
