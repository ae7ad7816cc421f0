"""The archived page that a text was read from, in words."""

from __future__ import annotations

from sunchi.store import Provenance


def page_in_words(page: Provenance) -> str:
    """Return where a page is archived, and its hash, which `sunchi archive verify` compares."""
    known = f"; SHA-256 of the page {page['sha256']}" if page["sha256"] else ""
    gone = f"; dropped {page['dropped_at']:%Y-%m-%d} by retention" if page["dropped_at"] else ""
    return f"Read from {page['file']} in the archive, byte {page['offset']}{known}{gone}."
