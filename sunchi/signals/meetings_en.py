"""Who meets whom, in English: talks, calls of ambassadors, and receptions with their hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from sunchi.lexicon import HOME
from sunchi.signals.events import Contact
from sunchi.signals.naming import Naming
from sunchi.signals.reading import Reading
from sunchi.signals.sides_en import (
    AMBASSADOR,
    CALL_AT_EMBASSY,
    DELEGATION,
    HERE,
    KOREAN,
    RECALLED,
    foreign,
    is_here,
    is_in,
    is_past,
    item_start,
    leads,
    only_state,
    whose,
)
from sunchi.text import Span

_TALK = r"(?:an? )?(?:[\w-]+ ){0,3}(?:talks?|conversation)"
_MOOD = r"(?: in an? (?:[\w-]+,? ){1,3}atmosphere)?"
_MEETS = re.compile(
    rf"\b(?:(?:met|meets?)(?: with)?(?: and (?:(?:had|held) {_TALK}|conversed){_MOOD} with)?(?! to\b)"
    rf"|(?:had|ha(?:s|ve)|h[eo]lds?) {_TALK}(?:{_MOOD} with)?|talks with|receives?|received"
    r"|(?:when|while) (?:meeting|receiving|conversing)(?: with)?|in (?:a|his|her) (?:talk|meeting|conversation) with"
    r"|grant(?:s|ed) (?:an? )?(?:audience|interview)s?(?: to)?)\b"
)
_BETWEEN = re.compile(r"\b(?:talks?|consultations?)\b[^.]{0,60}?\b(?:between|among) ", re.IGNORECASE)
_GIVEN = re.compile(
    r"[^,.]{0,60}?\b(?:messages?|letters?|gifts?|baskets?|wreaths?|greetings|congratulations?|condolences|reports?|cards?"
    r"|credentials|applause|welcome|order|medal|title|certificate|support|telegrams?|prize|education|training|treatment)\b",
    re.IGNORECASE,
)
_TEAMS = re.compile(r"\bteams?\b")
_HE_SAID = re.compile(r"(?:He|She) said\b")
_WHEN = ("when ", "while ", "in a ", "in his ", "in her ")
_SAYS = re.compile(r"\b(?P<he>[Hh]e |[Ss]he |who )?(?:said|noted|stressed|added|stated)\b")
_AND = re.compile(r"\band\b")
_OWN_ENVOY = re.compile(r"\bDPRK [Aa]mbassador to\b")
_TAKES_UP_OR_LEAVES = re.compile(
    r"\b(?:[Nn]ew(?:ly[ -]appointed)? (?:DPRK )?[Aa]mbassador|[Oo]utgoing|credentials|farewell|courtesy"
    r"|(?:took|takes|taking) leave)\b"
)
_NORTH = re.compile(r"\b[Nn]orth(?:ern)?\b|\binter-Korean\b")
_IN_A_TALK = re.compile(
    r"In (?:a|his|her) (?:[\w-]+ )?(?:talk|conversation|meeting) with |When (?:meeting|conversing) with "
)
_SAID = re.compile(r"\b(?:he|she)?,? ?(?:said|noted|stressed|stated)\b")
_SHARED = r"(?:mass|seminar|symposium|events?|meetings?|performance|exhibition|service|ceremony)"
_OF_BOTH_KOREAS = re.compile(
    rf"\b(?:(?:[Ii]nter-Korean|[Nn]orth-[Ss]outh) (?:[\w-]+ ){{0,3}}?"
    rf"(?:contacts?|talks|(?P<joint>joint (?:[\w-]+ )?{_SHARED}))"
    rf"|(?P<of_both>{_SHARED} of (?:(?:the )?north-south [\w-]+|[\w -]{{0,40}}of the north and the south)))\b"
    r".{0,160}? (?:was|were|took|take|be) (?:held|opened|place)\b"
    rf"|(?P<both_hold>\bfrom the north and the south (?:of Korea )?held (?:an? )?(?:[\w-]+ ){{0,5}}{_SHARED})\b"
)
_SEPARATELY = re.compile(r"\b(?:separately|respectively|heads of)\b")
_OBJECT_ENDS = re.compile(
    r" (?:when|who|whom|which|on a visit|at the|on (?=[A-Z]\w+\.? \d|\w+day)|Monday|Tuesday|Wednesday|Thursday|Friday"
    r"|Saturday|Sunday|here|for paying|upon)\b|\.$|$"
)

_CALL = re.compile(
    r"\bcredentials\b|\bcourtesy (?:call|visit)|\bfarewell (?:call|visit)|\b(?:ambassador|charge d'affaires)[^.]*?"
    r"\b(?:arrive[sd]?|leaves|left)\b",
    re.IGNORECASE,
)
_OFFICE_OF_STATE = re.compile(
    r"\b(?:minister|ministry|ambassador|charg[eé] d'affaires|consul|governor|government|parliament|national assembly"
    r"|premier|speaker|vice-president of [A-Z]|councill?or)\b",
    re.IGNORECASE,
)
_ITEM_BEGINS = re.compile(r".*(?:[,;] (?:and )?(?:the )?|(?:included|were) (?:also )?(?:the )?)", re.DOTALL)
_OFFICE_LENGTH = 40  # characters after "Lao" in which an office stands: "Lao minister of Public Health"
_ENVOYS = re.compile(r"\b(?:diplomatic envoys|ambassadors) of\b")
_POSTED = re.compile(r" to (?:the )?$")
_POSTED_TO = re.compile(r" to (?:the )?[A-Z]")
_OFFICIALS = re.compile(r"\b(?:(?:high-ranking|senior|government) officials|statesmen)\b", re.IGNORECASE)
_HEAD_OF_PARTY = re.compile(
    r"[A-Z][\w.]*(?: [A-Z][\w.-]*){1,4}, (?:[\w-]+ ){0,3}(?:chair\w+|leader|president|secretary|member)\b[^.;]*?"
    r"(?:C\.C\.[^.;]*?)?\b(?:Party|Congress|Front|Union)\b",
    re.DOTALL,
)
_HEADED = re.compile(r"\b(?:(?:led|headed) by|(?:made up|consisting) of)\b")
_PAID_CALL = re.compile(r"\bpa(?:id|ying) (?:an? )?courtesy (?:call|visit)", re.IGNORECASE)
_CALLS = re.compile(
    r"\b(?:present(?:ed|s)|accept(?:ed|s)|receive[ds]|pa(?:id|ys)|arrive[ds]|left|leaves|is presented|was)\b",
    re.IGNORECASE,
)

_RECEPTION = re.compile(r"\b(?:receptions?|banquets?|dinner|luncheon|dinner party|feted|fetes?)\b", re.IGNORECASE)
_IN_HONOUR = re.compile(r"\b(?:for|in honou?r of|with|feted|invit\w+)\b|\bFeted$")
_ENVOY = re.compile(r" (?:embassy|ambassador|charge d'affaires)\b", re.IGNORECASE)
_GIVES = re.compile(
    r"\b(?:host(?:ed|s)?|g[ai]ve[sn]?|arrange[sd]?|sponsor(?:ed|s)|h[eo]ld|took place|was|were)\b", re.IGNORECASE
)
_GIVEN_BY = re.compile(r"\b(?:hosted|given|arranged|sponsored|held) by (?:the )?", re.IGNORECASE)
_GIVES_IT = re.compile(
    r"\b(?:host(?:ed|s)|gave|arranged|was given|was hosted)\b[^.]*\b(?:receptions?|banquets?|dinner|luncheon)\b"
    r"|\b(?:reception|banquet|dinner|luncheon)\b[^.]*\bwas (?:given|hosted|arranged)\b"
)
_OWN_EMBASSY = re.compile(
    r"\bDPRK (?:[Ee]mbassy|[Mm]ission|[Cc]onsulate(?: [Gg]eneral)?) in (?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+)?)"
)


def talks(reading: Reading, lead: Span) -> Iterator[Contact]:
    """Talks "between ... and ...", else those of whoever stands before and after a verb of meeting."""
    between = _BETWEEN.search(reading.text, *lead)
    verb = None if between else _MEETS.search(reading.small, *lead)
    told = between or verb
    if told and is_past(reading, lead, told.start()):
        reading.drop("contact", lead, RECALLED)
    elif between:
        yield from _talks_between(reading, lead, (between.end(), lead[1]))
    elif verb and _GIVEN.match(reading.text, verb.end(), lead[1]):
        reading.drop("contact", verb.span(), "something is received or given there, not somebody met")
    elif verb and reading.text.startswith(" in ", verb.end()):
        yield from _who_met(reading, lead, (lead[0], verb.start()), (verb.end(), verb.end()))
    elif verb and _TEAMS.search(reading.text, *lead):
        reading.drop("contact", verb.span(), "teams meet there: a match")
    elif verb:
        end = _OBJECT_ENDS.search(reading.text, verb.end(), lead[1])
        other = (verb.end(), end.start() if end else lead[1])
        if reading.text.startswith(" on ", verb.end()):  # a cabinet meets on a matter, and meets nobody
            other = (verb.end(), verb.end())
        yield from _who_met(reading, lead, (lead[0], verb.start()), other)


def _talks_between(reading: Reading, lead: Span, span: Span) -> Iterator[Contact]:
    if whose(reading, span) and (reading.home_in(span) or KOREAN.search(reading.text, *span)):
        for n in foreign(reading, span)[:1]:
            yield _met(reading, n.partner, _both(reading, span), lead)


def _who_met(reading: Reading, lead: Span, subject: Span, other: Span) -> Iterator[Contact]:
    """Pyongyang's side and another state's, each on its side of the verb, or both before it."""
    later = lead[0] > leads(reading)[-1][0]  # there "Minister …" of no state is Pyongyang's
    subject, is_he = _who_says(reading, lead, subject)
    speaker = only_state(reading) if is_he else ""  # of whom the lead tells
    sides = (whose(reading, subject) or speaker or (HOME if later else ""), whose(reading, other))
    together = _met_together(reading, subject) if not sides[1] else ""
    if together:
        yield _met(reading, together, (subject,), lead)
        return
    if HOME in sides and "KR" in sides and not _names_the_north(reading, subject, other):
        reading.drop("contact", (subject[1], other[0]), "a Korean name, and nothing says that he is not the south's")
        return
    if HOME not in sides or "" in sides or sides[0] == sides[1]:
        reading.drop("contact", (subject[1], other[0]), "those who meet are not Pyongyang's side and another state's")
        return
    ours, theirs, partner = (subject, other, sides[1]) if sides[0] == HOME else (other, subject, sides[0])
    yield _met(reading, partner, (subject, other), lead)
    if _SEPARATELY.search(reading.text, *lead):
        others = dict.fromkeys(n.partner for n in foreign(reading, theirs) if not is_in(reading, n))
        yield from (_met(reading, each, (subject, other), lead) for each in others if each != partner)
    if DELEGATION.search(reading.small, *ours) and not HERE.search(reading.text, *lead):
        yield Contact("delegation_out", partner, (ours,), lead)


def _who_says(reading: Reading, lead: Span, subject: Span) -> tuple[Span, bool]:
    """Of "…, said the premier when meeting" the premier; and whether it is one of whom the lead tells: "he said"."""
    text = reading.text
    if not text.startswith(_WHEN, subject[1]):
        return subject, bool(_HE_SAID.match(text, *subject))
    says = list(_SAYS.finditer(text, *subject))
    if not says:
        return subject, not reading.home_in(subject) and not foreign(reading, subject)
    after = (says[-1].end(), subject[1])
    if says[-1]["he"] or whose(reading, after):
        return after, bool(says[-1]["he"])
    return subject, bool(_HE_SAID.match(text, *subject))


def _names_the_north(reading: Reading, *sides: Span) -> bool:
    return any(reading.home_in(side) or _NORTH.search(reading.text, *side) for side in sides)


def _met_together(reading: Reading, subject: Span) -> str:
    """The other state of two sides that stand before the verb: "envoys of the DPRK and Russia met in Moscow"; or ""."""
    states = list(dict.fromkeys(n.partner for n in foreign(reading, subject)))
    return states[0] if len(states) == 1 and reading.home_in(subject) and _AND.search(reading.text, *subject) else ""


def _both(reading: Reading, span: Span) -> tuple[Span, ...]:
    """The two parties of "between ... and ..."."""
    cut = re.compile(r"[^.]*?, and |[^,.]*? and ").match(reading.text, *span)
    return ((span[0], cut.end() - 4), (cut.end(), span[1])) if cut else (span,)


def _met(reading: Reading, partner: str, parties: tuple[Span, ...], lead: Span) -> Contact:
    """Talks, by who talks: an ambassador's are a call; whether they are a summit their rank decides."""
    span = (parties[0][0], parties[-1][1])
    call = AMBASSADOR.search(reading.text, *span) and not DELEGATION.search(reading.small, *span)
    if call and _OWN_ENVOY.search(reading.text, *span) and not _TAKES_UP_OR_LEAVES.search(reading.text, *lead):
        call = None  # he talks with those of the state where he is posted
    return Contact("courtesy_call" if call else "talks", partner, parties, lead)


