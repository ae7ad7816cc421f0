"""The states that a plain word of stance is said of, by what stands around their names.

English and Spanish say by prepositions what Korean and Chinese say by particles and order. A deed or a name is of those
after "by", of those close before it, or of those after "of"; no word between may say that it is another's. A blame
falls on those that the verb is about, in the passive on those before it; in Korean on who stands before it, if he is
not who blames.
"""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Tone
from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.word_order import enemies, is_patient, is_place, suffers
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_REACH = 40  # characters between a state's name and what is called its own
_FAR = 80  # characters from a verb to whom it blames
_OBJECT = 30  # the same in Chinese
# "the U.S. | was | …", "came | under fire"; in small letters
_IS = re.compile(r"\b(?:came|is|are|was|were|be|been|being|es|son|fue|fueron|ser) (?:\w+(?:ly|mente) )?$")
# 로씨야에 대한 | 적대행위를 규탄; 꾸바와의 | 친선을 훼손하는 자를 용납하지 않는다
_AT_WHOM_KO = re.compile("에 ?(?:대한|대립|대항|맞서) ?[^ ]|[와과]의 ")
# 핵전쟁을 방지, 원쑤들의 앞길을 막
_PREVENTED_KO = Pattern(
    "(?:[가-힣]{0,3}의 [가-힣]{1,4}|[와과] [가-힣]{1,6})?(?:행위|책동)?[을를] ?(?:[가-힣]{1,8} ){0,2}?{prevent}", "ko"
)
# 미국의 무모한 | 핵전쟁책동을 방지, 미국이 감행하는 | 침략을 반대
_ITS_OWN_KO = re.compile(r"(?:[가-힣]{0,8}의 |[이가] )?(?:[가-힣]+[적인한는운] ?){0,2}[가-힣]{0,6}")
_NEW_PHRASE_KO = re.compile("[가-힣](?:[이가을를며고]|에서?|으로) |,")  # 쏘련을 찾고, 제국주의자들이
# 로씨야외무성 대변인 | 서방의 책동을 규탄: in a headline who blames bears no particle
_SPEAKER_KO = Pattern("(?:[가-힣]{0,9} ?){0,2}?{speaker_abroad}[은는]? ", "ko")
# 우크라이나 | 분쟁을 부추긴다고 비난, 팔레스티나 | 령토: what is fought over, and no doer
_FOUGHT_OVER_KO = Pattern(" ?{fought_over}", "ko")
_TOPIC_KO = re.compile("[가-힣]{0,8}[은는도] ")  # 중국 | 은 이 행위를 규탄하였다, 중국|사람들도 용납하지 않는다
_IS_BLAMED_KO = re.compile("[을를]? ?(?:받|당하|자아)")  # 규탄을 받고있다
_IS_BLAMED_ZH = re.compile("(?:受到|遭到|遭受|招致)[^,;。]{0,14}$")
_CLAUSE_ZH = re.compile("[,;。]")  # where a clause ends
_AT_ZH = ("对", "就")

Word = word_order.Words[Tone]
"""A word of stance.csv where it stands."""


def owners(word: Word) -> list[str]:
    """Return the states whose deed or name a word is."""
    document, tone, span, _, named = word
    beside = [n for n in named if n.start >= span[1] and not document.text[span[1] : n.start].strip()]
    if beside and (document.language == "ko" or tone.manner == "demand"):
        return [beside[0].partner]  # 공동의 원쑤 | 미제, 要求 | 日本谢罪
    before = [n for n in reversed(named) if n.start < span[1] and may_do_it(document, n)]
    if not document.separates_words:
        before = [n for n in before if not (is_patient(document, n, span) or is_place(document, n))]
    nearest = [] if before and _is_anothers(word, before[0]) else before
    after = word.joined(word_order.OF)
    of_them = after if after and after[0].partner in enemies(document) else []
    return document.together(word.joined(word_order.BY) or nearest or of_them)


def _is_anothers(word: Word, mention: Mention) -> bool:
    """Return whether a word is no deed of the state before it, but what that fights, suffers, answers or tells of."""
    document, span = word.document, word.span
    between = (mention.end, max(mention.end, span[0]))
    clause = max(between[0], document.text.rfind(",", *between))
    is_prevented = document.pattern(_PREVENTED_KO).match(document.text, span[1])
    is_asked_by_us = word.row.manner == "demand" and document.word_of("we").search(document.text, clause, span[0])
    return bool(
        span[0] - mention.end > _REACH
        or document.word_of("withstand").search(document.small, *between)
        or is_asked_by_us  # 일본은 | 우리가
        or (word.row.manner == "epithet" and _NEW_PHRASE_KO.search(document.text, *between))
        or (is_prevented and not _ITS_OWN_KO.fullmatch(document.text, *between))
        or (mention.partner not in document.lexicon.adversaries and _speaks(document, mention))
    )


