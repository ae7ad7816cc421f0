"""A message as a sentence reports it, whatever the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sunchi.signals.document import Document
from sunchi.signals.rationale import Reason, Rejected
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


Tell = Callable[[Document, Iterable[Span] | None], Iterator[Sent | Rejected]]
"""Reads those sentences of an article, or all of its body."""


def body_or_headline(document: Document, tell: Tell) -> Iterator[Sent | Rejected]:
    """Yield what the body reports; if that is no message, what the headline reports, where that may be believed.

    A body that speaks neither of a state nor of ours is another article's, which a site may show for a while.
    """
    found = list(tell(document, None))
    yield from found
    speaks = not document.body or any(n.start > document.headline for n in (*document.mentions, *document.home))
    if speaks and not any(isinstance(each, Sent) for each in found):
        yield from tell(document, document.above)