def said_to_whom(reading: Reading, sentence: Span) -> Iterator[Contact]:
    """ "In a talk with the premier he said …": the guest is the one of whom the lead tells."""
    opens = _IN_A_TALK.match(reading.text, *sentence)
    partner = only_state(reading) if opens else ""
    if opens and partner and _says_in(reading):
        end = _SAID.search(reading.text, opens.end(), sentence[1])
        other = (opens.end(), end.start() if end else sentence[1])
        if whose(reading, other) == HOME:
            yield _met(reading, partner, (other,), sentence)


def _says_in(reading: Reading) -> bool:
    """Whether the first sentence gives somebody's words."""
    return bool(_SAID.search(reading.text, *leads(reading)[-1]))


def of_the_peninsula(reading: Reading, lead: Span) -> Iterator[Contact]:
    """What north and south hold together: a contact, talks, a joint mass."""
    held = _OF_BOTH_KOREAS.search(reading.text, *lead)
    if held and not is_past(reading, lead, held.start()):
        yield Contact(
            "joint_event" if held["joint"] or held["of_both"] or held["both_hold"] else "talks",
            "KR",
            (held.span(),),
            lead,
        )


def calls(reading: Reading, lead: Span) -> Iterator[Contact]:
    """Credentials, courtesy and farewell calls, and what persons of rank or ambassadors pay to an embassy abroad."""
    had_talks = next(talks(reading, lead), None)
    if had_talks:  # "had talks when they paid a courtesy call"
        if _PAID_CALL.search(reading.text, *lead):
            yield replace(had_talks, kind="courtesy_call")
        return
    if _CALL.search(reading.text, *lead) and is_here(reading, lead) and not DELEGATION.search(reading.small, *lead):
        does = _CALLS.search(reading.text, *lead)
        caller = (lead[0], does.start() if does else lead[1])
    else:
        visit = CALL_AT_EMBASSY.search(reading.small, *lead)
        caller = (lead[0], visit.start()) if visit else (lead[0], lead[0])
        ranked = next(reading.lexicon.posts.offices(reading.small, "en", *caller), None)
        of_state = (_OFFICE_OF_STATE, _OFFICIALS, AMBASSADOR)
        of_party = _HEAD_OF_PARTY.match(reading.text, *caller)
        group = DELEGATION.search(reading.small, *caller)
        if group and not _HEADED.search(reading.text, group.end(), caller[1]):
            return  # delegations of offices, and nobody of rank
        if not ranked and not of_party and not any(pattern.search(reading.text, *caller) for pattern in of_state):
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


