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
from collections import Counter
from pathlib import Path
from typing import Any

from bench.quality.texts import read_lines

_WHOLE = 3_000  # characters of an article that is shown whole
_AROUND = 600  # characters shown of a longer one: at its beginning, and on both sides of the row's sentence


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="articles as JSON lines")
    parser.add_argument("--since", default="")
    parser.add_argument("--until", default="")
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    command = [sys.executable, "-m", "sunchi", "messages", str(given.file), "--json"]
    command += [*(["--since", given.since] if given.since else []), *(["--until", given.until] if given.until else [])]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    rows = [json.loads(line) for line in printed.splitlines()]
    articles, times = dict[str, Any](), Counter[str]()
    for article in read_lines(given.file):
        id = article.get("id") or article["url"]
        times[id] += 1
        articles[id if times[id] == 1 else f"{id}#{times[id]}"] = article  # as the command names texts of one address
    drawn = random.Random(given.seed).sample(rows, min(given.rows, len(rows)))  # noqa: S311 - a sample, no secret
    sys.stdout.write(f"{len(drawn)} of {len(rows)} rows, seed {given.seed}\n")
    shown: dict[str, int] = {}
    for number, row in enumerate(drawn, 1):
        text = _text(row, articles[row["article"]])
        first = shown.setdefault(text, number)
        held = text if first == number else f"(the text of row {first})"
        sys.stdout.write(f"\n{number}. {_words(row)}\n{textwrap.indent(held, '    ')}\n")


def _words(row: dict[str, Any]) -> str:
    sides = f"{row['from'] or 'nobody named'} → {row['to'] or 'nobody named'}"
    return f"{row['date']} {row['partner']} {row['kind']}: {sides}; occasion: {row['occasion'] or 'none'}"


def _text(row: dict[str, Any], article: dict[str, Any]) -> str:
    """Return the article, of a long one its beginning and what stands around the sentence that the row cites."""
    text = "\n".join([article["title"], *article["paragraphs"]])
    if len(text) < _WHOLE:
        return text
    at = max(text.find(row["quote"]), 0)
    begin, end = max(_AROUND, at - _AROUND), at + len(row["quote"]) + _AROUND
    return f"{text[:_AROUND]}{' […] ' if begin > _AROUND else ''}{text[begin:end]}{' […]' if end < len(text) else ''}"


if __name__ == "__main__":
    main()
