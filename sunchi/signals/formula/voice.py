"""Who speaks where a phrase stands: the publishing side, the state the phrase is said of, or somebody else.

A sentence that says so itself decides. One that only says "he noted" or "the statement added" is of whoever spoke last,
and after "… said, and went on:" so are the paragraphs that follow, until somebody else is said to speak.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.speech import (
    OWN,
    PARTNER,
    THIRD,
    goes_on_speaking,
    is_of_own_press,
    speaker_in,
    subject_of,
    verb_of_speech,
    verbs_of_speech,
)
from sunchi.signals.message.detect import reports, speaker_turns
from sunchi.signals.message.reported import WORDLESS
from sunchi.signals.rationale import Reason
from sunchi.text import Span

_BACK = 4  # sentences in which he who goes on to speak was named
THIRD_WEIGHT = 0.2  # of what others say about the two, as KCNA reprints it
_OPENS, _CLOSES = frozenset('"《«「'), frozenset('"》»」')
# 통신은, 중앙통신: the agency of which the article has told
_THE_AGENCY_KO = Pattern("(?<![가-힣])(?:중앙)?{press}[은이]? *$", "ko")
_LEADER_KO = re.compile("김(?:정은)? (?:국무)?(?:위원장|총비서)(?:은|이)")  # 국무위원장은
# "the DPRK-China friendship" is ours; "the Cuba-DPRK friendship" and "the fraternal Korean people" are theirs
_OURS_FIRST = re.compile(r"\b(?:DPRK|RPDC|Korea|Corea)(?:-[A-Z]| and (?:the )?[A-Z])")
_THEIRS_EN = re.compile(r"\b(?:[A-Z]\w+(?:-| and (?:the )?)(?:DPRK|Korean?)|(?:friendly|fraternal) (?:DPRK|Korean))\b")
_THEIRS_ES = re.compile(r"\b[A-Z]\w+-(?:RPDC|Corea)\b")  # la amistad China-Corea
_IN_QUOTES = "it stands alone in quotation marks, so somebody else calls it so"
# "The joint statement noted"
_DOCUMENT = Pattern(r"\bthe (?:\w+ )?(?:{document}|{author})\b")
# "issued a statement", "in its signed commentary"
_ISSUED = Pattern(r"\b(?:an?|its|his|her|their|public) (?:[\w-]+ ){0,3}{document}\b")


class Voice(NamedTuple):
    """Who says a phrase, OWN, PARTNER or THIRD, and why."""

    speaker: str
    reasons: tuple[Reason, ...] = ()


def voice_of(document: Document, partner: str, span: Span, sentence: Span, *, hostile: bool) -> Voice:
    """Return who says a phrase that is said of `partner`; no state calls its own policy `hostile`."""
    if _is_quoted(document, span):
        return Voice(THIRD, (Reason(_IN_QUOTES),))
    received = _received(document, partner, span)
    if received:
        if _last_turn(document, partner, received, span) == OWN:
            return Voice(OWN, (Reason("it stands in the answer to a message from that side"),))
        return Voice(PARTNER, (Reason("it stands in a message that was received from that side"),))
    speaker, verb = _speaker_of_sentence(document, span, sentence)
    reasons = [Reason("the word by which its sentence says who speaks", at=verb)] if verb else []
    if speaker is None:
        speaker = speakers(document).carried.get(sentence[0])
        if speaker:
            reasons.append(Reason("its sentence goes on with what somebody is said to say before"))
    if speaker is None and not verb and document.text.count('"', sentence[0], span[0]) % 2:
        return Voice(THIRD, (*reasons, Reason(_IN_QUOTES)))
    if not hostile and speaker is None and _names_partner_first(document, span):
        reasons.append(Reason("it names that side first, or ours a friend, as only that side does"))
        speaker = partner
    # in the South bodies of all kinds speak of the hostile policy of their own authorities
    if hostile and speaker == partner != document.lexicon.standings.other_half:
        speaker = None
    if speaker is None and _is_told_from_outside(document):
        return Voice(THIRD, (*reasons, Reason("the text calls Pyongyang's side as only others do")))
    return Voice(PARTNER if speaker == partner else OWN if speaker in (None, OWN) else THIRD, tuple(reasons))


def _received(document: Document, partner: str, span: Span) -> Span | None:
    """Return the sentence of the message from `partner` before a phrase, if none to it is reported since."""
    messages = _worded(document).get(partner)
    if messages is None:
        return None
    sentences, receiving = messages
    before = bisect_left(sentences, (span[0], 0))
    return sentences[before - 1] if before and sentences[before - 1] in receiving else None


@per_document  # asked of every set phrase
def _worded(document: Document) -> dict[str, tuple[list[Span], set[Span]]]:
    """Return by state the sentences that report messages with words, in order, and those that report one from it."""
    found: dict[str, tuple[list[Span], set[Span]]] = {}
    for each in sorted(reports(document), key=lambda sent: sent.span):
        if each.kind not in WORDLESS:
            sentences, receiving = found.setdefault(each.partner, ([], set()))
            sentences.append(each.span)
            if each.direction == "in":
                receiving.add(each.span)
    return found


def _last_turn(document: Document, partner: str, message: Span, span: Span) -> str:
    """Return who spoke last before a phrase that stands after a message from `partner`."""
    turns = [speaker for start, speaker in speaker_turns(document, partner, message) if start < span[0]]
    return turns[-1] if turns else PARTNER


def _names_partner_first(document: Document, span: Span) -> bool:
    """Return whether a phrase is the other side's by its words: each names itself first, and the other one a friend."""
    if document.language in word_order.LANGUAGES:
        pair = next((n for n in document.named_in(span) if n.role == "pair"), None)
        return pair is not None and document.text[pair.start] not in "조북朝"  # 조중, 북중, 朝中
    theirs = _THEIRS_ES if document.language == "es" else _THEIRS_EN
    return bool(theirs.search(document.text, *span)) and not _OURS_FIRST.search(document.text, *span)


