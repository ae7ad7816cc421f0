"""What the analyst's CSV files have in common: rows, languages, the forms of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from sunchi import text

LANGUAGES = ("en", "ko", "zh", "es")
ANY = "ANY"
"""In the column `partner`: the row holds for every state."""


class Rows(Protocol):
    """A file of the lexicon: its rows with their line numbers, and a place for faults."""

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]: ...

    def fault(self, line: int, message: str) -> None: ...


def split_forms(cell: str, lang: str = "") -> list[str]:
    """Return the forms of a cell, separated by `|`, as a text in their language is matched."""
    return [text.plain(form.strip(), lang) for form in cell.split("|") if form.strip()]


def has_forms(file: Rows, line: int, row: Mapping[str, str]) -> bool:
    """Return whether a row has a known `lang` and `forms`; if not, add the fault."""
    if row["lang"] not in LANGUAGES:
        file.fault(line, f"lang “{row['lang']}” is unknown; it is one of {', '.join(LANGUAGES)}")
    elif not split_forms(row["forms"], row["lang"]):
        file.fault(line, "has no form; add one, or take the row out")
    else:
        return True
    return False


def wrong_id(id: str, state: str = "") -> Iterator[str]:
    """Yield what is wrong with the id of a row, which begins with its state's letters where it is one state's."""
    if not re.fullmatch("[a-z][a-z0-9_]*", id):
        yield f"id “{id}” must be small letters, digits and _, as in cn_day"
    elif state and not id.startswith(f"{state.lower()}_"):
        yield f"id “{id}” must begin with its state, as in {state.lower()}_{id}"
