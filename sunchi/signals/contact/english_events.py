"""What two sides do together, in English: receptions, papers that they sign, and events that are both's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sunchi.lexicon import HOME
from sunchi.signals.contact.english_groups import groups
from sunchi.signals.contact.english_report import Report
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import foreign, has_envoy, is_here, leads, only_state, state_of
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "hosted a reception for", "Guests from Laos Feted"
_IN_HONOUR = re.compile(r"\b(?:for|in honou?r of|with|feted|invit\w+)\b|\bFeted$")
_PLACE = re.compile(r"\s*(?:the )?([A-Z][\w-]+)(?: [A-Z][\w-]+)?")  # "Beijing", "Ulan Bator Hosts"
_SIDE_BY_SIDE = re.compile(r"(?:-| - |, | and |, and )(?:the )?")  # "Laos|-|DPRK", "Laos | and the | DPRK"


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
