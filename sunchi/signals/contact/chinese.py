"""Contacts in Chinese: their words, and what stands before a noun or verb and says how it is meant."""

from __future__ import annotations

import re

from sunchi.lexicon import HOME
from sunchi.signals.contact.nouns import Words, finders
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

HOSTS = {"朝": HOME, "华": "CN", "中": "CN", "俄": "RU", "美": "US", "日": "JP", "韩": "KR", "越": "VN"}
"""The states that one sign names: 访华, 驻俄."""

_PAPER = "(?:协定|协议|条约|议定书|备忘录|计划书|合作文件|联合声明)"
_DELEGATION = "(?:代表团|访问团|考察团|艺术团|参观团|合唱团|乐团|歌舞团|演出团|工作组)"
_NAMED_DELEGATION = re.compile(rf"[^,;。:\n]{{0,60}}?{_DELEGATION}")
_BEFORE_IT = re.compile("^.*(?:会见了?|接见了?|欢迎了?|会谈|的名义|招待了?|访问.*?的|\\d日|今天|昨天)")
_TO_HOST = re.compile("(?:访问了?|出访|前往|赴|抵达了?|到达|来到|离开|到|对|在|从|驻)$")
_INVITED_BY = re.compile("应(?:[^,;。\n]{0,6})$")
_INVITES = re.compile("[^,;。\n]{0,40}?邀请")
_JOURNEY = re.compile("的?(?:正式|友好|国事)?(?:访问)?(?:行程|日程|之行)")
_NOT_YET = re.compile(
    "将(?:于|要|会|同|与|在|对|率|访|举行|抵|$)|预计|预料|拟|计划|准备|提议|建议|呼吁|要求|可能|期待|希望|拒绝|否认|取消|推迟|筹备|有望|是否"
    "|能否|没有|从未|尚未|支持"
)
# "Will" reaches over a comma where the sentence goes on with "and": 将于10日率团出席庆典,并对朝鲜进行访问
_WILL = re.compile("将(?:于|率|会|要|对|同|与)|即将|拟于")
_SAME_CLAUSE = re.compile("(?:[^,;。\n]|,(?:并|还|同时))*")
_CAME_TO_NOTHING = re.compile("[^,。\n]{0,6}(?:可能|取消|推迟|告吹|提议|建议|[?])|[^,。\n]{0,10}周年")
_NEAR = 16  # characters before a noun of contact in which its "will" or "proposes" stands


def _not_yet(held: str, lead: Span, at: Span) -> bool:
    """ "Will" and "proposes" stand before what they speak of, "was called off" and "anniversary" right after it."""
    return bool(
        _NOT_YET.search(held, max(lead[0], at[0] - _NEAR), at[0])
        or any(_SAME_CLAUSE.fullmatch(held, will.end(), at[0]) for will in _WILL.finditer(held, lead[0], at[0]))
        or _CAME_TO_NOTHING.match(held, at[1])
    )


def _is_host(document: Document, n: Mention) -> bool:
    """访问中国, 对俄罗斯进行访问, 抵达平壤, 在朝鲜访问行程, 应中国政府邀请."""
    return bool(
        _TO_HOST.search(document.text, max(0, n.start - 4), n.start)
        or _JOURNEY.match(document.text, n.end)
        or (_INVITED_BY.search(document.text, max(0, n.start - 7), n.start) and _INVITES.match(document.text, n.end))
    )


def _is_posted(document: Document, n: Mention) -> bool:
    return document.text.endswith("驻", 0, n.start)


def _named_delegation(document: Document, lead: Span) -> Span | None:
    match = _NAMED_DELEGATION.search(document.text, *lead)
    before = _BEFORE_IT.match(match[0]) if match else None
    return (match.start() + (before.end() if before else 0), match.end()) if match else None


