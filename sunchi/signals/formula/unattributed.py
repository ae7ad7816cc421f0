"""Why a set phrase is said of no state, though states are named near it."""

from __future__ import annotations

import re
from typing import NamedTuple

from sunchi.lexicon import Term
from sunchi.lexicon.columns import ANY
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.word_order import HOME_IN_PAIR, LANGUAGES, are_brethren, blames, is_reviled
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_WITH_ALL = {
    # "friendship | with all countries"; "amistad | con todos los países"
    "en": Pattern(r" (?:with|among|between|of) (?:the )?(?:peoples of )?{all_states}\b(?! (?:democratic|dprk))"),
    "es": Pattern(r" con {all_states}\b", "es"),
    # In Korean and Chinese they stand before the phrase: 세계 여러 나라들과의 | 친선, 各国 | 友好
    "ko": Pattern("(?<!비롯한 ){many_states}[^.,]{0,12}(?:나라|인민|국가|력량)들?(?:과|와|사이)?의? *", "ko"),
    "zh": Pattern("{many_states}(?:人民)?的?", "zh"),
}
# "an association for friendship", "a meeting of solidarity"; "el comité de amistad"
_BODY_OF_FRIENDS = {
    "en": Pattern(r"\b(?:those|meetings?|week|month|{body_of_friends}) (?:for|of) (?:[\w-]+ and )?(?:the )?$"),
    "es": Pattern(r"\b{body_of_friends} de $", "es"),
}
# "the hostile policy towards | Cuba", "the moves of the U.S. and others against | Cuba", "the system in | Cuba"
_AGAINST_WHOM = re.compile(r"(?: (?:of|by) (?:U\.S\.|[^.;,]){0,40}?)? (?:against|towards?|on|(?<=system )in) (?:the )?")
_AGAINST_WHOM_KO = re.compile("(?:인민|정부)?(?:[을를] ?(?:반대하는|겨냥한|겨눈|노린)|에 ?대한) ")  # 로씨야|를 반대하는
_TO_BE_ENDED = Pattern(r"\b{end} (?:the )?(?:[\w,-]+ ){0,5}$")  # "defuse the north-south | confrontation"
_BETWEEN_TWO = re.compile(r"\b(?:between|of|entre) [^.;,]{1,40} (?:and|y) [^.;,]{1,30}")  # "of China and Vietnam"
_OTHERS = Pattern(r"(?:other(?! (?:side|party))|{many_states})\b")  # "the moves against | other countries"
_ARE_NO_STATE = Pattern(r"(?:hostile|anti-\w+) (?:\w+ )?(?:forces|{elements})\b")  # "hostile forces"
_ARE_NO_STATE_KO = Pattern("(?:(?:[가-힣]{0,3}려)?는)? ?{foe}", "ko")  # 적대시하는 | 제국주의자들
# 적대세력들의 발악적인 | 책동, 제국주의자들이 감행하는 | 책동
_DONE_BY_NO_STATE_KO = Pattern("{foe}(?:[의이은]|과 [가-힣 ]+들[의이은]) ?(?:[가-힣]{1,20} ){0,3}$", "ko")
_WITH_KO = re.compile("[가-힣]{0,6}?[과와]의")  # 꾸바|와의 친선
_GOES_ON = ("this ", "these ", "our friendship ", "our relations ")  # "These relations sealed in | blood"
_OUR_PEOPLE = re.compile("korean people|pueblo coreano")


class Phrase(NamedTuple):
    """One place of a set phrase."""

    document: Document
    term: Term
    span: Span
    sentence: Span
    named: list[Mention]  # the states of its sentence of which it may be said


def may_be_meant(document: Document, term: Term, mention: Mention) -> bool:
    """Return whether a phrase may be said of a state: not of one that is opposed, or where Koreans only live."""
    is_of_others = document.opposes(mention) or document.favors(mention)
    if is_of_others or document.is_home_of_koreans(mention):
        return False
    return term.category == "hostile" or not (
        _is_no_friend(document, term, mention) or _is_succeeded(document, mention)
    )


