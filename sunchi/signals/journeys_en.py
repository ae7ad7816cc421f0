"""Who goes where, in English: delegations with those who lead them, and visits of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.events import Contact
from sunchi.signals.reading import Reading
from sunchi.signals.sides_en import (
    AMBASSADOR,
    DELEGATION,
    EMBASSY,
    HERE,
    RECALLED,
    destinations,
    foreign,
    goes_elsewhere,
    is_here,
    is_past,
    whose,
)
from sunchi.text import Span

_DELEGATION_ENDS = re.compile(
    r",| and an? | (?:led|headed|consisting|staying|visiting|on a|who|which|that|by|with|at|in|to|for|from|at|before"
    r"|arriv\w+|left|leaves?|return\w*|flew|flies|c[ao]mes?|went|visit\w*|paid|pays|met|meets?|had|ha[sd]|tour\w*|wound"
    r"|winds|w[ae]re?|was|is|took|takes|held|holds|laid|lays|gave|gives|here|back|feted|attend\w*|enjoy\w*|wraps?|ends?)\b"
    r"|\.$|\n|$",
    re.IGNORECASE,
)
_LED = re.compile(r",? (?:led|headed) by ")
_PHRASE_BEGINS = re.compile(
    r".*(?:,|\b(?:met|meets?|with|for|by|of|from|to|and|between|of honou?r of|receiv(?:es|ed)|for the|at|on|in)) ",
    re.DOTALL | re.IGNORECASE,
)

_MOVES = re.compile(
    r"\b(?:arriv(?:ed|es?)|le(?:ft|aves?)|return(?:ed|s)?|(?:fl(?:ew|ies)|c[ao]mes?|goes|went) back|back home"
    r"|depart(?:ed|s)?|visit(?:ed|s)?|pa(?:id|ys?)(?: [\w-]+){0,5} visit|paying|w(?:ou|i)nds? up|wraps? up|wrapped up"
    r"|tour(?:ed|s)?|went round|goes round|(?:ends?|ended|concludes?d?)(?= [^.]{0,30}\bvisit)|here(?=\.?$|\n))(?:\b|$)",
    re.IGNORECASE,
)
_TRAVELLED = re.compile(
    r"\b(?:return(?:ed|s)?|back|home|le(?:ft|aves?)|arriv(?:ed|es?)|here|depart(?:ed|s)?)\b", re.IGNORECASE
)
_VISIT_TO = re.compile(r"\b(?:visits?|tours?|trips?) to\b", re.IGNORECASE)
_OTHER_VERB = re.compile(
    r"\b(?:(?!headed|led\b|accompanied|appointed|elected|based|related|located|entitled|called|invited|named)[a-z]+ed"
    r"|was|were|are|said|sent|gave|made|took|held|told|wrote|has|have|had)\b"
)  # all but participles of a person's description
_PERSON = re.compile(
    r"\b(?:party|guests?|minister|FM|PM|president|premier|chair\w*|secretary|governor|speaker|envoy|king|queen|prince"
    r"|princess|head|personages?|officials?|member|commander|councill?or|parliamentarians?|director|VIPs?|leader|mayor"
    r"|marshal|general|senator|figures?|artistes?)\b",
    re.IGNORECASE,
)
_INVITED = re.compile(r"\b[Aa]t the invitation\b")


def delegations(reading: Reading, lead: Span) -> Iterator[Contact]:
    for noun in DELEGATION.finditer(reading.text, *lead):
        phrase = _phrase(reading, lead, noun.span())
        side = whose(reading, phrase)
        hosts = destinations(reading, (phrase[1], lead[1]))
        if side not in (HOME, ""):
            if not is_here(reading, lead):
                reading.drop(
                    "contact", phrase, "a delegation, and nothing says that it came here or met Pyongyang's side"
                )
            elif goes_elsewhere(reading, side, (phrase[1], lead[1])):
                reading.drop("contact", phrase, "a delegation that goes to another state")
            elif _meets_ours_abroad(reading, lead, noun.start()):
                reading.drop("contact", phrase, "a delegation that Pyongyang's own met abroad")
            else:
                listed = foreign(reading, (noun.end(), phrase[1])) if noun[0].endswith("s") else []
                for partner in dict.fromkeys([side, *(n.partner for n in listed)]):
                    yield Contact("delegation_in", partner, (_with_head(reading, phrase, lead),), lead)
        elif (_MOVES if side == HOME else _TRAVELLED).search(reading.text, phrase[1], lead[1]):
            for partner in hosts:
                yield Contact("delegation_out", partner, (_with_head(reading, phrase, lead),), lead)


def _meets_ours_abroad(reading: Reading, lead: Span, noun: int) -> bool:
    """Whether a delegation of the home side is named with the other one, and nothing says that they met at home."""
    if HERE.search(reading.text, *lead):
        return False
    others = (d.span() for d in DELEGATION.finditer(reading.text, *lead) if d.start() != noun)
    return any(whose(reading, _phrase(reading, lead, other)) == HOME for other in others)


def _phrase(reading: Reading, lead: Span, noun: Span) -> Span:
    """A delegation with whose it is: "the Lao delegation", "a delegation of the Foreign Ministry of Vietnam"."""
    before = _PHRASE_BEGINS.match(reading.text, lead[0], noun[0])
    end = _DELEGATION_ENDS.search(reading.text, noun[1], lead[1])
    return (before.end() if before else lead[0]), (end.start() if end else lead[1])


def _with_head(reading: Reading, phrase: Span, lead: Span) -> Span:
    """A delegation with the one who leads it, as far as the next comma."""
    led = _LED.match(reading.text, phrase[1], lead[1])
    end = _DELEGATION_ENDS.search(reading.text, led.end(), lead[1]) if led else None
    return phrase[0], end.start() if end else phrase[1]


def visits(reading: Reading, lead: Span) -> Iterator[Contact]:
    """Visits of persons; those of delegations are the delegations' own kinds."""
    if DELEGATION.search(reading.text, *lead):
        return
    move = _MOVES.search(reading.text, *lead)
    if is_past(reading, lead):
        if move:
            reading.drop("contact", lead, RECALLED)
        return
    yield from _visits_spoken_of(reading, lead)
    if not move or _OTHER_VERB.search(reading.text, lead[0], move.start()):
        return
    subject = (lead[0], move.start())
    side = whose(reading, subject)
    if side == HOME and _INVITED.search(reading.text, *subject):
        side = next((n.partner for n in foreign(reading, subject)), HOME)
    if side == HOME:
        for partner in destinations(reading, (move.start(), lead[1])):
            yield Contact("visit", partner, (subject,), lead)
    elif side and _comes(reading, subject, lead) and not goes_elsewhere(reading, side, (move.start(), lead[1])):
        yield Contact("visit", side, (subject,), lead)
    elif side:
        reading.drop("contact", lead, "a move of somebody who is not said to be a person of rank, or to come here")


def _visits_spoken_of(reading: Reading, lead: Span) -> Iterator[Contact]:
    """ "Kim Jong Un's Visit to China Hailed": visits of the home side's leaders whose host the headline names."""
    visit = _VISIT_TO.search(reading.text, *lead)
    before = [n for n in [*reading.home_in(lead), *foreign(reading, lead)] if visit and n.end <= visit.start()]
    visitor = max(before, key=lambda n: n.start, default=None)
    if visit and visitor and visitor.role == "leader" and visitor.partner == HOME:
        headline = {n.partner for n in reading.named_in((0, reading.headline))}
        for partner in destinations(reading, (visit.start(), lead[1])):
            if partner in headline:
                yield Contact("visit", partner, ((visitor.start, visitor.end),), lead)


def _comes(reading: Reading, subject: Span, lead: Span) -> bool:
    """Whether a subject is somebody who comes here, and not one who lives here or calls at an embassy abroad."""
    if not is_here(reading, lead):
        return False
    person = _PERSON.search(reading.text, *subject)
    return bool(person) and not AMBASSADOR.search(reading.text, *subject) and not EMBASSY.search(reading.text, *lead)
