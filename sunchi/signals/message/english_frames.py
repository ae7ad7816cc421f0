"""Messages in English by the frames of frames.csv: who wrote to whom, as far as sentence and article say.

One side has to be another state's, the other one the home side's. A weak frame yields to a strong one of the same
direction and state; an open one goes on with the message before it: "Among them are the president of …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.english_parties import PRIVATE, Party, home_name, is_foreign
from sunchi.signals.grammar.english_sides import (
    Side,
    are_koreans_abroad,
    is_our_leader,
    own_name,
    parties_of,
    side_of,
)
from sunchi.signals.message.kinds import KINDS, kind_spoken_of
from sunchi.signals.message.reported import WORDLESS, Direction, Sent
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

# "In the message he", "The letter said", "we"
_CONTENT = re.compile(
    r"\b(?i:in (?:the|this|his|her|their)|^(?:the|this|his|her)) (?:\w+ )?(?:message|letter)\b|\b(?:I|[Ww]e|our)\b"
)
_DEFINITE = re.compile(r"\b(?:the|them|it|that|this) (?:\w+ )?(?:and )?$")  # "the floral | basket", "it and | a letter"
_AROUND = 40  # characters of a noun that may stand outside its frame: "a congratulatory | message | of sympathy"
_AND = re.compile(r"\W+(?:and|with) (?:(?:an?|the|his|her|their) (?:[a-z]+ )?)?$")  # "a letter | and a large | gift"
_OF_MANY_STATES = Pattern(r"\b{international} (?:[\w-]+ ){0,3}{gathering}\b")  # "the Asian regional seminar"
# "Floral baskets from personages of different | countries"
_MANY_LANDS = Pattern(r"\b(?:{many_a} (?:political |friendly |state and )*{lands_or_people}|foreigners)\b")
_SOMEBODY = re.compile(r"\W*(?:the|an?|[A-Z][\w.]*)\W")  # "the president", "Ana Example", and no verb


@dataclass
class _Told:
    """What the article has told so far: the kind of the last message, and to whom of the home side it came."""

    kind: str = ""
    to: str = ""
    names: dict[str, Party] = field(default_factory=dict)  # by state, as whom its side was last told of
    read: dict[int, int] = field(default_factory=dict)  # words that a frame has read: where they begin and end

    def reads(self, match: Match) -> bool:
        """Return whether a match is to be read: a longer frame may have read its words, or a strong one."""
        start, end = match.words
        if end < self.read.get(start, 0) or (match.frame.strength == "weak" and start in self.read):
            return False
        self.read[start] = end
        return True


def told_by(document: Document, matches: Iterable[Match]) -> Iterator[Sent | Rejected]:
    """Yield every message that the matches tell of, in order.

    A weak one yields to a strong one of its direction and state, unless it names somebody else.
    """
    found = list(dict.fromkeys(_considered(document, matches)))
    sure = [each for strength, each in found if isinstance(each, Sent) and strength != "weak"]
    for strength, each in found:
        if isinstance(each, Rejected) or strength != "weak" or not any(_is_told(each, other) for other in sure):
            yield each


def _is_told(weak: Sent, strong: Sent) -> bool:
    """Return whether what a weak frame tells is what a strong one told."""
    is_like_it = (weak.direction, weak.partner) == (strong.direction, strong.partner)
    is_lead = weak.leads and strong.kind in WORDLESS  # condolences in the first sentence, and then a wreath
    return is_like_it and not is_lead and not (weak.named and weak.sender != strong.sender)


def _considered(document: Document, matches: Iterable[Match]) -> Iterator[tuple[str, Sent | Rejected]]:
    """Yield what each match tells, with the strength of its frame."""
    told = _Told()
    found = sorted(matches, key=lambda match: (match.sentence, match.frame.strength == "weak"))
    for match in found:
        if not told.reads(match):
            continue
        before = match.sentence[0], match.words[0]
        if (
            match.frame.strength == "headline"
            and before not in (match.side1, match.side2)
            and document.named_in(before)
        ):
            yield "strong", _rejected(match, "its headline names another state before it")
        elif _CONTENT.search(document.text[slice(*before)]):
            yield "strong", _rejected(match, "its sentence gives the words of a message")
        elif match.frame.strength == "open":
            yield from (("open", sent) for sent in _continued(document, match, told))
        else:
            yield from ((match.frame.strength, each) for each in _in_match(document, match, told))


def _rejected(match: Match, why: str) -> Rejected:
    return Rejected("message", match.words, why, match.frame)


def _in_match(document: Document, match: Match, told: _Told) -> Iterator[Sent | Rejected]:
    """Yield the messages that a match tells of, and keep what the next sentences may go on with."""
    kinds = _kinds(document, match, told.kind)
    if kinds is None:
        yield _rejected(match, "one that was reported before")
        return
    if match.frame.code != "condolence":
        told.kind = kinds[0]
    elif match.frame.strength == "strong":
        told.kind = ""  # other rules say who called with others
    for kind in kinds:
        if kind == "letter" and document.body and match.frame.strength in ("weak", "headline"):
            continue
        for each in _of_kind(document, match, kind, told):
            if isinstance(each, Sent) and each.direction == "in" and match.frame.code != "condolence":
                each = replace(each, recipient=each.recipient or told.to or _leader_named(document, match))
                told.to = each.recipient
            yield each
    is_addressed = match.side2 and document.home_in(match.side2) and not is_foreign(document, match.side2)
    if is_addressed and match.side2 and match.frame.code != "condolence":
        told.to = home_name(document, match.side2)


def _kinds(document: Document, match: Match, last: str) -> list[str] | None:
    """Return the kinds of message that the words of a frame name; None where they only refer to one known before."""
    start, end = match.words
    around = max(match.sentence[0], start - _AROUND), min(match.sentence[1], end + _AROUND)
    found = document.pattern(KINDS).finditer(document.small, *around)
    nouns = [noun for noun in found if noun.end() > start and noun.start() < end]
    if not nouns:
        return [match.frame.code or last or "letter"]
    first = nouns[0]
    is_definite = bool(_DEFINITE.search(document.small, max(0, first.start() - 24), first.start()))
    if first.start() <= start and is_definite and " came" not in document.small[start:end]:
        return None
    kinds = [match.frame.code or _exactly(document, match, first, last, is_definite=is_definite)]
    for one, other in pairwise(nouns):
        if not _AND.fullmatch(document.small, one.end(), other.start()):
            break
        is_a_part = other.lastgroup not in WORDLESS and (kinds[-1] not in WORDLESS or "card" in other[0])
        if not is_a_part:  # the card of a basket, the letters with messages
            kinds.append(other.lastgroup or "letter")
    return kinds


def _exactly(document: Document, match: Match, noun: re.Match[str], last: str, *, is_definite: bool) -> str:
    """Return the kind of a noun; of a mere "message" by what its sentence speaks of, else that of the one before."""
    kind = noun.lastgroup or "letter"
    if kind != "letter":
        return kind
    is_like_it = document.small.endswith("similar ", 0, noun.start())
    if is_definite or is_like_it or (last and noun[0].endswith("s")):
        return last or kind
    spoken = kind_spoken_of(document, document.text[noun.end() : match.sentence[1]])
    if spoken or not noun[0].startswith("message"):  # a letter is one on any day
        return spoken or kind
    if _is_adopted(document, match):
        return "congratulation" if _is_festive(document, document.body[0][1]) else kind
    headed = document.pattern(KINDS).search(document.small, 0, document.headline)
    return (headed.lastgroup or kind) if headed and match.sentence == document.opening[-1] else kind


def _is_adopted(document: Document, match: Match) -> bool:
    return " adopted" in document.small[slice(*match.words)]


def _is_festive(document: Document, end: int) -> bool:
    """Return whether headline and first sentence speak of a day of joy: a message adopted there congratulates."""
    opening = (0, end)
    return bool(document.word_of("feast").search(document.small, *opening)) and not document.word_of("mournful").search(
        document.small, *opening
    )


def _of_kind(document: Document, match: Match, kind: str, told: _Told) -> Iterator[Sent | Rejected]:
    """Yield the messages of one kind that a match tells of, one for each party of the foreign side."""
    if match.frame.strength == "weak" and are_koreans_abroad(document):
        return
    one, other = _side(document, match, match.side1), _side(document, match, match.side2)
    if one is None and _is_adopted(document, match):
        one = _held(document, match.words)
    if match.frame.direction == "both":
        yield from _exchanged(document, match, kind, one, other, told)
        return
    direction = _direction(document, match, one, other)
    if direction is None or match.frame.direction not in ("by sides", direction):
        yield _rejected(match, _why_not(one, other))
        return
    theirs, ours = (one, other) if direction == "in" else (other, one)
    if theirs:
        yield from _of_each(document, match, kind, direction, theirs, ours, told)


def _why_not(sender: Side | None, recipient: Side | None) -> str:
    """Return why what passes between two sides is no message between Pyongyang and another state."""
    match bool(sender and sender.is_theirs), bool(recipient and recipient.is_theirs):
        case True, True:
            return "both of its sides are other states"
        case True, False:
            return "from another state, but not to Pyongyang's side, as far as its sentence says"
        case False, True:
            return "to another state, but not from Pyongyang's side, as far as its sentence says"
        case _:
            return "neither its sender nor its recipient is said to be another state"


def _side(document: Document, match: Match, span: Span | None) -> Side | None:
    """Return who stands in a slot; None where the frame has no such slot."""
    if span is None:
        return None
    side = side_of(document, span, match.sentence, follows=span[0] >= match.words[0])
    is_unsaid = not (side.is_theirs or side.is_ours)
    return _held(document, span) if is_unsaid and span == match.side1 and _is_adopted(document, match) else side


def _held(document: Document, span: Span) -> Side:
    """Return those at "the events" that an article tells of; nobody where it begins with none, or with many states."""
    if any(document.pattern(_OF_MANY_STATES).search(document.text, *lead) for lead in document.opening):
        return Side(span)
    return Side(span, ((document.foremost, span),) if document.named_in((0, document.body[0][1])) else ())


def _exchanged(
    document: Document, match: Match, kind: str, one: Side | None, other: Side | None, told: _Told
) -> Iterator[Sent | Rejected]:
    """Yield a message each way between the two sides that exchange them."""
    sides = [side for side in (one, other) if side]
    theirs = next((side for side in sides if side.listed), None)
    ours = next((side for side in sides if side.is_ours), None)
    if theirs and ours and len(theirs.listed) == 1:
        yield from _of_each(document, match, kind, "out", theirs, ours, told)
        yield from _of_each(document, match, kind, "in", theirs, ours, told)


def _of_each(
    document: Document, match: Match, kind: str, direction: Direction, theirs: Side, ours: Side | None, told: _Told
) -> Iterator[Sent | Rejected]:
    """Yield a message for each party of the foreign side."""
    if PRIVATE.match(document.text, *theirs.span):
        yield _rejected(match, "of a family: private, and of no state")
        return
    own = _own_name(document, match, ours)
    is_adopted = _is_adopted(document, match)
    for party in parties_of(document, theirs):
        if theirs.is_open and not theirs.is_ours and not party.is_person:
            party = told.names.get(party.partner, party)
        told.names[party.partner] = party
        name = f"participants in {document.lexicon.label(party.partner)}" if is_adopted else party.name
        sender, recipient = (name, own) if direction == "in" else (own, name)
        if sender == recipient:
            yield _rejected(match, "nobody writes to himself")
            continue
        yield Sent(
            kind=kind,
            direction=direction,
            partner=party.partner,
            sender=sender,
            recipient=recipient,
            span=max(match.sentence, document.opening[-1]),
            named=party.is_person and not is_adopted,
            listed=len(theirs.listed) > 1,
            leads=match.sentence[0] <= document.opening[-1][0],
            recalled=document.is_in(match.words, "gift_on_display"),
            reason=Reason(f"a frame of messages; the other state's side is “{name}”", match.frame, match.words),
        )


def _own_name(document: Document, match: Match, ours: Side | None) -> str:
    """Return who of the home side sends or receives: "members of the DPRK embassy in Peru"; "" where nobody says."""
    if ours and document.word_of("death").search(document.small, *match.words):
        return ""  # over whose death they are: he gets no condolences
    if ours:
        return own_name(document, ours)
    if match.frame.strength == "headline":
        people = [n for n in document.home_in((0, document.opening[-1][1])) if n.role in ("leader", "official")]
        return document.quote((people[0].start, people[0].end)) if people else ""
    is_of_mission = match.frame.direction == "out" and match.side2
    return home_name(document, (match.sentence[0], match.side2[1])) if is_of_mission and match.side2 else ""


def _leader_named(document: Document, match: Match) -> str:
    """Return the leader whom the article names first, to whom all comes; "" where it is only said who sent it."""
    is_known = document.small.endswith("sent by", 0, match.words[1])
    return "" if is_known else home_name(document, (match.words[1], match.words[1]))


def _continued(document: Document, match: Match, told: _Told) -> Iterator[Sent]:
    """Yield the further senders of the message before: "Among them are the president of …"."""
    senders = match.side1
    if senders is None or not _SOMEBODY.match(document.text, *senders) or are_koreans_abroad(document):
        return
    kind = told.kind or _kind_of_many(document, document.sentence_before(match.sentence))
    if kind and is_foreign(document, senders):
        for sent in _of_kind(document, match, kind, told):
            if isinstance(sent, Sent):
                yield replace(sent, recipient=told.to or _leader_named(document, match))


def _kind_of_many(document: Document, sentence: Span) -> str:
    """Return the kind of what many lands sent, as a sentence says that names none of them; "" for any other."""
    are_many = document.home_in(sentence) and document.pattern(_MANY_LANDS).search(document.small, *sentence)
    noun = document.pattern(KINDS).search(document.small, *sentence) if are_many else None
    return (noun.lastgroup or "letter") if noun else ""


def _direction(document: Document, match: Match, one: Side | None, other: Side | None) -> Direction | None:
    """Return in or out by which side is another state's; None where both are, or none, or the other is not ours."""
    if one and other and one.is_theirs != other.is_theirs:
        direction: Direction = "in" if one.is_theirs else "out"
        ours = other if one.is_theirs else one
        return direction if ours.is_ours or ours.is_open or match.frame.direction == direction else None
    if one and other:
        return None if one.is_theirs else _direction_of_open(document, match, one, other)
    if match.frame.direction == "in" and one:
        return "in" if one.is_theirs or (one.is_open and one.listed) else None
    return "out" if match.frame.direction == "out" and other and other.is_theirs else None


def _direction_of_open(document: Document, match: Match, one: Side, other: Side) -> Direction | None:
    """Return in or out where the other state's side is only "they" or "the king", who were named before."""
    is_call = match.frame.code == "condolence"  # who calls at "it" is none of ours, and many calls are told apart
    if one.is_open and one.listed and (other.is_ours or is_our_leader(document, other)):
        is_his_own = is_our_leader(document, one)
        return None if is_his_own or (is_call and len(one.listed) > 1) else "in"
    return "out" if one.is_ours and other.is_open and other.listed and not is_call else None
