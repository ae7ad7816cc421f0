"""Who goes where, in English: delegations with those who lead them, and visits of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_guests import COMING, comes, guests, visiting, who_comes
from sunchi.signals.document import Document, per_document
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
    state_of,
)
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "Korea", and no "south Korea", no "Korean Friendship"
_OF_KOREA = re.compile(r"(?<![Ss]outh )\bKorea\b|\bKorean(?! Friendship)")
_LED = re.compile(r",? (?:led|headed) by ")  # "a delegation | led by | …"
_LED_LATER = re.compile(r"[^,.]{0,80}?(?P<by>,? (?:led|headed) by )")  # "a delegation | of the party of Laos headed by"
# "the minister met with | a delegation"
_PHRASE_BEGINS = re.compile(
    r".*(?:,|\b(?:met|meets?|receive[sd]|with|for|by|of|from|to|and|between|at|on|in|were|was)) ", re.DOTALL
)
# Not "wishes to visit", "paid a farewell visit to" or "visited with"; "ended a two-day visit", "DPRK Delegation Here"
_MOVES = Pattern(
    r"\b(?:{move}|(?<!wishes to )(?<!hopes to )(?<!farewell )(?<!courtesy )visit(?:ed|s)?(?! with| between| by)"
    r"|pa(?:id|ys?)(?: (?!farewell|courtesy)[\w-]+){0,5} visit|(?:ends?|ended|concludes?d?)(?= [^.]{0,30}\bvisit)"
    r"|here(?=\.?$|\n))(?:\b|$)"
)
# What guests do here: "laid a wreath", "paid deep homage", "enjoyed a performance", "expressed condolences to the bier"
_IS_SHOWN = Pattern(
    r"\b(?:(?:laid|lays|placed) (?:an? )?{flowers}|pa(?:id|ys?) (?:(?:floral|deep|high) )?{homage}"
    r"|(?:enjoy(?:ed|s)?|watched|appreciated) (?:an?|the)|expressed (?:deep )?condolences (?:to|before) the bier)\b"
)
_IN = r"in (?:(?:the )?[A-Z][\w-]+(?: (?:State|City|Province))?(?:,| of) )?(?:the )?$"
_PLACE = re.compile(rf"\b{_IN}")  # "in Sample Province of | China"
_HELD_IN = re.compile(rf"\bheld {_IN}")  # "a meeting held in | China"
# a headline that tells of several: "Visits"
_TO_COUNTRIES = re.compile(r"\b(?:Countries|Visits|Arrivals and Departures)\b")
# "The group is led by"
_IS_LED = re.compile(r"The (?:\w+ )?(?:group|delegation|troupe|party) (?:is|was) (?:led|headed) by ")
_AT_THEIR_PLACE = re.compile(r"\bat (?:the )?(?:building of )?(?:the )?$")  # "at the building of the | Lao embassy"
_VISIT_TO = re.compile(r"\b(?:visits?|tours?|trips?) to\b")  # "trip to"
# "after winding up his official visit to", "on a visit to"
_UNDER_WAY = re.compile(r"\b(?:(?:after )?(?P<ends>wind|wrapp)ing up (?:his|her) |on an? )(?:[\w-]+ )*visit to\b")
_HIS_VISIT = re.compile(r"\bwinding up his\b(?=[^.]* visit\b)")  # "winding up his | visit"
# "an orchestra of the army, led by"
_LED_GROUP = re.compile(r"\b(?:groups?|ensemble|orchestra|troupe|party)\b[^.;,]*,? (?:led|headed) by\b")
# All but the participles of a person's description: "Ri Example, elected … , based in"
_OTHER_VERB = re.compile(
    r"\b(?:(?!headed|led\b|accompanied|appointed|elected|based|related|located|entitled|called|invited|named)[a-z]+ed"
    r"|was|were|(?<!who )are|said|sent|gave|made|took|held|told|wrote|has|have|had)\b"
)
_VISIT = re.compile(r"\bvisit(?:s|ing)?\b")  # "visiting"


def delegations(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    moves = document.pattern(_MOVES)
    nouns = list(document.pattern(DELEGATION).finditer(document.small, *lead))
    for noun, next_one in zip_longest(nouns, nouns[1:]):
        phrase = _phrase(document, lead, noun.span())
        delegation = _with_head(document, phrase, lead)
        side = _whose(document, phrase, lead) or _head_told_next(document, lead)
        after = (phrase[1], lead[1])
        theirs = _theirs(document, lead, noun, phrase, side)
        own_words = (phrase[1], max(phrase[1], next_one.start()) if next_one else lead[1])  # the next one's are not its
        why_not = _why_not_here(document, lead, noun.start(), side, own_words) if theirs else ""
        if why_not:
            yield Rejected("contact", phrase, why_not)
            continue
        for partner in theirs:
            yield Contact("delegation_in", partner, (delegation,), lead)
        if not theirs and (moves if side == HOME else document.word_of("travel")).search(document.small, *after):
            for partner in destinations(document, after) or _hosts(document, lead, after):
                yield Contact("delegation_out", partner, (delegation,), lead)
        elif not theirs and side == HOME and document.word_of("perform").search(document.small, noun.end(), lead[1]):
            for n in foreign(document, (noun.end(), lead[1]))[:1]:
                is_there = _PLACE.search(document.text, max(noun.end(), n.start - 60), n.start)
                if is_there and not document.pattern(HERE).search(document.text, noun.end(), n.start):
                    yield Contact("delegation_out", n.partner, (delegation,), lead)


def _head_told_next(document: Document, lead: Span) -> str:
    """Return the state of a group that names none, by the leader whom the next sentence names."""
    after = next((s for s in document.sentences if s[0] >= lead[1] and s[0] > document.headline), None)
    heads = _IS_LED.match(document.text, *after) if after and lead == leads(document)[-1] else None
    return state_of(document, (heads.end(), after[1])) if heads and after else ""


def _hosts(document: Document, lead: Span, span: Span) -> list[str]:
    """Yield the state that hosts what somebody goes to: "a forum to be held in Peru"; a match is no visit."""
    if document.word_of("match").search(document.small, *lead):
        return []
    if _TO_COUNTRIES.search(document.text, 0, document.headline):  # "Delegations Leave for Different Countries"
        held, place = foreign(document, span), _PLACE
    else:
        held, place = foreign(document, span)[:1], _HELD_IN
    return [n.partner for n in held if place.search(document.text, max(span[0], n.start - 60), n.start)]


def _theirs(document: Document, lead: Span, noun: re.Match[str], phrase: Span, side: str) -> list[str]:
    """Return the states whose delegations a phrase names: "delegations of Laos and Cuba"."""
    of = foreign(document, (noun.end(), phrase[1])) if noun[0].endswith("s") else []
    listed = document.together(foreign(document, (of[0].start, lead[1]))) if of else []
    return list(dict.fromkeys([*(() if side in (HOME, "") else (side,)), *listed]))


def _why_not_here(document: Document, lead: Span, noun: int, side: str, after: Span) -> str:
    """Return why a delegation of another state is not one that came here; "" if it is."""
    if side == HOME:
        return (
            ""
            if document.pattern(HERE).search(document.text, *lead)
            else "delegations of both sides, and nothing says where they met"
        )
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
    """Return the state of a delegation; if its name is of none or of both ("DPRK-Russia"), the state of its leader."""
    led = _LED_LATER.match(document.text, phrase[1], lead[1])
    name = (phrase[0], led.start("by")) if led else phrase
    if led is None or bool(foreign(document, name)) != bool(document.home_in(name)):
        return state_of(document, name)
    ends = [
        pattern.search(document.small, led.end(), lead[1]) for pattern in map(document.pattern, (DELEGATION, _MOVES))
    ]
    head = (led.end(), min([end.start() for end in ends if end] or [lead[1]]))
    if names_a_korean(document, (led.end(), _with_head(document, phrase, lead)[1])):
        is_of_theirs = not foreign(document, name) and foreign(document, head) and not document.home_in(head)
        return (
            state_of(document, head) if is_of_theirs else HOME
        )  # "led by Kim Song Mun, director of a bureau of China"
    return state_of(document, head) or state_of(document, name)


def guests_abroad(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield delegations of the home side that are present where the leads name one other state, and not this place."""
    lead_spans = leads(document)
    hosts = {n.partner for lead in lead_spans for n in foreign(document, lead)}
    if (
        len(hosts) != 1
        or "countries" in document.text[slice(*sentence)]
        or any(document.pattern(HERE).search(document.unframed, *span) for span in (*lead_spans, sentence))
    ):
        return
    for noun in document.pattern(DELEGATION).finditer(document.small, *sentence):
        phrase = _phrase(document, sentence, noun.span())
        if _whose(document, phrase, sentence) == HOME or _OF_KOREA.search(document.text, *phrase):
            yield Contact("delegation_out", hosts.pop(), (_with_head(document, phrase, sentence),), sentence)
            return


