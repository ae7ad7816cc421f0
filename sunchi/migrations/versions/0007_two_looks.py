"""A page is believed when it agrees with its list, a change when a second look agrees: what a link shows for now."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from sunchi.text import body_fingerprint

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_AT_ONCE = 1000


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    with op.batch_alter_table("known_links") as known_links:
        known_links.add_column(sa.Column("looks", sa.Integer, nullable=False, server_default="0"))
        known_links.add_column(sa.Column("pending", sa.Text))
        known_links.add_column(sa.Column("pending_since", time))
        known_links.add_column(sa.Column("pending_looks", sa.Integer, nullable=False, server_default="0"))
        known_links.add_column(sa.Column("flickers", sa.Integer, nullable=False, server_default="0"))
    with op.batch_alter_table("revisions") as revisions:
        revisions.add_column(sa.Column("body", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE known_links SET looks = 2 WHERE article_id IS NOT NULL")
    _fill_bodies()
    op.create_index("ix_revisions_body", "revisions", ["body"])


def _fill_bodies() -> None:
    names = ("article_id", "number", "paragraphs")
    texts = sa.table("revisions", *(sa.column(name) for name in (*names, "body")))
    some = sa.select(*(texts.c[name] for name in names)).where(texts.c.body == "").limit(_AT_ONCE)
    change = (
        sa.update(texts)
        .where(texts.c.article_id == sa.bindparam("at"), texts.c.number == sa.bindparam("nr"))
        .values(body=sa.bindparam("of"))
    )
    connection = op.get_bind()
    while rows := connection.execute(some).all():
        connection.execute(
            change, [{"at": row.article_id, "nr": row.number, "of": _body(row.paragraphs)} for row in rows]
        )


def _body(stored: str | list[str]) -> str:
    paragraphs = json.loads(stored) if isinstance(stored, str) else stored
    return body_fingerprint(paragraphs)
