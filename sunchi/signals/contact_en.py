"""Contacts in English.

What an article is about stands in its headline and its first sentence, and in each line of a press review; these are
its leads, and each is read for every kind. A kind is known by its verb or noun, its two sides by whom the words before
and after name first: the home side, or another state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from sunchi.lexicon import HOME
from sunchi.signals.events import Contact
from sunchi.signals.reading import Naming, Reading
from sunchi.signals.sides_en import (
    HERE,
    KOREAN,
    destinations,
    foreign,
    goes_elsewhere,
    holds_any,
    is_here,
    leads,
    whose,
)
from sunchi.text import Span

_DELEGATION = re.compile(
    r"\b(?:delegations?|(?:art|song and dance|circus|opera) (?:troupe|group|ensemble)"
    r"|(?:inspection|visiting|friendship|goodwill|survey|working|demonstration|exhibition) group)\b",
    re.IGNORECASE,
)
_DELEGATION_ENDS = re.compile(
    r",| and an? | (?:led|headed|consisting|staying|visiting|on a|who|which|that|by|with|at|in|to|for|from|at|before"
    r"|arriv\w+|left|leaves?|return\w*|flew|flies|c[ao]mes?|went|visit\w*|paid|pays|met|meets?|had|ha[sd]|tour\w*|wound"
    r"|winds|w[ae]re?|was|is|took|takes|held|holds|laid|lays|gave|gives|here|back|feted|attend\w*|enjoy\w*|wraps?|ends?)\b"
    r"|\.$|\n|$",
    re.IGNORECASE,
)
_IS_PRESENT = re.compile(
    r"(?:(?:Present|Attending|They included|Among them)\b[^.]*\bdelegations?"
    r"|[^.]*\bmembers of the (?:[\w-]+ )*?delegation)\b"
)
_WELCOME = re.compile(
    r"\b(?:reception|banquet|dinner|luncheon) (?:in welcome of|in honou?r of|for) the delegation\b", re.IGNORECASE
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
_EMBASSY = re.compile(r"\b(?:embass(?:y|ies)|consulates?|DPRK missions?)\b", re.IGNORECASE)

_TALK = r"(?:an? )?(?:[\w-]+ ){0,3}(?:talks?|conversation)"
_MEETS = re.compile(
    rf"\b(?:(?:met|meets?)(?: with)?(?: and (?:(?:had|held) {_TALK}|conversed) with)?(?! to\b)"
    rf"|(?:had|ha(?:s|ve)|h[eo]lds?) {_TALK}(?: with)?|talks with|receives?|received"
    r"|grant(?:s|ed) (?:an? )?(?:audience|interview)s?(?: to)?)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:talks?|consultations?)\b[^.]{0,60}?\b(?:between|among) ", re.IGNORECASE)
_GIVEN = re.compile(
    r"[^,.]{0,60}?\b(?:messages?|letters?|gifts?|baskets?|wreaths?|greetings|congratulations?|condolences|reports?|cards?"
    r"|credentials|applause|welcome|order|medal|title|certificate|support|telegrams?|prize|education|training|treatment)\b",
    re.IGNORECASE,
)
_OBJECT_ENDS = re.compile(
    r" (?:when|who|whom|which|on a visit|at the|on (?=[A-Z]\w+\.? \d|\w+day)|Monday|Tuesday|Wednesday|Thursday|Friday"
    r"|Saturday|Sunday|here|for paying|upon)\b|\.$|$"
)
_AMBASSADOR = re.compile(
    r"\b(?:ambassadors?|charg[eé]s? d'affaires|consuls?(?: general)?|diplomats?|envoys? to)\b", re.IGNORECASE
)
_CALL = re.compile(
    r"\bcredentials\b|\bcourtesy (?:call|visit)|\bfarewell (?:call|visit)|\b(?:ambassador|charge d'affaires)[^.]*?"
    r"\b(?:arrive[sd]?|leaves|left)\b",
    re.IGNORECASE,
)
_POSTED_TO = re.compile(r" to (?:the )?[A-Z]")
_PAID_CALL = re.compile(r"\bpa(?:id|ying) (?:an? )?courtesy (?:call|visit)", re.IGNORECASE)
_CALLS = re.compile(
    r"\b(?:present(?:ed|s)|accept(?:ed|s)|receive[ds]|pa(?:id|ys)|arrive[ds]|left|leaves|is presented|was)\b",
    re.IGNORECASE,
)
_CALL_AT_EMBASSY = re.compile(
    r"\b(?:visit(?:s|ed)?|paid|pays?)\b[^.]*\b(?:DPRK (?:embass|mission|consul)|embass\w+ of the DPRK)", re.IGNORECASE
)

_RECEPTION = re.compile(r"\b(?:receptions?|banquets?|dinner|luncheon|dinner party|feted|fetes?)\b", re.IGNORECASE)
_IN_HONOUR = re.compile(r"\b(?:for|in honou?r of|with|feted|invit\w+)\b|\bFeted$")
_ENVOY = re.compile(r" (?:embassy|ambassador|charge d'affaires)\b", re.IGNORECASE)
_GIVES = re.compile(
    r"\b(?:host(?:ed|s)?|g[ai]ve[sn]?|arrange[sd]?|sponsor(?:ed|s)|h[eo]ld|took place|was|were)\b", re.IGNORECASE
)
_GIVEN_BY = re.compile(r"\b(?:hosted|given|arranged|sponsored|held) by (?:the )?", re.IGNORECASE)
_PAPER = (
    r"(?:agreements?|protocols?|memorand(?:um|a)|contracts?|treat(?:y|ies)|minutes|documents?|plans?|programmes?"
    r"|conventions?|statements?|communiques?|declarations?)"
)
_SIGNED = re.compile(
    rf"\b{_PAPER}\b[^.]*\b(?:signed|inked|concluded|initialed|adopted|exchanged)\b"
    rf"|\b(?:sign(?:ed|s)?|ink(?:ed|s)?|conclude[sd]?|initial(?:ed|s)?)\b[^.]*\b{_PAPER}\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\bfriend(?:ship|ly) (?:[\w-]+ )?(?:meeting|gathering|get-together|soiree|party|function|camping|reunion)s?\b"
    r"|\bfilm show\b|\bjoint (?:[\w-]+ )?(?:performance|exhibition|seminar|symposium|function|meeting|event|concert"
    r"|show)s?\b|\bphoto exhibition\b|\bproducts? exhibition\b",
    re.IGNORECASE,
)

_PERSON = re.compile(
    r"\b(?:party|guests?|minister|FM|PM|president|premier|chair\w*|secretary|governor|speaker|envoy|king|queen|prince"
    r"|princess|head|personages?|officials?|member|commander|councill?or|parliamentarians?|director|VIPs?|leader|mayor"
    r"|marshal|general|senator|figures?|artistes?)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\banniversar(?:y|ies)\b|\b((?:1[89]|20)\d\d)\b")
_INVITED = re.compile(r"\b[Aa]t the invitation\b")
_OWN_EMBASSY = re.compile(
    r"\bDPRK (?:[Ee]mbassy|[Mm]ission|[Cc]onsulate(?: [Gg]eneral)?) in (?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+)?)"
)
_BETWEEN_WHOM = re.compile(r"\bbetween (.+?)(?= (?:was|were|in the|at|on|here|signed|inked)\b|\.?$)", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(r"(?:-| - |, | and |, and )(?:the )?")


def find(reading: Reading) -> Iterator[Contact]:
    """Every contact that a lead of the article reports, and what is told later of those who are here."""
    told = leads(reading)
    partners: set[str] = set()
    for lead in told:
        for contact in read(reading, lead):
            partners.add(contact.partner)
            yield contact
    for sentence in reading.sentences:
        held = reading.text[sentence[0] : sentence[1]].lower()
        if sentence[0] > told[-1][0] and holds_any(held, _OF_VISITORS) and not _is_past(reading, sentence):
            yield from _later(reading, sentence, partners)


_OF_VISITORS = ("delegation", "group", "troupe", "ensemble", "embass", "mission", "consul")
"""What is looked for after the leads holds one of these words."""


def _later(reading: Reading, sentence: Span, partners: set[str]) -> Iterator[Contact]:
    """After the leads: delegations that are said to be here, and what those whom a lead told of did besides."""
    text = reading.text
    if _IS_PRESENT.match(text, *sentence):
        yield from _delegations(reading, sentence)
    if _CALL_AT_EMBASSY.search(text, *sentence):
        yield from _calls(reading, sentence)
    if _DELEGATION.search(text, *sentence):
        yield from (contact for contact in _talks(reading, sentence) if contact.partner in partners)
        welcome = _WELCOME.search(text, *sentence)
        if welcome and len(partners) == 1 and not reading.named_in(sentence):
            yield Contact("reception", next(iter(partners)), (_host(reading, sentence),), sentence)


def read(reading: Reading, lead: Span) -> Iterator[Contact]:
    """Every contact that one sentence reports."""
    held = reading.text[lead[0] : lead[1]].lower()
    if reading.named_in(lead) or "embassy" in held:
        for words, read_for in _READERS:
            if holds_any(held, words):
                yield from read_for(reading, lead)


# --- delegations and visits -----------------------------------------------------------------------------------------


def _delegations(reading: Reading, lead: Span) -> Iterator[Contact]:
    for noun in _DELEGATION.finditer(reading.text, *lead):
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
    others = (d.span() for d in _DELEGATION.finditer(reading.text, *lead) if d.start() != noun)
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


def _visits(reading: Reading, lead: Span) -> Iterator[Contact]:
    """Visits of persons; those of delegations are the delegations' own kinds."""
    if _DELEGATION.search(reading.text, *lead):
        return
    move = _MOVES.search(reading.text, *lead)
    if _is_past(reading, lead):
        if move:
            reading.drop("contact", lead, _PAST_NOW)
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
    return bool(person) and not _AMBASSADOR.search(reading.text, *subject) and not _EMBASSY.search(reading.text, *lead)


