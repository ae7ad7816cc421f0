"""Measures what each rule is worth by switching off one part of sunchi/signals or row of frames.csv at a time.

    python -m bench.ablation                        every part: how many cost nothing, by file
    python -m bench.ablation contact frames.csv     some files, with the parts whose loss costs little
    python -m bench.ablation --sample 1000          a thousand parts at random, the same each time
    python -m bench.ablation --out costs.jsonl      all costs, one part per line

bench/switches.py defines what a part is. Its cost is the number of labelled answers that are wrong without it and right
with it, minus those the other way round, over the draws of bench/quality and the labelled articles in the folder of
real texts (SUNCHI_SHARED). The output also shows how many rows of real texts change, labelled or not, and how many
examples of lexicon/ and rows of the tests' tables. Counting stops once a part is clearly worth something. Only articles
for which a part decided are read again, so most parts take a fraction of a second.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from bench import switches

_WITHOUT = ("document", "prefilter", "mentions", "parallel", "jsonlines", "faults", "detectors")
switches.install("sunchi.signals", without=_WITHOUT)  # before any rule is imported; the imports above have none

from bench.quality.program import label_of  # noqa: E402
from bench.quality.scores import mistakes  # noqa: E402
from bench.quality.texts import COLLECTIONS, SHARED, collection, read_lines  # noqa: E402
from sunchi.lexicon import Lexicon, load  # noqa: E402
from sunchi.lexicon.columns import LANGUAGES  # noqa: E402
from sunchi.signals import detectors, korean_frames  # noqa: E402
from sunchi.signals import frames as fitting  # noqa: E402
from sunchi.signals.document import Document, read  # noqa: E402
from tests.signals import tables  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "bench/quality/labels"
FURTHER = ("rodong_en.jsonl", "hani_en.jsonl", "kcna_en_headlines.jsonl.gz", "hani_ko_headlines.jsonl.gz")
"""Collections in addition to those that articles are drawn from."""
ONE_IN = {"kcna_en_headlines.jsonl.gz": 4, "hani_ko_headlines.jsonl.gz": 4}
"""From the largest collections, every so-many-th article is read."""
MOST_ROWS = 25
MOST_LOST = 6
"""The numbers of changed rows and lost answers at which counting stops."""
FEW = 4
"""A part that changes fewer rows than this, of about 77,000, and breaks no answer, example or cell costs nothing."""
TOO_LONG = 5.0
"""Processor seconds after which a text is given up: without its end condition, a loop runs for ever."""

Article = tuple[Any, ...]
"""The columns of tables.SCHEMA; those of the place may be missing."""


@dataclass
class Text:
    """One text with its expected answers and the result with nothing switched off."""

    document: Document
    group: str  # labelled, unlabelled, example or table
    wanted: Any  # the label, or the case of the table
    rows: Counter[str] = field(default_factory=Counter)
    wrong: int = 0  # answers

    def counted(self, found: list[dict[str, Any]]) -> int:
        """Return how many expected answers are wrong."""
        if self.group == "labelled":
            title, *paragraphs = self.document.original.split("\n")
            label = label_of({"id": "", "title": title, "paragraphs": paragraphs}, [dict(row) for row in found])
            for message in label["messages"]:  # without a part, a side may be no words at all
                message |= {side: str(message[side]) for side in ("from", "to")}
            return mistakes({**self.wanted, "text": label["text"]}, label)
        if self.group == "table":
            in_order = sorted(found, key=lambda row: (row["start"], row["kind"], row["partner"], str(row["code"])))
            return len(self.wanted.wrong(in_order))
        return 0


@dataclass
class Cost:
    """The differences without a part."""

    decides: int = 0  # texts
    lost: int = 0  # labelled answers
    gained: int = 0
    rows: int = 0  # of real texts
    examples: int = 0
    tables: int = 0  # cells of the tests' tables
    broken: int = 0  # texts that cannot be read

    @property
    def is_nothing(self) -> bool:
        return self.lost <= self.gained and self.rows < FEW and not self.examples + self.tables + self.broken

    def __str__(self) -> str:
        if not self.decides:
            return "never decides"
        return f"{self.gained - self.lost:+} answers, {self.rows} rows, {self.examples} examples, {self.tables} cells"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="how their paths in sunchi/signals begin; frames.csv")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    corpus = Corpus()
    wrong = sum(text.wrong for text in corpus.texts if text.group == "labelled")
    say(f"{len(corpus.texts)} texts; {wrong} labelled answers are wrong with all parts")
    wanted = [n for n, unit in enumerate(switches.units) if not asked.files or unit.file.startswith(tuple(asked.files))]
    if asked.sample:
        wanted = sorted(random.Random(1).sample(wanted, min(asked.sample, len(wanted))))  # noqa: S311
    costs = {switches.units[number]: corpus.cost(number) for number in wanted}
    if asked.out:
        lines = (json.dumps(asdict(unit) | asdict(cost), ensure_ascii=False) for unit, cost in costs.items())
        asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if asked.files:
        for unit, cost in costs.items():
            if cost.is_nothing:
                say(f"{cost}: {unit}")
    idle = Counter(unit.file for unit, cost in costs.items() if cost.is_nothing)
    of_file = Counter(unit.file for unit in costs)
    for file, number in of_file.items():
        say(f"{idle[file]:5} of {number:5} cost nothing  {file}")
    never = sum(not cost.decides for cost in costs.values())
    say(f"{idle.total():5} of {of_file.total():5} cost nothing, {never} of them since they never decide")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


class Corpus:
    """All texts, with what is read in them and which parts decided there."""

    def __init__(self) -> None:
        signal.signal(signal.SIGVTALRM, _give_up)
        self._lexicon = load(ROOT / "lexicon")
        _switch_frames(self._lexicon)
        self.texts = list(_documents(self._lexicon))
        self.read()

    def read(self) -> None:
        """Read every text with the current switches, and record which parts decide."""
        switches.decided.clear()
        switches.recording = True
        for number, text in enumerate(self.texts):
            switches.article = number
            found = _read(text.document)
            text.rows, text.wrong = _keys(found), text.counted(found)
        switches.recording = False

    def cost(self, unit: int) -> Cost:
        """Return the differences without a part."""
        affected = [self.texts[number] for number in switches.decided[unit]]
        affected.sort(key=lambda text: ("labelled", "example", "table", "unlabelled").index(text.group))
        cost = Cost(len(affected))
        switches.off.add(unit)
        for text in affected:
            if cost.lost - cost.gained >= MOST_LOST or cost.rows >= MOST_ROWS or cost.broken >= MOST_LOST:
                break
            _compare(text, cost)
        switches.off.discard(unit)
        return cost


def _compare(text: Text, cost: Cost) -> None:
    """Add the losses and gains of one text to a cost."""
    signal.setitimer(signal.ITIMER_VIRTUAL, TOO_LONG)
    try:
        found = _read(text.document)
    except Exception:  # noqa: BLE001 - whatever it is, the part is needed
        cost.broken += 1
        return
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    rows = _keys(found)
    if rows == text.rows:
        return
    wrong = text.counted(found)
    match text.group:
        case "example":
            cost.examples += 1
        case "table":
            cost.tables += max(wrong - text.wrong, 0)
        case _:
            cost.rows += max((rows - text.rows).total(), (text.rows - rows).total())
            cost.lost += max(wrong - text.wrong, 0)
            cost.gained += max(text.wrong - wrong, 0)


def _give_up(*_: object) -> None:
    raise TimeoutError


def _read(document: Document) -> list[dict[str, Any]]:
    document.answers.clear()
    return detectors._read([document], None)[0].rows


def _keys(found: Iterable[dict[str, Any]]) -> Counter[str]:
    columns = ("kind", "partner", "code", "value", "start")
    return Counter(repr(([row[each] for each in columns], sorted(row["detail"].items(), key=str))) for row in found)


def _switch_frames(lexicon: Lexicon) -> None:
    """Make each row of frames.csv a part that can be switched off."""
    rows = [frame for some in lexicon.frames.values() for frame in some.rows]
    units = {row.line: switches.new_unit("frames.csv", row.line, switches.WITHOUT, row.form) for row in rows}
    fits, bind = fitting._fits, korean_frames._Binding.match  # where rows are matched with texts

    def switched(frame: Any, text: Any, places: Any) -> Iterator[Any]:
        return fits(frame, text, places) if switches.given(units[frame.line]) else iter(())

    def bound(binding: Any) -> Any:
        return switches.answer(units[binding.frame.line], bind(binding))

    fitting._fits = switched
    korean_frames._Binding.match = bound  # type: ignore[assignment, method-assign]


# --- the texts --------------------------------------------------------------------------------------------------------


def _documents(lexicon: Lexicon) -> Iterator[Text]:
    """Yield every text that names a state."""
    given = [*_real_texts(), *_gold(), *_examples(lexicon), *_tables()]
    schema = {**tables.SCHEMA, "date": pl.String()}
    no_place = (None,) * len(schema)
    for start in range(0, len(given), 2_000):
        rows = [
            (str(n), *given[n][2][1:], *no_place)[: len(schema)] for n in range(start, min(start + 2_000, len(given)))
        ]
        articles = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
            pl.col("date").str.to_date(strict=False)
        )
        for document in read(articles, lexicon):
            group, wanted, _ = given[int(document.article)]
            yield Text(document, group, wanted)


def _real_texts() -> Iterator[tuple[str, Any, Article]]:
    """Yield the articles of the collections, each text once, with their labels."""
    labels = {row["digest"]: row for file in sorted(LABELS.glob("*.jsonl")) for row in read_lines(file)}
    seen: set[str] = set()
    for name in (*COLLECTIONS, *FURTHER):
        for number, text in enumerate(collection(name)):
            text.article.setdefault("paragraphs", text.article.get("text", "").split("\n"))
            text.article.setdefault("lang", text.language)
            label = labels.get(text.digest)
            if text.digest not in seen and (label or number % ONE_IN.get(name, 1) == 0):
                seen.add(text.digest)
                yield "labelled" if label else "unlabelled", label, _article(text.article)


def _gold() -> Iterator[tuple[str, Any, Article]]:
    for file in sorted((SHARED / "gold").glob("*_labels.jsonl")):
        labels = {row["id"]: row for row in read_lines(file)}
        for row in read_lines(file.with_name(file.name.replace("labels", "articles"))):
            yield "labelled", labels[row["id"]], _article(row)


def _examples(lexicon: Lexicon) -> Iterator[tuple[str, Any, Article]]:
    """Yield what `sunchi check` tries; there are no other Chinese texts, so the tests' are examples, too."""
    for frame in (frame for some in lexicon.frames.values() for frame in some.rows):
        for example in (frame.example, frame.counterexample):
            title, *rest = tables.paragraphs(example)
            yield "example", None, ("", "kcna", frame.lang, "", None, title, rest)
    for name, sentences in (("examples.csv", {"sentence": ""}), ("parallel.csv", {lang: lang for lang in LANGUAGES})):
        with (ROOT / "lexicon" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                for column, lang in sentences.items():
                    yield "example", None, ("", "", lang or row["lang"], "", None, "", [row[column]])


def _tables() -> Iterator[tuple[str, Any, Article]]:
    for file in sorted((ROOT / "tests/signals").glob("*/*.md")):
        for behaviour in tables.read(file):
            for case in behaviour.cases:
                before, day, *rest = case.article[:4], case.article[4], *case.article[5:]
                article = (*before, day and day.isoformat(), *rest)
                yield "example" if case.lang == "zh" else "table", case, article


def _article(row: dict[str, Any]) -> Article:
    paragraphs = row["paragraphs"] if "paragraphs" in row else row["text"].split("\n")
    return "", row.get("source") or "kcna", row["lang"], "", row.get("date") or None, row["title"] or "", paragraphs


if __name__ == "__main__":
    main()
