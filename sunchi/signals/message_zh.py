"""Messages in Chinese: nouns of message with a verb of sending or receiving, and 向, 给 and 致 before the recipient.

The recipient stands before the verb or after it ("向习近平致贺电", "致习近平的贺电"); "致电" and "复电" are verb and
noun in one. There are no blanks, and "," and ":" stand for the Chinese signs: the text is plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sunchi.signals.naming import Naming
from sunchi.signals.parties import Direction, Sent
from sunchi.signals.reading import Reading
from sunchi.text import Span

_KINDS = {
    "贺电": "congratulation",
    "贺信": "congratulation",
    "贺函": "congratulation",
    "祝贺电报": "congratulation",
    "祝贺信": "congratulation",
    "答电": "reply",
    "答谢电": "reply",
    "复电": "reply",
    "回电": "reply",
    "复信": "reply",
    "回信": "reply",
    "谢电": "thanks",
    "感谢电": "thanks",
    "感谢信": "thanks",
    "慰问电": "sympathy",
    "慰问信": "sympathy",
    "唁电": "condolence",
    "唁函": "condolence",
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
    "书信": "letter",
    "信函": "letter",
    "信件": "letter",
    "函件": "letter",
    "电报": "letter",
    "花篮": "floral_basket",
    "花圈": "wreath",
    "礼物": "gift",
    "礼品": "gift",
}
_ABOUT = (
    ("慰问", "sympathy"), ("吊唁", "condolence"), ("哀悼", "condolence"), ("悼念", "condolence"), ("感谢", "thanks"),
    ("贺", "congratulation"), ("庆祝", "congratulation"), ("问候", "greeting"), ("声援", "solidarity"),
)  # fmt: skip  # of what a mere 致电 speaks
_REPLIED = ("复电", "回电", "复信")
_NOUN = "|".join(sorted(_KINDS, key=len, reverse=True))
_SENDS = (
    r"致(?!力|使|辞|敬)|(?<![刊颁播引开爆沙启批])发(?!展|生|表|言|布|射|现|挥|动|起|达)|送(?!别|行)|寄|赠|献|呈(?!现)|递"
    r"|转(?:交|达|送)"
)
_GIVES = rf"给(?=[^,;。\n]{{1,80}}的(?:{_NOUN}))"  # "习近平给金正恩的贺电"
_GREETINGS = "口信|亲笔信|亲署函|信件|信函|问候|祝贺|慰问|谢意|祝愿"
_WIRES = r"致电|致函|致信|来电|来函|去电|复电|回电|复信|电贺|电唁"
_REPORT = re.compile(
    rf"(?:收到|接到|接受|收下)了?(?P<sender>(?:(?!后,|消息|,(?:向|并|致|他))[^;!?\n]){{0,200}}?)(?P<received>{_NOUN})"
    rf"|转(?:达|交)了?(?P<of>[^,;!?\n]{{0,120}}?)(?P<passed>{_GREETINGS})"
    rf"|(?:互致|互送|互发|互换|互赠|交换)了?[^,;\n]{{0,20}}?(?P<exchanged>{_NOUN})"
    r"|(?:相互|互相|互)(?P<both>致电|致函|致信|通电)"
    rf"|(?P<verb>{_SENDS}|{_GIVES})(?!电|函(?!件)|信(?!函))(?P<between>[^,;!?\n]{{0,120}}?)(?P<sent>{_NOUN})"
    rf"|(?P<given>{_NOUN})[^;!?\n]{{0,40}}?(?:转交|转达|送达|献|摆放|递交)(?:给了?|在)?"
    rf"|(?P<wired>{_WIRES})"
)
_MARKS = "向给致"
_MARK = re.compile(f"[{_MARKS}]")
_FAR = 300  # characters before a report in which its sides stand
_MANY = 8  # reports; no sentence has more, and a hostile page may have thousands
_TO_WHOM = re.compile(r"(?:给|向|在)(?P<whom>[^,;。\n]{1,80})")
# "at the time of China's anniversary", "over the flood in China": who is named there sends nothing
_ASIDE = re.compile(
    r"(?:值此|值|正值|适逢|欣逢|恰逢|在|就|因|鉴于|为(?:祝贺|庆祝|纪念))[^,;\n]{0,60}?(?:之际|之时|,|(?=[向给致])|$)"
)
_PLACE = re.compile("(?:访问|访|驻|在|抵达|到达|来到|前往|离开|对|据|关于)$")
_NOT_SENT = re.compile("(?:没有|没|未(?!来)|拒绝|将|拟|打算|是否|要求|呼吁)[^,;]{0,8}$")
_CONTENT = re.compile(rf"(?:{_NOUN}|电文|信|函)(?:中|里|说|称|写道|指出|强调|表示)")
_AMONG = re.compile(r",?其?中?(?:包括|有)(?:来自)?(?P<whom>[^;。\n]{1,80})")  # 收到许多贺卡,包括来自中国国家主席
_THANKS = re.compile("(?:感谢|致谢|谢意)")  # 复电普京,感谢他致电祝贺: who wired is he who is thanked
_WHOSE_TOWER = {"友谊塔": "CN", "解放塔": "RU"}  # what they who stand on our soil are for
_OUR_MONUMENT = re.compile("友谊塔|解放塔|铜像|锦绣山太阳宫|烈士陵园|烈士陵|纪念塔")
_HONOUR = r"(?:同志|阁下|陛下|殿下|先生|总统|主席|总理|首相|外长|部长|大使|委员长|总书记)"
_NAME_PART = r"[\u4e00-\u9fff]{1,10}"
_CALLED = re.compile(
    rf"(?:总统|国家主席|主席|总理|首相|外长|外交部长|部长|大使(?!馆)|国王|总书记|第一书记|委员长|议长)"
    rf"(?P<name>{_NAME_PART}(?:[·・-]{_NAME_PART}){{0,4}}?)(?:{_HONOUR})?$"
)
_DAY = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日|昨天|今天|日前|近日|同日|当天"
_TAIL = re.compile(rf"(?:于|在|{_DAY}|分别|还|也|同时|又|,|:|、|的|发|送|寄|敬|赠|以|通过.*|委托.*)+$")
_HEAD = re.compile(rf"^(?:{_DAY}|此前|来自|了|由|以|敬爱的|尊敬的|还|,|、|和)+")


@dataclass(frozen=True, slots=True)
class _Clause:
    """One report of a message, with the places of its sides; an empty span where the sentence names no side."""

    kind: str
    at: Span
    sender: Span
    recipient: Span


def find(reading: Reading) -> Iterator[Sent]:
    """Every message that a sentence reports, the headline's only where the body reports none."""
    body = [s for s in reading.sentences if s[0] > reading.headline]
    found = [sent for n, s in enumerate(body) for sent in _read(reading, s, leads=n == 0)]
    if not found:
        found = [sent for s in reading.sentences if s[0] <= reading.headline for sent in _read(reading, s, leads=False)]
    yield from found


