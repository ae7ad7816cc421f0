"""Messages in English.

A sentence reports a message where a verb of sending or receiving stands with a noun of message: "sent a message of
greeting to", "received a floral basket from" (frames.csv), or where it tells of a deed that is one. One side has to be
another state's, the other the home side's: gifts to pupils and letters between third states are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.signals.document import Document
from sunchi.signals.frames import matches
from sunchi.signals.message.english_frames import told_by
from sunchi.signals.message.reported import Sent
from sunchi.signals.rationale import Rejected


def messages(document: Document) -> Iterator[Sent | Rejected]:
    """Yield every message that a sentence of the body reports; if none does, what the headline reports."""
    found = list(told_by(document, matches(document, "message")))
    yield from found
    if not any(isinstance(each, Sent) for each in found):
        yield from told_by(document, matches(document, "message", [(0, document.headline)], headed=True))
