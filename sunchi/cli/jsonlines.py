"""The lines of a file of JSON lines, compressed or not, with their faults."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from sunchi.system.bounds import LONGEST, most_unpacked, too_far

_MAX_BLANK = 1_000_000  # blank lines in a row at which reading stops
_OVER_LINES = "an object over several lines: write one per line, as `jq -c '.[]'` does"


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Yield the number, the object and the length of each line; in place of the object, what is wrong with it.

    Raises OSError, EOFError, zlib.error or ValueError if the file can be read no further.
    """
    for number, line in file_lines(path):
        if number == 1 and line.strip() in (b"[", b"{"):
            yield number, _OVER_LINES, len(line)
            return
        if not line.isspace():
            yield number, object_of(line, is_first=number == 1), len(line)


def file_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file, compressed or not, as `bounded_lines` does; `-` is standard input.

    Lines are bytes, so that one that is not UTF-8 does not hide those after it.
    """
    with _opened(path) as file:
        yield from bounded_lines(file, path)


def _opened(path: Path) -> Any:
    if path == Path("-"):
        return nullcontext(sys.stdin.buffer)
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")


def most_of(path: Path) -> int:
    """Return how many bytes are read of what a file unpacks to; a pipe is as long as it is."""
    return most_unpacked(path.stat().st_size) if path.is_file() else sys.maxsize


def bounded_lines(file: BinaryIO, path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of what a file unpacks to, with their numbers; of a line that `is_cut` only the beginning.

    Raises ValueError if the file unpacks too far, or if a run of blank lines does not end.
    """
    most = most_of(path)
    number = blank = read = 0
    is_inside = False  # of an overlong line
    while piece := file.readline(LONGEST):
        read += len(piece)
        if not is_inside:
            number += 1
            blank = blank + 1 if piece.isspace() else 0
            yield number, piece
        if read > most:
            raise ValueError(too_far(most))
        if blank > _MAX_BLANK:
            raise ValueError(f"the last of {_MAX_BLANK:,} blank lines in a row; the rest is not read")
        is_inside = not piece.endswith(b"\n")


def is_cut(line: bytes) -> bool:
    """Return whether a line is longer than what was read of it."""
    return len(line) == LONGEST


TOO_LONG = f"longer than {LONGEST:,} bytes, too long for an article; left out"


def object_of(line: bytes, *, is_first: bool = False) -> dict[str, Any] | str:
    """Return the object of one line, or what is wrong with the line."""
    if is_cut(line):
        return TOO_LONG
    try:
        data = json.loads(line.decode("utf-8-sig" if is_first else "utf-8").strip())
    except UnicodeDecodeError:
        return "is not UTF-8; save the file as UTF-8"
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        return f"not JSON: {what} at column {error.colno}; is the line cut or damaged?"
    except ValueError:  # Python reads no number of more than 4,300 digits
        return "not an article: a number has thousands of digits"
    except RecursionError:
        return "not an article: nested too deeply"
    return data if isinstance(data, dict) else 'not a JSON object; each line must be one article, as {"id": …}'
