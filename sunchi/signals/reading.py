"""One article, read once for all detectors: its sentences, the states it names and where, the full titles in it.

All articles are first asked at once, and in one pass, whether and where they name a state (Aho-Corasick, in polars);
only those that name one are looked at closer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

import polars as pl

from sunchi import text as texts
from sunchi.lexicon import HOME, Lexicon, Name, Role, Term
from sunchi.model import PLACE
from sunchi.signals.notes import Note, Notes, Rule
from sunchi.text import Folded, Span
from sunchi.voices import Tone

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
_LISTED = re.compile(r"\.?(?:'s)?(?: \w+)?(?:,? and|,|,? as well as) ?(?:the )?(?:[\w.]+ )?|[-/ .]*")
_QUOTES = frozenset("\"'")
_CLOSING = frozenset(">≫》」』〉]")


class Naming(NamedTuple):
    """One place where a text names a state; `titled` inside a person's or organ's full title."""

    partner: str
    start: int
    end: int
    role: Role
    titled: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where the outlet put an article, as model.PLACE has it; None where neither page nor list says so."""

    page: int | None
    rank: int | None
    of: int | None
    photos: int | None


@dataclass(frozen=True, slots=True)
class Formulaic:
    """A line that may hold terms of the lexicon: where it starts, the line as it is matched, and those terms."""

    start: int
    line: Folded
    terms: tuple[Term, ...]


class Beside:
    """The texts that are read together. What a detector looks for in one is looked for in all at once: the first asks.

    Looking through them one by one would take ten times as long.
    """

    def __init__(self, plain: Sequence[str]) -> None:
        self.small = [text.lower() if text.isascii() else "".join(map(_small, text)) for text in plain]
        self._column = pl.Series(self.small, dtype=pl.String)
        self._places: dict[tuple[str, ...], list[list[int]]] = {}

    def places(self, words: tuple[str, ...]) -> list[list[int]]:
        """For each text, where one of `words` stands."""
        if words not in self._places:
            found = self._column.str.find_many(list(words), leftmost=True).to_list()
            self._places[words] = [_characters(text, at or []) for text, at in zip(self.small, found, strict=True)]
        return self._places[words]


@dataclass(frozen=True, eq=False)
class Reading:
    """An article as the detectors see it, one object an article. All places count in `text`, as long as `original`."""

    article: str
    source: str
    lang: str
    date: date | None
    original: str
    text: str  # with straight quotes and dashes
    headline: int  # where the headline ends
    place: Place
    lexicon: Lexicon
    namings: tuple[Naming, ...]  # of foreign states, in order
    home: tuple[Naming, ...]  # of the home side
    titles: tuple[Span, ...]
    frame: tuple[Span, ...]
    formulaic: tuple[Formulaic, ...]
    tones: tuple[tuple[Span, Tone], ...]  # in order
    beside: Beside
    number: int  # of the article among those beside it
    notes: Notes | None = None  # of the detectors' decisions, where somebody asked for them

    def because(
        self, kind: str, partner: str, span: Span, why: str, rule: Rule | None = None, at: Span | None = None
    ) -> None:
        """Notes why there is a signal of this kind, partner and span: a clause, and what of the lexicon it rests on."""
        if self.notes is not None:
            self.notes.taken.append(Note(kind, partner, span, why, rule, at))

    def drop(self, kind: str, span: Span, why: str, rule: Rule | None = None) -> None:
        """Notes why what stands in a span is no signal of this kind, though it looks like one."""
        if self.notes is not None:
            self.notes.dropped.append(Note(kind, "", span, why, rule))

    @cached_property
    def sentences(self) -> list[Span]:
        """Headline and body; no sentence reaches over a line's end."""
        return texts.sentences(self.text, self.lang)

    @property
    def small(self) -> str:
        """The text in small letters, each in its place."""
        return self.beside.small[self.number]

    def places(self, words: tuple[str, ...]) -> list[int]:
        """Where one of `words`, in small letters, stands, in order; of those that overlap the first."""
        return self.beside.places(words)[self.number]

    def holding(self, words: tuple[str, ...]) -> list[Span]:
        """The sentences in which one of `words`, in small letters, stands, in order."""
        return list(dict.fromkeys([self.sentence_at(place) for place in self.places(words)]))

    @cached_property
    def masked(self) -> str:
        """The text without its frame and without titles."""
        return texts.blank(self.text, (*self.frame, *self.titles))

    @cached_property
    def unframed(self) -> str:
        return texts.blank(self.text, self.frame)

    @cached_property
    def opening(self) -> list[Span]:
        """The headline's sentences and the first one of the body."""
        first = next((n for n, s in enumerate(self.sentences) if s[0] > self.headline), len(self.sentences))
        return self.sentences[: first + 1]

    def sentence_at(self, place: int) -> Span:
        """The sentence that holds a place; the headline where there is none."""
        n = bisect_right(self.sentences, (place, len(self.text) + 1)) - 1
        return self.sentences[max(n, 0)] if self.sentences else (0, self.headline)

    def named_in(self, span: Span, *, titled: bool = True) -> list[Naming]:
        """The foreign states named inside a span, in order; without those that only a title names, if asked."""
        return [n for n in _inside_of(self.namings, span) if titled or not n.titled]

    def home_in(self, span: Span) -> list[Naming]:
        """Where the home side is named inside a span, in order."""
        return _inside_of(self.home, span)

    def opposes(self, naming: Naming) -> bool:
        """Whether a state is named as what somebody is against: the anti-Cuba policy is not Cuba's."""
        return self.text.startswith("nti-", max(0, naming.start - 4))

    def together(self, namings: Sequence[Naming]) -> list[str]:
        """The first of `namings` and those listed with it: "the U.S. and south Korean traitors"."""
        found: list[Naming] = []
        for naming in namings:
            if found:
                left, right = sorted((found[-1], naming), key=_start)
                if not _LISTED.fullmatch(self.text, left.end, right.start):
                    break
            found.append(naming)
        return list(dict.fromkeys(n.partner for n in found))

    @cached_property
    def foremost(self) -> str:
        """The state that headline and text name most, the earlier one in a tie; "" where none is."""
        count: Counter[str] = Counter()
        for naming in self.namings:
            count[naming.partner] += 3 if naming.start < self.headline else 1
        return count.most_common(1)[0][0] if count else ""

    def words(self, span: Span, *, masked: bool = True) -> int:
        held = (self.masked if masked else self.unframed)[span[0] : span[1]]
        return _counted(held, self.lang)

    def quote(self, span: Span) -> str:
        return self.original[span[0] : span[1]]


