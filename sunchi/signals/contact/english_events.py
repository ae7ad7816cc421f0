"""What the two sides do together, in English: talks, calls, receptions, papers and joint events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_report import STAFF, Report, groups
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import KOREAN, has_envoy, is_here, is_in, only_state, ours, state_of
from sunchi.signals.grammar.english_parties import parties
from sunchi.signals.mentions import Mention
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "met the minister | on a visit | here | Monday"
_OBJECT_ENDS = re.compile(r" (?:when|while|who|which|on (?=a visit|[A-Z]\w+\.? \d|\w+day)|at the|here|[A-Z]\w+day)\b|$")
_GIVEN = Pattern(r"[^,.]{0,60}?\b{thing_received}\b")  # "received | a letter": no meeting
_NOBODY = re.compile(r" (?:in|on) |\W*$")  # "envoys of the DPRK and Laos met | in"
_SAYS = Pattern(r".*\b{remark}\b", flags=re.DOTALL)  # "The friendship is strong, said | the premier when meeting"
_FIRST_OF_TWO = re.compile(r"(?:[^.]*?,|[^,.]*?)(?P<and> and )")  # "between the minister of Laos, | and | …"
_NOT_BOTH = "those who meet are not Pyongyang's side and another state's"
_IN_HONOUR = re.compile(r"\b(?:for|in honou?r of)\b")  # "hosted a reception | for"
_OUR_EMBASSY = re.compile(r"\bDPRK (?i:embassy|mission)[a-z ]* in (?P<place>[A-Z]\w+)")
_SIDE_BY_SIDE = re.compile(r"(?:-|,|,? and) ?(?:the )?")  # "Laos|-|DPRK", "Laos| and the | DPRK"
_BETWEEN = re.compile(r"\bbetween (?![A-Z]\w+\.? \d)")  # the two sides, and not "between | Sept. 23 and 24"
_SAME_OFFICE = re.compile(r"\W*(?:and )?(?:those of )?(?:the )?")  # "the ambassadors of Laos| and those of | Cuba"


def talks(report: Report) -> Iterator[Contact | Rejected]:
    """Yield talks: "between … and …", else of those before and after a verb of meeting."""
    document, after = report.document, report.after
    if report.match.frame.direction == "both" or _NOBODY.match(document.text, *after):
        yield from _of_two(report)
    elif document.pattern(_GIVEN).match(document.small, *after) or report.holds("team"):
        yield report.rejected("something is received there, or teams meet, and not somebody met")
    else:
        end = _OBJECT_ENDS.search(document.text, *after)
        yield from _who_met(report, (after[0], end.start() if end else after[1]))


def _of_two(report: Report) -> Iterator[Contact | Rejected]:
    """Yield talks of two who stand in one place: "talks between … and …", "envoys of the DPRK and Laos met in"."""
    document, both = report.document, report.actor
    states = list(dict.fromkeys(n.partner for n in document.foreign_in(both)))
    is_ours = ours(document, both) or KOREAN.search(document.text, *both)
    cut = _FIRST_OF_TWO.match(document.text, *both)
    if states and is_ours and (both != report.before or (len(states) == 1 and (cut or _are_two(document, both)))):
        parties = ((both[0], cut.start("and")), (cut.end(), both[1])) if cut else (both,)
        yield _talked(report, states[0], parties)
    else:
        yield report.rejected(_NOT_BOTH)


def _who_met(report: Report, other: Span) -> Iterator[Contact | Rejected]:
    """Yield talks of Pyongyang's side with another state's: one before and one after the verb."""
    document, subject = report.document, report.before
    says = document.pattern(_SAYS).match(document.small, *subject)
    if says and state_of(document, (says.end(), subject[1])):
        subject = says.end(), subject[1]
    sides = state_of(document, subject) or only_state(document), state_of(document, other)  # "he", "they": the lead's
    if HOME not in sides or sides[0] == sides[1] or not all(sides):
        yield report.rejected(_NOT_BOTH)
        return
    both = (subject, other)
    own, theirs, partner = (subject, other, sides[1]) if sides[0] == HOME else (other, subject, sides[0])
    others = (n.partner for n in document.foreign_in(theirs) if not is_in(document, n))
    yield from (_talked(report, each, both) for each in dict.fromkeys([partner, *others]))
    if groups(document, report.sentence, own):
        yield report.contact("delegation_out", partner, own)


def _talked(report: Report, partner: str, parties: tuple[Span, ...]) -> Contact:
    """Return talks as their kind: an ambassador's are a call; whether talks are a summit is decided by rank."""
    document, span = report.document, (parties[0][0], parties[-1][1])
    is_call = report.holds("ambassador", span)
    if is_call and "dprk ambassador to" in document.small[slice(*span)]:
        is_call = report.holds("take_up_post")  # else he talks with those where he is posted
    return report.contact("courtesy_call" if is_call else "talks", partner, *parties)


