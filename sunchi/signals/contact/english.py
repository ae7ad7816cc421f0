"""Contacts in English, by the frames of frames.csv: talks, calls, receptions, papers and joint events.

Journeys and delegations are read in english_journeys.py, the walk over the article is report.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact import english_journeys as journeys
from sunchi.signals.contact.people import is_summit
from sunchi.signals.contact.report import Report, reading
from sunchi.signals.grammar.english import KOREAN, NEXT_IN_LIST, is_here, only_state, state_of
from sunchi.signals.grammar.english_parties import parties, without_introduction
from sunchi.signals.grammar.english_rulers import is_of_no_rulers
from sunchi.signals.grammar.speech import naming
from sunchi.signals.grammar.word_order import is_place
from sunchi.signals.rationale import Contact
from sunchi.text import Span

_NOBODY = re.compile(r" (?:in|on) |\W*$")  # "envoys of the DPRK and Laos met | in"
_FIRST_OF_TWO = re.compile(r"(?:[^.]*?,|[^,.]*?)(?P<and> and )")  # "between the minister of Laos, | and | …"
_GIVEN = Pattern(r"[^,.]{0,60}?\b{thing_received}\b")  # "received | a letter": no meeting
_OUR_EMBASSY = re.compile(r"\bDPRK (?i:embassy|mission)[a-z ]* in (?P<place>[A-Z]\w+)")
_BETWEEN = re.compile(r"\bbetween (?![A-Z]\w+\.? \d)")  # the two sides, and not "between | Sept. 23 and 24"
_CAPITAL_OF = re.compile(r" in [A-Z][\w-]+,(?: the [^,]{0,60} (?:of|in))? (?:the )?$")  # "in Lima, the city of | Peru"
_SAME_OFFICE = re.compile(r"\W*(?:those of )?(?:the )?")  # "the ambassadors of Laos and | those of | Cuba"


def _read(report: Report) -> Iterable[Contact]:
    """Return what a frame tells of, by its code; in words like "inter-Korean" it is between the north and the south."""
    if report.holds("inter_korean", report.words):
        return [report.contact(report.frame.code, report.document.lexicon.standings.other_half, report.words)]
    return _BY_CODE.get(report.frame.code, journeys.journey)(report)


def talks(report: Report) -> Iterator[Contact]:
    """Yield talks of Pyongyang's side with another's: "between … and …", else before and after a verb of meeting."""
    document, subject, other = report.document, report.before, report.after
    if report.frame.direction == "both" or _NOBODY.match(document.text, *other):
        cut = _FIRST_OF_TWO.match(document.text, *report.actor)
        parties = ((report.actor[0], cut.start("and")), (cut.end(), report.actor[1])) if cut else (report.actor,)
        states = _states_of_both(report, report.actor, are_two=cut is not None)
        yield from _talked(report, states[0], *parties) if states else ()
        return
    met = state_of(document, other)  # and "he" or "they": the leads' if he met ours, else the one told of before
    he = only_state(document) if met == HOME else state_of(document, naming(document, subject))
    sides = state_of(document, subject) or he, met
    is_given = document.pattern(_GIVEN).match(document.small, *other)
    if HOME in sides and sides[0] != sides[1] and all(sides) and not is_given:
        own, theirs, partner = (subject, other, sides[1]) if sides[0] == HOME else (other, subject, sides[0])
        named = (n.partner for n in document.foreign_in(theirs) if not is_place(document, n))
        for each in dict.fromkeys([partner, *named]):
            yield from _talked(report, each, subject, other)
        if journeys.groups(document, report.sentence, own):
            yield report.contact("delegation_out", partner, own)


def _talked(report: Report, partner: str, *parties: Span) -> Iterator[Contact]:
    """Yield talks as their kind: an ambassador's are a call; a summit (by rank) in the other's land, a visit."""
    document, span = report.document, (parties[0][0], parties[-1][1])
    is_call = report.holds("ambassador", span)
    yield report.contact("courtesy_call" if is_call else "talks", partner, *parties)
    there = (n.start for n in document.foreign_in(report.sentence) if n.partner == partner)
    if is_summit(document, span) and any(_CAPITAL_OF.search(document.text, span[0], place) for place in there):
        yield report.contact("visit", partner, parties[0])


def reception(report: Report) -> Iterator[Contact]:
    """Yield a reception: at our embassy abroad with its host state, else with the guests', or with who gives it."""
    document, sentence, host = report.document, report.sentence, report.actor
    abroad = _OUR_EMBASSY.search(document.text, *sentence)
    capital = document.lexicon.forms["en"].get(abroad["place"], ()) if abroad else ()
    partner = next(iter([*(n.partner for n in document.foreign_in(sentence)), *(name.partner for name in capital)]), "")
    if is_here(document, sentence):
        yield report.contact("reception", partner, host)


