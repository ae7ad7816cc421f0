"""How a Chinese clause is cut into its parts: where the frames of frames.csv fit a sentence, and whom its sides name.

The words of a frame stand in their order: 金正恩 | 向 | 习近平 | 致 | 贺电. Who acts stands before them, who is acted
upon between them or in the clause after them; nothing between them reaches over a comma.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Hit, Match, fitting_in, hits_of, match_of
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_HOST_BEFORE = Pattern("(?:{bound_for}|应[^,;。\n]{0,6})$", "zh")  # 对|老挝进行访问, 应|老挝政府邀请
_HOST_AFTER = Pattern("[^,;。\n]{0,6}{journey}", "zh")  # 老挝|访问行程
_NAMESAKE = Pattern("(?:金正日)?{named_after_leader}", "zh")  # 金日成|广场


def events(document: Document, kind: str, where: Iterable[Span] | None) -> Iterator[list[Match]]:
    """Yield what sentences tell of, in order, each with the frames that fit it, in the order of the file.

    Frames whose words overlap tell of one event; who acts in it stands after the words of the event before.
    """
    for sentence, fitting in fitting_in(document, kind, where):
        events: list[list[Hit]] = []
        for hit in sorted(hits_of(document, sentence, fitting), key=attrgetter("start")):
            if any("," in document.text[one[1] : other[0]] for one, other in pairwise(hit.runs)):
                continue
            if events and hit.start < max(each.end for each in events[-1]):
                events[-1].append(hit)
            else:
                events.append([hit])
        begin = sentence[0]
        for event in events:
            yield [_match(document, hit, sentence, begin) for hit in sorted(event, key=attrgetter("frame.line"))]
            begin = max(hit.end for hit in event)


def _match(document: Document, hit: Hit, sentence: Span, begin: int) -> Match:
    """Return a hit with its sides: the clause right before it, if it names somebody, else all that stands before."""
    begin = max(begin, document.text.rfind("之际", begin, hit.start))  # 值此国庆之际: who is named there does nothing
    clause = document.text.rfind(",", begin, hit.start) + 1, hit.start
    before = clause if clause[0] and parties(document, clause) else (begin, hit.start)
    comma = document.text.find(",", hit.end, sentence[1])
    return match_of(hit, sentence, before, (hit.end, comma if comma >= 0 else sentence[1]))


def parties(document: Document, side: Span) -> list[Mention]:
    """Return whom a side names, in order, without places and namesakes."""
    namesake = document.pattern(_NAMESAKE)
    named = [n for n in document.all_in(side) if not namesake.match(document.text, n.end)]
    return [n for n in named if not is_host(document, n, side[0])]


def is_host(document: Document, mention: Mention, begin: int) -> bool:
    """Return whether something is or goes there: 访问中国, 对俄罗斯进行访问, 在朝鲜访问行程, 应中国政府邀请."""
    before = document.pattern(_HOST_BEFORE).search(document.text, max(begin, mention.start - 7), mention.start)
    return bool(before or document.pattern(_HOST_AFTER).match(document.text, mention.end))
