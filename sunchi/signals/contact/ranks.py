"""How high those stand who take part in a contact, by the names and posts that the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.signals.contact.clauses import owned
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

LEADERS, MINISTERS, OTHERS = 1, 2, 3  # ranks

_OF_STATE = re.compile(r" of (?:the )?")  # "minister | of the | Lao"
_FORMER_LENGTH = 40  # characters before a name in which "former" may stand


def is_summit(document: Document, span: Span) -> bool:
    """Return whether the leaders of both sides are named where those who take part stand."""
    return all(LEADERS in ranks(document, span, side) for side in (document.named_in(span), document.home_in(span)))


def ranks(document: Document, span: Span, mentions: list[Mention]) -> Iterator[int]:
    """Yield the ranks 1 and 2 that a span gives those of `mentions`, by a leader's name or by a post."""
    leaders = [n for n in mentions if n.role == "leader" and not document.text.startswith(" University", n.end)]
    offices = list(document.lexicon.posts.offices(document.small, document.language, *span)) if mentions else []
    named = [*((n.start, n.end) for n in leaders), *(office.span() for office in offices)]
    absent = [words for each in named if (words := owned(document, each))]
    offices = [o for o in offices if not any(start <= o.end() and o.start() < end for start, end in absent)]
    for n in leaders:
        # "Kim Yong Nam, president of the Presidium": his post says how high he stands
        post = next((o for o in offices if 0 <= o.start() - n.end <= len(", the ")), None)
        is_former = document.word_of("former").search(document.small, max(0, n.start - _FORMER_LENGTH), n.start)
        if not any(start <= n.start < end for start, end in absent):
            yield MINISTERS if is_former or (post and post["second"]) else LEADERS
    yield from (MINISTERS for office in offices if office["second"])
    yield from (LEADERS for o in offices if not o["second"] and any(_is_of(document, o.span(), n) for n in mentions))


def _is_of(document: Document, office: Span, n: Mention) -> bool:
    """Return whether a post is the state's own: "president of Mongolia", "Lao President", "몽골 대통령"."""
    of = _OF_STATE.match(document.text, office[1])
    if of is not None and of.end() == n.start:
        return n.role == "name"  # and not "president of the Cuban Institute"
    return n.end <= office[0] and not document.text[n.end : office[0]].strip()
