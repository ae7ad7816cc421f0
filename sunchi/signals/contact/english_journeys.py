"""Who goes where, in English: visits of persons, guests named by the way, delegations and other groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.people import LEADERS, ranks
from sunchi.signals.contact.report import OTHER_VERB, Report
from sunchi.signals.document import MOST_NAMED, Document, per_document
from sunchi.signals.frames import matches
from sunchi.signals.grammar.english import HERE, destinations, is_here, only_state, state_of
from sunchi.signals.grammar.english_parties import is_korea, without_introduction
from sunchi.signals.grammar.word_order import is_place
from sunchi.signals.rationale import Contact
from sunchi.text import Span

# "a group of foreign tourists", "delegations from | Laos"; and no "parliamentary friendship group"
_GROUP = Pattern(r"\b(?:{any_group}|group of (?:\w+ )?tourists)\b(?<!parliamentary friendship group)(?: from\b)?")
# "a delegation of officials | led by"
_GROUP_ENDS = Pattern(r",| and an? | {name_ends}\b")
# "Lao embassy officials", "staff members of the Lao embassy"
STAFF = re.compile(r"\bembassy (?:officials|staff)|\bmembers of the [\w ]*embassy\b(?! in\b)")
# "a delegation | of the party of Laos headed by"
_LED = re.compile(r"[^,.]{0,80}?,? (?:led by|headed by|consisting of) ")
# "Present there were from the Lao side the governor and his | party"
_OF_SIDE = re.compile(r"(?s).*\bfrom (?P<whose>[^,.]{2,40}?) side\b")
# "led by | Ana Example, president of a union of Peru | visited"
_LEADER_ENDS = Pattern(r"\b(?:{any_group}|{move}|visit(?:ed|s)?)\b")
# "the minister met with | a delegation"
_BEGINS = re.compile(
    r"(?s).*(?:,|\b(?i:meets?|met|visit\w*|receive[sd]|with|for|by|of|from|to|and|between|on|that|were|was|include)) "
)
# "met and had a talk with | the minister of Laos, and his party", "was received by the | visiting minister"
_PERSON_BEGINS = re.compile(
    r".*(?:\b(?:met|meets?|receive[sd]|talks? with|by|for(?= the )|from(?! the [A-Z])|honou?r of|included|were"
    r"|side)|,(?: and)?(?= [A-Z][\w-]+ [A-Z][\w-]+,)) (?:the )?",
    re.DOTALL,
)
# "paid an official visit", "visited the tower", and no "left here to visit"
_VISIT = re.compile(r"\b(?:(?:official|goodwill|dprk) visit|visited|toured)\b")
_NAME = 400  # characters before and after a group's noun in which its name and its leader's end
# "Kim Jong Un's successful | visit to China"; a noun
_OWNED = re.compile(r"(?:'s?|\bhis) (?:[\w-]+ ){0,3}visits?$")


def journey(report: Report) -> Iterator[Contact]:
    """Yield a visit, or a delegation that goes or comes, by whose the traveller is and where he goes."""
    document, sentence, (begin, end) = report.document, report.sentence, report.words
    if report.frame.direction == "in":
        is_over = report.holds("success", (max(sentence[0], begin - len("the successful ")), begin))
        yield from () if is_over else _guest(report)
        return
    is_noun = document.small.startswith("visit", begin) and _OWNED.search(document.small, sentence[0], end)
    if is_noun or report.holds("no_journey", (max(sentence[0], begin - len("courtesy ")), end)):
        return
    who = without_introduction(document, report.actor)
    travelling = groups(document, sentence, who)
    for group in travelling:  # those of others are told of by their names
        goes = [report.words, (group.name[1], sentence[1])]  # "leaving to visit Laos was | a delegation"
        there = _destinations(report, *goes) if group.owner in ("", HOME) else []
        yield from (report.contact("delegation_out", partner, group.who) for partner in there)
    if travelling or OTHER_VERB.search(document.text, *report.actor):
        return
    side = state_of(document, who)
    if side == HOME and report.match.side2 and not groups(document, sentence, report.after):
        yield from (report.contact("visit", partner, who) for partner in _destinations(report, (begin, sentence[1])))
    elif side not in ("", HOME):
        yield from _comes(report, side, who)


def _destinations(report: Report, *spans: Span) -> list[str]:
    """Return where somebody goes, by the headline if the lead only says to which meeting."""
    document = report.document
    headline = (0, document.headline if report.sentence in document.leads else 0)
    return next(filter(None, (destinations(document, span) for span in (*spans, headline))), [])


def _comes(report: Report, side: str, who: Span) -> Iterator[Contact]:
    """Yield somebody of another state who comes here; an embassy's staff are here, and who calls at ours is not."""
    document, is_group = report.document, report.holds("visitors", who)
    is_somebody = (is_group or report.holds("dignitary", who)) and not STAFF.search(document.small, *who)
    is_away = report.holds("embassy_or_mourning_place") or tells_of_our_mission(document)
    if is_somebody and not is_away and is_here(document, report.sentence):
        yield report.contact(_kind_of_guest(report, is_group=is_group), side, who)


