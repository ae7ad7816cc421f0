"""Finds what a statement is about, in its own words, if its headline says only who issued it; pure.

A headline such as "Report of the General Staff" names no subject. The subject is then, in this order: the title in
quotation marks in the first sentences; the sentence that announces an act with its day; the first sentence that
announces or condemns something; or the sentence on which the article's stance rests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import Lexicon
from sunchi.lexicon.vocabulary import Pattern
from sunchi.text import blank, cut, frame, plain, primary_language, sentences

LENGTH = 90
"""The most characters of a subject."""

_HEAD = 3  # sentences in which a statement may give its title
_SHORTEST = 12  # characters that can name a subject

# Press Statement of | the Foreign Ministry; External Policy Office Issues Press Statement
_FORM = {
    "en": Pattern(
        r"^(?:[\w'’.-]+ ){0,6}?(?:{statement}|report|notice|answers?|speech) (?:of|by|from|made by)\b"
        r"(?!.* (?:on|over|against|about) )"
        r"|\b(?:issues?|makes?|releases?|made public) (?:\w+ )?(?:{statement}|report)$",
        "en",
        re.IGNORECASE,
    ),
    "ko": Pattern(r"(?:담화|성명|보도|공보문?|상보)(?:을|를)?\s*(?:발표)?$", "ko"),
}
_TITLE = {
    "en": re.compile(r'\b(?:statement|report|answers?|titled|headlined|title)\b[^"“]{0,40}["“]([^"”]{12,300})["”]')
}
_ACT = {"en": Pattern(r"\b{announced_act}\b", "en"), "ko": Pattern("{announced_act}", "ko")}
_JUDGED = {"en": Pattern(r"\b{announcing}\b.*", "en"), "ko": Pattern("{announcing}", "ko")}
_DAY = {
    "en": re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d"),
    "ko": re.compile(r"\d일"),
}
_LEAD = re.compile(r"^(?:[A-Z]\w+(?: \w+){0,3}, )(?=(?:an?|the|we|our|it) )")


def subject_of(text: str, lang: str, lexicon: Lexicon, evidence: str = "") -> str:
    """Return what a statement is about: its headline, or a quotation from its text.

    `evidence` is the sentence on which its stance rests.
    """
    language = primary_language(lang)
    headline = text.partition("\n")[0].strip()
    form = _FORM.get(language)
    if form is None or not lexicon.vocabulary.compiled(form).search(headline):
        return headline
    told = next(filter(_tells, _candidates(text, language, lexicon)), evidence.lstrip("…"))
    return f"“{cut(told, LENGTH)}”" if _tells(told) and told != headline else headline


def _tells(said: str) -> bool:
    """Return whether words say enough about a statement's subject, and are not a fragment of a quotation."""
    return len(said) >= _SHORTEST and said.count('"') % 2 == 0


def _candidates(text: str, language: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield candidates for what a statement is about, the best first."""
    body = [span for span in sentences(plain(text, language), language) if span[0] > text.find("\n")]
    said = [bare(text[slice(*span)]) for span in body]
    if title := _TITLE.get(language):
        yield from (match[1] for each in said[:_HEAD] if (match := title.search(each)))
    act, judged = (lexicon.vocabulary.compiled(each[language]) for each in (_ACT, _JUDGED))
    yield from (_LEAD.sub("", each) for each in said if act.search(each) and _DAY[language].search(each))
    for each in said:
        if match := judged.search(each):
            yield f"…{match[0]}" if language == "en" else each


def bare(quote: str) -> str:
    """Return words of a text on one line, without a dateline."""
    return " ".join(blank(quote, frame(plain(quote))).split())
