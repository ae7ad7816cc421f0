"""Each text of an article says what it is: its first, an edit, or one that only took a wrong text's place.

Of earlier texts only the first ones, and the edits that alerted, are known; the kind of all others is null.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("kind", sa.Text()))
    op.execute("UPDATE revisions SET kind = 'first' WHERE number = 1")
    op.execute(
        "UPDATE revisions SET kind = 'edit' WHERE number > 1 AND EXISTS (SELECT 1 FROM alerts WHERE"
        " alerts.article_id = revisions.article_id AND alerts.revision = revisions.number AND alerts.change = 'edited')"
    )
