"""Messages in English by the frames of frames.csv: who wrote to whom, as far as sentence and article say.

A frame is a verb of sending or receiving with a noun of message, "sent a message of greeting to", or a deed that is
one. One side has to be another state's, the other the home side's: gifts to pupils and letters between third states
are none. An open frame goes on with the message before it: "Among them are the president of …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english_parties import Side, home_name, is_private, names_of, side_of
from sunchi.signals.message.reported import KINDS, WORDLESS, Direction, Sent, kind_spoken_of
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

# "In the message he", "The letter said", "we"
_CONTENT = Pattern(r"(?i:(?:\bin |^)(?:the|{own}) (?:\w+ )?(?:message|letter))\b|\b(?:I(?!\.)|[Ww]e|our)\b")
_DEFINITE = re.compile(r"\bthe (?:\w+ )?(?:and )?$")  # "the floral | basket"
_DONE = re.compile(r"\W*(?:\w+(?:ed|ing)|in|put)\b")  # "They were | handed to"
# "personages of Peru", "Lao party leaders", and no "king of Laos"
_SEVERAL = re.compile(r"(?:(?!of )[\w'-]+ ){0,3}[A-Z]?[a-z-]+s(?: (?:of|in|from)\b|$)")
# "Koreans of several circles in", "Overseas Koreans": no state's
_KOREANS_ABROAD = Pattern(r"\b{korean_abroad} (?:[\w-]+ ){0,4}in\b|{koreans_overseas}\b")
_PURPOSE = Pattern(r"\W*{purpose}\b")  # "A party of Peru sent a wreath to | express condolences"
_DEATH_OF = Pattern(r"\b{death} of ((?:(?!to\b)[\w.]+ ?){1,8})")  # in small letters

_Way = tuple[Direction, Side, Side | None]  # in or out, the other state's side, and the home side


@dataclass(slots=True)
class _Act:
    """What was told of last; a list that goes on in the next sentence has its kinds and its direction.

    Of a sentence its main verb is the first: "sent replies to those who had sent him cards".
    """

    kinds: list[str] = field(default_factory=list)
    direction: str = ""  # in, out or both; "" where neither side is said
    sentence: Span = (0, 0)
    ours: dict[tuple[str, str], str] = field(default_factory=dict)  # who of the home side, by kind and direction
    last: Span = (0, 0)  # the sentence that went on with it last

    def goes_on(self, match: Match, kinds: list[str], direction: str, name: str) -> None:
        """Note a match that says its kinds."""
        if match.sentence != self.sentence or not self.direction:
            self.kinds, self.direction, self.sentence = kinds, direction, match.sentence
        self.ours.update({(kind, direction): name for kind in kinds if name})
        self.last = match.sentence

    def reaches(self, document: Document, sentence: Span) -> bool:
        """Return whether a list in a sentence may go on with it; a sentence may stand between them."""
        before = document.sentence_before(sentence)
        is_near = self.last >= document.sentence_before(before)
        self.last = sentence if is_near else self.last
        return is_near


def told(document: Document, where: Iterable[Span] | None) -> Iterator[Sent | Rejected]:
    """Yield what sentences tell of, in order; a weak frame yields to a strong one of its direction and state.

    A list says who the "personages of Peru" were of whom the sentence before it speaks.
    """
    found: dict[Sent | Rejected, bool] = {}  # each, and whether it is weak
    act = _Act()
    several: dict[tuple[str, ...], Sent] = {}  # those of whom no one is named yet
    persons: dict[str, str] = {}  # who was named last of each state: "the king" is he
    for match in matches(document, "message", where):
        is_list = match.frame.strength == "open" and not match.frame.code
        for each in _in_match(document, match, act):
            if isinstance(each, Sent):
                if each.named:
                    persons[each.partner] = each.theirs
                elif each.theirs in document.class_words("office") and each.partner in persons:
                    each = replace(each, theirs=persons[each.partner], named=True)
                message = each.kind, each.direction, each.partner
                if is_list:
                    found.pop(several.pop(message, each), None)
                elif _SEVERAL.match(each.theirs):
                    several[message] = each
            found.setdefault(each, match.frame.strength == "weak")
    if found and document.pattern(_KOREANS_ABROAD).search(document.text, 0, document.headline):
        return
    sure = {(each.direction, each.partner) for each, is_weak in found.items() if isinstance(each, Sent) and not is_weak}
    for each, is_weak in found.items():
        if not (is_weak and isinstance(each, Sent) and (each.direction, each.partner) in sure):
            yield each


def _in_match(document: Document, match: Match, act: _Act) -> Iterator[Sent | Rejected]:
    """Yield the messages that a match tells of, or why it tells of none."""
    one, other = (
        side_of(document, span, match.sentence, follows=span[0] >= match.words[0]) if span else None
        for span in (match.side1, match.side2)
    )
    if one and not one.is_ours and other and document.pattern(_PURPOSE).match(document.small, *other.span):
        other = None
    if one and not match.side2 and match.frame.direction == "out":  # "Members of the DPRK mission in Laos | laid"
        nobody = one.span[1], one.span[1]
        other = Side(nobody, tuple((n.partner, nobody) for n in document.foreign_in(one.span)[-1:]))
    kinds, ways = _kinds(document, match, act), _ways(document, match, one, other, act.direction)
    why = ""
    if document.pattern(_CONTENT).search(document.text[match.sentence[0] : match.words[0]]):
        why = "its sentence gives the words of a message"
    elif kinds is None:
        why = "one that was reported before"
    elif kinds and not ways:
        why = f"as far as its sentence says, from {_whose(one)} to {_whose(other)}"
    if kinds and match.frame.strength != "open":
        way = _direction(document, match, one, other)
        ours = other if way == "in" else one
        is_named = bool(ours and ours.is_ours)
        act.goes_on(match, kinds, way, _our_name(document, kinds[0], way, ours, act) if is_named else "")
    if why:
        yield Rejected("message", match.words, why, match.frame)
        return
    is_shown = document.is_in(match.words, "gift_on_display")
    sentence = max(match.sentence, document.opening[-1])
    for kind, (direction, theirs, ours) in product(kinds or (), ways):
        own = _our_name(document, kind, direction, ours, act)
        code, is_listed = kind, len(theirs.listed) > 1  # and "a letter from Laos and | a gift from Peru"
        for (partner, name, is_person), (_, item) in zip(names_of(document, theirs), theirs.listed, strict=True):
            its_own = document.pattern(KINDS).search(document.small, *item)
            if its_own and "message" not in its_own[0] and document.small.startswith(" from ", its_own.end()):
                code = str(its_own.lastgroup)
            reason = Reason(f"a frame of messages; the other state's side is “{name}”", match.frame, match.words)
            yield Sent(code, direction, partner, name, own, sentence, is_person, is_listed, reason, is_shown)


def _our_name(document: Document, kind: str, direction: str, ours: Side | None, act: _Act) -> str:
    """Return whom a message's phrase names, whose those of its kind were before, or whom the article names first.

    Nobody condoles with the dead.
    """
    dead = _mourned(document) if kind == "condolence" else ""
    before = act.ours.get((kind, direction), "")
    named = (home_name(document, ours.span) if ours else "", before, home_name(document, (0, 0)))
    return next((name for name in named if name.lower() not in dead), "")  # nor with ""


@per_document
def _mourned(document: Document) -> str:
    """Return in small letters whose death the text tells of."""
    return " ".join(document.pattern(_DEATH_OF).findall(document.small))


def _whose(side: Side | None) -> str:
    known = "another state" if side and side.is_theirs else "nobody who is known"
    return "Pyongyang's side" if side and side.is_ours else known


def _kinds(document: Document, match: Match, act: _Act) -> list[str] | None:
    """Return the kinds of message that the words of a frame name; None where they only refer to one known before."""
    start, end = match.words
    if match.frame.strength == "open":  # further senders, or recipients: "Among them are …"
        is_done = not match.frame.code and _DONE.match(document.text, end)
        return [] if is_done or not act.reaches(document, match.sentence) else act.kinds
    found = document.pattern(KINDS).finditer(document.small, *match.sentence)
    nouns = [noun for noun in found if noun.end() > start and noun.start() < end]
    if not nouns:
        return [match.frame.code or "greeting"]  # "best wishes"
    if nouns[1:] and document.small[nouns[0].end() : nouns[1].start()] == ", ":
        return []  # "They laid wreaths, floral baskets and bouquets": nobody says who laid what
    is_definite = _DEFINITE.search(document.small, max(0, nouns[0].start() - 24), nouns[0].start())
    if nouns[0].start() <= start and is_definite and " came" not in document.small[start:end]:
        return None
    first, *others = (str(noun.lastgroup) for noun in nouns)
    kinds = [match.frame.code or first]
    if kinds == ["letter"]:  # of the kind of the one before, or of what its sentence speaks
        kinds = act.kinds[:1] or [
            kind_spoken_of(document, document.text[nouns[0].end() : match.sentence[1]]) or "letter"
        ]
    kinds += (kind for kind in others if {first, kind} & set(WORDLESS))  # and no letters with messages
    is_unsure = match.frame.strength in ("weak", "headline") and document.body  # it needs a noun that says its kind
    return [kind for kind in kinds if not (is_unsure and kind == "letter")]


def _direction(document: Document, match: Match, one: Side | None, other: Side | None) -> str:
    """Return which way what a match tells of went, in, out or both; "" where it is not said."""
    if match.frame.direction != "by sides":
        return match.frame.direction
    abroad = document.word_of("many_states")  # "Personages of different countries visited the DPRK missions and | laid"
    theirs = [side and (side.listed or abroad.search(document.small, *side.span)) for side in (one, other)]
    ours = [bool(side and side.is_ours) for side in (one, other)]
    if theirs[0] or ours == [False, True]:
        return "in"
    return "out" if theirs[1] or ours == [True, False] else ""


def _ways(document: Document, match: Match, one: Side | None, other: Side | None, before: str) -> list[_Way]:
    """Return which way the messages of a match went, between which sides; none where a side is not said.

    A list names those of the other side alone, and they went as the message `before` it.
    """
    goes = match.frame.direction
    ways: tuple[tuple[Direction, Direction, Side | None, Side | None], ...]
    ways = ("in", "out", one, other), ("out", "in", other, one)
    if match.frame.strength == "open":
        listed = one or other
        ways = ("in", "out", listed, None), ("out", "in", listed, None)
        goes = before if goes == "by sides" else goes if before in (goes, "both", "") else ""
    for way, back, theirs, ours in ways if goes else ():
        if theirs and goes != back and _reaches(document, theirs, ours, way, goes):
            both = [(way, theirs, ours), (back, theirs, ours)]
            return both if goes == "both" else both[:1]
    return []


def _reaches(document: Document, theirs: Side, ours: Side | None, direction: str, goes: str) -> bool:
    """Return whether `theirs` is another state's side, and `ours` the home side's."""
    if is_private(document, theirs.span):
        return False
    adjectives = [document.text[n.start : n.end] for n in document.foreign_in(theirs.span) if n.role == "adjective"]
    if document.shown(theirs.span).strip() in adjectives:  # "a gift from a Chinese", who is no organ of his state
        return False
    is_ours = ours is None or ours.is_ours
    if theirs.is_open:  # "they" and "the king", who were named before
        return is_ours or bool(ours and document.small.startswith("he ", ours.span[0]))
    may_be_ours = is_ours or goes == direction or bool(ours and ours.is_open)
    return theirs.is_theirs and may_be_ours and not (ours and ours.is_theirs)
