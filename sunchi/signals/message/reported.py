"""A message as a sentence reports it, whatever the language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    sender: str  # short, without titles
    recipient: str
    span: Span  # the sentence
    named: bool  # the foreign side by name, not by office alone
    listed: bool  # among others in a list
    leads: bool  # it is what the article's first sentence reports
    reason: Reason
    recalled: bool = False  # it was sent long ago, and what it brought is only shown


def headline_counts(document: Document) -> bool:
    """Return whether what a headline reports may be believed: no body follows, or one that names a state or ours.

    A body that speaks of neither side is another article's, which a site may show for a while.
    """
    return not document.body or any(n.start > document.headline for n in (*document.mentions, *document.home))


def in_body_or_headline(
    document: Document, in_sentence: Callable[..., Iterator[Sent | Rejected]]
) -> Iterator[Sent | Rejected]:
    """Yield what the sentences of the body report, of which the first leads; if nothing, what the headline reports."""
    in_body = [each for n, s in enumerate(document.body) for each in in_sentence(document, s, leads=n == 0)]
    yield from in_body
    if headline_counts(document) and not any(isinstance(each, Sent) for each in in_body):
        for sentence in document.sentences:
            if sentence[0] <= document.headline:
                yield from in_sentence(document, sentence, leads=False)