def _with_post(document: Document, n: Mention) -> Span:
    """A person with the post beside the name: 外务相崔善姬, 崔善姬外务相."""
    offices = document.lexicon.posts.offices
    before = [post for post in offices(document.small, "zh", max(0, n.start - 12), n.start) if post.end() == n.start]
    after = next(offices(document.small, "zh", n.end, n.end + 8), None)
    return before[0].start() if before else n.start, after.end() if after and after.start() == n.end else n.end


WORDS = Words(
    talks=re.compile(
        "首脑[^,;。\n]{0,6}?(?:会谈|会晤)|会谈|战略对话|会晤|会见(?!记者)|接见|会面|政府间[^,;。\n]{0,24}委员会[^,;。\n]{0,8}会议|(?:进行了?|举行了?|亲切|友好)(?:的)?谈话"
    ),
    call=re.compile("拜会|递交国书|呈递国书|到任拜访|辞行"),
    ambassador=re.compile("大使(?!馆)|临时代办"),
    embassy=re.compile("大使馆|驻朝鲜?(?:特命全权)?大使"),  # they live here
    reception=re.compile("招待会|宴会|酒会|设宴|宴请"),
    agreement=re.compile(
        rf"(?:签署|签订|缔结)[^,;。\n]{{0,40}}?{_PAPER}|{_PAPER}[^,;。\n]{{0,20}}?(?:签署|签订|签字|缔结)"
        "|(?:交换|互换)了?[^,;。\n]{0,20}批准书|批准书[^,;。\n]{0,10}(?:交换|互换)"
    ),
    joint=re.compile("友好集会|联合演出|联合音乐会|联欢|友好晚会|电影欣赏会|图片展|美术展|友谊座谈会|电影周"),
    gathering=re.compile("(?:纪念|庆祝|报告)?(?:集会|大会|报告会|座谈会|演讲会)"),
    attended=re.compile("(?:大使|使馆|临时代办|外交官)[^。\n]{0,30}(?:参加|出席|应邀|在会上|讲话|致辞|发言)"),
    leaders=re.compile("会谈|会晤|会见|会面"),
    delegation=re.compile(_DELEGATION),
    ours=re.compile("(?:我国|朝方)$"),
    theirs=re.compile("韩方$"),
    moves=re.compile("抵达|到达|离开|启程|出发|前往|返回|回国|访问(?!团)|来访|到访|出访|[访赴][朝华俄中美日韩越]"),
    visit=re.compile(
        "结束[^,;。\n]{0,12}(?:行程|日程|之行)|访问(?!团)|出访|来访|到访|[访赴][朝华俄中美日韩越](?!南)|抵达|到达|离开|回国|前往"
    ),
    short=re.compile("[访赴]([朝华俄中美日韩越])(?!南|鲜|国|罗|本)"),
    hosts=HOSTS,
    of_home=re.compile("[朝北]"),
    here=re.compile(
        "平壤|来访|访朝|驻朝|万寿台议事堂|人民文化宫|万景台|太阳宫|国务委员长|对外经济相|(?<!日本)外务(?:省|相)|副相"
    ),
    ours_unnamed=None,  # a Chinese sentence has no ending that shows who does it
    of_the_house=None,
    sport=re.compile("足球|[女男]足|篮球|排球|乒乓球|锦标赛|亚洲杯|世界杯|亚运会|奥运会|联赛"),
    next_item=re.compile("当晚|当[天日]|同[日天]|随后|此外|另外|另据"),
    recalled=re.compile("去年|今年|上月|本月|此前|曾"),
    invited=re.compile("应[^,;。\n]{2,60}邀请"),
    newcomer=re.compile("新任[^,;。\n]{0,12}大使|赴任|履新|到任"),
    they=re.compile("(?:他们?|她们?|两人|二人|双方)(?!说|表示|强调|指出|称|还说)"),
    speaks=re.compile("说|表示|强调|指出|称|认为|写道|回忆|欢迎(?!招待|宴|仪式|晚会)|感谢"),
    not_yet=_not_yet,
    is_host=_is_host,
    is_posted=_is_posted,
    named_delegation=_named_delegation,
    with_post=_with_post,
)

find, read = finders(WORDS)
