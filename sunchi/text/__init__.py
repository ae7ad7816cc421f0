"""Text processing: language, normal forms, sentences and words, spelling for matching, safe display.

In: strings in any language. Out: strings of the same length, spans (start, end), fingerprints. Pure.
"""

from sunchi.text.counted import counted
from sunchi.text.language import LANGUAGE_NAMES, WRITTEN_APART, language_of, primary_language
from sunchi.text.normal import article_id, body_fingerprint, fingerprint, in_small_letters, normal, plain
from sunchi.text.segment import LONGEST, Span, blank, count_words, cut, cut_clauses, frame, sentences, unbroken, words
from sunchi.text.spelling import Folded, Spelling, as_it_is, squeeze

__all__ = [
    "LANGUAGE_NAMES",
    "LONGEST",
    "WRITTEN_APART",
    "Folded",
    "Span",
    "Spelling",
    "article_id",
    "as_it_is",
    "blank",
    "body_fingerprint",
    "count_words",
    "counted",
    "cut",
    "cut_clauses",
    "fingerprint",
    "frame",
    "in_small_letters",
    "language_of",
    "normal",
    "plain",
    "primary_language",
    "sentences",
    "squeeze",
    "unbroken",
    "words",
]
