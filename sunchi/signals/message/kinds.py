"""The kinds of message, and the classes of the vocabulary with the nouns that say them."""

from __future__ import annotations

from sunchi.signals.document import Document

_NOUNS = {
    "reply": "reply_message",
    "verbal": "verbal_message",
    "sympathy": "sympathy_message",
    "condolence": "condolence_message",
    "thanks": "thanks_message",
    "solidarity": "solidarity_message",
    "congratulation": "congratulation_message",
    "greeting": "greeting_message",
    "floral_basket": "floral_basket",
    "wreath": "wreath",
    "gift": "gift",
    "letter": "plain_letter",
}


def kind_of_noun(document: Document, noun: str, otherwise: str = "letter") -> str:
    """Return the kind of message that a noun of the Korean or Chinese vocabulary says."""
    return next((kind for kind, name in _NOUNS.items() if noun in document.class_words(name)), otherwise)
