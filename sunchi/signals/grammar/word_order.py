"""Of whom Korean and Chinese say a plain word of stance: what English says by prepositions, they say by order.

A deed or a name is of the state that stands nearest before it; a blame falls in Chinese on who stands after the verb or
after 对, in Korean on who stands before it, if he is not who blames.
"""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention, is_person
from sunchi.text import Span

_REACH = 40  # characters from a state's name to what is its own
_OBJECT = 30  # characters from a verb to whom it blames

# Not the deed of whoever stands before it, but what he fights, suffers or answers
_FOUGHT = {
    "ko": re.compile("반대하|맞서|저지|분쇄|짓부시|격퇴|물리치|대처|단호히"),
    "zh": re.compile("抗击|反对|反抗|击退|粉碎|外来|应对|挫败|防止|制止|抵御|遭受|遭到|受到|面对"),
}
# Not who does it, but to whom it is done: 꾸바에 대한 간섭, 对古巴的封锁
_SUFFERS_KO = re.compile(
    r"(?:인민|정부|당)?(?:에 ?대한|을|를|과의|와의|에게? ?(?=추종|맹종|아부|굴종|동조|편승)|에게?(?= )(?! ?의[한하해])"
    "|의 (?:장단|지휘봉|부추김|사촉|비호|조종)[에을밑]) ?"
)
# The West and alliances are no state: 서방의 제재
_OF_NO_STATE_KO = re.compile("(?:서방|나토|유럽동맹|유엔|적대세력들?)(?:나라|국가)?(?:들)?의 ?$")
_WHOSE_SUFFERS_KO = re.compile(r"의 [^.,]*[을를] ?")  # 꾸바의 제도를 말살
_SUFFERS_ZH = re.compile("(?:(?<![应反面])对|向|针对|干涉|侵略|反|唆使|指使|怂恿|利用)$")
_CLAUSE_ZH = re.compile("[,;。]")
_AT_ZH = re.compile("(?:对|就|针对)$")
_HOLDS_KO = re.compile("것|[다라자]고 |책동|행위|망동|소동|놀음|정책")
_IS_TOPIC_KO = re.compile(r"[가-힣]{0,8}(?:은|는) ")
_IS_BLAMED_KO = re.compile("(?:을|를)? ?(?:받|당하|자아)")  # 규탄을 받고있다
_SPEAKS_KO = re.compile("(?![과와의을를에])[가-힣 ]{0,14}?(?:은|는|이|가) ")
_IS_SUBJECT_KO = re.compile(r"[가-힣]{0,8}(?:은|는|이|가) ")
# 중국에서, 중국의 베이징에서, 미국 국회에서; 중국을 거쳐
_PLACE_KO = re.compile(
    " ?(?:(?:의? [가-힣]{1,6}|땅|전역|각지)?(?:에서|을 거쳐|를 거쳐|을 경유|를 경유)|에 있는|(?:의 )?(?:동북|만주))"
)
_POSTED_KO = re.compile(" ?주재")
_PLACE_ZH = re.compile("(?:在|途经|经由)$")
_PART_ZH = re.compile("东北|境内|各地")
# To whom another's deed goes: 이라크를 침략하였다, 入侵伊拉克
_OBJECT_KO = re.compile("(?:을|를|에|에게|에로|과의?|와의?|로부터|에게서) ")
_OBJECT_ZH = re.compile("(?:入侵|侵略|侵入|攻打|轰炸|袭击|占领|制裁|干涉|出兵|向|对|给|与|同)了?$")
_DOES_KO = re.compile("(?:[과와] 서방)?(?:정부|당국|군부|군대|군|반동들|제국주의자들|행정부)?(?:은|는|이|가) ")
# A subject of our own, or of those in the south: 우리는, 조선은
_WE_KO = re.compile("(?:우리|조선|남조선|공화국|북한|한국)(?: ?(?:정부|당국))?(?:은|는|이|가) ")
# No verb of speaking or judging stands between: 朝鲜认为这是…, 朝鲜把军演视为…
_IS_SO_ZH = re.compile("[^,;:。说称示调责出为告斥评揭把将视看当]{0,20}(?:是|为|构成|属于)")
_WE_ZH = re.compile("我们|我国|我军|共和国|国际社会|各国|人民|朝方|中方|双方|两国|三方")
_FROM_SUBJECT = 30  # characters from a sentence's subject to what he ought to do
# An example out of history, of which nothing new is told: 리비아의 교훈, 伊拉克的悲剧
_LESSON_KO = re.compile("(?:의|에서|과|와| )(?:(?![은는이가] )[가-힣 ]){0,16}?(?:교훈|비극|전철|좌절|붕괴|참사|실례)")
_LESSON_ZH = re.compile("的?[^,;。\n]{0,6}?(?:悲剧|教训|下场|覆辙|遭遇|解体|垮台|剧变)")


