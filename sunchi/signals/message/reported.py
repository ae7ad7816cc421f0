"""The two sides of a message, whatever the language it is reported in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from sunchi.signals.document import Document
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
    sender: str  # short, without titles
    recipient: str
    span: Span  # the sentence
    named: bool  # the foreign side by name, not by office alone
    listed: bool  # among others in a list
    leads: bool  # it is what the article's first sentence reports
    recalled: bool = False  # it was sent long ago, and what it brought is only shown


def told(document: Document, read: Callable[..., Iterator[Sent]]) -> list[Sent]:
    """What `read` finds in the body, of which the first sentence leads; in the headline only where that is nothing."""
    found = [sent for n, s in enumerate(document.body) for sent in read(document, s, leads=n == 0)]
    headline = [] if found else [s for s in document.sentences if s[0] <= document.headline]
    return found or [sent for s in headline for sent in read(document, s, leads=False)]
