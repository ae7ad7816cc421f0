"""The command, as a person or a script uses it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx
import polars as pl
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from demo import DAYS, DemoServer
from parsers import SOURCES
from sunchi.cli import app
from sunchi.cli.messages import COLUMNS
from sunchi.cli.spreadsheet import cell
from sunchi.model import SIGNALS
from sunchi.store import Notice, Store
from tests.command import Done, Sunchi, keep
from tests.conftest import ROOT
from tests.reading import house_lexicon
from tests.store.making import DESK, NOW, alert, article, id_of, link, reading, see

TEXT = """On External Relations
The long-standing and special DPRK-China relations were put before all else, and friendship with China grew.
Relations with Russia were developed on the basis of tradition.
The United States remains hostile.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without settings or data, where each test stands."""
    for name in [name for name in os.environ if name.startswith("SUNCHI_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def sunchi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sunchi:
    return Sunchi(monkeypatch, capsys)


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`sunchi …` as a process of its own."""
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", "from sunchi.cli import main; main()", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SUNCHI_DELAY": "0"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def line(**changes: object) -> str:
    title, *paragraphs = TEXT.splitlines()
    plain = {"id": "a", "source": "kcna", "lang": "en", "date": "2021-01-09", "title": title, "paragraphs": paragraphs}
    return json.dumps(plain | changes)


@pytest.fixture
def stored(folder: Path) -> str:
    """One article with an alert that has reached one of two recipients; the article's id."""
    paragraphs = TEXT.splitlines()[1:]
    (folder / "var").mkdir()
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        at = link("a")
        see(store, [at])
        long = article(at, "", title="A title [of] great length " * 12, paragraphs=tuple(paragraphs))
        store.save(reading(at, "", article=long))
        other = link("b", date=date(2021, 1, 9))
        see(store, [other])
        store.save(reading(other, "x", alerts=[alert(id_of("x"), title="A message [from] Beijing " * 8)]))
        first, second = store.claim_deliveries(NOW, limit=2)
        store.hand_over([first.id], NOW)
        store.sent([first.id], NOW)
        store.hand_over([second.id], NOW)
        store.not_sent([second.id], "refused", NOW)
        return next(row["id"] for row in store.articles() if row["id"] != id_of("x"))


