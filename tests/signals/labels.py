"""Labels that were given by hand, one article a line of JSON, and how far what is found agrees with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "sentences"


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def f1(found: set[Any], labelled: set[Any]) -> float:
    """1 where both say the same, 0 where they share nothing."""
    return 2 * len(found & labelled) / (len(found) + len(labelled))
