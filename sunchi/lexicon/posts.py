"""posts.csv: the rank of posts, the posts that deal with other states, and the position of a post in its office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sunchi.lexicon.columns import LANGUAGES, NO_FORM, Rows, not_among, split_forms
from sunchi.text import WRITTEN_APART

COLUMNS = ("kind", *LANGUAGES)
_WORD_BEGINS = r"\b"
_KINDS = ("first", "second", "lesser", "abroad", "head", "member")

_SEVERAL = re.compile(r" and |, | y |및|겸|兼")
_OF = {"en": " of ", "es": " de"}  # the words before it name the position: "director del Departamento"

Forms = Mapping[str, tuple[str, ...]]  # by language


def posts(file: Rows) -> Posts:
    """Read the rows of posts.csv."""
    rows: dict[str, dict[int, Forms]] = {kind: {} for kind in _KINDS}
    for line, row in file.rows():
        forms = {lang: tuple(split_forms(row[lang], lang)) for lang in LANGUAGES}
        if wrong := list(not_among(row, "kind", _KINDS)):
            file.fault(line, *wrong)
        elif not any(forms.values()):
            file.fault(line, NO_FORM)
        else:
            rows[row["kind"]][line] = forms
    return Posts(rows)


@dataclass(frozen=True)
class Posts:
    """The rows of posts.csv, by kind and line."""

    rows: Mapping[str, Mapping[int, Forms]]

    def offices(self, small: str, lang: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield each post of rank 1 or 2 in a lower-case text, as group `first` or `second`, not of deputies, staff."""
        office, lesser = self._office[lang], self._lesser[lang]
        for match in office.finditer(small, start, end):
            is_of_staff = small.startswith("'s office", match.end())  # "secretary of the premier's office"
            if not (is_of_staff or lesser.search(small, max(start, match.start() - 40), match.start())):
                yield match

    def place(self, post: str, lang: str) -> str:
        """Return the position of a post in an office that deals with other states, the same in every language.

        It is "head of …", "lesser head of …" or "member of …"; "" if the rows do not say, or if a person has several
        posts.
        """
        small = post.lower()
        if _SEVERAL.search(small):
            return ""
        forms = list(self.abroad[lang].finditer(small))
        offices = ", ".join(sorted({self._offices_by_form[lang][form[0]] for form in forms}))
        held = small.partition(_OF[lang])[0] if lang in _OF else small.split(" ")[-1]
        for kind in ("head", "member"):
            found = list(self._standing[lang][kind].finditer(held))
            if offices and found:
                return f"{'lesser ' if found[-1]['lesser'] else ''}{kind} of {offices}"
        is_office = lang in _OF and any(form.span() == (0, len(held)) for form in forms)
        return f"head of {offices}" if is_office else ""  # somebody "takes over the International Department"

    @cached_property
    def abroad(self) -> dict[str, re.Pattern[str]]:
        """By language: a pattern of the words of posts that deal with other states, for a lower-case text."""
        return {lang: _whole(_alternatives(_small(self._forms("abroad", lang))), lang) for lang in LANGUAGES}

    def _forms(self, kind: str, lang: str) -> tuple[str, ...]:
        return tuple(form for forms in self.rows[kind].values() for form in forms[lang])

    @cached_property
    def _offices_by_form(self) -> dict[str, dict[str, str]]:
        """By language: each form of an office -> the first form of its row."""
        found: dict[str, dict[str, str]] = {lang: {} for lang in LANGUAGES}
        for forms in self.rows["abroad"].values():
            first = next(some[0] for some in forms.values() if some)
            for lang in LANGUAGES:
                found[lang] |= dict.fromkeys(_small(forms[lang]), first)
        return found

    @cached_property
    def _standing(self) -> dict[str, dict[str, re.Pattern[str]]]:
        """By language and kind: the word for a position in an office, with a word for a deputy before it as `lesser`.

        In Korean and Chinese it ends the last word of a post.
        """
        found: dict[str, dict[str, re.Pattern[str]]] = {lang: {} for lang in LANGUAGES}
        for lang in LANGUAGES:
            lesser = _alternatives(_small(self._forms("lesser", lang)))
            for kind in ("head", "member"):
                words = _alternatives(_small(self._forms(kind, lang)))
                shape = rf"(?P<lesser>\b(?:{lesser})[- ](?:[\w']+ )?)?\b(?:{words})\b"
                found[lang][kind] = re.compile(shape if lang in WRITTEN_APART else f"(?P<lesser>{lesser})?(?:{words})$")
        return found

    @cached_property
    def _office(self) -> dict[str, re.Pattern[str]]:
        return {lang: _whole(self._ranked(lang), lang) for lang in LANGUAGES}

    def _ranked(self, lang: str) -> str:
        """Match the lower rank first: "president of the Presidium" is not "president", nor 국무위원장 국무위원."""
        first, second = _small(self._forms("first", lang)), _small(self._forms("second", lang))
        return f"(?P<second>{_alternatives(second, longer=first)})|(?P<first>{_alternatives(first)})"

    @cached_property
    def _lesser(self) -> dict[str, re.Pattern[str]]:
        between = dict.fromkeys(WRITTEN_APART, r"[- ](?:[\w']+ )?$")  # "deputy foreign minister"
        apart = {"zh": ""}  # there is no space before 副外长
        return {
            lang: re.compile(
                rf"{apart.get(lang, _WORD_BEGINS)}(?:{_alternatives(_small(self._forms('lesser', lang)))})"
                rf"{between.get(lang, ' ?$')}"
            )
            for lang in LANGUAGES
        }


def _small(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form.lower() for form in forms)


def _whole(alternatives: str, lang: str) -> re.Pattern[str]:
    """Compile the forms as whole words, in languages that separate words."""
    return re.compile(rf"\b(?:{alternatives})\b" if lang in WRITTEN_APART else f"(?:{alternatives})")


def _alternatives(forms: tuple[str, ...], *, longer: tuple[str, ...] = ()) -> str:
    """Return the alternatives, the longest first, except where one only begins a form of `longer`; a pattern that never
    matches if there are no forms.
    """
    return "|".join(_alone(form, longer) for form in sorted(forms, key=len, reverse=True)) or r"(?!)"


def _alone(form: str, longer: tuple[str, ...]) -> str:
    rests = [re.escape(other[len(form) :]) for other in longer if other.startswith(form) and other != form]
    return re.escape(form) + (f"(?!{'|'.join(rests)})" if rests else "")
