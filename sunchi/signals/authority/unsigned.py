"""Whose an article is that names no issuer: the leader's, if it gives his own words at length, or unsigned opinion."""

from __future__ import annotations

from collections.abc import Sequence

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Voice
from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.speech import verbs_of_speech
from sunchi.signals.mentions import Mention
from sunchi.signals.row import Row
from sunchi.text import Span

LEADER = "leader"
"""The code of his voice in authority.csv."""
_OPENING = 40  # characters of a Korean or Chinese headline in which the one whom the article is about stands
_AT_LENGTH = 3  # sentences of the leader's own words that make an English or Spanish article his
_AT_LENGTH_ASIAN = 2
_SAYS = Pattern(r" ?{leader_says}\b")  # "Kim Jong Un | stressed"
# Respected Comrade | Kim Jong Un
_HONOURS = Pattern(r"(?:\W|\b{leader_honorific}\b)*")
# He also stressed that …; Noting that …, he …
_HE_SAYS = Pattern(r"\b(?:he|general secretary) (?:also )?{he_says}\b|\b{saying} [^.\n]{5,400}?, he\b")
_HE_SAYS_ZH = Pattern("他还?{leader_says}", "zh")  # 他还强调
_TO_HIM_ZH = Pattern("[一-鿿·]{to_whom}$", "zh")  # another does it: 习近平同 | 金正恩举行会谈
# A headline that is nothing but "New Year Address"; 신년사(발취) 김일성; 대회에서 하신 보고, as is said of him alone
_ADDRESSES = {
    "en": Pattern(r"\W*{leader_address}\W*"),
    "zh": Pattern(r"[\W\d年]*{leader_address}\W*", "zh"),
    "ko": Pattern(
        r"(?:[\W\d년]|[^\n]{0,30}에게 보내는)*{leader_address}(?:\W*[가-힣]{2,3}){0,2}\W*"
        r"|[^\n]*에서 하신 [^\n]*(?:보고|연설)[^\n]{0,20}",
        "ko",
    ),
}
# The note that a text stands in his collected works
_IN_HIS_WORKS_KO = Pattern(r"{leader_works}\W*\d+ ?권[^.\n]{0,40}출판사", "ko")
# Sentences of an unsigned piece. Spanish has none: "ATCC comenta" stands in the headline
_AT_LEAST = {"en": 6, "ko": 4, "zh": 4}
_HARSH = 2  # words of stance.csv
_HEATED = 2  # of them a sentence, in a Korean text that speaks of "us"
_ONE_IN = 8  # sentences may report that somebody spoke


def is_about_response(document: Document, headline: Span) -> bool:
    """Return whether an English headline is about what others make of a document: "Statement Supported in Laos"."""
    return bool(document.word_of("response").search(document.small, *headline))


def leader_alone(document: Document, rows: Sequence[Row]) -> tuple[Voice, Span, str] | None:
    """Return his voice, where it shows, and his name, if the article is his; else None.

    `rows` are those of the other kinds, of which messages are used.
    """
    voices = document.lexicon.senders.get(document.language, ())
    voice = next((voice for voice in voices if voice.code == LEADER), None)
    speaker = voice.speaker if voice else None
    named = [n for n in document.home if speaker and speaker.fullmatch(document.small, n.start, n.end)]
    leaders = [n for n in named if not _is_done_to(document, n)]
    if voice and leaders and _is_his(document, leaders[0], rows):
        said = _his_words(document, leaders)
        if len(said) >= (_AT_LENGTH_ASIAN if document.language in word_order.LANGUAGES else _AT_LENGTH):
            return voice, min(said), document.text[leaders[0].start : leaders[0].end]
    address = _own_address(document) if voice else None
    return (voice, address, "") if voice and address else None


def _own_address(document: Document) -> Span | None:
    """Return the headline "New Year Address", or the note that says in which volume of his works a text stands."""
    pattern = _ADDRESSES.get(document.language)
    if pattern is None or (document.language != "ko" and document.home_in((0, document.headline))):
        return None
    shows = document.pattern(pattern).fullmatch(document.small, 0, document.headline)
    if not shows and document.language == "ko":
        last = document.text.rfind("\n", 0, len(document.text.rstrip())) + 1
        shows = document.pattern(_IN_HIS_WORKS_KO).search(document.text, last)
    return shows.span() if shows else None


def _is_his(document: Document, leader: Mention, rows: Sequence[Row]) -> bool:
    """Return whether the headline, or the line below it that ends without a stop, is about what he does.

    Nothing but his honours stands before his name. It is not about his work, or about a message, nor does he inspect:
    what he says on the spot is reported.
    """
    headline = (0, document.headline)
    if document.word_of("inspection").search(document.small, *headline) or is_about_response(document, headline):
        return False
    if any(r["kind"] == "message" and (r["start"], r["end"]) in document.opening for r in rows):
        return False
    if document.language in word_order.LANGUAGES:
        return leader.start <= min(document.headline, _OPENING)
    line = document.text.rfind("\n", 0, leader.start) + 1
    below = document.text.find("\n", leader.end)
    if line > document.headline and document.text.endswith((".", "!", "?", ":", '"'), line, below):
        return False
    is_of_his_work = document.text.startswith("'", leader.end)  # "Kim Jong Il's Work Studied Abroad"
    return not is_of_his_work and bool(document.pattern(_HONOURS).fullmatch(document.small, line, leader.start))


def _his_words(document: Document, leaders: Sequence[Mention]) -> set[Span]:
    """Return the sentences in which he speaks, named, by a pronoun, or in Korean by the honorific of the verb."""
    if document.language == "ko":
        return set(document.holding("leader_says"))
    is_chinese = document.language == "zh"
    he_says = document.pattern(_HE_SAYS_ZH if is_chinese else _HE_SAYS)
    says = document.word_of("leader_says").search if is_chinese else document.pattern(_SAYS).match
    places = [match.start() for match in he_says.finditer(document.small, document.headline)]
    places += [n.start for n in leaders if says(document.text, n.end, document.sentence_at(n.start)[1])]
    return {document.sentence_at(place) for place in places}


def _is_done_to(document: Document, leader: Mention) -> bool:
    """Return whether Chinese names the leader as the one whom another meets or writes to."""
    return bool(document.pattern(_TO_HIM_ZH).search(document.text, 0, leader.start))


def is_opinion(document: Document, rows: Sequence[Row]) -> bool:
    """Return whether an article is such a piece; `rows` are those of the other kinds."""
    body = document.body
    if len(body) < _AT_LEAST.get(document.language, len(body) + 1) or is_review(document):
        return False
    harsh = sum(tone.strength < 0 for _, tone in document.tones)
    if harsh < _HARSH or any(n.role == "leader" for n in document.home):
        return False
    about = {r["partner"] for r in rows if r["kind"] == "attention" and r["code"] == "about"}
    if not about & document.lexicon.adversaries:
        return False
    if document.language in word_order.LANGUAGES and any(n.role == "outside" for n in document.home):
        return False
    if document.language == "ko":
        if "니다." in document.text:  # an address or a message to others
            return False
        if harsh >= _HEATED * len(body) and document.word_of("we").search(document.text):
            return True  # it judges what it reports
    return not _reports(document, body[0]) and sum(_reports(document, s) for s in body) <= len(body) // _ONE_IN


def _reports(document: Document, sentence: Span) -> bool:
    """Return whether a sentence reports that somebody spoke, met or wrote."""
    is_said = document.language == "en" and sentence in verbs_of_speech(document)
    return is_said or bool(document.word_of("news").search(document.small, *sentence))
