"""Appointments: who came into which post of the home side, or out of it, and ambassadors either way.

The file of each language finds them; here two reports of one appointment become one, and posts that deal with other
states are marked, as posts.csv knows them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.signals.document import Document
from sunchi.signals.languages import module_for
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.signals.reported import Appointment
from sunchi.signals.row import row


def appointment(document: Document) -> Iterator[Found | Rejected]:
    """Yield one appointment for each code, person and post, and what only looked like one."""
    language = document.language
    module = module_for("appointment", language)
    found: dict[tuple[str, str, str], Appointment] = {}
    for each in module.find(document) if module else ():
        if isinstance(each, Rejected):
            yield each
        else:
            found.setdefault((each.code, each.person, each.post.casefold()), each)
    for reported in found.values():
        abroad = reported.partner or document.lexicon.posts.abroad[language].search(reported.post.lower())
        signal = row(
            document,
            "appointment",
            reported.partner,
            reported.code,
            1.0,
            reported.span,
            person=reported.person,
            post=reported.post,
            abroad=bool(abroad),
        )
        yield Found(signal, (Reason("a verb of appointing, with a person and a post", reported.frame),))
