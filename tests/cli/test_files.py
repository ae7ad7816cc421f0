"""All commands that take files take the same: JSON lines, CSV, Parquet and WARC, compressed or not, and folders."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from parsers.stored import stored
from tests.cli.command import Sunchi, line
from tests.cli.test_import_warc import warc

LETTER = {
    "id": "m", "source": "kcna", "lang": "en", "url": "http://paper.example/m", "date": "2021-01-09",
    "title": "Kim Jong Un Greets Xi Jinping",
    "paragraphs": ["Kim Jong Un sent a message of greeting to Xi Jinping, president of China."],
}  # fmt: skip
COLUMNS = ("id", "source", "lang", "url", "date", "title")
PAGE = next(page for page in stored(Path(__file__).parents[1] / "parsers" / "pages") if page.file.stem == "detail-en")


def jsonl(folder: Path) -> str:
    (folder / "a.jsonl").write_text("\n".join([line(url="http://paper.example/a"), json.dumps(LETTER)]) + "\n")
    return "a.jsonl"


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(each) for each in (folder / jsonl(folder)).read_text().splitlines()]


def packed(folder: Path) -> str:
    (folder / "a.jsonl.gz").write_bytes(gzip.compress((folder / jsonl(folder)).read_bytes()))
    return "a.jsonl.gz"


def table(folder: Path) -> str:
    flat = [
        {name: row[name] for name in COLUMNS} | {"paragraphs": "\n".join(row["paragraphs"])} for row in rows(folder)
    ]
    pl.DataFrame(flat).write_csv(folder / "a.csv")
    return "a.csv"


def parquet(folder: Path) -> str:
    pl.DataFrame(rows(folder)).write_parquet(folder / "a.parquet")
    return "a.parquet"


def of_folder(folder: Path) -> str:
    (folder / "all").mkdir()
    (folder / jsonl(folder)).rename(folder / "all" / "a.jsonl")
    (folder / "all" / "notes.txt").write_text("no articles")
    return "all"


FILES = pytest.mark.parametrize("written", [jsonl, packed, table, parquet, of_folder])


@FILES
def test_every_command_reads_every_kind_of_file(sunchi: Sunchi, folder: Path, written: Callable[[Path], str]) -> None:
    name = written(folder)

    assert {row["article"] for row in sunchi("signals", name, "--json").rows} == {"a", "m"}
    assert [row["to"] for row in sunchi("messages", name, "--json").rows] == ["Xi Jinping"]
    assert {row["article"] for row in sunchi("detect", name).rows} == {"a", "m"}
    assert sunchi("findings", name, "--json").code == 0
    done = sunchi("report", name, "--out", "r.html")
    assert done.code == 0, done.err
    page = (folder / "r.html").read_text("utf-8")
    assert "Kim Jong Un Greets Xi Jinping" in page
    assert "9 Jan 2021 to 9 Jan 2021" in page


@pytest.mark.parametrize("written", [jsonl, packed, table, parquet])
def test_attention_reads_every_kind_of_file(sunchi: Sunchi, folder: Path, written: Callable[[Path], str]) -> None:
    name = written(folder)

    found = sunchi("attention", name, "--json").rows

    assert [(row["article"], row["partner"]) for row in found if row["order"] == 1] == [("a", "CN"), ("m", "CN")]


def test_pages_in_a_foreign_archive_are_read_in_place(sunchi: Sunchi, folder: Path) -> None:
    warc(folder / "old.warc.gz", [PAGE.page, PAGE.page], packed=True)
    (folder / "none.warc").write_bytes(b"this is not a WARC file\n" * 9)

    assert {row["article"] for row in sunchi("detect", "old.warc.gz").rows} == {PAGE.facts["url"]}
    assert PAGE.facts["expected"]["title"] in sunchi("attention", "old.warc.gz").out
    assert (
        sunchi("report", "old.warc.gz", "--out", "r.html", "--since", "2024-01-01", "--until", "2024-12-31").code == 0
    )
    assert not (folder / "var" / "sunchi.db").exists(), "nothing is stored"
    wrong = sunchi("signals", "none.warc")
    assert wrong.code == 1
    assert "none.warc:1: byte 0: is not a WARC file" in wrong.err


def test_a_report_on_undated_files_requires_the_days(sunchi: Sunchi, folder: Path) -> None:
    (folder / "a.jsonl").write_text(line(date="") + "\n")

    done = sunchi("report", "a.jsonl", "--out", "r.html")

    assert done.code != 0
    assert "--since and --until" in done.err
    assert not (folder / "r.html").exists()


@pytest.mark.parametrize("command", ["signals", "messages", "findings", "report", "detect"])
def test_a_missing_file_and_an_empty_folder_are_named(sunchi: Sunchi, folder: Path, command: str) -> None:
    (folder / "empty").mkdir()

    assert "none.jsonl: there is no such file" in sunchi(command, "none.jsonl").err
    assert "empty: it has no file that ends in .jsonl" in sunchi(command, "empty").err
