"""Who meets whom, in English: talks, and what north and south hold together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    DELEGATION,
    HERE,
    KOREAN,
    RECALLED,
    foreign,
    is_in,
    is_past,
    leads,
    only_state,
    state_of,
)
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_TALK = r"(?:an? )?(?:[\w-]+ ){0,3}{talks}"
_MOOD = r"(?: in an? (?:[\w-]+,? ){1,3}atmosphere)?"
# "met and had a talk in a cordial atmosphere with", "held talks", "when receiving", "granted an audience to"
_MEETS = Pattern(
    rf"\b(?:(?:met|meets?)(?: with)?(?: and (?:(?:had|held) {_TALK}|conversed){_MOOD} with)?(?! to\b)"
    rf"|(?:had|ha(?:s|ve)|h[eo]lds?) {_TALK}(?:{_MOOD} with)?|talks with|receives?|received"
    r"|(?:when|while) (?:meeting|receiving|conversing)(?: with)?|in (?:a|his|her) (?:talk|meeting|conversation) with"
    r"|grant(?:s|ed) (?:an? )?(?:audience|interview)s?(?: to)?)\b"
)
_BETWEEN = re.compile(r"\b(?:talks?|consultations?)\b[^.]{0,60}?\b(?:between|among) ")  # "talks in Moscow between"
_GIVEN = Pattern(r"[^,.]{0,60}?\b{thing_received}\b")  # "received | a letter": no meeting
_WHEN = ("when ", "while ", "in a ", "in his ", "in her ")
_SAYS = Pattern(r"\b(?P<he>he |she |who )?{remark}\b")  # "who noted", "he said"
_DURING_A_STAY = re.compile(r"\b(?:during|on) (?:his|her|the|a|an) (?:\w+ )?(?:visit|stay|trip)\b")  # and where it is
_FIRST_OF_TWO = re.compile(r"[^.]*?, and |[^,.]*? and ")  # "met the minister, and | …"
# "In a friendly talk with", "When meeting with"
_IN_A_TALK = re.compile(
    r"(?:In (?:a|his|her) (?:[\w-]+ )?(?:talk|conversation|meeting)|When (?:meeting|conversing)) with "
)
# "an inter-Korean joint symposium was held", "a meeting of the north-south committee took place",
# "women from the north and the south of Korea held a seminar"
_OF_BOTH_KOREAS = Pattern(
    r"\b(?:(?:inter-korean|north-south) (?:[\w-]+ ){0,3}?"
    r"(?:contacts?|talks|(?P<joint>joint (?:[\w-]+ )?{event_of_both}))"
    r"|(?P<of_both>{event_of_both} of (?:(?:the )?north-south [\w-]+|[\w -]{0,40}of the north and the south)))\b"
    r".{0,160}? (?:was|were|took|take|be) (?:held|opened|place)\b"
    r"|(?P<both_hold>\bfrom the north and the south (?:of korea )?held (?:an? )?(?:[\w-]+ ){0,5}{event_of_both})\b"
)
# "met the minister | on a visit | here | Monday"
_OBJECT_ENDS = Pattern(
    r" (?:when|who|whom|which|on a visit|at the|on (?=[A-Z]\w+\.? \d|\w+day)|{weekday}|here|for paying|upon)\b|\.$|$"
)


def talks(document: Document, lead: Span) -> Iterator[Contact | Rejected]:
    """Yield talks "between … and …", else between those before and after a verb of meeting."""
    between = _BETWEEN.search(document.small, *lead)
    verb = None if between else document.pattern(_MEETS).search(document.small, *lead)
    meeting = between or verb
    if meeting and is_past(document, lead, meeting.start()):
        yield Rejected("contact", lead, RECALLED)
    elif between:
        yield from _talks_between(document, lead, (between.end(), lead[1]))
    elif verb and document.pattern(_GIVEN).match(document.small, verb.end(), lead[1]):
        yield Rejected("contact", verb.span(), "something is received or given there, not somebody met")
    elif verb and document.text.startswith(" in ", verb.end()):
        yield from _who_met(document, lead, (lead[0], verb.start()), (verb.end(), verb.end()))
    elif verb and document.word_of("team").search(document.small, *lead):
        yield Rejected("contact", verb.span(), "teams meet there: a match")
    elif verb:
        end = document.pattern(_OBJECT_ENDS).search(document.text, verb.end(), lead[1])
        other = (verb.end(), end.start() if end else lead[1])
        if document.text.startswith(" on ", verb.end()):  # a cabinet meets on a matter, and meets nobody
            other = (verb.end(), verb.end())
        yield from _who_met(document, lead, (lead[0], verb.start()), other)


def _talks_between(document: Document, lead: Span, span: Span) -> Iterator[Contact]:
    if state_of(document, span) and (document.home_in(span) or KOREAN.search(document.text, *span)):
        for n in foreign(document, span)[:1]:
            yield talked(document, n.partner, _both(document, span), lead)


def _who_met(document: Document, lead: Span, subject: Span, other: Span) -> Iterator[Contact | Rejected]:
    """Yield talks of Pyongyang's side with another state's: one before and one after the verb, or both before it."""
    later = lead[0] > leads(document)[-1][0]  # there "Minister …" of no state is Pyongyang's
    subject, is_he = _who_says(document, lead, subject)
    speaker = only_state(document) if is_he else ""  # of whom the lead tells
    parties = (state_of(document, subject) or speaker or (HOME if later else ""), state_of(document, other))
    together = _met_together(document, subject) if not parties[1] else ""
    if together:
        yield talked(document, together, (subject,), lead)
        return
    south = document.lexicon.standings.other_half
    if HOME in parties and south in parties and not _names_the_north(document, subject, other):
        yield Rejected("contact", (subject[1], other[0]), "a Korean name, and nothing says that he is not the south's")
        return
    if HOME not in parties or "" in parties or parties[0] == parties[1]:
        yield Rejected("contact", (subject[1], other[0]), "those who meet are not Pyongyang's side and another state's")
        return
    ours, theirs, partner = (subject, other, parties[1]) if parties[0] == HOME else (other, subject, parties[0])
    yield talked(document, partner, (subject, other), lead)
    if document.word_of("separately").search(document.small, *lead):
        stay = _DURING_A_STAY.search(document.small, *theirs)
        met = (theirs[0], stay.start() if stay else theirs[1])
        others = dict.fromkeys(n.partner for n in foreign(document, met) if not is_in(document, n))
        yield from (talked(document, each, (subject, other), lead) for each in others if each != partner)
    if document.pattern(DELEGATION).search(document.small, *ours) and not document.pattern(HERE).search(
        document.text, *lead
    ):
        yield Contact("delegation_out", partner, (ours,), lead)


def _who_says(document: Document, lead: Span, subject: Span) -> tuple[Span, bool]:
    """Return who speaks in "…, said the premier when meeting", and whether it is a pronoun: the person of the lead."""
    if not document.text.startswith(_WHEN, subject[1]):
        return subject, False
    says = list(document.pattern(_SAYS).finditer(document.small, *subject))
    if not says:
        return subject, not document.home_in(subject) and not foreign(document, subject)
    after = (says[-1].end(), subject[1])
    if says[-1]["he"] or state_of(document, after):
        return after, bool(says[-1]["he"])
    return subject, False


def _names_the_north(document: Document, *spans: Span) -> bool:
    return any(document.home_in(span) or document.word_of("north").search(document.small, *span) for span in spans)


def _met_together(document: Document, subject: Span) -> str:
    """Return the other state of two parties before the verb, else "": "envoys of the DPRK and Russia met in Moscow"."""
    states = list(dict.fromkeys(n.partner for n in foreign(document, subject)))
    return (
        states[0]
        if len(states) == 1 and document.home_in(subject) and " and " in document.text[slice(*subject)]
        else ""
    )


def _both(document: Document, span: Span) -> tuple[Span, ...]:
    """Return the two parties of "between … and …"."""
    cut = _FIRST_OF_TWO.match(document.text, *span)
    return ((span[0], cut.end() - 4), (cut.end(), span[1])) if cut else (span,)


def talked(document: Document, partner: str, parties: tuple[Span, ...], lead: Span) -> Contact:
    """Return talks as their kind: an ambassador's are a call; whether talks are a summit is decided by rank."""
    span = (parties[0][0], parties[-1][1])
    call = document.word_of("ambassador").search(document.small, *span) and not document.pattern(DELEGATION).search(
        document.small, *span
    )
    if (
        call
        and "dprk ambassador to" in document.small[slice(*span)]
        and not document.word_of("take_up_post").search(document.small, *lead)
    ):
        call = None  # he talks with those of the state where he is posted
    return Contact("courtesy_call" if call else "talks", partner, parties, lead)


def said_to_whom(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield talks in "In a talk with the premier he said …", where "he" is the guest of the lead."""
    opens = _IN_A_TALK.match(document.text, *sentence)
    partner = only_state(document) if opens else ""
    if opens and partner and _says_in(document):
        end = document.pattern(_SAYS).search(document.small, opens.end(), sentence[1])
        other = (opens.end(), end.start() if end else sentence[1])
        if state_of(document, other) == HOME:
            yield talked(document, partner, (other,), sentence)


def _says_in(document: Document) -> bool:
    """Return whether the first sentence gives somebody's words."""
    return bool(document.pattern(_SAYS).search(document.small, *leads(document)[-1]))


def of_the_peninsula(document: Document, lead: Span) -> Iterator[Contact]:
    """Yield what north and south hold together: a contact, talks, a joint mass."""
    held = document.pattern(_OF_BOTH_KOREAS).search(document.small, *lead)
    if held and not is_past(document, lead, held.start()):
        yield Contact(
            "joint_event" if held["joint"] or held["of_both"] or held["both_hold"] else "talks",
            document.lexicon.standings.other_half,
            (held.span(),),
            lead,
        )
