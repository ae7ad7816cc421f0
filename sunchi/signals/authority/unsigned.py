"""Whose an article is that names no issuer: the leader's, where he makes a speech or addresses all, or nobody's."""

from __future__ import annotations

from collections.abc import Sequence

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Voice
from sunchi.model import Row
from sunchi.signals.document import Document
from sunchi.signals.grammar.speech import verbs_of_speech
from sunchi.text import Span

LEADER = "leader"  # the code of his voice in authority.csv
# Kim Jong Un made an important speech; 김정은동지께서 … 연설을 하시였다
_MAKES_SPEECH = {
    "en": Pattern(r"(?P<who>{recent_leader}) {hold_speech} (?:[\w-]+ ){0,6}?{leader_speech}\b"),
    "ko": Pattern("(?P<who>{recent_leader})[^.\n]{0,80}{leader_speech}[을를] {hold_speech}", "ko"),
    "zh": Pattern("(?P<who>{recent_leader})[^。\n]{0,40}{hold_speech}了?[^。\n]{0,20}{leader_speech}", "zh"),
}
# A headline that is nothing but "New Year Address"
_ADDRESSES = {language: Pattern(r"[\W\d년年]*{leader_address}\W*", language) for language in ("en", "ko", "zh")}
# The note that a text stands in his collected works
_IN_HIS_WORKS_KO = Pattern(r"{leader_works}\W*\d+ ?권[^.\n]{0,40}출판사", "ko")
_AT_LEAST = {"en": 6, "ko": 4, "zh": 4}  # sentences; in Spanish "ATCC comenta" stands in the headline
_HARSH = 2  # words of stance.csv
_ONE_IN = 8  # sentences may report that somebody spoke


def leader_alone(document: Document) -> tuple[Voice, Span, str] | None:
    """Return his voice, where it shows, and his name, if the article is his; else None."""
    language = document.language
    voice = next((voice for voice in document.lexicon.senders.get(language, ()) if voice.code == LEADER), None)
    if voice is None or language not in _MAKES_SPEECH:
        return None
    speaks = document.pattern(_MAKES_SPEECH[language])
    if document.home and (speech := speaks.search(document.text, document.headline)):
        return voice, document.sentence_at(speech.start()), speech["who"]
    shows = document.pattern(_ADDRESSES[language]).fullmatch(document.small, 0, document.headline)
    if not shows:
        last = document.text.rfind("\n", 0, len(document.text.rstrip())) + 1
        shows = document.pattern(_IN_HIS_WORKS_KO).search(document.text, last)
    return (voice, shows.span(), "") if shows else None


def is_opinion(document: Document, rows: Sequence[Row]) -> bool:
    """Return whether an article is such a piece; `rows` are those of the other kinds."""
    body = document.body
    if len(body) < _AT_LEAST.get(document.language, len(body) + 1) or document.is_review:
        return False
    harsh = sum(tone.strength < 0 for _, tone in document.tones)
    if harsh < _HARSH or any(n.role == "leader" for n in document.home):
        return False
    about = {r["partner"] for r in rows if r["code"] == "about"}
    if not about & document.lexicon.adversaries or _reports(document, body[0]):
        return False
    return sum(_reports(document, sentence) for sentence in body) <= len(body) // _ONE_IN


def _reports(document: Document, sentence: Span) -> bool:
    """Return whether a sentence reports that somebody spoke, met or wrote."""
    is_said = document.language == "en" and sentence in verbs_of_speech(document)
    return is_said or bool(document.word_of("news").search(document.small, *sentence))
