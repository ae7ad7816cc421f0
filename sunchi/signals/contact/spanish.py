"""Contacts in Spanish, by the verbs and nouns of headline and first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import leads
from sunchi.signals.grammar.spanish import foreign, is_place, only_state, speaks_of_home, whose
from sunchi.signals.mentions import Mention
from sunchi.signals.reported import Contact
from sunchi.text import Span

_GROUP = re.compile(r"\b(?:delegacion(?:es)?|conjunto|grupo de|orquesta|comitiva)\b")
_OF_ONE = "comitiva"  # that of a guest, and no delegation where he is met
_MEETS = re.compile(
    r"\b(?:se (?:reun[a-z]+|entrevist[a-z]+)(?= [^.]{0,90}\bcon\b)|departi[a-z]*|convers(?:o|an|aron)\b"
    r"|recib(?:e|io) (?:[a-z0-9 ]{0,20} )?a (?:la|una) delegacion"
    r"|recib(?:e|io) (?:[a-z0-9 ]{0,20} )?al embajador|intercambi(?:o|aron) [^.]{0,60}opiniones)"
)
_TALKS = re.compile(r"\b(?:conversaciones|dialogo [a-z]+|encuentro) entre\b")
_CALL = re.compile(r"\bvisita (?:de (?:cortesia|despedida)|protocolar)|\bcartas credenciales\b")
_ENVOY = re.compile(r"\b(?:embajador|embajadora|encargado de negocios)\b")
_MOVES = re.compile(
    r"\b(?:arrib[a-z]+|lleg(?:a|o|aron)\b|part(?:io|ieron|en)\b|parte de regreso|regres[a-z]+|visit(?:o|an|aron)\b"
    r"|visita (?:el|la|los|las|varios)\b|recorr[a-z]+|deposit(?:a|o|an|aron)\b|rind[a-z]+|se estren[a-z]+)"
)
_THERE = re.compile(
    r"\b(?:visitar|visit(?:o|aron) (?:a|al)|visita[a-z ]* a|viaj[a-z]+ a|de visita en|visita) (?:la )?$"
)
_HOME = r"(?:corea|la rpdc|la republica popular democratica de corea)"
_IS_A_GUEST = re.compile(rf"\bde visita en {_HOME}|\bsu reciente visita a corea|\brealizan? una visita a {_HOME}")
_LEADERS_VISIT = re.compile(r"\bvisitas? (?:[a-z]+ )?(?:a|al)\b")
_PAYS = re.compile(r"\b(?:realiz|efectu)[a-z]+ [^.,]{0,40}$")
_BANQUET = re.compile(
    r"\b(?:ofreci[a-z]+|ofrecid[ao]|ofrece) [^.]{0,60}?\b(?:banquete|recepcion)\b"
    r"|\b(?:banquete|recepcion) ofrecid[ao]\b"
)
_PAPER = re.compile(
    r"\b(?:qued(?:o|aron) (?:firmad|rubricad|suscrit)[a-z]+|firm(?:o|aron)|rubric(?:o|aron)|suscribieron"
    r"|(?:firmad|rubricad|suscrit)[a-z]+) [^.]{0,160}?\b(?:acuerdo|convenio|protocolo|memorando|tratado|proyecto)s?\b"
)
_OF_OLD = re.compile(r"\baniversario\b")
_TOGETHER = re.compile(
    r"\b(?:funcion|concierto|acto|exposicion|reunion|ceremonias?)\b[^.]{0,40}?\bconjunt[oa]s?\b(?! artistic)"
    r"|\bencuentro de amistad\b|\bjunto con los? (?:camaradas|miembros de la embajada)\b"
    r"|\bceremonias? de (?:inicio|inauguracion)\b[^.]{0,200}?\bconjunt[oa]s?\b"
)
_HERE = re.compile(r"\besta capital|\bcapitalin[oa]|\bpyongyang|\bkumsusan|\bmansudae|\bmangyongdae|\bidea juche\b")
_ABROAD = re.compile(r"\bde visita en (?:su|ese|este) pais\b")
_OF_THE_PRESS = re.compile(r"\b(?:reporter|periodist)")
_OWN_ENVOY = re.compile(r"\bembajador(?:a)? corean[oa]\b(?! en corea)")
_TAKES_UP_OR_LEAVES = re.compile(r"\b(?:nuev[oa]|credenciales|despedida|cortesia)\b")
_INVERTED = re.compile(r"\b(?:arrib|lleg|part|regres|se estren)")
_NEXT_ITEM = re.compile(r"(?:por otra parte|el mismo dia|ese dia|asimismo|mientras tanto)\b")
_NAME_LENGTH = 60  # characters in which "a la República Popular China" names the state
_PERFORMS = re.compile(
    r"\b(?:realizo|ofrecio|dio|presento) [^.]{0,80}\b(?:actuacion|funcion|representacion|demostracion)"
)
_NEXT = 4  # sentences after the first in which a banquet may be told of


def find(document: Document) -> Iterator[Contact]:
    """Every contact that headline and first sentence report, and the banquet that goes with it."""
    last = leads(document)[-1]
    later = [s for s in document.sentences if s[0] > last[0]]
    for lead in (*leads(document), *(s for s in later if _NEXT_ITEM.match(document.small, *s))):
        yield from read(document, lead)
    for sentence in (last, *later):
        banquet = _BANQUET.search(document.small, *sentence)
        if banquet:
            named = foreign(document, (banquet.end(), sentence[1])) or foreign(document, sentence)
            partner = named[0].partner if named else only_state(document)
            if partner:
                yield Contact("reception", partner, ((sentence[0], banquet.start() or sentence[1]),), sentence)
    for sentence in later[:_NEXT]:
        yield from _guests(document, sentence)


def read(document: Document, lead: Span) -> Iterator[Contact]:
    """Every contact that one sentence reports."""
    yield from _meetings(document, lead)
    yield from _journeys(document, lead)
    yield from _papers_and_events(document, lead)


def _meetings(document: Document, lead: Span) -> Iterator[Contact]:
    text = document.small
    talks = _TALKS.search(text, *lead)
    meets = talks or _MEETS.search(text, *lead)
    call = _CALL.search(text, *lead)
    named = foreign(document, lead)
    if not named or not speaks_of_home(document, lead) or _OF_THE_PRESS.search(text, *lead):
        return
    partner = named[0].partner
    is_call = _ENVOY.search(text, *lead) and not (
        _OWN_ENVOY.search(text, *lead) and not _TAKES_UP_OR_LEAVES.search(text, *lead)
    )
    if call or (meets and is_call and not talks):
        yield Contact("courtesy_call", partner, (lead,), lead)
    if meets and (talks or not is_call):
        yield Contact("talks", partner, (lead,), lead)
        yield from _delegations_met(document, lead, partner)


def _delegations_met(document: Document, lead: Span, partner: str) -> Iterator[Contact]:
    """The delegation that takes part: the other side's here, Pyongyang's where it is said to visit."""
    text = document.small
    groups = [group for group in _GROUP.finditer(text, *lead) if group[0] != _OF_ONE]
    visits = _ABROAD.search(text, *lead) or any(_is_there(document, n) for n in foreign(document, lead))
    sides = {whose(document, (group.start(), lead[1])) for group in groups}
    if visits and HOME in sides:
        yield Contact("delegation_out", partner, (lead,), lead)
    elif not visits and (sides - {HOME} or (groups and _HERE.search(text, *lead))):
        yield Contact("delegation_in", partner, (lead,), lead)


def _is_there(document: Document, n: Mention) -> bool:
    """Return whether somebody goes there: "de visita en Mongolia"."""
    return bool(_THERE.search(document.small, max(0, n.start - 40), n.start))


def _journeys(document: Document, lead: Span) -> Iterator[Contact]:
    text = document.small
    yield from _guests(document, lead)
    yield from _visits_of_a_leader(document, lead)
    moves = _MOVES.search(text, *lead)
    group = _GROUP.search(text, *lead)
    if group and _PERFORMS.search(text, group.end(), lead[1]) and whose(document, (group.start(), lead[1])) == HOME:
        for n in [n for n in document.named_in((0, lead[1])) if is_place(document, n)][:1]:
            yield Contact("delegation_out", n.partner, (lead,), lead)
    if not moves or not group or (moves.start() < group.start() and not _INVERTED.match(moves[0])):
        return
    named = foreign(document, lead)
    there = [n for n in named if n.start > group.start() and _is_there(document, n)]
    side = whose(document, (group.start(), there[0].start if there else lead[1]))
    if side == HOME:
        for n in there:
            yield Contact("delegation_out", n.partner, (lead,), lead)
    elif not there and (document.home or _HERE.search(text)):
        for n in [n for n in named if n.partner == side] or named[:1]:
            yield Contact("delegation_in", n.partner, (lead,), lead)
            break


def _visits_of_a_leader(document: Document, lead: Span) -> Iterator[Contact]:
    """ "Una visita oficial a la República Popular China", "visita a China de Kim Jong Il"."""
    leader = next((n for n in document.home_in(lead) if n.role == "leader"), None)
    if leader is None:
        return
    for visit in _LEADERS_VISIT.finditer(document.small, *lead):
        for n in foreign(document, (visit.end(), min(visit.end() + _NAME_LENGTH, lead[1])))[:1]:
            headed = "visit" in document.small[: document.headline] or document.named_in((0, document.headline))
            if headed or _PAYS.search(document.small, lead[0], visit.start()):
                yield Contact("visit", n.partner, ((leader.start, leader.end),), lead)


def _guests(document: Document, sentence: Span) -> Iterator[Contact]:
    """Whoever is told of as here: "de visita en Corea"."""
    guest = _IS_A_GUEST.search(document.small, *sentence)
    if guest:
        named = foreign(document, (sentence[0], guest.start()))
        partner = named[-1].partner if named else only_state(document)
        group = _GROUP.search(document.small, *sentence)
        if partner:
            yield Contact("delegation_in" if group else "visit", partner, ((sentence[0], guest.start()),), sentence)


def _papers_and_events(document: Document, lead: Span) -> Iterator[Contact]:
    text = document.small
    named = document.named_in(lead)
    if not named or not document.home_in(lead):
        return
    paper = _PAPER.search(text, *lead)
    if paper and not _OF_OLD.search(text, *lead):
        yield Contact("agreement", named[0].partner, (lead,), lead)
    elif not paper and _TOGETHER.search(text, *lead):
        yield Contact("joint_event", named[0].partner, (lead,), lead)
