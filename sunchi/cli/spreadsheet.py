"""CSV for spreadsheets in which no cell runs as a formula; every command writes its CSV here."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_FORMULA = re.compile(r"""((?:^|[;\n])[\s"]*)(?=[=+\-@＝＋－＠])""")
"""Where a formula could begin: at the start of a cell, and after a semicolon or line end, where a spreadsheet begins a
new cell in countries that write 1,5. Full-width signs count, since some spreadsheets convert them."""


_IS_UTF_8 = "\ufeff"
"""The byte order mark, without which Excel reads the file in the machine's code page."""


def csv_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a header and the rows to standard output; lists are joined with "; ", missing values are empty."""
    sys.stdout.write(_IS_UTF_8)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row[column]) for column in columns])


def cell(value: Any) -> str:
    """Return a value as a cell, with � for invisible and control characters.

    An apostrophe, which a spreadsheet hides, precedes what would run as a formula.
    """
    from sunchi.text.safe import visible

    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    words = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    begins_blank = words.startswith(("\t", "\r", "\n"))
    return ("'" if begins_blank else "") + _FORMULA.sub(r"\1'", visible(words))
