"""Authority: how high the voice of an article stands, from the leader in person down to a plain report.

lexicon/authority.csv says which genre and which speaker make which level. They are looked for in the headline and at
the article's head (issuer.py); what a ministry abroad states is a report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sunchi import text as texts
from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Voice
from sunchi.signals.authority.issuer import Passage, is_foreign, issuer_in, name_of_issuer, passage_at
from sunchi.signals.authority.unsigned import LEADER, is_opinion, leader_alone
from sunchi.signals.document import Document
from sunchi.signals.prefilter import DOCUMENTS
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.signals.row import Row, row
from sunchi.text import Span

TOLD_OF = "told of there, and not issued there by its subject"
REPORT = 1.0  # the level of a plain report
OPINION = 1.5  # of an unsigned opinion piece

_NEXT = 2  # sentences after the first in which a document may be told of
_FURTHER = 9  # sentences after the first in which one may be brought in
_SHORT = 200  # characters of a sentence that only brings in whose words come next

_OUTLETS = ("commentary", "report")  # their documents are named in any order: "…, says the paper in an article"
_IS_OF_PEOPLE = Pattern(r"(?:overseas )?{the_public}(?!\w|'s)")  # "Korean People Condemn S. Korea's War Exercise"
# A document that is named only after the lead, and is the article's own all the same; 发表了谈话, 回答记者提问
_FOLLOWS = re.compile(r"\bfollowing [\w ]{3,60}[:.]?$|发表了?谈话|回答.{0,20}?提问")
_GOES_ON = Pattern(r"the {utterance} (?:{reporting_verb}|continued)")  # "The statement said", "the answer continued"
# "The following is the answer: I …", "He says this"
_BRINGS_IN = re.compile(r":(?: [A-Z]|$)|\b(?:says|observes) this\b")


@dataclass(frozen=True, slots=True)
class _Fit:
    """A row of the table that an article fits, with its evidence."""

    voice: Voice
    span: Span
    by: str
    weight: tuple[int, int, float]  # length of the document, of the speaker, level


_weight = attrgetter("weight")


def authority(document: Document, rows: Sequence[Row]) -> Iterator[Found | Rejected]:
    """Yield exactly one signal; `rows` are those of the other kinds, of which messages are used."""
    considered = [*_documents(document), *_messages(document, rows)]
    yield from (each for each in considered if isinstance(each, Rejected))
    fits = [each for each in considered if isinstance(each, _Fit)]
    speaking = leader_alone(document) if not fits else None
    best = _Fit(*speaking, (0, 0, speaking[0].level)) if speaking else max(fits, key=_weight, default=None)
    if best:
        for fit in fits:
            if fit.voice is not best.voice:
                why = "another row fits with a longer document or speaker"
                yield Rejected("authority", fit.span, why, fit.voice)
        found = row(document, "authority", "", best.voice.code, best.voice.level, best.span, by=best.by)
        yield Found(found, (Reason("its document and its speaker stand there", best.voice),))
        return
    span = (0, document.headline) if document.original[: document.headline].strip() else document.sentence_at(0)
    if is_opinion(document, rows):
        code, level, why = "commentary", OPINION, "an unsigned piece that judges in its own name and names no speaker"
    else:
        code, level, why = "report", REPORT, "no row of authority.csv fits headline or first sentence"
    yield Found(row(document, "authority", "", code, level, span, by=""), (Reason(why),))


# --- the document that the article itself is ------------------------------------------------------------------------


def _documents(document: Document) -> Iterator[_Fit | Rejected]:
    """Yield the rows of the table whose document and speaker stand in the headline or at the article's head."""
    anchored = document.lexicon.documents.get(document.language, {})
    is_of_people = bool(document.pattern(_IS_OF_PEOPLE).match(document.small))
    later = len(document.opening)
    head = document.sentences[: later + _FURTHER]
    anchors_of = _anchors(document, head)
    for n, span in enumerate(head if anchors_of else ()):
        anchors = anchors_of.get(span)
        if not anchors or (n >= later + _NEXT and not _brings_in(document, span)):
            continue
        passage = passage_at(document, span)
        voices = {voice for anchor in anchors if anchor in passage.small for voice in anchored[anchor]}
        voices = {v for v in voices if not v.speakers or any(word in passage.small for word in v.speakers)}
        if voices and (is_of_people or (n >= later and not _is_own_though_late(document, passage))):
            voices = {voice for voice in voices if voice.code == "commentary"}
        is_only_told_of = False
        for voice in sorted(voices, key=attrgetter("line")):  # of two rows that weigh the same the first one counts
            fit = None if voice.headline and not passage.is_headline else _fit(document, voice, passage)
            is_only_told_of |= isinstance(fit, Rejected) and fit.why == TOLD_OF
            if fit:
                yield fit
        if passage.is_headline and is_only_told_of:  # so all below is about how others take it
            return


