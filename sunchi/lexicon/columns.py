"""Helpers shared by the readers of the analyst's CSV files: rows, languages, the forms of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from sunchi import text

LANGUAGES = ("en", "ko", "zh", "es")
ANY = "ANY"
"""In the column `partner`: the row applies to every state."""


class Rows(Protocol):
    """A file of the lexicon: its rows with their line numbers, and a list to which faults are added."""

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]: ...

    def fault(self, line: int, message: str) -> None: ...


def split_forms(cell: str, lang: str = "") -> list[str]:
    """Return the forms of a cell, separated by `|` and normalized as a text in their language is for matching."""
    return [text.plain(form.strip(), lang) for form in cell.split("|") if form.strip()]


def has_forms(file: Rows, line: int, row: Mapping[str, str]) -> bool:
    """Return whether a row has a known `lang` and `forms`; add the fault if it has not."""
    if row["lang"] not in LANGUAGES:
        file.fault(line, f"lang “{row['lang']}” is unknown; use one of {', '.join(LANGUAGES)}")
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
