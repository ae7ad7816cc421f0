"""The database: links, articles with their revisions and signals, alerts with their deliveries, and incidents.

In: what a crawl found, one transaction each. Out: the records of records.py. On SQLite or Postgres.
"""

from sunchi.store.delivery_journal import DeliveryJournal, Handover
from sunchi.store.records import (
    Activity,
    AlertRecord,
    ArchivedPage,
    ArticleRow,
    Delivery,
    DeliveryKey,
    DeliveryRecord,
    DeliveryState,
    Incident,
    LinkState,
    ListRecord,
    MissingOutcome,
    Notice,
    NoticeRecord,
    Parsed,
    Poll,
    RecordedLinks,
    Resolution,
    Response,
    Revision,
    Saved,
    TextKind,
    UnreadLink,
    Work,
    WorkReason,
)
from sunchi.store.store import Store
from sunchi.store.versions import Migrated, migrate

__all__ = [
    "Activity",
    "AlertRecord",
    "ArchivedPage",
    "ArticleRow",
    "Delivery",
    "DeliveryJournal",
    "DeliveryKey",
    "DeliveryRecord",
    "DeliveryState",
    "Handover",
    "Incident",
    "LinkState",
    "ListRecord",
    "Migrated",
    "MissingOutcome",
    "Notice",
    "NoticeRecord",
    "Parsed",
    "Poll",
    "RecordedLinks",
    "Resolution",
    "Response",
    "Revision",
    "Saved",
    "Store",
    "TextKind",
    "UnreadLink",
    "Work",
    "WorkReason",
    "migrate",
]
