"""`sunchi import`: the past from files, stored as if it had been polled; nobody is alerted."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.article_files import KINDS, Faults, in_words, kind_of, named, rows
from sunchi.cli.captures import import_warcs, say_pages
from sunchi.cli.options import AsJson
from sunchi.cli.progress import progress
from sunchi.cli.screen import escape, exit_with_faults, json_line, say
from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from sunchi.cli.article_files import FileRow
    from sunchi.ingest.importing import FileText, Imported
    from sunchi.lexicon import Lexicon
    from sunchi.model import Article
    from sunchi.settings import Settings

_SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_MAX_URL = 2000  # bytes, as for links of lists
_FEW = 300  # articles that this process reads before a worker has started
_SHOWN = 5  # addresses, or ids, that several texts share


@app.command(
    "import",
    epilog="Examples: sunchi import past.jsonl.gz · sunchi import collection/ · "
    "sunchi import old.csv --source kcna --lang en",
)
def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE|FOLDER…",
            help="Articles: JSON lines (.jsonl), CSV or Parquet, the first two packed (.gz) or not; columns source "
            "lang url date title paragraphs. Or pages of the known sources: WARC, packed or not. Of a folder all such "
            "files.",
        ),
    ],
    source: Annotated[str, typer.Option(help="For articles without a source: kcna, rodong, hani or another.")] = "",
    lang: Annotated[str, typer.Option(help="For articles without a language: en, ko or zh.")] = "",
    as_json: AsJson = False,
) -> None:
    """Import past articles with their signals; nobody is alerted. An interrupted import continues where it stopped.

    An article is identified by its text, so nothing is stored twice, and polled articles stay as they are. A headline
    without a text is an article, too. Unreadable lines are reported and skipped, with exit code 1.
    """
    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load

    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    found = _fit(named(files))
    paths = [path for path in found if kind_of(path) != ".warc"]
    warcs = [path for path in found if path not in paths]
    defaults = {name: value for name, value in (("source", source), ("lang", lang)) if value}
    survey = Survey.of(paths, defaults)
    faults: list[str] = []
    _note(found, settings, lexicon)
    done = _import(paths, defaults, survey, faults, settings, lexicon)
    pages = import_warcs(warcs, settings, faults)
    if as_json:
        json_line(_as_object(done, survey, faults) | {"pages": dict(pages.kinds)})
    else:
        if paths:
            _say(done, survey)
        if warcs:
            say_pages(pages)
        say("Nobody is alerted.")
    exit_with_faults([*faults, *in_words(done.incomplete)])


def _note(paths: Sequence[Path], settings: Settings, lexicon: Lexicon) -> None:
    """Record the import in the audit. Raises StoreError if the database cannot take an import now."""
    from sunchi.ingest.audit import audit_entry
    from sunchi.store import Store

    files = f"{', '.join(map(str, paths[:_SHOWN]))}{' …' if len(paths) > _SHOWN else ''}"
    with Store.open(settings.database()) as store:
        store.refuse_half_rebuilt()
        store.record_command(audit_entry(f"import: {files}", settings, datetime.now(UTC), lexicon))


def _import(
    paths: Sequence[Path],
    defaults: Mapping[str, str],
    survey: Survey,
    faults: list[str],
    settings: Settings,
    lexicon: Lexicon,
) -> Imported:
    from sunchi.ingest.importing import import_texts
    from sunchi.store import Store
    from sunchi.system.workers import processors, worker_processes

    processes = processors() if survey.articles > _FEW else 1
    with (
        worker_processes(processes - 1, ready="sunchi.ingest.importing") as pool,
        Store.open(settings.database()) as store,
        progress("importing", "articles", survey.articles) as note,
    ):
        found = texts(paths, defaults, survey, faults)
        return import_texts(
            found, store, lexicon, note=lambda so_far: note(so_far.texts), pool=pool, processes=processes
        )


# --- files ----------------------------------------------------------------------------------------------------------


def _fit(paths: Sequence[Path]) -> list[Path]:
    """Return the files. Raises SettingsError for one that can't be imported."""
    for path in paths:
        if path == Path("-"):
            raise SettingsError("import reads its files twice, so it can't read standard input: name a file")
        if not kind_of(path):
            raise SettingsError(f"{path}: the name must end in {', '.join(KINDS)}, or one of these and .gz")
    return list(paths)


