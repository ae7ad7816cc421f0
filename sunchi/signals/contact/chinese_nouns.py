"""Contacts in Chinese, by the nouns and verbs of headline and first sentence, and what goes with them.

Two states besides the home side in one sentence are as often third parties as partners; then only a form that holds
both sides (朝中) says whose contact it is. The words stand in vocabulary.csv, what the order of words asks for in
chinese.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.absent import is_unseen
from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.dates import DAY, is_of_these_days
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.word_order import HOME_IN_PAIR, state_visited
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.detect import reports
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_QUOTED = re.compile('["][^"\n]{0,40}["]')  # what is longer is another paper's report
_INVITED = re.compile("应[^,;。\n]{2,60}邀请")  # 应老挝政府邀请
_AFTER_IT = 2  # sentences after a gathering's own in which is told who took part
_OF_LEADERS = "首脑"  # whose talks are a summit: 朝美首脑会晤
_ATTENDED = Pattern("{diplomat}[^.。\n]{0,50}{attend}", "zh")  # 朝鲜大使参加了集会
_AMBASSADOR = Pattern("{ambassador}(?!馆)", "zh")  # no 大使馆, the building
_NEXT_ITEM = Pattern("{next_item}", "zh")
_NEWCOMER = Pattern("新任[^,;.。\n]{0,12}{ambassador}|{take_up_post}", "zh")  # 新任老挝大使
_HERE = Pattern("(?<!日本){here}", "zh")  # 来访, and no 日本外务省


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language speaks of contacts; its words stand in vocabulary.csv."""

    talks: Pattern
    agreement: Pattern
    concluded: Pattern  # of both sides that they have signed
    gathering: Pattern  # a joint event where those of the other state's embassy took part
    delegation: Pattern  # that takes part, and is not only waited upon or somebody's own
    moves: Pattern
    visit: Pattern
    they: Pattern  # opens a sentence about those whom the lead names: 他
    speaks: Pattern
    not_yet: Callable[[Document, str, Span, Span], bool]  # whether what a lead's words report has not taken place
    is_host: Callable[[Document, Mention], bool]  # whether somebody goes to a state that is named, or comes from it
    named_delegation: Callable[[Document, Span], Span | None]
    with_post: Callable[[Document, Mention], Span]  # a person with the post beside the name


def finders(
    grammar: Grammar,
) -> tuple[
    Callable[[Document], Iterator[Contact | Rejected]], Callable[[Document, Span], Iterator[Contact | Rejected]]
]:
    """Return `find` and `read` of one language."""
    return partial(find, grammar=grammar), partial(read, grammar=grammar)


def find(document: Document, grammar: Grammar) -> Iterator[Contact | Rejected]:
    """Yield every contact that the headline or first sentence reports as done or under way, and what goes with it.

    That is other news of the same day, and what else the guests of the lead did, or by whose invitation they came. A
    contact that the headline gives in short and the lead announces for later is none.
    """
    partners: set[str] = set()
    lead_spans = document.body if is_review(document) else document.opening
    to_come = {
        (contact.kind, contact.partner)
        for lead in lead_spans
        if not document.word_of("sport").search(document.text, *lead)
        for contact, done in _spoken_of(document, lead, grammar, _partners(document, lead, grammar))
        if not done
    }
    for lead in lead_spans:
        for found in read(document, lead, grammar):
            if isinstance(found, Rejected):
                yield found
            elif lead[0] >= document.headline or (found.kind, found.partner) not in to_come:
                partners.add(found.partner)
                yield found
    for sentence in document.sentences[bisect_right(document.sentences, lead_spans[-1]) :]:
        if document.pattern(_NEXT_ITEM).match(document.text, *sentence):
            yield from read(document, sentence, grammar)
        elif _of_leaders(document, sentence, grammar):
            yield from _some(read(document, sentence, grammar), lambda contact: contact.kind == "talks")
        elif partners and _INVITED.search(document.text, *sentence):
            yield from _some(read(document, sentence, grammar), lambda contact: contact.partner in partners)
        elif partners and not _is_recalled(document, sentence, grammar):
            yield from _besides(document, sentence, grammar, partners)


