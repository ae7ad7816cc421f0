"""Of whom English says a plain word of stance.

A deed or a name is of those after "by", of those close before it, or of those after "of"; a blame falls on those that
the verb is about, in the passive those before it.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from sunchi.lexicon.voices import Tone
from sunchi.signals.attention.incidental import is_place
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.speech import verb_of_speech
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_CLOSE = 25  # characters between a state's name and what is called its own
_NEXT = 12  # characters from "by" to a state's name
_FAR = 80  # characters from a verb to whom it blames
_TURNS = re.compile(
    r"\b(?:against|despite|cope|from|by|with|for|foil\w*|shatter\w*|prevent\w*|counter\w*|reject\w*|oppos\w*|urge\w*"
    r"|calls?|called|condemn\w*|denounc\w*|and|who|which|since|after|until|during|faces|facing)\b|[;:]",
    re.IGNORECASE,
)
_SUFFERS = re.compile(
    r"(?:\b(?:on|against|towards?|upon|to|from|in|over|out of) (?:the )?(?:territory of (?:the )?|\w+ )?|[Aa]nti-)$"
)
_AND_WEST = re.compile(r"^\.? and (?:the |other )?[Ww]est(?:ern)?(?:'s| countries)?\b")  # who is no state
_STRUCK = re.compile(r"\b(?:on|against|upon|towards?) (?:the )?$")
_HARMED = re.compile(
    r"\b(?:kill|murder|assault|rap|injur|wound|arrest|detain|imprison)(?:e?d|ing|e?s)? (?:[\w,-]+ ){0,3}$"
)
_IN_A_CITY = re.compile(r"\b(?:in|at) (?:[A-Z]\w+ )*[A-Z]\w+, $")  # "the talks in Durban, South Africa"
_THIS = re.compile(r" this\b")  # "in protest against this, the Pakistani government"
_BY = re.compile(r"[^.;,]{0,30}?\bby (?:the )?")
# "the vicious policy of"; "the blockade of Cuba" is not Cuba's
_OF = re.compile(r" (?!(?:of|in|into|against|on|upon|over|with|to) )[^.;,]{1,30}? of (?:the )?")
# but "the atrocities of the Israeli army" are its own
_COMMITTED = re.compile(r"crime|atrocit|brutal|ambition|plot|rampage|racket|sophis|farce|trick", re.IGNORECASE)
_OF_WHOM = re.compile(r" of (?:the )?|" + _OF.pattern)
_VERB = re.compile(r" (?:is|are|was|were|has|have|had|will)\b")
_NEXT_TO = re.compile(r"(?:,? (?:that |which )?)?(?:the )?")
_THEIR = re.compile(r"\b(?:their|its|his) (?:[\w'-]+ ){0,4}$")
# whose "its blockade" is that is asked to end it
_ASKED = re.compile(r"\b(?:call(?:s|ed)? (?:up)?on|urge[ds]?|ask(?:s|ed)?|demand(?:s|ed)?) (?:the )?$")
_OPPOSES = re.compile(
    r"\b(?:against|despite|foil|shatter|prevent|counter|reject|oppos|urge|condemn|denounc|defus|avert|remov|eas(?:e|ing)\b"
    r"|an end to|cop(?:e|ing) with|faces\b|facing\b)"
)
_BY_WHOM = re.compile(r"\bby (?:the )?$")
_CALAMITY = re.compile(
    r"\b(?:hurricane|typhoon|(?:rain|snow|wind|tropical )?storm|tornado|(?:earth)?quake|tsunami|flood|landslide"
    r"|(?:wild|house |forest )fire|accident|collision|explosion|crash|flu)(?:e?s)?\b"
)
_RULERS = re.compile(
    r"\b(?:government|authorities|police|regime|administration|ruling|president|group|chief executive|prosecution"
    r"|conservative)\b"
)
_AUTHORITIES = re.compile(r"\b(?:authorities|regime|chongwadae|ruling)\b")
_IS = re.compile(r"\b(?:came|come|comes|is|are|was|were|be|been|being) (?:\w+ly )?$", re.IGNORECASE)
_IS_TO = re.compile(r"\b(?:is|are|was|were) to $", re.IGNORECASE)  # to blame
_PASSIVE = re.compile(r" ?(?:of|for|in|by|over|to|at|as)\b|[:;,]|-|\s*$")
_DONE = re.compile(r"(?:ed|hit|fire|hit for)$")


def owners(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Whose deed or name it is: of those after "by", of those named close before it, or of those after "of"."""
    named = [n for n in named if not document.opposes(n)]
    by = _BY.match(document.text, span[1], sentence[1])
    doers = [n for n in named if by and by.end() <= n.start <= by.end() + _NEXT and not is_of_a_treaty(document, n)]
    if doers:
        return document.together(doers)
    before = [n for n in named if n.start < span[1] and not _is_struck(document, n, span)]
    if before and _VERB.match(document.text, before[-1].end) and is_place(document, before[-1]):
        before = [n for n in before if not is_place(document, n)] or before  # "the U.S. presence in south Korea is"
    if before:
        between = _AND_WEST.sub("", document.text[before[-1].end : span[0]])
        if len(between) <= _CLOSE and not _TURNS.search(between):
            return document.together(before[::-1])
    next_to = _NEXT_TO.match(document.text, span[1])  # puppet Yoon; what farce the U.S. may stage
    beside = [n for n in named if next_to and n.start == next_to.end()]
    after = _OF_WHOM if _COMMITTED.match(document.text, *span) else _OF
    of = after.match(document.text, span[1], sentence[1])
    owners = beside or [n for n in named if of and of.end() <= n.start <= of.end() + _NEXT]
    return document.together(owners or _subject(document, span, sentence, named))


