"""The amount of work per text: no form is tried on lines without its words, and bench/ still runs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sunchi import signals
from sunchi.lexicon import Lexicon
from tests.detecting import articles, house_lexicon

BENCH = Path(__file__).resolve().parent.parent.parent / "bench"


class Counted:
    """A form's pattern that counts the lines on which it is tried."""

    def __init__(self, pattern: re.Pattern[str], tried: Counter[str]) -> None:
        self.pattern = pattern
        self.tried = tried

    def search(self, line: str, start: int, end: int) -> re.Match[str] | None:
        self.tried[self.pattern.pattern] += start == 0
        return self.pattern.search(line, start, end)

    def finditer(self, line: str, start: int, end: int) -> Iterator[re.Match[str]]:
        self.tried[self.pattern.pattern] += 1
        return self.pattern.finditer(line, start, end)


def counted() -> tuple[Lexicon, Counter[str]]:
    tried: Counter[str] = Counter()
    terms = tuple(replace(term) for term in house_lexicon().terms)
    for term in terms:
        vars(term)["in_small_letters"] = Counted(term.in_small_letters, tried)  # what it keeps once it is compiled
    return replace(house_lexicon(), terms=terms), tried


def test_no_form_is_tried_on_a_text_without_its_words() -> None:
    lexicon, tried = counted()
    signals.detect(articles("The DPRK bought rice from China, and Cuba sold sugar to it."), lexicon)
    assert not tried


def test_a_form_is_tried_only_on_lines_with_its_words() -> None:
    lexicon, tried = counted()
    plain = "The DPRK bought rice from China."
    found = signals.detect(articles(("China", *[plain] * 50, "The DPRK treasures its friendship with China.")), lexicon)
    assert "formula" in found["kind"]
    assert tried
    assert max(tried.values()) == 1


def test_twice_the_text_means_twice_the_tries() -> None:
    sentence = "The DPRK treasures the traditional friendly relations with China."
    tries = []
    for many in (50, 100):
        lexicon, tried = counted()
        signals.detect(articles(("China", *[sentence] * many)), lexicon)
        tries.append(tried.total())
    assert tries[1] == 2 * tries[0]


@pytest.mark.drill
def test_the_comparison_runs_on_generated_texts_if_the_corpus_is_missing() -> None:
    command = [sys.executable, str(BENCH / "detect.py"), "--made-up", "8"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout  # noqa: S603
    assert "8 articles" in told
    for table in ("term matching", "all detectors", "how the work grows", "the whole command"):
        assert f"\n{table}" in told
