"""The walk over an article's contacts: what headline, first sentence and each line of a press review report as done.

Of later sentences count those that bring other news, or go on with the lead. The files of the languages read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import ModuleType

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import fitting_in
from sunchi.signals.grammar.word_order import HOME_IN_PAIR
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.rationale import Contact
from sunchi.text import Span

UNDONE = "asked for, expected or refused: it has not taken place"
_NEAR = 12  # characters between a name and its post, which is one of the next words
# Leaders whom a sentence names although they are not there: "习近平总书记特别代表", "푸틴대통령의 초청에 따라"
# An envoy and a letter need no particle; the rest that is a leader's own does, and a meeting of his is where he is
_OWN = (
    "(?: ?(?:[가-힣]{1,6} )?{leader_title})*(?:[의的]? ?(?P<envoy>{envoy})| ?{word_of_leader}"
    "|[의的](?! ?(?:[가-힣0-9]{1,20} ){0,2}[^,;。 \n]{0,8}{is_there}))"
)
_OWNS = {language: Pattern(_OWN, language) for language in ("ko", "zh")}
# "the special envoy of President | Example", "the wife of President | Example"
_SENT_BY = Pattern(r"\b(?i:{envoy_or_family}) of (?:(?:[A-Z][\w.'-]*|{leader_title})[ ,]+)*$")
_TITLES_LENGTH = 120  # characters


def find(document: Document, language: ModuleType) -> Iterator[Contact]:
    """Yield every contact that an article reports: `told` of its language reads the leads, `besides` what follows.

    A contact that the headline gives in short and the lead announces for later is none.
    """
    leads = document.leads
    if document.word_of("answers").search(document.small, *leads[-1]):  # and what the answer begins with
        leads = [*leads, *[s for s in document.body if s[0] >= leads[-1][1]][:1]]
    found: list[Contact] = [each for lead in leads for each in language.told(document, lead)]
    to_come = {(each.kind, each.partner) for each in found if each.why_not}
    in_leads = [c for c in found if c.span[0] >= document.headline or (c.kind, c.partner) not in to_come]
    yield from in_leads
    partners = {each.partner for each in in_leads if not each.why_not}
    has_frames = document.separates_words  # the others say by single words who else was there
    for sentence in [s for s, _ in fitting_in(document, "contact")] if has_frames else document.sentences:
        if sentence <= leads[-1]:
            continue
        others = document.word_of("next_item").match(document.small, *sentence)
        news = list(done(language.told(document, sentence))) if others else []
        yield from news or done(language.besides(document, sentence, partners))


def done(told: Iterable[Contact]) -> Iterator[Contact]:
    """Yield the contacts that have taken place."""
    yield from (each for each in told if not each.why_not)


def people(document: Document, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the leaders and officials whom spans name as there, each with the post beside the name."""
    owns = ((n, _owns(document, n.end)) for span in spans for n in document.all_in(span) if is_person(n))
    return tuple(_with_post(document, n) for n, own in owns if own is None or own["envoy"])  # he, or an envoy of his


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


def owned(document: Document, named: Span) -> Span | None:
    """Return the words that name a leader for his envoy, wife, word or invitation alone; None where he is there."""
    if document.language == "en":
        before = max(0, named[0] - _TITLES_LENGTH)
        return named if document.pattern(_SENT_BY).search(document.text, before, named[0]) else None
    owns = _owns(document, named[1])
    return (named[0], owns.end()) if owns else None


def _owns(document: Document, end: int) -> re.Match[str] | None:
    owns = _OWNS.get(document.language)
    return document.pattern(owns).match(document.text, end) if owns else None