def _is_past(reading: Reading, lead: Span) -> bool:
    """Whether a lead recalls: an anniversary of what it tells, or a year that is over."""
    year = reading.date.year if reading.date else 9999
    return any(not mark[1] or int(mark[1]) < year - 1 for mark in _PAST.finditer(reading.text, *lead))


# --- talks, calls, receptions ---------------------------------------------------------------------------------------


_PAST_NOW = "an anniversary, or a year that is over: recalled"


def _talks(reading: Reading, lead: Span) -> Iterator[Contact]:
    if _is_past(reading, lead):
        if _MEETS.search(reading.text, *lead):
            reading.drop("contact", lead, _PAST_NOW)
        return
    between = _BETWEEN.search(reading.text, *lead)
    if between:
        span = (between.end(), lead[1])
        if whose(reading, span) and (reading.home_in(span) or KOREAN.search(reading.text, *span)):
            for partner in list(dict.fromkeys(n.partner for n in foreign(reading, span)))[:1]:
                yield _met(reading, partner, _both(reading, span), lead)
        return
    verb = _MEETS.search(reading.text, *lead)
    if not verb:
        return
    if _GIVEN.match(reading.text, verb.end(), lead[1]):
        reading.drop("contact", verb.span(), "something is received or given there, not somebody met")
        return
    end = _OBJECT_ENDS.search(reading.text, verb.end(), lead[1])
    subject, other = (lead[0], verb.start()), (verb.end(), end.start() if end else lead[1])
    later = lead[0] > leads(reading)[-1][0]  # there "Minister …" of no state is Pyongyang's
    sides = (whose(reading, subject) or (HOME if later else ""), whose(reading, other))
    if HOME in sides and "" not in sides and sides[0] != sides[1]:
        yield _met(reading, sides[0] if sides[1] == HOME else sides[1], (subject, other), lead)
    else:
        reading.drop("contact", verb.span(), "those who meet are not Pyongyang's side and another state's")


