"""Compiles an analyst's form into a regular expression, with anchors to skip lines that can't contain it.

    [{quality}+] {tie} of {amity}+      (a/b) either · [a] may be missing · * up to three words, or eight syllables
    {pair} {partner} {state} {class}    by titles.csv, partners.csv and vocabulary.csv · {class}+ one to ten in a row

In English and Spanish, a space in a form matches a space; Korean and Chinese are matched without spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import prod

from sunchi.lexicon.anchors import is_telling
from sunchi.lexicon.vocabulary import either
from sunchi.text import WRITTEN_APART

_TOKEN = re.compile(r"\{\w+\}\+?|[\[\]()/*]|[^\s\[\]()/*{}]+|[{}]")
_HOME_SIDE = r"(?:dprk|north korea|n\. korea|korean?)"
CAPITALS = "(?-i:"
"""Opens a part of a pattern that is case-sensitive."""
_STATE = CAPITALS + r"(?:[A-Z]\.){2,3}|(?:south |S\. )?[A-Z][\w.]*\w(?: [A-Z][\w.]*\w)?)"  # KCNA writes "south Korea"
_PAIRS = {
    "en": rf"(?:{_HOME_SIDE} ?- ?[\w.]+|[\w.]{{1,40}} ?- ?{_HOME_SIDE}|sino-\w+)",
    "es": r"(?:(?:rpdc|corea) ?- ?[\w.]*\w|[\w.]{1,40} ?- ?(?:rpdc|corea))",
}
_BOTH = r"(?:(?:our|the) +)?two +(?:friendly +)?(?:countries|peoples?|parties|nations|sides|states|governments|armies)"
_BETWEEN = (
    rf"(?: +(?:existing +)?(?:between|of) +(?:(?:the +)?peoples? +of +)?(?:{_BOTH}"
    rf"|(?:the +)?{_HOME_SIDE} +and +(?:the +)?{_STATE}"
    rf"|(?:the +)?{_STATE} +and +(?:the +)?{_HOME_SIDE}))?"
)
_A_PAIR = {"en": "DPRK-Ruritania", "es": "RPDC-Ruritania"}
_A_STATE = {"en": "Ruritanian", "es": "Ruritania"}
_LONGEST = 500  # characters of a form
_DEEPEST = 8  # nested brackets
_SAMPLES = 24  # of one form, at most
_MOST_TEXTS = 8  # of adjacent words that are searched for together; more would take longer
_COMMON = frozenset(
    {"general", "international", "leaders", "members", "politica", "president", "pyongyang", "reunification",
     "unification"}
)  # fmt: skip
"""Long words that many texts contain: they select as little as short ones."""
_SHORT = 4  # letters
_IN_A_ROW = {"en": r"(?:,? +and +|, *| +as +well +as +| +)", "es": r"(?:,? +[ye] +|, *| +)"}
_ROW = 10  # words of one class in a row; without a bound a row of 1,000 would be tried in 1,000 ways
_ANY_WORD = r"[^\s,;.]+"
_ANY_SYLLABLES = "[가-힣《》]{0,8}?"  # 반공화국|인권모략|소동: new compounds appear every day

_WHOSE = (
    "{pair} [사이의] [{between_us}]/{between_us}/쌍방 (의/사이의)"
    "/(조선/우리 나라/우리 공화국) [과/와] {state} [[인민] 사이의/{between_us}]"
    "/{state} ((과/와) (조선/우리 나라) [인민] 사이의/[인민/정부/당/군대] (과의/와의) [{between_us}])"
    "/[사회주의/형제] (나라/국가) [인민] 들과의)"
)
"""What {whose} stands for, as the rest of a choice: the Korean phrases for between whom something is."""

Classes = Mapping[str, Sequence[str]]
"""Words by the name of their class, in one language."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """`pattern`: for lower-case text, except for what CAPITALS opens.

    `anchors`: groups of lower-case words; a text that matches has one of each. `samples`: texts that match.
    """

    pattern: str
    anchors: tuple[tuple[str, ...], ...]
    samples: tuple[str, ...]


def compile_form(form: str, lang: str, pairs: Sequence[str], classes: Classes) -> Compiled:
    """Compile a form for a language; raises a ValueError that says what is wrong with it.

    `pairs` are the Korean and Chinese forms that name both sides (조중, 朝中), `classes` those of vocabulary.csv.
    """
    if len(form) > _LONGEST:
        raise ValueError(f"it has more than {_LONGEST} characters; split the form into two rows")
    part = _Reader(lang, pairs, classes).read(_TOKEN.findall(form))
    if not part.anchors:
        raise ValueError("at least one word of its own must stand in it")
    surest, *others = part.anchors
    anchors = (surest, *(group for group in others if is_telling(group, lang)))
    if lang not in WRITTEN_APART:
        return Compiled(f"{_one_of(part.firsts)}(?:{part.pattern})", anchors, part.samples)
    tail = _BETWEEN if part.of_two and lang == "en" else ""
    word = part.as_word or rf"(?<!\w){_one_of(part.firsts)}{part.pattern}"
    return Compiled(rf"(?:{word}{tail})(?!\w)", anchors, part.samples)  # \b does not match after "U.S."


@dataclass(frozen=True, slots=True)
class _Part:
    pattern: str
    anchors: tuple[tuple[str, ...], ...] = ()  # the most selective first
    texts: tuple[str, ...] = ()  # every text it may match, in lower case; empty if they are not enumerated
    samples: tuple[str, ...] = ()
    firsts: frozenset[str] = frozenset()  # the characters with which it may begin; empty if they are not known
    as_word: str = ""  # the pattern with a condition that a word begins there; "" if that has to stand before it
    missing: bool = False  # whether it is optional
    times: str = "?"  # quantifier of an optional part
    of_two: bool = False  # it names two sides: "between the two countries" after it belongs to it


@dataclass
class _Reader:
    lang: str
    pairs: Sequence[str]
    classes: Classes
    tokens: list[str] = field(default_factory=list)  # not read yet
    depth: int = 0  # open brackets

    def read(self, tokens: list[str]) -> _Part:
        self.tokens = tokens
        part = self._sequence()
        if self.tokens:
            raise ValueError(f"“{self.tokens[0]}” is unmatched; close each ( and [ once")
        return part

    def _sequence(self) -> _Part:
        """Read a sequence up to `/`, `)` or `]`."""
        items: list[_Part] = []
        while self.tokens and self.tokens[0] not in "/)]":
            items.append(self._item())
        required = next((n for n, item in enumerate(items) if not item.missing), None)
        if required is None:
            raise ValueError("at least one word in it must not be optional")
        blank = " +" if self.lang in WRITTEN_APART else ""
        parts = []
        samples: tuple[str, ...] = ("",)
        for n, item in enumerate(items):
            gap = _gap(item, blank)
            samples = _in_a_row(samples, ("", *item.samples) if item.missing else item.samples, gap[:1])
            spaced = item.pattern
            if n != required:
                spaced = f"{item.pattern}{blank}" if n < required else f"{gap}{item.pattern}"
            parts.append(f"(?:{spaced}){item.times}" if item.missing else spaced)
        runs = list(_runs(items))
        anchors = {anchor for run in runs for anchor in _anchors(run, blank[:1])}
        surest = tuple(sorted(sorted(anchors), key=_sureness, reverse=True))
        texts = _texts(runs[0], blank[:1]) if len(runs) == 1 else ()
        firsts = _together([item.firsts for item in items[: required + 1]])
        as_word = items[0].as_word and "".join([items[0].as_word, *parts[1:]]) if required == 0 else ""
        of_two = any(item.of_two for item in items)
        return _Part("".join(parts), surest, texts, samples, firsts, as_word, of_two=of_two)

    def _item(self) -> _Part:
        mark = self.tokens.pop(0)
        if mark in ("(", "["):
            return self._choice(mark)
        if mark == "*":
            if self.lang == "zh":
                raise ValueError("“*” is for English, Spanish and Korean; write the forms out")
            if self.lang == "ko":
                return _Part(_ANY_SYLLABLES, missing=True, times="")
            return _Part(_ANY_WORD, samples=("so",), missing=True, times="{0,3}")
        if mark[0] in "{}":
            return self._named(mark)
        word = mark.lower()
        return _Part(re.escape(word), ((word,),), (word,), (mark,), _firsts([word]), self._as_word([word]))

    def _choice(self, opening: str) -> _Part:
        close = {"(": ")", "[": "]"}[opening]
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError(f"brackets are nested more than {_DEEPEST} deep; split the form into two rows")
        choices: list[_Part] = []
        while True:
            choices.append(self._sequence())
            if not self.tokens:
                raise ValueError(f"“{opening}” is never closed; add “{close}”")
            mark = self.tokens.pop(0)
            if mark == close:
                self.depth -= 1
                every = _every([c.anchors for c in choices]) if all(c.anchors for c in choices) else ()
                pattern = f"(?:{'|'.join(c.pattern for c in choices)})"
                texts = tuple(text for c in choices for text in c.texts) if all(c.texts for c in choices) else ()
                samples = tuple(sample for c in choices for sample in c.samples[:1])
                firsts, of_two = _together([c.firsts for c in choices]), any(c.of_two for c in choices)
                as_word = f"(?:{'|'.join(c.as_word for c in choices)})" if all(c.as_word for c in choices) else ""
                return _Part(pattern, every, texts, samples, firsts, as_word, missing=opening == "[", of_two=of_two)
            if mark != "/":
                raise ValueError(f"“{mark}” closes what “{opening}” opened; write “{close}”")

    def _named(self, mark: str) -> _Part:
        name, many = mark.strip("{}+"), mark.endswith("+")
        if name == "pair":
            if self.lang in _PAIRS:
                return _Part(_PAIRS[self.lang], samples=(_A_PAIR[self.lang],), of_two=True)
            firsts = _firsts(self.pairs)
            return _Part(_one_of(firsts) + either(self.pairs), samples=tuple(self.pairs[:1]), firsts=firsts)
        if name == "whose" and self.lang == "ko":
            self.tokens[:0] = _TOKEN.findall(_WHOSE)
            return replace(self._choice("("), anchors=(), texts=())  # the thing that it qualifies follows it
        if name == "partner" and self.lang in _A_STATE:
            return _Part(_STATE, samples=(_A_STATE[self.lang],))
        if name not in self.classes:
            known = ", ".join(f"{{{name}}}" for name in self.classes)
            raise ValueError(f"“{mark}” is unknown; there are {{pair}} and {{partner}}, and of vocabulary.csv {known}")
        words = self.classes[name]
        firsts = frozenset[str]() if "{pair}" in words else _firsts(words)
        pattern = _either(tuple(word for word in words if word != "{pair}"))
        if "{pair}" in words and self.lang in _PAIRS:
            pattern = f"(?:{pattern}|{_PAIRS[self.lang]})"
        pattern = f"{'' if self.lang in WRITTEN_APART else _one_of(firsts)}{pattern}"
        if many and self.lang in _IN_A_ROW:  # the alternatives are long, so the pattern has them only once
            pattern = rf"(?=\w)(?:(?:(?<!\w)|{_IN_A_ROW[self.lang]}){pattern}){{1,{_ROW}}}"
        elif many:
            pattern = f"{pattern}(?:(?:이며|하고|과|와|,|、|和)?{pattern}){{0,{_ROW - 1}}}"
        anchors = () if "{pair}" in words else _every([((word.lower().rstrip("~"),),) for word in words])
        is_spelt_out = not many and not any("~" in word or word == "{pair}" for word in words)
        texts = tuple(map(str.lower, words)) if is_spelt_out else ()
        samples = tuple(
            word.rstrip("~").replace("{pair}", _A_PAIR.get(self.lang, next(iter(self.pairs), "")))
            for word in _spread(words)
        )
        as_word = "" if many else self._as_word(words)
        return _Part(pattern, anchors, texts, samples, firsts, as_word, of_two=name == "tie")

    def _as_word(self, words: Sequence[str]) -> str:
        """Return a pattern of any of the words that checks after the first character that it begins a word.

        `re` skips to such a character in a fifth of the time that it takes for a condition before it.
        """
        return _either(tuple(words), r"(?<!\w.)") if words and all(word[0].isalnum() for word in words) else ""


@lru_cache(maxsize=8_192)  # many forms hold the same classes
def _either(words: tuple[str, ...], after_first: str = "") -> str:
    return either(map(str.lower, words), after_first).replace(r"\ ", " +")


def _firsts(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[0].lower() for word in words)


def _together(every: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the characters of all; none if those of one are not known."""
    return frozenset().union(*every) if all(every) else frozenset()


