"""A text has a language of its own: KCNA's English pages hold Spanish articles.

Texts that are stored already keep their edition's, until `sunchi reparse` reads them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("language", sa.Text()))
