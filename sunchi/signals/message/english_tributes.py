"""Messages that English texts tell of as deeds: calls of condolence, wreaths in a name, lists of those who sent.

The sentence names no sender and recipient as "sent a message to" does: who called at an embassy condoled, a wreath
speaks for the one whose name it bears, and "they included" names those whom the sentence before left unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    CALL_AT_EMBASSY,
    CALLED_BY,
    ENVOY_SAYS,
    MISSIONS,
    holds_any,
    item_start,
    only_state,
    whole,
    whose,
)
from sunchi.signals.grammar.english_parties import PRIVATE, home_name, is_foreign, is_home, parties, short
from sunchi.signals.message.reported import Sent
from sunchi.signals.rationale import Reason
from sunchi.text import Span

_OF_TRIBUTES = ("condol", "consolat", "to mourn", "sympathy", "wreath", "floral basket", "flower basket")
_CONDOLE = re.compile(
    r"\bcond?ol(?:atory|ence) visits?\b|\bconsolatory visits?\b"
    r"|\bto (?:express|extend|offer) (?:their |his |her |the |most |deep(?:est)? |heartfelt |profound )*"
    r"(?:condolences|sympathy)\b|\bto mourn\b",
    re.IGNORECASE,
)
_MOURNS = re.compile(r"\bvisited the mourning (?:cent(?:er|re)|place|site|station)s?\b")
_WHERE_THEY_CALL = (*MISSIONS, "mourning")
_CONGRATULATES = re.compile(r"\bcongratulatory visits?\b|\bto (?:congratulate|commemorate|celebrate|mark)\b")
_LEFT_BASKETS = re.compile(
    r"(?:They|The (?:visitors|callers|guests)) (?:laid|left|placed|presented) (?:an? )?floral baskets?\b"
)
_MISSION = re.compile(
    r"\bDPRK (?:permanent )?(?:[Ee]mbass(?:y|ies)|[Mm]issions?|[Cc]onsulates?(?: [Gg]eneral)?)"
    r"(?: in (?:[A-Z](?!\w+day\b)[\w-]+ ?\b){1,2})?"
)
_LEFT_WREATHS = re.compile(r"(?:They|The (?:visitors|callers|guests|mourners)) (?:laid|left|placed) wreaths\b")
_WROTE = re.compile(
    r"\b(?:wrote|made an entry|left an entry) in (?:the )?(?:condolence|condolences|mourners?'s?|visitors'?) book"
)
_CONDOLED = re.compile(
    r"\b(?:expressed|extended|offered|(?:is|are) expressing) (?:their |his |her |the |most |deep(?:est)? |heartfelt "
    r"|profound |sincere )*(?:condolences|sympathy)(?: and (?:\w+ )?sympathy)?(?: [A-Z]\w+day)?"
    r" (?:(?:on|over) (?:the )?(?:[\w-]+ ){0,3}(?:demise|passing|death)\b"
    r"|to (?:[^.]*? (?:on|over) (?:the )?(?:[\w-]+ ){0,3}(?:demise|passing|death)\b"
    r"|(?:the (?:bier|portrait) of )?(?:leader )?Kim Jong\b|(?:all )?(?:the )?Korean people\b))"
)
_WROTE_OF_GRIEF = re.compile(
    r"\b(?:issued|released|made public|published|posted)\b[^.]*?"
    r" (?:condolatory|condolence) (?:statement|bulletin|article)"
)
_SOMEBODY_TOLD_OF = re.compile(r"\W*(?:He|She|It|The)\b")
_OF_A_MESSAGE = re.compile(r"\b(?:message|letter|telegram|card)s?\b")
_DEED = Reason("a deed that is a message: a call of condolence, or a tribute")
_THEY_ARE = re.compile(
    r"They were from\b|(?:They|Those who \w+|The (?:personages|visitors|callers|senders)) (?:included|were|are)\b"
    r"|(?:Also )?[Aa]mong them (?:were|was)\b|Also (?:included|visiting|calling)\b[^.]*? were\b"
)
OF_MANY_LANDS = re.compile(
    r"\b(?:foreign|different|various|several|many|other) (?:political |friendly |state and )*"
    r"(?:countries|nations|parties|organi[sz]ations|personages|figures|guests|people)\b|\bforeigners\b",
    re.IGNORECASE,
)
_SENT = re.compile(r"\b(?:sent|laid|placed)\b[^.]{0,40}?\b(?P<kind>wreath|floral basket)s?\b")
_GUESTS = re.compile(r"the (?:[\w-]+ )?(?:delegations?|delegates|guests|visitors|mourners|groups?)\b")
_WERE_SENT = re.compile(r"(?P<kind>Wreath|Floral basket)s were (?:sent|laid|presented)\b")
_LAID_WERE = re.compile(
    r"(?:Laid|Placed|Seen|Standing)\b.{0,120}? (?:were|was) (?:the |an? )?(?:large )?(?P<kind>wreath"
    r"|floral basket)s? from (?:the )?"
)
_IN_NAME = re.compile(
    r"\b(?P<kind>[Ww]reath|[Ff]loral basket)s? (?:in the (?:joint )?names? of|bearing the (?:august )?names? of) "
    r"(?:the respected )?(?:Comrade )?"
)
_FALLEN = re.compile(r"\b(?:Friendship|Liberation) Towers?\b|\b[Cc]emeter(?:y|ies) of (?:the )?(?:fallen|martyrs)\b")
_AT_HOME = re.compile(
    r"\b(?:before|at|to) (?:the |a |his )?(?:tower|cemetery|portrait|bier|statue|bust|full-length|embassy|DPRK)"
)
_ENVOYS = re.compile(r"\benvoys\b")
_OF_KOREANS_ABROAD = re.compile(r"\bKorean(?:s|s?' Organi[sz]ations?| [Rr]esidents| [Nn]ationals)? in\b")
_IN = re.compile(r"\bin (?:the )?$")
_POSTED_TO = re.compile(
    r"\b(?:ambassadors?|charg[eé]s? d'affaires|consuls?|envoys?)\b[^;]*?(?= to (?:the )?(?-i:[A-Z]))", re.IGNORECASE
)
_HEIRS = {"SU": "RU"}  # a wreath for the fallen of a state of the past is for the one that came after it


def tributes(document: Document, telling: list[Span], told: set[str]) -> Iterator[Sent]:
    """The messages that deeds are, of the sentences that speak of messages.

    `told`, which grows here, are the states of which a message is told already.
    """
    telling = [s for s in telling if holds_any(document.small[slice(*s)], _OF_TRIBUTES)]
    if not telling:
        return
    text = document.text
    first, *rest = document.body
    first = whole(document, first)
    body = [first, *(s for s in rest if s[0] >= first[1])]
    telling = list(dict.fromkeys(s if s[0] >= first[1] else first for s in telling))
    if any(_LEFT_BASKETS.match(text, *s) for s in telling):
        yield from _congratulations(document, first, body[1:])
    calls = {s for s in telling if _callers(document, s) and _CONDOLE.search(text, *s)}
    if first in calls:  # then the calls told of after it are of condolence, too
        calls |= {s for s in rest if s[0] >= first[1] and _callers(document, s)}
    by_callers = "wreath" if any(_LEFT_WREATHS.match(text, *s) for s in telling) else "condolence"
    for sentence in sorted({*telling, *calls}):
        after = [s for s in body if s[0] > sentence[0]]
        if sentence in calls:
            yield from _calls(document, sentence, after, by_callers)
        elif sentence == first:
            yield from _condoled_first(document, sentence, by_callers, told)
        else:
            yield from _condoled(document, sentence, told)
        yield from _in_somebodys_name(document, sentence)
        yield from _laid(document, sentence, after)


def _congratulations(document: Document, first: Span, after: list[Span]) -> Iterator[Sent]:
    """Floral baskets of those who call at an embassy on a day of joy, named there or in a list further on."""
    callers = _callers(document, first)
    if callers and _CONGRATULATES.search(document.text, *first):
        found = list(_from(document, "floral_basket", callers, first))
        yield from found
        start = next((n for n, s in enumerate(after) if _THEY_ARE.match(document.text, *s)), len(after))
        if not found:
            yield from named_later(document, "floral_basket", after[start:])


def _callers(document: Document, sentence: Span) -> Span | None:
    """Who calls at an embassy of the home side's, or where it is mourned; None where nobody does."""
    held = document.small[slice(*sentence)]
    if not holds_any(held, _WHERE_THEY_CALL):
        return None
    by = CALLED_BY.search(document.small, *sentence) if " by " in held else None
    call = None if by else CALL_AT_EMBASSY.search(document.small, *sentence) or _MOURNS.search(document.text, *sentence)
    if by is None and call is None:
        return None
    start, end = (by.end(), sentence[1]) if by else (sentence[0], call.start() if call else sentence[1])
    posted = _POSTED_TO.search(document.text, start, end)
    return start, posted.end() if posted else end


