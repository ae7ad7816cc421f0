"""Contacts in Korean and Chinese, by their nouns and verbs: headline and first sentence, and what is told beside them.

Two states besides the home side in one sentence are as often third parties as partners; then only a form that holds
both sides (조중, 북-러, 朝中) tells whose contact it is. The words of each language, and what its order of words asks
for, stand in contact_ko.py and contact_zh.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sunchi.lexicon import HOME
from sunchi.signals.contact.absent import is_unseen
from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order as meant_by_order
from sunchi.signals.grammar.dates import DAY, is_of_these_days
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.detect import reports
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_QUOTED = re.compile('["][^"\n]{0,40}["]')  # what is longer is another paper's report
_NOT_YET = "asked for, expected or refused: it has not taken place"
_CONCLUDED = re.compile("(?:체결|조인|서명|수표)(?:되였|되었|됐|하였|했|하시였)|(?:签署|签订|缔结)了")
_AFTER_IT = 2  # sentences after a gathering's own in which is told who took part
_OF_LEADERS = "首脑"  # whose talks are a summit: 朝美首脑会晤
_SPORT = "sports: teams meet there"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of contact of one language."""

    talks: re.Pattern[str]
    call: re.Pattern[str]
    ambassador: re.Pattern[str]
    embassy: re.Pattern[str]
    reception: re.Pattern[str]
    agreement: re.Pattern[str]
    joint: re.Pattern[str]
    gathering: re.Pattern[str]  # a joint event where those of the other state's embassy took part
    attended: re.Pattern[str]
    leaders: re.Pattern[str] | None  # how a meeting of leaders is told of after the lead
    delegation: re.Pattern[str]
    ours: re.Pattern[str]  # what says of a delegation that it is the home side's, right before it
    theirs: re.Pattern[str]
    moves: re.Pattern[str]
    visit: re.Pattern[str]
    short: re.Pattern[str]  # a visit and its host in one word: 방중, 访俄; the host is group 1
    hosts: Mapping[str, str]  # the hosts of `short`
    of_home: re.Pattern[str]  # the home side in a form that holds both
    here: re.Pattern[str]
    ours_unnamed: re.Pattern[str] | None  # all before the first state, where it names one of ours by his post alone
    of_the_house: re.Pattern[str] | None  # how Pyongyang writes, and nobody else
    sport: re.Pattern[str]
    next_item: re.Pattern[str]  # opens another piece of news: 한편, 当晚
    recalled: re.Pattern[str]  # "last year", in a sentence after the lead
    invited: re.Pattern[str]  # by whose invitation somebody travels, told after the lead
    newcomer: re.Pattern[str]  # comes to stay, as a new ambassador does
    they: re.Pattern[str]  # opens a sentence about those whom the lead names: 他, 두 사람
    speaks: re.Pattern[str]
    not_yet: Callable[[str, Span, Span], bool]  # whether what a lead's words tell of has not taken place
    is_host: Callable[[Document, Mention], bool]  # whether somebody goes to a state that is named, or comes from it
    is_posted: Callable[[Document, Mention], bool]  # whether a state is named for who is posted there
    named_delegation: Callable[[Document, Span], Span | None]
    with_post: Callable[[Document, Mention], Span]  # a person with the post beside the name


def finders(
    words: Words,
) -> tuple[
    Callable[[Document], Iterator[Contact | Rejected]], Callable[[Document, Span], Iterator[Contact | Rejected]]
]:
    """`find` and `read` of one language."""
    return partial(find, words=words), partial(read, words=words)


def find(document: Document, words: Words) -> Iterator[Contact | Rejected]:
    """Every contact that headline or first sentence reports as having been, or being under way, and what is beside it.

    That is another piece of news of the same day, and what those did besides of whom the lead tells, or by whose
    invitation they came. What the headline has in short, and the lead says is still to come, is none.
    """
    partners: set[str] = set()
    to_come = {
        (contact.kind, contact.partner)
        for lead in document.opening
        if not words.sport.search(document.text, *lead)
        for contact, done in _spoken_of(document, lead, words, _partners(document, lead, words))
        if not done
    }
    for lead in document.opening:
        for found in read(document, lead, words):
            if isinstance(found, Rejected):
                yield found
            elif lead[0] >= document.headline or (found.kind, found.partner) not in to_come:
                partners.add(found.partner)
                yield found
    for sentence in document.sentences[len(document.opening) :]:
        if words.next_item.match(document.text, *sentence):
            yield from read(document, sentence, words)
        elif words.leaders and _of_leaders(document, sentence, words):
            yield from _some(read(document, sentence, words), lambda contact: contact.kind == "talks")
        elif partners and words.invited.search(document.text, *sentence):
            yield from _some(read(document, sentence, words), lambda contact: contact.partner in partners)
        elif partners and not _is_recalled(document, sentence, words):
            yield from _besides(document, sentence, words, partners)


def _some(found: Iterable[Contact | Rejected], is_meant: Callable[[Contact], bool]) -> Iterator[Contact | Rejected]:
    """Yield the contacts that are meant, and all that was rejected."""
    return (each for each in found if isinstance(each, Rejected) or is_meant(each))