def _is_succeeded(document: Document, mention: Mention) -> bool:
    """Return whether ties with a state of the past are those with the friend of today that the article is about."""
    standings, foremost = document.lexicon.standings, document.foremost
    others = standings.past | document.lexicon.adversaries
    return mention.partner in standings.past and bool(foremost) and foremost not in others


def _is_no_friend(document: Document, term: Term, mention: Mention) -> bool:
    """Return whether ties cannot be with a state: who is fought, two others (中俄), or whom Korean calls by abuse.

    With the people of the South they are only those of one nation.
    """
    if mention.role == "pair" and not HOME_IN_PAIR.search(document.text, mention.start, mention.end):
        return True
    if document.small.endswith(("against ", "against the "), 0, mention.start):
        return True
    if document.language != "ko" or term.strength <= 0:
        return False
    return is_reviled(document, mention) or (term.category != "kinship" and are_brethren(document, mention))


def speaks_of(phrase: Phrase, partner: str) -> bool:
    """Return whether its sentence names a state, or names none in an article that is about it."""
    document = phrase.document
    if partner == document.lexicon.standings.other_half:
        return partner in document.states
    is_about = not phrase.named and document.foremost == partner
    return is_about or any(n.partner == partner for n in phrase.named)


def why_nobody(phrase: Phrase) -> str:
    """Return why a phrase is said of none, whoever is named in it or next to it; "" if it may be said of one."""
    document, term, span, sentence, _ = phrase
    if term.category == "hostile":
        before = (max(sentence[0], span[0] - 70), span[0])
        is_of_both = document.word_of("one_nation").search(document.small, *span)
        ended = is_of_both and document.pattern(_TO_BE_ENDED).search(document.small, *before)
        if ended and "polic" not in document.small[ended.start() : span[1]]:  # "end the policy of | confrontation"
            return "a confrontation of both that is to end"
        return "an enmity against another state" if _is_aimed_at_another(phrase) else ""
    two = _BETWEEN_TWO.search(document.text, span[0], span[1] + 45)
    is_of_two = two and not document.home_in(two.span()) and len({n.partner for n in document.named_in(two.span())}) > 1
    if is_of_two or (document.language == "ko" and _is_with_another(phrase)):
        return "relations between others"
    body = _BODY_OF_FRIENDS.get(document.language)
    is_named_for = body and document.pattern(body).search(document.small, max(sentence[0], span[0] - 50), span[0])
    return "what a body of friends is for" if is_named_for else ""


def why_nobody_near(phrase: Phrase) -> str:
    """Return why a phrase is not said of those who are named farther from it; "" if it may be."""
    document, term, span, sentence, named = phrase
    if term.category == "hostile":
        return "an enmity of people or powers that are no state" if _is_of_no_state(phrase) else ""
    if term.partner == document.lexicon.standings.other_half:
        is_about = term.partner in document.states
        return "" if is_about else "the unity of the nation, and its text does not speak of the South"
    if _is_between_others(phrase):
        return "its sentence speaks of relations between others"
    if _is_with_all(document, span):
        return "it is said of all the world or of many states, and so of none"
    kin = [n for n in named if n.partner not in document.lexicon.adversaries]
    goes_on = document.small.startswith(_GOES_ON, sentence[0])
    is_ours = kin or goes_on or document.home_in(span) or _OUR_PEOPLE.search(document.small, *span)
    if term.category in ("blood", "kinship") and not is_ours:
        return "blood or kinship, and its sentence names no other state"
    if term.category == "support" and _is_for_us(document, span):
        return "support for Pyongyang, which others give"
    if term.partner != ANY and not speaks_of(phrase, term.partner):
        return "a phrase of one state's own, and its sentence does not speak of that one"
    return ""


