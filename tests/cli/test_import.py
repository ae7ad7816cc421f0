"""`sunchi import`: a collection is imported once, whatever its format and wherever an import was interrupted."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sunchi.cli.article_files import rows
from sunchi.store import Store
from tests.cli.command import Sunchi, line

GREETING = "Kim Jong Un sent a message of greeting to Xi Jinping, president of China, on the friendship of the two."


def articles(number: int, **changes: Any) -> list[dict[str, Any]]:
    return [
        {"source": "kcna", "lang": "en", "url": f"http://old.example/{n}", "date": "2011-05-20"}
        | {"title": f"Message to President of China, Part {n}", "paragraphs": [GREETING, f"It is number {n}."]}
        | changes
        for n in range(number)
    ]


def write(file: Path, some: list[dict[str, Any]]) -> Path:
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in some)
    if file.suffix == ".gz":
        file.write_bytes(gzip.compress(text.encode()))
    else:
        file.write_text(text, encoding="utf-8")
    return file


def write_csv(file: Path, some: list[dict[str, Any]]) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.DictWriter(out, some[0].keys())
        table.writeheader()
        table.writerows(each | {"paragraphs": "\n\n".join(each["paragraphs"])} for each in some)
    return file


def stored(folder: Path) -> list[dict[str, Any]]:
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        return [dict(row) for row in store.articles()]


def test_it_reports_what_was_imported_and_the_second_time_that_all_is_known(sunchi: Sunchi, folder: Path) -> None:
    write(folder / "past.jsonl", articles(3))

    first, second = sunchi("import", "past.jsonl"), sunchi("import", "past.jsonl")

    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("3 articles: 3 new with ")
    assert first.out.endswith("Nobody is alerted.\n")
    assert second.out.startswith("3 articles: 0 new with 0 signals, 3 already known.")
    assert sunchi("messages", "--partner", "CN", "--json").rows


def test_each_kind_of_file_gives_the_same_articles(sunchi: Sunchi, folder: Path) -> None:
    some = articles(4)
    write(folder / "past.jsonl", some)
    first = sunchi("import", "past.jsonl", "--json").rows[0]
    (folder / "more" / "deep").mkdir(parents=True)
    write(folder / "more" / "a.jsonl.gz", some)
    write_csv(folder / "more" / "b.csv", some)
    (folder / "more" / "deep" / "b.csv.gz").write_bytes(gzip.compress((folder / "more" / "b.csv").read_bytes()))
    pl.DataFrame(some).with_columns(pl.col("date").str.to_date()).write_parquet(folder / "more" / "c.parquet")
    (folder / "more" / "notes.txt").write_text("no articles")

    again = sunchi("import", "more", "--json").rows[0]

    assert (first["new"], first["known"]) == (4, 0)
    assert (again["new"], again["known"], again["faults"]) == (0, 16, [])


def test_files_of_each_kind_may_be_read_for_signals_without_a_database(sunchi: Sunchi, folder: Path) -> None:
    write(folder / "past.jsonl", articles(2))
    write_csv(folder / "past.csv", articles(2))
    pl.DataFrame(articles(2)).write_parquet(folder / "past.parquet")

    lines, cells, columns = (sunchi("detect", f"past.{kind}").out for kind in ("jsonl", "csv", "parquet"))

    assert lines == cells == columns != ""


def test_a_headline_without_a_text_is_an_article_of_its_day(sunchi: Sunchi, folder: Path) -> None:
    title = "Greetings to FM of Mongolia"
    years = [articles(1, title=title, paragraphs=[], date=f"{year}-07-11", url="")[0] for year in (1999, 2000)]
    write(folder / "headlines.jsonl", years)

    assert sunchi("import", "headlines.jsonl", "--json").rows[0]["new"] == 2
    assert [(str(row["date"]), row["paragraphs"]) for row in stored(folder)] == [("1999-07-11", []), ("2000-07-11", [])]
    assert [row["partner"] for row in sunchi("messages", "--json").rows] == ["MN", "MN"]


def test_addresses_and_ids_shared_by_several_texts_are_reported_and_join_nothing(sunchi: Sunchi, folder: Path) -> None:
    write(folder / "days.jsonl", [each | {"id": "day", "url": "http://old.example/day"} for each in articles(3)])

    done = sunchi("import", "days.jsonl")

    assert "1 address is shared by 3 articles, which are identified by their texts alone" in done.out
    assert "  http://old.example/day (3 articles)" in done.out
    assert "1 id in the files is shared by 3 articles" in done.out
    assert [(row["url"], row["revisions"], row["urls"]) for row in stored(folder)] == [
        ("http://old.example/day", 1, [])
    ] * 3


def test_unreadable_lines_are_named_and_the_rest_is_imported(sunchi: Sunchi, folder: Path) -> None:
    good = json.dumps(articles(1)[0])
    bad = ['{"title": "x"', line(source="", title="a"), line(source="The Times"), line(url="x" * 2001)]
    (folder / "past.jsonl").write_text("\n".join([good, *bad]), encoding="utf-8")

    done = sunchi("import", "past.jsonl")

    assert done.code == 1
    assert done.out.startswith("4 articles: 1 new") or done.out.startswith("1 articles: 1 new")
    for number, words in ((2, "not JSON"), (3, "needs a `source`"), (4, "one word in lower case"), (5, "longer")):
        assert any(each.startswith(f"past.jsonl:{number}: ") and words in each for each in done.err.splitlines()), words


@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_a_table_may_have_any_delimiter_that_spreadsheets_use(sunchi: Sunchi, folder: Path, divider: str) -> None:
    cells = [("source", "lang", "date", "title", "url", "paragraphs"),
             ("kcna", "en", "2001-02-03", "Talks; Held, Again", "http://old.example/1", "They talked.")]  # fmt: skip
    lines = [divider.join(f'"{cell}"' for cell in row) for row in cells]
    (folder / "old.csv").write_text("\r\n".join(lines), encoding="utf-8-sig")

    assert sunchi("import", "old.csv").code == 0
    assert [(row["title"], row["paragraphs"]) for row in stored(folder)] == [("Talks; Held, Again", ["They talked."])]


def test_source_and_language_may_be_given_once_for_all(sunchi: Sunchi, folder: Path) -> None:
    write_csv(folder / "old.csv", [{"title": "Talks Held", "paragraphs": ["They talked."], "date": "2001-02-03"}])

    assert sunchi("import", "old.csv").code == 1
    assert sunchi("import", "old.csv", "--source", "kcna", "--lang", "en").code == 0
    assert [(row["source"], row["lang"], row["title"]) for row in stored(folder)] == [("kcna", "en", "Talks Held")]


@pytest.mark.parametrize(
    ("name", "held", "words"),
    [
        ("a.csv", "name;text\n1;2\n", "lacks title and paragraphs; the columns are source"),
        ("a.csv", "title,paragraphs\na,b,c\n", "a.csv:2: 3 cells, and the first row has 2"),
        ("a.csv", b"title,paragraphs,lang,source\n\xff,b,en,kcna\n", "a.csv:2: is not UTF-8"),
        ("a.csv", "", "lacks title and paragraphs"),
        ("a.csv", "title;text\n".encode("utf-16"), "is UTF-16; save the file as UTF-8"),
        ("a.csv.gz", b"\x1f\x8bno", "can't be read"),
        ("a.parquet", "PAR1 no", "not a readable Parquet file"),
    ],
)
def test_faults_of_a_table_are_reported(sunchi: Sunchi, folder: Path, name: str, held: str | bytes, words: str) -> None:
    (folder / name).write_bytes(held if isinstance(held, bytes) else held.encode())

    done = sunchi("import", name)

    assert (done.code, words in done.err) == (1, True), done.err


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("there.jsonl", "no such file"),
        ("empty", "it has no file that ends in"),
        ("a.txt", "must end in"),
        ("-", "twice"),
    ],
)
def test_files_that_cannot_be_imported_are_reported_before_anything_is_stored(
    sunchi: Sunchi, folder: Path, named: str, words: str
) -> None:
    (folder / "empty").mkdir()
    (folder / "a.txt").write_text("x")

    done = sunchi("import", named)

    assert (done.code, words in done.err) == (2, True), done.err
    assert not (folder / "var" / "sunchi.db").exists()


KILLED = """
import os, signal, sys
from sunchi.cli import main
from sunchi.store import signals
from sunchi.ingest import importing

