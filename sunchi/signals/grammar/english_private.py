"""Private friends abroad, of societies and institutes, whose praise is no state's."""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.signals.grammar.english import holds_any
from sunchi.text import Span

_PRIVATE = (
    "the Study", "Juche", "Songun", "Kimilsungis", "olidarity Committee", "ociety", "Institute", "eminar",
    "ssociation", "ersonage", "paper", "ebsite", "omepage", "olitical Figure", "olitical figure",
    "olitician", "ollowers", "sociaci", "ociedad", "Estudio", "ersonalidad", "Friendship Group", "Friendship Union",
    "Friendship and",
    "주체사상연구", "주체사상신봉", "선군정치연구", "련대성위원회", "련대성집회", "조선친선협회", "조선친선위원회",
)  # fmt: skip
# A friendship organization is private; a Liberation, Treaty or Health Organization is of a people or of states, and
# "working people's organizations" are the home side's
_ORGANIZATION = re.compile(
    r"(?<!Liberation )(?<!Treaty )(?<!Cooperation )(?<!Health )(?<!Trade )(?<!Agriculture )(?<!Maritime )(?<!Tourism )"
    r"(?<!people's )[Oo]rganization"
)


def is_private(document: Document, sentence: Span) -> bool:
    """Whether the sentence or the article's opening speaks of friends who are no state's or party's organs."""
    return any(names_private(document, span) for span in (*document.opening, sentence))


def names_private(document: Document, span: Span) -> bool:
    """Whether a span names friends who are no state's or party's organs."""
    text = document.text[slice(*span)]
    return holds_any(text, _PRIVATE) or ("rganization" in text and bool(_ORGANIZATION.search(text)))
