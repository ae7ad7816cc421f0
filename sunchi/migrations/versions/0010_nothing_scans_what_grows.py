"""No query scans a table that grows: the indexes that were missing, and partial ones of what is still to be done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_known_links_first_seen_at": ("known_links", ["source", "lang", "first_seen_at"]),
    "ix_known_links_date": ("known_links", ["source", "lang", "date"]),
    "ix_known_links_fingerprint": ("known_links", ["fingerprint"]),
    "ix_known_links_response": ("known_links", ["response_file", "response_offset"]),
    "ix_link_urls_url": ("link_urls", ["url"]),
    "ix_articles_first_seen_at": ("articles", ["source", "lang", "first_seen_at"]),
    "ix_revisions_response": ("revisions", ["response_file", "response_offset"]),
    "ix_notices_made_at": ("notices", ["made_at"]),
    "ix_polls_source": ("polls", ["source", "id"]),
    "ix_audit_user": ("audit", ["user", "id"]),
}
_PARTIAL = {
    "ix_known_links_failing": ("known_links", ["source", "lang", "state"], "attempts > 0"),
    "ix_known_links_missing": ("known_links", ["article_id"], "misses > 0 AND state <> 'gone'"),
    "ix_known_links_pending": ("known_links", ["pending"], "pending IS NOT NULL"),
    "ix_deliveries_waiting": ("deliveries", ["attempts", "id"], "next_due_at IS NOT NULL"),
    "ix_incidents_over": (
        "incidents",
        ["id"],
        "closed_at IS NOT NULL AND reported_at IS NOT NULL AND end_reported_at IS NULL",
    ),
}
_REPLACED = {
    "ix_deliveries_next_due_at": "deliveries",
    "ix_polls_source_started_at": "polls",
    "ix_audit_user": "audit",
}


def upgrade() -> None:
    for name, table in _REPLACED.items():
        op.drop_index(name, table)
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)
    for name, (table, columns, condition) in _PARTIAL.items():
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
