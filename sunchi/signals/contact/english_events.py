"""Contacts in English that are no journeys: calls, delegations as they are named, receptions, papers, joint events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_report import Report, groups, states_of, why_not_here
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import HERE, foreign, has_envoy, is_here, is_in, leads, only_state, state_of
from sunchi.signals.grammar.english_parties import parties
from sunchi.signals.mentions import Mention
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "hosted a reception for", "Guests from Laos Feted"
_IN_HONOUR = re.compile(r"\b(?:for|in honou?r of|with|feted|invit\w+)\b|\bFeted$")
_PLACE = re.compile(r"\s*(?:the )?([A-Z][\w-]+)(?: [A-Z][\w-]+)?")  # "Beijing", "Ulan Bator Hosts"
_SIDE_BY_SIDE = re.compile(r"(?:-| - |, | and |, and )(?:the )?")  # "Laos|-|DPRK", "Laos | and the | DPRK"
# "Ana Example, first secretary of the C.C., Example Party"
_HEAD_OF_PARTY = Pattern(
    r"[A-Z][\w.]*(?: [A-Z][\w.-]*){1,4}, (?:[\w-]+ ){0,3}{head_of_party}\b[^.;]*?(?:C\.C\.[^.;]*?)?"
    r"\b(?:Party|Congress|Front|Union)\b",
    flags=re.DOTALL,
)
_HEADED = re.compile(r"\b(?:(?:led|headed) by|(?:made up|consisting) of)\b")  # "a party made up of"
# "the ambassadors of Laos | and those of | Cuba |, and"
_SAME_OFFICE = re.compile(r"\W*(?:and )?(?:the )?(?:those of )?(?:the )?")
_ITEM_ENDS = re.compile(r"\s*(?:[,;.]|and\b|to\b|in\b|$)")
# "Korea", and no "south Korea", no "Korean Friendship"
_OF_KOREA = re.compile(r"(?<![Ss]outh )\bKorea\b|\bKorean(?! Friendship)")
# "in Sample Province of | China"
_PLACE_DELEGATIONS = re.compile(r"\bin (?:(?:the )?[A-Z][\w-]+(?: (?:State|City|Province))?(?:,| of) )?(?:the )?$")
_PLACE_LENGTH = 60  # characters before a state in which its province may stand


def reception(report: Report) -> Iterator[Contact | Rejected]:
    """Yield a reception with the state of the ambassador or embassy named, else that of the guests or the host."""
    document, sentence, host = report.document, report.sentence, report.actor
    named = foreign(document, sentence)
    partner = next((n.partner for n in named if has_envoy(document, n)), "")
    if "dprk (" in report.match.frame.form:  # "the DPRK embassy in Laos" gives it there
        partner = _state_of_place(document, host) if report.holds("reception_abroad") else ""
    elif not partner:
        guests = _IN_HONOUR.search(document.text, *sentence)
        is_ours = state_of(document, host) == HOME
        of_guests = foreign(document, (guests.end(), sentence[1])) if guests else []
        partner = next((n.partner for n in (of_guests if is_ours else named)), "")
    is_of_lead = not named and report.is_later and "{host}" in report.match.frame.form  # for the guests whom it names
    if is_of_lead or (partner and is_here(document, sentence)):
        yield report.contact("reception", partner, host)
    else:
        yield report.rejected("a reception, and nothing says for whom or by whose embassy")


def _state_of_place(document: Document, place: Span) -> str:
    """Return the state of a place, by its first two words or its first: "Beijing Hosts"."""
    words = _PLACE.match(document.text, *place)
    for form in (words[0].strip().removeprefix("the "), words[1]) if words else ():
        names = document.lexicon.forms["en"].get(form, ())
        if len({name.partner for name in names}) == 1:
            return names[0].partner
    return ""


def agreement_of_lead(report: Report) -> Iterator[Contact]:
    """Yield a paper that goes on with the lead: its two sides signed it."""
    first = leads(report.document)
    if any(report.document.home_in(lead) for lead in first):
        yield report.contact("agreement", only_state(report.document), first[-1])


def agreement(report: Report) -> Iterator[Contact | Rejected]:
    """Yield a paper that two sides signed."""
    document, sentence = report.document, report.sentence
    if _of_two(document, sentence):
        for partner in dict.fromkeys(n.partner for n in foreign(document, sentence)):
            yield report.contact("agreement", partner, sentence)
    else:
        yield report.rejected("a paper that Pyongyang and another state are not said to have signed")


def joint_event(report: Report) -> Iterator[Contact]:
    """Yield an event here of both sides, or of another state's embassy."""
    document, sentence = report.document, report.sentence
    if report.holds("inter_korean", report.match.words):
        yield report.contact("joint_event", document.lexicon.standings.other_half, report.match.words)
    elif is_here(document, sentence):
        if groups(document, sentence):
            return
        if report.holds("ambassador") or report.holds("embassy") or _of_two(document, sentence):
            states = list(dict.fromkeys(n.partner for n in foreign(document, sentence)))
            for partner in states if "embassies" in document.small[slice(*sentence)] else states[:1]:
                yield report.contact("joint_event", partner, report.before)


