"""Compares the speed of detection in this checkout and another one, on the same articles, in one run.

    python bench/compare.py CHECKOUT                   the corpus of KCNA of 2011, as bench/detect.py finds it
    python bench/compare.py CHECKOUT articles.jsonl    these articles, compressed (.gz) or not
    python bench/compare.py CHECKOUT --rounds 30       that many times each

Each checkout reads with its own .venv in its own process, on one processor, with all detectors. They take turns, so
that other load on the machine slows both equally, and only processor time counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SUNCHI_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "data" / "kcna_en_2011.jsonl.gz"
AT_ONCE = 700  # articles in a frame, as `sunchi detect` reads them


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("articles", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("--most", type=int, default=2_800, help="articles to read")
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    if not given.articles.is_file():
        parser.error(f"{given.articles} does not exist: name a file of articles, or set SUNCHI_SHARED")
    checkouts = (given.checkout.resolve(), ROOT)
    readers = [_Reader(checkout, given.articles.resolve(), given.most) for checkout in checkouts]
    seconds = [[reader.seconds() for reader in readers] for _ in range(given.rounds)]
    for reader in readers:
        reader.close()
    _say(f"{given.articles.name}, {given.most:,} articles at most, {given.rounds} rounds; seconds of processor time")
    for checkout, times in zip(checkouts, zip(*seconds, strict=True), strict=True):
        _say(f"  {min(times):.3f} at best, {statistics.median(times):.3f} as a rule: {checkout}")
    ratios = [new / old for old, new in seconds]
    best = min(new for _, new in seconds) / min(old for old, _ in seconds)
    _say(f"this checkout takes {statistics.median(ratios):.3f} times as long; {best:.3f} at best")


class _Reader:
    """A process that reads the articles with one checkout's code each time it is asked."""

    def __init__(self, checkout: Path, articles: Path, most: int) -> None:
        python = str(checkout / ".venv" / "bin" / "python")
        command = [python, "-c", _READ, str(articles), str(most), str(AT_ONCE)]
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "POLARS_MAX_THREADS": "1"},
        )  # fmt: skip
        if not self._process.stdin or not self._process.stdout:
            raise RuntimeError("no pipes to the process")
        self._ask, self._answers = self._process.stdin, self._process.stdout
        self.seconds()  # the first time patterns are compiled

    def seconds(self) -> float:
        self._ask.write("\n")
        self._ask.flush()
        return float(self._answers.readline())

    def close(self) -> None:
        self._ask.close()
        self._process.wait()


_READ = """
import gzip, itertools, json, sys, time
from pathlib import Path
import polars as pl
from sunchi import signals
from sunchi.lexicon import load
from sunchi.model import ARTICLES

articles, most, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with (gzip.open if articles.endswith(".gz") else open)(articles, "rt", encoding="utf-8") as file:
    rows = [json.loads(line) for line in itertools.islice(file, most)]
rows = [(row.get("id") or row["url"], row.get("source") or "", row["lang"], row.get("url") or "", None, row["title"],
         row["paragraphs"]) for row in rows]
frames = [pl.DataFrame(rows[n : n + at_once], schema=ARTICLES, orient="row") for n in range(0, len(rows), at_once)]
lexicon = load(Path("lexicon"))
for _ in sys.stdin:
    begun = time.process_time()
    for frame in frames:
        signals.detect(frame, lexicon)
    print(time.process_time() - begun, flush=True)
"""


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
