"""organizations.csv: the parties, governments and offices that write to each other, with their names in each language.

By them, the ledger of messages recognizes that two papers name the same sender, and detectors know the governing
parties.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sunchi import text
from sunchi.lexicon.columns import (
    ANY,
    LANGUAGES,
    NO_FORM,
    Rows,
    no_state,
    not_among,
    repeated,
    spans_of_years,
    split_forms,
    wrong_id,
)

COLUMNS = ("id", "partner", "kind", "rules", *LANGUAGES)

LEVELS = {
    "leader": "leader", "party": "party", "committee": "party", "congress": "party", "government": "government",
    "head": "government", "ministry": "ministry", "minister": "ministry", "commission": "organ", "assembly": "organ",
    "army": "organ", "department": "organ", "mission": "organ", "city": "organ", "officer": "organ", "envoy": "organ",
    "society": "other", "company": "other", "media": "other", "monument": "",
}  # fmt: skip
"""The kinds of organizations and offices, each with the level at which it writes to others."""

SUPREME_LEADER = "supreme_leader"
"""The office of Pyongyang's leader; persons.csv says who held it, and when."""

OFFICES = ("leader", "head", "minister", "officer", "envoy")
"""The kinds of rows that are an office held by one person."""

_BETWEEN = {
    "en": r"\b(?:of|the|and|its|for)\b|'s\b|[\W\d_]+",
    "es": r"\b(?:de|del|la|el|los|las|y|e|su)\b|[\W\d_]+",
    "ko": r"과|와|및|[\W\d_]+",
    "zh": r"和|与|及|[\W\d_]+",
}


@dataclass(frozen=True, slots=True)
class Organization:
    """One row: an organization of one state, or one that every state has."""

    id: str
    partner: str  # alpha-2, KP among them, or ANY
    kind: str  # of LEVELS
    rules: tuple[tuple[int, int], ...]  # the years in which a party governs, as inclusive spans
    forms: tuple[tuple[str, tuple[str, ...]], ...]  # by language, normalized for matching
    line: int  # of organizations.csv

    def forms_in(self, lang: str) -> tuple[str, ...]:
        return dict(self.forms).get(lang, ())

    def governs(self, day: date | None) -> bool:
        """Return whether it is a governing party on a day; without a day, whether it ever was one."""
        return any(day is None or first <= day.year <= last for first, last in self.rules)


def organizations(file: Rows, known: Collection[str]) -> Iterator[Organization]:
    """Yield the rows of organizations.csv; `known` are the states, including the home side."""
    first_line: dict[tuple[str, ...], int] = {}
    for line, row in file.rows():
        partner = row["partner"]
        forms = tuple((lang, tuple(matched(form, lang) for form in split_forms(row[lang], lang))) for lang in LANGUAGES)
        rules = spans_of_years(row["rules"])
        wrong = [*no_state(row, "partner", known), *not_among(row, "kind", LEVELS)]
        wrong += wrong_id(row["id"], "" if partner == ANY else partner)
        if rules is None:
            wrong.append(f"rules “{row['rules']}” is not a span of years, as in 1975- or 2009-2014")
        if (earlier := first_line.setdefault((row["id"],), line)) != line:
            wrong.append(f"id “{row['id']}” is already on line {earlier}; give each row its own id")
        if not any(some for _, some in forms):
            wrong.append(NO_FORM)
        mine = [(partner, lang, form) for lang, some in forms for form in some]
        wrong += repeated(first_line, line, mine, "delete one of the two")
        file.fault(line, *wrong)
        if not wrong:
            yield Organization(row["id"], partner, row["kind"], tuple(rules or ()), forms, line)


def matched(name: str, lang: str) -> str:
    """Return a name normalized for matching: without case, and in Korean and Chinese without spaces."""
    plain = text.plain(name, lang).casefold()
    return plain if lang in text.WRITTEN_APART else text.squeeze(plain)[0]


def matching_lines(
    name: str, lang: str, partner: str, known: Sequence[Organization], states: Collection[str]
) -> tuple[int, ...] | None:
    """Return the rows that together make up a name; None if it contains other words than these and `states`.

    `states` are the names of `partner`. "Central Committee of the Workers' Party of Korea" is two rows; "a branch of …"
    and "chairman of …" match none.
    """
    left = matched(name, lang)
    forms = [(form, body.line) for body in known if body.partner in (partner, ANY) for form in body.forms_in(lang)]
    forms += [(matched(state, lang), 0) for state in states]
    lines: set[int] = set()
    for form, line in sorted(forms, key=lambda form: -len(form[0])):
        if form not in left:
            continue
        apart = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)" if lang in text.WRITTEN_APART else re.escape(form))
        left, times = apart.subn("|", left)
        lines |= {line} if times else set()
    rest = re.sub(_BETWEEN[lang], "", left)
    return tuple(sorted(lines - {0})) or None if not rest else None