def doers(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Whose a deed or a name is."""
    chinese = document.language == "zh"
    if not chinese and _OF_NO_STATE_KO.search(document.text, max(0, span[0] - 12), span[0]):
        return []
    named = [n for n in named if not document.opposes(n)]
    for mention in reversed([n for n in named if n.start < span[1]]):
        suffers = (
            _SUFFERS_ZH.search(document.text, max(0, mention.start - 2), mention.start)
            if chinese
            else _SUFFERS_KO.match(document.text, mention.end)
            or _WHOSE_SUFFERS_KO.fullmatch(document.text, mention.end, span[0])
        )
        if suffers:
            continue
        between = (mention.end, span[0])
        fought = _FOUGHT["zh" if chinese else "ko"].search(document.text, *between)
        if fought or between[1] - between[0] > _REACH:
            return []
        return document.together([n for n in reversed(named) if n.start <= mention.start])
    return []


def blamed(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """On whom a blame falls."""
    if document.language == "ko":
        return _blamed_before(document, span, named)
    comma = _CLAUSE_ZH.search(document.text, span[1], sentence[1])
    end = min(comma.start() if comma else sentence[1], span[1] + _OBJECT)
    after = [n for n in named if span[1] <= n.start < end]
    home = [n.start for n in document.home_in((span[1], end))]
    if after and not (home and home[0] < after[0].start):
        return document.together(after)
    at = [n for n in named if n.end <= span[0] and _AT_ZH.search(document.text, max(0, n.start - 2), n.start)]
    return (
        [] if home or not at else document.together([n for n in named if n.start >= at[-1].start and n.end <= span[0]])
    )


def _blamed_before(document: Document, span: Span, named: list[Mention]) -> list[str]:
    before = [n for n in named if n.end <= span[0]]
    if not before:
        return []
    between = (before[-1].end, span[0])
    if _IS_BLAMED_KO.match(document.text, span[1]):
        return document.together(before[::-1])
    if _IS_TOPIC_KO.match(document.text, *between) and not _WE_KO.search(document.text, *between):
        return []  # 중국은 이 행위를 규탄하였다
    if _IS_SUBJECT_KO.match(document.text, *between) and not _HOLDS_KO.search(document.text, *between):
        return []  # it is who blames
    return document.together(before[::-1])


def blames(document: Document, mention: Mention) -> bool:
    """Whether a state that a Korean sentence names may be who blames in it: its subject."""
    return document.language != "ko" or bool(_SPEAKS_KO.match(document.text, mention.end))


def asked(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Who ought to do something: the last subject before it (일본은 사죄하여야, 日本应当谢罪), if not ours."""
    if document.language == "zh":
        return _asked_zh(document, span, named)
    asked = next((n for n in reversed(named) if n.end <= span[0] and _DOES_KO.match(document.text, n.end)), None)
    if asked is None or _WE_KO.search(document.text, asked.end, span[0]):
        return []
    return document.together([n for n in reversed(named) if n.start <= asked.start])


def _asked_zh(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Of whom Chinese asks it: who stands right after 要求, or opens the sentence in which he 应当."""
    if document.text.startswith("要求", span[0]):
        return document.together([n for n in named if span[1] <= n.start <= span[1] + 1])
    before = [n for n in named if n.end <= span[0]]
    if not before or _WE_ZH.search(document.text, before[0].start, span[0]):
        return []
    subject = [n for n in before if not _SUFFERS_ZH.search(document.text, max(0, n.start - 2), n.start)]
    return document.together(subject) if subject and span[0] - subject[0].end <= _FROM_SUBJECT else []


def is_said_of_us(document: Document, span: Span, sentence: Span) -> bool:
    """Whether others say in Chinese of a deed of ours that it is so: 朝鲜发射导弹是军事挑衅."""
    ours = document.home_in((sentence[0], span[0])) if document.language == "zh" else []
    if not ours or document.named_in((ours[-1].end, span[0])):
        return False
    at_us = _SUFFERS_ZH.search(document.text, max(0, ours[-1].start - 2), ours[-1].start)
    return not at_us and bool(_IS_SO_ZH.fullmatch(document.text, ours[-1].end, span[0]))


def wished(document: Document, named: list[Mention]) -> list[str]:
    """Those whom a friendly sentence names as more than a place."""
    meant = [n for n in named if not is_place(document, n) and not _is_posting(document, n)]
    return [n.partner for n in meant if not document.opposes(n)]


def taking_part(document: Document, sentence: Span) -> list[Mention]:
    """The states of a sentence without those of an old struggle and, where persons are named, of a Chinese venue."""
    named = [n for n in document.named_in(sentence) if not document.opposes(n)]
    if document.language != "zh":
        return named
    venues = {n.partner for n in named if is_place(document, n)}
    elsewhere = [n for n in named if is_person(n) or n.partner not in venues]
    return elsewhere if any(map(is_person, elsewhere)) else named


def is_place(document: Document, mention: Mention) -> bool:
    """Named as where something is, or through where somebody goes: 중국에서, 在中国."""
    if document.language == "zh":
        is_there = _PLACE_ZH.search(document.text, max(0, mention.start - 2), mention.start)
        return bool(is_there or _PART_ZH.match(document.text, mention.end))
    return bool(_PLACE_KO.match(document.text, mention.end))


def _is_posting(document: Document, mention: Mention) -> bool:
    """Named as where ours are posted, or from where they are: 로씨야주재, 驻俄罗斯."""
    if document.language == "zh":
        return document.text.endswith("驻", 0, mention.start)
    return bool(_POSTED_KO.match(document.text, mention.end))


def is_object(document: Document, mention: Mention, named: list[Mention]) -> bool:
    """To whom the deed of another state, which its sentence names as its subject, goes; `named` are the sentence's."""
    others = [n for n in named if n.partner != mention.partner and n.end <= mention.start]
    if document.language == "zh":
        return bool(others and _OBJECT_ZH.search(document.text, max(0, mention.start - 3), mention.start))
    does = any(_DOES_KO.match(document.text, n.end) for n in others)
    return does and bool(_OBJECT_KO.match(document.text, mention.end))


def is_lesson(document: Document, mention: Mention) -> bool:
    """Named for what befell it once: 리비아의 교훈, 伊拉克的悲剧; or in a list whose last is."""
    lesson = _LESSON_ZH if document.language == "zh" else _LESSON_KO
    listed = document.named_in((mention.start, mention.end + _REACH))
    last = listed[len(document.together(listed)) - 1]
    return bool(lesson.match(document.text, last.end))
