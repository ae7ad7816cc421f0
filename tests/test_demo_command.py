"""`sunchi demo`, run once as a user runs it, in a folder of its own."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

COMMAND = [sys.executable, "-c", "from sunchi.cli import main; main()", "demo"]


def _demo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(  # noqa: S603 - our own words
        [*COMMAND, *options], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    (folder / ".env").write_text("SUNCHI_NOTIFY=json://127.0.0.1:9/\nSUNCHI_FIRST_POLL=1\n")
    done = _demo(folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_alerts_are_printed_with_their_evidence_and_link(week: tuple[Path, str]) -> None:
    assert "Congress Receives Congratulatory Message from CPC Central Committee" in week[1]
    assert "http://www.kcna.kp/en/article/" in week[1]
    assert "“" in week[1]


def test_the_edit_is_alerted(week: tuple[Path, str]) -> None:
    assert "Edited: Russia" in week[1]


def test_the_deletion_is_alerted(week: tuple[Path, str]) -> None:
    assert "Deleted: United States" in week[1]


def test_an_env_file_of_the_users_folder_plays_no_part(week: tuple[Path, str]) -> None:
    assert "To: terminal://" in week[1]
    assert "json://" not in week[1]


def test_the_table_has_a_row_for_every_source(week: tuple[Path, str]) -> None:
    for source in ("kcna ", "kcna/ko ", "rodong ", "hani "):
        assert any(line.startswith(source) and "9 polls" in line for line in week[1].splitlines()), source


def test_the_places_it_prints_exist(week: tuple[Path, str]) -> None:
    for name in ("Report", "Database"):
        printed = next(line.split()[1] for line in week[1].splitlines() if line.startswith(name))
        assert (week[0] / printed).is_file()


def test_eighty_articles_or_more_are_stored(week: tuple[Path, str]) -> None:
    with sqlite3.connect(week[0] / "var/demo/sunchi.db") as database:
        (stored,) = database.execute("select count(*) from articles").fetchone()
    database.close()
    assert stored >= 80


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    done = _demo(tmp_path, "--folder", "mine")
    assert done.returncode == 2
    assert "holds something else than a demo" in done.stderr
    assert (tmp_path / "mine" / "notes.txt").read_text() == "mine"


def test_what_the_readme_shows_is_what_it_prints(week: tuple[Path, str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^```text\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert shown
    printed = {" ".join(line.split()) for line in week[1].splitlines()}
    lines = [" ".join(line.split()) for line in shown[1].splitlines()]
    assert len(lines) > 20
    for line in lines:
        if line not in ("", "…") and "Prefect UI" not in line and "var/demo" not in line:
            assert line in printed, line