def _of_leaders(document: Document, sentence: Span, words: Words) -> bool:
    """Whether a sentence after the lead tells of these days, and of a meeting of Pyongyang's leader with another's."""
    if words.leaders is None or not words.leaders.search(document.text, *sentence):
        return False
    sides = (document.named_in(sentence), document.home_in(sentence))
    return all(any(n.role == "leader" for n in side) for side in sides) and not (
        words.speaks.search(document.text, *sentence) or _is_recalled(document, sentence, words)
    )


def _is_recalled(document: Document, sentence: Span, words: Words) -> bool:
    """Whether a sentence after the lead has a time of its own: a year, or a day that is no day of this news."""
    if words.recalled.search(document.text, *sentence):
        return True
    return any(not is_of_these_days(document.date, day) for day in DAY.finditer(document.text, *sentence))


def _besides(document: Document, sentence: Span, words: Words, partners: set[str]) -> Iterator[Contact | Rejected]:
    """A banquet for those whom the lead tells of, their delegation, talks with one of ours, and what they sign."""
    they = words.they.match(document.text, *sentence) is not None
    named = document.named_in(sentence)
    guests = {n.partner for n in named} or partners
    if len(guests) != 1 or not guests <= partners:
        return
    partner = next(iter(guests))
    if words.reception.search(document.text, *sentence):
        yield Contact("reception", partner, _who(document, "reception", sentence, words), sentence)
    if words.speaks.search(document.text, *sentence) or any(sent.span == sentence for sent in reports(document)):
        return
    met = they or any(is_person(n) for n in document.home_in(sentence))
    # One who came with a delegation is told of by it
    alone = any(map(is_person, named)) and not words.delegation.search(document.text)
    is_told = {
        "delegation_in": bool(named) or they,
        "delegation_out": bool(named) or they,
        "talks": met,
        "agreement": met or not named or _is_between(document, sentence, named, words),
        "visit": alone and any(words.is_host(document, n) for n in document.home_in(sentence)),
    }
    yield from _some(read(document, sentence, words, partner), lambda contact: is_told.get(contact.kind, False))


def _is_between(document: Document, sentence: Span, named: list[Mention], words: Words) -> bool:
    """Whether a sentence says of both sides that they have signed: "a treaty between the two was concluded"."""
    pair = any(n.role == "pair" and words.of_home.search(document.text, n.start, n.end) for n in named)
    return (pair or bool(document.home_in(sentence))) and _CONCLUDED.search(document.text, *sentence) is not None


def read(document: Document, lead: Span, words: Words, partner: str = "") -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports: with `partner`, else with whom it names."""
    partners = [partner] if partner else _partners(document, lead, words)
    if partners and words.sport.search(document.text, *lead):
        yield Rejected("contact", lead, _SPORT)
        return
    for contact, done in _spoken_of(document, lead, words, partners):
        yield contact if done else Rejected("contact", lead, _NOT_YET)


def _spoken_of(document: Document, lead: Span, words: Words, partners: list[str]) -> Iterator[tuple[Contact, bool]]:
    """Yield every contact that one sentence speaks of, and whether it has taken place."""
    if not partners:
        return
    told = _QUOTED.sub(lambda quote: " " * len(quote[0]), document.text[: lead[1]])
    for kind, at in _kinds(document, told, lead, words):
        for one in partners:
            yield Contact(kind, one, _who(document, kind, lead, words), lead), not words.not_yet(told, lead, at)


def _partners(document: Document, lead: Span, words: Words) -> list[str]:
    """The state that a sentence names beside the home side, or those of one list to which ours go or are posted."""
    partner = _partner(document, lead, words)
    if partner:
        return [partner]
    named = document.named_in(lead)
    listed = document.together(named)
    hosts = [n for n in named if words.is_host(document, n) or words.is_posted(document, n)]
    is_all = len(listed) > 1 and {n.partner for n in named} == set(listed)
    return listed if is_all and hosts and document.home_in(lead) else []


def _partner(document: Document, lead: Span, words: Words) -> str:
    """The one state that a sentence names beside the home side, "" where there is none, or more than one."""
    named = meant_by_order.taking_part(document, lead)
    pairs = [n for n in named if n.role == "pair" and words.of_home.search(document.text, n.start, n.end)]
    states = {n.partner for n in pairs or named if n.role != "pair" or n in pairs}
    if pairs and named[0].role != "capital" and named[0].partner not in states:
        return ""  # China speaks on the talks of 朝美
    if not states and document.home_in(lead):
        return _short_host(document, lead, words)
    if len(states) > 1 and not pairs and any(map(is_person, named)):  # where they met is no side: 싱가포르에서
        states = {n.partner for n in named if n.role != "pair" and not meant_by_order.is_place(document, n)}
    if len(states) != 1:
        return ""
    ours = bool(pairs) or bool(document.home_in(lead)) or bool(words.here.search(document.text, *lead))
    return states.pop() if ours or _is_ours_unnamed(document, lead, words) else ""


def _is_ours_unnamed(document: Document, lead: Span, words: Words) -> bool:
    """Whether a paper of Pyongyang's does not say whose they are of whom it tells, or where its guests arrive.

    Before the first state stands one of ours by his post, or a delegation that goes to that state; or the state's own
    delegation comes.
    """
    named = document.named_in(lead)
    delegation = words.delegation.search(document.text, *lead)
    opens = document.home[0].start < document.headline if document.home else False
    if delegation and opens and all(words.is_host(document, n) for n in named):
        return True  # the headline says whose the delegation is that goes there
    if not words.ours_unnamed or not words.of_the_house or not words.of_the_house.search(document.text):
        return False
    if any(n.role == "outside" for n in document.home):
        return False
    if delegation and words.visit.search(document.text, *lead):
        return True
    return bool(words.ours_unnamed.fullmatch(document.text, lead[0], named[0].start))


def _short_host(document: Document, lead: Span, words: Words) -> str:
    """The state that one word names as a journey's end, "" where there is none: 방중, 访俄."""
    short = words.short.search(document.text, *lead)
    host = words.hosts[short[1]] if short else ""
    return host if host != HOME else ""


