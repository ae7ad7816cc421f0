"""On what occasion a message was sent, and what day it bears, in the article's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.signals.document import Document
from sunchi.signals.grammar.english import is_review
from sunchi.signals.message.reported import Sent
from sunchi.text import Span

_UNTIL = r"(?=,| \(| from | on the same | on (?:[A-Z][a-z]+day|[A-Z][a-z]+\.? \d)|\. |\.?$|[.;:]\n)"
_EVENT = (
    r"(?:anniversary|birthday|birth|appointment|reappointment|election|re-?election|inauguration|assumption|independence"
    r"|national day|New Year|victory|foundation|founding|demise|death|liberation|day)"
)
_WHOSE = r"(?:his|her|its|their|your|the|[A-Z][\w-]+(?: [\w-]+){0,3}'s)"
_OCCASIONS_EN = (
    re.compile(rf"\bon (?:the )?occasions? of (?:the |his |her |its )?([^\n]+?){_UNTIL}"),
    re.compile(rf"\b(?:up)?on (?!the same )({_WHOSE} (?:[\w'.]+ ){{0,5}}?{_EVENT}[^\n,]*?){_UNTIL}"),
    re.compile(rf"\b(?:marking|to mark|to celebrate|celebrating) (?:the )?([^\n]+?){_UNTIL}"),
    re.compile(
        rf"\b(?:over(?! to\b)|as regards|in connection with|with regard to) (?:the )?(?:fact that )?([^\n]+?){_UNTIL}"
    ),
)
_OCCASIONS_KO = (
    re.compile(
        r"((?:[가-힣0-9]+ ){0,3}[가-힣0-9]*(?:돐|돌|주년|생일|명절|절|새해|년|선거된것|선출된 것))"
        r"(?:에 즈음하여|을 맞|를 맞|을 축하|를 축하|과 관련|와 관련)"
    ),
    re.compile(
        r"((?:[가-힣0-9]+ )?[가-힣0-9]*(?:생일|절|기념|창건|수교 [0-9]+(?:돐|돌|주년)))"
        r"(?: 축하| 기념)? (?:축전|친서|꽃바구니)"
    ),
)
_OCCASIONS_ZH = (
    re.compile(r"(?:值此|值|正值|适逢|欣逢|恰逢|在)([^,;。\n在值]{2,60}?)之际"),
    re.compile(
        r"(?:祝贺|庆祝|纪念|电贺|恭贺)了?"
        r"((?=[^,;。\n]{0,60}(?:周年|国庆|生日|诞辰|新年|春节|节|当选|连任|就任|上任|胜利))[^,;。\n]{2,60})"
    ),
    re.compile(r"就([^,;。\n]{2,60}?)(?=向|给|致|发来|发去|发出|,)"),
    re.compile(
        r"([^,;。\n、的致送到来去了换]{0,12}(?:周年|国庆节|国庆|生日|诞辰|新年|春节|节日|建党节))(?:的)?(?:贺电|贺信|贺年卡|贺卡|花篮|礼物)"
    ),
)
_OCCASIONS_ES = (
    re.compile(r"\b[Cc]on (?:motivo|ocasion) de(?:l| la| los| las)? ([^\n]+?)(?=,|;|\.\s|\.?$)", re.MULTILINE),
    re.compile(
        r"\bpor ((?:el|la|su|sus) (?:[^\s,.]+ ){0,3}(?:aniversario|cumpleanos|natalicio|eleccion|reeleccion"
        r"|nombramiento|dia|fallecimiento)[^\n,;.]*)"
    ),
)
_OCCASIONS = {"en": _OCCASIONS_EN, "ko": _OCCASIONS_KO, "zh": _OCCASIONS_ZH, "es": _OCCASIONS_ES}
_OF_A_DEATH = (
    re.compile(
        r"\b((?:demise|passing|passing away|death) of (?:(?:leader|HE|H\.E\.|His Excellency|Mr\.|the|late|Comrade"
        r"|President|General|respected|great|dear) )*[A-Z][\w-]+(?: [A-Z][\w-]+){0,4})"
    ),
    re.compile(r"\b((?:[A-Z][\w-]+ ){1,4}[A-Z][\w-]+'s (?:demise|passing|death))\b"),
)
_MOURN = ("condolence", "wreath", "sympathy")
_SPOKEN = "verbal"  # greetings that are passed on by word of mouth are on no occasion
_THE = re.compile(r"^the (?=\S)")
_AFTER_A_SIDE = re.compile(r"^.*[가-힣](?:이|가|은|는|께서|께서는|에게|께|로부터|에게서|과|와)(?=\s) ")
_LONGEST = 160  # characters
_DATED = re.compile(
    r"(?<!\bthe )\b((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
    r"|(\d{1,2}월 ?\d{1,2}일|\d{1,2}일|\d{1,2}月\d{1,2}日|\d{1,2}日)"
)
_FIRST_LINES = 900  # characters of a message in which its occasion stands


def occasion_of(document: Document, sent: Sent, given: Span) -> str:
    """In its sentence's words, those of the message's first lines, or the article's; "" where none names one."""
    language = document.language
    patterns = _OCCASIONS[language]
    if sent.kind in _MOURN and language == "en":
        patterns = (*patterns, *_OF_A_DEATH)
    for span in _where(document, sent, given):
        for pattern in patterns:
            match = pattern.search(document.text, *span)
            if match:
                held = _AFTER_A_SIDE.sub("", " ".join(document.shown(match.span(1)).split())).strip(" ,.")
                return _THE.sub("", held)[:_LONGEST]
    return ""


def _where(document: Document, sent: Sent, given: Span) -> Iterator[Span]:
    yield sent.span
    yield given[0], min(given[1], given[0] + _FIRST_LINES)
    if document.body and sent.kind != _SPOKEN and not is_review(document):  # there each line is another matter
        yield document.body[0]


def dated(document: Document, span: Span) -> str:
    match = _DATED.search(document.unframed, *span)
    return (match[1] or match[2]) if match else ""
