"""One sentence that a frame of contacts fits in English, with what its readers ask of it."""

from __future__ import annotations

from dataclasses import dataclass

from sunchi.signals.document import Document, per_document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.english import leads
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span


@per_document
def _held(document: Document) -> dict[tuple[str, Span], bool]:
    """Return of which classes the sentences hold words, as far as it was asked: many frames may fit one sentence."""
    return {}


@dataclass(frozen=True, slots=True)
class Report:
    """A frame of contacts that fits a sentence.

    A lead tells of one event, so its sides stand as far from the frame's words as the sentence reaches.
    """

    document: Document
    match: Match

    @property
    def sentence(self) -> Span:
        return self.match.sentence

    @property
    def before(self) -> Span:
        """The words of the sentence before the frame's."""
        return self.match.sentence[0], self.match.words[0]

    @property
    def after(self) -> Span:
        """The words of the sentence after the frame's."""
        return self.match.words[1], self.match.sentence[1]

    @property
    def way(self) -> Span:
        """The frame's words, and those after them."""
        return self.match.words[0], self.match.sentence[1]

    @property
    def actor(self) -> Span:
        """Where the first side stands: before the frame's words, after them, or between them."""
        side = self.match.side1 or self.before
        if side[1] <= self.match.words[0]:
            return self.before
        return self.after if self.is_inverted else side

    @property
    def is_inverted(self) -> bool:
        """Whether the first side stands after the frame's words: "Arriving here were"."""
        return self.match.side1 is not None and self.match.side1[0] >= self.match.words[1]

    @property
    def is_open(self) -> bool:
        """Whether the frame only goes on with what was told before."""
        return self.match.frame.strength == "open"

    @property
    def is_later(self) -> bool:
        """Whether the sentence stands after the leads."""
        return self.match.sentence[0] > leads(self.document)[-1][0]

    @property
    def is_headline(self) -> bool:
        return self.match.sentence[0] < self.document.headline

    def starts(self, *words: str) -> bool:
        """Return whether the frame's words in the text begin with one of `words`, in small letters."""
        return self.document.small.startswith(words, self.match.words[0])

    def holds(self, name: str, span: Span | None = None) -> bool:
        """Return whether a word of a class stands in a span, else in the sentence."""
        if span is not None:
            return bool(self.document.word_of(name).search(self.document.small, *span))
        known = _held(self.document)
        key = name, self.sentence
        if key not in known:
            known[key] = self.holds(name, self.sentence)
        return known[key]

    def contact(self, kind: str, partner: str, *who: Span) -> Contact:
        return Contact(kind, partner, who, self.sentence, self.match.frame)

    def rejected(self, why: str, span: Span | None = None) -> Rejected:
        return Rejected("contact", span or self.match.words, why, self.match.frame)
