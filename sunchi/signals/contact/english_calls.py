"""Who calls on whom, in English: credentials, courtesy and farewell calls, and calls at embassies abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_meetings import talks
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    CALL_AT_EMBASSY,
    DELEGATION,
    foreign,
    is_here,
    is_in,
    item_start,
    only_state,
    state_of,
)
from sunchi.signals.mentions import Mention
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "presented his credentials", "paid a farewell call on", "the Lao ambassador, who arrived here"
_CALL = Pattern(r"\b(?:{courtesy_call}|(?:ambassador|charge d'affaires)[^.]*?\b(?:arrive[sd]?|leaves|left))\b")
# "They included | the ambassador, and the | consul"
_ITEM_BEGINS = re.compile(r".*(?:[,;] (?:and )?(?:the )?|(?:included|were) (?:also )?(?:the )?)", re.DOTALL)
_OFFICE_LENGTH = 40  # characters after "Lao" in which an office stands: "Lao minister of Public Health"
_ENVOYS = re.compile(r"\b(?:diplomatic envoys|ambassadors) of\b")  # "ambassadors of | Laos and Nepal"
_POSTED_TO = re.compile(r" to (?:the )?[A-Z]")  # "ambassador | to C|hina"
# "Ana Example, first secretary of the C.C., Example Party"
_HEAD_OF_PARTY = Pattern(
    r"[A-Z][\w.]*(?: [A-Z][\w.-]*){1,4}, (?:[\w-]+ ){0,3}{head_of_party}\b[^.;]*?(?:C\.C\.[^.;]*?)?"
    r"\b(?:Party|Congress|Front|Union)\b",
    flags=re.DOTALL,
)
_HEADED = re.compile(r"\b(?:(?:led|headed) by|(?:made up|consisting) of)\b")  # "a party made up of"
_PAID_CALL = re.compile(r"\bpa(?:id|ying) (?:an? )?courtesy (?:call|visit)")  # "paying a courtesy call"
# "paid a condolatory visit to the Lao embassy", "visited the Lao embassy to express deep condolences"
_CALLS_TO_CONDOLE = Pattern(
    r"\bpaid (?:an? )?{condolatory} (?:visits?|calls?) to the (?=[^.]*\bembassy)"
    r"|\b(?:visited|called at) the (?=[^.]*\bembassy\b[^.]*\bto (?:mourn|(?:express|extend|offer)[^.]* condolences)\b)"
)
# "sent a wreath to the | Lao embassy"
_SENDS_WREATHS = re.compile(r"\b(?:sent|laid) (?:an? )?wreaths? (?:to|at) the (?=[^.]*\bembassy)")


def calls(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield credentials, courtesy and farewell calls, and calls of officials at an embassy abroad."""
    had_talks = next((each for each in talks(document, lead) if isinstance(each, Contact)), None)
    if had_talks:  # "had talks when they paid a courtesy call"
        if _PAID_CALL.search(document.small, *lead):
            yield replace(had_talks, kind="courtesy_call")
        return
    if (
        document.pattern(_CALL).search(document.small, *lead)
        and is_here(document, lead)
        and not document.pattern(DELEGATION).search(document.small, *lead)
    ):
        does = document.word_of("pay_call").search(document.small, *lead)
        caller = (lead[0], does.start() if does else lead[1])
    else:
        visit = CALL_AT_EMBASSY.search(document.small, *lead)
        caller = (lead[0], visit.start()) if visit else (lead[0], lead[0])
        ranked = next(document.lexicon.posts.offices(document.small, "en", *caller), None)
        of_state = document.word_of("caller_of_rank").search(document.small, *caller)
        of_party = document.pattern(_HEAD_OF_PARTY).match(document.text, *caller)
        group = document.pattern(DELEGATION).search(document.small, *caller)
        if group and not _HEADED.search(document.text, group.end(), caller[1]):
            return  # delegations of offices, and nobody of rank
        if not ranked and not of_party and not of_state:
            envoys = _ENVOYS.search(document.small, *caller)
            caller = (envoys.start() if envoys else caller[1], caller[1])
        partners = [n.partner for n in _callers(document, caller)]
        if of_state and visit and not partners and not document.home_in(caller):
            partners = [only_state(document)]  # "Authorized by the president, the minister visited the DPRK embassy"
        yield from (Contact("courtesy_call", partner, (caller,), lead) for partner in partners if partner)
        return
    for n in foreign(document, lead)[:1]:
        yield Contact("courtesy_call", n.partner, (caller,), lead)


def _callers(document: Document, span: Span) -> list[Mention]:
    """Return the states whose ambassadors call at an embassy, without the state where they are posted."""
    posted = _POSTED_TO.search(document.text, *span)
    return foreign(document, (span[0], posted.start() if posted else span[1]))


def calls_to_condole(document: Document, lead_spans: tuple[Span, ...], at_missions: list[Span]) -> Iterator[Contact]:
    """Yield the home side's calls of condolence at another state's embassy here; sending a wreath there is one."""
    for sentence in at_missions:
        call = document.pattern(_CALLS_TO_CONDOLE).search(document.small, *sentence)
        sent = _SENDS_WREATHS.search(document.small, *sentence) if call is None and sentence in lead_spans else None
        if sent and not document.word_of("tribute_paid").search(document.small, sentence[1]):
            continue
        does = call or sent
        where = _named_embassy(document, (does.end(), sentence[1])) if does else ""
        caller = (sentence[0], does.start()) if does else (0, 0)
        is_ours = state_of(document, caller) == HOME or (
            sent and not document.word_of("other_envoys").search(document.small, *caller)
        )
        if does and where and is_ours:
            yield Contact("courtesy_call", where, (caller,), sentence)


def _named_embassy(document: Document, span: Span) -> str:
    """Return the state of the embassy that a span names first: "the Peruvian embassy", "the embassy of Peru"."""
    n = next(iter(foreign(document, span)), None)
    is_its_embassy = n and (
        document.small.startswith(" embassy", n.end) or document.small.endswith(("embassy of ", "of the "), 0, n.start)
    )
    return n.partner if n and is_its_embassy else ""


def calls_of_envoys(document: Document, span: Span, sentence: Span) -> Iterator[Contact]:
    """Yield calls of the envoys in a span: "ministers of Peru and the ambassadors of Nepal and Laos to Peru"."""
    envoys = document.word_of("ambassador").search(document.small, *span) or _ENVOYS.search(document.small, *span)
    if envoys:
        start = item_start(document, span[0], envoys.start())
        for n in _callers(document, (start, span[1])):
            yield Contact("courtesy_call", n.partner, ((start, span[1]),), sentence)


def calls_of_a_list(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield calls of those in a list who hold an office of their state: "the foreign minister of Peru"."""
    named = foreign(document, sentence)
    envoys = _ENVOYS.search(document.small, *sentence)
    for n, next_one in zip_longest(named, named[1:]):
        if document.text.endswith((" to ", " to the "), 0, n.start) or (envoys and is_in(document, n)):
            continue
        if envoys and n.start > envoys.end():
            yield Contact("courtesy_call", n.partner, ((n.start, n.end),), sentence)
            continue
        item = _ITEM_BEGINS.match(document.text, sentence[0], n.start)
        after = min(n.end + _OFFICE_LENGTH, next_one.start if next_one else sentence[1])
        who = (item.end() if item else sentence[0], after if n.role == "adjective" else n.end)
        if document.word_of("office_of_state").search(document.small, *who):
            yield Contact("courtesy_call", n.partner, (who,), sentence)
