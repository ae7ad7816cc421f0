"""Delegations and other groups in English: those of other states that are here, and those of the home side abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.contact.english_groups import groups, states_of, why_not_here
from sunchi.signals.contact.english_report import Report
from sunchi.signals.grammar.english import HERE, foreign, is_here, leads, only_state
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact

# "Korea", and no "south Korea", no "Korean Friendship"
_OF_KOREA = re.compile(r"(?<![Ss]outh )\bKorea\b|\bKorean(?! Friendship)")
# "in Sample Province of | China"
_PLACE = re.compile(r"\bin (?:(?:the )?[A-Z][\w-]+(?: (?:State|City|Province))?(?:,| of) )?(?:the )?$")
_PLACE_LENGTH = 60  # characters before a state in which its province may stand


def delegation(report: Report) -> Iterator[Contact | Rejected]:
    """Yield a delegation of another state that is here, as a sentence names it."""
    document, sentence = report.document, report.sentence
    for group in groups(document, sentence, (report.match.words[0], sentence[1]))[:1]:
        theirs = states_of(document, sentence, group)
        why_not = why_not_here(document, sentence, group) if theirs else ""
        if why_not:
            yield report.rejected(why_not, group.name)
        else:
            yield from (report.contact("delegation_in", partner, group.who) for partner in theirs)


def entourage(report: Report) -> Iterator[Contact]:
    """Yield a guest with his party: "They included Ana Example, minister of Laos, | and her party"."""
    document = report.document
    if is_here(document, report.sentence):
        for n in foreign(document, report.match.side1 or report.before)[-1:]:
            yield report.contact("delegation_in", n.partner, (n.start, n.end))


def present_abroad(report: Report) -> Iterator[Contact]:
    """Yield a group of the home side that is present where the leads are, in one other state."""
    document, sentence = report.document, report.sentence
    partner = only_state(document)
    home = document.pattern(HERE)
    is_at_home = any(home.search(document.small_unframed, *span) for span in (*leads(document), sentence))
    if not partner or is_at_home or "countries" in document.text[slice(*sentence)]:
        return
    for group in groups(document, sentence, report.after):
        if group.owner == HOME or _OF_KOREA.search(document.text, *group.name):
            yield report.contact("delegation_out", partner, group.who)
            return


def performers_abroad(report: Report) -> Iterator[Contact]:
    """Yield a group of the home side that performs in another state."""
    document, sentence = report.document, report.sentence
    group = next((each for each in groups(document, sentence, report.before) if each.owner == HOME), None)
    for n in foreign(document, (group.noun[1], sentence[1]))[:1] if group else ():
        is_there = _PLACE.search(document.text, n.start - _PLACE_LENGTH, n.start)
        if group and is_there and not document.pattern(HERE).search(document.small, group.noun[1], n.start):
            yield report.contact("delegation_out", n.partner, group.who)
