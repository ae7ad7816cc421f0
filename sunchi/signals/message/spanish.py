"""Messages in Spanish by the frames of frames.csv: "envió un mensaje de felicitación al presidente"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, product
from operator import attrgetter

from sunchi.lexicon import HOME
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english import only_state, state_of
from sunchi.signals.grammar.english_parties import home_name
from sunchi.signals.message.reported import Direction, Sent, kind_of_noun, kind_spoken_of
from sunchi.signals.rationale import Reason
from sunchi.text import Span

_AND = re.compile(r"(?: de \w+)? y (?:un|una|el|la|los|las) ")  # "una carta| de saludo y un | cesto"


def told(document: Document, where: Iterable[Span] | None) -> Iterator[Sent]:
    """Yield the messages that each sentence's first frame tells of; an open one goes on with the sentence before."""
    kinds: list[str] = []
    last = None
    for sentence, (match, *_) in groupby(matches(document, "message", where), key=attrgetter("sentence")):
        if match.frame.strength != "open":
            kinds = list(_kinds(document, (match.words[0], sentence[1])))
        elif document.sentence_before(sentence) != last:
            continue
        last = sentence
        yield from _of(document, match, kinds)


def _of(document: Document, match: Match, kinds: Iterable[str]) -> Iterator[Sent]:
    """Yield the messages of a sentence: one of each kind for each state that its other side names."""
    sentence, (start, end) = match.sentence, match.words
    if document.small.startswith(" credencial", end):
        return
    subject, rest, way = (sentence[0], start), (start, sentence[1]), match.frame.direction
    nearest = document.all_in(subject)[-1:]
    is_ours = (nearest[0].partner if nearest else state_of(document, subject)) == HOME  # who stands before the verb
    if match.frame.strength == "open":
        theirs, ours = rest, (0, 0)
    elif is_ours:
        theirs, ours = rest, subject
    else:
        theirs, ours = subject, (end, sentence[1])
    direction: Direction = "out" if way == "out" or (is_ours and way == "by sides") else "in"
    named, own = document.named_in(theirs), home_name(document, ours)
    partners = list(dict.fromkeys(n.partner for n in named if not document.text.endswith(" en ", 0, n.start)))
    is_guest = not named and sentence not in document.leads and document.home_in(ours)
    if is_guest and direction == "in" and only_state(document):  # "Ejemplo entregó los presentes"
        partners = [only_state(document)]
    leaders = {n.partner: document.shown((n.start, n.end)) for n in reversed(named) if n.role == "leader"}
    reason = Reason("the noun that says its kind, and its verb", match.frame, match.words)
    for kind, partner in product(kinds, partners):
        name = leaders.get(partner) or document.lexicon.label(partner)
        yield Sent(kind, direction, partner, name, own, sentence, partner in leaders, len(partners) > 1, reason)


def _kinds(document: Document, told: Span) -> Iterator[str]:
    """Yield the kind that the first noun of message says, and that of one which "and" joins to it."""
    noun, *others = document.word_of("message_noun").finditer(document.small, *told)
    kind = kind_of_noun(document, noun[0])
    yield (kind_spoken_of(document, document.small[slice(*told)]) or kind) if kind == "letter" else kind
    if others and _AND.fullmatch(document.small, noun.end(), others[0].start()):
        yield kind_of_noun(document, others[0][0])
