"""What a stance rests on, and what speaks for or against a state without a word of stance.csv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Tone
from sunchi.signals.document import Document
from sunchi.signals.grammar.english_rulers import praise_of_rulers
from sunchi.signals.grammar.word_order import is_place
from sunchi.text import Span

# anti-Cuba | sanctions
_DEED = Pattern(r" (?:[\w-]+ ){0,2}?{hostile_deed}\b")
# "blockade of | Cuba"
_SHUT_OFF = re.compile(r"(?:[Bb]lockade (?:of|on|against)|solidarity with) (?:the )?$")
_PROTEST = Pattern(r"\b(?:{protest}|demonstrations?(?! group))\b")  # "rally", and no "demonstration group"
_PROTESTS = re.compile(r" against |\b[Pp]rotests? ")  # whom it is against comes next


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One thing that a stance rests on."""

    value: float
    span: Span
    words: str  # as `detail.rests_on` names it
    blamers: AbstractSet[str] = frozenset()  # the states that say so
    at: Span | None = None  # the words in the sentence
    tone: Tone | None = None  # the row of stance.csv
    faint: bool = False  # said of nobody in words, and of this state by what the article is about


def said_without_words(document: Document, subjects: set[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield what speaks for a state, or against it, without a word of stance.csv."""
    friends = subjects - document.lexicon.adversaries
    yield from _defended(document, friends)
    praise = praise_of_rulers(document) if friends else {}
    for partner in friends & praise.keys():
        sentence, said = praise[partner]
        yield partner, Evidence(1.0, sentence, f"“{document.quote(said)}”", at=said)
    yield from _in_the_news(document, subjects)


def _defended(document: Document, friends: AbstractSet[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield the friends that others act against: who speaks of an "anti-Cuba campaign" stands by Cuba."""
    for n in [n for n in document.mentions if n.partner in friends]:
        deed = document.pattern(_DEED).match(document.text, n.end) if document.opposes(n) else None
        wrong = _SHUT_OFF.search(document.text, max(0, n.start - 30), n.start)
        if deed or wrong:
            span = (wrong.start() if wrong else n.start, deed.end() if deed else n.end)
            words = f"“{'anti-' if deed else ''}{document.quote(span)}”"
            yield n.partner, Evidence(1.0, document.sentence_at(n.start), words, at=span)


def _in_the_news(document: Document, subjects: set[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield the states that it is enough to be in the news to speak against: the papers report it for a reason.

    So are those that Pyongyang does not recognize, and the adversaries where people protest or which they protest
    against, or which one of Pyongyang's own articles is about, as a press review tells.
    """
    for partner in subjects & document.lexicon.standings.unrecognized:
        first = next(n for n in document.mentions if n.partner == partner)
        words = f"news of {document.lexicon.label(partner)}"
        yield partner, Evidence(-1.0, document.sentence_at(first.start), words, faint=True)
    for sentence in _telling(document):
        named = document.named_in(sentence)
        # an anti-U.S. rally in south Korea is against one of the two
        named = [n for n in named if not is_place(document, n)] or named
        verb = _PROTESTS.search(document.text, *sentence)
        for n in [n for n in named if verb and n.start >= verb.end()] or named:
            if n.partner in document.lexicon.adversaries or document.opposes(n):
                yield n.partner, Evidence(-1.0, sentence, f"“{document.quote(sentence)}”", faint=True)


def _telling(document: Document) -> Iterable[Span]:
    """Return the sentences of a press review that tell of an article, or a headline that tells of a protest."""
    headline = (0, document.headline)
    if document.is_review:
        return document.by_sentence("press_item")
    is_of_protest = document.pattern(_PROTEST).search(document.small, *headline)
    return [headline] if is_of_protest and not document.word_of("in_favor").search(document.small, *headline) else []
