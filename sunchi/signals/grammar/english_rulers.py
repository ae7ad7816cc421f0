"""Who speaks or writes for a state in English: its rulers, a party out of power, or private friends.

What a government, a parliament, an army or a ruling party says is said for its state; what other parties say is not.
"""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.english import KOREAN
from sunchi.signals.grammar.speech import naming
from sunchi.text import Span

# "minister", "the embassy", and no "DPRK embassy"
_OFFICE = Pattern(r"(?<!dprk )\b{state_office}\b")
# "Party", and no "Workers' Party of Korea"; "ex-minister"
_OUT_OF_POWER = Pattern(r"\b(?:{political_party}(?! of Korea\b)|(?<!who is )[Ff]ormer|[Ee]x)\b")
MANY = 3  # states that one sentence names: what their people say together is no state's own word
# "Liberation | Organization": it is of a people or of states
_ORGANIZATION = Pattern(r"(?P<public>{public_organization} )?organi[sz]ations?\b")


def is_of_rulers(document: Document, partner: str, span: Span) -> bool:
    """Return whether a span names rulers of a state: an office beside its name, or a party that governs it."""
    if document.language == "en" and document.word_of("local_body").search(document.text, *span):
        return False
    return bool(document.pattern(_OFFICE).search(document.small, *span)) or names_ruling_party(document, partner, span)


def is_of_no_rulers(document: Document, partner: str, *spans: Span) -> bool:
    """Return whether words name, for a state, a party out of power or a former official, and none of its rulers."""
    is_named = any(document.pattern(_OUT_OF_POWER).search(document.text, *span) for span in spans)
    return is_named and not any(is_of_rulers(document, partner, span) for span in spans)


@per_document  # asked for every state that a text names
def praise_of_rulers(document: Document) -> dict[str, tuple[Span, Span]]:
    """Return the states whose rulers praise Pyongyang: each with the sentence, and its words up to the verb."""
    found: dict[str, tuple[Span, Span]] = {}
    for sentence in document.by_sentence("say_or_praise"):
        says = document.word_of("say_or_praise").search(document.text, *sentence)
        if not says:
            continue
        said, speaking = (says.start(), sentence[1]), (sentence[0], says.start())
        if document.text.startswith(("He ", "She ", "They "), *speaking):
            speaking = naming(document, speaking)
        named = document.named_in(speaking)
        is_of_one = 0 < len({n.partner for n in named}) < MANY and not mourns_as_envoy(document, speaking)
        if not (is_of_one and document.word_of("merit").search(document.small, *said)):
            continue
        is_of_us = document.home_in(said) or KOREAN.search(document.text, *said)  # and not of another state
        if is_of_us and is_of_rulers(document, named[0].partner, speaking):
            found.setdefault(named[0].partner, (sentence, (sentence[0], says.end())))
    return found


def mourns_as_envoy(document: Document, span: Span) -> bool:
    """Return whether a span names an envoy or attaché who mourns, on nobody's behalf: praise and hopes are his own."""
    envoy = document.word_of("envoy_or_attache").search(document.small, *span)
    is_himself = envoy and not document.word_of("on_behalf").search(document.small, *span)
    return bool(is_himself) and any(document.word_of("mourning").search(document.small, *s) for s in document.opening)


def names_ruling_party(document: Document, partner: str, span: Span) -> bool:
    """Return whether a span names a party that governs a state."""
    said = document.small[slice(*span)]
    ruling = document.lexicon.ruling(partner, document.language, document.date)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in ruling if name in said)


def is_private(document: Document, sentence: Span) -> bool:
    """Return whether the sentence or the article's opening speaks of friends who are no state's or party's organs."""
    return any(names_private(document, span) for span in (*document.opening, sentence))


@per_document  # asked of the opening for each sentence
def names_private(document: Document, span: Span) -> bool:
    """Return whether a span names friends who are no state's or party's organs."""
    if document.is_in(span, "private_friend"):
        return True
    names_some = document.small.find("organi", *span) >= 0  # asked of every sentence, and few do
    organizations = document.pattern(_ORGANIZATION).finditer(document.small, *span) if names_some else ()
    return not all(found["public"] for found in organizations)
