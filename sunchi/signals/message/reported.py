"""A message as a sentence reports it, whatever the language; and its kinds, with the words that say them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sunchi.lexicon.columns import LANGUAGES
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.rationale import Reason
from sunchi.text import Span

Direction = Literal["out", "in"]

WORDLESS = ("floral_basket", "wreath", "gift")
"""The kinds of message that say nothing in words."""
WORDED = ("reply", "verbal", "sympathy", "condolence", "thanks", "solidarity", "congratulation", "greeting")
"""Kinds with nouns of their own: the class of these bears the kind's name, reply_message; any writing is a letter."""

_SPOKEN_OF = {
    lang: Pattern(
        "(?<![a-z])(?:(?P<reply>{in_reply})|(?P<condolence>{condole})|(?P<sympathy>{sympathize})|(?P<thanks>{thank})"
        "|(?P<congratulation>{congratulate})|(?P<greeting>{greet})|(?P<solidarity>{support}))",
        lang,
    )
    for lang in LANGUAGES
}  # of what a message speaks whose noun does not say its kind, in small letters
# "reply message", "verbal personal letter", "telegrams of warm greeting", "condolences"
_OF_KIND = r"(?P<KIND>{KIND_word} (?:{personal} )?{writing}|{writing} of (?:\w+ )?{KIND_word}|{KIND_message})"
KINDS = Pattern(
    rf"\b(?<!as )(?:{'|'.join(_OF_KIND.replace('KIND', kind) for kind in WORDED)}"
    rf"|{'|'.join(f'(?P<{kind}>{{{kind}}})' for kind in WORDLESS)}|(?P<letter>{{writing}}))\b"
)
"""The nouns of message in English, in small letters; the group that matches is the kind."""


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


def kind_of_noun(document: Document, noun: str) -> str:
    """Return the kind of message that a noun of the Korean, Chinese or Spanish vocabulary says."""
    classes = [(kind, f"{kind}_message") for kind in WORDED] + [(kind, kind) for kind in WORDLESS]
    return next((kind for kind, name in classes if noun in document.class_words(name)), "letter")


def kind_spoken_of(document: Document, text: str) -> str:
    """Return the kind of message by what a text speaks of first; "" where it tells none."""
    spoken = document.pattern(_SPOKEN_OF[document.language]).search(text)
    return (spoken.lastgroup or "") if spoken else ""
