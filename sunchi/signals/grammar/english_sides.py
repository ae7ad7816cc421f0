"""The sides of an event in English: whom a phrase before or after its verb means, as far as the article says.

A side is another state's (each of its parties counts), the home side's, or open: "they", "the delegation", "the king",
of whom the article spoke before, and who stand on the side that the other one leaves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import only_state
from sunchi.signals.grammar.english_parties import (
    Party,
    home_name,
    is_foreign,
    is_korea,
    is_state,
    parties,
    short,
    taking_part,
)
from sunchi.signals.grammar.speech import side_of_speaker
from sunchi.text import Span

# Where another thought begins: "to Xi Jinping | on the occasion of", "from the president | who expressed"
STOP = Pattern(
    r",? (?:on (?=the {occasion}|{own}|[A-Z]\w+\.? \d|\w+day)|{at_the_time}\b|and {another_deed}\b"
    r"|(?:expressing|thanking|saying|who(?! (?:is|are|was|doubles?)\b)) |by (?=the [a-z])|to (?={purpose}\b))"
)
# "With reverence for the leader, | the king", "Papers reported that | Kim Jong Un", and no "In May ambassadors of"
_INTRODUCTION = re.compile(
    r"(?:On the same day|Meanwhile),? |(?:With|On|In|At|Upon|After|Earlier)\b(?:(?! ambassadors\b)[^,]){0,80}, "
    r"|.*\breported (?:[^.;]{0,60} )?that ",
    re.DOTALL,
)
_TO_HIM = Pattern(r"\W*(?:him|his|(?:the )?{likeness})\b")  # "him", "the portrait"
# "They", "the head of the delegation", "the statement", "King Example"
_KNOWN = Pattern(
    r"\W*(?:(?i:they|he|she|it)\b|(?i:the) (?:(?:head|member)s? of (?:the )?)?(?:\w+ )?"
    r"(?:{guest_or_group}|{office}|{statement}|{society}|artistes|performers)\b(?! of [A-Z])|{title_of_office} [A-Z])"
)
_NAMED = re.compile(r"\W*[A-Z][a-z]\w*(?: [A-Z][\w'-]+){1,4} [a-z]")  # "Ana Example | expressed"
_MANY = Pattern(r"\W*(?:they|the (?:\w+ )?{caller})\b")  # "They", "the foreign visitors"
# "foreign ministers of"; "ambassadors and consuls of", "personages of"
_OFFICES_OF = Pattern(
    r"(?:[\w-]+ ){0,3}?(?:(?:{high_office}|{ambassador}|envoy)(?:s|s and [\w'. -]{3,40}?)|{personage}) of ",
    flags=re.IGNORECASE,
)
# "Koreans of several circles in", "Overseas Koreans", "Russia-resident Koreans"
_ARE_KOREANS = Pattern(r"\b{korean_abroad} (?:[\w-]+ ){0,4}in\b|\bChongryon\b|(?:Overseas|-resident) Koreans\b")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event."""

    span: Span
    listed: tuple[tuple[str, Span], ...] = ()  # each party of another state: the state, and where it stands
    is_ours: bool = False
    is_open: bool = False

    @property
    def is_theirs(self) -> bool:
        """Return whether the phrase itself names another state's side."""
        return bool(self.listed) and not self.is_open


def side_of(document: Document, span: Span, sentence: Span, *, follows: bool) -> Side:
    """Return the side that a phrase means; `follows` says that it stands after the verb."""
    end = span[1]
    if follows:
        stop = document.pattern(STOP).search(document.text, *span)
        span = span[0], stop.start() if stop else end
    else:
        span = without_introduction(document, span)
    are_koreans = are_koreans_abroad(document, (0, document.headline))
    if is_foreign(document, span) and not are_koreans:
        return Side(span, tuple(parties(document, span)))
    if document.home_in(span) or is_korea(document, span):
        return Side(span, is_ours=True)
    if document.word_of("monument").search(document.small, *span):  # at home, and of those who fell for another state
        named = document.named_in((span[1], end))
        state = named[0].partner if named else only_state(document)
        return Side(span, ((state, span),) if state else (), is_ours=True, is_open=True)
    if document.pattern(_TO_HIM).match(document.small, *span):
        return Side(span, is_ours=bool(document.home))
    if document.pattern(_KNOWN).match(document.text, *span):
        return Side(span, tuple((state, span) for state in _known_before(document, sentence, span)), is_open=True)
    speaker = side_of_speaker(document, span) if _NAMED.match(document.text, *span) else None
    if speaker and speaker != HOME:
        return Side(span, ((speaker, span),), is_open=True)
    named = document.named_in((span[1], end))  # "to Ana Example | on her election as president of Peru"
    return Side(span, () if are_koreans else tuple((n.partner, span) for n in named[:1]))


def without_introduction(document: Document, span: Span) -> Span:
    """Return the words before a verb without those that open the sentence: "At the invitation of the leader, | …"."""
    opening = _INTRODUCTION.match(document.text, *span)
    return (opening.end(), span[1]) if opening else span


def _known_before(document: Document, sentence: Span, span: Span) -> list[str]:
    """Return the states of "they" or "the delegation": those that the sentence before names, or the article's."""
    before = document.sentence_before(sentence)
    if are_koreans_abroad(document, (0, document.headline)) or are_koreans_abroad(document, before):
        return []
    are_many = document.pattern(_MANY).match(document.small, *span)
    for said in (before, document.opening[-1]):
        states = list(dict.fromkeys(n.partner for n in taking_part(document, said)))
        if len(states) == 1 or (states and are_many):
            return states
    return [partner] if (partner := only_state(document)) else []


def are_koreans_abroad(document: Document, span: Span) -> bool:
    """Return whether a phrase speaks of Koreans who live abroad: they are no state's."""
    return bool(document.pattern(_ARE_KOREANS).search(document.text, *span))


def is_our_leader(document: Document, side: Side) -> bool:
    """Return whether "he" is a leader of the home side, since the article names him first."""
    first = min((*document.mentions[:1], *document.home[:1]), key=lambda n: n.start)
    is_he = document.small[slice(*side.span)].split()[:1] == ["he"]
    return is_he and (first.role, first.partner) == ("leader", HOME)


def parties_of(document: Document, side: Side) -> list[Party]:
    """Return the parties of another state's side; an open one bears its state's name, unless it is a person's.

    Of one who stands there by his state alone the office is that of the one before: "the foreign ministers of Peru,
    Laos and Mali", "personages of Ghana and Peru".
    """
    found: list[Party] = []
    office: re.Match[str] | None = None
    for partner, place in side.listed:
        name, is_person = short(document.unframed[slice(*place)], partner, document.lexicon)
        if side.is_ours:
            name, is_person = home_name(document, side.span), False
        elif side.is_open and not is_person:
            name = document.lexicon.label(partner)
        elif office and not is_person and is_state(name.partition(" to ")[0], document.lexicon):
            name = office[0] + name
        else:
            office = document.pattern(_OFFICES_OF).match(name)
        found.append(Party(partner, name, is_person))
    return found
