"""Authority: how high the voice of an article stands, from the leader in person down to a plain report.

lexicon/authority.csv says which document and which speaker make which level. They are looked for in the headline and at
the article's head; what a ministry abroad states is a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sunchi import text as texts
from sunchi.signals.reading import Reading
from sunchi.signals.row import Row, row
from sunchi.text import Span
from sunchi.voices import Voice

REPORT = 1.0  # the level of a plain report
_LEADER = "leader"

_NEAR = 60  # characters between document and speaker in a headline
_AT_LENGTH = 2  # sentences of the leader's own words that make an audience his

_OF_ELSEWHERE = re.compile(r"(?: and \w+)?,? (?:of|for|in) (?:the )?")
_LEANS_ON_ANOTHER = re.compile(r"(?:Upon|Since|After|As|In|According|Recently|When|While|Supporting|Hearing)\b")
_SAYS = re.compile(
    r" ?(?:said|says|noted|stressed|told|extended|expressed|asked|affirmed|reaffirmed|clarified|underscored|instructed"
    r"|highly appreciated|wished)\b"
)
_SAYS_KO = re.compile(r"말씀하시|강조하시|표명하시|언급하시|표하시|당부하시|피력하시")
_PERSON = re.compile(r"(?:The |A |An )?([^,]{3,80}?)(?:,| on \w+| \w+day\b| (?:issued|released|made public|gave|said)\b)")
_AFTER_OF = re.compile(r"(?: Issued)? (?:of|by|for) (.+)$")


@dataclass(frozen=True, slots=True)
class _Fit:
    """A row of the table that an article fits, with its evidence."""

    voice: Voice
    span: Span
    by: str
    weight: tuple[int, int, float]  # length of the document, of the speaker, level


def authority(reading: Reading, rows: Sequence[Row]) -> Iterator[Row]:
    """Exactly one row; `rows` are those of the other kinds, of which messages are used."""
    found = [*_documents(reading), *_messages(reading, rows)]
    if found:
        best = max(found, key=lambda fit: fit.weight)
        yield row(reading, "authority", "", best.voice.code, best.voice.level, best.span, by=best.by)
        return
    audience = _audience(reading)
    if audience:
        voice, span, by = audience
        yield row(reading, "authority", "", voice.code, voice.level, span, by=by)
        return
    span = (0, reading.headline) if reading.original[: reading.headline].strip() else reading.sentence_at(0)
    yield row(reading, "authority", "", "report", REPORT, span, by="")


# --- what the article itself is -------------------------------------------------------------------------------------


def _documents(reading: Reading) -> Iterator[_Fit]:
    """The rows of the table whose document and speaker stand in the headline or at the article's head."""
    tongue = texts.language(reading.lang)
    for span in _heads(reading):
        headline = span[0] < reading.headline
        held, places = reading.unframed[span[0] : span[1]], None
        if tongue != "en":
            held, places = texts.squeeze(held)
        small = held.lower()
        for voice in reading.lexicon.voices:
            if voice.lang != tongue or not (voice.headline and headline or any(a in small for a in voice.anchors)):
                continue
            fit = _fit(reading, voice, span, held, places)
            if fit:
                yield fit


def _heads(reading: Reading) -> list[Span]:
    """The headline and the first sentence of the body."""
    body = next((s for s in reading.sentences if s[0] > reading.headline), None)
    return [s for s in reading.sentences[:3] if s[1] <= reading.headline] + ([body] if body else [])


