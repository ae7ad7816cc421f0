"""Contacts in English.

What an article is about stands in its headline and its first sentence, and in each line of a press review: its leads.
Each lead is read for every kind of contact. The kind is known by its verb or noun (english_journeys.py,
english_meetings.py, english_joint.py …), the two sides by the states that are named before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sunchi.signals.contact.english_calls import calls, calls_of_a_list, calls_of_envoys, calls_to_condole
from sunchi.signals.contact.english_frames import framed
from sunchi.signals.contact.english_guests import guests, parties_of_a_list
from sunchi.signals.contact.english_joint import agreements, attended, joint_events, outings, signed_then
from sunchi.signals.contact.english_journeys import delegations, guests_abroad, visits
from sunchi.signals.contact.english_meetings import of_the_peninsula, said_to_whom, talks
from sunchi.signals.contact.english_receptions import banquets, receptions
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.english import (
    CALL_AT_EMBASSY,
    CALLED_BY,
    DELEGATION,
    ENVOY_SAYS,
    foreign,
    holds_any,
    is_past,
    leads,
    unbroken,
)
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "Present there were members of the Lao party's delegation", "They included the minister of Peru and his party"
_IS_PRESENT = re.compile(
    r"(?:(?:Present|Attending|They included|Among them)\b[^.]*\b(?:delegations?|and (?:his|her) party)"
    r"|[^.]*\bmembers of the (?:[\w-]+ )*?delegation)\b"
)
_THEY_ARE = re.compile(r"They (?:included|were)|Among them|Those who")  # "Among them was the minister"
# "left here for home"
_TRAVELS = re.compile(r"\b(?:arrived|left|flew|went|came|returned)\b [^.]*\b(?:here|home|back)\b")
# "Talks were held in Moscow between", "The DPRK-Laos foreign ministers' talks were held"
_TALKS_HELD = re.compile(
    r"\btalks? (?:was|were) held\b[^.]* between\b|\b(?:dprk-[a-z.]+|[a-z.]+-dprk) [a-z -]*talks were held\b"
)
# "ambassadors | to this country expressed"
_CAME_TO_CONDOLE = re.compile(r"(?<=ambassadors) to (?:this country|[A-Z]\w+) (?:laid|placed|expressed|visited)\b")
_IN_A_TALK = ("In a ", "In his ", "In her ", "When ")  # he says what the lead gives
_SOON = 3  # sentences after the lead in which a text says on what occasion its words were spoken


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that a lead of the article reports, and later ones of the guests who are here."""
    if not document.mentions and not document.word_of("without_a_state").search(document.small):
        return
    lead_spans = leads(document)
    of_visitors = document.holding(document.class_words("visitor_stem"))
    at_embassies = bool(of_visitors) and any(_calls_at_an_embassy(document, lead) for lead in lead_spans)
    seen: set[tuple[str, str]] = set()
    for found in (each for lead in lead_spans for each in read(document, lead)):
        if at_embassies and found.kind == "delegation_in":
            continue  # the headline's delegation is one that calls abroad
        if isinstance(found, Contact):
            seen.add((found.kind, found.partner))
        yield found
    for each in framed(document, lead_spans):
        if isinstance(each, Rejected) or (each.kind, each.partner) not in seen:
            yield each
    partners = {partner for _, partner in seen}
    later = [sentence for sentence in document.sentences if sentence[0] >= lead_spans[-1][1]]
    if of_visitors or "ambassador" in document.small:
        yield from attended(document, later)
    for n, sentence in enumerate(later):
        if document.small.startswith(document.class_words("next_item"), sentence[0]) or (
            n < _SOON and _says_so(document, sentence)
        ):
            yield from read(document, sentence)
        elif n == 0:
            yield from _told_next(document, sentence, partners)
        if at_embassies:
            yield from _callers(document, sentence)
    if of_visitors and "condol" in document.small:
        yield from calls_to_condole(document, lead_spans, of_visitors)
    if len(partners) == 1 and holds_any(document.small, document.class_words("reception")):
        yield from banquets(document, later, *partners)
    for sentence in of_visitors:
        if sentence[0] >= lead_spans[-1][1] and not is_past(document, sentence, sentence[0]):
            yield from _later(document, sentence, seen, at_embassies=at_embassies)


def _says_so(document: Document, sentence: Span) -> bool:
    return holds_any(document.text[slice(*sentence)], document.class_words("said_this"))


