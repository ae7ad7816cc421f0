"""Contacts in English.

What an article is about stands in its headline and its first sentence, and in each line of a press review: its leads.
They are read by the frames of frames.csv; of later sentences count those that bring other news, or go on with a lead.
What a frame tells of, by its code, the files beside this one read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from sunchi.signals.contact.english_events import (
    agreement,
    agreement_of_lead,
    attended,
    call,
    delegation,
    entourage,
    joint_event,
    performers_abroad,
    present_abroad,
    reception,
)
from sunchi.signals.contact.english_journeys import OTHER_VERB, guest, headed_visit, journey
from sunchi.signals.contact.english_meetings import talks
from sunchi.signals.contact.english_report import Report, groups
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english import RECALLED, holds_any, is_past, leads, unbroken
from sunchi.signals.mentions import is_person
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_TITLES = re.compile(r"(?:[A-Z][\w-]+ ){0,3}")  # "General Secretary | Kim Jong Un"
_SOON = 3  # sentences after the lead in which a text says on what occasion its words were spoken
_Reader = Callable[[Report], Iterator[Contact | Rejected]]
_READERS: dict[str, _Reader] = {
    "": journey,
    "visit": headed_visit,
    "delegation_in": delegation,
    "delegation_out": performers_abroad,
    "talks": talks,
    "courtesy_call": call,
    "reception": reception,
    "agreement": agreement,
    "joint_event": joint_event,
}
_READERS_OF_OPEN: dict[str, _Reader] = {
    "delegation_in": entourage,
    "delegation_out": present_abroad,
    "courtesy_call": call,
    "agreement": agreement_of_lead,
    "joint_event": attended,
}
"""What goes on with the leads, by open frames."""


@dataclass
class _Lead:
    """What the leads have told."""

    at_embassies: bool  # of calls at our embassies abroad
    contacts: set[tuple[str, str]] = field(default_factory=set)

    @property
    def partners(self) -> set[str]:
        return {partner for _, partner in self.contacts}


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that a lead of the article reports, and later ones that go on with it."""
    if not document.mentions and not document.word_of("without_a_state").search(document.small):
        return
    lead_spans = leads(document)
    first = [match for match in matches(document, "contact", lead_spans) if match.frame.strength != "open"]
    lead = _Lead(at_embassies=any(map(_is_at_embassy, first)))
    for match in first:
        if not _may_tell(match, lead):
            continue
        for each in contacts_of(Report(document, match)):
            if isinstance(each, Contact):
                lead.contacts.add((each.kind, each.partner))
            yield each
    later = [each for each in document.sentences if each[0] >= lead_spans[-1][1]]
    soon = {each[0] for each in later[:_SOON]}
    if not (lead.contacts or lead.at_embassies):  # then only other news, and who is present or comes with whom
        joining = {each[0] for each in document.holding("joins_in")} | soon
        later = [each for each in later if each[0] in joining or _is_next_item(document, each)]
    read_on = matches(document, "contact", _unbroken(document, later))
    for sentence, found in groupby(read_on, key=lambda match: match.sentence):
        says_so = sentence[0] in soon and holds_any(document.text[slice(*sentence)], document.class_words("said_this"))
        is_news = says_so or _is_next_item(document, sentence)
        yield from _later(document, list(found), lead, is_news=is_news, is_second=sentence[0] == later[0][0])


def read(document: Document, sentence: Span) -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports."""
    for match in matches(document, "contact", (sentence,)):
        if match.frame.strength != "open":
            yield from contacts_of(Report(document, match))


def _unbroken(document: Document, sentences: Iterable[Span]) -> Iterator[Span]:
    """Yield sentences with the lines that continue them; a line that continues one is none of its own."""
    end = 0
    for each in sentences:
        if each[0] >= end:
            whole = unbroken(document, each)
            end = whole[1]
            yield whole


def _is_next_item(document: Document, sentence: Span) -> bool:
    """Return whether a sentence opens as other news does: "Meanwhile, …", "On the same day …"."""
    return document.small.startswith(document.class_words("next_item"), sentence[0])


def _is_at_embassy(match: Match) -> bool:
    """Return whether a frame tells of a call at the home side's embassy abroad."""
    return match.frame.code == "courtesy_call" and match.frame.direction == "in"


