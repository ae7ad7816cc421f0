"""`sunchi rescan`: reads the stored texts again with a changed lexicon; the changes are shown before they are kept."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from sunchi.ingest import rescan
from sunchi.lexicon import Lexicon
from sunchi.signals import detect, parallel
from sunchi.signals.faults import Fault
from sunchi.store import Store
from sunchi.system.private import is_open_to_others
from tests.cli.command import Sunchi
from tests.cli.test_import import articles, write


@pytest.fixture
def past(sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty imported articles."""
    write(folder / "past.jsonl", articles(40))
    assert sunchi("import", "past.jsonl").code == 0
    return folder


@pytest.fixture
def no_messages(past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the detectors find no more messages."""

    def without(articles: pl.DataFrame, lexicon: Lexicon, faults: list[Fault] | None) -> pl.DataFrame:
        return detect(articles, lexicon, faults).filter(pl.col("kind") != "message")

    monkeypatch.setattr(parallel, "detect", without)


def signals(sunchi: Sunchi) -> str:
    return sunchi("signals", "--json").out


def test_with_the_same_lexicon_nothing_changes(sunchi: Sunchi, past: Path) -> None:
    before = signals(sunchi)

    done = sunchi("rescan")

    assert (done.code, done.out.splitlines()[0]) == (0, "40 texts were read; 0 of them now have other signals.")
    assert signals(sunchi) == before


def test_losses_are_shown_by_kind_with_examples_and_accepted_only_with_yes(sunchi: Sunchi, no_messages: None) -> None:
    before = signals(sunchi)

    shown = sunchi("rescan")
    assert "40 of them now have other signals" in shown.out
    assert "lost: message CN greeting" in shown.out
    assert "`sunchi rescan --yes` accepts this" in shown.out
    assert signals(sunchi) == before

    found = sunchi("rescan", "--yes", "--json").rows[0]
    assert found["kinds"]["message"]["lost"] == 40
    assert '"message"' not in signals(sunchi)
    assert sunchi("rescan", "--json").rows[0]["changed"] == 0


def test_it_alerts_nobody_and_says_who_did_it(sunchi: Sunchi, past: Path, no_messages: None) -> None:
    sunchi("rescan", "--yes")

    with Store.open(f"sqlite:///{past / 'var' / 'sunchi.db'}") as store:
        assert store.alerts() == []
    assert "rescan" in sunchi("audit").out


@pytest.mark.parametrize("at", ["compare", "accept"])
def test_an_interrupted_rescan_continues_where_it_was(
    sunchi: Sunchi, past: Path, no_messages: None, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    monkeypatch.setattr(rescan, "AT_ONCE", 10)
    read: list[int] = []
    texts_after, replace = Store.texts_after, Store.replace_signals

    def counted(store: Store, after: str, limit: int) -> object:
        if at == "compare" and len(read) == 2:
            raise KeyboardInterrupt
        read.append(limit)
        return texts_after(store, after, limit)

    def once(store: Store, *rest: object) -> None:
        if at == "accept" and len(list((past / "var" / "rescan").iterdir())) < 4:
            raise KeyboardInterrupt
        replace(store, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "texts_after", counted)
    monkeypatch.setattr(Store, "replace_signals", once)
    assert sunchi("rescan", "--yes").code != 0
    monkeypatch.setattr(Store, "texts_after", texts_after)
    monkeypatch.setattr(Store, "replace_signals", replace)

    found = sunchi("rescan", "--yes", "--json").rows[0]

    assert found["texts"] == 40 or at == "accept"
    assert '"message"' not in signals(sunchi)
    assert not list((past / "var" / "rescan").iterdir())
    assert not is_open_to_others(past / "var" / "rescan")


def test_without_a_database_there_is_nothing_to_read(sunchi: Sunchi, folder: Path) -> None:
    assert sunchi("rescan").code == 1
