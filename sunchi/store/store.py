"""The database: what was seen, what it is, what was said about it, and to whom.

    with Store.open(settings.database()) as store:
        for work in store.work("kcna", "en", now): ...

A `Store` does each thing that it can do in one transaction, and never asks the clock: times are handed in. Its parts:

    lists       what they showed, and what is made of it
    links       what is to be fetched, what came of it, what is gone
    articles    texts: known ones, new ones, edited ones; what can be read again
    signals     what was found in them
    outbox      alerts, notices to the operators, and their deliveries; sent: what was said to whom; events: of what
    archive     where each response is kept
    health      incidents, polls
    list_history  what lists showed day by day
    schema      the tables; database: connections and transactions; versions: migrations; records: what comes out
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sunchi.store.archive import ArchiveIndex
from sunchi.store.articles import Articles
from sunchi.store.database import address, engine, keep_private, make_folder
from sunchi.store.health import Health
from sunchi.store.links import Links
from sunchi.store.list_history import ListHistory
from sunchi.store.lists import Lists
from sunchi.store.notifications import Notifications
from sunchi.store.outbox import Outbox
from sunchi.store.signals import Signals
from sunchi.store.versions import ready


class Store(Lists, Links, Articles, Signals, Outbox, Notifications, ArchiveIndex, Health, ListHistory):
    """The whole store. Safe to use from several threads, and from several processes at once."""

    @classmethod
    def open(cls, url: str) -> Self:
        """The store at `sqlite:///path` or `postgresql://…`; an empty database gets its tables.

        Raises StoreError where it cannot be used as it is: a migration is due, a newer Sunchi made it, it is damaged,
        it is another program's, or it is not there.
        """
        at = address(url)
        make_folder(at)
        store = cls(engine(at))
        try:
            ready(store, at)
            keep_private(at)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
