"""The states that English and Spanish say a plain word of stance of, by prepositions and by what stands close.

A deed or a name is of those after "by", of those close before it, or of those after "of"; a blame falls on those that
the verb is about, in the passive on those before it.
"""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.attention.incidental import is_place
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_CLOSE = 25  # characters between a state's name and what is called its own
_NEXT = 12  # characters from "by" to a state's name
_FAR = 80  # characters from a verb to whom it blames
# Japan | and who calls on it to reject the | aggression: the deed is another's; Cuba lucha contra | el bloqueo
_TURNS = {
    "en": Pattern(r"\b(?:{oppose}|from|by|with|for|and|who|which)\b|[;:]"),
    "es": Pattern(r"\b(?:{withstand}|por|con|y|que)\b|[;:]", "es"),
}
_THE = r"(?:(?:the|el|la|los) )?"
# "committed | by the | U.S.", "las intrigas urdidas | por | Japón"
_BY = re.compile(rf"[^.;,]{{0,30}}?\b(?:by|por) {_THE}")
# the vicious | policy of the | U.S.; la agresión militar de | EE.UU.
_OF = re.compile(
    rf"(?: (?!(?:of|in|to|on|against) )[^.;,]{{1,30}}? of|(?: (?!contra|hacia|en|a|y|que)[\w'-]+){{0,3}}? del?) {_THE}"
)
_NEXT_TO = re.compile(rf"(?:,? (?:that )?)?{_THE}")  # puppet | Yoon; what farce | the U.S. may stage; agresión | rusa
_OF_WHOM = re.compile(r" of (?:the )?")  # the crimes | of the | U.S.; but the siege of Cuba is not Cuba's
_OPPOSES = Pattern(r"\b{oppose}\b")
# "aggression against the | DPRK", "killed 24 | Pakistani soldiers", "agresión contra | Cuba"
_SUFFERS = Pattern(
    r"\b(?:{harm}|on|upon|against|towards?|to|from|in|over|out of|(?:rights|sovereignty|interests) of"
    r"|contra|hacia|sobre) (?:(?:the|el|la|los) )?(?:territory of (?:the )?|\w+ )?$"
)
_OPENS_CLAUSE = re.compile(r"\b(?:while|but) ")  # Laos sings | while | Japan goes on with its
_THEIR = re.compile(r"\b(?:their|its|his|sus?) (?:[\w'-]+ ){0,4}$")  # "their reckless | moves"
# "the U.S. | was | …", "came | under fire"; in small letters
_IS = re.compile(r"\b(?:came|is|are|was|were|be|been|being|es|son|fue|fueron|ser) (?:\w+(?:ly|mente) )?$")
_PASSIVE = re.compile(r" ?(?:of|for|in|by|as)\b|[-:;,]|\s*$")  # Japan Slammed | for Its Moves


def owners(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states whose deed or name a word is: those after "by", those close before it, or those after "of"."""
    named = [n for n in named if not (document.opposes(n) or document.favors(n))]
    enemies = document.lexicon.adversaries | document.lexicon.standings.unrecognized
    before = [n for n in named if n.start < span[1] and (n.partner in enemies or not suffers(document, n))]
    between = document.small[before[-1].end : span[0]] if before else ""
    is_close = (
        bool(before) and len(between) <= _CLOSE and not document.pattern(_TURNS[document.language]).search(between)
    )
    found = (
        _after(_BY.match(document.text, span[1], sentence[1]), named, _NEXT)
        or (before[::-1] if is_close else [])
        or _after(_NEXT_TO.match(document.text, span[1]), named, 0)
        or _after(_OF.match(document.text, span[1], sentence[1]), named, _NEXT)
        or [n for n in _after(_OF_WHOM.match(document.text, span[1]), named, _NEXT) if n.partner in enemies]
        or _subject(document, span, sentence, named)
    )
    return document.together(found)


def _after(words: re.Match[str] | None, named: list[Mention], reach: int) -> list[Mention]:
    """Return the states that are named within reach after some words."""
    return [n for n in named if words and words.end() <= n.start <= words.end() + reach]


def _subject(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[Mention]:
    """Return the states that open the clause, if it goes on to say so of themselves: "Japan … its ambition"."""
    opens = [match.end() for match in _OPENS_CLAUSE.finditer(document.text, sentence[0], span[0])]
    start = opens[-1] if opens else sentence[0]
    before = [n for n in named if start <= n.start and n.end <= span[0] and not is_place(document, n)]
    home = document.home_in((start, span[0]))
    if not before or (home and home[0].start < before[0].start):
        return []
    between = (before[0].end, span[0])
    return before if _THEIR.search(document.text, *between) and not is_against(document, between) else []


def blamed(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states that are blamed: those the verb is about, which in the passive stand before it."""
    before = [n for n in named if n.end <= span[0]]
    if document.small.startswith(("should ", "must "), span[0]):  # the U.S. | must stop
        return document.together(before[::-1])
    if is_passive(document, span):
        return document.together(before)
    after = [n for n in named if 0 <= n.start - span[1] <= _FAR]
    after = [n for n in after if not (suffers(document, n) or is_place(document, n))]
    after = [n for n in after if document.text.endswith((" by ", " by the "), 0, n.start)] or after
    home = [n.start for n in document.home_in(sentence) if n.start >= span[1]]
    if document.text.startswith(" this", span[1]):  # "in protest against this, the Pakistani government"
        return []
    return [] if after and home and home[0] < after[0].start else document.together(after)


def is_passive(document: Document, span: Span) -> bool:
    """Return whether a verb is passive: "is condemned", "is to blame"; in a headline "Japan Hit for"."""
    verb, is_headed = document.small[slice(*span)], span[0] < document.headline
    if verb == "blame":
        is_to = is_headed or _IS.search(document.small, max(0, span[0] - 12), span[0] - 3)
        return bool(is_to) and document.small.endswith(" to ", 0, span[0])
    if not verb.endswith(("ed", "hit", "fire", "hit for", "por")):
        return False
    if _IS.search(document.small, max(0, span[0] - 30), span[0]):
        return True
    return is_headed and (verb == "hit for" or bool(_PASSIVE.match(document.text, span[1], document.headline)))


def suffers(document: Document, mention: Mention) -> bool:
    """Return whether a state is named as the one to whom something is done: an attack on Russia."""
    if document.opposes(mention) or document.favors(mention):
        return True
    return bool(document.pattern(_SUFFERS).search(document.text, max(0, mention.start - 30), mention.start))


def is_against(document: Document, span: Span) -> bool:
    """Return whether words say that somebody is against what stands after them: "foils the | plot"."""
    return bool(document.pattern(_OPPOSES).search(document.small, *span))
