"""Contacts in English and Spanish, by the frames of frames.csv, whose matches a reader of each language interprets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from sunchi.signals.contact import clauses
from sunchi.signals.contact.clauses import Read, Told
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english import RECALLED, is_past, only_state
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# All but the participles of a person's description: "Ri Example, elected … , based in"
OTHER_VERB = re.compile(
    r"\b(?:(?!headed|led\b|related|invited)[a-z]+ed|was|were|(?<!who )are|said|have|had|que|realizo)\b"
)


class Report:
    """A frame of contacts that fits a sentence.

    A sentence tells of one event, so its sides stand as far from the frame's words as the sentence reaches.
    """

    def __init__(self, document: Document, match: Match) -> None:
        self.document, self.match = document, match
        self.frame, self.sentence, self.words = match.frame, match.sentence, match.words
        self.before = match.sentence[0], match.words[0]
        self.after = match.words[1], match.sentence[1]

    @property
    def actor(self) -> Span:
        """Where the first side stands: before the frame's words, after them ("Arriving here were"), or between them."""
        side = self.match.side1 or self.before
        if side[1] <= self.words[0]:
            return self.before
        return self.after if side[0] >= self.words[1] else side

    def holds(self, name: str, span: Span | None = None) -> bool:
        """Return whether a word of a class stands in a span, else in the sentence."""
        return bool(self.document.word_of(name).search(self.document.small, *(span or self.sentence)))

    def contact(self, kind: str, partner: str, *who: Span) -> tuple[Contact, str]:
        return Contact(kind, partner, who, self.sentence, self.frame), ""

    def no_contact(self, why: str, span: Span | None = None) -> tuple[Contact, str]:
        return Contact("", "", (), span or self.words, self.frame), why


Reader = Callable[[Report], Told]
"""Yields what a frame tells of, and why of nothing; a contact without a partner is with whom the leads name."""
Find = Callable[[Document], Iterator[Contact | Rejected]]


def reading(reader: Reader) -> tuple[Find, Read]:
    """Return what finds the contacts of an article, and what reads those of one sentence as if it were a lead."""

    def read(document: Document, sentence: Span) -> Told:
        reports = _reports(document, sentence)
        return (each for report in reports if report.frame.strength != "open" for each in _told(report, reader))

    def besides(document: Document, sentence: Span, told: set[tuple[str, str]]) -> Iterator[Contact]:
        for report in _reports(document, sentence):
            for each in clauses.done(_told(report, reader, only_state(document))):
                if report.holds("said_this") or _goes_on(report, each, {partner for _, partner in told}):
                    yield each

    def find(document: Document) -> Iterator[Contact | Rejected]:
        return clauses.find(document, read, besides)

    return find, lambda document, sentence: clauses.done(read(document, sentence))


def _reports(document: Document, sentence: Span) -> Iterator[Report]:
    headed = sentence[0] < document.headline
    return (Report(document, match) for match in matches(document, "contact", (sentence,), headed=headed))


def _told(report: Report, reader: Reader, partner: str = "") -> Told:
    """Yield what a frame tells of, and why it is none; `partner` is of whom the sentence speaks without his name."""
    for each, why_not in reader(report):
        if why_not:
            yield each, why_not
        elif state := each.partner or partner:
            yield replace(each, partner=state), _why_none(report)


def _why_none(report: Report) -> str:
    """Return why what a sentence tells of is no contact of these days; "" if it is one."""
    if is_past(report.document, report.sentence):
        return RECALLED
    if report.document.text.count('"', report.before[0], report.before[1] - 1) % 2:  # a name may begin so: "Orchestra
        return "in quotation marks: a title, or somebody's words"
    return "forbidden, put off or called off: it did not take place" if report.holds("come_to_nothing") else ""


def _goes_on(report: Report, contact: Contact, told: set[str]) -> bool:
    """Return whether a contact that a later sentence reports goes on with what the leads tell."""
    document, frame = report.document, report.frame
    match contact.kind:
        case "courtesy_call":
            return True
        case "delegation_in" | "delegation_out" | "visit":
            is_second = document.sentence_before(report.sentence) in document.leads
            is_guest = is_second and not frame.code and frame.direction == "in"
            comes = report.holds("move") and report.holds("here")
            return is_guest or comes or report.holds("joins_in")
        case "reception":
            return {contact.partner} == told
        case "talks":
            is_ours = document.home_in(report.before) and not OTHER_VERB.search(document.text, *report.before)
            return bool(is_ours and told)
    return frame.strength == "open"
