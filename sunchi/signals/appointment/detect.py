"""Appointments: who came into which post of the home side, or out of it, and ambassadors either way.

appointment_en.py, _ko.py and _zh.py find them; here one that is told twice becomes one, and posts that deal with other
states are marked, as posts.csv knows them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.lexicon.posts import ABROAD
from sunchi.signals.document import Document
from sunchi.signals.languages import module_for
from sunchi.signals.reported import Appointment
from sunchi.signals.row import Row, row


def appointment(document: Document) -> Iterator[Row]:
    """One row for each code, person and post."""
    language = document.language
    module = module_for("appointment", language)
    found: dict[tuple[str, str, str], Appointment] = {}
    for told in module.find(document) if module else ():
        found.setdefault((told.code, told.person, told.post.casefold()), told)
    for told in found.values():
        abroad = told.partner or document.lexicon.posts.abroad[language].search(told.post.lower())
        document.because("appointment", told.partner, told.span, "a verb of appointing, with a person and a post")
        yield row(
            document,
            "appointment",
            told.partner,
            told.code,
            1.0,
            told.span,
            person=told.person,
            post=told.post,
            category=ABROAD if abroad else None,
        )