def _kind_of_guest(report: Report, *, is_group: bool) -> str:
    """Return whether guests are a delegation, or somebody on a visit."""
    is_led = report.holds("delegation") or report.holds("delegation", (0, report.document.headline))
    return "delegation_in" if is_group or is_led else "visit"


def _guest(report: Report) -> Iterator[Contact]:
    """Yield one who is here, as a sentence says by the way: "on a visit to the DPRK", "the visiting Lao minister"."""
    document, (start, end) = report.document, report.actor
    named, follows = document.foreign_in((start, end)), report.actor != report.before
    n = named[-1] if named else None
    if follows:
        who = start, end_of_name(document, start, end)
    else:
        who = begin_of_name(document, _PERSON_BEGINS, start, n.start if n else end), end
    is_group = bool(groups(document, report.sentence, (who[0], report.sentence[1])))
    is_somebody = (is_group or report.holds("dignitary", report.actor)) and is_here(document, report.sentence)
    if not follows or (is_somebody and not is_korea(document, who)):
        yield report.contact(_kind_of_guest(report, is_group=is_group), n.partner if n else only_state(document), who)


def delegation_in(report: Report) -> Iterator[Contact]:
    """Yield the delegations of other states that are here, as a sentence names them: "delegations of Laos and Cuba"."""
    document, sentence = report.document, report.sentence
    following = groups(document, sentence, (report.words[0], sentence[1]))
    if not following or tells_of_our_mission(document):
        return
    group = following[0]
    are_many = document.small.endswith(("s", "s from"), *group.noun)
    are_listed = are_many and document.foreign_in((group.noun[1], group.name[1]))
    listed = document.together(document.foreign_in((group.noun[1], sentence[1]))) if are_listed else []
    theirs = [each for each in dict.fromkeys([group.owner, *listed]) if each not in ("", HOME)]
    predicate = group.name[1], next((other.noun[0] for other in following[1:]), sentence[1])
    is_there = any(is_place(document, n) for n in document.foreign_in(predicate))
    goes_elsewhere = any(host != group.owner for host in destinations(document, predicate))
    is_met = any(each.owner == HOME for each in groups(document, sentence))
    if is_here(document, sentence) and not (is_there or goes_elsewhere or (is_met and not _says_here(report))):
        yield from (report.contact("delegation_in", partner, group.who) for partner in theirs)


def delegation_out(report: Report) -> Iterator[Contact]:
    """Yield a group of the home side that performs in another state, or is present where the leads are."""
    document = report.document
    own = [group for group in groups(document, report.sentence, report.actor) if group.owner == HOME]
    if own and not _says_here(report):
        yield report.contact("delegation_out", only_state(document), own[0].who)


