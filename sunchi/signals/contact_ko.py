"""Contacts in Korean: their words, and the particles and verbs at a sentence's end that say how they are meant."""

from __future__ import annotations

import re

from sunchi.signals.contact_by_nouns import Words, finders
from sunchi.signals.naming import Naming
from sunchi.signals.reading import Reading
from sunchi.text import Span

_DELEGATION = "(?:대표단|방문단|참관단|예술단|시찰단|합창단|관현악단|교향악단|공연단)"
_NAMED_DELEGATION = re.compile(f"(?<![가-힣])(?:(?:[가-힣]+ ){{5}}|(?:[가-힣]+ ){{0,4}}[가-힣]*){_DELEGATION}")
_NOTHING_BETWEEN = re.compile(" ?(?:국가 ?)?")
_TO_HOST = re.compile(
    r"(?:을|를|에|으로|로|에로|에서)\s(?:[가-힣]+\s){0,3}?[가-힣]*(?:방문|도착|떠났|떠나|출발|귀국|돌아)"
)
_NOT_YET = re.compile(
    "추진|제안|촉구|가능성|지지|기대|거부|무산|일축|결렬|요구|희망|부인|준비|의향|관측|전망|열자|하자|앞두고|가시권"
    "|움직임|예고|어떻게|성사|할듯|열릴|할 때|[될할날올릴]까|[?]|오는 [0-9]|예정|하게 된다|곧 [가-힣]+[을를로] 방문"
)


_YEARS_AGO = re.compile(r"[^.,\n]{0,14}?[0-9]+ ?(?:돐|돌|주년)")


def _not_yet(held: str, lead: Span, at: Span) -> bool:
    """The verb that says "proposed" stands last: all of the sentence is what it speaks of; or it is an anniversary."""
    return bool(_NOT_YET.search(held, *lead) or _YEARS_AGO.match(held, at[1]))


def _is_host(reading: Reading, n: Naming) -> bool:
    """중국을 방문, 평양에 도착."""
    return bool(_TO_HOST.match(reading.text, n.end))


def _named_delegation(reading: Reading, lead: Span) -> Span | None:
    match = _NAMED_DELEGATION.search(reading.text, *lead)
    return match.span() if match else None


def _with_post(reading: Reading, n: Naming) -> Span:
    """A person with the post that follows the name: "최선희 외무상"."""
    post = next(reading.lexicon.posts.offices(reading.small, "ko", n.end, n.end + 10), None)
    return n.start, post.end() if post and _NOTHING_BETWEEN.fullmatch(reading.text, n.end, post.start()) else n.end


WORDS = Words(
    talks=re.compile(
        "정상회담|수뇌회담|수뇌상봉|(?<!자)회담|담화를 (?:나누|하)|전략대화|접견|상봉하|면담|만나시|만났|만나 "
    ),
    call=re.compile("신임장|국서|작별 ?(?:방문|인사)|의례방문|예방"),
    ambassador=re.compile("대사(?!관|국)|대리대사"),
    embassy=re.compile("대사관"),
    reception=re.compile("연회|리셉션|초대모임|초대회"),
    agreement=re.compile("(?:협정|합의서|의정서|량해문|양해각서|조약|계획서|협약)[^.\n]{0,40}(?:조인|체결|서명|채택)"),
    joint=re.compile("친선모임|친선련환모임|영화감상회|합동공연|공동공연|공동연회|사진전시회"),
    delegation=re.compile(_DELEGATION),
    ours=re.compile("북(?:측|쪽|한)? ?$|우리 ?나라 ?$"),
    theirs=re.compile("남(?:측|쪽) ?$"),
    moves=re.compile("도착|떠났|떠나|귀국|돌아왔|출발|방문(?!단)|입국|체류|찾았"),
    visit=re.compile("방문|방북|방중|방러|방로|방미|방일|도착|귀국"),
    short=re.compile("방(중|러|로|미|일)"),
    hosts={"중": "CN", "러": "RU", "로": "RU", "미": "US", "일": "JP"},
    of_home=re.compile("[조북]"),
    here=re.compile("방북|평양|우리 ?나라를|주조"),
    sport=re.compile("축구|롱구|농구|배구|탁구|선수권|아시안컵|월드컵"),
    next_item=re.compile("한편|이날|같은 ?날|이에 ?앞서|[^.\\n]{0,20}(?:다른|별도) 기사"),
    recalled=re.compile("지난|작년|올해|앞서"),
    invited=re.compile("초청(?:에|으로|을 받)"),
    newcomer=re.compile("신임 ?[가-힣 ]{0,12}대사|부임"),
    they=re.compile("(?:그|그들|두 사람|쌍방|양측)[은는이가] "),
    speaks=re.compile("말하|말했|강조|지적|언급|밝혔|밝히|추억|회상|확신|환영|감사"),
    not_yet=_not_yet,
    is_host=_is_host,
    named_delegation=_named_delegation,
    with_post=_with_post,
)

find, read = finders(WORDS)
