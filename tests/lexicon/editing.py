"""Rows that an analyst adds."""

from __future__ import annotations

from pathlib import Path


def add(folder: Path, file: str, row: str) -> int:
    """Append a row to a file of the lexicon, and return its line."""
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + row + "\n", encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())
