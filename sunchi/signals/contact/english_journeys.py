"""Who goes where, in English: visits of persons, delegations that come and go, and guests named by the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_report import STAFF, Group, Report, begin_of_person, end_of_name, groups
from sunchi.signals.grammar.english import HERE, destinations, goes_elsewhere, is_here, is_in, only_state, state_of
from sunchi.signals.grammar.english_parties import is_korea
from sunchi.signals.grammar.english_sides import without_introduction
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# All but the participles of a person's description: "Ri Example, elected … , based in"
OTHER_VERB = re.compile(r"\b(?:(?!headed|led\b|related|invited)[a-z]+ed|was|were|(?<!who )are|said|have|had)\b")
# "Kim Jong Un's successful | visit to China"; a noun
_OWNED = re.compile(r"(?:'s?|\b(?:his|her|its)) (?:(?!party)[\w-]+ ){0,3}(?:visit|tour)s?$")
_OWNER_LENGTH = 60  # characters before "visit" in which its owner may stand
# "head of the visiting delegation", "a group of officials, led by | the minister"
_OF_GROUP = Pattern(r"\bhead of (?:[\w'-]+ ){0,4}delegation\b|\b{group}\b[^,.;]*,? (?:led|headed) by\b")
_LIST = 1_000  # characters of a list of states


def journey(report: Report) -> Iterator[Contact | Rejected]:
    """Yield a visit, or a delegation that goes or comes, by whose the traveller is and where he goes."""
    if report.match.frame.direction == "in":
        yield from _guest(report)
        return
    if _is_no_journey(report):
        return
    document, sentence = report.document, report.sentence
    who = report.actor if report.actor != report.before else without_introduction(document, report.before)
    travelling = groups(document, sentence, who)
    for group in travelling:  # those of others are told of by their names
        if group.owner in ("", HOME):
            yield from _goes(report, "delegation_out", group.who, (group.name[1], sentence[1]))
    if travelling or OTHER_VERB.search(document.text, *who):
        return
    side, way = state_of(document, who), (report.match.words[0], sentence[1])
    if side == HOME and report.match.side2:
        yield from _goes(report, "visit", who, way)
    elif side not in ("", HOME):
        yield from _comes(report, side, who)


def _is_no_journey(report: Report) -> bool:
    """Return whether the words are a call, a wish, a visit that is only spoken of, or a headline's and not in one."""
    document, words, start = report.document, report.match.words, report.sentence[0]
    nearby = max(start, words[0] - len("courtesy ")), words[1]
    if start > document.headline and document.small[slice(*words)] in document.class_words("headline_verb"):
        return True
    if report.starts("visit", "tour") and _OWNED.search(document.small, max(start, words[0] - _OWNER_LENGTH), words[1]):
        return True
    return any(report.holds(each, nearby) for each in ("courtesy_call", "condolatory", "wish"))


def _goes(report: Report, kind: str, who: Span, way: Span) -> Iterator[Contact]:
    """Yield where one of the home side goes, by the headline if the lead only says to which meeting."""
    document = report.document
    headline = (0, document.headline if report.sentence in document.leads else 0)
    for partner in destinations(document, way) or destinations(document, headline):
        yield report.contact(kind, partner, who)


def _comes(report: Report, side: str, who: Span) -> Iterator[Contact | Rejected]:
    """Yield somebody of another state who comes here; what an embassy's staff visit here is an event of both."""
    if STAFF.search(report.document.small, *who):
        is_tribute = any(report.holds("shrine", lead) for lead in report.document.leads)
        if not (is_tribute or report.starts("here")):
            yield report.contact("joint_event", side, who)
        return
    is_group = report.holds("visitors", who)
    is_somebody = is_group or report.holds("dignitary", who)
    if is_somebody and not report.holds("embassy_or_mourning_place") and is_here(report.document, report.sentence):
        yield report.contact(_kind_of_guest(report, is_group=is_group), side, who)
    else:
        yield report.rejected("a move of somebody who is not said to be a person of rank, or to come here")


def _kind_of_guest(report: Report, *, is_group: bool) -> str:
    """Return whether guests are a delegation, or somebody on a visit."""
    document = report.document
    heads = document.pattern(_OF_GROUP)
    is_led = any(heads.search(document.small, *span) for span in ((0, document.headline), report.sentence))
    return "delegation_in" if is_group or is_led else "visit"


def _guest(report: Report) -> Iterator[Contact]:
    """Yield one who is here, as a sentence says by the way: "on a visit to the DPRK", "the visiting Lao minister"."""
    document, who = report.document, report.actor
    if who == report.before:
        named = document.foreign_in(who)[-1:]
        who = begin_of_person(document, who[0], named[0].start if named else who[1]), who[1]
        is_group = bool(groups(document, report.sentence, (who[0], report.sentence[1])))
    else:
        named = document.foreign_in(who)[:1]
        who = who[0], end_of_name(document, *who)
        is_group = report.holds("guests", who)
        is_somebody = is_group or report.holds("dignitary", report.after)
        is_home = document.home_in(who) or is_korea(document, who)
        if is_home or not is_somebody or not is_here(document, report.sentence):
            return
    partner = named[0].partner if named else only_state(document)
    yield report.contact(_kind_of_guest(report, is_group=is_group), partner, who)


def delegation_in(report: Report) -> Iterator[Contact | Rejected]:
    """Yield the delegations of other states that are here, as a sentence names them: "delegations of Laos and Cuba"."""
    document, sentence = report.document, report.sentence
    following = groups(document, sentence, (report.match.words[0], sentence[1]))
    if not following:
        return
    group = following[0]
    of = document.foreign_in((group.noun[1], group.name[1])) if document.small[group.noun[1] - 1] == "s" else []
    listed = document.together(document.foreign_in((of[0].start, min(of[0].start + _LIST, sentence[1])))) if of else []
    theirs = [each for each in dict.fromkeys([group.owner, *listed]) if each not in ("", HOME)]
    next_one = following[1].noun[0] if len(following) > 1 else sentence[1]
    why_not = _why_not_here(report, group, (group.name[1], next_one)) if theirs else ""
    if why_not:
        yield report.rejected(why_not, group.name)
    else:
        yield from (report.contact("delegation_in", partner, group.who) for partner in theirs)


def _why_not_here(report: Report, group: Group, own_words: Span) -> str:
    """Return why a delegation of another state is not one that came here; "" if it is."""
    document, sentence, here = report.document, report.sentence, report.document.pattern(HERE)
    if not is_here(document, sentence):
        return "a delegation, and nothing says that it came here or met Pyongyang's side"
    if goes_elsewhere(document, group.owner, own_words) or any(
        is_in(document, n) for n in document.foreign_in(own_words)
    ):
        return "a delegation that goes to another state, or is there"
    is_met = any(each.owner == HOME for each in groups(document, sentence))
    if is_met and not any(here.search(document.small, *span) for span in (sentence, document.leads[-1])):
        return "a delegation that Pyongyang's own met abroad"
    return ""


def delegation_out(report: Report) -> Iterator[Contact]:
    """Yield a group of the home side that performs in another state, or is present where the leads are."""
    document, is_open = report.document, report.match.frame.strength == "open"
    spans = *document.leads, report.sentence
    if any(document.pattern(HERE).search(document.small_unframed, *span) for span in spans):
        return
    partner = only_state(document) if is_open else state_of(document, report.after)
    present = groups(document, report.sentence, report.after if is_open else report.before)
    own = [group for group in present if group.owner == HOME or is_korea(document, group.name)]
    if partner not in ("", HOME):
        yield from (report.contact("delegation_out", partner, group.who) for group in own[:1])
