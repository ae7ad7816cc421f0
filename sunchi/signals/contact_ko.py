"""Contacts in Korean: headline and first sentence, by their nouns of contact and the particles that mark the sides.

Two states besides the home side in one sentence are as often third parties as partners; then only a form that holds
both sides (조중, 북-러) tells whose contact it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.signals.events import Contact
from sunchi.signals.reading import Naming, Reading
from sunchi.text import Span

_TALKS = re.compile("정상회담|수뇌회담|수뇌상봉|(?<!자)회담|담화를 (?:나누|하)|접견|상봉하|면담|만나시|만났|만나 ")
_CALL = re.compile("신임장|작별방문|의례방문|예방")
_AMBASSADOR = re.compile("대사(?!관|국)|대리대사")
_RECEPTION = re.compile("연회|리셉션")
_AGREEMENT = re.compile("(?:협정|합의서|의정서|량해문|양해각서|조약|계획서|협약)[^.\n]{0,40}(?:조인|체결|서명|채택)")
_JOINT = re.compile("친선모임|친선련환모임|영화감상회|합동공연|공동공연|공동연회|사진전시회")
_DELEGATION = re.compile("대표단|방문단|참관단|예술단|시찰단")
_NAMED_DELEGATION = re.compile(
    "(?<![가-힣])(?:(?:[가-힣]+ ){5}|(?:[가-힣]+ ){0,4}[가-힣]*)(?:대표단|방문단|참관단|예술단|시찰단)"
)
_NOTHING_BETWEEN = re.compile(" ?(?:국가 ?)?")
_MOVES = re.compile("도착|떠났|떠나|귀국|돌아왔|출발|방문|입국|체류|찾았")
_VISIT = re.compile(r"방문|방북|방중|방러|방로|방미|방일|도착|귀국")
_SHORT = re.compile("방(중|러|로|미|일)")
_SHORT_HOSTS = {"중": "CN", "러": "RU", "로": "RU", "미": "US", "일": "JP"}
_HOST = re.compile(
    r"(?:을|를|에|으로|로|에로|에서)\s(?:[가-힣]+\s){0,3}?[가-힣]*(?:방문|도착|떠났|떠나|출발|귀국|돌아)"
)
_OURS = re.compile("북(?:측|쪽|한)? ?$|우리 ?나라 ?$")
_THEIRS = re.compile("남(?:측|쪽) ?$")
_OF_HOME = re.compile("[조북]")
_HERE = re.compile("방북|평양|우리 ?나라를|주조")
_NOT_YET = re.compile(
    "추진|제안|촉구|가능성|지지|기대|거부|무산|일축|결렬|요구|희망|부인|준비|의향|관측|전망|열자|하자|앞두고|가시권"
    "|움직임|예고|어떻게|성사|할듯|열릴|할 때|[될할날올릴]까|[?]"
)
_QUOTED = re.compile('["][^"\n]*["]')
_EMBASSY = re.compile("대사관")


def find(reading: Reading) -> Iterator[Contact]:
    """Every contact that headline or first sentence reports as having been, or being under way."""
    for lead in reading.opening:
        yield from read(reading, lead)


def read(reading: Reading, lead: Span) -> Iterator[Contact]:
    """Every contact that one sentence reports."""
    partner = _partner(reading, lead)
    if not partner:
        return
    told = _QUOTED.sub(lambda quote: " " * len(quote[0]), reading.text[: lead[1]])
    not_yet = _NOT_YET.search(reading.text, *lead)
    for kind in _kinds(reading, told, lead):
        if not_yet:
            reading.drop("contact", lead, "asked for, expected or refused: it has not taken place")
            return
        yield Contact(kind, partner, _who(reading, kind, lead), lead)


def _partner(reading: Reading, lead: Span) -> str:
    """The one state that a sentence names beside the home side, "" where there is none, or more than one."""
    named = reading.named_in(lead)
    pairs = [n for n in named if n.role == "pair" and _OF_HOME.search(reading.text, n.start, n.end)]
    states = {n.partner for n in pairs or named if n.role != "pair" or n in pairs}
    short = _SHORT.search(reading.text, *lead)
    if not states and short and reading.home_in(lead):
        return _SHORT_HOSTS[short[1]]
    ours = bool(pairs) or bool(reading.home_in(lead)) or bool(_HERE.search(reading.text, *lead))
    return states.pop() if len(states) == 1 and ours else ""


def _kinds(reading: Reading, held: str, lead: Span) -> Iterator[str]:
    """Kinds by the nouns of `held`, which is the text without what somebody says."""
    call = _CALL.search(held, *lead)
    talks = _TALKS.search(held, *lead)
    if call or (talks and _AMBASSADOR.search(held, *lead)):
        yield "courtesy_call"
    elif talks:
        yield "talks"
    delegation = _DELEGATION.search(held, *lead)
    if delegation and (talks or _RECEPTION.search(held, *lead) or _MOVES.search(held, delegation.end(), lead[1])):
        yield from _way(reading, lead, delegation.start())
    elif not delegation and _VISIT.search(held, *lead) and _visitor(reading, lead):
        yield "visit"
    for kind, pattern in (("reception", _RECEPTION), ("agreement", _AGREEMENT), ("joint_event", _JOINT)):
        if pattern.search(held, *lead):
            yield kind


def _way(reading: Reading, lead: Span, delegation: int) -> Iterator[str]:
    """delegation_in or _out, by whom the words before a delegation name last, but for its destination."""
    both = [n for n in [*reading.named_in(lead), *reading.home_in(lead)] if n.role != "pair" and n.end <= delegation]
    named = [n for n in both if not _HOST.match(reading.text, n.end, lead[1])]
    last = max(named, key=lambda n: n.start, default=None)
    if _OURS.search(reading.text, lead[0], delegation):
        yield "delegation_out"
    elif _THEIRS.search(reading.text, lead[0], delegation) or (last and last.partner != HOME):
        yield "delegation_in"
    elif last:
        yield "delegation_out"


def _visitor(reading: Reading, lead: Span) -> bool:
    """Whether a person goes to a state, or one of a state comes: "중국을 방문", "방중", "평양에 도착"."""
    if _EMBASSY.search(reading.text, *lead):
        return False
    if any(_HOST.match(reading.text, n.end, lead[1]) for n in reading.named_in(lead)) or _SHORT.search(
        reading.text, *lead
    ):
        return bool(reading.home_in(lead))
    people = [n for n in reading.named_in(lead) if n.role != "pair"]
    return bool(people) and bool(_HERE.search(reading.text, *lead))


def _who(reading: Reading, kind: str, lead: Span) -> tuple[Span, ...]:
    """The delegation of its own kinds; else the leaders and officials of a sentence; else the whole of it."""
    delegation = _NAMED_DELEGATION.search(reading.text, *lead)
    if delegation and kind.startswith("delegation"):
        return (delegation.span(),)
    both = sorted([*reading.named_in(lead), *reading.home_in(lead)], key=lambda n: n.start)
    people = tuple(_with_post(reading, n) for n in both if n.role in ("leader", "official"))
    return people or ((delegation.span(),) if delegation else (lead,))


def _with_post(reading: Reading, n: Naming) -> Span:
    """A person with the post that follows the name: "최선희 외무상"."""
    post = next(reading.lexicon.posts.offices(reading.text, "ko", n.end, n.end + 10), None)
    return n.start, post.end() if post and _NOTHING_BETWEEN.fullmatch(reading.text, n.end, post.start()) else n.end
