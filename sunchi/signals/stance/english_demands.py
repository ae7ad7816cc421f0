"""What an adversary is told, in English, that it ought to do: "the Japanese government should admit its crimes"."""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.attention.incidental import is_place
from sunchi.signals.document import Document
from sunchi.signals.stance.evidence import Evidence

# Japan | should at once apologize; the U.S. | authorities must stop; not Japan | and others who must
_OUGHT = Pattern(r"\.?(?:'s)? ?(?:(?!(?:and|that|which|who)\b)[\w-]+ ){0,3}?{must}(?: [\w-]+){0,8}? {amend}\b")


def demanded(document: Document) -> Iterator[tuple[str, Evidence]]:
    """Yield the adversaries that are told to mend what they do, unless Pyongyang is to do it with them."""
    if document.language != "en":
        return
    for sentence in document.holding("must"):
        for mention in document.named_in(sentence):
            ought = document.pattern(_OUGHT).match(document.text, mention.end, sentence[1])
            if not ought or mention.partner not in document.lexicon.adversaries or is_place(document, mention):
                continue
            span = (mention.start, ought.end())
            yield mention.partner, Evidence(-1.0, sentence, f"“{document.quote(span)}”", at=span)
            break
