"""`sunchi detect`: articles in, signals out; no database, no network, no Prefect."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.output import out_file
from sunchi.cli.screen import escape, exit_with_faults, say, warn
from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    import polars as pl

    from sunchi.settings import Settings
    from sunchi.store import Provenance

_MANY = 500_000
"""The bytes of input from which worker processes pay off: as many as this process reads while they start."""


@app.command(
    epilog="Examples: sunchi detect articles.jsonl · sunchi detect *.jsonl --out signals.parquet · "
    "sunchi detect --explain kcna-en-1f0c2d3e4a5b6c7d --out why.html"
)
def detect(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE|FOLDER…",
            help="Articles: JSON lines (id source lang url date title paragraphs), CSV or WARC, packed (.gz) or not, "
            "or Parquet; of a folder all such files; - is standard input.",
        ),
    ] = None,
    explain: Annotated[
        str,
        typer.Option(
            metavar="ID",
            help="One article, by its id or address: its text with each signal marked, why each is one, and what was "
            "considered and dropped. Without FILE a stored article.",
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            help="A .parquet file, with the lexicon's version, or a .jsonl file; with --explain an .html file. "
            "Else standard output."
        ),
    ] = None,
) -> None:
    """Detect the signals of articles in files. Unreadable lines are reported and skipped, with exit code 1."""
    if explain:
        _explain(explain, files or [], out)
    elif files:
        _detect(files, out)
    else:
        raise typer.BadParameter(
            "name a file, or - for standard input; or an article: --explain ID", param_hint="FILE…"
        )


def _detect(files: list[Path], out: Path | None) -> None:
    from sunchi.cli.article_files import named
    from sunchi.system.workers import processors, worker_processes

    if out and out.suffix not in (".parquet", ".jsonl"):
        raise SettingsError(f"--out {out}: the name must end in .parquet or .jsonl")
    paths = named(files)
    is_much = sum(file.stat().st_size for file in paths if file.is_file()) > _MANY
    with worker_processes(processors() - 1 if is_much else 0, ready="sunchi.signals.jsonlines") as pool:
        faults = _write_signals(paths, out, pool)
    exit_with_faults(faults)


def _write_signals(files: list[Path], out: Path | None, pool: ProcessPoolExecutor | None) -> list[str]:
    """Write the signals of the articles in `files`; return what could not be read."""
    import polars as pl

    from sunchi.cli.article_files import frames, in_words
    from sunchi.lexicon import load as load_lexicon
    from sunchi.model import SIGNALS
    from sunchi.settings import load
    from sunchi.signals.faults import Fault
    from sunchi.signals.parallel import detect_each, unchanged

    lexicon = load_lexicon(load().lexicon)
    unread: list[str] = []  # lines and files
    incomplete: list[Fault] = []  # articles
    articles = frames(files, unread)
    if out is None:
        for lines in detect_each(articles, lexicon, _lines, faults=incomplete, pool=pool):
            typer.echo(lines, nl=False)
        return [*unread, *in_words(incomplete)]
    with out_file(out) as file:
        if out.suffix == ".parquet":
            frames_of_signals = detect_each(articles, lexicon, unchanged, faults=incomplete, pool=pool)
            found = pl.concat([SIGNALS.to_frame(), *frames_of_signals])
            found.write_parquet(file, metadata={"lexicon": lexicon.version})  # that the signals were detected with
        else:
            with file.open("w", encoding="utf-8") as lines_of_signals:
                lines_of_signals.writelines(detect_each(articles, lexicon, _lines, faults=incomplete, pool=pool))
    return [*unread, *in_words(incomplete)]


def _lines(articles: pl.DataFrame, found: pl.DataFrame) -> str:
    from sunchi.signals.jsonlines import signal_lines

    return signal_lines(found)


# --- one article, explained -----------------------------------------------------------------------------------------


def _explain(id: str, files: list[Path], out: Path | None) -> None:
    import logging

    from sunchi.cli.article_files import named
    from sunchi.cli.explanation import show
    from sunchi.lexicon import load as load_lexicon
    from sunchi.reports.explain import explain, page
    from sunchi.settings import load

    if out and out.suffix.lower() not in (".html", ".htm"):
        raise SettingsError(f"--out {out}: an explanation is a page, so the name must end in .html")
    paths = named(files)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    logging.getLogger("sunchi").addHandler(logging.NullHandler())  # the explanation reports an exception of a detector
    article, provenance = (_in_files(id, paths), None) if paths else _in_store(id, settings, lexicon.version)
    explanation = replace(explain(article, lexicon, provenance), notice="" if paths else settings.notice())
    if out is None:
        show(explanation)
        return
    with out_file(out) as file:
        file.write_text(page(explanation), encoding="utf-8")
    say(escape(f"written: {out}"))


def _in_files(id: str, files: list[Path]) -> pl.DataFrame:
    """Return the first article with that id or address as a frame of one row; warn if there are several."""
    import polars as pl

    from sunchi.cli.article_files import frames

    faults: list[str] = []
    held: list[str] = []
    found: list[pl.DataFrame] = []
    for frame in frames(files, faults):
        found += frame.filter((pl.col("article") == id) | (pl.col("url") == id)).iter_slices(1)
        held += frame["article"].head(max(0, _SHOWN + 1 - len(held))).to_list()
    for fault in faults:
        warn(escape(fault))
    names = ", ".join(map(str, files))
    if len(found) > 1:
        warn(escape(f"--explain {id}: {len(found)} articles in {names} have this id or address; this is the first"))
    if found:
        return found[0]
    there = ", ".join(held[:_SHOWN]) + (", …" if len(held) > _SHOWN else "")
    raise SettingsError(f"--explain {id}: no article in {names} has this id or address; the ids are {there or 'none'}")


_SHOWN = 5
"""Ids to list if the one asked for is not found."""


def _in_store(id: str, settings: Settings, version: str) -> tuple[pl.DataFrame, Provenance | None]:
    """Return the stored article and its page; warn if its stored signals are from an earlier lexicon."""
    from sunchi.cli.stores import missing_database, open_store, stored_article
    from sunchi.ingest.analysis import frame

    found = stored_article(id, settings)
    if found is None:
        why = missing_database(settings) or "`sunchi articles` lists what is stored"
        raise SettingsError(f"--explain {id}: neither the id nor the address of a stored article; {why}")
    if found.lexicon_version not in ("", version):
        warn(
            f"Its stored signals were read with the lexicon of version {found.lexicon_version[:12]}, not with today's; "
            "`sunchi rescan` reads the stored texts again."
        )
    with open_store(settings) as store:
        row = store.article(found.article_id)
    return frame(found.article_id, found.article), row["provenance"] if row else None
