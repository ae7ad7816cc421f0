"""`sunchi audit`: who ran which writing command with what inputs, without secrets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from sunchi.ingest.audit import audit_entry
from sunchi.settings import load
from sunchi.store import Store
from tests.cli.command import Sunchi

NOW = datetime(2021, 1, 8, 3, tzinfo=UTC)


@pytest.fixture
def store(folder: Path) -> Store:
    (folder / "var").mkdir()
    return Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}")


def test_writing_commands_are_listed_with_what_changed_since(
    sunchi: Sunchi, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sunchi("backup").code == 0
    monkeypatch.setenv("SUNCHI_CONTACT", "desk@example.org")
    monkeypatch.setenv("SUNCHI_NOTIFY", "json://desk:geheim@127.0.0.1/")
    monkeypatch.setenv("SUNCHI_MIRRORS", '{"kcna": "http://user:geheim@127.0.0.1:9"}')
    assert sunchi("backup", "--keep", "2").code == 0

    done = sunchi("audit")

    assert done.code == 0
    assert done.out.count("backup") >= 2
    assert "contact:  → desk@example.org" in done.out
    assert "notify: None → set" in done.out
    assert "geheim" not in done.out + sunchi("audit", "--json").out


def test_a_changed_lexicon_is_listed_with_the_command_that_reads_it(
    sunchi: Sunchi, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUNCHI_LEXICON", str(copytree(load().lexicon, folder / "lexicon")))
    assert sunchi("findings", "--anew").code == 0
    with (folder / "lexicon" / "terms.csv").open("a") as terms:
        terms.write("\n")
    assert sunchi("backup").code == 0
    assert sunchi("rescan", "--yes").code == 0

    rescan, change, backup, findings = sunchi("audit").out.splitlines()
    assert "lexicon_version: " in change
    assert ("rescan" in rescan, "backup" in backup, "findings --anew" in findings) == (True, True, True)


def test_a_poll_is_listed_only_if_its_inputs_changed(store: Store) -> None:
    entry = replace(audit_entry("poll kcna", load(), NOW), lexicon_version="a", rules_version="b")
    for each in (entry, replace(entry, command="poll hani"), replace(entry, lexicon_version="c"), entry):
        store.record_command(each, only_changes=True)
    store.record_command(replace(entry, user="somebody@elsewhere"), only_changes=True)

    assert [each.lexicon_version for each in store.audit_entries(10)] == ["a", "a", "c", "a"]
