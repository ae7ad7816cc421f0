"""Who goes where, in English: visits of persons, delegations that come and go, and guests named by the way."""

from __future__ import annotations

import re

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.clauses import Told
from sunchi.signals.contact.english_groups import STAFF, begin_of_person, end_of_name, groups, tells_of_our_mission
from sunchi.signals.contact.report import OTHER_VERB, Report
from sunchi.signals.grammar.english import HERE, destinations, goes_elsewhere, is_here, is_in, only_state, state_of
from sunchi.signals.grammar.english_parties import is_korea
from sunchi.signals.grammar.english_sides import without_introduction
from sunchi.text import Span

# "Kim Jong Un's successful | visit to China"; a noun
_OWNED = re.compile(r"(?:'s?|\b(?:his|her|its)) (?:(?!party)[\w-]+ ){0,3}(?:visit|tour)s?$")
# "head of the visiting delegation", "a group of officials, led by | the minister"
_OF_GROUP = Pattern(r"\bhead of (?:[\w'-]+ ){0,4}delegation\b|\b{group}\b[^,.;]*,? (?:led|headed) by\b")


def journey(report: Report) -> Told:
    """Yield a visit, or a delegation that goes or comes, by whose the traveller is and where he goes."""
    if report.frame.direction == "in":
        yield from _guest(report)
        return
    if _is_no_journey(report):
        return
    document, sentence = report.document, report.sentence
    who = without_introduction(document, report.actor)
    travelling = groups(document, sentence, who)
    for group in travelling:  # those of others are told of by their names
        there = _destinations(report, group.name[1]) if group.owner in ("", HOME) else []
        yield from (report.contact("delegation_out", partner, group.who) for partner in there)
    if travelling or OTHER_VERB.search(document.text, *who):
        return
    side = state_of(document, who)
    if side == HOME and report.match.side2:
        yield from (report.contact("visit", partner, who) for partner in _destinations(report, report.words[0]))
    elif side not in ("", HOME):
        yield from _comes(report, side, who)


def _destinations(report: Report, start: int) -> list[str]:
    """Return where somebody goes, by the headline if the lead only says to which meeting."""
    document, sentence = report.document, report.sentence
    headline = (0, document.headline if sentence in document.leads else 0)
    return destinations(document, (start, sentence[1])) or destinations(document, headline)


def _is_no_journey(report: Report) -> bool:
    """Return whether the words are a call or a wish, or a visit that is only spoken of."""
    start, (begin, end) = report.sentence[0], report.words
    if report.document.small.startswith(("visit", "tour"), begin) and _OWNED.search(report.document.small, start, end):
        return True
    nearby = max(start, begin - len("courtesy ")), end
    return any(report.holds(each, nearby) for each in ("courtesy_call", "condolatory", "wish"))


def _comes(report: Report, side: str, who: Span) -> Told:
    """Yield somebody of another state who comes here; what an embassy's staff visit here is an event of both."""
    if STAFF.search(report.document.small, *who):
        if report.match.side2 and not any(report.holds("shrine", lead) for lead in report.document.leads):
            yield report.contact("joint_event", side, who)
        return
    is_group = report.holds("visitors", who)
    is_somebody = is_group or report.holds("dignitary", who)
    if is_somebody and not report.holds("embassy_or_mourning_place") and is_here(report.document, report.sentence):
        yield report.contact(_kind_of_guest(report, is_group=is_group), side, who)
    else:
        yield report.no_contact("a move of somebody who is not said to be a person of rank, or to come here")


def _kind_of_guest(report: Report, *, is_group: bool) -> str:
    """Return whether guests are a delegation, or somebody on a visit."""
    document = report.document
    heads = document.pattern(_OF_GROUP)
    is_led = any(heads.search(document.small, *span) for span in ((0, document.headline), report.sentence))
    return "delegation_in" if is_group or is_led else "visit"


def _guest(report: Report) -> Told:
    """Yield one who is here, as a sentence says by the way: "on a visit to the DPRK", "the visiting Lao minister"."""
    document, (start, end) = report.document, report.actor
    named, follows = document.foreign_in((start, end)), report.actor != report.before
    n = named[0 if follows else -1] if named else None
    if follows:
        who = start, end_of_name(document, start, end)
    else:
        who = begin_of_person(document, start, n.start if n else end), end
    is_group = bool(groups(document, report.sentence, (who[0], report.sentence[1])))
    is_home = document.home_in(who) or is_korea(document, who)
    is_somebody = (is_group or report.holds("dignitary", report.actor)) and is_here(document, report.sentence)
    if not follows or (is_somebody and not is_home):
        yield report.contact(_kind_of_guest(report, is_group=is_group), n.partner if n else only_state(document), who)


def delegation_in(report: Report) -> Told:
    """Yield the delegations of other states that are here, as a sentence names them: "delegations of Laos and Cuba"."""
    document, sentence = report.document, report.sentence
    following = groups(document, sentence, (report.words[0], sentence[1]))
    if not following or tells_of_our_mission(document):
        return
    group = following[0]
    are_listed = document.small[group.noun[1] - 1] == "s" and document.foreign_in((group.noun[1], group.name[1]))
    listed = document.together(document.foreign_in((group.noun[1], sentence[1]))) if are_listed else []
    theirs = [each for each in dict.fromkeys([group.owner, *listed]) if each not in ("", HOME)]
    if not theirs:
        return
    predicate = group.name[1], next((other.noun[0] for other in following[1:]), sentence[1])
    is_there = any(is_in(document, n) for n in document.foreign_in(predicate))
    is_met = any(each.owner == HOME for each in groups(document, sentence))
    here = document.pattern(HERE)
    if not is_here(document, sentence):
        yield report.no_contact("a delegation, and nothing says that it came here or met Pyongyang's side", group.name)
    elif is_there or goes_elsewhere(document, group.owner, predicate):
        yield report.no_contact("a delegation that goes to another state, or is there", group.name)
    elif is_met and not any(here.search(document.small, *span) for span in (sentence, document.leads[-1])):
        yield report.no_contact("a delegation that Pyongyang's own met abroad", group.name)
    else:
        yield from (report.contact("delegation_in", partner, group.who) for partner in theirs)


def delegation_out(report: Report) -> Told:
    """Yield a group of the home side that performs in another state, or is present where the leads are."""
    document, is_open = report.document, report.frame.strength == "open"
    spans = *document.leads, report.sentence
    if any(document.pattern(HERE).search(document.small_unframed, *span) for span in spans):
        return
    partner = only_state(document) if is_open else state_of(document, report.after)
    present = groups(document, report.sentence, report.after if is_open else report.before)
    own = [group for group in present if group.owner == HOME or is_korea(document, group.name)]
    if partner not in ("", HOME):
        yield from (report.contact("delegation_out", partner, group.who) for group in own[:1])
