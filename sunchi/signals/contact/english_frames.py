"""Contacts in English by the frames of frames.csv: one side is Pyongyang's, the other one other state's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sunchi.signals.contact.english_meetings import talked
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english import KOREAN, RECALLED, foreign, is_past
from sunchi.signals.grammar.english_parties import is_foreign
from sunchi.signals.grammar.english_sides import side_of
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span


def framed(document: Document, leads: tuple[Span, ...]) -> Iterator[Contact | Rejected]:
    """Yield every contact that a frame tells of in one of the leads."""
    starts = {lead[0] for lead in leads}
    for match in matches(document, "contact"):
        if match.sentence[0] not in starts:
            continue
        partner = _partner(document, match)
        if not partner:
            yield Rejected("contact", match.words, "not between Pyongyang's side and one other state", match.frame)
        elif is_past(document, match.sentence, match.words[0]):
            yield Rejected("contact", match.words, RECALLED, match.frame)
        elif not document.word_of("come_to_nothing").search(document.small, *match.sentence):
            who = tuple(side for side in (match.side1, match.side2) if side)
            contact = talked(document, partner, who, match.sentence)
            kind = match.frame.code if match.frame.code != "talks" else contact.kind
            yield replace(contact, kind=kind, frame=match.frame)


def _partner(document: Document, match: Match) -> str:
    """Return the state that the home side meets; "" where nobody of the home side stands there, or several states."""
    if match.frame.direction == "both" and match.side1:  # one slot for both: "of the DPRK and Laos"
        states = {n.partner for n in foreign(document, match.side1)}
        is_ours = document.home_in(match.side1) or KOREAN.search(document.text, *match.side1)
        return states.pop() if len(states) == 1 and is_ours else ""
    if match.side1 is None or match.side2 is None:
        return ""
    one = side_of(document, match.side1, match.sentence, follows=False)
    other = side_of(document, match.side2, match.sentence, follows=True)
    theirs, ours = (one, other) if one.is_theirs else (other, one)
    is_named = theirs.is_theirs and is_foreign(document, theirs.span)  # not only where another thought begins
    return theirs.listed[0][0] if is_named and ours.is_ours and not ours.is_open else ""
