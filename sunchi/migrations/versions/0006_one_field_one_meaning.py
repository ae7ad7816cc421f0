"""One field, one meaning: in a signal's detail, and in the names of tables and columns.

`rank` was an order, a place and a rank; `links` a number here and addresses there; `error` bore notes as well; an event
is what an alert tells of, not the change of an article that made it.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_COLUMNS = {  # table and column: the column's new name
    ("sightings", "rank"): "position",
    ("sighting_urls", "sighting_id"): "link_id",
    ("revisions", "sighting_id"): "link_id",
    ("lists", "links"): "entries",
    ("polls", "error"): "words",
    ("alerts", "event"): "change",
    ("incidents", "told_at"): "reported_at",
    ("incidents", "end_told_at"): "end_reported_at",
}
_TABLES = {"sightings": "known_links", "sighting_urls": "link_urls", "facts": "events"}
_INDEXES = {  # those that bear an old name: table, new name, columns
    "ix_sightings_due": ("known_links", "ix_known_links_due", ["source", "lang", "next_due_at"]),
    "ix_sightings_article_id": ("known_links", "ix_known_links_article_id", ["article_id"]),
    "ix_sighting_urls_sighting_id": ("link_urls", "ix_link_urls_link_id", ["link_id"]),
    "ix_revisions_sighting_id": ("revisions", "ix_revisions_link_id", ["link_id"]),
    "ix_facts_key": ("events", "ix_events_key", ["key"]),
}
_UNIQUE = {  # and constraints, likewise
    "uq_sightings_source_lang_key": ("known_links", "uq_known_links_source_lang_key", ["source", "lang", "key"]),
    "uq_alerts_rule_rule_version_article_id_partner_event_revision": (
        "alerts",
        "uq_alerts_rule_rule_version_article_id_partner_change_revision",
        ["rule", "rule_version", "article_id", "partner", "change", "revision"],
    ),
}

_AT_ONCE = 1000
_RENAMED = {
    "attention": {"rank": "order"},
    "placement": {"rank": "position"},
    "stance": {"from": "rests_on", "level": "authority"},
}
_KINDS = (*_RENAMED, "appointment")
_ON_A_PAGE = ("front_page", "page")


def upgrade() -> None:
    for (table, column), name in _COLUMNS.items():
        op.execute(f'ALTER TABLE {table} RENAME COLUMN "{column}" TO "{name}"')
    for table, name in _TABLES.items():
        op.rename_table(table, name)
    for index, (table, name, columns) in _INDEXES.items():
        op.drop_index(index, table)
        op.create_index(name, table, columns)
    for constraint, (table, name, columns) in _UNIQUE.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(constraint, type_="unique")
            batch.create_unique_constraint(name, columns)
    op.execute("UPDATE deliveries SET state = 'covered' WHERE state = 'told'")
    _rename_fields()


def _rename_fields() -> None:
    """Give the fields in the detail of every stored signal their new names."""
    signals = sa.table("signals", *(sa.column(name) for name in ("id", "kind", "code", "detail")))
    some = (
        sa.select(signals)
        .where(signals.c.kind.in_(_KINDS), signals.c.id > sa.bindparam("after"))
        .order_by(signals.c.id)
        .limit(_AT_ONCE)
    )
    change = sa.update(signals).where(signals.c.id == sa.bindparam("at")).values(detail=sa.bindparam("renamed"))
    connection, after = op.get_bind(), 0
    while rows := connection.execute(some, {"after": after}).all():
        changes = [{"at": row.id, "renamed": renamed(row.kind, row.code, row.detail)} for row in rows]
        connection.execute(change, changes)
        after = rows[-1].id


def renamed(kind: str, code: str, stored: str) -> str:
    """Return a signal's detail, JSON as it is stored, with the names of today; what has them already stays as it is."""
    detail = _object(stored)
    if detail is None:
        return stored
    names = dict(_RENAMED.get(kind, {}))
    if kind == "placement":
        names["of"] = "pages" if code in _ON_A_PAGE else "entries"
    detail = {names.get(name, name): value for name, value in detail.items()}
    if kind == "appointment" and "abroad" not in detail:
        detail["abroad"] = detail.pop("category", None) == "abroad"
    return json.dumps(detail, ensure_ascii=False) if detail else ""


def _object(stored: str) -> dict[str, Any] | None:
    """Return the detail's fields, none for an empty one; None where the JSON is damaged, which is not mended here."""
    try:
        detail = json.loads(stored or "{}")
    except ValueError:
        return None
    return detail if isinstance(detail, dict) else None
