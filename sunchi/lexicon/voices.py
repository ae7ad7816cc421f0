"""authority.csv and stance.csv: the words that show how authoritative a speaker is, and how it speaks of a state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from sunchi import text
from sunchi.lexicon.columns import LANGUAGES, Rows, not_among, split_forms

VOICE_COLUMNS = ("code", "level", "lang", "document", "speaker")
TONE_COLUMNS = ("manner", "strength", "lang", "forms")
"""The columns of authority.csv and stance.csv."""

MESSAGE, HEADLINE, ANYBODY = "MESSAGE", "HEADLINE", "ANY"

_WORD = re.compile(r"[^\W_]")  # the first letter of one

Authority = Literal[
    "leader",
    "government",
    "foreign_ministry_statement",
    "press_statement",
    "spokesperson_answer",
    "commentary",
    "report",
]
Manner = Literal["blame", "demand", "posture", "epithet", "wish", "news"]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One row of authority.csv. `document` is None for a message; `speaker` is None for any speaker of the home
    side.
    """

    code: Authority
    level: float
    lang: str
    document: re.Pattern[str] | None  # for a lower-case text, like `speaker`
    headline: bool  # it is enough that the headline names the speaker
    anchors: tuple[str, ...]  # lower-case words: a text must have one of them; none for a message
    speaker: re.Pattern[str] | None
    speakers: tuple[str, ...]  # like the anchors; none for anybody
    line: int  # of authority.csv


@dataclass(frozen=True)
class Tone:
    """One form of stance.csv."""

    manner: Manner
    strength: int
    lang: str
    form: str
    head: str  # lower case: the beginning of the form, up to its first "*"
    line: int  # of stance.csv

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the form in a lower-case text, compiled when a text first contains the head."""
        if self.lang in text.WRITTEN_APART:
            return _either([self.form], self.lang)
        return re.compile(re.escape(self.form.lower()).replace(r"\ ", " ?"))


def voices(file: Rows) -> Iterator[Voice]:
    """Yield the rows of authority.csv."""
    for line, row in file.rows():
        documents, speakers = split_forms(row["document"], row["lang"]), split_forms(row["speaker"], row["lang"])
        if wrong := list(_wrong_voice(row, documents, speakers)):
            file.fault(line, *wrong)
            continue
        said = documents not in ([MESSAGE], [HEADLINE])
        anchoring = documents if said else speakers if documents == [HEADLINE] else []
        yield Voice(
            code=row["code"],  # type: ignore[arg-type]  # checked above
            level=float(row["level"]),
            lang=row["lang"],
            document=_either(documents, row["lang"]) if said else None,
            headline=documents == [HEADLINE],
            anchors=_anchors(anchoring, row["lang"]),
            speaker=None if speakers == [ANYBODY] else _either(speakers, row["lang"]),
            speakers=() if speakers == [ANYBODY] else _anchors(speakers, row["lang"]),
            line=line,
        )


def tones(file: Rows) -> Iterator[Tone]:
    """Yield the forms of stance.csv."""
    first_line: dict[tuple[str, str], int] = {}
    for line, row in file.rows():
        wrong = list(_wrong_tone(row))
        forms = split_forms(row["forms"], row["lang"])
        for form in forms:
            earlier = first_line.setdefault((row["lang"], form.lower()), line)
            if earlier != line:
                wrong.append(f"“{form}” is already on line {earlier}; delete one of the two")
        file.fault(line, *wrong)
        for form in forms if not wrong else ():
            yield Tone(
                manner=row["manner"],  # type: ignore[arg-type]  # checked above
                strength=int(row["strength"]),
                lang=row["lang"],
                form=form,
                head=re.split(r"~|\*" if row["lang"] in text.WRITTEN_APART else " ", form)[0].strip().lower(),
                line=line,
            )


def _wrong_voice(row: dict[str, str], documents: list[str], speakers: list[str]) -> Iterator[str]:
    yield from not_among(row, "code", get_args(Authority))
    yield from not_among(row, "lang", LANGUAGES)
    if not re.fullmatch(r"\d+(\.\d+)?", row["level"]) or not 1 <= float(row["level"]) <= 10:
        yield f"level “{row['level']}” is not a number from 1 to 10, as in 5.5"
    if not documents or not speakers:
        yield "needs both a document and a speaker; write ANY for a speaker that does not matter"
    yield from (f"“{form}” contains no word" for form in (*documents, *speakers) if not _WORD.search(form))


def _wrong_tone(row: dict[str, str]) -> Iterator[str]:
    yield from not_among(row, "manner", get_args(Manner))
    yield from not_among(row, "lang", LANGUAGES)
    if row["strength"] not in ("-2", "-1", "1", "2"):
        yield f"strength “{row['strength']}” is not -2, -1, 1 or 2"
    elif (row["manner"] == "wish") != (int(row["strength"]) > 0):
        yield "a wish must be above 0, and everything else below it"
    forms = split_forms(row["forms"], row["lang"])
    if not forms:
        yield "has no form; add one, or delete the row"
    yield from (f"“{form}” does not begin with a word" for form in forms if not _WORD.match(form))
    if row["lang"] not in text.WRITTEN_APART:
        yield from (f"“{form}”: * and ~ work in English and Spanish only" for form in forms if {"*", "~"} & {*form})


def _either(some: list[str], lang: str) -> re.Pattern[str]:
    """Return a pattern of any of the forms, the longest first, for a lower-case text.

    `*` is up to five words; a `~` ends a stem, which any ending may follow.
    """
    forms = [form.lower() for form in some]
    if lang not in text.WRITTEN_APART:  # a blank may stand anywhere, or nowhere
        parts = [text.squeeze(form)[0].split("*") for form in forms]
        apart = [[" ?".join(map(re.escape, part)) for part in each] for each in sorted(parts, key=_length)]
        return re.compile("|".join(map(".{0,24}?".join, apart)))
    ordered = sorted(forms, key=lambda form: -len(form))
    words = "|".join(_by_words(form) for form in ordered if form[0].isalnum())
    others = [
        _by_words(form) for form in ordered if not form[0].isalnum()
    ]  # ": KCNA" ends a headline, right after a word
    # the word boundary is checked once, not for each form
    return re.compile("|".join([rf"(?<![^\W_])(?:{words})"] * bool(words) + others))


def _length(parts: list[str]) -> int:
    return -sum(map(len, parts))


def _by_words(form: str) -> str:
    words = [_SOME_WORDS if word == "*" else re.escape(word).replace(r"\~", "~") for word in form.split()]
    joined = " +".join(words).replace(f"{_SOME_WORDS} +", _SOME_WORDS)
    return joined.replace("~", r"[^\W_]*") + ("" if form.endswith("~") else r"(?![^\W_])")


_SOME_WORDS = r"(?:[^\s.;]+ +){0,5}?"


def _anchors(forms: list[str], lang: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_anchor(form, lang) for form in forms))


def _anchor(form: str, lang: str) -> str:
    parts = re.split(r"[~*\s]+", form) if lang in text.WRITTEN_APART else text.squeeze(form)[0].split("*")
    return max((part.lower() for part in parts), key=len)
