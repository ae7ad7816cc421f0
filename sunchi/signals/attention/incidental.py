"""Incidental mentions: a state named as a place, as a venue of several, as a source, or by the way."""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar import english, word_order
from sunchi.signals.mentions import Mention
from sunchi.text import Span

# "in Peru", "at the Embassy of Peru", "in Hanoi, the capital of Vietnam", "in different parts of Peru"
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|across|near|outside|inside) +(?:the +)?(?:[\w.]+(?: [A-Z][\w.]+){0,2}(?:,| and) +(?:the +)?)*"
    r"(?:(?:(?:[A-Z][\w-]+ ){0,3}[A-Z][\w-]+|capital|capital city|region|(?:different|various|all) parts"
    r"|(?:major |main |many )?cities) of (?:the )?)?$"
)
# "with Laos and | Nepal": who is done something to
_TO_WHOM = re.compile(r"\b(?:to|on|upon|against|from|(?<!together )with) (?:the )?(?:[\w.]+(?:,| and) +)*$")
# "according to south Korea's Yonhap News": the press as a source
_SOURCE = ("according to ", "according to the ", "according to a ", "according to an ")
# "Japan's | paper", "south Korea | Yonhap"
_RELAYS = Pattern(r"(?:'s)? (?:{press}|{southern_press})\b", flags=re.IGNORECASE)
# 로씨야의 이따르-따쓰통신은, 俄罗斯塔斯社: the press that only relays
_PRESS_OF_KO = Pattern("의? ?(?:[가-힣A-Z《》-]{1,15} ?){0,3}?{press}(?:들)?[은는이가도사]", "ko")
_PRESS_OF_ZH = Pattern("的?[\u4e00-\u9fff]{0,6}?{press}", "zh")  # 美国|一家报纸
_PRESS_OF = {"ko": _PRESS_OF_KO, "zh": _PRESS_OF_ZH}
# "the Japanese imperialists' colonial rule": Korea's rulers of old
_PRODUCT_KO = re.compile("산(?![하업맥])|관광객")  # 로씨야산원유, 로씨야관광객들
_OF_OLD = re.compile(r"(?:'s)? (?:imperialis|colonial|(?:military )?occupation of Korea)|帝国主义(?!者)")
_TO_MONEY = re.compile(r"\.? |[의的]? ?")  # U.S. dollars, 미국의 딸라, 美国的美元
# "the Lao ambassador to China", but "the DPRK ambassador to China"
_ENVOY_TO = re.compile(r"(?<!DPRK )\b[Aa]mbassador to (?:the )?$")
_OF_A_WAR = re.compile(r" War\b(?! [Cc]rim)")  # the U.S. | War
# President Kim Il Sung's work "Answers to Questions Raised by | U.S. Newspaper"
_IN_A_TITLE = re.compile(r'\b(?:works?|books?|treatise|film|song|poem|collection),? "[^"]*$')
# An envoy of the U.S. | visited | Japan and south Korea
_TOURS = re.compile(
    r"\b(?:visit(?:ed|s|ing)|tour(?:ed|s|ing)|(?:visit|trip|junket) to|tour of) (?:the |puppet )*"
    r"(?:[\w.]+(?: Korean?)?(?:,| and) (?:the |puppet )*)*$"
)
_TOURS_KO = Pattern("(?: 등의? 나라들?)?[을를] {tours}", "ko")  # 카나다와 중국 등의 나라들을 싸다니며
# after the historic | China visit
_ON_THE_WAY = re.compile(r"\b(?:after|following) (?:his |her |the )?(?:[a-z]+ ){0,3}$")
_AND_OTHERS = re.compile(r"[^.;]{0,80}?\band (?:many )?other (?:countries|nations)\b")
_OPENS_ASIDE = re.compile(r"(?:After|Despite|Amid|Since|Through|Following) [^,]*$")  # "After the visit to China, he …"
_SOON = 2  # sentences after the first in which a text says where the events took place
# "Meetings were held in Laos and Nepal", "They included …"
_EVENTS = Pattern(r"\b{event}\b[^.]*\b{take_place}\b|\b(?:there (?:took place|were)|they (?:included|were))\b")


def is_aside(document: Document, mention: Mention) -> bool:
    """Return whether a state is named without being spoken of.

    So are the press as a source, a currency, what somebody is against, where Koreans live, and Korea's rulers of old.
    """
    if is_source(document, mention) and any(n.partner != mention.partner for n in document.mentions):
        return True
    if mention.titled and mention.role == "capital":  # the Tokyo Metropolitan Headquarters of Chongryon
        return True
    is_to_it = document.small.endswith((" to ", " to the "), 0, mention.start)
    if is_to_it and _ENVOY_TO.search(document.text, max(0, mention.start - 25), mention.start):
        return True  # where another's ambassador speaks
    if document.opposes(mention):  # but for what a demonstration is against
        return mention.start > document.headline or not english.is_of_protest(document)
    if english.is_where_koreans_live(document, mention):
        return True
    if document.small.endswith("pro-", 0, mention.start) or _OF_A_WAR.match(document.text, mention.end):
        return True
    before = (document.sentence_at(mention.start)[0], mention.start)
    is_quoted = document.text.find('"', *before) >= 0
    if (is_quoted and _IN_A_TITLE.search(document.text, *before)) or _is_toured(document, mention, before):
        return True
    if _is_money(document, mention):
        return True
    if document.language == "ko" and _PRODUCT_KO.match(document.text, mention.end):
        return True
    press_of = _PRESS_OF.get(document.language)
    if press_of and document.pattern(press_of).match(document.text, mention.end):
        return True
    return mention.partner in document.lexicon.standings.former_ruler and _is_of_old(document, mention)


