"""What a stance rests on, and what speaks for or against a state without a word of stance.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_SHUT_OFF = re.compile(r"(?:Blockade (?:of|on|against)|blockade (?:of|on|against)|solidarity with) (?:the )?$")
_ENDS_SO = ("of ", "on ", "against ", "with ", "the ")
_PROTEST = Pattern(r"\b(?:{protest}|demonstrations?(?! group))\b")  # "rally", and no "demonstration group"
_PROTESTS = re.compile(r" against |\b[Pp]rotests? (?=[A-Z])")  # whom it is against comes next
# the present, the south Korean authorities; the south Korean "government"
_RULING = Pattern(
    r"\bthe (?:present |south korean )?(?:{authorities}|chief executive)\b"
    r"|(?P<seoul>\"government(?:'s)?\"|\bchongwadae\b)"
)
_IS_ASKED = re.compile(r"\b(?:demanded|urged|urging) (?:that )?(?:the )?$")  # "demanded that the | U.S."


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
    for partner, (sentence, said) in praise_of_rulers(document).items() if friends else ():
        yield partner, Evidence(1.0, sentence, f"“{document.quote(said)}”", at=said)
    yield from _protested(document)
    yield from _reported(document, subjects)
    yield from _ruled(document, document.lexicon.standings.other_half)


def _defended(document: Document, friends: AbstractSet[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield the friends that others act against: who speaks of an "anti-Cuba campaign" stands by Cuba."""
    for n in [n for n in document.mentions if n.partner in friends]:
        deed = document.pattern(_DEED).match(document.text, n.end) if document.opposes(n) else None
        may_be = document.text.endswith(_ENDS_SO, 0, n.start)  # asked of every name, and few are
        wrong = _SHUT_OFF.search(document.text, max(0, n.start - 30), n.start) if may_be else None
        if deed or wrong:
            span = (wrong.start() if wrong else n.start, deed.end() if deed else n.end)
            words = f"“{'anti-' if deed else ''}{document.quote(span)}”"
            yield n.partner, Evidence(1.0, document.sentence_at(n.start), words, at=span)


def _protested(document: Document) -> Iterator[tuple[str, Evidence]]:
    """Yield the adversary where people protest or which they protest against: its press reports that for a reason."""
    headline = (0, document.headline)
    is_of_protest = document.pattern(_PROTEST).search(document.small, *headline)
    if not is_of_protest or document.word_of("in_favor").search(document.small, *headline):
        return
    named = document.named_in(headline)
    named = [n for n in named if not is_place(document, n)] or named  # an anti-U.S. rally in south Korea is against one
    verb = _PROTESTS.search(document.text, *headline)
    for n in [n for n in named if verb and n.start >= verb.end()] or named:
        if n.partner in document.lexicon.adversaries or document.opposes(n):
            yield n.partner, Evidence(-1.0, headline, f"“{document.quote(headline)}”", faint=True)


def _reported(document: Document, subjects: set[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield the states that such news is enough to speak against.

    Pyongyang does not recognize Israel: the papers report what it does to the Palestinians. And of an adversary a press
    review says that an article of Pyongyang's is about it.
    """
    for partner in subjects & document.lexicon.standings.unrecognized:
        first = next(n for n in document.mentions if n.partner == partner)
        words = f"news of {document.lexicon.label(partner)}"
        yield partner, Evidence(-1.0, document.sentence_at(first.start), words, faint=True)
    for sentence in document.by_sentence("press_item") if document.is_review else ():
        for partner in {n.partner for n in document.named_in(sentence)} & document.lexicon.adversaries:
            words = f"an article about {document.lexicon.label(partner)}"
            yield partner, Evidence(-1.0, sentence, words, faint=True)


def _ruled(document: Document, south: str) -> Iterator[tuple[str, Evidence]]:
    """Yield south Korea where those who rule it are named: the papers report what is held against them.

    Not so where they are only asked for something, nor where the opening names the home side, as of its mourners.
    """
    ruled = document.by_sentence("ruling_in_seoul")
    if not ruled or any(document.home_in(sentence) for sentence in document.opening):
        return
    for sentence in ruled:
        ruling = document.pattern(_RULING).search(document.small, *sentence)
        states = {n.partner for n in document.named_in(sentence)}
        if not ruling or document.home_in(sentence) or not (ruling["seoul"] or states <= {south}):
            continue  # a "government" in quotation marks is Seoul's alone
        if not _IS_ASKED.search(document.text, max(0, ruling.start() - 30), ruling.start()):
            words = f"“{document.quote(ruling.span())}”"
            yield south, Evidence(-1.0, sentence, words, at=ruling.span(), faint=True)
