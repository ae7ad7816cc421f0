"""Contacts in Chinese by the frames of frames.csv: who meets, visits, receives or signs with whom.

A frame says what is told of, its sentence with whom: the one state that it names beside Pyongyang's side. Two states
are as often third parties as partners; then only a form that holds both (朝中) says whose contact it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.chinese_frames import events, is_host, parties
from sunchi.signals.contact.people import pairs, people
from sunchi.signals.document import Document
from sunchi.signals.grammar.word_order import is_place, state_visited, without_quotations
from sunchi.signals.rationale import UNDONE, Contact
from sunchi.text import Span

# What is said before its words, and after them: 将于10日率团出席庆典,并对朝鲜进行 | 访问; 会谈 | 取消; 建交 | 60周年
_NOT_YET = Pattern("(?:{not_yet}[^\n]{0,16}|将|{will}(?:[^,;。\n]|,(?:并|还|同时)){0,80})$", "zh")
_CAME_TO_NOTHING = Pattern("[^,。\n]{0,6}{come_to_nothing}|[^,。\n]{0,10}周年", "zh")
_LED = re.compile("[由以]?[^,;。由以]{2,60}?(?:率领|为团长)的")  # 由国防相率领的 | 朝鲜人民军代表团


def besides(document: Document, sentence: Span, partners: set[str]) -> Iterator[Contact]:
    """Yield what else the guests of the lead did: a banquet for them, talks with one of ours, what they sign."""
    guests = {n.partner for n in document.named_in(sentence)} or partners
    speaks = document.word_of("say_or_thank").search(document.text, *sentence)
    if guests <= partners and not speaks:
        for each in told(document, sentence, *guests):
            if each.kind != "talks" or document.home_in(sentence):
                yield each


def told(document: Document, sentence: Span, *guests: str) -> Iterator[Contact]:
    """Yield every contact of a sentence, and what only looks like one.

    It is with the `guests` of whom a text goes on to tell, else with those whom the sentence names.
    """
    partners = guests or _partners(document, sentence)
    is_sport = document.word_of("sport").search(document.text, *sentence)
    unquoted = without_quotations(document.text[slice(*sentence)])
    way, group = _delegation(document, sentence)
    persons = people(document, sentence)
    for match, *_ in events(document, "contact", (sentence,)):
        start, end = (place - sentence[0] for place in match.words)
        if not unquoted[start:end].strip():
            continue
        is_to_come = document.pattern(_NOT_YET).search(unquoted, max(0, start - 100), start)
        is_undone = is_to_come or document.pattern(_CAME_TO_NOTHING).match(unquoted, end)
        why_not = "sports: teams meet there" if is_sport else UNDONE if is_undone else ""
        for kind, partner in product(_kinds(document, sentence, match.frame.code, way), partners):
            who = persons if persons and kind != way else (group,)
            yield Contact(kind, partner, who, sentence, match.frame, why_not)


def _kinds(document: Document, sentence: Span, kind: str, way: str) -> Iterator[str]:
    """Yield what a frame of a kind tells of; a delegation, which goes its `way`, is told of whatever it does."""
    is_ambassador = document.word_of("ambassador").search(document.text, *sentence)
    if way:
        yield way
    if kind not in ("", "visit"):
        yield "courtesy_call" if kind == "talks" and is_ambassador else kind
    elif not (way or is_ambassador) and _travels(document, sentence):  # and no 新任大使抵达平壤
        yield "visit"


def _delegation(document: Document, sentence: Span) -> tuple[str, Span]:
    """Return delegation_in or delegation_out with the delegation's name; "" and the sentence where there is none.

    It is of the last state named before it, and not as its host: 访问朝鲜的 | 老挝 | 教育部代表团. Else it is ours
    if the sentence names another state.
    """
    group = document.word_of("delegation").search(document.text, *sentence)
    if not group:
        return "", sentence
    before = parties(document, (sentence[0], group.start()))
    whose = next((n for n in reversed(before) if n.role != "pair"), None)
    is_ours = whose.partner == HOME if whose else document.named_in(sentence)
    led = _LED.search(document.text, sentence[0], group.start())
    start = led.start() if led else whose.start if whose else sentence[0]
    return "delegation_out" if is_ours else "delegation_in", (start, group.end())


def _partners(document: Document, sentence: Span) -> list[str]:
    """Return the state that is named beside Pyongyang's side, or those of a list."""
    named = [n for n in document.named_in(sentence) if not document.opposes(n)]
    if both := {n.partner for n in pairs(document, sentence)}:  # China speaks on the talks of 朝美
        return list(both) if both == {named[0].partner} else []
    states = {n.partner for n in named if not is_place(document, n)} or {n.partner for n in named}
    if not states:
        return list(filter(None, [state_visited(document.lexicon, document.text, sentence)]))
    here, group = document.word_of("here"), document.word_of("delegation")
    goes_on = document.home_in((0, document.headline)) and group.search(document.text, *sentence)  # of ours
    if not (document.home_in(sentence) or here.search(document.text, *sentence) or goes_on):
        return []
    return list(states) if set(document.together(named)) == states else []


def _travels(document: Document, sentence: Span) -> bool:
    """Return whether a sentence names a state as a host, or takes place here."""
    is_here = document.word_of("here").search(document.text, *sentence)
    goes = is_here or state_visited(document.lexicon, document.text, sentence)
    return bool(goes) or any(is_host(document, n, sentence[0]) for n in document.all_in(sentence))
