"""Whose an article is that names no issuer: the leader's, if it gives his own words at length, or unsigned opinion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Voice
from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.english import holds_any, is_review
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
_HE_SAYS = Pattern(
    r"\b(?:he|general secretary) (?:also |repeatedly )?{he_says}\b"
    r"|\b{saying} [^.\n]{5,400}?, (?:he|the (?:respected )?general)\b"
)
# Another does it, and to him: 习近平同 | 金正恩举行会谈, 向 | 金正恩同志转达口信
_TO_HIM_ZH = Pattern("[一-鿿·]{to_whom}(?:[一-鿿]{0,20}{leader_title})?(?:[敬尊][爱敬]的)?$", "zh")
_HE_SAYS_ZH = Pattern("他(?:还|又|并|再次)?{leader_says}", "zh")  # 他还强调
# A headline that is nothing but "New Year Address", and the note that a text stands in his collected works
_ADDRESS = Pattern(r"\W*{leader_address}\W*")
_ADDRESS_KO = Pattern(  # 신년사(발취) 김일성; 대회에서 하신 보고, as is said of him alone
    r"(?:[\W\d]|년|[^\n]{0,30}에게 보내는)*{leader_address}\W*(?:발취|요지|전문)?\W*[가-힣]{0,3}"
    r"|[^\n]*에서 하신 [^\n]*(?:보고|연설|결론|개회사|페회사)[^\n]{0,20}",
    "ko",
)
_ADDRESS_ZH = Pattern(r"(?:[\W\d]|年)*{leader_address}\W*", "zh")
_ADDRESSES = {"en": _ADDRESS, "ko": _ADDRESS_KO, "zh": _ADDRESS_ZH}
_IN_HIS_WORKS_KO = Pattern(r"{leader_works}\W*\d+ ?권[^.\n]{0,40}출판사", "ko")
# Sentences of an unsigned piece. Spanish has none: "ATCC comenta" stands in the headline
_AT_LEAST = {"en": 6, "ko": 4, "zh": 4}
_HEATED = 2  # harsh words a sentence
_HARSH = 2  # words of stance.csv
_ONE_IN = 8  # sentences may report that somebody spoke


def is_about_response(document: Document, headline: Span) -> bool:
    """Return whether an English headline is about what others make of a document: "Statement Supported in Laos"."""
    return bool(document.word_of("response").search(document.small, *headline))


def own_address(document: Document) -> tuple[Voice, Span, str] | None:
    """Return his voice, and where it shows, if a text that names no speaker is an address of the leader; else None.

    It is headed "New Year Address" and nothing else, or a note says in which volume of his works it stands.
    """
    address = _ADDRESSES.get(document.language)
    headline = (0, document.headline)
    is_named = document.named_in(headline) or (document.language != "ko" and document.home_in(headline))
    if address is None or is_named:
        return None
    shows = document.pattern(address).fullmatch(document.small, *headline)
    if not shows and document.language == "ko":
        last = document.text.rfind("\n", 0, len(document.text.rstrip())) + 1
        shows = document.pattern(_IN_HIS_WORKS_KO).search(document.text, last)
    voices = document.lexicon.senders.get(document.language, ()) if shows else ()
    voice = next((voice for voice in voices if voice.code == LEADER), None)
    return (voice, shows.span(), "") if shows and voice else None


def leader_speaking(document: Document, rows: Sequence[Row]) -> tuple[Voice, Span, str] | None:
    """Return his voice, the first sentence of his words and his name, if the article is his; else None.

    An article about a message to him is not. `rows` are those of the other kinds, of which messages are used.
    """
    leaders = [n for n in document.home if n.role == "leader"]
    if document.word_of("inspection").search(document.small, 0, document.headline):
        return None  # what he says on the spot is reported
    if not leaders or not _is_about(document, leaders[0]) or _is_about_his_work(document, leaders[0]):
        return None
    if any(r["kind"] == "message" and (r["start"], r["end"]) in document.opening for r in rows):
        return None
    name = document.text[leaders[0].start : leaders[0].end]
    for voice in document.lexicon.senders.get(document.language, ()):
        if voice.code == LEADER and voice.speaker and voice.speaker.fullmatch(name.lower()):
            said = {
                document.sentence_at(n.start) for n in leaders if n.start > document.headline and _says(document, n)
            }
            said |= {document.sentence_at(place) for place in _he_says(document) if place >= document.headline}
            if len(said) >= (_AT_LENGTH_ASIAN if document.language in word_order.LANGUAGES else _AT_LENGTH):
                return voice, min(said), name
    return None


def _is_about(document: Document, leader: Mention) -> bool:
    """Return whether the headline, or the line below it that ends without a stop, is about what he does.

    Nothing but his honours stands before his name, or that it is done "under the guidance of" him.
    """
    if document.language in word_order.LANGUAGES:
        is_other_first = document.language == "zh" and _is_done_to(document, leader, 0)
        return leader.start <= min(document.headline, _OPENING) and not is_other_first
    line = document.text.rfind("\n", 0, leader.start) + 1
    below = document.text.find("\n", leader.end)
    is_stopped = line > document.headline + 1 or document.text.endswith((".", "!", "?", ":", '"'), line, below)
    if line > document.headline and is_stopped:
        return False
    is_honoured = document.pattern(_HONOURS).fullmatch(document.small, line, leader.start)
    return bool(is_honoured)


def _is_about_his_work(document: Document, leader: Mention) -> bool:
    """Return whether the headline is about a work of his: "Kim Jong Il's Work Studied Abroad"."""
    return document.text.startswith("'", leader.end, document.headline) or is_about_response(
        document, (0, document.headline)
    )


def _says(document: Document, leader: Mention) -> bool:
    """Return whether a verb of speech has the leader as its subject."""
    if document.language not in word_order.LANGUAGES:
        return bool(document.pattern(_SAYS).match(document.text, leader.end))
    start, end = document.sentence_at(leader.start)
    if document.language == "zh" and _is_done_to(document, leader, start):
        return False
    return holds_any(document.text[leader.end : end], document.class_words("leader_says"))


def _he_says(document: Document) -> Iterator[int]:
    """Yield where he speaks on, named by a pronoun; in Korean by the honorific of the verb."""
    if document.language == "ko":
        yield from document.places("leader_says")
    else:
        says = document.pattern(_HE_SAYS_ZH if document.language == "zh" else _HE_SAYS)
        yield from (match.start() for match in says.finditer(document.small, document.headline))


def _is_done_to(document: Document, leader: Mention, start: int) -> bool:
    """Return whether Chinese names the leader as the one whom another meets or writes to."""
    return bool(document.pattern(_TO_HIM_ZH).search(document.text, start, leader.start))


def is_opinion(document: Document, rows: Sequence[Row]) -> bool:
    """Return whether an article is such a piece; `rows` are those of the other kinds."""
    language = document.language
    if language not in _AT_LEAST:
        return False
    is_of_another = language in word_order.LANGUAGES and any(n.role == "outside" for n in document.home)
    if len(document.tones) < _HARSH or is_of_another or is_review(document):
        return False
    if sum(tone.strength < 0 for _, tone in document.tones) < _HARSH or any(n.role == "leader" for n in document.home):
        return False
    about = {r["partner"] for r in rows if r["kind"] == "attention" and r["code"] == "about"}
    body = document.body
    if len(body) < _AT_LEAST[language] or not about & document.lexicon.adversaries:
        return False
    if _is_heated(document):
        return True
    if _reports(document, body[0]):
        return False
    left = len(body) // _ONE_IN
    for sentence in body:
        left -= _reports(document, sentence)
        if left < 0:
            return False
    return not (language == "ko" and "니다." in document.text)  # how one speaks to others: an address or a message


def _is_heated(document: Document) -> bool:
    """Return whether a Korean text that speaks of "us" has two harsh words a sentence: it judges what it reports."""
    if document.language != "ko" or "니다." in document.text or not document.word_of("we").search(document.text):
        return False
    return sum(tone.strength < 0 for _, tone in document.tones) >= _HEATED * len(document.body)


def _reports(document: Document, sentence: Span) -> bool:
    """Return whether a sentence reports that somebody spoke, met or wrote."""
    if document.language == "en":
        return sentence in verbs_of_speech(document) or bool(document.word_of("news").search(document.small, *sentence))
    return holds_any(document.text[slice(*sentence)], document.class_words("news"))