def _some(found: Iterable[Contact | Rejected], is_meant: Callable[[Contact], bool]) -> Iterator[Contact | Rejected]:
    """Yield the contacts that are meant, and all that was rejected."""
    return (each for each in found if isinstance(each, Rejected) or is_meant(each))


def _of_leaders(document: Document, sentence: Span, grammar: Grammar) -> bool:
    """Return whether a sentence after the lead reports, as news, a meeting of Pyongyang's leader with another's."""
    if not document.word_of("leaders_meet").search(document.text, *sentence):
        return False
    both = (document.named_in(sentence), document.home_in(sentence))
    return all(any(n.role == "leader" for n in side) for side in both) and not (
        document.pattern(grammar.speaks).search(document.text, *sentence) or _is_recalled(document, sentence, grammar)
    )


def _is_recalled(document: Document, sentence: Span, grammar: Grammar) -> bool:
    """Return whether a sentence after the lead has a time of its own: a year, or a day that is no day of this news."""
    if document.word_of("earlier").search(document.text, *sentence):
        return True
    return any(not is_of_these_days(document.date, day) for day in DAY.finditer(document.text, *sentence))


def _besides(document: Document, sentence: Span, grammar: Grammar, partners: set[str]) -> Iterator[Contact | Rejected]:
    """Yield a banquet for the guests of the lead, their delegation, talks with one of ours, and what they sign."""
    they = document.pattern(grammar.they).match(document.text, *sentence) is not None
    named = document.named_in(sentence)
    guests = {n.partner for n in named} or partners
    if len(guests) != 1 or not guests <= partners:
        return
    partner = next(iter(guests))
    if document.word_of("reception").search(document.text, *sentence):
        yield Contact("reception", partner, _who(document, "reception", sentence, grammar), sentence)
    if document.pattern(grammar.speaks).search(document.text, *sentence) or any(
        sent.span == sentence for sent in reports(document)
    ):
        return
    met = they or any(is_person(n) for n in document.home_in(sentence))
    # One who came with a delegation is told of by it
    alone = any(map(is_person, named)) and not document.word_of("delegation").search(document.text)
    is_reported = {
        "delegation_in": bool(named) or they,
        "delegation_out": bool(named) or they,
        "talks": met,
        "agreement": met or not named or _is_between(document, sentence, named, grammar),
        "visit": alone and any(grammar.is_host(document, n) for n in document.home_in(sentence)),
    }
    yield from _some(read(document, sentence, grammar, partner), lambda contact: is_reported.get(contact.kind, False))


def _is_between(document: Document, sentence: Span, named: list[Mention], grammar: Grammar) -> bool:
    """Return whether a sentence says of both sides that they have signed: "a treaty between the two was concluded"."""
    pair = any(n.role == "pair" and HOME_IN_PAIR.search(document.text, n.start, n.end) for n in named)
    return (pair or bool(document.home_in(sentence))) and document.pattern(grammar.concluded).search(
        document.text, *sentence
    ) is not None


