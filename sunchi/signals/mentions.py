"""Who is named where: the names of partners.csv in a text, and whom each means there.

All texts are asked at once (Aho-Corasick, in polars) for all names in a language; what was found is then read in its
place: a name inside a word is none, a capital may be a mere place, an abbreviation is what the article spells out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import polars as pl

from sunchi.lexicon import HOME, Lexicon, Name, Role
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Folded, Span

_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|to|near|of|for|around|outside|left|leave|via|visit(?:ed|ing)?|into|and) +$"
)
_PLACE_AFTER = re.compile(r"(?:에서|에는|에 |에로|시의|시에|주재|으로|로 )")
_HANGUL = re.compile("[가-힣]")
# The sign for day is the one for Japan: 8日朝鲜外务省 is no word of Japan and Korea
_DAY = re.compile("(?<=\\d)日|(?<=[一二三四五六七八九十今昨明当同近次即翌每生节])日(?!本)")
_ANOTHER_DAY = "号"
# What Pyongyang writes in one word with the name: 형제적중국인민
_CLOSED_UP = ("형제적", "친선적", "사회주의", "군국주의", "제국주의", "파쑈", "괴뢰")
# What is between the two is written in one word with both names: 조선몽골친선협회, 조선인도네시아외교관계
_HOME_BEFORE = re.compile("(?<![가-힣])조선$")
_BETWEEN_THEM = re.compile("(?:외교관계|친선|우호|련대성|연대성|정부|경제|문화|무역|공동|협회|관계|사이)")
_QUOTES = frozenset("\"'")
_CLOSING = frozenset(">≫》」』〉]")


class Mention(NamedTuple):
    """One place where a text names a state; `titled` inside a person's or organ's full title."""

    partner: str
    start: int
    end: int
    role: Role
    titled: bool


def is_person(mention: Mention) -> bool:
    return mention.role in ("leader", "official")


Found = tuple[int, int, tuple[Name, ...]]  # start, end, whom the form may name


def find_names(plain: Sequence[str], languages: Sequence[str], lexicon: Lexicon) -> list[list[Found]]:
    """For each text, the forms that stand in it as words."""
    found: list[list[Found]] = [[] for _ in plain]
    for lang, forms in lexicon.forms.items():
        rows = [n for n, language in enumerate(languages) if language == lang]
        if not rows or not forms:
            continue
        # Korean names are looked for with their blanks: without them, a word's end and the next one's start make names
        folded = [_chinese(plain[n], lexicon) for n in rows] if lang == "zh" else []
        matched = [fold.text for fold in folded] or [plain[n] for n in rows]
        glued = lexicon.glued if lang == "en" else frozenset()
        held = pl.Series(matched, dtype=pl.String).str.extract_many(list(forms), leftmost=True).to_list()
        for k, (n, text) in enumerate(zip(rows, matched, strict=True)):
            end = 0
            for form in held[k] or ():
                start = text.index(form, end)  # what was found next is where it next stands
                end = start + len(form)
                if form in glued or _is_word(text, start, end, lang):
                    span = folded[k].span(start, end) if folded else (start, end)
                    found[n].append((*span, forms[form]))
    return found


def _chinese(text: str, lexicon: Lexicon) -> Folded:
    fold = lexicon.spelling["zh"].fold(text, "zh")
    return Folded(_DAY.sub(_ANOTHER_DAY, fold.text), fold.places)


def _is_word(text: str, start: int, end: int, lang: str) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if lang == "zh":
        return True
    if lang == "ko":
        if before in _QUOTES:  # 〈…〉이란 is a particle after what is quoted, and no Iran
            return not text[start - 2 : start - 1].strip()
        apart = not _HANGUL.match(before) or text.endswith(_CLOSED_UP, 0, start) or _stands_beside_us(text, start, end)
        return apart and before not in _CLOSING
    return not (before.isalnum() or after.isalnum())


def _stands_beside_us(text: str, start: int, end: int) -> bool:
    """Whether a Korean name is written in one word with that of the home side and with what is between the two."""
    if not text.endswith("조선", 0, start):
        return False
    return bool(_HOME_BEFORE.search(text, max(0, start - 3), start) and _BETWEEN_THEM.match(text, end))


class NameRead(NamedTuple):
    """One place where a form of partners.csv stands, and how it was read there."""

    span: Span
    names: tuple[Name, ...]  # whom the form may name; nobody where it is a mask
    meant: tuple[Name, ...]
    why_not: str  # why it names nobody there; "" where it does
    titled: bool


def read_names(text: str, found: list[Found], titles: Sequence[Span], frame: Sequence[Span]) -> Iterator[NameRead]:
    """Read each form in its place: in the frame, as a mere place, as what the article spells out."""
    plainly: defaultdict[str, int] = defaultdict(int)
    if [names for _, _, names in found if len(names) > 1]:  # any() takes twice as long over so many
        for name in [names[0] for _, _, names in found if len(names) == 1]:
            plainly[name.partner] += name.role != "short"
    begin = [start for start, _, _ in found]
    framed, in_titles = _inside(begin, frame), _inside(begin, titles)
    for start, end, names in found:
        span = (start, end)
        meant, why_not = _meant(text, span, names, plainly, framed)
        yield NameRead(span, names, meant, why_not, start in in_titles)


def mentions_of(names: Iterable[NameRead]) -> Iterator[Mention]:
    """The states that a text names: without names of the frame, mere places, and short forms that nothing explains."""
    for (start, end), _, meant, why_not, titled in names:
        if not why_not:
            for name in meant:
                yield Mention(name.partner, start, end, name.role, titled)


_MASKED = "a mask of titles.csv: it holds a state's name and speaks of none"
_FRAMED = "in the dateline or what the site adds, which are none of the article's words"
_UNEXPLAINED = "an abbreviation of several states, of which the article names none in full"
_A_PLACE = "a capital as a mere place, not as the government that acts there"
_TITLED = "inside a full title: mentioned, but it gives the state no words and no place in the order"
_EXPLAINED = "an abbreviation of several states, read as the one that the article names in full"


def _meant(
    text: str, span: Span, names: tuple[Name, ...], plainly: Mapping[str, int], framed: Set[int]
) -> tuple[tuple[Name, ...], str]:
    """Whom a form means, and "" or why it means nobody there."""
    if not names:
        return names, _MASKED
    if span[0] in framed:
        return names, _FRAMED
    if len(names) == 1 and names[0].role not in ("pair", "capital"):  # as most are
        return names, ""
    if all(name.role == "pair" for name in names):
        return tuple(name for name in names if name.partner != HOME), ""
    name = max(names, key=lambda n: plainly[n.partner])
    if len({n.partner for n in names}) > 1 and not plainly[name.partner]:
        return names, _UNEXPLAINED
    if name.role == "capital" and name.lang == "en" and _PLACE_BEFORE.search(text, max(0, span[0] - 16), span[0]):
        return (name,), _A_PLACE
    if name.role == "capital" and name.lang == "ko" and _PLACE_AFTER.match(text, span[1]):
        return (name,), _A_PLACE
    return (name,), ""


def explained(read: NameRead) -> tuple[list[tuple[Name, Reason]], list[Rejected]]:
    """Why a form names whom it names, or nobody; nothing of the home side, which is named everywhere."""
    if read.names and all(name.partner == HOME for name in read.names):
        return [], []
    if read.why_not:
        return [], [Rejected("name", read.span, read.why_not, read.meant[0] if len(read.meant) == 1 else None)]
    why = _EXPLAINED if len({n.partner for n in read.names}) > len(read.meant) else ""
    taken = [(name, Reason(why, name, read.span)) for name in read.meant]
    return taken, [Rejected("name", read.span, _TITLED, name) for name in read.meant if read.titled]


def _inside(places: Sequence[int], spans: Sequence[Span]) -> set[int]:
    """Those of the places, which ascend, that lie in one of the spans."""
    return {place for span in spans for place in places[bisect_left(places, span[0]) : bisect_left(places, span[1])]}
