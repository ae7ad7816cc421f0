"""Formulas: the set phrases of the lexicon, with whose they are, who speaks, and whether they are denied or history.

All articles are matched against all forms at once; whose a phrase is comes from the phrase itself ("the DPRK-China
friendship"), then from its sentence, then from the article. A phrase of one state's own counts only where its sentence
or the article speaks of that state, and blood only where the sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import Term
from sunchi.lexicon.matching import find
from sunchi.signals.document import Document
from sunchi.signals.formula.attribution import whose
from sunchi.signals.formula.voice import THIRD_WEIGHT, voice
from sunchi.signals.grammar.english import holds_any
from sunchi.signals.grammar.speech import THIRD
from sunchi.signals.message.detect import reports
from sunchi.signals.row import Row, row
from sunchi.text import Span

_NEGATION = re.compile(
    r"\b(?:not(?! only| content)|never(?! before)|no longer|cannot|can't|without|neither|nor|denied|denies|ceased"
    r"|far from)\b"
    r"(?:\s+[^\s,;:]+){0,7}\s*$"
)
# Who never drops a thing has it
_GIVES_UP = re.compile(
    r"\b(?:chang|(?:be|been|get|got) rid\b|abandon|giv(?:e|en|ing) up|gave up|drop|cover(?:ed|ing)? up|conceal"
    r"|hid(?:e|den)\b|stop|halt|renounc|discontinu)"
)
_BUT = re.compile(r"\bbut\b")  # "no mere provocation but a war against compatriots"
# "Unchanging" and "unparalleled" deny none: 변함없다, 비길데 없는
_NEGATION_KO = re.compile(
    r"^[^.\n,]{0,20}?(?:지 않|아니|(?<!변함)(?<!변함이 )(?<!다함)(?<!끝)(?<!데 )(?<!둘도 )없(?:다|으며|는)|못한|구걸)"
)
# "Nothing can break the friendship" and "no friendship closer than" deny none
_NEGATION_ZH = re.compile(
    "(?:没有(?!任何|什么|比|人)|不存在|不是|并非|绝非|算不上|谈不上|否认|不再|不可能有|失去了?)[^,;。]{0,12}$"
)
_ENDED_ZH = re.compile("^[^,;。]{0,12}?(?:不复存在|已不存在|荡然无存|名存实亡|破裂|是谎言)")
_THOSE_DAYS = re.compile(r"\b[Ii]n those days\b(?! of)|\b[Aa]t that time\b|그 나날|그때|那时|当年")
_OF_THOSE_DAYS = ("in those days", "at that time", "그 나날", "그때", "那时", "当年")
_YEAR = re.compile(r"(?<![A-Za-z\d])(1[89]\d\d|20\d\d)(?:년|年|\b)")
_OF_A_YEAR = ("18", "19", "20")
_CAPITAL = re.compile(r"\b(?:Friendship|Solidarity|Cooperation|Friendly|Relations)\b")
_PART_OF_A_NAME = re.compile(r" (?:and [A-Z]\w+ )?[A-Z]\w+|-[A-Z]")
_DAYS_OF = re.compile(r"\b(?:[Ww]eek|[Mm]onth) (?:of|for) (?:the )?$")
# In a headline all words have capitals
_BODY_IN_A_HEADLINE = re.compile(
    r" (?:and (?:Solidarity|Unity|Cooperation) )?(?:\w+ )?(?:Associations?|Societ(?:y|ies)|Committees?|Groups?|Houses?"
    r"|(?:\w+ )?Farms?|Factor(?:y|ies)|Delegations?|Orders?|Tower|Cup|Funds?|Institutes?|Unions?|Leagues?"
    r"|Cent(?:er|re)s?|Councils?|Hospitals?|Schools?|Camping|Trees?|Games|Match(?:es)?|Labou?r|Work|Medals?|1st|2nd"
    r"|Organi[sz]ations?|Elements?|Maniacs?|Leaflets?|Studies)\b"
)
# In Korean and Chinese what follows makes a name of it: a body, a monument, a meeting, the treaty of 1961
_BODY_AFTER = {
    "ko": re.compile(
        " ?(?:협회|인사|련맹|연맹|위원회|농장|병원|학교|탑|각(?![가-힣])|관(?![가-힣])|대표단|예술|참관단|방문단"
        "|설명절|명절|행사|련환|의원단|모임|집회|전시회|영화감상회|조약|, ?(?:협조|협력) 및 (?:호상|상호) ?원조)"
    ),
    "zh": re.compile(
        "协会|塔|桥|馆|宫|农场|医院|学校|勋章|奖章|月(?!来)|周(?!年)|年(?!来|代)|集会|座谈会|晚会|联欢|小组|代表团|艺术团|访问团|参观团"
        "|议员|委员会|(?:合作)?互助条约|条约"
    ),
}


def formula(document: Document) -> Iterator[Row]:
    """One row for each place where a form of the lexicon stands and a state can be said to be meant."""
    language = document.language
    for term, span in _matches(document):
        if _names_something(document, term, span, language):
            document.drop("formula", span, "capitals or the words after it: part of the name of a body or event", term)
            continue
        sentence = document.sentence_at(span[0])
        negated = _is_negated(document, span, sentence, language)
        for partner in whose(document, term, span, sentence):
            said_by = voice(document, partner, span, sentence, reports(document), hostile=term.category == "hostile")
            document.because("formula", partner, span, "its words are a form of the lexicon", term)
            yield row(
                document,
                "formula",
                partner,
                term.id,
                _value(term.strength, negated, said_by),
                span,
                category=term.category,
                voice=said_by,
                negated=negated,
                historical=_is_history(document, sentence),
            )


def _matches(document: Document) -> Iterator[tuple[Term, Span]]:
    """Every place where a term stands, in order, none over another."""
    for candidate in document.formulaic:
        for start, end, term in find(candidate.line.text, candidate.terms):
            place = candidate.line.span(start, end)
            yield term, (candidate.start + place[0], candidate.start + place[1])


def _value(strength: int, negated: bool, said_by: str) -> float:
    """Friendship denied is worse than none said; enmity denied is nothing."""
    value = float(min(-strength, 0)) if negated else float(strength)
    return round(value * THIRD_WEIGHT, 2) if said_by == THIRD else value


def _names_something(document: Document, term: Term, span: Span, language: str) -> bool:
    """The "Peru-Korea Friendship" of an association's name, the 朝中友好 of 朝中友好协会.

    In English the body's phrases have no capitals but their states'.
    """
    if language != "en":
        after = _BODY_AFTER.get(language) if term.category in ("friendship", "traditional") else None
        return after is not None and bool(after.match(document.text, span[1]))
    held = document.text[span[0] : span[1]]
    if _DAYS_OF.search(document.text, max(0, span[0] - 16), span[0]):  # the week of DPRK-Iran friendship
        return True
    if span[0] < document.headline:
        return bool(_BODY_IN_A_HEADLINE.match(document.text, span[1]))
    is_inscribed = document.text.endswith(('"', "'"), 0, span[0])
    if is_inscribed or term.category == "salutation":  # "My Closest Comrade Vladimir …"
        return False
    last = (span[1] - len(held.rsplit(" ", 1)[-1]), span[1])
    ends_in_a_state = document.named_in(last) or document.home_in(last)  # "… between Vietnam and the DPRK"
    if document.text[last[0]].isupper() and not ends_in_a_state and _PART_OF_A_NAME.match(document.text, span[1]):
        return True
    opens = 1 if span[0] == document.sentence_at(span[0])[0] else 0  # a sentence's first word has a capital anyway
    return term.category == "friendship" and bool(_CAPITAL.search(held, opens))


def _is_negated(document: Document, span: Span, sentence: Span, language: str) -> bool:
    if language == "ko":
        return bool(_NEGATION_KO.match(document.text[span[1] : sentence[1]]))
    if language == "zh":
        before, after = document.text[sentence[0] : span[0]], document.text[span[1] : sentence[1]]
        return bool(_NEGATION_ZH.search(before) or _ENDED_ZH.match(after))
    denial = _NEGATION.search(document.small, sentence[0], span[0])
    if denial is None or _BUT.search(document.text, *denial.span()):
        return False
    return not _GIVES_UP.search(document.small, *denial.span())


def _is_history(document: Document, sentence: Span) -> bool:
    """Whether the sentence speaks of a year that is more than two before the article's own, or of those days."""
    held = document.small[slice(*sentence)]
    if holds_any(held, _OF_THOSE_DAYS) and _THOSE_DAYS.search(document.text, *sentence):
        return True
    if document.date is None or not holds_any(held, _OF_A_YEAR):
        return False
    years = [int(year) for year in _YEAR.findall(document.text[slice(*sentence)])]
    return bool(years) and max(years) < document.date.year - 2
