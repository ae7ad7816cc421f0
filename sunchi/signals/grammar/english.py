"""The two sides of an English sentence: to which state a phrase belongs, where it takes place, who goes where.

Spanish, which is read without its accents, is asked the same of whose a phrase is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_NEXT = 3  # sentences
# In small letters; "visited different places": sights at home
HERE = Pattern(r"\b(?:{here}|different places)\b")
# "left for", "visiting the", "toured the Siberian and Far Eastern regions of", "to Sample Province, the"
_TOWARDS = Pattern(
    r"\b(?:for|to|from|through|visit(?:s|ed|ing)?|tour(?:s|ed|ing)?|(?:visit|tour) of) (?:the )?"
    r"(?:(?:[\w-]+,? ){1,8}{region}(?: of|,) (?:the )?)?$"
)
_ENVOY = Pattern(r" (?:embassy|{ambassador})\b")  # "the Lao | embassy"
NEXT_IN_LIST = re.compile(r"(?:-|,|,? and) ?(?:the )?")  # "Laos | and | Nepal", "Laos|-|DPRK"
# "Korean", "of Korea", "the north", and no "south Korean", "Korean Peninsula"
KOREAN = re.compile(
    r"K(?<!\w.)(?<![Ss]outh .)(?<!S\. .)orea(?:n(?! Autonomous| [Pp]eninsula)|-)"
    r"|o(?<!\w.)f Korea\b|[Tt](?<!\w.)he north\b"
)
# "Kim Yong Il", and no "So Many People"
_KOREAN_NAME = Pattern(r"\b(?!(?:An|So|No|To|Won|Song) ){surname} [A-Z][a-z]{1,5} [A-Z][a-z]{1,6}\b")


@per_document  # a press review has as many leads as sentences
def only_state(document: Document) -> str:
    """Return the one state that the leads name; "" if there is none, or several."""
    states = {n.partner for lead in document.leads for n in document.foreign_in(lead)}
    return states.pop() if len(states) == 1 else ""


def state_of(document: Document, span: Span) -> str:
    """Return the state that a phrase names first, HOME or another, else ""; a Korean with no state named is HOME's."""
    named = [(n.start, n.partner) for n in (*document.foreign_in(span), *document.home_in(span))]
    named += [(korean.start(), HOME) for korean in KOREAN.finditer(document.text, *span)]
    return min(named)[1] if named else HOME if names_a_korean(document, span) else ""


def names_a_korean(document: Document, span: Span) -> bool:
    """Return whether a span holds a Korean name: "Kim Yong Il", "Pak Ui Chun"."""
    found = document.pattern(_KOREAN_NAME).search(document.text, *span)
    return bool(found) and not document.word_of("seoul_office").search(document.small, *span)


def is_here(document: Document, sentence: Span) -> bool:
    """Return whether a sentence takes place at home, as it or the first one says; of one state the next ones, too."""
    leads = document.leads
    first = document.sentences[: len(leads) + _NEXT] if only_state(document) else leads[-1:]
    return any(_tells_of_here(document, span) for span in (*first, sentence))


@per_document  # asked of each delegation in a sentence
def _tells_of_here(document: Document, span: Span) -> bool:
    here = document.pattern(HERE).search(document.small_unframed, *span)
    return bool(here or document.home_in(span) or KOREAN.search(document.text, *span))


def destinations(document: Document, span: Span) -> list[str]:
    """Return the states that somebody goes to or comes from: "for Laos and Cuba", "visiting the UK", "China visit"."""
    towards = document.pattern(_TOWARDS)
    named = with_listed(document, span, lambda n: towards.search(document.small, max(span[0], n.start - 90), n.start))
    return list(dict.fromkeys(n.partner for n in named))


def with_listed(document: Document, span: Span, is_such: Callable[[Mention], object]) -> list[Mention]:
    """Return the states of which something is so, and those listed after one of them: "for | Laos and | Cuba"."""
    found: list[Mention] = []
    for n in document.foreign_in(span):
        is_next = found and n.role == "name" and NEXT_IN_LIST.fullmatch(document.text, found[-1].end, n.start)
        if is_such(n) or (is_next and not document.pattern(_ENVOY).match(document.small, n.end)):
            found.append(n)
    return found
