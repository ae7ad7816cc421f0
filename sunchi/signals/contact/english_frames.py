"""What a frame of frames.csv tells of a contact in English, by its code; see the file of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sunchi.signals.contact.english_calls import call
from sunchi.signals.contact.english_delegations import delegation, entourage, performers_abroad, present_abroad
from sunchi.signals.contact.english_events import agreement, agreement_of_lead, attended, joint_event, reception
from sunchi.signals.contact.english_journeys import guest, headed_visit, journey
from sunchi.signals.contact.english_meetings import talks
from sunchi.signals.contact.english_report import Report
from sunchi.signals.grammar.english import RECALLED, is_past
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact

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
