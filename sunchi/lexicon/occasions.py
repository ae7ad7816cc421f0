"""occasions.csv: the occasions of messages (days of the year, birthdays, disasters ...), and the words for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sunchi.lexicon.columns import (
    ANY,
    LANGUAGES,
    LEAP_DAY,
    NO_FORM,
    OPEN_END,
    Rows,
    day_of_year,
    no_state,
    not_among,
    repeated,
    split_forms,
    wrong_id,
)
from sunchi.lexicon.organizations import matched

COLUMNS = ("id", "state", "kind", "day", "since", "until", *LANGUAGES)
KINDS = ("day", "anniversary", "birthday", "death", "relations", "event")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One row: an occasion with its day and its words, or the words for a kind of occasion that every state has."""

    id: str
    state: str  # or ANY
    kind: str  # of KINDS
    day: tuple[int, int] | None  # month, day
    since: int | None  # the year of the event that the day commemorates
    until: int  # the last year in which it was observed
    forms: tuple[tuple[str, tuple[str, ...]], ...]  # by language, normalized for matching
    line: int  # of occasions.csv

    def forms_in(self, lang: str) -> tuple[str, ...]:
        return dict(self.forms).get(lang, ())

    def days_from(self, day: date) -> int | None:
        """Return by how many days a date follows the occasion's nearest day, negative before it; None without a day."""
        if self.day is None:
            return None
        years = range(max(day.year - 1, self.since or 1), min(day.year + 1, self.until) + 1)
        apart = [(day - date(year, *self.day)).days for year in years]
        return min(apart, key=abs, default=None)

    def year(self, day: date) -> int:
        """Return the year of the occasion's day nearest to a date."""
        apart = self.days_from(day) or 0
        return date.fromordinal(max(day.toordinal() - apart, 1)).year


def occasions(file: Rows, known: Collection[str]) -> Iterator[Occasion]:
    """Yield the rows of occasions.csv; `known` are the states, including the home side."""
    first_line: dict[tuple[str, ...], int] = {}
    for line, row in file.rows():
        wrong = list(_wrong(row, known))
        forms = tuple((lang, tuple(matched(form, lang) for form in split_forms(row[lang], lang))) for lang in LANGUAGES)
        if row["state"] == ANY and not any(some for _, some in forms):
            wrong.append(NO_FORM)
        mine = [(row["state"], lang, form) for lang, some in forms for form in some]
        wrong += repeated(first_line, line, [(row["id"],), *mine], "delete one of the two")
        file.fault(line, *wrong)
        if not wrong:
            yield Occasion(
                id=row["id"],
                state=row["state"],
                kind=row["kind"],
                day=day_of_year(row["day"]),
                since=int(row["since"]) if row["since"] else None,
                until=int(row["until"] or OPEN_END),
                forms=forms,
                line=line,
            )


def _wrong(row: dict[str, str], known: Collection[str]) -> Iterator[str]:
    yield from wrong_id(row["id"])
    yield from no_state(row, "state", known)
    yield from not_among(row, "kind", KINDS)
    if row["day"] and day_of_year(row["day"]) in (None, LEAP_DAY):
        yield f"day “{row['day']}” is not a day of the year; write month-day, as in 10-01"
    for column in ("since", "until"):
        if row[column] and not re.fullmatch("[1-9][0-9]{0,3}", row[column]):
            yield f"{column} “{row[column]}” is not a year"
    if row["kind"] in ("day", "anniversary") and row["state"] != ANY and not row["day"]:
        yield "has no day; write month-day, as in 10-01"
