"""Messages in Chinese: nouns of message with a verb of sending or receiving, and 向, 给 and 致 before the recipient.

chinese_clauses.py finds where sender and recipient stand; here is decided which of them is foreign, and its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.chinese_clauses import Clause, clauses, first, own_sides, sides
from sunchi.signals.message.reported import Direction, Sent, in_body_or_headline
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

_EMBASSY = re.compile("[\u4e00-\u9fff]{0,2}大使(?=率|同)|驻朝(?:鲜)?(?:大)?使馆")  # 大使率使馆外交官
_NAME_PART = r"[\u4e00-\u9fff]{1,10}"
_CALLED = Pattern(  # 外长某某同志
    rf"{{post}}(?!馆)(?P<name>{_NAME_PART}(?:[·・-]{_NAME_PART}){{0,4}}?)(?:{{honour}}|{{post}})?$", "zh"
)
_DAY = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日|{this_day}"
# 老挝国家主席 | 3日向
_TAIL = Pattern(rf"(?:于|在|{_DAY}|分别|还|也|同时|又|,|:|、|的|{{send}}|敬|以|通过.*|委托.*)+$", "zh")


def messages(document: Document) -> Iterator[Sent | Rejected]:
    """Yield every message that a sentence reports, the headline's only where the body reports none."""
    return in_body_or_headline(document, _in_sentence)


def _in_sentence(document: Document, sentence: Span, *, leads: bool) -> Iterator[Sent | Rejected]:
    """Yield the messages of a sentence: one for each state of the foreign side, and two where they were exchanged."""
    for clause in clauses(document, sentence):
        if isinstance(clause, Rejected):
            yield clause
        else:
            of_clause = _exchanged if clause.exchanged else _sent
            yield from of_clause(document, clause, sentence, leads=leads)


def _sent(document: Document, clause: Clause, sentence: Span, *, leads: bool) -> Iterator[Sent | Rejected]:
    direction = _direction(document, clause)
    if direction is None:
        yield Rejected("message", clause.at, "not between Pyongyang's side and another state's")
        return
    foreign, home = (clause.sender, clause.recipient)[:: 1 if direction == "in" else -1]
    own = _home_name(document, home, sentence)
    parties = _parties(document, foreign) or _tower(document, foreign) or _embassy(document, foreign)
    for partner, party in parties:
        name, named = _name(document, party)
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
            reason=_reason(clause),
        )


def _exchanged(document: Document, clause: Clause, sentence: Span, *, leads: bool) -> Iterator[Sent | Rejected]:
    """Yield two messages, one each way, between the home side and the one other state: 金正恩和习近平互致贺电."""
    foreign = sides(document, clause.sender)
    ours = document.home_in(clause.sender) or [n for n in foreign if n.role == "pair"]
    if not ours or len({n.partner for n in foreign}) != 1:
        yield Rejected("message", clause.at, "exchanged by sides that are not Pyongyang's and one other state")
        return
    party = _person(foreign)
    name, named = _name(document, (party.start, clause.at[0]))
    own = name if party.role == "pair" else _home_name(document, clause.sender, sentence)  # "both countries' leaders"
    both = partial(Sent, clause.kind, partner=party.partner, span=sentence, named=named, listed=False, leads=leads)
    yield both(direction="out", sender=own, recipient=name, reason=_reason(clause))
    yield both(direction="in", sender=name, recipient=own, reason=_reason(clause))


def _reason(clause: Clause) -> Reason:
    return Reason("the noun that says its kind, and its verb", at=clause.at)


def _direction(document: Document, clause: Clause) -> Direction | None:
    """Return out or in; None where both sides are foreign, or none is, or neither is Pyongyang's."""
    sender, recipient = first(document, clause.sender), first(document, clause.recipient)
    foreign = (sender in sides(document, clause.sender), recipient in sides(document, clause.recipient))
    if foreign == (True, False):
        monument = document.word_of("monument").search(document.text, *clause.recipient)
        here = bool(document.home) and clause.recipient[0] == clause.recipient[1]  # 普京发来贺电
        return "in" if recipient or monument or here else None
    if foreign == (False, True):
        return "out" if sender or document.home else None
    ours = recipient or document.word_of("monument").search(document.text, *clause.recipient)
    if sender is None and ours and _embassy(document, clause.sender):
        return "in"
    return "out" if sender and _tower(document, clause.recipient) else None


def _tower(document: Document, span: Span) -> list[tuple[str, Span]]:
    """Return the state whose soldiers a tower at home honours, with the place of its name."""
    at = document.word_of("monument").search(document.text, *span)
    if at is None and document.text.startswith("塔", span[0]):  # 塔前: the tower named before
        at = document.word_of("monument").search(document.text, 0, span[0])
    if at and at[0] in document.class_words("chinese_monument"):
        return [("CN", at.span())]
    return [("RU", at.span())] if at and at[0] in document.class_words("soviet_monument") else []


def _embassy(document: Document, side: Span) -> list[tuple[str, Span]]:
    """Return the state that the article names most, for an embassy that names none: 大使率使馆外交官."""
    at = _EMBASSY.search(document.text, *side)
    return [(document.foremost, at.span())] if at and document.foremost else []


def _parties(document: Document, side: Span) -> list[tuple[str, Span]]:
    """Return each state of a list with its own part: 俄罗斯总统、越南国家主席."""
    firsts: dict[str, Mention] = {}
    for mention in sides(document, side):
        firsts.setdefault(mention.partner, mention)
    starts = [n.start for n in firsts.values()]
    cuts = [*starts[1:], side[1]] if starts else []
    return [(partner, (n.start, cut)) for (partner, n), cut in zip(firsts.items(), cuts, strict=True)]


def _person(mentions: list[Mention]) -> Mention:
    """Return the first person, else the last mention."""
    return next((n for n in mentions if is_person(n)), mentions[-1])


def _home_name(document: Document, side: Span, sentence: Span) -> str:
    """Return Pyongyang's side by its own name, else by what the text calls it, else by whom the article names."""
    here = own_sides(document, side)
    if here and not is_person(_person(here)):
        return _name(document, (here[0].start, side[1]))[0]
    monument = document.word_of("monument").search(document.text, *side)
    if monument:
        return document.text[min([n.start for n in here], default=monument.start()) : monument.end()]
    known = here or [n for n in document.home_in(sentence) if is_person(n)] or list(document.home)
    return document.text[_person(known).start : _person(known).end] if known else ""


def _name(document: Document, side: Span) -> tuple[str, bool]:
    """Return a person's name without titles, and True; or an office or organ in the text's words, and False."""
    people = [n for n in [*document.named_in(side), *document.home_in(side)] if is_person(n)]
    if people:
        return document.text[people[0].start : people[0].end], True
    phrase = document.pattern(_TAIL).sub("", document.text[side[0] : side[1]].partition(",")[0])
    phrase = re.sub(r"(?:以及|和|及|、)$", "", phrase)
    called = document.pattern(_CALLED).search(phrase)
    if called:
        return called["name"], True
    return phrase[:60], False