def may_do_it(document: Document, mention: Mention) -> bool:
    """Return whether a state may be who does a deed; an enemy may where others are said to suffer it."""
    if _is_no_doer(document, mention) or document.favors(mention) or word_order.are_brethren(document, mention):
        return False
    return mention.partner in enemies(document) or not suffers(document, mention)


def _speaks(document: Document, mention: Mention) -> bool:
    """Return whether Korean names the envoy or spokesman of a state: 라오스대사는 …고 썼다."""
    return document.pattern(_SPEAKER_KO).match(document.text, mention.end) is not None


def _is_no_doer(document: Document, mention: Mention) -> bool:
    """Return whether Korean names a state as what is opposed or fought over: 반|꾸바책동, 우크라이나|분쟁."""
    return document.opposes(mention) or document.pattern(_FOUGHT_OVER_KO).match(document.text, mention.end) is not None


def blamed(word: Word) -> list[str]:
    """Return the states that a word of blame falls on."""
    document, _, span, sentence, named = word
    if document.language == "ko":
        return document.together(_blamed_before(word))
    if document.language == "zh":
        if _IS_BLAMED_ZH.search(document.text, sentence[0], span[0]):  # 美国受到古巴人民的 | 谴责
            return document.together(named[:1])
        at = next((n.start for n in word.before[::-1] if document.text.endswith(_AT_ZH, 0, n.start)), span[0])
        comma = _CLAUSE_ZH.search(document.text, span[1], sentence[1])
        end = min(comma.start() if comma else sentence[1], span[1] + _OBJECT)
        after = [n for n in named if span[1] <= n.start < end]
        return document.together(after or [n for n in named if at <= n.start < span[0]])
    if document.small.startswith(("should ", "must "), span[0]):  # the U.S. | must stop
        return document.together(word.before)
    if is_passive(document, span):
        return document.together([n for n in word.before[::-1] if may_do_it(document, n)])
    after = [n for n in named if 0 <= n.start - span[1] <= _FAR]
    after = [n for n in after if document.text.endswith((" by ", " by the "), 0, n.start)] or after
    is_of_this = document.text.startswith(" this", span[1])  # "in protest against this, the Pakistani government"
    is_object = after and document.small[span[1] : after[0].start] in (" ", " the ")  # protest against | the U.S.
    if is_of_this or (after and not is_object and (suffers(document, after[0]) or is_place(document, after[0]))):
        return []
    return document.together(after)


def _blamed_before(word: Word) -> list[Mention]:
    """Return those whom Korean blames, the nearest first."""
    document, span = word.document, word.span
    if _IS_BLAMED_KO.match(document.text, span[1]):  # 미국은 꾸바인민의 규탄을 받았다
        return [n for n in word.before if word_order.is_subject(document, n)][:1]
    invades = document.word_of("invasion")
    before = [n for n in word.before if not (_speaks(document, n) or _is_no_doer(document, n))]
    before = [n for n in before if not _AT_WHOM_KO.match(document.text, n.end, span[0])]
    before = [n for n in before if not invades.match(document.text, n.end)]
    if document.text.endswith("고 ", 0, span[0]):
        doer = _quoted_doer(document, before[::-1])
        return [n for n in before if doer and n.start <= doer.start]
    return [] if before and _TOPIC_KO.match(document.text, before[0].end, span[0]) else before


def _quoted_doer(document: Document, before: list[Mention]) -> Mention | None:
    """Return the subject of what Korean quotes before a verb of blame: 로씨야는 | 미국이 | …하고있다고 비난하였다."""
    subjects = [n for n in before if word_order.is_subject(document, n)]
    if subjects and _TOPIC_KO.match(document.text, subjects[0].end):
        return (subjects[1:] or before[-1:])[0]  # 중국은 | 미국의 판매를 간섭이라고 규탄
    return subjects[0] if subjects else None


def teller(document: Document) -> str | None:
    """Return the state without enmity whose words a Korean report relays: the subject of its first sentence, if
    somebody is blamed, or if it speaks, writes or is interviewed there."""
    if document.language != "ko" or not document.body:
        return None
    lead = document.body[0]
    first = next(iter(document.named_in(lead)), None)
    if first is None or first.partner in enemies(document):
        return None
    blaming = any(
        tone.manner == "blame" and not _IS_BLAMED_KO.match(document.text, place[1]) for place, tone in document.tones
    )
    tells = blaming or document.word_of("speech_or_writing").search(document.text, first.end, lead[1])
    return first.partner if tells and word_order.is_subject(document, first) else None


def is_passive(document: Document, span: Span) -> bool:
    """Return whether a verb is passive: "is condemned", "is to blame"; in a headline "Japan Hit for"."""
    verb, is_headed = document.small[slice(*span)], span[0] < document.headline
    if verb == "blame":
        is_to = is_headed or _IS.search(document.small, max(0, span[0] - 12), span[0] - 3)
        return bool(is_to) and document.small.endswith(" to ", 0, span[0])
    if not verb.endswith(("ed", "hit", "fire", "hit for", "por")):
        return False
    return is_headed or _IS.search(document.small, max(0, span[0] - 30), span[0]) is not None
