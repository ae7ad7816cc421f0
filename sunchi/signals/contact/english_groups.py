"""Delegations, troupes and other groups in English: whose one is, who leads it, and whether it came here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_span
from sunchi.signals.grammar.english import (
    HERE,
    foreign,
    goes_elsewhere,
    is_here,
    is_in,
    leads,
    names_a_korean,
    state_of,
)
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
# "The group is led by"
_IS_LED = re.compile(r"The (?:\w+ )?(?:group|delegation|troupe|party) (?:is|was) (?:led|headed) by ")
_VERB = Pattern(r"\b(?:{move}|visit(?:ed|s)?|pa(?:id|ys))\b")  # where the words about a leader end


def groups(document: Document, span: Span) -> Iterator[Span]:
    """Yield where the nouns of delegations and other groups stand."""
    return (noun.span() for noun in document.pattern(_GROUP).finditer(document.small, *span))


def names_group(document: Document, span: Span) -> bool:
    """Return whether a span names a delegation or another group."""
    return next(groups(document, span), None) is not None


def phrase(document: Document, sentence: Span, noun: Span) -> Span:
    """Return a delegation with the words that name its state: "a delegation of the Foreign Ministry of Vietnam"."""
    before = _PHRASE_BEGINS.match(document.small, sentence[0], noun[0])
    end = document.pattern(GROUP_ENDS).search(document.small, noun[1], sentence[1])
    return (before.end() if before else sentence[0]), (end.start() if end else sentence[1])


def with_head(document: Document, named: Span, sentence: Span) -> Span:
    """Return a delegation with its leader, up to the next comma."""
    led = _LED.match(document.text, named[1], sentence[1])
    end = document.pattern(GROUP_ENDS).search(document.small, led.end(), sentence[1]) if led else None
    return named[0], end.start() if end else named[1]


def owner_of(document: Document, named: Span, sentence: Span) -> str:
    """Return the state of a delegation; if its name is of none or of both ("DPRK-Russia"), the state of its leader."""
    led = _LED_LATER.match(document.text, named[1], sentence[1])
    name = (named[0], led.start("by")) if led else named
    if led is None or bool(foreign(document, name)) != bool(document.home_in(name)):
        return state_of(document, name) or _head_told_next(document, sentence)
    ends = (document.pattern(each).search(document.small, led.end(), sentence[1]) for each in (_GROUP, _VERB))
    head = led.end(), min([end.start() for end in ends if end], default=sentence[1])
    if names_a_korean(document, (led.end(), with_head(document, named, sentence)[1])):
        is_of_theirs = not foreign(document, name) and foreign(document, head) and not document.home_in(head)
        return state_of(document, head) if is_of_theirs else HOME  # "led by Kim Exam Ple, director of a firm of China"
    return state_of(document, head) or state_of(document, name)


def _head_told_next(document: Document, sentence: Span) -> str:
    """Return the state of a group that names none, by the leader whom the next sentence names."""
    after = next((s for s in document.sentences if s[0] >= sentence[1] and s[0] > document.headline), None)
    heads = _IS_LED.match(document.text, *after) if after and sentence == leads(document)[-1] else None
    return state_of(document, (heads.end(), after[1])) if heads and after else ""


def states_of(document: Document, sentence: Span, noun: Span, named: Span) -> list[str]:
    """Return the other states whose delegations a phrase names: "delegations of Laos and Cuba"."""
    side = owner_of(document, named, sentence)
    of = foreign(document, (noun[1], named[1])) if document.small[noun[1] - 1] == "s" else []
    listed = document.together(foreign(document, (of[0].start, sentence[1]))) if of else []
    return list(dict.fromkeys([*(() if side in (HOME, "") else (side,)), *listed]))


def why_not_here(document: Document, sentence: Span, noun: Span, named: Span) -> str:
    """Return why a delegation of another state is not one that came here; "" if it is."""
    side = owner_of(document, named, sentence)
    if side == HOME:
        return "" if _says_here(document, sentence) else "delegations of both sides, and nothing says where they met"
    if not is_here(document, sentence):
        return "a delegation, and nothing says that it came here or met Pyongyang's side"
    following = next(groups(document, (noun[1], sentence[1])), (sentence[1], sentence[1]))
    own_words = named[1], max(named[1], following[0])  # the next one's are not its
    if goes_elsewhere(document, side, own_words) or any(is_in(document, n) for n in foreign(document, own_words)[:1]):
        return "a delegation that goes to another state, or is there"
    if _says_here(document, sentence) or _says_here(document, leads(document)[-1]):
        return ""
    is_abroad = any(each != noun for each in _own_groups(document, sentence))
    return "a delegation that Pyongyang's own met abroad" if is_abroad else ""


@per_span
def _says_here(document: Document, span: Span) -> bool:
    """Return whether a span says that it tells of what took place at home."""
    return bool(document.pattern(HERE).search(document.text, *span))


@per_span
def _own_groups(document: Document, sentence: Span) -> list[Span]:
    """Return where a sentence names groups of the home side."""
    return [n for n in groups(document, sentence) if state_of(document, phrase(document, sentence, n)) == HOME]
