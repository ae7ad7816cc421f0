"""Articles in files, as rows and as frames, with what is wrong in them: what every command reads that takes files.

JSON lines (jsonlines.py), CSV and Parquet (tables.py), pages that were archived as WARC (captures.py); packed or not,
but for Parquet, which is packed inside. Each reader yields `(number of the line, what the line holds, its length)`;
what a line holds is an object, or a str that says what is wrong with it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sunchi.cli import jsonlines
from sunchi.errors import SettingsError

if TYPE_CHECKING:
    import polars as pl

    from sunchi.signals.faults import Fault

KINDS = (".jsonl", ".csv", ".parquet", ".warc")
"""How files of articles are called; all but the third may have .gz after it."""

AT_ONCE = 700
"""Articles in one frame: enough for polars to be fast, few enough to spread a year over all processes."""

_MAX_FAULTS = 20  # listed for one file; a packed or foreign file has one a line
_MAX_FRAME = 32 * 2**20  # bytes of lines in one frame


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
    """What is wrong with the lines of one file: the first few are kept, and the others counted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first: list[str] = []
        self._more = 0

    def add(self, words: str) -> None:
        if len(self._first) < _MAX_FAULTS:
            self._first.append(words)
        else:
            self._more += 1

    def in_words(self) -> list[str]:
        more = [f"{self._path}: {self._more:,} more of its lines can't be read"] if self._more else []
        return self._first + more


def kind_of(path: Path) -> str:
    """Return which of KINDS a file is, by its name; "" for none."""
    name = path.with_suffix("") if path.suffix == ".gz" else path
    suffix = name.suffix.lower()
    return suffix if suffix in KINDS else ""


def named(files: Sequence[Path]) -> list[Path]:
    """Return the files to read, those of folders by name; raises SettingsError where one is missing."""
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.is_file() and kind_of(each))
            if not inside:
                raise SettingsError(f"{path}: no file in it ends in {', '.join(KINDS)}, or one of these and .gz")
            found += inside
        elif path == Path("-") or path.exists():
            found.append(path)
        else:
            raise SettingsError(f"{path}: there is no such file")
    return list(dict.fromkeys(found))


def frames(files: Sequence[Path], faults: list[str]) -> Iterator[pl.DataFrame]:
    """Yield the articles of files in frames of `model.ARTICLES` and `model.PLACE`; `-` is standard input.

    What is wrong with a line or a file goes to `faults`, as `file:line: in words`; the rest goes on.
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
    """Yield the articles of one file; `faults` gets its first faults, and the number of the others.

    `defaults` has what an article lacks, such as its source; `nameless` ones have neither an id nor an address.
    """
    number = articles = 0
    wrong = Faults(path)
    try:
        for number, found, length in _reader(path):
            articles += 1
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
        wrong.add(f"{where}: can't be read: {getattr(error, 'strerror', '') or error}")
    except ValueError as error:
        wrong.add(f"{path}:{number}: {error}" if number else f"{path}: {error}")
    if not articles and not wrong.in_words() and path != Path("-"):  # standard input may be a day without news
        wanted = "pages of the known sources are" if kind_of(path) == ".warc" else "one JSON object a line is"
        wrong.add(f"{path}: holds no article; {wanted} wanted")
    faults += wrong.in_words()


def in_words(faults: Sequence[Fault]) -> list[str]:
    """Return what is wrong with articles of a file: the first few, and the number of the others."""
    said = [f"{fault.article}: {fault.words}; its signals are not complete" for fault in faults[:_MAX_FAULTS]]
    if len(faults) > _MAX_FAULTS:
        said.append(f"{len(faults) - _MAX_FAULTS:,} more articles of which the signals are not complete")
    return said


def _reader(path: Path) -> Iterator[tuple[int, dict[str, Any] | str, int]]:
    """Return the reader of a file, by its name; what has no known name is read as JSON lines."""
    from sunchi.cli import captures, tables

    kinds = {".csv": tables.csv_rows, ".parquet": tables.parquet_rows, ".warc": captures.warc_rows}
    return kinds.get(kind_of(path), jsonlines.objects)(path)


def _values(data: Mapping[str, Any], *, nameless: bool) -> tuple[Any, ...]:
    """Return the columns of an article; raises ValueError that says what is wrong."""
    from sunchi.model import PLACE

    for old, new in _RENAMED.items():
        if old in data:
            raise ValueError(f"`{old}` is no longer read: name it {new}")
    title, paragraphs = _text_of(data)
    place = [data.get(name) for name in PLACE]
    for name, number in zip(PLACE, place, strict=True):
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**31):
            raise ValueError(f"`{name}` must be a whole number, or left out: it is {number!r}")
    id, lang, day = _identity(data, nameless=nameless)
    return (id, _word(data, "source"), lang, _word(data, "url"), day, title, paragraphs, *place)


_RENAMED = {"rank": "`position`", "of": "`pages` (of the paper) or `entries` (of the list)"}


def _text_of(data: Mapping[str, Any]) -> tuple[str, list[str]]:
    title, paragraphs = data.get("title"), data.get("paragraphs")
    if not isinstance(title, str) or not isinstance(paragraphs, list):
        raise ValueError("wants a `title` (text) and `paragraphs` (a list of texts)")
    if not all(isinstance(paragraph, str) for paragraph in paragraphs):
        raise ValueError("every one of `paragraphs` must be a text")
    _check_whole_characters("title", title)
    for paragraph in paragraphs:
        _check_whole_characters("paragraphs", paragraph)
    return title, paragraphs


def _identity(data: Mapping[str, Any], *, nameless: bool) -> tuple[str, str, date | None]:
    """Return id, language and date."""
    from sunchi.lexicon.columns import LANGUAGES

    if data.get("lang") not in LANGUAGES:
        raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}: it is {data.get('lang')!r}")
    id = _word(data, "id") or _word(data, "url")
    if not id and not nameless:
        raise ValueError("wants an `id` or a `url`, by which its signals are to be named")
    try:
        day = date.fromisoformat(data["date"]) if data.get("date") else None
    except (TypeError, ValueError):
        raise ValueError(f"`date` must be as 2024-10-06, or left out: it is {data['date']!r}") from None
    return id, data["lang"], day


def _word(data: Mapping[str, Any], name: str) -> str:
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