def _calls(document: Document, sentence: Span, after: list[Span], by_callers: str) -> Iterator[Sent]:
    """Whoever calls to condole, and those whom the next sentences name; envoys leave no wreaths of their own."""
    start, end = _callers(document, sentence) or (sentence[0], sentence[0])
    envoys = document.word_of("ambassador").search(document.small, start, end) or _ENVOYS.search(
        document.text, start, end
    )
    cut = item_start(document, start, envoys.start()) if envoys else end
    called = _MISSION.search(document.text, *sentence)
    to = called[0].strip() if called else ""  # where they call: "DPRK embassy in Lima"
    found = [
        *_from(document, by_callers, (start, cut), sentence, to=to),
        *_from(document, "condolence", (cut, end), sentence, to=to),
    ]
    yield from found
    if not found:
        yield from named_later(document, by_callers, after)
        yield from _quoted_envoys(document, after)
    elif by_callers == "wreath" and not envoys and any(_WROTE.search(document.text, *s) for s in after):
        yield from _from(document, "condolence", (start, cut), sentence, to=to)  # beside the wreath


def _quoted_envoys(document: Document, after: list[Span]) -> Iterator[Sent]:
    """Of envoys in many lands those whose words are told: "The Cuban ambassador to Nepal said"."""
    for sentence in after:
        says = ENVOY_SAYS.match(document.text, *sentence)
        if says:
            yield from _from(document, "condolence", (sentence[0], says.end("who")), sentence)


