"""The rows of Parquet files, which a process of its own reads: a few kilobytes can make polars take any memory.

That process (`python -m sunchi.cli.parquet FILE ROW AT_ONCE`) has a limit of memory, and writes each row from that one
on as a line of JSON; if the file can't be read, a line with the reason.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from sunchi.cli.jsonlines import bounded_lines, is_cut, object_of
from sunchi.cli.tables import check_header, paragraphs_of
from sunchi.model import PLACE

_MEMORY = 512 * 2**20  # bytes of data; for files of real articles, 110 MB suffice
_AT_ONCE = 2_000  # rows in memory
_MAX_FAILED = 5  # rows that need more memory at which reading stops
_READ = (
    *("id", "source", "lang", "url", "urls", "date", "title", "paragraphs", "subtitle", "byline", "section", *PLACE),
    *("rank", "of"),  # names that are no longer read, which is said
)
_SHOWN = 300  # characters of polars' reasons


def parquet_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Yield the number, the object and the length of each row, as `csv_rows` does.

    A row that needs more memory than there may be is left out. Raises OSError or ValueError if the file can be read no
    further.
    """
    if path.suffix == ".gz":
        raise ValueError("Parquet is compressed already: decompress the file first")
    with path.open("rb"):
        pass  # polars' own message for a missing file is not meant for an analyst
    done, failed, at_once = 0, 0, _AT_ONCE
    while True:
        with _process(path, done, at_once) as process:
            try:
                for _, line in bounded_lines(process.stdout, path):  # type: ignore[arg-type]  # it is a pipe
                    if line.startswith(b'"'):
                        raise ValueError(json.loads(line))
                    if line == _END:
                        return
                    if not line.endswith(b"\n") and not is_cut(line):
                        break  # the process ended in this row
                    done += 1
                    yield done, _plain(object_of(line)), len(line)
            finally:
                process.kill()
        if at_once > 1:
            at_once = max(at_once // 10, 1)  # to find the row
            continue
        done, failed, at_once = done + 1, failed + 1, _AT_ONCE
        yield done, f"needs more than {_MEMORY:,} bytes of memory to be read; left out", 0
        if failed == _MAX_FAILED:
            raise ValueError(f"{failed} rows need too much memory; the rest is not read")


def _process(path: Path, start: int, at_once: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "sunchi.cli.parquet", str(path), str(start), str(at_once)]
    return subprocess.Popen(  # noqa: S603 - our own words
        command,
        env={**os.environ, "POLARS_MAX_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _plain(data: dict[str, Any] | str) -> dict[str, Any] | str:
    if isinstance(data, str):
        return data
    if isinstance(data.get("paragraphs"), str):
        data["paragraphs"] = paragraphs_of(data["paragraphs"])
    data.setdefault("paragraphs", [])
    if "date" in data:
        data["date"] = str(data["date"])[:10]
    return data


# --- the process ----------------------------------------------------------------------------------------------------

_END = b"null\n"


def _write_rows(path: Path, start: int, at_once: int) -> None:
    _limit_memory()
    import polars as pl
    from polars.exceptions import PolarsError

    out = sys.stdout.buffer
    try:
        columns = list(pl.read_parquet_schema(path))
        check_header(columns)
        rows = pl.scan_parquet(path).select(name for name in columns if name in _READ)
        while (some := rows.slice(start, at_once).collect()).height:
            for row in some.iter_rows(named=True, buffer_size=1):  # one cell may stand in thousands of rows
                known = {name: value for name, value in row.items() if value is not None}
                out.write(json.dumps(known, ensure_ascii=False, default=_as_json).encode() + b"\n")
            start += some.height
        out.write(_END)
    except (PolarsError, ValueError) as error:
        words = f"not a readable Parquet file: {error}" if isinstance(error, PolarsError) else str(error)
        out.write(json.dumps(words.splitlines()[0][:_SHOWN]).encode() + b"\n")
    out.flush()


def _as_json(value: object) -> object:
    """Return a date as text, and any other value that JSON lacks as what no column of an article may contain."""
    return str(value) if isinstance(value, date) else [type(value).__name__]


def _limit_memory() -> None:
    """Limit the memory of this process, where the system can: Linux does."""
    import resource

    with suppress(ValueError):  # a lower limit is set already
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _write_rows(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
