"""What stood on a list before its first poll is recorded and alerts nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("lists") as lists:
        lists.add_column(sa.Column("watched_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("known_links") as known_links:
        known_links.add_column(sa.Column("backlog", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE lists SET watched_at = first_ok_at")
    op.execute("UPDATE known_links SET backlog = true WHERE state = 'passed'")
