"""Where the Korean frames of frames.csv fit a sentence: a predicate, with the phrases of its clause in their cases.

The phrases stand in any order. What a clause does not say is as in the clauses before it, and a noun that a verb
describes takes the place that is left: 보내온 | 축전, 방문하는 | 대표단. One predicate fits one frame, the first of the
file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sunchi.lexicon import HOME
from sunchi.lexicon.frames import Argument, Frame, Words
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.frames import MOST, Match, fitting_in
from sunchi.signals.grammar.korean import Phrase, nearest, parsed
from sunchi.signals.grammar.word_order import are_brethren
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_NEEDED = ("와", "의", "사이의", "로부터", "위하여")  # cases without which a frame does not fit
_ALSO = {"이": ("이", "에서"), "에게": ("에게", "에"), "로": ("로", "에", "을"), "에": ("에", "로")}
"""Cases of a side that may stand for one another: 당에서 보내왔다, 대회에 보내였다, 꾸바에로 떠났다."""
_MOST = 12  # objects that share a predicate
# 통신| tells of others, 통신|사 writes to others itself; 김일성-김정일|주의연구협회, 김일성|연구
_NO_PARTY = re.compile("(?:(?<=통신)|(?<=신문))(?!사)|(?:-김정일)?주의|연구")
# Whom a paper of Pyongyang's names without their state: 김성남동지, 외무성 부상, 체육성대표단
_LIKE_OURS = Pattern(r"동지|(?:{our_body}|[가-힣] ?{delegation})(?:들| 성원들| ?일행)?\s*$", "ko")
_OUR_OWN = Pattern("(?<![가-힣])(?:조선(?!족|반도|[가-힣]*연구)|{our_side})", "ko")
# 로씨야|주재 우리 나라 대사관: who is posted in a state is not its own
_POSTED = re.compile(r"(?<=주재)|(?:련방|연방|공화국)?(?: [가-힣]{1,8})?\s?주재")


@dataclass(frozen=True, slots=True)
class Side:
    """Those whom one place of a match names, without the press, and compatriots in the south or abroad."""

    span: Span | None
    is_ours: bool  # by name, or as it says itself: 조선외무상, 우리측
    ours: list[Mention]
    theirs: list[Mention]
    posted: list[Mention]  # states where those of the side are posted
    may_be_ours: bool  # if it names nobody of a state: left out, or by post or body as in Pyongyang's papers


def matches(document: Document, kind: str, where: Iterable[Span]) -> Iterator[Match]:
    """Yield the frames of a kind that fit the sentences, in the order of their predicates."""
    for sentence, fitting in fitting_in(document, kind, where):
        found: dict[int, Match] = {}
        for frame in fitting:
            predicate = frame.parts[-1]
            assert isinstance(predicate, Words)  # noqa: S101  # as lexicon/frames.py reads a Korean frame
            for place in list(predicate.pattern.finditer(document.small, *sentence))[:MOST]:
                word = document.text.rfind(" ", sentence[0], place.start())  # before it
                if word not in found and (match := _Binding(document, sentence, frame, place.span()).match()):
                    found |= {word: match, **dict(_sharing(document, match, place.span()))}
        yield from (found[place] for place in sorted(found)[:MOST])


def _sharing(document: Document, match: Match, place: Span) -> Iterator[tuple[int, Match]]:
    """Yield the matches of objects before, with the same predicate: 대사가 축전을, | 대사관이 꽃바구니를 드리였다."""
    before = parsed(document, match.sentence).phrases_before(place[0])
    objects = [p for p in before if p.case == "을" and document.text.startswith(",", p.end + 1)]
    for last in objects[-_MOST:]:
        binding = _Binding(document, match.sentence, match.frame, place, last)
        if (shared := binding.match()) and last in binding.used:
            yield last.end, shared


class _Binding:
    """One frame at one predicate, while its arguments are looked for; `last` is the last one that it may have."""

    def __init__(
        self, document: Document, sentence: Span, frame: Frame, place: Span, last: Phrase | None = None
    ) -> None:
        self.document, self.sentence, self.frame, self.place = document, sentence, frame, place
        self.parsed = parsed(document, sentence)
        self.verb = next((verb for verb in self.parsed.verbs if verb.start <= place[0] < verb.end), None)
        before = self.verb.taken if self.verb else self.parsed.phrases_before(place[0])
        self.before = [phrase for phrase in before if phrase.end <= last.end] if last else before
        own = self.parsed.phrase_at(place[0])
        self.beside = (own.start, place[0]) if own else None  # bare words before a predicate
        self.used: list[Phrase] = []
        self.sides: dict[str, Span] = {}
        self.told: Span | None = None

    def match(self) -> Match | None:
        """Return the frame with its sides, if all its words are there, and without words one of its sides."""
        for argument in self.frame.arguments:
            if argument.words and not self._finds_words(argument, argument.words):
                return None
        missing = [each for each in self.frame.arguments if each.side and not self._finds_side(each)]
        self._fill(missing)
        if any(each.case in _NEEDED for each in missing) or not (self.sides or self.told):
            return None
        words = (min(self.place, self.told or self.place)[0], self.place[1])
        one, other = self.sides.get("SIDE1"), self.sides.get("SIDE2")
        return Match(self.frame, self.sentence, words, one, other, self.told, before_noun=self.verb is not None)

    def _finds_words(self, argument: Argument, words: Words) -> bool:
        """Look for a phrase of the frame's own words: in its case, described by the verb, or bare before it."""
        head = [self._head] if self._head else []
        for phrase in [*head, *nearest(self.before, ("을", "이") if argument.case == "을" else (argument.case,))]:
            if found := self._latest(words, self.parsed.list_at(phrase.start)):  # 인사와 | 축원을 전하였다
                self.told = found
                self.used.append(phrase)
                return True
        if self.beside and (found := self._latest(words, self.beside)):
            self.told, self.beside = found, (self.beside[0], found[0])
        return self.told is not None

    def _latest(self, words: Words, span: Span) -> Span | None:
        """Return where words stand last in a span."""
        return next((found.span() for found in reversed([*words.pattern.finditer(self.document.small, *span)])), None)

    def _finds_side(self, argument: Argument) -> bool:
        """Look for the phrase of a side, in its clause or, where that says nothing, in one before it.

        Where a verb before a noun has its object, the noun is who does it: 우리 나라를 방문하는 | 라오스외무상.
        """
        if argument.side == "SIDE1" and self._head:
            people = self.document.class_words("several_people")  # 전투원들
            if parties(self.document, self._head.span) or self.document.text.endswith(people, *self._head.span):
                self.sides["SIDE1"] = self._head.span
                return True
        if argument.case == "의":
            return self._finds_owner(argument.side)
        cases = _ALSO.get(argument.case, (argument.case,))
        own = [phrase for phrase in self.before if phrase not in self.used]
        clause = self.parsed.clause_at(self.place[0])
        earlier = [phrase for phrase in self.parsed.phrases if phrase.clause < clause]
        options = (filter(self._is_somebody, own), filter(self._is_somebody, earlier), own)
        found = next(filter(None, (list(nearest(phrases, cases)) for phrases in options)), [])
        if not found:
            return False
        alike = [each for each in found if (each.inside, each.case) == (found[0].inside, found[0].case)]
        phrase = next((each for each in alike if parties(self.document, each.span)), found[0])
        self.used.append(phrase)
        self.sides[argument.side] = (self.parsed.list_at(phrase.start)[0], phrase.end)  # 습근평주석과 | 뿌찐대통령에게
        return True

    def _is_somebody(self, phrase: Phrase) -> bool:
        """Return whether a phrase is more than a place: 보건성|에서, and not 12일 베이징|에서, 평양국제비행장|에서."""
        return phrase.case != "에서" or any(n.role != "capital" for n in parties(self.document, phrase.span))

    @property
    def _head(self) -> Phrase | None:
        """The noun that the predicate describes, if it is none of the frame's own words."""
        return self.verb.head if self.verb and self.verb.head not in self.used else None

    def _finds_owner(self, side: str) -> bool:
        """Look for a side right before the frame's words: 김정은동지의 | 축전, 뿌찐대통령의 | 회담."""
        end = (self.told or self.place)[0]
        phrase = self.parsed.phrase_at(end)
        owner = (phrase.start, self.document.text.rfind("의 ", phrase.start, end)) if phrase else None
        if owner and parties(self.document, owner):
            self.sides[side] = owner
        return side in self.sides

    def _fill(self, missing: list[Argument]) -> None:
        """Give to the first side that is missing what stands there without a particle, or what the verb describes."""
        span = self._head.span if self._head else self.beside
        if missing and span and self.document.text[slice(*span)].strip():
            is_like_ours = self.document.pattern(_LIKE_OURS).search(self.document.text, *span)
            if not self._head or is_like_ours or parties(self.document, span):
                self.sides[min(argument.side for argument in missing)] = span


