"""The lines of a file of JSON lines, compressed or not, with their faults."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

_MAX_LINE = 8 * 2**20  # bytes of an article, far more than any real one has
_MAX_SKIPPED = 256 * 2**20  # bytes of a line at which reading stops: a compressed file may unpack to any length
_MAX_BLANK = 1_000_000  # the same for blank lines in a row
_OVER_LINES = "an object over several lines: write one per line, as `jq -c '.[]'` does"


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Yield the number, the object and the length of each line; in place of the object, what is wrong with it.

    Raises OSError, EOFError, zlib.error or ValueError if the file can be read no further.
    """
    with opened(path) as file:
        for number, line in _lines(file):
            if number == 1 and line.strip() in (b"[", b"{"):
                yield number, _OVER_LINES, len(line)
                return
            try:
                yield number, _object(line, is_first=number == 1), len(line)
            except ValueError as error:
                yield number, str(error), len(line)


def opened(path: Path) -> Any:
    """Open a file for reading lines as bytes, so that one that is not UTF-8 does not hide those after it."""
    if path == Path("-"):
        return nullcontext(sys.stdin.buffer)
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not blank, with their numbers; only the beginning of a line that is too long.

    Raises ValueError if a line, or a run of blank lines, does not end.
    """
    number = blank = skipped = 0
    is_inside = False  # of an overlong line
    while piece := file.readline(_MAX_LINE):
        number += not is_inside
        if is_inside:
            skipped += len(piece)
        elif piece.strip():
            blank = skipped = 0
            yield number, piece
        else:
            blank += 1
        if skipped > _MAX_SKIPPED:
            raise ValueError(f"longer than {_MAX_SKIPPED:,} bytes; is it a file of articles? The rest is not read")
        if blank > _MAX_BLANK:
            raise ValueError(f"the last of {_MAX_BLANK:,} blank lines in a row; the rest is not read")
        is_inside = not piece.endswith(b"\n")


def _object(line: bytes, *, is_first: bool) -> dict[str, Any]:
    """Return the object of one line. Raises ValueError, which says what is wrong."""
    if len(line) == _MAX_LINE:
        raise ValueError(f"longer than {_MAX_LINE:,} bytes, too long for an article; left out")
    try:
        data = json.loads(line.decode("utf-8-sig" if is_first else "utf-8").strip())
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise ValueError(f"not JSON: {what} at column {error.colno}; is the line cut or damaged?") from None
    except RecursionError:
        raise ValueError("not an article: nested too deeply") from None
    if not isinstance(data, dict):
        raise ValueError('not a JSON object; each line must be one article, as {"id": …}')
    return data
