"""Whose cause an English text makes its own, and whose wrong it tells of: rights, fallen soldiers, an occupation."""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention

_RIGHT_OF = re.compile(
    r"\b(?:legitimate|just|inalienable|sovereign)(?: [a-z]+)? (?:rights?|cause|struggle|demands?) of (?:the )?$"
)


def is_righteous(document: Document, mention: Mention) -> bool:
    """Whether its rights or its cause are called just."""
    return bool(_RIGHT_OF.search(document.text, max(0, mention.start - 60), mention.start))


_WRONG_OF_IT = re.compile(
    r"(?:'s)? (?:[a-z-]+ ){0,2}(?:occupation|aggression|massacres?|atrocit\w+|crimes?|siege|blockade|attacks?|invasion"
    r"|killings?|settlements?|bombings?|air raids?|violations?)\b"
    r"|(?: must| should|,? to) (?:withdraw|end|lift|stop|halt|break)\b"
)


def is_wrongdoer(document: Document, mention: Mention) -> bool:
    """Whether its occupation, its attacks or the like are spoken of, or it is to end them."""
    return bool(_WRONG_OF_IT.match(document.text, mention.end))


_FALLEN = re.compile(r"\b(?:fallen|martyrs|heroes|exploits|feats|sacrifices?)\b[^.,]{0,60}? of (?:the )?$")
_ARMY = re.compile(r"(?: People's)? (?:Red )?(?:Army|Volunteers)\b")
_OUR_TRIBUTE = re.compile(r"\b[Ww]e\b|\b[Oo]ur\b|\bI\b|\bKim Jong")


def is_fallen(document: Document, mention: Mention) -> bool:
    """Whether the home side's leader, or "we", pays tribute there to a state's fallen soldiers."""
    if not _ARMY.match(document.text, mention.end):
        return False
    if not _FALLEN.search(document.text, max(0, mention.start - 80), mention.start):
        return False
    return bool(_OUR_TRIBUTE.search(document.text, *document.sentence_at(mention.start)))