# --- help -------------------------------------------------------------------------------------------------------------


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
    heavy = {"prefect", "polars", "sqlalchemy", "alembic", "apprise", "pydantic", "httpx", "jinja2", "selectolax"}
    assert "demo" in done.stdout
    assert set(done.stdout.split()).isdisjoint(heavy)


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(words: list[str]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"])

    assert shown.exit_code == 0
    example = " ".join(shown.output.split()).partition("Example")[2]
    assert f"sunchi {' '.join(words)}" in example


@pytest.mark.parametrize("words", [["nonsense"], ["articles", "--nonsense"], ["detect"]], ids=" ".join)
def test_wrong_use_is_exit_code_2(sunchi: Sunchi, words: list[str]) -> None:
    assert sunchi(*words).code == 2


# --- detect -----------------------------------------------------------------------------------------------------------


def test_detect_writes_a_signal_a_line(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl").write_text(line() + "\n")

    done = sunchi("detect", "in.jsonl")

    assert done.code == 0, done.err
    assert {"CN", "RU", "US"} <= {each["partner"] for each in done.rows}
    for each in done.rows:
        assert TEXT.rstrip()[each["start"] : each["end"]] == each["quote"]
        assert None not in each["detail"].values()


def test_detect_writes_the_same_to_every_kind_of_file(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl").write_text(line() + "\n")

    shown = sunchi("detect", "in.jsonl").out
    assert sunchi("detect", "in.jsonl", "--out", "out.jsonl") == Done(0, "", "")
    assert sunchi("detect", "in.jsonl", "--out", "out.parquet") == Done(0, "", "")

    assert (folder / "out.jsonl").read_text() == shown
    frame = pl.read_parquet(folder / "out.parquet")
    assert pl.read_parquet_metadata(folder / "out.parquet")["lexicon"] == house_lexicon().version
    assert frame.schema == SIGNALS
    assert frame.height == len(shown.splitlines())


def test_detect_of_nothing_is_a_whole_file_without_rows(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n")))

    assert sunchi("detect", "-", "--out", "out.parquet") == Done(0, "", "")
    assert pl.read_parquet(folder / "out.parquet").schema == SIGNALS


def test_an_article_without_an_id_goes_by_its_address(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl").write_text(line(id=None, url="http://www.kcna.kp/en/a"))

    assert {each["article"] for each in sunchi("detect", "in.jsonl").rows} == {"http://www.kcna.kp/en/a"}


def test_detect_reads_what_articles_writes(sunchi: Sunchi, stored: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = sunchi("articles", "--json").out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written.encode())))

    done = sunchi("detect", "-")

    assert done.code == 0, done.err
    assert stored in {each["article"] for each in done.rows}


FAULTS = {
    '{"id": "a", "title': "not JSON: Unterminated string starting at column 13; is the line cut or damaged?",
    "[]": "not a JSON object; each line must be one article",
    "[" * 100_000: "nested too deep",
    line(lang="xx"): "`lang` must be one of en, ko, zh: it is 'xx'",
    line(date="9 January"): "`date` must be as 2024-10-06",
    line(date=7): "`date` must be as 2024-10-06",
    line(paragraphs="one text"): "`paragraphs` (a list of texts)",
    line(paragraphs=[1]): "every one of `paragraphs` must be a text",
    line(title="half \ud800"): "`title` holds half a character",
    line(id="", url=""): "wants an `id` or a `url`",
    line(id=7): "`id` must be a text: it is 7",
    line(page="first"): "`page` must be a whole number",
}


def test_detect_names_each_line_it_cannot_read_and_reads_the_rest(sunchi: Sunchi, folder: Path) -> None:
    lines = [*(fault.encode() for fault in FAULTS), b"\xff\xfe", line().encode()]
    (folder / "in.jsonl").write_bytes(b"\n".join(lines))

    done = sunchi("detect", "in.jsonl")

    assert done.code == 1
    assert {each["article"] for each in done.rows} == {"a"}
    said = done.err.splitlines()
    for number, fault in enumerate([*FAULTS.values(), "is not UTF-8"], 1):
        assert said[number - 1].startswith(f"in.jsonl:{number}: ")
        assert fault in said[number - 1]


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        (b"", "in.jsonl: holds no article; one JSON object a line is wanted"),
        (b"\n \n", "in.jsonl: holds no article"),
        (f"[\n{line()}\n]".encode(), "in.jsonl:1: an object over several lines: one a line is wanted, as `jq"),
        (b"{\n" + b'"id": "a"\n}', "in.jsonl:1: an object over several lines"),
    ],
    ids=["empty", "blank", "a list", "set in"],
)
def test_a_file_that_is_no_file_of_articles_is_said_once(sunchi: Sunchi, folder: Path, held: bytes, fault: str) -> None:
    (folder / "in.jsonl").write_bytes(held)

    done = sunchi("detect", "in.jsonl")

    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith(fault)


def test_of_many_lines_that_cannot_be_read_the_first_are_shown_and_the_others_counted(
    sunchi: Sunchi, folder: Path
) -> None:
    (folder / "in.jsonl").write_text("no article\n" * 1020 + line())

    done = sunchi("detect", "in.jsonl")

    assert {each["article"] for each in done.rows} == {"a"}
    said = done.err.splitlines()
    assert len(said) == 21
    assert said[19].startswith("in.jsonl:20: not JSON")
    assert said[20] == "in.jsonl: 1,000 more of its lines can't be read"


def test_detect_reads_packed_files_and_says_which_is_damaged(sunchi: Sunchi, folder: Path) -> None:
    packed = gzip.compress((line() + "\n").encode() * 1000)
    (folder / "in.jsonl.gz").write_bytes(packed)
    (folder / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (folder / "plain.jsonl.gz").write_text(line())

    assert {each["article"] for each in sunchi("detect", "in.jsonl.gz").rows} == {"a"}
    for name, fault in (("cut", "Compressed file ended"), ("plain", "Not a gzipped file")):
        done = sunchi("detect", f"{name}.jsonl.gz")
        assert done.code == 1
        assert re.match(rf"{name}\.jsonl\.gz(:\d+)?: can't be read: {fault}", done.err)


def test_a_line_without_end_is_said_and_not_read_to_its_end(sunchi: Sunchi, folder: Path) -> None:
    with gzip.open(folder / "in.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(f"{line()}\n".encode())
        file.writelines([bytes(2**20)] * 65)

    done = sunchi("detect", "in.jsonl.gz")

    assert {each["article"] for each in done.rows} == {"a"}
    assert done.err.startswith("in.jsonl.gz:2: longer than 67,108,864 bytes")


def test_a_folder_is_no_file(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("detect", ".")
    assert (done.code, done.err) == (1, ".: can't be read: Is a directory\n")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["detect", "missing.jsonl"], "missing.jsonl: there is no such file"),
        (["detect", "in.jsonl", "--out", "out.csv"], "--out out.csv: the name must end in .parquet or .jsonl"),
        (
            ["detect", "in.jsonl", "--out", "in.jsonl/out.parquet"],
            "--out in.jsonl/out.parquet: can't be written: Not a directory",
        ),
        (["detect", "in.jsonl", "--out", "a.jsonl"], "--out a.jsonl: can't be written: a.jsonl is a folder"),
    ],
    ids=" ".join,
)
def test_a_wrong_name_of_a_file_is_said_before_the_work(
    sunchi: Sunchi, folder: Path, words: list[str], fault: str
) -> None:
    (folder / "in.jsonl").write_text(line())
    (folder / "a.jsonl").mkdir()

    done = sunchi(*words)

    assert done.code == 2
    assert fault in done.err


@pytest.mark.parametrize("name", ["in.jsonl", "link.jsonl"])
def test_signals_may_take_the_place_of_the_articles_that_they_are_read_from(
    sunchi: Sunchi, folder: Path, name: str
) -> None:
    (folder / "in.jsonl").write_text(line())
    (folder / "link.jsonl").symlink_to("in.jsonl")

    assert sunchi("detect", "in.jsonl", "--out", name) == Done(0, "", "")
    assert {json.loads(each)["article"] for each in (folder / "in.jsonl").read_text().splitlines()} == {"a"}


# --- detect --explain -------------------------------------------------------------------------------------------------


def test_explain_shows_the_text_marked_with_reasons_and_what_was_dropped(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl").write_text(
        line(id="other")
        + "\n"
        + line(paragraphs=["The DPRK-China friendship grows.", "Ships sail the South China Sea."])
    )

    done = sunchi("detect", "--explain", "a", "in.jsonl")

    assert done.code == 0, done.err
    text, signals, dropped = re.split(r"\n(?:Signals|Considered and dropped) .*\n", done.out)
    number = re.search(r"\[(\d+(?:,\d+)*): (?:.*\[)?.*DPRK-China friendship\]", text)
    assert number, text
    assert re.search(
        r"^ +\d+  China: “DPRK-China friendship” \(friendship, \+1\), in .* fr_friendship$",
        signals,
        re.MULTILINE,
    )
    assert re.search(r"terms\.csv:\d+, “", signals)
    masked = re.search(r"\{(\d+): South China Sea\}", text)
    assert masked, text
    assert re.search(rf"^ +{masked[1]}  no name: “South China Sea”\n +a mask of titles\.csv", dropped, re.MULTILINE)
    assert "\x1b" not in done.out, "no colours go into a pipe"


def test_explain_takes_a_stored_article_by_id_and_by_address(sunchi: Sunchi, stored: str) -> None:
    by_id, by_address = sunchi("detect", "--explain", stored), sunchi("detect", "--explain", link("a").url)
    assert by_id.code == 0, by_id.err
    assert "long-standing and special DPRK-China relations]" in by_id.out
    assert by_address == by_id


def test_explain_says_where_the_stored_signals_are_of_another_lexicon(sunchi: Sunchi, folder: Path) -> None:
    (folder / "var").mkdir()
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        for name, version in (("a", "0123456789abcdef"), ("b", house_lexicon().version)):
            see(store, [link(name)])
            store.save(reading(link(name), f"China and {name}", lexicon_version=version))

    old = sunchi("detect", "--explain", id_of("China and a"))
    assert old.err.startswith("Its stored signals were read with the lexicon of version 0123456789ab,")
    assert "China: about" in old.out
    assert sunchi("detect", "--explain", id_of("China and b")).err == ""


def test_explain_says_that_several_articles_have_the_id(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl").write_text(line(title="One"))
    (folder / "more.jsonl").write_text(line(title="Another"))

    done = sunchi("detect", "--explain", "a", "in.jsonl", "more.jsonl")
    assert (done.code, done.err) == (
        0,
        "--explain a: 2 articles in in.jsonl, more.jsonl have this id or address; this is the first\n",
    )
    assert "One" in done.out
    assert "Another" not in done.out


def test_explain_writes_one_page(sunchi: Sunchi, folder: Path, stored: str) -> None:
    assert sunchi("detect", "--explain", stored, "--out", "why.html") == Done(0, "written: why.html\n", "")
    shown = (folder / "why.html").read_text("utf-8")
    assert shown.startswith("<!doctype html>")
    assert "long-standing and special DPRK-China relations" in shown


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--explain", "b", "in.jsonl"], "--explain b: no article in in.jsonl has this id or address; there are a"),
        (["--explain", "a", "missing.jsonl"], "missing.jsonl: there is no such file"),
        (["--explain", "kcna-en-0"], "--explain kcna-en-0: neither the id nor the address of a stored article"),
        (["--explain", "a", "in.jsonl", "--out", "why.pdf"], "--out why.pdf: an explanation is a page"),
        (
            ["--explain", "a", "in.jsonl", "--out", "in.jsonl/why.html"],
            "--out in.jsonl/why.html: can't be written: Not",
        ),
        (["in.jsonl", "--out", "why.html"], "--out why.html: the name must end in .parquet or .jsonl"),
        ([], "name a file, or - for standard input; or an article: --explain ID"),
    ],
    ids=" ".join,
)
def test_explain_says_what_it_did_not_find(sunchi: Sunchi, folder: Path, words: list[str], fault: str) -> None:
    (folder / "in.jsonl").write_text("no article\n" + line())

    done = sunchi("detect", *words)

    assert done.code == 2
    assert fault in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.err).split())


