"""On what occasion a message was sent, and what day it bears, in the article's words."""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.text import Span

_UNTIL = r"(?=[,;]| \(| from | on the same | on behalf | upon |,? I | on [A-Z][a-z]+(?:day|\.? \d)|\. |\.?$|[.:]\n)"
_HIS = r"(?:{own}|the|[A-Z][\w-]+(?: [\w-]+){0,3}'s)"
_FEAST = r"(?:[\w'-]+ ){0,2}?{day_or_office}(?= of\b|[,.])[^\n,]*?"
_NO_NAME = r"(?!Although |When |(?:\w+ ){1,3}?{body})"
_DEATH_EN = (
    r"\b(?P<day>{death} of (?:{before_a_name} )*[A-Z][\w-]+(?: [A-Z][\w-]+){0,4})",
    # "that leader | Kim Jong Il, chairman of the commission, passed away"
    rf"\b(?P<day>{_NO_NAME}[A-Z][\w-]+(?: [A-Z][\w-]+){{1,4}})(?:, [^.\n]{{1,200}},)? (passed away)",
)
_FOR_ES = r"\b(?:{occasion_opens}(?: {own})?|{on_a_day}(?= {own} [^\n,]*\b{day_or_office}\b))"
_WORDS_KO = "(?:[가-힣0-9]{1,20}(?:,[가-힣0-9]{1,20}){0,2} ){0,8}"
_CLOSES_KO = "(?:{occasion_closes}|(?: 축하)? {message_noun})"
_PATTERNS = {
    "en": (
        # "on the occasion of the | holiday"
        rf"\b{{occasion_opens}} (?!to\b)(?:{{own}} |the |fact that )*(?P<day>[^\n]+?){_UNTIL}",
        # "on | his election as", "on | Lao People's national day", and no "on the principles of independence"
        rf"\b{{on_a_day}} (?!the same )(?P<day>{_HIS} (?:(?!of )[\w'.]+ ){{0,5}}?{{day_or_office}}[^\n,]*?){_UNTIL}",
        # "on Thursday, the | 10th anniversary of", and no "on Thursday, the day nursery"
        rf"\b{{on_a_day}} (?:{{weekday}}|{{month}}\.? \d{{1,2}}), the (?P<day>{_FEAST})(?=[,;]|\. |\.?$)",
        *_DEATH_EN,
    ),
    # "con motivo de su | aniversario", "por | su eleccion", and no "por el canal diplomatico"
    "es": (rf"{_FOR_ES} (?P<day>[^\n,;(]+?)(?= ?[,;(]|\. |\.?$)",),
    # 우호,협조 및 호상원조에 관한 조약체결 65돐 | 에 즈음하여; 생일 | 축하 편지
    "ko": (rf"(?<![가-힣0-9])(?P<day>{_WORDS_KO}[가-힣0-9]{{0,20}}{{feast}}){_CLOSES_KO}",),
    # 值此 | 建国75周年 | 之际; 祝贺 | 当选; 就 | 水灾 | 向; 国庆 | 的贺电
    "zh": (
        r"{at_the_time}(?P<day>[^,;。\n在值]{2,60}?)之际",
        r"{celebrate}了?(?P<day>(?=[^,;。\n]{0,60}(?:{feast}|{success}))[^,;。\n]{2,60})",
        r"就(?P<day>[^,;。\n]{2,60}?)(?=[向给,]|{send})",
        r"(?P<day>[^,;。\n、的致送到来去了换]{0,12}{feast})的?{message_noun}",
    ),
}
_OCCASIONS = {lang: [Pattern(each, lang, re.MULTILINE) for each in some] for lang, some in _PATTERNS.items()}
_DEATHS = {"en": _OCCASIONS["en"][-len(_DEATH_EN) :]}
# 조선로동당이 | 창건 75돐에; 16일 | 조약체결 65돐에; 동상에 | 조국해방 81돐에; 인민을 대표하여 | 전쟁승리 81돐에
# but: 우리 나라와 몽골사이의 외교관계설정 50돐, 협조에 관한 조약, 최고 령도자
_PARTICLES = r"[이가은는께며]|[과와](?! [^ ]*사이)|에게서?|로부터|에(?! [관대]한)|하여|(?<!최)고"
_AFTER_A_SIDE = re.compile(rf"^.*(?:[가-힣](?:{_PARTICLES})|\d일) ")
_LONGEST = 160  # characters
# "Sept. 9, 2024", "Monday", and no "the May 1 Stadium"
_DATED_EN = Pattern(r"(?<!\bthe )\b({month}\.? \d{1,2}(?:, \d{4})?|{weekday})\b")
_DATED = re.compile(r"(?:\d{1,2}[월月] ?)?\d{1,2}[일日]")  # 9월 9일, 9月9日
_FIRST_LINES = 900  # characters of a message in which its occasion stands
_OPENING = 2  # sentences in which a text says of what letters it tells


@per_document  # those of a list share it
def occasion_of(document: Document, report: Span, given: Span, *, mourns: bool) -> str:
    """Return the occasion in the words of the report, the message's first lines, or the article; "" without one.

    Whoever `mourns` does so over the death that the article names, if the report does not say it.
    """
    # of a review's item, which begins with a dash or, if no item does, with its line
    items = [document.sentence_at(document.text.rfind(mark, 0, report[0] + len("- ")) + 1) for mark in ("\n- ", "\n")]
    opening = items if document.is_review else document.body[:_OPENING]
    every, deaths = _OCCASIONS[document.language], _DEATHS.get(document.language, []) if mourns else []
    spans = [(span, every) for span in ((given[0], min(given[1], given[0] + _FIRST_LINES)), *opening)]
    spans = [(report, every), ((document.headline, len(document.text)), deaths), *spans]
    looked = ((span, document.pattern(each)) for span, some in spans for each in some)
    found = (match for span, each in looked for match in each.finditer(document.text, *span))
    match = next((match for match in found if _is_occasion(document, match[0])), None)
    places = (match.span(n) for n in range(1, match.re.groups + 1)) if match else ()
    held = " ".join(" ".join(map(document.shown, places)).split())
    is_clause = "다는 " in held  # 김정은동지께서는 | 지진이 났다는 소식에 접하여
    held = held.rpartition("께서는 ")[2].removeprefix("나는 ") if is_clause else _AFTER_A_SIDE.sub("", held)
    return held.strip(" ,.").removeprefix("the ")[:_LONGEST]


def _is_occasion(document: Document, said: str) -> bool:
    """Return whether words tell of an occasion: not all that somebody is glad or angry "over" is one."""
    about = document.word_of("about_an_event").match(said)
    return not about or document.lexicon.occasion_words.search(said, about.end()) is not None


def dated(document: Document, span: Span) -> str:
    """Return the day that a report bears: "March 2", "Friday", 3월 2일."""
    pattern = document.pattern(_DATED_EN) if document.language == "en" else _DATED
    match = pattern.search(document.unframed, *span)
    return match[0] if match else ""
