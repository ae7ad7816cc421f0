"""The friends that Pyongyang stands by: wronged or holding out, with rulers who praise it, with fallen it honours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.authority.detect import REPORT
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import holds_any, is_review
from sunchi.signals.grammar.english_causes import is_fallen
from sunchi.signals.grammar.english_rulers import praise_of_rulers
from sunchi.signals.mentions import Mention
from sunchi.signals.row import Row
from sunchi.signals.stance.evidence import Evidence
from sunchi.text import Span

# anti-Cuba | sanctions
_DEED = Pattern(r" (?:[\w-]+ ){0,2}?{hostile_deed}\b")
# "blockade of | Cuba", "solidarity with the | …"
_SHUT_OFF = re.compile(r"\b(?:(?:[Bb]lockade|[Ee]mbargo) (?:of|on|against|upon)|solidarity with) (?:the )?$")
# air strikes on the territory of | Syria
_WRONGED = Pattern(r"\b{attack}(?: [\w-]+){0,2}? ?(?:on|against|upon|in) (?:the )?(?:territory of (?:the )?)?$")


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
