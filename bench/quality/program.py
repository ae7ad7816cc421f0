"""The output of a program in the form of labels: `sunchi detect` of this checkout or another."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.texts import read_lines, write_lines

ROOT = Path(__file__).resolve().parents[2]


def readings(texts: Sequence[dict[str, Any]], checkout: Path = ROOT) -> list[dict[str, Any]]:
    """Return what `sunchi detect` of a checkout, with its own environment in .venv, reads in each text."""
    with TemporaryDirectory() as folder:
        articles, signals = Path(folder) / "articles.jsonl", Path(folder) / "signals.jsonl"
        write_lines(
            articles, [{"source": "kcna", "url": f"https://example.org/{text['id']}", **text} for text in texts]
        )
        command = [str(checkout / ".venv/bin/python"), "-m", "sunchi", "detect", str(articles), "--out", str(signals)]
        run = subprocess.run(command, cwd=checkout, check=False, capture_output=True, text=True)  # noqa: S603  # our own
        if run.returncode:
            raise SystemExit(f"{checkout}: sunchi detect ended with {run.returncode}\n{run.stderr}")
        rows = defaultdict(list)
        for row in read_lines(signals):
            rows[row["article"]].append(row)
    return [label_of(text, rows[text["id"]]) for text in texts]


def label_of(text: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the signals of one text in the form of labels."""
    by_kind = defaultdict(list)
    for row in rows:
        row["detail"] = json.loads(row["detail"]) if isinstance(row["detail"], str) else row["detail"]
        by_kind[row["kind"]].append(row)
    return {
        "id": text["id"],
        "text": "\n".join([text["title"], *text["paragraphs"]]),
        "mentions": [row["partner"] for row in by_kind["attention"]],
        "about": [row["partner"] for row in by_kind["attention"] if row["code"] == "about"],
        "messages": [
            {"kind": row["code"], "partner": row["partner"], "direction": row["detail"]["direction"]}
            | {side: row["detail"].get(side, "") for side in ("from", "to")}
            for row in by_kind["message"]
        ],
        "contacts": [{"kind": row["code"], "partner": row["partner"]} for row in by_kind["contact"]],
        "appointments": [{"person": row["detail"]["person"]} for row in by_kind["appointment"]],
        "authority": next((row["code"] for row in by_kind["authority"]), "report"),
        "stance": {row["partner"]: row["value"] for row in by_kind["stance"]},
        "formulas": [{"partner": row["partner"], "text": row["quote"]} for row in by_kind["formula"]],
    }
