"""Articles in files, as rows and as frames, with the faults found: the input of every command that takes files.

JSON lines (jsonlines.py), CSV (tables.py), Parquet (parquet.py), pages archived as WARC (captures.py); all but Parquet
may be compressed. Each reader yields `(line number, content, length)`; the content is an object, or a str that says
what is wrong with the line.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any, NamedTuple

from sunchi.cli import jsonlines
from sunchi.errors import SettingsError
from sunchi.system.bounds import too_far

if TYPE_CHECKING:
    import polars as pl

    from sunchi.signals.faults import Fault

KINDS = (".jsonl", ".csv", ".parquet", ".warc")
"""Suffixes of files of articles; all but the third may be followed by .gz."""

AT_ONCE = 700
"""Articles in one frame: enough for polars to be fast, few enough to spread a year over all processes."""

_MAX_FAULTS = 20  # listed per file; a compressed or foreign file has one per line
_LEAST = 256  # bytes that a line counts for, however short it is: an article takes them in memory
_MAX_FRAME = 8 * 2**20  # bytes of lines in one frame


class FileRow(NamedTuple):
    """One article of a file."""

    place: str  # `file:line`
    values: tuple[Any, ...]  # in the columns of `model.ARTICLES` and `model.PLACE`
    data: Mapping[str, Any]  # the object as the file has it
    length: int  # of its line, in bytes

    @property
    def id(self) -> str:
        return str(self.values[0])

    @property
    def source(self) -> str:
        return str(self.values[1])

    @property
    def lang(self) -> str:
        return str(self.values[2])

    @property
    def url(self) -> str:
        return str(self.values[3])

    @property
    def date(self) -> date | None:
        found: date | None = self.values[4]
        return found

    @property
    def title(self) -> str:
        return str(self.values[5])

    @property
    def paragraphs(self) -> list[str]:
        found: list[str] = self.values[6]
        return found


class Faults:
    """What is wrong with the lines of a file: keeps the first few faults and counts the others."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first: list[str] = []
        self._more = 0
        self._end: list[str] = []

    def add(self, words: str) -> None:
        if len(self._first) < _MAX_FAULTS:
            self._first.append(words)
        else:
            self._more += 1

    def end(self, words: str) -> None:
        """Note why the file can be read no further, which is said however many faults there are."""
        self._end.append(words)

    def in_words(self) -> list[str]:
        more = [f"{self._path}: {self._more:,} more lines can't be read"] if self._more else []
        return self._first + more + self._end


def kind_of(path: Path) -> str:
    """Return which of KINDS a file is, by its name; "" if none."""
    name = path.with_suffix("") if path.suffix == ".gz" else path
    suffix = name.suffix.lower()
    return suffix if suffix in KINDS else ""


def named(files: Sequence[Path]) -> list[Path]:
    """Return the files to read, those of folders in order of name. Raises SettingsError if one is missing."""
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.is_file() and kind_of(each))
            if not inside:
                raise SettingsError(f"{path}: it has no file that ends in {', '.join(KINDS)}, or one of these and .gz")
            found += inside
        elif path == Path("-") or path.exists():
            found.append(path)
        else:
            raise SettingsError(f"{path}: there is no such file")
    return list(dict.fromkeys(found))


def frames(files: Sequence[Path], faults: list[str]) -> Iterator[pl.DataFrame]:
    """Yield the articles of files in frames of `model.ARTICLES` and `model.PLACE`; `-` is standard input.

    Faults of lines and files go to `faults`, as `file:line: what is wrong`; the rest is read.
    """
    import polars as pl

    from sunchi.model import ARTICLES, PLACE

    schema = pl.Schema({**ARTICLES, **PLACE})
    found: list[tuple[Any, ...]] = []
    size = 0
    for path in files:
        for row in rows(path, faults):
            found.append(row.values)
            size += row.length
            if len(found) == AT_ONCE or size > _MAX_FRAME:
                yield pl.DataFrame(found, schema=schema, orient="row")
                found, size = [], 0
    if found:
        yield pl.DataFrame(found, schema=schema, orient="row")


