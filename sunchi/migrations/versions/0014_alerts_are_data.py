"""An alert is stored as data, too: its rule, finding, articles and quotes, for those who read alerts by program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("data", sa.JSON(), nullable=False, server_default="{}"))
