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
