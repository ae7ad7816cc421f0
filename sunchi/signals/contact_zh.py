"""Contacts in Chinese: headline and first sentence, by their nouns and verbs of contact.

Two states besides the home side in one sentence are as often third parties as partners; then only a form that holds
both sides (朝中, 朝俄) tells whose contact it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.events import Contact
from sunchi.signals.reading import Naming, Reading
from sunchi.text import Span

_TALKS = re.compile("会谈|会晤|会见(?!记者)|接见|会面|(?:进行了?|举行了?|亲切|友好)(?:的)?谈话")
_CALL = re.compile("拜会|递交国书|呈递国书|到任拜访|辞行")
_AMBASSADOR = re.compile("大使(?!馆)|临时代办")
_RECEPTION = re.compile("招待会|宴会|酒会|设宴|宴请")
_PAPER = "协定|协议|条约|议定书|备忘录|计划书|合作文件|联合声明"
_AGREEMENT = re.compile(
    rf"(?:签署|签订|缔结)[^,;。\n]{{0,40}}?(?:{_PAPER})|(?:{_PAPER})[^,;。\n]{{0,20}}?(?:签署|签订|签字|缔结)"
)
_JOINT = re.compile("友好集会|联合演出|联合音乐会|联欢|友好晚会|电影欣赏会|图片展|友谊座谈会")
_DELEGATION = re.compile("代表团|访问团|考察团|艺术团|参观团|工作组")
_NAMED_DELEGATION = re.compile(r"[^,;。:\n]{0,60}?(?:代表团|访问团|考察团|艺术团|参观团|工作组)")
_BEFORE_IT = re.compile("^.*(?:会见了?|接见了?|欢迎了?|会谈|的名义|招待了?|访问.*?的|\\d日|今天|昨天)")
_MOVES = re.compile("抵达|到达|离开|启程|前往|返回|回国|访问|来访|到访|出访|访[朝华俄中美日]")
_VISIT = re.compile("访问(?!团)|出访|来访|到访|访[朝华俄中美日]|抵达|到达|离开|回国|前往")
_SHORT = re.compile("访(?P<whom>[朝华俄中美日])")
_SHORT_HOSTS = {"朝": HOME, "华": "CN", "中": "CN", "俄": "RU", "美": "US", "日": "JP"}
_TO_HOST = re.compile("(?:访问了?|出访|前往|赴|抵达了?|到达|来到|离开|到|对|在|从|驻)$")
_OF_HOME = re.compile("[朝北]")
_HERE = re.compile("平壤|来访|访朝|驻朝")
_NOT_YET = re.compile(
    "将(?:于|要|会|同|与|在|对|率|访|举行|抵)|拟|计划|准备|提议|建议|呼吁|要求|可能|期待|希望|拒绝|否认|取消|推迟|筹备|有望|是否"
    "|能否|没有|从未|尚未|支持"
)
_CAME_TO_NOTHING = re.compile("[^,。\n]{0,6}(?:可能|取消|推迟|告吹|提议|建议|[?])")
_NEAR = 16  # characters before a noun of contact in which its "will" or "proposes" stands
_QUOTED = re.compile('["][^"\n]*["]')
_SPORT = re.compile("足球|[女男]足|篮球|排球|乒乓球|锦标赛|亚洲杯|世界杯|亚运会|奥运会|联赛")
_EMBASSY = re.compile("大使馆")


def find(reading: Reading) -> Iterator[Contact]:
    """Every contact that headline or first sentence reports as having been, or being under way."""
    for lead in reading.opening:
        yield from read(reading, lead)


def read(reading: Reading, lead: Span) -> Iterator[Contact]:
    """Every contact that one sentence reports."""
    partner = _partner(reading, lead)
    if not partner:
        return
    if _SPORT.search(reading.text, *lead):
        reading.drop("contact", lead, "sports: teams meet there")
        return
    told = _QUOTED.sub(lambda quote: " " * len(quote[0]), reading.text[: lead[1]])
    for kind, at in _kinds(reading, told, lead):
        if _NOT_YET.search(told, max(lead[0], at[0] - _NEAR), at[0]) or _CAME_TO_NOTHING.match(told, at[1]):
            reading.drop("contact", lead, "asked for, expected or refused: it has not taken place")
            continue
        yield Contact(kind, partner, _who(reading, kind, lead), lead)


def _partner(reading: Reading, lead: Span) -> str:
    """The one state that a sentence names beside the home side, "" where there is none, or more than one."""
    named = reading.named_in(lead)
    pairs = [n for n in named if n.role == "pair" and _OF_HOME.search(reading.text, n.start, n.end)]
    states = {n.partner for n in named if n.role != "pair"}
    of_pairs = {n.partner for n in pairs}
    if of_pairs:
        states = states & of_pairs if states else of_pairs  # China on the talks of 朝美 is no contact of China's
    short = _SHORT.search(reading.text, *lead)
    if not states and short and reading.home_in(lead) and _SHORT_HOSTS[short["whom"]] != HOME:
        return _SHORT_HOSTS[short["whom"]]
    ours = bool(pairs) or bool(reading.home_in(lead)) or bool(_HERE.search(reading.text, *lead))
    return states.pop() if len(states) == 1 and ours else ""


def _kinds(reading: Reading, held: str, lead: Span) -> Iterator[tuple[str, Span]]:
    """Kinds with the words that say so, by the nouns of `held`, which is the text without what somebody says."""
    call = _CALL.search(held, *lead)
    talks = _TALKS.search(held, *lead)
    if call:
        yield "courtesy_call", call.span()
    elif talks:
        yield "courtesy_call" if _AMBASSADOR.search(held, *lead) else "talks", talks.span()
    delegation = _DELEGATION.search(held, *lead)
    reception = _RECEPTION.search(held, *lead)
    moves = _MOVES.search(held, *lead)
    if delegation:
        way = _way(reading, lead, delegation.start()) if talks or reception or moves else ""
        if way:
            yield way, (moves or talks or delegation).span()
    else:
        visit = _VISIT.search(held, *lead)
        if visit and _visitor(reading, lead):
            yield "visit", visit.span()
    for kind, pattern in (("reception", _RECEPTION), ("agreement", _AGREEMENT), ("joint_event", _JOINT)):
        match = pattern.search(held, *lead)
        if match:
            yield kind, match.span()


def _way(reading: Reading, lead: Span, delegation: int) -> str:
    """delegation_in or _out, by whom the words before a delegation name last, else by where it goes; "" if unsaid."""
    both = [n for n in [*reading.named_in(lead), *reading.home_in(lead)] if n.role != "pair" and n.end <= delegation]
    last = max((n for n in both if not _is_host(reading, n)), key=lambda n: n.start, default=None)
    if last is None:
        hosts = {n.partner for n in [*reading.named_in(lead), *reading.home_in(lead)] if _is_host(reading, n)}
        return "" if len(hosts) != 1 else "delegation_in" if HOME in hosts else "delegation_out"
    return "delegation_out" if last.partner == HOME else "delegation_in"


def _is_host(reading: Reading, n: Naming) -> bool:
    """Whether somebody goes there, or comes from there: 访问中国, 对俄罗斯进行访问, 抵达平壤."""
    return bool(_TO_HOST.search(reading.text, max(0, n.start - 4), n.start))


def _visitor(reading: Reading, lead: Span) -> bool:
    """Whether a person of the home side goes to a state, or one of a state comes: "访问中国", "访华", "抵达平壤"."""
    if _EMBASSY.search(reading.text, *lead):
        return False
    short = _SHORT.search(reading.text, *lead)
    foreign = [n for n in reading.named_in(lead) if n.role != "pair"]
    to_them = any(_is_host(reading, n) for n in foreign) or (short and _SHORT_HOSTS[short["whom"]] != HOME)
    if to_them and any(not _is_host(reading, n) for n in reading.home_in(lead)):
        return True
    to_us = any(_is_host(reading, n) for n in reading.home_in(lead)) or bool(_HERE.search(reading.text, *lead))
    return to_us and any(not _is_host(reading, n) for n in foreign)


def _who(reading: Reading, kind: str, lead: Span) -> tuple[Span, ...]:
    """The delegation of its own kinds; else the leaders and officials of a sentence; else the whole of it."""
    delegation = _NAMED_DELEGATION.search(reading.text, *lead)
    if delegation and kind.startswith("delegation"):
        before = _BEFORE_IT.match(reading.text[delegation.start() : delegation.end()])
        return ((delegation.start() + (before.end() if before else 0), delegation.end()),)
    both = sorted([*reading.named_in(lead), *reading.home_in(lead)], key=lambda n: n.start)
    people = tuple(_with_post(reading, n) for n in both if n.role in ("leader", "official"))
    return people or ((delegation.span(),) if delegation else (lead,))


def _with_post(reading: Reading, n: Naming) -> Span:
    """A person with the post beside the name: 外务相崔善姬, 崔善姬外务相."""
    offices = reading.lexicon.posts.offices
    before = [post for post in offices(reading.text, "zh", max(0, n.start - 12), n.start) if post.end() == n.start]
    after = next(offices(reading.text, "zh", n.end, n.end + 8), None)
    return before[0].start() if before else n.start, after.end() if after and after.start() == n.end else n.end
