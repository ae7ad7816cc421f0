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
_TITLE = r"(?:[A-Z][\w.'-]*|{leader_title})[ ,]+"
# "the special envoy of President | Example"
_SENT_BY = Pattern(rf"\b(?:[Ee]nvoy|[Rr]epresentative|[Ee]missary) of (?:{_TITLE})*$")
_TITLES_LENGTH = 120  # characters


def owned(document: Document, end: int) -> re.Match[str] | None:
    """Return the words that show that the leader whose name or post ends at `end` is not there himself."""
    owns = _OWNS.get(document.language)
    return document.pattern(owns).match(document.text, end) if owns else None


def is_absent(document: Document, mention: Mention) -> bool:
    """Return whether a leader is named for his envoy, his word or his invitation alone."""
    return mention.role == "leader" and _is_owner(document, mention.start, mention.end)


def is_unseen(document: Document, mention: Mention) -> bool:
    """Return whether neither a leader nor an envoy of his is there."""
    owns = owned(document, mention.end) if mention.role == "leader" else None
    return owns is not None and not owns["envoy"]


def is_post_of_absent(document: Document, post: Span, absent: list[Mention]) -> bool:
    """Return whether a post is that of somebody who is not there: "中国国家主席胡锦涛的特别代表"."""
    owning = [(n, owned(document, n.end)) for n in absent]
    return _is_owner(document, *post) or any(
        post[1] == n.start or (owns is not None and n.end <= post[0] < owns.end()) for n, owns in owning
    )


def _is_owner(document: Document, start: int, end: int) -> bool:
    """Return whether a name or post is that of a leader who is not there: "the envoy of President"."""
    if document.language != "en":
        return owned(document, end) is not None
    return bool(document.pattern(_SENT_BY).search(document.text, max(0, start - _TITLES_LENGTH), start))
