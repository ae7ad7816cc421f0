"""The kinds of message, and the classes of the vocabulary with the words that say them."""

from __future__ import annotations

from sunchi.lexicon.columns import LANGUAGES
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.message.reported import WORDLESS

WORDED = ("reply", "verbal", "sympathy", "condolence", "thanks", "solidarity", "congratulation", "greeting")
"""Kinds with nouns of their own: the class of these bears the kind's name, reply_message; any writing is a letter."""

# Of what a message speaks whose noun does not say its kind, in small letters
_SPOKEN_OF = (
    "(?<![a-z])(?:(?P<reply>{in_reply})|(?P<condolence>{condole})|(?P<sympathy>{sympathize})|(?P<thanks>{thank})"
    "|(?P<congratulation>{congratulate})|(?P<greeting>{greet})|(?P<solidarity>{support}))(?![a-z])"
)
_SPOKEN_OF_IN = {lang: Pattern(_SPOKEN_OF, lang) for lang in LANGUAGES}

# "reply message", "verbal personal letter", "telegrams of warm greeting", "condolences"
_OF_KIND = (
    r"(?P<KIND>{KIND_word} (?:{personal} )?{writing}|{writing} of (?:\w+ )?{KIND_word}|(?<!as )(?:{KIND_message}))"
)
KINDS = Pattern(
    rf"\b(?:{'|'.join(_OF_KIND.replace('KIND', kind) for kind in WORDED)}"
    rf"|{'|'.join(f'(?P<{kind}>{{{kind}}})' for kind in WORDLESS)}|(?P<letter>(?:letter|message)s?))\b"
)
"""The nouns of message in English, in small letters; the group that matches is the kind."""


def kind_of_noun(document: Document, noun: str, otherwise: str = "letter") -> str:
    """Return the kind of message that a noun of the Korean, Chinese or Spanish vocabulary says."""
    if noun in document.class_words("plain_letter"):
        return "letter"
    classes = [(kind, f"{kind}_message") for kind in WORDED] + [(kind, kind) for kind in WORDLESS]
    return next((kind for kind, name in classes if noun in document.class_words(name)), otherwise)


def kind_spoken_of(document: Document, text: str) -> str:
    """Return the kind of message by what a text speaks of first; "" where it tells none."""
    spoken = document.pattern(_SPOKEN_OF_IN[document.language]).search(text)
    return (spoken.lastgroup or "") if spoken else ""
