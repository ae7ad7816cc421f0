"""The states that English says a plain word of stance of.

A deed or a name is of those after "by", of those close before it, or of those after "of"; a blame falls on those that
the verb is about, in the passive on those before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Tone
from sunchi.signals.attention.incidental import is_place
from sunchi.signals.document import Document
from sunchi.signals.grammar.speech import verb_of_speech
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_CLOSE = 25  # characters between a state's name and what is called its own
_NEXT = 12  # characters from "by" to a state's name
_FAR = 80  # characters from a verb to whom it blames
# Japan | and who calls on it to reject the | aggression: the deed is another's
_TURNS = Pattern(r"\b(?:{oppose}|from|by|with|for|call(?:s|ed)?|and|who|which|since|after|until|during)\b|[;:]")
# "aggression against the | DPRK", "anti-|DPRK"
_SUFFERS = re.compile(
    r"(?:\b(?:on|against|towards?|upon|to|from|in|over|out of) (?:the )?(?:territory of (?:the )?|\w+ )?|[Aa]nti-"
    r"|\b(?:rights|sovereignty|independence|integrity|interests) of (?:the )?)$"
)
_AND_WEST = re.compile(r"^\.? and (?:the |other )?[Ww]est(?:ern)?(?:'s| countries)?\b")  # who is no state
_HARMED = Pattern(r"\b{harm} (?:[\w,-]+ ){0,3}$")  # for killing two fishermen of | China
_CALAMITY = Pattern(r"\b{calamity}(?:e?s)?\b")  # "floods"
_STRUCK = re.compile(r"\b(?:on|against|upon|towards?) (?:the )?$")  # "air raids on | Syria"
_BY = re.compile(r"[^.;,]{0,30}?\bby (?:the )?")  # "committed | by the | U.S."
# the vicious | policy of the | U.S.; the blockade of Cuba is not Cuba's
_OF = re.compile(r" (?!(?:of|in|into|against|on|upon|over|with|to) )[^.;,]{1,30}? of (?:the )?")
_OF_WHOM = re.compile(r" of (?:the )?|" + _OF.pattern)  # but the atrocities | of the Israeli army are its own
_CRIME = Pattern("{crime}")  # "massacre"
_NEXT_TO = re.compile(r"(?:,? (?:that |which )?)?(?:the )?")  # puppet | Yoon; what farce | the U.S. may stage
_OPENS_CLAUSE = re.compile(r"\b(?:while|but|whereas|though) (?:the )?$")  # Laos sings while | Japan goes on with its
_THEIR = re.compile(r"\b(?:their|its|his) (?:[\w'-]+ ){0,4}$")  # "their reckless | moves"
_OPPOSES = Pattern(r"\b{oppose}\b")  # "oppose"
_AUTHORITIES = Pattern(r"\b(?:{authorities}|chongwadae|ruling)\b")  # "the ruling quarters"
# "the U.S. | was | …"
_IS = re.compile(r"\b(?:came|come|comes|is|are|was|were|be|been|being) (?:\w+ly )?$", re.IGNORECASE)
_PASSIVE = re.compile(r" ?(?:of|for|in|by|over|to|at|as)\b|[:;,]|-|\s*$")  # Japan Slammed | for Its Moves


def owners(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states whose deed or name a word is: those after "by", those close before it, or those after "of"."""
    named = [n for n in named if not document.opposes(n)]
    by = _BY.match(document.text, span[1], sentence[1])
    agents = [n for n in named if (by and by.end() <= n.start <= by.end() + _NEXT)]
    if agents:
        return document.together(agents)
    before = [n for n in named if n.start < span[1] and not _is_struck(document, n, span)]
    if before:
        between = _AND_WEST.sub("", document.text[before[-1].end : span[0]])
        if len(between) <= _CLOSE and not document.pattern(_TURNS).search(between.lower()):
            return document.together(before[::-1])
    next_to = _NEXT_TO.match(document.text, span[1])
    adjacent = [n for n in named if next_to and n.start == next_to.end()]
    after = _OF_WHOM if document.pattern(_CRIME).match(document.small, *span) else _OF
    of = after.match(document.text, span[1], sentence[1])
    owning = adjacent or [n for n in named if of and of.end() <= n.start <= of.end() + _NEXT]
    return document.together(owning or _subject(document, span, sentence, named))


def _is_struck(document: Document, mention: Mention, span: Span) -> bool:
    """Return whether a deed goes against a state: "against the U.S.", not "against U.S. sanctions"."""
    if not _STRUCK.search(document.text, max(0, mention.start - 12), mention.start):
        return False
    return bool(_AND_WEST.sub("", document.text[mention.end : span[0]]).strip(".'s "))


