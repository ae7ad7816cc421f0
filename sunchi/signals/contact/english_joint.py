"""What two sides do together, in English: papers that they sign, and events that are both's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_receptions import host
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    DELEGATION,
    RECALLED,
    foreign,
    has_envoy,
    holds_any,
    is_here,
    is_past,
    leads,
    only_state,
)
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "An agreement on trade was signed", "signed a protocol"
_SIGNED = Pattern(r"\b{paper}\b[^.]*\b(?:{signed}|adopted|exchanged)\b|\b{sign}\b[^.]*\b{paper}\b")
_WAS_SIGNED = Pattern(r"\b{paper}\b[^.]*\b(?:was|were) {signed}\b")  # "A protocol on trade was signed"
# "between | Laos and the DPRK | was signed"
_BETWEEN_WHOM = re.compile(r"\bbetween (.+?)(?= (?:was|were|in the|at|on|here|signed|inked)\b|\.?$)", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(r"(?:-| - |, | and |, and )(?:the )?")  # "Laos|-|DPRK", "Laos | and the | DPRK"
# "a friendly get-together", "a joint photo exhibition", "a film show"
_JOINT = Pattern(
    r"\b(?:friend(?:ship|ly) (?:[\w-]+ )?{friendly_event}|joint (?:[\w-]+ )?{shared_event}|{joint_event})\b"
)
_OF_BOTH = re.compile(r",? (?:between|with) ")  # "a protocol | between | the two"
# "Lao embassy officials", "staff members of the Lao embassy", and not "the DPRK embassy in Laos"
_STAFF = re.compile(r"\bembassy (?:officials|staff|members)|\bmembers of the [\w ]*embassy|embassy here")
_OWN_STAFF = re.compile(r"\bdprk(?:'s)? (?:embassy|ambassador)|\bembassy in\b")  # "the DPRK embassy", "embassy in Laos"
# "Present there were …", "It was attended by …"
_ATTEND = Pattern(r"\b{attend}\b[^.]*?\bw(?:ere|as)\b|\bw(?:as|ere) attended by\b")
_ATTEND_SOON = 4  # sentences after the first in which those who attend are named


def agreements(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    signed = document.pattern(_SIGNED).search(document.small, *lead)
    if not signed:
        return
    if is_past(document, lead, signed.start()):
        yield Rejected("contact", signed.span(), RECALLED)
    elif not _of_two(document, lead):
        yield Rejected("contact", signed.span(), "a paper that Pyongyang and another state are not said to have signed")
    else:
        for partner in dict.fromkeys(n.partner for n in foreign(document, lead)):
            yield Contact("agreement", partner, (_signers(document, lead),), lead)


def signed_then(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield an agreement that is reported after the lead, as signed by the lead's two sides."""
    if not holds_any(document.small[slice(*sentence)], document.class_words("signed")):
        return
    paper = document.pattern(_WAS_SIGNED).search(document.small, *sentence)
    partner = only_state(document) if paper and not is_past(document, sentence, paper.start()) else ""
    if partner and any(document.home_in(lead) for lead in leads(document)):
        yield Contact("agreement", partner, (leads(document)[-1],), sentence)


def _signers(document: Document, lead: Span) -> Span:
    """Return where a paper's parties stand: after "between", else the lead."""
    between = _BETWEEN_WHOM.search(document.text, *lead)
    return between.span(1) if between else lead


def joint_events(document: Document, lead: Span) -> Iterator[Contact]:
    joint = document.pattern(_JOINT).search(document.small, *lead)
    if not joint or not is_here(document, lead):
        return
    if document.pattern(DELEGATION).search(document.small, *lead) and not _OF_BOTH.match(
        document.text, joint.end(), lead[1]
    ):
        return
    hosted = any(document.word_of(of_it).search(document.small, *lead) for of_it in ("ambassador", "embassy"))
    if hosted or _of_two(document, lead):
        named = list(dict.fromkeys(n.partner for n in foreign(document, lead)))
        for partner in named if "embassies" in document.small[slice(*lead)] else named[:1]:
            yield Contact("joint_event", partner, (host(document, lead),), lead)


def attended(document: Document, later: list[Span]) -> Iterator[Contact]:
    """Yield a film show, concert, exhibition or ceremony here that the staff of one state's embassy attends."""
    first = leads(document)[-1]
    partner = only_state(document)
    if not partner or not any(
        document.word_of("public_event").search(document.small, *span) for span in (first, *later[:1])
    ):
        return
    if document.word_of("other_event").search(document.small, 0, first[1]) or not is_here(document, first):
        return
    for sentence in later[:_ATTEND_SOON]:
        if document.pattern(_ATTEND).search(document.small, *sentence) and any(
            n.partner == partner and has_envoy(document, n) for n in foreign(document, sentence)
        ):
            yield Contact("joint_event", partner, (host(document, first),), first)
            return


def outings(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield outings of an embassy's staff with people of the country: visits to sights, labour on a farm."""
    goes = document.word_of("outing").search(document.small, *lead)
    if goes is None or any(
        document.word_of(place).search(document.small, goes.end(), lead[1]) for place in ("embassy", "shrine")
    ):
        return
    subject = (lead[0], goes.start())
    staff = foreign(document, subject)
    if staff and _STAFF.search(document.small, *subject) and not _OWN_STAFF.search(document.small, *subject):
        yield Contact("joint_event", staff[0].partner, (subject,), lead)


def _of_two(document: Document, lead: Span) -> bool:
    """Return whether the home side and another state are named as a pair: "DPRK, Cuba", "between … and …"."""
    if not document.home_in(lead) or not foreign(document, lead):
        return False
    both = sorted([*document.home_in(lead), *foreign(document, lead)], key=lambda n: n.start)
    for one, other in pairwise(both):
        gap = document.text[one.end : other.start]
        if HOME in (one.partner, other.partner) and one.partner != other.partner and _SIDE_BY_SIDE.fullmatch(gap):
            return True
    return "between " in document.text[slice(*lead)]