def _condoled_first(document: Document, sentence: Span, kind: str, told: set[str]) -> Iterator[Sent]:
    """Whoever condoles in the first sentence."""
    text = document.text
    condoled = _CONDOLED.search(text, *sentence) or _WROTE_OF_GRIEF.search(text, *sentence)
    if condoled and _is_for_us(document, condoled.start(), sentence):
        for sent in _from(document, kind, (sentence[0], condoled.start()), sentence):
            told.add(sent.partner)
            yield sent


def _is_for_us(document: Document, start: int, sentence: Span) -> bool:
    """Whether no other state is the first that is named after the verb: the death is one at home."""
    return bool(document.home) and not is_foreign(document, (start, sentence[1]))


def _condoled(document: Document, sentence: Span, told: set[str]) -> Iterator[Sent]:
    """Whoever condoles further on, unless a message of his state is told of: its words are no second one."""
    condoled = _CONDOLED.search(document.text, *sentence)
    if not condoled or not _is_for_us(document, condoled.start(), sentence):
        return
    subject = (sentence[0], condoled.start())
    if is_foreign(document, subject):
        found = list(_from(document, "condolence", subject, sentence))
    else:
        found = list(_of_whom_before(document, subject, sentence))
    for sent in found:
        if sent.partner not in told:
            told.add(sent.partner)
            yield sent


def _of_whom_before(document: Document, subject: Span, sentence: Span) -> Iterator[Sent]:
    """ "He expressed condolences": of the state that the sentence before names, or else the leads."""
    if not _SOMEBODY_TOLD_OF.match(document.text, *subject) or document.named_in(subject) or document.home_in(subject):
        return
    if _OF_A_MESSAGE.search(document.text, *subject):
        return
    before = [s for s in document.sentences if s < sentence][-1]
    states = {n.partner for n in document.named_in(before)}
    partner = states.pop() if len(states) == 1 else only_state(document)
    if partner:
        name = document.lexicon.label(partner)
        yield Sent("condolence", "in", partner, name, "", sentence, False, listed=False, leads=False, reason=_DEED)


