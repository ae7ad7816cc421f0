"""Tables of texts and their expected signals, in Markdown: README.md explains the format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import polars as pl

from sunchi import signals
from sunchi.model import ARTICLES, PLACE
from tests.detecting import house_lexicon

FOLDER = Path(__file__).parent
LANGUAGES = {"english": "en", "korean": "ko", "chinese": "zh", "spanish": "es"}
DAY = date(2026, 3, 2)
SCHEMA = pl.Schema({**ARTICLES, **PLACE})
CONTEXT = ("case", "lang", "day", "place")  # columns that are neither text nor signals


class TableError(Exception):
    """A fault in a table itself."""


@dataclass(frozen=True)
class Column:
    """The expectation of one column: some fields of the signals of one kind."""

    name: str
    kind: str
    fields: tuple[str, ...]
    code: str = ""  # only of signals of this code

    def of(self, rows: Sequence[dict[str, Any]]) -> str:
        """Return these fields of the rows as the table writes them."""
        chosen = [row for row in rows if row["kind"] == self.kind and self.code in ("", row["code"])]
        return "; ".join(" ".join(written(_value(row, field)) for field in self.fields) for row in chosen) or "–"


@dataclass(frozen=True)
class Case:
    """One row of a table: a text and its expected signals."""

    line: int
    lang: str
    day: date | None
    text: str
    place: Mapping[str, int]  # by columns of model.PLACE
    expected: Mapping[Column, str]

    @property
    def id(self) -> str:
        return f"{self.line:05}"

    @property
    def article(self) -> tuple[Any, ...]:
        """Return the text as a row of SCHEMA: headline and paragraphs, or one paragraph."""
        title, *rest = paragraphs(self.text)
        url = f"http://paper.example/{self.line}"
        return (self.id, "kcna", self.lang, url, self.day, title, rest, *map(self.place.get, PLACE))

    def wrong(self, rows: Sequence[dict[str, Any]]) -> list[str]:
        """Return how the signals found differ, one line per column."""
        found = {column: column.of(rows) for column in self.expected}
        differing = [column for column, expected in self.expected.items() if expected != found[column]]
        return [f"{column.name}: expected {self.expected[column]}; found {found[column]}" for column in differing]


@dataclass(frozen=True)
class Behaviour:
    """The statement of a bold row or of the heading above it, and the cases that show it."""

    name: str
    cases: tuple[Case, ...]


def read(file: Path) -> list[Behaviour]:
    """Return the behaviours of a file, in the order of their first cases."""
    behaviours: dict[str, list[Case]] = {}
    heading = template = ""
    header: list[str] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            heading = name = line.lstrip("# ")
        elif line.startswith(">"):
            template = line[1:].strip()
        elif line.startswith("|") and not header:
            header, name = cells(line), heading
        elif bold := re.fullmatch(r"\| \*\*(.+)\*\* \|", line):
            name = bold[1]
        elif line.startswith("|") and not re.fullmatch(r"[|: -]+", line):
            case = _case(f"{file}:{number}", header, cells(line), template or "{text}", file)
            behaviours.setdefault(name, []).append(case)
        elif header and not line:
            header, template = [], ""
    return [Behaviour(name, tuple(cases)) for name, cases in behaviours.items()]


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a file's only table, whatever its columns, by their headings."""
    header, _, *body = [cells(line) for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [dict(zip(header, row, strict=True)) for row in body]


def paragraphs(text: str) -> tuple[str, ...]:
    """Return headline and paragraphs of a text in a cell; without ¶ it is one paragraph and no headline."""
    headline, *rest = text.split("¶") if "¶" in text else ("", text)
    return (headline.strip(), *(paragraph.strip() for paragraph in rest if paragraph.strip()))


def found_in(cases: Sequence[Case]) -> dict[str, list[dict[str, Any]]]:
    """Return the signals of all cases, by the case's id."""
    articles = pl.DataFrame([case.article for case in cases], schema=SCHEMA, orient="row")
    rows = signals.detect(articles, house_lexicon())
    found: dict[str, list[dict[str, Any]]] = {case.id: [] for case in cases}
    for row in rows.iter_rows(named=True):
        found[row["article"]].append(row)
    return found


def written(value: Any) -> str:
    """Return a value as a cell writes it."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case "":
            return '""'
        case _:
            return " ".join(str(value).split())


def cells(line: str) -> list[str]:
    """Return the cells of a row; a bar that belongs to a cell has a backslash before it."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _case(place: str, header: Sequence[str], row: Sequence[str], template: str, file: Path) -> Case:
    if len(header) != len(row):
        raise TableError(f"{place}: {len(row)} cells under {len(header)} headings")
    values = dict(zip(header, row, strict=True))
    slots = [name for name in header if f"{{{name}}}" in template]
    text = reduce(lambda text, name: text.replace(f"{{{name}}}", values[name]), slots, template)
    kind = file.relative_to(FOLDER).parts[0]
    expected = {_column(name, kind): values[name] for name in header if name not in (*slots, *CONTEXT)}
    if not slots or not expected:
        raise TableError(f"{place}: a table needs a text and what is to be found in it")
    day = values.get("day", DAY.isoformat())
    return Case(
        line=int(place.rpartition(":")[2]),
        lang=values.get("lang", LANGUAGES[file.stem]),
        day=None if day == "none" else date.fromisoformat(day),
        text=text,
        place={name: int(number) for name, number in map(str.split, filter(None, values.get("place", "").split(",")))},
        expected=expected,
    )


def _column(name: str, kind: str) -> Column:
    if name in ("mentions", "about"):
        return Column(name, "attention", ("partner",), "about" if name == "about" else "")
    qualified, _, fields = name.rpartition(":")
    column = Column(name, qualified or kind, tuple(fields.split()))
    if column.kind not in signals.kinds():
        raise TableError(f"no kind of signal: {name}")
    return column


def _value(row: dict[str, Any], field: str) -> Any:
    return row[field] if field in row else row["detail"][field]
