"""Measures how well Sunchi reads articles that none of its authors had seen.

    python -m bench.quality draw 5 --seed 20261128        five draws of articles to label, into var/quality/
    python -m bench.quality draw 3 --seed 7 --of events --after 5    three more, with headlines about events
    python -m bench.quality compare A.jsonl B.jsonl --texts var/quality/draw1.jsonl    where two readers differ
    python -m bench.quality keep LABELS.jsonl --texts var/quality/draw1.jsonl          agreed labels, into labels/
    python -m bench.quality score                         every labelled draw, as this checkout reads it now, and the
                                                          project's own sentences
    python -m bench.quality score draw1 --first           the first look at a draw, recorded in first_looks.csv for good
    python -m bench.quality score draw1 --misses messages also what was missed and what was false in a field
    python -m bench.quality score --also ../older         also another checkout
    python -m bench.quality score draw14 --half odd       half of a draw whose other half was used for fixes
    python -m bench.quality table                         the first looks, as in docs/quality.md

Labels are written by readers (following bench/quality/GUIDE.md), before any program sees the articles:
by two readers, and by a third if they differ. docs/quality.md has the method and the results.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.quality import sentences
from bench.quality.draw import SHARES, draws, keys_of
from bench.quality.program import ROOT, readings
from bench.quality.scores import FIELDS, Score, differences, mistakes, score
from bench.quality.texts import COLLECTIONS, collection, read_lines, write_lines

HERE = Path(__file__).resolve().parent
LABELS = HERE / "labels"
FIRST_LOOKS = HERE / "first_looks.csv"
DRAWN = ROOT / "var" / "quality"
ROUNDS = (
    *((1, 2, 3, 6), (5, 8, 9), (10, 11, 12), (13, 14), (15, 16, 17, 18, 19)),
    *((20, 21, 22, 23), (24, 25, 26), (27,), (28, 30, 31), (29,), (32, 33, 34, 35), (36, 37, 38, 39)),
    *((40, 41, 42, 43, 44), (50, 51, 52, 53), (45, 46, 47, 48, 49), (54, 55, 56, 57), (58, 59, 60, 61, 62, 63)),
    (64, 65, 66, 67, 68),
    (69, 70, 71, 72, 73, 74),
    (75, 76, 77, 78, 79, 80),
    (81, 82, 83, 84, 85, 86),
    (87, 88, 89, 90, 91, 92),
)
"""Draws by number in the order of their first looks: between two rounds, the misses of earlier ones were fixed."""
SHOWN = (*FIELDS, "sides", "formulas", "authority", "stance", "signs turned round")
_COLUMNS = ("date", "commit", "draw", "language", "field", "f1", "right", "articles")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("draw")
    command.add_argument("number", type=int)
    command.add_argument("--seed", type=int, required=True)
    command.add_argument("--of", choices=SHARES, default="all")
    command.add_argument("--after", type=int, default=0, metavar="DRAW", help="the number of earlier draws in progress")
    command = commands.add_parser("compare")
    command.add_argument("first", type=Path)
    command.add_argument("second", type=Path)
    command.add_argument("--texts", type=Path, required=True)
    command = commands.add_parser("keep")
    command.add_argument("labels", type=Path)
    command.add_argument("--texts", type=Path, required=True)
    command = commands.add_parser("score")
    command.add_argument("draws", nargs="*", metavar="DRAW")
    command.add_argument("--first", action="store_true")
    command.add_argument("--misses", choices=(*FIELDS, "sides", "formulas", "authority", "stance"))
    command.add_argument("--also", type=Path)
    command.add_argument("--half", choices=("even", "odd"), help="of each draw, by the numbers of its articles")
    commands.add_parser("table")
    args = parser.parse_args()
    match args.command:
        case "draw":
            return _draw(args.number, args.seed, args.of, args.after)
        case "compare":
            return _compare(args.first, args.second, args.texts)
        case "keep":
            return _keep(args.labels, args.texts)
        case "table":
            _say(table())
            return 0
    return _score(args.draws, first=args.first, misses=args.misses, also=args.also, half=args.half)


def _draw(number: int, seed: int, kind: str, after: int) -> int:
    """Draw articles that are neither labelled nor in a draw in progress."""
    under_way = (DRAWN / f"draw{place}.jsonl" for place in range(1, after + 1))
    known = keys_of([*LABELS.glob("*.jsonl"), *(file for file in under_way if file.is_file())])
    for place, drawn in enumerate(draws(number, seed, known, SHARES[kind], after + 1), after + 1):
        write_lines(DRAWN / f"draw{place}.jsonl", drawn)
        _say(f"{DRAWN / f'draw{place}.jsonl'}: {len(drawn)} articles")
    return 0


def _compare(first: Path, second: Path, texts: Path) -> int:
    """Print how far two readers agree, and where they differ."""
    articles = {row["id"]: row for row in read_lines(texts)}
    other = {row["id"]: row for row in read_lines(second)}
    pairs = [
        ({**row, "text": _text(articles[row["id"]])}, {**other[row["id"]], "text": _text(articles[row["id"]])})
        for row in read_lines(first)
        if row["id"] in other
    ]
    _table("two readers", score([a for a, _ in pairs], [b for _, b in pairs]))
    for a, b in pairs:
        if words := differences(a, b):
            _say(f"\n{a['id']} {articles[a['id']]['title'][:90]}", *(f"  {each}" for each in words))
    return 0


def _keep(labels: Path, texts: Path) -> int:
    """Write the labels of a draw without its texts: each label identifies its article by a digest."""
    articles = {row["id"]: row for row in read_lines(texts)}
    kept = []
    for row in read_lines(labels):
        article = articles[row["id"]]
        known = {name: article[name] for name in ("collection", "digest", "lang", "date")}
        kept.append({"id": row["id"], **known, **{name: value for name, value in row.items() if name != "id"}})
    write_lines(LABELS / texts.name, kept)
    _say(f"{LABELS / texts.name}: {len(kept)} articles")
    return 0


def _score(names: Sequence[str], *, first: bool, misses: str | None, also: Path | None, half: str | None) -> int:
    files = [file for file in sorted(LABELS.glob("*.jsonl")) if not names or file.stem in names]
    wanted = {
        file.stem: [row for row in read_lines(file) if half is None or half == _half(row["id"])] for file in files
    }
    digests = {row["digest"] for rows in wanted.values() for row in rows}
    texts = {text.digest: text.article for name in COLLECTIONS for text in collection(name) if text.digest in digests}
    if missing := len(digests - set(texts)):
        _say(f"{missing} of {len(digests)} labelled articles are not in the folder of real texts (SUNCHI_SHARED)")
    for draw, rows in wanted.items():
        labels = [{**row, "text": _text(texts[row["digest"]])} for row in rows if row["digest"] in texts]
        if not labels:
            continue
        articles = [
            {
                "id": row["id"],
                **{name: texts[row["digest"]][name] for name in ("lang", "date", "title", "paragraphs")},
            }
            for row in labels
        ]
        for checkout in [ROOT, *([also] if also else [])]:
            found = readings(articles, checkout)
            for language in sorted({row["lang"] for row in labels}):
                pairs = [(w, f) for w, f in zip(labels, found, strict=True) if w["lang"] == language]
                scores = score([w for w, _ in pairs], [f for _, f in pairs])
                wrong = sum(mistakes(w, f) for w, f in pairs)
                _table(f"{draw}, {language}, {len(pairs)} articles, {wrong} wrong answers, {checkout.name}", scores)
                if first and checkout == ROOT:
                    _note(draw, language, scores)
                if misses:
                    _misses(pairs, misses)
    if not names:
        _say("\nthe project's own sentences", *sentences.scores())
    return 0


def _half(label_id: str) -> str:
    return "odd" if int(label_id.rpartition("-")[2]) % 2 else "even"


def table() -> str:
    """Return the first looks as a Markdown table: a row per round and language, weighted by articles."""
    with FIRST_LOOKS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    said = [f"| round of draws | | {' | '.join(SHOWN)} |", f"|---|---|{'---|' * len(SHOWN)}"]
    for language in ("en", "ko", "es"):
        for numbers in ROUNDS:
            draws_of = [f"draw{number}" for number in numbers]
            if not any(r["language"] == language and r["draw"] in draws_of for r in rows):
                continue
            cells = []
            for field in SHOWN:
                of = [r for r in rows if (r["language"], r["field"]) == (language, field) and r["draw"] in draws_of]
                articles, right = sum(int(r["articles"]) for r in of), sum(int(r["right"]) for r in of)
                mean = sum(float(r["f1"]) * int(r["articles"]) for r in of) / (articles or 1)
                cells.append(_cell(field, mean, right, articles))
            said.append(f"| {', '.join(map(str, numbers))} | {language} | {' | '.join(cells)} |")
    return "\n".join(said)


def _cell(field: str, f1: float, right: int, articles: int) -> str:
    if not articles:
        return ""
    return str(right) if field == "signs turned round" else f"{f1:.2f} ({right} of {articles})"


def _text(article: dict[str, Any]) -> str:
    return "\n".join([article["title"], *article["paragraphs"]])


def _table(title: str, scores: dict[str, Score]) -> None:
    _say(f"\n{title}")
    for field in SHOWN:
        of = scores[field]
        _say(f"  {field:20} {of.f1:.2f}  {of.right} of {of.articles}")


def _misses(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]], field: str) -> None:
    for wanted, found in pairs:
        for words in differences(wanted, found):
            if words.startswith(field):
                _say(f"  {wanted['id']} {wanted['text'].splitlines()[0][:80]}: {words}")


def _note(draw: str, language: str, scores: dict[str, Score]) -> None:
    """Record the first look at a draw; a second look is refused, because it would not be a first one."""
    known = FIRST_LOOKS.is_file()
    if known:
        with FIRST_LOOKS.open(encoding="utf-8", newline="") as lines:
            if any(row["draw"] == draw and row["language"] == language for row in csv.DictReader(lines)):
                raise SystemExit(f"{draw} ({language}) has already had its first look: {FIRST_LOOKS}")
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
    today = datetime.now(UTC).date().isoformat()
    with FIRST_LOOKS.open("a", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        if not known:
            rows.writerow(_COLUMNS)
        for field in SHOWN:
            of = scores[field]
            rows.writerow([today, commit, draw, language, field, f"{of.f1:.3f}", of.right, of.articles])


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