def _is_quoted(document: Document, span: Span) -> bool:
    return document.text[max(0, span[0] - 1) : span[0]] in _OPENS and document.text[span[1] : span[1] + 1] in _CLOSES


Speaker = tuple[str | None, Span | None]
"""OWN, THIRD, the state that speaks, or None where the sentence does not say; and the verb by which it does."""


def _speaker_of_sentence(document: Document, span: Span, sentence: Span) -> Speaker:
    """Return who is said to speak in the sentence of a phrase."""
    if document.language == "ko":
        return _korean_speaker(document, span, sentence)
    speaks = verb_of_speech(document)
    is_english = document.language == "en"
    verb = verbs_of_speech(document).get(sentence) if is_english else speaks.search(document.text, *sentence)
    if not verb:
        return None, None
    if is_english and verb.end() > span[0]:  # "…, NAME, chairman of the society, noted"
        last = max((m.start() for m in speaks.finditer(document.text, span[1], sentence[1])), default=span[1])
        speaker = speaker_in(document, (span[1], last))
        if speaker:
            return speaker, verb.span()
    subject = subject_of(document, sentence, verb.span())
    if is_english and goes_on_speaking(document, subject):
        return speaker_before(document, sentence), verb.span()
    return speaker_in(document, subject), verb.span()


def _korean_speaker(document: Document, span: Span, sentence: Span) -> Speaker:
    """Return who is said to speak in the Korean sentence of a phrase.

    "Xi stressed …, and Kim in his reply spoke of …": the last clause before the phrase decides.
    """
    clause = max(document.text.rfind(", ", sentence[0], span[0]), sentence[0])
    leader = _LEADER_KO.search(document.text, clause, span[0])
    if leader:
        return OWN, leader.span()
    verb = verb_of_speech(document).search(document.text, *sentence)
    if verb:
        return _korean_subject(document, sentence, verb.start()), verb.span()
    organ = document.word_of("organ").search(document.text, sentence[0], span[0])
    home = document.home_in((sentence[0], span[0])) if organ else []
    return (OWN if home and not document.named_in((sentence[0], home[0].start)) else None), None