def attended(report: Report) -> Iterator[Contact]:
    """Yield a film show, concert, exhibition or ceremony here that the staff of one state's embassy attends."""
    document, partner = report.document, only_state(report.document)
    first = leads(document)[-1]
    is_embassy = any(n.partner == partner and has_envoy(document, n) for n in foreign(document, report.sentence))
    if not is_embassy or not is_here(document, first) or report.holds("other_event", (0, first[1])):
        return
    second = next((s for s in document.body if s[0] >= first[1]), first)
    if report.holds("public_event", (first[0], second[1])):
        yield Contact("joint_event", partner, (first,), first, report.match.frame)


def _of_two(document: Document, sentence: Span) -> bool:
    """Return whether the home side and another state are named as a pair: "DPRK, Cuba", "between … and …"."""
    both = sorted([*document.home_in(sentence), *foreign(document, sentence)], key=lambda n: n.start)
    if len({n.partner == HOME for n in both}) == 1 or not both:
        return False
    pairs = [(one, other) for one, other in pairwise(both) if (one.partner == HOME) != (other.partner == HOME)]
    is_pair = any(_SIDE_BY_SIDE.fullmatch(document.text, one.end, other.start) for one, other in pairs)
    return is_pair or "between " in document.text[slice(*sentence)]


def call(report: Report) -> Iterator[Contact]:
    """Yield a call, by the way the frame goes: in, at our embassy abroad; out, at another's here; else by sides."""
    document, sentence = report.document, report.sentence
    match report.match.frame.direction:
        case "in":
            yield from _callers(report)
        case "out":
            yield from _call_of_ours(report)
        case _:
            arrives = "{ambassador}" in report.match.frame.form
            if is_here(document, sentence) and not (arrives and groups(document, sentence)):
                does = document.word_of("pay_call").search(document.small, *sentence)
                who = sentence[0], does.start() if does else report.match.words[0]
                yield from (report.contact("courtesy_call", n.partner, who) for n in foreign(document, sentence)[:1])


def _call_of_ours(report: Report) -> Iterator[Contact]:
    """Yield a call of condolence of ours at another state's embassy here; to send wreaths and mourn there is one."""
    document, who = report.document, report.before
    sends = report.holds("flowers", report.match.words)
    if sends and not report.holds("tribute_paid", (report.sentence[1], len(document.text))):
        return
    is_ours = state_of(document, who) == HOME
    for n in foreign(document, report.match.side2 or report.after)[:1]:
        is_embassy = has_envoy(document, n) or document.small.endswith("embassy of ", 0, n.start)
        if is_ours and is_embassy:
            yield report.contact("courtesy_call", n.partner, who)