def rows(
    path: Path, faults: list[str], defaults: Mapping[str, str] | None = None, *, nameless: bool = False
) -> Iterator[FileRow]:
    """Yield the articles of one file; `faults` receives its first faults and the number of the others.

    `defaults` supplies what an article lacks, such as its source; `nameless` articles have neither id nor address.
    """
    number = articles = read = 0
    most = jsonlines.most_of(path)
    wrong = Faults(path)
    try:
        for number, found, length in _reader(path):
            articles += 1
            read += max(length, _LEAST)
            if read > most:
                raise ValueError(too_far(most))
            try:
                if isinstance(found, str):
                    raise ValueError(found)
                lacking = {name: value for name, value in (defaults or {}).items() if not found.get(name)}
                data = {**found, **lacking}
                yield FileRow(f"{path}:{number}", _values(data, nameless=nameless), data, length)
            except ValueError as error:
                wrong.add(f"{path}:{number}: {error}")
    except (OSError, EOFError, zlib.error) as error:
        where = f"{path}:{number + 1}" if number else f"{path}"
        wrong.end(f"{where}: can't be read: {getattr(error, 'strerror', '') or error}")
    except ValueError as error:
        wrong.end(f"{path}:{number}: {error}" if number else f"{path}: {error}")
    if not articles and not wrong.in_words() and path != Path("-"):  # standard input may be empty on a day without news
        wanted = "pages of known sources" if kind_of(path) == ".warc" else "one JSON object per line"
        wrong.add(f"{path}: contains no article; {wanted} expected")
    faults += wrong.in_words()


def in_words(faults: Sequence[Fault]) -> list[str]:
    """Return what is wrong with articles of a file: the first few faults, and the number of the others."""
    said = [f"{fault.article}: {fault.words}; its signals are not complete" for fault in faults[:_MAX_FAULTS]]
    if len(faults) > _MAX_FAULTS:
        said.append(f"{len(faults) - _MAX_FAULTS:,} more articles with incomplete signals")
    return said


def _reader(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Return the reader for a file, by its name; JSON lines by default."""
    from sunchi.cli import captures, parquet, tables

    kinds = {".csv": tables.csv_rows, ".parquet": parquet.parquet_rows, ".warc": captures.warc_rows}
    return kinds.get(kind_of(path), jsonlines.objects)(path)


def _values(data: Mapping[str, Any], *, nameless: bool) -> tuple[Any, ...]:
    """Return the columns of an article. Raises ValueError, which says what is wrong."""
    from sunchi.model import PLACE

    for old, new in _RENAMED.items():
        if old in data:
            raise ValueError(f"`{old}` is no longer read: name it {new}")
    title, paragraphs = _text_of(data)
    place = [data.get(name) for name in PLACE]
    for name, number in zip(PLACE, place, strict=True):
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**31):
            raise ValueError(f"`{name}` must be a whole number, or be omitted: it is {shown(number)}")
    for name in ("subtitle", "byline", "section", "urls"):
        found = data.get(name)
        for each in found if isinstance(found, list) else [found]:
            if isinstance(each, str):
                _check_whole_characters(name, each)
    id, lang, day = _identity(data, nameless=nameless)
    return (id, _word(data, "source"), lang, _word(data, "url"), day, title, paragraphs, *place)


_RENAMED = {"rank": "`position`", "of": "`pages` (of the paper) or `entries` (of the list)"}


def _text_of(data: Mapping[str, Any]) -> tuple[str, list[str]]:
    title, paragraphs = data.get("title"), data.get("paragraphs")
    if not isinstance(title, str) or not isinstance(paragraphs, list):
        raise ValueError("needs a `title` (text) and `paragraphs` (a list of texts)")
    if not all(isinstance(paragraph, str) for paragraph in paragraphs):
        raise ValueError("each of the `paragraphs` must be text")
    _check_whole_characters("title", title)
    for paragraph in paragraphs:
        _check_whole_characters("paragraphs", paragraph)
    return title, paragraphs


def _identity(data: Mapping[str, Any], *, nameless: bool) -> tuple[str, str, date | None]:
    """Return id, language and date."""
    from sunchi.lexicon.columns import LANGUAGES
    from sunchi.model import YEARS

    if data.get("lang") not in LANGUAGES:
        raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}: it is {shown(data.get('lang'))}")
    id = _word(data, "id") or _word(data, "url")
    if not id and not nameless:
        raise ValueError("needs an `id` or a `url` to name its signals by")
    try:
        day = date.fromisoformat(data["date"]) if data.get("date") else None
    except (TypeError, ValueError):
        raise ValueError(f"`date` must have the form 2024-10-06, or be omitted: it is {shown(data['date'])}") from None
    if day and day.year not in YEARS:
        raise ValueError(f"`date` must be of {YEARS[0]} to {YEARS[-1]}, or be omitted: it is {shown(data['date'])}")
    return id, data["lang"], day


def _word(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name) or ""
    if not isinstance(value, str):
        raise ValueError(f"`{name}` must be text: it is {shown(value)}")
    return _check_whole_characters(name, value)


def _check_whole_characters(name: str, text: str) -> str:
    r"""Raise ValueError for half a character (`\ud800`), which JSON can write but UTF-8 can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"`{name}` contains half a character (a lone surrogate)") from None
    return text
