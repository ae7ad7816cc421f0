"""What a frame of frames.csv tells of a contact in English, by its code; see the file of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sunchi.signals.contact.english_calls import call
from sunchi.signals.contact.english_events import agreement, joint_event, reception
from sunchi.signals.contact.english_journeys import delegation, delegation_abroad, headed_visit, journey
from sunchi.signals.contact.english_meetings import talks
from sunchi.signals.contact.english_report import Report
from sunchi.signals.grammar.english import RECALLED, is_past
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact

_READERS: dict[str, Callable[[Report], Iterator[Contact | Rejected]]] = {
    "": journey,
    "visit": headed_visit,
    "delegation_in": delegation,
    "delegation_out": delegation_abroad,
    "talks": talks,
    "courtesy_call": call,
    "reception": reception,
    "agreement": agreement,
    "joint_event": joint_event,
}


def told(report: Report) -> Iterator[Contact | Rejected]:
    """Yield the contacts that a sentence tells of in a frame's words, and why it tells of none."""
    start, begins = report.before
    if report.document.text.count('"', start, begins - 1) % 2:  # a name may begin so: "Orchestra of the Century"
        yield report.rejected("in quotation marks: a title, or somebody's words")
        return
    for each in _READERS[report.match.frame.code](report):
        if isinstance(each, Rejected):
            yield each
        elif is_past(report.document, report.sentence, report.match.words[0]):
            yield report.rejected(RECALLED)
        elif report.holds("come_to_nothing"):
            yield report.rejected("forbidden, put off or called off: it did not take place")
        else:
            yield each
