"""Which states are named where: the names of partners.csv in a text, and which state each means there.

Texts are searched for all names of their language at once; what was found is then read in its place: a name inside a
word is none, a capital may be a mere place, an abbreviation is what the article spells out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from sunchi.lexicon import HOME, Name, Role
from sunchi.lexicon.vocabulary import Pattern, Vocabulary
from sunchi.signals.prefilter import Searches
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

# what makes a capital a town and no government: "in | Washington", "en la ciudad de | México"
_PLACE_BEFORE = {
    "en": re.compile(r"\b(?:in|at|from|to|near|of|for|around|outside|left|leave|into|visit(?:ed|ing)?|and) +$"),
    "es": re.compile(r"\b(?:en|a|de|desde|hacia|hasta|para|por|y)(?: la ciudad de)? +$"),
}
_PLACE_AFTER = ("에서", "에는", "에 ", "에로", "시의", "시에", "주재", "으로", "로 ")  # 베이징|에서, 모스크바|주재
# The sign for day is the one for Japan: 8日朝鲜外务省 is no word of Japan and Korea
_DAY = re.compile("(?<=\\d)日|(?<=[一二三四五六七八九十今昨明当同近次即翌每生节])日(?!本)")
# 미, “…”; 러 외무; 한·미·일; 중 총리: one syllable names a state where a headline of Seoul sets it apart
_INITIAL_KO = Pattern(
    r"(?<![가-힣A-Za-z\d])(?:(?:미|러)(?=[ ,·-]|…)(?!·선)"
    r"|(?<=[한미중일러북][·-])[미중일러]|[미중일러](?=[·-][한미중일러북])"
    r"|(?:^|(?<=[“”‘’\"'…,] )|(?<=[“”‘’\"'…,]))(?:일|중)(?=,| {of_a_state}))(?![가-힣A-Za-z\d])",
    "ko",
)
_GO_ON_LISTING = (",", "의 ", "과 ", "와 ", "에서", "주재")
_QUOTES = frozenset("\"'")
_CLOSING = frozenset(">≫》」』〉]")


class Mention(NamedTuple):
    """One place where a text names a state; `titled` inside a person's or organ's full title."""

    start: int
    end: int
    partner: str
    role: Role
    titled: bool


def is_person(mention: Mention) -> bool:
    return mention.role in ("leader", "official")


FoundName = tuple[int, int, tuple[Name, ...]]  # start, end, whom the form may name


def find_names(texts: Sequence[str], searches: Searches) -> Iterator[list[FoundName]]:
    """Yield the forms that stand in each of several texts as words, in order."""
    # Korean names are looked for with their blanks: without them, a word's end and the next one's start make names
    if searches.language == "zh":
        spelling = searches.lexicon.spelling["zh"]
        folded = [spelling.fold(text.replace("\n", "。"), "zh") for text in texts]  # 访朝 | 中国: no 朝中
        searched = [_DAY.sub("号", each.text) for each in folded]  # another sign for day
        for each, text, words in zip(folded, searched, searches.names.words_in(searched), strict=True):
            yield [(*each.span(start, end), searches.may_name[text[start:end]]) for start, end in _places(text, words)]
    else:
        for text, words in zip(texts, searches.names.words_in(texts), strict=True):
            yield _names_in(text, words, searches)


def _places(text: str, words: Sequence[str]) -> Iterator[Span]:
    """Yield where words that do not overlap stand in a text: each at its first place after the one before."""
    end = 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        yield start, end


def _names_in(plain: str, words: Sequence[str], searches: Searches) -> list[FoundName]:
    lexicon, language = searches.lexicon, searches.language
    found: list[FoundName] = []
    for word, (start, end) in zip(words, _places(plain, words), strict=True):
        names = searches.may_name[word]
        if word in lexicon.glued or _is_word(plain, start, end, names, language, lexicon.vocabulary):
            found.append((start, end, names))
    if language == "ko" and lexicon.initials:
        for initial in lexicon.vocabulary.compiled(_INITIAL_KO).finditer(plain, 0, max(plain.find("\n"), 0)):
            if not any(start < initial.end() and initial.start() < end for start, end, _ in found):  # no longer name
                found.append((*initial.span(), (lexicon.initials[initial[0]],)))
        found.sort()
    return found


def _is_word(text: str, start: int, end: int, names: tuple[Name, ...], lang: str, vocabulary: Vocabulary) -> bool:
    """Return whether a form stands in a text as a word of its own, or as one that such words close up with."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if lang != "ko":
        return not (before.isalnum() or after.isalnum())
    if text[start:end] in vocabulary.words("state_in_lists", lang):  # 중국,수단,먄마; no 모든 수단
        return text.endswith((",", ", "), 0, start) and text.startswith(_GO_ON_LISTING, end)
    if before in _QUOTES:  # 〈…〉이란 is a particle after what is quoted, and no Iran
        return not text[start - 2 : start - 1].strip()
    if not _is_hangul(before):
        return before not in _CLOSING
    if before in vocabulary.words("for_or_against", lang) and any(name.role == "name" for name in names):
        return not _is_hangul(text[max(0, start - 2) : start - 1])
    if text.endswith("조선", 0, start) and not _is_hangul(text[max(0, start - 3) : start - 2]):
        ties = (" 두 ", *vocabulary.words("between_two", lang))  # 조선 | 몽골 | 친선협회
        return text.startswith(ties, end)
    return text.endswith(vocabulary.words("closes_up", lang), 0, start)  # 형제적 | 중국인민


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


