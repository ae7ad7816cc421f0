"""The states that a set phrase is said of: those that are named nearest to it.

They stand in the phrase itself ("the DPRK-China friendship"), are joined to it ("the hostile policy of the U.S."), or
are named in its sentence, or before it. What speaks against all of them stands in unattributed.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sunchi.lexicon import Term
from sunchi.lexicon.columns import ANY
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.attention.incidental import ends_of_list, is_object, is_place
from sunchi.signals.document import MOST_NAMED, Document
from sunchi.signals.formula.unattributed import Phrase, may_be_meant, speaks_of, why_nobody, why_nobody_near
from sunchi.signals.grammar import word_order
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_STRONGEST = -2
# "in league with the | U.S.", "sycophancy towards | Japan", "not Japan or | Russia", "egged the | puppets on to"
_IS_BESIDE = Pattern(r"\b(?:with|with its(?: {master})?|not|or|towards?|{instigation}) (?:the )?$")
_IS_BESIDE_KO = re.compile("[과와] (?:함께|더불어|야합|결탁|공모)")  # 일본|과 함께
_BACK = 2  # sentences
# "the hostile policy of the | U.S.", "the moves pursued by | Japan", "la política hostil de los | EE.UU."
_BY = re.compile(r"(?: of|[^.;,]{0,40}?\bby) (?:the )?| del? (?:el |la |los |las )?")
_IS_KO = re.compile("(?:인|[하려]?는)? ?")  # 철천지원쑤인 | 일제: the sworn enemy that is Japan
_OF_THE_PATRON = Pattern(r"\b{master}'s? (?:[\w-]+ ){0,3}$")  # "keeping pace with their master's | hostile policy"
# "the traitors", "the 'government'"; 괴뢰
_RULERS_OF_THE_SOUTH = {"en": Pattern(r"\b{puppet}\b|[\"']government"), "ko": Pattern("{ruler_of_the_south}", "ko")}


class Attribution(NamedTuple):
    """The states that a phrase is said of, and why; or why it is said of none."""

    partners: list[str]
    why: str


def attribution(document: Document, term: Term, span: Span, sentence: Span) -> Attribution:
    """Return the states that a phrase is said of."""
    stated = document.named_in(sentence)
    if len(stated) > MOST_NAMED:
        return Attribution([], f"its sentence names states more than {MOST_NAMED} times: a list of them")
    named = [n for n in stated if may_be_meant(document, term, n)]
    if term.category == "hostile" and not named:
        named = _rulers_of_the_south(document, (sentence[0], span[0]))
    phrase = Phrase(document, term, span, sentence, named)
    why_not = why_nobody(phrase)
    found = None if why_not else _first(_named_at_once(phrase))
    if not found:
        why_not = why_not or why_nobody_near(phrase)
        farther = _doers(phrase) if term.category == "hostile" else _friends(phrase)
        found = None if why_not else _first(farther)
    return found or Attribution([], why_not or "nothing says of which state it is said")


def _first(candidates: Iterable[Attribution]) -> Attribution | None:
    return next((each for each in candidates if each.partners), None)


def _named_at_once(phrase: Phrase) -> Iterator[Attribution]:
    """Yield the states that the phrase itself says, or the words right after it."""
    yield Attribution(_within_the_nation(phrase), "an enmity between fellow countrymen")
    yield Attribution(_inside(phrase), "the phrase names it")
    yield Attribution(_joined_after(phrase), "it is named right after the phrase as the one whose it is")


def _friends(phrase: Phrase) -> Iterator[Attribution]:
    yield Attribution(_known_for_it(phrase), "the phrase is its own, and its sentence or the article speaks of it")
    yield Attribution(_nearest_before(phrase), "its sentence names it nearest before the phrase")
    yield Attribution([n.partner for n in phrase.named[:1]], "its sentence names it")
    yield Attribution(_foremost_near(phrase), "its sentence names none, and the article is about it")


def _doers(phrase: Phrase) -> Iterator[Attribution]:
    """Yield those whose enmity it may be.

    Those who only stand near it are meant if an adversary is among them: friends abroad mention it, too. In Korean and
    Chinese a doer stands right before it.
    """
    document, term, span, _, named = phrase
    adversaries = document.lexicon.adversaries
    before = _nearest_before(phrase)
    own = _known_for_it(phrase) if not named or term.strength <= _STRONGEST else []
    listed = before if set(own) & set(before) else own  # 미제와 한국놈들은 | 불변의 주적
    yield Attribution(listed, "the phrase is its own, and its sentence or the article speaks of it")
    if document.pattern(_OF_THE_PATRON).search(document.text, max(0, span[0] - 50), span[0]):
        yield Attribution([document.lexicon.standings.patron], "the master of those who do it")
    if document.language == "ko" and "들" in document.text[slice(*span)]:
        yield Attribution(_last_pair(phrase), "it is said of several, and these are the last that were named as one")
    acting = _acting(document, named)
    nearest = _nearest_before(phrase._replace(named=acting or named))
    is_by_order = document.language in word_order.LANGUAGES and term.strength > _STRONGEST
    if is_by_order or adversaries.intersection(nearest):
        yield Attribution(nearest, "its sentence names it nearest before the phrase")
    yield Attribution(_first_adversary(document, acting), "it is the first adversary that its sentence names")
    is_bare = not named and (term.strength <= _STRONGEST or document.language == "ko")
    if is_bare or document.word_of("aimed_at_us").search(document.small, *span):
        yield Attribution(_adversary_before(phrase), "its sentence names no doer, and one shortly before names it")
        near = _with_those_in_the_headline(document, _foremost_near(phrase))
        if adversaries.intersection(near):
            yield Attribution(near, "its sentence names no doer, and the article is about it")


def _last_pair(phrase: Phrase) -> list[str]:
    """Return the adversaries of the last word for several before it: 미일한의 3각공조 … | 적수국들의 준동."""
    document, foes = phrase.document, phrase.document.lexicon.adversaries
    named = [n for n in document.named_in((0, phrase.span[0])) if n.role == "pair" and n.partner in foes]
    last = [n.partner for n in named if n.start == named[-1].start]
    return last if len(last) > 1 and not phrase.named else []


def _acting(document: Document, named: list[Mention]) -> list[Mention]:
    """Return the states but those that only stand beside, and those listed with these."""
    acting = list[Mention]()
    for before, mention in zip([None, *named], named, strict=False):
        if before and mention.partner in document.together([before, mention])[-1:]:  # the U.S. together with | Japan
            acting += [mention] if before in acting else []
        elif not _is_beside(document, mention):
            acting.append(mention)
    return acting


def _is_beside(document: Document, mention: Mention) -> bool:
    """Return whether a state is named as one with whom, to whom or where another does it."""
    _, last = ends_of_list(document, mention, document.sentence_at(mention.start))
    if document.pattern(_IS_BESIDE).search(document.text, max(0, mention.start - 20), mention.start):
        return True
    if _IS_BESIDE_KO.match(document.text, last.end):
        return True
    if document.text.startswith("U.S", mention.start):  # it has no adjective: "due to the U.S. moves"
        return False
    return is_place(document, mention) or is_object(document, mention)


def _rulers_of_the_south(document: Document, span: Span) -> list[Mention]:
    """Return where words that name no state mean the South, if the text speaks of it: "the traitors"."""
    south = document.lexicon.standings.other_half
    rulers = _RULERS_OF_THE_SOUTH.get(document.language)
    found = document.pattern(rulers).search(document.small, *span) if rulers and south in document.states else None
    return [Mention(south, *found.span(), "name", titled=False)] if found else []


def _within_the_nation(phrase: Phrase) -> list[str]:
    """Return the South for an enmity between fellow countrymen."""
    document, south = phrase.document, phrase.document.lexicon.standings.other_half
    is_within = document.word_of("one_nation").search(document.small, *phrase.span)
    return [south] if is_within and phrase.term.category == "hostile" and south in document.states else []


def _inside(phrase: Phrase) -> list[str]:
    """Return the states in the phrase, with those listed before or after them: "the DPRK-Russia and | DPRK-China …"."""
    inside = [n for n in phrase.document.named_in(phrase.span) if n in phrase.named]
    if not inside:
        return []
    before = [n for n in phrase.named if n.start < inside[0].start]
    after = [n for n in phrase.named if n.start > inside[-1].start]
    together = phrase.document.together
    return list(dict.fromkeys([*together([inside[0], *before[::-1]])[::-1], *together([*inside, *after])]))


def _joined_after(phrase: Phrase) -> list[str]:
    """Return who follows it with "of" or "by", or in Korean who is called so."""
    joint = (_IS_KO if phrase.document.language == "ko" else _BY).match(phrase.document.text, phrase.span[1])
    after = [n for n in phrase.named if joint and n.start >= joint.end()]
    return phrase.document.together(after) if joint and after and after[0].start == joint.end() else []


def _known_for_it(phrase: Phrase) -> list[str]:
    """Return the state whose own phrase it is, if its sentence or the article speaks of it."""
    own = phrase.term.partner
    return [own] if own != ANY and speaks_of(phrase, own) else []


def _nearest_before(phrase: Phrase) -> list[str]:
    """Return the state that stands nearest before it, with those listed there."""
    document = phrase.document
    before = [n for n in phrase.named if n.end <= phrase.span[0]]
    if document.language in word_order.LANGUAGES:
        before = [n for n in before if not word_order.is_patient(document, n, phrase.span)]
    return document.together(before[::-1])


def _foremost_near(phrase: Phrase) -> list[str]:
    """Return the state that the article names most, if its opening or the sentence before names it, too.

    For what is said to be between two, it is enough that no other state has been named since.
    """
    document = phrase.document
    sentences = (*document.opening, document.sentence_before(phrase.sentence))
    near = [n for s in sentences for n in document.named_in(s) if may_be_meant(document, phrase.term, n)]
    if not near and document.word_of("two").search(document.small, *phrase.span):
        near = document.named_in((0, phrase.span[0]))[-1:]
    return [document.foremost] if any(n.partner == document.foremost for n in near) else []


def _first_adversary(document: Document, named: list[Mention]) -> list[str]:
    """Return the first adversary and those listed with it; before the doer of an enmity stands who tells of it."""
    first = next((k for k, n in enumerate(named) if n.partner in document.lexicon.adversaries), len(named))
    return document.together(named[first:])


def _adversary_before(phrase: Phrase) -> list[str]:
    """Return the first adversary that one of the sentences before names, with those listed there."""
    document, before, found = phrase.document, phrase.sentence, list[str]()
    for _ in range(_BACK):
        before = document.sentence_before(before)
        named = [n for n in document.named_in(before) if may_be_meant(document, phrase.term, n)]
        found = found or _first_adversary(document, _acting(document, named))
    return found


def _with_those_in_the_headline(document: Document, partners: list[str]) -> list[str]:
    """Return states with those that the headline lists beside them: "US-S. Korea Drill"."""
    over = document.together(document.named_in((0, document.headline)))
    return over if set(partners) & set(over) else partners