def _read(reading: Reading, sentence: Span, *, leads: bool) -> Iterator[Sent]:
    for report in islice(_REPORT.finditer(reading.text, *sentence), _MANY):
        content = _CONTENT.search(reading.text, sentence[0], report.end() + 2)
        if content and content.start() < report.start():
            reading.drop("message", report.span(), "its sentence gives the words of a message, and reports none")
            return
        before = _before(sentence, report)
        mark = _last_mark(reading, before)
        if any(_NOT_SENT.search(reading.text, before[0], at) for at in (report.start(), *(mark or ())[:1])):
            reading.drop("message", report.span(), "denied, asked for or still to come: none was sent")
            continue
        yield from _sent(reading, report, sentence, leads=leads)


def _sent(reading: Reading, report: re.Match[str], sentence: Span, *, leads: bool) -> Iterator[Sent]:
    """The messages of one report: one for each state of the foreign side, and two where they were exchanged."""
    if report["exchanged"] or report["both"]:
        yield from _exchanged(reading, report, sentence, leads=leads)
        return
    clause = _clause(reading, report, sentence)
    direction = _direction(reading, clause)
    if direction is None:
        reading.drop("message", clause.at, "not between Pyongyang's side and another state's")
        return
    foreign, home = (clause.sender, clause.recipient)[:: 1 if direction == "in" else -1]
    own = _home_name(reading, home, sentence)
    parties = _parties(reading, foreign) or _tower(reading, foreign)
    for partner, party in parties:
        name, named = _name(reading, party)
        reading.because("message", partner, sentence, "the noun that says its kind, and its verb", at=clause.at)
        yield Sent(
            kind=clause.kind,
            direction=direction,
            partner=partner,
            sender=name if direction == "in" else own,
            recipient=own if direction == "in" else name,
            span=sentence,
            named=named,
            listed=len(parties) > 1,
            leads=leads,
        )


