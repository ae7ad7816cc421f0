"""What a stance rests on, and what speaks for or against a state without a word of stance.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Tone
from sunchi.signals.attention.incidental import is_place
from sunchi.signals.authority.detect import REPORT
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import holds_any, is_review
from sunchi.signals.grammar.english_rulers import is_fallen, praise_of_rulers
from sunchi.signals.mentions import Mention
from sunchi.signals.row import Row
from sunchi.text import Span

# Japan | should at once apologize; the U.S. | authorities must stop; not Japan | and others who must
_OUGHT = Pattern(r"\.?(?:'s)? ?(?:(?!(?:and|that|which|who)\b)[\w-]+ ){0,3}?{must}(?: [\w-]+){0,8}? {amend}\b")
# anti-Cuba | sanctions
_DEED = Pattern(r" (?:[\w-]+ ){0,2}?{hostile_deed}\b")
# "blockade of | Cuba", "solidarity with the | …"
_SHUT_OFF = re.compile(r"\b(?:(?:[Bb]lockade|[Ee]mbargo) (?:of|on|against|upon)|solidarity with) (?:the )?$")
# air strikes on the territory of | Syria
_WRONGED = Pattern(r"\b{attack}(?: [\w-]+){0,2}? ?(?:on|against|upon|in) (?:the )?(?:territory of (?:the )?)?$")


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One thing that a stance rests on."""

    value: float
    span: Span
    words: str  # as `detail.rests_on` names it
    blamers: AbstractSet[str] = frozenset()  # the states that say so
    accusers: AbstractSet[str] = frozenset()  # and those in which somebody says so
    at: Span | None = None  # the words in the sentence
    tone: Tone | None = None  # the row of stance.csv
    faint: bool = False  # said of nobody in words, and of this state by what the article is about


def demanded(document: Document) -> Iterator[tuple[str, Evidence]]:
    """Yield the adversaries that are told to mend what they do, unless Pyongyang is to do it with them."""
    if document.language != "en":
        return
    for sentence in document.holding("must"):
        for mention in document.named_in(sentence):
            ought = document.pattern(_OUGHT).match(document.text, mention.end, sentence[1])
            if not ought or mention.partner not in document.lexicon.adversaries or is_place(document, mention):
                continue
            span = (mention.start, ought.end())
            yield mention.partner, Evidence(-1.0, sentence, f"“{document.quote(span)}”", at=span)
            break


def stood_by(document: Document, rows: Sequence[Row], subjects: set[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield what speaks for a state without a word of stance.csv."""
    friends = [n for n in document.mentions if n.partner not in document.lexicon.adversaries]
    yield from _defended(document, friends)
    if document.language != "en":
        return
    about = [n for n in friends if n.partner in subjects - document.lexicon.standings.unrecognized]
    is_own = any(r["kind"] == "authority" and r["value"] > REPORT for r in rows)
    if about and (is_own or is_review(document)):
        yield from _wronged(document, about)
    for mention in about:
        if is_fallen(document, mention):
            yield mention.partner, Evidence(1.0, document.sentence_at(mention.start), "tribute to its fallen")
    if about and not is_own:
        for partner, (sentence, said) in praise_of_rulers(document).items():
            yield partner, Evidence(1.0, sentence, f"“{document.quote(said)}”", at=said)


def _defended(document: Document, friends: Sequence[Mention]) -> Iterator[tuple[str, Evidence]]:
    """Yield the states that others act against: who speaks of an "anti-Cuba campaign" stands by Cuba."""
    for mention in friends if "nti-" in document.text else ():
        deed = document.pattern(_DEED).match(document.text, mention.end) if document.opposes(mention) else None
        if deed:
            yield _stands_by(document, mention, (mention.start, deed.end()), before="anti-")
    for mention in friends if friends and holds_any(document.small, ("blockade", "embargo", "solidarity with")) else ():
        shut_off = _SHUT_OFF.search(document.text, max(0, mention.start - 24), mention.start)
        if shut_off:
            yield _stands_by(document, mention, (shut_off.start(), mention.end))


def _wronged(document: Document, friends: Sequence[Mention]) -> Iterator[tuple[str, Evidence]]:
    """Yield the friends that, in Pyongyang's own words, are attacked."""
    for mention in friends:
        wrong = document.pattern(_WRONGED).search(document.text, max(0, mention.start - 60), mention.start)
        if wrong:
            yield _stands_by(document, mention, (wrong.start(), mention.end))


def _stands_by(document: Document, mention: Mention, said: Span, before: str = "") -> tuple[str, Evidence]:
    """Return a state with the words that speak for it."""
    words = f"“{before}{document.quote(said)}”"
    return mention.partner, Evidence(1.0, document.sentence_at(mention.start), words, at=said)
