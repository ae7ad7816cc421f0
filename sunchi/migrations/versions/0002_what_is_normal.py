"""What lists show day by day, and notices to the operators: each told once, as alerts are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_days",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("url", "day", name="pk_list_days"),
    )
    op.create_index("ix_list_days_source_lang_day", "list_days", ["source", "lang", "day"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.add_column("incidents", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("incidents", sa.Column("end_told_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("deliveries") as table:
        table.add_column(sa.Column("notice_id", sa.Integer(), nullable=True))
        table.alter_column("alert_id", existing_type=sa.Integer(), nullable=True)
        table.create_foreign_key("fk_deliveries_notice_id_notices", "notices", ["notice_id"], ["id"])
        table.create_unique_constraint("uq_deliveries_notice_id_recipient", ["notice_id", "recipient"])
