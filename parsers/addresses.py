"""The source and the edition that an address belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from parsers import SOURCES
from sunchi.errors import SunchiError
from sunchi.model import Edition, Source


def source_of(url: str) -> Source | None:
    """Return the source whose site an address is on; None if it is on no source's."""
    return next((each for each in SOURCES.values() if any(host(url) in _hosts(of) for of in each.editions)), None)


def edition_of(source: Source, url: str) -> Edition:
    """Return the edition of `url`: by its host or, if editions share one, by how the rest of the address begins."""
    own = [edition for edition in source.editions if host(url) in _hosts(edition)]
    if not own:
        origins = ", ".join(dict.fromkeys(origin for each in source.editions for origin in _origins(each)))
        raise SunchiError(f"{url}: not an address of {source.title}, which is at {origins}")
    rest = urlsplit(url)._replace(scheme="", netloc="").geturl()
    found = [edition for edition in own if len(own) == 1 or re.match(edition.pages, rest)]
    if len(found) != 1:
        langs = ", ".join(edition.lang for edition in own)
        raise SunchiError(f"{url}: the edition's language is not recognizable ({langs}); use a page of one of them")
    return found[0]


def _origins(edition: Edition) -> tuple[str, ...]:
    return (edition.origin, *edition.other_origins, *edition.archived_origins)


def _hosts(edition: Edition) -> set[str]:
    return set(map(host, _origins(edition)))


def host(url: str) -> str:
    """Return the host of an address without `www.`; "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an invalid address
        return ""


def addresses(edition: Edition) -> Iterator[str]:
    """Yield the addresses of the edition's lists."""
    yield from (request.url for address in edition.lists for request in address.requests)
