"""Contacts in Spanish, by the verbs and nouns of headline and first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import leads
from sunchi.signals.grammar.spanish import speaks_of_home, whose
from sunchi.signals.mentions import Mention
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "se reunió con", "departió", "recibió a la delegación de Laos", "intercambiaron opiniones"
_MEETS = Pattern(
    r"\b(?:{meet}(?= [^.]{0,90}\bcon\b)|{converse}\b|{exchange} [^.]{0,60}opiniones"
    r"|{receive} (?:[a-z0-9 ]{0,20} )?a(?:l| la| una) (?:{group}|{ambassador}))",
    "es",
)
_TALKS = Pattern(r"\b{talks}(?: [a-z]+)? entre\b", "es")  # "conversaciones entre", "diálogo político entre"
_THERE = Pattern(r"\b(?:{visit}|visita[a-z ]* a|viaj[a-z]+ a) (?:la )?$", "es")  # "la visita oficial a", "viajó a"
_LEADERS_VISIT = re.compile(r"\bvisitas? (?:[a-z]+ )?(?:a|al)\b")  # "una visita oficial a"
# "ofreció en esta capital un banquete", "el banquete ofrecido por"
_BANQUET = Pattern(r"\b{host} [^.]{0,60}?\b{reception}\b|\b{reception} {host}\b", "es")
_PAPER = Pattern(r"\b{sign} [^.]{0,160}?\b{paper}\b", "es")  # "quedaron firmados el día 3 el acuerdo"
# "una función conjunta", but "el conjunto artístico" is a troupe
_TOGETHER = Pattern(
    r"\b{shared_event}\b[^.]{0,40}?\bconjunt[oa]s?\b(?! artistic)|\b{joint_event}\b"
    r"|\b{opening_ceremony}\b[^.]{0,200}?\bconjunt[oa]s?\b",
    "es",
)
_NEXT = 4  # sentences after the first in which a banquet may be told of
_NAME_LENGTH = 60  # characters in which "a la República Popular China" names the state


def find(document: Document) -> Iterator[Contact]:
    """Yield every contact that headline and first sentence report, and the banquet that goes with it."""
    last = leads(document)[-1]
    later = [s for s in document.sentences if s[0] > last[0]]
    for lead in (*leads(document), *(s for s in later if document.word_of("next_item").match(document.small, *s))):
        yield from read(document, lead)
    for sentence in (last, *later):
        banquet = document.pattern(_BANQUET).search(document.small, *sentence)
        if banquet:
            named = document.named_in((banquet.end(), sentence[1])) or document.named_in(sentence)
            if named:
                yield Contact("reception", named[0].partner, ((sentence[0], banquet.start() or sentence[1]),), sentence)
    for sentence in later[:_NEXT]:
        yield from _guests(document, sentence)


def read(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield every contact that one sentence reports."""
    yield from _meetings(document, lead)
    yield from _journeys(document, lead)
    yield from _papers_and_events(document, lead)


def _meetings(document: Document, lead: Span) -> Iterator[Contact]:
    text = document.small
    talks = document.pattern(_TALKS).search(text, *lead)
    meets = talks or document.pattern(_MEETS).search(text, *lead)
    call = document.word_of("courtesy_call").search(text, *lead)
    named = document.named_in(lead)
    if not named or not speaks_of_home(document, lead) or document.word_of("press").search(text, *lead):
        return
    partner = named[0].partner
    is_call = document.word_of("ambassador").search(text, *lead)
    if call or (meets and is_call and not talks):
        yield Contact("courtesy_call", partner, (lead,), lead)
    if meets and (talks or not is_call):
        yield Contact("talks", partner, (lead,), lead)
        yield from _delegations_met(document, lead, partner)


def _delegations_met(document: Document, lead: Span, partner: str) -> Iterator[Contact]:
    """Yield the delegation that takes part: the other state's here, Pyongyang's on a visit."""
    text = document.small
    groups = list(document.word_of("group").finditer(text, *lead))  # the "comitiva" of a guest is none
    visits = document.word_of("visit_abroad").search(text, *lead) or any(
        _is_there(document, n) for n in document.named_in(lead)
    )
    sides = {whose(document, (group.start(), lead[1])) for group in groups}
    if visits and HOME in sides:
        yield Contact("delegation_out", partner, (lead,), lead)
    elif not visits and (sides - {HOME} or (groups and document.word_of("here").search(text, *lead))):
        yield Contact("delegation_in", partner, (lead,), lead)


def _is_there(document: Document, n: Mention) -> bool:
    """Return whether somebody goes there: "de visita en Mongolia"."""
    return bool(document.pattern(_THERE).search(document.small, max(0, n.start - 40), n.start))


def _journeys(document: Document, lead: Span) -> Iterator[Contact]:
    text = document.small
    yield from _guests(document, lead)
    yield from _visits_of_a_leader(document, lead)
    moves = document.word_of("move").search(text, *lead)
    group = document.word_of("delegation").search(text, *lead)
    if not moves or not group or (moves.start() < group.start() and not document.word_of("travel").match(moves[0])):
        return
    named = document.named_in(lead)
    there = [n for n in named if n.start > group.start() and _is_there(document, n)]
    side = whose(document, (group.start(), there[0].start if there else lead[1]))
    if side == HOME:
        for n in there:
            yield Contact("delegation_out", n.partner, (lead,), lead)
    elif not there and (document.home or document.word_of("here").search(text)):
        for n in [n for n in named if n.partner == side] or named[:1]:
            yield Contact("delegation_in", n.partner, (lead,), lead)
            break


def _visits_of_a_leader(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield visits of the home side's leader: "una visita oficial a la República Popular China"."""
    leader = next((n for n in document.home_in(lead) if n.role == "leader"), None)
    if leader is None:
        return
    for visit in _LEADERS_VISIT.finditer(document.small, *lead):
        for n in document.named_in((visit.end(), min(visit.end() + _NAME_LENGTH, lead[1])))[:1]:
            headed = "visit" in document.small[: document.headline] or document.named_in((0, document.headline))
            if headed:
                yield Contact("visit", n.partner, ((leader.start, leader.end),), lead)


def _guests(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield guests who are here: "de visita en Corea"."""
    guest = document.word_of("guest_here").search(document.small, *sentence)
    if guest:
        who = sentence[0], guest.start()
        kind = "delegation_in" if document.word_of("delegation").search(document.small, *sentence) else "visit"
        states = {n.partner for n in document.named_in(who)[-1:] or document.mentions}
        yield from (Contact(kind, each, (who,), sentence) for each in states if len(states) == 1)


def _papers_and_events(document: Document, lead: Span) -> Iterator[Contact]:
    text = document.small
    named = document.named_in(lead)
    if not named or not document.home_in(lead):
        return
    paper = document.pattern(_PAPER).search(text, *lead)
    if paper:
        yield Contact("agreement", named[0].partner, (lead,), lead)
    elif document.pattern(_TOGETHER).search(text, *lead):
        yield Contact("joint_event", named[0].partner, (lead,), lead)