def _kinds(document: Document, held: str, lead: Span, words: Words) -> Iterator[tuple[str, Span]]:
    """Kinds with the words that say so, by the nouns of `held`, which is the text without what somebody says."""
    call = words.call.search(held, *lead)
    talks = words.talks.search(held, *lead)
    if call:
        yield "courtesy_call", call.span()
    elif talks:
        met = "summit" if talks[0].startswith(_OF_LEADERS) else "talks"
        yield "courtesy_call" if words.ambassador.search(held, *lead) else met, talks.span()
    delegation = words.delegation.search(held, *lead)
    if delegation:
        moves = words.moves.search(held, *lead)
        does = moves or talks or words.reception.search(held, *lead)
        way = _way(document, lead, delegation.start(), words) if does else ""
        if way:
            yield way, (moves or talks or delegation).span()
    else:
        visit = words.visit.search(held, *lead)
        if visit and not words.newcomer.search(held, *lead) and _visitor(document, lead, words):
            yield "visit", visit.span()
    for kind, pattern in (("reception", words.reception), ("agreement", words.agreement), ("joint_event", words.joint)):
        match = pattern.search(held, *lead) or (kind == "joint_event" and _attended(document, held, lead, words))
        if match:
            yield kind, match.span()


def _attended(document: Document, held: str, lead: Span, words: Words) -> re.Match[str] | None:
    """A gathering of which the lead or one of the next two sentences says that the other state's embassy took part."""
    gathering = words.gathering.search(held, *lead)
    if gathering is None:
        return None
    end = lead[1]
    for _ in range(_AFTER_IT):
        end = max(end, document.sentence_at(min(end + 2, len(document.text)))[1])
    return gathering if words.attended.search(document.text, lead[0], end) else None


def _way(document: Document, lead: Span, delegation: int, words: Words) -> str:
    """delegation_in or _out, by whom the words before a delegation name last, else by where it goes; "" if unsaid."""
    if words.ours.search(document.text, lead[0], delegation):
        return "delegation_out"
    if words.theirs.search(document.text, lead[0], delegation):
        return "delegation_in"
    both = [n for n in [*document.named_in(lead), *document.home_in(lead)] if n.role != "pair" and n.end <= delegation]
    last = max((n for n in both if not words.is_host(document, n)), key=lambda n: n.start, default=None)
    if last is None:
        if any(words.is_host(document, n) for n in document.named_in(lead)):
            return "delegation_out"
        return "delegation_in" if any(words.is_host(document, n) for n in document.home_in(lead)) else ""
    return "delegation_out" if last.partner == HOME else "delegation_in"


def _visitor(document: Document, lead: Span, words: Words) -> bool:
    """Whether a person of the home side goes to a state, or one of a state comes."""
    if words.embassy.search(document.text, *lead):
        return False
    foreign = [n for n in document.named_in(lead) if n.role != "pair"]
    to_them = any(words.is_host(document, n) for n in foreign) or _short_host(document, lead, words)
    if to_them and any(not words.is_host(document, n) for n in document.home_in(lead)):
        return True
    to_us = any(words.is_host(document, n) for n in document.home_in(lead)) or words.here.search(document.text, *lead)
    return bool(to_us) and any(not words.is_host(document, n) for n in foreign)


def _who(document: Document, kind: str, lead: Span, words: Words) -> tuple[Span, ...]:
    """The delegation of its own kinds; else the leaders and officials of a sentence; else the whole of it."""
    delegation = words.named_delegation(document, lead)
    if delegation and kind.startswith("delegation"):
        return (delegation,)
    both = sorted([*document.named_in(lead), *document.home_in(lead)], key=lambda n: n.start)
    people = tuple(words.with_post(document, n) for n in both if is_person(n) and not is_unseen(document, n))
    return people or ((delegation or lead),)
