"""Korean clauses: noun phrases with their cases, in any order, before a predicate that stands last.

    김정은동지께서 | 습근평동지가 | 보내온 | 축전에 | …    a phrase ends with its particle, a clause with a verb

A verb before a noun (보내온 축전) has a clause of its own inside the other one: phrases that it may have taken are left
to the outer one only where nothing else stands in their case. An occasion (창건 75돐에 즈음하여) belongs to no verb.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sunchi.lexicon import Lexicon
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.text import Span

KOREANS_ABROAD = Pattern("{koreans_abroad}(?!맹)", "ko")
"""총련, 재중조선인, and no 로총련맹."""

CASES = {
    "이": ("께서는", "께서도", "께서", "이", "가", "은", "는", "도"),
    "에게": ("에게는", "에게도", "에게", "께는", "께도", "께", "앞으로", "한테"),
    "에": ("에로의", "에는", "에도", "에로", "에"),
    "로부터": ("으로부터", "에게서", "로부터"),
    "을": ("을", "를"),
    "에서": ("에서는", "에서도", "에서"),
    "와": ("과의", "와의", "과", "와"),
    "로": ("으로", "로"),
    "사이의": ("사이에", "사이의", "사이", "간의", "간"),
}
"""Each case, by the particle with which frames.csv writes it, and the particles that mark it; the longer ones first."""

OCCASION, FOR = "즈음하여", "위하여"
"""Cases of what stands before a verb that is none any more: 창건 75돐에 즈음하여, 대표단을 위하여."""

_CASE_OF = {particle: case for case, particles in CASES.items() for particle in particles}
_ENDS_NAMES = ("로", "도", "에", "께", "간")  # that no person bears as particles in these papers
_LENGTHS = sorted({len(particle) for particle in _CASE_OF}, reverse=True)
# With which letters no particle begins after a syllable, by how that ends, in the order of Unicode: open, …, in ㄹ, …
_BY_FINAL = ("이은을과으", *["가는를와로"] * 7, "가는를와", *["가는를와로"] * 19)
_NEVER_AFTER = {chr(n): _BY_FINAL[(n - ord("가")) % 28] for n in range(ord("가"), ord("힣") + 1)}
_WORD = re.compile(r"[^\s,]+")
_NAMED = re.compile("《[^》]*》")  # a party, a paper: 로씨야의 정당 | 《진리를 위하여》
_CLOSED = ".\"')>…»”’"  # what may stand after a word
_GOES_ON = (" 중인 ", " 있는 ", " 있던 ", " 계시는 ")  # 방문 | 중인, 방문하고 | 있는: a verb before its noun, too
# 서거한 | 것과, 보내준 | 데 대하여
_DEED = re.compile("[가-힣]*[는은한된온던신낸준난친간할될릴](?=(?:것|데)(?:[이은을과도에서]|으로|에서)?$)")
_TOOK_OFFICE = Pattern("재?(?:{elected}|임명|취임)[된한]$", "ko")  # 수상으로 | 선거된

# Who acts: 외무상의 명의로 된 | 화환; 대사관의 공동주최로 | 모임이
_IN_THE_NAME = re.compile("의 (?:명의|(?:공동)?주최)$")


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase. `end` is where its noun ends and the particle begins; `case` is "" where there is none."""

    start: int
    end: int
    case: str
    clause: int
    inside: bool = False  # a verb before a noun may have taken it

    @property
    def span(self) -> Span:
        return (self.start, self.end)


@dataclass(slots=True, eq=False)
class Verb:
    """A verb before a noun, with the phrases that it may have taken, in order, and the phrase that it describes."""

    start: int
    end: int
    taken: list[Phrase]
    head: Phrase | None = None


