"""The clause of a Chinese sentence that reports a message: its verb, its noun, and where its two sides stand.

The recipient stands before the verb or after it ("向习近平致贺电", "致习近平的贺电"); "致电" and "复电" are verb and
noun in one. There are no blanks, and "," and ":" stand for the Chinese signs: the text is plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.rationale import Rejected
from sunchi.text import Span

_KINDS = {
    "贺电": "congratulation",
    "贺信": "congratulation",
    "贺函": "congratulation",
    "祝贺电报": "congratulation",
    "祝贺信": "congratulation",
    "答电": "reply",
    "答函": "reply",
    "复函": "reply",
    "回函": "reply",
    "答谢电": "thanks",
    "答谢信": "thanks",
    "答谢函": "thanks",
    "致谢电": "thanks",
    "感谢函": "thanks",
    "复电": "reply",
    "回电": "reply",
    "复信": "reply",
    "回信": "reply",
    "谢电": "thanks",
    "感谢电": "thanks",
    "感谢信": "thanks",
    "慰问电": "sympathy",
    "慰问信": "sympathy",
    "慰问函": "sympathy",
    "唁电": "condolence",
    "唁函": "condolence",
    "唁信": "condolence",
    "吊唁电": "condolence",
    "声援电": "solidarity",
    "声援信": "solidarity",
    "贺年卡": "greeting",
    "贺年片": "greeting",
    "年卡": "greeting",
    "贺卡": "greeting",
    "问候信": "greeting",
    "致敬信": "greeting",
    "致敬电": "greeting",
    "口信": "verbal",
    "亲笔信": "letter",
    "亲署函": "letter",
    "亲笔函": "letter",
    "亲署信": "letter",
    "书信": "letter",
    "信函": "letter",
    "信件": "letter",
    "函件": "letter",
    "电报": "letter",
    "花篮": "floral_basket",
    "花圈": "wreath",
    "礼物": "gift",
    "礼品": "gift",
    "赠品": "gift",
    "慰问金": "gift",
    "支援金": "gift",
    "援助金": "gift",
    "捐款": "gift",
    "救援物资": "gift",
    "救灾物资": "gift",
    "援助物资": "gift",
    "支援物资": "gift",
    "慰问品": "gift",
    "谢意": "thanks",
}
_ABOUT = (
    ("慰问", "sympathy"), ("吊唁", "condolence"), ("哀悼", "condolence"), ("悼念", "condolence"), ("感谢", "thanks"),
    ("贺", "congratulation"), ("庆祝", "congratulation"), ("问候", "greeting"), ("声援", "solidarity"),
)  # fmt: skip  # of what a mere 致电 speaks
_REPLIED = ("复电", "回电", "复信", "复函", "回函")
_NOUN = "|".join(sorted(_KINDS.keys() - {"谢意"}, key=len, reverse=True))
_SENDS = (
    r"致(?!力|使|辞|敬)|(?<![刊颁播引开爆沙启批])发(?!展|生|表|言|布|射|现|挥|动|起|达)|送(?!别|行)|寄|赠|献|呈(?!现)|递"
    r"|转(?:交|达|送)|提供"
)
_GIVES = rf"给(?=[^,;。\n]{{1,80}}的(?:{_NOUN}))"  # "习近平给金正恩的贺电"
_GREETINGS = "口信|亲笔信|亲署函|信件|信函|礼物|礼品|花篮|花圈|问候|祝贺|慰问(?!金|品)|谢意|祝愿"
_WIRES = r"致电|致函|致信|来电|来函|去电|复电|回电|复信|复函|回函|电贺|电唁|函贺"
_REPORT = re.compile(
    rf"(?:收到|接到|接受|收下)了?(?P<sender>(?:(?!后,|消息|,(?:向|并|致|他))[^;!?\n]){{0,200}}?)(?P<received>{_NOUN})"
    rf"|(?:转(?:达|交)|递交)了?(?P<of>[^,;!?\n]{{0,120}}?)(?P<passed>{_GREETINGS})"
    rf"|(?:互致|互送|互发|互换|互赠|交换)了?[^,;\n]{{0,20}}?(?P<exchanged>{_NOUN})"
    r"|(?:相互|互相|互)(?P<both>致电|致函|致信|通电)"
    rf"|(?P<verb>{_SENDS}|{_GIVES})(?!电|函(?!件)|信(?!函))(?P<between>[^,;!?\n]{{0,120}}?)(?P<sent>{_NOUN})"
    rf"|(?P<given>{_NOUN})[^;!?\n]{{0,40}}?(?:转交|转达|送达|献|摆放|递交)(?:给了?|在)?"
    rf"|(?P<wired>{_WIRES})"
)
_MARKS = "向给致"
_FAR = 300  # characters before a report in which its sides stand
_MANY = 8  # reports; no sentence has more, and a hostile page may have thousands
_TO_WHOM = re.compile(r"(?:给|向|在)(?P<whom>[^,;。\n]{1,80})")
# "at the time of China's anniversary", "over the flood in China": who is named there sends nothing
_ASIDE = re.compile(
    r"(?:值此|值|正值|适逢|欣逢|恰逢|在|就|因|鉴于|为(?:祝贺|庆祝|纪念))[^,;\n]{0,60}?(?:之际|之时|,|(?=[向给致])|$)"
    r"|(?:(?<=[,;。\n])|\A)[^,;。\n]{2,60}?之际"
)
_PLACE = re.compile("(?:访问|访|驻|在|抵达|到达|来到|前往|离开|对|据|关于)$")
_NOT_SENT = re.compile("(?:没有|没|未(?!来)|拒绝|将|拟|打算|是否|要求|呼吁)[^,;]{0,8}$")
_CONTENT = re.compile(rf"(?:{_NOUN}|电文|信|函)(?:中|里|说|称|写道|指出|强调|表示)")
_SAYS = re.compile(
    "(?:(?!报道|报导|社|新闻|媒体)[^,。\n]){2,40}(?:强调|表示|指出|回顾)(?:说)?,"
)  # what is told in a speech is recalled
_AMONG = re.compile(r",?其?中?(?:包括|有)(?:来自)?(?P<whom>[^;。\n]{1,80})")  # 收到许多贺卡,包括来自中国国家主席
_BY_WHOM = re.compile("并|还|也|通过|委托|经|由")
_IN_A_NAME = re.compile("(?:金正日)?(?:基金|花|大学|综合大学|广场|奖|勋章|主义|青年)")
_OF_HIS = re.compile("(?:他|她|自己)?对")
# "对国庆贺电表示感谢": the wire that he is thanked for
_THANKED_FOR = re.compile(
    "(?:对|就)[^,;。\n]{0,30}?(?:贺电|贺信|贺函|祝贺|慰问电?|唁电|致电)(?=[^,;。\n]{0,10}(?:感谢|谢意|致谢))"
)
_NEW_YEAR = re.compile("新年|元旦|新春|春节")
_NEW_YEAR_BEFORE = 40  # characters before the noun of a message
_THANKS = re.compile("(?:感谢|致谢|谢意)")  # 复电普京,感谢他致电祝贺: who wired is he who is thanked
OUR_MONUMENT = re.compile("友谊塔|解放塔|铜像|锦绣山太阳宫|烈士陵园|烈士陵|纪念塔")


@dataclass(frozen=True, slots=True)
class Clause:
    """One report of a message, with the places of its sides; an empty span where the sentence names no side."""

    kind: str
    at: Span
    sender: Span
    recipient: Span
    exchanged: bool = False  # one each way: both sides stand in each of the two places


def clauses(document: Document, sentence: Span) -> Iterator[Clause | Rejected]:
    """Yield every message that a sentence reports as sent."""
    for report in islice(_REPORT.finditer(document.text, *sentence), _MANY):
        content = _CONTENT.search(document.text, sentence[0], report.end() + 2)
        if _SAYS.match(document.text, *sentence) or (content and content.start() < report.start()):
            yield Rejected("message", report.span(), "its sentence gives the words of a message, and reports none")
            return
        before = _before(sentence, report)
        mark = _last_mark(document, before)
        if any(_NOT_SENT.search(document.text, before[0], at) for at in (report.start(), *(mark or ())[:1])):
            yield Rejected("message", report.span(), "denied, asked for or still to come: none was sent")
            continue
        if report["exchanged"] or report["both"]:
            kind = _kind(document, report, "exchanged", sentence)
            yield Clause(kind, report.span(), before, before, exchanged=True)
        else:
            yield _clause(document, report, sentence)


def _before(sentence: Span, report: re.Match[str]) -> Span:
    return max(sentence[0], report.start() - _FAR), report.start()


def _clause(document: Document, report: re.Match[str], sentence: Span) -> Clause:
    """Where sender and recipient of a report stand."""
    nobody = (report.end(), report.end())
    before = _before(sentence, report)
    if report["received"]:
        among = _AMONG.match(document.text, report.end(), sentence[1])
        from_whom = (
            among.span("whom") if among and not _named(document, report.span("sender")) else report.span("sender")
        )
        return Clause(_kind(document, report, "received", sentence), report.span(), from_whom, before)
    if report["given"]:  # 普京的礼物转交给金正恩
        told = document.text[report.end() - 1] in "给在了"
        whom = (report.end(), _clause_end(document, report.end(), sentence)) if told else nobody
        return Clause(_KINDS[report["given"]], report.span(), before, whom)
    if report["passed"]:
        return _passed_on(document, report, before)
    kind = _kind(document, report, "sent", sentence)
    thanked = _thanked(document, before) if report["wired"] else None
    if thanked:
        return Clause(kind, report.span(), thanked, nobody)
    mark = _last_mark(document, before)
    if mark:
        sender = _nearest_clause(document, (before[0], mark[0]))
        return Clause(kind, report.span(), sender, (mark[1], report.start()))
    if report["sent"]:
        within = report.span("between")
        named = _named(document, within)
        after = _TO_WHOM.search(document.text, report.end(), sentence[1])
        recipient = within if named else after.span("whom") if after else nobody
        return Clause(kind, report.span(), before, recipient)
    whom = (report.end(), _clause_end(document, report.end(), sentence))
    recipient = whom if _named(document, whom) else (report.end(), sentence[1])
    return Clause(kind, report.span(), before, nobody if report[0].startswith("来") else recipient)


def _passed_on(document: Document, report: re.Match[str], before: Span) -> Clause:
    """What one person passed on for another: "转达习近平给金正恩的口信", "向金正恩转达普京的问候"."""
    kind = _KINDS.get(report["passed"], "verbal")
    of = report.span("of")
    if document.text.startswith("给", of[0]):  # 转交给金正恩一封普京的亲笔信
        whom = first(document, of)
        cut = whom.end if whom else of[0]
        return Clause(kind, report.span(), (cut, of[1]), (of[0], cut))
    if _OF_HIS.match(document.text, *of):  # 习近平请代表转达对金正恩的问候
        return Clause(kind, report.span(), before, of)
    within = _last_mark(document, of, _MARKS + "对")
    if within and _named(document, (of[0], within[0])):
        return Clause(kind, report.span(), (of[0], within[0]), (within[1], of[1]))
    to = _last_mark(document, before)
    recipient = (to[1], before[1]) if to else (report.end(), report.end())
    sender = of if _named(document, of) else (before[0], to[0] if to else before[1])
    return Clause(kind, report.span(), sender, recipient)


def _thanked(document: Document, before: Span) -> Span | None:
    """Whom the clause before a wire thanks for it."""
    clause = max(document.text.rfind(",", *before) + 1, before[0])
    thanks = _THANKS.search(document.text, clause, before[1])
    return (thanks.end(), before[1]) if thanks else None


def _nearest_clause(document: Document, span: Span) -> Span:
    """The last clause of a span if it names one who may write: "据日本媒体报道,…金正恩"; else all of it."""
    comma = document.text.rfind(",", *span) + 1
    here = (comma, span[1]) if comma > 0 else span
    ours = [n for n in own_sides(document, here) if is_person(n)]
    theirs = sides(document, here)
    return here if bool(ours) != bool(theirs) and not _BY_WHOM.match(document.text, *here) else span


def _clause_end(document: Document, start: int, sentence: Span) -> int:
    comma = document.text.find(",", start, sentence[1])
    return comma if comma >= 0 else sentence[1]


def _last_mark(document: Document, span: Span, marks: str = _MARKS) -> Span | None:
    """The last 向, 给 or 致 after which a side or a monument stands: not the one of a 致力."""
    named = [n.start for n in (*sides(document, span), *own_sides(document, span))]
    monuments = [m.start() for m in OUR_MONUMENT.finditer(document.text, *span)]
    last = max(named + monuments, default=span[0])
    at = max(document.text.rfind(mark, span[0], last) for mark in marks)
    return (at, at + 1) if at >= 0 else None


def _kind(document: Document, report: re.Match[str], group: str, sentence: Span) -> str:
    """By its noun, else by what the wire speaks of; good wishes for a new year are a greeting."""
    if not report[group]:
        return _kind_of_wire(document, report, sentence)
    kind = _KINDS[report[group]]
    around = (max(sentence[0], report.start(group) - _NEW_YEAR_BEFORE), report.start(group))
    if kind == "congratulation" and _NEW_YEAR.search(document.text, *around):
        return "greeting"
    return kind


def _kind_of_wire(document: Document, report: re.Match[str], sentence: Span) -> str:
    """致电 says its kind in other words: "致电祝贺", "致电习近平,就地震表示慰问"."""
    if report[0] in _REPLIED:
        return "reply"
    held = _THANKED_FOR.sub("", document.text[report.start() : sentence[1]])
    found = [(held.find(word), kind) for word, kind in _ABOUT if word in held]
    return min(found)[1] if found else "letter"


def first(document: Document, span: Span) -> Mention | None:
    """The first state that a side names: of 俄罗斯驻朝鲜大使 it is Russia."""
    return min([*sides(document, span), *own_sides(document, span)], key=lambda n: n.start, default=None)


def _named(document: Document, span: Span) -> bool:
    return first(document, span) is not None


def sides(document: Document, span: Span) -> list[Mention]:
    """The foreign states of a side: none that an occasion names, or that is a place."""
    return _without_places(document, span, [n for n in document.named_in(span) if not document.opposes(n)])


def own_sides(document: Document, span: Span) -> list[Mention]:
    return _without_places(document, span, document.home_in(span))


def _without_places(document: Document, span: Span, mentions: list[Mention]) -> list[Mention]:
    if not mentions:
        return mentions
    asides = [m.span() for m in _ASIDE.finditer(document.text, *span)]
    return [
        n
        for n in mentions
        if not any(start <= n.start < end for start, end in asides)
        and not (n.role == "leader" and _IN_A_NAME.match(document.text, n.end))
        and (is_person(n) or not _PLACE.search(document.text, max(span[0], n.start - 3), n.start))
    ]
