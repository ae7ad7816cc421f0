"""Calls in English that are messages: who called at a mission of the home side to condole or to congratulate.

The sentence names no sender and recipient as "sent a message to" does, and a list further on may name those who called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    CALL_AT_EMBASSY,
    CALLED_BY,
    ENVOY_SAYS,
    holds_any,
    is_in,
    item_start,
    unbroken,
)
from sunchi.signals.grammar.english_parties import PRIVATE, named_parties, parties
from sunchi.signals.message.reported import Sent
from sunchi.signals.rationale import Reason
from sunchi.text import Span

# "a condolatory visit", "to express their deep condolences"
_CONDOLE = Pattern(
    r"\b(?:{condoling} visits?|to (?:express|extend|offer) (?:{heartfelt} )*{sorrow}|to mourn)\b", flags=re.IGNORECASE
)
_MOURNS = Pattern(r"\bvisited the {mourning_place}\b")  # "visited the mourning station"
_CONGRATULATES = Pattern(r"\b(?:congratulatory visits?|to {celebrate})\b")  # "congratulatory visit"
# "The visitors laid floral baskets"
_LEFT_BASKETS = Pattern(r"(?:They|The {caller}) (?:{lay}|presented) (?:an? )?{floral_basket}\b")
_LEFT_WREATHS = Pattern(r"(?:They|The {caller}) {lay} wreaths\b")  # "They placed wreaths"
# "the DPRK permanent mission in Geneva"
_MISSION = Pattern(r"\bDPRK (?:permanent )?(?i:{mission})(?: in (?:[A-Z](?!\w+day\b)[\w-]+ ?\b){1,2})?")
_ENVOYS = re.compile(r"\benvoys\b")  # "envoys of several states"
_OF_KOREANS_ABROAD = Pattern(r"\b{korean_abroad} in\b")  # "Koreans in | Japan"
# "the ambassadors of Laos and Nepal | to China": posted there
_POSTED_TO = Pattern(r"\b(?:{ambassador}|envoys?)\b[^;]*?(?= to (?:the )?(?-i:[A-Z]))", flags=re.IGNORECASE)


def calls(document: Document, telling: list[Span]) -> Iterator[Sent]:
    """Yield the condolences and baskets of those who call at a mission; `telling` are the sentences of messages."""
    of_tributes = document.class_words("tribute_stem")
    telling = [s for s in telling if holds_any(document.small[slice(*s)], of_tributes)]
    if not telling:
        return
    text = document.text
    first, *rest = document.body
    first = unbroken(document, first)
    body = [first, *(s for s in rest if s[0] >= first[1])]
    telling = list(dict.fromkeys(s if s[0] >= first[1] else first for s in telling))
    if any(document.pattern(_LEFT_BASKETS).match(text, *s) for s in telling):
        yield from _congratulations(document, first, body[1:])
    called = {s for s in telling if _callers(document, s) and document.pattern(_CONDOLE).search(text, *s)}
    if first in called:  # then the calls after it are of condolence, too
        called |= {s for s in rest if s[0] >= first[1] and _callers(document, s)}
    by_callers = "wreath" if any(document.pattern(_LEFT_WREATHS).match(text, *s) for s in telling) else "condolence"
    for sentence in sorted(called):
        after = [s for s in body if s[0] > sentence[0]]
        yield from _calls(document, sentence, after, by_callers)


def _congratulations(document: Document, first: Span, after: list[Span]) -> Iterator[Sent]:
    """Yield floral baskets of those who call at an embassy on a day of joy, named there or in a list further on."""
    callers = _callers(document, first)
    if callers and document.pattern(_CONGRATULATES).search(document.text, *first):
        yield from _from(document, "floral_basket", callers, first)


def _callers(document: Document, sentence: Span) -> Span | None:
    """Return who calls at an embassy of the home side, or at a place of mourning; None where nobody does."""
    held = document.small[slice(*sentence)]
    if not holds_any(held, document.class_words("place_of_call_stem")):
        return None
    by = CALLED_BY.search(document.small, *sentence) if " by " in held else None
    mourns = document.pattern(_MOURNS)
    call = None if by else CALL_AT_EMBASSY.search(document.small, *sentence) or mourns.search(document.text, *sentence)
    if by is None and call is None:
        return None
    start, end = (by.end(), sentence[1]) if by else (sentence[0], call.start() if call else sentence[1])
    posted = document.pattern(_POSTED_TO).search(document.text, start, end)
    return start, posted.end() if posted else end


def _calls(document: Document, sentence: Span, after: list[Span], by_callers: str) -> Iterator[Sent]:
    """Yield the condolences or wreaths of callers, here or named next; envoys leave no wreaths of their own."""
    start, end = _callers(document, sentence) or (sentence[0], sentence[0])
    envoys = document.word_of("ambassador").search(document.small, start, end)
    envoys = envoys or _ENVOYS.search(document.text, start, end)
    cut = item_start(document, start, envoys.start()) if envoys else end
    called = document.pattern(_MISSION).search(document.text, *sentence)
    to = called[0].strip() if called else ""  # where they call: "DPRK embassy in Lima"
    found = [
        *_from(document, by_callers, (start, cut), sentence, to=to),
        *_from(document, "condolence", (cut, end), sentence, to=to),
    ]
    yield from found
    if not found:
        yield from _quoted_envoys(document, after)


def _quoted_envoys(document: Document, after: list[Span]) -> Iterator[Sent]:
    """Yield the condolences of envoys who are quoted: "The Cuban ambassador to Nepal said"."""
    for sentence in after:
        says = ENVOY_SAYS.match(document.text, *sentence)
        if says:
            yield from _from(document, "condolence", (sentence[0], says.end("who")), sentence)


def _from(document: Document, kind: str, senders: Span, sentence: Span, to: str = "") -> Iterator[Sent]:
    if document.pattern(_OF_KOREANS_ABROAD).search(document.text, 0, document.headline):
        return
    found = [
        party
        for party in parties(document, senders)
        if not _is_post(document, party, senders) and not PRIVATE.match(document.text, *party[1])
    ]
    for party in named_parties(document, found):
        listed = len(found) > 1
        why = Reason("a deed that is a message: a call at a mission of the home side")
        yield Sent(
            kind, "in", party.partner, party.name, to, sentence, party.is_person, listed, leads=False, reason=why
        )


def _is_post(document: Document, party: tuple[str, Span], senders: Span) -> bool:
    """Return whether a state is only where envoys are posted: "diplomatic envoys of China and Cuba in Ethiopia"."""
    if not _ENVOYS.search(document.text, *senders):
        return False
    first = next(n for n in document.named_in(party[1]) if n.partner == party[0])
    return is_in(document, first)
