"""Which states a text is about, and why: by its headline, its first sentence, and the sentences that are theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sunchi import text as texts
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.attention.incidental import is_aside, is_by_the_way, is_object, is_place, is_source, venue_sentences
from sunchi.signals.document import MOST_NAMED, Document, per_document
from sunchi.signals.grammar import english
from sunchi.signals.grammar.english_rulers import (
    is_fallen,
    is_wrongdoer,
    names_private,
    praise_of_rulers,
)
from sunchi.signals.grammar.word_order import are_brethren, is_reviled, speaks_for_us, wished_well
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_OFTEN = 5  # sentences
_FALLEN = "tribute is paid to its fallen"
_TWO = 2  # states to which one sentence wishes well; a longer list is a greeting all round
A_LIST = 5  # states in one sentence
_ENDED = 1991  # the year in which the states that are no more came to their end: later news is of their heirs

_SEVERAL_KO = re.compile("여러 나라(?:들|사이)?(?:에서|의)")  # 여러 나라에서 사고
_NEXT_PLACE = re.compile(r"(?:,| and|, and|[와과、和与]) ?(?:the )?")  # "Laos, | Nepal | and the | U.S."
# What may stand before a subject: "Meanwhile, on Monday the U.S. …", 최근 미국은, 近来美国
_BEFORE_SUBJECT = re.compile(
    r"(?:\W|\b(?:the|and|meanwhile|(?:that|the same|this) day|on|on [a-z]+day)\b)*", re.IGNORECASE
)
_BEFORE_SUBJECT_KO = Pattern(r"(?:\W|[과와](?= )|(?:{lately}|그(?:들)?[은는]|또한)(?= ))*", "ko")
_BEFORE_SUBJECT_ZH = Pattern(r"(?:\W|{lately})*", "zh")
# "Japan seeks", "China, too, said", but not "Japan's"; 미국당국은, 美国企图
_VERB_AFTER = re.compile(r"\.?,? (?!'s)[a-z]")
_VERB_AFTER_KO = Pattern("(?: ?{rulers}| ?인민들?)?[은는이가도](?= )", "ko")  # 미국 | 당국은
# 꾸바|인민의 투쟁을 지지, but not 우크라이나|사태의
_PEOPLE_KO = re.compile("(?: ?(?:인민들?|정부|당))?(?:에게?|의|[을를은는과와]|,)(?: |$)")
_VERB_AFTER_ZH = re.compile(r"(?=[\u4e00-\u9fff])(?![的、和与及同驻籍人方])")


def why_about(document: Document, partner: str) -> str:
    """Return why a text is about a state: its headline is, or its lead and more, or one of its sentences; else "".

    A sentence is about a state that no other is named in more often, if it names it as more than a place, and about
    one that is its subject, alone or with others. "Anti-U.S." speaks of those who are it, and a list of many states
    of none of them.
    """
    if _is_of_sport(document):
        return ""  # a rival on the field
    mentions = [n for n in document.mentions if n.partner == partner and not is_aside(document, n)]
    if partner in document.lexicon.standings.past and document.date and document.date.year > _ENDED:
        return _FALLEN if any(is_fallen(document, n) for n in mentions) else ""
    if _is_of_koreans_abroad(document) and all(is_place(document, n) for n in mentions):
        return ""  # where they live
    in_headline = [n for n in mentions if n.start < document.headline]
    if any(not is_place(document, n) for n in in_headline):
        return "the headline names it, as more than a place"
    if in_headline and _is_listed_in_headline(document, in_headline[0]):
        return "the headline names it and another as the places of what is told"
    if in_headline and document.language == "ko" and in_headline[0].start == 0:
        return "the headline opens with it as the place of what is told"
    if in_headline and partner == document.foremost:
        return "the headline names it as the place of what is told, and the text names no other more often"
    located = [(n, document.sentence_at(n.start)) for n in mentions]
    return _why_by_text(document, partner, located) or _why_by_sentence(document, partner, located)


def _why_by_text(document: Document, partner: str, located: Sequence[tuple[Mention, Span]]) -> str:
    """Return why, by where and how often the text names the state; `located` are its mentions with their sentences."""
    if _tells_of_several(document) and any(len({m.partner for m in document.named_in(s)}) == 1 for _, s in located):
        return "the headline announces news of several states, and a sentence tells of it alone"
    events = venue_sentences(document)
    if events and any(s in events and is_place(document, n) for n, s in located):
        return "events are told of that took place there, and in other places"
    sentences = {s for _, s in located}
    comes_back, leads = len(sentences) > 1, _leads(document)
    if len({s for n, s in located if not is_place(document, n)}) >= _OFTEN:
        return "sentence after sentence names it"
    only_place = all(is_place(document, n) for n, _ in located)
    if comes_back and not only_place and leads[:1] and leads[0] in [s[0] for _, s in located]:
        return "the first sentence names it, and the text comes back to it"
    if partner in praise_of_rulers(document):
        return "its rulers are told to praise Pyongyang"
    if any(_acts_with_another(document, n, s) for n, s in located):
        return "it is condemned there together with another adversary"
    if document.language == "ko" and any(_is_reviled_today(document, n, s) for n, s in located):
        return "its very name there is an abusive one"
    if document.language == "ko" and any(_is_stood_by(document, n, s) for n, s in located):
        return "a sentence of Pyongyang's own wishes it well"
    unrecognized = partner in document.lexicon.standings.unrecognized
    if unrecognized and any(is_wrongdoer(document, n) for n, _ in located):
        return "the text tells of the wrong that it does"
    return ""


@per_document
def _tells_of_several(document: Document) -> bool:
    """Return whether a Korean headline announces news of several states: 여러 나라에서 사고."""
    return document.language == "ko" and bool(_SEVERAL_KO.match(document.text, 0, document.headline))


def _acts_with_another(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether a harsh sentence names an adversary beside another: "the U.S. and the puppet forces"."""
    adversaries = document.lexicon.adversaries
    if mention.partner not in adversaries or is_place(document, mention) or is_object(document, mention):
        return False
    if sentence not in _harsh_sentences(document):
        return False
    named = [n for n in document.named_in(sentence) if n.start >= mention.start]
    return bool(adversaries.intersection(document.together(named)) - {mention.partner})


