"""Contacts in Chinese by the frames of frames.csv: who meets, visits, receives or signs with whom.

A frame says what is told of, its sentence with whom: the one state that it names beside Pyongyang's side. Two states
are as often third parties as partners; then only a form that holds both sides (朝中) says whose contact it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import product

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.chinese_frames import events
from sunchi.signals.contact.absent import is_unseen
from sunchi.signals.document import Document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.word_order import (
    HOME_IN_PAIR,
    has_its_own_time,
    is_place,
    state_visited,
    without_quotations,
)
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_HERE = Pattern("(?<!日本){here}", "zh")  # 来访, and no 日本外务省
_HOST_BEFORE = Pattern("(?:{bound_for}|应[^,;。\n]{0,6})$", "zh")  # 对|老挝进行访问, 应|老挝政府邀请
_HOST_AFTER = Pattern("[^,;。\n]{0,6}{journey}", "zh")  # 老挝|访问行程
# What is said before its words, and after them: 将于10日率团出席庆典,并对朝鲜进行 | 访问; 会谈 | 取消; 建交 | 60周年
_NOT_YET = Pattern("(?:{not_yet}[^\n]{0,16}|将|{will}(?:[^,;。\n]|,(?:并|还|同时)){0,80})$", "zh")
_CAME_TO_NOTHING = Pattern("[^,。\n]{0,6}{come_to_nothing}|[^,。\n]{0,10}周年", "zh")
_LED = re.compile("[由以]?[^,;。由以]{2,60}?(?:率领|为团长)的")  # 由国防相率领的 | 朝鲜人民军代表团
_SPORT = "sports: teams meet there"
_UNDONE = "asked for, expected or refused: it has not taken place"


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that the headline or first sentence reports as done or under way, and what goes with it.

    A contact that the headline gives in short and the lead announces for later is none.
    """
    leads = document.body if is_review(document) else document.opening
    found = [each for lead in leads for each in _read(document, lead, _partners(document, lead))]
    to_come = {(each.kind, each.partner) for each, why_not in found if why_not}
    partners: set[str] = set()
    for each, why_not in found:
        if why_not:
            yield Rejected("contact", each.span, why_not, each.frame)
        elif each.span[0] >= document.headline or (each.kind, each.partner) not in to_come:
            partners.add(each.partner)
            yield each
    for sentence in document.sentences[bisect_right(document.sentences, leads[-1]) :]:
        if document.word_of("next_item").match(document.text, *sentence):
            yield from read(document, sentence)
        else:
            yield from _besides(document, sentence, partners)


def read(document: Document, sentence: Span) -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports."""
    for each, why_not in _read(document, sentence, _partners(document, sentence)):
        yield Rejected("contact", sentence, why_not, each.frame) if why_not else each


def _besides(document: Document, sentence: Span, partners: set[str]) -> Iterator[Contact]:
    """Yield what else the guests of the lead did: a banquet for them, talks with one of ours, what they sign."""
    guests = {n.partner for n in document.named_in(sentence)} or partners
    if len(guests) != 1 or not guests <= partners or has_its_own_time(document, sentence):
        return
    speaks = document.word_of("say_or_thank").search(document.text, *sentence)
    with_us = document.word_of("they").match(document.text, *sentence) or document.home_in(sentence)
    for each, why_not in _read(document, sentence, list(guests)):
        is_told = each.kind == "reception" or (not speaks and (with_us or each.kind != "talks"))
        if is_told and not why_not:
            yield each


def _read(document: Document, sentence: Span, partners: Sequence[str]) -> Iterator[tuple[Contact, str]]:
    """Yield every contact of a sentence with each partner, and why it is none; "" where it has taken place."""
    if not partners:
        return
    is_sport = document.word_of("sport").search(document.text, *sentence)
    unquoted = without_quotations(document.text[slice(*sentence)])
    for match, *_ in events(document, "contact", sentence):
        start, end = (place - sentence[0] for place in match.words)
        if not unquoted[start:end].strip():
            continue
        is_to_come = document.pattern(_NOT_YET).search(unquoted, max(0, start - 100), start)
        is_undone = is_to_come or document.pattern(_CAME_TO_NOTHING).match(unquoted, end)
        why_not = _SPORT if is_sport else _UNDONE if is_undone else ""
        for kind, partner in product(_kinds(document, match), partners):
            yield Contact(kind, partner, _who(document, kind, sentence), sentence, match.frame), why_not


def _kinds(document: Document, match: Match) -> Iterator[str]:
    """Yield what a match tells of; a delegation is told of whatever it does."""
    text, sentence, kind = document.text, match.sentence, match.frame.code
    group = document.word_of("delegation").search(text, *sentence)
    if group:
        yield _way(document, sentence, group.start())
    if kind == "visit":
        if not group and _travels(document, sentence):
            yield kind
    elif kind == "talks" and document.word_of("ambassador").search(text, *sentence):
        yield "courtesy_call"
    elif kind:
        yield kind


def _partners(document: Document, sentence: Span) -> list[str]:
    """Return the state named beside Pyongyang's side, or those of a list to which ours go or are posted."""
    named = [n for n in document.named_in(sentence) if not document.opposes(n)]
    ours = document.home_in(sentence)
    pairs = {n.partner for n in named if n.role == "pair" and HOME_IN_PAIR.search(document.text, n.start, n.end)}
    if pairs:  # China speaks on the talks of 朝美
        return list(pairs) if pairs == {named[0].partner} else []
    others = [n for n in named if n.role != "pair"]
    states = {n.partner for n in others if not is_place(document, n)} or {n.partner for n in others}
    if not states and ours:
        return list(filter(None, [state_visited(document.text, sentence)]))
    if not (ours or _is_with_us(document, sentence)):
        return []
    is_list = set(document.together(others)) == states and any(_is_host(document, n) for n in others)
    return list(states) if len(states) == 1 or is_list else []


