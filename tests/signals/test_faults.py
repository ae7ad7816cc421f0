"""No text ends a run: an exception, a time limit or a length limit is a fault of one text only."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import sunchi.text
from sunchi.errors import LexiconError
from sunchi.model import ARTICLES
from sunchi.signals import Fault, detect, detectors, faults
from sunchi.signals.document import Document
from sunchi.signals.parallel import detect_each, unchanged
from tests.detecting import house_lexicon

FRIENDLY = "The traditional friendship between the DPRK and China is invincible."
POISONED = f"{FRIENDLY} Poison."


def articles(**texts: str) -> pl.DataFrame:
    rows = [(id, "kcna", "en", "", None, "China", [text]) for id, text in texts.items()]
    return pl.DataFrame(rows, schema=ARTICLES, orient="row")


def poisoned(text: Document) -> Any:
    if "Poison" in text.text:
        raise ZeroDivisionError("what no detector should raise")
    return ()


def test_a_detector_that_raises_loses_only_its_own_signals_of_that_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detectors, "DETECTORS", (poisoned, *detectors.DETECTORS))
    wrong: list[Fault] = []

    found = detect(articles(good=FRIENDLY, bad=POISONED), house_lexicon(), wrong)

    kinds = {id: set(found.filter(pl.col("article") == id)["kind"]) for id in ("good", "bad")}
    assert "formula" in kinds["good"]
    assert kinds["bad"] == kinds["good"]
    assert [fault.article for fault in wrong] == ["bad"]
    assert "“poisoned”: ZeroDivisionError('what no detector should raise')" in wrong[0].words


def test_an_unreadable_text_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def sentences(text: str, lang: str) -> list[tuple[int, int]]:
        if "Poison" in text:
            raise IndexError("no sentence")
        return [(0, len(text))]

    monkeypatch.setattr(sunchi.text, "sentences", sentences)
    wrong: list[Fault] = []

    found = detect(articles(first=FRIENDLY, bad=POISONED, last=FRIENDLY), house_lexicon(), wrong)

    assert set(found["article"]) == {"first", "last"}
    assert [(fault.article, fault.words) for fault in wrong] == [("bad", "can't be read: IndexError('no sentence')")]


def test_without_a_list_of_faults_what_a_detector_raises_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detectors, "DETECTORS", (poisoned,))
    with pytest.raises(ZeroDivisionError):
        detect(articles(bad=POISONED), house_lexicon())


def test_a_fault_of_the_lexicon_is_no_fault_of_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def asks_for_a_missing_class(text: Document) -> Any:
        return text.word_of("no_such_class")

    monkeypatch.setattr(detectors, "DETECTORS", (asks_for_a_missing_class,))
    with pytest.raises(LexiconError):
        detect(articles(good=FRIENDLY), house_lexicon(), [])


def test_a_text_that_takes_too_long_is_read_by_no_further_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detectors, "SECONDS", -1.0)
    wrong: list[Fault] = []

    assert detect(articles(slow=FRIENDLY), house_lexicon(), wrong).is_empty()

    assert wrong == [("slow", "took longer than -1 s: not read for formula and what follows")]


def test_only_the_beginning_of_a_long_text_is_read_and_reported_in_any_process() -> None:
    long = "China. " * (faults.LONGEST // 7) + FRIENDLY
    frames = [articles(**{f"good-{n}": FRIENDLY, f"long-{n}": long}) for n in range(4)]
    wrong: list[Fault] = []

    found = pl.concat(detect_each(frames, house_lexicon(), unchanged, faults=wrong, processes=2))

    formulas = set(found.filter(pl.col("kind") == "formula")["article"])
    assert formulas == {f"good-{n}" for n in range(4)}
    assert sorted(fault.article for fault in wrong) == [f"long-{n}" for n in range(4)]
    assert all("only the first 200,000 are read" in fault.words for fault in wrong)