def read(document: Document, lead: Span, grammar: Grammar, partner: str = "") -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports: with `partner`, else with whom it names."""
    partners = [partner] if partner else _partners(document, lead, grammar)
    if partners and document.word_of("sport").search(document.text, *lead):
        yield Rejected("contact", lead, "sports: teams meet there")
        return
    for contact, done in _spoken_of(document, lead, grammar, partners):
        if done:
            yield contact
        else:
            yield Rejected("contact", lead, "asked for, expected or refused: it has not taken place")


def _spoken_of(document: Document, lead: Span, grammar: Grammar, partners: list[str]) -> Iterator[tuple[Contact, bool]]:
    """Yield every contact that one sentence speaks of, and whether it has taken place."""
    if not partners:
        return
    unquoted = _QUOTED.sub(lambda quote: " " * len(quote[0]), document.text[: lead[1]])
    for kind, at in _kinds(document, unquoted, lead, grammar):
        for one in partners:
            yield (
                Contact(kind, one, _who(document, kind, lead, grammar), lead),
                not grammar.not_yet(document, unquoted, lead, at),
            )


def _partners(document: Document, lead: Span, grammar: Grammar) -> list[str]:
    """Return the state named beside the home side, or those of a list to which ours go or are posted."""
    partner = _partner(document, lead, grammar)
    if partner:
        return [partner]
    named = document.named_in(lead)
    listed = document.together(named)
    hosts = [n for n in named if grammar.is_host(document, n) or document.text.endswith("驻", 0, n.start)]
    is_all = len(listed) > 1 and {n.partner for n in named} == set(listed)
    if is_all and hosts and document.home_in(lead):
        return listed
    return _each_of(document, lead, grammar)


def _each_of(document: Document, lead: Span, grammar: Grammar) -> list[str]:
    """Return the states of a list with each of whom the home side has it: "met the heads of three delegations"."""
    separately = document.word_of("separately").search(document.text, *lead)
    if separately is None or not (document.home_in(lead) or _is_ours_unnamed(document, lead, grammar)):
        return []
    named = [n for n in document.named_in((lead[0], separately.start())) if n.role != "pair"]
    return list(dict.fromkeys(n.partner for n in named if not grammar.is_host(document, n)))


def _partner(document: Document, lead: Span, grammar: Grammar) -> str:
    """Return the one state that a sentence names beside the home side; "" if there is none, or more than one."""
    named = word_order.participants(document, lead)
    pairs = [n for n in named if n.role == "pair" and HOME_IN_PAIR.search(document.text, n.start, n.end)]
    states = {n.partner for n in pairs or named if n.role != "pair" or n in pairs}
    if pairs and named[0].role != "capital" and named[0].partner not in states:
        return ""  # China speaks on the talks of 朝美
    if not states and document.home_in(lead):
        return state_visited(document.text, lead)
    if len(states) > 1 and not pairs:  # where they met is no side: 싱가포르에서
        states = {n.partner for n in named if n.role != "pair" and not word_order.is_place(document, n)}
    if len(states) != 1:
        return ""
    ours = bool(pairs) or bool(document.home_in(lead)) or _is_here(document, lead)
    return states.pop() if ours or _is_ours_unnamed(document, lead, grammar) else ""


def _is_ours_unnamed(document: Document, lead: Span, grammar: Grammar) -> bool:
    """Return whether the headline says whose the delegation is that goes to the states of a lead."""
    opens = document.home[0].start < document.headline if document.home else False
    is_group = document.word_of("delegation").search(document.text, *lead) is not None
    return is_group and opens and all(grammar.is_host(document, n) for n in document.named_in(lead))


def _is_here(document: Document, lead: Span) -> bool:
    """Return whether a lead takes place at home, or with the home side."""
    return bool(document.pattern(_HERE).search(document.text, *lead))


def _kinds(document: Document, held: str, lead: Span, grammar: Grammar) -> Iterator[tuple[str, Span]]:
    """Yield the kinds that the nouns of `held` say, with the words; `held` is the text without what somebody says."""
    call = document.word_of("courtesy_call").search(held, *lead)
    talks = document.pattern(grammar.talks).search(held, *lead)
    if call:
        yield "courtesy_call", call.span()
    elif talks:
        met = "summit" if talks[0].startswith(_OF_LEADERS) else "talks"
        yield (
            "courtesy_call" if document.pattern(_AMBASSADOR).search(held, *lead) else met,
            talks.span(),
        )
    moves = document.pattern(grammar.moves).search(held, *lead)
    takes_part = document.word_of("delegation") if moves else document.pattern(grammar.delegation)
    delegation = takes_part.search(held, *lead)
    if delegation and not document.word_of("side_at_talks").search(held, *lead):  # whose members sat at the table
        does = moves or talks or document.word_of("reception").search(held, *lead)
        way = _way(document, lead, delegation.start(), grammar) if does else ""
        if way:
            yield way, (moves or talks or delegation).span()
    else:
        visit = document.pattern(grammar.visit).search(held, *lead)
        if (
            visit
            and not call
            and not document.pattern(_NEWCOMER).search(held, *lead)
            and _visitor(document, lead, grammar)
        ):
            yield "visit", visit.span()
    given = document.word_of("reception").search(held, *lead)  # a gathering that one of them gives is a reception
    for kind, pattern in (
        ("reception", document.word_of("reception")),
        ("agreement", document.pattern(grammar.agreement)),
        ("joint_event", document.word_of("joint_event")),
    ):
        match = pattern.search(held, *lead) or (kind == "joint_event" and _attended(document, held, lead, grammar))
        if match and not (kind == "joint_event" and given):
            yield kind, match.span()


def _attended(document: Document, held: str, lead: Span, grammar: Grammar) -> re.Match[str] | None:
    """Yield a gathering that the other state's embassy attends, by the lead or one of the next two sentences."""
    gathering = document.pattern(grammar.gathering).search(held, *lead)
    if gathering is None:
        return None
    end = lead[1]
    for _ in range(_AFTER_IT):
        end = max(end, document.sentence_at(min(end + 2, len(document.text)))[1])
    return gathering if document.pattern(_ATTENDED).search(document.text, lead[0], end) else None


