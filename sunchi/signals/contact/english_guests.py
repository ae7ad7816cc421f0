"""Who is here, in English: persons and groups of whom a sentence says that they came, visit or stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    AMBASSADOR,
    DELEGATION,
    DELEGATION_ENDS,
    EMBASSY,
    KOREAN,
    foreign,
    holds_any,
    is_here,
    is_past,
    only_state,
    whose,
)
from sunchi.signals.reported import Contact
from sunchi.text import Span

_MOURNING = re.compile(r"\bmourning (?:station|cent(?:er|re)|place)s?\b")
PERSON = re.compile(
    r"\b(?:party|guests?|minister|FM|PM|president|premier|chair\w*|secretary|governor|speaker|envoy|king|queen|prince"
    r"|princess|head|personages?|officials?|member|commander|councill?or|parliamentarians?|director|VIPs?|leader|mayor"
    r"|marshal|general|senator|figures?|artistes?|coordinator|chief|manager|lawmakers?|legislators?|archbishop|professor"
    r"|scholars?|editor|journalists?|businessm[ae]n|advis[eo]r)\b",
    re.IGNORECASE,
)
PARTY = re.compile(r"\band (?:his|her) (?:party|entourage|companions?)\b", re.IGNORECASE)
_GROUP_NOUN = r"\b(?:delegation|group|flotilla|orchestra|troupe|ensemble)\b"
_GROUP = re.compile(_GROUP_NOUN, re.IGNORECASE)
_HEAD_OF_GROUP = re.compile(r"\b[Hh]ead of (?:the |an? )?(?:[\w'-]+ ){0,3}[Dd]elegation\b|\b[Dd]elegation's\b")
PLURAL = re.compile(
    r"\b(?:mourners|families|tourists|businessmen|schoolchildren|campers|seamen|sailors)\b", re.IGNORECASE
)
_LED_BEFORE = re.compile(rf"{_GROUP_NOUN}[^,.;]*,? (?:led|headed) by $", re.IGNORECASE)
_GUEST = re.compile(
    r"\bon an? (?:[\w-]+ ){0,3}visit to the dprk\b|\bhis recent visit to the dprk\b"
    r"|\b(?:during|after|at the end of) (?:(?:wind|wrapp)ing up )?(?:his|her|their) (?:[\w-]+ ){0,2}visit to the dprk\b"
    r"|\bwelcom\w+ (?:the dprk visit|the visit to the dprk) (?:by|of)\b|\bwho (?:recently )?visited the dprk\b"
    r"|\bimpressions of (?:the|his|her|their) (?:[\w-]+ ){0,2}visit to the dprk\b"
    r"|\b(?:pleased|glad|happy|pleasure|honou?r) to (?:pay an? (?:[\w-]+ ){0,3}visit to|visit) (?:\w+ )?the dprk\b"
    r"|\bwhile (?:staying in|visiting) the dprk\b|\bduring (?:his|her|their|our|my) stay in the dprk\b"
    r"|\b(?:said )?after visiting the dprk\b"
    r"|\bbefore (?:(?:his|her|its|their) departure|departing) from (?:here|the dprk)\b"
    r"|\bon (?:his|her|their) arrival (?:here|in pyongyang)\b"
)
_OF_A_GUEST = (
    "visit to the dprk", "dprk visit", "visited the dprk", "visiting the dprk", "visit the dprk", "staying in the dprk",
    "stay in the dprk", "departure from", "departing from", " arrival ",
)  # fmt: skip
_GUEST_BEGINS = re.compile(r".*\b(?:by|from|received|met|with|said|honou?r of) (?:the )?", re.DOTALL)
_VISITING = re.compile(
    r"(?:\b[Tt]he |\b(?:met|from|by|with|received|and) |(?<![^\n] ))[Vv]isiting (?P<who>[^,.;\n]{3,120})"
)
_OF_GUESTS = re.compile(
    rf"{_GROUP_NOUN}|\b(?:band|choir|ballet|circus|company|squad|artistes?|players|members|guests|mourners|students"
    r"|schoolchildren|campers|doctors|experts|tourists|seamen|famil(?:y|ies)|personages)\b",
    re.IGNORECASE,
)
COMING = re.compile(r"(?:Also )?(?:[Aa]rriv|[Ll]eav|[Cc]om|[Rr]eturn)ing (?:here|home|back)\b[^.]*?\b(?:were|was) ")


def guests(document: Document, lead: Span) -> Iterator[Contact]:
    """Persons of whom a sentence says by the way that they are here: "on a visit to the DPRK"."""
    of_a_guest = holds_any(document.small[slice(*lead)], _OF_A_GUEST)
    visit = _GUEST.search(document.small, *lead) if of_a_guest else None
    if visit is None or is_past(document, lead, visit.start()):
        return
    named = foreign(document, (lead[0], visit.start()))
    partner = named[-1].partner if named else only_state(document)
    if partner:
        begins = _GUEST_BEGINS.match(document.text, lead[0], named[-1].start if named else visit.start())
        who = (begins.end() if begins else lead[0], visit.start())
        with_others = _LED_BEFORE.search(document.text, lead[0], who[0]) or _GROUP.search(
            document.text, who[0], lead[1]
        )
        heads = _HEAD_OF_GROUP.search(document.text, 0, lead[1])
        kind = "delegation_in" if with_others or heads else "visit"
        yield Contact(kind, partner, (who,), lead)


def visiting(document: Document, lead: Span) -> Iterator[Contact]:
    """ "The visiting Lao minister", "a gift from the visiting ensemble": guests, if this is the place."""
    for found in _VISITING.finditer(document.text, *lead):
        start = found.start("who")
        end = DELEGATION_ENDS.search(document.text, start, found.end())
        who = (start, end.start() if end else found.end())
        if document.home_in(who) or KOREAN.search(document.text, *who):
            continue
        named = foreign(document, (start, found.end()))
        partner = named[0].partner if named else only_state(document)
        group, person = (words.search(document.text, *who) for words in (_OF_GUESTS, PERSON))
        if partner and (group or person) and is_here(document, lead):
            yield Contact("delegation_in" if group else "visit", partner, (who,), lead)


def who_comes(document: Document, lead: Span, who: Span) -> Iterator[Contact]:
    """ "Arriving here were the manager of a Lao firm and his party": persons of whom the verb is told first."""
    side = whose(document, who)
    if side not in (HOME, "") and comes(document, who, lead):
        yield Contact("delegation_in" if PARTY.search(document.text, *who) else "visit", side, (who,), lead)


def parties_of_a_list(document: Document, sentence: Span) -> Iterator[Contact]:
    """Of a list of guests here the persons with their parties: "Ana Example, minister of Laos, and her party"."""
    start = sentence[0]
    for party in PARTY.finditer(document.text, *sentence):
        group = DELEGATION.search(document.small, start, party.start())
        before = foreign(document, (start, party.start()))
        if before and (group is None or group.end() < before[-1].start) and is_here(document, sentence):
            yield Contact("delegation_in", before[-1].partner, ((before[-1].start, before[-1].end),), sentence)
        start = party.end()


def comes(document: Document, subject: Span, lead: Span) -> bool:
    """Whether a subject is somebody who comes here, and not one who lives here or calls at an embassy abroad."""
    if not is_here(document, lead):
        return False
    person = PERSON.search(document.text, *subject) or PLURAL.search(document.text, *subject)
    elsewhere = EMBASSY.search(document.text, *lead) or _MOURNING.search(document.text, *lead)
    return bool(person) and not AMBASSADOR.search(document.text, *subject) and not elsewhere
