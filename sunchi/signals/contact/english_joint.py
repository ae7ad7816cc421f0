"""What two sides do together, in English: papers that they sign, and events that are both's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sunchi.lexicon import HOME
from sunchi.signals.contact.english_receptions import host
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    AMBASSADOR,
    DELEGATION,
    EMBASSY,
    RECALLED,
    foreign,
    holds_any,
    is_here,
    is_past,
    leads,
    only_state,
)
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_PAPER = (
    r"(?:agreements?|protocols?|memorand(?:um|a)|contracts?|treat(?:y|ies)|minutes|documents?|plans?|programmes?"
    r"|conventions?|statements?|communiques?|declarations?)"
)
_SIGNED = re.compile(
    rf"\b{_PAPER}\b[^.]*\b(?:signed|inked|concluded|initialed|adopted|exchanged)\b"
    rf"|\b(?:sign(?:ed|s)?|ink(?:ed|s)?|conclude[sd]?|initial(?:ed|s)?)\b[^.]*\b{_PAPER}\b",
    re.IGNORECASE,
)
_SIGNED_WORDS = ("signed", "inked", "concluded")
_WAS_SIGNED = re.compile(rf"\b{_PAPER}\b[^.]*\b(?:was|were) (?:signed|inked|concluded)\b")
_BETWEEN_WHOM = re.compile(r"\bbetween (.+?)(?= (?:was|were|in the|at|on|here|signed|inked)\b|\.?$)", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(r"(?:-| - |, | and |, and )(?:the )?")
_JOINT = re.compile(
    r"\bfriend(?:ship|ly) (?:[\w-]+ )?(?:meeting|gathering|get-together|soiree|party|function|camping|reunion)s?\b"
    r"|\bfilm show\b|\bjoint (?:[\w-]+ )?(?:performance|exhibition|seminar|symposium|function|meeting|event|concert"
    r"|show)s?\b|\bphoto exhibition\b|\bproducts? exhibition\b|\bfilm week\b|\bfriend(?:ship|ly) (?:labou?r|work)\b",
    re.IGNORECASE,
)
_OF_BOTH = re.compile(r",? (?:between|with) ")
_GOES_OUT = re.compile(
    r"\b(?:visit(?:s|ed)?|tour(?:s|ed)?|enjoy(?:s|ed)?|went round|help(?:s|ed)?|did (?:friendship )?labou?r|planted)\b",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\bembassy (?:officials|staff|members)|\b(?:staff )?members of the [\w ]*embassy|embassy here", re.IGNORECASE
)
_OWN_STAFF = re.compile(r"\bDPRK(?:'s)? (?:[Ee]mbassy|[Aa]mbassador)|\bembassy in\b")
_SHRINE = re.compile(r"\b(?:mourn\w*|bier|Kumsusan|wreaths?|floral baskets?|pay (?:tribute|homage|floral))\b")
_EVENT = re.compile(
    r"\b(?:film (?:show|week)|concert|photo exhibition|with due ceremony"
    r"|(?:friendly|friendship|solidarity) meeting"
    r"|(?:donat\w+|presentation|opening|handing-over|hand-over|unveiling) ceremony)\b"
)
_IS_OTHER = re.compile(
    r"\b(?:signed|reception|banquet|awarded|conferred|wreath|floral|mourn\w*|demise|congress|trade fair|festival)\b"
)
_ATTEND = re.compile(
    r"\b(?:[Pp]resent|[Aa]mong the audiences?|[Aa]ttending|[Oo]n hand)\b[^.]*?\bw(?:ere|as)\b"
    r"|\bw(?:as|ere) attended by\b"
)
_ENVOYS = re.compile(r" (?:embassy|ambassador|charge d' ?affaires)\b")
_ATTEND_SOON = 4  # sentences after the first in which those who attend are named
_BETWEEN = re.compile(r"\bbetween\b")
_EMBASSIES = re.compile(r"\bembassies\b", re.IGNORECASE)


def agreements(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    signed = _SIGNED.search(document.text, *lead)
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
    """ "An agreement on it was signed": by the two sides of which the lead tells."""
    if not holds_any(document.small[slice(*sentence)], _SIGNED_WORDS):
        return
    paper = _WAS_SIGNED.search(document.small, *sentence)
    partner = only_state(document) if paper and not is_past(document, sentence, paper.start()) else ""
    if partner and any(document.home_in(lead) for lead in leads(document)):
        yield Contact("agreement", partner, (leads(document)[-1],), sentence)


def _signers(document: Document, lead: Span) -> Span:
    """Between whom a paper is; the whole lead where it does not say."""
    between = _BETWEEN_WHOM.search(document.text, *lead)
    return between.span(1) if between else lead


def joint_events(document: Document, lead: Span) -> Iterator[Contact]:
    joint = _JOINT.search(document.text, *lead)
    if not joint or not is_here(document, lead):
        return
    if DELEGATION.search(document.small, *lead) and not _OF_BOTH.match(document.text, joint.end(), lead[1]):
        return
    hosted = AMBASSADOR.search(document.text, *lead) or EMBASSY.search(document.text, *lead)
    if hosted or _of_two(document, lead):
        named = list(dict.fromkeys(n.partner for n in foreign(document, lead)))
        for partner in named if _EMBASSIES.search(document.text, *lead) else named[:1]:
            yield Contact("joint_event", partner, (host(document, lead),), lead)


def attended(document: Document, later: list[Span]) -> Iterator[Contact]:
    """A film show, concert, exhibition or ceremony here that those of the one state's embassy attend."""
    told = leads(document)[-1]
    partner = only_state(document)
    if not partner or not any(_EVENT.search(document.small, *span) for span in (told, *later[:1])):
        return
    if _IS_OTHER.search(document.small, 0, told[1]) or not is_here(document, told):
        return
    for sentence in later[:_ATTEND_SOON]:
        if _ATTEND.search(document.text, *sentence) and any(
            n.partner == partner and _ENVOYS.match(document.small, n.end) for n in foreign(document, sentence)
        ):
            yield Contact("joint_event", partner, (host(document, told),), told)
            return


def outings(document: Document, lead: Span) -> Iterator[Contact]:
    """What the staff of an embassy here does with people of the country: sights that it visits, labour on a farm."""
    goes = _GOES_OUT.search(document.text, *lead)
    if (
        not goes
        or EMBASSY.search(document.text, goes.end(), lead[1])
        or _SHRINE.search(document.text, goes.end(), lead[1])
    ):
        return
    subject = (lead[0], goes.start())
    staff = foreign(document, subject)
    if staff and _STAFF.search(document.text, *subject) and not _OWN_STAFF.search(document.text, *subject):
        yield Contact("joint_event", staff[0].partner, (subject,), lead)


def _of_two(document: Document, lead: Span) -> bool:
    """Whether home side and another stand side by side: "DPRK, Cuba", "between ... and ...", "DPRK-Russia"."""
    if not document.home_in(lead) or not foreign(document, lead):
        return False
    both = sorted([*document.home_in(lead), *foreign(document, lead)], key=lambda n: n.start)
    for one, other in pairwise(both):
        gap = document.text[one.end : other.start]
        if HOME in (one.partner, other.partner) and one.partner != other.partner and _SIDE_BY_SIDE.fullmatch(gap):
            return True
    return bool(_BETWEEN.search(document.text, *lead))
