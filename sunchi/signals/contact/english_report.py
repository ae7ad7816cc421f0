"""One sentence that a frame of contacts fits in English, with what its readers ask, and the groups that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import MOST_NAMED, Document, per_document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.english import state_of
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
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
_ANSWERS = re.compile(r"\b(?:answer to|answered) a question\b|\bsiguiente respuesta\b")
_NAME = 400  # characters before and after a group's noun in which its name and its leader's end


def told_first(document: Document) -> list[Span]:
    """Return the leads, and what an official's answer begins with if the lead only says that he gave one."""
    first = document.leads
    if not _ANSWERS.search(document.small, *first[-1]):
        return first
    return [*first, *[s for s in document.body if s[0] >= first[-1][1]][:1]]


@dataclass(frozen=True, slots=True)
class Report:
    """A frame of contacts that fits a sentence.

    A lead tells of one event, so its sides stand as far from the frame's words as the sentence reaches.
    """

    document: Document
    match: Match

    @property
    def sentence(self) -> Span:
        return self.match.sentence

    @property
    def before(self) -> Span:
        """The words of the sentence before the frame's."""
        return self.match.sentence[0], self.match.words[0]

    @property
    def after(self) -> Span:
        """The words of the sentence after the frame's."""
        return self.match.words[1], self.match.sentence[1]

    @property
    def actor(self) -> Span:
        """Where the first side stands: before the frame's words, after them ("Arriving here were"), or between them."""
        side = self.match.side1 or self.before
        if side[1] <= self.match.words[0]:
            return self.before
        return self.after if side[0] >= self.match.words[1] else side

    def starts(self, *words: str) -> bool:
        """Return whether the frame's words in the text begin with one of `words`, in small letters."""
        return self.document.small.startswith(words, self.match.words[0])

    def holds(self, name: str, span: Span | None = None) -> bool:
        """Return whether a word of a class stands in a span, else in the sentence."""
        return bool(self.document.word_of(name).search(self.document.small, *(span or self.sentence)))

    def contact(self, kind: str, partner: str, *who: Span) -> Contact:
        return Contact(kind, partner, who, self.sentence, self.match.frame)

    def rejected(self, why: str, span: Span | None = None) -> Rejected:
        return Rejected("contact", span or self.match.words, why, self.match.frame)


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
