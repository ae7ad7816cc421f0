"""Receptions and banquets in English, with their hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import foreign, has_envoy, is_here, state_of
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "hosted a reception for", "Guests from Laos Feted"
_IN_HONOUR = re.compile(r"\b(?:for|in honou?r of|with|feted|invit\w+)\b|\bFeted$")
_GIVES = Pattern(r"\b(?:{host}|took place|was|were)\b")  # "hosted", "took place"
_GIVEN_BY = Pattern(r"\b{host} by (?:the )?")  # "given by the | minister"
_GIVER_ENDS = re.compile(r" (?:at|on|here|in|to|for)\b|,|\.?$")  # "given by the minister | at the hall"
# "The minister hosted a banquet for", "A reception in honor of … was given"
_GIVES_IT = Pattern(r"\b{host}\b[^.]*\b{reception}\b|\b{reception}\b[^.]*\bwas {host}\b")
# "the DPRK embassy in Laos" gives it there
_OWN_EMBASSY = Pattern(r"\bDPRK (?i:embassy|mission|consulate(?: general)?) in (?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+)?)")


def receptions(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    noun = document.word_of("reception").search(document.small, *lead)
    if not noun or not is_here(document, lead):
        return
    giver = host(document, lead)
    embassy = document.pattern(_OWN_EMBASSY).search(document.text, *lead)
    partner = _named_place(document, embassy[1]) if embassy else ""
    guests = _IN_HONOUR.search(document.text, *lead)
    if not partner and (guests or state_of(document, giver) != HOME):
        named = foreign(document, (guests.end(), lead[1]) if guests and state_of(document, giver) == HOME else lead)
        partner = _envoys(document, lead) or next((n.partner for n in named), "")
    if partner:
        yield Contact("reception", partner, (giver,), lead)
    else:
        yield Rejected("contact", noun.span(), "a reception, and nothing says for whom or by whose embassy")


def banquets(document: Document, later: list[Span], partner: str) -> Iterator[Contact]:
    """Yield receptions for guests, or for Pyongyang's own abroad, after a lead that reports their visit or talks."""
    for sentence in later:
        noun = document.word_of("reception").search(document.small, *sentence)
        gives = noun and document.pattern(_GIVES_IT).search(document.small, *sentence)
        if gives and {n.partner for n in foreign(document, sentence)} <= {partner}:
            yield Contact("reception", partner, (host(document, sentence),), sentence)
            return


def _envoys(document: Document, lead: Span) -> str:
    """Return the states of the ambassadors and embassies that a lead names."""
    return next((n.partner for n in foreign(document, lead) if has_envoy(document, n)), "")


def host(document: Document, lead: Span) -> Span:
    """Return where the host of an event stands: before the verb, or after "by"; else the lead."""
    by = document.pattern(_GIVEN_BY).search(document.small, *lead)
    if by:
        end = _GIVER_ENDS.search(document.text, by.end(), lead[1])
        return by.end(), end.start() if end else lead[1]
    gives = document.pattern(_GIVES).search(document.small, *lead)
    return lead[0], gives.start() if gives else lead[1]


def _named_place(document: Document, words: str) -> str:
    """Return the state of a place, by its first two words or its first: "Beijing Hosts"."""
    for form in (words, words.split()[0]):
        names = document.lexicon.forms["en"].get(form, ())
        if len({name.partner for name in names}) == 1:
            return names[0].partner
    return ""
