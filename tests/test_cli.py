"""The command, as a person or a script uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from sunchi.cli import app
from sunchi.model import SunchiError
from tests.conftest import ROOT

TEXT = """On External Relations
The long-standing and special DPRK-China relations were put before all else, and friendship with China grew.
Relations with Russia were developed on the basis of tradition.
The United States remains hostile.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without settings or data, where each test stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUNCHI_DATA_DIR", str(tmp_path / "var"))
    return tmp_path


def line(**changes: object) -> str:
    paragraphs = TEXT.splitlines()[1:]
    plain = {"id": "a", "source": "kcna", "lang": "en", "date": "2021-01-09", "title": "On", "paragraphs": paragraphs}
    return json.dumps(plain | changes)


def commands() -> Iterator[list[str]]:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            yield from ([name, inner] for inner in command.commands)
        else:
            yield [name]


def test_help_waits_for_nothing_heavy() -> None:
    program = "import sys; from sunchi.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "demo" in done.stdout
    assert loaded.isdisjoint({"prefect", "sqlalchemy", "apprise", "alembic"})


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(words: list[str]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"])

    assert shown.exit_code == 0
    assert "Example" in shown.output
    assert f"sunchi {' '.join(words)}" in " ".join(shown.output.split())


def test_detect_writes_a_signal_a_line(folder: Path) -> None:
    (folder / "in.jsonl").write_text(line() + "\n")

    done = CliRunner().invoke(app, ["detect", "in.jsonl"])

    assert done.exit_code == 0, done.output
    signals = [json.loads(each) for each in done.output.splitlines()]
    assert {"CN", "RU", "US"} <= {each["partner"] for each in signals}
    article = "On\n" + "\n".join(TEXT.splitlines()[1:])
    for each in signals:
        assert article[each["start"] : each["end"]] == each["quote"]
        assert None not in each["detail"].values()


def test_detect_names_each_line_it_cannot_read_and_reads_the_rest(folder: Path) -> None:
    bad = [
        "{",
        line(lang="xx"),
        line(date="9 January"),
        line(paragraphs="one text"),
        json.dumps({"title": "no id", "paragraphs": [], "lang": "en"}),
    ]
    (folder / "in.jsonl").write_text("\n".join([*bad, line()]))

    done = CliRunner().invoke(app, ["detect", "in.jsonl", "missing.jsonl", "--out", "out.parquet"])

    assert done.exit_code == 1
    for number in range(1, 6):
        assert f"in.jsonl:{number}: " in done.output
    assert "missing.jsonl: No such file" in done.output
    assert (folder / "out.parquet").stat().st_size > 0


def test_detect_refuses_a_kind_of_file_it_does_not_write(folder: Path) -> None:
    (folder / "in.jsonl").write_text(line())

    with pytest.raises(SunchiError, match=r"\.parquet or \.jsonl"):
        CliRunner().invoke(app, ["detect", "in.jsonl", "--out", "out.csv"], catch_exceptions=False)


def test_attention_is_the_founding_table_of_one_text(folder: Path) -> None:
    (folder / "report.txt").write_text(TEXT)

    done = CliRunner().invoke(app, ["attention", "report.txt", "--lang", "en", "--json"])

    rows = [json.loads(each) for each in done.output.splitlines()]
    assert [row["name"] for row in rows] == ["China", "Russia", "United States"]
    assert [row["order"] for row in rows] == [1, 2, 3]
    assert rows[0]["words"] > rows[1]["words"] > 0
    assert sum(row["share"] for row in rows) == pytest.approx(1)


def test_attention_asks_for_the_language_and_guesses_none(folder: Path) -> None:
    (folder / "report.txt").write_text(TEXT)

    with pytest.raises(SunchiError, match="--lang"):
        CliRunner().invoke(app, ["attention", "report.txt"], catch_exceptions=False)


def test_what_is_not_stored_is_said_so() -> None:
    with pytest.raises(SunchiError, match="sunchi articles"):
        CliRunner().invoke(app, ["attention", "kcna-en-0000000000000000"], catch_exceptions=False)


@pytest.mark.parametrize("words", [["articles"], ["alerts", "list"], ["alerts", "retry"]], ids=" ".join)
def test_an_empty_folder_has_nothing_and_that_is_no_error(words: list[str]) -> None:
    done = CliRunner().invoke(app, words)

    assert done.exit_code == 0, done.output
    assert "0 articles" in done.output or "No alerts yet" in done.output or "Nothing waits" in done.output


def test_a_wrong_date_is_named_with_its_form() -> None:
    done = CliRunner().invoke(app, ["articles", "--since", "yesterday"])

    assert done.exit_code == 2
    assert "2024-10-06" in done.output


def test_check_says_what_is_well_and_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    well = CliRunner().invoke(app, ["check"])
    monkeypatch.setenv("SUNCHI_NOTIFY", "nosuchservice://x")
    wrong = CliRunner().invoke(app, ["check"])

    assert well.exit_code == 0, well.output
    assert "never polled" in well.output
    assert wrong.exit_code == 1
    assert "SUNCHI_NOTIFY" in wrong.output


def test_a_wrong_setting_is_named_without_a_traceback(folder: Path) -> None:
    (folder / ".env").write_text("SUNCHI_FIRST_POLL=many\n")
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from sunchi.cli import main; main()"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program, "articles"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "SUNCHI_FIRST_POLL" in done.stderr
    assert "Traceback" not in done.stderr
