"""Who goes where, in English: delegations with those who lead them, and visits of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from sunchi.lexicon import HOME
from sunchi.signals.contact.english_guests import COMING, comes, guests, visiting, who_comes
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    CALL_AT_EMBASSY,
    DELEGATION,
    DELEGATION_ENDS,
    HERE,
    RECALLED,
    destinations,
    foreign,
    goes_elsewhere,
    is_here,
    is_in,
    is_past,
    leads,
    names_a_korean,
    whose,
)
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_OF_MANY = re.compile(r"\bcountries\b")
_OF_KOREA = re.compile(r"(?<![Ss]outh )\bKorea\b|\bKorean(?! Friendship)")
_LED = re.compile(r",? (?:led|headed) by ")
_LED_LATER = re.compile(r"[^,.]{0,80}?(?P<by>,? (?:led|headed) by )")
_PHRASE_BEGINS = re.compile(
    r".*(?:,|\b(?:met|meets?|with|for|by|of|from|to|and|between|of honou?r of|receiv(?:es|ed)|for the|at|on|in"
    r"|were|was)) ",
    re.DOTALL | re.IGNORECASE,
)

_MOVES = re.compile(
    r"\b(?:arriv(?:ed|es?)|le(?:ft|aves?)|return(?:ed|s)?|fl(?:ew|ies)|(?:c[ao]mes?|goes|went) back|back home"
    r"|depart(?:ed|s)?"
    r"|(?<!wishes to )(?<!hopes to )(?<!farewell )(?<!courtesy )visit(?:ed|s)?(?! with| between| by)"
    r"|pa(?:id|ys?)(?: (?!farewell|courtesy)[\w-]+){0,5} visit|paying|w(?:ou|i)nds? up|wraps? up|wrapped up"
    r"|pass(?:ed|es) through"
    r"|tour(?:ed|s)?|went round|goes round|(?:ends?|ended|concludes?d?)(?= [^.]{0,30}\bvisit)|here(?=\.?$|\n))(?:\b|$)"
)
_IS_SHOWN = re.compile(
    r"\b(?:laid|lays|placed) (?:an? )?(?:wreaths?|floral|bouquets?|bunch|bunches|flowers)\b"
    r"|\bpa(?:id|ys?) (?:(?:floral|deep|high) )?(?:homage|tribute|respects)\b"
    r"|\b(?:enjoy(?:ed|s)?|watched|appreciated) (?:an?|the)\b"
    r"|\bexpressed (?:deep )?condolences (?:to|before) the bier\b"
)
"""What guests do here."""
_TRAVELLED = re.compile(
    r"\b(?:return(?:ed|s)?|back|home|le(?:ft|aves?)|arriv(?:ed|es?)|here|depart(?:ed|s)?|performance tour)\b"
)
_PERFORMS = re.compile(r"\b(?:[Pp]erforms?|performed|gave|staged|demonstrated|played)\b")
_PLACE = re.compile(r"\bin (?:[A-Z][\w-]+(?: (?:State|City|Province))?(?:,| of) )?(?:the )?$")
_HELD_IN = re.compile(r"\bheld in (?:(?:the )?[A-Z][\w-]+(?: City)?(?: of|,) )?(?:the )?$")
_IN_STATE = re.compile(r"\b(?:held )?in (?:(?:the )?[A-Z][\w-]+(?: City)?(?: of|,) )?(?:the )?$")
_TO_COUNTRIES = re.compile(r"\b(?:Countries|Visits|Arrivals and Departures)\b")
_IS_LED = re.compile(r"The (?:\w+ )?(?:group|delegation|troupe|party) (?:is|was) (?:led|headed) by ")
_AT_THEIR_PLACE = re.compile(r"\bat (?:the )?(?:building of )?(?:the )?$")
_VENUE_ALONE = re.compile(
    r"\b(?:Olympics?|[Cc]ongress|[Aa]ssembly|Games|[Cc]hampionships?|Cup|[Tt]ournaments?|[Mm]atch(?:es)?)\b"
)
_VISIT_TO = re.compile(r"\b(?:visits?|tours?|trips?) to\b", re.IGNORECASE)
_UNDER_WAY = re.compile(
    r"\b(?:after )?(?P<ends>wind|wrapp)ing up (?:his|her) (?:[\w-]+ )*visit to\b|\bon an? (?:[\w-]+ ){0,3}visit to\b"
)
_STATE_VISIT = re.compile(r"\b[Vv]isits?\b")
_HONOURED = re.compile(r"\b(?:[Cc]ommemorat|[Cc]elebrat|[Cc]ongratulat|[Hh]ail|[Ww]elcom)\w*")
_HIS_VISIT = re.compile(r"\bwinding up his\b(?=[^.]* visit\b)")
_LED_GROUP = re.compile(r"\b(?:groups?|ensemble|orchestra|troupe|party)\b[^.;,]*,? (?:led|headed) by\b", re.IGNORECASE)
_OTHER_VERB = re.compile(
    r"\b(?:(?!headed|led\b|accompanied|appointed|elected|based|related|located|entitled|called|invited|named)[a-z]+ed"
    r"|was|were|(?<!who )are|said|sent|gave|made|took|held|told|wrote|has|have|had)\b"
)  # all but participles of a person's description
_VISIT = re.compile(r"\bvisit(?:s|ing)?\b", re.IGNORECASE)
_INVITED = re.compile(r"\b[Aa]t the invitation\b")


def delegations(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    nouns = list(DELEGATION.finditer(document.small, *lead))
    for noun, next_one in zip_longest(nouns, nouns[1:]):
        phrase = _phrase(document, lead, noun.span())
        whole = _with_head(document, phrase, lead)
        side = _whose(document, phrase, lead) or _head_told_next(document, lead)
        after = (phrase[1], lead[1])
        theirs = _theirs(document, lead, noun, phrase, side)
        own_words = (phrase[1], max(phrase[1], next_one.start()) if next_one else lead[1])  # the next one's are not its
        why_not = _why_not_here(document, lead, noun.start(), side, own_words) if theirs else ""
        if why_not:
            yield Rejected("contact", phrase, why_not)
            continue
        for partner in theirs:
            yield Contact("delegation_in", partner, (whole,), lead)
        if not theirs and (_MOVES if side == HOME else _TRAVELLED).search(document.small, *after):
            for partner in destinations(document, after) or _hosts(document, lead, after):
                yield Contact("delegation_out", partner, (whole,), lead)
        elif not theirs and side == HOME and _PERFORMS.search(document.text, noun.end(), lead[1]):
            for n in foreign(document, (noun.end(), lead[1]))[:1]:
                is_there = _PLACE.search(document.text, max(noun.end(), n.start - 60), n.start)
                if is_there and not HERE.search(document.text, noun.end(), n.start):
                    yield Contact("delegation_out", n.partner, (whole,), lead)


def _head_told_next(document: Document, lead: Span) -> str:
    """Whose a group of no state's name is, if the next sentence tells who leads it."""
    after = next((s for s in document.sentences if s[0] >= lead[1] and s[0] > document.headline), None)
    heads = _IS_LED.match(document.text, *after) if after and lead == leads(document)[-1] else None
    return whose(document, (heads.end(), after[1])) if heads and after else ""


