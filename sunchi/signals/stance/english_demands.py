"""What an adversary is told in English that it ought to do: "the Japanese government should admit its crimes"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.signals.attention.incidental import is_place
from sunchi.signals.document import Document
from sunchi.signals.stance.evidence import Ground

_TELLS = ("should ", "must ", "ought to", "has to ", "have to ")
_OUGHT = re.compile(
    r"\.?(?:'s)? ?(?:(?!(?:and|or|that|which|who|said|says)\b)[\w-]+ ){0,3}?(?:should|must|ought to|ha(?:s|ve) to)"
    r"(?: [\w-]+){0,8}? (?:apologi\w+|compensat\w+|reparation\w*|redress|atone\w*|admit|withdraw|pull (?:out|back)"
    r"|stop|halt|cease|abandon|give up|drop|retract|cancel|refrain|renounce|roll back|end|lift|scrap|dismantle"
    r"|reflect on|be (?:held|brought|punished|tried|condemned)|take (?:full )?responsibility|make an apology"
    r"|learn (?:a )?lesson)\b"
)
_WITH_US = ("north", "inter-")


def demanded(document: Document) -> Iterator[tuple[str, Ground]]:
    """The adversaries that somebody tells to mend what they do; not so where Pyongyang is to do it with them."""
    if document.language != "en":
        return
    for sentence in document.holding(_TELLS):
        for mention in document.named_in(sentence):
            ought = _OUGHT.match(document.text, mention.end, sentence[1])
            if not ought or mention.partner not in document.lexicon.adversaries or is_place(document, mention):
                continue
            before = (max(sentence[0], mention.start - 40), mention.start)
            if document.home_in(before) or any(word in document.small[slice(*before)] for word in _WITH_US):
                continue
            span = (mention.start, ought.end())
            yield mention.partner, Ground(-1.0, sentence, f"“{document.quote(span)}”", at=span)
            break
