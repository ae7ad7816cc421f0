"""The sources: one module each, with the facts of the site and the parsers of its pages."""

from __future__ import annotations

from parsers.hani import SOURCE as HANI
from parsers.kcna import SOURCE as KCNA
from parsers.rodong import SOURCE as RODONG
from sunchi.errors import SettingsError
from sunchi.model import Source

SOURCES: dict[str, Source] = {source.name: source for source in (KCNA, RODONG, HANI)}


def source_named(name: str) -> Source:
    """Return a source; raises SettingsError that says which there are."""
    if name not in SOURCES:
        raise SettingsError(f"{name}: no such source; known are {', '.join(SOURCES)}")
    return SOURCES[name]