def agreement(report: Report) -> Iterator[Contact]:
    """Yield a paper that two sides signed."""
    states = _states_of_both(report, report.sentence)
    yield from (report.contact("agreement", partner, report.sentence) for partner in states)


def joint_event(report: Report) -> Iterator[Contact]:
    """Yield an event here of both sides, or of another state's embassy."""
    document, sentence = report.document, report.sentence
    is_of_embassy = report.holds("ambassador") or report.holds("embassy")
    states = [n.partner for n in document.foreign_in(sentence)] if is_of_embassy else _states_of_both(report, sentence)
    is_at_home = is_here(document, sentence) or journeys.STAFF.search(document.small, *report.actor)
    if is_at_home and not journeys.groups(document, sentence):
        yield from (report.contact("joint_event", partner, report.before) for partner in dict.fromkeys(states))


def _states_of_both(report: Report, span: Span, *, are_two: bool = False) -> list[str]:
    """Return the states that are named as a pair with Pyongyang's side: "DPRK, Cuba", "between … and …"."""
    document, named = report.document, report.document.foreign_in(span)
    places = [(n.start, n.end, n.partner) for n in (*document.home_in(span), *named)]
    places += [(*korean.span(), HOME) for korean in KOREAN.finditer(document.text, *span)]
    pairs = [
        (one, other) for one, other in pairwise(sorted(places)) if HOME in (one[2], other[2]) and one[2] != other[2]
    ]
    is_pair = any(NEXT_IN_LIST.fullmatch(document.text, one[1], other[0]) for one, other in pairs)
    is_between = are_two or _BETWEEN.search(document.text, *report.sentence)
    return list(dict.fromkeys(n.partner for n in named)) if is_pair or (pairs and is_between) else []


def courtesy_call(report: Report) -> Iterator[Contact]:
    """Yield a call: at our embassy abroad, by each who is of rank; here by sides."""
    document, sentence = report.document, report.sentence
    if report.frame.direction == "in":
        yield from _callers(report)
    elif is_here(document, sentence) and (report.frame.direction != "out" or state_of(document, report.before) == HOME):
        partner = next((n.partner for n in document.foreign_in(sentence)), "")
        yield report.contact("courtesy_call", partner, report.before)


def _callers(report: Report) -> Iterator[Contact]:
    """Yield a call of each who holds an office of his state: "the ambassadors of Laos and Nepal"."""
    document, (start, end), is_open = report.document, report.actor, report.frame.strength == "open"
    if is_open and not journeys.tells_of_our_mission(document):
        return
    counts: bool | None = None  # not known: "Myanmar Foreign Minister" opens with the name of a state, too
    who = without_introduction(document, (start, max(end, report.words[1]) if is_open else end))
    for partner, place in parties(document, who) or [(only_state(document), who)]:
        n = next(iter(document.named_in(place)), None)
        is_listed = n and _SAME_OFFICE.fullmatch(document.text, place[0], n.start)
        if counts is None or not is_listed:  # else he holds the office of the one before
            named = (place[0], n.end) if n and n.role == "name" and n.start > place[0] else place
            counts = _is_of_rank(report, partner, named, place)
        if counts:
            yield report.contact("courtesy_call", partner, place)


def _is_of_rank(report: Report, partner: str, named: Span, place: Span) -> bool:
    """Return whether a caller holds an office of his state; of those in a list no clerk of a minister's does."""
    document = report.document
    has_post = any(document.lexicon.posts.offices(document.small, "en", *named))
    if report.frame.strength == "open":
        return report.holds("their_ambassador", named) or (has_post and report.holds("member_of_government", named))
    return (has_post or report.holds("caller_of_rank", named)) and not is_of_no_rulers(document, partner, place)


_READERS = (talks, courtesy_call, reception, agreement, joint_event, journeys.delegation_in, journeys.delegation_out)
_BY_CODE = {reader.__name__: reader for reader in _READERS}
told, besides = reading(_read)