def _anchors(document: Document, head: Sequence[Span]) -> Mapping[Span, Collection[str]]:
    """Return the words by which documents are known, by the sentence that may hold them."""
    if document.language not in texts.WRITTEN_APART:  # looked at without its blanks, a sentence at a time
        return dict.fromkeys(head, document.lexicon.documents.get(document.language, {}).keys())
    found: defaultdict[Span, set[str]] = defaultdict(set)
    for place, word in document.hits(DOCUMENTS):
        found[document.sentence_at(place)].add(word)
    return found


def _brings_in(document: Document, sentence: Span) -> bool:
    """Return whether a sentence only says that somebody's words come next."""
    return sentence[1] - sentence[0] < _SHORT and bool(_BRINGS_IN.search(document.text, *sentence))


def _is_own_though_late(document: Document, passage: Passage) -> bool:
    """Return whether a document that is named only after the lead is the article's own."""
    return bool(_FOLLOWS.search(passage.text) or document.pattern(_GOES_ON).search(document.small))


def _fit(document: Document, voice: Voice, passage: Passage) -> _Fit | Rejected | None:
    """Return a row if its document and its speaker stand in a passage; rejected if they stand there otherwise."""
    speaker = voice.speaker.search(passage.small) if voice.speaker else None
    if voice.speaker and not speaker:
        return None
    genre = voice.document.search(passage.small) if voice.document else None
    if voice.document and not genre:
        return None
    issuer: Span | None = (0, len(passage.text))
    if genre and not (passage.places is None and voice.code in _OUTLETS):
        issuer = issuer_in(document, passage, genre)
    if issuer is None:
        return Rejected("authority", passage.span, TOLD_OF, voice)
    if speaker and not (issuer[0] <= speaker.start() and speaker.end() <= issuer[1]):
        return None
    at = passage.located(speaker.span() if speaker else issuer)
    if is_foreign(document, passage.span[0], at, is_in_table=speaker is not None):
        return Rejected("authority", passage.span, "who speaks is another state's", voice)
    is_named = genre and (passage.places is None or passage.is_headline) and voice.code not in (LEADER, *_OUTLETS)
    by = name_of_issuer(document, passage, genre) if genre and is_named else ""
    named = document.shown(at).strip(" :") if speaker else ""
    lengths = (len(genre[0]) if genre else 0, len(speaker[0]) if speaker else 0)
    return _Fit(voice, passage.span, by or named, (*lengths, voice.level))


# --- messages and the leader's words --------------------------------------------------------------------------------


def _messages(document: Document, rows: Sequence[Row]) -> Iterator[_Fit]:
    """Yield the heights of the senders whose messages the home side sent, by the article's head."""
    for message in (r for r in rows if r["kind"] == "message"):
        span, detail = (message["start"], message["end"]), message["detail"]
        if detail["direction"] != "out" or span not in document.opening:
            continue
        for voice in document.lexicon.senders.get(document.language, ()):
            speaker = voice.speaker.search(_matched(document, detail["from"])) if voice.speaker else None
            speaks = message["code"] != "gift" and (message["code"] != "wreath" or voice.code == LEADER)
            if speaker and speaks:
                yield _Fit(voice, span, detail["from"], (0, len(speaker[0]), voice.level))


def _matched(document: Document, name: str) -> str:
    """Return a name as it is matched: in small letters, Korean and Chinese without blanks."""
    return (name if document.language in texts.WRITTEN_APART else texts.squeeze(name)[0]).lower()
