"""Messages in Spanish: "envió un mensaje de felicitación al presidente"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import leads
from sunchi.signals.grammar.english_parties import home_name, short
from sunchi.signals.grammar.spanish import whose
from sunchi.signals.message.kinds import kind_of_noun
from sunchi.signals.message.reported import Direction, Sent
from sunchi.signals.rationale import Reason
from sunchi.text import Span

# "envió a", "recibió de", "depositó ante"
_VERB = Pattern(r"\b(?:(?P<send>{send})|(?P<receive>{receive})|(?P<lay>{lay}))\b", "es")
# Not "presente estuvo", "cartas credenciales", "carta blanca"
_NOUN = Pattern(r"\b(?!presente estu|cartas? (?:credenciales|blanca)){message_noun}\b", "es")
_NEAR = 260  # characters from a verb to what was sent


def messages(document: Document) -> Iterator[Sent]:
    """Every message that the first sentence reports, or else the headline, which may say its kind more exactly."""
    *headline, lead = leads(document)
    headed = [sent for span in headline for sent in _of(document, span)]
    found = list(_of(document, lead)) or headed
    kinds = {(sent.direction, sent.partner): sent.kind for sent in headed}
    for sent in found:
        kind = kinds.get((sent.direction, sent.partner), sent.kind) if sent.kind == "letter" else sent.kind
        yield replace(sent, kind=kind)


def _of(document: Document, lead: Span) -> Iterator[Sent]:
    text = document.small
    verb = document.pattern(_VERB).search(text, *lead)
    noun = document.pattern(_NOUN).search(text, verb.end(), min(verb.end() + _NEAR, lead[1])) if verb else None
    if verb is None or noun is None:
        return
    kind = _kind(document, noun, lead)
    subject, rest = (lead[0], verb.start()), (verb.end(), lead[1])
    if verb.lastgroup == "receive":
        yield from _each(document, kind, "in", rest, subject, lead)
    elif _is_ours(document, subject):
        yield from _each(document, kind, "out", rest, subject, lead)
    elif verb.lastgroup == "send" or document.word_of("monument").search(text, *rest):
        yield from _each(document, kind, "in", subject, rest, lead)


def _is_ours(document: Document, subject: Span) -> bool:
    """Return whether the side that stands nearest before the verb is the home side."""
    ours = [n.end for n in document.home_in(subject)]
    theirs = [n.end for n in document.named_in(subject)]
    if ours or theirs:
        return max(ours, default=-1) > max(theirs, default=-1)
    return whose(document, subject) == HOME


def _kind(document: Document, noun: re.Match[str], lead: Span) -> str:
    """Its kind; a mere message is what its sentence goes on to say of it, and condolence over a flood is sympathy."""
    kind = kind_of_noun(document, noun[0])
    text = document.small
    if kind == "condolence" and document.word_of("calamity").search(text, *lead):
        return "sympathy"
    return "congratulation" if kind == "letter" and document.word_of("congratulate").search(text, *lead) else kind


def _each(document: Document, kind: str, direction: Direction, other: Span, own: Span, lead: Span) -> Iterator[Sent]:
    """A message for each state of the other side; where it names none, for the only one that the article names."""
    named = document.named_in(other)
    partners = list(dict.fromkeys(n.partner for n in named))
    home = home_name(document, own) or document.lexicon.label(HOME)
    for partner in filter(None, partners[:1] if direction == "in" else partners):
        person = next((n for n in named if n.partner == partner and n.role == "leader"), None)
        name = document.shown((person.start, person.end)) if person else document.lexicon.label(partner)
        is_name = person is not None and short(name, partner, document.lexicon)[1]
        both = (home, name) if direction == "out" else (name, home)
        reason = Reason("the noun that says its kind")
        yield Sent(kind, direction, partner, *both, lead, is_name, listed=len(partners) > 1, leads=True, reason=reason)
