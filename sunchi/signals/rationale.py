"""What detectors say of their own decisions: why a place of the text is a signal, and why another is none.

`sunchi detect --explain` shows it. Where nobody asks nothing is kept: a Document has no Notes then, and its methods
`because` and `drop` return at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sunchi.lexicon import Name, Term
from sunchi.lexicon.voices import Tone, Voice
from sunchi.text import Span

Rule = Term | Name | Tone | Voice
"""One row of the lexicon: each has the `line` of its file."""


@dataclass(frozen=True, slots=True)
class Note:
    """One reason, as a clause in an analyst's words."""

    kind: str  # of the signal; "name" where it is about how a name was read
    partner: str  # of the signal; "" where none came of it
    span: Span  # of the signal, or what was considered
    why: str
    rule: Rule | None = None
    at: Span | None = None  # the words of the text that the reason rests on


@dataclass
class Notes:
    """The notes of one document, in the order in which they were made; one may be made twice."""

    taken: list[Note] = field(default_factory=list)
    dropped: list[Note] = field(default_factory=list)