def _is_struck(document: Document, mention: Mention, span: Span) -> bool:
    """Whether a deed goes against a state that is not named as its owner: "against the U.S.", not "U.S. sanctions"."""
    if not _STRUCK.search(document.text, max(0, mention.start - 12), mention.start):
        return False
    return bool(_AND_WEST.sub("", document.text[mention.end : span[0]]).strip(".'s "))


def _subject(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[Mention]:
    """The states that open the sentence, if it goes on to say so of themselves: "Japan … its ambition"."""
    before = [n for n in named if n.end <= span[0] and not is_place(document, n)]
    home = document.home_in((sentence[0], span[0]))
    if not before or (home and home[0].start < before[0].start):
        return []
    between = document.text[before[0].end : span[0]]
    if not _THEIR.search(between) or _OPPOSES.search(between.lower()):
        return []
    asked = [n for n in before if _ASKED.search(document.text, max(0, n.start - 20), n.start)]
    return asked[-1:] or before


def blamed(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Who is blamed: whom the verb is about, which in the passive stand before it, and not who suffered the deed."""
    if is_passive(document, span):
        return document.together([n for n in named if n.end <= span[0]])
    after = [
        n
        for n in named
        if 0 <= n.start - span[1] <= _FAR
        and not _SUFFERS.search(document.text, max(span[1], n.start - 30), n.start)
        and not _HARMED.search(document.text, max(span[1], n.start - 40), n.start)
        and not _IN_A_CITY.search(document.text, max(span[1], n.start - 40), n.start)
        and not _THIS.match(document.text, span[1])
    ]
    by = [n for n in after if _BY_WHOM.search(document.text, max(0, n.start - 8), n.start)]
    after = by or after  # "the violation of Iran's airspace by the U.S."
    home = [n.start for n in document.home_in(sentence) if n.start >= span[1]]
    return [] if after and home and home[0] < after[0].start else document.together(after)


def is_passive(document: Document, span: Span) -> bool:
    """Whether the verb is said of whom it is done to: "is condemned", "is to blame"; in a headline "Japan Hit for"."""
    verb = document.small[slice(*span)]
    if verb == "blame":
        return bool(_IS_TO.search(document.text, max(0, span[0] - 20), span[0]))
    if not _DONE.search(verb):
        return False
    if _IS.search(document.text, max(0, span[0] - 30), span[0]):
        return True
    is_headline = span[0] < document.headline
    return is_headline and (verb == "hit for" or bool(_PASSIVE.match(document.text, span[1], document.headline)))


def is_agent(document: Document, span: Span, mention: Mention) -> bool:
    """Whether a state stands after the "by" of a verb: condemned by Cuba."""
    by = _BY.match(document.text, span[1])
    return by is not None and by.end() <= mention.start <= by.end() + _NEXT


def suffers(document: Document, mention: Mention) -> bool:
    """Whether a state is named as the one to whom something is done: an attack on Russia."""
    return bool(_SUFFERS.search(document.text, max(0, mention.start - 30), mention.start))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article once its plain words are read."""

    subjects: Set[str]  # the states that it is about
    accusing: Set[str]  # those that blame others, or in which somebody does
    blamed: Set[str]  # those of which something harsh is plainly said


def is_of_a_treaty(document: Document, mention: Mention) -> bool:
    """Whether a state is named in the title of the treaty by which forces of another stand in it."""
    return document.text.find("Status of Forces", mention.end, mention.end + 25) >= 0


def faintly(document: Document, span: Span, tone: Tone, sentence: Span, known: Known) -> list[str]:
    """The adversaries among the subjects that a harsh word can be about, though no grammar says so.

    Of a sentence that speaks of Pyongyang before it or against the deed it is about nobody, nor in an article about a
    calamity; else about those that it names, if they neither suffer nor speak; where it names none, about the article's
    own. A blame is then on the rulers of those who blame: in south Korea, unless it accuses others, on them whatever is
    blamed.
    """
    named = document.named_in(sentence)
    south = document.lexicon.standings.other_half  # the papers carry what its people say against those who rule them
    subjects = known.subjects & (document.lexicon.adversaries if tone.manner != "demand" else {south})
    is_of_rulers = south in subjects and not named and _AUTHORITIES.search(document.small, *sentence)
    subjects = {south} if is_of_rulers else subjects & known.blamed or subjects
    if not subjects or _is_of_a_calamity(document) or _is_ours(document, span, sentence):
        return []
    if named and tone.manner in ("blame", "demand"):  # who stands before it blames, unless it is his own rulers
        own = {n.partner for n in named}
        at_rulers = own == {south} - known.accusing or _RULERS.search(document.text, span[1], span[1] + _CLOSE)
        return list(own) if len(own) == 1 and own <= subjects and at_rulers else []
    if named:
        told = [n for n in named if n.end <= span[0] and not document.opposes(n) and not is_place(document, n)]
        told = [n for n in told if not suffers(document, n)]
        told = [n for n in told if not verb_of_speech(document).search(document.text, n.end, span[0])]
        return document.together(told) if told and {n.partner for n in named} <= subjects else []
    if is_review(document):
        return []  # each of its sentences tells of something else
    in_headline = {n.partner for n in document.named_in((0, document.headline))} & subjects
    alone = subjects if len(subjects) == 1 else in_headline
    return list(alone) if len(alone) == 1 else []


@per_document  # asked for every word
def _is_of_a_calamity(document: Document) -> bool:
    return bool(_CALAMITY.search(document.small, 0, document.headline))


def _is_ours(document: Document, span: Span, sentence: Span) -> bool:
    """Whether the sentence speaks of the home side, or of what is done against the deed."""
    return bool(document.home_in(sentence) or _OPPOSES.search(document.small, sentence[0], span[0]))
