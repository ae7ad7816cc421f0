"""Articles as JSON lines: what `sunchi articles --json` writes, and `sunchi detect` and `sunchi attention` read."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sunchi.errors import SettingsError

if TYPE_CHECKING:
    import polars as pl

    from sunchi.signals.faults import Fault

AT_ONCE = 700
"""Articles in one frame: enough for polars to be fast, few enough to spread a year over all processes."""

_MAX_FAULTS = 20  # listed for one file; a packed or foreign file has one a line

_MAX_LINE = 8 * 2**20  # bytes of an article; none comes near it
_MAX_SKIPPED = (
    256 * 2**20
)  # bytes of too long a line, after which a file is read no further: it may unpack to any length
_MAX_BLANK = 1_000_000  # blank lines in a row, likewise
_MAX_FRAME = 32 * 2**20  # bytes of lines in one frame


def must_exist(files: Sequence[Path]) -> None:
    """Raise SettingsError that names the first missing file."""
    for file in files:
        if file != Path("-") and not file.exists():
            raise SettingsError(f"{file}: there is no such file")


def frames(files: Sequence[Path], faults: list[str]) -> Iterator[pl.DataFrame]:
    """Yield the articles of files in frames of `model.ARTICLES` and `model.PLACE`; `-` is standard input.

    A file whose name ends in .gz is packed. What is wrong with a line or a file goes to `faults`, as `file:line: in
    words`; the rest goes on.
    """
    import polars as pl

    from sunchi.model import ARTICLES, PLACE

    schema = pl.Schema({**ARTICLES, **PLACE})
    rows: list[tuple[Any, ...]] = []
    size = 0
    for path in files:
        for row, length in _rows(path, faults):
            rows.append(row)
            size += length
            if len(rows) == AT_ONCE or size > _MAX_FRAME:
                yield pl.DataFrame(rows, schema=schema, orient="row")
                rows, size = [], 0
    if rows:
        yield pl.DataFrame(rows, schema=schema, orient="row")


def _rows(path: Path, faults: list[str]) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Yield the articles of one file with the length of their lines; `faults` gets its faults.

    They are the first few, and the number of the others.
    """
    number = articles = 0
    wrong: list[str] = []
    try:
        with _opened(path) as file:
            for number, line in _lines(file):
                if len(line) == _MAX_LINE:
                    wrong.append(f"{path}:{number}: longer than {_MAX_LINE:,} bytes, as no article is; left out")
                    continue
                if number == 1 and line.strip() in (b"[", b"{"):
                    raise ValueError("an object over several lines: one a line is wanted, as `jq -c '.[]'` writes them")
                articles += 1
                try:
                    yield _row(line.decode("utf-8-sig" if number == 1 else "utf-8").strip()), len(line)
                except UnicodeDecodeError:
                    wrong.append(f"{path}:{number}: is not UTF-8; save the file as UTF-8")
                except ValueError as error:
                    wrong.append(f"{path}:{number}: {error}")
    except (OSError, EOFError, zlib.error) as error:
        where = f"{path}:{number + 1}" if number else f"{path}"
        wrong.append(f"{where}: can't be read: {getattr(error, 'strerror', '') or error}")
    except ValueError as error:
        wrong.append(f"{path}:{number}: {error}" if number else f"{path}: {error}")
    if not articles and not wrong and path != Path("-"):  # standard input may be a day without news
        wrong.append(f"{path}: holds no article; one JSON object a line is wanted")
    faults += wrong[:_MAX_FAULTS]
    if len(wrong) > _MAX_FAULTS:
        faults.append(f"{path}: {len(wrong) - _MAX_FAULTS:,} more of its lines can't be read")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not blank, with their numbers; of one that is too long its beginning.

    Raises ValueError where a line has no end, or blank lines have none.
    """
    number = blank = skipped = 0
    is_inside = False  # of a line that is too long
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
            raise ValueError(f"longer than {_MAX_SKIPPED:,} bytes; is it a file of articles? It is read no further")
        if blank > _MAX_BLANK:
            raise ValueError(f"the last of {_MAX_BLANK:,} blank lines in a row; it is read no further")
        is_inside = not piece.endswith(b"\n")


def in_words(faults: Sequence[Fault]) -> list[str]:
    """Return what is wrong with articles of a file: the first few, and the number of the others."""
    said = [f"{fault.article}: {fault.words}; its signals are not complete" for fault in faults[:_MAX_FAULTS]]
    if len(faults) > _MAX_FAULTS:
        said.append(f"{len(faults) - _MAX_FAULTS:,} more articles of which the signals are not complete")
    return said


def _opened(path: Path) -> Any:
    """Open a file for reading lines as bytes, since one that is not UTF-8 must not hide those after it."""
    if path == Path("-"):
        return nullcontext(sys.stdin.buffer)
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")


def _row(line: str) -> tuple[Any, ...]:
    """Parse one line into a row of `model.ARTICLES` and `model.PLACE`; raises ValueError that says what is wrong."""
    from sunchi.model import PLACE

    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise ValueError(f"not JSON: {what} at column {error.colno}; is the line cut or damaged?") from None
    except RecursionError:
        raise ValueError("not an article: nested too deep") from None
    if not isinstance(data, dict):
        raise ValueError('not a JSON object; each line must be one article, as {"id": …}')
    for old, new in _RENAMED.items():
        if old in data:
            raise ValueError(f"`{old}` is no longer read: name it {new}")
    title, paragraphs = _text_of(data)
    place = [data.get(name) for name in PLACE]
    for name, number in zip(PLACE, place, strict=True):
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**31):
            raise ValueError(f"`{name}` must be a whole number, or left out: it is {number!r}")
    id, lang, day = _identity(data)
    return (id, _word(data, "source"), lang, _word(data, "url"), day, title, paragraphs, *place)


_RENAMED = {"rank": "`position`", "of": "`pages` (of the paper) or `entries` (of the list)"}


def _text_of(data: dict[str, Any]) -> tuple[str, list[str]]:
    title, paragraphs = data.get("title"), data.get("paragraphs")
    if not isinstance(title, str) or not isinstance(paragraphs, list):
        raise ValueError("wants a `title` (text) and `paragraphs` (a list of texts)")
    if not all(isinstance(paragraph, str) for paragraph in paragraphs):
        raise ValueError("every one of `paragraphs` must be a text")
    _check_whole_characters("title", title)
    for paragraph in paragraphs:
        _check_whole_characters("paragraphs", paragraph)
    return title, paragraphs


def _identity(data: dict[str, Any]) -> tuple[str, str, date | None]:
    """Return id, language and date."""
    from sunchi.lexicon.columns import LANGUAGES

    if data.get("lang") not in LANGUAGES:
        raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}: it is {data.get('lang')!r}")
    id = _word(data, "id") or _word(data, "url")
    if not id:
        raise ValueError("wants an `id` or a `url`, by which its signals are to be named")
    try:
        day = date.fromisoformat(data["date"]) if data.get("date") else None
    except (TypeError, ValueError):
        raise ValueError(f"`date` must be as 2024-10-06, or left out: it is {data['date']!r}") from None
    return id, data["lang"], day


def _word(data: dict[str, Any], name: str) -> str:
    value = data.get(name) or ""
    if not isinstance(value, str):
        raise ValueError(f"`{name}` must be a text: it is {value!r}")
    return _check_whole_characters(name, value)


def _check_whole_characters(name: str, text: str) -> str:
    r"""Raise ValueError for half a character (`\ud800`), which JSON can write but UTF-8 can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"`{name}` holds half a character (a lone surrogate)") from None
    return text