@dataclass
class Survey:
    """What the files contain, before any text is analysed: the number of articles, and what several of them share.

    Addresses, ids and texts are kept as hashes: 32 bytes per article.
    """

    articles: int = 0
    shared_urls: dict[int, int] = field(default_factory=dict)  # hash -> texts
    shared_ids: dict[int, int] = field(default_factory=dict)
    examples: dict[int, str] = field(default_factory=dict)  # hash -> the address or id; of the first few

    @classmethod
    def of(cls, paths: Sequence[Path], defaults: Mapping[str, str]) -> Survey:
        """Read the files once."""
        urls, texts_of_urls, ids, texts_of_ids = array("q"), array("q"), array("q"), array("q")
        number = 0
        for path in paths:
            for row in rows(path, [], defaults, nameless=True):
                number += 1
                text = hash((row.title, *row.paragraphs, row.date))
                if "id" in row.data:
                    ids.append(hash((row.source, row.lang, row.id)))
                    texts_of_ids.append(text)
                for url in _urls(row):
                    urls.append(hash((row.source, row.lang, url)))
                    texts_of_urls.append(text)
        return cls(number, _shared(urls, texts_of_urls), _shared(ids, texts_of_ids))

    def own_urls(self, row: FileRow) -> tuple[str, ...]:
        """Return the addresses of an article that no other text has; note examples of the others."""
        own: list[str] = []
        for url in _urls(row):
            name = hash((row.source, row.lang, url))
            if name not in self.shared_urls:
                own.append(url)
            elif len(self.examples) < _SHOWN:
                self.examples.setdefault(name, url)
        return tuple(own)

    @property
    def texts_of_shared_urls(self) -> int:
        return sum(self.shared_urls.values())


def _shared(names: array[int], texts: array[int]) -> dict[int, int]:
    """Return the number of different texts for each name that has several."""
    import polars as pl

    frame = pl.DataFrame({"name": pl.Series(names, dtype=pl.Int64), "text": pl.Series(texts, dtype=pl.Int64)})
    counted = frame.group_by("name").agg(pl.col("text").n_unique()).filter(pl.col("text") > 1)
    return dict(counted.iter_rows())


def _urls(row: FileRow) -> list[str]:
    """Return the addresses of an article, its own first."""
    more = row.data.get("urls")
    others = [each for each in more if isinstance(each, str)] if isinstance(more, list) else []
    return list(dict.fromkeys(filter(None, (row.url, *others))))


def texts(paths: Sequence[Path], defaults: Mapping[str, str], survey: Survey, faults: list[str]) -> Iterator[FileText]:
    """Yield the articles of the files; `faults` receives what is wrong with them."""
    from sunchi.ingest.importing import FileText

    for path in paths:
        wrong = Faults(path)
        for row in rows(path, faults, defaults, nameless=True):
            if words := _unfit(row):
                wrong.add(f"{row.place}: {words}")
            else:
                yield FileText(_article(row), survey.own_urls(row))
        faults += wrong.in_words()


def _unfit(row: FileRow) -> str:
    """Return why an article can't be stored; "" if it can."""
    if not row.source:
        return "needs a `source`; if all have the same, name it: --source kcna"
    if not _SOURCE.fullmatch(row.source):
        return f"`source` must be one word in lower case, such as kcna: it is {row.source[:40]!r}"
    if not row.title.strip():
        return "needs a `title`"
    if any(len(url.encode("utf-8", "replace")) > _MAX_URL for url in _urls(row)):
        return f"its `url` is longer than {_MAX_URL:,} bytes"
    return ""


def _article(row: FileRow) -> Article:
    from sunchi.model import IMPORTED, Article

    said = {name: row.data.get(name) for name in ("subtitle", "byline", "section")}
    words: dict[str, Any] = {name: value for name, value in said.items() if isinstance(value, str)}
    return Article(
        source=row.source,
        lang=row.lang,
        url=row.url,
        key=row.url or row.id,
        layout=IMPORTED,
        title=row.title,
        paragraphs=tuple(row.paragraphs),
        date=row.date,
        date_basis="file" if row.date else "none",
        printed_page=row.data.get("page"),
        photos=row.data.get("photos") or 0,
        **words,
    )


# --- the result -----------------------------------------------------------------------------------------------------


def _as_object(done: Imported, survey: Survey, faults: Sequence[str]) -> dict[str, object]:
    kinds = {kind: done.kinds[kind] for kind in ("new", "known", "completed", "reworded")}
    shared = {"shared_urls": len(survey.shared_urls), "shared_ids": len(survey.shared_ids)}
    return {**kinds, "signals": done.signals, **shared, "faults": list(faults)}


def _say(done: Imported, survey: Survey) -> None:
    kinds = done.kinds
    new = f"{kinds['new']:,} new with {done.signals:,} signals"
    texts = f", {kinds['completed']:,} texts of known headlines" if kinds["completed"] else ""
    say(f"{done.texts:,} articles: {new}{texts}, {kinds['known']:,} already known.")
    if kinds["reworded"]:
        say(f"{kinds['reworded']:,} are already stored at their addresses in another wording, which stays.")
    if survey.shared_urls:
        number, articles = len(survey.shared_urls), survey.texts_of_shared_urls
        stand = "address is" if number == 1 else "addresses are"
        say(f"{number:,} {stand} shared by {articles:,} articles, which are identified by their texts alone, such as:")
        for name, url in survey.examples.items():
            say(escape(f"  {url} ({survey.shared_urls[name]:,} articles)"))
    if survey.shared_ids:
        number, articles = len(survey.shared_ids), sum(survey.shared_ids.values())
        stand = "id in the files is" if number == 1 else "ids in the files are"
        say(f"{number:,} {stand} shared by {articles:,} articles; Sunchi gives each text its own id.")