def _both(reading: Reading, span: Span) -> tuple[Span, ...]:
    """The two parties of "between ... and ..."."""
    cut = re.compile(r"[^.]*?, and |[^,.]*? and ").match(reading.text, *span)
    return ((span[0], cut.end() - 4), (cut.end(), span[1])) if cut else (span,)


def _met(reading: Reading, partner: str, parties: tuple[Span, ...], lead: Span) -> Contact:
    """Talks, by who talks: an ambassador's are a call; whether they are a summit their rank decides."""
    span = (parties[0][0], parties[-1][1])
    call = _AMBASSADOR.search(reading.text, *span) and not _DELEGATION.search(reading.text, *span)
    return Contact("courtesy_call" if call else "talks", partner, parties, lead)


def _calls(reading: Reading, lead: Span) -> Iterator[Contact]:
    """Credentials, courtesy and farewell calls, and what persons of rank or ambassadors pay to an embassy abroad."""
    talks = next(_talks(reading, lead), None)
    if talks:  # "had talks when they paid a courtesy call"
        if _PAID_CALL.search(reading.text, *lead):
            yield replace(talks, kind="courtesy_call")
        return
    if _CALL.search(reading.text, *lead) and is_here(reading, lead) and not _DELEGATION.search(reading.text, *lead):
        does = _CALLS.search(reading.text, *lead)
        caller = (lead[0], does.start() if does else lead[1])
    else:
        visit = _CALL_AT_EMBASSY.search(reading.text, *lead)
        caller = (lead[0], visit.start()) if visit else (lead[0], lead[0])
        ranked = next(reading.lexicon.posts.offices(reading.text, "en", *caller), None)
        if not ranked and not _AMBASSADOR.search(reading.text, *caller):
            return
        for n in _callers(reading, caller):
            yield Contact("courtesy_call", n.partner, (caller,), lead)
        return
    for n in foreign(reading, lead)[:1]:
        yield Contact("courtesy_call", n.partner, (caller,), lead)


def _callers(reading: Reading, span: Span) -> list[Naming]:
    """Whose ambassadors call at an embassy, those of many states in a row; not the state where they are posted."""
    posted = _POSTED_TO.search(reading.text, *span)
    return foreign(reading, (span[0], posted.start() if posted else span[1]))


