"""Private friends abroad, of societies and institutes, whose praise is no state's."""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.text import Span

_NAME_OF_A_BODY = re.compile("Institute|the Study|Friendship (?:and|Group|Union)")  # with capitals
# A friendship organization is private; a Liberation, Treaty or Health Organization is of a people or of states
_ORGANIZATION = Pattern(r"(?P<public>{public_organization} )?organi[sz]ation")


def is_private(document: Document, sentence: Span) -> bool:
    """Return whether the sentence or the article's opening speaks of friends who are no state's or party's organs."""
    return any(names_private(document, span) for span in (*document.opening, sentence))


def names_private(document: Document, span: Span) -> bool:
    """Return whether a span names friends who are no state's or party's organs."""
    if document.is_in(span, "private_friend"):
        return True
    if document.language != "en":
        return False
    if _NAME_OF_A_BODY.search(document.text, *span):
        return True
    if document.small.find("organi", *span) < 0:
        return False
    return any(not found["public"] for found in document.pattern(_ORGANIZATION).finditer(document.small, *span))