# --- attention --------------------------------------------------------------------------------------------------------


def test_attention_is_the_founding_table_of_one_text(sunchi: Sunchi, folder: Path) -> None:
    (folder / "report.txt").write_text(TEXT)

    rows = sunchi("attention", "report.txt", "--lang", "en", "--json").rows

    assert [row["name"] for row in rows] == ["China", "Russia", "United States"]
    assert [row["order"] for row in rows] == [1, 2, 3]
    assert rows[0]["words"] > rows[1]["words"] > 0
    assert sum(row["share"] for row in rows) == pytest.approx(1)

    shown = sunchi("attention", "report.txt", "--lang", "en").out.splitlines()
    assert shown[0] == "On External Relations"
    assert shown[2].split() == ["partner", "order", "words", "share"]
    assert shown[3].split() == ["China", "1", str(rows[0]["words"]), f"{rows[0]['share']:.0%}"]


def test_attention_takes_article_lines_and_what_is_stored(sunchi: Sunchi, folder: Path, stored: str) -> None:
    (folder / "in.jsonl").write_text(line(id="one") + "\n" + line(id="two", paragraphs=["Nobody is named."]))

    shown = sunchi("attention", "in.jsonl").out
    assert "China" in shown
    assert "No other state is named." in shown
    by_id = sunchi("attention", stored, "--json").rows
    by_address = sunchi("attention", link("a").url, "--json").rows
    assert by_id == by_address
    assert [row["partner"] for row in by_id] == ["CN", "RU", "US"]
    assert {row["article"] for row in by_id} == {stored}


