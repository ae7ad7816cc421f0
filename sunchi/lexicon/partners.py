"""partners.csv: the names by which a text may mean a state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sunchi.lexicon.columns import LANGUAGES, NO_FORM, Rows, not_among, split_forms

COLUMNS = ("partner", "role", *LANGUAGES)

HOME = "KP"  # the home side, which publishes; never a partner

Role = Literal["name", "adjective", "capital", "leader", "official", "organ", "short", "outside", "pair", "initial"]


@dataclass(frozen=True, slots=True)
class Name:
    """One form by which a text may name a state."""

    partner: str
    role: Role
    lang: str
    form: str
    line: int  # of partners.csv


PERSONS: tuple[Role, ...] = ("leader", "official")


def names_of(file: Rows) -> Iterator[Name]:
    """Yield the forms of the rows of partners.csv."""
    first_line: dict[tuple[str, str], tuple[int, str, str]] = {}
    for line, row in file.rows():
        partner, role = row["partner"], row["role"]
        if not re.fullmatch("[A-Z]{2}", partner):
            file.fault(line, f"partner “{partner}” is not an ISO 3166 alpha-2 code: two capitals, as in CN")
            continue
        if wrong := list(not_among(row, "role", get_args(Role))):
            file.fault(line, *wrong)
            continue
        if not any(row[lang] for lang in LANGUAGES):
            file.fault(line, NO_FORM)
        for lang in LANGUAGES:
            for form in dict.fromkeys(_forms(row, lang)):
                before = first_line.setdefault((lang, form), (line, partner, role))
                if before[1] != partner and "short" not in (role, before[2]) and (role, before[2]) != ("pair", "pair"):
                    file.fault(
                        line,
                        f"“{form}” is {before[1]}'s already (line {before[0]}); give a shared form the role short",
                    )
                yield Name(partner, role, lang, form, line)  # type: ignore[arg-type]  # checked above


def _forms(row: Mapping[str, str], lang: str) -> list[str]:
    """Return a row's forms in a language. A person's English name is also the Spanish one unless another is given."""
    cell = row["en"] if lang == "es" and row["role"] in PERSONS and not row["es"] else row[lang]
    return split_forms(cell, lang)
