"""Contacts in English and Spanish, by the frames of frames.csv, whose matches a reader of each language interprets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english import only_state
from sunchi.signals.rationale import Contact
from sunchi.text import Span

# All but the participles of a person's description: "Ri Example, elected … , based in"
OTHER_VERB = re.compile(r"\b(?:(?!led\b|related)[a-z]+ed|was|(?<!who )are|said|had|que|realizo)\b")


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

    def contact(self, kind: str, partner: str, *who: Span) -> Contact:
        return Contact(kind, partner, who, self.sentence, self.frame)


_NOT_SAID = {
    "": "a move of somebody who is not said to be a person of rank, to come here, or to go from here to another state",
    "talks": "those who meet are not Pyongyang's side and another state's, or what is received is not somebody",
    "reception": "a reception, and nothing says for whom or by whose embassy",
    "agreement": "a paper that Pyongyang and another state are not said to have signed",
    "delegation_in": "a delegation, and nothing says that it came here, or Pyongyang's own met it abroad",
}
Reader = Callable[[Report], Iterable[Contact]]
"""Yields what a frame tells of; a contact without a partner is with whom the leads name."""


def reading(reader: Reader) -> tuple[Callable[..., Iterator[Contact]], ...]:
    """Return what reads a sentence as if it were a lead, and what reads a later one."""
    return partial(_told, reader), partial(_besides, reader)


def _told(reader: Reader, document: Document, sentence: Span) -> Iterator[Contact]:
    return (each for _, each in _read(reader, document, sentence, ""))


def _besides(reader: Reader, document: Document, sentence: Span, partners: set[str]) -> Iterator[Contact]:
    reports = _read(reader, document, sentence, only_state(document))
    return (each for report, each in reports if report.holds("said_this") or _goes_on(report, each, partners))


def _read(reader: Reader, document: Document, sentence: Span, partner: str) -> Iterator[tuple[Report, Contact]]:
    """Yield what each frame tells of; with `partner`, whom the leads name, where a later sentence names nobody."""
    for match in matches(document, "contact", (sentence,)):
        report = Report(document, match)
        contacts = list(dict.fromkeys(each._replace(partner=each.partner or partner) for each in reader(report)))
        contacts = contacts or [Contact("", "", (), match.words, match.frame)]
        why_not = _why_none(report, contacts[0])
        yield from ((report, each._replace(why_not=why_not)) for each in contacts)


def _why_none(report: Report, contact: Contact) -> str:
    """Return why what a sentence tells of is no contact of these days; "" if it is one."""
    if not contact.partner:
        return _NOT_SAID.get(report.frame.code, "its two sides are not said")
    if report.document.is_of_an_older_year(report.sentence):
        return "a year that is over: recalled"
    if any(report.holds("body_of_many_states", span) for span in contact.who):
        return "of a body of many states"
    start, end = report.before
    if report.document.text.count('"', start, end - 1) % 2:  # and not where a name begins: "Orchestra of the Century"
        return "in quotation marks: a title, or somebody's words"
    return "forbidden, put off or called off: it did not take place" if report.holds("come_to_nothing") else ""


def _goes_on(report: Report, contact: Contact, told: set[str]) -> bool:
    """Return whether a contact that a later sentence reports goes on with what the leads tell."""
    document, frame = report.document, report.frame
    match contact.kind:
        case "courtesy_call":
            return not report.holds("recall", report.before)
        case "delegation_in" if report.holds("attend"):  # merely among those present at a ceremony it is none
            return any(report.holds("held_for_guests", span) for span in (*document.leads, report.sentence))
        case "delegation_in" | "delegation_out" | "visit":  # somebody is said to have come here, too
            is_second = document.sentence_before(report.sentence) in document.leads
            is_guest = is_second and not frame.code and frame.direction == "in"
            return is_guest or report.holds("joins_in") or (report.holds("move") and report.holds("here"))
        case "reception":
            return {contact.partner} == told
        case "talks" if told and document.home_in(report.before):
            return not OTHER_VERB.search(document.text, *report.before)
    return frame.strength == "open"
