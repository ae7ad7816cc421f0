"""A delivery says since when it fails, so that its retries end; and a recipient is one target of one address.

The recipients' keys are not in the database alone: the first delivery renames them (Outbox.rename_recipients).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("failing_since", sa.DateTime(timezone=True)))
    op.create_index("ix_deliveries_recipient", "deliveries", ["recipient"])
    given_up = sa.text("state = 'given_up'")
    op.create_index(
        "ix_deliveries_given_up", "deliveries", ["recipient"], sqlite_where=given_up, postgresql_where=given_up
    )
