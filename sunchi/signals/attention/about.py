"""Which states a text is about: those of its headline, those that it comes back to, and those of a sentence's own.

None is one that it names only as a place, as a venue of several, for something of its own, or by the way.
"""

from __future__ import annotations

import re
from collections import Counter

from sunchi.lexicon.columns import LANGUAGES
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.korean import KOREANS_ABROAD
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_SEVERAL = 3  # sentences
A_LIST = 5  # states in one sentence, which is about none of them
# "China, Brazil| and 38 other countries"
_AND_OTHERS = re.compile(r",? and (?:\d+|many) other (?:countries|nations|states)\b")
_ENDED = 1991  # the year in which the states that are no more came to their end: later news is of their heirs
_BEFORE_SUBJECT = 4  # words: "On the same day | China", 지난해에 | 중국은
_IS_SUBJECT_KO = re.compile("[가-힣 ]{0,12}?[은는이가도] ")  # 미국|당국은, 중국|외교부 대변인은
# "visited Japan and | Nepal", "the Lao ambassador to | China", but no "DPRK ambassador to | China"
_GONE_TO = re.compile(rf" (?:(?:visit|tour)(?:ed|s|ing)?(?: to| of)?|(?<!DPRK )[Aa]mbassador to) {word_order.LISTED}$")
_TOURED_KO = Pattern("(?: 등의? 나라들?)?[을를] {tours}", "ko")  # 카나다와 중국 등의 나라들을 싸다니며
# What is no more than a state's: U.S|. dollars, 로씨야|의 따쓰통신, 美国|报纸
_ITS_OWN = {lang: Pattern(r"\.? ?[의的]? ?\w{0,6}?{its_own}", lang) for lang in LANGUAGES}
# "the former president of | Peru"; in Spanish and English
_FORMER = {lang: Pattern(r"{former}[ -](?:\w+,? ){0,3}$", lang) for lang in LANGUAGES}
_NOW_FORMER = {lang: Pattern(r", {former}\b", lang) for lang in LANGUAGES}  # "Ana Example|, ex-president of Peru"
_SOON = 2  # sentences in which a text says where its events took place


def why_about(document: Document, partner: str) -> str:
    """Return why a text is about a state; "" where it only mentions it."""
    headline = (0, document.headline)
    is_over = partner in document.lexicon.standings.past and document.date and document.date.year > _ENDED
    if is_over or document.word_of("sport").search(document.small, *headline):  # there others are rivals on the field
        return ""
    named = [n for n in document.mentions if n.partner == partner]
    if any(n.start < document.headline and not is_aside(document, n) for n in named):
        return "the headline names it"
    if document.word_of("festival").search(document.small, *headline):
        return ""
    if document.language == "ko" and (
        document.word_of("in_passing").search(document.text, *document.opening[-1])
        or document.pattern(KOREANS_ABROAD).search(document.text, *headline)  # it takes place where they live
    ):
        return ""
    if partner in venues(document):
        comes_back = len({document.sentence_at(n.start) for n in named}) > 1
        return "events took place there and in other places, and the text comes back to it" if comes_back else ""
    named = [n for n in named if not is_aside(document, n)]
    if len({document.sentence_at(n.start) for n in named}) >= _SEVERAL:
        return "sentence after sentence names it"
    more = (n for n in named if not word_order.is_place(document, n))
    return next(filter(None, (_why_by_sentence(document, n) for n in more)), "")


def _why_by_sentence(document: Document, mention: Mention) -> str:
    """Return why the sentence of a mention, as more than a place, is about its state."""
    sentence = document.sentence_at(mention.start)
    if len({n.partner for n in document.named_in(sentence)}) >= A_LIST:
        return ""
    others = document.small.find(" other ", mention.end, sentence[1]) >= 0  # asked of every state, and few sentences do
    if others and _AND_OTHERS.match(document.text, word_order.ends_of_list(document, mention)[1].end):
        return ""
    if word_order.is_reviled(document, mention):
        return "its very name there is an abusive one"
    if _is_wished_well(document, mention, sentence):
        return "a sentence of Pyongyang's own wishes it well"
    if _is_blamed(document, mention, sentence):
        return "a sentence of Pyongyang's own blames it"
    if _is_subject(document, mention, sentence):
        return "a sentence opens with it as its subject"
    if _is_about_it(document, mention, sentence):
        return "a sentence is about it: no other state is named there more often, and it is more than a place"
    return ""


def _is_wished_well(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether Pyongyang's side wishes a friend well, alone or with one other: 우리는 꾸바인민을 지지한다."""
    if not any(tone.manner == "wish" and mention.end <= at[0] < sentence[1] for at, tone in document.tones):
        return False
    is_friend = word_order.are_brethren(document, mention) or word_order.wished_well(document, [mention])
    speaks_for_us = document.word_of("we_speak").search(document.text, *sentence)
    return bool(is_friend and (document.home_in(sentence) or speaks_for_us))


def _is_blamed(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether Pyongyang's side condemns an adversary: "Kim Jong Un censured the despicable ROK scum"."""
    if mention.partner not in document.lexicon.adversaries or not document.home_in(sentence):
        return False
    harsh = (place for place, tone in document.tones if tone.manner == "blame" and tone.strength == -2)
    verb = next((place for place in harsh if sentence[0] <= place[0] < mention.start), None)
    return verb is not None and document.named_in((verb[1], mention.end)) == [mention]


def _is_subject(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether a sentence opens with a state, or with it and others: "China and Laos agreed"."""
    if mention.titled or mention.role not in ("name", "capital", "organ"):
        return False
    first, last = word_order.ends_of_list(document, mention)
    if document.language == "ko" and not _IS_SUBJECT_KO.match(document.text, last.end):
        return False
    before = (sentence[0], first.start)
    return not document.named_in(before) and document.words(before, masked=False) <= _BEFORE_SUBJECT


def _is_about_it(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether a sentence names no other state more often, and is the first or names it early, not by the way."""
    named = Counter(n.partner for n in document.named_in(sentence) if not document.opposes(n))
    here = named[mention.partner]
    if here < max(named.values(), default=1):  # none where it was cut inside the name
        return False
    is_outdone = mention.partner != document.foremost and here <= named[document.foremost]
    is_late = mention.start > sentence[0] + (sentence[1] - sentence[0]) // 3
    is_in_passing = document.word_of("in_passing").search(document.text, *sentence)  # among guests, or in a war of old
    return sentence in document.leads or not (is_outdone or is_late or is_in_passing)


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
    is_former = former.search(document.small, max(0, mention.start - word_order.REACH), mention.start)
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
        _, last = word_order.ends_of_list(document, mention)
        return bool(document.pattern(_TOURED_KO).match(document.text, last.end))
    return bool(_GONE_TO.search(document.text, max(0, mention.start - word_order.REACH), mention.start))


@per_document  # asked for every state
def venues(document: Document) -> set[str]:
    """Return the states in which the first sentences say that events took place, if there are several."""
    for sentence in document.body[:_SOON]:
        places = {n.partner for n in document.named_in(sentence) if word_order.is_place(document, n)}
        if len(places) > 1 and document.word_of("event").search(document.small, *sentence):
            return places  # "Meetings were held in Laos and Nepal"
    return set()
