"""The states that a set phrase is said of.

They are named in the phrase itself ("the DPRK-China friendship"), else in its sentence; the article's own state is
meant where the sentence names none and the article's opening or the sentence before does.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sunchi.lexicon import Term
from sunchi.lexicon.columns import ANY
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import MOST_NAMED, Document
from sunchi.signals.formula.hostility import hostile_parties
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.english import is_where_koreans_live
from sunchi.signals.grammar.word_order import HOME_IN_PAIR, are_brethren, is_reviled, is_said_of_us
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_BOUND = ("blood", "kinship")
# "the DPRK-Russia and DPRK-China friendship"
_AND_PAIR = re.compile(r"(?:-DPRK)? and (?:the )?(?:DPRK-)?")
_AND_PAIR_KO = re.compile("(?:, ?|[와과] )")  # 조중, 조로친선
# "friendly relations with Laos", "friendship existing between Laos and the DPRK"
_WITH = re.compile(r"(?:,? (?:existing|binding|linking))?,? (?:with|between|of|towards?|for|con|entre)\b[^.;,]{0,45}")
# "friendship with all countries", "solidarity with other peoples"; "con todos los países"
_WITH_ALL = Pattern(r" (?:with|among|between|of) (?:the )?(?:peoples of )?{all_states}\b(?! (?:democratic|dprk))")
_WITH_ALL_ES = Pattern(r" con {all_states}\b", "es")  # "amistad | con todos los países"
_JOINED_KO = re.compile(
    "(?:[과와]의|[을를] 비롯한(?: [가-힣 ]{0,16}(?:나라|국가)(?: ?인민)?들(?:과?의|사이의))?|등|사이의|의)? ?"
)
_WITH_WHOM_KO = re.compile("[가-힣](?:과|와)의 ?[가-힣]")  # 나라들과의 동지적련대: with us
_WITH_PEOPLES_KO = re.compile("(?:나라|국가) ?(?:인민)?들과의 ?")
_AMONG_KO = re.compile("[을를] 비롯한 [가-힣 ]{0,16}$")  # 쏘련과 중국을 비롯한 | 사회주의나라들과의 친선
_IS_IT_KO = re.compile("인 ")
# In Korean and Chinese they stand before the phrase: 세계 여러 나라들과의 친선, 各国友好
_WITH_ALL_KO = Pattern("{many_states}[^.,]{0,12}(?:나라|인민|국가|력량)들?(?:과|와|사이)?의? *$", "ko")
_WITH_ALL_ZH = Pattern("{many_states}(?:人民)?的?$", "zh")
_ALL_BEFORE = {"ko": _WITH_ALL_KO, "zh": _WITH_ALL_ZH}
# "an association for friendship", "a meeting of solidarity"; "el comité de amistad"
_BODY_OF_FRIENDS = Pattern(r"\b(?:those|meetings?|{body_of_friends}) (?:for|of) (?:[\w-]+ and )?(?:the )?$")
_BODY_OF_FRIENDS_ES = Pattern(r"\b{body_of_friends} de $", "es")


class Attribution(NamedTuple):
    """The states that a phrase is said of, or why it is said of none."""

    partners: list[str]
    why_not: str = ""


def attribution(document: Document, term: Term, span: Span, sentence: Span) -> Attribution:
    """Return the states that a phrase is said of."""
    in_all = document.named_in(sentence)
    if len(in_all) > MOST_NAMED:
        return Attribution([], f"its sentence names states more than {MOST_NAMED} times: a list of them")
    named = [n for n in in_all if not document.opposes(n) and not is_where_koreans_live(document, n)]
    if term.category == "hostile":
        is_ours = is_said_of_us(document, span, sentence)
        partners = [] if is_ours else hostile_parties(document, term, span, sentence, named)
        return Attribution(partners, "an enmity of which nothing says whose it is, or aimed at another")
    fought = [n for n in named if document.small.endswith(("against ", "against the "), 0, n.start)]
    named = [n for n in named if n not in fought]
    if document.language == "ko" and term.strength > 0:
        friends = _as_friends(document, term, named)
        if named and not friends:
            return Attribution([], "its sentence names only foes, or the people of the other half of the nation")
        named = friends
    body = _BODY_OF_FRIENDS_ES if document.language == "es" else _BODY_OF_FRIENDS
    if document.pattern(body).search(document.small, max(sentence[0], span[0] - 50), span[0]):
        return Attribution([], "what a body of friends is for")
    inside = [n for n in document.named_in(span) if n in named]
    if inside:
        return _of_those_inside(document, span, inside, named)
    why_not = _why_nobody(document, term, span, sentence, named)
    if why_not:
        return Attribution([], why_not)
    if term.partner != ANY:
        return Attribution([term.partner])
    partners = _of_the_sentence(document, span, named)
    if term.category in _BOUND and document.lexicon.adversaries.intersection(partners):
        return Attribution([], "blood or kinship, and its sentence names an adversary alone")
    return Attribution(partners, "nothing says of which state it is said")


def _as_friends(document: Document, term: Term, named: list[Mention]) -> list[Mention]:
    """Return the states of a Korean sentence that a phrase of friendship may be said of.

    None is said of one called by a name of abuse, and of the people of the South only that they are of one nation.
    """
    friends = [n for n in named if not is_reviled(document, n)]
    return friends if term.category == "kinship" else [n for n in friends if not are_brethren(document, n)]


def _of_those_inside(document: Document, span: Span, inside: list[Mention], named: list[Mention]) -> Attribution:
    """Return the states that a phrase of friendship names, and those joined to them: "the DPRK-Russia and …"."""
    is_between_others = all(n.role == "pair" for n in inside) and not _ours_in_a_pair(document, inside)
    if is_between_others:
        return Attribution([], "relations between others")
    if document.language != "en" and inside[0].role != "pair" and len({n.partner for n in inside}) == 1:
        return Attribution(_listed_with(document, span, inside[0], named))
    pairs = named if document.language == "en" else [n for n in named if n.role == "pair"]
    joint = _AND_PAIR_KO if document.language == "ko" else _AND_PAIR
    first = next((n for n in pairs if joint.fullmatch(document.text, n.end, inside[0].start)), inside[0])
    second = [n for n in inside if joint.fullmatch(document.text, first.end, n.start)]
    return Attribution([n.partner for n in (first, *second)])


def _listed_with(document: Document, span: Span, state: Mention, named: list[Mention]) -> list[str]:
    """Return the state in a phrase, and those listed with it before or after: 라오스와 | 꾸바와의 친선관계."""
    opens, ends = state.start - span[0] <= 1, state.end == span[1]
    before = [n for n in named if n.start < state.start][::-1] if opens else []
    after = [n for n in named if n.start > state.start] if ends else []
    shared = [*document.together([state, *before])[::-1], *document.together([state, *after])]
    return list(dict.fromkeys(shared))


def _why_nobody(document: Document, term: Term, span: Span, sentence: Span, named: list[Mention]) -> str:
    """Return why a phrase that names no state is said of none; "" if it may be said of one."""
    if document.language == "ko" and term.partner == document.lexicon.standings.other_half:
        is_about_it = term.partner in document.states
        return "" if is_about_it else "the unity of the nation, and its text does not speak of the South"
    is_ours = bool(
        document.home_in(sentence)
        or document.word_of("we").search(document.small, *sentence)
        or _ours_in_a_pair(document, named)
        or (document.home and _WITH_WHOM_KO.search(document.text, *span))
    )
    if term.category == "criticism" and document.word_of("unnamed_power").search(document.small, *span):
        return ""  # "a big power": who is meant is known, and not named
    if _is_between_others(document, span, named, is_ours=is_ours):
        return "its sentence speaks of relations between others"
    if _is_with_all(document, span):
        return "it is said of all the world or of many states, and so of none"
    if term.partner != ANY:
        is_named = any(n.partner == term.partner for n in named) or (not named and document.foremost == term.partner)
        return "" if is_named else "a phrase of one state's own, and its sentence does not speak of that one"
    if term.category in _BOUND and not (named or _is_of_two(document, span, sentence)):
        return "blood or kinship, and its sentence names no other state"
    if term.category == "support" and _is_for_us(document, span):
        return "support for Pyongyang, which others give"
    return ""


def _is_between_others(document: Document, span: Span, named: list[Mention], *, is_ours: bool) -> bool:
    """Return whether a phrase is right after a pair of others (中俄战略伙伴关系), or nothing says that it is ours."""
    at_once = [n for n in named if span[0] - 1 <= n.end <= span[0]]
    if any(n.role == "pair" for n in at_once) and not _ours_in_a_pair(document, at_once):
        return True
    return not is_ours and (not document.home or len({n.partner for n in named}) > 1)


def _is_of_two(document: Document, span: Span, sentence: Span) -> bool:
    """Return whether a phrase names Pyongyang's side, or its sentence says "the two countries"."""
    is_with_us = document.home_in(span) or document.small.find("korean people", *span) >= 0
    return bool(is_with_us or document.word_of("of_two").search(document.small, *sentence))