@dataclass(slots=True)
class Sentence:
    """The phrases of a sentence, in order, and its verbs that stand before a noun."""

    phrases: list[Phrase] = field(default_factory=list)
    verbs: list[Verb] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # of clauses

    def clause_at(self, place: int) -> int:
        """Return the number of the clause that holds a place."""
        return bisect_right(self.ends, place)

    def phrases_before(self, place: int) -> list[Phrase]:
        """Return the phrases of the clause that holds a place, up to it."""
        clause = self.clause_at(place)
        return [phrase for phrase in self.phrases if phrase.clause == clause and phrase.end <= place]

    def phrase_at(self, place: int) -> Phrase | None:
        """Return the phrase that holds a place."""
        return next((phrase for phrase in self.phrases if phrase.start <= place <= phrase.end), None)

    def list_at(self, place: int) -> Span:
        """Return from where to where the phrases reach that are listed with the one at a place: 축전과 | 선물."""
        first = last = next((n for n, phrase in enumerate(self.phrases) if phrase.start <= place <= phrase.end), 0)
        while first and self.phrases[first - 1].case == "와":
            first -= 1
        while self.phrases[last].case == "와" and last + 1 < len(self.phrases):
            last += 1
        return self.phrases[first].start, self.phrases[last].end


@per_document
def parsed(document: Document, sentence: Span) -> Sentence:
    """Return the phrases and verbs of a sentence."""
    return _Reader(document, sentence).read()


