"""The language of a text: by its letters, and for languages with the same letters by function words.

The edition tells the language of most of its texts, but KCNA's English pages include Spanish ones.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

LANGUAGE_NAMES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}
"""The recognized languages, with their English names."""

WRITTEN_APART = frozenset({"en", "es"})
"""The languages that separate words; in Korean and Chinese, spaces do not matter for matching."""

_SAMPLE = 400  # characters from the start of a text: more made no difference for any of 61,829 real texts
_ENOUGH = 2  # different function words: a headline has no more

_LETTERS = re.compile(r"[^\W\d_]+")
_HANGUL = re.compile("[가-힣]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_KANA = re.compile("[\u3041-\u30ff]+")
_MOST_KANA_OF_CHINESE = 0.05  # of its letters: a Chinese text may quote a Japanese name

# In lower case, as inside a sentence: in "Kim Jong Il" and "in El Salvador" the capital shows that it is a name.
_FUNCTION_WORDS = {
    "ar": "في من على إلى أن التي الذي عن مع هذا",
    "de": "der die das und von den dem des mit im ist ein eine zu auf für nicht",
    "en": "the of and to in for on with by at from was is that it as his an which has were",
    "es": "el la los las del de y en que con por una un para se al su es sus a lo",
    "fr": "le la les des du de et en que est dans une un pour par au aux sur qui il ce",
    "it": "il la di e che del della dei in un una per con le i gli al è",
    "pt": "o a os as do da dos das de e em que com um uma para por no na ao",
    "ru": "и в на не с по что из к за для от был о его",
}
_FUNCTION_WORDS_OF = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_LANGUAGES_OF = {
    word: tuple(language for language, words in _FUNCTION_WORDS_OF.items() if word in words)
    for words in _FUNCTION_WORDS_OF.values()
    for word in words
}


FUNCTION_WORDS = frozenset(_LANGUAGES_OF)
"""Function words of all these languages, in lower case."""


@lru_cache(maxsize=256)
def primary_language(tag: str) -> str:
    """Return `en` for `en-US`."""
    return tag.partition("-")[0].lower()


def language_of(text: str, edition: str = "") -> str:
    """Return the language of a text in an edition of the language `edition`, such as `en`.

    A text too short to tell, or in a language not in LANGUAGE_NAMES, is in the edition's language.
    """
    sample = text[:_SAMPLE]
    return (not sample.isascii() and _by_letters(sample)) or _by_function_words(sample, primary_language(edition))


def _by_letters(sample: str) -> str:
    """Return Korean, Japanese or Chinese if most letters are of that language; otherwise ""."""
    hangul = len("".join(_HANGUL.findall(sample)))
    if hangul > len(sample) / 2:  # as most often: the others need not be counted
        return "ko"
    letters, han, kana = (len("".join(signs.findall(sample))) for signs in (_LETTERS, _HAN, _KANA))
    if hangul > letters / 2:
        return "ko"
    if han + kana > letters / 2:
        return "ja" if kana > letters * _MOST_KANA_OF_CHINESE else "zh"
    return ""


def _by_function_words(sample: str, edition: str) -> str:
    """Return the language with most function words, if they are enough and more than twice the edition's own.

    If two have as many, prefer the one that detectors support: short Spanish and French sentences can share all of
    them.
    """
    opening = [line.partition(" ")[0].lower() for line in sample.split("\n")]
    found = FUNCTION_WORDS.intersection([*sample.split(), *opening])
    own = len(found & _FUNCTION_WORDS_OF.get(edition, frozenset()))
    if len(found) <= 2 * own:  # no other language can have more than twice as many
        return edition
    times = Counter([language for word in found for language in _LANGUAGES_OF[word]])
    language = max(times, key=lambda each: (times[each], each in WRITTEN_APART, each))
    return language if times[language] >= _ENOUGH and times[language] > 2 * own else edition