def _exchanged(reading: Reading, report: re.Match[str], sentence: Span, *, leads: bool) -> Iterator[Sent]:
    """Two messages, one each way, of the home side and the one other state before the verb: 金正恩和习近平互致贺电."""
    before = _before(sentence, report)
    foreign = _sides(reading, before)
    ours = reading.home_in(before) or [n for n in foreign if n.role == "pair"]
    if not ours or len({n.partner for n in foreign}) != 1:
        reading.drop("message", report.span(), "exchanged by sides that are not Pyongyang's and one other state")
        return
    party = _person(foreign)
    name, named = _name(reading, (party.start, report.start()))
    own = name if party.role == "pair" else _home_name(reading, before, sentence)  # "the leaders of both countries"
    reading.because("message", party.partner, sentence, "the noun that says its kind, and its verb", at=report.span())
    both = partial(
        Sent,
        _KINDS[report["exchanged"]] if report["exchanged"] else _kind_of_wire(reading, report, sentence),
        partner=party.partner,
        span=sentence,
        named=named,
        listed=False,
        leads=leads,
    )
    yield both(direction="out", sender=own, recipient=name)
    yield both(direction="in", sender=name, recipient=own)


def _before(sentence: Span, report: re.Match[str]) -> Span:
    return max(sentence[0], report.start() - _FAR), report.start()


def _clause(reading: Reading, report: re.Match[str], sentence: Span) -> _Clause:
    """Where sender and recipient of a report stand."""
    nobody = (report.end(), report.end())
    before = _before(sentence, report)
    if report["received"]:
        among = _AMONG.match(reading.text, report.end(), sentence[1])
        from_whom = (
            among.span("whom") if among and not _named(reading, report.span("sender")) else report.span("sender")
        )
        return _Clause(_KINDS[report["received"]], report.span(), from_whom, before)
    if report["given"]:  # 普京的礼物转交给金正恩
        told = reading.text[report.end() - 1] in "给在了"
        whom = (report.end(), _clause_end(reading, report.end(), sentence)) if told else nobody
        return _Clause(_KINDS[report["given"]], report.span(), before, whom)
    if report["passed"]:
        return _passed_on(reading, report, before)
    kind = _KINDS[report["sent"]] if report["sent"] else _kind_of_wire(reading, report, sentence)
    thanked = _thanked(reading, before) if report["wired"] else None
    if thanked:
        return _Clause(kind, report.span(), thanked, nobody)
    mark = _last_mark(reading, before)
    if mark:
        sender = _nearest_clause(reading, (before[0], mark[0]))
        return _Clause(kind, report.span(), sender, (mark[1], report.start()))
    if report["sent"]:
        within = report.span("between")
        named = _named(reading, within)
        after = _TO_WHOM.search(reading.text, report.end(), sentence[1])
        recipient = within if named else after.span("whom") if after else nobody
        return _Clause(kind, report.span(), before, recipient)
    whom = (report.end(), _clause_end(reading, report.end(), sentence))
    recipient = whom if _named(reading, whom) else (report.end(), sentence[1])
    return _Clause(kind, report.span(), before, nobody if report[0].startswith("来") else recipient)


def _passed_on(reading: Reading, report: re.Match[str], before: Span) -> _Clause:
    """What one person passed on for another: "转达习近平给金正恩的口信", "向金正恩转达普京的问候"."""
    kind = _KINDS.get(report["passed"], "verbal")
    of = report.span("of")
    within = _last_mark(reading, of, _MARKS + "对")
    if within and _named(reading, (of[0], within[0])):
        return _Clause(kind, report.span(), (of[0], within[0]), (within[1], of[1]))
    to = _last_mark(reading, before)
    recipient = (to[1], before[1]) if to else (report.end(), report.end())
    sender = of if _named(reading, of) else (before[0], to[0] if to else before[1])
    return _Clause(kind, report.span(), sender, recipient)


def _thanked(reading: Reading, before: Span) -> Span | None:
    """Whom the clause before a wire thanks for it."""
    clause = max(reading.text.rfind(",", *before) + 1, before[0])
    thanks = _THANKS.search(reading.text, clause, before[1])
    return (thanks.end(), before[1]) if thanks else None


def _nearest_clause(reading: Reading, span: Span) -> Span:
    """The last clause of a span if it names a person of the home side: "据日本媒体报道,…金正恩"; else all of it."""
    comma = reading.text.rfind(",", *span) + 1
    here = (comma, span[1]) if comma > 0 else span
    ours = [n for n in _named_home(reading, here) if _is_person(n)]
    return here if ours and not _sides(reading, here) else span


def _clause_end(reading: Reading, start: int, sentence: Span) -> int:
    comma = reading.text.find(",", start, sentence[1])
    return comma if comma >= 0 else sentence[1]


def _last_mark(reading: Reading, span: Span, marks: str = _MARKS) -> Span | None:
    """The last 向, 给 or 致 after which a side or a monument stands: not the one of a 致力."""
    named = [n.start for n in (*_sides(reading, span), *_named_home(reading, span))]
    monuments = [m.start() for m in _OUR_MONUMENT.finditer(reading.text, *span)]
    last = max(named + monuments, default=span[0])
    at = max(reading.text.rfind(mark, span[0], last) for mark in marks)
    return (at, at + 1) if at >= 0 else None