def test_attention_fetches_an_address_that_is_not_stored_and_reads_a_saved_page(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = SOURCES["kcna"].editions[0]
    with DemoServer(DAYS[-1]) as sites:
        monkeypatch.setenv("SUNCHI_MIRRORS", json.dumps(sites.mirrors))
        monkeypatch.setenv("SUNCHI_DELAY", "0")
        listed = httpx.get(edition.lists[0].requests[0].url.replace(edition.origin, sites.mirrors["kcna"]))
        path = re.search(r"/en/article/detail/[0-9a-f]{32}", listed.text)
        assert path
        url = edition.origin + path[0]
        fetched = sunchi("attention", url)
        page = httpx.get(sites.mirrors["kcna"] + path[0])
        gone = sunchi("attention", f"{edition.origin}/en/article/detail/{'0' * 32}")
    (folder / "saved.html").write_bytes(page.content)

    assert fetched.code == 0, fetched.err
    assert "kcna/en, no date" in fetched.out, "its dateline names no year, and none is guessed"
    assert sunchi("attention", "saved.html", "--url", url).out == fetched.out
    assert gone.code == 1
    assert "the site answers 404" in gone.err
    assert not (folder / "var").exists(), "nothing is stored by looking"


def test_packed_articles_are_read_by_attention_too(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl").write_text(line())
    (folder / "in.jsonl.gz").write_bytes(gzip.compress(line().encode()))

    assert sunchi("attention", "in.jsonl.gz", "--json") == sunchi("attention", "in.jsonl", "--json")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["report.txt"], "report.txt: say in which language it is: --lang"),
        (["report.txt", "--lang", "xx"], "--lang en, ko, zh"),
        (["latin.txt", "--lang", "en"], "latin.txt: is not UTF-8 text"),
        (["saved.html"], "saved.html: a saved page is read as its site is: say at which address it was: --url"),
        (["saved.html", "--url", "http://example.org/"], "neither stored nor an address of Korean Central News Agency"),
        (["missing.txt"], "missing.txt: there is no such file"),
        (["./"], "./: is no file"),
        (["kcna-en-0000000000000000"], "`sunchi articles` lists what is stored"),
        (["http://example.org/a"], "neither stored nor an address of Korean Central News Agency"),
        (["http://[::1/"], "neither stored nor an address of"),
    ],
    ids=" ".join,
)
def test_attention_guesses_nothing_and_says_what_it_needs(
    sunchi: Sunchi, folder: Path, words: list[str], fault: str
) -> None:
    (folder / "report.txt").write_text(TEXT)
    (folder / "latin.txt").write_bytes(b"\xff")
    (folder / "saved.html").write_text("<html></html>")

    done = sunchi("attention", *words)

    assert done.code == 2
    assert fault in done.err


# --- what is stored ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [["articles"], ["articles", "--json"], ["messages"], ["alerts", "list"]], ids=" ".join
)
def test_before_the_first_poll_there_is_nothing_and_nothing_is_made(
    sunchi: Sunchi, folder: Path, words: list[str]
) -> None:
    done = sunchi(*words)

    assert (done.code, done.out) == (0, "")
    assert "no database yet" in done.err
    assert "`sunchi poll` makes it" in done.err
    assert not (folder / "var").exists()


