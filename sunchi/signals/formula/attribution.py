"""Whose a set phrase is: the states that a phrase of friendship is said of.

They are named in the phrase itself ("the DPRK-China friendship"), else in its sentence; the article's own state is
meant where the sentence names none and the article's opening or the sentence before does.
"""

from __future__ import annotations

import re

from sunchi.lexicon import Term
from sunchi.lexicon.columns import ANY
from sunchi.signals.document import Document
from sunchi.signals.formula.hostility import doers
from sunchi.signals.grammar.english import is_where_koreans_live
from sunchi.signals.grammar.word_order import is_said_of_us
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_MANY = 60  # mentions; no sentence that says something of one state has more, and a hostile page may have thousands
_VEIL = re.compile(r"\bbig (?:power|countr)|\bneighbou?r|대국|이웃|大国|邻")  # who is meant is known, and not named
_BOUND = ("blood", "kinship")
_OF_TWO = re.compile(r"\b(?:relations|relationship|friendship|ties|bilateral|the two|both|our two)\b|두 나라|两国")
_TWO = re.compile(r"\b(?:two|both|bilateral)\b")
_KOREANS = re.compile(r"\bKorean (?:people|party|army)\b")
_AND_PAIR = re.compile(r"(?:-DPRK)? and (?:the )?(?:DPRK-)?")  # the DPRK-Russia and DPRK-China friendship
_FOUGHT = re.compile(
    r"\bagainst (?:(?:the|[\w-]+ by|[\w-]+ of) ){0,2}$"
)  # nobody is friends with whom a struggle is against
_AND_ZH = ("与", "和", "同")
_OURS = re.compile(r"\b(?:we|our|us)\b|우리|我们|我国", re.IGNORECASE)
_HOME_OF_TWO = re.compile("[朝조북]")
_WITH = re.compile(r"(?:,? (?:existing|binding|linking))?,? (?:with|between|of|towards?|for)\b[^.;,]{0,45}")
_WITH_ALL = re.compile(
    r" (?:with|among|between|of|to) (?:the )?(?:peoples of )?"
    r"(?:all|sovereign|others?|different|many|various|foreign|those|member|world|countries|nations|neighbou?r\w*"
    r"|every|friendly(?! (?:Democratic|DPRK))|progressive)\b"
    r"| con (?:todos )?los pa[ií]ses\b"
)
# In Korean and Chinese they stand before the phrase
_ALL_WITH = re.compile(
    "(?:여러|모든|각|세계|진보적|사회주의|쁠럭불가담|제3세계|형제|혁명적|투쟁하는)[^.,]{0,12}"
    "(?:나라|인민|국가|력량)들?(?:과|와|사이)?의? *$"
    "|(?:各国|世界各?国|所有国家|一切国家|友好国家|社会主义国家)(?:人民)?的?$"
)
_BODY_OF_FRIENDS = re.compile(
    r"\b(?:those|meetings?|organi[sz]ations?|groups?|associations?|committees?|societ(?:y|ies)|institutes?|cent(?:er|re)s?"
    r"|councils?|leagues?|unions?|funds?|houses?) (?:for|of) (?:[\w-]+ (?:of|and|with) )?(?:the )?$"
    r"|\b(?:asociaci[oó]n|comit[eé]|delegaci[oó]n|grupo|instituto|parlamentarios) de $",
    re.IGNORECASE,
)


def whose(document: Document, term: Term, span: Span, sentence: Span) -> list[str]:
    """The states that a phrase is said of; none where nothing says it."""
    in_all = document.named_in(sentence)
    if len(in_all) > _MANY:
        return _nobody(document, term, span, f"its sentence names states more than {_MANY} times: a list of them")
    named = [n for n in in_all if not document.opposes(n) and not is_where_koreans_live(document, n)]
    if term.category == "hostile":
        ours = is_said_of_us(document, span, sentence)
        found = [] if ours else doers(document, term, span, sentence, named)
        return found or _nobody(
            document, term, span, "an enmity of which nothing says whose it is, or aimed at another"
        )
    fought = [n for n in named if _FOUGHT.search(document.text, max(0, n.start - 40), n.start)]
    if fought and len(fought) == len(named):
        return _nobody(document, term, span, "its sentence names only whom a struggle is against")
    named = [n for n in named if n not in fought]
    if _BODY_OF_FRIENDS.search(document.text, max(sentence[0], span[0] - 50), span[0]):
        return _nobody(document, term, span, "what a body of friends is for")
    inside = [n for n in document.named_in(span) if n in named]
    if inside and all(n.role == "pair" for n in inside) and not _ours_in_a_pair(document, inside):
        return _nobody(document, term, span, "relations between others")
    if inside and _is_with_another(document, span, named):
        return _nobody(document, term, span, "relations between others")
    if inside:
        first = next((n for n in named if _AND_PAIR.fullmatch(document.text, n.end, inside[0].start)), inside[0])
        second = [n for n in inside if _AND_PAIR.fullmatch(document.text, first.end, n.start)]
        return [n.partner for n in (first, *second)]
    why_not = _why_nobody(document, term, span, sentence, named)
    if why_not:
        return _nobody(document, term, span, why_not)
    if term.partner != ANY:
        return [term.partner]
    found = _of_whom(document, span, named)
    if term.category in _BOUND and document.lexicon.adversaries.intersection(found):
        return _nobody(document, term, span, "blood or kinship, and its sentence names an adversary alone")
    return found or _nobody(document, term, span, "nothing says of which state it is said")