def _small(sign: str) -> str:
    small = sign.lower()
    return small if len(small) == 1 else sign


_counted = lru_cache(maxsize=512)(texts.count_words)  # most sentences are the same with titles and without


def read(articles: pl.DataFrame, lexicon: Lexicon, *, noting: bool = False) -> Iterator[Reading]:
    """A reading of every article that names a foreign state or the home side's leaders, in the order of `articles`.

    `noting`: with room for the detectors' notes.
    """
    unplaced = [pl.lit(None, kind).alias(name) for name, kind in PLACE.items() if name not in articles.columns]
    frame = articles.with_columns(
        *unplaced,
        pl.concat_str(
            pl.col("title").fill_null(""), pl.lit("\n"), pl.col("paragraphs").list.join("\n").fill_null("")
        ).alias("text"),
    )
    originals = frame["text"].to_list()
    tongues = [texts.language(lang or "") for lang in frame["lang"].to_list()]
    plain = [texts.plain(original, tongue) for original, tongue in zip(originals, tongues, strict=True)]
    found = _find_names(plain, tongues, lexicon)
    naming = [text if found[n] else "" for n, text in enumerate(plain)]
    titled = _find_titles(naming, tongues, lexicon)
    # What is said of no state is no signal; only who asks for reasons is to see that it was there.
    said = naming if noting else [text if _is_foreign(found[n]) else "" for n, text in enumerate(plain)]
    formulaic = _find_formulaic(said, tongues, lexicon)
    tones = _find_tones(said, tongues, lexicon)
    beside = Beside(naming)
    columns = ("article", "source", "lang", "date", "title", *PLACE)
    for n, (article, source, lang, day, title, *place) in enumerate(frame.select(columns).iter_rows()):
        if not found[n]:
            continue
        lines = tuple(texts.frame(plain[n]))
        titles = tuple(titled[n])
        notes = Notes() if noting else None
        names = list(_resolve(plain[n], found[n], titles, lines, notes))
        yield Reading(
            article=article,
            source=source,
            lang=lang or "",
            date=day,
            original=originals[n],
            text=plain[n],
            headline=len(title or ""),
            place=Place(*place),
            lexicon=lexicon,
            namings=tuple(name for name in names if name.partner != HOME),
            home=tuple(name for name in names if name.partner == HOME),
            titles=titles,
            frame=lines,
            formulaic=tuple(formulaic[n]),
            tones=tuple(tones[n]),
            beside=beside,
            number=n,
            notes=notes,
        )


