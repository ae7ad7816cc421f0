"""Who issues a document that a headline or a sentence names, and whether he is another state's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sunchi import text as texts
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.authority.unsigned import is_about_response
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

# The statement of the Foreign Ministry | of Syria
_OF_ELSEWHERE = re.compile(r"(?: and \w+)?,? (?:of|for|in) (?:the )?")
# A spokesman for the Foreign Ministry | issued the following statement; … | said in a statement
_ISSUES = Pattern(
    r"\s*(?P<who>[^;:]{3,240}?)(?:,? (?:on )?(?:\w+day|[A-Z][a-z]{2,8}\.? \d{1,2}),?)?,?"
    r" (?P<verb>{issue}|in (?:an?|its) (?:\w+ )?statement)\b"
)
_IN_THIS_REGARD = re.compile(r"In this(?: \w+)?,? ")  # "In this regard, | the ministry issued"
# On the day the statement was | issued: no subject that issues it
_NO_ISSUER = re.compile(r"^(?:Up)?[Oo]n\b|^(?:In|As|After|When)\b|\b(?:that|which|have|has|is|are|was|were)\b")
_AFTER_OF = re.compile(r" (?:of|by|for) (.+)$")  # "statement | of the ministry"
# 김여정 | 《…》 담화; 外务省发言人 | 就…发表谈话
_ISSUES_KO = re.compile(' ?["“]| 조선중앙통신')
_ISSUES_ZH = re.compile("就|针对|关于|发表|发布|公布|的$")  # 外务省发言人|就…
# The state stands right before the office: 꾸바공화국 외무성, 中国外交部
_OFFICE = re.compile("(?:[가-힣]{0,10}(?:공화국|련방|연방|왕국))? ?(?:정부 ?)?|[\u4e00-\u9fff]{0,8}[部省署府院厅军]")
_STUDIED_KO = re.compile("(?:문제)?연구[소실]")  # 외무성 일본연구소 is Pyongyang's
# Pyongyang's are called 省 and 内阁: what these say is another state's
_OFFICE_ABROAD_ZH = Pattern("{office_abroad}[^,。]{0,12}$", "zh")
# The document is only told of, or a talk of two; without blanks: 성명을 지지, 담화를 나누, 进行了友好的谈话
_RELAYED_KO = Pattern("[을를].{0,36}?{response}|에서[^.]*한바있|를(?:하[였시고며]|나누|했|[^.]{0,6}진행)", "ko")
_TALKED_ZH = Pattern("{friendly_talk}[^,。]{0,6}$", "zh")  # 进行了友好的|谈话


@dataclass(frozen=True, slots=True)
class Passage:
    """A headline or a sentence at the article's head, as the forms of authority.csv are matched in it."""

    span: Span
    text: str  # without the frame; Korean and Chinese without blanks
    small: str  # the same in small letters
    places: list[int] | None  # where each of its characters stands in the span, if blanks are left out
    is_headline: bool

    def located(self, found: Span) -> Span:
        """Return where in the document something stands that was found in the passage."""
        start, end = found
        if self.places and end:
            start, end = self.places[start], self.places[end - 1] + 1
        return self.span[0] + start, self.span[0] + end


def passage_at(document: Document, span: Span) -> Passage:
    """Return a sentence of a document as it is matched."""
    text, places = document.unframed[slice(*span)], None
    if document.language not in texts.WRITTEN_APART:
        text, places = texts.squeeze(text)
    return Passage(span, text, texts.in_small_letters(text), places, span[0] < document.headline)


def issuer_in(document: Document, passage: Passage, genre: re.Match[str]) -> Span | None:
    """Return where in a passage the issuer of a document, which `genre` names, may stand; None if it is only told of.

    In English that is the subject of the sentence that says it was issued, in a headline any place.
    """
    if passage.places is not None:
        is_relayed = _is_relayed(document, passage.text, genre.span())
        return None if is_relayed else (0, genre.start() if passage.is_headline else len(passage.text))
    if passage.is_headline:
        return None if is_about_response(document, passage.span) else (0, len(passage.text))
    return _subject(document, passage.text, genre.re)


def name_of_issuer(document: Document, passage: Passage) -> str:
    """Return who issues an English document, without titles: the first sentence's subject, or after "of" or "by"."""
    lead = document.opening[-1]
    sentence = document.unframed[lead[0] : lead[1]]
    who = _subject(document, sentence, None) if lead[0] > document.headline else None
    if who:
        start, end = who
        subject = (lead[0] + start, lead[0] + end)
        if lead == passage.span or not is_foreign(document, lead[0], subject, is_in_table=False):
            return re.sub("^(?:[Aa]n?|[Tt]he) ", "", sentence[start:end].strip()).partition(",")[0]
    after = _AFTER_OF.search(document.text[slice(*passage.span)])
    return after[1] if after and passage.is_headline else ""


def name_before(document: Document, before: Span) -> str:
    """Return who issues a document by the words that stand before it in a Korean or Chinese headline."""
    issues = _ISSUES_ZH if document.language == "zh" else _ISSUES_KO
    return issues.split(document.text[slice(*before)].strip(), maxsplit=1)[0].strip()


def is_foreign(document: Document, start: int, speaker: Span, *, is_in_table: bool) -> bool:
    """Return whether a speaker is another state's: "the Turkish Foreign Ministry", "the Foreign Ministry of Syria".

    A speaker that no row of the table names is foreign if a foreigner is named first in what begins at `start`.
    """
    after = _OF_ELSEWHERE.match(document.text, speaker[1])
    studied = " Studies"  # the Institute for American Studies is Pyongyang's
    if after and any(
        n.start == after.end() and not document.text.startswith(studied, n.end) for n in document.mentions
    ):
        return True
    if document.language == "zh" and document.pattern(_OFFICE_ABROAD_ZH).search(document.text, start, speaker[0]):
        return True
    before = [n for n in document.mentions if start <= n.start < speaker[1]]
    before = [n for n in before if not _STUDIED_KO.match(document.text, n.end)]
    if is_in_table:
        return any(n.end >= speaker[0] - 1 or _is_office_of(document, n, speaker[0]) for n in before)
    home = [n.start for n in document.home if start <= n.start <= speaker[1] + 8 and n.role != "outside"]
    return bool(before) and not (home and home[0] < before[0].start)


def _is_office_of(document: Document, mention: Mention, start: int) -> bool:
    """Return whether a state stands, in Chinese or Korean, right before the office that speaks."""
    return bool(_OFFICE.fullmatch(document.text, mention.end, start)) and not document.home_in((mention.end, start))


def _subject(document: Document, sentence: str, genre: re.Pattern[str] | None) -> Span | None:
    """Return the subject of an English sentence that says that a document was issued; None if it says no such thing."""
    leads = _IN_THIS_REGARD.match(sentence)
    issues = document.pattern(_ISSUES).match(sentence, leads.end() if leads else 0)
    if issues is None or (genre and not genre.search(texts.in_small_letters(sentence), issues.start("verb"))):
        return None
    who = issues["who"].rpartition(" said ")[2]  # "…, said a spokesman in a statement"
    return None if _NO_ISSUER.search(who.lstrip()) else (issues.end("who") - len(who), issues.end("who"))


def _is_relayed(document: Document, passage: str, genre: Span) -> bool:
    """Return whether a Korean or Chinese sentence only tells of a document, or means a talk of two."""
    if document.language == "zh":
        talked = document.pattern(_TALKED_ZH)
        return passage.startswith("谈话", genre[0]) and bool(talked.search(passage, 0, genre[0]))
    return bool(document.pattern(_RELAYED_KO).match(passage, genre[1]))