def sides_of(document: Document, match: Match) -> tuple[Side, Side]:
    """Return the sides of a match; a headline may run them together: 중국주석 | 로씨야대통령에게, 대사 | 우의탑에."""
    one, other = match.side1, match.side2
    if one is None and other and (named := parties(document, other)):
        second = next((n.start for n in named if n.partner != named[0].partner), None)
        if laid_at := document.word_of("laid_at").search(document.text, *other):
            second = laid_at.start()
        one, other = ((other[0], second), (second, other[1])) if second else (one, other)
    return side_at(document, one), side_at(document, other)


@per_document  # asked for each frame of a sentence
def side_at(document: Document, span: Span | None) -> Side:
    """Return who stands in a place of a match."""
    named = parties(document, span)
    if span and document.word_of("corps").search(document.small, *span):
        named = []  # who brings what the diplomatic corps has sent
    foreign = [n for n in named if n.partner != HOME]  # 로조친선협회 is Moscow's, 조로친선협회 of both
    theirs = [n for n in foreign if n.role != "pair" or document.text.endswith("조", n.start, n.end)]
    posted = [n for n in document.named_in(span) if _POSTED.match(document.text, n.end)] if span else []
    ours = [n for n in named if n.partner == HOME]
    said = document.pattern(_OUR_OWN).finditer(document.text, *span) if span else ()
    says_so = any(not any(n.start <= word.start() < n.end for n in theirs) for word in said)  # and no 북|마께도니야
    is_ours = says_so or any(n.role != "capital" for n in ours)
    may_be_ours = bool(document.home)
    if span and (may_be_ours or document.word_of("house_style").search(document.text)):
        is_foreign = document.word_of("of_many_lands").search(document.text, *span)
        may_be_ours = not is_foreign and document.pattern(_LIKE_OURS).search(document.text, *span) is not None
    return Side(span, is_ours, ours, theirs, posted, may_be_ours)


@per_document  # asked for each frame of a sentence
def parties(document: Document, span: Span | None) -> list[Mention]:
    """Return whom a place names, without places of posting, the press, and compatriots in the south or abroad."""
    named = [*document.foreign_in(span), *document.home_in(span)] if span else []
    named = [n for n in named if not (document.text.endswith("조선", 0, n.start) or are_brethren(document, n))]
    named = [n for n in named if not (_POSTED.match(document.text, n.end) or _NO_PARTY.match(document.text, n.end))]
    return sorted(named, key=lambda n: n.start)
