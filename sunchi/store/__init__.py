"""The database: what was seen, what it is, what was said about it, and to whom.

In: pages, articles, signals and alerts, one transaction each. Out: the records of records.py. SQLite or Postgres.
"""

from sunchi.store.records import (
    Activity,
    AlertRecord,
    ArchivedPage,
    ArticleRow,
    Delivery,
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
    "DeliveryRecord",
    "DeliveryState",
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
