"""The states that Spanish says a plain word of stance of: "la agresión de EE.UU.", "condenan a Japón"."""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_FAR = 80  # characters from a verb to whom it blames
# la agresión militar de | EE.UU.; las intrigas urdidas por | Japón; la agresión | israelí
_OF = re.compile(r"(?: (?!contra|hacia|sobre|en|a|al|y|o|que)[\w'-]+){0,3}? (?:de|del|por)(?: (?:el|la|los|las))? | ")
# Named as the one to whom something is done, or after another preposition: no subject of the sentence
_AFTER_PREPOSITION = re.compile(
    r"\b(?:contra|hacia|sobre|en|a|al|por|con|ante)(?: (?:el|la|los|las))? $", re.IGNORECASE
)
_SUFFERS = re.compile(r"\b(?:contra|hacia|sobre|en|anti)(?: (?:el|la|los|las|territorio de))? ?-?$", re.IGNORECASE)
_IS = re.compile(r"\b(?:es|son|fue|fueron|ser|será|serán) (?:\w+mente )?$")


def owners(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return whose a deed or a name is: the state after "de" or "por", or the subject of the sentence."""
    of = _OF.match(document.text, span[1], sentence[1])
    after = [n for n in named if of and n.start == of.end()]
    if after:
        return document.together([n for n in named if n.start >= after[0].start])
    before = [n for n in named if (n.end <= span[0])]
    subject = [n for n in before if not _AFTER_PREPOSITION.search(document.text, max(0, n.start - 16), n.start)]
    home = document.home_in((sentence[0], span[0]))
    if not subject or any(n.start > subject[-1].start for n in home):
        return []
    if document.word_of("withstand").search(document.small, subject[-1].end, span[0]):  # Cuba lucha contra el | bloqueo
        return []
    return document.together(subject[::-1])


def blamed(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states that are blamed: those the verb is about, which in the passive stand before it."""
    is_passive = _IS.search(document.text, max(0, span[0] - 20), span[0])
    if is_passive:
        return document.together([n for n in named if n.end <= span[0]][:1])
    after = [n for n in named if 0 <= n.start - span[1] <= _FAR]
    after = [n for n in after if not _SUFFERS.search(document.text, max(span[1], n.start - 20), n.start)]
    home = [n.start for n in document.home_in(sentence) if n.start >= span[1]]
    return [] if after and home and home[0] < after[0].start else document.together(after)
