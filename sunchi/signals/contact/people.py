"""Who takes part in a contact, and how high they stand, by the names and posts that the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.word_order import HOME_IN_PAIR
from sunchi.signals.mentions import Mention, is_person
from sunchi.text import Span

LEADERS, MINISTERS, OTHERS = 1, 2, 3  # ranks

# Leaders whom a sentence names although they are not there: "习近平总书记特别代表", "푸틴대통령의 초청에 따라"
# An envoy and a letter need no particle; the rest that is a leader's own does, and a meeting of his is where he is
_OWN = (
    "(?: ?(?:[가-힣]{1,6} )?{leader_title})*(?:[의的]? ?(?P<envoy>{envoy})| ?{word_of_leader}"
    "|[의的](?! ?(?:[가-힣0-9]{1,20} ){0,2}[^,;。 \n]{0,8}{is_there}))"
)
_OWNS = {language: Pattern(_OWN, language) for language in ("ko", "zh")}
# "the special envoy of President | Example", "the wife of President | Example"
_SENT_BY = Pattern(r"\b(?i:{envoy_or_family}) of (?:(?:[A-Z][\w.'-]*|{leader_title})[ ,]+)*$")
_OF_STATE = re.compile(r" of (?:the )?")  # "minister | of the | Lao"
_NEAR = 12  # characters between a name and its post, which is one of the next words
_TITLES_LENGTH = 120  # characters before a name
_FORMER_LENGTH = 40  # characters before a name in which "former" may stand


def people(document: Document, span: Span) -> tuple[Span, ...]:
    """Return the leaders and officials whom a span names as there, each with the post beside the name."""
    named = [n for n in document.all_in(span) if is_person(n)]
    owns = [_owns(document, (n.start, n.end)) for n in named]
    there = [n for n, own in zip(named, owns, strict=True) if own is None or own["envoy"]]  # he, or an envoy of his
    return tuple(_with_post(document, n) for n in there)


def _with_post(document: Document, person: Mention) -> Span:
    """Return a person with the post before or after the name: 外务相崔善姬, 최선희 외무상, 습근평 국가주석."""
    start, end = person.start, person.end
    offices = document.lexicon.posts.offices(document.small, document.language, max(0, start - _NEAR), end + _NEAR)
    near = [post.span() for post in offices]
    before = [a for a, b in near if b == start]
    after = [b for a, b in near if a >= end and document.text[end:a].strip() in ("", "국가")]
    return min(before, default=start), max(after, default=end)


def pairs(document: Document, span: Span) -> list[Mention]:
    """Return the words that name another state together with Pyongyang: 조중, 북러, 조선꾸바, 朝中."""
    named = document.named_in(span)
    both = [n for n in named if n.role == "pair" and HOME_IN_PAIR.search(document.text, n.start, n.end)]
    return both or [n for n in named if document.text.endswith("조선", 0, n.start)]


def is_summit(document: Document, span: Span) -> bool:
    """Return whether the leaders of both sides are named where those who take part stand."""
    return all(LEADERS in ranks(document, span, side) for side in (document.named_in(span), document.home_in(span)))


def ranks(document: Document, span: Span, mentions: list[Mention]) -> Iterator[int]:
    """Yield the ranks 1 and 2 that a span gives those of `mentions`, by a leader's name or by a post."""
    leaders = [n for n in mentions if n.role == "leader" and not document.text.startswith(" University", n.end)]
    offices = list(document.lexicon.posts.offices(document.small, document.language, *span)) if mentions else []
    named = [*((n.start, n.end) for n in leaders), *(office.span() for office in offices)]
    absent = [(start, max(end, own.end())) for start, end in named if (own := _owns(document, (start, end)))]
    offices = [o for o in offices if not any(start <= o.end() and o.start() < end for start, end in absent)]
    for n in leaders:
        # "Kim Yong Nam, president of the Presidium": his post says how high he stands
        post = next((o for o in offices if 0 <= o.start() - n.end <= len(", the ")), None)
        is_former = document.word_of("former").search(document.small, max(0, n.start - _FORMER_LENGTH), n.start)
        if not any(start <= n.start < end for start, end in absent):
            yield MINISTERS if is_former or (post and post["second"]) else LEADERS
    yield from (MINISTERS for office in offices if office["second"])
    yield from (LEADERS for o in offices if not o["second"] and any(_is_of(document, o.span(), n) for n in mentions))


def _owns(document: Document, named: Span) -> re.Match[str] | None:
    """Return the words that make a leader's name that of his envoy, wife or word alone; None where he is there."""
    if document.language == "en":
        before = max(0, named[0] - _TITLES_LENGTH)
        return document.pattern(_SENT_BY).search(document.text, before, named[0])
    owns = _OWNS.get(document.language)
    return document.pattern(owns).match(document.text, named[1]) if owns else None


def _is_of(document: Document, office: Span, n: Mention) -> bool:
    """Return whether a post is the state's own: "president of Mongolia", "Lao President", "몽골 대통령"."""
    of = _OF_STATE.match(document.text, office[1])
    if of is not None and of.end() == n.start:
        return n.role == "name"  # and not "president of the Cuban Institute"
    return n.end <= office[0] and not document.text[n.end : office[0]].strip()
