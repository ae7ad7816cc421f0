"""Persons by name, under one key in every language and spelling: "Kim Song-nam" is 김성남 and 金成男; pure.

A person of partners.csv is known by the row there. Any other Korean name is known by its sound in Pyongyang's spelling,
so that spellings of one name (Tok, Dok and Deok; Ri and 이) agree. Two names may sound alike: a name alone does not
identify a person, compare day and post as well.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sunchi import text as texts
from sunchi.lexicon import HOME, Lexicon, Name

# The letters of a Korean syllable in the order of Unicode: initial, vowel, final.
_INITIALS, _VOWELS, _FINALS = (
    letters.split(",")
    for letters in (
        "k,kk,n,t,tt,r,m,p,pp,s,ss,,j,jj,ch,kh,th,ph,h",
        "a,ae,ya,yae,o,e,yo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,u,ui,i",
        ",k,k,k,n,n,n,t,l,k,m,l,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t",
    )
)
_FIRST_SYLLABLE = ord("가")

_SPELLED_ALIKE = (
    (re.compile("eo"), "o"),
    (re.compile("eu"), "u"),
    (re.compile("([kptsj])\\1"), r"\1"),
    (re.compile("([kpt])h"), r"\1"),
    (re.compile("ch"), "j"),
)
_ONE_LETTER = str.maketrans("gdbl", "ktpr")


def people_named(name: str, lang: str, lexicon: Lexicon) -> list[Name]:
    """Return the leaders and officials of partners.csv with that name."""
    language = texts.primary_language(lang)
    known = lexicon.forms.get(language, {}).get(texts.plain(name, language), ())
    return [each for each in known if each.role in ("leader", "official")]


def person_key(name: str, lang: str, lexicon: Lexicon) -> str:
    """Return the key of a person; "" if the name is in no row and is no Korean name in a known spelling."""
    language = texts.primary_language(lang)
    surnames = lexicon.posts.surnames
    for known in people_named(name, lang, lexicon):
        english = next((n.form for n in lexicon.names if n.line == known.line and n.lang == "en"), "")
        sound = _sound(english, surnames["en"]) if known.partner == HOME else ""
        return sound or f"{known.partner} {english or known.form}"
    return _sound(texts.plain(name, language), surnames[language]) if language in surnames else ""


@lru_cache(maxsize=1024)
def _sound(name: str, surname: str) -> str:
    """Return the sound of a Korean name in Latin or Korean letters, syllable by syllable; "" if it is none."""
    if re.fullmatch(f"(?:{surname})[가-힣]{{1,3}}", name):
        syllables = [_letters(sign) for sign in name]
    elif re.fullmatch(f"(?:{surname})(?:[ -][A-Za-z]+){{1,2}}", name):
        syllables = re.split("[ -]", name.lower())
    else:
        return ""
    first, *given = (_alike(syllable) for syllable in syllables)
    first = re.sub("^r(?=[iy])", "", first)  # Seoul writes 이 and 노 for Pyongyang's 리 and 로
    return " ".join([re.sub("^r", "n", first), *given])


def _letters(syllable: str) -> str:
    rest, final = divmod(ord(syllable) - _FIRST_SYLLABLE, len(_FINALS))
    initial, vowel = divmod(rest, len(_VOWELS))
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


def _alike(syllable: str) -> str:
    for spelling, sound in _SPELLED_ALIKE:
        syllable = spelling.sub(sound, syllable)
    return syllable.translate(_ONE_LETTER)
