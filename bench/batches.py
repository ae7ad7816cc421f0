"""Measures the cost of reading a text alone, in a poll's batch of ten, a reparse's of a hundred, and an import's.

    python -m bench.batches

Texts are generated from the lexicon's words (bench/detect.py). Each line is the processor time per text on one
processor; the ratio is to the last line.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import Any

from bench.detect import ROOT, made_up
from sunchi.alerts.rules import load_rules
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.crawl import BATCH
from sunchi.ingest.importing import AT_ONCE as IMPORTED
from sunchi.ingest.reparse import AT_ONCE as REPARSED
from sunchi.lexicon import load
from sunchi.model import Article

TEXTS = 1_000


def main() -> None:
    lexicon = load(ROOT / "lexicon")
    analyzer = Analyzer(lexicon, load_rules(ROOT / "lexicon" / "rules.toml", lexicon))
    texts = [_article(row) for row in made_up(TEXTS)]
    analyzer.analyze_all(texts[:BATCH])
    sizes = {"alone": 1, "as in a poll": BATCH, "as in a reparse": REPARSED, "as in an import": IMPORTED}
    costs = {f"{size:>3} at once, {words}": _cost(analyzer, texts, size) for words, size in sizes.items()}
    *_, base = costs.values()
    sys.stdout.write(f"{'':<30}{'ms each':>10}{'ratio':>8}\n")
    for words, cost in costs.items():
        sys.stdout.write(f"{words:<30}{cost:>10.2f}{cost / base:>8.2f}\n")


def _cost(analyzer: Analyzer, texts: list[Article], size: int) -> float:
    """Return milliseconds of processor time per text, with so many read at once."""
    begun = time.process_time()
    for start in range(0, len(texts), size):
        analyzer.analyze_all(texts[start : start + size])
    return (time.process_time() - begun) / len(texts) * 1000


def _article(row: dict[str, Any]) -> Article:
    return Article(
        source="kcna",
        lang="en",
        url=f"http://www.kcna.kp/en/{row['id']}",
        key=row["id"],
        layout="made up",
        title=row["title"],
        paragraphs=tuple(row["paragraphs"]),
        date=date.fromisoformat(row["date"]),
        date_basis="list",
    )


if __name__ == "__main__":
    main()
