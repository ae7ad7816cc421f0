"""Contacts in English.

What an article is about stands in its headline and its first sentence, and in each line of a press review: its leads.
They are read by the frames of frames.csv; of later sentences count those that bring other news, or go on with a lead.
What a frame tells of, by its code, the files beside this one read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from sunchi.signals.contact.english_events import agreement, attended, call, is_said, joint_event, reception, talks
from sunchi.signals.contact.english_journeys import (
    OTHER_VERB,
    delegation,
    entourage,
    guest,
    headed_visit,
    journey,
    present_abroad,
)
from sunchi.signals.contact.english_report import Report
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english import RECALLED, is_past, leads, unbroken
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_TITLES_LENGTH = 60  # characters that the titles of one with whom a sentence opens may take
_READERS: dict[tuple[str, str], Callable[[Report], Iterator[Contact | Rejected]]] = {
    ("", "by sides"): journey,
    ("", "in"): guest,
    ("visit", "out"): headed_visit,
    ("delegation_in", "in"): delegation,
    ("delegation_in", "open"): entourage,
    ("delegation_out", "open"): present_abroad,
    ("talks", "by sides"): talks,
    ("talks", "both"): talks,
    ("courtesy_call", "by sides"): call,
    ("courtesy_call", "in"): call,
    ("courtesy_call", "out"): call,
    ("courtesy_call", "open"): call,
    ("reception", "by sides"): reception,
    ("agreement", "both"): agreement,
    ("joint_event", "both"): joint_event,
    ("joint_event", "open"): attended,
}
"""What a frame tells of, by its code and direction; an open one goes on with the leads."""


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
        for each in contacts_of(Report(document, match)) if _may_tell(match, lead) else ():
            if isinstance(each, Contact) and each.partner:
                lead.contacts.add((each.kind, each.partner))
                yield each
            elif isinstance(each, Rejected):
                yield each
    later = [each for each in document.sentences if each[0] >= lead_spans[-1][1]]
    for match in matches(document, "contact", _unbroken(document, later)):
        if _may_tell(match, lead):
            yield from _later(Report(document, match), lead, is_second=match.sentence[0] == later[0][0])


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


def _is_at_embassy(match: Match) -> bool:
    """Return whether a frame tells of a call at the home side's embassy abroad."""
    return match.frame.code == "courtesy_call" and match.frame.direction == "in"


def _may_tell(match: Match, lead: _Lead) -> bool:
    """Return whether a frame may tell of something where the leads tell of calls at our embassies abroad, or of none.

    There a delegation is one that calls abroad, and only there a list of callers goes on.
    """
    if match.frame.code == "delegation_in":
        return not lead.at_embassies
    return lead.at_embassies or not (_is_at_embassy(match) and match.frame.strength == "open")


def _later(report: Report, lead: _Lead, *, is_second: bool) -> Iterator[Contact | Rejected]:
    """Yield the contacts of a later sentence that bring other news or go on with the lead."""
    document, sentence = report.document, report.sentence
    is_news = document.small.startswith(document.class_words("next_item"), sentence[0]) or report.holds("said_this")
    for each in contacts_of(report):
        if isinstance(each, Rejected):
            if is_news:
                yield each
            continue
        if not each.partner and len(lead.partners) == 1:
            each = replace(each, partner=next(iter(lead.partners)))
        if each.partner and (is_news or _goes_on(report, each, lead, is_second=is_second)):
            yield each


def _goes_on(report: Report, contact: Contact, lead: _Lead, *, is_second: bool) -> bool:
    """Return whether a contact that a later sentence reports goes on with what the lead tells."""
    frame, is_met = report.match.frame, contact.partner in lead.partners
    match contact.kind:
        case "courtesy_call":
            return is_second or frame.direction != "by sides"
        case "delegation_out" if is_met or frame.code == "talks":
            return ("visit", contact.partner) not in lead.contacts
        case "delegation_in" | "delegation_out" | "visit":
            is_guest = is_second and not frame.code and frame.direction == "in"
            return is_guest or report.holds("joins_in") or report.holds("move")
        case "reception":
            return {contact.partner} == lead.partners
        case "talks":
            titled = report.before[0], min(report.before[0] + _TITLES_LENGTH, report.before[1])
            is_ours = report.document.home_in(titled) and not OTHER_VERB.search(report.document.text, *report.before)
            is_told = is_said(report) or frame.direction == "both"
            return (is_second and is_told) or bool(is_ours and lead.contacts)
    return report.is_open


def contacts_of(report: Report) -> Iterator[Contact | Rejected]:
    """Yield the contacts that a sentence tells of in a frame's words, and why it tells of none."""
    start, begins = report.before
    if report.document.text.count('"', start, begins - 1) % 2:  # a name may begin so: "Orchestra of the Century"
        yield report.rejected("in quotation marks: a title, or somebody's words")
        return
    frame = report.match.frame
    for each in _READERS[frame.code, "open" if report.is_open else frame.direction](report):
        if isinstance(each, Rejected):
            yield each
        elif is_past(report.document, report.sentence):
            yield report.rejected(RECALLED)
        elif report.holds("come_to_nothing"):
            yield report.rejected("forbidden, put off or called off: it did not take place")
        else:
            yield each