_Found = tuple[int, int, tuple[Name, ...]]  # start, end, whom the form may name


def _is_foreign(found: list[_Found]) -> bool:
    return any(name.partner != HOME for *_, names in found for name in names)


def _find_names(plain: Sequence[str], tongues: Sequence[str], lexicon: Lexicon) -> list[list[_Found]]:
    """For each text, the forms that stand in it as words."""
    found: list[list[_Found]] = [[] for _ in plain]
    for lang, forms in lexicon.forms.items():
        rows = [n for n, tongue in enumerate(tongues) if tongue == lang]
        if not rows or not forms:
            continue
        # Korean names are looked for with their blanks: without them, a word's end and the next one's start make names
        folded = [_chinese(plain[n], lexicon) if lang == "zh" else texts.as_it_is(plain[n]) for n in rows]
        column = pl.Series([fold.text for fold in folded], dtype=pl.String)
        glued = lexicon.glued if lang == "en" else frozenset()
        held = column.str.extract_many(list(forms), leftmost=True).to_list()
        for n, fold, matched in zip(rows, folded, held, strict=True):
            end = 0
            for form in matched or ():
                start = fold.text.index(form, end)  # what was found next is where it next stands
                end = start + len(form)
                if form in glued or _is_word(fold.text, start, end, lang):
                    found[n].append((*fold.span(start, end), forms[form]))
    return found


def _chinese(text: str, lexicon: Lexicon) -> Folded:
    fold = lexicon.spelling["zh"].fold(text, "zh")
    return Folded(_DAY.sub(_ANOTHER_DAY, fold.text), fold.places)


def _find_formulaic(plain: Sequence[str], tongues: Sequence[str], lexicon: Lexicon) -> list[list[Formulaic]]:
    """For each text, the lines that hold a term's anchor, with those terms; asked of all lines at once."""
    found: list[list[Formulaic]] = [[] for _ in plain]
    for lang, anchored in lexicon.anchored.items():
        lines: list[Folded] = []
        places: list[tuple[int, int]] = []  # text, start
        for n, tongue in enumerate(tongues):
            if tongue == lang and plain[n]:
                at = 0
                for line in plain[n].split("\n"):
                    lines.append(lexicon.spelling[lang].fold(line, lang))
                    places.append((n, at))
                    at += len(line) + 1
        if not lines or not anchored:
            continue
        column = pl.Series([line.text for line in lines], dtype=pl.String)
        held = column.str.extract_many(list(anchored), ascii_case_insensitive=True, overlapping=True)
        holding = (held.list.len() > 0).arg_true()
        for k, anchors in zip(holding.to_list(), held.gather(holding).to_list(), strict=True):
            n, at = places[k]
            there = frozenset([anchor.lower() for anchor in anchors])
            terms = lexicon.terms_that_may_stand_by(there, lang)
            if terms:
                found[n].append(Formulaic(at, lines[k], terms))
    return found


def _find_titles(plain: Sequence[str], tongues: Sequence[str], lexicon: Lexicon) -> list[list[Span]]:
    """For each text, the full titles in it, in order."""
    found: list[list[Span]] = [[] for _ in plain]
    for lang, pattern in lexicon.title_patterns.items():
        rows = [n for n, tongue in enumerate(tongues) if tongue == lang and plain[n]]
        if not rows:
            continue
        column = pl.Series([plain[n] for n in rows], dtype=pl.String)
        if lang != "en":  # there the office closes a title
            held = column.str.contains_any(list(lexicon.offices[lang]))
            for n in (rows[k] for k in held.arg_true().to_list()):
                found[n] = [match.span() for match in pattern.finditer(plain[n])]
            continue
        starts = column.str.find_many(list(lexicon.offices[lang]), leftmost=True).to_list()
        for n, at in zip(rows, starts, strict=True):
            text, reached = plain[n], 0
            for start in _characters(text, at):
                match = pattern.match(text, start) if start >= reached else None
                if match:
                    found[n].append(match.span())
                    reached = match.end()
    return found