def _meets_ours_abroad(document: Document, lead: Span, noun: int) -> bool:
    """Return whether a delegation of the home side is named with it, and nothing says that they met at home."""
    if document.pattern(HERE).search(document.text, *lead):
        return False
    ours = any(start != noun for start in _groups_of_ours(document, lead))
    return ours and not document.pattern(HERE).search(document.text, *leads(document)[-1])


def _groups_of_ours(document: Document, lead: Span) -> list[int]:
    """Return where the words for the home side's delegations begin in a lead; each lead is read once."""
    known = _groups_by_lead(document)
    if lead not in known:
        nouns = [noun.span() for noun in document.pattern(DELEGATION).finditer(document.small, *lead)]
        known[lead] = [noun[0] for noun in nouns if state_of(document, _phrase(document, lead, noun)) == HOME]
    return known[lead]


@per_document
def _groups_by_lead(document: Document) -> dict[Span, list[int]]:
    return {}


def _phrase(document: Document, lead: Span, noun: Span) -> Span:
    """Return a delegation with the words that name its state: "a delegation of the Foreign Ministry of Vietnam"."""
    before = _PHRASE_BEGINS.match(document.small, lead[0], noun[0])
    end = document.pattern(DELEGATION_ENDS).search(document.small, noun[1], lead[1])
    return (before.end() if before else lead[0]), (end.start() if end else lead[1])