def _by_last_letter(endings: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return endings by their last letter, so that a word is compared with the few that it may have."""
    return {last: tuple([ending for ending in endings if ending[-1] == last]) for last in {e[-1] for e in endings}}


class _Words:
    """The words of a lexicon by which a sentence is read."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.vocabulary.words_in("ko")
        self.groups, posts = words("delegation"), (*lexicon.offices["ko"], *words("traveller"), "들인")
        self.known = (*posts, *lexicon.organs["ko"], *words("our_body"), *self.groups, "들")
        self.not_verbs = (*words("for_guests"), *words("at_the_time"), *words("postposition"))
        self.posts, self.no_particle = _by_last_letter(posts), _by_last_letter(words("ends_like_particle"))
        self.leads, self.ends_clause = _by_last_letter(words("leads")), _by_last_letter(words("ends_clause"))
        self.verbs = _by_last_letter(words("before_noun"))
        self.modifiers = frozenset((*words("epithet"), *words("modifier")))


_words_of = lru_cache(maxsize=64)(_Words)


class _Reader:
    """Reads a sentence word by word."""

    def __init__(self, document: Document, sentence: Span) -> None:
        self._document, self._text, self._span = document, document.text, sentence
        self._names = _ends_of_names(document)
        self._states = {n.start for n in document.named_in(sentence)}
        self._words = _words_of(document.lexicon)
        self._found = Sentence()
        self._begun = -1  # where the phrase that is being read begins
        self._post = -1  # where the last post stands

    def read(self) -> Sentence:
        named = [name.span() for name in _NAMED.finditer(self._document.original, *self._span)]
        for word in _WORD.finditer(self._text, *self._span):
            if named and any(start <= word.start() and word.end() <= end for start, end in named):
                self._begin(word.start())
            else:
                self._add(word.start(), word.start() + len(word[0].rstrip(_CLOSED)))
        self._close(self._span[1], "")
        return self._found

    def _add(self, start: int, end: int) -> None:
        phrases, words, text = self._found.phrases, self._words, self._text
        word = text[start:end]
        if deed := _DEED.match(word):  # 발생한 | 것과
            self._close(start, "")
            self._take(start, start + deed.end())
            start, word = start + deed.end(), word[deed.end() :]
        last = word[-1:]
        if end in self._names or word in words.modifiers or word.endswith(words.no_particle.get(last, ())):
            self._begin(start)
            if text.startswith(", ", end) and not phrases and self._span[0] == 0:
                self._close(end, "이")  # 푸틴, 김정은에게 축전
        elif phrases and word.endswith(("된", "한")) and self._document.pattern(_TOOK_OFFICE).match(word):
            self._begin(phrases.pop().start)
        elif self._begun < 0 and phrases and word.startswith(words.not_verbs):
            phrases[-1].case = FOR if word.startswith(self._document.class_words("for_guests")) else OCCASION
        elif word.endswith(words.leads.get(last, ())) or word == "하는":
            self._begin(self._leader(start))
        elif start not in self._states and (word.endswith(words.verbs.get(last, ())) or text.startswith(_GOES_ON, end)):
            self._close(start, "")
            self._take(start, end)
        elif word.endswith(words.ends_clause.get(last, ())):
            self._close(start, "")
            self._found.ends.append(end)
        else:
            self._noun(start, word)
        if word.endswith(words.posts.get(last, ())):
            self._post = start

    def _noun(self, start: int, word: str) -> None:
        """Read a noun: with a particle it ends its phrase."""
        self._begin(start)
        particle = _particle_of(word)
        if not particle:
            if self._span[0] == 0 and word.endswith(self._words.groups) and all(p.inside for p in self._found.phrases):
                self._close(start + len(word), "이")  # a headline: 라오스대표단 | 만경대 방문
            return
        end = start + len(word) - len(particle)
        may_end_name = particle in _ENDS_NAMES and self._post >= self._begun and end not in self._names
        is_known = not may_end_name or self._text.endswith(self._words.known, start, end)
        if is_known or self._text.endswith("의 ", 0, start):  # else 수상 움마로 | 씨쏘코 엠발로가
            self._close(end, _CASE_OF[particle])

    def _begin(self, start: int) -> None:
        if self._begun < 0:
            self._begun = start

    def _close(self, end: int, case: str) -> None:
        """End the phrase that is being read, and give it to the verb before it as what it describes."""
        held = self._text[self._begun : end].rstrip() if self._begun >= 0 else ""
        if not held:
            return
        if found := _IN_THE_NAME.search(held) if case == "로" else None:
            case, held = "이", held[: found.start()].rstrip()
        phrase = Phrase(self._begun, self._begun + len(held), case, clause=len(self._found.ends))
        self._found.phrases.append(phrase)
        for verb in self._found.verbs[-1:]:
            verb.head = verb.head or phrase  # 보내신 | 따뜻한 친서
        self._begun = -1

    def _take(self, start: int, end: int) -> None:
        """Read a verb before a noun: it may have taken what stands right before it, up to its subject."""
        taken: list[Phrase] = []
        for phrase in reversed(self._found.phrases):
            if phrase.inside or phrase.case == OCCASION:
                break
            phrase.inside = True
            taken.insert(0, phrase)
            if phrase.case == "이":
                break
        self._found.verbs.append(Verb(start, end, taken))

    def _leader(self, start: int) -> int:
        """Return where the leader of a group is named, with whom its phrase begins: 외무상을 단장으로 하는 | 대표단."""
        phrases = self._found.phrases
        case = "로"
        while phrases and case == "로" and phrases[-1].case in ("로", "을", "이"):
            last = phrases.pop()
            start, case = last.start, last.case
            for verb in self._found.verbs[-1:]:
                verb.head = None if verb.head is last else verb.head
        while phrases and phrases[-1].case == "와":  # 위원장과 | 비서,총비서를 비롯한
            start = phrases.pop().start
        return start


def _particle_of(word: str) -> str:
    """Return the longest particle that a noun of that form may have: 국장|이, and no 세르게|이; "" if there is none."""
    for length in _LENGTHS:
        particle, last = word[-length:], word[-length - 1 : -length]
        if last and particle in _CASE_OF and particle[0] not in _NEVER_AFTER.get(last, ""):
            return particle
    return ""


@per_document
def _ends_of_names(document: Document) -> frozenset[int]:
    """Return where names of states, their people and capitals end, and the first words of names: 앤티가 | 바부다."""
    spans = [read.span for read in document.names if read.names]
    return frozenset([place for start, end in spans for place in (end, document.text.find(" ", start, end))])


def nearest(phrases: Iterable[Phrase], cases: Sequence[str]) -> Iterator[Phrase]:
    """Yield the phrases in one of the cases, the last first; what an inner verb may have taken comes last."""
    fitting = [phrase for phrase in phrases if phrase.case in cases]
    yield from sorted(fitting, key=lambda phrase: (phrase.inside, cases.index(phrase.case), -phrase.start))
