"""Reads the CSV files of the lexicon; each fault is reported with its line, and the other rows are still read."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 10_000
"""Files edited by hand are shorter; with more lines, every command would take minutes to start."""


class File:
    """A CSV file in which lines that begin with # are comments. Faults are added to `faults` as `file:line: …`."""

    def __init__(self, path: Path, columns: tuple[str, ...], faults: list[str]) -> None:
        self.path = path
        self.columns = columns
        self.faults = faults
        self.content = b""
        self.unread: list[str] = []  # faults that made the whole file unreadable

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row with its line number; add faults for rows that can't be read."""
        lines = self._lines()
        if lines is None:
            return
        header_seen = False
        for number, content in enumerate(lines, 1):
            if not content.strip(' ",;\t') or content.lstrip('"').startswith("#"):
                continue  # a spreadsheet puts comments between quotes and pads rows with commas
            unseen = "" if content.isprintable() else next(filter(_is_unseen, content), "")
            if unseen:
                before = content.partition(unseen)[0][-20:]
                self.fault(number, f"holds {_name_of_sign(unseen)}, which is invisible, after “{before}”; delete it")
                continue
            try:
                cells = [cell.strip() for cell in next(csv.reader([content], strict=True))]
            except csv.Error as error:
                self.fault(number, f"is not CSV ({error}); close every double quote on its own line")
                continue
            while len(cells) > len(self.columns) and not cells[-1]:
                cells.pop()
            if not header_seen:
                header_seen = True
                if tuple(cells) != self.columns:
                    self._give_up(number, f"the first row must be {','.join(self.columns)}{_instead(cells)}")
                    return
            elif len(cells) != len(self.columns):
                self.fault(
                    number,
                    f"has {len(cells)} columns, not {len(self.columns)} ({','.join(self.columns)}); "
                    "put a form that contains a comma in double quotes",
                )
            else:
                yield number, dict(zip(self.columns, cells, strict=True))
        if not header_seen:
            self._give_up(1, f"is empty; its first row must be {','.join(self.columns)}")

    def _lines(self) -> list[str] | None:
        """Return the lines of the file; None if it can't be read."""
        try:
            self.content = self.path.read_bytes()
            lines = re.split("\r\n|\r|\n", self.content.decode("utf-8-sig"))
        except OSError as error:
            self._give_up(
                1, f"can't be read ({error.strerror}); put the file there, or set SUNCHI_LEXICON to its folder"
            )
            return None
        except UnicodeDecodeError as error:
            line = self.content[: error.start].count(b"\n") + 1
            self._give_up(line, "is not UTF-8; save the file as “CSV UTF-8”")
            return None
        if len(lines) > MOST_LINES:
            self._give_up(MOST_LINES + 1, f"has more than {MOST_LINES:,} lines; is it the right file?")
            return None
        return lines

    def _give_up(self, line: int, message: str) -> None:
        self.fault(line, message)
        self.unread.append(self.faults[-1])

    def fault(self, line: int, *messages: str) -> None:
        """Add what is wrong with a line."""
        self.faults += [f"{self.path.name}:{line}: {message}" for message in messages]


def _instead(cells: list[str]) -> str:
    if len(cells) == 1:
        return "; its columns are not separated by commas: save the file as “CSV UTF-8”"
    return f"; it is “{','.join(cells)[:120]}”"


def _is_unseen(sign: str) -> bool:
    return sign != "\t" and unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs")


def _name_of_sign(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'a control character')}"
