"""Who changed what, and which pass over all sources was reported to the dead man's switch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("program_version", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("lexicon_version", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_user", "audit", ["user"])
    op.create_table(
        "heartbeats",
        sa.Column("poll_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", time, nullable=False),
        sa.PrimaryKeyConstraint("poll_id", name="pk_heartbeats"),
    )
