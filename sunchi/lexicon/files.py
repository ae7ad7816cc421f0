"""A CSV file of the lexicon, row by row; every fault is told with its line, and the rest goes on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from sunchi import text


class File:
    """A CSV file whose lines that open with # are for the reader. Faults go to `faults` as `file:line: …`."""

    def __init__(self, path: Path, columns: tuple[str, ...], faults: list[str]) -> None:
        self.path = path
        self.columns = columns
        self.faults = faults
        self.content = b""

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its line; what can't be read is a fault."""
        try:
            self.content = self.path.read_bytes()
            lines = self.content.decode("utf-8-sig").splitlines()
        except OSError as error:
            self.fault(1, f"can't be read ({error.strerror}); put the file there, or set SUNCHI_LEXICON to its folder")
            return
        except UnicodeDecodeError as error:
            line = self.content[: error.start].count(b"\n") + 1
            self.fault(line, "is not UTF-8; save the file as “CSV UTF-8”")
            return
        header_seen = False
        for number, content in enumerate(lines, 1):
            if not content.strip() or content.startswith("#"):
                continue
            try:
                cells = [cell.strip() for cell in next(csv.reader([content], strict=True))]
            except csv.Error as error:
                self.fault(number, f"is not CSV ({error}); close every double quote on its own line")
                continue
            if not header_seen:
                header_seen = True
                if tuple(cells) != self.columns:
                    self.fault(number, f"the first row must be {','.join(self.columns)}")
                    return
            elif len(cells) != len(self.columns):
                self.fault(
                    number,
                    f"has {len(cells)} columns, not {len(self.columns)} ({','.join(self.columns)}); "
                    "put a form that holds a comma between double quotes",
                )
            else:
                yield number, dict(zip(self.columns, cells, strict=True))
        if not header_seen:
            self.fault(1, f"is empty; its first row must be {','.join(self.columns)}")

    def fault(self, line: int, message: str) -> None:
        self.faults.append(f"{self.path.name}:{line}: {message}")


def divided(cell: str) -> list[str]:
    """The forms of a cell, which are divided by `|`."""
    return [text.plain(form.strip()) for form in cell.split("|") if form.strip()]
