"""Formulas: the set phrases of the lexicon, with whose they are, who speaks, and whether they are denied or history.

All articles are matched against all forms at once. Whose a phrase is comes from the phrase itself ("the DPRK-China
friendship"), then from its sentence, then from the article. A phrase of one state's own counts only where its sentence
or the article speaks of that state, and blood only where the sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import Term
from sunchi.lexicon.matching import find
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_span
from sunchi.signals.formula.attribution import attribution
from sunchi.signals.formula.voice import THIRD_WEIGHT, voice_of
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.negation import is_denied
from sunchi.signals.grammar.speech import THIRD
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.signals.row import row
from sunchi.text import Span

_YEAR = re.compile(r"(?<![A-Za-z\d])(1[89]\d\d|20\d\d)(?:년|年|\b)")  # "in 1949", 1949년
_PART_OF_A_NAME = re.compile(r" (?:and [A-Z]\w+ )?[A-Z]\w+|-[A-Z]")  # "the Laos-Korea Friendship Association"
_DAYS_OF = re.compile(r"\b(?:week|month) (?:of|for) (?:the )?$")  # "the week of DPRK-Iran friendship"
# In a headline, where all words have capitals: "Laos-DPRK Friendship Cooperative Farm Visited"
_NAMED_AFTER = Pattern(r" (?:and \w+ )?(?:\w+ )?(?:{namesake}|{body_of_friends}|\w+ farms?)\b")
# 조중친선협회, 조중친선의 탑; 조중친선, 협조 및 호상원조에 관한 조약
_NAMED_AFTER_KO = Pattern(" ?(?:{namesake}|[각관](?![가-힣])|, ?(?:협조|협력) 및 (?:호상|상호) ?원조)", "ko")
_NAMED_AFTER_ZH = Pattern("{namesake}|月(?!来)|周(?!年)|年(?!来|代)|(?:合作)?互助条约", "zh")  # 朝中友好协会, 友好月


def formula(document: Document) -> Iterator[Found | Rejected]:
    """Yield a row for each place where a form of the lexicon stands and a state can be said to be meant."""
    for term, span in _matches(document):
        if _names_something(document, term, span):
            yield Rejected("formula", span, "capitals or the words after it: part of the name of a body or event", term)
            continue
        sentence = document.sentence_at(span[0])
        partners, why_not = attribution(document, term, span, sentence)
        if not partners:
            yield Rejected("formula", span, why_not, term)
            continue
        is_negated = is_denied(document, span, sentence)
        is_history = _is_history(document, sentence)
        for partner in partners:
            hostile = term.category == "hostile"
            voice = voice_of(document, partner, span, sentence, hostile=hostile)
            found = row(
                document,
                "formula",
                partner,
                term.id,
                _value(term.strength, voice.speaker, negated=is_negated),
                span,
                category=term.category,
                voice=voice.speaker,
                negated=is_negated,
                historical=is_history,
            )
            yield Found(found, (*voice.reasons, Reason("its words are a form of the lexicon", term)))


def _matches(document: Document) -> Iterator[tuple[Term, Span]]:
    """Yield every place where a term stands, in order, none over another."""
    for candidate in document.formulaic:
        for start, end, term in find(candidate.line.text, candidate.terms):
            place = candidate.line.span(start, end)
            yield term, (candidate.start + place[0], candidate.start + place[1])


def _value(strength: int, speaker: str, *, negated: bool) -> float:
    """Return what a phrase weighs: friendship denied is worse than none said; enmity denied is nothing."""
    value = float(min(-strength, 0)) if negated else float(strength)
    return round(value * THIRD_WEIGHT, 2) if speaker == THIRD else value


def _names_something(document: Document, term: Term, span: Span) -> bool:
    """Return whether a phrase is part of a name, as "Peru-Korea Friendship" is of an association's.

    In English the set phrases themselves have no capitals but their states'.
    """
    if document.language in word_order.LANGUAGES:
        named_after = document.pattern(_NAMED_AFTER_KO if document.language == "ko" else _NAMED_AFTER_ZH)
        return term.category in ("friendship", "traditional") and bool(named_after.match(document.text, span[1]))
    words = document.text[span[0] : span[1]]
    if _DAYS_OF.search(document.small, max(0, span[0] - 16), span[0]):
        return True
    if span[0] < document.headline:
        is_name = document.text[span[1] + 1 : span[1] + 2].isupper()
        return is_name and bool(document.pattern(_NAMED_AFTER).match(document.small, span[1]))
    is_inscribed = document.text.endswith(('"', "'"), 0, span[0])
    if is_inscribed or term.category == "salutation":  # "My Closest Comrade Vladimir …"
        return False
    last = (span[1] - len(words.rsplit(" ", 1)[-1]), span[1])
    ends_in_a_state = document.named_in(last) or document.home_in(last)  # "… between Vietnam and the DPRK"
    if document.text[last[0]].isupper() and not ends_in_a_state and _PART_OF_A_NAME.match(document.text, span[1]):
        return True
    opens = 1 if span[0] == document.sentence_at(span[0])[0] else 0  # a sentence's first word has a capital anyway
    return term.category == "friendship" and "Friendship" in words[opens:]


@per_span  # asked of each set phrase in a sentence
def _is_history(document: Document, sentence: Span) -> bool:
    """Return whether the sentence speaks of a year that is more than two before the article's own, or of those days."""
    words = document.small[slice(*sentence)]
    days = document.word_of("those_days").search(words)
    if days and not words.startswith(" of ", days.end()):  # "in those days of the war", which go on to this day
        return True
    years = [int(year) for year in _YEAR.findall(document.text[slice(*sentence)])]
    return document.date is not None and bool(years) and max(years) < document.date.year - 2
