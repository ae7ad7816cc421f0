"""Messages in Spanish by the frames of frames.csv: "envió un mensaje de felicitación al presidente"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.document import Document
from sunchi.signals.frames import matches
from sunchi.signals.grammar.english import state_of
from sunchi.signals.grammar.english_parties import home_name
from sunchi.signals.message.kinds import kind_of_noun, kind_spoken_of
from sunchi.signals.message.reported import Direction, Sent, body_or_headline
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

_AND = re.compile(r"(?: de \w+)? y (?:un|una|el|la|los|las) ")  # "una carta| de saludo y un | cesto"


def messages(document: Document) -> Iterator[Sent | Rejected]:
    """Yield every message that the first sentence reports, or else the headline."""
    *headline, lead = document.leads
    return body_or_headline(document, _of(document, lead), (sent for span in headline for sent in _of(document, span)))


def _of(document: Document, lead: Span) -> Iterator[Sent]:
    """Yield the messages of a sentence's first frame: one of each kind for each state that its other side names."""
    match = next(matches(document, "message", [lead], headed=True), None)
    if match is None or document.small.startswith(" credencial", match.words[1]):
        return
    subject, rest = (lead[0], match.words[0]), (match.words[0], lead[1])
    is_received = match.frame.direction == "in"
    nearest = sorted([*document.home_in(subject), *document.named_in(subject)], key=lambda n: n.end)[-1:]
    is_ours = (nearest[0].partner if nearest else state_of(document, subject)) == HOME  # who stands before the verb
    direction: Direction = "out" if is_ours and not is_received else "in"
    theirs, ours = (rest, subject) if is_ours or is_received else (subject, (match.words[1], lead[1]))
    named, own = document.named_in(theirs), home_name(document, ours)
    partners = dict.fromkeys(n.partner for n in named)
    leaders = {n.partner: document.shown((n.start, n.end)) for n in reversed(named) if n.role == "leader"}
    reason = Reason("the noun that says its kind, and its verb", match.frame, match.words)
    for kind in _kinds(document, rest):
        for partner in partners:
            name = leaders.get(partner) or document.lexicon.label(partner)
            yield Sent(kind, direction, partner, name, own, lead, partner in leaders, len(partners) > 1, reason)


def _kinds(document: Document, told: Span) -> Iterator[str]:
    """Yield the kind that the first noun of message says, and that of one which "and" joins to it."""
    noun, *others = document.word_of("message_noun").finditer(document.small, *told)
    kind = kind_of_noun(document, noun[0])
    yield (kind_spoken_of(document, document.small[slice(*told)]) or kind) if kind == "letter" else kind
    if others and _AND.fullmatch(document.small, noun.end(), others[0].start()):
        yield kind_of_noun(document, others[0][0])
