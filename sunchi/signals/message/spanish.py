"""Messages in Spanish: "envió un mensaje de felicitación al presidente"."""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import state_of
from sunchi.signals.grammar.english_parties import home_name
from sunchi.signals.message.kinds import kind_of_noun, kind_spoken_of
from sunchi.signals.message.reported import Direction, Sent, body_or_headline
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

# "envió | un mensaje", "recibió | la carta y un cesto"; not "cartas credenciales"
_REPORT = Pattern(
    r"\b(?P<verb>{send}|{lay}|(?P<receive>{receive}))\b.{0,260}?\b(?!cartas? credenciales)(?P<noun>{message_noun})\b"
    r"(?: (?:de \w+ )?y (?:un|una|el|la|los|las) (?P<other>{message_noun})\b)?",
    "es",
)


def messages(document: Document) -> Iterator[Sent | Rejected]:
    """Yield every message that the first sentence reports, or else the headline."""
    *headline, lead = document.leads
    return body_or_headline(document, _of(document, lead), (sent for span in headline for sent in _of(document, span)))


def _of(document: Document, lead: Span) -> Iterator[Sent]:
    """Yield the messages that a sentence reports: one of each kind for each state that its other side names."""
    report = document.pattern(_REPORT).search(document.small, *lead)
    if not report:
        return
    kinds = [kind_of_noun(document, noun) for noun in report.group("noun", "other") if noun]
    if kinds[0] == "letter":
        kinds[0] = kind_spoken_of(document, document.small[slice(*lead)]) or "letter"
    subject, rest = (lead[0], report.start()), (report.end("verb"), lead[1])
    is_out = not report["receive"] and _is_ours(document, subject)
    direction: Direction = "out" if is_out else "in"
    theirs, ours = (rest, subject) if is_out or report["receive"] else (subject, rest)
    named = document.named_in(theirs)
    own, reason = home_name(document, ours), Reason("the noun that says its kind")
    partners = list(dict.fromkeys(n.partner for n in named))
    for kind in dict.fromkeys(kinds):
        for partner in partners:
            leader = next((n for n in named if n.partner == partner and n.role == "leader"), None)
            name = document.shown((leader.start, leader.end)) if leader else document.lexicon.label(partner)
            is_listed = len(partners) > 1
            yield Sent(kind, direction, partner, name, own, lead, leader is not None, is_listed, reason)


def _is_ours(document: Document, subject: Span) -> bool:
    """Return whether the side that stands nearest before the verb is the home side."""
    named = [*document.home_in(subject), *document.named_in(subject)]
    return max(named, key=lambda n: n.end).partner == HOME if named else state_of(document, subject) == HOME
