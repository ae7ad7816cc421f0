"""The store: the database behind one class.

    with Store.open(settings.database()) as store:
        for work in store.work("kcna", "en", now): ...

Each method of a `Store` is one transaction. No method reads the clock: times are arguments. Its parts:

    lists          the links that lists showed
    links          what to fetch, and the results (link_rows: rows; rechecks: when a link is fetched again)
    doubts         texts that links show and that are not believed yet
    missing        links that are gone, articles that are deleted
    saving         whether a text is new, known or a revision; articles with their signals and alerts
    articles       articles as they are stored (revisions: rows and texts)
    archived_pages pages that can be parsed again
    imports        the texts of files, many at a time
    completeness   what lists showed, compared with what is stored
    signals        what was detected in articles
    outbox         alerts, notices to the operators, and their deliveries (events: which were sent to whom)
    held_alerts    alerts that wait for the end of their crawl, or until their text is believed
    handovers      deliveries compared with the journal of what went out (delivery_journal), after a restore
    notifications  what was sent to whom, for listing
    archive        where each response is archived
    health         incidents and polls
    list_history   the length of lists day by day
    schema         the tables; database: connections and transactions; versions: migrations; records: what comes out
    findings       what changed against the past, and what is missing
    audit          commands that wrote, and good passes over all sources
    backup         copies of the database
    retention      old files and records that nothing depends on
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sunchi.store.archive import ArchiveIndex
from sunchi.store.archived_pages import ArchivedPages
from sunchi.store.articles import Articles
from sunchi.store.audit import Audit
from sunchi.store.completeness import CompletenessAudit
from sunchi.store.database import address, engine, keep_private, make_folder
from sunchi.store.doubts import Doubts
from sunchi.store.findings import Findings
from sunchi.store.handovers import Handovers
from sunchi.store.health import Health
from sunchi.store.held_alerts import HeldAlerts
from sunchi.store.imports import Imports
from sunchi.store.links import Links
from sunchi.store.list_history import ListHistory
from sunchi.store.lists import Lists
from sunchi.store.missing import Missing
from sunchi.store.notifications import Notifications
from sunchi.store.outbox import Outbox
from sunchi.store.retention import Retention
from sunchi.store.saving import Saving
from sunchi.store.signals import Signals
from sunchi.store.versions import ready


class Store(
    Lists,
    Links,
    Doubts,
    Missing,
    Saving,
    Articles,
    ArchivedPages,
    Imports,
    CompletenessAudit,
    Signals,
    Outbox,
    HeldAlerts,
    Handovers,
    Notifications,
    Findings,
    Audit,
    ArchiveIndex,
    Health,
    ListHistory,
    Retention,
):
    """The store. Safe to use from several threads and processes at once."""

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the store at `sqlite:///path` or `postgresql://…`; create the tables in an empty database.

        Raises StoreError if it cannot be used as it is: a migration is due, a newer Sunchi made it, it is damaged, it
        belongs to another program, or it does not exist.
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
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
