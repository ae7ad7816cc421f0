"""Appointments: who came into which post of the home side, or out of it, and ambassadors either way.

The frames of frames.csv find the verb, the file of each language who is named for which post. Here it is asked whether
that is news and whose the post is; two reports of one appointment become one, and posts that deal with other states are
marked, as posts.csv knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.signals.document import Document
from sunchi.signals.grammar.word_order import state_visited
from sunchi.signals.languages import module_for
from sunchi.signals.rationale import Appointment, Found, Reason, Rejected

_WHO_HE_IS = re.compile(r"\b[Aa]n? [^,.]*, $")  # "A China hand, | Kim Song Nam, takes over …"


def appointment(document: Document) -> Iterator[Found | Rejected]:
    """Yield one coming and one going for each person and post, and what only looked like one."""
    module = module_for("appointment", document.language)
    found: dict[tuple[bool, str, str], Appointment] = {}
    for each in module.find(document) if module else ():
        if why_not := _why_not(document, each):
            yield Rejected("appointment", each.span, why_not, each.frame)
        else:
            found.setdefault((each.code == "relieved", each.person, each.post.casefold()), each)
    for each in found.values():
        partner = _partner(document, each) or ""
        abroad = partner or document.lexicon.posts.abroad[document.language].search(each.post.lower())
        detail = {"person": each.person, "post": each.post, "abroad": bool(abroad)}
        signal = document.row("appointment", partner, each.code, 1.0, each.span, **detail)
        yield Found(signal, (Reason("a verb of appointing, with a person and a post", each.frame),))


def _why_not(document: Document, each: Appointment) -> str:
    """Return why an appointment is no news of Pyongyang's posts; "" if it is."""
    if document.is_of_an_older_year(each.span):
        return "recalled, or not yet done"
    if document.word_of("not_our_post").search(document.small, *each.span):
        return "of Koreans abroad, of a society of friends, or of another committee"
    if _partner(document, each) is None or not _is_ours(document, each):
        return "to a post that is not Pyongyang's"
    is_leader = any(n.role == "leader" and document.text[n.start : n.end] == each.person for n in document.home)
    is_headed = any(verb in document.text[: document.headline] for verb in ("lect", "ssum"))
    if document.language == "en" and is_leader and not is_headed:
        return "a leader's election, which is remembered all the year round"
    return ""


def _partner(document: Document, each: Appointment) -> str | None:
    """Return the state that an ambassador goes to or comes from, "" of other posts; None where another state has it."""
    if each.post.startswith(document.class_words("our_post")):
        return ""
    person = max(document.text.find(each.person, *each.span), each.span[0])
    who_he_is = _WHO_HE_IS.search(document.text, each.span[0], person)
    states = {n.partner for n in document.foreign_in(each.span) if not who_he_is or n.start >= who_he_is.end()}
    if document.word_of("envoy_post").search(each.post.lower()):
        states = states or {state_visited(document.lexicon, each.post, (0, len(each.post)))}
        return states.pop() if len(states) == 1 else None
    return None if states else ""


def _is_ours(document: Document, each: Appointment) -> bool:
    """Return whether a sentence speaks of the home side's posts.

    It names the home side or one of its organs. Else the article's leads name no other state: in Korean for a list or
    a comrade, since Seoul's papers tell of their own ministers.
    """
    is_of_both = any(n.role == "pair" for n in document.named_in(each.span))  # 주중 북한 | 대사
    if is_of_both or document.home_in(each.span) or document.word_of("our_organ").search(document.text, *each.span):
        return True
    said = document.quote(each.span)
    is_seouls = said.endswith("다.") and "동지" not in said
    return not is_seouls and not any(document.foreign_in(lead) for lead in document.leads)
