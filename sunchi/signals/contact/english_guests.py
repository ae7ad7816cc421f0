"""Who is here, in English: persons and groups of whom a sentence says that they came, visit or stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    DELEGATION,
    DELEGATION_ENDS,
    KOREAN,
    foreign,
    holds_any,
    is_here,
    is_past,
    only_state,
    state_of,
)
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "head of the visiting delegation", "the delegation's"
_HEAD_OF_GROUP = re.compile(r"\bhead of (?:the |an? )?(?:[\w'-]+ ){0,3}delegation\b|\bdelegation's\b")
_LED_BEFORE = Pattern(r"\b{group}\b[^,.;]*,? (?:led|headed) by $")  # "a group of officials, led by | the minister"
# "on a goodwill visit to the DPRK", "after winding up his visit to the DPRK", "is glad to visit the DPRK"
_GUEST = Pattern(
    r"\b(?:{guest_here}|{glad} to (?:pay an? (?:[\w-]+ ){0,3}visit to|visit) (?:\w+ )?the dprk"
    r"|(?:on an?|(?:during|after|at the end of|impressions of)(?: (?:wind|wrapp)ing up)? (?:the|his|her|their))"
    r" (?:[\w-]+ ){0,3}visit to the dprk)\b"
)
# "was received by the | visiting minister"
_GUEST_BEGINS = re.compile(r".*\b(?:by|from|received|met|with|said|honou?r of) (?:the )?", re.DOTALL)
# "The visiting Lao minister", "a gift from the visiting ensemble"
_VISITING = re.compile(
    r"(?:\b[Tt]he |\b(?:met|from|by|with|received|and) |(?<![^\n] ))[Vv]isiting (?P<who>[^,.;\n]{3,120})"
)
# "Arriving here by air were …"
COMING = re.compile(r"(?:Also )?(?:[Aa]rriv|[Ll]eav|[Cc]om|[Rr]eturn)ing (?:here|home|back)\b[^.]*?\b(?:were|was) ")


def guests(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield visits of persons who are here, as a sentence says by the way: "on a visit to the DPRK"."""
    of_a_guest = holds_any(document.small[slice(*lead)], document.class_words("stay_stem"))
    visit = document.pattern(_GUEST).search(document.small, *lead) if of_a_guest else None
    if visit is None or is_past(document, lead, visit.start()):
        return
    named = foreign(document, (lead[0], visit.start()))
    partner = named[-1].partner if named else only_state(document)
    if partner:
        begins = _GUEST_BEGINS.match(document.text, lead[0], named[-1].start if named else visit.start())
        who = (begins.end() if begins else lead[0], visit.start())
        with_others = document.pattern(_LED_BEFORE).search(document.small, lead[0], who[0]) or document.word_of(
            "group"
        ).search(document.small, who[0], lead[1])
        heads = _HEAD_OF_GROUP.search(document.small, 0, lead[1])
        kind = "delegation_in" if with_others or heads else "visit"
        yield Contact(kind, partner, (who,), lead)


def visiting(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield guests whom an adjective names: "the visiting Lao minister", "a gift from the visiting ensemble"."""
    for found in _VISITING.finditer(document.text, *lead):
        start = found.start("who")
        end = document.pattern(DELEGATION_ENDS).search(document.small, start, found.end())
        who = (start, end.start() if end else found.end())
        if document.home_in(who) or KOREAN.search(document.text, *who):
            continue
        named = foreign(document, (start, found.end()))
        partner = named[0].partner if named else only_state(document)
        group, person = (document.word_of(them).search(document.small, *who) for them in ("guests", "dignitary"))
        if partner and (group or person) and is_here(document, lead):
            yield Contact("delegation_in" if group else "visit", partner, (who,), lead)


def who_comes(document: Document, lead: Span, who: Span) -> Iterator[Contact]:
    """Yield guests who stand after their verb: "Arriving here were the manager of a Lao firm and his party"."""
    side = state_of(document, who)
    if side not in (HOME, "") and comes(document, who, lead):
        yield Contact(
            "delegation_in" if document.word_of("entourage").search(document.small, *who) else "visit",
            side,
            (who,),
            lead,
        )


def parties_of_a_list(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield persons with their parties in a list of guests: "Ana Example, minister of Laos, and her party"."""
    start = sentence[0]
    for party in document.word_of("entourage").finditer(document.small, *sentence):
        group = document.pattern(DELEGATION).search(document.small, start, party.start())
        before = foreign(document, (start, party.start()))
        if before and (group is None or group.end() < before[-1].start) and is_here(document, sentence):
            yield Contact("delegation_in", before[-1].partner, ((before[-1].start, before[-1].end),), sentence)
        start = party.end()


def comes(document: Document, subject: Span, lead: Span) -> bool:
    """Return whether a subject is somebody who comes here, and not one who lives here or calls at an embassy abroad."""
    if not is_here(document, lead):
        return False

    def says(name: str, span: Span) -> bool:
        return bool(document.word_of(name).search(document.small, *span))

    is_somebody = says("dignitary", subject) or says("visitors", subject)
    is_elsewhere = says("embassy", lead) or says("mourning_place", lead)
    return is_somebody and not says("ambassador", subject) and not is_elsewhere
