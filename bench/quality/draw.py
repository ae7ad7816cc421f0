"""Draws unlabelled articles at random, by language, half of the English ones from texts where rare kinds are likely."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.quality.texts import COLLECTIONS, SHARED, Text, collection, read_lines

_SHORTEST = 120  # characters: a shorter text is a headline with a dateline
_EVENT = re.compile(
    r"message|letter|sent|reply|replied|greet|congratulat|condolence|sympathy|wreath|floral|gift|talks|met |visit|"
    r"delegation|ambassador|reception|agreement|appointed|elected|friendship",
    re.IGNORECASE,
)
_HEADLINE = re.compile(  # of an article's text: its first line
    r"\A[^\n]*(?:message|letter|greet|congrat|condolence|sympathy|wreath|basket|gift|meets|talks|reception|ambassador|"
    r"delegation|visit|returns|arrives|leaves|agreement|signed|mensaje|felicita|recibe|delegaci|visita|embajador|regalo)",
    re.IGNORECASE,
)
_GOLD = ("dev_articles.jsonl", "ko_articles.jsonl")
_POOLS = (
    ("kcna_en_2011.jsonl.gz", "en"),
    ("kcna_en_2011.jsonl.gz", "es"),
    ("kcna_en.jsonl", "en"),
    ("ko", "ko"),
)
Share = tuple[str, str, int, re.Pattern[str] | None]
"""A pool, how many of its articles a draw takes, and a pattern for these, if not all are wanted."""
SHARES: dict[str, tuple[Share, ...]] = {
    "all": (
        ("kcna_en_2011.jsonl.gz", "en", 20, None),
        ("kcna_en_2011.jsonl.gz", "en", 20, _EVENT),
        ("kcna_en.jsonl", "en", 11, None),
        ("kcna_en.jsonl", "en", 11, _EVENT),
        ("kcna_en_2011.jsonl.gz", "es", 4, None),
        ("ko", "ko", 13, None),
    ),
    "events": (  # messages and contacts are rare: six of fifty articles of the pool above have one
        ("kcna_en_2011.jsonl.gz", "en", 24, _HEADLINE),
        ("kcna_en.jsonl", "en", 20, _HEADLINE),
        ("kcna_en_2011.jsonl.gz", "es", 6, _HEADLINE),
    ),
}


def _key(text: str) -> str:
    """Return what two prints of one text have in common."""
    return re.sub(r"\W", "", text)[:400]


def draws(
    number: int, seed: int, labelled: set[str], shares: tuple[Share, ...] = SHARES["all"], first: int = 1
) -> Iterator[list[dict[str, Any]]]:
    """Yield that many draws, without articles whose text begins like a labelled one or like an earlier one."""
    seen = labelled | _gold()
    pools: dict[tuple[str, str], list[Text]] = {pool: [] for pool in _POOLS}
    for name in COLLECTIONS:
        for text in collection(name):
            key = _key(text.whole)
            if key in seen or len(text.whole) < _SHORTEST:
                continue
            seen.add(key)
            pools["ko" if text.language == "ko" else name, text.language].append(text)
    rng = random.Random(seed)  # noqa: S311  # the same draw each time is what is wanted
    for pool in pools.values():
        rng.shuffle(pool)
    for draw in range(first, first + number):
        drawn: list[Text] = []
        for name, language, count, pattern in shares:
            drawn += _taken(pools[name, language], count, pattern)
        rng.shuffle(drawn)
        yield [
            {
                "id": f"d{draw}-{place:03}",
                "collection": text.collection,
                "digest": text.digest,
                "lang": text.language,
                "date": text.article["date"],
                "title": text.article["title"],
                "paragraphs": text.article["paragraphs"],
            }
            for place, text in enumerate(drawn)
        ]


def _taken(pool: list[Text], count: int, pattern: re.Pattern[str] | None) -> list[Text]:
    """Remove the first `count` texts from the pool, or the first that a pattern finds, and return them."""
    taken = [text for text in pool if not pattern or pattern.search(text.whole)][:count]
    for text in taken:
        pool.remove(text)
    return taken


def _gold() -> set[str]:
    folder = SHARED / "gold"
    files = [folder / name for name in _GOLD if (folder / name).is_file()]
    return {_key("\n".join([row["title"], *row["paragraphs"]])) for file in files for row in read_lines(file)}


def keys_of(files: Iterable[Path]) -> set[str]:
    """Return the keys of the texts in labels or draws, as far as the collections are available."""
    digests = {row["digest"] for file in files for row in read_lines(file)}
    return {_key(text.whole) for name in COLLECTIONS for text in collection(name) if text.digest in digests}
