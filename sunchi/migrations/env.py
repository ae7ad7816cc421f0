"""Connects Alembic to the database: by a given connection, or else at the address in the settings."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from sunchi import settings
from sunchi.store.database import SCHEMA, Database, address, engine
from sunchi.store.schema import metadata


def plain_type(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Write a type decorator's database type into migrations, since the decorators may change."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,  # SQLite can, though Alembic assumes not: a migration is atomic
        render_item=plain_type,
        render_as_batch=True,  # SQLite alters a table by building a new one
    )
    with context.begin_transaction():
        context.run_migrations()


def run_by_hand() -> None:
    """Migrate for the `alembic` command, which gives no connection."""
    made = engine(address(settings.load().database()), foreign_keys=False)
    try:
        with Database(made)._writing(SCHEMA) as connection:
            run(connection)
    finally:
        made.dispose()


given = context.config.attributes.get("connection")
run(given) if given is not None else run_by_hand()
