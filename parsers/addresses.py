"""The source and the edition that an address belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from parsers import SOURCES
from sunchi.errors import SunchiError
from sunchi.model import Edition, Source


def source_of(url: str) -> Source | None:
    """Return the source whose site an address is on; None if it is on no source's."""
    return next((each for each in SOURCES.values() if any(host(of.origin) == host(url) for of in each.editions)), None)


def edition_of(source: Source, url: str) -> Edition:
    """Return the edition of `url`: by its host or, if editions share one, by the path of their lists."""
    own = [edition for edition in source.editions if host(edition.origin) == host(url)]
    if not own:
        origins = ", ".join(dict.fromkeys(edition.origin for edition in source.editions))
        raise SunchiError(f"{url}: not an address of {source.title}, which is at {origins}")
    likeness = {edition.lang: max(_shared(url, address) for address in addresses(edition)) for edition in own}
    nearest = [edition for edition in own if likeness[edition.lang] == max(likeness.values())]
    if len(nearest) > 1:
        langs = ", ".join(edition.lang for edition in nearest)
        raise SunchiError(f"{url}: the edition's language is not recognizable ({langs}); use a page of one of them")
    return nearest[0]


def host(url: str) -> str:
    """Return the host of an address without `www.`; "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an invalid address
        return ""


def addresses(edition: Edition) -> Iterator[str]:
    """Yield the addresses of the edition's lists."""
    yield from (request.url for address in edition.lists for request in address.requests)


def _shared(url: str, other: str) -> int:
    """Return how many leading parts of their paths two addresses share."""
    pairs = list(zip(urlsplit(url).path.split("/"), urlsplit(other).path.split("/"), strict=False))
    return next((count for count, (one, two) in enumerate(pairs) if one != two), len(pairs))
