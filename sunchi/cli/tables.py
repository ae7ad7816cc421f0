"""The rows of tables of articles (CSV and Parquet), with their faults.

The columns have the names of the fields in JSON lines. In CSV, `paragraphs` are separated by line breaks.
"""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from sunchi.cli.jsonlines import opened
from sunchi.text import cut

_MAX_CELL = 8 * 2**20  # characters
_AT_ONCE = 2_000  # rows of a Parquet file held in memory
_NUMBERS = ("page", "pages", "position", "entries", "photos")
_WANTED = ("title", "paragraphs")
_DELIMITERS = "commas, semicolons or tabs"
_SHOWN = 120  # characters of the columns that a file has


def csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Yield the line, the object and the length of each row of a CSV file, as `jsonlines.objects` does.

    Raises OSError, EOFError, zlib.error or ValueError where the file can be read no further.
    """
    csv.field_size_limit(_MAX_CELL)
    with opened(path) as file:
        lines = _decoded(file)
        first = next(lines, "")
        table = csv.reader(chain([first], lines), delimiter=_delimiter(first))
        try:
            header = next(table, [])
            _check_header(header, f"divided by {_DELIMITERS}")
            for cells in table:
                if cells:
                    yield table.line_num, _object(header, cells), sum(map(len, cells))
        except csv.Error as error:
            raise ValueError(f"line {table.line_num}: {error}; it is read no further") from None


def _decoded(file: BinaryIO) -> Iterator[str]:
    """Yield the lines as text; bytes that are not UTF-8 become lone surrogates, which no cell may contain."""
    for number, line in enumerate(file):
        if number == 0 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ValueError("is UTF-16; save the file as UTF-8")
        text = line.decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if number == 0 else text


def _delimiter(header: str) -> str:
    """Return the delimiter of a first row: spreadsheets write semicolons where the comma is the decimal sign."""
    return max(",;\t", key=header.count)


def _check_header(header: Collection[str], divided: str = "") -> None:
    if missing := [name for name in _WANTED if name not in header]:
        wanted = "the columns are source, lang, url, date, title, paragraphs (separated by line breaks inside the cell)"
        found = cut(", ".join(header), _SHOWN)
        raise ValueError(
            f"lacks {' and '.join(missing)}; " + ", ".join(filter(None, (wanted, divided))) + f": it has {found}"
        )


def _object(header: Sequence[str], cells: Sequence[str]) -> dict[str, Any] | str:
    if len(cells) != len(header):
        return f"{len(cells)} cells, and the first row has {len(header)}"
    if any("\udc80" <= sign <= "\udcff" for cell in cells for sign in cell if sign >= "\ud800"):
        return "is not UTF-8; save the file as UTF-8"
    data: dict[str, Any] = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
    data["paragraphs"] = _paragraphs(data.get("paragraphs", ""))
    data |= {name: int(data[name]) for name in _NUMBERS if name in data and data[name].isdecimal()}
    return data


def _paragraphs(cell: str) -> list[str]:
    """Return the paragraphs of a cell: lines, or a JSON list."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return found
    return [line.strip() for line in cell.splitlines() if line.strip()]


def parquet_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Yield the number, the object and the length of each row of a Parquet file, as `csv_rows` does."""
    import polars as pl
    from polars.exceptions import PolarsError

    if path.suffix == ".gz":
        raise ValueError("Parquet is compressed already: decompress the file first")
    with path.open("rb"):
        pass  # polars' own message for a missing file is not meant for an analyst
    try:
        _check_header(pl.read_parquet_schema(path))
        start = 0
        while rows := pl.scan_parquet(path).slice(start, _AT_ONCE).collect().rows(named=True):
            for number, row in enumerate(rows, start + 1):
                yield number, _plain(row), sum(len(each) for each in row["paragraphs"] or ())
            start += len(rows)
    except PolarsError as error:
        raise ValueError(f"not a readable Parquet file: {str(error).splitlines()[0]}") from None


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    data = {name: value for name, value in row.items() if value is not None}
    if isinstance(data.get("paragraphs"), str):
        data["paragraphs"] = _paragraphs(data["paragraphs"])
    data.setdefault("paragraphs", [])
    if "date" in data:
        data["date"] = str(data["date"])[:10]
    return data
