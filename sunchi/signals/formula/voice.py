"""Who speaks where a phrase stands: the publishing side, the state the phrase is said of, or somebody else.

A sentence that says so itself decides. One that only says "he noted" or "the statement added" is of whoever spoke last,
and after "… said, and went on:" so are the paragraphs that follow, until somebody else is said to speak.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar import speech
from sunchi.signals.grammar.speech import OWN, PARTNER, THIRD, speaker_in
from sunchi.signals.message.detect import answered_at, reports
from sunchi.signals.message.reported import WORDLESS, Sent
from sunchi.signals.rationale import Reason
from sunchi.text import Span

THIRD_WEIGHT = 0.2  # of what others say about the two, as KCNA reprints it
_OPENS, _CLOSES = frozenset('"《«「'), frozenset('"》»」')
# "the Cuba-DPRK friendship" and "the fraternal Korean people" are theirs, "the DPRK-China friendship" is ours
_THEIRS = re.compile(
    r"\b(?:[A-Z]\w+(?:-| and (?:the )?)(?:DPRK|RPDC|Korean?|Corea)\b(?!-)|(?:friendly|fraternal) (?:DPRK|Korean))\b"
)
_IN_QUOTES = "it stands alone in quotation marks, so somebody else calls it so"


def voice_of(
    document: Document, partner: str, span: Span, sentence: Span, *, hostile: bool
) -> tuple[str, Sequence[Reason]]:
    """Return who says a phrase that is said of `partner`: OWN, PARTNER or THIRD, and why.

    No state calls its own policy `hostile`.
    """
    if document.text[max(0, span[0] - 1) : span[0]] in _OPENS and document.text[span[1] : span[1] + 1] in _CLOSES:
        return THIRD, [Reason(_IN_QUOTES)]
    if received := _received(document, partner, span):
        if answered_at(document, received) <= span[0]:
            return OWN, [Reason("it stands in the answer to a message from that side")]
        return PARTNER, [Reason("it stands in a message that was received from that side")]
    speaker, verb = _said_in(document, span, sentence)
    reasons = [Reason("the word by which its sentence says who speaks", at=verb)] if verb else []
    if speaker and not verb:
        reasons.append(Reason("its sentence goes on with what somebody is said to say before"))
    if speaker is None and not verb and document.text.count('"', sentence[0], span[0]) % 2:
        return THIRD, [Reason(_IN_QUOTES)]
    if not hostile and speaker is None and _names_partner_first(document, span):
        reasons.append(Reason("it names that side first, or ours a friend, as only that side does"))
        speaker = partner
    # in the South bodies of all kinds speak of the hostile policy of their own authorities
    if hostile and speaker == partner != document.lexicon.standings.other_half:
        speaker = None
    if speaker is None and _is_told_from_outside(document):
        return THIRD, [*reasons, Reason("the text calls Pyongyang's side as only others do")]
    return PARTNER if speaker == partner else OWN if speaker in (None, OWN) else THIRD, reasons


def _received(document: Document, partner: str, span: Span) -> Span | None:
    """Return the sentence of the message from `partner` before a phrase, if none to it is reported since."""
    messages = _worded(document, partner)
    before = messages[: bisect_left(messages, span[0], key=lambda sent: sent.span[0])]
    return before[-1].span if before and before[-1].direction == "in" else None


@per_document  # asked of every set phrase
def _worded(document: Document, partner: str) -> list[Sent]:
    """Return the messages with words from and to a state, in order."""
    worded = [sent for sent in reports(document) if sent.partner == partner and sent.kind not in WORDLESS]
    return sorted(worded, key=lambda sent: (sent.span, sent.direction == "in"))


def _names_partner_first(document: Document, span: Span) -> bool:
    """Return whether a phrase is the other side's by its words: each names itself first, and the other one a friend."""
    if not document.separates_words:
        pair = next((n for n in document.named_in(span) if n.role == "pair"), None)
        return pair is not None and document.text[pair.start] not in "조북朝"  # 조중, 북중, 朝中
    return bool(_THEIRS.search(document.text, *span))


@per_document
def _is_told_from_outside(document: Document) -> bool:
    """Return whether the text calls Pyongyang's side as only others do, and so more often than as it calls itself."""
    outside = sum(n.role == "outside" for n in document.home)
    return bool(outside) and outside * 2 >= len(document.home)


_Said = tuple[str | None, Span | None]
"""Who is said to speak: OWN, THIRD, a state, or None where nothing says it; and the verb that says it."""


def _said_in(document: Document, span: Span, sentence: Span) -> _Said:
    """Return who is said to speak in the sentence of a phrase; in other languages than English he is named first."""
    if document.language == "en":
        speaker, verb = _speakers(document).get(sentence[0], (None, None))
        if verb:  # "…, NAME, chairman of the society, noted"
            speaker = speaker_in(document, (span[1], verb[0])) or speaker
        return speaker, verb
    says = speech.verb_of_speech(document).search(document.text, *sentence)
    before = (sentence[0], says.start() if says else span[0])
    speaker = speaker_in(document, before)
    is_said = says or (speaker == OWN and document.word_of("organ").search(document.text, *before))
    return speaker if is_said else None, says.span() if says else None


@per_document  # asked of every phrase of an article
def _speakers(document: Document) -> Mapping[int, _Said]:
    """Return who speaks in each sentence of an English article, by where it starts."""
    verbs = speech.verbs_of_speech(document)
    said: dict[int, _Said] = {}
    last = OWN if speech.is_of_own_press(document) else None
    going_on: str | None = None
    for sentence in document.sentences:
        verb = verbs.get(sentence)
        if verb is None:
            said[sentence[0]] = (going_on, None)
            continue
        subject = speech.subject_of(document, sentence, verb.span())
        is_same = bool(speech.SAME_SPEAKER.search(document.text[slice(*subject)]))
        speaker = (last or _spoken_of(document, sentence)) if is_same else speaker_in(document, subject)
        said[sentence[0]] = (speaker, verb.span())
        last = speaker or last
        if document.text[max(sentence[0], sentence[1] - 4) : sentence[1]].rstrip('" ').endswith(":"):
            going_on = last
        elif not is_same:
            going_on = None
    return said


def _spoken_of(document: Document, sentence: Span) -> str | None:
    """Return who speaks where nobody was said to speak before: whom the sentence before names, or the opening."""
    earlier = (said for said in speech.said_before(document, sentence) if said != sentence)
    return next(filter(None, (speaker_in(document, said) for said in earlier)), None)