def _ours_in_a_pair(document: Document, named: list[Mention]) -> bool:
    """Return whether one of the two in 朝俄 or 조로 is the home side."""
    return any(n.role == "pair" and HOME_IN_PAIR.search(document.text, n.start, n.end) for n in named)


def _is_with_all(document: Document, span: Span) -> bool:
    """Return whether a phrase is said of all the world: "friendship with all countries"."""
    before = _ALL_BEFORE.get(document.language)
    if before:
        is_some = document.language == "ko" and _AMONG_KO.search(document.text, max(0, span[0] - 40), span[0])
        with_whom = _WITH_PEOPLES_KO.match(document.text, *span)
        begins = with_whom.end() if with_whom else span[0]
        return not is_some and bool(document.pattern(before).search(document.text, max(0, span[0] - 40), begins))
    last = document.text[span[0] : span[1]].rsplit(" ", 1)[-1]
    end = span[1] - len(last) - 1 if last in ("with", "between") else span[1]  # it may end in the preposition
    with_all = _WITH_ALL_ES if document.language == "es" else _WITH_ALL
    return bool(document.pattern(with_all).match(document.small, end))


def _is_for_us(document: Document, span: Span) -> bool:
    """Return whether what is supported is the home side's: "for the cause of the Korean people"."""
    if document.language in word_order.LANGUAGES:
        return False  # who is supported stands before it
    home = document.home_in((span[0], span[1] + 60))
    return bool(home) and not document.named_in((span[0], home[0].start))