def _subject(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[Mention]:
    """Return the states that open the sentence, if it goes on to say so of themselves: "Japan … its ambition"."""
    before = [n for n in named if n.end <= span[0] and not is_place(document, n)]
    opens = [n for n in before if _OPENS_CLAUSE.search(document.text, max(sentence[0], n.start - 14), n.start)]
    before = [n for n in before if n.start >= opens[-1].start] if opens else before
    home = document.home_in((sentence[0], span[0]))
    if not before or (home and home[0].start < before[0].start):
        return []
    between = document.text[before[0].end : span[0]]
    if not _THEIR.search(between) or document.pattern(_OPPOSES).search(between.lower()):
        return []
    return before


def blamed(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states that are blamed: those the verb is about, which in the passive stand before it.

    Those who suffered the deed are not blamed for it.
    """
    if is_passive(document, span):
        return document.together([n for n in named if n.end <= span[0]])
    after = [n for n in named if 0 <= n.start - span[1] <= _FAR and not _is_harmed(document, n, span[1])]
    if document.text.startswith((" this ", " this,"), span[1]):  # "in protest against this, the Pakistani government"
        after = []
    by = [n for n in after if document.text.endswith((" by ", " by the "), 0, n.start)]
    after = by or after  # "the violation of Iran's airspace by the U.S."
    home = [n.start for n in document.home_in(sentence) if n.start >= span[1]]
    return [] if after and home and home[0] < after[0].start else document.together(after)


def _is_harmed(document: Document, mention: Mention, verb_end: int) -> bool:
    """Return whether a state after a verb of blame is named as the one that suffers a deed, or as where a city is."""
    return bool(
        _SUFFERS.search(document.text, max(verb_end, mention.start - 30), mention.start)
        or document.pattern(_HARMED).search(document.text, max(verb_end, mention.start - 40), mention.start)
        or is_place(document, mention)
    )


def is_passive(document: Document, span: Span) -> bool:
    """Return whether a verb is passive: "is condemned", "is to blame"; in a headline "Japan Hit for"."""
    verb = document.small[slice(*span)]
    if verb == "blame":
        return document.small.endswith(("is to ", "are to ", "was to ", "were to "), 0, span[0])
    if not verb.endswith(("ed", "hit", "fire", "hit for")):
        return False
    if _IS.search(document.text, max(0, span[0] - 30), span[0]):
        return True
    is_headline = span[0] < document.headline
    return is_headline and (verb == "hit for" or bool(_PASSIVE.match(document.text, span[1], document.headline)))


def suffers(document: Document, mention: Mention) -> bool:
    """Return whether a state is named as the one to whom something is done: an attack on Russia."""
    return bool(_SUFFERS.search(document.text, max(0, mention.start - 30), mention.start))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article from the plain words of it that were read."""

    subjects: set[str]  # the states that it is about
    accusing: set[str]  # those that blame others, or in which somebody does
    blamed: set[str]  # those of which something harsh is plainly said


def faintly(document: Document, span: Span, tone: Tone, sentence: Span, known: Known) -> list[str]:
    """Return the adversaries among the subjects that a harsh word can be about, though no grammar says so.

    It is about nobody if its sentence speaks of Pyongyang or is against the deed, nor in an article about a calamity.
    Else it is about those that the sentence names, if they neither suffer nor speak, or about the article's own subject
    where it names none. Who blames in such a sentence blames the rulers of his own state: in south Korea, unless it
    accuses others, whatever is blamed.
    """
    named = document.named_in(sentence)
    south = document.lexicon.standings.other_half  # the papers carry what its people say against those who rule them
    subjects = known.subjects & (document.lexicon.adversaries if tone.manner != "demand" else {south})
    is_of_rulers = south in subjects and not named and document.pattern(_AUTHORITIES).search(document.small, *sentence)
    subjects = {south} if is_of_rulers else subjects & known.blamed or subjects
    is_of_a_calamity = document.pattern(_CALAMITY).search(document.small, 0, document.headline)
    if not subjects or is_of_a_calamity or _is_ours(document, span, sentence):
        return []
    if named and tone.manner in ("blame", "demand"):  # who stands before it blames, unless it is his own rulers
        own = {n.partner for n in named}
        return list(own) if own <= subjects and own == {south} - known.accusing else []
    if named:
        before = [n for n in named if n.end <= span[0] and not document.opposes(n) and not is_place(document, n)]
        before = [n for n in before if not suffers(document, n)]
        before = [n for n in before if not verb_of_speech(document).search(document.text, n.end, span[0])]
        return document.together(before) if before and {n.partner for n in named} <= subjects else []
    in_headline = {n.partner for n in document.named_in((0, document.headline))} & subjects
    alone = subjects if len(subjects) == 1 else in_headline
    return list(alone) if len(alone) == 1 else []


def _is_ours(document: Document, span: Span, sentence: Span) -> bool:
    """Return whether the sentence speaks of the home side, or of what is done against the deed."""
    return bool(document.home_in(sentence) or document.pattern(_OPPOSES).search(document.small, sentence[0], span[0]))
