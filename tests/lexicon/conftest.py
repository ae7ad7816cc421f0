"""A lexicon for editing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.detecting import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's files."""
    return Path(shutil.copytree(FOLDER, tmp_path / "lexicon"))


@pytest.fixture
def small_folder(folder: Path) -> Path:
    """The same with hardly a phrase or wording, which is read in a tenth of the time."""
    for file in ("terms.csv", "frames.csv"):
        lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / file).write_text("".join([line for line in lines if not line.startswith("#")][:3]), "utf-8")
    return folder
