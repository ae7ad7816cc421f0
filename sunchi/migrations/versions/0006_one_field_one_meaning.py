"""One field, one meaning: what a signal's detail says has a name of its own in each kind, and so have three columns."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_AT_ONCE = 1000
_RENAMED = {
    "attention": {"rank": "order"},
    "placement": {"rank": "position"},
    "stance": {"from": "rests_on", "level": "authority"},
}
_KINDS = (*_RENAMED, "appointment")
_ON_A_PAGE = ("front_page", "page")


def upgrade() -> None:
    op.execute("ALTER TABLE sightings RENAME COLUMN rank TO position")
    op.execute("ALTER TABLE lists RENAME COLUMN links TO entries")
    op.execute("ALTER TABLE polls RENAME COLUMN error TO words")  # which are notes as well
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
