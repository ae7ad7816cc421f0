"""Messages that English texts report as deeds: calls of condolence, wreaths in a name, lists of those who sent.

The sentence names no sender and recipient as "sent a message to" does: who called at an embassy condoled, a wreath
speaks for the person named on it, and "they included" names those whom the sentence before left unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import (
    CALL_AT_EMBASSY,
    CALLED_BY,
    ENVOY_SAYS,
    MISSIONS,
    holds_any,
    is_in,
    item_start,
    only_state,
    state_of,
    unbroken,
)
from sunchi.signals.grammar.english_parties import PRIVATE, home_name, is_foreign, is_home, named_parties, parties
from sunchi.signals.message.reported import Sent
from sunchi.signals.rationale import Reason
from sunchi.text import Span

_OF_TRIBUTES = ("condol", "consolat", "to mourn", "sympathy", "wreath", "floral basket", "flower basket")
# "a condolatory visit", "to express their deep condolences"
_CONDOLE = Pattern(
    r"\b(?:{condoling} visits?|to (?:express|extend|offer) (?:{heartfelt} )*{sorrow}|to mourn)\b", flags=re.IGNORECASE
)
_MOURNS = Pattern(r"\bvisited the {mourning_place}\b")  # "visited the mourning station"
_WHERE_THEY_CALL = (*MISSIONS, "mourning")
_CONGRATULATES = Pattern(r"\b(?:congratulatory visits?|to {celebrate})\b")  # "congratulatory visit"
# "The visitors laid floral baskets"
_LEFT_BASKETS = Pattern(r"(?:They|The {caller}) (?:{lay}|presented) (?:an? )?{floral_basket}\b")
_LEFT_WREATHS = Pattern(r"(?:They|The {caller}) {lay} wreaths\b")  # "They placed wreaths"
# "the DPRK permanent mission in Geneva"
_MISSION = Pattern(r"\bDPRK (?:permanent )?(?i:{mission})(?: in (?:[A-Z](?!\w+day\b)[\w-]+ ?\b){1,2})?")
# "made an entry in the mourners' book"
_WROTE = Pattern(r"\b(?:wrote|made an entry|left an entry) in (?:the )?{condolence_book}")
_OVER_A_DEATH = r"(?:on|over) (?:the )?(?:[\w-]+ ){0,3}{death}\b"
# "expressed deep condolences and sympathy Monday over the demise", "expressed condolences to the Korean people"
_CONDOLED = Pattern(
    r"\b(?:expressed|extended|offered|(?:is|are) expressing) (?:{heartfelt} )*{sorrow}(?: and (?:\w+ )?sympathy)?"
    rf"(?: {{weekday}})? (?:{_OVER_A_DEATH}|to (?:[^.]*? {_OVER_A_DEATH}"
    r"|(?:the {likeness} of )?(?:leader )?Kim Jong\b|(?:all )?(?:the )?Korean people\b))"
)
# "issued on Monday a condolatory statement"
_WROTE_OF_GRIEF = Pattern(r"\b(?:{issue}|posted)\b[^.]*? {condoling} (?:{statement}|article)")
_SOMEBODY_KNOWN = re.compile(r"\W*(?:He|She|It|The)\b")  # "He", "It": no name of his own
_DEED = Reason("a deed that is a message: a call of condolence, or a tribute")
# "Among them were", "Those who sent them were"
_SENDERS_ARE = Pattern(
    r"They were from\b|(?:They|Those who \w+|The {caller}) (?:included|were|are)\b"
    r"|(?:Also )?[Aa]mong them (?:were|was)\b|Also (?:included|visiting|calling)\b[^.]*? were\b"
)
# "various countries", "foreign guests"
OF_MANY_LANDS = Pattern(
    r"\b(?:{many_a} (?:political |friendly |state and )*{lands_or_people}|foreigners)\b", flags=re.IGNORECASE
)
_TRIBUTE = r"(?P<kind>(?i:{wreath}|{floral_basket}))"
_SENT = Pattern(rf"\b(?:sent|laid|placed)\b[^.]{{0,40}}?\b{_TRIBUTE}\b")  # "laid a large wreath"
# "the visiting delegation", "the callers"
_GUESTS = Pattern(r"the (?:[\w-]+ )?(?:{caller}|delegations?|delegates|groups?)\b")
_WERE_SENT = Pattern(rf"{_TRIBUTE} were {{hand_over}}\b")  # "wreaths were sent"
# "Laid before the tower were a wreath from the | embassy"
_LAID_WERE = Pattern(
    rf"(?:Laid|Placed|Seen|Standing)\b.{{0,120}}? (?:were|was) (?:the |an? )?(?:large )?{_TRIBUTE} from (?:the )?"
)
# "a floral basket in the name of Comrade | …"
_IN_NAME = Pattern(rf"\b{_TRIBUTE} (?:in|bearing) the (?:joint |august )?names? of (?:the respected )?(?:Comrade )?")
# "the cemetery of fallen fighters", "Liberation Tower"
_FALLEN = re.compile(r"\b(?:Friendship|Liberation) Towers?\b|\b[Cc]emeter(?:y|ies) of (?:the )?(?:fallen|martyrs)\b")
# "before the statue", "to the DPRK embassy"
_AT_HOME = Pattern(r"\b(?:before|at|to) (?:the |a |his )?(?:{likeness}|tower|cemetery|full-length|embassy|DPRK)")
_ENVOYS = re.compile(r"\benvoys\b")  # "envoys of several states"
_OF_KOREANS_ABROAD = Pattern(r"\b{korean_abroad} in\b")  # "Koreans in | Japan"
# "the ambassadors of Laos and Nepal | to China": posted there
_POSTED_TO = Pattern(r"\b(?:{ambassador}|envoys?)\b[^;]*?(?= to (?:the )?(?-i:[A-Z]))", flags=re.IGNORECASE)
_HEIRS = {"SU": "RU"}  # a wreath for the fallen of a state of the past is for the one that came after it


def tributes(document: Document, telling: list[Span], reported: set[str]) -> Iterator[Sent]:
    """Yield the messages that are deeds, in the sentences that speak of messages.

    `reported`, which grows here, are the states with a message already reported.
    """
    telling = [s for s in telling if holds_any(document.small[slice(*s)], _OF_TRIBUTES)]
    if not telling:
        return
    text = document.text
    first, *rest = document.body
    first = unbroken(document, first)
    body = [first, *(s for s in rest if s[0] >= first[1])]
    telling = list(dict.fromkeys(s if s[0] >= first[1] else first for s in telling))
    if any(document.pattern(_LEFT_BASKETS).match(text, *s) for s in telling):
        yield from _congratulations(document, first, body[1:])
    calls = {s for s in telling if _callers(document, s) and document.pattern(_CONDOLE).search(text, *s)}
    if first in calls:  # then the calls after it are of condolence, too
        calls |= {s for s in rest if s[0] >= first[1] and _callers(document, s)}
    by_callers = "wreath" if any(document.pattern(_LEFT_WREATHS).match(text, *s) for s in telling) else "condolence"
    for sentence in sorted({*telling, *calls}):
        after = [s for s in body if s[0] > sentence[0]]
        if sentence in calls:
            yield from _calls(document, sentence, after, by_callers)
        elif sentence == first:
            yield from _condoled_first(document, sentence, by_callers, reported)
        else:
            yield from _condoled(document, sentence, reported)
        yield from _in_somebodys_name(document, sentence)
        yield from _laid(document, sentence, after)


def _congratulations(document: Document, first: Span, after: list[Span]) -> Iterator[Sent]:
    """Yield floral baskets of those who call at an embassy on a day of joy, named there or in a list further on."""
    callers = _callers(document, first)
    if callers and document.pattern(_CONGRATULATES).search(document.text, *first):
        found = list(_from(document, "floral_basket", callers, first))
        yield from found
        start = next(
            (n for n, s in enumerate(after) if document.pattern(_SENDERS_ARE).match(document.text, *s)), len(after)
        )
        if not found:
            yield from named_later(document, "floral_basket", after[start:])


def _callers(document: Document, sentence: Span) -> Span | None:
    """Return who calls at an embassy of the home side, or at a place of mourning; None where nobody does."""
    held = document.small[slice(*sentence)]
    if not holds_any(held, _WHERE_THEY_CALL):
        return None
    by = CALLED_BY.search(document.small, *sentence) if " by " in held else None
    mourns = document.pattern(_MOURNS)
    call = None if by else CALL_AT_EMBASSY.search(document.small, *sentence) or mourns.search(document.text, *sentence)
    if by is None and call is None:
        return None
    start, end = (by.end(), sentence[1]) if by else (sentence[0], call.start() if call else sentence[1])
    posted = document.pattern(_POSTED_TO).search(document.text, start, end)
    return start, posted.end() if posted else end


def _calls(document: Document, sentence: Span, after: list[Span], by_callers: str) -> Iterator[Sent]:
    """Yield the condolences or wreaths of callers, here or named next; envoys leave no wreaths of their own."""
    start, end = _callers(document, sentence) or (sentence[0], sentence[0])
    envoys = document.word_of("ambassador").search(document.small, start, end)
    envoys = envoys or _ENVOYS.search(document.text, start, end)
    cut = item_start(document, start, envoys.start()) if envoys else end
    called = document.pattern(_MISSION).search(document.text, *sentence)
    to = called[0].strip() if called else ""  # where they call: "DPRK embassy in Lima"
    found = [
        *_from(document, by_callers, (start, cut), sentence, to=to),
        *_from(document, "condolence", (cut, end), sentence, to=to),
    ]
    yield from found
    if not found:
        yield from named_later(document, by_callers, after)
        yield from _quoted_envoys(document, after)
    elif (
        by_callers == "wreath" and not envoys and any(document.pattern(_WROTE).search(document.text, *s) for s in after)
    ):
        yield from _from(document, "condolence", (start, cut), sentence, to=to)


def _quoted_envoys(document: Document, after: list[Span]) -> Iterator[Sent]:
    """Yield the condolences of envoys who are quoted: "The Cuban ambassador to Nepal said"."""
    for sentence in after:
        says = ENVOY_SAYS.match(document.text, *sentence)
        if says:
            yield from _from(document, "condolence", (sentence[0], says.end("who")), sentence)


def _condoled_first(document: Document, sentence: Span, kind: str, reported: set[str]) -> Iterator[Sent]:
    """Yield the condolences expressed in the first sentence."""
    text = document.text
    condoled = document.pattern(_CONDOLED).search(text, *sentence) or document.pattern(_WROTE_OF_GRIEF).search(
        text, *sentence
    )
    if condoled and _is_for_us(document, condoled.start(), sentence):
        for sent in _from(document, kind, (sentence[0], condoled.start()), sentence):
            reported.add(sent.partner)
            yield sent


def _is_for_us(document: Document, start: int, sentence: Span) -> bool:
    """Return whether the death is one at home: the first state named after the verb is no other."""
    return bool(document.home) and not is_foreign(document, (start, sentence[1]))


def _condoled(document: Document, sentence: Span, reported: set[str]) -> Iterator[Sent]:
    """Yield condolences further on, unless a message of that state is reported: its words are no second one."""
    condoled = document.pattern(_CONDOLED).search(document.text, *sentence)
    if not condoled or not _is_for_us(document, condoled.start(), sentence):
        return
    subject = (sentence[0], condoled.start())
    if is_foreign(document, subject):
        found = list(_from(document, "condolence", subject, sentence))
    else:
        found = list(_of_whom_before(document, subject, sentence))
    for sent in found:
        if sent.partner not in reported:
            reported.add(sent.partner)
            yield sent


def _of_whom_before(document: Document, subject: Span, sentence: Span) -> Iterator[Sent]:
    """Yield the condolences of "He", of the state that the sentence before names, or else the opening."""
    if not _SOMEBODY_KNOWN.match(document.text, *subject) or document.named_in(subject) or document.home_in(subject):
        return
    if document.word_of("writing").search(document.text, *subject):
        return
    before = [s for s in document.sentences if s < sentence][-1]
    states = {n.partner for n in document.named_in(before)}
    partner = states.pop() if len(states) == 1 else only_state(document)
    if partner:
        name = document.lexicon.label(partner)
        yield Sent("condolence", "in", partner, name, "", sentence, False, listed=False, leads=False, reason=_DEED)


def named_later(document: Document, kind: str, after: list[Span], to: str = "") -> Iterator[Sent]:
    """Yield a message of each state in the next sentences that say who the senders were."""
    reached = 0
    for sentence in after:
        names = document.pattern(_SENDERS_ARE).match(document.text, *sentence)
        if names:
            span = unbroken(document, sentence)
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
    if document.pattern(_OF_KOREANS_ABROAD).search(document.text, 0, document.headline):
        return
    found = [
        party
        for party in parties(document, senders)
        if not _is_post(document, party, senders) and not PRIVATE.match(document.text, *party[1])
    ]
    for party in named_parties(document, found):
        listed = len(found) > 1
        yield Sent(
            kind, "in", party.partner, party.name, to, sentence, party.is_person, listed, leads=False, reason=_DEED
        )


def _is_post(document: Document, party: tuple[str, Span], senders: Span) -> bool:
    """Return whether a state is only where envoys are posted: "diplomatic envoys of China and Cuba in Ethiopia"."""
    if not _ENVOYS.search(document.text, *senders):
        return False
    first = next(n for n in document.named_in(party[1]) if n.partner == party[0])
    return is_in(document, first)


def _laid(document: Document, sentence: Span, after: list[Span]) -> Iterator[Sent]:
    """Yield wreaths and baskets that stand there, and those from many lands, which the next sentences name."""
    text = document.text
    laid = document.pattern(_LAID_WERE).match(text, *sentence)
    if (
        laid
        and document.pattern(_AT_HOME).search(text, *sentence)
        and state_of(document, (laid.end(), sentence[1])) not in (HOME, "")
    ):
        yield from _from(document, _kind(laid), (laid.end(), sentence[1]), sentence)
    sent = document.pattern(_SENT).search(text, *sentence)
    senders = (sentence[0], sent.start() if sent else sentence[1])
    sent = document.pattern(_WERE_SENT).match(text, *sentence) or sent
    if sent and document.pattern(OF_MANY_LANDS).search(text, *senders):
        to = (sent.end(), sentence[1])
        if is_home(document, to):
            yield from named_later(document, _kind(sent), after, to=home_name(document, to))


def _in_somebodys_name(document: Document, sentence: Span) -> Iterator[Sent]:
    """Yield wreaths in a name: the leader's to the fallen of a state, others' to the home side."""
    for wreath in document.pattern(_IN_NAME).finditer(document.text, *sentence):
        ours = next((n for n in document.home_in((wreath.end(), sentence[1])) if n.start == wreath.end()), None)
        guests = only_state(document) if document.pattern(_GUESTS).match(document.text, wreath.end()) else ""
        if guests and document.pattern(_AT_HOME).search(document.text, *sentence):
            name = document.lexicon.label(guests)
            kind = _kind(wreath)
            yield Sent(kind, "in", guests, name, "", sentence, False, listed=False, leads=False, reason=_DEED)
        elif ours is None:
            if document.pattern(_AT_HOME).search(document.text, *sentence):
                yield from _from(document, _kind(wreath), (wreath.end(), sentence[1]), sentence)
        elif ours.role == "leader" and document.foremost and (fallen := _FALLEN.search(document.text)):
            partner = _HEIRS.get(document.foremost, document.foremost)
            name = document.text[ours.start : ours.end]
            reason = Reason("a wreath in the leader's name for the fallen of a state")
            fallen_at = fallen[0]
            yield Sent("wreath", "out", partner, name, fallen_at, sentence, False, False, leads=False, reason=reason)


def _kind(match: re.Match[str]) -> str:
    return "wreath" if match["kind"].lower().startswith("wreath") else "floral_basket"
