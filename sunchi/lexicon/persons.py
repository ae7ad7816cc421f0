"""persons.csv: the persons who send and receive messages and are met, with their names in each language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sunchi.lexicon.columns import OPEN_END, Rows, no_state, repeated, split_forms, wrong_id
from sunchi.lexicon.organizations import OFFICES, Organization

NAME_LANGUAGES = ("en", "ko", "zh", "ru", "es")
"""The languages of a person's names."""

COLUMNS = ("id", "state", "roles", *NAME_LANGUAGES)

_ROLE = re.compile(r"([a-z_]+) (\d{4})\.(0[1-9]|1[0-2])-(?:(\d{4})\.(0[1-9]|1[0-2]))?")
_OPEN = (OPEN_END, 12)

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """An office that a person held, from one month to another."""

    office: str  # an id of organizations.csv
    first: Month
    last: Month

    def held(self, day: date) -> bool:
        """Return whether it was held on a day, as precisely as the months tell."""
        return self.first <= (day.year, day.month) <= self.last

    def held_all_month(self, day: date) -> bool:
        """Return whether it was held during the whole month of a day, so that nobody else can have held it then."""
        return self.first < (day.year, day.month) < self.last


@dataclass(frozen=True, slots=True)
class Person:
    """One row: a person of one state."""

    id: str
    state: str
    roles: tuple[Role, ...]
    forms: tuple[tuple[str, tuple[str, ...]], ...]  # by language
    line: int  # of persons.csv

    def forms_in(self, lang: str) -> tuple[str, ...]:
        return dict(self.forms).get(lang, ())


def persons(file: Rows, known: Collection[str], offices: Collection[Organization]) -> Iterator[Person]:
    """Yield the rows of persons.csv; `known` are the states, including the home side, `offices` those of
    organizations.csv.
    """
    held = {each.id for each in offices if each.kind in OFFICES}
    first_line: dict[tuple[str, ...], int] = {}
    for line, row in file.rows():
        state = row["state"]
        forms = tuple((lang, tuple(split_forms(_names(row, lang), lang))) for lang in NAME_LANGUAGES)
        roles = list(filter(None, row["roles"].split("|")))
        wrong = list(no_state(row, "state", known, or_any=False)) or list(wrong_id(row["id"], state))
        wrong += [message for role in roles for message in _wrong_role(role, held)]
        if not any(some for _, some in forms):
            wrong.append("has no name in any language; add one, or delete the row")
        mine = [(state, lang, form) for lang, some in forms for form in some]
        wrong += repeated(first_line, line, [(row["id"],), *mine], "names must tell two persons apart")
        file.fault(line, *wrong)
        if not wrong:
            held_roles = tuple(_role(match) for match in map(_ROLE.fullmatch, roles) if match)
            yield Person(row["id"], state, held_roles, forms, line)


def _names(row: dict[str, str], lang: str) -> str:
    return row["es"] or row["en"] if lang == "es" else row[lang]


def _wrong_role(written: str, offices: Collection[str]) -> Iterator[str]:
    match = _ROLE.fullmatch(written)
    if not match:
        yield f"role “{written}” is not an office with its months, as in president 2008.05-2012.05 or king 2004.10-"
        return
    role = _role(match)
    if role.office not in offices and not any(office.endswith(f"_{role.office}") for office in offices):
        yield f"role “{written}” names an office that is not in organizations.csv; add it there"
    if role.last < role.first:
        yield f"role “{written}” ends before it begins"


def _role(match: re.Match[str]) -> Role:
    last = (int(match[4]), int(match[5])) if match[4] else _OPEN
    return Role(match[1], (int(match[2]), int(match[3])), last)
