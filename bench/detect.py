"""Measures how fast texts are read, compared with alternatives, all in one run.

    python bench/detect.py                     the corpus of KCNA of 2011 if available, else generated texts
    python bench/detect.py articles.jsonl      these articles, as `sunchi detect` takes them
    make bench                                 with the line about spaCy, which it installs

Each line is the best of five runs (two or three if one takes seconds): processor time for work on one processor, so
that other load on the machine matters little; wall-clock time for work on all of them. The ratio is to Sunchi's search
for the matchers, to spaCy for the detectors. The last table but one doubles the text, and the number of terms;
bench/hostile.py does the same with texts made to be slow.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from sunchi.text.search import Search

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SUNCHI_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "data" / "kcna_en_2011.jsonl.gz"
FORMS = SHARED / "design" / "domain" / "lexicon.tsv"


def main() -> None:
    from sunchi.system.workers import processors

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path)
    parser.add_argument("--made-up", type=int, metavar="N", help="read N texts made up, not the corpus")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles = _articles(given.articles, given.made_up, Path(folder) / "articles.jsonl")
        rows = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
        texts = [row["title"] + "\n" + "\n".join(row["paragraphs"]) for row in rows]
        forms = _forms()
        megabytes = sum(len(text.encode()) for text in texts) / 1e6
        _say(f"{len(texts):,} articles, {megabytes:.1f} MB; {len(forms)} forms; {processors()} processors\n")
        _matchers(texts, forms)
        alone, together, begun = _detectors(rows)
        spacy = _spacy(texts, forms)
        if spacy:
            times = f"{spacy / alone:.2f} times as fast on one processor, {spacy / together:.2f} on all"
            times += f", {spacy / begun:.2f} on all where they have begun"
            _say(f"  all of Sunchi's detectors to spaCy's matcher alone: {times}")
        _growth(rows, texts, forms)
        _whole(articles)


# --- the texts ------------------------------------------------------------------------------------------------------


def _articles(given: Path | None, count: int | None, to: Path) -> Path:
    if given and given.suffix != ".gz":
        return given
    if given or (CORPUS.is_file() and not count):
        to.write_bytes(gzip.decompress((given or CORPUS).read_bytes()))
        return to
    to.write_text("".join(json.dumps(row) + "\n" for row in made_up(count or 10_000)), encoding="utf-8")
    return to


def made_up(count: int) -> list[dict[str, Any]]:
    """Return articles of everyday words with an occasional state or phrase; the same in every run."""
    chance = random.Random(2011)  # noqa: S311 - texts, not secrets
    words = ["farm", "harvest", "steel", "workers", "river", "school", "visit", "talks", "party", "people", "built"]
    rare = ["the DPRK", "China", "the U.S.", "Cuba", "DPRK-China friendship", "hostile policy", "sent a message to"]
    rows = []
    for number in range(count):
        paragraphs = []
        for _ in range(6):
            run = [chance.choice(rare) if chance.random() < 0.04 else chance.choice(words) for _ in range(30)]
            paragraphs.append(" ".join(run).capitalize() + ".")
        rows.append({"id": f"made-up-{number}", "lang": "en", "title": " ".join(paragraphs[0].split()[:6]),
                     "date": "2011-03-02", "paragraphs": paragraphs})  # fmt: skip
    return rows


def _forms() -> list[str]:
    """Return the English forms of the analysts' list if available, else those of the lexicon."""
    if FORMS.is_file():
        with FORMS.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            return sorted({row["surface"] for row in rows if row["lang"] == "en"})
    from sunchi.lexicon import load

    lexicon = load(ROOT / "lexicon")
    return sorted({*lexicon.forms["en"], *(term.samples[0] for term in lexicon.terms if term.lang == "en")})


# --- the readers ----------------------------------------------------------------------------------------------------


def _matchers(texts: list[str], forms: list[str]) -> None:
    """Time the search for the forms alone: the longest of those that begin first, anywhere."""
    longest = sorted(forms, key=lambda form: (-len(form), form))
    _say("term matching", "seconds", "ratio")
    search = Search(longest)
    base = _best(lambda: list(search.words_in(texts)))
    _line("Sunchi's search, by polars: the forms in each text", base, base)
    either = re.compile("|".join(map(re.escape, longest)))
    _line("re, one alternation", _best(lambda: [list(either.finditer(text)) for text in texts], 2), base)