def _named_after(document: Document, span: Span, named: list[Mention]) -> list[Mention]:
    """Return the states that "with" or "of" puts after the phrase."""
    joint = _WITH.match(document.text, span[1])
    return [n for n in named if joint and span[1] <= n.start < joint.end()]


def _of_the_sentence(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Return the state that "with" puts after the phrase, else the article's own if it is near, else the nearest."""
    after = _named_after(document, span, named)
    if len({n.partner for n in after}) > 1:
        return []  # of China and Vietnam
    if after:
        return document.together(after)
    sharing = _sharing_ko(document, span, named) if document.language == "ko" else []
    if sharing:
        return sharing
    if not named:
        return [document.foremost] if _is_foremost_near(document, span) else []
    if any(n.partner == document.foremost for n in named):
        return [document.foremost]
    over = document.named_in((0, document.headline)) if document.language == "ko" else []
    if any(n.partner == document.foremost for n in over):
        return [document.foremost]  # in news of the two, others are named by the way
    before = [n for n in named if n.end <= span[0]]
    return [(before[-1] if before else named[0]).partner]


def _sharing_ko(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Return the states joined right before a Korean phrase, or after it: 쏘련, 중국과의 | 친선; 린방인 | 쏘련."""
    before = [n for n in named if n.end <= span[0]]
    if before and _JOINED_KO.fullmatch(document.text, before[-1].end, span[0]):
        return document.together(before[::-1])[::-1]
    is_it = _IS_IT_KO.match(document.text, span[1])
    after = [n for n in named if is_it and n.start >= is_it.end()]
    return document.together(after) if is_it and after and after[0].start == is_it.end() else []


def _is_foremost_near(document: Document, span: Span) -> bool:
    """Return whether the opening or the sentence before the phrase's names the state that the article names most.

    For what is said to be between two, it is enough that no other state has been named since.
    """
    sentences = (*document.opening, document.sentence_before(document.sentence_at(span[0])))
    near = [n for sentence in sentences for n in document.named_in(sentence) if not document.opposes(n)]
    if not near and document.word_of("two").search(document.small, *span):
        near = document.named_in((0, span[0]))[-1:]
    return any(n.partner == document.foremost and not is_where_koreans_live(document, n) for n in near)
