"""Which states a text is about: those of its headline, those that it comes back to, and those of a sentence's own."""

from __future__ import annotations

import re
from collections import Counter

from sunchi.signals.attention.incidental import is_aside, is_by_the_way, venues
from sunchi.signals.document import Document
from sunchi.signals.grammar.korean import KOREANS_ABROAD
from sunchi.signals.grammar.word_order import (
    are_brethren,
    ends_of_list,
    is_place,
    is_reviled,
    wished_well,
)
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_SEVERAL = 3  # sentences
_A_LIST = 5  # states in one sentence, which is about none of them
_ENDED = 1991  # the year in which the states that are no more came to their end: later news is of their heirs
_BEFORE_SUBJECT = 4  # words: "On the same day | China", 지난해에 | 중국은
_IS_SUBJECT_KO = re.compile("[가-힣 ]{0,12}?[은는이가도] ")  # 미국|당국은, 중국|외교부 대변인은


def why_about(document: Document, partner: str) -> str:
    """Return why a text is about a state; "" where it only mentions it."""
    headline = (0, document.headline)
    is_over = partner in document.lexicon.standings.past and document.date and document.date.year > _ENDED
    if is_over or document.word_of("sport").search(document.small, *headline):  # there others are rivals on the field
        return ""
    named = [n for n in document.mentions if n.partner == partner]
    if any(n.start < document.headline and not is_aside(document, n) for n in named):
        return "the headline names it"
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
    return next(filter(None, (_why_by_sentence(document, n) for n in named if not is_place(document, n))), "")


def _why_by_sentence(document: Document, mention: Mention) -> str:
    """Return why the sentence of a mention, as more than a place, is about its state."""
    sentence = document.sentence_at(mention.start)
    if len({n.partner for n in document.named_in(sentence)}) >= _A_LIST:
        return ""
    if is_reviled(document, mention):
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
    is_friend = are_brethren(document, mention) or mention.partner in wished_well(document, document.named_in(sentence))
    speaks_for_us = document.word_of("we_speak").search(document.text, *sentence)
    return is_friend and bool(document.home_in(sentence) or speaks_for_us)


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
    first, last = ends_of_list(document, mention)
    if document.language == "ko" and not _IS_SUBJECT_KO.match(document.text, last.end):
        return False
    before = (sentence[0], first.start)
    return not document.named_in(before) and document.words(before, masked=False) <= _BEFORE_SUBJECT


def _is_about_it(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether a sentence, the first or one like it, names no other state more often, and not by the way."""
    named = Counter(n.partner for n in document.named_in(sentence) if not document.opposes(n))
    here = named[mention.partner]
    if here < max(named.values(), default=1):  # none where it was cut inside the name
        return False
    is_outdone = mention.partner != document.foremost and here <= named[document.foremost]
    return sentence in document.leads or not (is_outdone or is_by_the_way(document, mention, sentence))
