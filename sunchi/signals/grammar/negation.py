"""Negation: what denies a phrase, and what makes it stronger by negating the verb that would end or weaken it.

"There is no longer any friendship" denies it; "nobody can break the friendship" and "never abandons its hostile policy"
deny nothing. The words are classes of vocabulary.csv in each language: `lessen` would end, weaken, hide or forgive a
thing, `foster` would pursue or keep it, `gone` says after it that it is no more, `renounced` before it (in Korean
after it) that somebody gave it up.
"""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.text import Span

# "there is no longer any | friendship", but not "not only friendship" nor "never before such friendship"
# 没有友谊; but 没有任何力量能破坏友谊 ("nothing can break the friendship") denies nothing, and 不能否认 affirms
_DENIES = {
    "en": Pattern(
        r"\b(?P<no>not(?! only| content)|never(?! before)|{denial}|{renounced}(?= (?:[\w.'-]+ ){0,3}$))\b"
        r"(?:\s+(?!but )[^\s,;:]+){0,7}\s*$"
    ),
    "es": Pattern(r"\b(?P<no>no(?! s[oó]lo)|{denial}|{renounced})\b(?:\s+[^\s,;:]+){0,5}\s*$", "es"),
    "zh": Pattern("(?P<no>没有|(?<!不能){denial}|{renounced})[^,;。]{0,12}$", "zh"),
}
_GONE = {lang: Pattern(r"(?:[^.,;]{0,30} )?{gone}\b", lang) for lang in ("en", "es")} | {
    "zh": Pattern("[^,;。]{0,12}?{gone}", "zh"),
    # 친선관계가 더는 없다, 친선을 발전시키지 말아야 한다, 비난하지 않는다; but 변함없다, 깨뜨릴수 없다 ("unbreakable")
    "ko": Pattern(
        "(?:관계)?(?:에는|[은는이가도을를])? ?(?:{no_more} ?)*(?:없(?:다|으며|고|었)|{gone}|{renounced})"
        "|[^.\n,]{0,16}?{foster}(?:[가-힣]{0,3}| 여기)(?:지 (?:않(?!을수)|못|말)|서는 안| 필요가 없)"
        "|(?:하|시키)?지 (?:않(?!을수)|말)"
        "|한 ?적이 없|(?<=관계)(?:[은는이가을를]) ?{settled}",  # 조미사이의 적대관계|를 종식
        "ko",
    ),
}
# A plain word is denied only by what stands right before it: "is not a | hostile power", 不谋求 | 霸权
_DENIES_WORD_ZH = Pattern("(?:没有?|从未|不会|(?<![得能])不){foster}?(?:对[^,;。]{1,8}的)?$", "zh")
_REACH, _CLOSE = 160, 80  # characters before a phrase, eight words, and before a word
_NEAR = 3  # words between them: "no es un país | hostil"


def is_denied(document: Document, span: Span, sentence: Span) -> bool:
    """Return whether a sentence denies a phrase, or says that it is no more or was given up."""
    if document.pattern(_GONE[document.language]).match(document.small, span[1], sentence[1]):
        return True
    if document.language == "ko":
        return False
    return _denial(document, (sentence[0], span[0])) is not None


def is_word_denied(document: Document, place: Span, sentence: Span) -> bool:
    """Return whether a sentence denies a plain word: "does not criticize", 비난하지 않는다, 不参加制裁."""
    if document.language == "ko":
        return is_denied(document, place, sentence)
    if document.language == "zh":
        return bool(document.pattern(_DENIES_WORD_ZH).search(document.small, sentence[0], place[0]))
    denial = _denial(document, (max(sentence[0], place[0] - _CLOSE), place[0]))
    return denial is not None and len(document.text[denial.end("no") : place[0]].split()) <= _NEAR


def _denial(document: Document, before: Span) -> re.Match[str] | None:
    """Return a negation that reaches up to the end of `before`, and does not negate what would end the thing."""
    start = max(before[0], before[1] - _REACH)
    denial = document.pattern(_DENIES[document.language]).search(document.small, start, before[1])
    if denial and document.word_of("lessen").search(document.small, denial.end("no"), before[1]):
        return None
    return denial