class NameRead(NamedTuple):
    """One place where a form of partners.csv stands, and how it was read there."""

    span: Span
    names: tuple[Name, ...]  # those that the form may be; none where it is a mask
    meant: tuple[Name, ...]
    why_not: str  # why it names no state there; "" where it does
    titled: bool


def read_names(text: str, found: Sequence[FoundName], titles: Sequence[Span], frame: Sequence[Span]) -> list[NameRead]:
    """Return how each form is read in its place: in the frame, as a mere place, as what the article spells out."""
    sure = [names[0] for _, _, names in found if len(names) == 1]
    plainly = Counter([name.partner for name in sure if name.role != "short"])  # how often each is named in full
    begin = [start for start, _, _ in found]
    framed, in_titles = _inside(begin, frame), _inside(begin, titles)
    return [
        NameRead((start, end), names, *_meant(text, (start, end), names, plainly, framed), start in in_titles)
        for start, end, names in found
    ]


def _meant(
    text: str, span: Span, names: tuple[Name, ...], plainly: Mapping[str, int], framed: Set[int]
) -> tuple[tuple[Name, ...], str]:
    """Return which names a form means there, and why it means none; "" where it means one."""
    if not names:
        return names, "a mask of titles.csv: it holds a state's name and speaks of none"
    if span[0] in framed:
        return names, "in the dateline or what the site adds, which are none of the article's words"
    if len(names) == 1 and names[0].role not in ("pair", "capital"):  # as most are
        return names, ""
    if all(name.role == "pair" for name in names):
        return tuple(name for name in names if name.partner != HOME), ""
    name = max(names, key=lambda n: plainly[n.partner])
    if len({n.partner for n in names}) > 1 and not plainly[name.partner]:
        return names, "an abbreviation of several states, of which the article names none in full"
    if name.role == "capital":  # "arrived in Beijing", 베이징에서
        before = _PLACE_BEFORE.get(name.lang)
        if text.startswith(_PLACE_AFTER, span[1]) or (before and before.search(text, max(0, span[0] - 24), span[0])):
            return (name,), "a capital as a mere place, not as the government that acts there"
    return (name,), ""


def explained(read: NameRead) -> tuple[list[tuple[Name, Reason]], list[Rejected]]:
    """Return why a form names the states it names, or none; nothing for the home side, which is named everywhere."""
    if read.names and all(name.partner == HOME for name in read.names):
        return [], []
    if read.why_not:
        return [], [Rejected("name", read.span, read.why_not, read.meant[0] if len(read.meant) == 1 else None)]
    is_abbreviation = len({n.partner for n in read.names}) > len(read.meant)
    why = "an abbreviation of several states, read as the one that the article names in full" if is_abbreviation else ""
    taken = [(name, Reason(why, name, read.span)) for name in read.meant]
    titled = "inside a full title: mentioned, but it gives the state no words and no place in the order"
    return taken, [Rejected("name", read.span, titled, name) for name in read.meant if read.titled]


def _inside(places: Sequence[int], spans: Sequence[Span]) -> set[int]:
    """Return those of the ascending places that lie in one of the spans."""
    return {place for span in spans for place in places[bisect_left(places, span[0]) : bisect_left(places, span[1])]}
