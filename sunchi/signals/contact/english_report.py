"""One sentence that a frame of contacts fits in English, with what its readers ask, and the groups that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document, per_span
from sunchi.signals.frames import Match
from sunchi.signals.grammar.english import HERE, foreign, goes_elsewhere, is_here, is_in, leads, state_of
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "a song and dance ensemble", "a group of foreign tourists", "an orchestra led by"
_GROUP = Pattern(
    r"\b(?:{delegation}|(?<!parliamentary )friendship group|group of (?:\w+ )?tourists|(?<=visiting )orchestra"
    r"|(?:orchestra|flotilla)(?=[^,.]* (?:led|headed) by))\b"
)
# "a delegation of officials | led by", "| and an | …"
GROUP_ENDS = Pattern(
    r",| and an? | and (?:the )?(?:\w+ )?(?:ambassador|charge)|\.$|\n|$"
    r"| (?:{delegation_does}|on a|who|which|that|by|with|at|in|to|for|from|before|was|were|is|here|back)\b"
)
_LED = re.compile(r",? (?:led|headed) by ")  # "a delegation | led by | …"
_LED_LATER = re.compile(r"[^,.]{0,80}?(?P<by>,? (?:led|headed) by )")  # "a delegation | of the party of Laos headed by"
# "the minister met with | a delegation"
_PHRASE_BEGINS = re.compile(
    r".*(?:,|\b(?:met|meets?|receive[sd]|with|for|by|of|from|to|and|between|at|on|in|were|was)) ", re.DOTALL
)
_NAME = 400  # characters before and after a group's noun in which its name and its leader's end
_LIST = 1_000  # characters of a list of states
_VERB = Pattern(r"\b(?:{move}|visit(?:ed|s)?|pa(?:id|ys))\b")  # where the words about a leader end


@per_document
def _held(document: Document) -> dict[tuple[str, Span], bool]:
    """Return of which classes the sentences hold words, as far as it was asked: many frames may fit one sentence."""
    return {}


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
    def way(self) -> Span:
        """The frame's words, and those after them."""
        return self.match.words[0], self.match.sentence[1]

    @property
    def actor(self) -> Span:
        """Where the first side stands: before the frame's words, after them, or between them."""
        side = self.match.side1 or self.before
        if side[1] <= self.match.words[0]:
            return self.before
        return self.after if self.is_inverted else side

    @property
    def is_inverted(self) -> bool:
        """Whether the first side stands after the frame's words: "Arriving here were"."""
        return self.match.side1 is not None and self.match.side1[0] >= self.match.words[1]

    @property
    def is_open(self) -> bool:
        """Whether the frame only goes on with what was told before."""
        return self.match.frame.strength == "open"

    @property
    def is_later(self) -> bool:
        """Whether the sentence stands after the leads."""
        return self.match.sentence[0] > leads(self.document)[-1][0]

    @property
    def is_headline(self) -> bool:
        return self.match.sentence[0] < self.document.headline

    def starts(self, *words: str) -> bool:
        """Return whether the frame's words in the text begin with one of `words`, in small letters."""
        return self.document.small.startswith(words, self.match.words[0])

    def holds(self, name: str, span: Span | None = None) -> bool:
        """Return whether a word of a class stands in a span, else in the sentence."""
        if span is not None:
            return bool(self.document.word_of(name).search(self.document.small, *span))
        known = _held(self.document)
        key = name, self.sentence
        if key not in known:
            known[key] = self.holds(name, self.sentence)
        return known[key]

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
    is_named_ours: bool  # whether its name, without its leader's, is of the home side


def groups(document: Document, sentence: Span, span: Span | None = None) -> list[Group]:
    """Return the groups that a sentence names, in order; with `span`, those whose noun stands in that part of it."""
    start, end = span or sentence
    return [each for each in _groups_in(document, sentence) if start <= each.noun[0] and each.noun[1] <= end]


@per_span  # many frames may fit one sentence
def _groups_in(document: Document, sentence: Span) -> list[Group]:
    """Return the groups that a sentence names, in order."""
    nouns = document.pattern(_GROUP).finditer(document.small, *sentence)
    return [_group(document, sentence, noun.span()) for noun in nouns]


def _group(document: Document, sentence: Span, noun: Span) -> Group:
    near, far = max(sentence[0], noun[0] - _NAME), min(noun[1] + _NAME, sentence[1])
    before = _PHRASE_BEGINS.match(document.small, near, noun[0])
    end = document.pattern(GROUP_ENDS).search(document.small, noun[1], far)
    name = (before.end() if before else near), (end.start() if end else far)
    led = _LED.match(document.text, name[1], sentence[1])
    end = document.pattern(GROUP_ENDS).search(document.small, led.end(), sentence[1]) if led else None
    who = name[0], end.start() if end else name[1]
    is_named_ours = state_of(document, name) == HOME
    return Group(noun, name, who, _owner(document, sentence, name, who), is_named_ours)


def _owner(document: Document, sentence: Span, named: Span, who: Span) -> str:
    """Return the state of a delegation; if its name is of none or of both ("DPRK-Russia"), the state of its leader."""
    led = _LED_LATER.match(document.text, named[1], sentence[1])
    name = (named[0], led.start("by")) if led else named
    if led is None or bool(foreign(document, name)) != bool(document.home_in(name)):
        return state_of(document, name)
    far = min(led.end() + _NAME, sentence[1])
    ends = (document.pattern(each).search(document.small, led.end(), far) for each in (_GROUP, _VERB))
    head = led.end(), min([end.start() for end in ends if end], default=far)
    return state_of(document, head) or state_of(document, name)


def states_of(document: Document, sentence: Span, group: Group) -> list[str]:
    """Return the other states whose delegations a name tells of: "delegations of Laos and Cuba"."""
    is_plural = document.small[group.noun[1] - 1] == "s"
    of = foreign(document, (group.noun[1], group.name[1])) if is_plural else []
    listed = document.together(foreign(document, (of[0].start, min(of[0].start + _LIST, sentence[1])))) if of else []
    return list(dict.fromkeys([*(() if group.owner in (HOME, "") else (group.owner,)), *listed]))


@per_span
def _says_here(document: Document, span: Span) -> bool:
    """Return whether a span says that it tells of what took place at home."""
    return bool(document.pattern(HERE).search(document.small, *span))


def why_not_here(document: Document, sentence: Span, group: Group) -> str:
    """Return why a delegation of another state is not one that came here; "" if it is."""
    if group.owner == HOME:
        is_said = _says_here(document, sentence)
        return "" if is_said else "delegations of both sides, and nothing says where they met"
    if not is_here(document, sentence):
        return "a delegation, and nothing says that it came here or met Pyongyang's side"
    all_groups = groups(document, sentence)
    following = next((each.noun[0] for each in all_groups if each.noun[0] > group.noun[0]), sentence[1])
    own_words = group.name[1], max(group.name[1], following)  # the next one's are not its
    named = foreign(document, own_words)[:1]
    if goes_elsewhere(document, group.owner, own_words) or any(is_in(document, n) for n in named):
        return "a delegation that goes to another state, or is there"
    if _says_here(document, sentence) or _says_here(document, leads(document)[-1]):
        return ""
    is_abroad = any(each.is_named_ours for each in all_groups if each is not group)
    return "a delegation that Pyongyang's own met abroad" if is_abroad else ""