def _says_here(report: Report) -> bool:
    """Return whether a sentence or the lead says that what it tells of took place here."""
    here, spans = report.document.pattern(HERE), (report.sentence, report.document.leads[-1])
    return any(here.search(report.document.small_unframed, *span) for span in spans)


@dataclass(frozen=True, slots=True)
class Group:
    """A delegation or another group that a sentence names."""

    noun: Span
    name: Span  # the noun with the words that name its state: "a delegation of the Foreign Ministry of Vietnam"
    who: Span  # the name with its leader
    owner: str  # its state, HOME or another; "" where nobody says


def groups(document: Document, sentence: Span, span: Span | None = None) -> list[Group]:
    """Return the groups that a sentence names, in order; with `span`, those whose noun stands in that part of it."""
    start, end = span or sentence
    return [each for each in _groups_in(document, sentence) if start <= each.noun[0] and each.noun[1] <= end]


@per_document  # many frames may fit one sentence
def _groups_in(document: Document, sentence: Span) -> list[Group]:
    """Return the groups that a sentence names, in order, as far as MOST_NAMED."""
    found = document.pattern(_GROUP).finditer(document.small, *sentence)
    nouns = [noun.span() for noun in islice(found, MOST_NAMED)]
    named = [_group(document, sentence, noun) for noun in nouns]
    is_visit = _VISIT.search(document.small, *sentence)
    return [each for each in named if not (is_visit and _is_party_of_head(document, each.name))]


def _is_party_of_head(document: Document, name: Span) -> bool:
    """Return whether a party is that of a head of state or government or of a foreign minister, whose visit it is."""
    offices = document.lexicon.posts.offices(document.small, "en", *name)
    is_head = any(document.word_of("pays_official_visit").match(document.small, office.start()) for office in offices)
    return is_head or LEADERS in ranks(document, name, document.all_in(name))


def _group(document: Document, sentence: Span, noun: Span) -> Group:
    near, far = max(sentence[0], noun[0] - _NAME), min(noun[1] + _NAME, sentence[1])
    is_party = document.word_of("entourage").match(document.small, noun[0])
    begins = _PERSON_BEGINS if is_party else _BEGINS
    name = begin_of_name(document, begins, near, noun[0]), end_of_name(document, noun[1], far)
    led = _LED.match(document.text, name[1], sentence[1])
    who, leader = name, name
    if led:
        who = name[0], end_of_name(document, led.end(), sentence[1])
        leader = name[0], end_of_name(document, led.end(), min(led.end() + _NAME, sentence[1]), _LEADER_ENDS)
    owner = state_of(document, leader)
    is_by_post = is_party and document.text[name[0]].islower()  # "Present there were | the governor and his party"
    if not owner and ((side := _OF_SIDE.match(document.text, sentence[0], noun[0])) or is_by_post):
        owner = state_of(document, side.span("whose") if side else name) or only_state(document)
    return Group(noun, name, who, owner)


def begin_of_name(document: Document, begins: re.Pattern[str], near: int, end: int) -> int:
    """Return where the name of a group or a person that reaches to `end` begins, by what stands before such a name."""
    before = begins.match(document.text, near, end)
    return before.end() if before else near


def end_of_name(document: Document, start: int, far: int, ends: Pattern = _GROUP_ENDS) -> int:
    """Return where the name of a group, a guest or a leader ends that has begun at `start`."""
    end = document.pattern(ends).search(document.small, start, far)
    return end.start() if end else far


@per_document
def tells_of_our_mission(document: Document) -> bool:
    """Return whether the leads tell of an embassy of ours abroad: a delegation in them has called there, not come."""
    told = (match.frame for match in matches(document, "contact", document.leads))
    return any(frame.code == "courtesy_call" and frame.direction == "in" and frame.strength != "open" for frame in told)
