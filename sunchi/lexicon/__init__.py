"""The analyst's files (names, titles, set phrases, words, voices ...), read and checked.

In: a folder of CSV files (docs/lexicon.md). Out: a Lexicon, or a LexiconError that lists every error by file and line.
"""

from sunchi.lexicon.lexicon import Lexicon
from sunchi.lexicon.load import load
from sunchi.lexicon.partners import HOME, Name, Role
from sunchi.lexicon.terms import CATEGORIES, Term

__all__ = ["CATEGORIES", "HOME", "Lexicon", "Name", "Role", "Term", "load"]