def test_a_report_of_no_database_is_not_written(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("report")

    assert done.code == 1
    assert "no database yet" in done.err
    assert not (folder / "report.html").exists()


def test_into_a_pipe_nothing_is_cut_or_coloured(sunchi: Sunchi, stored: str) -> None:
    articles, alerts = sunchi("articles").out, sunchi("alerts", "list").out

    assert ("A title [of] great length " * 12).strip() in articles
    assert stored in articles
    assert "2 articles" in articles
    assert ("A message [from] Beijing " * 8).strip() in alerts
    assert "\x1b" not in articles + alerts


def test_articles_as_json_have_every_column(sunchi: Sunchi, stored: str) -> None:
    row = next(row for row in sunchi("articles", "--json").rows if row["id"] == stored)

    columns = {"id", "source", "lang", "date", "title", "paragraphs", "url", "urls", "page", "revisions", "outcome"}
    assert set(row) == columns
    assert (row["date"], row["revisions"], row["outcome"]) == ("2021-01-08", 1, "read")


def test_articles_are_chosen_by_source_language_and_day(sunchi: Sunchi, stored: str) -> None:
    assert [row["date"] for row in sunchi("articles", "--since", "2021-01-09", "--json").rows] == ["2021-01-09"]
    assert [row["id"] for row in sunchi("articles", "--until", "2021-01-08", "--json").rows] == [stored]
    assert sunchi("articles", "--source", "rodong", "--json").rows == []
    assert sunchi("articles", "--lang", "ko").out == "No such articles are stored.\n"


def test_alerts_say_who_was_told_and_who_was_not(sunchi: Sunchi, stored: str) -> None:
    shown, row = sunchi("alerts", "list", "--waiting").out, sunchi("alerts", "list", "--json").rows[0]

    assert "to json://desk/…: sent 2021-01-08 03:00 UTC" in shown
    assert "to mailto://e…: pending, tried once: refused" in shown
    assert [each["state"] for each in row["deliveries"]] == ["sent", "pending"]
    assert row["made_at"] == "2021-01-08T03:00:00+00:00"


def test_alerts_show_what_the_operators_were_told_as_well(sunchi: Sunchi, stored: str, folder: Path) -> None:
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        incident = store.open_incident("list", "kcna/en", "no entries", NOW)
        store.tell(Notice("kcna", "Sunchi: kcna: 1 thing is wrong", "No entries.", (incident.id,), ()), (DESK,), NOW)

    shown, rows = sunchi("alerts", "list").out, sunchi("alerts", "list", "--json").rows

    assert "Sunchi: kcna: 1 thing is wrong\n  to the operators, 2021-01-08 03:00 UTC\n  No entries.\n" in shown
    assert "to json://desk/…: pending, not tried yet" in shown
    assert sorted(row["notice"] for row in rows) == [False, True]


def test_alerts_test_says_so_where_nobody_is_to_be_told(sunchi: Sunchi) -> None:
    done = sunchi("alerts", "test")

    assert done.code == 2
    assert "SUNCHI_NOTIFY" in done.err


def test_alerts_test_tries_each_recipient_and_names_the_one_that_fails(
    sunchi: Sunchi, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("SUNCHI_NOTIFY", f"terminal:// json://desk:secret@127.0.0.1:{closed.getsockname()[1]}/")

        done = sunchi("alerts", "test")

    assert done.code == 1
    assert "If you can read this" in done.out
    assert "terminal://: sent" in done.out
    assert re.search(r"json://\S+: failed: ", done.out)
    assert "secret" not in done.out + done.err


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["articles", "--since", "yesterday"], "2024-10-06"),
        (["articles", "--source", "pravda"], "--source pravda: there is none of this name; there are kcna, rodong"),
        (["articles", "--lang", "fr"], "--lang fr: there is none of this name; there are en, ko, zh"),
        (["articles", "--since", "2021-01-09", "--until", "2021-01-08"], "--since 2021-01-09 is after --until 2021-"),
        (["reparse", "pravda"], "there is no source of this name; there are kcna, rodong, hani"),
        (
            ["poll", "kcna", "hani/zh"],
            "hani/zh: there is no source of this name; there are kcna, rodong, hani, kcna/en",
        ),
        (
            ["report", "--since", "2021-01-09", "--until", "2021-01-08"],
            "--since 2021-01-09 is after --until 2021-01-08",
        ),
        (["report", "--out", "no/such\0/out.html"], "--out"),
        (["ui", "--data-dir", "nowhere"], "nowhere"),
    ],
    ids=" ".join,
)
def test_what_does_not_exist_is_said_with_what_does(sunchi: Sunchi, words: list[str], fault: str) -> None:
    done = sunchi(*words)

    assert done.code == 2
    assert fault in " ".join(done.err.split())


