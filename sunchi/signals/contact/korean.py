"""Contacts in Korean: their words, and the particles and verbs at a sentence's end that say how they are meant."""

from __future__ import annotations

import re

from sunchi.signals.contact.nouns import Words, finders
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_DELEGATION = (
    "(?:대표단|방문단|참관단|예술단|시찰단|고찰단|사절단|기자단|의원단|교예단|합창단|협주단|관현악단|교향악단|공연단)"
)
_NAMED_DELEGATION = re.compile(f"(?<![가-힣])(?:(?:[가-힣]+ ){{5}}|(?:[가-힣]+ ){{0,4}}[가-힣]*){_DELEGATION}")
_NOTHING_BETWEEN = re.compile(" ?(?:국가 ?)?")
_POSTED = re.compile(" ?(?:련방|연방|공화국)? ?주재 ")  # 중국주재 우리 나라 대사관
_TO_HOST = re.compile(
    r"(?:을|를|에|으로|로|에로|에서)\s(?:[가-힣]+\s){0,3}?[가-힣]*(?:방문|도착|떠났|떠나|출발|귀국|돌아|찾아 |찾았)"
    r"|(?:[가-힣]*\s){0,4}?[가-힣]*(?<=의) ?초청"
    r"| ?(?:공식 ?|친선 ?|국가 ?|공식친선 ?)?방문(?:[ .\n]|$)"
    r"|에서\s(?:진행되는|열리는|개최되는)\s[^.\n]{0,60}참가"
)
# How Pyongyang writes, and nobody else: its endings, and its spelling of foreign names
_OF_THE_HOUSE = re.compile("[하되시]였[다으]|여왔다|동지께서|로씨야|윁남|꾸바")
# Who does it, as Pyongyang's papers write of their own, with no state named: 보건성에서는, 부총리 …동지가
_OURS_UNNAMED = re.compile(
    r"(?!.*(?:유엔|국제|세계|유럽|아시아|기구|련맹))[^.\n]*?"
    r"(?:동지(?:가|께서|께서는|는)|(?:령도자|원수님|장군님|총비서)께서는?|(?:성|위원회|동맹|협회|국|당|부|대학|총국|박물관)(?:에서|에서는|은|는|이|가)"
    r"|(?:상|부상|위원장|총장|국장|부장|비서|총리)(?:은|이)"
    "|외무성 [가-힣]+ [가-힣]{2,4}[을를] 단장으로) .*"
    r"|(?!.*(?:유엔|국제|세계|유럽|아시아|기구|련맹))[가-힣 ]*(?:성|위원회|동맹|협회|국|당|대학|총국)(?:과|와) ?",
    re.DOTALL,
)
_NOT_YET = re.compile(
    "추진|제안|촉구|가능성|지지|기대|거부|무산|일축|결렬|요구|희망|부인|준비|의향|관측|전망|열자|하자|앞두고|가시권"
    "|움직임|예고|어떻게|성사|할듯|열릴|할 때|[될할날올릴]까|[?]|오는 [0-9]|예정|하게 된다|곧 [가-힣]+[을를로] 방문"
)


_YEARS_AGO = re.compile(r"[^.,\n]{0,14}?[0-9]+ ?(?:돐|돌|주년)")


def _not_yet(held: str, lead: Span, at: Span) -> bool:
    """The verb that says "proposed" stands last: all of the sentence is what it speaks of; or it is an anniversary."""
    return bool(_NOT_YET.search(held, *lead) or _YEARS_AGO.match(held, at[1]))


def _is_host(document: Document, n: Mention) -> bool:
    """중국을 방문, 평양에 도착, 로씨야직업동맹의 초청에 따라."""
    return bool(_TO_HOST.match(document.text, n.end))


def _is_posted(document: Document, n: Mention) -> bool:
    return bool(_POSTED.match(document.text, n.end))


def _named_delegation(document: Document, lead: Span) -> Span | None:
    match = _NAMED_DELEGATION.search(document.text, *lead)
    return match.span() if match else None


def _with_post(document: Document, n: Mention) -> Span:
    """A person with the post that follows the name: "최선희 외무상"."""
    post = next(document.lexicon.posts.offices(document.small, "ko", n.end, n.end + 10), None)
    return n.start, post.end() if post and _NOTHING_BETWEEN.fullmatch(document.text, n.end, post.start()) else n.end


