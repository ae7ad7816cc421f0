"""Measures leaks over thousands of polls at full speed: what stays open, and what grows.

    python -m bench.soak                         2,000 polls, four sites in turn, a simulated hour apart
    python -m bench.soak --polls 0 --served 30   that many runs of `sunchi serve`, started through Prefect's API
    python -m bench.soak --polls 300 --minutes 5

The sites are the stand-ins that serve real texts if that folder is available, else the demo's; they run in their own
process, and move to the next day after 24 polls of a site. A poll does what a run of `poll` does: the crawl, the
archive, and one store that stays open; without pauses. Memory, open files and threads are this process's, read from
/proc (Linux). Exit code 1 if one of them still grows after the first hundred polls.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from demo import DAYS, DemoServer
from parsers import SOURCES
from sunchi.archive.store import Archive
from sunchi.fetch.client import Fetcher
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.context import CrawlContext
from sunchi.ingest.crawl import Crawl
from sunchi.ingest.summary import Summary
from sunchi.model import Edition, Source
from sunchi.settings import Settings
from sunchi.store import Store
from tests.flows.served import Served
from tests.replica import Replica

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SUNCHI_SHARED", ROOT.parent / "shared"))

EVERY = 100
"""Polls between two lines of the table."""

SERVED_EVERY = 5
"""Runs between two lines of the other table."""

MORE_MEMORY, MORE_FILES, MORE_THREADS = 1.10, 4, 2
"""The allowed growth since the end of the first hundred: a tenth of the memory, a few files and threads."""

_START = {
    "kcna": date(2024, 9, 20),
    "rodong": date(2022, 3, 1),
    "hani-en": date(2021, 1, 13),
    "hani-ko": date(2024, 10, 6),
}
"""A day from which the stand-ins have many real texts."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polls", type=int, default=2_000, help="default %(default)s")
    parser.add_argument("--served", type=int, default=0, help="then this many runs of `sunchi serve`; default none")
    parser.add_argument("--minutes", type=float, default=60, help="the time limit; default %(default)s")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)  # a list that the stand-ins leave empty would be reported two thousand times
    until = time.monotonic() + given.minutes * 60
    grown = 0
    with tempfile.TemporaryDirectory(prefix="soak") as folder, _sites() as sites:
        if rows := asyncio.run(_soak(sites, Path(folder), given.polls, until)):
            grown = _verdict(rows)
        if len(rows) < given.polls // EVERY:
            raise SystemExit(f"Out of time after {len(rows) * EVERY} of {given.polls} polls.")
        if given.served:
            (Path(folder) / "served").mkdir()
            _serve(sites, Path(folder) / "served", given.served, until)
    raise SystemExit(grown)


# --- the sites, in their own process ----------------------------------------------------------------------------------


class Sites(Protocol):
    """Four sites, each with its own day, or all with the same."""

    mirrors: dict[str, str]

    def start(self, site: str) -> date: ...

    def move(self, site: str, day: date) -> None:
        """Move the site to the end of that day."""


class _Real:
    """The stand-ins that serve real texts."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self.mirrors = replica.mirrors

    def start(self, site: str) -> date:
        return _START[site]

    def move(self, site: str, day: date) -> None:
        self._replica.control(site, day=day)


class _Demo:
    """The demo's sites: a week, whose last day remains."""

    def __init__(self, talk: Connection) -> None:
        self._talk = talk
        self.mirrors: dict[str, str] = talk.recv()

    def start(self, site: str) -> date:
        return DAYS[0]

    def move(self, site: str, day: date) -> None:
        self._talk.send(day)
        self._talk.recv()


@contextmanager
def _sites() -> Iterator[Sites]:
    if (SHARED / "replica" / "replica.py").is_file():
        replica = Replica(SHARED)
        try:
            yield _Real(replica)
        finally:
            replica.stop()
        return
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve_demo, args=(there,), daemon=True)
    process.start()
    try:
        yield _Demo(here)
    finally:
        here.send(None)
        process.join(10)


def _serve_demo(talk: Connection) -> None:
    with DemoServer() as demo:
        talk.send(demo.mirrors)
        while day := talk.recv():
            demo.day = max(demo.day, day)
            talk.send(True)


# --- the polls --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """The state after a hundred more polls; sizes in MB."""

    polls: int
    seconds: float  # of this hundred
    new: int  # articles, in this hundred
    memory: float
    files: int
    threads: int
    database: float
    archive: float

    HEAD = "polls   s  new  memory  files  threads  database  archive"

    def __str__(self) -> str:
        return (
            f"{self.polls:5}{self.seconds:4.0f}{self.new:5}{self.memory:8.1f}{self.files:7}{self.threads:9}"
            f"{self.database:10.2f}{self.archive:9.2f}"
        )


