"""The years before the demo's week, for `sunchi import`: the items of past.toml, and an everyday item for each day."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.server import EVE

FIRST = date(2016, 5, 1)
"""The week before the Seventh Congress."""

_FILE = Path(__file__).with_name("past.toml")
_PLACES = (
    "Sinuiju",
    "Hamhung",
    "Wonsan",
    "Kaesong",
    "Sariwon",
    "Chongjin",
    "Haeju",
    "Kanggye",
    "Hyesan",
    "Nampho",
    "Rason",
)
_ITEMS = (
    ("Gauge Read in {place}", "The gauge on the river at {place} showed {number} centimetres at seven in the morning."),
    ("Library of {place} Counts Its Readers", "The library of {place} lent out {number} books on one day."),
    ("Trees of {place}", "Pupils of {place} watered {number} young trees along the road to the station."),
    ("Weather in {place}", "Over {place} the sky was clear, and {number} swallows sat on the wires."),
    ("Bakery of {place}", "The bakery of {place} made {number} loaves before the first shift began."),
)  # fmt: skip


def write(path: Path) -> int:
    """Write the past as JSON lines, and return how many articles it has."""
    found = sorted(_articles(), key=lambda row: str(row["date"]))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    return len(found)


def _articles() -> Iterator[dict[str, Any]]:
    days: dict[str, list[dict[str, str]]] = tomllib.loads(_FILE.read_text("utf-8"))
    for day, items in days.items():
        for item in items:
            yield _row(day, item["title"], item["text"].strip().splitlines())
    for number in range((EVE - FIRST).days - 3):  # the last days are on the sites
        title, text = _ITEMS[number % len(_ITEMS)]
        filled = {"place": _PLACES[number % len(_PLACES)], "number": 100 + number * 7 % 900}
        everyday = FIRST + timedelta(days=number)
        yield _row(str(everyday), title.format(**filled), [text.format(**filled)])


def _row(day: str, title: str, paragraphs: list[str]) -> dict[str, Any]:
    return {"source": "kcna", "lang": "en", "date": day, "title": title, "paragraphs": paragraphs}
