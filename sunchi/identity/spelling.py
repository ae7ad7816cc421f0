"""Normalizes the spellings of a name to one key; pure.

Persons: "Dmitri Medvedev", "Dmitry Medvedyev". Offices and organizations: "Ministry of Foreign Affairs", "Foreign
Ministry".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sunchi import text as texts

IN_SYLLABLES = frozenset({"CN", "HK", "KP", "KR", "SG", "TW", "VN"})
"""States whose names are written syllable by syllable: there, "Wang Jie" and "Wang Je" are two persons."""

_PARTICLES = frozenset({"al", "el", "ul", "bin", "ibn", "ben"})
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"})
_APOSTROPHES = re.compile("['`ʼ]")
_APART = re.compile(r"[^\w]+|_+")
_RESPELLED = (
    (re.compile("ck"), "k"),  # Nickolay, Nikolay
    (re.compile("kh"), "h"),  # Khalifa, Halifa
    (re.compile("[iy]?ye|[iy]e"), "e"),  # Matviyenko, Matvienko; Yeltsin, Eltsin; Aliyev, Aliev
    (re.compile("y"), "i"),  # Sergey, Sergei
    (re.compile(r"(\w)\1+"), r"\1"),  # Gennady, Genady
)
_ARTICLE = re.compile(r"(?<![^\W_])(?:the|an?)(?![^\W_])")
_OF = re.compile(r"\bof\b")
_COMMITTEE = re.compile(r"\bc\. ?c\.?(?:, | |$)")
_SAME_WORD = {
    "defense": "defence", "labor": "labour", "center": "centre", "organisation": "organization",
    "cc": "central committee", "programme": "program", "chairperson": "chairman",
    "chairwoman": "chairman", "dprk": "korea",
}  # fmt: skip
_NOTHING_ADDED = frozenset({"affairs", "and", "with", "for"})


def words_of_name(name: str, state: str) -> tuple[str, ...]:
    """Return the words of a person's name in Latin or Cyrillic letters, normalized.

    Case, accents, hyphens, doubled letters and the difference between i, y and iy are ignored; particles (al, bin) are
    left out.
    """
    plain = unicodedata.normalize("NFKD", texts.normal(name).casefold().translate(_LETTERS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = [word for word in _APART.split(_APOSTROPHES.sub("", plain)) if word]
    kept = [word for word in words if word not in _PARTICLES] or words
    return tuple(kept if state in IN_SYLLABLES else map(_respelled, kept))


def name_key(name: str, state: str) -> str:
    """Return the key of a person's name within a state, the same for "Hu Jintao", "Hu Jin Tao" and "HU JIN-TAO"."""
    joined = "".join(words_of_name(name, state))
    return joined if state in IN_SYLLABLES else _respelled(joined)


@lru_cache(maxsize=4096)
def _respelled(word: str) -> str:
    while True:  # until nothing changes: one rule may enable another, and each shortens or simplifies the word
        before = word
        for spelling, same in _RESPELLED:
            word = spelling.sub(same, word)
        if word == before:
            return word


def may_be_one_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two names may be one person's: same surname, and first names that agree where both have them.

    An initial agrees with a name that begins with it: "D. Medvedev", "Dmitri Anatoliyevich Medvedev".
    """
    if not one or not other or one[-1] != other[-1]:
        return False
    fewer, more = sorted((one[:-1], other[:-1]), key=len)
    return bool(fewer) and _begin_alike(fewer[0], more[0]) and all(any(_begin_alike(a, b) for b in more) for a in fewer)


def _begin_alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def title_key(title: str) -> str:
    """Return the key of an English title of an office or organization.

    The words after "of" are moved to the front: "Foreign Ministry" and "Ministry of Foreign Affairs" have one key,
    "Workers' Communist Party" and "Communist Workers' Party" have two.
    """
    small = _APOSTROPHES.sub("", _COMMITTEE.sub("central committee of ", texts.normal(title).casefold()))
    parts = _OF.split(_ARTICLE.sub(" ", _APART.sub(" ", small)))
    words = [word for part in reversed(parts) for word in part.split()]
    same = " ".join(_SAME_WORD.get(word, word) for word in words)
    return " ".join(word for word in same.split() if word not in _NOTHING_ADDED)
