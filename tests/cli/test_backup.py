"""The output of `sunchi backup`, `sunchi restore` and `sunchi prune`; their effects are tested in tests/ingest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sunchi.archive.store import Archive
from sunchi.store import Store
from tests.cli.command import Sunchi
from tests.store.making import NOW, link, page


def articles(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "var" / "sunchi.db")) as database:
        return int(database.execute("select count(*) from articles").fetchone()[0])


def test_a_backup_is_reported_with_its_size_and_deleted_older_ones(sunchi: Sunchi, folder: Path, stored: str) -> None:
    sunchi("backup")
    [first] = (folder / "var" / "backups").glob("sunchi-*.db")
    older = first.rename(first.with_name("sunchi-20210108T030000Z.db"))

    done = sunchi("backup", "--keep", "1")

    [kept] = Path("var/backups").glob("sunchi-*.db")
    assert done.out == f"{kept}, {kept.stat().st_size:,} bytes, verified\ndeleted: {older.name}\n"


def test_without_a_database_there_is_nothing_to_copy(sunchi: Sunchi) -> None:
    done = sunchi("backup")

    assert done.code == 1
    assert "no database yet" in done.err


def test_the_last_backup_replaces_the_database_which_is_kept(sunchi: Sunchi, folder: Path, stored: str) -> None:
    before = articles(folder)
    sunchi("backup")
    with closing(sqlite3.connect(folder / "var" / "sunchi.db")) as database:
        database.execute("update alerts set title = 'Lost'")
        database.commit()

    done = sunchi("restore", "latest")

    assert done.code == 0, done.err
    assert "and 0 pages of the archive since" in done.out
    assert "0 messages had been sent since; 1 pending" in done.out
    assert articles(folder) == before
    assert "Lost" not in sunchi("alerts", "list").out
    [line] = [line for line in done.out.splitlines() if line.startswith("The database as it was before: ")]
    assert Path(line.partition(": ")[2]).is_file()


def test_a_dry_run_reports_what_would_be_dropped(sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.open(str(folder / "var" / "archive"))
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store, archive.writer("kcna") as writer:
        store.add_response(old := page(link("old").url, NOW), writer.write(old), "kcna")

    everything_is_kept = sunchi("prune").out
    monkeypatch.setenv("SUNCHI_KEEP_PAGES_DAYS", "365")
    said, files = sunchi("prune", "--dry-run").out, archive.files()
    doubted = sunchi("prune")
    assert (doubted.code, archive.files()) == (1, files)
    assert (
        "In doubt: no good poll has compared this machine's clock with a site's yet. Nothing was dropped" in doubted.err
    )
    dropped = sunchi("prune", "--yes", "--json")

    assert everything_is_kept == "Nothing to drop.\n"
    assert said.startswith("Would be dropped: 1 files by SUNCHI_KEEP_PAGES_DAYS=365")
    assert len(files) == 1
    assert dropped.rows[0]["files"] == {"SUNCHI_KEEP_PAGES_DAYS=365": 1}
    assert archive.files() == []
