"""Messages in Spanish by the frames of frames.csv: "envió un mensaje de felicitación al presidente"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, product
from operator import attrgetter

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english import only_state, state_of
from sunchi.signals.grammar.english_parties import home_name
from sunchi.signals.message.reported import Direction, Sent, kind_of_noun, kind_spoken_of
from sunchi.signals.rationale import Reason
from sunchi.text import Span

# "que le dirigiera | el rey", "una carta al | rey", "figuran | el rey", "Laos, | el premier"
_BEGINS = Pattern(
    r"\bles? \w+ |\b{message_noun} (?:al?|del?) |\b{list_opens} "
    r"|(?:,| y) (?={own} [a-z]|[A-Z][\w-]*(?: [A-Z][\w-]*)+, [a-z])|, (?={own} [A-Z]\w* (?!y ))",
    "es",
)
_ENDS = Pattern(r"[,;.]| {name_ends}\b", "es")
_PERSON = r"([A-Z][\w.'-]*(?: (?:[a-z]{2,3} )?[A-Z][\w.'-]*)+)"  # "Ana bin Ejemplo"
_BEFORE_OFFICE = re.compile(rf"{_PERSON}, ")  # "Ana Ejemplo|, rey de Laos"
# "el rey de Laos|, Ana Ejemplo, para", and no "el rey de Laos, Ana Ejemplo, premier de Cuba"
_AFTER_OFFICE = re.compile(rf"[^,;.]{{0,80}}, {_PERSON}(?! ?\w|, ?[a-z]{{5}})")
_ARTICLE = Pattern(r"^\W*(?:(?i:{own}) )?", "es")
_AND = Pattern(" y (?:una?|{own}) ", "es")  # "una carta| y un | cesto"


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
    is_open = match.frame.strength == "open"
    theirs = rest if is_ours or is_open else subject
    ours = (0, 0) if is_open else subject if is_ours else (end, sentence[1])
    direction: Direction = "out" if way == "out" or (is_ours and way == "by sides") else "in"
    named, own = document.named_in(theirs), home_name(document, ours)
    partners = list(dict.fromkeys(n.partner for n in named if not document.text.endswith(" en ", 0, n.start)))
    if direction == "in" and not named and sentence not in document.leads and document.home_in(ours):
        partners = list(filter(None, [only_state(document)]))  # "Ejemplo entregó los presentes"
    reason = Reason("the noun that says its kind, and its verb", match.frame, match.words)
    for kind, partner in product(kinds, partners):
        name, is_person = _name(document, theirs, partner)
        yield Sent(kind, direction, partner, name, own, sentence, is_person, len(partners) > 1, reason)


def _name(document: Document, theirs: Span, partner: str) -> tuple[str, bool]:
    """Return who of a state is named, and whether it is a person; a bare state of a list has the words before it."""
    named = [n for n in document.named_in(theirs) if n.partner == partner]
    leader = next((n for n in named if n.role == "leader"), None)
    article = document.pattern(_ARTICLE)
    if leader or not named:
        held = document.shown((leader.start, leader.end) if leader else theirs)
        return ("" if "," in held else article.sub("", held).strip()), bool(leader)
    text, start, end = document.text, named[0].start, named[0].end
    begin = max((m.end() for m in document.pattern(_BEGINS).finditer(text, theirs[0], start)), default=theirs[0])
    person = _BEFORE_OFFICE.match(text, begin, start) or _AFTER_OFFICE.match(text, end, theirs[1])
    if person and not document.named_in(person.span(1)):
        return document.shown(person.span(1)), True
    first = document.named_in((begin, end))[0].start
    ends = document.pattern(_ENDS).search(text, start, theirs[1])
    whole = document.shown((begin, first)) + document.shown((start, ends.start() if ends else theirs[1]))
    return article.sub("", whole).strip(), False


def _kinds(document: Document, told: Span) -> Iterator[str]:
    """Yield the kind that the first noun of message says, and that of one which "and" joins to it."""
    noun, *others = document.word_of("message_noun").finditer(document.small, *told)
    kind = kind_of_noun(document, noun[0])
    yield (kind_spoken_of(document, document.small[slice(*told)]) or kind) if kind == "letter" else kind
    if others and document.pattern(_AND).fullmatch(document.small, noun.end(), others[0].start()):
        yield kind_of_noun(document, others[0][0])
