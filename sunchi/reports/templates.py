"""The templates of the pages, sunchi/templates/: everything in them is escaped, and a missing value is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment() -> Environment:
    """Return a Jinja environment, to which a page may add filters and values of its own."""
    return Environment(
        loader=PackageLoader("sunchi", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
