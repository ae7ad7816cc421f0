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

# "there is no longer any friendship", but not "not only friendship" nor "never before such friendship"
_DENIES = {
    "en": Pattern(r"\b(?P<no>not(?! only| content)|never(?! before)|{denial})\b(?:\s+[^\s,;:]+){0,7}\s*$"),
    "es": Pattern(r"\b(?P<no>no(?! s[oó]lo)|{denial})\b(?:\s+[^\s,;:]+){0,5}\s*$", "es"),
    # 没有友谊; but 没有任何力量能破坏友谊 ("nothing can break the friendship") denies nothing
    "zh": Pattern("(?P<no>没有(?!任何|什么|比|人)|{denial})[^,;。]{0,12}$", "zh"),
}
_GONE = {
    "en": Pattern(r"(?:[^.,;]{0,30} )?{gone}\b"),
    "es": Pattern(r"(?:[^.,;]{0,30} )?{gone}\b", "es"),
    "zh": Pattern("[^,;。]{0,12}?{gone}", "zh"),
    # 친선관계가 더는 없다, 친선을 귀중히 여기지 않는다; but 변함없다, 깨뜨릴수 없다 ("unchanging", "unbreakable")
    "ko": Pattern(
        "(?:관계)?(?:에는|[은는이가도을를])? ?(?:{no_more} ?)*(?:없(?:다|으며|고|는|었)|{gone})"
        "|[^.\n,]{0,16}?{foster}[가-힣]{0,3} ?[가-힣]{0,2}지 (?:않(?!을수)|못)"
        "|(?<=관계)(?:[은는이가을를]) ?{settled}",  # 조미사이의 적대관계|를 종식
        "ko",
    ),
}
_RENOUNCED = {
    "en": Pattern(r"\b{renounced} (?:[\w.'-]+ ){0,3}$"),
    "es": Pattern(r"\b{renounced} (?:[\w.'-]+ ){0,3}$", "es"),
    "zh": Pattern("(?<![没未]有)(?<![没未])(?:{renounced})[^,;。]{0,6}$", "zh"),
    "ko": Pattern("(?:관계)?[을를] ?(?:완전히 |영원히 |드디여 )?{renounced}", "ko"),
}
_CANNOT = re.compile(r"cannot|can't|no (?:se )?(?:pued|podr)")
_TWICE_ZH = re.compile("(?:不能|无法|不可|不容|难以|不得)$")  # 谁也不能|否认: denied twice is affirmed
# A plain word is denied only by what stands right before it: "does not criticize", "is not a hostile power"
_DENIES_WORD = {
    "en": Pattern(r"\b(?:not|never|no longer|(?:has|have|had) no)(?: (?:an?|any|the|its|{foster}))* $"),
    "es": Pattern(r"\b(?:no|nunca|jam[aá]s|ya no)(?: (?:se|ha|han|una?|el|las?|los|pa[ií]s|{foster}))* $", "es"),
    "zh": Pattern("(?:没有|没|从未|从不|并未|未曾|绝不|决不|不会|(?<![得能])不(?![得能可]))(?:{foster})?$", "zh"),
}
_DENIED_WORD_KO = Pattern(
    "(?:하|시키)?지 (?:않(?!을수)|말)|(?:한|할) ?(?:적이|리유가|생각이) 없"
    "|(?:세력|행위|책동|국가)?(?:[이가] 아니|[을를에] ?{foster}[가-힣]{0,3}지 (?:않(?!을수)|못))",
    "ko",
)


def is_denied(document: Document, span: Span, sentence: Span) -> bool:
    """Return whether a sentence denies a phrase, or says that it is no more or was given up."""
    if _says(document, _GONE, span[1], sentence[1]):
        return True
    renounced = _RENOUNCED.get(document.language)
    if renounced:
        pattern = document.pattern(renounced)
        is_korean = document.language == "ko"
        is_renounced = (
            pattern.match(document.text, span[1], sentence[1])
            if is_korean
            else pattern.search(document.small, sentence[0], span[0])
        )
        if is_renounced and (is_korean or not _denies_before(document, (sentence[0], is_renounced.start()))):
            return True
    return _denies_before(document, (sentence[0], span[0]))


def _denies_before(document: Document, before: Span) -> bool:
    """Return whether a negation reaches up to the end of `before`, and does not negate what would end the thing."""
    denies = _DENIES.get(document.language)
    denial = document.pattern(denies).search(document.small, *before) if denies else None
    if denial is None or " but " in denial[0]:  # "no mere provocation but a war against compatriots"
        return False
    if document.language == "zh" and _TWICE_ZH.search(document.text, before[0], denial.start()):
        return False
    if _CANNOT.match(denial[0]) and not document.word_of("foster").search(document.small, denial.end("no"), before[1]):
        return False  # what nobody can do to a thing would harm it: "cannot tarnish"
    lessened = document.word_of("lessen").search(document.small, denial.end("no"), before[1])
    return lessened is None or document.small.endswith(" any ", 0, before[1])  # "never tolerate any hostile acts"


def _says(document: Document, patterns: dict[str, Pattern], start: int, end: int) -> bool:
    """Return whether the pattern of a document's language matches there."""
    pattern = patterns.get(document.language)
    return bool(pattern and document.pattern(pattern).match(document.small, start, end))


def is_word_denied(document: Document, place: Span, sentence: Span) -> bool:
    """Return whether a sentence denies a plain word: "does not criticize", 비난하지 않는다, 不参加制裁."""
    if document.language == "ko":
        return bool(document.pattern(_DENIED_WORD_KO).match(document.text, place[1], sentence[1]))
    denies = _DENIES_WORD.get(document.language)
    return bool(denies and document.pattern(denies).search(document.small, sentence[0], place[0]))