def _is_toured(document: Document, mention: Mention, before: Span) -> bool:
    """Return whether another state's envoys only tour it."""
    if document.language == "ko":
        sentence = document.sentence_at(mention.start)
        if not document.is_in(sentence, "tours"):
            return False
        listed = document.named_in((mention.start, sentence[1]))
        if not listed:  # a sentence too long for one was cut in the state's name
            return False
        last = listed[max(0, len(document.together(listed)) - 1)]
        tours = document.pattern(_TOURS_KO).match(document.text, last.end)
        return bool(tours) and document.foremost not in ("", mention.partner)
    if document.language != "en" or not _speaks_of_tours(document) or not _TOURS.search(document.text, *before):
        return False
    return not document.home_in(before) and any(n.partner != mention.partner for n in document.named_in(before))


@per_document
def _speaks_of_tours(document: Document) -> bool:
    """Return whether an English text holds a word for touring: few do, and every name is asked whether it is toured."""
    return english.holds_any(document.text, ("visit", "tour", "trip to", "junket to"))


def _is_money(document: Document, mention: Mention) -> bool:
    """Return whether a state is only named by its currency."""
    link = _TO_MONEY.match(document.text, mention.end)
    return bool(link and document.word_of("currency").match(document.text, link.end()))


def _is_of_old(document: Document, mention: Mention) -> bool:
    """Return whether it is named as the ruler of Korea that it was: "the Japanese imperialists"."""
    is_its_name = document.word_of("old_ruler").match(document.text, mention.start)
    return bool(is_its_name or _OF_OLD.match(document.text, mention.end))


def is_source(document: Document, mention: Mention) -> bool:
    """Return whether only the state's press is named, as a source: "according to south Korea's Yonhap News"."""
    if not document.small.endswith(_SOURCE, 0, mention.start):
        return False
    return bool(document.pattern(_RELAYS).match(document.text, mention.end))


def is_place(document: Document, mention: Mention) -> bool:
    """Return whether a state is named as a place: in Peru, at the Peruvian embassy; 중국에서, 在中国.

    Each word of blame asks it of every state of its sentence, so it is found out once.
    """
    known = _places(document)
    if mention.start not in known:
        known[mention.start] = _stands_as_place(document, mention)
    return known[mention.start]


@per_document
def _places(document: Document) -> dict[int, bool]:
    """Return the mentions, by their start, of which `is_place` is known."""
    return {}


def _stands_as_place(document: Document, mention: Mention) -> bool:
    if document.language in word_order.LANGUAGES:
        return word_order.is_place(document, mention)
    return bool(_PLACE_BEFORE.search(document.text, max(0, mention.start - 80), mention.start))


def is_object(document: Document, mention: Mention) -> bool:
    """Return whether English or Spanish names it as to whom another's deed goes: "its sale of arms to Japan"."""
    return bool(_TO_WHOM.search(document.text, max(0, mention.start - 80), mention.start))


def is_by_the_way(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether it is named late in a sentence or in a clause before it, among guests, or in a war of old."""
    start, end = sentence
    if mention.start - start > (end - start) // 2 or _OPENS_ASIDE.match(document.text, start, mention.start):
        return True
    is_of_a_visit = document.text.startswith((" visit", " trip", " tour"), mention.end)
    if is_of_a_visit and _ON_THE_WAY.search(document.text, max(start, mention.start - 50), mention.start):
        return True
    if _AND_OTHERS.match(document.text, mention.end, end) and len({n.partner for n in document.named_in(sentence)}) > 1:
        return True
    if document.word_of("guests_present").search(document.text, start, end):
        return True
    is_old_enemy = mention.partner in document.lexicon.standings.old_enemy
    return is_old_enemy and bool(document.word_of("old_war").search(document.text, start, end))


def venues(document: Document) -> set[str]:
    """Return the states in which a day was celebrated, if the article reports several."""
    named = (n for sentence in venue_sentences(document) for n in document.named_in(sentence))
    return {n.partner for n in named if is_place(document, n)}


@per_document  # asked for every name
def venue_sentences(document: Document) -> frozenset[Span]:
    """Return the first sentences that list where a day was celebrated, in an article that names the home side."""
    if len({n.partner for n in document.mentions}) < 2:
        return frozenset()
    body = document.body[: _SOON + 1]
    several = [s for s in body if len({n.partner for n in document.named_in(s)}) > 1]
    telling = [s for s in several if document.pattern(_EVENTS).search(document.small, *s)]
    at_missions = any(document.word_of("missions").search(document.small, *s) for s in body) if telling else False
    cause = document.word_of("our_cause")
    is_ours = any(document.home_in(s) or cause.search(document.text, *s) for s in body[:2])
    if not telling or at_missions or not is_ours:
        return frozenset()  # missions are Pyongyang's, in many states
    return frozenset(s for s in telling if len({n.partner for n in document.named_in(s) if is_place(document, n)}) > 1)