def _detectors(rows: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Time every detector, from frames of articles to frames of signals: on one processor, and on all.

    All processors are timed twice: with the start of the other processes, and after it, as spaCy's matcher is.
    """
    from sunchi import signals
    from sunchi.cli.article_files import AT_ONCE
    from sunchi.lexicon import load
    from sunchi.signals.parallel import detect_each, unchanged
    from sunchi.system.workers import processors, worker_processes

    lexicon = load(ROOT / "lexicon")
    frame = _frame(rows)
    _say("\nall detectors", "seconds")
    alone = _best(lambda: signals.detect(frame, lexicon), 3)
    _line("Sunchi, one processor", alone, 0)
    # as `sunchi detect` makes them: a slice of one large frame would send all of its texts to the other process
    apart = [_frame(rows[n : n + AT_ONCE]) for n in range(0, len(rows), AT_ONCE)]
    together = _best(lambda: list(detect_each(apart, lexicon, unchanged)), 3, time.perf_counter)
    _line(f"Sunchi, {processors()} processors and their start", together, 0)
    with worker_processes(processors() - 1, ready="sunchi.signals") as pool:
        begun = _best(lambda: list(detect_each(apart, lexicon, unchanged, pool=pool)), 4, time.perf_counter)
    _line(f"Sunchi, {processors()} processors that have begun", begun, 0)
    return alone, together, begun


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return the articles as model.ARTICLES."""
    from sunchi.model import ARTICLES

    defaults = {"source": "", "url": "", "date": None}
    named = [{**defaults, **row, "article": row.get("id") or row["url"]} for row in rows]
    frame = pl.DataFrame(
        [{name: row[name] for name in ARTICLES} for row in named], schema={**ARTICLES, "date": pl.String}
    )
    return frame.with_columns(pl.col("date").str.to_date())


def _growth(rows: list[dict[str, Any]], texts: list[str], forms: list[str]) -> None:
    """Measure how the work grows with twice the text and twice the terms: processor time, on one processor."""
    from sunchi import signals
    from sunchi.lexicon import load

    half = len(texts) // 2
    made_up = [form[::-1] for form in forms]  # as long and as many, and not in any text
    with tempfile.TemporaryDirectory() as folder:
        doubled = Path(folder) / "lexicon"
        _double_terms(ROOT / "lexicon", doubled)
        house, twice = load(ROOT / "lexicon"), load(doubled)
    some, more = _frame(rows[:half]), _frame(rows[: 2 * half])
    once = _best(lambda: signals.detect(some, house), 3)

    def matched(some_texts: list[str], some_forms: list[str]) -> float:
        search = Search(some_forms)
        return _best(lambda: list(search.words_in(some_texts)))

    first = matched(texts[:half], forms)
    _say("\nhow the work grows", "times")
    _say("  term matching, twice the text", f"{matched(texts[: 2 * half], forms) / first:.2f}")
    _say("  term matching, twice the forms", f"{matched(texts[:half], [*forms, *made_up]) / first:.2f}")
    work = _best(lambda: signals.detect(more, house), 3)
    _say("  all detectors, twice the text", f"{work / once:.2f}")
    work = _best(lambda: signals.detect(some, twice), 3)
    _say(f"  all detectors, {len(twice.terms)} terms for {len(house.terms)}", f"{work / once:.2f}")


def _double_terms(lexicon: Path, to: Path) -> None:
    """Return the lexicon with as many set phrases again, made of words spelled backwards, which no text contains."""
    shutil.copytree(lexicon, to)
    terms = to / "terms.csv"
    lines = terms.read_text(encoding="utf-8").splitlines()
    header = next(n for n, line in enumerate(lines) if line.startswith("id,"))
    with terms.open("a", encoding="utf-8", newline="") as file:
        for n, row in enumerate(csv.DictReader(lines[header:])):
            form = re.sub(r"\{(\w+)\}\+?|(\w{2,})", lambda m: f"{(m[1] or m[2])[::-1]}q{n}", row["form"])  # noqa: B023
            csv.writer(file).writerow([*{**row, "id": f"made_up_{n}", "form": form}.values()])


def _spacy(texts: list[str], forms: list[str]) -> float:
    if not importlib.util.find_spec("spacy"):
        _say("  spaCy is not installed: `make bench` does that")
        return 0.0
    import spacy
    from spacy.matcher import PhraseMatcher

    reader = spacy.blank("en")
    reader.max_length = max(map(len, texts)) + 1
    reader.add_pipe("sentencizer")
    matcher = PhraseMatcher(reader.vocab)
    matcher.add("forms", list(reader.pipe(forms)))
    seconds = _best(lambda: [matcher(text) for text in reader.pipe(texts)], 2)
    _line("spaCy: sentences and matches alone", seconds, 0)
    return seconds


def _whole(articles: Path) -> None:
    """Time `sunchi detect` from the command's start to its end, with the memory of all its processes."""
    best, memory, lines = float("inf"), 0, 0
    for _ in range(5):
        out = articles.with_name("signals.jsonl")
        command = [
            sys.executable,
            "-m",
            "sunchi",
            "detect",
            str(articles),
            "--out",
            str(out),
        ]
        begun = time.perf_counter()
        with subprocess.Popen(command, cwd=ROOT) as running:  # noqa: S603 - our own command
            watch = _Memory(running.pid)
            watch.start()
            if running.wait():
                raise SystemExit("sunchi detect failed")
        best = min(best, time.perf_counter() - begun)
        memory = max(memory, watch.most)
        lines = sum(1 for _ in out.open("rb"))
        out.unlink()
    _say("\nthe whole command", "seconds", "MB")
    _say("  sunchi detect", f"{best:.2f}", f"{memory / 1e6:.0f}" if memory else "?")
    _say(f"  {lines:,} signals")


class _Memory(threading.Thread):
    """Watches the total memory of a process and its children, in bytes. Linux only; elsewhere it sees nothing."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.most = 0

    def run(self) -> None:
        while held := sum(map(_held, _family(self.process))):
            self.most = max(self.most, held)
            time.sleep(0.02)


def _family(process: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return [process]
    return [process, *(member for child in children for member in _family(child))]


def _held(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


# --- output ---------------------------------------------------------------------------------------------------------


def _best(work: Callable[[], object], times: int = 5, clock: Callable[[], float] = time.process_time) -> float:
    """Return the seconds of the fastest of some runs: of processor time, or by another clock."""
    seconds = []
    for _ in range(times):
        begun = clock()
        work()
        seconds.append(clock() - begun)
    return min(seconds)


def _line(what: str, seconds: float, base: float) -> None:
    _say(f"  {what}", f"{seconds:.3f}", f"{base / seconds:.2f}" if base else "")


def _say(what: str, *numbers: str) -> None:
    sys.stdout.write(f"{what:<46}" * bool(numbers) + what * (not numbers) + "".join(f"{n:>9}" for n in numbers) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
