"""Messages in English.

A sentence reports a message where a verb of sending or receiving stands with a noun of message: "sent a message of
greeting to", "received a floral basket from" (frames.csv), or where it tells of a deed that is one. One side has to be
another state's, the other the home side's: gifts to pupils and letters between third states are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sunchi.signals.document import Document
from sunchi.signals.grammar.english_parties import home_name, named_parties, parties
from sunchi.signals.message.english_calls import calls
from sunchi.signals.message.english_frames import framed
from sunchi.signals.message.english_headlines import headline_alone, in_headline
from sunchi.signals.message.reported import Sent
from sunchi.signals.rationale import Reason, Rejected

_OPENING = 2  # sentences in which a text says that it tells of letters
# "a gift presented to Kim Jong Un by the | minister"
_PRESENTED = re.compile(r"\bgifts? (?:presented|sent|given) to (?P<to>[^.;]{3,90}?) by (?:the )?(?P<by>[^.;]*)")


def messages(document: Document) -> Iterator[Sent | Rejected]:
    """Yield every message that a sentence of the body reports, in order."""
    telling = document.holding("sign_of_message")
    body = document.body
    if not body:
        yield from headline_alone(document)
        return
    considered = list(framed(document))
    if not (considered or telling):
        return
    telling = [s for s in telling if s[0] > document.headline]
    yield from (each for each in considered if isinstance(each, Rejected))
    found = list(_named_before([each for each in considered if isinstance(each, Sent)]))
    deeds = list(calls(document, telling))
    yield from sorted(_of_both(document, found, deeds), key=lambda sent: sent.span[0])
    yield from in_headline(document, body[0], {sent.kind for sent in (*found, *deeds)})
    yield from _gifts_on_display(document)


def _of_both(document: Document, found: list[Sent], deeds: list[Sent]) -> Iterator[Sent]:
    """Yield what was sent and what was done, each once.

    A call of condolence with a wreath is the wreath. Where "they" laid it of whom the article tells more, they are no
    second sender.
    """
    wreaths = {(sent.partner, sent.span[0]) for sent in deeds if sent.kind == "wreath"}
    said = {(sent.kind, sent.partner, sent.span[0]) for sent in found}  # "paid a condolatory visit" says it of itself
    both = [s for s in found if s.kind != "condolence" or (s.partner, s.span[0]) not in wreaths]
    both += [s for s in deeds if (s.kind, s.partner, s.span[0]) not in said]
    known = {(s.kind, s.direction, s.partner) for s in both if not _is_state_alone(document, s)}
    for sent in both:
        if (sent.kind, sent.direction, sent.partner) not in known or not _is_state_alone(document, sent):
            yield sent


def _is_state_alone(document: Document, sent: Sent) -> bool:
    theirs = sent.sender if sent.direction == "in" else sent.recipient
    return theirs == document.lexicon.label(sent.partner)


def _gifts_on_display(document: Document) -> Iterator[Sent]:
    """Yield the gifts of an exhibition, which came long ago: "a gift presented to the leader by a party of Peru"."""
    for sentence in document.holding("gift_on_display"):
        gift = _PRESENTED.search(document.text, *sentence)
        if gift and document.home_in(gift.span("to")):
            for partner, _, name, named in named_parties(document, list(parties(document, gift.span("by")))[:1]):
                to = home_name(document, gift.span("to"))
                why = Reason("a gift of old that is on display")
                sent = Sent("gift", "in", partner, name, to, sentence, named, False, leads=False, reason=why)
                yield replace(sent, recalled=True)


def _named_before(found: Sequence[Sent]) -> Iterator[Sent]:
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
