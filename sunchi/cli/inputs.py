"""Input of the commands that take files as well as the database: signals, articles, and the past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.stores import lacks_database, open_store

if TYPE_CHECKING:
    import polars as pl

    from sunchi.history.coverage import Coverage
    from sunchi.history.past import Past
    from sunchi.lexicon import Lexicon
    from sunchi.settings import Settings

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE|FOLDER…",
        help="Articles to use instead of the database: JSON lines, CSV or WARC, packed (.gz) or not, or Parquet; "
        "of a folder all such files.",
    ),
]


@dataclass(frozen=True)
class SignalFilter:
    """Conditions on signals; "" and None are no condition. Days are the article's own date, both included."""

    since: date | None = None
    until: date | None = None
    kind: str = ""
    partner: str = ""
    category: str = ""
    codes: Collection[str] = ()
    source: str = ""
    lang: str = ""
    level: float | None = None  # of the article's voice, at least

    def of(self, found: pl.DataFrame, voices: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of a frame (model.SIGNALS) that meet the conditions; `voices` has their articles' voices."""
        import polars as pl

        words = {"kind": self.kind, "partner": self.partner, "source": self.source, "lang": self.lang}
        wanted = [pl.col(name) == word for name, word in words.items() if word]
        if self.category:
            wanted.append(pl.col("detail").struct.field("category") == self.category)
        if self.codes:
            wanted.append(pl.col("code").is_in(list(self.codes)))
        if self.since:
            wanted.append(pl.col("date") >= self.since)
        if self.until:
            wanted.append(pl.col("date") <= self.until)
        if self.level:
            high = voices.filter(pl.col("kind") == "authority", pl.col("value") >= self.level)
            found = found.join(high, on="article", how="semi")
        return found.filter(*wanted)


@dataclass(frozen=True)
class Selection:
    """Signals (model.SIGNALS) by date, article and place in the text, and their articles by id."""

    signals: pl.DataFrame
    articles: Mapping[str, Mapping[str, Any]]  # the columns of model.ARTICLES but the id, outcome
    coverage: Coverage
    faults: Sequence[str] = ()  # what could not be read from the files

    @property
    def frame(self) -> pl.DataFrame:
        """The articles as a frame (model.ARTICLES)."""
        import polars as pl

        from sunchi.model import ARTICLES

        rows = [{**row, "article": id} for id, row in self.articles.items()]
        return pl.DataFrame([[row[name] for name in ARTICLES] for row in rows], schema=ARTICLES, orient="row")


def select_signals(
    files: Sequence[Path] | None, wanted: SignalFilter, settings: Settings, lexicon: Lexicon
) -> Selection | None:
    """Return the wanted signals of the files, or otherwise of the store; warn and return None if there is no database.

    Raises SettingsError, StoreError.
    """
    if files:
        return _of_files(files, wanted, lexicon)
    if lacks_database(settings):
        return None
    from sunchi.ingest.history import coverage_of

    with open_store(settings) as store:
        kinds = [wanted.kind] if wanted.kind else None
        words = {name: getattr(wanted, name) or None for name in ("partner", "source", "lang")}
        found = store.signals(wanted.since, wanted.until, kinds=kinds, **words)
        voices = store.signals(wanted.since, wanted.until, kinds=["authority"]) if wanted.level else found
        found = wanted.of(found, voices)
        return Selection(found, store.articles_by_id(found["article"]), coverage_of(store))


def select_past(
    files: Sequence[Path] | None, settings: Settings, lexicon: Lexicon, since: date | None = None
) -> Past | None:
    """Return the past from the files, or otherwise from the store since a day; warn and return None without a database.

    Raises SettingsError, StoreError.
    """
    from sunchi.history.past import Past

    if files:
        return past_of_files(files, lexicon)
    if lacks_database(settings):
        return None
    from sunchi.ingest.history import stored_past

    with open_store(settings) as store:
        return Past(*stored_past(store, since))


def articles_of(
    past: Past, ids: Collection[str], files: Sequence[Path] | None, settings: Settings
) -> Mapping[str, Mapping[str, Any]]:
    """Return articles of the past, by id, with title and address, from the files or otherwise from the store."""
    import polars as pl

    if not files:
        with open_store(settings) as store:
            return store.articles_by_id(ids)
    some = past.articles.filter(pl.col("article").is_in(list(ids)))
    return {row["article"]: row for row in some.iter_rows(named=True)}


def past_of_files(files: Sequence[Path], lexicon: Lexicon) -> Past:
    """Return everything in the files, as the past of each of their days."""
    from sunchi.history.coverage import Coverage
    from sunchi.history.past import Past

    found, articles, faults = _signals_and_articles(files, lexicon)
    return Past(found, articles, Coverage.of(articles), faults)


def _signals_and_articles(files: Sequence[Path], lexicon: Lexicon) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    import polars as pl

    from sunchi.cli.article_files import frames, in_words, named
    from sunchi.history.past import without_told_headlines
    from sunchi.model import ARTICLES, PLACE, SIGNALS
    from sunchi.signals.faults import Fault
    from sunchi.signals.parallel import detect_each, unchanged

    paths = named(files)
    faults: list[str] = []
    articles: list[pl.DataFrame] = [pl.Schema({**ARTICLES, **PLACE}).to_frame()]

    def noted() -> Iterator[pl.DataFrame]:
        for frame in with_own_ids(frames(paths, faults)):
            articles.append(frame)
            yield frame

    incomplete: list[Fault] = []
    found = pl.concat([SIGNALS.to_frame(), *detect_each(noted(), lexicon, unchanged, faults=incomplete)])
    told = without_told_headlines(pl.concat(articles))
    found = found.join(told, on="article", how="semi", maintain_order="left")
    return found, told, [*faults, *in_words(incomplete)]


def _of_files(files: Sequence[Path], wanted: SignalFilter, lexicon: Lexicon) -> Selection:
    from sunchi.history.coverage import Coverage

    found, articles, faults = _signals_and_articles(files, lexicon)
    selected = wanted.of(found, found).sort("date", "article", "start", maintain_order=True)
    reporting = articles.join(selected, on="article", how="semi")
    by_id = {row["article"]: row | {"outcome": "read"} for row in reporting.iter_rows(named=True)}
    return Selection(selected, by_id, Coverage.of(articles), faults)


def with_own_ids(some: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Yield frames of articles with unique ids: a second article with the same id gets the suffix "#2".

    Pages of old sites have many articles at one address, whose signals must not be taken for those of one text.
    """
    import polars as pl

    times: Counter[str] = Counter()
    for frame in some:
        ids = []
        for id in frame["article"].to_list():
            times[id] += 1
            ids.append(id if times[id] == 1 else f"{id}#{times[id]}")
        yield frame.with_columns(pl.Series("article", ids, dtype=pl.String))
