"""The states that English and Spanish say a plain word of stance of, by prepositions and by what stands close.

A deed or a name is of those after "by", of those close before it, or of those after "of"; a blame falls on those that
the verb is about, in the passive on those before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Tone
from sunchi.signals.attention.incidental import is_place
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_CLOSE = 25  # characters between a state's name and what is called its own
_NEXT = 12  # characters from "by" to a state's name
_FAR = 80  # characters from a verb to whom it blames
# Japan | and who calls on it to reject the | aggression: the deed is another's
_TURNS = Pattern(r"\b(?:{oppose}|from|by|with|for|and|who|which)\b|[;:]")
_SUFFERS = {  # "aggression against the | DPRK", "anti-|DPRK", "pro-|U.S. traitors"; agresión contra | Cuba
    "en": re.compile(
        r"(?:\b(?:on|upon|against|towards?|to|from|in|over|out of) (?:the )?(?:territory of (?:the )?|\w+ )?"
        r"|[Aa]nti-|[Pp]ro-|\b(?:rights|sovereignty|interests) of (?:the )?)$"
    ),
    "es": re.compile(r"\b(?:contra|hacia|sobre|en|anti)(?: (?:el|la|los|las))? ?-?$", re.IGNORECASE),
}
_HARMED = Pattern(r"\b{harm} (?:[\w,-]+ ){0,3}$")  # for killing two fishermen of | China
_STRUCK = re.compile(r"\b(?:on|upon|against|towards?) (?:the )?$")  # "air raids on | Syria"
_BY = re.compile(r"[^.;,]{0,30}?\bby (?:the )?")  # "committed | by the | U.S."
# the vicious | policy of the | U.S.; the blockade of Cuba is not Cuba's
_OF = re.compile(r" (?!(?:of|in|to|on|against) )[^.;,]{1,30}? of (?:the )?")
_OF_WHOM = re.compile(r" of (?:the )?|" + _OF.pattern)  # but the atrocities | of the Israeli army are its own
# la agresión militar de | EE.UU.; las intrigas urdidas por | Japón; la agresión | israelí
_OF_ES = re.compile(r"(?: (?!contra|hacia|en|a|al|y|que)[\w'-]+){0,3}? (?:de|del|por)(?: (?:el|la|los))? | ")
# Named as the one to whom something is done, or after another preposition: no subject of the sentence
_NO_SUBJECT_ES = re.compile(r"\b(?:contra|en|a|por|con)(?: (?:el|la|los))? $", re.IGNORECASE)
_CRIME = Pattern("{crime}")  # "massacre"
_NEXT_TO = re.compile(r"(?:,? (?:that )?)?(?:the )?")  # puppet | Yoon; what farce | the U.S. may stage
_OPENS_CLAUSE = re.compile(r"\b(?:while|but) ")  # Laos sings | while | Japan goes on with its
_THEIR = re.compile(r"\b(?:their|its|his) (?:[\w'-]+ ){0,4}$")  # "their reckless | moves"
_OPPOSES = Pattern(r"\b{oppose}\b")  # "oppose"
_IS = re.compile(r"\b(?:came|is|are|was|were|be|been|being) (?:\w+ly )?$", re.IGNORECASE)  # "the U.S. | was | …"
_IS_ES = re.compile(r"\b(?:es|son|fue|fueron|ser) (?:\w+mente )?$")
_PASSIVE = re.compile(r" ?(?:of|for|in|by|as)\b|[-:;,]|\s*$")  # Japan Slammed | for Its Moves


def owners(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states whose deed or name a word is: those after "by", those close before it, or those after "of"."""
    if document.language == "es":
        return _owners_es(document, span, sentence, named)
    named = [n for n in named if not (document.opposes(n) or document.favors(n))]
    before = [n for n in named if n.start < span[1] and not _is_struck(document, n, span)]
    between = document.small[before[-1].end : span[0]] if before else ""
    is_close = bool(before) and len(between) <= _CLOSE and not document.pattern(_TURNS).search(between)
    of = _OF_WHOM if document.pattern(_CRIME).match(document.small, *span) else _OF
    found = (
        _after(_BY.match(document.text, span[1], sentence[1]), named, _NEXT)
        or (before[::-1] if is_close else [])
        or _after(_NEXT_TO.match(document.text, span[1]), named, 0)
        or _after(of.match(document.text, span[1], sentence[1]), named, _NEXT)
        or _subject(document, span, sentence, named)
    )
    return document.together(found)


