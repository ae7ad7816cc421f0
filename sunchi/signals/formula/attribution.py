"""The states that a set phrase is said of: those that are named nearest to it.

They stand in the phrase itself ("the DPRK-China friendship"), are joined to it ("the hostile policy of the U.S."), or
are named in its sentence, or before it. What speaks against all of them stands in unattributed.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import dropwhile

from sunchi.lexicon import Term
from sunchi.lexicon.columns import ANY
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import LIST_OF_STATES, MOST_NAMED, Document, per_document
from sunchi.signals.formula import unattributed
from sunchi.signals.formula.unattributed import Phrase, may_be_meant
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.speech import said_before
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_STRONGEST = -2
_NEXT = 5  # characters: 미국|과 야합
# "in league with the | U.S.", "sycophancy towards | Japan", "not Japan or | Russia", "egged the | puppets on to"
_IS_BESIDE = Pattern(r"\b(?:with|with its(?: {master})?|not|or|towards?|{instigation}) (?:the )?$")
_IS_KO = re.compile("(?:인|[하려]?는)? ?")  # 철천지원쑤인 | 일제: the sworn enemy that is Japan
_OF_THE_PATRON = Pattern(r"\b{master}'s? (?:[\w-]+ ){0,3}$")  # "keeping pace with their master's | hostile policy"


def attribution(document: Document, term: Term, span: Span, sentence: Span) -> tuple[list[str], str]:
    """Return the states that a phrase is said of, and why; or why it is said of none."""
    if len(document.named_in(sentence)) > MOST_NAMED:
        return [], LIST_OF_STATES
    named = _meant_in(document, term, sentence)
    if term.category == "hostile" and not named:
        named = _rulers_of_the_south(document, (sentence[0], span[0]))
    phrase = Phrase(document, term, span, sentence, named)
    for ask, why in _ENMITY if term.category == "hostile" else _TIES:
        if answer := ask(phrase):
            return [] if answer is True else answer, why
    return [], "nothing says of which state it is said"


def _meant_in(document: Document, term: Term, span: Span) -> list[Mention]:
    return [n for n in document.named_in(span) if may_be_meant(document, term, n)]


def _rulers_of_the_south(document: Document, span: Span) -> list[Mention]:
    """Return where words that name no state mean the South, if the text speaks of it: "the traitors"."""
    south = document.lexicon.standings.other_half
    rulers = document.word_of("ruler_of_the_south")
    found = rulers.search(document.small, *span) if south in document.states else None
    return [Mention(*found.span(), south, "name", titled=False)] if found else []


def _inside(phrase: Phrase) -> list[str]:
    """Return the states in the phrase, with those listed before or after them: "the DPRK-Russia and | DPRK-China …"."""
    document, named = phrase.document, phrase.named
    inside = document.named_in(phrase.span)
    if not inside:
        return []
    first, last = word_order.ends_of_list(document, inside[0])[0], word_order.ends_of_list(document, inside[-1])[1]
    return list(dict.fromkeys(n.partner for n in named if first.start <= n.start <= last.start))


def _joined_after(phrase: Phrase) -> list[str]:
    """Return who follows it with "of" or "by", or in Korean who is called so."""
    joints = (_IS_KO,) if phrase.document.language == "ko" else (word_order.BY, word_order.OF)
    return phrase.document.together(next(filter(None, map(phrase.joined, joints)), []))


def _known_for_it(phrase: Phrase) -> list[str]:
    """Return the state whose own phrase it is, if its sentence names it, or none in an article that is about it."""
    document, own = phrase.document, phrase.row.partner
    if own == document.lexicon.standings.other_half:
        return [own] if own in document.states else []
    return [own] if document.foremost == own != ANY or any(n.partner == own for n in phrase.named) else []


def _nearest_before(phrase: Phrase) -> list[str]:
    """Return the state that stands nearest before it, with those listed there."""
    document = phrase.document
    return document.together([n for n in phrase.before if not word_order.is_patient(document, n, phrase.span)])


def _foremost_near(phrase: Phrase) -> list[str]:
    """Return the state that the article names most, if its opening or the sentence before names it, too.

    For what is said to be between two, it is enough that no other state has been named since. Warm words on no state
    are never those of an adversary, nor harsh ones those of a friend.
    """
    document, foremost = phrase.document, phrase.document.foremost
    if (foremost in document.lexicon.adversaries) != (phrase.row.category == "hostile"):
        return []
    before = said_before(document, phrase.sentence)
    near = [n for sentence in before for n in _meant_in(document, phrase.row, sentence)]
    if not near and document.word_of("two").search(document.small, *phrase.span):
        near = document.named_in((0, phrase.span[0]))[-1:]
    return [foremost] if any(n.partner == foremost for n in near) else []


def _within_the_nation(phrase: Phrase) -> list[str]:
    document, south = phrase.document, phrase.document.lexicon.standings.other_half
    is_within = south in document.states and document.word_of("one_nation").search(document.small, *phrase.span)
    return [south] if is_within else []


def _best_known_for_it(phrase: Phrase) -> list[str]:
    """Return the state whose own phrase it is, unless another is named that does it, with those listed before it."""
    own = _known_for_it(phrase) if not phrase.named or phrase.row.strength <= _STRONGEST else []
    before = _nearest_before(phrase)
    return before if set(own) & set(before) else own  # 미제와 한국놈들은 | 불변의 주적


def _patron(phrase: Phrase) -> list[str]:
    document, start = phrase.document, phrase.span[0]
    is_his = document.pattern(_OF_THE_PATRON).search(document.text, max(0, start - 50), start)
    return [document.lexicon.standings.patron] if is_his else []


def _doer(phrase: Phrase) -> list[str]:
    """Return those nearest before it, if an adversary is among them, as friends abroad mention it; or the first one."""
    document = phrase.document
    acting = [n for n in phrase.named if not _is_beside(document, n)]
    nearest = _nearest_before(phrase._replace(named=acting or phrase.named))
    return nearest if document.lexicon.adversaries.intersection(nearest) else _first_foe(document, phrase.named)


def _adversary_near(phrase: Phrase) -> list[str]:
    """Return the first adversary that one of the two sentences before names, or the article's own subject.

    The enmity must be Pyongyang's concern though its sentence names nobody who does it.
    """
    document, term = phrase.document, phrase.row
    is_bare = not phrase.named and term.strength <= _STRONGEST
    if not is_bare and not document.word_of("aimed_at_us").search(document.small, *phrase.span):
        return []
    before = document.sentence_before(phrase.sentence)
    named = (_meant_in(document, term, sentence) for sentence in (before, document.sentence_before(before)))
    return next(filter(None, (_first_foe(document, some) for some in named)), []) or _foremost_near(phrase)


def _first_foe(document: Document, named: list[Mention]) -> list[str]:
    """Return the first adversary that acts, and those listed with it; before the doer stands who tells of it."""
    acting = [n for n in named if not _is_beside(document, n)]
    return document.together([*dropwhile(lambda n: n.partner not in document.lexicon.adversaries, acting)])


@per_document  # asked of each state of a sentence for each of its phrases
def _is_beside(document: Document, mention: Mention) -> bool:
    """Return whether a state is named, or listed, as one with whom, to whom or where another does it."""
    first, last = word_order.ends_of_list(document, mention)
    if document.language == "ko":
        beside = document.word_of("in_league").search(document.text, last.end, last.end + _NEXT)
    else:
        beside = document.pattern(_IS_BESIDE).search(document.text, max(0, first.start - 20), first.start)
    has_adjective = not document.text.startswith("U.S", first.start)  # "due to the U.S. moves"
    is_away = has_adjective and (word_order.is_place(document, first) or word_order.suffers(document, first))
    return beside is not None or is_away


_Rules = tuple[tuple[Callable[[Phrase], list[str] | bool], str], ...]
_TIES: _Rules = (
    (unattributed.is_between_two_others, "relations between others"),
    (unattributed.is_name_of_friends, "what a body of friends is for"),
    (_inside, "the phrase names it"),
    (_joined_after, "it is named right after the phrase as the one whose it is"),
    (unattributed.is_between_others, "its sentence speaks of relations between others"),
    (_known_for_it, "the phrase is its own, and its sentence or the article speaks of it"),
    (lambda phrase: phrase.row.partner != ANY, "a phrase of one state's own, and its sentence does not speak of it"),
    (unattributed.is_with_all, "it is said of all the world or of many states, and so of none"),
    (unattributed.is_kinship_of_none, "blood or kinship, and its sentence names no other state"),
    (unattributed.is_support_of_friends, "support that private friends give"),
    (_nearest_before, "its sentence names it nearest before the phrase"),
    (lambda phrase: [n.partner for n in phrase.named[:1]], "its sentence names it"),
    (_foremost_near, "its sentence names none, and the article is about it"),
)
_ENMITY: _Rules = (
    (unattributed.is_aimed_at_another, "an enmity against another state"),
    (_within_the_nation, "an enmity between fellow countrymen"),
    (_inside, "the phrase names it"),
    (_joined_after, "it is named right after the phrase as the one whose it is"),
    (unattributed.is_of_no_state, "an enmity of people or powers that are no state"),
    (_best_known_for_it, "the phrase is its own, and its sentence or the article speaks of it"),
    (_patron, "the master of those who do it"),
    (_doer, "it is the adversary that its sentence names nearest before the phrase, or first"),
    (_adversary_near, "its sentence names no doer; one shortly before names it, or the article is about it"),
)
"""The questions, in order, of whose a phrase of either sort is: the first that gives states or True decides.

True says that the phrase is said of none, whatever those below would give.
"""
