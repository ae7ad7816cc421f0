"""`sunchi detect`, `sunchi attention`: texts in, signals out; no database, no Prefect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli import app
from sunchi.cli.poll import AsJson
from sunchi.cli.running import screen
from sunchi.model import SunchiError

if TYPE_CHECKING:
    import polars as pl

    from sunchi.model import Article

AT_ONCE = 2_000
"""Articles read together: enough for polars to be quick, few enough for any archive to fit in memory."""


@app.command(epilog="Examples: sunchi detect articles.jsonl · sunchi detect *.jsonl --out signals.parquet")
def detect(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Articles, one JSON object a line: id source lang url date title paragraphs, page rank of photos."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="A .parquet or .jsonl file; else JSON lines on the terminal.")
    ] = None,
) -> None:
    """The signals of articles in files. A line that cannot be read is named and left out; the exit code is then 1."""
    import polars as pl

    from sunchi import signals
    from sunchi.lexicon import load as load_lexicon
    from sunchi.model import SIGNALS
    from sunchi.settings import load

    if out and out.suffix not in (".parquet", ".jsonl"):
        raise SunchiError(f"--out {out}: the name must end in .parquet or .jsonl")
    lexicon = load_lexicon(load().lexicon)
    faults: list[str] = []
    found = [signals.detect(some, lexicon) for some in _frames(files, faults)]
    frame = pl.concat(found) if found else SIGNALS.to_frame()
    if out and out.suffix == ".parquet":
        frame.write_parquet(out)
    elif out:
        out.write_text("".join(f"{line}\n" for line in _lines(frame)), encoding="utf-8")
    else:
        for line in _lines(frame):
            typer.echo(line)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)


@app.command(epilog="Examples: sunchi attention report.txt --lang en · sunchi attention kcna-en-1f0c2d3e4a5b6c7d")
def attention(
    text: Annotated[
        str, typer.Argument(metavar="FILE|URL|ID", help="A file, or the address or id of a stored article.")
    ],
    lang: Annotated[str, typer.Option(help="Of a plain text file: en, ko or zh.")] = "",
    as_json: AsJson = False,
) -> None:
    """Words and order by partner of one text: who is named first, and at what length."""
    from rich.table import Table

    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load
    from sunchi.signals import attention_table

    lexicon = load_lexicon(load().lexicon)
    for name, article in _texts(text, lang):
        rows = attention_table("\n".join(article.paragraphs), lexicon, lang=article.lang, title=article.title)
        if as_json:
            for row in rows.iter_rows(named=True):
                typer.echo(json.dumps({"article": name, **row}, ensure_ascii=False))
            continue
        table = Table(title=article.title, title_justify="left", box=None, pad_edge=False, header_style="bold")
        for column in ("partner", "order", "words", "share"):
            table.add_column(column, justify="left" if column == "partner" else "right")
        for row in rows.iter_rows(named=True):
            table.add_row(row["name"], str(row["order"]), str(row["words"]), f"{row['share']:.0%}")
        screen.print(table)
        if rows.is_empty():
            screen.print("No other state is named.")


def _texts(text: str, lang: str) -> Iterator[tuple[str, Article]]:
    """The article, or articles, that the user means, with their names."""
    from sunchi.model import ARTICLES

    path = Path(text)
    if path.suffix in (".jsonl", ".json") and path.is_file():
        faults: list[str] = []
        for frame in _frames([path], faults):
            for row in frame.iter_rows(named=True):
                yield row["article"], _article(**{name: row[name] for name in ARTICLES})
        if faults:
            raise SunchiError("\n".join(faults))
    elif path.is_file():
        if not lang:
            raise SunchiError(f"{path}: say in which language it is: --lang en, ko or zh")
        try:
            lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
        except UnicodeDecodeError:
            raise SunchiError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
        title, *paragraphs = [line for line in lines if line] or [""]
        yield path.name, _article(source="", lang=lang, url="", date=None, title=title, paragraphs=paragraphs)
    else:
        yield _stored(text)


def _article(
    *, source: str, lang: str, url: str, date: date | None, title: str, paragraphs: list[str], article: str = ""
) -> Article:
    from sunchi.model import Article

    return Article(source, lang, url, article, "", title, tuple(paragraphs), date, "list" if date else "none")


def _stored(name: str) -> tuple[str, Article]:
    """A stored article, by its id or by an address it was seen at."""
    from sunchi.settings import load
    from sunchi.store import Store

    with Store.open(load().database()) as store:
        id = store.article_at(name) if "://" in name else name
        revisions = store.revisions(id) if id else []
    if not revisions:
        raise SunchiError(f"{name}: neither a file nor a stored article; `sunchi articles` lists what is stored")
    return revisions[-1].article_id, revisions[-1].article


# --- files ----------------------------------------------------------------------------------------------------------


def _frames(files: list[Path], faults: list[str]) -> Iterator[pl.DataFrame]:
    """The articles of files, as `model.ARTICLES` and `model.PLACE`, some at a time; what is wrong goes to `faults`."""
    import polars as pl

    from sunchi.model import ARTICLES, PLACE

    schema = pl.Schema({**ARTICLES, **PLACE})
    rows: list[tuple[Any, ...]] = []
    for path in files:
        try:
            lines = path.open(encoding="utf-8-sig")
        except OSError as error:
            faults.append(f"{path}: {error.strerror}")
            continue
        with lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    rows.append(_row(line))
                except ValueError as error:
                    faults.append(f"{path}:{number}: {error}")
                if len(rows) == AT_ONCE:
                    yield pl.DataFrame(rows, schema=schema, orient="row")
                    rows = []
    if rows:
        yield pl.DataFrame(rows, schema=schema, orient="row")


def _row(line: str) -> tuple[Any, ...]:
    """One line as a row of `model.ARTICLES` and `model.PLACE`; raises ValueError that says what is wrong with it."""
    from sunchi.lexicon import LANGUAGES
    from sunchi.model import PLACE

    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(given, dict):
        raise ValueError("not a JSON object")
    paragraphs = given.get("paragraphs")
    if not isinstance(given.get("title"), str) or not isinstance(paragraphs, list):
        raise ValueError("wants a `title` (text) and `paragraphs` (a list of texts)")
    if not all(isinstance(paragraph, str) for paragraph in paragraphs):
        raise ValueError("every one of `paragraphs` must be a text")
    if given.get("lang") not in LANGUAGES:
        raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}: it is {given.get('lang')!r}")
    id = given.get("id") or given.get("url")
    if not isinstance(id, str):
        raise ValueError("wants an `id` or a `url` (text), by which its signals are to be named")
    try:
        day = date.fromisoformat(given["date"]) if given.get("date") else None
    except (TypeError, ValueError):
        raise ValueError(f"`date` must be as 2024-10-06, or left out: it is {given['date']!r}") from None
    place = [given.get(name) for name in PLACE]
    for name, number in zip(PLACE, place, strict=True):
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**31):
            raise ValueError(f"`{name}` must be a whole number, or left out: it is {number!r}")
    return (
        id,
        str(given.get("source") or ""),
        given["lang"],
        str(given.get("url") or ""),
        day,
        given["title"],
        paragraphs,
        *place,
    )


def _lines(frame: pl.DataFrame) -> Iterator[str]:
    """Signals as JSON lines; what a kind does not fill of `detail` is left out."""
    for row in frame.iter_rows(named=True):
        row["detail"] = {name: value for name, value in (row["detail"] or {}).items() if value is not None}
        yield json.dumps(row, ensure_ascii=False, default=str)
