"""Which state's cause an English text supports, and which state it accuses: rights, fallen soldiers, an occupation."""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention

# "Israel's brutal air raids", "Israel should lift its blockade"
_WRONG_OF_IT = Pattern(r"(?:'s)? (?:[a-z-]+ ){0,2}{wrongdoing}\b|(?: must| should|,? to) {desist}\b")
_FALLEN = Pattern(r"\b{fallen}\b[^.,]{0,60}? of (?:the )?$")  # "the martyrs of the Soviet Red Army"
_ARMY = re.compile(r"(?: People's)? (?:Red )?(?:Army|Volunteers)\b")  # "the Chinese | People's Volunteers"


def is_wrongdoer(document: Document, mention: Mention) -> bool:
    """Return whether its occupation, its attacks or the like are spoken of, or it is to end them."""
    return bool(document.pattern(_WRONG_OF_IT).match(document.text, mention.end))


def is_fallen(document: Document, mention: Mention) -> bool:
    """Return whether the home side's leader, or "we", pays tribute there to a state's fallen soldiers."""
    if not _ARMY.match(document.text, mention.end):
        return False
    if not document.pattern(_FALLEN).search(document.text, max(0, mention.start - 80), mention.start):
        return False
    sentence = document.sentence_at(mention.start)
    return bool(document.word_of("we").search(document.small, *sentence)) or "Kim Jong" in document.quote(sentence)
