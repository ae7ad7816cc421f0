"""Where the frames of frames.csv fit a text: which words tell of which event, and where its sides stand.

What comes in is a document and a kind of signal; what goes out are `Match`es in the order of the text. What they mean
is for the detector of that kind to say. The time grows with the length of the text: the frames' anchors are looked for
in all texts at once, and each part of a frame once in a sentence that holds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from operator import attrgetter
from typing import NamedTuple

from sunchi.lexicon.frames import GAP, Argument, Frame, Words
from sunchi.signals.document import Document, per_document
from sunchi.text import Span, blank

MOST = 24  # hits in a sentence; of 12,000 real texts none has more than 16
_REACH = 140  # characters that "..." may stand for
_AND = re.compile(r",? and (?:also )?$")  # "sent a letter to Kim Jong Un and | presented"


class Match(NamedTuple):
    """A frame that fits a sentence. A slot that the frame does not have is None."""

    frame: Frame
    sentence: Span
    words: Span  # from the frame's first word to its last
    side1: Span | None
    side2: Span | None
    told: Span | None = None  # in Korean, the phrase of the frame's own words
    before_noun: bool = False  # in Korean, whether the predicate describes a noun: 보내온 | 축전


def matches(document: Document, kind: str, where: Iterable[Span] | None = None) -> Iterator[Match]:
    """Yield the frames of a kind that fit the sentences of the body, in order; of one place the longer ones first.

    With `where`, only those sentences are read, and the headline may be one of them.
    """
    for sentence, fitting in fitting_in(document, kind, where):
        headed = sentence[0] < document.headline
        read = [frame for frame in fitting if headed or frame.strength != "headline"]
        yield from _bounded(document.small, sentence, hits_of(document, sentence, read))


def hits_of(document: Document, sentence: Span, fitting: Iterable[Frame]) -> list[Hit]:
    """Return where the words of frames stand in a sentence, whatever stands in their slots."""
    text = _with_blanks(document)
    found: dict[str, list[Span]] = {}

    def places(part: Words) -> list[Span]:  # several frames have it, and it is looked for once
        if part.expression not in found:
            found[part.expression] = [match.span() for match in part.pattern.finditer(text, *sentence)]
        return found[part.expression]

    hits = (Hit(runs[0][0], runs[-1][1], frame, runs) for frame in fitting for runs in _fits(frame, text, places))
    return list(islice(hits, MOST))


def fitting_in(
    document: Document, kind: str, where: Iterable[Span] | None = None
) -> Iterator[tuple[Span, tuple[Frame, ...]]]:
    """Yield the sentences that hold anchors of frames of a kind, each with the frames that may fit it."""
    frames = document.lexicon.frames.get(document.language)
    if not frames:
        return
    held, surest = document.frame_groups, frames.surest.get(kind, 0)
    for sentence in document.body if where is None else where:
        groups = held.get(sentence, 0)
        if groups & surest and (fitting := frames.that_may_fit(kind, groups)):
            yield sentence, fitting


@per_document
def _with_blanks(document: Document) -> str:
    """Return the text in small letters, with blanks in names that old pages write in one with the next word.

    So "Kim Jong Unwere adopted" holds the word "were"; every other character stays in its place.
    """
    if document.language != "en":
        return document.small
    text = document.text
    glued = [n for n in document.home if text[n.start - 1 : n.start].isalnum() or text[n.end : n.end + 1].isalnum()]
    return blank(document.small, [(at, at + 1) for name in glued for at in (name.start, name.end - 1)])


class Hit(NamedTuple):
    """Where a frame's words stand: from the first to the last, and of each run of words its span."""

    start: int
    end: int
    frame: Frame
    runs: tuple[Span, ...]


def _fits(frame: Frame, text: str, places: Callable[[Words], list[Span]]) -> Iterator[tuple[Span, ...]]:
    """Yield the runs of words of a frame at each place where they stand in order."""
    (_, first), *others = frame.runs
    for begun in places(first):
        runs = [begun]
        for slot, part in others:
            end = runs[-1][1]
            following = places(part)
            n = bisect_left(following, (end, end))
            if n == len(following) or (slot == GAP and following[n][0] > end + _REACH):
                break
            if slot != GAP and not text[end : following[n][0]].strip():
                break  # a side is somebody
            runs.append(following[n])
        else:
            yield tuple(runs)


def _bounded(text: str, sentence: Span, hits: list[Hit]) -> Iterator[Match]:
    """Yield the hits of a sentence with their sides; a side ends where the words of the next event begin.

    Of hits that begin at one word the longest count: they have read the words of the others.
    """
    hits.sort(key=attrgetter("start", "end"))
    longest = {hit.start: hit.end for hit in hits}
    hits = [hit for hit in hits if hit.end == longest[hit.start]]
    starts, ends = [hit.start for hit in hits], sorted([hit.end for hit in hits])
    subject = sentence[0], sentence[0]
    for hit in hits:
        before, after = bisect_right(ends, hit.start), bisect_left(starts, hit.end)
        begin = ends[before - 1] if before else sentence[0]
        if not (before and _AND.search(text, begin, hit.start)):  # else it has the subject of the verb before
            subject = begin, hit.start
        last = hit.end, starts[after] if after < len(starts) else sentence[1]
        yield match_of(hit, sentence, subject, last)


def match_of(hit: Hit, sentence: Span, first: Span, last: Span) -> Match:
    """Return a hit with its sides: those between its words, and what stands before them and after them."""
    places = iter([first, *((one[1], other[0]) for one, other in pairwise(hit.runs)), last])
    sides: dict[str | Words | Argument, Span] = {}
    place = next(places)
    for part in hit.frame.parts:
        if isinstance(part, Words):
            place = next(places)
        else:
            sides[part] = place
    return Match(hit.frame, sentence, (hit.start, hit.end), sides.get("SIDE1"), sides.get("SIDE2"))