def _receptions(reading: Reading, lead: Span) -> Iterator[Contact]:
    noun = _RECEPTION.search(reading.text, *lead)
    if not noun or not is_here(reading, lead):
        return
    host = _host(reading, lead)
    embassy = _OWN_EMBASSY.search(reading.text, *lead)
    partner = _named_place(reading, embassy[1]) if embassy else ""
    guests = _IN_HONOUR.search(reading.text, *lead)
    if not partner and (guests or whose(reading, host) != HOME):
        named = foreign(reading, (guests.end(), lead[1]) if guests and whose(reading, host) == HOME else lead)
        partner = _envoys(reading, lead) or next((n.partner for n in named), "")
    if partner:
        yield Contact("reception", partner, (host,), lead)
    else:
        reading.drop("contact", noun.span(), "a reception, and nothing says for whom or by whose embassy")


def _envoys(reading: Reading, lead: Span) -> str:
    """Whose ambassador or embassy a lead names."""
    return next((n.partner for n in foreign(reading, lead) if _ENVOY.match(reading.text, n.end)), "")


def _host(reading: Reading, lead: Span) -> Span:
    """Who gives an event: who stands before the verb, or after "by"; the whole lead where neither is there."""
    by = _GIVEN_BY.search(reading.text, *lead)
    if by:
        end = re.compile(r" (?:at|on|here|in|to|for)\b|,|\.?$").search(reading.text, by.end(), lead[1])
        return by.end(), end.start() if end else lead[1]
    gives = _GIVES.search(reading.text, *lead)
    return lead[0], gives.start() if gives else lead[1]


def _named_place(reading: Reading, words: str) -> str:
    """The state of a place, by its two words or its first: "Beijing Hosts"."""
    for form in (words, words.split()[0]):
        names = reading.lexicon.forms["en"].get(form, ())
        if len({name.partner for name in names}) == 1:
            return names[0].partner
    return ""


# --- papers and events of two sides ---------------------------------------------------------------------------------


def _agreements(reading: Reading, lead: Span) -> Iterator[Contact]:
    signed = _SIGNED.search(reading.text, *lead)
    if not signed:
        return
    if _is_past(reading, lead):
        reading.drop("contact", signed.span(), _PAST_NOW)
    elif not _of_two(reading, lead):
        reading.drop("contact", signed.span(), "a paper that Pyongyang and another state are not said to have signed")
    else:
        for partner in dict.fromkeys(n.partner for n in foreign(reading, lead)):
            yield Contact("agreement", partner, (_signers(reading, lead),), lead)


def _signers(reading: Reading, lead: Span) -> Span:
    """Between whom a paper is; the whole lead where it does not say."""
    between = _BETWEEN_WHOM.search(reading.text, *lead)
    return between.span(1) if between else lead


def _of_two(reading: Reading, lead: Span) -> bool:
    """Whether home side and another stand side by side: "DPRK, Cuba", "between ... and ...", "DPRK-Russia"."""
    if not reading.home_in(lead) or not foreign(reading, lead):
        return False
    both = sorted([*reading.home_in(lead), *foreign(reading, lead)], key=lambda n: n.start)
    for one, other in pairwise(both):
        gap = reading.text[one.end : other.start]
        if HOME in (one.partner, other.partner) and one.partner != other.partner and _SIDE_BY_SIDE.fullmatch(gap):
            return True
    return bool(re.compile(r"\bbetween\b").search(reading.text, *lead))


def _joint_events(reading: Reading, lead: Span) -> Iterator[Contact]:
    if not _JOINT.search(reading.text, *lead) or _DELEGATION.search(reading.text, *lead) or not is_here(reading, lead):
        return
    hosted = _AMBASSADOR.search(reading.text, *lead) or _EMBASSY.search(reading.text, *lead)
    if hosted or _of_two(reading, lead):
        for n in foreign(reading, lead)[:1]:
            yield Contact("joint_event", n.partner, (_host(reading, lead),), lead)


_READERS: tuple[tuple[tuple[str, ...], Callable[[Reading, Span], Iterator[Contact]]], ...] = (
    (("delegation", "group", "troupe", "ensemble"), _delegations),
    (
        (
            "arriv",
            "leav",
            "left",
            "return",
            "back",
            "depart",
            "visit",
            "wind",
            "wound",
            "wrap",
            "tour",
            "trip",
            "round",
            "here",
        ),
        _visits,
    ),
    (("met", "meet", "talk", "consult", "conversation", "receive", "grant"), _talks),
    (("credentials", "call", "farewell", "ambassador", "charge d'affaires", "embass", "mission", "consul"), _calls),
    (("reception", "banquet", "dinner", "luncheon", "fete"), _receptions),
    (("sign", "ink", "conclude", "initial", "adopted", "exchanged"), _agreements),
    (("friend", "film show", "joint", "exhibition"), _joint_events),
)
"""A lead is read for a kind only where it holds one of these words; that is found out in no time."""