def _is_with_us(document: Document, sentence: Span) -> bool:
    """Return whether a sentence takes place at home, or tells more of the delegation that a headline says is ours."""
    is_group = document.word_of("delegation").search(document.text, *sentence) is not None
    is_headed = is_group and bool(document.home_in((0, document.headline)))
    return is_headed or document.pattern(_HERE).search(document.text, *sentence) is not None


def _way(document: Document, sentence: Span, group: int) -> str:
    """Return delegation_in or delegation_out, by whom its name begins with; without a name by who else is named."""
    whose = _begins(document, sentence, group)
    is_ours = whose.partner == HOME if whose else bool(document.named_in(sentence))
    return "delegation_out" if is_ours else "delegation_in"


def _begins(document: Document, sentence: Span, group: int) -> Mention | None:
    """Return the last state named before a delegation, and not as its host: 访问朝鲜的 | 老挝 | 教育部代表团."""
    both = [*document.named_in(sentence), *document.home_in(sentence)]
    before = [n for n in both if n.role != "pair" and n.end <= group and not _is_host(document, n)]
    return max(before, key=lambda n: n.start, default=None)


def _travels(document: Document, sentence: Span) -> bool:
    """Return whether a sentence names a state as a host, and none who is posted there: 新任大使抵达平壤."""
    if document.word_of("ambassador").search(document.text, *sentence):
        return False
    both = [*document.named_in(sentence), *document.home_in(sentence)]
    goes = any(_is_host(document, n) for n in both) or state_visited(document.text, sentence)
    return bool(goes or document.pattern(_HERE).search(document.text, *sentence))


def _is_host(document: Document, mention: Mention) -> bool:
    """Return whether somebody goes there: 访问中国, 对俄罗斯进行访问, 在朝鲜访问行程, 应中国政府邀请."""
    before = document.pattern(_HOST_BEFORE).search(document.text, max(0, mention.start - 7), mention.start)
    return bool(before or document.pattern(_HOST_AFTER).match(document.text, mention.end))


def _who(document: Document, kind: str, sentence: Span) -> tuple[Span, ...]:
    """Return the delegation, if the kind is one; else the leaders and officials of a sentence, or the group, or all."""
    named = sorted([*document.named_in(sentence), *document.home_in(sentence)], key=lambda n: n.start)
    people = tuple(_with_post(document, n) for n in named if is_person(n) and not is_unseen(document, n))
    group = document.word_of("delegation").search(document.text, *sentence)
    if group and (kind.startswith("delegation") or not people):
        led, whose = _LED.search(document.text, sentence[0], group.start()), _begins(document, sentence, group.start())
        clause = max(document.text.rfind(",", sentence[0], group.start()) + 1, sentence[0])
        return ((led.start() if led else whose.start if whose else clause, group.end()),)
    return people or (sentence,)


def _with_post(document: Document, person: Mention) -> Span:
    """Return the span of a person with the post before or after the name: 外务相崔善姬, 崔善姬外务相."""
    start, end = person.start, person.end
    offices = document.lexicon.posts.offices(document.small, "zh", max(0, start - 12), end + 8)
    near = [post.span() for post in offices]
    return min([a for a, b in near if b == start], default=start), max([b for a, b in near if a == end], default=end)
