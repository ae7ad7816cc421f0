"""`sunchi detect`: articles in, signals out; no database, no network, no Prefect."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli import app

if TYPE_CHECKING:
    import polars as pl


@app.command(epilog="Examples: sunchi detect articles.jsonl · sunchi detect *.jsonl --out signals.parquet")
def detect(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="Articles, one JSON object a line: id source lang url date title paragraphs; - is standard input.",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="A .parquet or .jsonl file; else JSON lines on standard output.")
    ] = None,
) -> None:
    """The signals of articles in files. A line that cannot be read is named and left out; the exit code is then 1."""
    from sunchi.cli.lines import frames
    from sunchi.lexicon import load as load_lexicon
    from sunchi.model import SettingsError
    from sunchi.settings import load
    from sunchi.signals.parallel import detect_each

    if out and out.suffix not in (".parquet", ".jsonl"):
        raise SettingsError(f"--out {out}: the name must end in .parquet or .jsonl")
    for file in files:
        if file != Path("-") and not file.exists():
            raise SettingsError(f"{file}: there is no such file")
    lexicon = load_lexicon(load().lexicon)
    faults: list[str] = []
    found = detect_each(frames(files, faults), lexicon)
    try:
        _write(found, out)
    except OSError as error:
        if out is None:
            raise
        raise SettingsError(f"--out {out}: can't be written: {error.strerror or error}") from None
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)


def _write(found: Iterable[pl.DataFrame], out: Path | None) -> None:
    import polars as pl

    from sunchi.cli.lines import signal_lines
    from sunchi.model import SIGNALS

    if out is None:
        for frame in found:
            for line in signal_lines(frame):
                typer.echo(line)
    elif out.suffix == ".jsonl":
        with out.open("w", encoding="utf-8") as file:
            for frame in found:
                file.writelines(f"{line}\n" for line in signal_lines(frame))
    else:
        out.open("ab").close()  # what can't be written is known before the work, not after it
        pl.concat([SIGNALS.to_frame(), *found]).write_parquet(out)
