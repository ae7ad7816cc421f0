"""Contacts and appointments as one sentence reports them, whatever its language."""

from __future__ import annotations

from dataclasses import dataclass

from sunchi.lexicon.frames import Frame
from sunchi.text import Span


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact with one state."""

    kind: str
    partner: str
    who: tuple[Span, ...]  # the persons or delegations, in order
    span: Span  # the sentence
    frame: Frame | None = None  # by which it was read


@dataclass(frozen=True, slots=True)
class Appointment:
    """One person's coming into a post, or out of it."""

    code: str
    person: str
    post: str
    span: Span
    frame: Frame | None = None  # by which it was read