def _hosts(document: Document, lead: Span, span: Span) -> list[str]:
    """The state that holds what somebody goes to: "a forum to be held in Peru"; of a match it is a venue."""
    if _VENUE_ALONE.search(document.text, *lead):
        return []
    if _TO_COUNTRIES.search(document.text, 0, document.headline):  # "Delegations Leave for Different Countries"
        held, place = foreign(document, span), _IN_STATE
    else:
        held, place = foreign(document, span)[:1], _HELD_IN
    return [n.partner for n in held if place.search(document.text, max(span[0], n.start - 60), n.start)]


def _theirs(document: Document, lead: Span, noun: re.Match[str], phrase: Span, side: str) -> list[str]:
    """The states whose delegations a phrase speaks of: "delegations of Laos and Cuba", "of the DPRK and Vietnam"."""
    of = foreign(document, (noun.end(), phrase[1])) if noun[0].endswith("s") else []
    listed = document.together(foreign(document, (of[0].start, lead[1]))) if of else []
    return list(dict.fromkeys([*(() if side in (HOME, "") else (side,)), *listed]))


def _why_not_here(document: Document, lead: Span, noun: int, side: str, after: Span) -> str:
    """Why a delegation of another state is not one that came here; "" where it is."""
    if side == HOME:
        return "" if HERE.search(document.text, *lead) else "delegations of both sides, and nothing says where they met"
    if not is_here(document, lead):
        return "a delegation, and nothing says that it came here or met Pyongyang's side"
    if CALL_AT_EMBASSY.search(document.small, *after):
        return "a delegation that calls at an embassy abroad"
    if goes_elsewhere(document, side, after) or any(is_in(document, n) for n in foreign(document, after)[:1]):
        return "a delegation that goes to another state, or is there"
    there = (n for n in foreign(document, after) if n.role == "adjective")
    if any(_AT_THEIR_PLACE.search(document.text, max(after[0], n.start - 30), n.start) for n in there):
        return "a delegation that is met where its own offices are"
    return "a delegation that Pyongyang's own met abroad" if _meets_ours_abroad(document, lead, noun) else ""