def named_later(document: Document, kind: str, after: list[Span], to: str = "") -> Iterator[Sent]:
    """Each state of the sentences that come next and say who the senders were."""
    reached = 0
    for sentence in after:
        names = _THEY_ARE.match(document.text, *sentence)
        if names:
            span = whole(document, sentence)
            reached = span[1]
            calls = kind == "wreath" and not to
            are_envoys = calls and (
                document.word_of("ambassador").search(document.small, *span) or _ENVOYS.search(document.text, *span)
            )
            of_kind = "condolence" if are_envoys else kind
            yield from _from(document, of_kind, (names.end(), span[1]), sentence, to=to)
        elif sentence[0] >= reached:
            return


def _from(document: Document, kind: str, senders: Span, sentence: Span, to: str = "") -> Iterator[Sent]:
    if _OF_KOREANS_ABROAD.search(document.text, 0, document.headline):
        return
    found = [
        party
        for party in parties(document, senders)
        if not _is_post(document, party, senders) and not PRIVATE.match(document.text, *party[1])
    ]
    for partner, place in found:
        name, named = short(document.unframed[place[0] : place[1]], partner, document.lexicon)
        yield Sent(kind, "in", partner, name, to, sentence, named, len(found) > 1, leads=False, reason=_DEED)


def _is_post(document: Document, party: tuple[str, Span], senders: Span) -> bool:
    """Whether a state is only where envoys are: "diplomatic envoys of China and Cuba in Ethiopia"."""
    if not _ENVOYS.search(document.text, *senders):
        return False
    first = next(n for n in document.named_in(party[1]) if n.partner == party[0])
    return bool(_IN.search(document.text, max(0, first.start - 8), first.start))


def _laid(document: Document, sentence: Span, after: list[Span]) -> Iterator[Sent]:
    """Wreaths and baskets that stand there, and those sent from many lands, which the next sentences name."""
    text = document.text
    laid = _LAID_WERE.match(text, *sentence)
    if laid and _AT_HOME.search(text, *sentence) and whose(document, (laid.end(), sentence[1])) not in (HOME, ""):
        yield from _from(document, _kind(laid), (laid.end(), sentence[1]), sentence)
    sent = _SENT.search(text, *sentence)
    senders = (sentence[0], sent.start() if sent else sentence[1])
    sent = _WERE_SENT.match(text, *sentence) or sent
    if sent and OF_MANY_LANDS.search(text, *senders):
        to = (sent.end(), sentence[1])
        if is_home(document, to):
            yield from named_later(document, _kind(sent), after, to=home_name(document, to))


def _in_somebodys_name(document: Document, sentence: Span) -> Iterator[Sent]:
    """A wreath speaks for the one it names: the leader to the fallen of a state, others to the home side."""
    for wreath in _IN_NAME.finditer(document.text, *sentence):
        ours = next((n for n in document.home_in((wreath.end(), sentence[1])) if n.start == wreath.end()), None)
        guests = only_state(document) if _GUESTS.match(document.text, wreath.end()) else ""
        if guests and _AT_HOME.search(document.text, *sentence):
            name = document.lexicon.label(guests)
            kind = _kind(wreath)
            yield Sent(kind, "in", guests, name, "", sentence, False, listed=False, leads=False, reason=_DEED)
        elif ours is None:
            if _AT_HOME.search(document.text, *sentence):
                yield from _from(document, _kind(wreath), (wreath.end(), sentence[1]), sentence)
        elif ours.role == "leader" and document.foremost and (fallen := _FALLEN.search(document.text)):
            partner = _HEIRS.get(document.foremost, document.foremost)
            name = document.text[ours.start : ours.end]
            reason = Reason("a wreath in the leader's name for the fallen of a state")
            fallen_at = fallen[0]
            yield Sent("wreath", "out", partner, name, fallen_at, sentence, False, False, leads=False, reason=reason)


def _kind(match: re.Match[str]) -> str:
    return "wreath" if match["kind"].lower() == "wreath" else "floral_basket"
