"""Prints random rows of the ledger with their texts, for somebody to check whether each row is right.

    python -m bench.rows kcna_en.jsonl --since 2024-01-01 --until 2024-12-31 --rows 40 --seed 1128

A row is right if sender, recipient, kind, occasion and date agree with the text. The counts are in docs/quality.md.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

_AROUND = 600  # characters shown of a long text, around the row's own party


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="articles as JSON lines")
    parser.add_argument("--since", default="0001-01-01")
    parser.add_argument("--until", default="9999-12-31")
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dates = ["--since", given.since, "--until", given.until]
    command = [sys.executable, "-m", "sunchi", "messages", str(given.file), *dates, "--json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    rows = [json.loads(line) for line in printed.splitlines()]
    with given.file.open(encoding="utf-8") as lines:
        articles = {row.get("id") or row["url"]: row for row in map(json.loads, lines)}
    drawn = random.Random(given.seed).sample(rows, min(given.rows, len(rows)))  # noqa: S311 - a sample, no secret
    sys.stdout.write(f"{len(drawn)} of {len(rows)} rows, seed {given.seed}\n")
    for number, row in enumerate(drawn, 1):
        sys.stdout.write(
            f"\n{number}. {_words(row)}\n{textwrap.indent(_text(row, articles[row['article']]), '    ')}\n"
        )


def _words(row: dict[str, Any]) -> str:
    sides = f"{row['from'] or 'nobody named'} → {row['to'] or 'nobody named'}"
    return f"{row['date']} {row['partner']} {row['kind']}: {sides}; occasion: {row['occasion'] or 'none'}"


def _text(row: dict[str, Any], article: dict[str, Any]) -> str:
    body: str = "\n".join(article["paragraphs"])
    theirs = row["from"] if row["direction"] == "in" else row["to"]
    at = max(body.find(theirs.rpartition(" ")[2]) if theirs else 0, 0)
    begin = body[:_AROUND] + (" […] " if at > _AROUND else "\n")
    return f"{article['title']}\n{begin}" + body[max(_AROUND, at - _AROUND) : at + _AROUND]


if __name__ == "__main__":
    main()
