"""Helpers shared by the readers of the analyst's CSV files: rows, languages, the forms of a cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from sunchi import text

LANGUAGES = ("en", "ko", "zh", "es")
ANY = "ANY"
"""In the column `partner`: the row applies to every state."""

NO_FORM = "has no form in any language; add one, or delete the row"
OPEN_END = 9999
"""The last year of a span without an end."""

LEAP_DAY = (2, 29)
"""The day that not every year has, as month and day."""

_YEARS = re.compile(r"(\d{4})-(\d{4})?")
_DAY = re.compile(r"(\d\d)-(\d\d)")
_LEAP = 2000  # any leap year


class Rows(Protocol):
    """A file of the lexicon: its rows with their line numbers, and a list to which faults are added."""

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]: ...

    def fault(self, line: int, *messages: str) -> None: ...


def split_forms(cell: str, lang: str = "") -> list[str]:
    """Return the forms of a cell, separated by `|` and normalized as a text in their language is for matching."""
    return [text.plain(form.strip(), lang) for form in cell.split("|") if form.strip()]


def not_among(row: Mapping[str, str], column: str, known: Collection[str], otherwise: str = "") -> Iterator[str]:
    """Yield what is wrong with a cell that must be one of the known values; `otherwise` is another way to mend it."""
    if row[column] not in known:
        yield f"{column} “{row[column]}” is unknown; {otherwise}use one of {', '.join(known)}"


def no_state(row: Mapping[str, str], column: str, known: Collection[str], *, or_any: bool = True) -> Iterator[str]:
    """Yield what is wrong with a cell that must be a state of partners.csv; with `or_any`, it may also be ANY."""
    if row[column] not in known and not (or_any and row[column] == ANY):
        yield f"{column} “{row[column]}” is not in partners.csv; add it there" + (f", or write {ANY}" if or_any else "")


def repeated(
    first_line: dict[tuple[str, ...], int], line: int, keys: Iterable[tuple[str, ...]], mend: str
) -> Iterator[str]:
    """Yield a fault, by its last word, for each key that an earlier line has; `first_line` is where each is first."""
    for key in keys:
        earlier = first_line.setdefault(key, line)
        if earlier != line:
            yield f"“{key[-1]}” is already on line {earlier}; {mend}"


def spans_of_years(cell: str) -> list[tuple[int, int]] | None:
    """Return the inclusive spans of years in a cell, `1975-` or `2001-2023`, separated by `|`; None if one is wrong."""
    spans = [_YEARS.fullmatch(span) for span in split_forms(cell)]
    found = [(int(span[1]), int(span[2] or OPEN_END)) for span in spans if span]
    return found if len(found) == len(spans) else None


def day_of_year(written: str) -> tuple[int, int] | None:
    """Return month and day of `10-01`; None if no year has that day."""
    match = _DAY.fullmatch(written)
    try:
        day = date(_LEAP, int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
    return (day.month, day.day) if day else None


def has_forms(file: Rows, line: int, row: Mapping[str, str]) -> bool:
    """Return whether a row has a known `lang` and `forms`; add the fault if it has not."""
    if wrong := list(not_among(row, "lang", LANGUAGES)):
        file.fault(line, *wrong)
    elif not split_forms(row["forms"], row["lang"]):
        file.fault(line, "has no form; add one, or delete the row")
    else:
        return True
    return False


def wrong_id(id: str, state: str = "") -> Iterator[str]:
    """Yield what is wrong with a row's id, which begins with the state's code if the row belongs to one state."""
    if not re.fullmatch("[a-z][a-z0-9_]*", id):
        yield f"id “{id}” may contain only lower-case letters, digits and _, as in cn_day"
    elif state and not id.startswith(f"{state.lower()}_"):
        yield f"id “{id}” must begin with its state, as in {state.lower()}_{id}"
