"""Posts and persons, as lexicon/posts.csv knows them: who stands how high, and which post deals with other states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

ABROAD = "abroad"  # the category of an appointment to a post that deals with other states
_WORD_BEGINS = r"\b"
KINDS = ("first", "second", "lesser", ABROAD, "surname")


@dataclass(frozen=True)
class Posts:
    """The forms of posts.csv, by kind and language (en, ko, zh)."""

    forms: Mapping[str, Mapping[str, tuple[str, ...]]]

    def offices(self, small: str, lang: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Each post of rank 1 or 2 in a text in small letters, as group `first` or `second`; none of a lesser word."""
        office, lesser = self._office[lang], self._lesser[lang]
        for match in office.finditer(small, start, end):
            if not lesser.search(small, max(start, match.start() - 40), match.start()):
                yield match

    @cached_property
    def abroad(self) -> dict[str, re.Pattern[str]]:
        """By language: the words of a post that deals with other states, in a text in small letters."""
        return {lang: _whole(_alternatives(_small(forms)), lang) for lang, forms in self.forms["abroad"].items()}

    @cached_property
    def surnames(self) -> dict[str, str]:
        """By language: a Korean surname, as a piece of a regular expression."""
        return {lang: _alternatives(forms) for lang, forms in self.forms["surname"].items()}

    @cached_property
    def _office(self) -> dict[str, re.Pattern[str]]:
        return {lang: _whole(self._ranked(lang), lang) for lang in self.forms["first"]}

    def _ranked(self, lang: str) -> str:
        """The lower rank first, as "president of the Presidium" is none of a president, nor 국무위원장 a 국무위원."""
        first, second = _small(self.forms["first"][lang]), _small(self.forms["second"][lang])
        return f"(?P<second>{_alternatives(second, longer=first)})|(?P<first>{_alternatives(first)})"

    @cached_property
    def _lesser(self) -> dict[str, re.Pattern[str]]:
        between = {"en": r"[- ](?:[\w']+ )?$"}  # "deputy foreign minister"
        apart = {"zh": ""}  # no blank stands before 副外长
        return {
            lang: re.compile(
                rf"{apart.get(lang, _WORD_BEGINS)}(?:{_alternatives(_small(forms))}){between.get(lang, ' ?$')}"
            )
            for lang, forms in self.forms["lesser"].items()
        }


def _small(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form.lower() for form in forms)


def _whole(alternatives: str, lang: str) -> re.Pattern[str]:
    """The forms as whole words, where words stand apart."""
    return re.compile(rf"\b(?:{alternatives})\b" if lang == "en" else f"(?:{alternatives})")


def _alternatives(forms: tuple[str, ...], *, longer: tuple[str, ...] = ()) -> str:
    """Longest first, none where it is but the beginning of one of `longer`; what never matches where there is none."""
    return "|".join(_alone(form, longer) for form in sorted(forms, key=len, reverse=True)) or r"(?!)"


def _alone(form: str, longer: tuple[str, ...]) -> str:
    rests = [re.escape(other[len(form) :]) for other in longer if other.startswith(form) and other != form]
    return re.escape(form) + (f"(?!{'|'.join(rests)})" if rests else "")