def _whose(document: Document, phrase: Span, lead: Span) -> str:
    """Whose a delegation is; where its name is nobody's or both sides' ("DPRK-Russia"), as the one who leads it."""
    led = _LED_LATER.match(document.text, phrase[1], lead[1])
    name = (phrase[0], led.start("by")) if led else phrase
    if led is None or bool(foreign(document, name)) != bool(document.home_in(name)):
        return whose(document, name)
    ends = [pattern.search(document.small, led.end(), lead[1]) for pattern in (DELEGATION, _MOVES)]
    head = (led.end(), min([end.start() for end in ends if end] or [lead[1]]))
    if names_a_korean(document, (led.end(), _with_head(document, phrase, lead)[1])):
        is_of_theirs = not foreign(document, name) and foreign(document, head) and not document.home_in(head)
        return whose(document, head) if is_of_theirs else HOME  # "led by Kim Song Mun, director of a bureau of China"
    return whose(document, head) or whose(document, name)


def guests_abroad(document: Document, sentence: Span) -> Iterator[Contact]:
    """Delegations of the home side that are present where the leads tell of one other state, and not of here."""
    told = leads(document)
    hosts = {n.partner for lead in told for n in foreign(document, lead)}
    if (
        len(hosts) != 1
        or _OF_MANY.search(document.text, *sentence)
        or any(HERE.search(document.unframed, *span) for span in (*told, sentence))
    ):
        return
    for noun in DELEGATION.finditer(document.small, *sentence):
        phrase = _phrase(document, sentence, noun.span())
        if _whose(document, phrase, sentence) == HOME or _OF_KOREA.search(document.text, *phrase):
            yield Contact("delegation_out", hosts.pop(), (_with_head(document, phrase, sentence),), sentence)
            return


def _meets_ours_abroad(document: Document, lead: Span, noun: int) -> bool:
    """Whether a delegation of the home side is named with the other one, and nothing says that they met at home."""
    if HERE.search(document.text, *lead):
        return False
    others = (d.span() for d in DELEGATION.finditer(document.small, *lead) if d.start() != noun)
    ours = any(whose(document, _phrase(document, lead, other)) == HOME for other in others)
    return ours and not HERE.search(document.text, *leads(document)[-1])


def _phrase(document: Document, lead: Span, noun: Span) -> Span:
    """A delegation with whose it is: "the Lao delegation", "a delegation of the Foreign Ministry of Vietnam"."""
    before = _PHRASE_BEGINS.match(document.text, lead[0], noun[0])
    end = DELEGATION_ENDS.search(document.text, noun[1], lead[1])
    return (before.end() if before else lead[0]), (end.start() if end else lead[1])


def _with_head(document: Document, phrase: Span, lead: Span) -> Span:
    """A delegation with the one who leads it, as far as the next comma."""
    led = _LED.match(document.text, phrase[1], lead[1])
    end = DELEGATION_ENDS.search(document.text, led.end(), lead[1]) if led else None
    return phrase[0], end.start() if end else phrase[1]


