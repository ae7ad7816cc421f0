"""Labels given by hand, one article per line of JSON, and how far the results agree with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "sentences"


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def f1(found: set[Any], labelled: set[Any]) -> float:
    """Return 1 if both are the same, 0 if they share nothing."""
    return 2 * len(found & labelled) / (len(found) + len(labelled))
