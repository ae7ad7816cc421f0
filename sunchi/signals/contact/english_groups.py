"""The delegations and other groups that an English sentence names, and where the names of those who take part end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import MOST_NAMED, Document, per_document
from sunchi.signals.frames import matches
from sunchi.signals.grammar.english import state_of
from sunchi.text import Span

# "a group of foreign tourists"; and no "parliamentary friendship group"
_GROUP = Pattern(r"\b(?:{any_group}|group of (?:\w+ )?tourists)\b(?<!parliamentary friendship group)")
# "a delegation of officials | led by"
_GROUP_ENDS = Pattern(
    r",| and an? |$| (?:{delegation_does}|on a|who|that|by|with|at|in|to|for|from|was|were|is|here|back)\b"
)
# "Lao embassy officials", "staff members of the Lao embassy"
STAFF = re.compile(
    r"\bembassy (?:officials|staff)|\bmembers of the [\w ]*(?:embassy\b(?! in\b)|consul)|\bembass\w+ here"
)
# "a delegation | of the party of Laos headed by"
_LED = re.compile(r"[^,.]{0,80}?(?P<by>,? (?:led by|headed by|made up of|consisting of) )")
# "led by | Ana Example, president of a union of Peru | visited"
_LEADER = Pattern(r".*?(?=\b(?:{any_group}|{move}|visit(?:ed|s)?|paid)\b|$)")
# "the minister met with | a delegation"
_PHRASE_BEGINS = re.compile(
    r".*(?:,|\b(?:met|meets?|receive[sd]|with|for|by|of|from|to|and|between|at|on|in|were|was)) ", re.DOTALL
)
# "met and had a talk with | the minister of Laos, and his party", "was received by the | visiting minister"
_PERSON_BEGINS = re.compile(
    r".*(?:\b(?:met|meets?|receive[sd]|said|talks? with|by|for(?= the )|from(?! the [A-Z])|honou?r of|included?|were"
    r"|side)|,(?: and)?(?= [A-Z][\w-]+ [A-Z][\w-]+,)) (?:the )?",
    re.DOTALL,
)
# "paid an official visit", "visited the tower", and no "left here to visit"
_VISIT = re.compile(r"\b(?:an?|his|her|their|official|goodwill|dprk) visit\b|\b(?:visit|tour)ed\b|\bhomage\b")
_NAME = 400  # characters before and after a group's noun in which its name and its leader's end


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
    if _VISIT.search(document.small, *sentence):  # of a person: his party is not told of for itself
        nouns = [noun for noun in nouns if not document.word_of("entourage").match(document.small, noun[0])]
    return [_group(document, sentence, noun) for noun in nouns]


def _group(document: Document, sentence: Span, noun: Span) -> Group:
    near, far = max(sentence[0], noun[0] - _NAME), min(noun[1] + _NAME, sentence[1])
    if document.word_of("entourage").match(document.small, noun[0]):
        who = begin_of_person(document, near, noun[0]), noun[1]
        both = sorted([*document.home_in(who), *document.foreign_in(who)], key=lambda n: n.start)
        after = noun[1], end_of_name(document, noun[1], sentence[1])  # "and their parties | of south Korea"
        return Group(noun, noun, who, both[-1].partner if both else state_of(document, after))
    before = _PHRASE_BEGINS.match(document.small, near, noun[0])
    name = (before.end() if before else near), end_of_name(document, noun[1], far)
    led = _LED.match(document.text, name[1], sentence[1])
    if led is None:
        return Group(noun, name, name, state_of(document, name))
    who = name[0], end_of_name(document, led.end(), sentence[1])
    leader = document.pattern(_LEADER).match(document.small, led.end(), min(led.end() + _NAME, sentence[1]))
    owner = state_of(document, (name[0], led.start("by")))
    return Group(noun, name, who, owner or (state_of(document, leader.span()) if leader else ""))


def begin_of_person(document: Document, near: int, end: int) -> int:
    """Return where the name of somebody of whom a sentence speaks before `end` begins."""
    begins = _PERSON_BEGINS.match(document.text, near, end)
    return begins.end() if begins else near


def end_of_name(document: Document, start: int, far: int) -> int:
    """Return where the name of a group or a guest ends that has begun at `start`."""
    end = document.pattern(_GROUP_ENDS).search(document.small, start, far)
    return end.start() if end else far


@per_document
def tells_of_our_mission(document: Document) -> bool:
    """Return whether the leads tell of an embassy of ours abroad: a delegation in them has called there, not come."""
    told = (match.frame for match in matches(document, "contact", document.leads))
    return any(frame.code == "courtesy_call" and frame.direction == "in" and frame.strength != "open" for frame in told)