def test_a_report_is_written_of_the_days_that_are_asked_for(sunchi: Sunchi, folder: Path, stored: str) -> None:
    done = sunchi("report", "--since", "2021-01-08", "--until", "2021-01-09", "--out", "new/week.html")

    assert done == Done(0, "2021-01-08 to 2021-01-09, written: new/week.html\n", "")
    assert "2 articles" in (folder / "new" / "week.html").read_text()


# --- messages ---------------------------------------------------------------------------------------------------------

XI = "Kim Jong Un sent a congratulatory message to Xi Jinping on the occasion of the National Day of China."
LAO = "Thongloun Sisoulith, president of Laos, sent a floral basket to Kim Jong Un."


@pytest.fixture
def exchanged(folder: Path) -> None:
    """A message to China in two papers, a day apart, and a basket from Laos in one, under a title that is a formula."""
    told = [
        ("kcna", "en", date(2021, 1, 8), "Message", f"Pyongyang, January 8 (KCNA) -- {XI}"),
        ("rodong", "en", date(2021, 1, 9), "Message Sent", XI),
        ("kcna", "en", date(2021, 1, 9), "=cmd|' /C calc'!A0", LAO),
    ]
    keep(folder, told)


def test_messages_are_the_ledger_by_date_one_row_a_message(sunchi: Sunchi, exchanged: None) -> None:
    china, laos = sunchi("messages", "--json").rows

    assert list(china) == list(laos) == list(COLUMNS)
    assert china["seen"] == ["kcna/en", "rodong/en"]
    assert {key: china[key] for key in ("date", "partner", "direction", "kind", "from", "to", "occasion", "words")} == {
        "date": "2021-01-08",
        "partner": "CN",
        "direction": "out",
        "kind": "congratulation",
        "from": "Kim Jong Un",
        "to": "Xi Jinping",
        "occasion": "National Day of China",
        "words": None,
    }
    assert (china["full_text"], china["salutation"], china["grouped"]) == (False, "", False)
    assert china["named"] == "person"
    assert (china["title"], china["url"]) == ("Message", "http://kcna.example/0")
    assert (laos["date"], laos["direction"], laos["from"]) == ("2021-01-09", "in", "Thongloun Sisoulith")


def test_messages_are_shown_to_people_as_a_table(sunchi: Sunchi, exchanged: None) -> None:
    shown = [" ".join(line.split()) for line in sunchi("messages").out.splitlines()]

    assert shown[0] == "date partner message words text seen"
    sides = "Kim Jong Un → Xi Jinping: congratulation on the National Day of China"
    assert shown[1] == f"2021-01-08 China {sides} reported kcna/en"
    assert shown[2] == "Message rodong/en"
    assert shown[-1] == "2 messages, told of in 3 reports"


def test_a_report_that_names_nobody_says_so_in_the_ledger(sunchi: Sunchi, folder: Path) -> None:
    keep(folder, [("hani", "ko", date(2021, 1, 8), "편지", "중국이 북한에 편지를 보냈다.")])
    shown = [" ".join(line.split()) for line in sunchi("messages").out.splitlines()]

    assert shown[1:3] == ["2021-01-08 China 중국 → 북한: letter reported hani/ko", "편지 names nobody"]
    (row,) = sunchi("messages", "--json").rows
    assert (row["named"], row["words"]) == ("state", None)


@pytest.mark.parametrize(
    ("options", "partners"),
    [
        (["--partner", "CN"], ["CN"]),
        (["--partner", "laos"], ["LA"]),
        (["--direction", "in"], ["LA"]),
        (["--kind", "congratulation"], ["CN"]),
        (["--source", "rodong"], ["CN"]),
        (["--since", "2021-01-09"], ["LA"]),
        (["--until", "2021-01-08"], ["CN"]),
        (["--from", "kim"], ["CN"]),
        (["--to", "KIM JONG"], ["LA"]),
        (["--to", "시진핑"], ["CN"]),
        (["--from", "金正恩"], ["CN"]),
        (["--from", "nobody"], []),
        (["--direction", "in", "--partner", "China"], []),
    ],
    ids=" ".join,
)
def test_messages_are_chosen_by_options(
    sunchi: Sunchi, exchanged: None, options: list[str], partners: list[str]
) -> None:
    assert [row["partner"] for row in sunchi("messages", "--json", *options).rows] == partners


def test_a_message_keeps_the_papers_that_told_of_it_on_other_days(sunchi: Sunchi, exchanged: None) -> None:
    (china,) = sunchi("messages", "--json", "--source", "rodong", "--since", "2021-01-08", "--until", "2021-01-08").rows
    assert china["seen"] == ["kcna/en", "rodong/en"]


