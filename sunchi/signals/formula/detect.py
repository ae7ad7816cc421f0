"""Formulas: the set phrases of the lexicon, with whose they are, who speaks, and whether they are denied or history.

All articles are matched against all forms at once. Whose a phrase is comes from the phrase itself ("the DPRK-China
friendship"), then from its sentence, then from the article. A phrase of one state's own counts only where its sentence
or the article speaks of that state, and blood only where the sentence does.
"""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.lexicon import Term
from sunchi.lexicon.anchors import rows_of
from sunchi.lexicon.matching import find
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.formula.attribution import attribution
from sunchi.signals.formula.voice import THIRD_WEIGHT, voice_of
from sunchi.signals.grammar.negation import is_denied
from sunchi.signals.grammar.speech import THIRD
from sunchi.signals.prefilter import Sought
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.text import Span

_NEWS = 2  # years
_NAMED_AFTER = {
    # In a headline, where all words have capitals: "Laos-DPRK Friendship | Association Meets"
    "en": Pattern(r" (?:\w+ )?(?:{namesake}|{body_of_friends})\b"),
    # 조중친선 | 협회; 조중친선 | , 협조 및 호상원조에 관한 조약; 동지적이며 친선 | 적인 분위기
    "ko": Pattern(
        " ?(?:{namesake}|[각관](?!계)|, ?(?:협조|협력) 및 (?:호상|상호) ?원조)|적인 (?:[가-힣]+ )?분위기", "ko"
    ),
    "zh": Pattern("{namesake}|月|周|年|互助条约", "zh"),  # 朝中友好 | 协会
}


def formula(document: Document) -> Iterator[Found | Rejected]:
    """Yield a row for each place where a form of the lexicon stands and a state can be said to be meant."""
    for term, span in _matches(document):
        if _names_something(document, term, span):
            yield Rejected("formula", span, "capitals or the words after it: part of the name of a body or event", term)
            continue
        sentence = document.sentence_at(span[0])
        partners, why = attribution(document, term, span, sentence)
        if not partners:
            yield Rejected("formula", span, why, term)
            continue
        is_negated = is_denied(document, span, sentence)
        # friendship denied is worse than none said; enmity denied is nothing
        strength = min(-term.strength, 0) if is_negated else term.strength
        said = {"category": term.category, "negated": is_negated, "historical": _is_history(document, sentence)}
        for partner in partners:
            speaker, reasons = voice_of(document, partner, span, sentence, hostile=term.category == "hostile")
            value = round(strength * (THIRD_WEIGHT if speaker == THIRD else 1.0), 2)
            found = document.row("formula", partner, term.id, value, span, voice=speaker, **said)
            yield Found(found, (Reason("its words are a form of the lexicon", term), Reason(why), *reasons))


def _matches(document: Document) -> Iterator[tuple[Term, Span]]:
    """Yield every place where a term stands, in order, none over another."""
    lexicon, language = document.lexicon, document.language
    if not (document.mentions or document.explaining):  # what is said of no state is no signal
        return
    for (start, end), words in document.by_sentence(Sought.TERMS).items():
        if terms := rows_of(words):
            folded = lexicon.spelling[language].fold(document.text[start:end], language)
            for first, last, term in find(folded.text, terms):
                place = folded.span(first, last)
                yield term, (start + place[0], start + place[1])


def _names_something(document: Document, term: Term, span: Span) -> bool:
    """Return whether a phrase is part of a name, as "Peru-Korea Friendship" is of an association's.

    In English the set phrases themselves have no capitals but their states', except in headlines and as a quoted title.
    """
    if term.category not in ("friendship", "traditional"):
        return False
    named_after = _NAMED_AFTER.get(document.language)
    if not document.separates_words or span[0] < document.headline:
        return bool(named_after and document.pattern(named_after).match(document.small, span[1]))
    return "Friendship" in document.text[slice(*span)] and not document.text.endswith('"', 0, span[0])


@per_document  # asked of each set phrase in a sentence
def _is_history(document: Document, sentence: Span) -> bool:
    """Return whether the sentence speaks of a year well before the article's own, or of those days."""
    of_those_days = document.word_of("those_days").search(document.small, *sentence)
    return bool(of_those_days) or document.years_ago(sentence) > _NEWS
