"""Who calls on whom, in English: credentials, courtesy and farewell calls, and calls at embassies abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from sunchi.lexicon import HOME
from sunchi.signals.contact.english_meetings import talks
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    AMBASSADOR,
    CALL_AT_EMBASSY,
    DELEGATION,
    foreign,
    is_here,
    is_in,
    item_start,
    whose,
)
from sunchi.signals.mentions import Mention
from sunchi.signals.reported import Contact
from sunchi.text import Span

_CALL = re.compile(
    r"\bcredentials\b|\bcourtesy (?:call|visit)|\bfarewell (?:call|visit)|\b(?:ambassador|charge d'affaires)[^.]*?"
    r"\b(?:arrive[sd]?|leaves|left)\b",
    re.IGNORECASE,
)
_OFFICE_OF_STATE = re.compile(
    r"\b(?:minister|ministry|ambassador|charg[eé] d'affaires|consul|governor|government|parliament|national assembly"
    r"|premier|speaker|vice-president of [A-Z]|councill?or)\b",
    re.IGNORECASE,
)
_ITEM_BEGINS = re.compile(r".*(?:[,;] (?:and )?(?:the )?|(?:included|were) (?:also )?(?:the )?)", re.DOTALL)
_OFFICE_LENGTH = 40  # characters after "Lao" in which an office stands: "Lao minister of Public Health"
_ENVOYS = re.compile(r"\b(?:[Dd]iplomatic envoys|[Aa]mbassadors) of\b")
_POSTED = re.compile(r" to (?:the )?$")
_POSTED_TO = re.compile(r" to (?:the )?[A-Z]")
_OFFICIALS = re.compile(r"\b(?:(?:high-ranking|senior|government) officials|statesmen)\b", re.IGNORECASE)
_HEAD_OF_PARTY = re.compile(
    r"[A-Z][\w.]*(?: [A-Z][\w.-]*){1,4}, (?:[\w-]+ ){0,3}(?:chair\w+|leader|president|secretary|member)\b[^.;]*?"
    r"(?:C\.C\.[^.;]*?)?\b(?:Party|Congress|Front|Union)\b",
    re.DOTALL,
)
_HEADED = re.compile(r"\b(?:(?:led|headed) by|(?:made up|consisting) of)\b")
_PAID_CALL = re.compile(r"\bpa(?:id|ying) (?:an? )?courtesy (?:call|visit)", re.IGNORECASE)
_CALLS_TO_CONDOLE = re.compile(
    r"\bpaid (?:an? )?(?:condolatory|consolatory) (?:visits?|calls?) to the (?=[^.]*\bembassy)"
    r"|\b(?:visited|called at) the (?=[^.]*\bembassy\b[^.]*\bto (?:mourn|(?:express|extend|offer)[^.]* condolences)\b)"
)
_SENDS_WREATHS = re.compile(r"\b(?:sent|laid) (?:an? )?wreaths? (?:to|at) the (?=[^.]*\bembassy)")
_PAID_TRIBUTE = re.compile(r"\b(?:silent tribute|moment's silence|condolences? book|mourners?'? book)\b")
_OF_OTHERS = re.compile(r"\b(?:foreign|countries|diplomats|diplomatic|envoys|ambassadors?)\b")
_CALLS = re.compile(
    r"\b(?:present(?:ed|s)|accept(?:ed|s)|receive[ds]|pa(?:id|ys)|arrive[ds]|left|leaves|is presented|was)\b",
    re.IGNORECASE,
)


def calls(document: Document, lead: Span) -> Iterator[Contact]:
    """Credentials, courtesy and farewell calls, and what persons of rank or ambassadors pay to an embassy abroad."""
    had_talks = next((each for each in talks(document, lead) if isinstance(each, Contact)), None)
    if had_talks:  # "had talks when they paid a courtesy call"
        if _PAID_CALL.search(document.text, *lead):
            yield replace(had_talks, kind="courtesy_call")
        return
    if _CALL.search(document.text, *lead) and is_here(document, lead) and not DELEGATION.search(document.small, *lead):
        does = _CALLS.search(document.text, *lead)
        caller = (lead[0], does.start() if does else lead[1])
    else:
        visit = CALL_AT_EMBASSY.search(document.small, *lead)
        caller = (lead[0], visit.start()) if visit else (lead[0], lead[0])
        ranked = next(document.lexicon.posts.offices(document.small, "en", *caller), None)
        of_state = (_OFFICE_OF_STATE, _OFFICIALS, AMBASSADOR)
        of_party = _HEAD_OF_PARTY.match(document.text, *caller)
        group = DELEGATION.search(document.small, *caller)
        if group and not _HEADED.search(document.text, group.end(), caller[1]):
            return  # delegations of offices, and nobody of rank
        if not ranked and not of_party and not any(pattern.search(document.text, *caller) for pattern in of_state):
            envoys = _ENVOYS.search(document.text, *caller)
            caller = (envoys.start() if envoys else caller[1], caller[1])
        for n in _callers(document, caller):
            yield Contact("courtesy_call", n.partner, (caller,), lead)
        return
    for n in foreign(document, lead)[:1]:
        yield Contact("courtesy_call", n.partner, (caller,), lead)


def _callers(document: Document, span: Span) -> list[Mention]:
    """Whose ambassadors call at an embassy, those of many states in a row; not the state where they are posted."""
    posted = _POSTED_TO.search(document.text, *span)
    return foreign(document, (span[0], posted.start() if posted else span[1]))


def calls_to_condole(document: Document, told: tuple[Span, ...], at_missions: list[Span]) -> Iterator[Contact]:
    """The home side's calls of condolence at another state's embassy here, also where it sends wreaths there."""
    for sentence in at_missions:
        call = _CALLS_TO_CONDOLE.search(document.small, *sentence)
        sent = _SENDS_WREATHS.search(document.small, *sentence) if call is None and sentence in told else None
        if sent and not _PAID_TRIBUTE.search(document.small, sentence[1]):
            continue
        does = call or sent
        where = _named_embassy(document, (does.end(), sentence[1])) if does else ""
        caller = (sentence[0], does.start()) if does else (0, 0)
        is_ours = whose(document, caller) == HOME or (sent and not _OF_OTHERS.search(document.small, *caller))
        if does and where and is_ours:
            yield Contact("courtesy_call", where, (caller,), sentence)


def _named_embassy(document: Document, span: Span) -> str:
    """The state whose embassy a span names first: "the Peruvian embassy", "the embassy of Peru"."""
    n = next(iter(foreign(document, span)), None)
    beside = n and (
        document.small.startswith(" embassy", n.end) or document.small.endswith(("embassy of ", "of the "), 0, n.start)
    )
    return n.partner if n and beside else ""


def calls_of_envoys(document: Document, span: Span, sentence: Span) -> Iterator[Contact]:
    """Of those whom a span names the envoys: "ministers of Peru and the ambassadors of Nepal and Laos to Peru"."""
    envoys = AMBASSADOR.search(document.text, *span) or _ENVOYS.search(document.text, *span)
    if envoys:
        start = item_start(document, span[0], envoys.start())
        for n in _callers(document, (start, span[1])):
            yield Contact("courtesy_call", n.partner, ((start, span[1]),), sentence)


def calls_of_a_list(document: Document, sentence: Span) -> Iterator[Contact]:
    """Those of a list of callers at an embassy who hold an office of their state: "the foreign minister of Peru"."""
    named = foreign(document, sentence)
    envoys = _ENVOYS.search(document.text, *sentence)
    for n, next_one in zip_longest(named, named[1:]):
        if _POSTED.search(document.text, n.start - 8, n.start) or (envoys and is_in(document, n)):
            continue
        if envoys and n.start > envoys.end():
            yield Contact("courtesy_call", n.partner, ((n.start, n.end),), sentence)
            continue
        item = _ITEM_BEGINS.match(document.text, sentence[0], n.start)
        after = min(n.end + _OFFICE_LENGTH, next_one.start if next_one else sentence[1])
        who = (item.end() if item else sentence[0], after if n.role == "adjective" else n.end)
        if _OFFICE_OF_STATE.search(document.text, *who):
            yield Contact("courtesy_call", n.partner, (who,), sentence)
