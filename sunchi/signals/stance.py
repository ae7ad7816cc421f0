"""Stance: how Pyongyang stands, by this article, to each state that the article is about.

It rests on what the other detectors found, set phrases and messages with their words, and on the plain words of
lexicon/stance.csv: blame falls on whoever is blamed, a hostile deed or an abusive name on the state that it is said of,
a wish on the state that its sentence names. A bare report, and what private friends abroad say, is 0.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sunchi import text as texts
from sunchi.signals import meant_by_order
from sunchi.signals.attention import is_place
from sunchi.signals.naming import Naming
from sunchi.signals.reading import Reading
from sunchi.signals.row import Row, row
from sunchi.signals.sides_en import holds_any, is_review
from sunchi.signals.speaker import SPEAKS, THIRD, THIRD_WEIGHT
from sunchi.text import Span
from sunchi.voices import Tone

_CLOSE = 25  # characters between a state's name and what is called its own
_NEXT = 12  # characters from "by" to a state's name
_BACK = 3  # sentences
_AT_LENGTH = 16  # characters of Korean or Chinese in quotation marks that are more than a name for something
_FAR = 80  # characters from a verb to whom it blames
_WORDLESS = ("floral_basket", "wreath", "gift")
_SENT = {"reply": "reply", "verbal": "verbal message", "letter": "letter"}  # else "message of greeting"

_TURNS = re.compile(
    r"\b(?:against|despite|cope|from|by|with|for|foil\w*|shatter\w*|prevent\w*|counter\w*|reject\w*|oppos\w*|urge\w*|calls?|called"
    r"|condemn\w*|denounc\w*|and|who|which)\b|[;:]",
    re.IGNORECASE,
)
_SUFFERS = re.compile(
    r"(?:\b(?:on|against|towards?|upon|to|from|in) (?:the )?(?:territory of (?:the )?|\w+ )?|[Aa]nti-)$"
)
_STRUCK = re.compile(r"\b(?:on|against|upon|towards?) (?:the )?$")
_KILLED = re.compile(r"\bkill(?:ed|ing|s)? (?:[\w,-]+ ){0,3}$")
_BY = re.compile(r"[^.;,]{0,30}?\bby (?:the )?")
# "the vicious policy of"; "the blockade of Cuba" is not Cuba's
_OF = re.compile(r" (?!(?:of|in|into|against|on|upon|over|with|to) )[^.;,]{1,30}? of (?:the )?")
_NEXT_TO = re.compile(r"(?:,? (?:that |which )?)?(?:the )?")
_AGAINST = ("nti-",)
_TOLD_OFF = re.compile(
    r" (?:[\w-]+ ){0,2}?(?:hysteria|campaign|racket|moves?|polic(?:y|ies)|confrontation|sanctions?|plots?|schemes?"
    r"|smear|propaganda|alliance)\b"
)
_THEIR = re.compile(r"\b(?:their|its|his) (?:[\w'-]+ ){0,4}$")
_OPPOSES = re.compile(
    r"\b(?:against|despite|foil|shatter|prevent|counter|reject|oppos|urge|condemn|denounc|defus|avert|remov|eas(?:e|ing)\b"
    r"|an end to|cop(?:e|ing) with)",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(r"\bby (?:the )?$")
_RULERS = re.compile(r"\b(?:government|authorities|police|regime|administration|ruling|president|group)\b")
_IS = re.compile(r"\b(?:came|come|comes|is|are|was|were|be|been|being) (?:\w+ly )?$")
_PASSIVE = re.compile(r" ?(?:of|for|in|by|over|to|at|as)\b|[:;,]|-|\s*$")
_DONE = re.compile(r"(?:ed|hit|fire)$", re.IGNORECASE)
_PRIVATE = (
    "the Study", "Juche", "Songun", "Kimilsungis", "Friendship", "olidarity Committee", "ociety", "Institute", "eminar",
    "ssociation", "ersonage", "rganization", "paper", "ebsite", "omepage", "olitical Figure", "olitician", "ollowers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Ground:
    """One thing that a stance rests on."""

    value: float
    span: Span
    words: str  # as `detail.from` names it
    blamers: frozenset[str] = frozenset()  # the states that say so
    at: Span | None = None  # the words in the sentence
    tone: Tone | None = None  # the row of stance.csv
    faint: bool = False  # said of nobody in words, and of this state by what the article is about


def stance(reading: Reading, rows: Sequence[Row]) -> Iterator[Row]:
    """One row for each state that the article is about; `rows` are those of the other kinds."""
    about = [r for r in rows if r["kind"] == "attention" and r["code"] == "about"]
    if not about:
        return
    grounds: dict[str, list[_Ground]] = defaultdict(list)
    subjects = {attention["partner"] for attention in about}
    for partner, ground in (*_from_signals(reading, rows), *_from_words(reading, rows, subjects)):
        grounds[partner].append(ground)
    disliked = {partner for partner, some in grounds.items() if sum(ground.value for ground in some) < 0}
    level = next((r["value"] for r in rows if r["kind"] == "authority"), None)
    by = next((r["detail"]["by"] for r in rows if r["kind"] == "authority"), "")
    for attention in about:
        partner = attention["partner"]
        # what an adversary blames others for is not Pyongyang's word
        value, resting = _weigh([g for g in grounds[partner] if not g.blamers & (disliked - {partner})])
        span = resting[0].span if resting else (attention["start"], attention["end"])
        code = "negative" if value < 0 else "positive" if value > 0 else "neutral"
        words = "; ".join(dict.fromkeys(ground.words for ground in resting))
        if reading.notes is not None:
            _note(reading, partner, span, grounds[partner], resting, disliked - {partner})
        yield row(reading, "stance", partner, code, value, span, **{"from": words}, level=level, by=by)


def _note(
    reading: Reading,
    partner: str,
    span: Span,
    grounds: Sequence[_Ground],
    resting: Sequence[_Ground],
    adversaries: set[str],
) -> None:
    """What a stance rests on, and what else was there."""
    for ground in resting:
        reading.because("stance", partner, span, f"rests on {ground.words} ({ground.value:+g})", ground.tone, ground.at)
    for ground in grounds:
        if ground not in resting:
            blamed = bool(ground.blamers & adversaries)
            why = "what an adversary blames it for" if blamed else "outweighed by what is said to the contrary"
            reading.drop("stance", ground.at or ground.span, why, ground.tone)


def _weigh(grounds: list[_Ground]) -> tuple[float, list[_Ground]]:
    """The side that weighs more, at the height of its strongest ground, and its grounds, the strongest first."""
    grounds = [ground for ground in grounds if not ground.faint] or grounds
    total = sum(ground.value for ground in grounds)
    if abs(total) < 0.5:
        return 0.0, []
    side = [ground for ground in grounds if ground.value * total > 0]
    side.sort(key=lambda ground: (-abs(ground.value), ground.span))
    return max(-2.0, min(2.0, side[0].value)), side


def _from_signals(reading: Reading, rows: Sequence[Row]) -> Iterator[tuple[str, _Ground]]:
    for found in rows:
        span, detail = (found["start"], found["end"]), found["detail"]
        if found["kind"] == "formula" and detail["historical"]:
            reading.drop("stance", span, "a set phrase said of the past")
        elif found["kind"] == "formula":
            yield found["partner"], _Ground(_as_reprinted(found), span, f"“{found['quote']}”", at=span)
        elif found["kind"] == "message" and found["detail"]["direction"] == "in" and _is_private(reading, span):
            reading.drop("stance", span, "a message of private friends")
        elif found["kind"] == "message" and found["value"] and found["code"] not in _WORDLESS:
            yield found["partner"], _Ground(1.0, span, _SENT.get(found["code"], f"message of {found['code']}"), at=span)


def _as_reprinted(found: Row) -> float:
    """What a set phrase weighs: of others' enmity as much as of one's own, since whoever reprints it agrees."""
    value: float = found["value"]
    return value / THIRD_WEIGHT if value < 0 and found["detail"]["voice"] == THIRD else value


def _from_words(reading: Reading, rows: Sequence[Row], subjects: set[str]) -> Iterator[tuple[str, _Ground]]:
    """What the words of stance.csv say of whom, but for those of a set phrase.

    A state that blames another is not asked for the deeds that it speaks of.
    """
    for naming in reading.namings if reading.places(_AGAINST) else ():
        told_off = _TOLD_OFF.match(reading.text, naming.end) if reading.opposes(naming) else None
        if told_off:  # who tells others off for their "anti-Cuba campaign" stands by Cuba
            span = (naming.start, told_off.end())
            yield naming.partner, _Ground(1.0, reading.sentence_at(naming.start), f"“anti-{reading.quote(span)}”")
    phrases = [(r["start"], r["end"]) for r in rows if r["kind"] == "formula"]
    blaming: set[str] = set()
    in_review = is_review(reading)  # there it is the titles of Pyongyang's own statements that are quoted
    for place, tone in sorted(reading.tones, key=lambda found: found[1].manner != "blame"):
        if any(start <= place[0] < end for start, end in phrases):
            continue
        if reading.text.startswith(("nti-", "non-", "Non-"), max(0, place[0] - 4)):
            reading.drop("stance", place, "against it is what somebody is", tone)
            continue
        if _is_in_a_name(reading, place):
            reading.drop("stance", place, "capitals: part of a name", tone)
            continue
        sentence = reading.sentence_at(place[0])
        if tone.manner != "wish" and not in_review and _is_called_so(reading, sentence, place):
            reading.drop("stance", place, "between quotation marks: what others call it", tone)
            continue
        named = reading.named_in(sentence)
        meant = _meant(reading, place, tone, sentence, named)
        found = [partner for partner in meant if tone.manner != "posture" or partner not in blaming]
        blamers = _blamers(reading, place, named, found) if tone.manner == "blame" else frozenset()
        blaming |= blamers
        words = f"“{reading.quote(place)}”"
        for partner in dict.fromkeys(found):
            yield partner, _Ground(float(tone.strength), sentence, words, blamers, place, tone)
        if found:
            continue
        partner = (
            "" if meant or tone.manner == "wish" else _faintly_meant(reading, place, tone, sentence, named, subjects)
        )
        if partner:
            yield partner, _Ground(-1.0, sentence, words, at=place, tone=tone, faint=True)
        else:
            reading.drop("stance", place, _SPOKEN_OF if meant else _OF_NOBODY[tone.manner], tone)


def _is_in_a_name(reading: Reading, place: Span) -> bool:
    """The word "Criminal" of an International Criminal Police Organization."""
    in_body = place[0] > reading.headline and reading.text[place[0]].isupper()
    return in_body and reading.text[place[1] : place[1] + 2].strip().isupper() and reading.text[place[0] - 1] == " "


_SPOKEN_OF = "a deed that a state which blames others for it speaks of"
_OF_NOBODY = {
    "blame": "blame that falls on no other state",
    "posture": "a deed that is said of no other state",
    "epithet": "a name that is not given to another state",
    "wish": "a wish for no other state, or of others for one another, or of private friends",
}


def _faintly_meant(
    reading: Reading, span: Span, tone: Tone, sentence: Span, named: list[Naming], subjects: set[str]
) -> str:
    """The one adversary among `subjects` that a harsh word can be about; "" where there are several, or none.

    Of a sentence that speaks of Pyongyang or against the deed it is about nobody; else about the one state that it
    names, if that neither suffers nor speaks; where it names none, about the article's own.
    """
    subjects = subjects & reading.lexicon.adversaries
    if _is_ours(reading, span, sentence):
        return ""
    if named and tone.manner == "blame":  # who stands before it blames, unless it is his own rulers
        own = {n.partner for n in named} if _RULERS.search(reading.text, span[1], span[1] + _CLOSE) else set()
        return next(iter(own)) if len(own) == 1 and own <= subjects else ""
    if named:
        told = [n for n in named if not reading.opposes(n) and not is_place(reading, n)]
        told = [n for n in told if not _SUFFERS.search(reading.text, max(0, n.start - 30), n.start)]
        told = [n for n in told if n.end <= span[0] and not SPEAKS.search(reading.text, n.end, span[0])]
        alone = {n.partner for n in told} & subjects if len({n.partner for n in named}) == 1 else set()
    elif is_review(reading):
        return ""  # each of its sentences tells of something else
    else:
        in_headline = {n.partner for n in reading.named_in((0, reading.headline))} & subjects
        alone = subjects if len(subjects) == 1 else in_headline
    return next(iter(alone)) if len(alone) == 1 else ""


def _is_called_so(reading: Reading, sentence: Span, place: Span) -> bool:
    """Whether it stands between quotation marks: what others call it.

    Where the press of Seoul or Beijing quotes Pyongyang at length, the words are Pyongyang's.
    """
    if reading.text.count('"', sentence[0], place[0]) % 2 == 0:
        return False
    opens = reading.text.rfind('"', sentence[0], place[0])
    at_length = (reading.text.find('"', place[1]) + 1 or sentence[1]) - opens > _AT_LENGTH
    if texts.language(reading.lang) == "en" or not at_length:
        return True
    home, named = reading.home_in((sentence[0], opens)), reading.named_in((sentence[0], opens))
    return not home or bool(named and named[0].start < home[0].start)


def _meant(reading: Reading, span: Span, tone: Tone, sentence: Span, named: list[Naming]) -> list[str]:
    """Of whom the sentence says it."""
    if texts.language(reading.lang) != "en" and tone.manner != "wish":
        if tone.manner == "blame":
            return meant_by_order.blamed(reading, span, sentence, named)
        return meant_by_order.doers(reading, span, named)
    if tone.manner == "blame":
        return _blamed(reading, span, sentence, named)
    return _wished(reading, sentence, named) if tone.manner == "wish" else _owners(reading, span, sentence, named)


def _blamers(reading: Reading, span: Span, named: list[Naming], blamed: list[str]) -> frozenset[str]:
    """The states that stand before the verb as who blames."""
    speaking = [n for n in named if blamed and n.end <= span[0] and not is_place(reading, n)]
    return frozenset(n.partner for n in speaking) - set(blamed)


def _is_ours(reading: Reading, span: Span, sentence: Span) -> bool:
    """Whether the sentence speaks of the home side, or of what is done against the deed."""
    return bool(reading.home_in(sentence) or _OPPOSES.search(reading.text, sentence[0], span[0]))


def _owners(reading: Reading, span: Span, sentence: Span, named: list[Naming]) -> list[str]:
    """Whose deed or name it is: of those after "by", of those named close before it, or of those after "of"."""
    named = [n for n in named if not reading.opposes(n)]
    by = _BY.match(reading.text, span[1], sentence[1])
    doers = [n for n in named if by and by.end() <= n.start <= by.end() + _NEXT]
    if doers:
        return reading.together(doers)
    before = [n for n in named if n.start < span[1] and not _STRUCK.search(reading.text, max(0, n.start - 12), n.start)]
    if before:
        between = reading.text[before[-1].end : span[0]]
        if len(between) <= _CLOSE and not _TURNS.search(between):
            return reading.together(before[::-1])
    next_to = _NEXT_TO.match(reading.text, span[1])  # puppet Yoon; what farce the U.S. may stage
    beside = [n for n in named if next_to and n.start == next_to.end()]
    of = _OF.match(reading.text, span[1], sentence[1])
    owners = beside or [n for n in named if of and of.end() <= n.start <= of.end() + _NEXT]
    return reading.together(owners or _subject(reading, span, sentence, named))


def _subject(reading: Reading, span: Span, sentence: Span, named: list[Naming]) -> list[Naming]:
    """The states that open the sentence, if it goes on to say so of themselves: "Japan … its ambition"."""
    before = [n for n in named if n.end <= span[0] and not is_place(reading, n)]
    home = reading.home_in((sentence[0], span[0]))
    if not before or (home and home[0].start < before[0].start):
        return []
    between = reading.text[before[0].end : span[0]]
    return before if _THEIR.search(between) and not _OPPOSES.search(between) else []


def _blamed(reading: Reading, span: Span, sentence: Span, named: list[Naming]) -> list[str]:
    """Who is blamed: whom the verb is about, which in the passive stand before it, and not who suffered the deed."""
    done = bool(_DONE.search(reading.text[span[0] : span[1]]))
    passive = done and (
        bool(_IS.search(reading.text, max(0, span[0] - 30), span[0]))
        or (span[0] < reading.headline and bool(_PASSIVE.match(reading.text, span[1], reading.headline)))
    )
    if passive:
        return reading.together([n for n in named if n.end <= span[0]])
    after = [
        n
        for n in named
        if 0 <= n.start - span[1] <= _FAR
        and not _SUFFERS.search(reading.text, max(span[1], n.start - 30), n.start)
        and not _KILLED.search(reading.text, max(span[1], n.start - 40), n.start)
    ]
    by = [n for n in after if _BY_WHOM.search(reading.text, max(0, n.start - 8), n.start)]
    after = by or after  # "the violation of Iran's airspace by the U.S."
    home = [n.start for n in reading.home_in(sentence) if n.start >= span[1]]
    return [] if after and home and home[0] < after[0].start else reading.together(after)


def _wished(reading: Reading, sentence: Span, named: list[Naming]) -> list[str]:
    """Those that the sentence, or else the one before it, names as more than a place.

    What others wish one another, and private friends' praise, is for nobody.
    """
    if all(n.role == "outside" for n in reading.home) or _is_private(reading, sentence):
        return []
    told = sentence
    for _ in range(_BACK):  # "he wished": those of the sentences before
        if named:
            break
        told = reading.sentence_at(max(told[0] - 2, 0))
        named = reading.named_in(told)
    if texts.language(reading.lang) != "en":
        return meant_by_order.wished(reading, named)
    return [n.partner for n in named if not is_place(reading, n)]


def _is_private(reading: Reading, sentence: Span) -> bool:
    """Whether the sentence or the article's opening speaks of friends who are no state's or party's organs."""
    return any(holds_any(reading.text[start:end], _PRIVATE) for start, end in (*reading.opening, sentence))
