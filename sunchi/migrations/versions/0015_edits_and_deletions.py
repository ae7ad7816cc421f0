"""Edits and deletions since a day are found without reading every text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, name, column, condition in (
        ("revisions", "ix_revisions_edited", "seen_at", "number > 1"),
        ("articles", "ix_articles_deleted_at", "deleted_at", "deleted_at IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
