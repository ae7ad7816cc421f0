"""Whose an article is: who issues a document that it names, and where it names none, the leader or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Voice
from sunchi.model import Row
from sunchi.signals.document import Document
from sunchi.signals.grammar.speech import verbs_of_speech
from sunchi.text import Span

_OF_ELSEWHERE = re.compile(r"(?: and \w+)?,? (?:of|for|del?) (?:(?:the|la) )?")  # The Foreign Ministry | of Syria
# a spokesman for the Foreign Ministry | issued the following statement; … said | in a statement
_ISSUES = {
    "en": Pattern(
        r"\s*(?P<who>[^;:]{3,240}?)(?:,? (?:on )?(?:\w+day|[A-Z][a-z]{2,8}\.? \d{1,2}),?)?,?"
        r" (?P<verb>{issue}|in a statement)\b"
    ),
    "es": Pattern(r"(?:[^;:]*, )?(?P<who>[^,;:]{3,120}) (?P<verb>{issue})\b", "es"),  # Sobre …, | el portavoz | dio
}
# On the day the statement was | issued: no subject that issues it
_NO_ISSUER = re.compile(r"^[Oo]n\b|\b(?:that|have|is|are)\b")
_AFTER_OF = re.compile(r" (?:of|for) (.+)$")  # "statement | of the ministry"
_NAME_ENDS = re.compile('["“]|就| 조선중앙통신')  # 김여정 | 《…》 담화; 外务省发言人 | 就…发表谈话
_STUDIED = re.compile(" Studies|연구[소실]")  # the Institute for American | Studies is Pyongyang's
_OF_OFFICE = re.compile("[가-힣]{0,8} ?")  # the state stands right before the office: 꾸바 | 공화국 | 외무성
# Pyongyang's are called 省 and 内阁: what these say is another state's
_OFFICE_ABROAD_ZH = Pattern("{office_abroad}[^,。]{0,12}$", "zh")
# The document is only told of, or a talk of two: 성명을 지지, 담화를 나누, 进行了友好的谈话
_RELAYED_KO = Pattern(
    "[을를].{0,48}?{response}|에서[^.]*한 ?바 ?있|(?:를 ?|(?<=담화))(?:하[였시고며]|나누|진행)|(?<=회담에 관한 공보문)",
    "ko",
)
_TALKED_ZH = Pattern("{friendly_talk}[^,。]{0,6}$", "zh")
LEADER = "leader"  # the code of his voice in authority.csv
# Kim Jong Un made an important speech; 김정은동지께서 … 연설을 하시였다
_MAKES_SPEECH = {
    "en": Pattern(r"(?P<who>{recent_leader}) {hold_speech} (?:[\w-]+ ){0,6}?{leader_speech}\b"),
    "ko": Pattern("(?P<who>{recent_leader})[^.\n]{0,80}{leader_speech}[을를] {hold_speech}", "ko"),
    "zh": Pattern("(?P<who>{recent_leader})[^。\n]{0,40}{hold_speech}了?[^。\n]{0,20}{leader_speech}", "zh"),
}
# A headline that tells of an audience of his, whose report gives his words: 김정은동지께서 … 국방상을 접견하시였다
_AUDIENCE_KO = Pattern("[^\n]*(?P<who>{recent_leader})동지께서 [^\n]*(?:접견|상봉|담화|회담을? ?)하시였다", "ko")
_HIS_WORDS_KO = Pattern("{recent_leader}동지께서[^\n]*고 (?:하시면서|말씀하시|강조하시|언급하시|확언하시)", "ko")
# A headline that is nothing but "New Year Address"
_ADDRESSES = {language: Pattern(r"[\W\d년年]*{leader_address}\W*", language) for language in ("en", "ko", "zh")}
# The note at its end that a text stands in his collected works
_IN_HIS_WORKS_KO = Pattern(r"{leader_works}\W*\d+ ?권[^.\n]{0,40}출판사[^\n]*\s*\Z", "ko")
_AT_LEAST = {"en": 6, "ko": 6, "zh": 4}  # sentences; in Spanish "ATCC comenta" stands in the headline
_HARSH = 2  # words of stance.csv
_ONE_IN = 8  # sentences may report that somebody spoke


def issuer_in(document: Document, span: Span, genre: re.Match[str]) -> Span | None:
    """Return where the issuer of a document, which `genre` names, may stand; None if a sentence only tells of it.

    In English it is the subject of the sentence that says it was issued, in a headline any place.
    """
    is_headline = span[0] < document.headline
    if not document.separates_words:
        relayed, talked = document.pattern(_RELAYED_KO), document.pattern(_TALKED_ZH)
        if relayed.match(document.text, genre.end(), span[1]) or talked.search(document.text, span[0], genre.start()):
            return None
        return span[0], genre.start() if is_headline else span[1]
    if is_headline:  # "Statement Supported in Laos"
        return None if document.word_of("response").search(document.small, *span) else span
    return _subject(document, span, genre.re)


def name_of_issuer(document: Document, span: Span, genre: re.Match[str]) -> str:
    """Return who issues a document, without titles: the lead's subject, or who stands after "of" in a headline.

    In Korean and Chinese it is who stands first in a headline, before the `genre`.
    """
    if not document.separates_words:
        return _NAME_ENDS.split(document.text[span[0] : genre.start()].strip(), maxsplit=1)[0].strip()
    lead = document.opening[-1]
    who = _subject(document, lead, None)
    if who and not is_foreign(document, lead[0], who, is_in_table=False):
        name = re.sub("^(?:[Aa]n?|[Tt]he|[Ee]l) ", "", document.unframed[slice(*who)].strip())
        return re.split(",(?! [A-Z][a-z]+ and [A-Z])", name, maxsplit=1)[0]  # no "North, South and Overseas Sides"
    after = _AFTER_OF.search(document.text[slice(*span)])
    return after[1] if after and span[0] < document.headline else ""


def is_foreign(document: Document, start: int, speaker: Span, *, is_in_table: bool) -> bool:
    """Return whether a speaker is another state's: "the Turkish Foreign Ministry", "the Foreign Ministry of Syria".

    A speaker that no row of the table names is foreign if a foreigner is named first in what begins at `start`.
    """
    after = _OF_ELSEWHERE.match(document.text, speaker[1])
    last = after.end() if after else speaker[1]
    near = [n for n in document.mentions if start <= n.start <= last]
    named = [n for n in near if not _STUDIED.match(document.text, n.end)]
    is_elsewhere = after and any(n.start == after.end() for n in named)
    if is_elsewhere or document.pattern(_OFFICE_ABROAD_ZH).search(document.text, start, speaker[0]):
        return True
    before = [n for n in named if n.start < speaker[1]]
    if is_in_table:
        return any(n.end >= speaker[0] - 1 or _OF_OFFICE.fullmatch(document.text, n.end, speaker[0]) for n in before)
    home = document.home_in((start, speaker[1] + 8))
    return bool(before) and not (home and home[0].start < before[0].start)


def _subject(document: Document, sentence: Span, genre: re.Pattern[str] | None) -> Span | None:
    """Return the subject of a sentence that says that a document was issued; None if it says no such thing."""
    issues = document.pattern(_ISSUES[document.language]).match(document.unframed, *sentence)
    if issues is None or (genre and not genre.search(document.small_unframed, issues.start("verb"), sentence[1])):
        return None
    who = issues["who"].rpartition(" said ")[2]  # "…, said a spokesman in a statement"
    return None if _NO_ISSUER.search(who.lstrip()) else (issues.end("who") - len(who), issues.end("who"))


def leader_alone(document: Document) -> tuple[Voice, Span, str] | None:
    """Return his voice, where it shows, and his name, if the article is his; else None."""
    language = document.language
    voice = next((voice for voice in document.lexicon.senders.get(language, ()) if voice.code == LEADER), None)
    if voice is None or language not in _MAKES_SPEECH:
        return None
    speaks = document.pattern(_MAKES_SPEECH[language])
    if speech := speaks.search(document.text, document.headline):
        return voice, document.sentence_at(speech.start()), speech["who"]
    receives = document.pattern(_AUDIENCE_KO).match(document.text, 0, document.headline)
    if receives and len(document.pattern(_HIS_WORDS_KO).findall(document.text, document.headline)) > 1:
        return voice, receives.span(), receives["who"]
    addresses = document.pattern(_ADDRESSES[language]).fullmatch(document.small, 0, document.headline)
    shows = addresses or document.pattern(_IN_HIS_WORKS_KO).search(document.text)
    return (voice, shows.span(), "") if shows else None


def is_opinion(document: Document, rows: Sequence[Row]) -> bool:
    """Return whether an article that names no issuer judges an adversary in its own name, in harsh words.

    `rows` are those of the other kinds.
    """
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
    return sentence in verbs_of_speech(document) or bool(document.word_of("news").search(document.small, *sentence))