def _callers(report: Report) -> Iterator[Contact]:
    """Yield a call of each who holds an office of his state or leads a party: "the ambassadors of Laos and Nepal"."""
    document, span = report.document, report.actor
    if report.is_open:  # "The Lao | ambassador to Peru said"
        span = span[0], max(span[1], report.match.words[1])
    counts = False
    for partner, place in parties(document, span):
        n = next((n for n in document.named_in(place) if n.partner == partner), None)
        if n and is_in(document, n):
            continue
        if n is None or not _is_bare(report, place, n):
            counts = _is_of_rank(report, place, n)
        if counts:
            yield report.contact("courtesy_call", partner, place)


def _is_bare(report: Report, place: Span, n: Mention) -> bool:
    """Return whether an item of a list is a state alone: "the ambassadors of Laos | and Cuba"."""
    text = report.document.text
    is_alone = _SAME_OFFICE.fullmatch(text, place[0], n.start) and _ITEM_ENDS.match(text, n.end, place[1])
    return n.role == "name" and bool(is_alone)


def _is_of_rank(report: Report, place: Span, n: Mention | None) -> bool:
    """Return whether an item of a list holds an office of its state, or leads a party, which counts in no long list."""
    document = report.document
    group = next(iter(groups(document, report.sentence, place)), None)
    if group and not _HEADED.search(document.text, group.noun[1], place[1]):
        return False
    opens = n is None or n.role != "name" or n.start - place[0] < len("the ")  # the office stands after the state
    if report.holds("caller_of_rank", (place[0], place[1] if opens or n is None else n.end)):
        return True
    has_post = next(document.lexicon.posts.offices(document.small, "en", *place), None)
    leads_party = document.pattern(_HEAD_OF_PARTY).search(document.text, *place)
    return not report.is_open and bool(has_post or leads_party)


def delegation(report: Report) -> Iterator[Contact | Rejected]:
    """Yield a delegation of another state that is here, as a sentence names it."""
    document, sentence = report.document, report.sentence
    for group in groups(document, sentence, (report.match.words[0], sentence[1]))[:1]:
        theirs = states_of(document, sentence, group)
        why_not = why_not_here(document, sentence, group) if theirs else ""
        if why_not:
            yield report.rejected(why_not, group.name)
        else:
            yield from (report.contact("delegation_in", partner, group.who) for partner in theirs)


def entourage(report: Report) -> Iterator[Contact]:
    """Yield a guest with his party: "They included Ana Example, minister of Laos, | and her party"."""
    document = report.document
    if is_here(document, report.sentence):
        for n in foreign(document, report.match.side1 or report.before)[-1:]:
            yield report.contact("delegation_in", n.partner, (n.start, n.end))


def present_abroad(report: Report) -> Iterator[Contact]:
    """Yield a group of the home side that is present where the leads are, in one other state."""
    document, sentence = report.document, report.sentence
    partner = only_state(document)
    home = document.pattern(HERE)
    is_at_home = any(home.search(document.small_unframed, *span) for span in (*leads(document), sentence))
    if not partner or is_at_home or "countries" in document.text[slice(*sentence)]:
        return
    for group in groups(document, sentence, report.after):
        if group.owner == HOME or _OF_KOREA.search(document.text, *group.name):
            yield report.contact("delegation_out", partner, group.who)
            return


def performers_abroad(report: Report) -> Iterator[Contact]:
    """Yield a group of the home side that performs in another state."""
    document, sentence = report.document, report.sentence
    group = next((each for each in groups(document, sentence, report.before) if each.owner == HOME), None)
    for n in foreign(document, (group.noun[1], sentence[1]))[:1] if group else ():
        is_there = _PLACE_DELEGATIONS.search(document.text, n.start - _PLACE_LENGTH, n.start)
        if group and is_there and not document.pattern(HERE).search(document.small, group.noun[1], n.start):
            yield report.contact("delegation_out", n.partner, group.who)
