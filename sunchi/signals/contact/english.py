"""Contacts in English.

What an article is about stands in its headline and its first sentence, and in each line of a press review: its leads.
They are read by the frames of frames.csv; of later sentences count those that bring other news, or go on with a lead.
What a frame tells of, by its code, the files beside this one read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sunchi.lexicon.frames import Frame
from sunchi.signals.contact.english_events import agreement, courtesy_call, joint_event, reception, talks
from sunchi.signals.contact.english_journeys import OTHER_VERB, delegation_in, delegation_out, journey
from sunchi.signals.contact.english_report import Report, told_first
from sunchi.signals.document import Document
from sunchi.signals.frames import matches
from sunchi.signals.grammar.english import RECALLED, is_past, only_state
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_OF_A_YEAR = ("anniversary of the ", "anniversary of his ", "anniversary of her ")  # "| visit to the DPRK by"
_BY_CODE = {
    reader.__name__: reader
    for reader in (talks, courtesy_call, reception, agreement, joint_event, delegation_in, delegation_out)
}


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that a lead of the article reports, and later ones that go on with it."""
    if not document.mentions and not document.word_of("without_a_state").search(document.small):
        return
    lead_spans = told_first(document)
    first = [match for match in matches(document, "contact", lead_spans) if match.frame.strength != "open"]
    at_embassies = any(match.frame.code == "courtesy_call" and match.frame.direction == "in" for match in first)
    later = [each for each in document.sentences if each[0] >= lead_spans[-1][1]]
    told: set[str] = set()  # with which states the leads tell of contacts
    for match in first:
        for each in contacts_of(Report(document, match)) if _may_tell(match.frame, at_embassies=at_embassies) else ():
            told |= {each.partner} if isinstance(each, Contact) else set()
            yield each
    for match in matches(document, "contact", later):
        if not _may_tell(match.frame, at_embassies=at_embassies):
            continue
        report = Report(document, match)
        for each in contacts_of(report, only_state(document)):
            if _is_news(report) or (isinstance(each, Contact) and _goes_on(report, each, told, later[0])):
                yield each


def read(document: Document, sentence: Span) -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports."""
    for match in matches(document, "contact", (sentence,)):
        if match.frame.strength != "open":
            yield from contacts_of(Report(document, match))


def _may_tell(frame: Frame, *, at_embassies: bool) -> bool:
    """Return whether a frame may tell of something where the leads tell of calls at our embassies abroad, or of none.

    There a delegation is one that calls abroad, and only there a list of callers goes on.
    """
    if frame.code == "delegation_in":
        return not at_embassies
    return at_embassies or frame.code != "courtesy_call" or frame.strength != "open"


def _is_news(report: Report) -> bool:
    """Return whether a later sentence tells of something else than the lead, or when the lead's words were said."""
    is_next = report.document.small.startswith(report.document.class_words("next_item"), report.sentence[0])
    return is_next or report.holds("said_this")


def _goes_on(report: Report, contact: Contact, told: set[str], second: Span) -> bool:
    """Return whether a contact that a later sentence reports goes on with what the leads tell."""
    document, frame = report.document, report.match.frame
    match contact.kind:
        case "courtesy_call":
            return True
        case "delegation_in" | "delegation_out" | "visit":
            is_guest = report.sentence == second and not frame.code and frame.direction == "in"
            comes = report.holds("move") and report.holds("here")
            return is_guest or comes or report.holds("joins_in")
        case "reception":
            return {contact.partner} == told
        case "talks":
            is_ours = document.home_in(report.before) and not OTHER_VERB.search(document.text, *report.before)
            is_said = report.starts("when ", "while ", "in ")  # in a talk with whom the host of the lead spoke
            return bool(is_ours and told) or (is_said and report.sentence == second)
    return frame.strength == "open"


def contacts_of(report: Report, partner: str = "") -> Iterator[Contact | Rejected]:
    """Yield the contacts that a sentence tells of in a frame's words, and why it tells of none.

    `partner` is whom a later sentence speaks of without naming him.
    """
    frame = report.match.frame
    is_inter_korean = frame.strength == "strong" and report.holds("inter_korean", report.match.words)
    for each in (_between_the_halves if is_inter_korean else _BY_CODE.get(frame.code, journey))(report):
        if isinstance(each, Rejected):
            yield each
        elif state := each.partner or partner:
            why_not = _why_none(report)
            yield report.rejected(why_not) if why_not else replace(each, partner=state)


def _why_none(report: Report) -> str:
    """Return why what a sentence tells of is no contact of these days; "" if it is one."""
    document, (start, begins) = report.document, report.before
    if document.text.endswith(_OF_A_YEAR, start, begins) or is_past(document, report.sentence):
        return RECALLED
    if document.text.count('"', start, begins - 1) % 2:  # a name may begin so: "Orchestra of the Century"
        return "in quotation marks: a title, or somebody's words"
    return "forbidden, put off or called off: it did not take place" if report.holds("come_to_nothing") else ""


def _between_the_halves(report: Report) -> Iterator[Contact]:
    """Yield what the north and the south of Korea do together."""
    yield report.contact(report.match.frame.code, report.document.lexicon.standings.other_half, report.match.words)