def _korean_subject(document: Document, sentence: Span, verb: int) -> str | None:
    """Return who speaks: Korean names him before the words that it quotes, or in a sentence before."""
    end = verb
    for _ in range(_BACK):
        opens = document.text.find('"', sentence[0], end)
        subject = (sentence[0], opens if opens >= 0 else end)
        agency = document.pattern(_THE_AGENCY_KO).search(document.text, *subject)
        if agency and not document.named_in(subject) and any(n.role == "organ" for n in document.home):
            return OWN
        speaker = speaker_in(document, subject if subject[0] < subject[1] else (subject[0], subject[0] + 1))
        if speaker or opens < 0 or sentence[0] <= document.headline:
            return speaker
        sentence = document.sentence_before(sentence)
        end = sentence[1]
    return None


@per_document
def _is_told_from_outside(document: Document) -> bool:
    """Return whether the text calls Pyongyang's side as only others do, and so more often than as it calls itself."""
    outside = sum(n.role == "outside" for n in document.home)
    return bool(outside) and outside * 2 >= len(document.home)


def speaker_before(document: Document, sentence: Span) -> str | None:
    """Return who spoke last before a sentence, else the subject of the one before it or of the opening."""
    speaker = speakers(document).before.get(sentence[0])
    if speaker:
        return speaker
    if is_of_own_press(document):
        return OWN
    return _spoken_of(document, sentence, sentence)


def _spoken_of(document: Document, sentence: Span, subject: Span) -> str | None:
    """Return the subject of the sentence before, or who issued "the statement", else whom the opening names."""
    if document.pattern(_DOCUMENT).search(document.small, *subject):
        earlier = _where_issued(document, sentence)
    else:
        before = document.sentence_before(sentence)
        while _opens_with_same(document, before) and before[0] > document.opening[-1][0]:
            before = document.sentence_before(before)
        earlier = [before]
    earlier += reversed(document.opening)
    return next((who for who in (speaker_in(document, span) for span in earlier if span != sentence) if who), None)


def _opens_with_same(document: Document, sentence: Span) -> bool:
    """Return whether a sentence goes on about what was named before: "The commentary …"."""
    return bool(document.pattern(_DOCUMENT).match(document.small, *sentence))


def _where_issued(document: Document, sentence: Span) -> list[Span]:
    """Return the nearest sentence before one that says who made a statement or wrote an article."""
    before = sentence
    for _ in range(_BACK):
        before = document.sentence_before(before)
        if document.pattern(_ISSUED).search(document.text, *before):
            return [before]
    return []


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks in the course of an article, by the place where a sentence starts; None is for nobody."""

    before: Mapping[int, str | None]  # who was said to speak last before it
    carried: Mapping[int, str | None]  # whose words it is, for "he noted, and went on:"


@per_document  # asked of every phrase of an article
def speakers(document: Document) -> Speakers:
    """Return who speaks in the course of an English article."""
    before: dict[int, str | None] = {}
    carried: dict[int, str | None] = {}
    if document.language != "en":
        return Speakers(before, carried)
    verbs = verbs_of_speech(document)
    last: str | None = None
    going_on: str | None = None
    for sentence in document.sentences:
        before[sentence[0]], carried[sentence[0]] = last, going_on
        if sentence not in verbs or sentence[0] < document.headline:
            continue
        subject = subject_of(document, sentence, verbs[sentence].span())
        is_same = goes_on_speaking(document, subject)
        speaker = last if is_same else speaker_in(document, subject)
        if is_same and speaker is None:
            speaker = OWN if is_of_own_press(document) else _spoken_of(document, sentence, subject)
        last = speaker or last
        if document.text[max(sentence[0], sentence[1] - 4) : sentence[1]].rstrip('" ').endswith(":"):
            going_on = last
        elif not is_same:
            going_on = None
    return Speakers(before, carried)
