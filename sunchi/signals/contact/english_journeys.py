"""Who goes where, in English: visits of persons, delegations that come and go, and guests named by the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_report import (
    GROUP_ENDS,
    Group,
    Report,
    groups,
)
from sunchi.signals.grammar.english import (
    destinations,
    foreign,
    is_here,
    leads,
    only_state,
    state_of,
)
from sunchi.signals.grammar.english_sides import without_introduction
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# All but the participles of a person's description: "Ri Example, elected … , based in"
OTHER_VERB = re.compile(
    r"\b(?:(?!headed|led\b|accompanied|appointed|elected|based|related|located|entitled|called|invited|named)[a-z]+ed"
    r"|was|were|(?<!who )are|said|sent|gave|made|took|held|told|wrote|has|have|had)\b"
)
# "Kim Jong Un's successful | visit to China"; a noun
_OWNED = re.compile(
    r"(?:'s?|\b(?:his|her|their|its)) (?:(?!party|companion|entourage|embassy)[\w-]+ ){0,3}(?:visit|tour|trip)s?$"
)
_VISIT = re.compile(r"\bvisit(?:s|ing)?\b")
_OWNER_LENGTH = 60  # characters before "visit" in which its owner may stand
_CALL_LENGTH = len("courtesy ")  # characters before "visit" that make it a call, or a wish
# "head of the visiting delegation", "the delegation's"
_HEAD_OF_GROUP = re.compile(r"\bhead of (?:the |an? )?(?:[\w'-]+ ){0,3}delegation\b|\bdelegation's\b")
_LED_GROUP = Pattern(r"\b{group}\b[^,.;]*,? (?:led|headed) by\b")  # "a group of officials, led by | the minister"
# "was received by the | visiting minister"
_GUEST_BEGINS = re.compile(r".*\b(?:by|from|received|met|with|said|honou?r of) (?:the )?", re.DOTALL)
# "Lao embassy officials", "staff members of the Lao embassy"
_STAFF = re.compile(
    r"\bembassy (?:officials|staff|members)|\bmembers of the [\w ]*embassy\b(?! in\b)|\bembass(?:y|ies) here"
)


def journey(report: Report) -> Iterator[Contact | Rejected]:
    """Yield a visit, or a delegation that goes or comes, by whose the traveller is and where he goes."""
    if _is_no_journey(report):
        return
    document = report.document
    who = report.after if report.is_inverted else without_introduction(document, report.before)
    travelling = groups(document, report.sentence, who)
    if travelling:
        yield from _our_delegations(report, travelling)
    elif not OTHER_VERB.search(document.text, *who):
        side = state_of(document, who)
        if side == HOME and report.match.side2:
            is_group = _is_party(report) or report.holds("group", who)
            for partner in destinations(document, report.way) or _headed(report):
                yield report.contact("delegation_out" if is_group else "visit", partner, who)
        elif side not in ("", HOME):
            yield from _comes(report, side, who)


def _is_no_journey(report: Report) -> bool:
    """Return whether the words are a call, a wish, a visit that is only spoken of, or a headline's and not in one."""
    document, words, start = report.document, report.match.words, report.sentence[0]
    nearby = max(start, words[0] - _CALL_LENGTH), words[1]
    if any(report.holds(each, nearby) for each in ("courtesy_call", "condolatory", "wish")):
        return True
    if report.starts("visit", "tour", "trip") and _OWNED.search(
        document.small, max(start, words[0] - _OWNER_LENGTH), words[1]
    ):
        return True
    if report.starts("here"):  # it has to end the headline: "Lao Minister Here"
        return not report.is_headline or bool(document.text[slice(*report.after)].strip())
    return not report.is_headline and document.small[slice(*words)] in document.class_words("headline_verb")


def _headed(report: Report) -> list[str]:
    """Return where somebody goes whose lead only says to which meeting, by the headline: "… Leaves for Russia"."""
    document = report.document
    return destinations(document, (0, document.headline)) if report.sentence in leads(document) else []


