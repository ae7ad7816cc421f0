"""The index of the archive has the SHA-256 of each page, and when retention dropped it.

Of pages that were archived before, the archive alone has the hash.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("responses", sa.Column("sha256", sa.Text(), nullable=False, server_default=""))
    op.add_column("responses", sa.Column("dropped_at", sa.DateTime(timezone=True)))
