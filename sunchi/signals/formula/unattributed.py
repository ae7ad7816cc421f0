"""Why a set phrase is said of no state, though states are named near it."""

from __future__ import annotations

import re

from sunchi.lexicon import Term
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english_rulers import is_private
from sunchi.signals.grammar.word_order import HOME_IN_PAIR, Words, enemies, is_reviled
from sunchi.signals.mentions import Mention

_WITH_ALL = {
    # "friendship | with all countries"; "amistad | con todos los países"
    "en": Pattern(r" (?:with|among|between|of) (?:the )?{all_states}\b(?! democratic)"),
    "es": Pattern(r" (?:con|de) {all_states}\b", "es"),
    # In Korean and Chinese they stand before the phrase: 세계 여러 나라들과의 | 친선, 各国 | 友好
    "ko": Pattern("(?:(?<!비롯한 ){many_states}[^.,]{0,12}{peoples}|인류)들?(?:과|와|사이)?의? *", "ko"),
    "zh": Pattern("{many_states}(?:人民)?的?", "zh"),
}
# "an association for friendship", "bodies for the study of it and for solidarity"; "el comité de amistad"
_BODY_OF_FRIENDS = {
    "en": Pattern(r"\b(?:those|meetings?|week|month|{body_of_friends}) (?:for|of) (?:[^.;]{1,50} and for )?$"),
    "es": Pattern(r"\b{body_of_friends} de $", "es"),
}
# "the hostile policy towards | Cuba", "the moves of the U.S. and others against | Cuba", "the system in | Cuba"
_AGAINST_WHOM = re.compile(r"(?: of (?:U\.S\.|[^.;,]){0,40}?)? (?:against|towards?|on|(?<=system )in) (?:the )?")
_BETWEEN_TWO = re.compile(r"\b(?:between|of|entre) [^.;,]{1,40} (?:and|y) [^.;,]{1,30}")  # "of China and Vietnam"
_OTHERS = Pattern(r"(?:other(?! (?:side|party))|{many_states})\b")  # "the moves against | other countries"
_ARE_NO_STATE = Pattern(r"(?:hostile|anti-\w+) (?:\w+ )?(?:forces|{elements})\b")  # "hostile forces"
# 적대세력들의 발악적인 | 책동, 제국주의자들이 감행하는 | 책동
_DONE_BY_NO_STATE_KO = Pattern("{foe}(?:[의이은]|과 [가-힣 ]+들[의이은]) ?(?:[가-힣]{1,20} ){0,3}$", "ko")

Phrase = Words[Term]
"""A set phrase where it stands."""


def may_be_meant(document: Document, term: Term, mention: Mention) -> bool:
    """Return whether a phrase may be said of a state: not of one that is opposed, or where Koreans only live.

    Ties are not with two others (中俄), nor with whom Korean calls by abuse, and in an article about a friend not with
    adversaries or states of the past.
    """
    is_of_others = document.opposes(mention) or document.favors(mention) or document.is_home_of_koreans(mention)
    if is_of_others or term.category == "hostile":
        return not is_of_others
    strangers = document.lexicon.standings.past | document.lexicon.adversaries
    if mention.partner in strangers and document.foremost not in {"", *strangers}:
        return False
    is_of_two_others = mention.role == "pair" and not HOME_IN_PAIR.search(document.text, mention.start, mention.end)
    other_half = document.lexicon.standings.other_half
    no_support = term.category == "support" and mention.partner in enemies(document) - {other_half}
    return not (no_support or is_of_two_others or is_reviled(document, mention))


def is_between_two_others(phrase: Phrase) -> bool:
    """Return whether the phrase says between which two states it is, and neither is ours."""
    document, (start, end) = phrase.document, phrase.span
    two = _BETWEEN_TWO.search(document.text, start, end + 45)
    named = document.named_in(two.span()) if two else []
    return len({n.partner for n in named}) > 1


def is_name_of_friends(phrase: Phrase) -> bool:
    """Return whether a body or a meeting is named for it: "a week of friendship"."""
    document, start = phrase.document, phrase.span[0]
    body = _BODY_OF_FRIENDS.get(document.language)
    before = (max(phrase.sentence[0], start - 90), start)
    return body is not None and document.pattern(body).search(document.small, *before) is not None


def is_kinship_of_none(phrase: Phrase) -> bool:
    """Return whether it is blood or kinship, and its sentence names no other state with which it is shared."""
    document = phrase.document
    return phrase.row.category in ("blood", "kinship") and not (
        any(n.partner not in document.lexicon.adversaries for n in phrase.named)
        or document.small.startswith(("this ", "these ", "our friendship "), phrase.sentence[0])  # "These relations"
        or document.home_in(phrase.span)
        or document.word_of("our_people").search(document.small, *phrase.span)
    )


def is_aimed_at_another(phrase: Phrase) -> bool:
    """Return whether it is against another state: "the hostile policy towards Cuba".

    In Korean it is where a text speaks of a friend first, and never of us: 로씨야는 카나다의 | 적대행위를 규탄하였다.
    """
    document, (start, end) = phrase.document, phrase.span
    before = document.named_in((phrase.sentence[0], start))
    if before and document.opposes(before[-1]) and start - before[-1].end <= 1:  # anti-Cuba | policy
        return True
    if document.language == "ko":
        is_at_us = document.word_of("aimed_at_us").search(document.small, start, end)
        is_of_us = is_at_us or document.word_of("we").search(document.text)
        return not is_of_us and document.mentions[0].partner not in document.lexicon.adversaries
    against = _AGAINST_WHOM.match(document.text, end)
    is_named = against and any(n.start == against.end() for n in phrase.named)
    return bool(is_named or (against and document.pattern(_OTHERS).match(document.small, against.end())))


def is_of_no_state(phrase: Phrase) -> bool:
    """Return whether it is said of people or powers that are no state: "hostile forces", 제국주의자들."""
    document, start = phrase.document, phrase.span[0]
    if document.pattern(_ARE_NO_STATE).match(document.small, start):
        return True
    doer = document.pattern(_DONE_BY_NO_STATE_KO).search(document.text, phrase.sentence[0], start)
    return doer is not None and not any(n.end <= start for n in phrase.named)


def is_between_others(phrase: Phrase) -> bool:
    """Return whether nothing in its sentence says that ties are ours; unity of the nation is."""
    document, term, _, sentence, named = phrase
    if term.partner == document.lexicon.standings.other_half:
        return False
    # of two others that speak of themselves, a text does not name Pyongyang's side
    are_we = len(document.states) == 1 or not document.separates_words
    if document.home_in(sentence) or (are_we and document.word_of("we").search(document.small, *sentence)):
        return False
    is_of_a_pair = any(n.role == "pair" for n in named)
    is_of_two = document.word_of("two").search(document.small, *sentence)
    return not is_of_a_pair and (not (document.home or is_of_two) or len({n.partner for n in named}) > 1)


def is_with_all(phrase: Phrase) -> bool:
    """Return whether a phrase is said of all the world: "friendship with all countries"."""
    document, (start, end) = phrase.document, phrase.span
    with_all = document.pattern(_WITH_ALL[document.language])
    if not document.separates_words:
        return any(m.start() < start <= m.end() for m in with_all.finditer(document.text, max(0, start - 40), end))
    return bool(with_all.match(document.small, end))


def is_support_of_friends(phrase: Phrase) -> bool:
    """Return whether it is support that private friends abroad give, and no state."""
    return phrase.row.category == "support" and is_private(phrase.document, phrase.sentence)
