"""CSV that opens in a spreadsheet and runs nothing there: every export of the command goes through here."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so a spreadsheet takes for a formula; the wide signs too, which some turn into the plain ones."""


_IS_UTF_8 = "\ufeff"
"""The byte order mark, without which Excel takes Korean and Chinese for letters of the machine's own code page."""


def csv_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A header and the rows on standard output: lists joined with "; ", what is absent left empty."""
    sys.stdout.write(_IS_UTF_8)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row[column]) for column in columns])


def cell(value: Any) -> str:
    """A value as a cell, in which signs that show nothing or steer a screen are �.

    Words that a spreadsheet would take for a formula begin with an apostrophe, which it hides.
    """
    from sunchi.text.safe import visible

    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    words = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return ("'" if words.startswith(_STARTS) else "") + visible(words)