def test_messages_as_csv_run_nothing_in_a_spreadsheet(sunchi: Sunchi, exchanged: None) -> None:
    header, china, laos = csv.reader(sunchi("messages", "--csv").out.removeprefix("\ufeff").splitlines())

    assert tuple(header) == COLUMNS
    assert dict(zip(header, china, strict=True))["seen"] == "kcna/en; rodong/en"
    assert dict(zip(header, china, strict=True))["full_text"] == "no"
    assert dict(zip(header, laos, strict=True))["title"] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_words_that_a_spreadsheet_would_run_are_words_there(start: str) -> None:
    shown = {"\t": " ", "\r": "�"}.get(start, start)
    assert cell(f"{start}1+1") == f"'{shown}1+1"
    assert cell((f"{start}1", "x")) == f"'{shown}1; x"
    assert cell(f"a{start}1") == f"a{shown}1"


def test_signs_that_steer_a_screen_are_shown_in_a_spreadsheet() -> None:
    assert cell("\x1b[31mred \u202eback") == "�[31mred �back"


def test_numbers_and_what_is_absent_stay_what_they_are_in_a_spreadsheet() -> None:
    assert [cell(value) for value in (-2, -0.5, 0, None, True, "")] == ["-2", "-0.5", "0", "", "yes", ""]


def test_no_messages_are_said_so(sunchi: Sunchi, stored: str) -> None:
    assert sunchi("messages") == Done(0, "No such messages are stored.\n", "")
    assert sunchi("messages", "--json") == Done(0, "", "")
    # with the mark by which Excel knows UTF-8, and so Korean
    assert sunchi("messages", "--csv").out == "\ufeff" + ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--partner", "Ruritania"], "--partner Ruritania: partners.csv has no such state"),
        (["--direction", "up"], "--direction up: there is none of this name; there are out, in"),
        (["--kind", "parcel"], "--kind parcel: there is none of this name; there are congratulation, greeting"),
        (["--source", "bbc"], "--source bbc: there is none of this name; there are kcna"),
        (["--csv", "--json"], "one of the two"),
        (["--since", "2021-01-09", "--until", "2021-01-08"], "--since 2021-01-09 is after --until 2021-01-08"),
    ],
    ids=" ".join,
)
def test_a_choice_of_messages_that_does_not_exist_is_said(sunchi: Sunchi, words: list[str], fault: str) -> None:
    done = sunchi("messages", *words)
    assert done.code == 2
    assert fault in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.err).split())


# --- how it stands ----------------------------------------------------------------------------------------------------


