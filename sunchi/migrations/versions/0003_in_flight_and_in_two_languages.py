"""Which delivery was in flight when its sender died, and which alerts tell of one fact."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MAYBE_TWICE = "may have come twice: who sent it first died, or heard no answer, before it could be recorded"


def upgrade() -> None:
    op.add_column("alerts", sa.Column("fact", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_alerts_fact", "alerts", ["fact"])
    op.add_column("deliveries", sa.Column("unsure", sa.Integer(), nullable=False, server_default="0"))
    # Until now the doubt stood in place of the error.
    deliveries = sa.table("deliveries", sa.column("error", sa.Text()), sa.column("unsure", sa.Integer()))
    in_doubt = deliveries.c.error == _MAYBE_TWICE
    op.execute(deliveries.update().where(in_doubt).values(unsure=1, error=""))
