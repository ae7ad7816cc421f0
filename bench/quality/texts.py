"""Collections of real texts, from which articles are drawn and in which labelled ones are found again.

The texts are not part of the project; they are in the folder of real texts (SUNCHI_SHARED). A label identifies its
article by a digest of the text, because in one of the collections several texts share an address.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("SUNCHI_SHARED", Path(__file__).resolve().parents[3] / "shared"))
COLLECTIONS = (
    "kcna_en_2011.jsonl.gz",
    "kcna_en.jsonl",
    "kcna_ko.jsonl",
    "kcna_ko_2.jsonl",
    "kcna_ko_3.jsonl",
    "kcna_ko_4.jsonl",
    "kcna_ko_5.jsonl",
    "kcna_ko_6.jsonl",
    "kcna_ko_7.jsonl",
    "kcna_ko_8.jsonl",
    "kcna_ko_9.jsonl",
    "kcna_ko_10.jsonl",
    "kcna_ko_11.jsonl",
    "kcna_ko_12.jsonl",
    "kcna_ko_13.jsonl",
    "hani_ko.jsonl",
    "new_year_ko.jsonl.gz",
)
_SPANISH = re.compile(r"\b(?:el|los|las|una|con|por|del|que)\b")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in)\b")


@dataclass(frozen=True)
class Text:
    """One article of a collection."""

    collection: str
    line: int
    article: dict[str, Any]

    @property
    def whole(self) -> str:
        return "\n".join([self.article["title"] or "", *self.article["paragraphs"]])

    @property
    def digest(self) -> str:
        """Return the first 16 hexadecimal digits of the text's SHA-256."""
        return hashlib.sha256(self.whole.encode()).hexdigest()[:16]

    @property
    def language(self) -> str:
        """Return the language of the text for a draw: one of the collections mixes English and Spanish."""
        if "_ko" in self.collection:
            return "ko"
        if self.collection != "kcna_en_2011.jsonl.gz":
            return "en"
        return "es" if len(_SPANISH.findall(self.whole)) > len(_ENGLISH.findall(self.whole)) else "en"


def collection(name: str, folder: Path = SHARED / "data") -> Iterator[Text]:
    """Yield the articles of one collection, in order; nothing if its file is missing."""
    path = folder / name
    if not path.is_file():
        return
    with gzip.open(path, "rt", encoding="utf-8") if name.endswith(".gz") else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield Text(name, number, json.loads(line))


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write objects as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
