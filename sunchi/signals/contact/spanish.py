"""Contacts in Spanish, by the verbs and nouns of headline and first sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_report import told_first
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import only_state
from sunchi.signals.grammar.spanish import speaks_of_home, whose
from sunchi.signals.mentions import Mention
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "se reunió con", "departió", "recibió a la delegación de Laos", "intercambiaron opiniones"
_MEETS = Pattern(
    r"\b(?:{meet}(?= [^.]{0,90}\bcon\b)|{converse}\b|{exchange} [^.]{0,60}opiniones"
    r"|{receive} [a-z0-9 ]{0,20}\b(?:en audiencia|al?(?: la)? (?:{group}|{ambassador})))",
    "es",
)
_TALKS = Pattern(r"\b{talks}(?: [a-z]+)? entre\b", "es")  # "conversaciones entre", "diálogo político entre"
# "quedaron firmados el día 3 el acuerdo"
_PAPER = Pattern(r"\b{sign} [^.]{0,160}?\b{paper}\b", "es")
# "una función conjunta", but "el conjunto artístico" is a troupe
_TOGETHER = Pattern(r"\b{shared_event}\b[^.]{0,200}?\bconjunt[oa]s?\b(?! artistic)|\b{joint_event}\b", "es")
# "ofreció en esta capital un banquete"
_BANQUET = Pattern(r"\b{host} [^.]{0,60}?\b{reception}\b", "es")
# "la visita oficial a", "tras su visita a", and no "en felicitación de la visita del Dirigente a"
_THERE = Pattern(r"\b(?:{visit}|visita(?: (?!del?\b(?! amistad))[a-z]+){0,4} a) (?:la )?$", "es")
_ON_VISIT = Pattern(r"\b(?:de visita en|realiz[a-z]+ una visita(?: [a-z]+)* a) (?:la )?$", "es")
_NEXT = 4  # sentences after the first in which a guest may be told of


def find(document: Document) -> Iterator[Contact]:
    """Yield every contact that headline and first sentence report, and banquets and guests told of after them."""
    last = document.leads[-1]
    later = [s for s in document.sentences if s[0] > last[0]]
    for lead in (*told_first(document), *(s for s in later if document.word_of("next_item").match(document.small, *s))):
        yield from read(document, lead)
    for sentence in (last, *later):
        banquet = document.pattern(_BANQUET).search(document.small, *sentence)
        if banquet:
            named = document.named_in((banquet.end(), sentence[1])) or document.named_in(sentence)
            partner = named[0].partner if named else only_state(document)
            if partner:
                yield Contact("reception", partner, ((sentence[0], banquet.start()),), sentence)
    for sentence in later[:_NEXT]:
        yield from _guests(document, sentence)


def read(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield every contact that one sentence reports."""
    named = document.named_in(lead)
    if named and speaks_of_home(document, lead):
        yield from (Contact(kind, named[0].partner, (lead,), lead) for kind in _kinds(document, lead))
    yield from _delegation(document, lead, named)
    yield from _guests(document, lead)
    if "visit" in document.small[: document.headline] or document.named_in((0, document.headline)):
        leaders = [(n.start, n.end) for n in document.home_in(lead) if n.role == "leader"]
        there = _after(document, _THERE, named) if leaders else ()  # "una visita oficial a la República"
        yield from (Contact("visit", n.partner, (leaders[0],), lead) for n in there)


def _kinds(document: Document, lead: Span) -> Iterator[str]:
    """Yield of which kinds of contacts of both sides a sentence tells."""
    text = document.small
    meets = document.pattern(_TALKS).search(text, *lead) or document.pattern(_MEETS).search(text, *lead)
    is_envoy = document.word_of("ambassador").search(text, *lead)
    if document.word_of("courtesy_call").search(text, *lead) or (meets and is_envoy):
        yield "courtesy_call"
    if meets and not is_envoy and not document.word_of("press").search(text, *lead):
        yield "talks"
    if document.pattern(_PAPER).search(text, *lead):
        yield "agreement"
    elif document.pattern(_TOGETHER).search(text, *lead):
        yield "joint_event"


def _delegation(document: Document, lead: Span, named: list[Mention]) -> Iterator[Contact]:
    """Yield a delegation that goes, comes or talks: Pyongyang's where it is on a visit, the other state's here."""
    group = document.word_of("delegation").search(document.small, *lead)
    moves = document.word_of("move").search(document.small, *lead)
    talks = "talks" in _kinds(document, lead)
    if group is None or not (moves or talks):
        return
    here = document.word_of("here").search(document.small, *lead)
    there = _after(document, _THERE, named)
    is_party = document.word_of("entourage").match(group[0])  # of whom is named before it
    end = next((n.start for n in there if n.start > group.start()), lead[1])
    side = whose(document, (lead[0], group.start()) if is_party else (group.start(), end))
    who = lead if is_party else (group.start(), lead[1])
    if side == HOME and there:
        yield from (Contact("delegation_out", n.partner, (who,), lead) for n in there)
    elif not there and (side != HOME or (here and talks)):
        kind = "visit" if is_party and moves and not document.word_of("travel").match(moves[0]) else "delegation_in"
        yield from (Contact(kind, n.partner, (who,), lead) for n in named[:1])


def _after(document: Document, pattern: Pattern, named: list[Mention]) -> list[Mention]:
    """Return the states named right after words: those where somebody is "de visita en"."""
    words = document.pattern(pattern)
    return [n for n in named if words.search(document.small, max(0, n.start - 40), n.start)]


def _guests(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield guests who are here: "de visita en Corea"."""
    for here in _after(document, _ON_VISIT, document.home_in(sentence))[:1]:
        who = sentence[0], here.start
        kind = "delegation_in" if document.word_of("group").search(document.small, *sentence) else "visit"
        states = {n.partner for n in document.named_in(who)[-1:] or document.mentions}
        yield from (Contact(kind, each, (who,), sentence) for each in states if len(states) == 1)
