"""Opens the store for commands that only read; they create no database."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sunchi.cli.screen import escape, warn
from sunchi.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from sunchi.alerts.rules import Rules
    from sunchi.lexicon import Lexicon
    from sunchi.settings import Settings
    from sunchi.store import Revision, Store


def stored_article(name: str, settings: Settings) -> Revision | None:
    """Return the current text of a stored article, by its id or an address it was seen at; None if there is none."""
    if missing_database(settings):
        return None
    with open_store(settings) as store:
        id = store.article_at(name) if "://" in name else name
        revisions = store.revisions(id) if id else []
    return revisions[-1] if revisions else None


def open_store(settings: Settings) -> Store:
    """Open the store, and print its notice. Raises StoreError if it can't be used or does not exist yet."""
    from sunchi.store import Store

    if words := missing_database(settings):
        raise StoreError(words)
    _say(settings.notice())
    return Store.open(settings.database())


@cache
def _say(notice: str) -> None:
    """Print the notice of a data folder, once."""
    if notice:
        warn(escape(notice))


def note_command(command: str, settings: Settings, lexicon: Lexicon | None = None, rules: Rules | None = None) -> None:
    """Record in the audit that a command has written, with the lexicon and rules that it read, if any."""
    from datetime import UTC, datetime

    from sunchi.ingest.audit import audit_entry

    with open_store(settings) as store:
        store.record_command(audit_entry(command, settings, datetime.now(UTC), lexicon, rules))


def lacks_database(settings: Settings) -> bool:
    """Return whether there is no database yet, and if so say it on standard error."""
    words = missing_database(settings)
    if words:
        warn(escape(words))
    return bool(words)


def missing_database(settings: Settings) -> str:
    """Return a sentence that there is no database yet, otherwise "". Raises SettingsError if its address is invalid."""
    from sunchi.store.database import address, file_of

    try:
        file = file_of(address(settings.database()))
    except StoreError as error:
        raise SettingsError(str(error)) from None
    if file is None or file.exists():
        return ""
    return f"no database yet at {file}: `sunchi poll` creates it; SUNCHI_DATA_DIR names another folder"