importing.AT_ONCE = 10
add_rows, times = signals.add_rows, 0

def add_or_die(connection, rows):
    global times
    times += 1
    add_rows(connection, rows)
    if times == 3:
        os.kill(os.getpid(), signal.SIGKILL)

signals.add_rows = add_or_die
sys.argv = ["sunchi", "import", "past.jsonl"]
main()
"""


def test_an_import_killed_in_mid_batch_continues_where_it_was(sunchi: Sunchi, folder: Path) -> None:
    write(folder / "past.jsonl", articles(60))
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=folder, env=os.environ, check=False)  # noqa: S603
    assert killed.returncode == -signal.SIGKILL
    assert len(stored(folder)) == 20

    done = sunchi("import", "past.jsonl", "--json").rows[0]

    assert (done["new"], done["known"]) == (40, 20)
    cut_off = {row["id"]: row["title"] for row in stored(folder)}
    signals = sunchi("signals", "--json").out
    (folder / "var" / "sunchi.db").unlink()
    sunchi("import", "past.jsonl")
    assert cut_off == {row["id"]: row["title"] for row in stored(folder)}
    assert signals == sunchi("signals", "--json").out


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=cells.filter(bool), paragraphs=st.lists(cells.filter(lambda text: bool(text.strip())), max_size=3))
def test_a_cell_may_contain_any_text(tmp_path: Path, title: str, paragraphs: list[str]) -> None:
    file = tmp_path / "a.csv"
    some = {"source": "kcna", "lang": "en", "url": "http://a", "date": "2011-01-02", "title": title}
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, [*some, "paragraphs"])
        table.writeheader()
        table.writerow(some | {"paragraphs": json.dumps(paragraphs, ensure_ascii=False) if paragraphs else ""})
    faults: list[str] = []

    (row,) = rows(file, faults)

    assert (row.title, row.paragraphs, faults) == (title, paragraphs, [])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.binary(max_size=200), kind=st.sampled_from(["csv", "csv.gz", "parquet"]))
def test_no_file_raises_anything(tmp_path: Path, held: bytes, kind: str) -> None:
    file = tmp_path / f"a.{kind}"
    file.write_bytes(held)
    faults: list[str] = []

    found = list(rows(file, faults))

    assert found or faults