def _our_delegations(report: Report, travelling: list[Group]) -> Iterator[Contact]:
    """Yield the delegations of the home side that a sentence sends; those of others are told of by their names."""
    document, sentence = report.document, report.sentence
    for group, following in zip_longest(travelling, travelling[1:]):
        if group.owner == HOME or (not group.owner and report.holds("travel", report.match.words)):
            end = following.noun[0] if following and report.is_inverted else sentence[1]
            for partner in destinations(document, (group.name[1], end)) or _headed(report):
                yield report.contact("delegation_out", partner, group.who)


def _is_party(report: Report) -> bool:
    """Return whether somebody goes with his party, and the sentence does not call it his visit."""
    return report.holds("entourage") and not _VISIT.search(report.document.small, *report.sentence)


def _comes(report: Report, side: str, who: Span) -> Iterator[Contact | Rejected]:
    """Yield somebody of another state who comes here; what an embassy's staff visit here is an event of both."""
    document, way = report.document, report.way
    if _STAFF.search(document.small, *who):
        if not report.holds("shrine", way) and not report.holds("embassy", way):
            yield report.contact("joint_event", side, who)
        return
    is_somebody = report.holds("dignitary", who) or report.holds("visitors", who)
    is_resident = report.holds("ambassador", who) or report.holds("embassy") or report.holds("mourning_place")
    if not is_somebody or is_resident or not is_here(document, report.sentence):
        yield report.rejected("a move of somebody who is not said to be a person of rank, or to come here")
        return
    is_group = (
        _is_party(report)
        or report.holds("visitors", who)
        or _HEAD_OF_GROUP.search(document.small, *report.sentence)
        or document.pattern(_LED_GROUP).search(document.small, *who)
    )
    yield report.contact("delegation_in" if is_group else "visit", side, who)


def guest(report: Report) -> Iterator[Contact]:
    """Yield one who is here, as a sentence says by the way: "on a visit to the DPRK", "the visiting Lao minister"."""
    document = report.document
    if report.is_inverted:
        end = document.pattern(GROUP_ENDS).search(document.small, *report.after)
        who = report.after[0], end.start() if end else report.after[1]
        named = foreign(document, report.after)[:1]
        is_group = report.holds("guests", who)
        is_somebody = is_group or report.holds("dignitary", who) or "visiting" not in report.match.frame.form
        is_ours = document.home_in(who)
        if is_ours or not is_somebody or not is_here(document, report.sentence):
            return
    else:
        start, end_of_name = report.before
        named = foreign(document, report.before)[-1:]
        begins = _GUEST_BEGINS.match(document.text, start, named[0].start if named else end_of_name)
        who = begins.end() if begins else start, end_of_name
        is_led = document.pattern(_LED_GROUP).search(document.small, start, who[0])
        heads = _HEAD_OF_GROUP.search(document.small, 0, report.sentence[1])
        is_group = bool(is_led or heads) or report.holds("group", (who[0], report.sentence[1]))
    partner = named[0].partner if named else only_state(document)
    if partner:
        yield report.contact("delegation_in" if is_group else "visit", partner, who)


def headed_visit(report: Report) -> Iterator[Contact]:
    """Yield the visit of our leader with which a headline begins, if it names no other state.

    After other words a visit is only spoken of: "Russian Newspaper on …'s Visit", "Anniversary of …'s Visit".
    """
    document = report.document
    leader = next((n for n in document.home_in(report.before) if n.role == "leader"), None)
    begins = leader and not document.text[report.sentence[0] : leader.start].strip()
    if leader and begins and report.is_headline and document.text.startswith("'s ", leader.end):
        for partner in destinations(document, report.sentence):
            if {n.partner for n in foreign(document, report.sentence)} == {partner}:
                yield report.contact("visit", partner, (leader.start, leader.end))
