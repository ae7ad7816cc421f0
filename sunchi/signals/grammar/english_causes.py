"""Whose cause an English text makes its own, and whose wrong it tells of: rights, fallen soldiers, an occupation."""

from __future__ import annotations

import re

from sunchi.signals.document import Reading
from sunchi.signals.mentions import Naming

_RIGHT_OF = re.compile(
    r"\b(?:legitimate|just|inalienable|sovereign)(?: [a-z]+)? (?:rights?|cause|struggle|demands?) of (?:the )?$"
)


def is_righteous(reading: Reading, naming: Naming) -> bool:
    """Whether its rights or its cause are called just."""
    return bool(_RIGHT_OF.search(reading.text, max(0, naming.start - 60), naming.start))


_WRONG_OF_IT = re.compile(
    r"(?:'s)? (?:[a-z-]+ ){0,2}(?:occupation|aggression|massacres?|atrocit\w+|crimes?|siege|blockade|attacks?|invasion"
    r"|killings?|settlements?|bombings?|air raids?|violations?)\b"
    r"|(?: must| should|,? to) (?:withdraw|end|lift|stop|halt|break)\b"
)


def is_wrongdoer(reading: Reading, naming: Naming) -> bool:
    """Whether its occupation, its attacks or the like are spoken of, or it is to end them."""
    return bool(_WRONG_OF_IT.match(reading.text, naming.end))


_FALLEN = re.compile(r"\b(?:fallen|martyrs|heroes|exploits|feats|sacrifices?)\b[^.,]{0,60}? of (?:the )?$")
_ARMY = re.compile(r"(?: People's)? (?:Red )?(?:Army|Volunteers)\b")
_OUR_TRIBUTE = re.compile(r"\b[Ww]e\b|\b[Oo]ur\b|\bI\b|\bKim Jong")


def is_fallen(reading: Reading, naming: Naming) -> bool:
    """Whether the home side's leader, or "we", pays tribute there to a state's fallen soldiers."""
    if not _ARMY.match(reading.text, naming.end):
        return False
    if not _FALLEN.search(reading.text, max(0, naming.start - 80), naming.start):
        return False
    return bool(_OUR_TRIBUTE.search(reading.text, *reading.sentence_at(naming.start)))
