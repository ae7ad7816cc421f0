"""Helpers shared by the demo's sites: requests, replies, and page rendering."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import md5
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

LEADERS = re.compile("Kim Il Sung|Kim Jong Il|Kim Jong Un|김일성|김정일|김정은")


@dataclass(frozen=True, slots=True)
class Ask:
    """The parts of a request that the sites use."""

    method: str
    path: str
    query: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    session: str = ""  # the JSESSIONID cookie


@dataclass(frozen=True, slots=True)
class Reply:
    """A page. `modified_at` gives the Last-Modified header; the server makes the ETag from the body."""

    status: int
    body: str = ""
    modified_at: datetime | None = None
    kind: str = "text/html"
    per_visitor: Mapping[str, str] = field(default_factory=dict)  # replaced in the body after the ETag is made
    cookie: str = ""  # a new JSESSIONID


NOT_FOUND = Reply(404, "<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>")


class Site(Protocol):
    """One of the sites; it knows every day of the week and shows the requested one."""

    def reply(self, ask: Ask, day: date) -> Reply:
        """Return the page at the end of `day`; NOT_FOUND if the site has none then."""


def robots(*closed: str) -> Reply:
    """Return a robots.txt that disallows only these paths."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed or ("",))]
    return Reply(200, "\n".join(lines) + "\n", kind="text/plain")


def hexes(*parts: str) -> str:
    """Return 32 hexadecimal digits, as the sites name their pages; not for secrecy."""
    return md5("|".join(parts).encode(), usedforsecurity=False).hexdigest()


def dotted(day: date) -> str:
    """Return `2021.1.6.`, as the sites write a date."""
    return f"{day.year}.{day.month}.{day.day}."


def _named(text: str, before: str, after: str) -> Markup:
    """Return escaped text with the leaders' names between the two pieces of markup."""
    return Markup(LEADERS.sub(rf"{before}\g<0>{after}", str(escape(text))))  # noqa: S704 -- escaped on this line


_PAGES = Environment(
    loader=PackageLoader("demo"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_PAGES.filters.update(named=_named, dotted=dotted)


def page(template: str, **values: object) -> str:
    """Render a page from `templates/`."""
    return _PAGES.get_template(template).render(**values)
