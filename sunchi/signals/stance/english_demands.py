"""What an adversary is told in English that it ought to do: "the Japanese government should admit its crimes"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.signals.attention.about import is_place
from sunchi.signals.document import Reading
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


def demanded(reading: Reading) -> Iterator[tuple[str, Ground]]:
    """The adversaries that somebody tells to mend what they do; not so where Pyongyang is to do it with them."""
    if reading.tongue != "en":
        return
    for sentence in reading.holding(_TELLS):
        for naming in reading.named_in(sentence):
            ought = _OUGHT.match(reading.text, naming.end, sentence[1])
            if not ought or naming.partner not in reading.lexicon.adversaries or is_place(reading, naming):
                continue
            before = (max(sentence[0], naming.start - 40), naming.start)
            if reading.home_in(before) or any(word in reading.small[slice(*before)] for word in _WITH_US):
                continue
            span = (naming.start, ought.end())
            yield naming.partner, Ground(-1.0, sentence, f"“{reading.quote(span)}”", at=span)
            break
