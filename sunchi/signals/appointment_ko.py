"""Appointments in Korean: "김성남이 당중앙위원회 국제부장으로 임명되였다", or the post first and then the name.

The name goes by its surname, the code by the verb; that the post is the home side's the sentence has to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sunchi.signals.events import Appointment
from sunchi.signals.reading import Reading
from sunchi.text import Span

_CODES = {
    "임명": "appointed", "등용": "appointed", "발탁": "appointed", "전임": "appointed",
    "선거": "elected", "보선": "elected", "선출": "elected", "추대": "elected",
    "해임": "relieved", "소환": "relieved", "경질": "relieved",
}  # fmt: skip
_VERB = "|".join(_CODES)
_TOLD = re.compile(_VERB)
_DONE = r"(?:되였|되었|됐|되시였|하였|했|하시였|된|되고|됐고|하고|함|$|[\s,.…]|확인)"
_OURS = re.compile(
    "당 ?중앙|로동당|노동당|당 ?(?:국제|총비서|비서|정치국)|내각|최고인민회의|국무위원|인민군|공화국|외무상|(?<!남)조선"
)
_AMBASSADOR = re.compile("대사(?!관)|총령사|총영사")
_NOT_YET = re.compile("축하|기념|[0-9]돐|돌을|주년|때부터|이후|당시|였던|될 듯|전망|가능성")
_OF_EXPERTS = re.compile("통(?:[으인이 ]|$)| ?전문가")  # "중국통인 김성남"
_NO_NAME = "(?:조선|우리|이번|이날|전체|정부|내각|신임|유엔)(?:[이가을를은는도,의]|\\s|$)"  # what begins like a surname
_OFFICE = re.compile("(?:장|상|비서|위원|총리|수상|대사|서기|사령관|특사|대표|령사|영사|부관|원사)$")
_BETWEEN = re.compile("^(?:동지)?[은는이가을를도, ]* ?(?:새 |신임 )?|직$|자리$")


@lru_cache(maxsize=4)
def _patterns(surname: str) -> tuple[re.Pattern[str], ...]:
    """Name before post, post before name; and one of several that share a verb: "김보기가 총리로, 박예시가 …"."""
    one = rf"(?<![가-힣])(?!{_NO_NAME})(?:{surname})(?:[가-힣]{{2}}|[가-힣])(?=동지|[이가을를은는도,]|\s|$)(?:동지)?"
    names = rf"(?P<names>{one}(?:(?:, ?|·|과 |와 ){one})*)"
    post = r"(?P<post>[^,.…<>\n]{2,60}?)"
    verb = rf"(?P<verb>{_VERB}){_DONE}"
    title = r"(?: [가-힣]{1,8}){0,4}?"  # 최룡해 당 중앙위 부위원장이
    return (
        re.compile(rf"{names}{title}[이가을를] {post}(?:으로|로)(?:도)? ?{verb}"),
        re.compile(rf"{names}(?:[이가을를은는도]|께서)? {post}(?:으로|로|에서|직에서|에)? ?{verb}"),
        re.compile(rf"(?P<post>[^,.…<>\n]{{2,60}}?)(?:으로|로|에|에서) {names}(?:{title}[이가을를])? ?{verb}"),
        re.compile(rf"{names}{title}[이가을를] {post}(?:으로|로)(?:도)?,? [^.\n]{{0,90}}?{verb}"),
    )


@lru_cache(maxsize=4)
def _name(surname: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![가-힣])(?!{_NO_NAME})(?:{surname})(?:[가-힣]{{2}}|[가-힣])(?=동지|[이가을를은는도,·과와]|\s|$)"
    )


def find(reading: Reading) -> Iterator[Appointment]:
    """Every appointment that a sentence reports as done, in order."""
    surname = reading.lexicon.posts.surnames["ko"]
    for sentence in reading.sentences if _TOLD.search(reading.text) else ():
        if _NOT_YET.search(reading.text, *sentence):
            if _TOLD.search(reading.text, *sentence):
                reading.drop("appointment", sentence, "recalled, or not yet done")
            continue
        told: set[str] = set()
        for pattern in _patterns(surname):
            for each in _read(reading, sentence, pattern, surname):
                if each.person not in told:
                    told.add(each.person)
                    yield each


def _read(reading: Reading, sentence: Span, pattern: re.Pattern[str], surname: str) -> Iterator[Appointment]:
    for match in pattern.finditer(reading.text, *sentence):
        post = _BETWEEN.sub("", match["post"].strip()).strip()
        partner = _partner(reading, match.span(), post)
        if partner is None or not _OFFICE.search(post) or not (partner or _is_ours(reading, sentence, match.start())):
            continue
        for person in _name(surname).findall(match["names"]):
            yield Appointment(_CODES[match["verb"]], person, post, partner, sentence)


def _partner(reading: Reading, span: Span, post: str) -> str | None:
    """The state of an ambassador, "" of other posts; None where another state is named with the post."""
    states = {n.partner for n in reading.named_in(span)}
    if not states:
        return ""
    return states.pop() if len(states) == 1 and _AMBASSADOR.search(post) else None


def _is_ours(reading: Reading, sentence: Span, start: int) -> bool:
    """Whether a sentence names the home side, and no other one after it before the person's name."""
    others = [n.start for n in reading.named_in((sentence[0], start)) if not _OF_EXPERTS.match(reading.text, n.end)]
    ours = [n.start for n in reading.home_in(sentence)] + [m.start() for m in _OURS.finditer(reading.text, *sentence)]
    return bool(ours) and (not others or any(max(others) < place < start for place in ours))
