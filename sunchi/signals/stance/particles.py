"""The states that Korean and Chinese say a plain word of stance of, by order and by particles.

A deed or a name is of the state that stands nearest before it; a blame falls in Chinese on who stands after the verb or
after 对, in Korean on who stands before it, if he is not who blames. prepositions.py has the same for English and
Spanish.
"""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.word_order import are_brethren, is_patient, is_place
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_REACH = 40  # characters from a state's name to what is its own
_OBJECT = 30  # characters from a verb to whom it blames
# 로씨야에 대한 | 적대행위를 규탄, but not 일본에 대한 | 규탄; 꾸바와의 | 친선을 훼손하는 자를 용납하지 않는다
_AT_WHOM_KO = re.compile("에 ?(?:대한|대립|대항|맞서) ?[^ ]|[와과]의 ")
# 핵전쟁을 방지, 원쑤들의 앞길을 막
_PREVENTED_KO = Pattern(
    "(?:[가-힣]{0,3}의 [가-힣]{1,4}|[와과] [가-힣]{1,6})?(?:행위|책동)?[을를] ?(?:[가-힣]{1,8} ){0,2}?{prevent}", "ko"
)
# 미국의 무모한 | 핵전쟁책동을 방지, 미국이 감행하는 | 침략을 반대
_NEW_PHRASE_KO = re.compile("[가-힣](?:[이가을를]|에서?|으로|[며고]) |,")  # 쏘련을 찾고, 제국주의자들이
_ITS_OWN_KO = re.compile(r"(?:[가-힣]{0,8}의 |[이가] )?(?:[가-힣]+(?:적|적인|한|는|로운) ?){0,2}[가-힣]{0,6}")
# 로씨야외무성 대변인 | 서방의 책동을 규탄: in a headline who blames bears no particle
_SPEAKER_KO = Pattern("(?:[가-힣]{0,9} ?){0,2}?{speaker_abroad}(?: ?{speaker_abroad})?(?: |[은는] )", "ko")
# 우크라이나 | 분쟁을 부추긴다고 비난, 팔레스티나 | 령토: what is fought over, and no doer
_FOUGHT_OVER_KO = Pattern(" ?{fought_over}", "ko")
# 로씨야|외무성 부상이 … 기자회견에서, 중국|외교부 대변인이 … 기자의 질문에
_TELLS_KO = Pattern("(?![과와의을를에])[가-힣 ]{0,30}?[은는이가] (?P<where>[^\n]*{speech_or_writing})?", "ko")
_CLAUSE_ZH = re.compile("[,;。]")  # where a clause ends
_AT_ZH = ("对", "就")
_TOPIC_KO = re.compile("[가-힣]{0,8}[은는] ")  # 중국 | 은 이 행위를 규탄하였다
_SUBJECT_KO = re.compile("(?:의 )?[가-힣]{0,10}(?: [가-힣]{1,8}){0,3}[은는이가] ")  # 중국|의 행위는, 미|행정부가
_IS_BLAMED_ZH = re.compile("(?:受到|遭到|遭受|招致)[^,;。]{0,14}$")
_IS_BLAMED_KO = re.compile("[을를]? ?(?:받|당하|자아)")  # 규탄을 받고있다
# 일본당국은, 미국과 서방이
_DOES_KO = Pattern("(?:[과와] 서방)?{rulers}?[은는이가도] ", "ko")
_WE_KO = re.compile("우리(?: ?(?:정부|국가))?[은는이가] ")  # a subject of our own


def owners(document: Document, span: Span, named: list[Mention], *, is_name: bool) -> list[str]:
    """Return the states whose deed a word is, or whose name (`is_name`), which stands in one phrase with its state."""
    is_korean = document.language == "ko"
    next_to = [n for n in named if n.start >= span[1] and not document.text[span[1] : n.start].strip()]
    if is_korean and next_to:  # 공동의 원쑤 | 미제
        return [next_to[0].partner]
    is_prevented = is_korean and document.pattern(_PREVENTED_KO).match(document.text, span[1])
    for mention in reversed([n for n in named if n.start < span[1]]):
        between = (mention.end, max(mention.end, span[0]))
        if is_patient(document, mention, span) or is_place(document, mention) or are_brethren(document, mention):
            continue
        if _is_no_doer(document, mention):
            continue
        if any(document.word_of(others).search(document.text, *between) for others in ("withstand", "alliance")):
            return []  # not his deed, but what he fights, suffers or answers
        is_farther = is_name and _NEW_PHRASE_KO.search(document.text, *between)
        is_of_another = is_prevented and not _ITS_OWN_KO.fullmatch(document.text, *between)
        if is_farther or is_of_another or span[0] - mention.end > _REACH or _is_of_a_friends_words(document, mention):
            return []
        return document.together([n for n in reversed(named) if n.start <= mention.start])
    return []