def _with_head(document: Document, phrase: Span, lead: Span) -> Span:
    """Return a delegation with its leader, up to the next comma."""
    led = _LED.match(document.text, phrase[1], lead[1])
    end = document.pattern(DELEGATION_ENDS).search(document.small, led.end(), lead[1]) if led else None
    return phrase[0], end.start() if end else phrase[1]


def visits(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    """Yield visits of persons; those of delegations have kinds of their own."""
    if "visiting " in document.small[slice(*lead)]:
        yield from visiting(document, lead)
    if document.pattern(DELEGATION).search(document.small, *lead):
        yield from guests(document, lead)
        return
    moves = document.pattern(_MOVES).search(document.small, *lead)
    move = moves or document.pattern(_IS_SHOWN).search(document.small, *lead)
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
    side = state_of(document, subject)
    is_party = document.word_of("entourage").search(document.small, *lead) and not _VISIT.search(document.small, *lead)
    if side == HOME and "at the invitation" in document.small[slice(*subject)]:
        side = next((n.partner for n in foreign(document, subject)), HOME)
    if side == HOME and moves:
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
            or _LED_GROUP.search(document.small, *subject)
            or document.word_of("visitors").search(document.small, *subject)
        )
        yield Contact("delegation_in" if with_others else "visit", side, (subject,), lead)
    else:
        yield Rejected("contact", lead, "a move of somebody who is not said to be a person of rank, or to come here")


def _headed_visit(document: Document, headline: Span) -> Iterator[Contact]:
    """Yield a leader's visit that a headline names in short: "Kim Jong Un's China Visit Hailed"."""
    for n in foreign(document, headline):
        visit = _VISIT.search(document.small, n.end, min(n.end + 8, headline[1]))
        leader = next((h for h in document.home_in(headline) if h.role == "leader" and h.end <= n.start), None)
        if visit and leader and document.text.startswith("'s ", leader.end):
            yield Contact("visit", n.partner, ((leader.start, leader.end),), headline)


def _visits_spoken_of(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield visits of the home side's leaders that the headline names: "Kim Jong Un's Visit to China Hailed"."""
    if lead[0] < document.headline:
        yield from _headed_visit(document, lead)
    visit = _VISIT_TO.search(document.small, *lead) or _HIS_VISIT.search(document.small, *lead)
    named = sorted([*document.home_in(lead), *foreign(document, lead)], key=lambda n: n.start)
    before = [n for n in named if visit and n.end <= visit.start()]
    if before and (under_way := _UNDER_WAY.search(document.small, *lead)):
        first = before[0] if under_way["ends"] else before[-1]
        if first.role == "leader" and first.partner == HOME:
            for partner in destinations(document, (under_way.start(), lead[1])):
                yield Contact("visit", partner, ((first.start, first.end),), lead)
            return
    leader = next((n for n in before if n.role == "leader" and n.partner == HOME), None)
    if visit is None or leader is None:
        return
    end = document.small.find(" by ", 0, document.headline)  # "Visits to Other Countries Hailed by Peruvians"
    praised = end > 0 and _VISIT.search(document.small, 0, end)
    headline = {n.partner for n in document.named_in((0, end if praised else document.headline))}
    of_a_visit = not headline and _VISIT.search(document.small, 0, document.headline)
    for partner in destinations(document, (visit.start(), lead[1])):
        visitor = [n for n in before if n.partner != partner][-1]  # nobody visits his own state
        honoured = not headline and document.word_of("honor").search(document.small, lead[0], visit.start())
        if visitor.partner == HOME and (partner in headline or of_a_visit or honoured):
            yield Contact("visit", partner, ((leader.start, leader.end),), lead)