def visits(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    """Visits of persons; those of delegations are the delegations' own kinds."""
    if "visiting " in document.small[slice(*lead)]:
        yield from visiting(document, lead)
    if DELEGATION.search(document.small, *lead):
        yield from guests(document, lead)
        return
    move = _MOVES.search(document.small, *lead) or _IS_SHOWN.search(document.small, *lead)
    if is_past(document, lead, move.start() if move else lead[1]):
        if move:
            yield Rejected("contact", lead, RECALLED)
        return
    yield from _visits_spoken_of(document, lead)
    yield from guests(document, lead)
    coming = COMING.match(document.text, *lead)
    if coming:
        yield from who_comes(document, lead, (coming.end(), lead[1]))
        return
    if not move or _OTHER_VERB.search(document.text, lead[0], move.start()):
        return
    subject = (lead[0], move.start())
    side = whose(document, subject)
    is_party = document.word_of("entourage").search(document.small, *lead) and not _VISIT.search(document.text, *lead)
    if side == HOME and _INVITED.search(document.text, *subject):
        side = next((n.partner for n in foreign(document, subject)), HOME)
    if side == HOME and move.re is _MOVES:
        # the headline says where to, if the lead does not
        headline = (0, document.headline) if lead[0] > document.headline else (0, 0)
        after = (move.start(), lead[1])
        for partner in (
            destinations(document, after) or destinations(document, headline) or _hosts(document, lead, after)
        ):
            yield Contact("delegation_out" if is_party else "visit", partner, (subject,), lead)
    elif side in (HOME, ""):
        return
    elif comes(document, subject, lead) and not goes_elsewhere(document, side, (move.start(), lead[1])):
        with_others = (
            is_party
            or _LED_GROUP.search(document.text, *subject)
            or document.word_of("visitors").search(document.small, *subject)
        )
        yield Contact("delegation_in" if with_others else "visit", side, (subject,), lead)
    else:
        yield Rejected("contact", lead, "a move of somebody who is not said to be a person of rank, or to come here")


def _headed_visit(document: Document, headline: Span) -> Iterator[Contact]:
    """ "Kim Jong Un's China Visit Hailed"."""
    for n in foreign(document, headline):
        visit = _STATE_VISIT.search(document.text, n.end, min(n.end + 8, headline[1]))
        leader = next((h for h in document.home_in(headline) if h.role == "leader" and h.end <= n.start), None)
        if visit and leader and document.text.startswith("'s ", leader.end):
            yield Contact("visit", n.partner, ((leader.start, leader.end),), headline)


def _visits_spoken_of(document: Document, lead: Span) -> Iterator[Contact]:
    """ "Kim Jong Un's Visit to China Hailed": visits of the home side's leaders that the headline speaks of."""
    if lead[0] < document.headline:
        yield from _headed_visit(document, lead)
    visit = _VISIT_TO.search(document.text, *lead) or _HIS_VISIT.search(document.text, *lead)
    named = sorted([*document.home_in(lead), *foreign(document, lead)], key=lambda n: n.start)
    before = [n for n in named if visit and n.end <= visit.start()]
    if before and (under_way := _UNDER_WAY.search(document.text, *lead)):
        first = before[0] if under_way["ends"] else before[-1]
        if first.role == "leader" and first.partner == HOME:
            for partner in destinations(document, (under_way.start(), lead[1])):
                yield Contact("visit", partner, ((first.start, first.end),), lead)
            return
    leader = next((n for n in before if n.role == "leader" and n.partner == HOME), None)
    if visit is None or leader is None:
        return
    end = document.small.find(" by ", 0, document.headline)  # "Visits to Other Countries Hailed by Peruvians"
    praised = end > 0 and _VISIT.search(document.text, 0, end)
    headline = {n.partner for n in document.named_in((0, end if praised else document.headline))}
    of_a_visit = not headline and _VISIT.search(document.text, 0, document.headline)
    for partner in destinations(document, (visit.start(), lead[1])):
        visitor = [n for n in before if n.partner != partner][-1]  # nobody visits his own state
        honoured = not headline and _HONOURED.search(document.text, lead[0], visit.start())
        if visitor.partner == HOME and (partner in headline or of_a_visit or honoured):
            yield Contact("visit", partner, ((leader.start, leader.end),), lead)
