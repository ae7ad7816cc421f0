"""What each alert tells of is a set of facts: one edition may tell of more than another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_facts_alert_id"),
        sa.PrimaryKeyConstraint("alert_id", "key", name="pk_facts"),
    )
    op.create_index("ix_facts_key", "facts", ["key"])
    op.execute(
        "INSERT INTO facts (alert_id, key, day, once) SELECT alerts.id, alerts.fact, revisions.date, false FROM alerts"
        " JOIN revisions ON revisions.article_id = alerts.article_id AND revisions.number = alerts.revision"
        " WHERE alerts.fact <> '' AND revisions.date IS NOT NULL"
    )
    op.drop_index("ix_alerts_fact", "alerts")
    op.drop_column("alerts", "fact")
