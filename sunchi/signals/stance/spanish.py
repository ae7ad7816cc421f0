"""The states whose deed Spanish names: "la agresión de EE.UU."."""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

# la agresión militar de | EE.UU.; las intrigas urdidas por | Japón; la agresión | israelí
_OF = re.compile(r"(?: (?!contra|hacia|sobre|en|a|al|y|o|que)[\w'-]+){0,3}? (?:de|del|por)(?: (?:el|la|los|las))? | ")
# Named as the one to whom something is done, or after another preposition: no subject of the sentence
_AFTER_PREPOSITION = re.compile(
    r"\b(?:contra|hacia|sobre|en|a|al|por|con|ante)(?: (?:el|la|los|las))? $", re.IGNORECASE
)


def owners(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return whose a deed or a name is: the state after "de" or "por", or the subject of the sentence."""
    of = _OF.match(document.text, span[1], sentence[1])
    after = [n for n in named if of and n.start == of.end()]
    if after:
        return document.together([n for n in named if n.start >= after[0].start])
    before = [n for n in named if n.end <= span[0]]
    subject = [n for n in before if not _AFTER_PREPOSITION.search(document.text, max(0, n.start - 16), n.start)]
    home = document.home_in((sentence[0], span[0]))
    if not subject or any(n.start > subject[-1].start for n in home):
        return []
    if document.word_of("withstand").search(document.small, subject[-1].end, span[0]):  # Cuba lucha contra el | bloqueo
        return []
    return document.together(subject[::-1])
