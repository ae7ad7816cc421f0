"""Why a place of the text is a signal, and why another is none: what detectors return beside their rows.

A detector yields `Found`, a row with its reasons, and `Rejected`, what only looked like a signal, with the reason; what
takes long to reject it looks for only in a document that is `explaining`.
`sunchi detect` keeps the rows; `sunchi detect --explain` shows all of it.
"""

from __future__ import annotations

from typing import NamedTuple

from sunchi.lexicon import Name, Term
from sunchi.lexicon.frames import Frame
from sunchi.lexicon.voices import Tone, Voice
from sunchi.model import Row
from sunchi.text import Span

Rule = Term | Name | Tone | Voice | Frame
"""One row of the lexicon: each has the `line` of its file."""


class Reason(NamedTuple):
    """Why something is a signal, as a clause in an analyst's words."""

    why: str
    rule: Rule | None = None  # the row of the lexicon that decided
    at: Span | None = None  # the words of the text that the reason rests on


class Found(NamedTuple):
    """One signal with its reasons."""

    row: Row
    reasons: tuple[Reason, ...] = ()


class Rejected(NamedTuple):
    """What looked like a signal of a kind and is none."""

    kind: str  # of the signal; "name" where it is about how a name was read
    span: Span
    why: str
    rule: Rule | None = None


UNDONE = "asked for, expected or refused: it has not taken place"


class Contact(NamedTuple):
    """One contact with one state, as a sentence of any language reports it."""

    kind: str
    partner: str
    who: tuple[Span, ...]  # the persons or delegations, in order
    span: Span  # the sentence
    frame: Frame | None = None  # by which it was read
    why_not: str = ""  # why it is none; "" where it has taken place


class Appointment(NamedTuple):
    """One person's coming into a post, or out of it, as a sentence of any language reports it."""

    code: str
    person: str
    post: str
    span: Span
    frame: Frame | None = None  # by which it was read
