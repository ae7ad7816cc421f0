"""Patterns of full titles, from titles.csv: inside a title, neither names of states nor words are counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Forms = Mapping[str, tuple[str, ...]]
"""By language."""


_OF = ("of", "for", "to")
_LINKED_KO = ("이시며", "이며", "이신", "인")
"""The endings that link an office to a name."""


def title_words(offices: Forms) -> dict[str, tuple[str, ...]]:
    """Return by language the words without which a text in small letters holds no full title: offices with a link."""
    return {
        "en": tuple(f"{office.lower()} {of}" for office in offices["en"] for of in _OF),
        "ko": tuple(office + ending for office in offices["ko"] for ending in _LINKED_KO),
        "zh": offices["zh"],
    }


def title_patterns(offices: Forms, organs: Forms, states: Sequence[str]) -> dict[str, re.Pattern[str]]:
    """Return the pattern of a full title by language; `states` are the Chinese names of states and of their organs."""
    return {
        "en": _english(offices["en"]),
        "ko": _korean(offices["ko"], organs["ko"]),
        "zh": _chinese(states, organs["zh"], offices["zh"]),
    }


def _english(offices: tuple[str, ...]) -> re.Pattern[str]:
    """Match from an office to the last capitalized word of its organization."""
    either = "|".join(re.escape(office) for office in sorted(offices, key=len, reverse=True))
    joint = rf"(?: (?:of|for|to|and|the|its)\b| (?:{either})\b| C\.C\.,?| (?!C\.C\.)[A-Z][\w.'-]*,?| \([A-Z]+\))"
    name = r"(?: \([A-Z]+\)| (?!C\.C)[A-Z][\w'-]*(?:\.[A-Z]\b)*)"
    # No row of titles has more words; without a bound, time would grow with the square of a hostile page's length.
    return re.compile(rf"\b(?:{either}) (?:{'|'.join(_OF)})\b{joint}{{0,250}}?{name}(?:{joint}{{0,250}}{name})?")


def _korean(offices: tuple[str, ...], organs: tuple[str, ...]) -> re.Pattern[str]:
    """Match from an organ to the office with the ending that links it to a name: 중국공산당 중앙위원회 총서기이며."""
    office = "|".join(sorted(map(re.escape, offices), key=len, reverse=True))
    organ = "|".join(sorted(map(re.escape, organs), key=len, reverse=True))
    # Each word that ends in an organ can match in only one way; otherwise a row of organs would take exponential time.
    in_a_row = rf"(?:(?=[가-힣]{{0,30}}(?:{organ}) )[가-힣]+ ){{0,8}}[가-힣]{{0,30}}(?:{organ})"
    return re.compile(rf"(?<![가-힣]){in_a_row} ?[가-힣]{{0,30}}(?:{office})(?:{'|'.join(_LINKED_KO)})")


def _chinese(states: Sequence[str], organs: tuple[str, ...], offices: tuple[str, ...]) -> re.Pattern[str]:
    """Match from a state's name through an organ, which may end it, to the office: 中国共产党中央委员会总书记."""
    state, organ, office = (
        "|".join(sorted(map(re.escape, some), key=len, reverse=True)) or "(?!)" for some in (states, organs, offices)
    )
    within = r"[^\W\d_向给与和同对致在的]"  # a title never continues past "to" and "with"
    return re.compile(rf"(?={state}){within}{{0,24}}?(?:{organ}){within}{{0,16}}?(?:{office})")