def _callers(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield the callers whom a sentence names after a lead that reports a call at an embassy abroad."""
    if came := _CAME_TO_CONDOLE.search(document.text, *sentence):
        who = (sentence[0], came.start())
        yield from (Contact("courtesy_call", n.partner, (who,), sentence) for n in foreign(document, who))
    elif _THEY_ARE.match(document.text, *sentence):
        yield from calls_of_a_list(document, unbroken(document, sentence))
    elif says := ENVOY_SAYS.match(document.text, *sentence):
        yield from calls_of_envoys(document, says.span("who"), sentence)


def _told_next(document: Document, sentence: Span, met: set[str]) -> Iterator[Contact | Rejected]:
    """Yield what the sentence after the lead adds: who is here, what was signed, with whom somebody talked."""
    held = document.small[slice(*sentence)]
    yield from guests(document, sentence)
    yield from signed_then(document, sentence)
    if "credentials" in held:  # "he said, when receiving credentials from"
        yield from calls(document, sentence)
    if document.text.startswith(_IN_A_TALK, sentence[0]):
        yield from said_to_whom(document, sentence)
    elif "when meeting" in held or ("talk" in held and _TALKS_HELD.search(document.small, *sentence)):
        yield from talks(document, sentence)
    if met:
        yield from _guests_of_those_met(document, sentence, met)


def _guests_of_those_met(document: Document, sentence: Span, met: set[str]) -> Iterator[Contact | Rejected]:
    """Yield a delegation that is reported after talks with its host: "He is leading the DPRK delegation"."""
    if holds_any(document.small[slice(*sentence)], document.class_words("group_abroad")):
        for contact in delegations(document, sentence):
            if isinstance(contact, Rejected) or (contact.kind == "delegation_out" and contact.partner in met):
                yield contact


def _calls_at_an_embassy(document: Document, lead: Span) -> bool:
    held = document.small[slice(*lead)]
    return holds_any(held, document.class_words("mission_stem")) and bool(CALL_AT_EMBASSY.search(document.small, *lead))


def _later(
    document: Document, sentence: Span, seen: set[tuple[str, str]], *, at_embassies: bool
) -> Iterator[Contact | Rejected]:
    """Yield what follows the leads: delegations that are here, and what else the guests of a lead did."""
    text, held = document.text, document.small[slice(*sentence)]
    partners = {partner for _, partner in seen}
    if _IS_PRESENT.match(text, *sentence) and not at_embassies:
        yield from delegations(document, sentence)
        yield from parties_of_a_list(document, sentence)
        yield from (guest for guest in guests_abroad(document, sentence) if ("visit", guest.partner) not in seen)
    elif _TRAVELS.search(text, *sentence):
        yield from delegations(document, sentence)
    if holds_any(held, document.class_words("mission_stem")):
        in_the_passive = holds_any(held, document.class_words("was_visited"))
        by = CALLED_BY.search(document.small, *sentence) if in_the_passive else None
        if by:
            yield from calls_of_envoys(document, (by.end(), sentence[1]), sentence)
        elif CALL_AT_EMBASSY.search(document.small, *sentence):
            yield from calls(document, sentence)
    if holds_any(held, document.class_words("group_abroad")) and document.pattern(DELEGATION).search(
        document.small, *sentence
    ):
        for contact in talks(document, sentence):
            if isinstance(contact, Rejected) or contact.partner in partners:
                yield contact


def read(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports."""
    held = document.small[lead[0] : lead[1]]
    if not (document.named_in(lead) or document.word_of("without_a_state").search(held)):
        return
    readers = [read_for for words, read_for in _readers_for(document) if holds_any(held, words)]
    if readers and document.word_of("come_to_nothing").search(held):
        yield Rejected("contact", lead, "forbidden, put off or called off: it did not take place")
        return
    for read_for in readers:
        yield from read_for(document, lead)


@per_document
def _readers_for(document: Document) -> list[tuple[tuple[str, ...], _Reader]]:
    """Return the readers of which the text holds a word, with their words."""
    readers = [(document.class_words(name), read_for) for name, read_for in _READERS]
    held = document.held(tuple([word for words, _ in readers for word in words]))
    return [(words, read_for) for words, read_for in readers if not held.isdisjoint(words)]


def _meetings(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    yield from talks(document, lead)
    yield from of_the_peninsula(document, lead)


def _at_missions(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    yield from calls(document, lead)
    yield from outings(document, lead)


_Reader = Callable[[Document, Span], Iterator[Contact | Rejected]]
_READERS: tuple[tuple[str, _Reader], ...] = (
    ("group_abroad", delegations),
    ("journey_stem", visits),
    ("meeting_stem", _meetings),
    ("call_stem", _at_missions),
    ("reception_stem", receptions),
    ("paper_stem", agreements),
    ("joint_event_stem", joint_events),
)
"""A lead is read for a kind only where it holds one of a class of words."""