async def _soak(sites: Sites, folder: Path, polls: int, until: float) -> list[Row]:
    settings = Settings(data_dir=folder, first_poll=40, _env_file=None)  # type: ignore[call-arg]  # pydantic-settings has it
    analyzer = Analyzer.open(settings)
    archive = Archive.open(settings.archive_address())
    editions = [(source, edition) for source in SOURCES.values() for edition in source.editions]
    polled = [(source, edition) for source, edition in editions if edition.site in _START]
    by_site = {edition.site: (source, edition) for source, edition in reversed(polled)}
    rows: list[Row] = []
    if polls >= EVERY:
        _say(Row.HEAD)
    with Store.open(settings.database()) as store:
        begun, new = time.monotonic(), 0
        for number in range(polls):
            site = list(by_site)[number % len(by_site)]
            source, edition = by_site[site]
            hour = number // len(by_site)
            day = sites.start(site) + timedelta(days=hour // 24)
            if hour % 24 == 0:
                sites.move(site, day)
            at = datetime(day.year, day.month, day.day, 14, tzinfo=UTC) + timedelta(hours=hour % 24)
            summary = await _poll(source, edition, sites.mirrors[site], analyzer, archive, store, at)
            if summary.outcome == "failed":
                raise SystemExit(f"poll {number} of {site} failed: {summary.words}")
            new += summary.count("new")
            if (number + 1) % EVERY == 0:
                row = _row(number + 1, time.monotonic() - begun, new, folder)
                _say(str(row))
                rows.append(row)
                begun, new = time.monotonic(), 0
                if begun > until:
                    break
    return rows


async def _poll(
    source: Source, edition: Edition, mirror: str, analyzer: Analyzer, archive: Archive, store: Store, at: datetime
) -> Summary:
    fetcher = Fetcher(edition, mirror=mirror, delay=0, clock=lambda: at)
    async with fetcher:
        with archive.writer(edition.site) as writer:
            crawl = Crawl(CrawlContext(source, edition, fetcher, writer, store, analyzer, 40, lambda: at))
            await crawl.read_lists()
            await crawl.read_articles()
    return crawl.context.summary


def _row(polls: int, seconds: float, new: int, folder: Path) -> Row:
    gc.collect()
    return Row(
        polls,
        seconds,
        new,
        *_standing(os.getpid()),
        sum(each.stat().st_size for each in folder.glob("sunchi.db*")) / 1e6,
        sum(each.stat().st_size for each in (folder / "archive").rglob("*.gz")) / 1e6,
    )


# --- runs of the served command ---------------------------------------------------------------------------------------


def _serve(sites: Sites, folder: Path, runs: int, until: float) -> None:
    """Run `poll` repeatedly through the command, its server and a process for each run."""
    _say("\n runs   s  command: memory  files  threads   server: memory  files  threads   Prefect's database")
    served = Served(folder, sites.mirrors, SUNCHI_DELAY="0")
    served.start()
    try:
        begun = time.monotonic()
        for number in range(1, runs + 1):
            state = served.ended(served.run("poll/kcna"))
            if state["type"] != "COMPLETED":
                raise SystemExit(f"run {number}: {state['type']}: {state['message']}")
            if number % SERVED_EVERY == 0:
                seconds, begun = time.monotonic() - begun, time.monotonic()
                database = sum(each.stat().st_size for each in served.home.glob("prefect.db*")) / 1e6
                parts = [_standing(served.processes(words)[0]) for words in ("main() serve", "server start")]
                columns = "".join(f"{memory:16.1f}{files:7}{threads:9}" for memory, files, threads in parts)
                _say(f"{number:5}{seconds:4.0f}{columns}{database:21.2f}")
            if time.monotonic() > until:
                raise SystemExit(f"Out of time after {number} of {runs} runs.")
    finally:
        served.stop()


def _standing(process: int) -> tuple[float, int, int]:
    """Return memory in MB, open files and threads of a process."""
    folder = Path(f"/proc/{process}")
    resident = int((folder / "statm").read_text().split()[1]) * _PAGE / 1e6
    return resident, len(os.listdir(folder / "fd")), len(os.listdir(folder / "task"))  # noqa: PTH208 - gone soon


def _verdict(rows: list[Row]) -> int:
    """Return 0 if nothing has grown since the first hundred except what was stored."""
    first, last = rows[0], rows[-1]
    grown = [
        words
        for is_more, words in (
            (last.memory > first.memory * MORE_MEMORY, f"memory, from {first.memory:.0f} to {last.memory:.0f} MB"),
            (last.files > first.files + MORE_FILES, f"open files, from {first.files} to {last.files}"),
            (last.threads > first.threads + MORE_THREADS, f"threads, from {first.threads} to {last.threads}"),
        )
        if is_more
    ]
    _say("Grown: " + "; ".join(grown) if grown else "Nothing has grown since the first hundred except what was stored.")
    return bool(grown)


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - what the command is for


if __name__ == "__main__":
    main()