def calls_of_envoys(reading: Reading, span: Span, sentence: Span) -> Iterator[Contact]:
    """Of those whom a span names the envoys: "ministers of Peru and the ambassadors of Nepal and Laos to Peru"."""
    envoys = AMBASSADOR.search(reading.text, *span) or _ENVOYS.search(reading.text, *span)
    if envoys:
        start = item_start(reading, span[0], envoys.start())
        for n in _callers(reading, (start, span[1])):
            yield Contact("courtesy_call", n.partner, ((start, span[1]),), sentence)


def calls_of_a_list(reading: Reading, sentence: Span) -> Iterator[Contact]:
    """Those of a list of callers at an embassy who hold an office of their state: "the foreign minister of Peru"."""
    named = foreign(reading, sentence)
    envoys = _ENVOYS.search(reading.text, *sentence)
    for n, next_one in zip_longest(named, named[1:]):
        if _POSTED.search(reading.text, n.start - 8, n.start) or (envoys and is_in(reading, n)):
            continue
        if envoys and n.start > envoys.end():
            yield Contact("courtesy_call", n.partner, ((n.start, n.end),), sentence)
            continue
        item = _ITEM_BEGINS.match(reading.text, sentence[0], n.start)
        after = min(n.end + _OFFICE_LENGTH, next_one.start if next_one else sentence[1])
        who = (item.end() if item else sentence[0], after if n.role == "adjective" else n.end)
        if _OFFICE_OF_STATE.search(reading.text, *who):
            yield Contact("courtesy_call", n.partner, (who,), sentence)


