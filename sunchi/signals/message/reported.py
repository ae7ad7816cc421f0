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
    sender: str  # short, without titles
    recipient: str
    span: Span  # the sentence
    named: bool  # the foreign side by name, not by office alone
    listed: bool  # among others in a list
    leads: bool  # it is what the article's first sentence reports
    reason: Reason
    recalled: bool = False  # it was sent long ago, and what it brought is only shown


def body_or_headline(
    document: Document, in_body: Iterable[Sent | Rejected], in_headline: Iterable[Sent | Rejected]
) -> Iterator[Sent | Rejected]:
    """Yield what the body reports; if that is no message, what the headline reports, where that may be believed.

    A body that speaks neither of a state nor of ours is another article's, which a site may show for a while.
    """
    found = list(in_body)
    yield from found
    speaks = not document.body or any(n.start > document.headline for n in (*document.mentions, *document.home))
    if speaks and not any(isinstance(each, Sent) for each in found):
        yield from in_headline


def each_sentence(
    document: Document, in_sentence: Callable[..., Iterator[Sent | Rejected]]
) -> Iterator[Sent | Rejected]:
    """Yield what the sentences of the body report, of which the first leads; if nothing, what the headline reports."""
    in_body = (each for n, s in enumerate(document.body) for each in in_sentence(document, s, leads=n == 0))
    over = (s for s in document.sentences if s[0] <= document.headline)
    return body_or_headline(document, in_body, (each for s in over for each in in_sentence(document, s, leads=False)))
