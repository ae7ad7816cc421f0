"""The health of Sunchi, for a container's health check and for monitoring: quick, and only of recent data.

`sunchi check` looks deeper: at settings, the lexicon and the whole database file.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sunchi.errors import StoreError
from sunchi.settings import Settings
from sunchi.store import Incident, Store
from sunchi.store.database import address, file_of
from sunchi.store.health import MIN_REPORTS
from sunchi.text.counted import ago

MAX_AGE = timedelta(hours=3)
"""The age of a source's last good poll at which it is unhealthy: polls are hourly, so three failed or did not run."""

MAX_WAIT = timedelta(hours=1)
"""Time after which a message should have reached everybody; the delivery flow runs every five minutes."""

MIN_DISK = 256 * 2**20
"""Bytes that should be free on the disk of the data folder."""


@dataclass(frozen=True)
class SourceHealth:
    """One source of the settings."""

    source: str
    last_good_at: datetime | None  # end of its last poll that did not fail
    age: float | None  # in seconds
    well: bool


@dataclass(frozen=True)
class Health:
    """The state of everything; if the database can't be reached, only that and the disk are known."""

    database: str  # "" if it can be reached, otherwise why not
    sources: tuple[SourceHealth, ...]
    incidents: tuple[Incident, ...]  # open ones
    undelivered: int  # alerts and notices older than MAX_WAIT that have not reached everybody
    disk_free: int  # bytes

    @property
    def faults(self) -> list[str]:
        """Return what is wrong, one line each; an incident counts once a second report has confirmed it."""
        return list(self._faults())

    def _faults(self) -> Iterator[str]:
        if self.database:
            yield self.database
        late: dict[str, list[str]] = defaultdict(list)
        for each in self.sources:
            if not each.well:
                last = "no good poll yet" if each.age is None else f"last good poll {ago(timedelta(seconds=each.age))}"
                late[last].append(each.source)
        yield from (f"{', '.join(sources)}: {last}" for last, sources in late.items())
        for incident in self.incidents:
            if incident.times >= MIN_REPORTS:
                yield f"{incident.kind}: {incident.subject}: {incident.message}"
        if self.undelivered:
            yield f"{self.undelivered} alerts or notices have not reached everybody for over an hour"
        if self.disk_free < MIN_DISK:
            yield f"{self.disk_free // 2**20} MB are free on the disk of the data folder"


def health(settings: Settings, now: datetime) -> Health:
    """Check database, polls, incidents, deliveries and disk; changes nothing."""
    free = _free(settings.data_dir)
    try:
        file = file_of(address(settings.database()))
        if file is not None and not file.exists():
            return Health(f"no database yet at {file}", (), (), 0, free)
        with Store.open(settings.database()) as store:
            now -= store.clock_error(now)
            sources = tuple(_source(store, name, now) for name in dict.fromkeys(settings.sources))
            return Health("", sources, tuple(store.incidents()), store.undelivered(now - MAX_WAIT), free)
    except StoreError as error:
        return Health(str(error), (), (), 0, free)


def _source(store: Store, name: str, now: datetime) -> SourceHealth:
    poll = store.last_good_poll(name)
    if poll is None:
        return SourceHealth(name, None, None, False)
    age = now - poll.ended_at
    return SourceHealth(name, poll.ended_at, age.total_seconds(), age <= MAX_AGE)


def _free(folder: Path) -> int:
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free
