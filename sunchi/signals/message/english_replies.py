"""What the home side answers on the spot, and who it is to whom words are passed back, in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sunchi.signals.document import Document
from sunchi.signals.grammar.english_parties import home_name, parties, short
from sunchi.signals.message.reported import Sent
from sunchi.signals.rationale import Reason

# "expressed once again his deep thanks to"
_THANKS = re.compile(r"\bexpress(?:ed|es) (?:once again )?(?:his |her )?(?:\w+ ){0,3}thanks to (?:the )?")
_THANKED = Reason("thanks that are spoken for the message that the first sentence reports")
# "thanks to the president | for"
_TO_THEM_ENDS = re.compile(r",? (?:for|on behalf|in the name|and (?:wished|hoped|asked|said)|over|upon)\b")


def named_before(found: Sequence[Sent]) -> Iterator[Sent]:
    """Yield the reports; greetings passed back to a mere office get the name of him who passed them on."""
    names: dict[tuple[str, str], str] = {}  # by state and direction, who the other side was
    for sent in found:
        if sent.kind == "verbal":
            is_in = sent.direction == "in"
            other, back = ("sender", "out") if is_in else ("recipient", "in")
            if sent.named:
                names[sent.partner, sent.direction] = getattr(sent, other)
            elif name := names.get((sent.partner, back)):
                sent = replace(sent, sender=name, named=True) if is_in else replace(sent, recipient=name, named=True)
        yield sent


def thanks(document: Document, found: Sequence[Sent]) -> Iterator[Sent]:
    """Yield the thanks that a leader of the home side expresses for the message of the first sentence."""
    came = next((sent for sent in found if sent.leads and sent.direction == "in"), None)
    if came is None or " thanks to " not in document.small:
        return
    for sentence in document.body[1:]:
        spoke = _THANKS.search(document.text, *sentence)
        subject = (sentence[0], spoke.start()) if spoke else (0, 0)
        by_us = [n for n in document.home_in(subject) if n.role in ("leader", "official")]
        if spoke is None or not by_us or document.named_in(subject):
            continue
        ends = _TO_THEM_ENDS.search(document.text, spoke.end(), sentence[1])
        to = (spoke.end(), ends.start() if ends else sentence[1])
        partner, place = next(parties(document, to), ("", to))
        if partner == came.partner:
            name, named = short(document.unframed[place[0] : place[1]], partner, document.lexicon)
            ours = home_name(document, subject)
            yield Sent("thanks", "out", partner, ours, name, sentence, named, False, leads=False, reason=_THANKED)
            return
