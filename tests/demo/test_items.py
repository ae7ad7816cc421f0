"""The demo's texts look like those of real sites: none is doubted because of its form."""

from __future__ import annotations

import tomllib
from pathlib import Path

import demo
from sunchi.text.ending import is_ended
from sunchi.text.titles import speaks_of

WEEK = Path(demo.__file__).parent / "week"


def test_each_text_of_the_week_has_paragraphs_is_complete_and_matches_its_title() -> None:
    doubted = []
    for file in sorted(WEEK.glob("*.toml")):
        for items in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for item in items:
                paragraphs = item.get("text", "").strip().splitlines()
                is_sound = (
                    len(paragraphs) > 1 and is_ended(paragraphs) and speaks_of(item["title"], "\n".join(paragraphs))
                )
                if paragraphs and not is_sound:
                    doubted.append((file.name, item["title"]))
    assert doubted == []