def _is_of_a_friends_words(document: Document, mention: Mention) -> bool:
    """Return whether Korean names the envoy or spokesman of a friend, who speaks of others: 라오스대사는 …고 썼다."""
    is_friend = document.language == "ko" and mention.partner not in document.lexicon.adversaries
    return is_friend and bool(document.pattern(_SPEAKER_KO).match(document.text, mention.end))


def blamed(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states that are blamed."""
    if document.language == "ko":
        return _blamed_before(document, span, named)
    if _IS_BLAMED_ZH.search(document.text, sentence[0], span[0]):  # 美国受到古巴人民的 | 谴责
        return document.together(named[:1])
    comma = _CLAUSE_ZH.search(document.text, span[1], sentence[1])
    end = min(comma.start() if comma else sentence[1], span[1] + _OBJECT)
    after = [n for n in named if span[1] <= n.start < end]
    before = [n for n in named if n.end <= span[0]]
    at = next((k for k, n in enumerate(before) if document.text.endswith(_AT_ZH, 0, n.start)), len(before))
    return document.together(after or before[at:])


def _blamed_before(document: Document, span: Span, named: list[Mention]) -> list[str]:
    before = [n for n in named if n.end <= span[0]]
    if before and _IS_BLAMED_KO.match(document.text, span[1]):  # 미국은 꾸바인민의 규탄을 받았다
        does = document.pattern(_DOES_KO)
        return document.together([n for n in before if does.match(document.text, n.end)][:1] or before[::-1])
    speaks, invades = document.pattern(_SPEAKER_KO), document.word_of("invasion")
    before = [n for n in before if not speaks.match(document.text, n.end)]
    before = [n for n in before if not _AT_WHOM_KO.match(document.text, n.end, span[0])]
    before = [n for n in before if not (_is_no_doer(document, n) or invades.match(document.text, n.end))]
    if document.text.endswith("고 ", 0, span[0]):
        doer = _quoted_doer(document, before, span)
        return document.together([n for n in reversed(before) if doer and n.start <= doer.start])
    if not before or _TOPIC_KO.match(document.text, before[-1].end, span[0]):
        return []
    return document.together(before[::-1])


def _quoted_doer(document: Document, before: list[Mention], span: Span) -> Mention | None:
    """Return the subject of what Korean quotes before a verb of blame: 로씨야는 | 미국이 | …하고있다고 비난하였다."""
    quoted = document.text.rfind("고 하면서 ", 0, span[0])  # …라고 하면서 | 도이췰란드의 행위는 도발이라고 비난
    subjects = [n for n in before if n.start > quoted and _SUBJECT_KO.match(document.text, n.end)]
    if subjects and quoted < 0 and before[-1] != subjects[0] and _TOPIC_KO.match(document.text, subjects[0].end):
        return (subjects[1:] or before[-1:])[0]  # 중국은 | 미국의 판매를 간섭이라고 규탄
    return subjects[0] if subjects else None


def _is_no_doer(document: Document, mention: Mention) -> bool:
    """Return whether Korean names a state as what is opposed or fought over: 반|꾸바책동, 우크라이나|분쟁."""
    is_fought_over = document.pattern(_FOUGHT_OVER_KO).match(document.text, mention.end)
    return document.language == "ko" and (document.opposes(mention) or bool(is_fought_over))


@per_document  # asked of every word
def teller(document: Document) -> str | None:
    """Return the state without enmity whose words a Korean report relays: the subject of its first sentence, if it
    blames there, or speaks, writes or is interviewed."""
    if document.language != "ko" or not document.body:
        return None
    lead = document.body[0]
    first = next(iter(document.named_in(lead)), None)
    if first is None or first.partner in document.lexicon.adversaries | document.lexicon.standings.unrecognized:
        return None
    blaming = any(
        tone.manner == "blame" and lead[0] <= place[0] < lead[1] and not _IS_BLAMED_KO.match(document.text, place[1])
        for place, tone in document.tones
    )
    tells = document.pattern(_TELLS_KO).match(document.text, first.end, lead[1])
    return first.partner if tells and (blaming or tells["where"]) else None


def demanded_of(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Return who ought to do something: the last subject before it (일본은 사죄하여야, 日本应当谢罪), if not ours."""
    if document.text.startswith("要求", span[0]):  # 要求 | 日本谢罪
        return document.together([n for n in named if span[1] <= n.start <= span[1] + 1])
    before = [n for n in named if n.end <= span[0]]
    if document.language == "zh":
        is_ours = before and document.word_of("we_or_all").search(document.text, before[0].start, span[0])
        return [] if is_ours else document.together(before)
    does = document.pattern(_DOES_KO)
    subject = next((n for n in reversed(before) if does.match(document.text, n.end)), None)
    if subject is None or _WE_KO.search(document.text, subject.end, span[0]):
        return []
    return document.together([n for n in reversed(before) if n.start <= subject.start])