def _fit(reading: Reading, voice: Voice, span: Span, held: str, places: list[int] | None) -> _Fit | None:
    headline = span[0] < reading.headline
    document = voice.document.search(held) if voice.document else None
    if voice.document and not document:
        return None
    speaker = voice.speaker.search(held) if voice.speaker else None
    if voice.speaker and not speaker:
        return None
    if document and speaker and headline and not _is_near(document.span(), speaker.span()):
        return None
    if not headline and _LEANS_ON_ANOTHER.match(held.lstrip()):
        return None
    start, end = (speaker or document or re.match("", held)).span()  # type: ignore[union-attr]  # one of them is
    start, end = ((places[start], places[end - 1] + 1) if places else (start, end))
    if _is_foreign(reading, span, (span[0] + start, span[0] + end), named=speaker is not None):
        return None
    by = _by(reading, span, speaker[0] if speaker else "", headline)
    lengths = (len(document[0]) if document else 0, len(speaker[0]) if speaker else 0)
    return _Fit(voice, span, by, (*lengths, voice.level))


def _is_near(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) - min(one[1], other[1]) <= _NEAR


def _is_foreign(reading: Reading, span: Span, place: Span, *, named: bool) -> bool:
    """Whether the speaker is another state's: "the Turkish Foreign Ministry", "the Foreign Ministry of Syria"."""
    after = _OF_ELSEWHERE.match(reading.text, place[1])
    close = place[1] if after is None else after.end()
    if any(close <= n.start <= close + 1 for n in reading.home):
        return False
    if after and any(n.start == close for n in reading.namings):
        return True
    near = place[0] - 3 if named else span[0]
    before = [n for n in reading.namings if n.end <= place[1] and n.end >= near and n.start >= span[0]]
    home = [n for n in reading.home_in((span[0], place[1])) if n.role != "outside"]
    return bool(before) and not (home and home[0].start < before[0].start)


def _by(reading: Reading, span: Span, speaker: str, headline: bool) -> str:
    """Who speaks, as the text says it: who issued the document by the first sentence, else by the headline."""
    heads = _heads(reading)
    lead = heads[-1] if heads and heads[-1][0] > reading.headline else None
    if headline and speaker and lead is None:
        return speaker
    if lead and texts.language(reading.lang) == "en" and (not headline or speaker in reading.text[lead[0] : lead[1]]):
        person = _PERSON.match(reading.unframed[lead[0] : lead[1]].strip())
        if person and not _LEANS_ON_ANOTHER.match(person[1]):
            return person[1]
    return speaker


# --- messages and audiences -----------------------------------------------------------------------------------------


def _messages(reading: Reading, rows: Sequence[Row]) -> Iterator[_Fit]:
    """A message that the first sentence says the home side sent has the height of its sender."""
    heads = _heads(reading)
    for sent in rows:
        if sent["kind"] != "message" or sent["detail"]["direction"] != "out" or (sent["start"], sent["end"]) not in heads:
            continue
        sender = sent["detail"]["from"]
        for voice in reading.lexicon.voices:
            if voice.document is None and not voice.headline and voice.speaker and voice.lang == texts.language(
                reading.lang
            ):
                speaker = voice.speaker.search(sender)
                if speaker:
                    span = (sent["start"], sent["end"])
                    yield _Fit(voice, span, sender, (0, len(speaker[0]), voice.level))


def _audience(reading: Reading) -> tuple[Voice, Span, str] | None:
    """The leader's own words at length, in an article that is his by its headline."""
    tongue = texts.language(reading.lang)
    for voice in reading.lexicon.voices:
        if voice.code != _LEADER or voice.document or voice.lang != tongue or not voice.speaker:
            continue
        who = voice.speaker.search(reading.text, 0, min(reading.headline, 40))
        if who:
            said = list(_said(reading, voice, tongue))
            if len(said) >= _AT_LENGTH:
                return voice, said[0], who[0]
    return None


def _said(reading: Reading, voice: Voice, tongue: str) -> Iterator[Span]:
    for sentence in reading.sentences:
        if sentence[0] <= reading.headline or not voice.speaker:
            continue
        if tongue == "en":
            named = voice.speaker.search(reading.text, *sentence)
            if named and _SAYS.match(reading.text, named.end()):
                yield sentence
        elif _SAYS_KO.search(reading.text, *sentence):
            yield sentence