def _is_with_another(document: Document, span: Span, named: list[Mention]) -> bool:
    """Whether a phrase that opens with "and" joins its state to another right before it: 越南|与中国的友谊."""
    return document.text.startswith(_AND_ZH, span[0]) and any(n.end == span[0] for n in named)


def _nobody(document: Document, term: Term, span: Span, why: str) -> list[str]:
    document.drop("formula", span, why, term)
    return []


def _why_nobody(document: Document, term: Term, span: Span, sentence: Span, named: list[Mention]) -> str:
    """Why a phrase that names no state of itself is said of none; "" where it may be."""
    ours = bool(
        document.home_in(sentence) or _OURS.search(document.text, *sentence) or _ours_in_a_pair(document, named)
    )
    if term.category == "support" and not ours and _named_after(document, span, named):
        return ""
    if term.category == "criticism" and _VEIL.search(document.text, *span):
        return ""
    beside = [n for n in named if span[0] - 1 <= n.end <= span[0]]
    if any(n.role == "pair" for n in beside) and not _ours_in_a_pair(document, beside):
        return "its sentence speaks of relations between others"  # 中俄战略伙伴关系
    if not ours and (not document.home or len({n.partner for n in named}) > 1):
        return "its sentence speaks of relations between others"
    if _is_with_all(document, span):
        return "it is said of all the world or of many states, and so of none"
    if term.partner != ANY:
        there = any(n.partner == term.partner for n in named) or (not named and document.foremost == term.partner)
        return "" if there else "a phrase of one state's own, and its sentence does not speak of that one"
    with_us = (
        document.home_in(span) or _KOREANS.search(document.text, *span) or _OF_TWO.search(document.text, *sentence)
    )
    if term.category in _BOUND and not (named or with_us):
        return "blood or kinship, and its sentence names no other state"
    if term.category == "support" and _is_for_us(document, span):
        return "support for Pyongyang, which others give"
    return ""


def _ours_in_a_pair(document: Document, named: list[Mention]) -> bool:
    """Whether one of the two in 朝俄 or 조로 is the home side."""
    return any(n.role == "pair" and _HOME_OF_TWO.search(document.text, n.start, n.end) for n in named)


def _is_with_all(document: Document, span: Span) -> bool:
    last = document.text[span[0] : span[1]].rsplit(" ", 1)[-1]
    end = span[1] - len(last) - 1 if last in ("with", "between") else span[1]  # it may end in the preposition
    return bool(_WITH_ALL.match(document.text, end) or _ALL_WITH.search(document.text, max(0, span[0] - 40), span[0]))


def _is_for_us(document: Document, span: Span) -> bool:
    """Whether what is supported is the home side's: "for the cause of the Korean people"."""
    if document.language != "en":
        return False  # who is supported stands before it
    home = document.home_in((span[0], span[1] + 60))
    return bool(home) and not document.named_in((span[0], home[0].start))


def _named_after(document: Document, span: Span, named: list[Mention]) -> list[Mention]:
    """The states that "with" or "of" puts after the phrase."""
    joint = _WITH.match(document.text, span[1])
    return [n for n in named if joint and span[1] <= n.start < joint.end()]


def _of_whom(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """The state that "with" puts after the phrase, else the article's own if it is near, else the nearest one."""
    joint = _WITH.match(document.text, span[1])
    after = _named_after(document, span, named)
    if len({n.partner for n in after}) > 1 and joint and not document.home_in(joint.span()):
        return []  # of China and Vietnam
    if after:
        return [after[0].partner]
    if not named:
        return [document.foremost] if _is_foremost_near(document, span) else []
    if any(n.partner == document.foremost for n in named):
        return [document.foremost]
    before = [n for n in named if n.end <= span[0]]
    return [(before[-1] if before else named[0]).partner]


def _is_foremost_near(document: Document, span: Span) -> bool:
    """Whether the opening or the sentence before the phrase's names the state that the article names most.

    For what is said to be between two, it is enough that no other state has been named since.
    """
    before = document.sentence_before(document.sentence_at(span[0]))
    told = (*document.opening, before)
    near = [n for sentence in told for n in document.named_in(sentence) if not document.opposes(n)]
    if not near and _TWO.search(document.text, *span):
        near = document.named_in((0, span[0]))[-1:]
    return any(n.partner == document.foremost and not is_where_koreans_live(document, n) for n in near)