def _later(
    document: Document, found: list[Match], lead: _Lead, *, is_news: bool, is_second: bool
) -> Iterator[Contact | Rejected]:
    """Yield the contacts of a later sentence that bring other news or go on with the lead."""
    sentence = document.small[slice(*found[0].sentence)]
    comes = any("{move}" in match.frame.form for match in found) and holds_any(sentence, (" here", " home", " back"))
    of_guests = comes or any(match.frame.strength == "open" for match in found)
    for match in found:
        if not _may_tell(match, lead):
            continue
        report = Report(document, match)
        for each in contacts_of(report):
            if isinstance(each, Rejected):
                if is_news:
                    yield each
                continue
            if not each.partner and len(lead.partners) == 1:
                each = replace(each, partner=next(iter(lead.partners)))
            if each.partner and (is_news or _goes_on(report, each, lead, of_guests=of_guests, is_second=is_second)):
                yield each


def _may_tell(match: Match, lead: _Lead) -> bool:
    """Return whether a frame may tell of something where the leads tell of calls at our embassies abroad, or of none.

    There a delegation is one that calls abroad, and only there a list of callers goes on.
    """
    if match.frame.code == "delegation_in":
        return not lead.at_embassies
    return lead.at_embassies or not (_is_at_embassy(match) and match.frame.strength == "open")


def _goes_on(report: Report, contact: Contact, lead: _Lead, *, of_guests: bool, is_second: bool) -> bool:
    """Return whether a contact that a later sentence reports goes on with what the lead tells."""
    document, frame = report.document, report.match.frame
    is_met = contact.partner in lead.partners
    match contact.kind:
        case "courtesy_call":
            return is_second or frame.direction != "by sides"
        case "delegation_out" if is_met or frame.code == "talks":
            return ("visit", contact.partner) not in lead.contacts
        case "delegation_in" | "delegation_out" | "visit":
            return of_guests or (is_second and not frame.code and frame.direction == "in")
        case "reception":
            return {contact.partner} == lead.partners
        case "agreement":
            return is_second and report.is_open and not OTHER_VERB.search(document.text, *report.before)
        case "talks":
            is_theirs = is_met and bool(groups(document, report.sentence))
            return (is_second and _is_held(report)) or is_theirs or (bool(lead.contacts) and _opens_with_ours(report))
    return report.is_open


def _is_held(report: Report) -> bool:
    """Return whether talks are said to be held, or to be the occasion of somebody's words."""
    words = report.document.small[slice(*report.match.words)]
    return report.starts("when ", "while ", "in a ", "in his ", "in her ") or " held" in words


def _opens_with_ours(report: Report) -> bool:
    """Return whether a sentence opens with somebody of the home side, and the frame's words are his first verb."""
    document, before = report.document, report.before
    first = next(filter(is_person, document.home_in(before)), None)
    is_opening = first is not None and _TITLES.fullmatch(document.text, before[0], first.start)
    return bool(is_opening) and not OTHER_VERB.search(document.text, *before)


def _reader(report: Report) -> _Reader:
    frame = report.match.frame
    if not frame.code and frame.direction == "in":
        return guest
    return (_READERS_OF_OPEN if report.is_open else _READERS)[frame.code]


def contacts_of(report: Report) -> Iterator[Contact | Rejected]:
    """Yield the contacts that a sentence tells of in a frame's words, and why it tells of none."""
    start, begins = report.before
    if report.document.text.count('"', start, begins - 1) % 2:  # a name may begin so: "Orchestra of the Century"
        yield report.rejected("in quotation marks: a title, or somebody's words")
        return
    for each in _reader(report)(report):
        if isinstance(each, Rejected):
            yield each
        elif is_past(report.document, report.sentence, report.match.words[0]):
            yield report.rejected(RECALLED)
        elif report.holds("come_to_nothing"):
            yield report.rejected("forbidden, put off or called off: it did not take place")
        else:
            yield each
