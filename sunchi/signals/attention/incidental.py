"""Incidental mentions: a state named as a place, as a venue of several, for something of its own, or by the way."""

from __future__ import annotations

import re

from sunchi.lexicon.columns import LANGUAGES
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar import word_order
from sunchi.signals.mentions import Mention
from sunchi.text import Span

# Searched for in many places, they begin with a blank: `re` finds a literal character in half the time.
# "the | U.S.", "Laos and | Nepal"
_LISTED = r"(?:the )?(?:[\w.]+(?: [A-Z][\w.]+){0,2}(?:,| and) (?:the |puppet )*)*"
# "in Peru", "at the Embassy of Peru", "in different parts of Peru", "en Perú"
_PLACE_BEFORE = re.compile(rf"[ (](?:in|at|near|across|outside) {_LISTED}(?:(?:[\w-]+ ){{1,4}}of (?:the )?)?$")
# "with Laos and | Nepal", "contra | Cuba": who is done something to
_TO_WHOM = re.compile(rf" (?:to|on|upon|against|from|with|contra) {_LISTED}$")
# "visited Japan and | Nepal", "the Lao ambassador to | China", but no "DPRK ambassador to | China"
_GONE_TO = re.compile(rf" (?:(?:visit|tour)(?:ed|s|ing)?(?: to| of)?|(?<!DPRK )[Aa]mbassador to) {_LISTED}$")
_TOURED_KO = Pattern("(?: 등의? 나라들?)?[을를] {tours}", "ko")  # 카나다와 중국 등의 나라들을 싸다니며
_REACH = 80  # characters before a name
# What is no more than a state's: U.S|. dollars, 로씨야|의 따쓰통신, 美国|报纸
_ITS_OWN = {lang: Pattern(r"\.? ?[의的]? ?\w{0,6}?{its_own}", lang) for lang in LANGUAGES}
_SOON = 2  # sentences in which a text says where its events took place


def is_aside(document: Document, mention: Mention) -> bool:
    """Return whether a state is named without being spoken of.

    So are what somebody is against or for, where Koreans or envoys are, money, the press, and Korea's old rulers.
    """
    if mention.titled and mention.role == "capital":  # the Tokyo Metropolitan Headquarters of Chongryon
        return True
    if document.opposes(mention):
        return mention.start > document.headline
    return bool(
        document.favors(mention)
        or document.is_home_of_koreans(mention)
        or _is_gone_to(document, mention)
        or document.pattern(_ITS_OWN[document.language]).match(document.text, mention.end)
        or document.word_of("old_ruler").match(document.text, mention.start)  # 일제
    )


def _is_gone_to(document: Document, mention: Mention) -> bool:
    """Return whether another state's envoys are posted there, or only tour it."""
    sentence = document.sentence_at(mention.start)
    if document.language == "ko":
        _, last = ends_of_list(document, mention, sentence)
        return bool(document.pattern(_TOURED_KO).match(document.text, last.end))
    before = (max(sentence[0], mention.start - _REACH), mention.start)
    return bool(_GONE_TO.search(document.text, *before))


def ends_of_list(document: Document, mention: Mention, sentence: Span) -> tuple[Mention, Mention]:
    """Return the first and the last of the states that a sentence lists together with one: 윁남, 라오스인민들은."""
    before = [*document.named_in((sentence[0], mention.start)), mention][::-1]
    after = [mention, *document.named_in((mention.end, sentence[1]))]
    return before[len(document.together(before)) - 1], after[len(document.together(after)) - 1]


@per_document  # each word of blame asks it of every state of its sentence
def is_place(document: Document, mention: Mention) -> bool:
    """Return whether a state is named as a place: in Peru, at the Peruvian embassy; 중국에서, 在中国."""
    if document.language in word_order.LANGUAGES:
        return word_order.is_place(document, mention)
    return bool(_PLACE_BEFORE.search(document.text, max(0, mention.start - _REACH), mention.start))


def is_object(document: Document, mention: Mention) -> bool:
    """Return whether English or Spanish names it as to whom another's deed goes: "its sale of arms to Japan"."""
    return bool(_TO_WHOM.search(document.text, max(0, mention.start - _REACH), mention.start))


def is_by_the_way(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether it is named after the first third of a sentence, among guests, or in a war of old."""
    is_late = mention.start > sentence[0] + (sentence[1] - sentence[0]) // 3
    return is_late or document.word_of("in_passing").search(document.text, *sentence) is not None


@per_document  # asked for every state
def venues(document: Document) -> set[str]:
    """Return the states in which the first sentences say that events took place, if there are several."""
    for sentence in document.body[:_SOON]:
        places = {n.partner for n in document.named_in(sentence) if is_place(document, n)}
        if len(places) > 1 and document.word_of("event").search(document.small, *sentence):
            return places  # "Meetings were held in Laos and Nepal"
    return set()
