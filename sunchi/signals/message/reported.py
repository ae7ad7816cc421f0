"""A message as a sentence reports it, whatever the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sunchi.signals.rationale import Reason
from sunchi.text import Span

Direction = Literal["out", "in"]

WORDLESS = ("floral_basket", "wreath", "gift")
"""The kinds of message that say nothing in words."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message, as one sentence reports it."""

    kind: str
    direction: Direction  # out: from the home side
    partner: str
    theirs: str  # who of the other state sends or receives it, short, without titles
    ours: str
    span: Span  # the sentence
    named: bool  # the foreign side by name, not by office alone
    listed: bool  # among others in a list
    reason: Reason
    recalled: bool = False  # it was sent long ago, and what it brought is only shown

    @property
    def sides(self) -> tuple[str, str]:
        """The sender and the recipient."""
        return (self.theirs, self.ours) if self.direction == "in" else (self.ours, self.theirs)