def _way(document: Document, lead: Span, delegation: int, grammar: Grammar) -> str:
    """Return delegation_in or delegation_out, by the state named last before it, else by its goal; "" if unsaid."""
    before = document.text[lead[0] : delegation].rstrip()
    if before.endswith(document.class_words("our_side")):
        return "delegation_out"
    if before.endswith(document.class_words("south_side")):
        return "delegation_in"
    named, home = document.named_in(lead), document.home_in(lead)
    both = [n for n in [*named, *home] if n.role != "pair" and n.end <= delegation]
    last = max((n for n in both if not grammar.is_host(document, n)), key=lambda n: n.start, default=None)
    if last is None:
        if any(grammar.is_host(document, n) for n in named):
            return "delegation_out"
        return "delegation_in" if any(grammar.is_host(document, n) for n in home) else ""
    return "delegation_out" if last.partner == HOME else "delegation_in"


def _visitor(document: Document, lead: Span, grammar: Grammar) -> bool:
    """Return whether a person of the home side goes to a state, or one of a state comes."""
    if document.word_of("resident").search(document.text, *lead):
        return False
    foreign = [n for n in document.named_in(lead) if n.role != "pair"]
    to_them = any(grammar.is_host(document, n) for n in foreign) or state_visited(document.text, lead)
    if to_them and any(not grammar.is_host(document, n) for n in document.home_in(lead)):
        return True
    to_us = any(grammar.is_host(document, n) for n in document.home_in(lead)) or _is_here(document, lead)
    return bool(to_us) and any(not grammar.is_host(document, n) for n in foreign)


def _who(document: Document, kind: str, lead: Span, grammar: Grammar) -> tuple[Span, ...]:
    """Return the delegation, if the kind is one; else the leaders and officials of a sentence; else all of it."""
    delegation = grammar.named_delegation(document, lead)
    if delegation and kind.startswith("delegation"):
        return (delegation,)
    both = sorted([*document.named_in(lead), *document.home_in(lead)], key=lambda n: n.start)
    people = tuple(grammar.with_post(document, n) for n in both if is_person(n) and not is_unseen(document, n))
    return people or ((delegation or lead),)
