"""Gifts that English texts report as deeds: donations to a farm that guests visit, gifts on display."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import KOREAN, is_here, leads, names_a_korean, only_state
from sunchi.signals.grammar.english_parties import home_name, is_foreign, is_home, parties, short
from sunchi.signals.message.reported import Sent
from sunchi.signals.rationale import Reason
from sunchi.text import Span

_GAVE = ("donated ",)
_ON_DISPLAY = ("gift presented", "gifts presented", "gift sent", "gifts sent", "gift given")
_DONATED = re.compile(r"\bdonated (?!by\b)")  # "donated rice"
_OPENING = re.compile(r"(?:[A-Z][^,]{3,60}, |\W*)")  # "At the end of the visit, "
# "The delegation | donated"
_GUEST = Pattern(r"(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he {guest_or_group}|[A-Z]\w+(?: [A-Z]\w+){0,2}) $")
# "a gift presented to Kim Jong Un by the | minister"
_PRESENTED = re.compile(r"\bgifts? (?:presented|sent|given) to (?P<to>[^.;]{3,90}?) by (?:the )?(?P<by>[^.;]*)")
_DONATION = Reason("a deed that is a message: a donation")


def donations(document: Document) -> Iterator[Sent]:
    """Yield what another state's people gave to the home side's."""
    for sentence in document.holding(_GAVE):
        verb = _DONATED.search(document.text, *sentence) if sentence[0] > document.headline else None
        if verb is None:
            continue
        who, to = (sentence[0], verb.start()), (verb.end(), sentence[1])
        for partner, name in _givers(document, who, to):
            yield Sent("gift", "in", partner, name, "", sentence, False, listed=False, leads=False, reason=_DONATION)


def gifts_on_display(document: Document) -> Iterator[Sent]:
    """Yield the gifts of an exhibition, which came long ago: "a gift presented to the leader by a party of Peru"."""
    for sentence in document.holding(_ON_DISPLAY):
        gift = _PRESENTED.search(document.text, *sentence)
        if gift and document.home_in(gift.span("to")):
            for partner, place in list(parties(document, gift.span("by")))[:1]:
                name, named = short(document.unframed[place[0] : place[1]], partner, document.lexicon)
                to = home_name(document, gift.span("to"))
                sent = Sent("gift", "in", partner, name, to, sentence, named, False, leads=False, reason=_DONATION)
                yield replace(sent, recalled=True)


def _givers(document: Document, who: Span, to: Span) -> Iterator[tuple[str, str]]:
    """Yield the state that gives, and the giver: by name, or as the guest of the first sentence."""
    if is_foreign(document, who):
        is_guest = is_here(document, leads(document)[-1]) and not document.named_in(to)
        if is_guest or is_home(document, to) or KOREAN.search(document.text, *to):
            partner, place = next(parties(document, who))
            yield partner, short(document.unframed[place[0] : place[1]], partner, document.lexicon)[0]
        return
    opening = _OPENING.match(document.text, *who)
    guest = (opening.end() if opening else who[0], who[1])
    partner = only_state(document)
    if (
        partner
        and document.pattern(_GUEST).match(document.text, *guest)
        and not names_a_korean(document, guest)
        and is_here(document, leads(document)[-1])
    ):
        yield partner, document.lexicon.label(partner)
