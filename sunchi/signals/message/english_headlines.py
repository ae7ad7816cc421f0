"""Messages that an English headline reports: "Wreath from Malian President", "Receives Reply Message"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import holds_any
from sunchi.signals.grammar.english_parties import PRIVATE, home_name, is_foreign, named_parties, parties
from sunchi.signals.message.kinds import KINDS
from sunchi.signals.message.reported import WORDLESS, Direction, Sent
from sunchi.signals.rationale import Reason
from sunchi.text import Span

_TO_WHOM = (" from ", " to ", "greets", "congratulates")
# "Kim Jong Un Greets Lao President"
_GREETS = re.compile(r"\b(?:(?P<greeting>Greets)|(?P<congratulation>Congratulates|Felicitates))\b", re.IGNORECASE)
_TO, _FROM = (re.compile(rf"\b{word} ", re.IGNORECASE) for word in ("to", "from"))  # "Message to", "from Kim Jong Un"
_GREETED = re.compile(r"(?P<who>[A-Z][^:,]+) (?:[Gg]reeted|[Ff]elicitated)$")  # "Swedish King | greeted"
_OPENING = len("Receives a ")  # characters before the noun that opens a headline
_RECEIVES_OR_SENDS = re.compile(r"\b(?:Receives|Sends) (?:an? )?$", re.IGNORECASE)  # "Kim Jong Un Receives a | Message"


def kind_in_headline(document: Document) -> str:
    """Return what the headline calls the bare "message" of the first sentence: "Receives Reply Message"."""
    headed = document.pattern(KINDS).search(document.small, 0, document.headline)
    return (headed.lastgroup if headed else None) or "letter"


def in_headline(document: Document, lead: Span, reported: set[str]) -> Iterator[Sent]:
    """Yield what only the headline reports: "Greetings to Swiss King", "Greets FM of Peru".

    `reported` are the kinds of message that the text reports; beside them it counts only as a wreath or gift from
    somebody.
    """
    text, end = document.text, document.headline
    if not holds_any(document.small[:end], (" from ",) if reported else _TO_WHOM):
        return
    greets = None if reported else _GREETS.search(text, 0, end)
    noun = document.pattern(KINDS).search(document.small, 0, end)
    if greets:
        yield from _headed(document, greets.lastgroup or "", "out", (greets.end(), end), lead)
    elif noun and (way := _FROM.search(text, noun.end(), end) or _TO.search(text, noun.end(), end)):
        kind, is_in = noun.lastgroup or "letter", way.re is _FROM
        opens = noun.start() == 0 or _RECEIVES_OR_SENDS.search(text, 0, noun.start())
        is_reported = reported and not (is_in and kind in WORDLESS and kind not in reported)
        if opens and not is_reported and kind != "letter" and not document.named_in((0, way.start())):
            yield from _headed(document, kind, "in" if is_in else "out", (way.end(), end), lead)


def headline_alone(document: Document) -> Iterator[Sent]:
    """Yield the messages of an article without a body: "Greetings to PM of Belize".

    Only what opens the headline is one, and Pyongyang's party is empty unless the headline names it.
    """
    text, end = document.text, document.headline
    greets, greeted = _GREETS.search(text, 0, end), _GREETED.match(text, 0, end)
    noun = document.pattern(KINDS).search(document.small, 0, end)
    if greeted:
        yield from _alone(document, "greeting", "out", greeted.span("who"))
    elif greets:
        yield from _greeting(document, greets)
    elif noun and noun.lastgroup and not document.named_in((0, noun.start())) and _opens(document, noun.start()):
        sent_by, sent_to = _FROM.search(text, noun.end(), end), _TO.search(text, noun.end(), end)
        if sent_by:
            until = sent_to.start() if sent_to and sent_to.start() > sent_by.start() else end
            yield from _alone(document, noun.lastgroup, "in", (sent_by.end(), until))
        elif sent_to and not document.home_in((sent_to.end(), end)):
            yield from _alone(document, noun.lastgroup, "out", (sent_to.end(), end))


def _greeting(document: Document, greets: re.Match[str]) -> Iterator[Sent]:
    """Yield what "Kim Yong Nam Greets Swiss President" reports, or "Cuban President congratulates Kim Jong Il"."""
    before, after = (0, greets.start()), (greets.end(), document.headline)
    if all(each.role == "leader" or each.partner == HOME for each in document.named_in(before)):
        yield from _alone(document, greets.lastgroup or "", "out", after)
    elif any(each.role == "leader" for each in document.home_in(after)):
        yield from _alone(document, greets.lastgroup or "", "in", before)


def _opens(document: Document, start: int) -> bool:
    """Return whether a noun opens the headline, or what somebody sends or receives."""
    return start <= _OPENING or bool(_RECEIVES_OR_SENDS.search(document.text, 0, start))


def _alone(document: Document, kind: str, direction: Direction, other: Span) -> Iterator[Sent]:
    """Yield the messages of a headline that has no body, from or to `other`."""
    if PRIVATE.match(document.text, *other) or not is_foreign(document, other):
        return
    named = next(iter(document.home_in((0, document.headline))), None)
    own = document.text[named.start : named.end] if named and named.role in ("leader", "official") else ""
    reason = Reason("the headline says it, and there is no body")
    for partner, _, name, is_name in named_parties(document, parties(document, other)):
        sender, recipient = (name, own) if direction == "in" else (own, name)
        span = (0, document.headline)
        yield Sent(kind, direction, partner, sender, recipient, span, is_name, listed=False, leads=True, reason=reason)


def _headed(document: Document, kind: str, direction: Direction, other: Span, lead: Span) -> Iterator[Sent]:
    """Yield the messages of a headline, from or to `other`; out only where the lead opens with the home side."""
    if not document.home or PRIVATE.match(document.text, *other) or not is_foreign(document, other):
        return
    named = sorted([*document.named_in(lead), *document.home_in(lead)], key=lambda n: n.start)
    if direction == "out" and (not named or named[0].partner != HOME):
        return
    leader = next((n for n in document.home if n.role == "leader"), None)
    is_his = direction == "in" and leader is not None
    own = document.text[leader.start : leader.end] if leader and is_his else home_name(document, lead)
    for partner, _, name, is_name in named_parties(document, parties(document, other)):
        sender, recipient = (name, own) if direction == "in" else (own, name)
        reason = Reason("the headline says to whom it went or from whom it came")
        yield Sent(kind, direction, partner, sender, recipient, lead, is_name, listed=False, leads=True, reason=reason)
