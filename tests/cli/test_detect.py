"""`sunchi detect`, `--explain` and `sunchi attention`: from files to signals, reasons and words."""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
from pathlib import Path

import httpx
import polars as pl
import pytest

from demo import DAYS, DemoServer
from parsers import SOURCES
from sunchi.model import SIGNALS
from sunchi.store import Store
from tests.cli.command import TEXT, Done, Sunchi, line
from tests.detecting import house_lexicon
from tests.store.making import id_of, link, parsed, see

# --- detect -----------------------------------------------------------------------------------------------------------


def test_detect_writes_one_signal_per_line(sunchi: Sunchi, folder: Path) -> None:
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


def test_detect_of_nothing_writes_a_complete_file_without_rows(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n")))

    assert sunchi("detect", "-", "--out", "out.parquet") == Done(0, "", "")
    assert pl.read_parquet(folder / "out.parquet").schema == SIGNALS


def test_an_article_without_an_id_is_identified_by_its_address(sunchi: Sunchi, folder: Path) -> None:
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
    line(lang="xx"): "`lang` must be one of en, ko, zh, es: it is 'xx'",
    line(date="9 January"): "`date` must have the form 2024-10-06",
    line(date="9999-12-31"): "`date` must be of 1945 to 2100",
    line(date="0001-01-01"): "`date` must be of 1945 to 2100",
    line(date=7): "`date` must have the form 2024-10-06",
    line(paragraphs="one text"): "`paragraphs` (a list of texts)",
    line(paragraphs=[1]): "each of the `paragraphs` must be text",
    line(title="half \ud800"): "`title` contains half a character",
    line(id="", url=""): "needs an `id` or a `url`",
    line(id=7): "`id` must be text: it is 7",
    line(page="first"): "`page` must be a whole number",
    line(rank=1): "`rank` is no longer read: name it `position`",
    line(of=6): "`of` is no longer read: name it `pages` (of the paper) or `entries` (of the list)",
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
        (b"", "in.jsonl: contains no article; one JSON object per line expected"),
        (b"\n \n", "in.jsonl: contains no article"),
        (f"[\n{line()}\n]".encode(), "in.jsonl:1: an object over several lines: write one per line, as `jq"),
        (b"{\n" + b'"id": "a"\n}', "in.jsonl:1: an object over several lines"),
    ],
    ids=["empty", "blank", "a list", "set in"],
)
def test_a_file_without_articles_is_reported_once(sunchi: Sunchi, folder: Path, held: bytes, fault: str) -> None:
    (folder / "in.jsonl").write_bytes(held)

    done = sunchi("detect", "in.jsonl")

    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith(fault)


