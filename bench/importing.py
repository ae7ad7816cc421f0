"""Measures the speed of `sunchi import` as the store grows, compared with `sunchi detect` of the same articles.

    python -m bench.importing                    5,000 generated articles, then twice and four times as many
    python -m bench.importing --articles 250000  up to a million
    python -m bench.importing --texts FILE       the articles of a file instead, repeated as needed

Articles are generated from the lexicon's words (bench/detect.py), or real; each has a unique sentence. Each line is one
command in its own process, on all processors: articles per second of wall-clock time, and milliseconds of processor
time per article, on which other load on the machine has little influence. The ratio is to `sunchi detect` of the first
stretch.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.detect import ROOT, made_up


@dataclass(frozen=True)
class Cost:
    """The time of a command, for so many articles."""

    articles: int
    clock: float
    worked: float

    def line(self, what: str, base: Cost) -> str:
        each, first = self.worked / self.articles, base.worked / base.articles
        return f"{what:<44}{self.articles / self.clock:>12,.0f}{each * 1000:>12.2f}{each / first:>9.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5_000, help="in the first stretch")
    parser.add_argument("--texts", type=Path, help="a file of real articles, as `sunchi detect` reads them")
    given = parser.parse_args()
    number = given.articles
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stretches = [(0, number), (number, 2 * number), (2 * number, 4 * number)]
        files = [_write(folder / f"{end}.jsonl", start, end, given.texts) for start, end in stretches]
        _say(f"{'':<44}{'a second':>12}{'ms each':>12}{'ratio':>9}")
        detected = _run(folder, ["detect", str(files[0]), "--out", "signals.parquet"], number)
        _say(detected.line(f"sunchi detect, {number:,} articles", detected))
        for file, (start, end) in zip(files, stretches, strict=True):
            cost = _run(folder, ["import", str(file)], end - start)
            _say(cost.line(f"sunchi import, from {start:,} to {end:,} stored", detected))
        known = _run(folder, ["import", str(files[0])], number)
        _say(known.line(f"the same {number:,} again", detected))
        read = _run(folder, ["rescan", "--yes"], 4 * number)
        _say(read.line(f"sunchi rescan, {4 * number:,} articles", detected))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _write(file: Path, start: int, end: int, texts: Path | None) -> Path:
    rows = itertools.cycle(_read(texts)) if texts else iter(made_up(end - start))
    with file.open("w", encoding="utf-8") as out:
        for number, row in enumerate(itertools.islice(rows, end - start), start):
            own = f"This is said in the text of the number {number}, and nowhere else."
            out.write(json.dumps(_article(row, number, own), ensure_ascii=False) + "\n")
    return file


def _read(texts: Path) -> list[dict[str, Any]]:
    content = gzip.decompress(texts.read_bytes()) if texts.suffix == ".gz" else texts.read_bytes()
    return [json.loads(line) for line in content.splitlines()]


def _article(row: dict[str, Any], number: int, own: str) -> dict[str, Any]:
    address = {"source": "kcna", "url": f"http://www.kcna.kp/en/article/made-up/{number}"}
    return {**row, **address, "id": str(number), "paragraphs": [*row["paragraphs"], own]}


def _run(folder: Path, words: Sequence[str], articles: int) -> Cost:
    """Run a command to its end."""
    before, begun = _worked(), time.perf_counter()
    environment = os.environ | {"SUNCHI_DATA_DIR": str(folder / "var"), "SUNCHI_LEXICON": str(ROOT / "lexicon")}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "sunchi", *words], cwd=folder, env=environment, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return Cost(articles, time.perf_counter() - begun, _worked() - before)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
