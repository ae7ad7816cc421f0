"""The clause of a Chinese sentence that reports a message: its verb, its noun, and where sender and recipient stand.

The recipient stands before the verb or after it ("向习近平致贺电", "致习近平的贺电"); "致电" and "复电" are verb and
noun in one. There are no blanks, and "," and ":" stand for the Chinese signs: the text is plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.kinds import kind_of_noun, kind_spoken_of
from sunchi.signals.rationale import Rejected
from sunchi.text import Span

# A word that begins or ends otherwise is none of sending: 发展, 致力, 颁发
_SEND = r"(?<![刊颁播引开爆沙启批])(?!{not_send}){send}"
# 收到…贺电; 转达了…问候; 互致贺电; 发去唁电; 致电
_REPORT = Pattern(
    r"{receive}了?(?P<sender>(?:(?!后,|消息|,(?:向|并|致|他))[^;!?\n]){0,200}?)(?P<received>{message_noun})"
    r"|{pass_on}了?(?P<of>[^,;!?\n]{0,120}?)(?P<passed>{regards}(?!金|品))"
    r"|{exchange}了?[^,;\n]{0,20}?(?P<exchanged>{message_noun})"
    r"|相?互相?(?P<both>{wire}|通电)"
    rf"|(?P<verb>{_SEND}|给(?=[^,;。\n]{{1,80}}的{{message_noun}}))(?!电|函(?!件)|信(?!函))"
    r"(?P<between>[^,;!?\n]{0,120}?)(?P<sent>{message_noun})"
    r"|(?P<given>{message_noun})[^;!?\n]{0,40}?{hand_over}(?:给了?|在)?"
    r"|(?P<wired>{wire})",
    "zh",
)
_MARKS = "向给致"
_FAR = 300  # characters before a report in which its sides stand
_MANY = 8  # reports; no sentence has more, and a hostile page may have thousands
_TO_WHOM = re.compile(r"(?:给|向|在)(?P<whom>[^,;。\n]{1,80})")  # 向|金正恩同志
# Who is named in an occasion sends nothing: 值此中国国庆之际, 就中国水灾向
_ASIDE = Pattern(
    r"(?:{at_the_time}|为{celebrate})[^,;\n]{0,60}?(?:之际|之时|,|(?=[向给致])|$)"
    r"|(?:(?<=[,;。\n])|\A)[^,;。\n]{2,60}?之际",
    "zh",
)
_PLACE = Pattern("(?:{place_marker}|据|关于)$", "zh")  # 访问|中国: a place, and no party
_NOT_SENT = Pattern("(?!未来){not_sent}[^,;]{0,8}$", "zh")  # 拒绝|发贺电
_CONTENT = Pattern("(?:{message_noun}|电文|信|函)(?:中|里|{say_or_thank})", "zh")  # 贺电中, 信里
_IN_A_SPEECH = Pattern(r"(?:(?!{by_report})[^,。\n]){2,40}{stress}说?,", "zh")  # what it tells of is recalled
_AMONG = re.compile(r",?其?中?(?:包括|有)(?:来自)?(?P<whom>[^;。\n]{1,80})")  # 收到许多贺卡,包括来自中国国家主席
_BY_WHOM = re.compile("并|还|也|通过|委托|经|由")  # 通过大使, 并
_NAMESAKE = Pattern("(?:金正日)?{named_after_leader}", "zh")  # 金日成广场
_OF_HIS = re.compile("(?:他|她|自己)?对")  # 他对|贺电表示感谢
_THANKED_FOR = Pattern(  # 对国庆贺电表示感谢
    r"(?:对|就)[^,;。\n]{0,30}?(?:{message_noun}|{wire}|{celebrate}|{sympathize})(?=[^,;。\n]{0,10}{thank})", "zh"
)
_NEW_YEAR_BEFORE = 40  # characters before the noun of a message


@dataclass(frozen=True, slots=True)
class Clause:
    """One report of a message, with the places of sender and recipient; an empty span where one is not named."""

    kind: str
    at: Span
    sender: Span
    recipient: Span
    exchanged: bool = False  # one each way: both sides stand in each of the two places


def clauses(document: Document, sentence: Span) -> Iterator[Clause | Rejected]:
    """Yield every message that a sentence reports as sent."""
    for report in islice(document.pattern(_REPORT).finditer(document.text, *sentence), _MANY):
        content = document.pattern(_CONTENT).search(document.text, sentence[0], report.end() + 2)
        if document.pattern(_IN_A_SPEECH).match(document.text, *sentence) or (
            content and content.start() < report.start()
        ):
            yield Rejected("message", report.span(), "its sentence gives the words of a message, and reports none")
            return
        before = _before(sentence, report)
        mark = _last_mark(document, before)
        if any(
            document.pattern(_NOT_SENT).search(document.text, before[0], at)
            for at in (report.start(), *(mark or ())[:1])
        ):
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
    """Return a report with the places of its sender and recipient."""
    nobody = (report.end(), report.end())
    before = _before(sentence, report)
    if report["received"]:
        among = _AMONG.match(document.text, report.end(), sentence[1])
        from_whom = (
            among.span("whom") if among and not _named(document, report.span("sender")) else report.span("sender")
        )
        return Clause(_kind(document, report, "received", sentence), report.span(), from_whom, before)
    if report["given"]:  # 普京的礼物转交给金正恩
        has_recipient = document.text[report.end() - 1] in "给在了"
        whom = (report.end(), _clause_end(document, report.end(), sentence)) if has_recipient else nobody
        return Clause(kind_of_noun(document, report["given"]), report.span(), before, whom)
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
    """Return what one person passed on for another: "转达习近平给金正恩的口信", "向金正恩转达普京的问候"."""
    kind = "thanks" if report["passed"] in document.class_words("thank") else ""
    kind = kind or kind_of_noun(document, report["passed"], otherwise="verbal")
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
    """Return whom the clause before a wire thanks for it: 复电普京,感谢他致电祝贺."""
    clause = max(document.text.rfind(",", *before) + 1, before[0])
    thanks = document.word_of("thank").search(document.text, clause, before[1])
    return (thanks.end(), before[1]) if thanks else None


def _nearest_clause(document: Document, span: Span) -> Span:
    """Return the last clause of a span if it names a possible sender, else the span: "据日本媒体报道,…金正恩"."""
    comma = document.text.rfind(",", *span) + 1
    here = (comma, span[1]) if comma > 0 else span
    ours = [n for n in own_sides(document, here) if is_person(n)]
    theirs = sides(document, here)
    return here if bool(ours) != bool(theirs) and not _BY_WHOM.match(document.text, *here) else span


def _clause_end(document: Document, start: int, sentence: Span) -> int:
    comma = document.text.find(",", start, sentence[1])
    return comma if comma >= 0 else sentence[1]


def _last_mark(document: Document, span: Span, marks: str = _MARKS) -> Span | None:
    """Return the last 向, 给 or 致 before a side or a monument; the one of 致力 is none."""
    named = [n.start for n in (*sides(document, span), *own_sides(document, span))]
    monuments = [m.start() for m in document.word_of("monument").finditer(document.text, *span)]
    last = max(named + monuments, default=span[0])
    at = max(document.text.rfind(mark, span[0], last) for mark in marks)
    return (at, at + 1) if at >= 0 else None


def _kind(document: Document, report: re.Match[str], group: str, sentence: Span) -> str:
    """Return the kind by the noun, else by what the wire speaks of; wishes for a new year are a greeting."""
    if not report[group]:
        return _kind_of_wire(document, report, sentence)
    kind = kind_of_noun(document, report[group])
    around = (max(sentence[0], report.start(group) - _NEW_YEAR_BEFORE), report.start(group))
    if kind == "congratulation" and document.word_of("new_year").search(document.text, *around):
        return "greeting"
    return kind


def _kind_of_wire(document: Document, report: re.Match[str], sentence: Span) -> str:
    """Return the kind of a 致电 by the words around it: "致电祝贺", "致电习近平,就地震表示慰问"."""
    if report[0] in document.class_words("reply_message"):
        return "reply"
    held = document.pattern(_THANKED_FOR).sub("", document.text[report.start() : sentence[1]])
    return kind_spoken_of(document, held) or "letter"


def first(document: Document, span: Span) -> Mention | None:
    """Return the first state that a side names: Russia in 俄罗斯驻朝鲜大使."""
    return min([*sides(document, span), *own_sides(document, span)], key=lambda n: n.start, default=None)


def _named(document: Document, span: Span) -> bool:
    return first(document, span) is not None


def sides(document: Document, span: Span) -> list[Mention]:
    """Return the foreign states of a side, without those that are named in an occasion or as a place."""
    return _without_places(document, span, [n for n in document.named_in(span) if not document.opposes(n)])


def own_sides(document: Document, span: Span) -> list[Mention]:
    return _without_places(document, span, document.home_in(span))


def _without_places(document: Document, span: Span, mentions: list[Mention]) -> list[Mention]:
    if not mentions:
        return mentions
    asides = [m.span() for m in document.pattern(_ASIDE).finditer(document.text, *span)]
    return [
        n
        for n in mentions
        if not any(start <= n.start < end for start, end in asides)
        and not (n.role == "leader" and document.pattern(_NAMESAKE).match(document.text, n.end))
        and (is_person(n) or not document.pattern(_PLACE).search(document.text, max(span[0], n.start - 3), n.start))
    ]