def test_the_first_unreadable_lines_are_shown_and_the_others_counted(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl").write_text("no article\n" * 1020 + line())

    done = sunchi("detect", "in.jsonl")

    assert {each["article"] for each in done.rows} == {"a"}
    said = done.err.splitlines()
    assert len(said) == 21
    assert said[19].startswith("in.jsonl:20: not JSON")
    assert said[20] == "in.jsonl: 1,000 more lines can't be read"


def test_detect_reads_compressed_files_and_names_a_damaged_one(sunchi: Sunchi, folder: Path) -> None:
    packed = gzip.compress((line() + "\n").encode() * 1000)
    (folder / "in.jsonl.gz").write_bytes(packed)
    (folder / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (folder / "plain.jsonl.gz").write_text(line())

    assert {each["article"] for each in sunchi("detect", "in.jsonl.gz").rows} == {"a"}
    for name, fault in (("cut", "Compressed file ended"), ("plain", "Not a gzipped file")):
        done = sunchi("detect", f"{name}.jsonl.gz")
        assert done.code == 1
        assert re.match(rf"{name}\.jsonl\.gz(:\d+)?: can't be read: {fault}", done.err)


def test_an_overlong_line_is_reported_and_skipped(sunchi: Sunchi, folder: Path) -> None:
    with gzip.open(folder / "in.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(f"{line(id='before')}\n".encode())
        file.write(line(id="long", paragraphs=["China " * 2_000_000]).encode() + b"\n")
        file.write(f"{line(id='after')}\n".encode())

    done = sunchi("detect", "in.jsonl.gz")

    assert {each["article"] for each in done.rows} == {"before", "after"}
    assert done.err == "in.jsonl.gz:2: longer than 8,388,608 bytes, too long for an article; left out\n"


def test_reading_stops_at_a_line_that_decompresses_without_end(sunchi: Sunchi, folder: Path) -> None:
    with gzip.open(folder / "in.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(f"{line()}\n".encode())
        file.writelines([bytes(2**20)] * 300)

    done = sunchi("detect", "in.jsonl.gz")

    assert {each["article"] for each in done.rows} == {"a"}
    assert re.search(r"in\.jsonl\.gz:2: unpacks to more than [0-9,]+ bytes, over 50 times its size", done.err)


def test_reading_stops_at_endless_blank_lines(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl.gz").write_bytes(gzip.compress(b"\n" * 3_000_000))

    done = sunchi("detect", "in.jsonl.gz")

    assert (done.code, done.out) == (1, "")
    assert "blank lines in a row; the rest is not read" in done.err
    assert len(done.err.splitlines()) == 1


def test_only_the_beginning_of_an_overlong_text_is_read_and_that_is_reported(sunchi: Sunchi, folder: Path) -> None:
    end = "The U.S. imperialists are warmongers."
    (folder / "in.jsonl").write_text("\n".join((line(id="long", paragraphs=["China. " * 100_000, end]), line())))

    done = sunchi("detect", "in.jsonl")

    assert {row["partner"] for row in done.rows if row["article"] == "long"} - {""} == {"CN"}
    assert "a" in {row["article"] for row in done.rows}
    assert done.code == 1
    assert re.match(r"long: 700,\d+ characters long: only the first 200,000 are read", done.err)


def test_a_folder_without_articles_is_reported(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("detect", ".")
    assert (done.code, done.out) == (2, "")
    assert "it has no file that ends in .jsonl, .csv, .parquet, .warc" in done.err


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
def test_a_wrong_file_name_is_reported_before_the_work(
    sunchi: Sunchi, folder: Path, words: list[str], fault: str
) -> None:
    (folder / "in.jsonl").write_text(line())
    (folder / "a.jsonl").mkdir()

    done = sunchi(*words)

    assert done.code == 2
    assert fault in done.err


@pytest.mark.parametrize("name", ["in.jsonl", "link.jsonl"])
def test_the_output_may_replace_the_input_file(sunchi: Sunchi, folder: Path, name: str) -> None:
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
    sea = rf"^ +{masked[1]}  not counted as a name: “South China Sea”\n +a mask of titles\.csv"
    assert re.search(sea, dropped, re.MULTILINE)
    assert "\x1b" not in done.out, "no colours go into a pipe"


def test_explain_takes_a_stored_article_by_id_and_by_address(sunchi: Sunchi, stored: str) -> None:
    by_id, by_address = sunchi("detect", "--explain", stored), sunchi("detect", "--explain", link("a").url)
    assert by_id.code == 0, by_id.err
    assert "long-standing and special DPRK-China relations]" in by_id.out
    assert by_address == by_id


def test_explain_warns_if_the_stored_signals_are_from_another_lexicon(sunchi: Sunchi, folder: Path) -> None:
    (folder / "var").mkdir()
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        for name, version in (("a", "0123456789abcdef"), ("b", house_lexicon().version)):
            see(store, [link(name)])
            store.save(parsed(link(name), f"China and {name}", lexicon_version=version))

    old = sunchi("detect", "--explain", id_of("China and a"))
    assert old.err.startswith("Its stored signals were read with the lexicon of version 0123456789ab,")
    assert "China: about" in old.out
    assert sunchi("detect", "--explain", id_of("China and b")).err == ""


def test_explain_warns_if_several_articles_have_the_id(sunchi: Sunchi, folder: Path) -> None:
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
        (["--explain", "b", "in.jsonl"], "--explain b: no article in in.jsonl has this id or address; the ids are a"),
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
def test_explain_reports_an_unknown_article(sunchi: Sunchi, folder: Path, words: list[str], fault: str) -> None:
    (folder / "in.jsonl").write_text("no article\n" + line())

    done = sunchi("detect", *words)

    assert done.code == 2
    assert fault in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.err).split())


# --- attention --------------------------------------------------------------------------------------------------------


def test_attention_reproduces_the_founding_articles_table(sunchi: Sunchi, folder: Path) -> None:
    (folder / "report.txt").write_text(TEXT)

    rows = sunchi("attention", "report.txt", "--lang", "en", "--json").rows

    assert [row["name"] for row in rows] == ["China", "Russia", "United States"]
    assert [row["order"] for row in rows] == [1, 2, 3]
    assert rows[0]["words"] > rows[1]["words"] > 0
    assert sum(row["share"] for row in rows) == pytest.approx(1)

    shown = sunchi("attention", "report.txt", "--lang", "en").out.splitlines()
    assert shown[0] == "On External Relations"
    assert shown[1] == "en, no date", "a text of nobody's edition has a language alone"
    assert shown[2].split() == ["partner", "order", "words", "share"]
    assert shown[3].split() == ["China", "1", str(rows[0]["words"]), f"{rows[0]['share']:.0%}"]


def test_attention_reads_article_lines_and_stored_articles(sunchi: Sunchi, folder: Path, stored: str) -> None:
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


def test_attention_reads_compressed_articles(sunchi: Sunchi, folder: Path) -> None:
    (folder / "in.jsonl").write_text(line())
    (folder / "in.jsonl.gz").write_bytes(gzip.compress(line().encode()))

    assert sunchi("attention", "in.jsonl.gz", "--json") == sunchi("attention", "in.jsonl", "--json")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["report.txt"], "report.txt: name its language: --lang"),
        (["report.txt", "--lang", "xx"], "--lang en, ko, zh"),
        (["latin.txt", "--lang", "en"], "latin.txt: is not UTF-8 text"),
        (["saved.html"], "saved.html: name the address of the saved page: --url"),
        (["saved.html", "--url", "http://example.org/"], "neither stored nor an address of Korean Central News Agency"),
        (["missing.txt"], "missing.txt: there is no such file"),
        (["./"], "./: is not a file"),
        (["kcna-en-0000000000000000"], "`sunchi articles` lists what is stored"),
        (["http://example.org/a"], "neither stored nor an address of Korean Central News Agency"),
        (["http://[::1/"], "neither stored nor an address of"),
    ],
    ids=" ".join,
)
def test_attention_guesses_nothing_and_reports_what_it_needs(
    sunchi: Sunchi, folder: Path, words: list[str], fault: str
) -> None:
    (folder / "report.txt").write_text(TEXT)
    (folder / "latin.txt").write_bytes(b"\xff")
    (folder / "saved.html").write_text("<html></html>")

    done = sunchi("attention", *words)

    assert done.code == 2
    assert fault in done.err