def _one_of(firsts: frozenset[str]) -> str:
    """Return a lookahead for the first characters of words, which fails fast at most places."""
    return f"(?=[{re.escape(''.join(sorted(firsts)))}])" if firsts else ""


def _runs(items: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Yield the parts of a sequence in runs: adjacent parts that together have few possible texts."""
    run: list[_Part] = []
    for item in items:
        if run and not 0 < _ways((*run, item)) <= _MOST_TEXTS:
            yield run
            run = []
        run.append(item)
    yield run


def _ways(run: Iterable[_Part]) -> int:
    """Return the number of texts that adjacent parts may make; 0 if one of them is not enumerated."""
    return prod((len(item.texts) + item.missing) if item.texts else 0 for item in run)


def _anchors(run: Sequence[_Part], blank: str) -> Sequence[tuple[str, ...]]:
    """Return the anchors of a run; several words stay together, as "they were" is rarer than "they" and "were"."""
    needed = [n for n, item in enumerate(run) if not item.missing]
    if len(needed) > 1:
        return [_texts(run[needed[0] : needed[-1] + 1], blank)]
    return [anchor for n in needed for anchor in run[n].anchors]


def _texts(run: Sequence[_Part], blank: str) -> tuple[str, ...]:
    """Return every text that a run may be; none if a part of it is not enumerated."""
    texts: tuple[str, ...] = ("",)
    for item in run:
        texts = _joined(texts, ("", *item.texts) if item.missing else item.texts, _gap(item, blank))
    return tuple(dict.fromkeys(texts))


def _gap(item: _Part, blank: str) -> str:
    """Return the pattern between a part and the one before it."""
    return "" if item.pattern == "," else blank  # "friendship, unity"


def _joined(before: Sequence[str], after: Sequence[str], blank: str) -> tuple[str, ...]:
    return tuple(f"{a}{blank if a and b else ''}{b}" for b in after for a in before)


def _every(choices: Sequence[tuple[tuple[str, ...], ...]]) -> tuple[tuple[str, ...], ...]:
    """Return the anchors of a choice: the most selective group of each branch together, then the second of each, and so
    on.
    """
    most = max(map(len, choices), default=0)
    rows = ([words for anchors in choices for words in anchors[min(n, len(anchors) - 1)]] for n in range(most))
    return tuple(dict.fromkeys(tuple(dict.fromkeys(row)) for row in rows))


def _sureness(anchors: tuple[str, ...]) -> tuple[int, int]:
    """Return a sort key for alternative anchors: few and long words are more selective."""
    return (min((_SHORT if word in _COMMON else len(word) for word in anchors), default=0), -len(anchors))


def _in_a_row(before: tuple[str, ...], after: tuple[str, ...], blank: str) -> tuple[str, ...]:
    """Join samples in pairs: all pairs, or _SAMPLES of them that include every sample."""
    if len(before) * len(after) <= _SAMPLES:
        return _joined(before, after, blank)
    pairs = ((before[n % len(before)], after[(n + n // len(before)) % len(after)]) for n in range(_SAMPLES))
    return tuple(text for a, b in pairs for text in _joined((a,), (b,), blank))


def _spread(samples: Sequence[str]) -> tuple[str, ...]:
    """Return at most _SAMPLES of the samples, evenly spaced."""
    room = min(len(samples), _SAMPLES)
    return tuple(samples[n * len(samples) // room] for n in range(room))