WORDS = Words(
    talks=re.compile(
        "정상회담|수뇌회담|수뇌상봉|(?<!자)회담|담화를 (?:나누|하)|전략대화|접견|상봉하|면담|만나시|만났|만나 "
        "|사이의 [^.\n]{0,30}위원회[^.\n]{0,10}회의가"
        "|(?:실무|그루빠|고위급|정치|외교|경제|군사)(?:협의|협상|회의|대화|접촉)"
        "|(?:협의|협상)[가를] (?:[^.\n]{1,30} )?(?:있었|진행|하였|했|가졌|가지였)"
    ),
    call=re.compile("신임장|국서|작별 ?(?:방문|인사)|의례방문|예방"),
    ambassador=re.compile("대사(?!관|국)|대리대사"),
    embassy=re.compile("대사관|우리 ?나라 ?주재 "),  # they live here
    reception=re.compile("연회|초대연|환영연|만찬|오찬|다과회|리셉션|초대모임|초대회"),
    agreement=re.compile(
        "(?:협정|합의서|합의문|의정서|량해문|량해각서|양해각서|조약|계획서|협약|협조문건)[^.\n]{0,40}(?:조인|체결|서명|채택|수표)"
        "|공동(?:성명|선언|선언문|합의문|코뮤니케|콤뮤니케)[에을를이가] ?(?:[가-힣]+ )?(?:조인|서명|채택|수표)"
        "|비준서[^.\n]{0,20}교환"
    ),
    joint=re.compile(
        "친선모임|친선련환모임|영화감상회|합동공연|공동공연|공동연회|사진전시회|미술전시회|도서전시회|영화(?:상영)?주간"
    ),
    gathering=re.compile("(?:기념|경축|친선)?(?:모임|집회|보고회|강연회|토론회)[가이] "),
    attended=re.compile(r"(?:대사관|대사|대리대사|외교관|손님)[^.\n]{0,50}(?:참가|초대|참석)"),
    leaders=None,
    delegation=re.compile(_DELEGATION),
    ours=re.compile("북(?:측|쪽|한)? ?$|우리 ?나라 ?$"),
    theirs=re.compile("남(?:측|쪽) ?$"),
    moves=re.compile(
        "도착|떠났|떠나|귀국|돌아왔|돌아갔|출발|방문(?!단)|입국|체류|찾았|돌아보|둘러보|참관(?!단)|관람|진정|경의를 표"
        "|단장으로 하는 (?:[가-힣]+ )?대표단[^.\n]*참가"
    ),
    visit=re.compile("방문|방북|방중|방러|방로|방미|방일|도착|귀국|떠났|출발|[을를] 찾(?:아 |은 |았)"),
    short=re.compile("방(중|러|로|미|일)"),
    hosts={"중": "CN", "러": "RU", "로": "RU", "미": "US", "일": "JP"},
    of_home=re.compile("[조북]"),
    here=re.compile(
        "방북|평양|우리 ?나라를|주조|만수대의사당|인민문화궁전|외교단회관|본부청사|만경대|태양궁전"
        "|국제친선전람관|고려호텔|라선시|원산시|(?<!남)조선과 |우리측"
    ),
    ours_unnamed=_OURS_UNNAMED,
    of_the_house=_OF_THE_HOUSE,
    sport=re.compile("축구|롱구|농구|배구|탁구|선수권|아시안컵|월드컵"),
    next_item=re.compile("한편|이날|같은 ?날|이에 ?앞서|[^.\\n]{0,20}(?:다른|별도) 기사"),
    recalled=re.compile("지난|작년|올해|앞서"),
    invited=re.compile("초청(?:에|으로|을 받)"),
    newcomer=re.compile("신임 ?[가-힣 ]{0,12}대사|부임"),
    they=re.compile("(?:그|그들|두 사람|쌍방|양측)[은는이가] "),
    speaks=re.compile("말하|말했|강조|지적|언급|밝혔|밝히|추억|회상|확신|환영|감사"),
    not_yet=_not_yet,
    is_host=_is_host,
    is_posted=_is_posted,
    named_delegation=_named_delegation,
    with_post=_with_post,
)

find, read = finders(WORDS)
