"""Contacts in Chinese: what stands before a noun or verb and says who goes where, and whether it has taken place."""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.chinese_nouns import Grammar, finders
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_NAMED_DELEGATION = Pattern("[^,;。:\n]{0,60}?{delegation}", "zh")  # 老挝教育部|代表团
_BEFORE_IT = Pattern("^.*(?:{welcome_guest}|的名义|访问.*?的|\\d日|今天|昨天)", "zh")  # …3日 | 老挝代表团
_JOURNEY = Pattern("的?(?:正式|友好|国事)?(?:访问)?{journey}", "zh")  # 对老挝的|正式访问行程
_INVITED_BY = re.compile("应(?:[^,;。\n]{0,6})$")  # 应老挝|邀请
_INVITES = re.compile("[^,;。\n]{0,40}?邀请")  # 老挝政府的邀请
_NOT_YET = Pattern("{not_yet}|将$", "zh")  # 两国将|会谈
# "Will" reaches over a comma where the sentence goes on with "and": 将于10日率团出席庆典,并对朝鲜进行访问
_WILL = Pattern("{will}(?:[^,;。\n]|,(?:并|还|同时))*$", "zh")
_CAME_TO_NOTHING = Pattern("[^,。\n]{0,6}(?:{come_to_nothing}|[?])|[^,。\n]{0,10}周年", "zh")  # 会谈|取消; 建交|60周年
_NEAR = 16  # characters before a noun of contact in which its "will" or "proposes" stands


def _not_yet(document: Document, reported: str, lead: Span, at: Span) -> bool:
    """Return whether what is said at `at` is to come, came to nothing, or is an anniversary.

    "Will" and "proposes" stand before what they speak of, "was called off" and "anniversary" right after it.
    """
    return bool(
        document.pattern(_NOT_YET).search(reported, max(lead[0], at[0] - _NEAR), at[0])
        or document.pattern(_WILL).search(reported, lead[0], at[0])
        or document.pattern(_CAME_TO_NOTHING).match(reported, at[1])
    )


def _is_host(document: Document, mention: Mention) -> bool:
    """Return whether somebody goes there: 访问中国, 对俄罗斯进行访问, 在朝鲜访问行程, 应中国政府邀请."""
    text, start, end = document.text, mention.start, mention.end
    return bool(
        text.endswith(document.class_words("bound_for"), max(0, start - 4), start)
        or document.pattern(_JOURNEY).match(text, end)
        or (_INVITED_BY.search(text, max(0, start - 7), start) and _INVITES.match(text, end))
    )


def _named_delegation(document: Document, lead: Span) -> Span | None:
    match = document.pattern(_NAMED_DELEGATION).search(document.text, *lead)
    before = document.pattern(_BEFORE_IT).match(match[0]) if match else None
    return (match.start() + (before.end() if before else 0), match.end()) if match else None


def _with_post(document: Document, person: Mention) -> Span:
    """Return the span of a person with the post before or after the name: 外务相崔善姬, 崔善姬外务相."""
    start, end, offices = person.start, person.end, document.lexicon.posts.offices
    before = [post for post in offices(document.small, "zh", max(0, start - 12), start) if post.end() == start]
    after = next(offices(document.small, "zh", end, end + 8), None)
    return before[0].start() if before else start, after.end() if after and after.start() == end else end


GRAMMAR = Grammar(
    # "首脑举行会谈", "政府间经贸委员会第五次会议", "进行了友好谈话", and no 会见记者
    talks=Pattern(
        "首脑[^,;。\n]{0,6}?(?:会谈|会晤)|{talks}(?!记者)|政府间[^,;。\n]{0,24}委员会[^,;。\n]{0,8}会议"
        "|(?:进行了?|举行了?|亲切|友好)的?谈话",
        "zh",
    ),
    # "签署了…协定", "协定…签字仪式", "互换了…批准书"
    agreement=Pattern(
        "{sign}[^,;。\n]{0,40}?{paper}|{paper}[^,;。\n]{0,20}?{sign}"
        "|(?:交换|互换)了?[^,;。\n]{0,20}批准书|批准书[^,;。\n]{0,10}(?:交换|互换)",
        "zh",
    ),
    concluded=Pattern("{sign}了", "zh"),  # 签署了
    gathering=Pattern("{gathering}", "zh"),  # 集会
    delegation=Pattern("{delegation}", "zh"),
    moves=Pattern("{move}(?!团)|[访赴][朝华俄中美日韩越]", "zh"),  # 访华; no 访问团, a delegation
    # "结束对…的访问行程", "访华", "赴俄", and no 访越南, which names the state in full
    visit=Pattern("结束[^,;。\n]{0,12}{journey}|{visit}(?!团)|[访赴][朝华俄中美日韩越](?!南)", "zh"),
    they=Pattern("{they}(?!还?{say_or_thank})", "zh"),  # 双方; who only 双方表示 speaks
    speaks=Pattern("{say_or_thank}|欢迎(?!招待|宴|仪式|晚会)", "zh"),  # 欢迎, and no 欢迎宴, a banquet
    not_yet=_not_yet,
    is_host=_is_host,
    named_delegation=_named_delegation,
    with_post=_with_post,
)

find, read = finders(GRAMMAR)