def _is_aimed_at_another(phrase: Phrase) -> bool:
    """Return whether it is against another state: "the hostile policy towards Cuba"."""
    document, (start, end) = phrase.document, phrase.span
    before = document.named_in((phrase.sentence[0], start))
    if before and document.opposes(before[-1]) and start - before[-1].end <= 1:  # anti-Cuba | policy
        return True
    if document.language == "ko":
        others = [n.end for n in before if _AGAINST_WHOM_KO.match(document.text, n.end)]
        since = max(others, default=start)
        aimed = document.word_of("aimed_at_us").search(document.small, since, end)
        return not aimed and (bool(others) or _is_told_of_others(document))
    if document.small.endswith(" it", start, end) and before and before[-1].partner not in document.lexicon.adversaries:
        return not document.home_in((before[-1].end, start))  # strikes Iran to | stifle it
    against = _AGAINST_WHOM.match(document.text, end)
    if against is None:
        return False
    if any(n.start == against.end() for n in phrase.named):
        return True
    return document.language == "en" and bool(document.pattern(_OTHERS).match(document.small, against.end()))


@per_document  # asked of every phrase of enmity
def _is_told_of_others(document: Document) -> bool:
    """Return whether a text speaks of a friend first, and never of us: 로씨야는 카나다의 | 적대행위를 규탄하였다."""
    if document.home or document.word_of("we").search(document.text):
        return False
    return document.mentions[0].partner not in document.lexicon.adversaries


def _is_with_another(phrase: Phrase) -> bool:
    """Return whether Korean names a state as the subject of ties with another: 로씨야는 | 꾸바와의 친선."""
    document, _, (start, end), _, named = phrase
    is_with = any(start <= n.start < end and _WITH_KO.match(document.text, n.end) for n in named)
    speaks = is_with and any(n.end <= start and blames(document, n) for n in named)
    return speaks and _is_between_others(phrase)


def _is_of_no_state(phrase: Phrase) -> bool:
    """Return whether it is said of people or powers that are no state: "hostile forces", 제국주의자들."""
    document, start, end = phrase.document, *phrase.span
    if document.language == "en":
        return bool(document.pattern(_ARE_NO_STATE).match(document.small, start))
    if document.language != "ko":
        return False
    if document.pattern(_ARE_NO_STATE_KO).match(document.text, end):
        return True
    doer = document.pattern(_DONE_BY_NO_STATE_KO).search(document.text, phrase.sentence[0], start)
    return bool(doer) and not any(n.end <= start for n in phrase.named)


def _is_between_others(phrase: Phrase) -> bool:
    """Return whether nothing in its sentence says that ties are ours."""
    document, _, _, sentence, named = phrase
    if document.home_in(sentence) or document.word_of("we").search(document.small, *sentence):
        return False
    is_of_a_pair = any(n.role == "pair" for n in named)
    is_of_two = document.home or (
        document.word_of("two").search(document.small, *sentence) and len(document.states) == 1
    )
    return not is_of_a_pair and (not is_of_two or len({n.partner for n in named}) > 1)


def _is_with_all(document: Document, span: Span) -> bool:
    """Return whether a phrase is said of all the world: "friendship with all countries"."""
    with_all = document.pattern(_WITH_ALL[document.language])
    if document.language in LANGUAGES:
        before = with_all.finditer(document.text, max(0, span[0] - 40), span[1])
        return any(whom.start() < span[0] <= whom.end() for whom in before)
    return bool(with_all.match(document.small, span[1]))


def _is_for_us(document: Document, span: Span) -> bool:
    """Return whether what is supported is the home side's: "for the cause of the Korean people"."""
    if document.language in LANGUAGES:
        return False
    after = (span[0], span[1] + 60)
    people = _OUR_PEOPLE.search(document.small, *after)
    ours = [n.start for n in document.home_in(after)] + ([people.start()] if people else [])
    if not ours or document.text[span[1] : min(ours)] == " of the ":  # the support | of the | DPRK
        return False
    return not document.named_in((span[0], min(ours)))
