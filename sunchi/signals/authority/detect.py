"""Authority: how high the voice of an article stands, from the leader in person down to a plain report.

lexicon/authority.csv says which genre and which speaker make which level. They are looked for in the headline and at
the article's head (issuer.py); what a ministry abroad states is a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from sunchi.lexicon.anchors import rows_of
from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Voice
from sunchi.model import Row
from sunchi.signals.authority.issuer import LEADER, is_foreign, is_opinion, issuer_in, leader_alone, name_of_issuer
from sunchi.signals.document import Document
from sunchi.signals.prefilter import Sought
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.text import Span

REPORT = 1.0  # the level of a plain report
OPINION = 1.5  # of an unsigned opinion piece

_NEXT = 2  # sentences after the first in which a document may be told of
_OUTLETS = ("commentary", "report")  # their documents are named in any order: "…, says the paper in an article"
_IS_OF_PEOPLE = Pattern(r"{the_public}\b(?!'s)")  # "Korean People Condemn S. Korea's War Exercise"
# A document that is named only after the lead, and is the article's own all the same; 发表了谈话, 回答记者提问
_FOLLOWS = re.compile(r"following [\w ]{3,60}[:.]?$|发表了?谈话|回答.{0,20}?提问")
_GOES_ON = Pattern(r"the {utterance} (?:{reporting_verb}|continued)")  # "The statement said", "the answer continued"
# "The following is the answer: I …", "He says this"
_BRINGS_IN = re.compile(r":(?: [A-Z]|$)|says this\b|observes this\b")


class _Fit(NamedTuple):
    """A row of the table that an article fits, with its evidence."""

    voice: Voice
    span: Span
    by: str
    weight: tuple[int, int, float]  # length of the document, of the speaker, level


def authority(document: Document, rows: Sequence[Row]) -> Iterator[Found | Rejected]:
    """Yield exactly one signal; `rows` are those of the other kinds, of which messages are used."""
    considered = [*_documents(document), *_messages(document, rows)]
    yield from (each for each in considered if isinstance(each, Rejected))
    fits = [each for each in considered if isinstance(each, _Fit)]
    if not fits and (speaking := leader_alone(document)):
        fits = [_Fit(*speaking, (0, 0, 0.0))]
    if fits:
        best = max(fits, key=attrgetter("weight"))
        why = "another row fits with a longer document or speaker"
        yield from (Rejected("authority", fit.span, why, fit.voice) for fit in fits if fit.voice is not best.voice)
        found = document.row("authority", "", best.voice.code, best.voice.level, best.span, by=best.by)
        yield Found(found, (Reason("its document and its speaker stand there", best.voice),))
        return
    if is_opinion(document, rows):
        code, level, why = "commentary", OPINION, "an unsigned piece that judges in its own name and names no speaker"
    else:
        code, level, why = "report", REPORT, "no row of authority.csv fits headline or first sentence"
    yield Found(document.row("authority", "", code, level, document.sentence_at(0), by=""), (Reason(why),))


def _documents(document: Document) -> Iterator[_Fit | Rejected]:
    """Yield the rows of the table whose document and speaker stand in the headline or at the article's head."""
    later = len(document.opening)
    words = document.by_sentence(Sought.DOCUMENTS)
    is_of_people, goes_on = document.pattern(_IS_OF_PEOPLE).match(document.small), document.pattern(_GOES_ON)
    for n, span in enumerate(document.head):
        voices = rows_of(words.get(span, ()))
        if not voices or (n >= later + _NEXT and not _BRINGS_IN.search(document.text, *span)):
            continue
        is_own = n < later or _FOLLOWS.search(document.text, *span) or goes_on.search(document.small)
        if is_of_people or not is_own:
            voices = {voice for voice in voices if voice.code == "commentary"}
        in_order = sorted(voices, key=attrgetter("line"))  # of two rows that weigh the same the first one counts
        found = [each for each in (_fit(document, voice, span) for voice in in_order) if each]
        yield from found
        is_relayed = found and all(isinstance(each, Rejected) for each in found)
        if is_relayed and document.separates_words:  # "Swiss Hail Report of Supreme Command": below it others speak
            return


def _fit(document: Document, voice: Voice, span: Span) -> _Fit | Rejected | None:
    """Return a row if its document and its speaker stand in a sentence; rejected if they stand there otherwise."""
    is_headline = span[0] < document.headline
    if voice.headline and not is_headline:
        return None
    genre = voice.document and voice.document.search(document.small_unframed, *span)
    if voice.document and not genre:
        return None
    speaker = voice.speaker and voice.speaker.search(document.small_unframed, *span)
    if voice.speaker and not speaker:
        return None
    issuer: Span | None = span
    if genre and not (document.separates_words and voice.code in _OUTLETS):
        issuer = issuer_in(document, span, genre)
    if issuer is None:
        return Rejected("authority", span, "told of there, and not issued there by its subject", voice)
    if speaker and speaker.end() > issuer[1]:
        return None
    at = speaker.span() if speaker else issuer
    if is_foreign(document, span[0], at, is_in_table=speaker is not None):
        return Rejected("authority", span, "who speaks is another state's", voice)
    is_named = (document.separates_words or is_headline) and voice.code not in (LEADER, *_OUTLETS)
    by = name_of_issuer(document, span, genre) if genre and is_named else ""
    named = document.shown(at).strip(" :") if speaker else ""
    lengths = (len(genre[0]) if genre else 0, len(speaker[0]) if speaker else 0)
    return _Fit(voice, span, by or named, (*lengths, voice.level))


def _messages(document: Document, rows: Sequence[Row]) -> Iterator[_Fit]:
    """Yield the heights of the senders whose messages the home side sent, by the article's head."""
    voices = document.lexicon.senders.get(document.language, ())
    for message in (r for r in rows if r["kind"] == "message" and r["code"] != "gift"):
        span, detail = (message["start"], message["end"]), message["detail"]
        for voice in voices if detail["direction"] == "out" and span in document.opening else ():
            speaker = voice.speaker and voice.speaker.search(detail["from"].lower())
            if speaker:
                yield _Fit(voice, span, detail["from"], (0, len(speaker[0]), voice.level))
