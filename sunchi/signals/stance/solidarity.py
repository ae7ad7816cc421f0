"""By whom Pyongyang stands: friends who are wronged or hold out, friends whose rulers praise it, their fallen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sunchi.signals.authority.detect import REPORT
from sunchi.signals.document import Reading
from sunchi.signals.grammar.english import holds_any, is_review
from sunchi.signals.grammar.english_causes import is_fallen, is_righteous
from sunchi.signals.grammar.english_rulers import praise_of_rulers
from sunchi.signals.mentions import Naming
from sunchi.signals.row import Row
from sunchi.signals.stance.evidence import Ground

_TOLD_OFF = re.compile(
    r" (?:[\w-]+ ){0,2}?(?:hysteria|campaign|racket|moves?|polic(?:y|ies)|confrontation|sanctions?|plots?|schemes?"
    r"|smear|propaganda|alliance|blockade|organi[sz]ations?|groups?|forces|elements|acts?)\b"
)
_SHUT_OFF = re.compile(r"\b(?:(?:[Bb]lockade|[Ee]mbargo) (?:of|on|against|upon)|solidarity with) (?:the )?$")
_STOOD_BY = ("blockade", "embargo", "solidarity with")
_WRONGED = re.compile(
    r"\b(?:attacks?|aggression|acts?|invasion|massacres?|crimes?|terrorism|strikes?|threats?|sanctions|pressure|moves?"
    r"|war|campaigns?|operations?|(?:interference|intervention) (?=in ))(?: [\w-]+){0,2}? ?(?:on|against|upon|in)"
    r" (?:the )?(?:territory of (?:the )?)?$"
)
_HOLDS_OUT = re.compile(
    r"\b(?:despite|in spite of|in defiance of|defying|not yielding to|regardless of)\b(?: [\w.,'-]+){0,6}?"
    r" (?:sanctions|pressure|blockade|embargo|(?:obstructive|hostile) \w+|threats?|moves)\b"
)
_HELD_OUT = ("despite", "in spite of", "defi", "defying", "yielding to", "regardless of")


def stood_by(reading: Reading, rows: Sequence[Row], subjects: set[str]) -> Iterator[tuple[str, Ground]]:
    """What speaks for a state without a word of stance.csv."""
    friends = [n for n in reading.namings if n.partner not in reading.lexicon.adversaries]
    yield from _defended(reading, friends)
    if reading.tongue != "en":
        return
    about = [n for n in friends if n.partner in subjects - reading.lexicon.standings.unrecognized]
    is_own = any(r["kind"] == "authority" and r["value"] > REPORT for r in rows)
    if about and (is_own or is_review(reading)):
        yield from _wronged(reading, about)
    for naming in about:
        if is_fallen(reading, naming):
            yield naming.partner, Ground(1.0, reading.sentence_at(naming.start), "tribute to its fallen")
    if about and not is_own:
        for partner, (sentence, said) in praise_of_rulers(reading).items():
            yield partner, Ground(1.0, sentence, f"“{reading.quote(said)}”", at=said)


def _defended(reading: Reading, friends: Sequence[Naming]) -> Iterator[tuple[str, Ground]]:
    """The states that others are told off for being against: who speaks of an "anti-Cuba campaign" stands by Cuba."""
    for naming in friends if "nti-" in reading.text else ():
        told_off = _TOLD_OFF.match(reading.text, naming.end) if reading.opposes(naming) else None
        if told_off:
            span = (naming.start, told_off.end())
            yield naming.partner, Ground(1.0, reading.sentence_at(naming.start), f"“anti-{reading.quote(span)}”")
    for naming in friends if friends and holds_any(reading.small, _STOOD_BY) else ():
        shut_off = _SHUT_OFF.search(reading.text, max(0, naming.start - 24), naming.start)
        if shut_off:
            span = (shut_off.start(), naming.end)
            yield naming.partner, Ground(1.0, reading.sentence_at(naming.start), f"“{reading.quote(span)}”", at=span)


def _wronged(reading: Reading, friends: Sequence[Naming]) -> Iterator[tuple[str, Ground]]:
    """Whom, in Pyongyang's own words, another attacks or presses; and who holds out against it."""
    for naming in friends:
        if is_righteous(reading, naming):
            words = f"the rights of {reading.lexicon.label(naming.partner)}"
            yield naming.partner, Ground(1.0, reading.sentence_at(naming.start), words)
        wrong = _WRONGED.search(reading.text, max(0, naming.start - 60), naming.start)
        if wrong:
            span = (wrong.start(), naming.end)
            yield naming.partner, Ground(1.0, reading.sentence_at(naming.start), f"“{reading.quote(span)}”", at=span)
    about = {n.partner for n in friends}
    for sentence in reading.sentences if holds_any(reading.small, _HELD_OUT) else ():
        holds_out = _HOLDS_OUT.search(reading.text, *sentence)
        named = reading.named_in(sentence)[:1] if holds_out else []
        if not holds_out or not named or named[0].partner not in about or reading.home_in(sentence):
            continue
        if named[0].start < holds_out.start():
            yield named[0].partner, Ground(1.0, sentence, f"“{reading.quote(holds_out.span())}”", at=holds_out.span())