def receptions(reading: Reading, lead: Span) -> Iterator[Contact]:
    noun = _RECEPTION.search(reading.text, *lead)
    if not noun or not is_here(reading, lead):
        return
    giver = host(reading, lead)
    embassy = _OWN_EMBASSY.search(reading.text, *lead)
    partner = _named_place(reading, embassy[1]) if embassy else ""
    guests = _IN_HONOUR.search(reading.text, *lead)
    if not partner and (guests or whose(reading, giver) != HOME):
        named = foreign(reading, (guests.end(), lead[1]) if guests and whose(reading, giver) == HOME else lead)
        partner = _envoys(reading, lead) or next((n.partner for n in named), "")
    if partner:
        yield Contact("reception", partner, (giver,), lead)
    else:
        reading.drop("contact", noun.span(), "a reception, and nothing says for whom or by whose embassy")


def banquets(reading: Reading, later: list[Span], partner: str) -> Iterator[Contact]:
    """What is given for guests, or for Pyongyang's own abroad, after the lead told of their visit or talks."""
    for sentence in later:
        noun = _RECEPTION.search(reading.text, *sentence)
        gives = noun and _GIVES_IT.search(reading.text, *sentence)
        if gives and {n.partner for n in foreign(reading, sentence)} <= {partner}:
            yield Contact("reception", partner, (host(reading, sentence),), sentence)
            return


def _envoys(reading: Reading, lead: Span) -> str:
    """Whose ambassador or embassy a lead names."""
    return next((n.partner for n in foreign(reading, lead) if _ENVOY.match(reading.text, n.end)), "")


def host(reading: Reading, lead: Span) -> Span:
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
