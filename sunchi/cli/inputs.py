"""The signals that `sunchi signals` and `sunchi messages` list: stored ones, or those of files that the user names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.screen import escape, warn
from sunchi.cli.stores import missing_database, open_store

if TYPE_CHECKING:
    import polars as pl

    from sunchi.lexicon import Lexicon
    from sunchi.settings import Settings

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE…",
        help="Articles, as `sunchi detect` reads them: these in place of what is stored, and no database.",
    ),
]


@dataclass(frozen=True)
class SignalFilter:
    """Conditions on signals; "" and None are none. Days compare with the article's own date, both included."""

    since: date | None = None
    until: date | None = None
    kind: str = ""
    partner: str = ""
    category: str = ""
    source: str = ""
    lang: str = ""

    def of(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of a frame (model.SIGNALS) that meet the conditions."""
        import polars as pl

        words = {"kind": self.kind, "partner": self.partner, "source": self.source, "lang": self.lang}
        wanted = [pl.col(name) == word for name, word in words.items() if word]
        if self.category:
            wanted.append(pl.col("detail").struct.field("category") == self.category)
        if self.since:
            wanted.append(pl.col("date") >= self.since)
        if self.until:
            wanted.append(pl.col("date") <= self.until)
        return found.filter(*wanted)


@dataclass(frozen=True)
class Selection:
    """Signals (model.SIGNALS) by date, article and place in the text, and their articles by id."""

    signals: pl.DataFrame
    articles: Mapping[str, Mapping[str, Any]]  # title, url, outcome
    faults: Sequence[str] = ()  # parts of the files that could not be read, in words


def select_signals(
    files: Sequence[Path] | None, wanted: SignalFilter, settings: Settings, lexicon: Lexicon
) -> Selection | None:
    """Return the wanted signals of the files, or else of the store; warn and return None where there is no database.

    Raises SettingsError, StoreError.
    """
    if files:
        return _of_files(files, wanted, lexicon)
    if said := missing_database(settings):
        warn(escape(said))
        return None
    with open_store(settings) as store:
        kinds = [wanted.kind] if wanted.kind else None
        words = {name: getattr(wanted, name) or None for name in ("partner", "source", "lang")}
        found = wanted.of(store.signals(wanted.since, wanted.until, kinds=kinds, **words))
        return Selection(found, store.articles_by_id(found["article"]))


def _of_files(files: Sequence[Path], wanted: SignalFilter, lexicon: Lexicon) -> Selection:
    import polars as pl

    from sunchi.cli.jsonlines import frames, must_exist
    from sunchi.model import SIGNALS
    from sunchi.signals.parallel import detect_each, unchanged

    must_exist(files)
    faults: list[str] = []
    articles: dict[str, dict[str, Any]] = {}

    def noted() -> Iterator[pl.DataFrame]:
        for frame in frames(files, faults):
            for id, title, url in frame.select("article", "title", "url").iter_rows():
                articles[id] = {"title": title, "url": url, "outcome": "read"}
            yield frame

    found = pl.concat([SIGNALS.to_frame(), *detect_each(noted(), lexicon, unchanged)])
    return Selection(wanted.of(found).sort("date", "article", "start", maintain_order=True), articles, faults)