def reception(report: Report) -> Iterator[Contact | Rejected]:
    """Yield a reception: at our embassy abroad with its host state, else with the guests', or with who gives it."""
    document, sentence, host = report.document, report.sentence, report.actor
    named = document.foreign_in(sentence)
    abroad = _OUR_EMBASSY.search(document.text, *sentence)
    if state_of(document, host) == HOME:
        guests = _IN_HONOUR.search(document.text, *sentence)
        named = document.foreign_in((guests.end(), sentence[1])) if guests else []
    capital = document.lexicon.forms["en"].get(abroad["place"], ()) if abroad else ()
    partner = next(iter([*(n.partner for n in named), *(name.partner for name in capital)]), "")
    is_told = is_here(document, sentence) if partner else "{host}" in report.match.frame.form  # of the lead's guests
    if is_told:
        yield report.contact("reception", partner, host)
    else:
        yield report.rejected("a reception, and nothing says for whom or by whose embassy")


def agreement(report: Report) -> Iterator[Contact | Rejected]:
    """Yield a paper that two sides signed; where a sentence names no pair, those of the leads."""
    document, sentence = report.document, report.sentence
    if report.match.frame.strength == "open":
        if any(document.home_in(lead) for lead in document.leads) and not _are_two(document, sentence):
            yield report.contact("agreement", only_state(document), document.leads[-1])
    elif _are_two(document, sentence):
        for partner in dict.fromkeys(n.partner for n in document.foreign_in(sentence)):
            yield report.contact("agreement", partner, sentence)
    else:
        yield report.rejected("a paper that Pyongyang and another state are not said to have signed")


def joint_event(report: Report) -> Iterator[Contact]:
    """Yield an event here of both sides, or of another state's embassy."""
    document, sentence = report.document, report.sentence
    if report.match.frame.strength == "open":
        yield from _attended(report)
        return
    is_of_both = report.holds("ambassador") or report.holds("embassy") or _are_two(document, sentence)
    is_at_home = is_here(document, sentence) or STAFF.search(document.small, *report.actor)
    if is_of_both and is_at_home and not groups(document, sentence):
        states = list(dict.fromkeys(n.partner for n in document.foreign_in(sentence)))
        yield from (report.contact("joint_event", partner, report.before) for partner in states)


def _attended(report: Report) -> Iterator[Contact]:
    """Yield a film show, concert, exhibition or ceremony here that the staff of another state's embassy attends."""
    document, first = report.document, report.document.leads[-1]
    second = next((s for s in document.body if s[0] >= first[1]), first)
    if is_here(document, first) and report.holds("public_event", (first[0], second[1])):
        for n in document.foreign_in(report.sentence):
            if n.partner == only_state(document) and has_envoy(document, n):
                yield Contact("joint_event", n.partner, (first,), first, report.match.frame)


def _are_two(document: Document, sentence: Span) -> bool:
    """Return whether the home side and another state are named as a pair: "DPRK, Cuba", "between … and …"."""
    both = sorted([*ours(document, sentence), *document.foreign_in(sentence)], key=lambda n: n.start)
    pairs = [(one, other) for one, other in pairwise(both) if (one.partner == HOME) != (other.partner == HOME)]
    is_pair = any(_SIDE_BY_SIDE.fullmatch(document.text, one.end, other.start) for one, other in pairs)
    return is_pair or bool(pairs and _BETWEEN.search(document.text, *sentence))


def courtesy_call(report: Report) -> Iterator[Contact]:
    """Yield a call: at our embassy abroad, by each who is of rank; of ours at an embassy here; else by sides, here."""
    document, sentence = report.document, report.sentence
    match report.match.frame.direction:
        case "in":
            yield from _callers(report)
        case "out":
            theirs = document.foreign_in(report.after)[:1] if state_of(document, report.before) == HOME else []
            yield from (report.contact("courtesy_call", n.partner, report.before) for n in theirs)
        case _ if is_here(document, sentence):
            does = document.word_of("pay_call").search(document.small, *sentence)
            who = sentence[0], does.start() if does else report.match.words[0]
            yield from (report.contact("courtesy_call", n.partner, who) for n in document.foreign_in(sentence)[:1])


def _callers(report: Report) -> Iterator[Contact]:
    """Yield a call of each who holds an office of his state: "the ambassadors of Laos and Nepal"."""
    document, span = report.document, report.actor
    if report.match.frame.strength == "open":  # "The Lao | ambassador to Peru said"
        span = span[0], max(span[1], report.match.words[1])
    counts: bool | None = None  # not known: "Myanmar Foreign Minister" opens with the name of a state, too
    for partner, place in parties(document, span):
        n = next((n for n in document.named_in(place) if n.partner == partner), None)
        if n and is_in(document, n):
            continue
        is_listed = n and n.role == "name" and _SAME_OFFICE.fullmatch(document.text, place[0], n.start)
        if counts is None or not is_listed:
            counts = _is_of_rank(report, place, n)
        if counts:
            yield report.contact("courtesy_call", partner, place)


def _is_of_rank(report: Report, place: Span, n: Mention | None) -> bool:
    """Return whether an item of a list holds an office of its state: "the minister of | Laos"."""
    if n and n.role == "name" and n.start > place[0]:
        place = place[0], n.end
    is_listed = report.match.frame.strength == "open"
    offices = report.document.lexicon.posts.offices(report.document.small, "en", *place)
    has_post = report.holds("caller_of_rank", place) or (not is_listed and any(offices))
    return has_post and not report.holds("former", place)
