"""How a Chinese clause is cut into its parts: where the frames of frames.csv fit a sentence, and whom its sides name.

The words of a frame stand in their order: 金正恩 | 向 | 习近平 | 致 | 贺电. Who acts stands before them, who is acted
upon between them or in the clause after them; nothing between them reaches over a comma.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Hit, Match, fitting_in, hits_of, match_of
from sunchi.signals.mentions import Mention
from sunchi.text import Span

# Who is named in an occasion does nothing: 值此中国国庆之际
_OCCASION = Pattern("(?:{at_the_time}|(?<=[,;。\n]))[^,;\n]{0,60}?(?:之际|之时)", "zh")
_PLACE = Pattern("{place_marker}$", "zh")  # 访问|中国
_FAR = 300  # characters from the words of a frame in which its sides stand
_NAMESAKE = Pattern("(?:金正日)?{named_after_leader}", "zh")  # 金日成|广场


def events(document: Document, kind: str, sentence: Span) -> Iterator[list[Match]]:
    """Yield what a sentence tells of, in order, each with the frames that fit it, in the order of the file.

    Frames whose words overlap tell of one event; who acts in it stands after the words of the event before.
    """
    begin = sentence[0]
    for _, fitting in fitting_in(document, kind, (sentence,)):
        for event in _overlapping(hits_of(document, sentence, fitting), document.text):
            yield [_match(document, hit, sentence, begin) for hit in sorted(event, key=lambda hit: hit.frame.line)]
            begin = max(hit.end for hit in event)


def _overlapping(hits: list[Hit], text: str) -> Iterator[list[Hit]]:
    """Yield the hits in groups whose words overlap, in order."""
    event: list[Hit] = []
    end = 0
    for hit in sorted(hits, key=lambda hit: hit.start):
        between = [text[one[1] : other[0]] for one, other in pairwise(hit.runs)]
        if any("," in part or len(part) > _FAR for part in between):
            continue
        if event and hit.start >= end:
            yield event
            event = []
        event.append(hit)
        end = max(end, hit.end)
    if event:
        yield event


def _match(document: Document, hit: Hit, sentence: Span, begin: int) -> Match:
    end = min(sentence[1], hit.end + _FAR)
    comma = document.text.find(",", hit.end, end)
    after = hit.end, comma if comma >= 0 else end
    return match_of(hit, sentence, _before(document, max(begin, hit.start - _FAR), hit.start), after)


def _before(document: Document, begin: int, end: int) -> Span:
    """Return the clause right before the words of a frame, if it names somebody, else all that stands before them."""
    clause = document.text.rfind(",", begin, end) + 1, end
    return clause if clause[0] and parties(document, clause) else (begin, end)


def parties(document: Document, side: Span | None) -> list[Mention]:
    """Return whom a side names, in order, without those of an occasion, places and namesakes."""
    if side is None:
        return []
    named = sorted([*document.named_in(side), *document.home_in(side)], key=lambda n: n.start)
    occasions = [m.span() for m in document.pattern(_OCCASION).finditer(document.text, *side)] if named else []
    return [
        n
        for n in named
        if not any(start <= n.start < end for start, end in occasions)
        and not (n.role == "leader" and document.pattern(_NAMESAKE).match(document.text, n.end))
        and not document.pattern(_PLACE).search(document.text, max(side[0], n.start - 3), n.start)
    ]
