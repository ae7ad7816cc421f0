"""Small files that unpack without end, and odd rows: each costs what it is, and what is good is in.

`python -m tests.cli.test_hostile_files` imports each file, and prints the memory and the time that it took.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from parsers.stored import stored
from tests.cli.command import Sunchi, line
from tests.cli.test_import_warc import warc

LIMIT = 2**30
"""Bytes of memory that each process may take."""

MIB = 2**20
PAGE = next(page for page in stored(Path(__file__).parents[1] / "parsers" / "pages") if page.file.stem == "detail-en")
HEAD = b"source,lang,url,date,title,paragraphs,position\n"


def row(name: str, position: str = "1") -> bytes:
    return f"kcna,en,http://a.example/{name},2021-01-09,{name},They talked about {name}.,{position}\n".encode()


def article(name: str, **more: object) -> dict[str, object]:
    return {"source": "kcna", "lang": "en", "title": name, "paragraphs": [f"They talked about {name}."]} | more


def packed(head: bytes, unit: bytes, size: int = 2048 * MIB) -> bytes:
    """Return a gzip member of `head` and of `unit` repeated to `size` bytes."""
    piece = unit * (MIB // len(unit))
    pack = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    return b"".join([pack.compress(head), *(pack.compress(piece) for _ in range(size // len(piece))), pack.flush()])


def table(file: Path) -> None:
    odd = [row("digits", "5" * 5000), b"a\rb\n", row("long").replace(b"They", b"a" * 9 * MIB), b'kcna,"\n']
    file.write_bytes(HEAD + b"".join([row("first"), *odd, row("last")]))


def json_lines(file: Path) -> None:
    digits = json.dumps(article("digits", position=1)).replace(": 1}", f": {'5' * 5000}}}")
    odd = [article("half", byline="\ud800", urls=["http://\ud800"]), article("many", photos=10**20), article("deep")]
    deep = json.dumps(odd.pop()).replace('"en"', "[" * 900 + "]" * 900)
    written = [json.dumps(each) for each in (article("first"), *odd, article("last"))]
    file.write_text("\n".join([*written[:-1], digits, deep, written[-1]]))


def line_without_end(file: Path) -> None:
    file.write_bytes(packed(HEAD + row("first"), b"a"))


def header_without_end(file: Path) -> None:
    file.write_bytes(packed(b"source,lang,title,paragraphs,", b"a,"))


def quote_without_end(file: Path) -> None:
    file.write_bytes(packed(HEAD + row("first") + b'kcna,"', b"They talked and talked.\n"))


def repeated_cell(file: Path) -> None:
    cells = pl.DataFrame([article("first"), article("cell")]).with_columns(pl.col("paragraphs").list.first())
    large = cells.tail(1).with_columns(paragraphs=pl.lit("a" * 2_600_000))
    pl.concat([cells.head(1), *[large] * 500]).write_parquet(file)


def enormous_cell(file: Path) -> None:
    cell = pl.DataFrame(article("cell", paragraphs="a" * 300 * MIB))
    good = [pl.DataFrame(article(name, paragraphs="They talked.")) for name in ("first", "last")]
    pl.concat([good[0], cell, good[1]]).write_parquet(file, row_group_size=1)


def many_rows(file: Path) -> None:
    rows = pl.LazyFrame({"title": ["a"], "paragraphs": ["b"], "lang": ["en"], "source": ["kcna"]})
    pl.concat([rows.select(pl.all().repeat_by(3_000_000).explode())] * 10).sink_parquet(file, row_group_size=30_000_000)


def large_articles(file: Path) -> None:
    """Write forty articles of 7 MB each, which pack too badly for the bound on what a file unpacks to."""
    digits = random.Random(7)
    with gzip.open(file, "wt", compresslevel=1) as lines:
        for number in range(40):
            text = "".join(f"{digits.getrandbits(2000)} " * 40 for _ in range(290))
            lines.write(f"{json.dumps(article(f'number {number}', paragraphs=[text]))}\n")


WARC = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://www.kcna.kp/en/article/q/6b.kcmsf\r\n"
HTTP = WARC + b"WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n"
CHUNKED = HTTP + b"Transfer-Encoding: chunked\r\n"


def pages(after: Callable[[], bytes], file: Path) -> None:
    """Write a good page, and what comes after it."""
    warc(file, [PAGE.page], packed=True)
    file.write_bytes(file.read_bytes() + after())


def packed_chunk() -> bytes:
    body = packed(b"", b"<p>")
    return gzip.compress(CHUNKED + b"Content-Encoding: gzip\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))


Written = Callable[[Path], None]
ROWS: dict[str, tuple[str, Written, Iterable[str], set[str]]] = {  # file, what is said, the titles that are in
    "odd rows": (
        "a.csv",
        table,
        [
            "a.csv:6: a cell begins with a quote",
            "a.csv:3: `position` must be a whole number",
            "a.csv:4: has a line break",
            "a.csv:5: longer than 8,388,608 bytes",
        ],
        {"first", "last"},
    ),
    "odd lines": (
        "a.jsonl",
        json_lines,
        [
            "a.jsonl:2: `byline` contains half a character",
            "a.jsonl:3: `photos` must be a whole number",
            "a.jsonl:4: not an article: a number has thousands of digits",
            "a.jsonl:5: `lang` must be one of",
        ],
        {"first", "last"},
    ),
    "line": ("a.csv.gz", line_without_end, ["a.csv.gz:3: longer than", "a.csv.gz:3: unpacks to more"], {"first"}),
    "header": ("a.csv.gz", header_without_end, ["a.csv.gz: the first row is longer than"], set()),
    "quote": ("a.csv.gz", quote_without_end, ["a.csv.gz:3: longer than", "the rest is not read"], {"first"}),
    "cell": ("a.parquet", repeated_cell, ["unpacks to more than", "over 50 times its size"], {"first", "cell"}),
    "enormous cell": ("a.parquet", enormous_cell, ["a.parquet:2: needs more than 536,870,912"], {"first", "last"}),
    "articles": ("a.jsonl.gz", large_articles, ["only the first 200,000 are read"], {"number 0", "number 39"}),
    "rows": ("a.parquet", many_rows, ["unpacks to more than", "over 50 times its size"], {"a"}),
}
PAGES: dict[str, tuple[Callable[[], bytes], str]] = {
    "headers": (lambda: packed(WARC, b"a: b\r\n"), "headers are longer than 1,048,576 bytes; the rest is not read"),
    "header": (lambda: packed(WARC + b"a: ", b"b"), "headers are longer than"),
    "HTTP headers": (lambda: packed(HTTP, b"a: b\r\n"), "headers are longer than"),
    "blank lines": (lambda: packed(b"", b"\r\n"), "over 50 times its size; the rest is not read"),
    "chunk": (
        lambda: packed(CHUNKED + b"\r\n7fffffff\r\n", b"b"),
        "not a readable page (larger than 67,108,864",
    ),
    "packed chunk": (packed_chunk, "not a readable page (larger than 67,108,864"),
}
QUICK = ("odd rows", "odd lines", "line", "cell")


def measured(folder: Path, *words: str) -> tuple[int, str, int]:
    """Run a command under the limit; return its exit code, what it said, and its memory."""
    with (folder / "said").open("w+b") as said:
        process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-m", "sunchi", *words],
            cwd=folder,
            stdout=said,
            stderr=said,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT)),
        )
        memory = 0
        while process.poll() is None:  # what the system adds up at the end has this process's memory in it, too
            with suppress(OSError, StopIteration):
                lines = Path(f"/proc/{process.pid}/status").read_text("utf-8").splitlines()
                memory = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
            time.sleep(0.005)
    return process.returncode, (folder / "said").read_text("utf-8"), memory


def marked(names: Iterable[str]) -> list[object]:
    return [pytest.param(name, marks=() if name in QUICK else pytest.mark.drill) for name in names]


@pytest.mark.parametrize("name", marked(ROWS))
def test_a_file_costs_little_memory_and_its_good_rows_are_in(sunchi: Sunchi, folder: Path, name: str) -> None:
    file, write, faults, titles = ROWS[name]
    write(folder / file)

    code, said, memory = measured(folder, "import", file)

    assert (code, [words for words in faults if words not in said], memory < LIMIT) == (1, [], True), said[-3000:]
    assert {each["title"] for each in sunchi("articles", "--json").rows} >= titles


@pytest.mark.parametrize("name", marked(PAGES))
def test_a_web_archive_costs_little_memory_and_its_good_pages_are_in(folder: Path, name: str) -> None:
    write, fault = PAGES[name]
    pages(write, folder / "a.warc.gz")

    code, said, memory = measured(folder, "import", "a.warc.gz")

    assert (code, fault in said, memory < LIMIT) == (1, True, True), said[-3000:]
    assert "1 new articles" in said


@pytest.mark.drill
@pytest.mark.parametrize(
    "command",
    ["signals", "series CN cn_day", "report", "detect"],  # the others share their reader with one of these
)
def test_commands_that_take_files_have_the_same_bounds(folder: Path, command: str) -> None:
    repeated_cell(folder / "a.parquet")
    dated = line(source="kcna")
    (folder / "b.jsonl").write_text(f"{dated}\n")

    code, said, memory = measured(folder, *command.split(), "a.parquet", "b.jsonl")

    assert (code, "unpacks to more than" in said, memory < LIMIT) == (1, True, True), said[-3000:]


def main() -> None:
    files = {name: (file, write) for name, (file, write, _, _) in ROWS.items()}
    files |= {f"WARC, {name}": ("a.warc.gz", partial(pages, of)) for name, (of, _) in PAGES.items()}
    for name, (file, write) in files.items():
        with TemporaryDirectory() as at:
            folder = Path(at)
            write(folder / file)
            size, began = (folder / file).stat().st_size, time.monotonic()
            code, _, memory = measured(folder, "import", file)
            took = time.monotonic() - began
            sys.stdout.write(f"{name:<20} {size:>12,} bytes {memory / MIB:>6,.0f} MB {took:>4.0f} s  exit {code}\n")


if __name__ == "__main__":
    main()
