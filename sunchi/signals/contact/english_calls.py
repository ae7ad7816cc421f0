"""Who calls on whom, in English: credentials, courtesy and farewell calls, and calls at embassies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_groups import groups
from sunchi.signals.contact.english_report import Report
from sunchi.signals.grammar.english import foreign, has_envoy, is_here, is_in, state_of
from sunchi.signals.grammar.english_parties import parties
from sunchi.signals.mentions import Mention
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "Ana Example, first secretary of the C.C., Example Party"
_HEAD_OF_PARTY = Pattern(
    r"[A-Z][\w.]*(?: [A-Z][\w.-]*){1,4}, (?:[\w-]+ ){0,3}{head_of_party}\b[^.;]*?(?:C\.C\.[^.;]*?)?"
    r"\b(?:Party|Congress|Front|Union)\b",
    flags=re.DOTALL,
)
_HEADED = re.compile(r"\b(?:(?:led|headed) by|(?:made up|consisting) of)\b")  # "a party made up of"
# "the ambassadors of Laos | and those of | Cuba |, and"
_SAME_OFFICE = re.compile(r"\W*(?:and )?(?:the )?(?:those of )?(?:the )?")
_ITEM_ENDS = re.compile(r"\s*(?:[,;.]|and\b|to\b|in\b|$)")


def call(report: Report) -> Iterator[Contact]:
    """Yield a call, by the way the frame goes: in, at our embassy abroad; out, at another's here; else by sides."""
    document, sentence = report.document, report.sentence
    match report.match.frame.direction:
        case "in":
            yield from _callers(report)
        case "out":
            yield from _call_of_ours(report)
        case _:
            arrives = "{ambassador}" in report.match.frame.form
            if is_here(document, sentence) and not (arrives and groups(document, sentence)):
                does = document.word_of("pay_call").search(document.small, *sentence)
                who = sentence[0], does.start() if does else report.match.words[0]
                yield from (report.contact("courtesy_call", n.partner, who) for n in foreign(document, sentence)[:1])


def _call_of_ours(report: Report) -> Iterator[Contact]:
    """Yield a call of condolence of ours at another state's embassy here; to send wreaths and mourn there is one."""
    document, who = report.document, report.before
    sends = report.holds("flowers", report.match.words)
    if sends and not report.holds("tribute_paid", (report.sentence[1], len(document.text))):
        return
    is_ours = state_of(document, who) == HOME
    for n in foreign(document, report.match.side2 or report.after)[:1]:
        is_embassy = has_envoy(document, n) or document.small.endswith("embassy of ", 0, n.start)
        if is_ours and is_embassy:
            yield report.contact("courtesy_call", n.partner, who)


def _callers(report: Report) -> Iterator[Contact]:
    """Yield a call of each who holds an office of his state or leads a party: "the ambassadors of Laos and Nepal"."""
    document, span = report.document, report.actor
    if report.is_open:  # "The Lao | ambassador to Peru said"
        span = span[0], max(span[1], report.match.words[1])
    counts = False
    for partner, place in parties(document, span):
        n = next((n for n in document.named_in(place) if n.partner == partner), None)
        if n and is_in(document, n):
            continue
        if n is None or not _is_bare(report, place, n):
            counts = _is_of_rank(report, place, n)
        if counts:
            yield report.contact("courtesy_call", partner, place)


def _is_bare(report: Report, place: Span, n: Mention) -> bool:
    """Return whether an item of a list is a state alone: "the ambassadors of Laos | and Cuba"."""
    text = report.document.text
    is_alone = _SAME_OFFICE.fullmatch(text, place[0], n.start) and _ITEM_ENDS.match(text, n.end, place[1])
    return n.role == "name" and bool(is_alone)


def _is_of_rank(report: Report, place: Span, n: Mention | None) -> bool:
    """Return whether an item of a list holds an office of its state, or leads a party, which counts in no long list."""
    document = report.document
    group = next(iter(groups(document, report.sentence, place)), None)
    if group and not _HEADED.search(document.text, group.noun[1], place[1]):
        return False
    opens = n is None or n.role != "name" or n.start - place[0] < len("the ")  # the office stands after the state
    if report.holds("caller_of_rank", (place[0], place[1] if opens or n is None else n.end)):
        return True
    has_post = next(document.lexicon.posts.offices(document.small, "en", *place), None)
    leads_party = document.pattern(_HEAD_OF_PARTY).search(document.text, *place)
    return not report.is_open and bool(has_post or leads_party)
