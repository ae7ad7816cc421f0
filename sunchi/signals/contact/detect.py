"""Contacts: who met, visited, received, called on or signed with whom.

Headline, first sentence and each line of a press review report what is done. Of later sentences count those that bring
other news, or go on with the lead. The file of each language reads them; here two reports of one event become one
contact, and its rank is read from the posts of those who take part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import ModuleType

from sunchi.lexicon import HOME
from sunchi.signals.contact.people import OTHERS, is_summit, ranks
from sunchi.signals.document import Document
from sunchi.signals.frames import fitting_in
from sunchi.signals.languages import module_for
from sunchi.signals.rationale import Contact, Found, Reason, Rejected
from sunchi.text import Span

_WHO_LENGTH = 160  # characters

_MORE_EXACTLY = {"visit": ("delegation_in", "delegation_out"), "talks": ("summit", "courtesy_call")}
"""What a headline calls by the first the text tells more exactly as one of the others."""

# "…, said | the minister", "Con motivo del Año Nuevo, | el embajador"
_OPENING = re.compile(
    r"^(?:(?:Upon|Con motivo|Terminad[oa])\b[^,]*, |(?:Meanwhile|Earlier),? |.*?, said (?!this)|and [\w ]+? with )"
)
# where a name ends: "Ana Example, | minister", "the envoy | on a visit", "the envoy | on June 1"
_DESCRIBED = re.compile(
    r", |(?: on)? \w+day\b| on (?:an?\b|[A-Z]\w+\.? \d)| (?:said|who|which|when|here|separately)\b| (?:at|in) the "
)


def contact(document: Document) -> Iterator[Found | Rejected]:
    """Yield one contact for each kind and partner, and what only looked like one."""
    module = module_for("contact", document.language)
    names_another = any(name.partner != HOME for read in document.names for name in read.meant)  # if only its capital
    may_tell = names_another or not document.separates_words or document.explaining  # 访华
    if module is None or not (document.leads and may_tell):
        return
    found: dict[tuple[str, str], Contact] = {}
    for event in _find(document, module):
        why_not = event.why_not or _why_of_the_past(document, event)
        if why_not:
            yield Rejected("contact", event.span, why_not, event.frame)
        else:
            kind = "summit" if event.kind == "talks" and is_summit(document, _parties(event)) else event.kind
            before = found.get((kind, event.partner))
            if before is None or before.span[0] <= document.headline < event.span[0]:  # the lead tells more
                found[kind, event.partner] = event._replace(kind=kind)
    for event in [each for each in found.values() if not _is_told_better(document, each, found)]:
        names = dict.fromkeys(filter(None, (_name(document, span) for span in event.who)))
        span = _parties(event)
        highest = min(ranks(document, span, document.all_in(span)), default=OTHERS)
        detail = {"who": " and ".join(names), "rank": highest}
        signal = document.row("contact", event.partner, event.kind, 1.0, event.span, **detail)
        why = "a lead reports it" if event.span in document.leads else "reported together with what a lead reports"
        yield Found(signal, (Reason(why, event.frame),))
    if document.explaining:
        yield from _recalled(document, module, {event.span for event in found.values()})


def _find(document: Document, language: ModuleType) -> Iterator[Contact]:
    """Yield every contact that an article reports: `told` of its language reads the leads, `besides` what follows.

    A contact that the headline gives in short and the lead announces for later is none.
    """
    leads = document.leads
    if document.word_of("answers").search(document.small, *leads[-1]):  # and what the answer begins with
        leads = [*leads, *[s for s in document.body if s[0] >= leads[-1][1]][:1]]
    found: list[Contact] = [each for lead in leads for each in language.told(document, lead)]
    to_come = {(each.kind, each.partner) for each in found if each.why_not}
    in_leads = [c for c in found if c.span[0] >= document.headline or (c.kind, c.partner) not in to_come]
    yield from in_leads
    partners = {each.partner for each in in_leads if not each.why_not}
    # in Korean and Chinese single words say who else was there
    may_tell = [s for s, _ in fitting_in(document, "contact")] if document.separates_words else document.sentences
    for sentence in [s for s in may_tell if s > leads[-1]]:
        others = document.word_of("next_item").match(document.small, *sentence)
        news = [each for each in language.told(document, sentence) if not each.why_not] if others else []
        yield from news or (each for each in language.besides(document, sentence, partners) if not each.why_not)


def _why_of_the_past(document: Document, event: Contact) -> str:
    """Return why a contact is history; "" if it is none."""
    if event.partner in document.lexicon.standings.past:
        return "with a state of the past: history"
    is_recalled = event.kind == "talks" and document.word_of("late_leader").search(document.text, *_parties(event))
    return "with a leader who is no more: recalled" if is_recalled else ""


def _is_told_better(document: Document, event: Contact, found: Mapping[tuple[str, str], Contact]) -> bool:
    """Return whether a headline's visit or talks are told of more exactly, or a delegation is at an event of both.

    Nor is it a visit of his own if the text tells of the delegation that he leads.
    """
    if event.kind == "visit" and event.span not in document.leads:
        return ("delegation_in", event.partner) in found
    if event.kind == "visit" and ("delegation_out", event.partner) in found:
        return True
    if event.span[0] < document.headline:
        return any((kind, event.partner) in found for kind in _MORE_EXACTLY.get(event.kind, ()))
    both = found.get(("joint_event", event.partner))
    return event.kind in _MORE_EXACTLY["visit"] and both is not None and both.span < event.span


def _recalled(document: Document, language: ModuleType, reported: set[Span]) -> Iterator[Rejected]:
    """Yield the sentences below the lead that report a contact: they would count if they stood in it."""
    for sentence in document.sentences:
        told = sentence in reported or sentence in document.leads
        if not told and not all(each.why_not for each in language.told(document, sentence)):
            yield Rejected("contact", sentence, "reported after the first sentence: recalled, or only in passing")


def _name(document: Document, span: Span) -> str:
    """Return a person or body without the titles that follow after a comma."""
    held = _OPENING.sub("", " ".join(document.shown(span).split()).strip(" ,.-"))
    return _DESCRIBED.split(held, maxsplit=1)[0][:_WHO_LENGTH].strip(" ,.-")


def _parties(event: Contact) -> Span:
    return event.who[0][0], event.who[-1][1]
