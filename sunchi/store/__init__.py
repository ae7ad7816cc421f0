"""The database: what was seen, what it is, what was said about it, and to whom.

In: pages, articles, signals and alerts, one transaction each. Out: the records of records.py. SQLite or Postgres.
"""

from sunchi.store.records import (
    Activity,
    AlertRecord,
    Archived,
    ArticleRow,
    Delivery,
    DeliveryRecord,
    DeliveryState,
    Incident,
    Kind,
    ListRecord,
    Missing,
    Notice,
    NoticeRecord,
    Parsed,
    Poll,
    Resolution,
    Response,
    Revision,
    Saved,
    Seen,
    State,
    Unread,
    Why,
    Work,
)
from sunchi.store.store import Store
from sunchi.store.versions import Migrated, migrate

__all__ = [
    "Activity",
    "AlertRecord",
    "Archived",
    "ArticleRow",
    "Delivery",
    "DeliveryRecord",
    "DeliveryState",
    "Incident",
    "Kind",
    "ListRecord",
    "Migrated",
    "Missing",
    "Notice",
    "NoticeRecord",
    "Parsed",
    "Poll",
    "Resolution",
    "Response",
    "Revision",
    "Saved",
    "Seen",
    "State",
    "Store",
    "Unread",
    "Why",
    "Work",
    "migrate",
]