def _find_tones(plain: Sequence[str], tongues: Sequence[str], lexicon: Lexicon) -> list[list[tuple[Span, Tone]]]:
    """For each text, where the words of stance.csv stand in it; of those that begin together the longest."""
    found: list[list[tuple[Span, Tone]]] = [[] for _ in plain]
    for lang, heads in lexicon.tone_heads.items():
        rows = [n for n, tongue in enumerate(tongues) if tongue == lang and plain[n]]
        if not rows or not heads:
            continue
        column = pl.Series([plain[n] for n in rows], dtype=pl.String)
        held = column.str.extract_many(list(heads), ascii_case_insensitive=True, leftmost=True).to_list()
        for n, begun in zip(rows, held, strict=True):
            text, end = plain[n], 0
            for head in begun or ():
                start = text.index(head, end)  # what was found next is where it next stands
                end = start + len(head)
                for tone in heads[head.lower()]:
                    match = tone.pattern.match(text, start)
                    if match:
                        found[n].append((match.span(), tone))
                        break
    return found


def _characters(text: str, places: list[int]) -> list[int]:
    """Places in bytes -> places in characters; `places` ascend."""
    if text.isascii():
        return places
    content = text.encode("utf-8", "replace")
    counted, before, at = [], 0, 0
    for place in places:
        at += len(content[before:place].decode("utf-8", "replace"))
        before = place
        counted.append(at)
    return counted


def _is_word(text: str, start: int, end: int, lang: str) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if lang == "zh":
        return True
    if lang == "ko":
        if before in _QUOTES:  # 〈…〉이란 is a particle after what is quoted, and no Iran
            return not text[start - 2 : start - 1].strip()
        apart = not _HANGUL.match(before) or text.endswith(_CLOSED_UP, 0, start)
        return apart and before not in _CLOSING
    return not (before.isalnum() or after.isalnum())


def _resolve(
    text: str, found: list[_Found], titles: Sequence[Span], frame: Sequence[Span], notes: Notes | None
) -> Iterator[Naming]:
    """Names without those of the frame, of mere places, and short forms that nothing in the article explains."""
    plainly: Counter[str] = Counter()
    if any(len(names) > 1 for *_, names in found):
        plainly.update(names[0].partner for *_, names in found if len(names) == 1 and names[0].role != "short")
    for start, end, names in found:
        span = (start, end)
        meant, why_not = _meant(text, span, names, plainly, frame)
        titled = _inside(start, titles)
        if notes is not None:
            _note(notes, span, names, meant, why_not, titled=titled)
        if not why_not:
            for name in meant:
                yield Naming(name.partner, start, end, name.role, titled)


_MASKED = "a mask of titles.csv: it holds a state's name and speaks of none"
_FRAMED = "in the dateline or what the site adds, which are none of the article's words"
_UNEXPLAINED = "an abbreviation of several states, of which the article names none in full"
_A_PLACE = "a capital as a mere place, not as the government that acts there"
_TITLED = "inside a full title: mentioned, but it gives the state no words and no place in the order"
_EXPLAINED = "an abbreviation of several states, read as the one that the article names in full"


def _meant(
    text: str, span: Span, names: tuple[Name, ...], plainly: Counter[str], frame: Sequence[Span]
) -> tuple[tuple[Name, ...], str]:
    """Whom a form means, and "" or why it means nobody there."""
    if not names:
        return names, _MASKED
    if _inside(span[0], frame):
        return names, _FRAMED
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


def _note(
    notes: Notes, span: Span, names: tuple[Name, ...], meant: tuple[Name, ...], why_not: str, *, titled: bool
) -> None:
    """How a form was read; the home side's are everywhere, and not worth a word."""
    if names and all(name.partner == HOME for name in names):
        return
    if why_not:
        notes.dropped.append(Note("name", "", span, why_not, meant[0] if len(meant) == 1 else None))
        return
    for name in meant:
        why = _EXPLAINED if len({n.partner for n in names}) > len(meant) else ""
        notes.taken.append(Note("name", name.partner, span, why, name))
        if titled:
            notes.dropped.append(Note("name", "", span, _TITLED, name))


_start = attrgetter("start")


def _inside_of(namings: Sequence[Naming], span: Span) -> list[Naming]:
    """Those of `namings`, which ascend, that lie in a span."""
    inside = []
    for n in range(bisect_left(namings, span[0], key=_start), len(namings)):
        if namings[n].start >= span[1]:
            break
        if namings[n].end <= span[1]:
            inside.append(namings[n])
    return inside


def _inside(place: int, spans: Sequence[Span]) -> bool:
    """Whether a place lies in one of the spans, which ascend."""
    n = bisect_right(spans, (place, 1 << 60)) - 1
    return n >= 0 and spans[n][0] <= place < spans[n][1]