def _owners_es(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return whose a deed or a name is: the state after "de" or "por", or the subject of the sentence."""
    of = _OF_ES.match(document.text, span[1], sentence[1])
    after = [n for n in named if of and n.start == of.end()]
    if after:
        return document.together([n for n in named if n.start >= after[0].start])
    before = [n for n in named if n.end <= span[0]]
    subject = [n for n in before if not _NO_SUBJECT_ES.search(document.text, max(0, n.start - 16), n.start)]
    home = document.home_in((sentence[0], span[0]))
    if not subject or any(n.start > subject[-1].start for n in home):
        return []
    if document.word_of("withstand").search(document.small, subject[-1].end, span[0]):  # Cuba lucha contra el | bloqueo
        return []
    return document.together(subject[::-1])


def _after(words: re.Match[str] | None, named: list[Mention], reach: int) -> list[Mention]:
    """Return the states that are named within reach after some words."""
    return [n for n in named if words and words.end() <= n.start <= words.end() + reach]


def _is_struck(document: Document, mention: Mention, span: Span) -> bool:
    """Return whether a deed goes against a state: "against the U.S.", not "against U.S. sanctions"."""
    is_object = _STRUCK.search(document.text, max(0, mention.start - 12), mention.start)
    return bool(is_object and document.text[mention.end : span[0]].strip(".'s "))


def _subject(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[Mention]:
    """Return the states that open the clause, if it goes on to say so of themselves: "Japan … its ambition"."""
    opens = [match.end() for match in _OPENS_CLAUSE.finditer(document.text, sentence[0], span[0])]
    start = opens[-1] if opens else sentence[0]
    before = [n for n in named if start <= n.start and n.end <= span[0] and not is_place(document, n)]
    home = document.home_in((start, span[0]))
    if not before or (home and home[0].start < before[0].start):
        return []
    between = (before[0].end, span[0])
    if not _THEIR.search(document.text, *between) or document.pattern(_OPPOSES).search(document.small, *between):
        return []
    return before


def blamed(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states that are blamed: those the verb is about, which in the passive stand before it."""
    if is_passive(document, span):
        return document.together([n for n in named if n.end <= span[0]])
    after = [n for n in named if 0 <= n.start - span[1] <= _FAR and not _is_harmed(document, n, span[1])]
    after = [n for n in after if document.text.endswith((" by ", " by the "), 0, n.start)] or after
    home = [n.start for n in document.home_in(sentence) if n.start >= span[1]]
    if document.text.startswith(" this", span[1]):  # "in protest against this, the Pakistani government"
        return []
    return [] if after and home and home[0] < after[0].start else document.together(after)


def _is_harmed(document: Document, mention: Mention, verb_end: int) -> bool:
    """Return whether a state after a verb of blame is named as the one that suffers a deed, or as where a city is."""
    before = (max(verb_end, mention.start - 30), mention.start)
    suffers = _SUFFERS[document.language].search(document.text, *before)
    return bool(suffers or document.pattern(_HARMED).search(document.text, *before) or is_place(document, mention))


def is_passive(document: Document, span: Span) -> bool:
    """Return whether a verb is passive: "is condemned", "is to blame"; in a headline "Japan Hit for"."""
    if document.language == "es":
        return bool(_IS_ES.search(document.text, max(0, span[0] - 20), span[0]))
    verb = document.small[slice(*span)]
    if verb == "blame":
        is_to = _IS.search(document.text, max(0, span[0] - 12), span[0] - 3) or span[0] < document.headline
        return bool(is_to) and document.small.endswith(" to ", 0, span[0])
    if not verb.endswith(("ed", "hit", "fire", "hit for")):
        return False
    if _IS.search(document.text, max(0, span[0] - 30), span[0]):
        return True
    is_headed = _PASSIVE.match(document.text, span[1], document.headline) or verb == "hit for"
    return span[0] < document.headline and bool(is_headed)


def suffers(document: Document, mention: Mention) -> bool:
    """Return whether a state is named as the one to whom something is done: an attack on Russia."""
    suffers = _SUFFERS.get(document.language)
    return bool(suffers and suffers.search(document.text, max(0, mention.start - 30), mention.start))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article from the plain words of it that were read."""

    subjects: set[str]  # the states that it is about
    accusing: set[str] = field(default_factory=set)  # those that blame others, or in which somebody does
    blamed: set[str] = field(default_factory=set)  # those of which something harsh is plainly said


def faintly(document: Document, span: Span, tone: Tone, sentence: Span, known: Known) -> list[str]:
    """Return the adversaries among the subjects that a harsh word can be about, though no grammar says so.

    It is about nobody if its sentence speaks of Pyongyang or is against the deed, nor in an article about a calamity.
    Else it is about those that the sentence names, or about the article's own subject where it names none. Who blames
    in such a sentence blames the rulers of his own state: in south Korea, unless it accuses others, whatever is blamed.
    """
    named = document.named_in(sentence)
    states = {n.partner for n in named}
    south = document.lexicon.standings.other_half  # the papers carry what its people say against those who rule them
    subjects = known.subjects & (document.lexicon.adversaries if tone.manner != "demand" else {south})
    subjects = subjects & known.blamed or subjects
    is_against_it = document.pattern(_OPPOSES).search(document.small, sentence[0], span[0])
    is_of_a_calamity = document.word_of("calamity").search(document.small, 0, document.headline)
    if not subjects or is_of_a_calamity or is_against_it or document.home_in(sentence):
        return []
    if named and tone.manner in ("blame", "demand"):  # who stands before it blames, unless it is his own rulers
        return list(states) if states <= subjects and states == {south} - known.accusing else []
    if named:
        before = [n for n in named if n.end <= span[0] and not suffers(document, n)]
        return document.together(before) if states <= subjects else []
    alone = (
        subjects if len(subjects) == 1 else {n.partner for n in document.named_in((0, document.headline))} & subjects
    )
    return list(alone) if len(alone) == 1 else []