def _kind_of_wire(reading: Reading, report: re.Match[str], sentence: Span) -> str:
    """致电 says its kind in other words: "致电祝贺", "致电习近平,就地震表示慰问"."""
    if report[0] in _REPLIED:
        return "reply"
    held = reading.text[report.start() : sentence[1]]
    found = [(held.find(word), kind) for word, kind in _ABOUT if word in held]
    return min(found)[1] if found else "letter"


def _direction(reading: Reading, clause: _Clause) -> Direction | None:
    """Out or in; None where both sides are foreign, or none is, or no side is Pyongyang's."""
    sender, recipient = _first(reading, clause.sender), _first(reading, clause.recipient)
    foreign = (sender in _sides(reading, clause.sender), recipient in _sides(reading, clause.recipient))
    if foreign == (True, False):
        monument = _OUR_MONUMENT.search(reading.text, *clause.recipient)
        here = bool(reading.home) and clause.recipient[0] == clause.recipient[1]  # 普京发来贺电
        return "in" if recipient or monument or here else None
    if foreign == (False, True):
        return "out" if sender or reading.home else None
    return "out" if sender and _tower(reading, clause.recipient) else None


def _tower(reading: Reading, span: Span) -> list[tuple[str, Span]]:
    """The state whose soldiers a tower on our soil is for, with the tower's place."""
    at = _OUR_MONUMENT.search(reading.text, *span)
    return [(_WHOSE_TOWER[at[0]], at.span())] if at and at[0] in _WHOSE_TOWER else []


def _first(reading: Reading, span: Span) -> Naming | None:
    """The first state that a side names: of 俄罗斯驻朝鲜大使 it is Russia."""
    return min([*_sides(reading, span), *_named_home(reading, span)], key=lambda n: n.start, default=None)


def _named(reading: Reading, span: Span) -> bool:
    return _first(reading, span) is not None


def _sides(reading: Reading, span: Span) -> list[Naming]:
    """The foreign states of a side: none that an occasion names, or that is a place."""
    return _without_places(reading, span, reading.named_in(span))


def _named_home(reading: Reading, span: Span) -> list[Naming]:
    return _without_places(reading, span, reading.home_in(span))


def _without_places(reading: Reading, span: Span, namings: list[Naming]) -> list[Naming]:
    if not namings:
        return namings
    asides = [m.span() for m in _ASIDE.finditer(reading.text, *span)]
    return [
        n
        for n in namings
        if not any(start <= n.start < end for start, end in asides)
        and (_is_person(n) or not _PLACE.search(reading.text, max(span[0], n.start - 3), n.start))
    ]


def _parties(reading: Reading, side: Span) -> list[tuple[str, Span]]:
    """Each state of a side with the part of a list that is its own: 俄罗斯总统、越南国家主席."""
    firsts: dict[str, Naming] = {}
    for naming in _sides(reading, side):
        firsts.setdefault(naming.partner, naming)
    starts = [n.start for n in firsts.values()]
    cuts = [*starts[1:], side[1]] if starts else []
    return [(partner, (n.start, cut)) for (partner, n), cut in zip(firsts.items(), cuts, strict=True)]


def _person(namings: list[Naming]) -> Naming:
    """A person, else whoever is named last."""
    return next((n for n in namings if _is_person(n)), namings[-1])


def _is_person(naming: Naming) -> bool:
    return naming.role in ("leader", "official")


def _home_name(reading: Reading, side: Span, sentence: Span) -> str:
    """Pyongyang's side by name, else as its side calls it, else whom the article names."""
    here = _named_home(reading, side)
    if here and not _is_person(_person(here)):
        return _name(reading, (here[0].start, side[1]))[0]
    monument = _OUR_MONUMENT.search(reading.text, *side)
    if monument:
        return reading.text[min([n.start for n in here], default=monument.start()) : monument.end()]
    known = here or [n for n in reading.home_in(sentence) if _is_person(n)] or list(reading.home)
    return reading.text[_person(known).start : _person(known).end] if known else ""


def _name(reading: Reading, side: Span) -> tuple[str, bool]:
    """A person's name without titles, and True; or the office or organ as the text has it, and False."""
    people = [n for n in [*reading.named_in(side), *reading.home_in(side)] if _is_person(n)]
    if people:
        return reading.text[people[0].start : people[0].end], True
    phrase = _HEAD.sub("", reading.text[side[0] : side[1]].partition(",")[0])
    cut = _MARK.search(phrase)
    phrase = _TAIL.sub("", phrase[: cut.start()] if cut and cut.start() else phrase)
    phrase = re.sub(r"(?:以及|和|及|、)$", "", phrase)
    called = _CALLED.search(phrase)
    if called:
        return called["name"], True
    return phrase[:60], False
