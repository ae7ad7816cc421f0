"""Leaders whom a sentence names although they are not there: "习近平总书记特别代表", "푸틴대통령의 초청에 따라".

What stands right after the name says so, in English what stands before it: "a special envoy of President Putin".
"""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

# An envoy and a letter need no particle; the rest that is a leader's own does, and a meeting of his is where he is
_OWNS = {
    "zh": Pattern(r"{leader_title}*(?:的?(?P<envoy>{envoy})|{word_of_leader}|的(?![^,;。\n]{0,8}{is_there}))", "zh"),
    "ko": Pattern(
        r"(?: ?(?:[가-힣]{1,6} )?{leader_title})*(?:의? ?(?P<envoy>{envoy})| ?{word_of_leader}"
        r"|의(?! ?(?:[가-힣0-9]{1,20} ){0,2}[가-힣]{0,2}{is_there}))",
        "ko",
    ),
}
# "the special envoy of President | Example"
_SENT_BY = Pattern(r"\b(?:[Ee]nvoy|[Rr]epresentative|[Ee]missary) of (?:(?:[A-Z][\w.'-]*|{leader_title})[ ,]+)*$")
_TITLES_LENGTH = 120  # characters


def owned(document: Document, named: Span) -> Span | None:
    """Return the words that name a leader for his envoy, his word or his invitation alone; None where he is there."""
    if document.language == "en":
        before = max(0, named[0] - _TITLES_LENGTH)
        return named if document.pattern(_SENT_BY).search(document.text, before, named[0]) else None
    owns = _owns(document, named[1])
    return (named[0], owns.end()) if owns else None


def is_unseen(document: Document, mention: Mention) -> bool:
    """Return whether neither a leader nor an envoy of his is there."""
    owns = _owns(document, mention.end) if mention.role == "leader" else None
    return owns is not None and not owns["envoy"]


def _owns(document: Document, end: int) -> re.Match[str] | None:
    owns = _OWNS.get(document.language)
    return document.pattern(owns).match(document.text, end) if owns else None
