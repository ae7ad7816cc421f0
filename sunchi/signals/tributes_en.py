"""Messages that English texts tell of as deeds: calls of condolence, wreaths in a name, lists of those who sent.

The sentence names no sender and recipient as "sent a message to" does: who called at an embassy condoled, a wreath
speaks for the one whose name it bears, and "they included" names those whom the sentence before left unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.signals.parties import Sent
from sunchi.signals.people_en import home_name, is_home, parties, short
from sunchi.signals.reading import Reading
from sunchi.signals.sides_en import CALL_AT_EMBASSY, whole
from sunchi.text import Span

_OF_TRIBUTES = ("condol", "consol", "wreath", "floral basket", "flower basket")
_CONDOLE = re.compile(
    r"\bcond?ol(?:atory|ence) visits?\b|\bconsolatory visits?\b"
    r"|\bto (?:express|extend|offer) (?:their |his |her |the |most |deep(?:est)? |heartfelt |profound )*"
    r"(?:condolences|sympathy)\b",
    re.IGNORECASE,
)
_MOURNS = re.compile(r"\bvisited the mourning (?:cent(?:er|re)|place|site)s?\b")
_CONDOLED = re.compile(
    r"\b(?:expressed|extended|offered) (?:\w+ ){0,2}condolences (?:on|over|to [^.]*? (?:on|over)) (?:the )?"
    r"(?:\w+ ){0,2}(?:demise|passing|death)\b"
)
_THEY_ARE = re.compile(r"(?:They|Those who \w+) (?:included|were)\b|Among them (?:were|was)\b")
_OF_MANY_LANDS = re.compile(
    r"\b(?:foreign|different|various|several|many|other) (?:political |friendly |state and )*"
    r"(?:countries|nations|parties|organi[sz]ations|personages|figures|guests|people)\b|\bforeigners\b",
    re.IGNORECASE,
)
_SENT = re.compile(r"\b(?:sent|laid|placed)\b[^.]{0,40}?\b(?P<kind>wreath|floral basket)s?\b")
_IN_NAME = re.compile(
    r"\b(?P<kind>[Ww]reath|[Ff]loral basket)s? (?:in the (?:joint )?names? of|bearing the (?:august )?names? of) "
    r"(?:the respected )?(?:Comrade )?"
)
_FALLEN = re.compile(r"\b(?:Friendship|Liberation) Towers?\b|\b[Cc]emeter(?:y|ies) of (?:the )?(?:fallen|martyrs)\b")
_AT_HOME = re.compile(r"\b(?:before|at|to) (?:the |a |his )?(?:portrait|bier|statue|bust|full-length|embassy|DPRK)")
_ENVOYS = re.compile(r"\benvoys\b")
_IN = re.compile(r"\bin (?:the )?$")
_POSTED_TO = re.compile(
    r"\b(?:ambassadors?|charg[eé]s? d'affaires|consuls?|envoys?)\b[^;]*?(?= to (?:the )?(?-i:[A-Z]))", re.IGNORECASE
)
_HEIRS = {"SU": "RU"}  # a wreath for the fallen of a state of the past is for the one that came after it


def tributes(reading: Reading) -> Iterator[Sent]:
    """The messages that deeds are."""
    body = [s for s in reading.sentences if s[0] > reading.headline]
    for sentence in reading.holding(_OF_TRIBUTES):
        if sentence[0] <= reading.headline:
            continue
        after = [s for s in body if s[0] > sentence[0]]
        yield from _condolences(reading, sentence, after, leads=sentence == body[0])
        yield from _in_somebodys_name(reading, sentence)
        sent = _SENT.search(reading.text, *sentence)
        if sent and _OF_MANY_LANDS.search(reading.text, sentence[0], sent.start()):
            to = (sent.end(), sentence[1])
            if is_home(reading, to):
                yield from _listed(reading, _kind(sent), after, to=home_name(reading, to))


def _condolences(reading: Reading, sentence: Span, after: list[Span], *, leads: bool) -> Iterator[Sent]:
    """Whoever calls at an embassy to condole, or condoles in the lead; and those whom the next sentences name."""
    call = CALL_AT_EMBASSY.search(reading.text, *sentence) or _MOURNS.search(reading.text, *sentence)
    if call and _CONDOLE.search(reading.text, *sentence):
        posted = _POSTED_TO.search(reading.text, sentence[0], call.start())
        callers = (sentence[0], posted.end() if posted else call.start())
        found = list(_from(reading, "condolence", callers, sentence))
        yield from found
        if not found:
            yield from _listed(reading, "condolence", after)
    elif leads:
        condoled = _CONDOLED.search(reading.text, *sentence)
        if condoled and reading.home:
            yield from _from(reading, "condolence", (sentence[0], condoled.start()), sentence)


def _listed(reading: Reading, kind: str, after: list[Span], to: str = "") -> Iterator[Sent]:
    """Each state of the sentences that come next and say who the senders were."""
    reached = 0
    for sentence in after:
        names = _THEY_ARE.match(reading.text, *sentence)
        if names:
            span = whole(reading, sentence)
            reached = span[1]
            yield from _from(reading, kind, (names.end(), span[1]), sentence, to=to)
        elif sentence[0] >= reached:
            return


def _from(reading: Reading, kind: str, senders: Span, sentence: Span, to: str = "") -> Iterator[Sent]:
    found = [party for party in parties(reading, senders) if not _is_post(reading, party, senders)]
    for partner, place in found:
        name, named = short(reading.unframed[place[0] : place[1]], partner, reading.lexicon)
        reading.because("message", partner, sentence, "a deed that is a message: a call of condolence, or a tribute")
        yield Sent(kind, "in", partner, name, to, sentence, named, listed=len(found) > 1, leads=False)


def _is_post(reading: Reading, party: tuple[str, Span], senders: Span) -> bool:
    """Whether a state is only where envoys are: "diplomatic envoys of China and Cuba in Ethiopia"."""
    if not _ENVOYS.search(reading.text, *senders):
        return False
    first = next(n for n in reading.named_in(party[1]) if n.partner == party[0])
    return bool(_IN.search(reading.text, max(0, first.start - 8), first.start))


def _in_somebodys_name(reading: Reading, sentence: Span) -> Iterator[Sent]:
    """A wreath speaks for the one it names: the leader to the fallen of a state, others to the home side."""
    for wreath in _IN_NAME.finditer(reading.text, *sentence):
        ours = next((n for n in reading.home_in((wreath.end(), sentence[1])) if n.start == wreath.end()), None)
        if ours is None:
            if _AT_HOME.search(reading.text, *sentence):
                yield from _from(reading, _kind(wreath), (wreath.end(), sentence[1]), sentence)
        elif ours.role == "leader" and reading.foremost and (fallen := _FALLEN.search(reading.text)):
            partner = _HEIRS.get(reading.foremost, reading.foremost)
            name = reading.text[ours.start : ours.end]
            reading.because("message", partner, sentence, "a wreath in the leader's name for the fallen of a state")
            yield Sent("wreath", "out", partner, name, fallen[0], sentence, named=False, listed=False, leads=False)


def _kind(match: re.Match[str]) -> str:
    return "wreath" if match["kind"].lower() == "wreath" else "floral_basket"
