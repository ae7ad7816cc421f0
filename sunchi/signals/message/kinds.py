"""The kinds of message, and the classes of the vocabulary with the words that say them."""

from __future__ import annotations

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.message.reported import WORDLESS

# The class of a kind's nouns bears its name: reply_message, floral_basket; a mere letter is any writing
WORDED = ("reply", "verbal", "sympathy", "condolence", "thanks", "solidarity", "congratulation", "greeting")
# Of what a message speaks whose noun does not say its kind
_SPOKEN_OF = (
    "(?P<condolence>{condole})|(?P<sympathy>{sympathize})|(?P<thanks>{thank})|(?P<congratulation>{congratulate})"
)
_SPOKEN_OF_IN = {
    "en": Pattern(rf"\b(?:in (?P<reply>reply) to|{_SPOKEN_OF})\b"),
    "zh": Pattern(rf"{_SPOKEN_OF}|(?P<greeting>{{greet}})|(?P<solidarity>{{support}})", "zh"),
}

KINDS = Pattern(
    r"\b(?:(?P<reply>{replying} {writing})|(?P<verbal>{spoken} (?:{personal} )?{writing})"
    r"|(?P<condolence>{writing} of {condolence}|{condoling} {writing}|{condolence_alone})"
    r"|(?P<sympathy>{writing} of {sympathize})|(?P<thanks>{writing} of {thanks})"
    r"|(?P<solidarity>{writing} of {solidarity}|solidarity {writing})"
    r"|(?P<congratulation>congratulations|felicitations|congratulatory {writing})"
    r"|(?P<greeting>{writing} of (?:\w+ )?greetings?|new year(?:'s)? {writing}|greetings|(?<!as )regards)"
    r"|(?P<floral_basket>{floral_basket})|(?P<wreath>{wreath})|(?P<gift>{gift})|(?P<letter>(?:letter|message)s?))\b"
)
"""The nouns of message in English, in small letters; the group that matches is the kind."""


def kind_of_noun(document: Document, noun: str, otherwise: str = "letter") -> str:
    """Return the kind of message that a noun of the Korean, Chinese or Spanish vocabulary says."""
    if noun in document.class_words("plain_letter"):
        return "letter"
    classes = [(kind, f"{kind}_message") for kind in WORDED] + [(kind, kind) for kind in WORDLESS]
    return next((kind for kind, name in classes if noun in document.class_words(name)), otherwise)


def kind_spoken_of(document: Document, text: str) -> str:
    """Return the kind of message by what a text in English or Chinese speaks of first; "" where it tells none."""
    pattern = _SPOKEN_OF_IN.get(document.language)
    spoken = document.pattern(pattern).search(text) if pattern else None
    return (spoken.lastgroup or "") if spoken else ""
