"""Messages in Spanish: "envió un mensaje de felicitación al presidente"."""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english_parties import home_name
from sunchi.signals.grammar.spanish import whose
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
    report = document.pattern(_REPORT).search(document.small, *lead)
    if report:
        kinds = [kind_of_noun(document, noun) for noun in report.group("noun", "other") if noun]
        kinds[0] = (
            kind_spoken_of(document, document.small[slice(*lead)]) or "letter" if kinds[0] == "letter" else kinds[0]
        )
        subject, rest = (lead[0], report.start()), (report.end("verb"), lead[1])
        for kind in dict.fromkeys(kinds):
            if report["receive"]:
                yield from _each(document, kind, "in", rest, subject, lead)
            elif _is_ours(document, subject):
                yield from _each(document, kind, "out", rest, subject, lead)
            else:
                yield from _each(document, kind, "in", subject, rest, lead)


def _is_ours(document: Document, subject: Span) -> bool:
    """Return whether the side that stands nearest before the verb is the home side."""
    named = [*document.home_in(subject), *document.named_in(subject)]
    return max(named, key=lambda n: n.end).partner == HOME if named else whose(document, subject) == HOME


def _each(document: Document, kind: str, direction: Direction, other: Span, own: Span, lead: Span) -> Iterator[Sent]:
    """Yield a message for each state that is written to, or for the first that the side that writes names."""
    named = document.named_in(other)
    partners = list(dict.fromkeys(n.partner for n in named))
    ours = home_name(document, own) or document.lexicon.label(HOME)
    for partner in partners[:1] if direction == "in" else partners:
        person = next((n for n in named if n.partner == partner and n.role == "leader"), None)
        theirs = document.shown((person.start, person.end)) if person else document.lexicon.label(partner)
        reason = Reason("the noun that says its kind")
        yield Sent(
            kind, direction, partner, theirs, ours, lead, person is not None, listed=len(partners) > 1, reason=reason
        )