@per_document
def _harsh_sentences(document: Document) -> set[Span]:
    """Return the sentences in which a word of stance.csv condemns, without mere lists of states."""
    harsh = {document.sentence_at(place[0]) for place, tone in document.tones if tone.strength < -1}
    return {sentence for sentence in harsh if len(document.named_in(sentence)) <= MOST_NAMED}


def _is_reviled_today(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether Korean names a state by abuse, as more than a place and not in a war of old: 미제."""
    if not is_reviled(document, mention) or is_place(document, mention):
        return False
    war = document.word_of("old_war")
    return not any(war.search(document.text, *place) for place in (*document.opening, sentence))


def _is_stood_by(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether Pyongyang's side wishes a friend well, alone or with one other: 우리는 꾸바인민을 지지한다."""
    names_us = document.word_of("we").search(document.text, *sentence) or document.home_in(sentence)
    is_whom = are_brethren(document, mention) or _PEOPLE_KO.match(document.text, mention.end)
    if not (is_whom and (names_us or speaks_for_us(document, sentence))):
        return False
    if not any(tone.manner == "wish" and mention.end <= at[0] < sentence[1] for at, tone in document.tones):
        return False
    if are_brethren(document, mention):
        return speaks_for_us(document, sentence)
    wished = set(wished_well(document, document.named_in(sentence)))
    return mention.partner in wished and len(wished) <= _TWO


def _why_by_sentence(document: Document, partner: str, located: Sequence[tuple[Mention, Span]]) -> str:
    """Return why, by one sentence that is about the state."""
    comes_back = len({s for _, s in located}) > 1
    for mention, sentence in located:
        if _is_subject(document, mention, sentence):
            return "a sentence opens with it as its subject"
        if _is_about_it(document, mention, sentence, comes_back=comes_back):
            return "a sentence is about it: no other state is named there more often, and it is more than a place"
    return ""


def _is_about_it(document: Document, mention: Mention, sentence: Span, *, comes_back: bool) -> bool:
    """Return whether a sentence names no other state more often, and this one as more than a place or by the way."""
    partner = mention.partner
    named = [n.partner for n in document.named_in(sentence) if n == mention or not is_source(document, n)]
    states = set(named)
    most = max(map(named.count, states), default=1)  # none where an endless sentence was cut inside a name
    if named.count(partner) < most or is_place(document, mention) or len(states) >= A_LIST:
        return False
    is_of_friends = english.is_review(document) and partner not in document.lexicon.adversaries
    if is_of_friends and names_private(document, sentence):
        return False
    is_foremost = partner == document.foremost
    if sentence[0] in _leads(document) or (is_foremost and comes_back):
        return True
    if not is_foremost and named.count(partner) <= named.count(document.foremost):
        return False
    if is_object(document, mention):
        return False
    return not is_by_the_way(document, mention, sentence)


def _leads(document: Document) -> list[int]:
    """Return where the first sentences below the headline begin; of a press review all."""
    return [s[0] for s in english.leads(document) if s[0] > document.headline]


@per_document  # asked for every state
def _is_of_sport(document: Document) -> bool:
    """Return whether the headline is of sport."""
    return bool(document.word_of("sport").search(document.small, 0, document.headline))


@per_document
def _is_of_koreans_abroad(document: Document) -> bool:
    """Return whether the headline is of Koreans who live abroad."""
    return bool(document.word_of("koreans_abroad").search(document.small, 0, document.headline))


def _is_listed_in_headline(document: Document, mention: Mention) -> bool:
    """Return whether a headline names it with another as places: "Floods in Laos, Cuba"."""
    headline = (0, document.headline)
    return any(
        n.partner != mention.partner and _NEXT_PLACE.fullmatch(document.text, *_between(n, mention))
        for n in document.named_in(headline)
    )


def _between(one: Mention, other: Mention) -> Span:
    first, second = sorted((one, other), key=lambda n: n.start)
    return first.end, max(first.end, second.start)


def _is_subject(document: Document, mention: Mention, sentence: Span) -> bool:
    """Return whether the sentence opens with the state, or with it and others: "China and Laos agreed"."""
    is_state = mention.role in ("name", "capital") or (document.language == "ko" and mention.role == "organ")
    if not is_state or mention.titled:
        return False
    before_subject, verb_after = _BEFORE_SUBJECT, _VERB_AFTER
    if document.language == "ko":
        before_subject, verb_after = document.pattern(_BEFORE_SUBJECT_KO), document.pattern(_VERB_AFTER_KO)
    elif document.language == "zh":
        before_subject, verb_after = document.pattern(_BEFORE_SUBJECT_ZH), _VERB_AFTER_ZH
    last = mention
    if document.language == "ko":  # 윁남, 라오스 | 인민들은
        listed = document.named_in((mention.start, sentence[1]))
        last = listed[len(document.together(listed)) - 1] if listed else mention
    if not verb_after.match(document.text, last.end):
        return False
    names = _names_in(document, (sentence[0], mention.start))
    return bool(before_subject.fullmatch(texts.blank(document.text[sentence[0] : mention.start], names)))


def _names_in(document: Document, span: Span) -> list[Span]:
    """Return the names and the frame inside a span, counted from its start."""
    mentions = [(n.start, n.end) for n in document.named_in(span)]
    frame = [f for f in document.frame if span[0] <= f[0] and f[1] <= span[1]]
    return [(start - span[0], end - span[0]) for start, end in (*mentions, *frame)]