def test_check_of_a_new_folder_is_well(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("check")

    assert done.code == 0, done.out
    assert "no database yet" in done.out
    assert not (folder / "var").exists()


def test_check_says_where_no_data_can_be_kept(sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("SUNCHI_DATA_DIR", "file/var")

    done = sunchi("check", "--json")

    assert done.code == 1
    (fault,) = [row["words"] for row in done.rows if row["subject"] == "data"]
    assert fault.startswith(f"SUNCHI_DATA_DIR: {folder / 'file' / 'var'}: {folder / 'file'} is no folder")


def test_check_says_what_is_well_and_what_is_wrong(
    sunchi: Sunchi, folder: Path, stored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = sunchi("check", "--json")
    (folder / ".env").write_text("SUNCHI_NOTIFIY=json://127.0.0.1/\n")
    monkeypatch.setenv("SUNCHI_NOTIFY", "nosuchservice://x")
    monkeypatch.setenv("SUNCHI_MIRRORS", '{"kcna": "http://127.0.0.1:1", "pravda": "http://127.0.0.1:1"}')
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        store.open_incident("list_short", "kcna/en latest", "2 links, 40 are usual", NOW)
    wrong = sunchi("check", "--json")

    assert well.code == 0
    assert all(row["well"] for row in well.rows)
    assert {"lexicon", "rules", "recipients", "database", "kcna"} <= {row["subject"] for row in well.rows}
    assert wrong.code == 1
    faults = {row["subject"]: row["words"] for row in wrong.rows if not row["well"]}
    assert set(faults) == {"settings", "recipients", "mirrors", "list_short"}
    assert "SUNCHI_NOTIFIY" in faults["settings"]
    assert "SUNCHI_NOTIFY" in faults["recipients"]
    assert "pravda: there is no such site" in faults["mirrors"]


def test_a_fault_of_the_lexicon_is_named_by_file_and_line(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "in.jsonl").write_text(line())
    (folder / "lexicon").mkdir()
    for file in (ROOT / "lexicon").iterdir():
        (folder / "lexicon" / file.name).write_bytes(file.read_bytes())
    with (folder / "lexicon" / "partners.csv").open("a") as partners:
        partners.write("China,name,China,,\n")
    last = len((folder / "lexicon" / "partners.csv").read_text().splitlines())
    monkeypatch.setenv("SUNCHI_LEXICON", "lexicon")

    done, checked = sunchi("detect", "in.jsonl"), sunchi("check")

    assert done.code == 2
    assert f"partners.csv:{last}: partner “China” is not an ISO 3166 alpha-2 code" in done.err
    assert checked.code == 1
    assert f"partners.csv:{last}: partner “China”" in checked.out


def test_a_check_tries_the_lexicon_s_examples_and_touches_nothing(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "lexicon").mkdir()
    for file in (ROOT / "lexicon").iterdir():
        (folder / "lexicon" / file.name).write_bytes(file.read_bytes())
    with (folder / "lexicon" / "examples.csv").open("a") as examples:
        examples.write("kin_lips,en,no,The DPRK and China are lips and teeth.\n")
    last = len((folder / "lexicon" / "examples.csv").read_text().splitlines())
    monkeypatch.setenv("SUNCHI_LEXICON", "lexicon")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}

    checked = sunchi("check")

    assert checked.code == 1
    assert f"examples.csv:{last}: kin_lips is found in the sentence, and should not be" in checked.out
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_database_of_a_newer_program_is_left_alone_and_said_so(sunchi: Sunchi, folder: Path, stored: str) -> None:
    with closing(sqlite3.connect(folder / "var" / "sunchi.db")) as database:
        database.execute("update alembic_version set version_num = '9999'")
        database.commit()

    for words in (["articles"], ["alerts", "list"], ["check"], ["migrate"]):
        done = sunchi(*words)
        assert done.code == 1, words
        assert "9999" in done.err + done.out, words


def test_migrate_says_what_it_did(sunchi: Sunchi, stored: str) -> None:
    assert "Nothing to do: the database is at this program's version" in sunchi("migrate").out


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SUNCHI_FIRST_POLL", "many", "SUNCHI_FIRST_POLL=many: "),
        ("SUNCHI_MIRRORS", "kcna", "SUNCHI_MIRRORS: must be JSON"),
        ("SUNCHI_DATABASE_URL", "mysql://sunchi:secret@x/y", "not a database that Sunchi can keep its store in"),
    ],
)
def test_a_wrong_setting_is_named_without_a_traceback(
    sunchi: Sunchi, folder: Path, name: str, value: str, fault: str
) -> None:
    (folder / ".env").write_text(f"{name}={value}\n")

    done = sunchi("articles")

    assert done.code == 2
    assert fault in done.err
    assert "secret" not in done.err


def test_a_port_that_is_taken_is_said_at_once(sunchi: Sunchi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", "prefect")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = sunchi("ui", "--port", port)

    assert done.code == 2
    assert f"port {port} of 127.0.0.1: Address already in use; name another: --port" in done.err


# --- with Prefect -----------------------------------------------------------------------------------------------------


def test_a_source_that_cannot_be_reached_is_a_row_in_words_and_exit_code_1(folder: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        mirror = json.dumps({"rodong": f"http://127.0.0.1:{closed.getsockname()[1]}"})

        done = run(folder, "poll", "rodong", "--json", SUNCHI_MIRRORS=mirror)

    assert done.returncode == 1, done.stderr
    row = json.loads(done.stdout)
    assert (row["source"], row["outcome"], row["listed"]) == ("rodong", "failed", 0)
    assert "no connection to 127.0.0.1" in row["error"]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "ui"])
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "some.host.example"])  # noqa: S104 - refused
def test_the_prefect_server_is_opened_to_others_by_no_means_without_a_password(
    command: str, host: str, folder: Path
) -> None:
    done = run(folder, command, "--host", host, SUNCHI_DATA_DIR=str(folder / "var"), PREFECT_API_URL="")

    assert done.returncode == 2
    assert f"--host {host}: others could reach the Prefect server" in done.stderr
    assert "set SUNCHI_PASSWORD" in done.stderr


def test_a_prefect_server_that_is_opened_to_others_is_announced(folder: Path) -> None:
    """The address is one of those kept for examples: no machine has it, so nothing is opened here."""
    done = run(folder, "ui", "--host", "192.0.2.1", SUNCHI_PASSWORD="between-us", PREFECT_API_URL="")  # noqa: S106

    assert "The Prefect server listens on 192.0.2.1:4200: whoever reaches this machine there" in done.stderr
    assert "port 4200 of 192.0.2.1: " in done.stderr
    assert "between-us" not in done.stdout + done.stderr


def test_a_prefect_server_that_does_not_start_in_time_is_said_in_words(folder: Path) -> None:
    done = run(folder, "poll", "rodong", PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="1")

    assert done.returncode == 1
    assert "sunchi: Prefect's server did not start in time" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rebuild_from_an_archive_that_is_elsewhere_is_no_success(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("rebuild")

    assert done.code == 1
    assert "The archive holds no page: is it elsewhere?" in done.err
