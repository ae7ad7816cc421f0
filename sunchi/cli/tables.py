"""The rows of tables of articles (CSV, and what Parquet shares with it), with their faults.

The columns have the names of the fields in JSON lines. In CSV, `paragraphs` are separated by line breaks.
"""

from __future__ import annotations

import codecs
import csv
import json
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from sunchi.cli.jsonlines import TOO_LONG, file_lines, is_cut
from sunchi.system.bounds import LONGEST
from sunchi.text import cut

_MAX_LINES = 50_000  # of a row
_MAX_AGAIN = 10 * _MAX_LINES  # lines read once more, after rows without an end
_MAX_DIGITS = 10
_NUMBERS = ("page", "pages", "position", "entries", "photos")
_WANTED = ("title", "paragraphs")
_DELIMITERS = "commas, semicolons or tabs"
_SHOWN = 120  # characters of the columns that a file has


def csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Yield the line, the object and the length of each row of a CSV file, as `jsonlines.objects` does.

    Raises OSError, EOFError, zlib.error or ValueError where the file can be read no further.
    """
    csv.field_size_limit(LONGEST)
    lines = _decoded(file_lines(path))
    first = next(lines, (1, "\n"))
    rows = _rows(chain([first], lines), _delimiter(first[1]))
    _, header = next(rows, (1, []))
    if isinstance(header, str):
        raise ValueError(f"the first row is {header}")
    check_header(header, f"divided by {_DELIMITERS}")
    for number, cells in rows:
        if isinstance(cells, str):
            yield number, cells, 0
        elif cells:
            yield number, _object(header, cells), sum(map(len, cells))


Line = tuple[int, str]


def _decoded(lines: Iterator[tuple[int, bytes]]) -> Iterator[Line]:
    """Yield lines as text; bytes that are not UTF-8 become lone surrogates, which no cell may contain."""
    for number, line in lines:
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ValueError("is UTF-16; save the file as UTF-8")
        text = line.decode("utf-8", "surrogateescape") if not is_cut(line) else _CUT
        yield number, text.removeprefix("\ufeff") if number == 1 else text


_BREAK = "has a line break (CR) in a cell without quotes; left out"
_CUT = ""  # a line that is too long; all others end in a line break, or are the last


def _rows(lines: Iterator[Line], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the number of each row's first line, and its cells; in place of the cells, what is wrong with the row.

    After such a row the next line is read as a row, since a quote that nothing closes would hide all the others.
    Raises ValueError if there are too many of them.
    """
    again = 0
    waiting: deque[Line] = deque()  # lines to be read once more
    while True:
        row: list[Line] = []
        try:
            for cells in csv.reader(_held(lines, waiting, row), delimiter=delimiter):
                yield row[0][0], cells
                row.clear()
            return
        except csv.Error as error:
            yield row[0][0], str(error) if isinstance(error, _NoEnd) else _BREAK
        waiting.extendleft(reversed(row[1:]))
        again += len(row) - 1
        if again > _MAX_AGAIN:
            raise ValueError("too many rows without an end; the rest is not read")


class _NoEnd(csv.Error):
    """A row does not end, or not soon enough."""


def _held(lines: Iterator[Line], waiting: deque[Line], row: list[Line]) -> Iterator[str]:
    """Yield the waiting lines and the others, and keep those of the current row in `row`. Raises _NoEnd."""
    size = 0
    while line := waiting.popleft() if waiting else next(lines, None):
        size = len(line[1]) + (size if row else 0)
        row.append(line)
        if size > LONGEST or len(row) > _MAX_LINES or line[1] == _CUT:
            raise _NoEnd(TOO_LONG)
        yield line[1]
    if row:
        raise _NoEnd("a cell begins with a quote that is not closed; left out")


def _delimiter(header: str) -> str:
    """Return the delimiter of a first row: spreadsheets write semicolons where the comma is the decimal sign."""
    return max(",;\t", key=header.count)


def check_header(header: Collection[str], divided: str = "") -> None:
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
    data["paragraphs"] = paragraphs_of(data.get("paragraphs", ""))
    for name in _NUMBERS:
        if name in data and data[name].isdecimal() and len(data[name]) <= _MAX_DIGITS:
            data[name] = int(data[name])
    return data


def paragraphs_of(cell: str) -> list[str]:
    """Return the paragraphs of a cell: lines, or a JSON list."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return found
    return [line.strip() for line in cell.splitlines() if line.strip()]
