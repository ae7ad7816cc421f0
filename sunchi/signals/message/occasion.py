"""On what occasion a message was sent, and what day it bears, in the article's words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import is_review
from sunchi.signals.message.kinds import KINDS
from sunchi.signals.message.reported import Sent
from sunchi.text import Span

_UNTIL = r"(?=,| \(| (?:I|we) | from | on the same | on (?:[A-Z][a-z]+day|[A-Z][a-z]+\.? \d)|\. |\.?$|[.;:]\n)"
_HIS = r"(?:his|her|its|their|your|the|[A-Z][\w-]+(?: [\w-]+){0,3}'s)"
# "On the occasion of the holiday | gifts were presented"; "on the occasion of his birthday"; "on his election as";
# "marking the day", "as you celebrate the day"; "as regards the flood"
_OCCASIONS_EN = (
    Pattern(rf"\bOn (?:the )?occasions? of (?:the |his |her |its )?([^\n]+?)(?:(?= [\w-]+ (?:was|were) )|{_UNTIL})"),
    Pattern(rf"\bon (?:the )?occasions? of (?:the |his |her |its )?([^\n]+?){_UNTIL}"),
    Pattern(rf"\b(?:up)?on (?!the same )({_HIS} (?:[\w'.]+ ){{0,5}}?{{day_or_office}}[^\n,]*?){_UNTIL}"),
    Pattern(rf"\b(?:marking|celebrating|(?:to|we|you) (?:mark|celebrate)) (?:the )?([^\n]+?){_UNTIL}"),
    Pattern(rf"\b{{concerning}}(?! to\b) (?:the )?(?:fact that )?([^\n]+?){_UNTIL}"),
)
# 창건 75돐에 즈음하여; 생일 축하 편지
_OCCASIONS_KO = (
    Pattern(
        r"((?:[가-힣0-9]{1,20} ){0,3}[가-힣0-9]{0,20}{feast})(?:에 즈음하여|[을를] 맞|[을를] 축하|[과와] 관련)", "ko"
    ),
    Pattern(r"((?:[가-힣0-9]{1,20} )?[가-힣0-9]{0,20}{feast})(?: 축하| 기념)? {message_noun}", "ko"),
)
# 值此建国75周年之际; 祝贺当选; 就水灾向; 国庆的贺电
_OCCASIONS_ZH = (
    Pattern(r"{at_the_time}([^,;。\n在值]{2,60}?)之际", "zh"),
    Pattern(r"{celebrate}了?((?=[^,;。\n]{0,60}(?:{feast}|{success}))[^,;。\n]{2,60})", "zh"),
    Pattern(r"就([^,;。\n]{2,60}?)(?=向|给|致|发来|发去|发出|,)", "zh"),
    Pattern(r"([^,;。\n、的致送到来去了换]{0,12}{feast})的?{message_noun}", "zh"),
)
# "con motivo del aniversario"; "por el día nacional"
_OCCASIONS_ES = (
    Pattern(r"\b[Cc]on (?:motivo|ocasion) de(?:l| la| los| las)? ([^\n]+?)(?=,|;|\.\s|\.?$)", "es", re.MULTILINE),
    Pattern(r"\bpor ((?:el|la|su|sus) (?:[^\s,.]+ ){0,3}{feast}[^\n,;.]*)", "es"),
)
_OCCASIONS = {"en": _OCCASIONS_EN, "ko": _OCCASIONS_KO, "zh": _OCCASIONS_ZH, "es": _OCCASIONS_ES}
# "the death of Ana Example"; "Ana Example's death"
_OF_A_DEATH = (
    Pattern(r"\b({death} of (?:{before_a_name} )*[A-Z][\w-]+(?: [A-Z][\w-]+){0,4})"),
    Pattern(r"\b((?:[A-Z][\w-]+ ){1,4}[A-Z][\w-]+'s {death})\b"),
)
_THE = re.compile(r"^the (?=\S)")  # "the | day"
# 조선로동당이 | 창건 75돐에
_AFTER_A_SIDE = re.compile(r"^.*[가-힣](?:이|가|은|는|께서|께서는|에게|께|로부터|에게서|과|와)(?=\s) ")
_LONGEST = 160  # characters
# "Sept. 9, 2024", "Monday", and no "the May 1 Stadium"
_DATED_EN = Pattern(r"(?<!\bthe )\b({month}\.? \d{1,2}(?:, \d{4})?|{weekday})\b")
_DATED = re.compile(r"(?:\d{1,2}[월月] ?)?\d{1,2}[일日]")  # 9월 9일, 9月9日
_LETTERS = {"en": KINDS} | {language: Pattern("{message_noun}", language) for language in ("ko", "zh", "es")}
_OPENING = 2  # sentences in which a text says of what letters it tells
_FIRST_LINES = 900  # characters of a message in which its occasion stands


def occasion_of(document: Document, sent: Sent, given: Span) -> str:
    """Return the occasion in the words of the sentence, the message's first lines, or the article; "" without one."""
    language = document.language
    patterns = _OCCASIONS[language]
    if sent.kind in ("condolence", "wreath", "sympathy") and language == "en":
        patterns = (*patterns, *_OF_A_DEATH)
    for span in _where(document, sent, given):
        for pattern in patterns:
            match = document.pattern(pattern).search(document.text, *span)
            if match:
                held = _AFTER_A_SIDE.sub("", " ".join(document.shown(match.span(1)).split())).strip(" ,.")
                return _THE.sub("", held)[:_LONGEST]
    return ""


def _where(document: Document, sent: Sent, given: Span) -> Iterator[Span]:
    """Yield where the occasion may stand: greetings by word of mouth have none, a review has another in each line."""
    yield sent.span
    if heading := _heading(document, sent.span):
        yield heading
    yield given[0], min(given[1], given[0] + _FIRST_LINES)
    if document.body and sent.kind != "verbal" and not is_review(document):
        opening, *others = document.body[:_OPENING]
        yield opening
        letters = document.pattern(_LETTERS[document.language])
        yield from (each for each in others if each[0] < sent.span[0] and letters.search(document.small, *each))


def _heading(document: Document, sentence: Span) -> Span | None:
    """Return the line that the item of a list begins with: "- On the occasion of the day, | He received … | He …"."""
    at = bisect_left(document.body, sentence)
    while at > 0 and not document.text.startswith("-", document.body[at][0]):
        at -= 1
        if document.text.endswith(",", *document.body[at]):
            return document.body[at]
    return None


def dated(document: Document, span: Span) -> str:
    """Return the day that a report bears: "March 2", "Friday", 3월 2일."""
    pattern = document.pattern(_DATED_EN) if document.language == "en" else _DATED
    match = pattern.search(document.unframed, *span)
    return match[0] if match else ""
