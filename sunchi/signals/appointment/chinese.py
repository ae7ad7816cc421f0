"""Appointments in Chinese: "任命金成男为…部长", "金成男当选…委员", "免去金成男的…职务", one or a list of names.

Signs are those of the plain text: "," for the Chinese comma. The home side's people go by their surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.dates import is_of_an_older_year
from sunchi.signals.grammar.word_order import state_of_envoy
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Appointment
from sunchi.text import Span

_POST_ENDS = '(?=[,;。、\\"\\s]|的(?:消息|决定|命令|政令)|$)'
_POST = rf"(?:新任)?(?P<post>[^,;:。、\"\s]{{2,40}}?){_POST_ENDS}"
_AS = r"(?:接替[\u4e00-\u9fff]{2,4}?)?(?:同志)?,?{assume}"
_ALSO = "(?:还|并|同时|再次|再度|重新)?"
_WHO_IS = '[^,;:。、\\"\\s]{0,16}?'  # what stands before a name: 推举最高领导人金正恩
_WHEN = r"(?:已经?|日前|近日|今[天日]|昨[天日])?(?:于?(?:\d{1,2}月)?\d{1,2}日)?"
_AMBASSADOR = re.compile("大使(?!馆)|总领事")  # no 大使馆, the building
# Wished for, said of the past, or reported as a day to remember
_NOT_NEWS = Pattern("{back_then}|曾(?!任命|选|[^,;。]{1,16}的)", "zh")
_ALSO_THEN = re.compile("还(?:被|获|当|出)|同年|随后")  # of the time of the sentence before
_NOT_YET = Pattern("{may_be}[^;]{0,6}$", "zh")  # 将任命


@lru_cache(maxsize=4)
def _patterns(surname: str) -> tuple[tuple[str, Pattern], ...]:
    one = rf"(?:{surname})(?:(?![将被已曾拟])[\u4e00-\u9fff]){{1,2}}?"
    names = rf"(?P<names>{one}(?:[、和]{one})*)"
    complete = names.replace("{1,2}?", "{1,2}")  # no verb ends it: names have three signs, hardly ever two
    foreigner = r"(?P<names>[\u4e00-\u9fff·-]{2,20}?)"
    envoy = r"(?P<post>[^,;:。、\s]{0,20}?(?:大使|总领事))(?![馆])"
    templates = (
        ("appointed", rf"任命(?:{_WHO_IS}、)?{_WHO_IS}{names}{_AS}{_POST}"),
        ("appointed", rf"任命{foreigner}(?:同志)?为{envoy}"),
        ("appointed", rf"新任{envoy}{foreigner}{_WHEN}(?:抵[\u4e00-\u9fff])?(?:履新|就任|到任|赴任)"),
        ("elected", rf"{{elected}}{_WHO_IS}{names}{_AS}{_POST}"),
        ("elected", rf"{names}(?:同志)?{_ALSO}(?:当选为?|获选为?|被选为|被{{elected}}为|连任){_POST}"),
        ("appointed", rf"{names}(?:同志)?{_ALSO}(?:被任命为|获任命为|获任|升任|升为|出任|就任|接任){_POST}"),
        ("appointed", rf"{names}(?:同志)?{_WHEN}{{replace}}[\u4e00-\u9fff]{{2,4}}?(?:成为|任|{{assume}}){_POST}"),
        ("relieved", rf"(?:免去|免除|解除|召回){complete}(?:同志)?的?(?P<post>[^,;:。、\s]{{2,40}}?)职务"),
        (
            "relieved",
            rf"{names}(?:同志)?{_WHEN}被(?:免去|免除|解除|罢免)(?P<post>[^,;:。、\"\s]{{2,40}}?)(?:职务|{_POST_ENDS})",
        ),
        ("relieved", rf"{names}[则也还]?被?从(?P<post>[^,;:。、\s]{{2,30}}?)(?:名单)?中?(?:被)?除名"),
        ("relieved", rf"(?P<post>[^,;:。、\s]{{0,12}}(?:相|长|总理|大使|书记|委员|主席)){names}{_WHEN}被?{{relieved}}"),
    )
    return tuple((code, Pattern(template, "zh")) for code, template in templates)


def find(document: Document) -> Iterator[Appointment | Rejected]:
    """Every appointment to a post of the home side, and of ambassadors to and from it."""
    surname = document.lexicon.posts.surnames["zh"]
    told = document.word_of("appoint_stem")  # 任命, 当选
    for sentence in document.sentences if told.search(document.text) else ():
        if not told.search(document.text, *sentence):
            continue
        if _is_old(document, sentence) or document.pattern(_NOT_NEWS).search(document.text, *sentence):
            yield Rejected("appointment", sentence, "recalled, or not yet done")
            continue
        seen: set[tuple[str, str]] = set()
        for code, pattern in _patterns(surname):
            for each in _read(document, sentence, code, document.pattern(pattern)):
                if isinstance(each, Rejected):
                    yield each
                elif (each.person, each.post) not in seen:
                    seen.add((each.person, each.post))
                    yield each


def _is_old(document: Document, sentence: Span) -> bool:
    """Return whether a sentence tells of an older year, or goes on ("同年") with one that does."""
    if is_of_an_older_year(document, sentence):
        return True
    before = document.sentence_before(sentence)
    return bool(_ALSO_THEN.search(document.text, *sentence)) and is_of_an_older_year(document, before)


def _read(document: Document, sentence: Span, code: str, pattern: re.Pattern[str]) -> Iterator[Appointment | Rejected]:
    states = {n.partner for n in document.named_in(sentence)}
    ours = bool(document.home_in(sentence) or document.word_of("our_organ").search(document.text, *sentence))
    for match in pattern.finditer(document.text, *sentence):
        ambassador = _AMBASSADOR.search(match["post"])
        if not ours or (states and not (ambassador and len(states) == 1)):
            continue
        if document.pattern(_NOT_YET).search(document.text, sentence[0], match.start()):
            yield Rejected("appointment", sentence, "recalled, or not yet done")
            continue
        for person in re.split("[、和]", match["names"]) if "、" in match["names"] else [match["names"]]:
            yield Appointment(code, person, match["post"], "".join(states) or state_of_envoy(match["post"]), sentence)
