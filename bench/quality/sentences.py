"""Scores the project's own sentences: the tables of tests/signals, and what `sunchi check` tries in lexicon/.

Labels of real texts do not say in whose voice a phrase stands, how high those rank who meet, or when a visit was. These
sentences do, so `make quality` shows what a rule is worth there, too. They were written with the rules: they show what
is lost, and never how well unseen texts are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.quality.program import ROOT
from sunchi.selfcheck import check_lexicon
from tests.signals import tables


def scores() -> Iterator[str]:
    """Yield in words how many cells of each kind's tables are right, and the faults of the lexicon's examples."""
    for folder in sorted(path for path in tables.FOLDER.iterdir() if any(path.glob("*.md"))):
        right = cells = 0
        for file in sorted(folder.glob("*.md")):
            good, of = _cells(file)
            right, cells = right + good, cells + of
        yield f"  {folder.name:20} {right} of {cells} cells"
    yield f"  {'lexicon':20} {len(check_lexicon(ROOT / 'lexicon'))} faults"


def _cells(file: Path) -> tuple[int, int]:
    """Return how many cells of a file's tables are right, and of how many."""
    cases = [case for behaviour in tables.read(file) for case in behaviour.cases]
    found = tables.found_in(cases)
    cells = sum(len(case.expected) for case in cases)
    return cells - sum(len(case.wrong(found[case.id])) for case in cases), cells
