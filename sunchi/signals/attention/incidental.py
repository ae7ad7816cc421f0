"""Incidental mentions: a state named as a place, as a venue of several, for something of its own, or by the way."""

from __future__ import annotations

import re

from sunchi.lexicon.columns import LANGUAGES
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.word_order import LISTED, REACH, ends_of_list, is_place
from sunchi.signals.mentions import Mention
from sunchi.text import Span

# "visited Japan and | Nepal", "the Lao ambassador to | China", but no "DPRK ambassador to | China"
_GONE_TO = re.compile(rf" (?:(?:visit|tour)(?:ed|s|ing)?(?: to| of)?|(?<!DPRK )[Aa]mbassador to) {LISTED}$")
_TOURED_KO = Pattern("(?: 등의? 나라들?)?[을를] {tours}", "ko")  # 카나다와 중국 등의 나라들을 싸다니며
# What is no more than a state's: U.S|. dollars, 로씨야|의 따쓰통신, 美国|报纸
_ITS_OWN = {lang: Pattern(r"\.? ?[의的]? ?\w{0,6}?{its_own}", lang) for lang in LANGUAGES}
# "the former president of | Peru"; in Spanish and English
_FORMER = {lang: Pattern(r"{former}[ -](?:\w+,? ){0,3}$", lang) for lang in LANGUAGES}
_NOW_FORMER = {lang: Pattern(r", {former}\b", lang) for lang in LANGUAGES}  # "Ana Example|, ex-president of Peru"
_SOON = 2  # sentences in which a text says where its events took place


def is_aside(document: Document, mention: Mention) -> bool:
    """Return whether a state is named without being spoken of.

    So are what somebody is against or for, where Koreans or envoys are, a former official's state, money, the press,
    and Korea's old rulers.
    """
    if mention.titled and mention.role == "capital":  # the Tokyo Metropolitan Headquarters of Chongryon
        return True
    if document.word_of("old_ruler").match(document.text, mention.start):  # 일제, anti-|Japanese war
        return True
    former, now_former = (document.pattern(each[document.language]) for each in (_FORMER, _NOW_FORMER))
    is_former = former.search(document.small, max(0, mention.start - REACH), mention.start)
    if document.opposes(mention) or is_former or now_former.match(document.small, mention.end):
        return mention.start > document.headline
    return bool(
        document.favors(mention)
        or document.is_home_of_koreans(mention)
        or _is_gone_to(document, mention)
        or document.pattern(_ITS_OWN[document.language]).match(document.text, mention.end)
    )


def _is_gone_to(document: Document, mention: Mention) -> bool:
    """Return whether another state's envoys are posted there, or only tour it."""
    if document.language == "ko":
        _, last = ends_of_list(document, mention)
        return bool(document.pattern(_TOURED_KO).match(document.text, last.end))
    return bool(_GONE_TO.search(document.text, max(0, mention.start - REACH), mention.start))


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
